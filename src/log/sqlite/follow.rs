//! What follows the log, a step behind the writer: the search index, the days, and what the rooms hold. It can be made
//! again, so no message waits for it.

use std::collections::HashMap;
use std::time::Instant;

use rusqlite::{Connection, OptionalExtension};

use crate::base::limits::{ENTRY_BYTES, INDEX_MERGE_PAGES_MAX, INDEX_STEP, STEP_BYTES, STEP_ROWS, STEP_TIME};
use crate::base::user::UserId;
use crate::log::sqlite::erase;
use crate::log::sqlite::fold::Fold;
use crate::log::sqlite::row::{DAY_MS, MESSAGE, int, unsigned};
use crate::log::sqlite::search;

/// How much one step of the writer may do.
#[derive(Debug)]
pub(super) struct Budget {
    end: Option<Instant>,
    bytes: usize,
    rows: usize,
}

impl Budget {
    /// A step between two commits, for which others wait.
    pub(super) fn step() -> Self {
        Self { end: Some(Instant::now() + STEP_TIME), bytes: STEP_BYTES, rows: STEP_ROWS }
    }

    /// Nobody waits.
    pub(super) fn unlimited() -> Self {
        Self { end: None, bytes: usize::MAX, rows: usize::MAX }
    }

    /// Whether one more piece of work of up to half a step fits in.
    pub(super) fn lasts_for_another(&self) -> bool {
        self.bytes > 0
            && self.rows > 0
            && self.end.is_none_or(|end| end.saturating_duration_since(Instant::now()) > STEP_TIME / 2)
    }

    /// Takes a row's share; whether there is any left for another.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.rows = self.rows.saturating_sub(1);
        self.bytes > 0 && self.rows > 0 && self.end.is_none_or(|end| Instant::now() < end)
    }
}

/// What the rooms hold more, or less: messages and bytes.
#[derive(Debug, Default)]
pub(super) struct Growth(HashMap<i64, (i64, i64)>);

impl Growth {
    /// An entry comes.
    pub(super) fn add(&mut self, room: i64, kind: i64, text_bytes: usize) {
        let (messages, bytes) = self.0.entry(room).or_default();
        *messages += i64::from(kind == MESSAGE);
        *bytes += bytes_of(text_bytes);
    }

    /// An entry goes.
    pub(super) fn subtract(&mut self, room: i64, kind: i64, text_bytes: usize) {
        let (messages, bytes) = self.0.entry(room).or_default();
        *messages -= i64::from(kind == MESSAGE);
        *bytes -= bytes_of(text_bytes);
    }

    /// A text is another one now.
    pub(super) fn change(&mut self, room: i64, before: usize, after: usize) {
        self.0.entry(room).or_default().1 += bytes_of(after) - bytes_of(before);
    }

    pub(super) fn write(self, tx: &Connection) -> rusqlite::Result<()> {
        let sql = "UPDATE rooms SET messages = messages + ?2, bytes = bytes + ?3 WHERE id = ?1";
        for (room, (messages, bytes)) in self.0 {
            tx.prepare_cached(sql)?.execute([room, messages, bytes])?;
        }
        Ok(())
    }
}

/// What an entry takes, about.
pub(super) fn bytes_of(text_bytes: usize) -> i64 {
    int((text_bytes + ENTRY_BYTES) as u64)
}

impl Fold {
    /// Has the search index follow the log some way, and erases from it; whether it is as the log is then.
    pub(super) fn follow(&mut self, tx: &Connection, budget: &mut Budget) -> rusqlite::Result<bool> {
        loop {
            let is_behind = self.followed < self.last();
            if self.stale > 0 && (self.is_to_erase || !is_behind) {
                self.has_erased = true;
                self.is_to_erase = false;
                self.stale = erase::step(tx, self.stale, INDEX_STEP)?;
            } else if self.unmerged > 0 {
                self.is_to_erase = true;
                let pages = self.unmerged.min(INDEX_MERGE_PAGES_MAX);
                let has_merged = search::merge(tx, pages as i64)?;
                self.unmerged = if has_merged { self.unmerged - pages } else { 0 };
            } else {
                self.is_to_erase = true;
                let (followed, bytes) = follow(tx, self.followed, self.last(), budget)?;
                self.followed = followed;
                self.unmerged = search::pages_to_merge(bytes);
            }
            let is_done = self.progress().1 == 0;
            // To erase takes its time, and writes no fewer pages the more is done at once.
            if is_done || self.stale > 0 || !budget.lasts_for_another() {
                return Ok(is_done);
            }
        }
    }
}

/// The last entry that was followed.
pub(super) fn followed(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT value FROM meta WHERE key = 'indexed'";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0)).optional()?.unwrap_or(0))
}

/// Takes the next entries into the search index, the days and the rooms' sizes, as they are now; gives how far it has
/// come, up to `end`, the last entry, and the bytes of text that the index has more. Many at once cost a commit far less
/// than each with its own.
pub(super) fn follow(
    tx: &Connection,
    followed: u64,
    end: u64,
    budget: &mut Budget,
) -> rusqlite::Result<(u64, usize)> {
    let mut select = tx.prepare_cached(
        "SELECT e.seq, e.kind, e.at, e.room, e.user, e.text FROM entries e WHERE e.seq > ?1 ORDER BY e.seq",
    )?;
    let mut rows = select.query([int(followed)])?;
    let (mut last, mut growth, mut days) = (end, Growth::default(), Vec::<(u64, u64, u64)>::new());
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let (seq, kind, room) = (unsigned(row, 0)?, row.get::<_, i64>(1)?, row.get(3)?);
        let text = row.get_ref(5)?.as_str_or_null()?;
        // A message with an empty text is in the index too, as erase.rs takes for granted of all that have one.
        let is_indexed = kind == MESSAGE && text.is_some();
        let text = text.unwrap_or_default();
        if is_indexed {
            search::insert(tx, seq, text, room, UserId::new(unsigned(row, 4)?))?;
            bytes += text.len();
        }
        growth.add(room, kind, text.len());
        let day = unsigned(row, 2)? / DAY_MS;
        match days.last_mut() {
            Some((last_day, _, until)) if *last_day == day => *until = seq,
            _ => days.push((day, seq, seq)),
        }
        if !budget.spend(text.len()) {
            last = seq;
            break;
        }
    }
    let sql = "INSERT INTO days(day, first, last) VALUES(?1, ?2, ?3) ON CONFLICT(day) DO UPDATE
               SET first = min(first, excluded.first), last = max(last, excluded.last)";
    for (day, first, last) in days {
        tx.prepare_cached(sql)?.execute([int(day), int(first), int(last)])?;
    }
    growth.write(tx)?;
    let sql = "INSERT INTO meta(key, value) VALUES('indexed', ?1) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
    tx.prepare_cached(sql)?.execute([int(last)])?;
    Ok((last, bytes))
}
