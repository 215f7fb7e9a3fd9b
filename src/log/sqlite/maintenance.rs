//! Maintenance: one thread that looks for what is most urgent to keep the store in shape, has the writer do one step of it
//! between two commits, and looks again. What is read for it is read here, beside the writer, some rows at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::base::clock;
use crate::base::error::Error;
use crate::base::limits::{
    CHECKPOINT_PAGES, CLOCK_HELD, CLOCK_PERIOD, CUT_RETRY, ERASE_PERIOD, FREE_SPACE_PERIOD,
    MAINTENANCE_PERIOD, RETENTION_PERIOD, STALE_MESSAGES, SWEEP_PERIOD, WAL_IDLE,
};
use crate::log::Deliveries;
use crate::log::sqlite::files::Files;
use crate::log::sqlite::job::Job;
use crate::log::sqlite::queue::Queue;
use crate::log::sqlite::retention::Retention;
use crate::log::sqlite::row::DAY_MS;
use crate::log::sqlite::step::Step;
use crate::log::sqlite::store;
use crate::log::sqlite::sweep::Sweep;
use crate::log::sqlite::upkeep::Upkeep;
use crate::log::sqlite::wal::checkpoint;
use crate::log::sqlite::wall_clock::{Verdict, WallClock};

/// How much is kept. Without any of these, everything is, for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keep {
    /// What is older goes.
    pub age: Option<Duration>,
    /// So many messages of each room stay.
    pub messages: Option<u64>,
    /// So many bytes stay, of all together; the rooms that hold most lose their oldest.
    pub bytes: Option<u64>,
}

pub(super) struct Maintenance {
    connection: Connection,
    keep: Keep,
    name_keep: Duration,
    jobs: Arc<Queue<Job>>,
    upkeep: Arc<Upkeep>,
    deliveries: Arc<Mutex<Deliveries>>,
    files: Arc<Files>,
    /// When the free space was looked at.
    space_seen: Instant,
    clock: WallClock,
    /// When the believed time was recorded.
    recorded: Instant,
    /// Pages of the write-ahead log that are in the database too, when they were copied here the last time.
    copied: u64,
    /// The writer's count of commits, and since when it is that.
    commits: (u64, Instant),
    /// Whether the log may have something in it since it was cut.
    is_wal_used: bool,
    retention: Retention,
    retained: Option<Instant>,
    sweep: Option<Sweep>,
    /// What the writer did not come to of a step of the sweep.
    rest: Option<Step>,
    swept: Option<Instant>,
    erasing: ErasePhase,
}

/// How far words that were taken out of the store are gone from its files.
#[derive(Debug, Clone, Copy)]
enum ErasePhase {
    Nothing,
    /// Since then some are there.
    Due(Instant),
    /// Since then free pages are given back; afterwards the log is cut.
    Vacuum(Instant),
    /// The log is to be cut; when that was tried.
    TruncateWal(Option<Instant>),
}

impl Maintenance {
    pub(super) fn new(
        connection: Connection,
        keep: Keep,
        name_keep: Duration,
        jobs: Arc<Queue<Job>>,
        upkeep: Arc<Upkeep>,
        deliveries: Arc<Mutex<Deliveries>>,
        files: Arc<Files>,
    ) -> rusqlite::Result<Self> {
        let now = Instant::now();
        let sql = "SELECT coalesce((SELECT value FROM meta WHERE key = 'clock'), 0)";
        let believed = connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.max(0).cast_unsigned();
        Ok(Self {
            connection,
            keep,
            name_keep,
            jobs,
            upkeep,
            deliveries,
            files,
            space_seen: now,
            clock: WallClock::new(believed, now),
            recorded: now,
            copied: 0,
            commits: (0, now),
            is_wal_used: true,
            retention: Retention::new(keep),
            retained: None,
            sweep: None,
            rest: None,
            swept: None,
            // What the last run left of it is not known.
            erasing: ErasePhase::Due(now),
        })
    }

