//! Retention: finds what has been kept long enough. All of a room that is deleted; by age, which is each entry's own time, wherever it stands in the order;
//! by the number of a room's messages; and by bytes, which the rooms that hold most give.

use std::collections::HashMap;
use std::mem;
use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::{SCAN_ROWS, STEP_ROWS};
use crate::log::sqlite::entry_row::select_seqs;
use crate::log::sqlite::follow::{bytes_of, followed};
use crate::log::sqlite::maintenance::Keep;
use crate::log::sqlite::old::{OldEntries, OldScan};
use crate::log::sqlite::row::{MESSAGE, int, unsigned};
use crate::log::sqlite::step::Step;

/// Finds what is due, look after look, a bounded number of rows at a time.
#[derive(Debug)]
pub(super) struct Retention {
    keep: Keep,
    phase: Phase,
    old: OldScan,
    /// Entries that are due.
    due: Vec<u64>,
    /// Whether bytes were taken that the index and the file may not have given back yet.
    has_taken: bool,
}

#[derive(Debug)]
enum Phase {
    Over,
    /// Rooms with more messages than are kept, and how many more.
    Count(Vec<(i64, u64)>),
    Age,
    /// What each room holds, and the last entry that was added to that.
    Measure {
        rooms: HashMap<i64, i64>,
        after: u64,
    },
    /// Rooms, and the bytes that each is to give.
    Bytes(Vec<(i64, i64)>),
}

impl Retention {
    pub(super) fn new(keep: Keep) -> Self {
        Self { keep, phase: Phase::Over, old: OldScan::default(), due: Vec::new(), has_taken: false }
    }

    /// Begins to look; gives whether there are rooms of which nothing is kept.
    pub(super) fn begin(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let mut select = connection.prepare_cached("SELECT id FROM rooms WHERE deleted")?;
        let deleted = select.query_map([], |row| Ok((row.get(0)?, u64::MAX)))?;
        let mut over: Vec<(i64, u64)> = deleted.collect::<Result<_, _>>()?;
        let is_any = !over.is_empty();
        if let Some(messages) = self.keep.messages {
            let sql = "SELECT id, messages - ?1 FROM rooms WHERE messages > ?1";
            let mut select = connection.prepare_cached(sql)?;
            let rooms = select.query_map([int(messages)], |row| Ok((row.get(0)?, unsigned(row, 1)?)))?;
            for room in rooms {
                over.push(room?);
            }
        }
        self.phase = Phase::Count(over);
        Ok(is_any)
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over)
    }

    /// Something went wrong: nothing that was found is known to be gone.
    pub(super) fn stop(&mut self) {
        *self = Self::new(self.keep);
    }

    /// Looks at some more rows; gives what is due. `time` is what entries are old by, and `is_settled` whether the index
    /// has followed all that was forgotten.
    pub(super) fn next(
        &mut self,
        connection: &Connection,
        time: u64,
        is_settled: bool,
    ) -> rusqlite::Result<Option<Step>> {
        if self.due.is_empty() {
            match &mut self.phase {
                Phase::Over => return Ok(None),
                Phase::Count(rooms) => match rooms.last_mut() {
                    None => self.phase = Phase::Age,
                    Some((room, excess)) => {
                        self.due = oldest_messages(connection, *room, excess)?;
                        if *excess == 0 || self.due.is_empty() {
                            rooms.pop();
                        }
                    }
                },
                Phase::Age => {
                    let before = self.keep.age.map(|age| time.saturating_sub(age.as_millis() as u64));
                    match before.map(|before| self.old.look(connection, before)).transpose()? {
                        Some(OldEntries::Due(entries)) => self.due = entries,
                        Some(OldEntries::Days(days)) => return Ok(Some(Step::ForgetDays(days))),
                        Some(OldEntries::End) | None => self.phase = self.measure(connection, is_settled)?,
                    }
                }
                Phase::Measure { rooms, after } => {
                    if !add_up(connection, rooms, after)? {
                        let rooms = mem::take(rooms);
                        self.phase = Phase::Bytes(self.level(connection, rooms)?);
                    }
                }
                Phase::Bytes(rooms) => match rooms.last_mut() {
                    None => self.phase = Phase::Over,
                    Some((room, bytes)) => {
                        self.due = oldest_bytes(connection, *room, bytes)?;
                        if *bytes <= 0 || self.due.is_empty() {
                            rooms.pop();
                        }
                        self.has_taken |= !self.due.is_empty();
                    }
                },
            }
        }
        let due = &self.due[..self.due.len().min(STEP_ROWS)];
        Ok((!due.is_empty()).then(|| Step::Forget(due.to_vec())))
    }

    /// So many of what was due last are gone.
    pub(super) fn done(&mut self, count: usize) {
        self.due.drain(..count.min(self.due.len()));
    }

    /// Begins to measure the rooms when the store holds more than it may.
    fn measure(&mut self, connection: &Connection, is_settled: bool) -> rusqlite::Result<Phase> {
        // What was taken counts as long as the index has its words: more would be taken for it.
        self.has_taken &= !is_settled;
        match self.keep.bytes {
            Some(bytes) if !self.has_taken && used(connection)? > bytes => {
                let mut select = connection.prepare_cached("SELECT id, bytes FROM rooms WHERE bytes > 0")?;
                let rooms = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(Phase::Measure { rooms: rooms.collect::<Result<_, _>>()?, after: followed(connection)? })
            }
            _ => Ok(Phase::Over),
        }
    }

    /// What each room is to give: those that hold most come down to one level.
    fn level(&self, connection: &Connection, rooms: HashMap<i64, i64>) -> rusqlite::Result<Vec<(i64, i64)>> {
        let (used, keep) = (int(used(connection)?), int(self.keep.bytes.unwrap_or(u64::MAX)));
        let all: i64 = rooms.values().sum();
        // What the rooms hold is a part of what the store holds. A little more goes, so that it is not to do again at once.
        let excess = (used - keep).max(0) + keep / 64;
        let mut left = (i128::from(all) * i128::from(excess) / i128::from(used.max(1))) as i64;
        let mut rooms: Vec<(i64, i64)> = rooms.into_iter().collect();
        rooms.sort_unstable_by_key(|(_, bytes)| -bytes);
        let mut count = rooms.len();
        let mut sum = 0;
        for (at, (_, bytes)) in rooms.iter().enumerate() {
            // The rooms before this one, brought down to what this one holds, would give enough.
            if sum - bytes * at as i64 >= left {
                count = at;
                break;
            }
            sum += bytes;
        }
        rooms.truncate(count);
        left = left.min(sum);
        let level = (sum - left) / (count.max(1) as i64);
        Ok(rooms
            .into_iter()
            .map(|(room, bytes)| (room, bytes - level))
            .filter(|(_, give)| *give > 0)
            .collect())
    }
}

