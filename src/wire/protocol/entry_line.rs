//! An entry of the log as a line of JSON: as clients of `chinwag.v1` get it and as it is exported, and as an import reads it,
//! which takes it strictly. Lines of other chats need say no more than who said what, where and when.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::base::entry::{Content, Entry, Kind, Mentions, Present, Reaction, Replies};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::{NUMBER_MAX, TEXT_CHARS_MAX, TIME_MAX_MS, TOPIC_CHARS};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::room_rules::{RoomRules, Writers};
use crate::base::user::{User, UserId};
use crate::wire::protocol::command::{bad_value, check_cid, check_title, one_line};
use crate::wire::protocol::mentions;

/// An entry as it stands in the log.
pub(super) struct Line<'a> {
    entry: &'a Entry,
    /// Whether a reply names the root of its thread. An export does not: it follows from what is answered.
    names_root: bool,
}

impl<'a> Line<'a> {
    /// As clients hear it.
    pub(super) fn heard(entry: &'a Entry) -> Self {
        Self { entry, names_root: true }
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { entry, names_root } = self;
        let mut line = to.serialize_struct("Entry", 10)?;
        line.serialize_field("type", entry.content.kind().as_str())?;
        line.serialize_field("room", &entry.room)?;
        line.serialize_field("seq", &entry.seq)?;
        line.serialize_field("at", &entry.at)?;
        match &entry.content {
            Content::Message { text, cid, reply_to, mentions } => {
                line.serialize_field("from", &entry.by)?;
                line.serialize_field("text", &**text)?;
                mentions_field(&mut line, mentions)?;
                message_ends(&mut line, cid.as_deref(), *reply_to, entry.root.filter(|_| *names_root))?;
                return line.end();
            }
            _ => line.serialize_field("by", &entry.by)?,
        }
        match &entry.content {
            Content::Message { .. } => {}
            Content::Edited { target, text, mentions } => {
                line.serialize_field("target", target)?;
                line.serialize_field("text", &**text)?;
                mentions_field(&mut line, mentions)?;
            }
            Content::Deleted { target } => line.serialize_field("target", target)?,
            Content::Reacted { target, emoji, on } => {
                line.serialize_field("target", target)?;
                line.serialize_field("emoji", &**emoji)?;
                line.serialize_field("on", on)?;
            }
            Content::Topic { text } => line.serialize_field("text", &**text)?,
            Content::Renamed { name } => line.serialize_field("name", &**name)?,
            Content::Room { title, listed } => {
                line.serialize_field("title", &**title)?;
                line.serialize_field("listed", listed)?;
            }
            Content::Rules(RoomRules { writers, slow, archived, deleted }) => {
                line.serialize_field("writers", writers.as_str())?;
                line.serialize_field("slow", slow)?;
                line.serialize_field("archived", archived)?;
                if *deleted {
                    line.serialize_field("deleted", deleted)?;
                }
            }
        }
        line.end()
    }
}

fn mentions_field<S: SerializeStruct>(line: &mut S, mentions: &Mentions) -> Result<(), S::Error> {
    match mentions.is_empty() {
        true => Ok(()),
        false => line.serialize_field("mentions", mentions),
    }
}

fn message_ends<S: SerializeStruct>(
    line: &mut S,
    cid: Option<&str>,
    reply_to: Option<u64>,
    root: Option<u64>,
) -> Result<(), S::Error> {
    if let Some(cid) = cid {
        line.serialize_field("cid", cid)?;
    }
    if let Some(reply_to) = reply_to {
        line.serialize_field("reply_to", &reply_to)?;
    }
    // Most replies answer the root itself.
    if let Some(root) = root.filter(|_| root != reply_to) {
        line.serialize_field("root", &root)?;
    }
    Ok(())
}

/// A message in its present state.
pub(super) struct PresentMessage<'a>(pub(super) &'a Present);

