//! Addresses as limits count them: an IPv4 address by itself, an IPv6 address by its first 64 bits. Knows no request.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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