    pub(super) fn run(mut self) {
        while self.upkeep.sleep(MAINTENANCE_PERIOD) {
            if self.files.check().is_err() {
                if self.files.has_lost_wal_only() {
                    // What the lost log has, the next start finds in the database.
                    let _ = self.truncate_wal();
                }
                continue;
            }
            let time = self.look_at_clock();
            while !self.upkeep.is_closed() {
                match self.turn(time) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        // Who could not be written to says so itself.
                        tracing::debug!(%error, "maintenance of the store goes on later");
                        self.retention.stop();
                        (self.sweep, self.rest) = (None, None);
                        break;
                    }
                }
            }
        }
    }

    /// Does a step of each kind that is due, the most urgent first; whether there is more to do.
    fn turn(&mut self, time: u64) -> Result<bool, Error> {
        self.look_at_space();
        self.copy_log()?;
        let mut more = self.upkeep.unindexed() > 0 && self.step(Step::Follow)? > 0;
        self.copy_log()?;
        more |= self.retain(time)?;
        more |= self.sweep(time)?;
        more |= self.erase()?;
        self.cut_idle_log()?;
        Ok(more)
    }

    fn look_at_space(&mut self) {
        if self.space_seen.elapsed() >= FREE_SPACE_PERIOD {
            self.space_seen = Instant::now();
            self.files.free_space.look();
        }
    }

    /// Copies the write-ahead log into the database when it has grown.
    fn copy_log(&mut self) -> Result<(), Error> {
        let pages = self.upkeep.wal_pages();
        if pages < self.copied {
            self.copied = 0; // It began anew.
        }
        if pages >= self.copied + CHECKPOINT_PAGES {
            let _copying = self.upkeep.copying.lock();
            self.copied = checkpoint(&self.connection, "PASSIVE").map_err(|error| failed(&error))?.pages;
        }
        Ok(())
    }

    /// Cuts the write-ahead log when nothing is said.
    fn cut_idle_log(&mut self) -> Result<(), Error> {
        let commits = self.upkeep.commits();
        if commits != self.commits.0 {
            self.commits = (commits, Instant::now());
            self.is_wal_used = true;
        } else if self.is_wal_used && self.commits.1.elapsed() >= WAL_IDLE {
            self.is_wal_used = !self.truncate_wal()?;
        }
        Ok(())
    }

    fn truncate_wal(&self) -> Result<bool, Error> {
        self.ask(|answer| Job::TruncateWal { answer })
    }

    /// Has the writer do a step; gives how much of it was done.
    fn step(&self, step: Step) -> Result<usize, Error> {
        self.ask(|answer| Job::Step { step, answer })
    }

    /// Asks the writer. No more than one job of maintenance ever waits, so that people's own go between.
    fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Job) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let refused = || Error::log("the log is closed");
        self.jobs.push(job(answer)).map_err(|_| refused())?;
        answered.blocking_recv().map_err(|_| refused())?
    }

    /// The time that entries and people are old by.
    fn look_at_clock(&mut self) -> u64 {
        let wall = clock::wall_ms();
        let (time, verdict) = self.clock.look(wall, Instant::now());
        let is_used = self.keep.age.is_some();
        match verdict {
            Verdict::Leapt if is_used && wall > time => tracing::warn!(
                "the clock is {} ahead of what it was, or of when this chat was used last: nothing is forgotten by it until \
                 it has gone on for {} minutes",
                days(wall - time),
                CLOCK_HELD.as_secs() / 60
            ),
            Verdict::Held if is_used => {
                tracing::warn!(
                    "the clock that leapt has gone on evenly: what is too old by it is forgotten now"
                );
            }
            _ => {}
        }
        self.upkeep.believe(self.clock.believed());
        if verdict == Verdict::Held || self.recorded.elapsed() >= CLOCK_PERIOD {
            self.recorded = Instant::now();
            let _ = self.step(Step::Believe(self.clock.believed()));
        }
        time
    }

    /// Forgets what has been kept long enough.
    fn retain(&mut self, time: u64) -> Result<bool, Error> {
        if self.upkeep.stale() > STALE_MESSAGES {
            return Ok(true); // The index still has the words of what went before.
        }
        if self.retention.is_over() {
            if self.retained.is_some_and(|at| at.elapsed() < RETENTION_PERIOD) {
                return Ok(false);
            }
            if self.retention.begin(&self.connection).map_err(|error| failed(&error))? {
                // Their rows go with what they had, so that their names are free.
                self.swept = None;
            }
        }
        let is_settled = self.upkeep.unindexed() == 0;
        if let Some(step) =
            self.retention.next(&self.connection, time, is_settled).map_err(|error| failed(&error))?
        {
            let done = self.step(step)?;
            self.retention.done(done);
        }
        if self.retention.is_over() {
            self.retained = Some(Instant::now());
        }
        Ok(!self.retention.is_over())
    }

    /// Forgets people, rooms and markers that are of no use to anyone.
    fn sweep(&mut self, time: u64) -> Result<bool, Error> {
        let mut step = self.rest.take();
        if step.is_none() {
            if self.sweep.is_none() && self.swept.is_some_and(|at| at.elapsed() < SWEEP_PERIOD) {
                return Ok(false);
            }
            let before = time.saturating_sub(self.name_keep.as_millis() as u64);
            let sweep = self.sweep.get_or_insert_with(|| Sweep::new(before));
            let is_here = |who| self.deliveries.lock().is_here(who);
            step = sweep.next(&self.connection, is_here).map_err(|error| failed(&error))?;
            if sweep.is_over() {
                self.swept = Some(Instant::now());
                self.sweep = None;
            }
        }
        if let Some(mut step) = step {
            let done = self.step(step.clone())?;
            self.rest = step.skip(done).then_some(step);
        }
        Ok(self.sweep.is_some() || self.rest.is_some())
    }

    /// Sees to it that what was taken out of the store is gone from its files, and that they shrink.
    fn erase(&mut self) -> Result<bool, Error> {
        // What is taken out while it is seen to has its own turn afterwards: under way, there is always more.
        if matches!(self.erasing, ErasePhase::Nothing) && self.upkeep.take_erased() {
            self.erasing = ErasePhase::Due(Instant::now());
        }
        match self.erasing {
            ErasePhase::Due(since) if since.elapsed() >= ERASE_PERIOD => {
                if self.step(Step::EraseReactions)? == 0 {
                    self.erasing = ErasePhase::Vacuum(Instant::now());
                }
                Ok(true)
            }
            ErasePhase::Vacuum(since) => {
                if self.step(Step::Vacuum)? == 0 || since.elapsed() >= ERASE_PERIOD {
                    self.erasing = ErasePhase::TruncateWal(None);
                }
                Ok(true)
            }
            ErasePhase::TruncateWal(tried) if tried.is_none_or(|at| at.elapsed() >= CUT_RETRY) => {
                let is_cut = self.truncate_wal()?;
                self.erasing =
                    if is_cut { ErasePhase::Nothing } else { ErasePhase::TruncateWal(Some(Instant::now())) };
                Ok(false)
            }
            ErasePhase::Nothing | ErasePhase::Due(_) | ErasePhase::TruncateWal(_) => Ok(false),
        }
    }
}

fn failed(error: &rusqlite::Error) -> Error {
    store::unavailable(error)
}

/// A time in words, for an operator.
fn days(millis: u64) -> String {
    match millis / DAY_MS {
        0 => format!("{} minutes", millis / 60_000),
        1 => "a day".into(),
        days => format!("{days} days"),
    }
}
