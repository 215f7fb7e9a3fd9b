//! The steps of maintenance: what the writer does of it between two commits, each within a budget. What is due, and when,
//! is maintenance.rs's to know.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::clock;
use crate::base::limits::{FORGOTTEN_AT_ONCE, STEP_ROWS, STEPS_AT_ONCE};
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::number::Numbers;
use crate::ledger::record::Record;
use crate::log::sqlite::fold::{Fold, room_id};
use crate::log::sqlite::follow::{Budget, Growth};
use crate::log::sqlite::reactions::erase_reactions;
use crate::log::sqlite::row::{MESSAGE, int, unsigned};
use crate::log::sqlite::threads;

/// Whether nobody has set anything of a room.
pub(super) const UNSET: &str =
    "topic = '' AND title = '' AND NOT listed AND writers = 0 AND slow = 0 AND NOT archived";

/// One step. Each is answered by how much of it was done; the rest is asked for again.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Has the search index follow the log; answered by 1 while there is more.
    Follow,
    /// Forgets entries.
    Forget(Vec<u64>),
    /// Forgets days without entries: each with the last entry that was looked at for it.
    ForgetDays(Vec<(u64, u64)>),
    /// Forgets people who were not seen since a time and never spoke.
    ForgetPeople { before: u64, people: Vec<UserId> },
    /// Notes that people are connected: the time that a name is kept begins when they leave.
    See(Vec<UserId>),
    /// Forgets rooms with nothing in them.
    ForgetRooms(Vec<RoomName>),
    /// Forgets read markers of rooms that are gone: people and rooms.
    ForgetMarkers(Vec<(i64, i64)>),
    /// Deletes reactions to messages that are gone; answered by 1 while there is more.
    EraseReactions,
    /// Gives free pages back to the file system; answered by how many.
    Vacuum,
    /// Records the time that is believed.
    Believe(u64),
}

impl Step {
    /// Does it, or a part of it, inside a transaction. Of what writes fewer pages the more is done at once, it does more
    /// while nobody waits. Whatever all copies of a chat must agree on is judged as records are.
    pub(super) fn run(
        &self,
        tx: &Connection,
        fold: &mut Fold,
        is_here: &dyn Fn(UserId) -> bool,
        does_nobody_wait: &dyn Fn() -> bool,
    ) -> rusqlite::Result<usize> {
        let budget = &mut Budget::step();
        let (mut done, mut is_left) = (0, true);
        while is_left && let Some((record, count)) = self.record(done, self.at_once(), is_here) {
            let verdict = fold.judge(tx, &record, clock::wall_ms(), &mut Numbers::after(fold.last()))?;
            // One who is not done with is done again.
            if let Record::ForgetPeople { people, .. } = &record
                && verdict.is_ok_and(|forgotten| forgotten < people.len() as u64)
            {
                return Ok(done);
            }
            done += count;
            is_left = budget.spend(0);
        }
        match self {
            Self::Forget(_) | Self::ForgetPeople { .. } | Self::See(_) | Self::ForgetRooms(_) => Ok(done),
            Self::Follow => {
                let mut is_done = fold.follow(tx, budget)?;
                for _ in 1..STEPS_AT_ONCE {
                    if is_done || fold.progress().2 > 0 || !does_nobody_wait() {
                        break;
                    }
                    is_done = fold.follow(tx, &mut Budget::step())?;
                }
                Ok(usize::from(!is_done))
            }
            Self::ForgetDays(days) => {
                // A day that an entry came to meanwhile stays.
                let sql = "DELETE FROM days WHERE day = ?1 AND last = ?2";
                each(days, budget, |(day, last)| {
                    tx.prepare_cached(sql)?.execute([int(*day), int(*last)]).map(drop)
                })
            }
            Self::ForgetMarkers(markers) => {
                let sql = "DELETE FROM reads WHERE user = ?1 AND room = ?2";
                each(markers, budget, |(user, room)| tx.prepare_cached(sql)?.execute([user, room]).map(drop))
            }
            Self::EraseReactions => erase(tx),
            Self::Vacuum => vacuum(tx, budget),
            Self::Believe(time) => set_meta(tx, "clock", int(*time)).map(|()| 1),
        }
    }

