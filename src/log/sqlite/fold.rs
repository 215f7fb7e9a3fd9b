//! The fold: takes one entry after the other into the log, checks what it may do, and keeps the present state
//! beside it. Everything here happens inside the writer's transaction.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::entry::{Draft, Entry, What};
use crate::limits::{EMOJI_A_MESSAGE, ROOMS, WRITER_CACHE};
use crate::log::sqlite::erase;
use crate::log::sqlite::row::{
    DELETED, EDITED, Fault, MESSAGE, REACTED, RENAMED, TOPIC, UNREACTED, id, int, refused, unsigned,
};
use crate::log::sqlite::search;
use crate::log::sqlite::who::Who;
use crate::room_name::RoomName;
use crate::user::{User, UserId};

/// What came of a draft.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is an entry now.
    New(Entry),
    /// It was one already, or changes nothing.
    Again(u64),
}

/// The writer's side of the state: the next number, and what it need not look up again.
#[derive(Debug)]
pub(super) struct Fold {
    next: u64,
    pub(super) who: Who,
    rooms: HashMap<RoomName, i64>,
    /// The last entry that the search index has come to.
    indexed: u64,
    /// How much of the index is to be erased (erase.rs).
    stale: u64,
}

/// Where the fold was before a transaction, to return to if it is not kept.
#[derive(Debug)]
pub(super) struct Position {
    next: u64,
    indexed: u64,
    stale: u64,
}

/// A message as the fold needs it.
pub(super) struct Target {
    user: UserId,
    pub(super) deleted: bool,
}

impl Fold {
    pub(super) fn open(connection: &Connection, name_keep: Duration) -> rusqlite::Result<Self> {
        Ok(Self {
            next: last_seq(connection)? + 1,
            who: Who::new(name_keep),
            rooms: HashMap::new(),
            indexed: search::indexed(connection)?,
            stale: erase::stale(connection)?,
        })
    }

    /// The number of the last entry.
    pub(super) fn last(&self) -> u64 {
        self.next - 1
    }

    /// Notes where the fold is before a transaction.
    pub(super) fn position(&self) -> Position {
        Position { next: self.next, indexed: self.indexed, stale: self.stale }
    }

    /// The transaction was not kept: what is known from it is forgotten.
    pub(super) fn roll_back(&mut self, position: &Position) {
        Position { next: self.next, indexed: self.indexed, stale: self.stale } = *position;
        self.rooms.clear();
        self.who.forget();
    }

    /// Entries that the search index has not come to, and messages that it has not as they are.
    pub(super) fn unindexed(&self) -> u64 {
        self.last().saturating_sub(self.indexed) + self.stale
    }

    /// The transaction is about to be kept.
    pub(super) fn finish(&mut self) {
        if self.rooms.len() > WRITER_CACHE {
            self.rooms.clear();
        }
        self.who.finish();
    }

    /// Brings the search index nearer to the log by a step; whether more is to be done.
    pub(super) fn index(&mut self, tx: &Connection, step: usize) -> rusqlite::Result<bool> {
        if self.stale > 0 {
            self.stale = erase::step(tx, self.stale, step)?;
        }
        self.indexed = search::index(tx, self.indexed, self.last(), step)?;
        Ok(self.unindexed() > 0)
    }

