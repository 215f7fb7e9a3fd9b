//! The fold: takes one entry after the other into the log, checks what it may do, and keeps the present state
//! beside it. Everything here happens inside the writer's transaction, and follows from the record and the store alone (judge.rs).

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::entry::{Content, Draft, Entry, Parts};
use crate::base::limits::WRITER_CACHE;
use crate::base::network::AddressBan;
use crate::base::private_room;
use crate::base::rights::Door;
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, Lookup, Newcomer};
use crate::log::rules::{self};
use crate::log::sqlite::changes;
use crate::log::sqlite::entry_row::{columns, mentions};
use crate::log::sqlite::erase;
use crate::log::sqlite::follow::{self, Growth};
use crate::log::sqlite::mentions::settle_mentions;
use crate::log::sqlite::name_keys;
use crate::log::sqlite::private_rooms;
use crate::log::sqlite::reactions::erase_reactions;
use crate::log::sqlite::rights::{Note, note};
use crate::log::sqlite::room_rules::KnownRoom;
use crate::log::sqlite::row::{EDITED, Fault, id, int, unsigned};
use crate::log::sqlite::target::TargetRow;
use crate::log::sqlite::threads;
use crate::log::sqlite::users::{self, Users};

/// What came of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is an entry now.
    New(u64),
    /// It was one already, or changes nothing.
    Again(u64),
}

/// The moment at which a draft is taken.
pub(super) struct Moment<'a> {
    /// Unix milliseconds.
    pub(super) at: u64,
    pub(super) numbers: &'a mut Numbers,
    /// Its author, if they may have no row.
    pub(super) newcomer: Option<&'a Newcomer>,
}

impl<'a> Moment<'a> {
    /// Of somebody who has a row.
    pub(super) fn new(at: u64, numbers: &'a mut Numbers) -> Self {
        Self { at, numbers, newcomer: None }
    }
}

/// The writer's side of the state: the last number, and what it need not look up again.
#[derive(Debug)]
pub(super) struct Fold {
    last: u64,
    pub(super) users: Users,
    pub(super) rooms: HashMap<RoomName, KnownRoom>,
    /// The entries of this transaction.
    entries: Vec<Entry>,
    /// The last entry that the search index, the days and the rooms' sizes have come to.
    pub(super) followed: u64,
    /// How much of the index is to be erased (erase.rs).
    pub(super) stale: u64,
    /// Pages of the index that are to be merged for what it was given.
    pub(super) unmerged: usize,
    /// Whether the next step of the index erases, if there is something to erase, or follows the log.
    pub(super) is_to_erase: bool,
    /// Whether words were taken out of the store that may still be in its files. Reset by who sees to that.
    pub(super) has_erased: bool,
}

/// Where the fold was before a transaction, to return to if it is not kept.
#[derive(Debug)]
pub(super) struct Position {
    last: u64,
    followed: u64,
    stale: u64,
    name_keep: Duration,
    door: Door,
    address_bans: Arc<[AddressBan]>,
}

impl Fold {
    pub(super) fn open(connection: &Connection) -> rusqlite::Result<Self> {
        name_keys::rekey(connection)?;
        Ok(Self {
            last: last_seq(connection)?,
            users: Users::open(connection)?,
            rooms: HashMap::new(),
            entries: Vec::new(),
            followed: follow::followed(connection)?,
            stale: erase::stale(connection)?,
            unmerged: 0,
            is_to_erase: true,
            has_erased: false,
        })
    }

    /// Has names kept for so long from now on.
    pub(super) fn set_name_keep(&mut self, connection: &Connection, keep: Duration) -> rusqlite::Result<()> {
        if users::name_keep(connection)? != Some(keep) {
            self.users.keep_names(connection, keep.as_millis() as u64)?;
        }
        Ok(())
    }

    /// The number of the last entry.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// Notes where the fold is before a transaction.
    pub(super) fn position(&self) -> Position {
        let Self { last, followed, stale, .. } = *self;
        let users = &self.users;
        let (name_keep, door, address_bans) = (users.name_keep(), users.door(), users.address_bans());
        Position { last, followed, stale, name_keep, door, address_bans }
    }

