//! The proxies whose word on the client's address is taken.

use std::fmt;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::base::error::Error;

/// Addresses that a client's address is read of, beyond the one that it connects from: those of the proxies in front. By
/// default these are none.
///
/// A request that comes from a trusted address says in `X-Forwarded-For`, or where there is none in `Forwarded` (RFC 7239), for whom
/// it is; that one is believed in turn if it is trusted. What others say there is passed over. So a proxy must add to the one of
/// these headers that it sets, or replace it, and where it sets `Forwarded`, remove `X-Forwarded-For`.
///
/// ```
/// use chinwag::{Limits, Proxies};
///
/// let mut limits = Limits::default();
/// limits.proxies = Proxies::parse(["127.0.0.1", "10.0.0.0/8, 2001:db8:1::/48"])?;
/// # Ok::<(), chinwag::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// These addresses, and those of these networks (`10.0.0.0/8`); several may be in one text, with commas between them.
    ///
    /// # Errors
    /// Says which is neither.
    pub fn parse<T: AsRef<str>>(networks: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        let mut parsed = Vec::new();
        for text in networks {
            for network in text.as_ref().split(',').map(str::trim).filter(|network| !network.is_empty()) {
                parsed.push(parse(network).ok_or_else(|| {
                    Error::limit(format!(
                        "'{network}' is neither an address nor a network; say it like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32"
                    ))
                })?);
            }
        }
        Ok(Self(parsed))
    }

    /// Whether the word of this address is taken.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        let networks: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&networks.join(", "))
    }
}

/// A network, or an address as the network that it is by itself. One that is written as IPv6 and is IPv4 is the latter.
fn parse(text: &str) -> Option<IpNet> {
    let network = text.parse::<IpNet>().ok().or_else(|| Some(IpNet::from(text.parse::<IpAddr>().ok()?)))?;
    Some(match network {
        IpNet::V6(network) => in_v4(&network).map_or(IpNet::V6(network), IpNet::V4),
        IpNet::V4(network) => IpNet::V4(network),
    })
}

fn in_v4(network: &Ipv6Net) -> Option<Ipv4Net> {
    let length = network.prefix_len().checked_sub(96)?;
    Ipv4Net::new(network.addr().to_ipv4_mapped()?, length).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_and_addresses_are_taken_as_people_write_them() {
        let proxies =
            Proxies::parse(["127.0.0.1/32", "10.0.0.0/8, 2001:db8::/32,,", " ::1 ", "::ffff:192.0.2.0/120"]);
        let proxies = proxies.expect("networks");
        for (address, is_trusted) in [
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("10.255.0.1", true),
            ("::ffff:10.0.0.1", true),
            ("11.0.0.1", false),
            ("2001:db8:ffff::1", true),
            ("2001:db9::1", false),
            ("::1", true),
            ("::2", false),
            ("192.0.2.200", true),
            ("192.0.3.1", false),
        ] {
            assert_eq!(proxies.trusts(address.parse().expect(address)), is_trusted, "{address}");
        }
        assert_eq!(proxies.to_string(), "127.0.0.1/32, 10.0.0.0/8, 2001:db8::/32, ::1/128, 192.0.2.0/24");
        assert!(!Proxies::default().trusts("127.0.0.1".parse().expect("an address")));
    }

    #[test]
    fn what_is_no_network_is_refused_by_its_name() {
        for text in
            ["proxy", "10.0.0.0/33", "10.0.0", "10.0.0.0/", "2001:db8::/129", "*", "10.0.0.1:80", "[::1]"]
        {
            let error = Proxies::parse([text]).expect_err(text).to_string();
            assert!(error.contains(&format!("'{text}'")) && error.contains("10.0.0.0/8"), "{error}");
        }
    }
}
