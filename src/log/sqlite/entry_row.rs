//! An entry as a row: the columns that it is written to, the one list of columns that it is selected with, and how such a row
//! is read. A query adds which entries it wants, and in which order.

use std::borrow::Cow;
use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::base::entry::{Content, Entry, Kind, Mentions, Parts, Present, Reaction};
use crate::base::limits::REACTORS_NAMED;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::sqlite::changes::{self, Change};
use crate::log::sqlite::faces;
use crate::log::sqlite::row::{id, int, unsigned};
use crate::log::sqlite::threads;
use crate::wire::protocol::mentions;

/// What the table `entries` has of a content. An edit has no text and no mentions of its own: the message has them, so that
/// no copy remains of what was edited away.
pub(super) fn columns(content: &Content) -> Parts<'_> {
    match content.parts() {
        Parts { kind: kind @ Kind::Edited, target, .. } => Parts::new(kind, target, None),
        parts => parts,
    }
}

/// What the column `mentions` has.
pub(super) fn mentions(mentions: &Mentions) -> Option<String> {
    (!mentions.is_empty()).then(|| mentions::to_text(mentions))
}

/// When an entry was made, in Unix milliseconds; none where it is not kept.
pub(super) fn at(connection: &Connection, seq: u64) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT at FROM entries WHERE seq = ?1";
    connection.prepare_cached(sql)?.query_row([int(seq)], |row| unsigned(row, 0)).optional()
}

/// What [`EntryRow::read`] reads, in this order. The text and the mentions of an edit are those of its message.
const COLUMNS: &str = "e.seq, e.room, e.at, e.user, u.name, e.kind, e.target,
    CASE e.kind WHEN 1 THEN (SELECT m.text FROM entries m WHERE m.seq = e.target) ELSE e.text END,
    e.cid,
    CASE e.kind WHEN 1 THEN (SELECT m.mentions FROM entries m WHERE m.seq = e.target) ELSE e.mentions END,
    e.root, e.replies";

/// Selects entries `e` from `source`, which is `entries e` or a join with it; `rest` is what follows `FROM`.
pub(super) fn select(source: &str, rest: &str) -> String {
    format!(
        "SELECT {COLUMNS}, {}, {} FROM {source} LEFT JOIN users u ON u.id = e.user LEFT JOIN changes c ON c.seq = e.seq {rest}",
        faces::SHOWN,
        changes::COLUMNS
    )
}

/// Selects all entries of the room `?1` in order: its two indexes (schema.sql), merged.
pub(super) fn select_room() -> String {
    let half = |kind| select("entries e", &format!("WHERE e.room = ?1 AND e.kind {kind}"));
    format!("{} UNION ALL {} ORDER BY 1", half("= 0"), half("> 0"))
}

/// Selects the numbers of entries of the room `?1`, from its two indexes. The order is that of the whole statement:
/// `ORDER BY seq` merges them.
pub(super) fn select_seqs(condition: &str) -> String {
    let half = |kind| format!("SELECT seq FROM entries WHERE room = ?1 AND kind {kind} {condition}");
    format!("{} UNION ALL {}", half("= 0"), half("> 0"))
}

/// An entry, and what has become of it.
#[derive(Debug)]
pub(super) struct EntryRow {
    pub(super) entry: Entry,
    /// None for an entry that nothing happened to.
    change: Option<Change>,
    /// How many replies the thread has that began with it.
    replies: u32,
}

impl EntryRow {
    /// The room of a row, for queries over several.
    pub(super) fn room(row: &Row<'_>) -> rusqlite::Result<i64> {
        row.get(1)
    }