    /// The transaction was not kept: what is known from it is forgotten.
    pub(super) fn roll_back(&mut self, position: &Position) {
        (self.last, self.followed, self.stale) = (position.last, position.followed, position.stale);
        self.rooms.clear();
        self.entries.clear();
        let bans = Arc::clone(&position.address_bans);
        self.users.roll_back(position.name_keep, position.door, bans);
    }

    /// The entries that were taken since this was asked last.
    pub(super) fn take_entries(&mut self) -> Vec<Entry> {
        mem::take(&mut self.entries)
    }

    /// The last entry that the search index has come to.
    pub(super) fn followed(&self) -> u64 {
        self.followed
    }

    /// Whether the search index has come to an entry, and to all that changed before it.
    pub(super) fn has_indexed(&self, entry: u64) -> bool {
        self.followed >= entry && self.stale == 0
    }

    /// The last entry; how much the search index has to do until it is as the log is; and how much of that is to be erased.
    pub(super) fn progress(&self) -> (u64, u64, u64) {
        let behind = self.last().saturating_sub(self.followed) + self.stale + u64::from(self.unmerged > 0);
        (self.last(), behind, self.stale)
    }

    /// The transaction is about to be kept.
    pub(super) fn finish(&mut self) {
        if self.rooms.len() > WRITER_CACHE {
            self.rooms.clear();
        }
        self.users.finish();
    }

    /// Takes what somebody says into the log. A refusal comes before anything is written.
    pub(super) fn append(
        &mut self,
        tx: &Connection,
        append: &Append,
        at: u64,
        numbers: &mut Numbers,
    ) -> Result<Outcome, Fault> {
        let Append { draft, newcomer, lookup } = append;
        let moment = Moment { at, numbers, newcomer: newcomer.as_ref() };
        match lookup {
            Lookup::Nothing => self.take(tx, draft, &[], moment),
            Lookup::Spelled(spellings) => self.take(tx, draft, spellings, moment),
            Lookup::Mentioned(mentioned) => {
                let draft = settle_mentions(tx, draft, mentioned)?;
                self.take(tx, &draft, &[], moment)
            }
        }
    }

