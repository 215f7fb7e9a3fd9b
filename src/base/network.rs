//! Addresses as limits count them: an IPv4 address by itself, an IPv6 address by its first 64 bits. Knows no request.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::base::error::Error;
use crate::base::limits::{BAN_BITS_V4, BAN_BITS_V6};

/// The bits of an IPv6 address that count.
const V6_BITS: u8 = 64;

/// The bits before an IPv4 address that is written as IPv6.
const V4_IN_V6_BITS: u8 = 96;

/// The addresses that count as one: an IPv4 address, or the 64 bits with which an IPv6 address begins. A household has at
/// least so many of the latter to itself (RFC 6177), and its devices change the rest of their addresses every day (RFC 8981).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Network {
    /// An IPv4 address, also one that is written as IPv6 (`::ffff:192.0.2.1`).
    V4(Ipv4Addr),
    /// The first 64 bits of an IPv6 address.
    V6(u64),
}

impl Network {
    /// The network of an address.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => Self::V6((address.to_bits() >> 64) as u64),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address) => address.fmt(f),
            Self::V6(prefix) => write!(f, "{}/64", Ipv6Addr::from_bits(u128::from(*prefix) << 64)),
        }
    }
}

impl From<Network> for AddressRange {
    fn from(network: Network) -> Self {
        let range = match network {
            Network::V4(address) => IpNet::from(IpAddr::V4(address)),
            Network::V6(prefix) => {
                let address = Ipv6Addr::from_bits(u128::from(prefix) << 64);
                Ipv6Net::new_assert(address, V6_BITS).into()
            }
        };
        Self(range)
    }
}

/// Addresses that are banned together: one, or all that begin with the same bits.
///
/// ```
/// use chinwag::AddressRange;
///
/// let range: AddressRange = "203.0.113.77/24".parse()?;
/// assert_eq!(range.to_string(), "203.0.113.0/24");
/// assert_eq!("2001:db8::1".parse::<AddressRange>()?.to_string(), "2001:db8::/64");
/// assert!("0.0.0.0/0".parse::<AddressRange>().is_err());
/// # Ok::<(), chinwag::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange(IpNet);

impl AddressRange {
    /// Whether all addresses that count as this one are in it.
    pub(crate) fn has(&self, network: Network) -> bool {
        self.0.contains(&Self::from(network).0)
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.prefix_len() == self.0.max_prefix_len() {
            true => self.0.addr().fmt(f),
            false => self.0.fmt(f),
        }
    }
}

impl FromStr for AddressRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let net = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        let net = match net.map(|net| (net.addr().to_canonical(), net)) {
            Some((IpAddr::V4(address), net)) if net.addr().is_ipv6() => {
                Ipv4Net::new(address, net.prefix_len().saturating_sub(V4_IN_V6_BITS)).ok().map(IpNet::from)
            }
            Some((IpAddr::V6(address), net)) => {
                Ipv6Net::new(address, net.prefix_len().min(V6_BITS)).ok().map(IpNet::from)
            }
            found => found.map(|(_, net)| net),
        };
        let is_narrow =
            |net: &IpNet| net.prefix_len() >= if net.addr().is_ipv4() { BAN_BITS_V4 } else { BAN_BITS_V6 };
        net.filter(is_narrow).map(|net| Self(net.trunc())).ok_or_else(|| {
            let text = format!(
                "'{text}' is neither an address nor a network of at least {BAN_BITS_V4} bits (IPv6: {BAN_BITS_V6}); say it like \
                 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32"
            );
            Error::refused("bad_value", text)
        })
    }
}

/// A ban of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddressBan {
    /// Which.
    pub range: AddressRange,
    /// Until when. Unix milliseconds.
    pub until: u64,
    /// Why, in words; may be empty.
    pub reason: Box<str>,
}

/// Whether an address is banned at a time.
pub(crate) fn is_banned(bans: &[AddressBan], network: Option<Network>, now: u64) -> bool {
    network.is_some_and(|network| bans.iter().any(|ban| now < ban.until && ban.range.has(network)))
}

/// Where a client comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Source {
    /// What counts as one address.
    pub(crate) network: Network,
    /// Whether it is this machine or one in a network around it, which limits by address leave alone.
    pub(crate) is_local: bool,
}

impl Source {
    pub(crate) fn of(address: IpAddr) -> Self {
        Self { network: Network::of(address), is_local: is_local(address) }
    }

    /// A proxy, for whomever it asks. That it is a machine of ours says nothing about them.
    pub(crate) fn behind(proxy: IpAddr) -> Self {
        Self { network: Network::of(proxy), is_local: false }
    }
}

/// Whether an address is of this machine or of a network around it, which nobody reaches from elsewhere: loopback, private
/// (RFC 1918, RFC 4193) or link-local (RFC 3927, RFC 4291). The addresses that a carrier gives its customers (RFC 6598) are
/// not: whoever has one is a stranger.
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect(text)
    }

    #[test]
    fn addresses_of_one_household_are_one_network() {
        for (address, network) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(Network::of(ip(address)).to_string(), network, "{address}");
        }
        assert_ne!(Network::of(ip("203.0.113.7")), Network::of(ip("203.0.113.8")));
        assert_ne!(Network::of(ip("2001:db8:1:2::1")), Network::of(ip("2001:db8:1:3::1")));
    }

    #[test]
    fn ban_is_of_an_address_or_of_all_that_begin_alike() {
        let ban =
            |range: &str| AddressBan { range: range.parse().expect(range), until: 10, reason: "".into() };
        let bans = [ban("203.0.113.0/24"), ban("::ffff:198.51.100.7"), ban("2001:db8:1:2:3::4/128")];
        let is = |address: &str, now| is_banned(&bans, Some(Network::of(ip(address))), now);
        for banned in ["203.0.113.1", "203.0.113.255", "198.51.100.7", "2001:db8:1:2::9"] {
            assert!(is(banned, 9) && !is(banned, 10), "{banned}");
        }
        for other in ["203.0.114.1", "198.51.100.8", "2001:db8:1:3::4"] {
            assert!(!is(other, 9), "{other}");
        }
        assert!(!is_banned(&bans, None, 9));
        for bad in ["", "everybody", "0.0.0.0/0", "10.0.0.0/7", "::/0", "2001::/12", "203.0.113.0/33"] {
            assert!(bad.parse::<AddressRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_what_nobody_reaches_from_elsewhere_is_local() {
        for local in
            ["127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"]
        {
            assert!(is_local(ip(local)), "{local}");
        }
        for local in ["169.254.1.1", "fe80::1", "fc00::1", "fd12:3456::1", "::ffff:10.0.0.1"] {
            assert!(is_local(ip(local)), "{local}");
        }
        for public in ["8.8.8.8", "172.32.0.1", "100.64.0.1", "192.0.2.1", "2001:db8::1", "::", "0.0.0.0"] {
            assert!(!is_local(ip(public)), "{public}");
        }
        assert!(!is_local(ip("::ffff:8.8.8.8")) && !is_local(ip("ff02::1")));
    }
}