    /// Reads a row of [`select`].
    pub(super) fn read(row: &Row<'_>, room: &RoomName) -> rusqlite::Result<Self> {
        let optional =
            |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned));
        let mentions = row.get_ref(9)?.as_str_or_null()?.map(mentions::from_text).unwrap_or_default();
        let content = Content::from_parts(Parts {
            kind: row.get(5)?,
            target: optional(6)?,
            text: row.get_ref(7)?.as_str_or_null()?.map(Cow::Borrowed),
            cid: row.get_ref(8)?.as_str_or_null()?,
            mentions: &mentions,
        });
        let by = faces::user(row, 3, 4, 12)?;
        let (root, replies, change) = (optional(10)?, row.get(11)?, Change::read(row, 14)?);
        let (seq, at) = (unsigned(row, 0)?, unsigned(row, 2)?);
        Ok(Self { entry: Entry { seq, at, room: room.clone(), by, content, root }, change, replies })
    }

    /// Whether this is a message that was deleted.
    pub(super) fn is_deleted(&self) -> bool {
        self.entry.said().is_some() && self.change.as_ref().is_some_and(|change| change.deleted)
    }

    /// The entry in its present state, with `who`'s own reactions marked.
    pub(super) fn present(self, connection: &Connection, who: UserId) -> rusqlite::Result<Present> {
        let Self { mut entry, change, replies } = self;
        let replies = threads::replies(connection, entry.seq, replies)?;
        let Some(change) = change else {
            let change = Change { last: entry.seq, ..Change::default() };
            return Ok(change.present(entry, Vec::new(), replies));
        };
        if change.deleted
            && let Content::Message { text, mentions, .. } = &mut entry.content
        {
            (*text, *mentions) = (Box::default(), Mentions::default());
        }
        let reactions = reactions(connection, entry.seq, who, REACTORS_NAMED)?;
        Ok(change.present(entry, reactions, replies))
    }
}

/// Who reacted to a message with an emoji, in the order of the key: to sort them by time would take longer the more there are.
static REACTORS: LazyLock<String> = LazyLock::new(|| {
    let face = faces::SHOWN;
    format!(
        "SELECT r.user, u.name, {face} FROM reactions r LEFT JOIN users u ON u.id = r.user
         WHERE r.message = ?1 AND r.emoji = ?2 ORDER BY r.user LIMIT ?3"
    )
});

/// The reactions of a message, with `who`'s own marked, and at most `names` people of each.
pub(super) fn reactions(
    connection: &Connection,
    message: u64,
    who: UserId,
    names: usize,
) -> rusqlite::Result<Vec<Reaction>> {
    let sql = "SELECT emoji, count, EXISTS (SELECT 1 FROM reactions r
                 WHERE r.message = k.message AND r.emoji = k.emoji AND r.user = ?2)
               FROM reaction_kinds k WHERE message = ?1 ORDER BY first";
    let mut kinds = connection.prepare_cached(sql)?;
    let mut people = connection.prepare_cached(&REACTORS)?;
    let kinds = kinds.query_map(params![int(message), id(who)], |row| {
        let emoji: Box<str> = row.get(0)?;
        let by = people
            .query_map(params![int(message), &*emoji, names as i64], |row| faces::user(row, 0, 1, 2))?;
        let by = by.collect::<Result<_, _>>()?;
        Ok(Reaction { emoji, count: row.get(1)?, me: row.get(2)?, by })
    })?;
    kinds.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_of_each_kind_is_read_as_it_was_written() {
        let whom: Mentions = [("Ada", UserId::new(7))].into_iter().collect();
        let contents = [
            Content::Message {
                text: "hi".into(),
                cid: Some("c-1".into()),
                reply_to: Some(7),
                mentions: whom.clone(),
            },
            Content::message("hi"),
        ];
        let parts = |kind: &Kind| Parts { mentions: &whom, ..Parts::new(*kind, Some(7), Some("hi")) };
        let others = Kind::ALL.iter().map(|kind| Content::from_parts(parts(kind)));
        let mut kinds = Vec::new();
        for content in contents.into_iter().chain(others) {
            let mut columns = columns(&content);
            kinds.push(columns.kind);
            assert_eq!(
                mentions(columns.mentions).as_deref().map(mentions::from_text).unwrap_or_default(),
                *columns.mentions
            );
            if let Content::Edited { text, mentions, .. } = &content {
                assert!(columns.text.is_none() && columns.mentions.is_empty(), "the message has them");
                (columns.text, columns.mentions) = (Some((&**text).into()), mentions); // As `select` gives them.
            }
            assert_eq!(Content::from_parts(columns), content);
        }
        kinds.dedup();
        assert_eq!(kinds, Kind::ALL, "each kind has a content");
    }
}