    /// Takes a draft that mentions only whom it may. A reaction's emoji may be on its message in one of these other spellings.
    fn take(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        spellings: &[Box<str>],
        mut moment: Moment<'_>,
    ) -> Result<Outcome, Fault> {
        let room = self.room(tx, &draft.room)?;
        if let (Some(cid), Some(room)) = (rules::said_once_by(&draft.content), room)
            && let Some(seq) = said_already(tx, draft.by, room, cid)?
        {
            return Ok(Outcome::Again(seq));
        }
        let own = self.users.standing(tx, draft.by)?;
        let rules = self.rules(tx, &draft.room)?;
        let target = match draft.content.parts().target {
            Some(seq) => self.target(tx, room, seq, own)?,
            None => None,
        };
        rules::check_author(draft, own, self.users.door(), moment.at)?;
        if !draft.is_moderation && !private_rooms::may_enter(tx, &draft.room, draft.by)? {
            return Err(private_room::members_only().into());
        }
        rules::check_room(draft, own, rules)?;
        rules::check(draft, target.as_ref().map(|row| row.target))?;
        self.check_turn(tx, draft, own, moment.at)?;
        match (&draft.content, target) {
            (Content::Edited { target, text, mentions: whom }, Some(before)) => {
                if let Some((last, is_same)) = changes::last_edit(tx, *target, text)?
                    && rules::is_changed_since(draft, last)
                {
                    // An edit that is sent again has its receipt again.
                    return if is_same { Ok(Outcome::Again(last)) } else { Err(rules::outdated().into()) };
                }
                self.author(tx, draft.by, &moment)?;
                self.erase_edits(tx, *target)?;
                self.outdate(tx, *target)?;
                let outcome = self.change(tx, draft, *target, &mut moment)?;
                tx.prepare_cached("UPDATE entries SET text = ?2, mentions = ?3 WHERE seq = ?1")?
                    .execute(params![int(*target), &**text, mentions(whom)])?;
                self.resize(tx, *target, &before, text.len())?;
                Ok(outcome)
            }
            (Content::Deleted { target }, Some(before)) => {
                self.author(tx, draft.by, &moment)?;
                self.erase_edits(tx, *target)?;
                self.outdate(tx, *target)?;
                self.resize(tx, *target, &before, 0)?;
                threads::leave(tx, before.root)?;
                erase_reactions(tx, *target)?;
                let outcome = self.change(tx, draft, *target, &mut moment)?;
                tx.prepare_cached("UPDATE entries SET text = NULL, mentions = NULL WHERE seq = ?1")?
                    .execute([int(*target)])?;
                // What happens in a private room is its people's.
                if before.target.author != draft.by && !draft.room.is_private() {
                    let (by, whom) = (Some(draft.by), Some(before.target.author));
                    let (at, detail) = (moment.at, draft.room.as_str());
                    note(tx, &Note { at, by, action: "delete", whom, until: None, detail })?;
                }
                Ok(outcome)
            }
            (Content::Reacted { target, emoji, on }, _) => {
                self.react(tx, draft, (*target, emoji, *on), spellings, &mut moment)
            }
            (Content::Topic { text }, _) => {
                let sql = "SELECT topic FROM rooms WHERE id = ?1";
                let before: Option<Box<str>> = match room {
                    Some(room) => Some(tx.prepare_cached(sql)?.query_row([room], |row| row.get(0))?),
                    None => None,
                };
                if !rules::is_topic_changed(before.as_deref(), text) {
                    return Ok(Outcome::Again(self.last()));
                }
                let outcome = self.enter(tx, draft, &mut moment)?;
                let sql = "UPDATE rooms SET topic = ?2 WHERE name = ?1";
                tx.prepare_cached(sql)?.execute(params![draft.room.as_str(), &**text])?;
                Ok(outcome)
            }
            (Content::Message { reply_to: Some(answered), .. }, Some(above)) => {
                let root = above.root.unwrap_or(*answered);
                let outcome = self.enter_under(tx, draft, Some(root), &mut moment)?;
                threads::grow(tx, root)?;
                Ok(outcome)
            }
            (Content::Rules(after), _) => self.set_rules(tx, draft, *after, &mut moment),
            (Content::Room { title, listed }, _) => self.set_room(tx, draft, (title, *listed), &mut moment),
            // What is left to do is the same for all kinds: a change is noted with its message.
            (content, _) => match content.parts() {
                Parts { kind, target: Some(message), .. } if kind.is_change() => {
                    self.change(tx, draft, message, &mut moment)
                }
                _ => self.enter(tx, draft, &mut moment),
            },
        }
    }

    /// Takes a change of a message into the log, and notes with the message what it comes to.
    pub(super) fn change(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        message: u64,
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        let outcome = self.enter(tx, draft, moment)?;
        changes::record(tx, message, draft.content.kind(), self.last(), moment.at)?;
        Ok(outcome)
    }

    /// Nothing refuses the entry any more: its author and its room are made known, and it is in the log.
    pub(super) fn enter(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        self.enter_under(tx, draft, None, moment)
    }

    /// The same, in a thread.
    fn enter_under(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        root: Option<u64>,
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        let by = self.author(tx, draft.by, moment)?;
        let room = match self.room(tx, &draft.room)? {
            Some(room) => room,
            None => self.add_room(tx, &draft.room, rules::maker_by(draft))?,
        };
        let (at, seq) = (moment.at, number(&draft.room, moment.numbers)?);
        self.insert(tx, seq, (room, root), at, by.id, columns(&draft.content))?;
        let (room, content) = (draft.room.clone(), draft.content.clone());
        self.entries.push(Entry { seq, at, room, by, content, root });
        self.note_turn(tx, draft, at)?;
        Ok(Outcome::New(seq))
    }

