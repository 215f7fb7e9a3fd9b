//! The opening handshake (RFC 6455, 4.2): what a request must be before its connection is a WebSocket.
//! Looks at the request's head and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ALLOW, CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE, X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::{Method, Response, StatusCode, Version};
use sha1::{Digest, Sha1};

use crate::base::counts::COUNTS;
use crate::base::limits::{Host, Hosts};

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

    /// One line for whoever wonders why a page does not get through. It is the client's doing, so it is told on request.
    pub(crate) fn log(&self, request: &Parts) {
        match self.status {
            StatusCode::MISDIRECTED_REQUEST => COUNTS.refused_host.add_one(),
            StatusCode::FORBIDDEN => COUNTS.refused_origin.add_one(),
            _ => COUNTS.refused_handshake.add_one(),
        }
        let header = |name| request.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
        tracing::debug!(
            status = self.status.as_u16(),
            host = ?header(HOST),
            origin = ?header(ORIGIN),
            reason = self.text,
            "a request is refused"
        );
    }

    pub(crate) fn into_response<B: From<String>>(self) -> Response<B> {
        let mut response = Response::new(B::from(format!("{}\n", self.text)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
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
pub(crate) fn accept<B: Default>(request: &Parts, hosts: &Hosts) -> Result<Response<B>, Refusal> {
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
    check_origin(request, hosts)?;
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

/// The host that a request is for, which must be one of `hosts`: its one Host header, and the authority of its target when
/// that has one (RFC 9112, 3.2.2), as the target of a request to a proxy has.
///
/// # Errors
/// No Host or several: 400 (RFC 9112, 3.2). A host that is not ours: 421 (RFC 9110, 15.5.20).
pub(crate) fn check_host(request: &Parts, hosts: &Hosts) -> Result<Host, Refusal> {
    let target =
        request.uri.authority().map(|authority| check_named(authority.as_str(), hosts)).transpose()?;
    match single(&request.headers, &HOST) {
        Some(Some(host)) if !host.is_empty() => {
            let named = check_named(host, hosts)?;
            Ok(target.unwrap_or(named))
        }
        Some(_) => Err(Refusal::new(StatusCode::BAD_REQUEST, "a request needs exactly one Host header")),
        // HTTP/2 has the host in the request's target instead of a header.
        None => target
            .filter(|_| request.version > Version::HTTP_11)
            .ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, "a request needs a Host header")),
    }
}

fn check_named(authority: &str, hosts: &Hosts) -> Result<Host, Refusal> {
    match Host::parse(authority) {
        Some(host) if hosts.admit(&host) => Ok(host),
        Some(host) => {
            let text = format!(
                "this server does not answer to the name '{name}'; if that is its name, start it with --host {name} \
                 (in a program, set Limits::hosts)",
                name = host.name
            );
            Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, text))
        }
        None => {
            Err(Refusal::new(StatusCode::BAD_REQUEST, "the request's host is neither a name nor an address"))
        }
    }
}

/// A page may open a socket only to the host that it came from, or to one of those that the operator named for it. A
/// client that is no browser sends no Origin.
pub(crate) fn check_origin(request: &Parts, hosts: &Hosts) -> Result<(), Refusal> {
    let host = check_host(request, hosts)?;
    let headers = &request.headers;
    let origin = match single(headers, &ORIGIN) {
        None => return Ok(()),
        Some(None) if headers.get_all(ORIGIN).iter().count() > 1 => {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "a request has at most one Origin header"));
        }
        Some(origin) => origin,
    };
    let is_ours = |(scheme, theirs): &(String, Host)| {
        // A proxy may give the Host with the port of the scheme, which an Origin never has.
        let is_same = theirs.name == host.name && theirs.port_of(scheme) == host.port_of(scheme);
        is_same || hosts.name(theirs)
    };
    match origin.and_then(origin_host) {
        Some(origin) if is_ours(&origin) => Ok(()),
        _ => {
            let text = "this page may not connect here: the Origin header's host is not the Host header's; a proxy in \
                        front must pass the Host on as it is, or --host must name the page's host";
            Err(Refusal::new(StatusCode::FORBIDDEN, text))
        }
    }
}

/// The scheme and the host of `scheme://host:port/…`. User information is not part of an origin (RFC 6454, 7).
fn origin_host(origin: &str) -> Option<(String, Host)> {
    let (scheme, rest) = origin.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let host = Host::parse(authority).filter(|_| is_scheme)?;
    Some((scheme.to_ascii_lowercase(), host))
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
            ("https://A/path", Some("a")),
            ("chrome-extension://abc", Some("abc")),
            ("http://[::1]:80", Some("[::1]:80")),
            ("null", None),
            ("", None),
            ("://a", None),
            ("http://", None),
            ("http://a@evil", None),
            ("a:8080", None),
        ] {
            assert_eq!(origin_host(origin).map(|(_, host)| host.to_string()).as_deref(), host, "{origin}");
        }
    }
}
