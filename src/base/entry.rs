//! What stands in the log: entries, what they say, and what the messages among them have come to. Knows
//! neither how they are kept nor how they are sent.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::named_enum::named_enum;
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};

mod mentions;

pub use mentions::Mentions;

named_enum! {
    /// The kind of an entry, by its name on the wire and in an export. A store has the place in this list as the kind's
    /// number, so a new kind goes to the end.
    pub(crate) enum Kind {
        Message = "message",
        Edited = "edited",
        Deleted = "deleted",
        Reacted = "reacted",
        /// A reaction that is taken back: `reacted` with `on: false`.
        Unreacted = "reacted",
        Topic = "topic",
        Renamed = "renamed",
        /// A room has a title, and stands in the directory.
        Listed = "room",
        /// A room has a title, and is reached by its link alone: `room` with `listed: false`.
        Unlisted = "room",
        /// Who writes in a room, and how often.
        Rules = "room_rules",
    }
}

impl Kind {
    /// Whether an entry of this kind changes a message. What it comes to is shown with the message.
    pub(crate) fn is_change(self) -> bool {
        match self {
            Self::Edited | Self::Deleted | Self::Reacted | Self::Unreacted => true,
            Self::Message | Self::Topic | Self::Renamed | Self::Listed | Self::Unlisted | Self::Rules => {
                false
            }
        }
    }
}

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
    /// The message that its thread began with, when it is a reply: what it answers, or what that answered before.
    pub root: Option<u64>,
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
        /// Whom it mentions.
        mentions: Mentions,
    },
    /// A message has another text now.
    Edited {
        /// The message's number.
        target: u64,
        /// Its new text.
        text: Box<str>,
        /// Whom it mentions now.
        mentions: Mentions,
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
    /// The room has another title, or another way in.
    Room {
        /// What it is called beside its name; empty for no title.
        title: Box<str>,
        /// Whether it stands in the directory; otherwise it is reached by its link alone.
        listed: bool,
    },
    /// The room has other rules.
    Rules(RoomRules),
}

/// What an entry says, in the parts that all kinds have in common: a store has a column for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) kind: Kind,
    /// The message that it changes or answers.
    pub(crate) target: Option<u64>,
    /// A text, an emoji, a topic, a name, a title or rules.
    pub(crate) text: Option<Cow<'a, str>>,
    /// The client's own id for a message.
    pub(crate) cid: Option<&'a str>,
    /// Whom the text mentions.
    pub(crate) mentions: &'a Mentions,
}

impl<'a> Parts<'a> {
    /// The parts of an entry of this kind without a `cid` that mentions nobody.
    pub(crate) fn new(kind: Kind, target: Option<u64>, text: Option<&'a str>) -> Self {
        Self { kind, target, text: text.map(Cow::Borrowed), cid: None, mentions: &mentions::NOBODY }
    }
}

impl Content {
    /// A message of which there is nothing to say but its text.
    pub fn message(text: impl Into<Box<str>>) -> Self {
        Self::Message { text: text.into(), cid: None, reply_to: None, mentions: Mentions::default() }
    }

    /// Another text for a message, which mentions nobody.
    pub fn edit(target: u64, text: impl Into<Box<str>>) -> Self {
        Self::Edited { target, text: text.into(), mentions: Mentions::default() }
    }

    /// Whom it mentions.
    pub fn mentions(&self) -> &Mentions {
        self.parts().mentions
    }

    pub(crate) fn kind(&self) -> Kind {
        self.parts().kind
    }

