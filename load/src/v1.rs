//! The words of `chinwag.v1` that the generator says and understands: JSON, one object a line.

use crate::frame::{self, Opcode};
use serde::Deserialize;

/// The subprotocol's name.
pub(crate) const PROTOCOL: &str = "chinwag.v1";

/// What a server said, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) seq: u64,
    pub(crate) cid: String,
    pub(crate) epoch: String,
    pub(crate) token: String,
    pub(crate) text: String,
    pub(crate) code: String,
    pub(crate) reset: bool,
    pub(crate) oldest: u64,
    /// The messages of a page.
    pub(crate) entries: Vec<Self>,
}

/// Puts the pieces of messages together, and takes them apart into lines.
#[derive(Debug, Default)]
pub(crate) struct Ear {
    begun: Vec<u8>,
}

impl Ear {
    /// Takes a part of a message; gives the lines of one that ends. A line that is no JSON gives an empty one,
    /// whose `kind` is nothing.
    pub(crate) fn hear(&mut self, part: &[u8], last: bool) -> Vec<Line> {
        if !last {
            self.begun.extend_from_slice(part);
            return Vec::new();
        }
        if self.begun.is_empty() {
            return lines(part);
        }
        self.begun.extend_from_slice(part);
        lines(&std::mem::take(&mut self.begun))
    }
}

fn lines(message: &[u8]) -> Vec<Line> {
    let lines = message.split(|&byte| byte == b'\n');
    lines.map(|line| serde_json::from_slice(line).unwrap_or_default()).collect()
}

/// Appends a command to `out`, as a frame.
pub(crate) fn push(out: &mut Vec<u8>, command: &serde_json::Value) {
    frame::push(out, Opcode::Text, command.to_string().as_bytes());
}

/// Says hello, and joins rooms from their latest messages.
pub(crate) fn hello(rooms: &[String]) -> serde_json::Value {
    let rooms: serde_json::Map<_, _> =
        rooms.iter().map(|room| (room.clone(), serde_json::json!({}))).collect();
    serde_json::json!({ "type": "hello", "rooms": rooms })
}

#[cfg(test)]
mod tests {
    use super::Ear;

    #[test]
    fn lines_are_found_however_their_message_is_cut() {
        let message = br#"{"type":"receipt","cid":"7","seq":9,"room":"a"}
{"type":"message","seq":10,"from":{"id":"x","name":"y"},"text":"z"}"#;
        for cut in [0, 5, 50, message.len()] {
            let mut ear = Ear::default();
            assert!(ear.hear(&message[..cut], false).is_empty());
            let lines = ear.hear(&message[cut..], true);
            assert_eq!((lines[0].kind.as_str(), lines[0].cid.as_str(), lines[0].seq), ("receipt", "7", 9));
            assert_eq!((lines[1].kind.as_str(), lines[1].seq, lines.len()), ("message", 10, 2));
        }
    }

    #[test]
    fn line_that_is_not_json_is_unknown() {
        assert_eq!(Ear::default().hear(b"hello", true)[0].kind, "");
    }
}