impl Serialize for PresentMessage<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Present { entry, changed, edited, deleted, reactions, replies } = self.0;
        let Content::Message { text, cid, reply_to, mentions } = &entry.content else {
            return Line::heard(entry).serialize(to);
        };
        let mut line = to.serialize_struct("Message", 15)?;
        line.serialize_field("type", "message")?;
        line.serialize_field("room", &entry.room)?;
        line.serialize_field("seq", &entry.seq)?;
        line.serialize_field("at", &entry.at)?;
        line.serialize_field("from", &entry.by)?;
        if *deleted {
            line.serialize_field("deleted", &true)?;
        } else {
            line.serialize_field("text", &**text)?;
            mentions_field(&mut line, mentions)?;
        }
        message_ends(&mut line, cid.as_deref(), *reply_to, entry.root)?;
        if let Some(edited) = edited
            && !deleted
        {
            line.serialize_field("edited", edited)?;
        }
        if !reactions.is_empty() {
            line.serialize_field("reactions", &Reactions(reactions))?;
        }
        if let Some(Replies { count, last, seq, by }) = replies {
            line.serialize_field("replies", &RepliesFields { count: *count, last: *last, seq: *seq, by })?;
        }
        line.serialize_field("changed", changed)?;
        line.end()
    }
}

#[derive(Serialize)]
struct RepliesFields<'a> {
    count: u32,
    last: u64,
    seq: u64,
    by: &'a [User],
}

/// Reactions by their emoji.
#[derive(Debug)]
pub(crate) struct Reactions<'a>(pub(crate) &'a [Reaction]);

#[derive(Serialize)]
struct ReactionFields<'a> {
    count: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    me: bool,
    by: &'a [User],
}

impl Serialize for Reactions<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|Reaction { emoji, count, me, by }| {
            (&**emoji, ReactionFields { count: *count, me: *me, by })
        }))
    }
}

/// An entry as one line of JSON, as it is exported.
pub(crate) fn entry_line(entry: &Entry) -> Vec<u8> {
    serde_json::to_vec(&Line { entry, names_root: false }).expect("our own values are JSON")
}

/// What an entry's line says. Its numbers, names and emoji are those of the chat that it is from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EntryLine {
    pub(crate) room: RoomName,
    /// None for a line of a chat that has no numbers.
    pub(crate) seq: Option<u64>,
    pub(crate) at: u64,
    pub(crate) by: Author,
    pub(crate) content: Content,
    /// It is a message that is gone: without its text.
    pub(crate) is_gone: bool,
}

/// Whose doing it is. Somebody of whom only the name is known is always the same somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) id: UserId,
    /// As the file has it: not every name of another chat is one here.
    pub(crate) name: Option<Box<str>>,
    /// Whether the id is made from the name.
    pub(crate) is_by_name: bool,
    pub(crate) face: Face,
}

/// A message that is gone, as it is exported; other entries are written by [`entry_line`].
pub(crate) fn gone_line(entry: &Entry) -> Vec<u8> {
    let (cid, reply_to) = match &entry.content {
        Content::Message { cid, reply_to, .. } => (cid.as_deref(), *reply_to),
        _ => (None, None),
    };
    let line = DeletedLine {
        kind: Kind::Message.as_str(),
        room: &entry.room,
        seq: entry.seq,
        at: entry.at,
        from: &entry.by,
        deleted: true,
        cid,
        reply_to,
    };
    serde_json::to_vec(&line).expect("our own values are JSON")
}

#[derive(Serialize)]
struct DeletedLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    room: &'a RoomName,
    seq: u64,
    at: u64,
    from: &'a User,
    deleted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<u64>,
}

