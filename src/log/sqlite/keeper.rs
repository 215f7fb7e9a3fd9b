//! The keeper: copies the write-ahead log into the database beside the writer's work, and lets go of what has
//! been kept long enough, in steps between two commits.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension};
use tokio::sync::oneshot;

use crate::error::Error;
use crate::limits::{COMMITS_A_CHECKPOINT, FORGET_STEP, KEEPER_PERIOD, RETENTION_PERIOD, VISITORS_PERIOD};
use crate::log::sqlite::queue::Queue;
use crate::log::sqlite::row::{int, unsigned};
use crate::log::sqlite::writer::{Job, Then, Wal, checkpoint};

/// How much is kept. Without any of these, everything is, for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keep {
    /// What is older goes.
    pub age: Option<Duration>,
    /// So many messages of each room stay.
    pub messages: Option<u64>,
    /// So many bytes stay, of all together; the oldest go.
    pub bytes: Option<u64>,
}

pub(super) struct Keeper {
    pub(super) connection: Connection,
    pub(super) keep: Keep,
    pub(super) name_keep: Duration,
    pub(super) jobs: Arc<Queue<Job>>,
    /// Closed when the store is: nothing is ever in it.
    pub(super) closing: Arc<Queue<()>>,
    pub(super) wal: Arc<Wal>,
    /// The last entry that the rooms' counts were looked at for.
    pub(super) counted: u64,
}

impl Keeper {
    pub(super) fn run(mut self) {
        let (mut looked, mut visitors): (Option<Instant>, Option<Instant>) = (None, None);
        while self.closing.sleep(KEEPER_PERIOD) {
            // In a flood there is always more: it goes on after the log was looked at.
            while self.wal.unindexed.load(Ordering::Relaxed) > 0
                && self.wal.commits.load(Ordering::Relaxed) < COMMITS_A_CHECKPOINT
                && self.index()
            {}
            if self.wal.commits.load(Ordering::Relaxed) >= COMMITS_A_CHECKPOINT {
                self.wal.commits.store(0, Ordering::Relaxed);
                match checkpoint(&self.connection, "PASSIVE") {
                    Ok(pages) => self.wal.pages.store(pages, Ordering::Relaxed),
                    Err(error) => tracing::warn!(%error, "the write-ahead log could not be copied for now"),
                }
            }
            if visitors.is_none_or(|at| at.elapsed() >= VISITORS_PERIOD) {
                visitors = Some(Instant::now());
                let before = now_ms().saturating_sub(self.name_keep.as_millis() as u64);
                while self.step(|answer| Job::ForgetVisitors { before, answer }) {}
            }
            if self.keep != Keep::default() && looked.is_none_or(|at| at.elapsed() >= RETENTION_PERIOD) {
                looked = Some(Instant::now());
                if let Err(error) = self.retain() {
                    tracing::warn!(%error, "what was kept long enough could not be let go for now");
                }
            }
        }
    }

    /// Lets go of all that is due, a step at a time.
    fn retain(&mut self) -> rusqlite::Result<()> {
        if let Some(messages) = self.keep.messages {
            for (room, until) in self.over_count(messages)? {
                while self.forget(room, until) {}
            }
        }
        loop {
            // What was forgotten before takes up room until it is erased from the index.
            while self.wal.unindexed.load(Ordering::Relaxed) > 0 && self.index() {}
            let due = match (self.keep.age, self.keep.bytes) {
                (_, Some(bytes)) if self.used()? > bytes => self.oldest(u64::MAX)?,
                (Some(age), _) => self.oldest(now_ms().saturating_sub(age.as_millis() as u64))?,
                _ => Vec::new(),
            };
            let mut went = false;
            for (room, until) in due {
                went |= self.forget(room, until);
            }
            if !went {
                return Ok(());
            }
        }
    }

    /// Has the writer take a step of the index; whether that was kept.
    fn index(&self) -> bool {
        let (done, is_done) = oneshot::channel();
        let then = Then(Box::new(move |is_kept| {
            let _ = done.send(is_kept);
        }));
        self.jobs.push(Job::Index { most: 0, then }).is_ok() && is_done.blocking_recv().unwrap_or(false)
    }

    fn forget(&self, room: i64, until: u64) -> bool {
        self.step(|answer| Job::Forget { room, until, answer })
    }

    /// Has the writer forget a step; whether anything went. No more than one step ever waits, so that people's own
    /// jobs go between them.
    fn step(&self, job: impl FnOnce(oneshot::Sender<Result<usize, Error>>) -> Job) -> bool {
        let (answer, answered) = oneshot::channel();
        self.jobs.push(job(answer)).is_ok()
            && answered.blocking_recv().is_ok_and(|went| went.is_ok_and(|count| count > 0))
    }

    /// Rooms with more messages than so many, and the last of them that goes.
    fn over_count(&mut self, messages: u64) -> rusqlite::Result<Vec<(i64, u64)>> {
        let (first, sql) = (
            self.counted,
            "SELECT DISTINCT room, (SELECT max(seq) FROM entries) FROM entries WHERE seq > ?1",
        );
        let mut select = self.connection.prepare_cached(sql)?;
        let rooms = select.query_map([int(first)], |row| Ok((row.get::<_, i64>(0)?, unsigned(row, 1)?)))?;
        let mut over = Vec::new();
        for room in rooms {
            let (room, last) = room?;
            self.counted = last;
            let sql =
                "SELECT seq FROM entries WHERE room = ?1 AND kind = 0 ORDER BY seq DESC LIMIT 1 OFFSET ?2";
            let until =
                self.connection.prepare_cached(sql)?.query_row([room, int(messages)], |row| unsigned(row, 0));
            over.extend(until.optional()?.map(|until| (room, until)));
        }
        Ok(over)
    }

    /// Of the oldest entries of all rooms, those from before a time: rooms, and the last of each.
    fn oldest(&self, before: u64) -> rusqlite::Result<Vec<(i64, u64)>> {
        let sql = "SELECT room, max(seq) FROM (SELECT room, seq, at FROM entries ORDER BY seq LIMIT ?1)
                   WHERE at < ?2 GROUP BY room";
        let mut select = self.connection.prepare_cached(sql)?;
        let due = select
            .query_map([FORGET_STEP as i64, int(before)], |row| Ok((row.get(0)?, unsigned(row, 1)?)))?;
        due.collect()
    }

    /// Bytes of the database that hold something.
    fn used(&self) -> rusqlite::Result<u64> {
        let pragma = |name: &str| -> rusqlite::Result<u64> {
            self.connection.pragma_query_value(None, name, |row| unsigned(row, 0))
        };
        Ok((pragma("page_count")? - pragma("freelist_count")?) * pragma("page_size")?)
    }
}

fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis() as u64
}
