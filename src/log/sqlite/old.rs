//! What is older than a time. The table `days` says where the entries of a day are; each entry's own time decides. Of the
//! day in which the time falls, it is remembered how old the oldest of each piece of the log is, so that only those are read
//! again in which something has become too old.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::SCAN_ROWS;
use crate::log::sqlite::row::{DAY_MS, int, unsigned};

/// Finds old entries. Whatever it gives is taken to be gone when it looks again.
#[derive(Debug, Default)]
pub(super) struct OldScan {
    past: Option<OldDays>,
    day: Option<Day>,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OldEntries {
    /// These entries are too old. None, when there is more to look at.
    Due(Vec<u64>),
    /// Nothing is left of these days, each with the last entry that was looked at.
    Days(Vec<(u64, u64)>),
    /// Nothing else is too old.
    End,
}

/// Days that are too old as a whole.
#[derive(Debug)]
struct OldDays {
    days: Vec<(u64, u64)>,
    /// Where their entries are, from the end of the log on.
    ranges: Vec<Range>,
}

/// The day of which a part is too old.
#[derive(Debug)]
struct Day {
    day: u64,
    /// The last entry that the pieces have come to.
    until: u64,
    pieces: Vec<(Range, u64)>,
}

/// Entries after a number and up to another.
#[derive(Debug, Clone, Copy)]
struct Range {
    after: u64,
    until: u64,
}

/// What a piece of the log has.
struct Scan {
    due: Vec<u64>,
    /// The last entry that was looked at.
    until: u64,
    /// The time of the oldest entry of the day that is not due.
    oldest: Option<u64>,
}

impl OldScan {
    /// Looks at some more of the log for entries from before a time.
    pub(super) fn look(&mut self, connection: &Connection, before: u64) -> rusqlite::Result<OldEntries> {
        let today = before / DAY_MS;
        let past = match self.past.take() {
            Some(past) => past,
            None => OldDays::new(connection, today)?,
        };
        if let Some(looked) = self.look_at_past(connection, past, before)? {
            return Ok(looked);
        }
        let sql = "SELECT first, last FROM days WHERE day = ?1";
        let range = connection.prepare_cached(sql)?.query_row([int(today)], |row| {
            Ok(Range { after: unsigned(row, 0)?.saturating_sub(1), until: unsigned(row, 1)? })
        });
        let Some(range) = range.optional()? else {
            self.day = None;
            return Ok(OldEntries::End);
        };
        let day = match self.day.take().filter(|day| day.day == today) {
            Some(day) => day,
            None => Day { day: today, until: range.after, pieces: Vec::new() },
        };
        self.day.insert(day).look(connection, range, before)
    }