    /// Takes a draft into the log.
    pub(super) fn append(&mut self, tx: &Connection, draft: &Draft, at: u64) -> Result<Outcome, Fault> {
        let by = self.who.user(tx, draft.by, at)?;
        let room = self.room(tx, &draft.room)?;
        match &draft.what {
            What::Message { text, cid, reply_to } => {
                if let Some(cid) = cid
                    && let Some(seq) = said_already(tx, by.id, room, cid)?
                {
                    return Ok(Outcome::Again(seq));
                }
                if let Some(target) = reply_to
                    && target_of(tx, room, *target)?.is_none()
                {
                    return refused("no_such_message", "there is no such message in this room to reply to");
                }
                let values = (*reply_to, Some(&**text), cid.as_deref());
                let seq = self.insert(tx, room, at, by.id, MESSAGE, values)?;
                Ok(self.taken(draft, seq, at, by))
            }
            What::Edited { target, text } => {
                own_message(tx, room, *target, by.id, "edit")?;
                self.stale += erase::outdate(tx, *target)?;
                let seq = self.insert(tx, room, at, by.id, EDITED, (Some(*target), Some(&**text), None))?;
                let sql = "INSERT INTO changes(seq, changed, edited, text) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(seq)
                           DO UPDATE SET changed = excluded.changed, edited = excluded.edited, text = excluded.text";
                tx.prepare_cached(sql)?.execute(params![int(*target), int(seq), int(at), &**text])?;
                Ok(self.taken(draft, seq, at, by))
            }
            What::Deleted { target } => {
                own_message(tx, room, *target, by.id, "delete")?;
                self.stale += erase::outdate(tx, *target)?;
                let seq = self.insert(tx, room, at, by.id, DELETED, (Some(*target), None, None))?;
                let sql = "INSERT INTO changes(seq, changed, deleted) VALUES(?1, ?2, 1) ON CONFLICT(seq)
                           DO UPDATE SET changed = excluded.changed, deleted = 1, text = NULL";
                tx.prepare_cached(sql)?.execute(params![int(*target), int(seq)])?;
                // Gone is gone: no text of it stays anywhere in the log.
                tx.prepare_cached("UPDATE entries SET text = NULL WHERE seq = ?1")?
                    .execute([int(*target)])?;
                tx.prepare_cached("DELETE FROM entries WHERE target = ?1 AND kind = 1")?
                    .execute([int(*target)])?;
                tx.prepare_cached("DELETE FROM reactions WHERE message = ?1")?.execute([int(*target)])?;
                Ok(self.taken(draft, seq, at, by))
            }
            What::Reacted { target, emoji, on } => self.react(tx, draft, room, at, by, (*target, emoji, *on)),
            What::Topic { text } => {
                let sql = "UPDATE rooms SET topic = ?2 WHERE id = ?1 AND topic <> ?2";
                if tx.prepare_cached(sql)?.execute(params![room, &**text])? == 0 {
                    return Ok(Outcome::Again(self.last()));
                }
                let seq = self.insert(tx, room, at, by.id, TOPIC, (None, Some(&**text), None))?;
                Ok(self.taken(draft, seq, at, by))
            }
            What::Renamed { name } => {
                let seq = self.insert(tx, room, at, by.id, RENAMED, (None, Some(&**name), None))?;
                Ok(self.taken(draft, seq, at, by))
            }
        }
    }

    fn react(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        room: i64,
        at: u64,
        by: User,
        (target, emoji, on): (u64, &str, bool),
    ) -> Result<Outcome, Fault> {
        match target_of(tx, room, target)? {
            None => return refused("no_such_message", "there is no such message in this room"),
            Some(Target { deleted: true, .. }) => return refused("gone", "this message is deleted"),
            Some(_) => {}
        }
        let sql = "SELECT count(DISTINCT emoji) FROM reactions WHERE message = ?1 AND emoji <> ?2";
        let others: i64 = tx.prepare_cached(sql)?.query_row(params![int(target), emoji], |row| row.get(0))?;
        if on && others >= EMOJI_A_MESSAGE as i64 {
            return refused("too_many", "this message has as many kinds of reactions as a message may have");
        }
        let seq = self.next;
        let changed = if on {
            let sql = "INSERT OR IGNORE INTO reactions(message, emoji, user, seq) VALUES(?1, ?2, ?3, ?4)";
            tx.prepare_cached(sql)?.execute(params![int(target), emoji, id(by.id), int(seq)])?
        } else {
            let sql = "DELETE FROM reactions WHERE message = ?1 AND emoji = ?2 AND user = ?3";
            tx.prepare_cached(sql)?.execute(params![int(target), emoji, id(by.id)])?
        };
        if changed == 0 {
            return Ok(Outcome::Again(self.last()));
        }
        let kind = if on { REACTED } else { UNREACTED };
        let seq = self.insert(tx, room, at, by.id, kind, (Some(target), Some(emoji), None))?;
        let sql = "INSERT INTO changes(seq, changed) VALUES(?1, ?2) ON CONFLICT(seq)
                   DO UPDATE SET changed = excluded.changed";
        tx.prepare_cached(sql)?.execute([int(target), int(seq)])?;
        Ok(self.taken(draft, seq, at, by))
    }

    pub(super) fn insert(
        &mut self,
        tx: &Connection,
        room: i64,
        at: u64,
        by: UserId,
        kind: i64,
        (target, text, cid): (Option<u64>, Option<&str>, Option<&str>),
    ) -> rusqlite::Result<u64> {
        let seq = self.next;
        let sql = "INSERT INTO entries(seq, room, at, user, kind, target, text, cid)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let target = target.map(int);
        self.who.spoke(tx, by)?;
        tx.prepare_cached(sql)?.execute(params![int(seq), room, int(at), id(by), kind, target, text, cid])?;
        self.next += 1;
        Ok(seq)
    }

    fn taken(&self, draft: &Draft, seq: u64, at: u64, by: User) -> Outcome {
        Outcome::New(Entry { seq, at, room: draft.room.clone(), by, what: draft.what.clone() })
    }

