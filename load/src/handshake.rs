//! The opening handshake, client side: the request, and whether the answer is a WebSocket's (RFC 6455, 4.1).

use crate::target::Target;

/// The key of RFC 6455, 1.3: the same for all, so that the right answer is known without a hash.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// No sensible server answers an upgrade with more than this.
const RESPONSE_BYTES_MAX: usize = 16 * 1024;

/// The extension that is offered, and what its taker has to promise (RFC 7692, 7.1.1.1): then each message is
/// deflated by itself, and the same for all.
const DEFLATE: &str = "permessage-deflate";
const BY_ITSELF: &str = "server_no_context_takeover";

/// An upgrade that was accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// The first frame begins at this byte.
    pub(crate) end: usize,
    /// The server may deflate what it sends.
    pub(crate) deflates: bool,
}

/// The bytes that open a connection of client `id` to `target`.
pub(crate) fn request(target: &Target, id: usize) -> Vec<u8> {
    let (authority, path) = (&target.authority, target.path(target.room_of(id)));
    let protocol = target.protocol.subprotocol();
    let protocol = protocol.map(|name| format!("Sec-WebSocket-Protocol: {name}\r\n")).unwrap_or_default();
    let deflate = target.deflate.then(|| format!("Sec-WebSocket-Extensions: {DEFLATE}; {BY_ITSELF}\r\n"));
    let deflate = deflate.unwrap_or_default();
    format!(
        "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n{protocol}{deflate}\r\n"
    )
    .into_bytes()
}

/// Reads the server's answer as far as it has come.
///
/// `Ok(None)`: more must come.
///
/// # Errors
///
/// The server's refusal, in words; or an extension that was not offered.
pub(crate) fn accepted(target: &Target, response: &[u8]) -> Result<Option<Accepted>, String> {
    let Some(end) = response.windows(4).position(|four| four == b"\r\n\r\n") else {
        if response.len() > RESPONSE_BYTES_MAX {
            return Err(format!("an answer of more than {RESPONSE_BYTES_MAX} bytes to the upgrade"));
        }
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&response[..end]);
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/1.1 101") {
        return Err(format!("the server answered the upgrade with: {status}"));
    }
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(':')).collect();
    let header = |wanted| {
        let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim())
    };
    let accept = header("sec-websocket-accept");
    if accept != Some(ACCEPT) {
        return Err(format!("Sec-WebSocket-Accept is {accept:?}, not {ACCEPT:?}"));
    }
    let deflates = match header("sec-websocket-extensions") {
        None => false,
        Some(taken) => {
            let mut words = taken.split(';').map(str::trim);
            if !target.deflate || words.next() != Some(DEFLATE) || !words.any(|word| word == BY_ITSELF) {
                return Err(format!("the server has an extension that was not offered so: {taken}"));
            }
            true
        }
    };
    Ok(Some(Accepted { end: end + 4, deflates }))
}

#[cfg(test)]
mod tests {
    use super::{ACCEPT, Accepted, accepted, request};
    use crate::target::Target;

    fn target(deflate: bool) -> Target {
        let mut target = Target::parse("ws://127.0.0.1/ws").expect("a good address");
        target.deflate = deflate;
        target
    }

    #[test]
    fn a_right_answer_is_accepted_and_what_follows_it_is_kept() {
        let response = format!("HTTP/1.1 101 Hi\r\nsec-websocket-ACCEPT: {ACCEPT}\r\n\r\nframe");
        let (response, end) = (response.as_bytes(), response.len() - 5);
        assert_eq!(accepted(&target(false), response), Ok(Some(Accepted { end, deflates: false })));
        assert_eq!(accepted(&target(false), &response[..end - 1]), Ok(None));
    }

    #[test]
    fn another_status_or_a_wrong_hash_is_refused() {
        for response in ["403 Forbidden", "101 Hi\r\nSec-WebSocket-Accept: x", "101 Hi"] {
            let response = format!("HTTP/1.1 {response}\r\n\r\n");
            assert!(accepted(&target(false), response.as_bytes()).is_err(), "{response}");
        }
    }

    #[test]
    fn deflating_is_agreed_on_where_it_was_offered() {
        let offered = |deflate| String::from_utf8(request(&target(deflate), 0)).expect("text");
        assert!(offered(true).contains("permessage-deflate") && !offered(false).contains("Extensions"));
        for (deflate, taken, expected) in [
            (true, "permessage-deflate; server_no_context_takeover; client_no_context_takeover", Ok(true)),
            (true, "permessage-deflate", Err(())), // Its window would be another for each client.
            (true, "x-other; server_no_context_takeover", Err(())),
            (false, "permessage-deflate; server_no_context_takeover", Err(())),
        ] {
            let response = format!(
                "HTTP/1.1 101 Hi\r\nSec-WebSocket-Accept: {ACCEPT}\r\nSec-WebSocket-Extensions: {taken}\r\n\r\n"
            );
            let answer = accepted(&target(deflate), response.as_bytes());
            let deflates = answer.map(|done| done.is_some_and(|accepted| accepted.deflates));
            assert_eq!(deflates.map_err(drop), expected, "{taken}");
        }
    }
}