    fn author(&mut self, tx: &Connection, who: UserId, moment: &Moment<'_>) -> Result<User, Fault> {
        self.users.author(tx, who, moment.newcomer, moment.at)
    }

    pub(super) fn insert(
        &mut self,
        tx: &Connection,
        seq: u64,
        (room, root): (i64, Option<u64>),
        at: u64,
        by: UserId,
        Parts { kind, target, text, cid, mentions: whom }: Parts<'_>,
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO entries(seq, room, at, user, kind, target, text, cid, mentions, root)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let (target, whom) = (target.map(int), mentions(whom));
        self.users.spoke(tx, by)?;
        let values = params![int(seq), room, int(at), id(by), kind, target, text, cid, whom, root.map(int)];
        tx.prepare_cached(sql)?.execute(values)?;
        self.last = seq;
        Ok(())
    }

    /// A room that is in the store.
    pub(super) fn room(&mut self, tx: &Connection, name: &RoomName) -> rusqlite::Result<Option<i64>> {
        Ok(self.known_room(tx, name)?.map(|room| room.id))
    }

    /// Adds a room, and who made it. Neither its number nor a cursor of a room before it is ever taken for its own.
    pub(super) fn add_room(
        &mut self,
        tx: &Connection,
        name: &RoomName,
        maker: Option<UserId>,
    ) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO rooms(id, name, maker, floor) SELECT 1 + max(
                     coalesce((SELECT max(id) FROM rooms), 0),
                     coalesce((SELECT value FROM meta WHERE key = 'gone_room'), 0)), ?1, ?2,
                   coalesce((SELECT value FROM meta WHERE key = 'gone_floor'), 0)";
        tx.prepare_cached(sql)?.execute(params![name.as_str(), maker.map(id)])?;
        let room = tx.last_insert_rowid();
        self.rooms.insert(name.clone(), KnownRoom { id: room, rules: RoomRules::default() });
        Ok(room)
    }

    /// The room is not in the store any more.
    pub(super) fn forget_room(&mut self, name: &RoomName) {
        self.rooms.remove(name);
    }

    /// The words of a message, as it is until now, are to go from everywhere.
    pub(super) fn outdate(&mut self, tx: &Connection, message: u64) -> rusqlite::Result<()> {
        self.has_erased = true;
        self.stale += erase::outdate(tx, message)?;
        Ok(())
    }

    fn resize(&self, tx: &Connection, seq: u64, message: &TargetRow, after: usize) -> rusqlite::Result<()> {
        if seq > self.followed {
            return Ok(());
        }
        let mut growth = Growth::default();
        growth.change(message.room, message.text_bytes, after);
        growth.write(tx)
    }

    /// Takes back that a message was edited: another edit follows, or nothing of it stays.
    fn erase_edits(&self, tx: &Connection, target: u64) -> rusqlite::Result<()> {
        let sql = "DELETE FROM entries WHERE target = ?1 AND kind = 1 RETURNING seq, room";
        let mut delete = tx.prepare_cached(sql)?;
        let edits = delete.query_map([int(target)], |row| Ok((unsigned(row, 0)?, row.get(1)?)))?;
        let mut growth = Growth::default();
        for edit in edits {
            let (seq, room) = edit?;
            if seq <= self.followed {
                growth.subtract(room, EDITED, 0);
            }
        }
        growth.write(tx)
    }
}

/// The next entry's number. That there is one was seen before the record was judged.
pub(super) fn number(room: &RoomName, numbers: &mut Numbers) -> Result<u64, Fault> {
    numbers.next(room).ok_or_else(|| rules::too_many_entries().into())
}

/// The number of the last entry that ever was: numbers are never used again, not even of what retention took.
pub(super) fn last_seq(connection: &Connection) -> rusqlite::Result<u64> {
    let sql =
        "SELECT max(coalesce((SELECT max(seq) FROM entries), 0), coalesce((SELECT max(floor) FROM rooms), 0),
               coalesce((SELECT max(last) FROM days), 0),
               coalesce((SELECT value FROM meta WHERE key = 'gone_floor'), 0))";
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
