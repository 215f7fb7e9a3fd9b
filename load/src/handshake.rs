//! The opening handshake, client side: the request, and whether the answer is a WebSocket's (RFC 6455, 4.1).

use crate::target::Target;

/// The key of RFC 6455, 1.3: the same for all, so that the right answer is known without a hash.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// No sensible server answers an upgrade with more than this.
const RESPONSE_BYTES_MAX: usize = 16 * 1024;

/// The bytes that open a connection of client `id` to `target`.
pub(crate) fn request(target: &Target, id: usize) -> Vec<u8> {
    let (authority, path) = (&target.authority, target.path(target.room_of(id)));
    let protocol = target.protocol.subprotocol();
    let protocol = protocol.map(|name| format!("Sec-WebSocket-Protocol: {name}\r\n")).unwrap_or_default();
    format!(
        "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n{protocol}\r\n"
    )
    .into_bytes()
}

/// Reads the server's answer as far as it has come.
///
/// `Ok(None)`: more must come. `Ok(Some(n))`: accepted, and the first frame begins at byte `n`.
///
/// # Errors
///
/// The server's refusal, in words.
pub(crate) fn accepted(response: &[u8]) -> Result<Option<usize>, String> {
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
    let accept = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-accept"))
        .map(|(_, value)| value.trim());
    if accept != Some(ACCEPT) {
        return Err(format!("Sec-WebSocket-Accept is {accept:?}, not {ACCEPT:?}"));
    }
    Ok(Some(end + 4))
}

#[cfg(test)]
mod tests {
    use super::{ACCEPT, accepted};

    #[test]
    fn a_right_answer_is_accepted_and_what_follows_it_is_kept() {
        let response = format!("HTTP/1.1 101 Hi\r\nsec-websocket-ACCEPT: {ACCEPT}\r\n\r\nframe");
        assert_eq!(accepted(response.as_bytes()), Ok(Some(response.len() - 5)));
        assert_eq!(accepted(&response.as_bytes()[..response.len() - 6]), Ok(None));
    }

    #[test]
    fn another_status_or_a_wrong_hash_is_refused() {
        assert!(accepted(b"HTTP/1.1 403 Forbidden\r\n\r\n").is_err());
        assert!(accepted(b"HTTP/1.1 101 Hi\r\nSec-WebSocket-Accept: x\r\n\r\n").is_err());
        assert!(accepted(b"HTTP/1.1 101 Hi\r\n\r\n").is_err());
    }
}