    /// How much of it one record is for, where others wait for the writer.
    fn at_once(&self) -> usize {
        if matches!(self, Self::Forget(_)) { FORGOTTEN_AT_ONCE } else { 1 }
    }

    /// The next record of what all copies of a chat must agree on, and how much of the step it is for: at most so much, behind what
    /// is done. None at the end, and for what is each copy's own.
    pub(super) fn record(
        &self,
        done: usize,
        at_once: usize,
        is_here: &dyn Fn(UserId) -> bool,
    ) -> Option<(Record, usize)> {
        fn next<T: Clone>(items: &[T], done: usize, at_once: usize) -> Option<(Vec<T>, usize)> {
            let next = items.get(done..).unwrap_or_default();
            let next = &next[..at_once.min(next.len())];
            (!next.is_empty()).then(|| (next.to_vec(), next.len()))
        }
        match self {
            Self::Forget(entries) => {
                next(entries, done, at_once).map(|(entries, count)| (Record::Forget(entries), count))
            }
            Self::ForgetPeople { before, people } => {
                let (mut people, count) = next(people, done, at_once)?;
                people.retain(|who| !is_here(*who));
                Some((Record::ForgetPeople { before: *before, people }, count))
            }
            Self::See(people) => {
                next(people, done, at_once).map(|(people, count)| (Record::See(people), count))
            }
            Self::ForgetRooms(rooms) => {
                next(rooms, done, at_once).map(|(rooms, count)| (Record::ForgetRooms(rooms), count))
            }
            Self::Follow
            | Self::ForgetDays(_)
            | Self::ForgetMarkers(_)
            | Self::EraseReactions
            | Self::Vacuum
            | Self::Believe(_) => None,
        }
    }

    /// Leaves out what was done of it; whether something is left.
    pub(super) fn skip(&mut self, done: usize) -> bool {
        fn skip<T>(items: &mut Vec<T>, done: usize) -> bool {
            items.drain(..done.min(items.len()));
            !items.is_empty()
        }
        match self {
            Self::Forget(entries) => skip(entries, done),
            Self::ForgetDays(days) => skip(days, done),
            Self::ForgetPeople { people, .. } => skip(people, done),
            Self::See(people) => skip(people, done),
            Self::ForgetRooms(rooms) => skip(rooms, done),
            Self::ForgetMarkers(markers) => skip(markers, done),
            Self::Follow | Self::EraseReactions | Self::Vacuum | Self::Believe(_) => false,
        }
    }
}

/// Does something to each of these, as far as the budget goes; gives how many are done with.
fn each<T>(
    items: &[T],
    budget: &mut Budget,
    mut run: impl FnMut(&T) -> rusqlite::Result<()>,
) -> rusqlite::Result<usize> {
    for (at, item) in items.iter().enumerate() {
        run(item)?;
        if !budget.spend(0) {
            return Ok(at + 1);
        }
    }
    Ok(items.len())
}

pub(super) fn set_meta(tx: &Connection, key: &str, value: i64) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
    tx.prepare_cached(sql)?.execute(params![key, value]).map(drop)
}