    pub(super) fn room(&mut self, tx: &Connection, name: &RoomName) -> Result<i64, Fault> {
        if let Some(room) = self.rooms.get(name) {
            return Ok(*room);
        }
        let room = match room_id(tx, name)? {
            Some(room) => room,
            None => {
                let count: i64 =
                    tx.prepare_cached("SELECT count(*) FROM rooms")?.query_row([], |row| row.get(0))?;
                if count >= ROOMS as i64 {
                    return refused("too_many", "this chat has as many rooms as it may have");
                }
                tx.prepare_cached("INSERT INTO rooms(name) VALUES(?1)")?.execute([name.as_str()])?;
                tx.last_insert_rowid()
            }
        };
        self.rooms.insert(name.clone(), room);
        Ok(room)
    }

    /// Moves somebody's read marker in a room, where it may be at the last entry at most; gives where it is.
    pub(super) fn mark(
        &mut self,
        tx: &Connection,
        who: UserId,
        room: &RoomName,
        seq: u64,
        now: u64,
    ) -> Result<u64, Fault> {
        match room_id(tx, room)? {
            Some(room) => self.who.mark(tx, who, room, seq.min(self.last()), now),
            None => Ok(0), // Nothing was said there yet.
        }
    }

    /// Forgets the oldest entries of a room up to a number, some at a time; gives how many went.
    pub(super) fn forget(
        &mut self,
        tx: &Connection,
        room: i64,
        until: u64,
        step: usize,
    ) -> rusqlite::Result<usize> {
        let mut select = tx.prepare_cached(
            "SELECT seq, kind FROM (SELECT seq, kind FROM entries WHERE room = ?1 AND kind = 0 AND seq <= ?2
             UNION ALL SELECT seq, kind FROM entries WHERE room = ?1 AND kind > 0 AND seq <= ?2)
             ORDER BY seq LIMIT ?3",
        )?;
        let rows = select.query_map(params![room, int(until), step as i64], |row| {
            Ok((unsigned(row, 0)?, row.get::<_, i64>(1)?))
        })?;
        let mut count = 0;
        for row in rows.collect::<Result<Vec<_>, _>>()? {
            let (seq, kind) = row;
            if kind == MESSAGE {
                self.stale += erase::outdate(tx, seq)?;
                tx.prepare_cached("DELETE FROM changes WHERE seq = ?1")?.execute([int(seq)])?;
                tx.prepare_cached("DELETE FROM reactions WHERE message = ?1")?.execute([int(seq)])?;
            }
            tx.prepare_cached("DELETE FROM entries WHERE seq = ?1")?.execute([int(seq)])?;
            tx.prepare_cached("UPDATE rooms SET floor = max(floor, ?2) WHERE id = ?1")?
                .execute([room, int(seq)])?;
            count += 1;
        }
        Ok(count)
    }
}

/// The number of the last entry that ever was: numbers are never used again, not even of what retention took.
pub(super) fn last_seq(connection: &Connection) -> rusqlite::Result<u64> {
    let sql =
        "SELECT max(coalesce((SELECT max(seq) FROM entries), 0), coalesce((SELECT max(floor) FROM rooms), 0),
               coalesce((SELECT max(last) FROM days), 0))";
    connection.query_row(sql, [], |row| unsigned(row, 0))
}

pub(super) fn room_id(connection: &Connection, name: &RoomName) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id FROM rooms WHERE name = ?1";
    connection.prepare_cached(sql)?.query_row([name.as_str()], |row| row.get(0)).optional()
}

pub(super) fn said_already(
    tx: &Connection,
    by: UserId,
    room: i64,
    cid: &str,
) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT seq FROM entries WHERE user = ?1 AND room = ?2 AND cid = ?3";
    tx.prepare_cached(sql)?.query_row(params![id(by), room, cid], |row| unsigned(row, 0)).optional()
}

pub(super) fn target_of(tx: &Connection, room: i64, seq: u64) -> rusqlite::Result<Option<Target>> {
    let sql = "SELECT user, coalesce(deleted, 0) FROM entries LEFT JOIN changes USING (seq)
               WHERE seq = ?1 AND room = ?2 AND kind = 0";
    let target = tx.prepare_cached(sql)?.query_row([int(seq), room], |row| {
        Ok(Target { user: UserId::new(unsigned(row, 0)?), deleted: row.get(1)? })
    });
    target.optional()
}

fn own_message(tx: &Connection, room: i64, seq: u64, by: UserId, doing: &str) -> Result<(), Fault> {
    match target_of(tx, room, seq)? {
        None => refused("no_such_message", "there is no such message in this room"),
        Some(target) if target.user != by || by == UserId::GUEST => {
            refused("not_yours", &format!("only its author may {doing} a message"))
        }
        Some(target) if target.deleted => refused("gone", "this message is deleted"),
        Some(_) => Ok(()),
    }
}
