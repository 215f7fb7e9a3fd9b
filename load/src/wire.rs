//! The wire: how the messages of one room look in its protocol, where they are said and where they are heard.

use crate::frame::{self, Opcode};
use crate::message::{MESSAGE_BYTES_MIN, Message};
use crate::target::Protocol;
use serde::Deserialize;
use std::borrow::Cow;

/// One room's way of writing.
#[derive(Debug)]
pub(crate) struct Wire {
    protocol: Protocol,
    room: String,
    /// Bytes of a message's text.
    text_bytes: usize,
    /// The room is number `index` of so many, and has each `rooms`th sender: nobody else's messages belong here.
    index: u32,
    rooms: u32,
}

/// What a line is. Senders are numbered within their room.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A chat message, under its number in the log; 0 where the protocol has none.
    Message(Message, u64),
    /// For this client alone: its message is in the log, under this number.
    Receipt(Message, u64),
    /// For this client alone: what it said was refused.
    Refusal,
    /// The client has been told all that it had missed.
    CaughtUp,
    /// The client is to forget what it has of the room: it will not be told what it missed.
    Reset,
    /// What is no part of the talk: who came and who went, and whatever a client may ignore.
    Aside,
    /// What nobody sent.
    Foreign,
}

impl Wire {
    pub(crate) fn new(
        protocol: Protocol,
        room: String,
        text_bytes: usize,
        index: usize,
        rooms: usize,
    ) -> Self {
        Self { protocol, room, text_bytes, index: index as u32, rooms: rooms as u32 }
    }

    /// Appends to `out` the frame with which `message` is said.
    pub(crate) fn say(&self, message: Message, out: &mut Vec<u8>) {
        let message = Message { sender: message.sender * self.rooms + self.index, ..message };
        let mut text = Vec::with_capacity(self.text_bytes);
        message.push(&mut text, self.text_bytes);
        if self.protocol == Protocol::V1 {
            let before = format!(r#"{{"type":"say","room":"{}","cid":""#, self.room);
            text =
                [before.as_bytes(), &text[..MESSAGE_BYTES_MIN], br#"","text":""#, &text, br#""}"#].concat();
        }
        frame::push(out, Opcode::Text, &text);
    }

    /// Says what a line is.
    pub(crate) fn read(&self, line: &[u8]) -> Heard {
        match self.protocol {
            Protocol::Plain => {
                self.ours(line, self.text_bytes).map_or(Heard::Foreign, |message| Heard::Message(message, 0))
            }
            Protocol::V1 => self.read_v1(line),
        }
    }

    fn read_v1(&self, line: &[u8]) -> Heard {
        let Ok(line) = serde_json::from_slice::<Line<'_>>(line) else { return Heard::Foreign };
        // A message's `cid` is what its text begins with.
        let by_cid = || self.ours(line.cid.as_bytes(), MESSAGE_BYTES_MIN).filter(|_| line.room == self.room);
        match &*line.kind {
            "message" => match self.ours(line.text.as_bytes(), self.text_bytes) {
                Some(message) if by_cid() == Some(message) => Heard::Message(message, line.seq),
                _ => Heard::Foreign,
            },
            "receipt" => by_cid().map_or(Heard::Foreign, |message| Heard::Receipt(message, line.seq)),
            "error" => Heard::Refusal,
            "caught_up" => Heard::CaughtUp,
            "joined" if line.reset => Heard::Reset,
            "" => Heard::Foreign,
            _ => Heard::Aside,
        }
    }

    /// A message of one of this room's senders.
    fn ours(&self, text: &[u8], bytes: usize) -> Option<Message> {
        let message = Message::parse(text, bytes)?;
        let is_here = message.sender % self.rooms == self.index;
        is_here.then_some(Message { sender: message.sender / self.rooms, ..message })
    }
}

/// What matters of a line of `chinwag.v1`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Line<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    room: Cow<'a, str>,
    seq: u64,
    reset: bool,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    cid: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use super::{Heard, Wire};
    use crate::frame::{Opcode, push};
    use crate::message::Message;
    use crate::target::Protocol;

    const MESSAGE: Message = Message { sender: 2, count: 5 };

    fn wire(protocol: Protocol) -> Wire {
        Wire::new(protocol, "tea2".to_owned(), 20, 1, 3)
    }

    /// What is said is one frame with this payload.
    #[track_caller]
    fn check_said(protocol: Protocol, expected: &str) {
        let (mut said, mut frame) = (Vec::new(), Vec::new());
        wire(protocol).say(MESSAGE, &mut said);
        push(&mut frame, Opcode::Text, expected.as_bytes());
        assert_eq!(said, frame);
    }

    #[test]
    fn a_message_is_said_as_the_protocol_says() {
        check_said(Protocol::Plain, "0000000700000005 kno");
        check_said(
            Protocol::V1,
            r#"{"type":"say","room":"tea2","cid":"0000000700000005","text":"0000000700000005 kno"}"#,
        );
    }

    #[test]
    fn a_line_is_known_for_what_it_is() {
        let plain = wire(Protocol::Plain);
        assert_eq!(plain.read(b"0000000700000005 kno"), Heard::Message(MESSAGE, 0));
        assert_eq!(plain.read(b"0000000600000005 wha"), Heard::Foreign, "a sender of another room");

        let v1 = wire(Protocol::V1);
        for (line, expected) in [
            (
                r#"{"type":"message","room":"tea2","seq":9,"at":1,"from":{"id":"x","name":"\"y"},"text":"0000000700000005 kno","cid":"0000000700000005"}"#,
                Heard::Message(MESSAGE, 9),
            ),
            (
                r#"{"type":"message","room":"tea","seq":9,"text":"0000000700000005 kno","cid":"0000000700000005"}"#,
                Heard::Foreign,
            ),
            (
                r#"{"type":"message","room":"tea2","seq":9,"text":"0000000700000005 kno","cid":"0000000700000006"}"#,
                Heard::Foreign,
            ),
            (
                r#"{"type":"receipt","room":"tea2","cid":"0000000700000005","seq":9}"#,
                Heard::Receipt(MESSAGE, 9),
            ),
            (r#"{"type":"receipt","room":"tea2","cid":"c-1","seq":9}"#, Heard::Foreign),
            (r#"{"type":"error","code":"slow_down","text":"say \"less\""}"#, Heard::Refusal),
            (r#"{"type":"caught_up","room":"tea2","seq":9}"#, Heard::CaughtUp),
            (r#"{"type":"joined","room":"tea2","epoch":"e","seq":9,"reset":true}"#, Heard::Reset),
            (r#"{"type":"joined","room":"tea2","epoch":"e","seq":9,"reset":false}"#, Heard::Aside),
            (r#"{"type":"people","room":"tea2","count":3}"#, Heard::Aside),
            ("hello", Heard::Foreign),
        ] {
            assert_eq!(v1.read(line.as_bytes()), expected, "{line}");
        }
    }
}
