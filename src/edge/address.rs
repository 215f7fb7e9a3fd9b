//! The address of a client: that of the peer of its connection, or the one that trusted proxies give it in the request.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ConnectInfo;
use http::Extensions;
use http::header::{FORWARDED, HeaderMap, HeaderName, HeaderValue};

use crate::base::limits::{FORWARDED_HOPS, Proxies};
use crate::base::network::{Source, is_local};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a client has, as the application that the chat is a part of knows it: for an application whose proxy says it
/// in its own way. A middleware puts it into the request's extensions, and nothing else counts then.
///
/// Without one, the client's address is that of axum's [`ConnectInfo`], if the application serves with
/// `into_make_service_with_connect_info::<SocketAddr>()`, or what the proxies say that [`Limits::proxies`](crate::Limits::proxies)
/// has; without either it is not known, and no limit by address holds. [`Server`](crate::Server) knows it by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The client has this address.
    pub fn new(address: IpAddr) -> Self {
        Self(address)
    }
}

/// Where a request comes from; none where the server knows no peer.
pub(crate) fn source(extensions: &Extensions, headers: &HeaderMap, proxies: &Proxies) -> Option<Source> {
    if let Some(ClientAddress(address)) = extensions.get() {
        return Some(Source::of(*address));
    }
    let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    let mut address = peer.ip().to_canonical();
    let is_forwarded = headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(FORWARDED);
    if !is_forwarded {
        return Some(Source::of(address));
    }
    if !proxies.trusts(address) {
        warn_of_proxy(address);
        return Some(Source::of(address));
    }
    // From the last hop to the first: each is said by the one after it. The first that is not trusted is the client.
    let mut hops = hops(headers);
    for _ in 0..FORWARDED_HOPS {
        match hops.next() {
            Some(Some(hop)) if proxies.trusts(hop) => address = hop,
            Some(Some(client)) => return Some(Source::of(client)),
            // All of them are trusted, so the first is who asks.
            None => return Some(Source::of(address)),
            // The one that was trusted does not say whom it asks for.
            Some(None) => break,
        }
    }
    Some(Source::behind(address))
}

/// A proxy near this machine that is not trusted makes one client of all who come by it. It is said once: a line for each
/// request would be theirs to fill the log with.
fn warn_of_proxy(peer: IpAddr) {
    static IS_SAID: AtomicBool = AtomicBool::new(false);
    if is_local(peer) && !IS_SAID.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "a proxy at {peer} says for whom it asks, and is not trusted: with --trusted-proxy {peer} (in a program, \
             Limits::proxies) limits are of each client's address, and not of none"
        );
    }
}

/// The addresses that a request was forwarded for, the last first; None for what is no address.
fn hops(headers: &HeaderMap) -> Box<dyn Iterator<Item = Option<IpAddr>> + '_> {
    if headers.contains_key(X_FORWARDED_FOR) {
        let values = headers.get_all(X_FORWARDED_FOR).iter().rev();
        return Box::new(values.flat_map(|value| text(value).rsplit(',').map(node)));
    }
    let values = headers.get_all(FORWARDED).iter().rev();
    Box::new(values.flat_map(|value| parts_of(text(value), b',').into_iter().rev().map(forwarded_for)))
}

/// What is no text is one hop that is no address.
fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or("?")
}

/// The parts of a `Forwarded` header between separators that are not in quotes (RFC 7239, 4). In quotes there may be what a
/// client said, as the name of the host.
fn parts_of(value: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut begin) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            _ if byte == separator && !is_quoted => {
                parts.push(&value[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    // A quotation that does not end may hide several parts, of which none is known.
    parts.push(if is_quoted { "?" } else { &value[begin..] });
    parts
}

/// The address of an element of a `Forwarded` header.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let mut nodes = parts_of(element, b';').into_iter().filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then_some(value.trim())
    });
    let value = nodes.next().filter(|_| nodes.next().is_none())?;
    node(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
}