    pub(crate) fn parts(&self) -> Parts<'_> {
        match self {
            Self::Message { text, cid, reply_to, mentions } => {
                let cid = cid.as_deref();
                Parts { cid, mentions, ..Parts::new(Kind::Message, *reply_to, Some(text)) }
            }
            Self::Edited { target, text, mentions } => {
                Parts { mentions, ..Parts::new(Kind::Edited, Some(*target), Some(text)) }
            }
            Self::Deleted { target } => Parts::new(Kind::Deleted, Some(*target), None),
            Self::Reacted { target, emoji, on } => {
                Parts::new(if *on { Kind::Reacted } else { Kind::Unreacted }, Some(*target), Some(emoji))
            }
            Self::Topic { text } => Parts::new(Kind::Topic, None, Some(text)),
            Self::Renamed { name } => Parts::new(Kind::Renamed, None, Some(name)),
            Self::Room { title, listed } => {
                Parts::new(if *listed { Kind::Listed } else { Kind::Unlisted }, None, Some(title))
            }
            Self::Rules(rules) => {
                Parts { text: Some(rules.to_string().into()), ..Parts::new(Kind::Rules, None, None) }
            }
        }
    }

    /// The content with these parts. A part that its kind needs and that is missing is 0, or empty.
    pub(crate) fn from_parts(Parts { kind, target: reply_to, text, cid, mentions }: Parts<'_>) -> Self {
        let target = reply_to.unwrap_or_default();
        let text = text.as_deref().unwrap_or_default();
        match kind {
            Kind::Message => {
                let (cid, mentions) = (cid.map(Into::into), mentions.clone());
                Self::Message { text: text.into(), cid, reply_to, mentions }
            }
            Kind::Edited => Self::Edited { target, text: text.into(), mentions: mentions.clone() },
            Kind::Deleted => Self::Deleted { target },
            Kind::Reacted => Self::Reacted { target, emoji: text.into(), on: true },
            Kind::Unreacted => Self::Reacted { target, emoji: text.into(), on: false },
            Kind::Topic => Self::Topic { text: text.into() },
            Kind::Renamed => Self::Renamed { name: text.into() },
            Kind::Listed => Self::Room { title: text.into(), listed: true },
            Kind::Unlisted => Self::Room { title: text.into(), listed: false },
            Kind::Rules => Self::Rules(text.parse().unwrap_or_default()),
        }
    }
}