/// A room's oldest entries, with so many messages among them; takes those from the number.
fn oldest_messages(connection: &Connection, room: i64, messages: &mut u64) -> rusqlite::Result<Vec<u64>> {
    let mut entries = Vec::new();
    oldest(connection, room, |seq, kind, _| {
        if *messages > 0 {
            *messages -= u64::from(kind == MESSAGE);
            entries.push(seq);
        }
        *messages > 0
    })?;
    Ok(entries)
}

/// A room's oldest entries, of so many bytes; takes those from the number.
fn oldest_bytes(connection: &Connection, room: i64, bytes: &mut i64) -> rusqlite::Result<Vec<u64>> {
    let mut entries = Vec::new();
    oldest(connection, room, |seq, _, text_bytes| {
        *bytes -= bytes_of(text_bytes);
        entries.push(seq);
        *bytes > 0
    })?;
    Ok(entries)
}

static OLDEST: LazyLock<String> = LazyLock::new(|| {
    let seqs = select_seqs("");
    format!(
        "SELECT seq, kind, coalesce(octet_length(text), 0) FROM entries
         WHERE seq IN (SELECT seq FROM ({seqs} ORDER BY seq LIMIT ?2)) ORDER BY seq"
    )
});

/// Goes through a room's oldest entries for as long as wanted, or as many as a step takes.
fn oldest(
    connection: &Connection,
    room: i64,
    mut each: impl FnMut(u64, i64, usize) -> bool,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(&OLDEST)?;
    let mut rows = select.query(params![room, STEP_ROWS as i64])?;
    while let Some(row) = rows.next()? {
        if !each(unsigned(row, 0)?, row.get(1)?, unsigned(row, 2)? as usize) {
            break;
        }
    }
    Ok(())
}

/// Adds entries that the rooms' sizes have not come to; whether there are more.
fn add_up(connection: &Connection, rooms: &mut HashMap<i64, i64>, after: &mut u64) -> rusqlite::Result<bool> {
    let sql =
        "SELECT seq, room, coalesce(octet_length(text), 0) FROM entries WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![int(*after), SCAN_ROWS as i64])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        *after = unsigned(row, 0)?;
        *rooms.entry(row.get(1)?).or_default() += bytes_of(unsigned(row, 2)? as usize);
        count += 1;
    }
    Ok(count == SCAN_ROWS)
}

/// Bytes of the database that hold something.
fn used(connection: &Connection) -> rusqlite::Result<u64> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| unsigned(row, 0)).optional();
    let (pages, free) = (pragma("page_count")?.unwrap_or(0), pragma("freelist_count")?.unwrap_or(0));
    Ok((pages - free) * pragma("page_size")?.unwrap_or(0))
}
