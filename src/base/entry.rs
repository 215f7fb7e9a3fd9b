//! What stands in the log: entries, what they say, and what the messages among them have come to. Knows
//! neither how they are kept nor how they are sent.

use std::sync::Arc;

use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};

/// An entry that is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its place in the room's order. Grows; may skip numbers.
    pub seq: u64,
    /// When it was appended, in Unix milliseconds. For people; the order is `seq`.
    pub at: u64,
    /// The room it is in.
    pub room: RoomName,
    /// Whose doing it is.
    pub by: User,
    /// What it says.
    pub content: Content,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Something was said.
    Message {
        /// What was said.
        text: Box<str>,
        /// The client's own id for it, unique for its user in the room.
        cid: Option<Box<str>>,
        /// The message that it answers.
        reply_to: Option<u64>,
    },
    /// A message has another text now.
    Edited {
        /// The message's number.
        target: u64,
        /// Its new text.
        text: Box<str>,
    },
    /// A message is gone, and its text with it.
    Deleted {
        /// The message's number.
        target: u64,
    },
    /// Someone reacted to a message, or took that back.
    Reacted {
        /// The message's number.
        target: u64,
        /// How.
        emoji: Box<str>,
        /// `false`: not any more.
        on: bool,
    },
    /// The room has another topic.
    Topic {
        /// The topic; empty for none.
        text: Box<str>,
    },
    /// Somebody who is in the room has another name. `by` still has the old one.
    Renamed {
        /// The new name.
        name: Arc<str>,
    },
}

impl Entry {
    /// The text of a message, an edit or a topic; empty for other entries.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Message { text, .. } | Content::Edited { text, .. } | Content::Topic { text } => text,
            Content::Deleted { .. } | Content::Reacted { .. } | Content::Renamed { .. } => "",
        }
    }

    /// Bytes that its text has in a frame, where JSON escapes some characters (RFC 8259, 7).
    pub(crate) fn frame_bytes(&self) -> usize {
        let added = |byte: &u8| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 1,
            0..b' ' => "u0000".len() as u8,
            _ => 0,
        };
        // 32 bytes add at most 160, which fits into one byte: so the compiler counts many at once.
        let added = |chunk: &[u8]| usize::from(chunk.iter().map(added).sum::<u8>());
        let text = self.text().as_bytes();
        text.len() + text.chunks(32).map(added).sum::<usize>()
    }

    /// What was said, when this is a message.
    pub(crate) fn said(&self) -> Option<&str> {
        match &self.content {
            Content::Message { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// An entry that is not in the log yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// The room it goes to.
    pub room: RoomName,
    /// Whose doing it is.
    pub by: UserId,
    /// What it says.
    pub content: Content,
}

impl Draft {
    /// A message for a room from whoever has no name.
    pub fn message(room: &RoomName, text: &str) -> Self {
        Self::new(room, UserId::GUEST, Content::Message { text: text.into(), cid: None, reply_to: None })
    }

    /// Somebody's entry for a room.
    pub fn new(room: &RoomName, by: UserId, content: Content) -> Self {
        Self { room: room.clone(), by, content }
    }
}

/// A message in its present state: a fold of all entries that touched it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Present {
    /// The message, with the text after its last edit; without any text once it is deleted.
    pub entry: Entry,
    /// The number of the last entry that touched it.
    pub changed: u64,
    /// When it was last edited, in Unix milliseconds.
    pub edited: Option<u64>,
    /// Whether it is gone.
    pub deleted: bool,
    /// How people reacted, the first kind first.
    pub reactions: Vec<Reaction>,
}

/// One kind of reaction to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reaction {
    /// How.
    pub emoji: Box<str>,
    /// How many.
    pub count: u32,
    /// Whether who asks is one of them.
    pub me: bool,
}

/// What a page or a replay is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Record {
    /// An entry as it stands in the log.
    Entry(Entry),
    /// A message as it is now.
    Present(Present),
}

impl Record {
    /// Its number.
    pub fn seq(&self) -> u64 {
        self.entry().seq
    }

    /// The entry, or the message.
    pub fn entry(&self) -> &Entry {
        match self {
            Self::Entry(entry) => entry,
            Self::Present(present) => &present.entry,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_a_frame_are_those_of_the_json() {
        let of_each = (0..0x180).filter_map(char::from_u32).map(String::from);
        let long = "\0\u{1}\u{1f}\"\\\n\r\té👍 ".repeat(100);
        for text in of_each.chain([String::new(), "\0".repeat(1_000), "a".repeat(33), long]) {
            let json = serde_json::to_string(&text).expect("JSON");
            // Two characters are shorter in JSON than they are counted: nobody sends so many of them.
            let shorter = 4 * text.matches(['\u{8}', '\u{c}']).count();
            let content = Content::Message { text: text.into(), cid: None, reply_to: None };
            let entry = Entry { seq: 1, at: 0, room: RoomName::lobby(), by: User::guest(), content };
            assert_eq!(entry.frame_bytes(), json.len() - 2 + shorter, "{:?}", entry.text());
        }
    }
}