/// Forgets entries, and with a message all that was kept about it. A cursor from before one of them has a hole.
pub(super) fn forget(tx: &Connection, fold: &mut Fold, entries: &[u64]) -> rusqlite::Result<()> {
    let (mut growth, mut floors) = (Growth::default(), HashMap::<i64, u64>::new());
    let followed = fold.followed();
    let mut gone = |seq: u64, room: i64, kind: i64, text_bytes: usize| {
        if seq <= followed {
            growth.subtract(room, kind, text_bytes);
        }
        let floor = floors.entry(room).or_default();
        *floor = seq.max(*floor);
    };
    for &seq in entries {
        fold.outdate(tx, seq)?;
        let sql =
            "DELETE FROM entries WHERE seq = ?1 RETURNING room, kind, coalesce(octet_length(text), 0), root";
        let entry = tx.prepare_cached(sql)?.query_row([int(seq)], |row| {
            Ok((row.get(0)?, row.get(1)?, unsigned(row, 2)? as usize, row.get(3)?))
        });
        if let Some((room, kind, text_bytes, root)) = entry.optional()? {
            if kind == MESSAGE {
                let sql = "DELETE FROM changes WHERE seq = ?1 RETURNING deleted";
                let was_deleted =
                    tx.prepare_cached(sql)?.query_row([int(seq)], |row| row.get(0)).optional()?;
                if was_deleted != Some(true) {
                    threads::leave(tx, Option::map(root, i64::cast_unsigned))?;
                }
                erase_reactions(tx, seq)?;
                let sql = "DELETE FROM entries WHERE target = ?1 AND kind = 1 RETURNING seq, kind";
                let mut delete = tx.prepare_cached(sql)?;
                for edit in delete.query_map([int(seq)], |row| Ok((unsigned(row, 0)?, row.get(1)?)))? {
                    let (edit, kind) = edit?;
                    gone(edit, room, kind, 0);
                }
            }
            gone(seq, room, kind, text_bytes);
        }
    }
    growth.write(tx)?;
    for (room, floor) in floors {
        let sql = "UPDATE rooms SET floor = max(floor, ?2) WHERE id = ?1";
        tx.prepare_cached(sql)?.execute([room, int(floor)])?;
    }
    Ok(())
}

/// Forgets a room if nothing came into it meanwhile. What its cursors and its number must not be taken for is kept.
pub(super) fn forget_room(tx: &Connection, fold: &mut Fold, name: &RoomName) -> rusqlite::Result<()> {
    let Some(room) = room_id(tx, name)? else { return Ok(()) };
    let sql = format!(
        "DELETE FROM rooms WHERE id = ?1 AND {UNSET}
         AND NOT EXISTS (SELECT 1 FROM entries WHERE room = ?1 AND kind = 0)
         AND NOT EXISTS (SELECT 1 FROM entries WHERE room = ?1 AND kind > 0) RETURNING floor"
    );
    let floor = tx.prepare_cached(&sql)?.query_row([room], |row| row.get(0)).optional()?;
    let Some(floor) = floor else { return Ok(()) };
    let sql = "INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = max(value, excluded.value)";
    for (key, value) in [("gone_room", room), ("gone_floor", floor)] {
        tx.prepare_cached(sql)?.execute(params![key, value])?;
    }
    fold.forget_room(name);
    Ok(())
}

/// Deletes some of the reactions to a message that is gone; 1 while there may be more.
fn erase(tx: &Connection) -> rusqlite::Result<usize> {
    let sql = "SELECT message FROM erasing LIMIT 1";
    let message: Option<i64> = tx.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    let Some(message) = message else { return Ok(0) };
    let sql = "DELETE FROM reactions WHERE message = ?1 AND (emoji, user) IN
               (SELECT emoji, user FROM reactions WHERE message = ?1 LIMIT ?2)";
    let step = (STEP_ROWS / 4) as i64;
    if tx.prepare_cached(sql)?.execute([message, step])? < step as usize {
        tx.prepare_cached("DELETE FROM erasing WHERE message = ?1")?.execute([message])?;
    }
    Ok(1)
}

/// Gives pages back. The statement frees one each time that it is stepped.
fn vacuum(tx: &Connection, budget: &mut Budget) -> rusqlite::Result<usize> {
    let mut vacuum = tx.prepare_cached("PRAGMA incremental_vacuum")?;
    let mut pages = vacuum.query([])?;
    let mut count = 0;
    while pages.next()?.is_some() {
        count += 1;
        if !budget.spend(0) {
            break;
        }
    }
    Ok(count)
}