/// Takes one line.
///
/// # Errors
/// What was wrong with it, and what is allowed.
pub(crate) fn parse(line: &[u8]) -> Result<EntryLine, Error> {
    let text = std::str::from_utf8(line).map_err(|_| bad_value("it is not UTF-8"))?;
    let line: ReadLine = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => bad_value(without_place(&error)),
        _ => bad_value(format!("it is not a JSON object on one line: {}", without_place(&error))),
    })?;
    let mut is_gone = false;
    let (room, seq, at, by, content) = match line {
        ReadLine::Message { room, seq, at, from, text, deleted, cid, reply_to, mentions } => {
            is_gone = deleted;
            let text = match (text, deleted) {
                (Some(text), false) => said(&text)?,
                (Some(_), true) => return Err(bad_value("a message that is deleted has no 'text'")),
                (None, true) if mentions.is_some() => {
                    return Err(bad_value("a message that is deleted has no 'mentions'"));
                }
                (None, true) => Box::default(),
                (None, false) => return Err(bad_value("a message needs a 'text', or 'deleted': true")),
            };
            let cid = cid.map(check_cid).transpose()?;
            (
                room,
                seq,
                at,
                from,
                Content::Message { text, cid, reply_to, mentions: mentions::read(mentions)? },
            )
        }
        ReadLine::Edited { room, seq, at, by, target, text, mentions } => {
            let (text, mentions) = (said(&text)?, mentions::read(mentions)?);
            (room, seq, at, by, Content::Edited { target, text, mentions })
        }
        ReadLine::Deleted { room, seq, at, by, target } => (room, seq, at, by, Content::Deleted { target }),
        ReadLine::Reacted { room, seq, at, by, target, emoji, on } => {
            (room, seq, at, by, Content::Reacted { target, emoji: emoji.into(), on })
        }
        ReadLine::Topic { room, seq, at, by, text } => {
            (room, seq, at, by, Content::Topic { text: one_line(&text, "topic", TOPIC_CHARS)? })
        }
        ReadLine::Renamed { room, seq, at, by, name } => {
            (room, seq, at, by, Content::Renamed { name: name.into() })
        }
        ReadLine::Room { room, seq, at, by, title, listed } => {
            (room, seq, at, by, Content::Room { title: check_title(&title)?, listed })
        }
        ReadLine::RoomRules { room, seq, at, by, writers, slow, archived } => {
            let rules = RoomRules::new(Writers::parse(&writers)?, slow, archived)?;
            (room, seq, at, by, Content::Rules(rules))
        }
    };
    if let Some(number) =
        [seq, content.parts().target].into_iter().flatten().find(|number| *number > NUMBER_MAX)
    {
        return Err(bad_value(format!("{number} is no number of a message: they go up to {NUMBER_MAX}")));
    }
    if at > TIME_MAX_MS {
        return Err(bad_value(format!(
            "'at' is {at}: it is a time in milliseconds since 1970, up to {TIME_MAX_MS}"
        )));
    }
    Ok(EntryLine { room: RoomName::parse(&room)?, seq, at, by: by.author()?, content, is_gone })
}

/// The line is known; its columns are of no use once it was taken apart.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn said(text: &str) -> Result<Box<str>, Error> {
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        return Err(bad_value(format!("a text of {chars} characters; at most {TEXT_CHARS_MAX} are allowed")));
    }
    Ok(text.into())
}