impl Entry {
    /// The text of a message, an edit or a topic, or a room's title; empty for other entries.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Message { text, .. } | Content::Edited { text, .. } | Content::Topic { text } => text,
            Content::Room { title, .. } => title,
            Content::Deleted { .. }
            | Content::Reacted { .. }
            | Content::Renamed { .. }
            | Content::Rules(_) => "",
        }
    }

    /// Bytes that its text and its mentions have in a frame, where JSON escapes some characters (RFC 8259, 7).
    pub(crate) fn frame_bytes(&self) -> usize {
        let mentions = self.content.mentions();
        if mentions.is_empty() {
            return json_bytes(self.text());
        }
        let pair = |name| json_bytes(name) + r#","":"AAAAAAAAAAA""#.len();
        let pairs: usize = mentions.iter().map(|(name, _)| pair(name)).sum();
        json_bytes(self.text()) + r#","mentions":{}"#.len() - ",".len() + pairs
    }

    /// Bytes of its text and of the names that it mentions.
    pub(crate) fn said_bytes(&self) -> usize {
        self.text().len() + self.content.mentions().iter().map(|(name, _)| name.len()).sum::<usize>()
    }

    /// What was said, when this is a message.
    pub(crate) fn said(&self) -> Option<&str> {
        match &self.content {
            Content::Message { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// Bytes of a text in JSON, without its quotes.
fn json_bytes(text: &str) -> usize {
    let added = |byte: &u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 1,
        0..b' ' => "u0000".len() as u8,
        _ => 0,
    };
    // 32 bytes add at most 160, which fits into one byte: so the compiler counts many at once.
    let added = |chunk: &[u8]| usize::from(chunk.iter().map(added).sum::<u8>());
    text.len() + text.as_bytes().chunks(32).map(added).sum::<usize>()
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
    /// Whether it may delete what others said, and set rooms that others made.
    pub(crate) is_moderation: bool,
    /// The greatest number of the room that its author knew. A change of what was changed after it is out of date.
    pub(crate) base: Option<u64>,
}

impl Draft {
    /// A message for a room from whoever has no name.
    pub fn message(room: &RoomName, text: &str) -> Self {
        Self::new(room, UserId::GUEST, Content::message(text))
    }

    /// Somebody's entry for a room.
    pub fn new(room: &RoomName, by: UserId, content: Content) -> Self {
        Self { room: room.clone(), by, content, is_moderation: false, base: None }
    }

    /// The same by a moderator, who may delete what others said, and set rooms that others made.
    pub(crate) fn by_moderator(mut self) -> Self {
        self.is_moderation = true;
        self
    }

    /// The same by somebody who knew the room up to a number.
    pub(crate) fn based_on(mut self, base: Option<u64>) -> Self {
        self.base = base;
        self
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
    /// The replies in its thread; None where no thread began with it.
    pub replies: Option<Replies>,
}

/// The replies to a message, and to those, without what is gone of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replies {
    /// How many.
    pub count: u32,
    /// When the last of them was said, in Unix milliseconds.
    pub last: u64,
    /// The number of the last that was said, even if it is gone.
    pub seq: u64,
    /// Some of the people who wrote them, the latest first.
    pub by: Vec<User>,
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
    /// Some of the people, always the same of them.
    pub by: Vec<User>,
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
    fn numbers_of_the_kinds_in_a_store_stay_as_they_are() {
        use Kind::{Deleted, Edited, Listed, Message, Reacted, Renamed, Rules, Topic, Unlisted, Unreacted};
        let numbered =
            [Message, Edited, Deleted, Reacted, Unreacted, Topic, Renamed, Listed, Unlisted, Rules];
        assert_eq!(Kind::ALL[..numbered.len()], numbered);
        assert!(Kind::ALL.iter().enumerate().all(|(number, kind)| *kind as usize == number));
    }

    fn entry(content: Content) -> Entry {
        Entry { seq: 1, at: 0, room: RoomName::lobby(), by: User::guest(), content, root: None }
    }

    #[test]
    fn content_of_every_kind_is_made_again_from_its_parts() {
        for kind in Kind::ALL {
            let mentions = [("Ada", UserId::new(7))].into_iter().collect();
            let parts = Parts { mentions: &mentions, ..Parts::new(*kind, Some(7), Some("👍")) };
            let content = Content::from_parts(parts);
            assert_eq!(content.kind(), *kind);
            assert!(content.parts().target.is_some() || !kind.is_change());
            assert_eq!(Content::from_parts(content.parts()), content);
        }
    }

    #[test]
    fn bytes_in_a_frame_are_those_of_the_json() {
        let of_each = (0..0x180).filter_map(char::from_u32).map(String::from);
        let long = "\0\u{1}\u{1f}\"\\\n\r\té👍 ".repeat(100);
        for text in of_each.chain([String::new(), "\0".repeat(1_000), "a".repeat(33), long]) {
            let json = serde_json::to_string(&text).expect("JSON");
            // Two characters are shorter in JSON than they are counted: nobody sends so many of them.
            let shorter = 4 * text.matches(['\u{8}', '\u{c}']).count();
            let entry = entry(Content::message(text));
            assert_eq!(entry.frame_bytes(), json.len() - 2 + shorter, "{:?}", entry.text());
        }
    }

    #[test]
    fn mentions_count_as_they_stand_in_a_frame() {
        let text = "@Ada \"L\", @Bob?";
        let mentions = [("Bob", UserId::new(8)), ("Ada \"L\"", UserId::new(7))].into_iter().collect();
        let entry = entry(Content::Edited { target: 1, text: text.into(), mentions });
        let json = r#""@Ada \"L\", @Bob?","mentions":{"Ada \"L\"":"AAAAAAAAAAc","Bob":"AAAAAAAAAAg"}"#;
        assert_eq!(entry.frame_bytes(), json.len() - 2);
        assert_eq!(entry.said_bytes(), text.len() + "Ada \"L\"".len() + "Bob".len());
    }
}
