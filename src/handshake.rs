//! The opening handshake (RFC 6455, 4.2): what a request must be before its connection is a WebSocket.
//! Looks at the request's head and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ALLOW, CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use http::request::Parts;
use http::{Method, Response, StatusCode, Version};
use sha1::{Digest, Sha1};

pub(crate) mod deflate;

/// RFC 6455, 1.3.
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Why a request was refused: a status, a sentence, and the headers that help the client to do better.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    headers: &'static [(HeaderName, HeaderValue)],
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), headers: &[] }
    }

    fn with(mut self, headers: &'static [(HeaderName, HeaderValue)]) -> Self {
        self.headers = headers;
        self
    }

    pub(crate) fn into_response<B: From<String>>(self) -> Response<B> {
        let mut response = Response::new(B::from(format!("{}\n", self.text)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.extend(self.headers.iter().cloned());
        response
    }
}

static VERSION_13: [(HeaderName, HeaderValue); 1] = [(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"))];
static UPGRADE_WEBSOCKET: [(HeaderName, HeaderValue); 1] = [(UPGRADE, HeaderValue::from_static("websocket"))];
static ALLOW_GET: [(HeaderName, HeaderValue); 1] = [(ALLOW, HeaderValue::from_static("GET"))];

/// Checks the request, in the classic example's order, and gives the 101 that accepts it.
///
/// # Errors
/// The answer that says what was wrong.
pub(crate) fn accept<B: Default>(request: &Parts, hosts: &[String]) -> Result<Response<B>, Refusal> {
    let headers = &request.headers;
    if request.version < Version::HTTP_11 {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "a WebSocket needs HTTP/1.1"));
    }
    if !has_token(headers, &CONNECTION, "upgrade") {
        let text = "this is a WebSocket's address: the Connection header must have the token 'upgrade'";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, text).with(&VERSION_13));
    }
    if !has_token(headers, &UPGRADE, "websocket") {
        let text = "this is a WebSocket's address: the Upgrade header must have the token 'websocket'";
        return Err(Refusal::new(StatusCode::UPGRADE_REQUIRED, text).with(&UPGRADE_WEBSOCKET));
    }
    if request.method != Method::GET {
        let text = "a WebSocket is opened with GET";
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, text).with(&ALLOW_GET));
    }
    if headers.get(SEC_WEBSOCKET_VERSION).is_none_or(|v| v.as_bytes() != b"13") {
        let text = "only version 13 of the WebSocket protocol is spoken here";
        return Err(Refusal::new(StatusCode::UPGRADE_REQUIRED, text).with(&VERSION_13));
    }
    check_origin(headers, hosts)?;
    let key = match single(headers, &SEC_WEBSOCKET_KEY) {
        Some(Some(key)) if STANDARD.decode(key).is_ok_and(|k| k.len() == 16) => key,
        _ => {
            let text = "the Sec-WebSocket-Key header must be 16 bytes in base64";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, text));
        }
    };
    let mut response = Response::new(B::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let answer = response.headers_mut();
    answer.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    answer.insert(UPGRADE, HeaderValue::from_static("websocket"));
    answer.insert(SEC_WEBSOCKET_ACCEPT, accept_key(key));
    Ok(response)
}

/// The request's one Host; it must be one of `hosts` when the operator named any.
///
/// # Errors
/// No Host or several: 400 (RFC 9112, 3.2). Another host than the named ones: 421 (RFC 9110, 15.5.20).
pub(crate) fn check_host<'a>(headers: &'a HeaderMap, hosts: &[String]) -> Result<&'a str, Refusal> {
    let host = match single(headers, &HOST) {
        Some(Some(host)) if !host.is_empty() => host,
        Some(_) => {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "a request needs exactly one Host header"));
        }
        None => return Err(Refusal::new(StatusCode::BAD_REQUEST, "a request needs a Host header")),
    };
    // A name without a port stands for that name at any port.
    let is_ours =
        |ours: &String| host.eq_ignore_ascii_case(ours) || without_port(host).eq_ignore_ascii_case(ours);
    if !hosts.is_empty() && !hosts.iter().any(is_ours) {
        let text = "this server does not answer to that host name; its operator names its hosts with --host";
        return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, text));
    }
    Ok(host)
}

/// A page may open a socket only to the host that it came from. A client that is no browser sends no Origin.
fn check_origin(headers: &HeaderMap, hosts: &[String]) -> Result<(), Refusal> {
    let host = check_host(headers, hosts)?;
    let origin = match single(headers, &ORIGIN) {
        None => return Ok(()),
        Some(None) if headers.get_all(ORIGIN).iter().count() > 1 => {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "a request has at most one Origin header"));
        }
        Some(origin) => origin,
    };
    match origin.and_then(origin_host) {
        Some(theirs) if theirs.eq_ignore_ascii_case(host) => Ok(()),
        _ => {
            let text = "this page may not connect here: the Origin header's host is not the Host header's";
            Err(Refusal::new(StatusCode::FORBIDDEN, text))
        }
    }
}

/// The host and port of `scheme://host:port/…`. User information is not part of an origin (RFC 6454, 7).
fn origin_host(origin: &str) -> Option<&str> {
    let (scheme, rest) = origin.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    (is_scheme && !authority.is_empty() && !authority.contains('@')).then_some(authority)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        // An IPv6 address stands in brackets (RFC 3986, 3.2.2); its own colons are not a port's.
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether the client offers this subprotocol (RFC 6455, 1.9). Unlike other tokens, its case matters.
pub(crate) fn offers(headers: &HeaderMap, protocol: &str) -> bool {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|v| v.to_str().ok());
    values.flat_map(|v| v.split(',')).any(|offered| offered.trim() == protocol)
}

/// Whether a comma-separated list, over all headers of that name, has a token, in any case.
fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|v| v.to_str().ok());
    values.flat_map(|v| v.split(',')).any(|t| t.trim().eq_ignore_ascii_case(token))
}

/// `None`: no such header. `Some(None)`: several, or one that is not text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    Some(if values.next().is_some() { None } else { first.to_str().ok() })
}

fn accept_key(key: &str) -> HeaderValue {
    let digest = Sha1::new().chain_update(key).chain_update(GUID).finalize();
    HeaderValue::try_from(STANDARD.encode(digest)).expect("base64 is a header's text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accept_key_is_that_of_the_rfc() {
        // RFC 6455, 1.3.
        assert_eq!(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn an_origins_host_is_found_or_it_is_no_origin() {
        for (origin, host) in [
            ("http://a:8080", Some("a:8080")),
            ("https://a/path", Some("a")),
            ("chrome-extension://abc", Some("abc")),
            ("http://[::1]:80", Some("[::1]:80")),
            ("null", None),
            ("", None),
            ("://a", None),
            ("http://", None),
            ("http://a@evil", None),
            ("a:8080", None),
        ] {
            assert_eq!(origin_host(origin), host, "{origin}");
        }
    }

    #[test]
    fn a_port_goes_and_an_address_stays() {
        for (host, name) in [("a:80", "a"), ("a", "a"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")] {
            assert_eq!(without_port(host), name);
        }
    }
}