    fn look_at_past(
        &mut self,
        connection: &Connection,
        mut past: OldDays,
        before: u64,
    ) -> rusqlite::Result<Option<OldEntries>> {
        let Some(range) = past.ranges.last_mut() else {
            return Ok((!past.days.is_empty()).then_some(OldEntries::Days(past.days)));
        };
        let scanned = scan(connection, *range, before, None)?;
        range.after = scanned.until;
        if range.after >= range.until {
            past.ranges.pop();
        }
        self.past = Some(past);
        Ok(Some(OldEntries::Due(scanned.due)))
    }
}

impl OldDays {
    fn new(connection: &Connection, today: u64) -> rusqlite::Result<Self> {
        let sql = "SELECT day, first, last FROM days WHERE day < ?1 ORDER BY first DESC";
        let mut select = connection.prepare_cached(sql)?;
        let mut rows = select.query([int(today)])?;
        let (mut days, mut ranges) = (Vec::new(), Vec::<Range>::new());
        while let Some(row) = rows.next()? {
            let (day, first, last) = (unsigned(row, 0)?, unsigned(row, 1)?, unsigned(row, 2)?);
            days.push((day, last));
            // In a log that is not in the order of time, the days lie across each other; each entry is read once.
            let mut range = Range { after: first.saturating_sub(1), until: last };
            while let Some(next) = ranges.pop_if(|next| next.after <= range.until) {
                range.until = range.until.max(next.until);
            }
            ranges.push(range);
        }
        Ok(Self { days, ranges })
    }
}

impl Day {
    fn look(&mut self, connection: &Connection, range: Range, before: u64) -> rusqlite::Result<OldEntries> {
        if self.until < range.until {
            let range = Range { after: self.until, until: range.until };
            let scanned = scan(connection, range, before, Some(self.day))?;
            self.until = scanned.until;
            let range = Range { after: range.after, until: scanned.until };
            self.pieces.extend(scanned.oldest.map(|oldest| (range, oldest)));
            return Ok(OldEntries::Due(scanned.due));
        }
        let Some(at) = self.pieces.iter().position(|(_, oldest)| *oldest < before) else {
            return Ok(OldEntries::End);
        };
        let (range, _) = self.pieces.swap_remove(at);
        let scanned = scan(connection, range, before, Some(self.day))?;
        self.pieces.extend(scanned.oldest.map(|oldest| (range, oldest)));
        Ok(OldEntries::Due(scanned.due))
    }
}

/// Reads a piece of the log, from its beginning as far as goes at once.
fn scan(connection: &Connection, range: Range, before: u64, day: Option<u64>) -> rusqlite::Result<Scan> {
    let sql = "SELECT seq, at FROM entries WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![int(range.after), int(range.until), SCAN_ROWS as i64])?;
    let mut scanned = Scan { due: Vec::new(), until: range.until, oldest: None };
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (seq, at) = (unsigned(row, 0)?, unsigned(row, 1)?);
        if at < before {
            scanned.due.push(seq);
        } else if Some(at / DAY_MS) == day {
            scanned.oldest = Some(scanned.oldest.map_or(at, |oldest| oldest.min(at)));
        }
        count += 1;
        if count == SCAN_ROWS {
            scanned.until = seq;
        }
    }
    Ok(scanned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log in which each entry has only its time.
    struct Log(Connection, OldScan);

    impl Log {
        fn new(times: &[u64]) -> Self {
            let connection = Connection::open_in_memory().expect("it is bundled");
            connection
                .execute_batch(
                    "CREATE TABLE entries(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL);
                     CREATE TABLE days(day INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL)",
                )
                .expect("new tables");
            let mut log = Self(connection, OldScan::default());
            times.iter().for_each(|at| log.add(*at));
            log
        }

        fn add(&mut self, at: u64) {
            self.0.execute("INSERT INTO entries(at) VALUES(?1)", [int(at)]).expect("a new entry");
            let sql = "INSERT INTO days VALUES(?1, ?2, ?2) ON CONFLICT DO UPDATE SET last = excluded.last";
            self.0.execute(sql, [int(at / DAY_MS), self.0.last_insert_rowid()]).expect("its day");
        }

        /// Forgets what is older; gives the times that are left, and how many rows were asked for.
        fn forget(&mut self, before: u64) -> Vec<u64> {
            loop {
                match self.1.look(&self.0, before).expect("it can be read") {
                    OldEntries::Due(due) => due.iter().for_each(|seq| {
                        self.0.execute("DELETE FROM entries WHERE seq = ?1", [int(*seq)]).expect("gone");
                    }),
                    OldEntries::Days(days) => days.iter().for_each(|(day, last)| {
                        let sql = "DELETE FROM days WHERE day = ?1 AND last = ?2";
                        self.0.execute(sql, [int(*day), int(*last)]).expect("gone");
                    }),
                    OldEntries::End => break,
                }
            }
            let mut select = self.0.prepare("SELECT at FROM entries ORDER BY seq").expect("left");
            let left = select.query_map([], |row| unsigned(row, 0)).expect("left");
            left.collect::<Result<_, _>>().expect("left")
        }
    }

    #[test]
    fn old_entries_go_and_young_ones_stay_in_any_mixture() {
        let day = |day: u64, ms: u64| day * DAY_MS + ms;
        let mut random = 7_u64;
        let mut number = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let mixtures: [Vec<u64>; 5] = [
            // Today's, and an archive behind them.
            (0..9_000).map(|n| if n < 150 { day(1_000, n) } else { day(n % 400, n) }).collect(),
            // One old entry in the midst of many.
            (0..9_000).map(|n| if n == 5_000 { 5_000 } else { day(1_000, n) }).collect(),
            (0..20_000).map(|_| number(1_001 * DAY_MS)).collect(),
            (0..20_000).map(|_| day(999, number(DAY_MS))).collect(),
            (0..20_000).map(|n| day(999, DAY_MS - 1 - n)).collect(),
        ];
        for times in mixtures {
            let mut log = Log::new(&times);
            for before in
                [1, 5_001, day(300, 0), day(999, 0), day(999, 1), day(999, DAY_MS / 2), day(1_000, 50)]
            {
                let young: Vec<u64> = times.iter().copied().filter(|at| *at >= before).collect();
                assert!(log.forget(before) == young, "before {before}");
            }
        }
    }

    #[test]
    fn old_entry_that_comes_later_goes_too() {
        let mut log = Log::new(&[10 * DAY_MS + 5, 10 * DAY_MS + 10]);
        assert_eq!(log.forget(10 * DAY_MS + 6), [10 * DAY_MS + 10]);
        log.add(10 * DAY_MS + 1);
        log.add(3);
        log.add(10 * DAY_MS + 7);
        assert_eq!(log.forget(10 * DAY_MS + 7), [10 * DAY_MS + 10, 10 * DAY_MS + 7]);
    }
}