/// All lines, with what all of them say; a field that is not here is refused.
macro_rules! lines {
    ($($name:ident { $who:ident, $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        #[derive(Deserialize)]
        #[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
        enum ReadLine {$(
            $name { room: String, seq: Option<u64>, at: u64, $who: AuthorFields, $($(#[$attr])* $field: $type,)* },
        )*}
    };
}

lines! {
    Message {
        from, text: Option<String>, #[serde(default)] deleted: bool, cid: Option<String>, reply_to: Option<u64>,
        mentions: mentions::Fields
    }
    Edited { by, target: u64, text: String, mentions: mentions::Fields }
    Deleted { by, target: u64 }
    Reacted { by, target: u64, emoji: String, on: bool }
    Topic { by, text: String }
    Renamed { by, name: String }
    Room { by, title: String, listed: bool }
    RoomRules { by, writers: String, slow: u32, archived: bool }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AuthorFields {
    id: Option<String>,
    name: Option<String>,
    hue: Option<i64>,
    emoji: Option<String>,
}

impl AuthorFields {
    fn author(self) -> Result<Author, Error> {
        let guest = Author { id: UserId::GUEST, name: None, is_by_name: false, face: Face::default() };
        // A face that is none here, of a later version perhaps, is no reason to leave out what was said.
        let face = Face::stored(self.emoji.as_deref(), self.hue);
        match (self.id, self.name) {
            (None, None) => Err(bad_value("a person needs a 'name', or an 'id'")),
            (None, Some(name)) if name == *guest_name() => Ok(guest),
            (None, Some(name)) => {
                Ok(Author { id: Name::id_of(&name), name: Some(name.into()), is_by_name: true, face })
            }
            (Some(id), name) => match id.parse()? {
                UserId::GUEST => Ok(guest),
                id => Ok(Author { id, name: name.map(Into::into), is_by_name: false, face }),
            },
        }
    }
}

fn guest_name() -> std::sync::Arc<str> {
    User::guest().name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_as_it_is_written() {
        let by = User::new(UserId::new(7), "Ada").with(Face::stored(Some("🦊"), Some(3)));
        let whats = [
            Content::Message {
                text: "a\n\"b\"".into(),
                cid: Some("c1".into()),
                reply_to: Some(2),
                mentions: [("Ada", by.id)].into_iter().collect(),
            },
            Content::message(""),
            Content::edit(3, "c"),
            Content::Edited {
                target: 3,
                text: "@Bob".into(),
                mentions: [("Bob", UserId::new(8)), ("Cleo", UserId::new(9))].into_iter().collect(),
            },
            Content::Deleted { target: 3 },
            Content::Reacted { target: 3, emoji: "👍".into(), on: false },
            Content::Topic { text: "".into() },
            Content::Renamed { name: "Bob".into() },
            Content::Room { title: "Tea time".into(), listed: true },
            Content::Room { title: "".into(), listed: false },
            Content::Rules("moderators slow=30 archived".parse().expect("rules")),
        ];
        for content in whats {
            let entry = Entry {
                seq: 9,
                at: 1_700_000_000_000,
                room: RoomName::lobby(),
                by: by.clone(),
                content,
                root: None,
            };
            let line = parse(&entry_line(&entry)).expect("our own line");
            assert_eq!(
                (line.seq, line.at, line.room, line.is_gone),
                (Some(9), entry.at, entry.room.clone(), false)
            );
            assert_eq!(
                line.by,
                Author { id: by.id, name: Some("Ada".into()), is_by_name: false, face: by.face }
            );
            assert_eq!(line.content, entry.content);
            if matches!(entry.content, Content::Message { .. }) {
                let line = parse(&gone_line(&entry)).expect("our own line");
                assert!(
                    line.is_gone && matches!(line.content, Content::Message { text, .. } if text.is_empty())
                );
            }
        }
    }

    #[test]
    fn a_line_that_is_not_one_is_refused_in_words() {
        #[track_caller]
        fn refused(line: &str, words: &str) {
            let said = parse(line.as_bytes()).expect_err(line).to_string();
            assert!(said.contains(words), "{line}: {said}");
        }
        let minimal =
            r#"{"type":"message","room":"lobby","from":{"name":"Ada"},"text":"hi","at":1700000000000}"#;
        let line = parse(minimal.as_bytes()).expect("a line of another chat");
        assert_eq!((line.seq, line.by.id), (None, Name::id_of("Ada")));
        refused("", "not a JSON object");
        refused("[1]", "invalid");
        refused(&minimal[..40], "not a JSON object");
        refused(&minimal.replace("message", "msg"), "unknown variant `msg`");
        refused(&minimal.replace("\"text\"", "\"txt\""), "unknown field `txt`");
        refused(&minimal.replace("\"text\":\"hi\",", ""), "needs a 'text'");
        refused(&minimal.replace("\"at\"", "\"deleted\":true,\"at\""), "has no 'text'");
        let mentions = "\"mentions\":{\"Ada\":\"AAAAAAAAAAc\"}";
        refused(
            &minimal.replace("\"text\":\"hi\"", &format!("\"deleted\":true,{mentions}")),
            "has no 'mentions'",
        );
        refused(&minimal.replace("\"at\"", "\"mentions\":{\"Ada\":\"ada\"},\"at\""), "'ada' is none");
        refused(&minimal.replace(",\"at\":1700000000000", ""), "missing field `at`");
        refused(&minimal.replace("1700000000000", "1e30"), "invalid type");
        refused(&minimal.replace("1700000000000", "999999999999999999"), "milliseconds since 1970");
        refused(&minimal.replace("lobby", "The Lobby"), "not a room's name");
        refused(&minimal.replace("{\"name\":\"Ada\"}", "{}"), "needs a 'name'");
        refused(&minimal.replace("\"name\":", "\"id\":"), "not a user's id");
    }
}