/// An address as proxies write it, with or without a port: `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`.
/// None for `unknown`, and for the names that stand for an address (`_hidden`; RFC 7239, 6).
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()));
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    address.or_else(in_brackets).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "203.0.113.7";

    /// The source of a request from this peer with these headers, where 127.0.0.0/8, 10.0.0.0/8 and ::1 are trusted.
    fn asked(peer: &str, headers: &[(&'static str, &str)]) -> Source {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        let peer = SocketAddr::new(peer.parse().expect(peer), 4711);
        parts.extensions.insert(ConnectInfo(peer));
        for (name, value) in headers {
            let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's bytes");
            parts.headers.append(*name, value);
        }
        let proxies = Proxies::parse(["127.0.0.0/8,10.0.0.0/8,::1"]).expect("networks");
        source(&parts.extensions, &parts.headers, &proxies).expect("there is a peer")
    }

    #[track_caller]
    fn check(peer: &str, headers: &[(&'static str, &str)], address: &str, is_local: bool) {
        let source = asked(peer, headers);
        assert_eq!(
            (source.network.to_string().as_str(), source.is_local),
            (address, is_local),
            "{peer} {headers:?}"
        );
    }

    #[test]
    fn headers_of_who_is_not_trusted_are_passed_over() {
        check(PUBLIC, &[("x-forwarded-for", "192.0.2.1")], PUBLIC, false);
        check(PUBLIC, &[("forwarded", "for=127.0.0.1")], PUBLIC, false);
        check("192.168.1.9", &[("x-forwarded-for", "192.0.2.1")], "192.168.1.9", true);
        check(PUBLIC, &[], PUBLIC, false);
        check("127.0.0.1", &[], "127.0.0.1", true);
        check("::ffff:10.0.0.1", &[], "10.0.0.1", true);
    }

    #[test]
    fn client_is_the_last_hop_that_is_not_trusted() {
        let x = "x-forwarded-for";
        check("127.0.0.1", &[(x, PUBLIC)], PUBLIC, false);
        check("::ffff:127.0.0.1", &[(x, PUBLIC)], PUBLIC, false);
        check("::1", &[(x, "2001:db8:1:2::3")], "2001:db8:1:2::/64", false);
        // What the client itself put there is on the left.
        check("127.0.0.1", &[(x, &format!("192.0.2.1, 127.0.0.1, {PUBLIC}"))], PUBLIC, false);
        check("127.0.0.1", &[(x, &format!("192.0.2.1,{PUBLIC},10.0.0.2 , 10.0.0.1"))], PUBLIC, false);
        check("127.0.0.1", &[(x, "192.0.2.1"), (x, PUBLIC), (x, "10.0.0.1")], PUBLIC, false);
        check("127.0.0.1", &[(x, "unknown, _hidden, ,"), (x, PUBLIC)], PUBLIC, false);
        // Somebody in a network around the machine; and a proxy that asks for itself.
        check("127.0.0.1", &[(x, "192.168.1.5")], "192.168.1.5", true);
        check("127.0.0.1", &[(x, "10.0.0.5, 10.0.0.4")], "10.0.0.5", true);
        // The header that nearly all proxies set goes before the other, which they pass on as it came.
        check("127.0.0.1", &[("forwarded", "for=192.0.2.1"), (x, PUBLIC)], PUBLIC, false);
    }

    #[test]
    fn hop_that_is_no_address_is_nobody_and_not_this_machine() {
        for value in [
            "",
            " ",
            ",",
            "unknown",
            "_hidden",
            "203.0.113",
            "203.0.113.7.8",
            "203.0.113.7:",
            "203.0.113.7:x",
        ] {
            check("127.0.0.1", &[("x-forwarded-for", value)], "127.0.0.1", false);
        }
        for value in [
            "[",
            "[]",
            "[::1",
            "fe80::1%eth0",
            "localhost",
            "203.0.113.7 203.0.113.8",
            "0x7f000001",
            "\u{e4}",
        ] {
            check("127.0.0.1", &[("x-forwarded-for", value)], "127.0.0.1", false);
        }
        check("127.0.0.1", &[("x-forwarded-for", "203.0.113.9, unknown, 10.0.0.1")], "10.0.0.1", false);
        for value in
            ["", "for", "for=", "for=unknown", "for=_x", "by=203.0.113.7", "for=1.2.3.4;for=127.0.0.1"]
        {
            check("127.0.0.1", &[("forwarded", value)], "127.0.0.1", false);
        }
    }

    #[test]
    fn address_may_have_a_port_and_brackets() {
        for value in
            ["203.0.113.7", " 203.0.113.7 ", "203.0.113.7:80", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:1"]
        {
            check("127.0.0.1", &[("x-forwarded-for", value)], PUBLIC, false);
        }
        for value in ["2001:db8:1:2::3", "[2001:db8:1:2::3]", "[2001:db8:1:2::3]:65535", "2001:DB8:1:2::3"] {
            check("127.0.0.1", &[("x-forwarded-for", value)], "2001:db8:1:2::/64", false);
        }
        for value in [
            "for=203.0.113.7",
            "For=\"203.0.113.7:80\"",
            "proto=https;for=203.0.113.7;by=10.0.0.1",
            "for=192.0.2.1, for=203.0.113.7;host=chat.example",
            "for=\"[2001:db8::1]:4711\" , for = 203.0.113.7, for=10.0.0.1",
        ] {
            check("127.0.0.1", &[("forwarded", value)], PUBLIC, false);
        }
        check("127.0.0.1", &[("forwarded", "for=\"[2001:db8:1:2::3]:4711\"")], "2001:db8:1:2::/64", false);
    }

    #[test]
    fn nothing_in_quotes_becomes_an_element() {
        // The proxy passes on what the client called the host.
        let value = r#"for=203.0.113.7;host="evil, for=127.0.0.1""#;
        check("127.0.0.1", &[("forwarded", value)], PUBLIC, false);
        let value = r#"for=203.0.113.7;host="a\", for=127.0.0.1;x=\"""#;
        check("127.0.0.1", &[("forwarded", value)], PUBLIC, false);
        for value in [r#"host="x;for=127.0.0.1;y""#, r#"for=203.0.113.7;host="x;for=127.0.0.1""#] {
            let is_given = value.starts_with("for");
            check("127.0.0.1", &[("forwarded", value)], if is_given { PUBLIC } else { "127.0.0.1" }, false);
        }
        // The client's quotation has no end, and the proxy adds its element behind it.
        check("127.0.0.1", &[("forwarded", r#"for=127.0.0.9;x=", for=203.0.113.7"#)], "127.0.0.1", false);
    }

    #[test]
    fn thousand_hops_are_not_gone_through() {
        let trusted = vec!["10.0.0.1"; 1000].join(",");
        check("127.0.0.1", &[("x-forwarded-for", &format!("203.0.113.7,{trusted}"))], "10.0.0.1", false);
        let forged = vec!["10.0.0.1"; 1000].join(",");
        check("127.0.0.1", &[("x-forwarded-for", &format!("{forged},{PUBLIC}"))], PUBLIC, false);
        check("127.0.0.1", &[("x-forwarded-for", &",".repeat(60_000))], "127.0.0.1", false);
    }

    #[test]
    fn address_that_the_application_knows_goes_before_all_else() {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        assert_eq!(source(&parts.extensions, &parts.headers, &Proxies::default()), None, "nobody knows it");
        parts.headers.insert(X_FORWARDED_FOR, HeaderValue::from_static("192.0.2.1"));
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        parts.extensions.insert(ClientAddress::new(PUBLIC.parse().expect("an address")));
        let source = source(&parts.extensions, &parts.headers, &Proxies::default()).expect("it is known");
        assert_eq!((source.network.to_string().as_str(), source.is_local), (PUBLIC, false));
    }
}
