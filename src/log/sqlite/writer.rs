//! The writer: the one thread that writes to the store. All that waits goes into one transaction; when that is
//! on the disk, who asked is answered, and the entries are delivered. Never before.

use std::slice;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, ffi};

use crate::base::clock;
use crate::base::entry::Entry;
use crate::base::error::Error;
use crate::base::limits::{CLOSE_INDEX_WAIT, COMMIT_BYTES, JOBS_A_COMMIT};
use crate::ledger::number::Numbers;
use crate::log::Deliveries;
use crate::log::sqlite::files::Files;
use crate::log::sqlite::fold::{Fold, Position};
use crate::log::sqlite::job::{Job, JobOutcome};
use crate::log::sqlite::proposer::Proposer;
use crate::log::sqlite::queue::Queue;
use crate::log::sqlite::step::Step;
use crate::log::sqlite::store;
use crate::log::sqlite::upkeep::Upkeep;
use crate::log::sqlite::wal::{self, Wal};

/// What came of a transaction that was kept.
type Commit = (Vec<JobOutcome>, Vec<Entry>);

pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) fold: Fold,
    pub(super) proposer: Proposer,
    pub(super) jobs: Arc<Queue<Job>>,
    pub(super) deliveries: Arc<Mutex<Deliveries>>,
    pub(super) upkeep: Arc<Upkeep>,
    /// Whether the connection is set not to sync its commits.
    pub(super) is_unsynced: bool,
    pub(super) wal: Wal,
    pub(super) files: Arc<Files>,
    /// Whether writing or syncing failed, so that the write-ahead log may have a hole on the disk.
    pub(super) is_wal_doubtful: bool,
    /// Whether nothing could be written the last time.
    pub(super) is_failing: bool,
}

/// Nobody waits for ever for a thread that has panicked.
struct Refuse(Arc<Queue<Job>>);

impl Drop for Refuse {
    fn drop(&mut self) {
        self.0.close();
        while self.0.take(usize::MAX).is_some() {}
    }
}

impl Writer {
    pub(super) fn new(
        connection: Connection,
        fold: Fold,
        proposer: Proposer,
        jobs: Arc<Queue<Job>>,
        deliveries: Arc<Mutex<Deliveries>>,
        upkeep: Arc<Upkeep>,
        files: Arc<Files>,
    ) -> Self {
        let wal = Wal::of(&connection);
        upkeep.set_last(fold.progress());
        upkeep.open_door(fold.users.door());
        upkeep.set_address_bans(fold.users.address_bans());
        Self {
            connection,
            fold,
            proposer,
            jobs,
            deliveries,
            upkeep,
            is_unsynced: false,
            wal,
            files,
            is_wal_doubtful: false,
            is_failing: false,
        }
    }

    pub(super) fn run(mut self) {
        let _refuse = Refuse(Arc::clone(&self.jobs));
        while let Some(mut jobs) = self.jobs.take(JOBS_A_COMMIT) {
            // What people wait for goes first.
            let mut maintenance = Vec::new();
            if jobs.iter().any(Job::is_maintenance) {
                (maintenance, jobs) = jobs.into_iter().partition(Job::is_maintenance);
            }
            while !jobs.is_empty() {
                let next = jobs.split_off(one_commit(&jobs));
                self.work(jobs);
                self.wal.bound(&self.connection, &self.upkeep);
                jobs = next;
            }
            if !maintenance.is_empty() {
                self.maintain(maintenance);
                self.wal.bound(&self.connection, &self.upkeep);
            }
        }
        self.close();
    }

    /// Leaves little for the next start to catch up with, and nothing to recover; but nobody is waited for.
    pub(super) fn close(&mut self) {
        let until = Instant::now() + CLOSE_INDEX_WAIT;
        while Instant::now() < until && self.step(&Step::Follow).is_ok_and(|more| more > 0) {}
        if let Some(time) = self.upkeep.believed() {
            let _ = self.step(&Step::Believe(time));
        }
        let _ = wal::checkpoint(&self.connection, "TRUNCATE");
    }

    /// One step of each kind. Searches that wait share one.
    pub(super) fn maintain(&mut self, jobs: Vec<Job>) {
        let mut followed = None;
        for job in jobs {
            match job {
                Job::Step { step, answer } => {
                    let _ = answer.send(self.step(&step).map_err(|error| store::unavailable(&error)));
                }
                Job::TruncateWal { answer } => {
                    let _ = answer
                        .send(self.wal.cut(&self.connection).map_err(|error| store::unavailable(&error)));
                }
                Job::Follow { entry, until, then } => {
                    let is_kept = *followed.get_or_insert_with(|| self.step(&Step::Follow).is_ok());
                    if is_kept && !self.fold.has_indexed(entry) && Instant::now() < until {
                        if let Err(job) = self.jobs.push(Job::Follow { entry, until, then }) {
                            job.refuse(|| Error::log("the log is closed"));
                        }
                    } else {
                        (then.0)(is_kept);
                    }
                }
                job => unreachable!("{job:?} is people's"),
            }
        }
    }

    /// Does a step of maintenance in a transaction of its own. It can be done again, so it need not be synced by itself:
    /// the next sync takes it along.
    fn step(&mut self, step: &Step) -> rusqlite::Result<usize> {
        let position = self.fold.position();
        let done = self.sync(false).and_then(|()| {
            self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
            let done =
                step.run(&self.connection, &mut self.fold, &|who| self.proposer.is_here(who), &|| {
                    self.jobs.is_empty()
                })?;
            self.connection.prepare_cached("COMMIT")?.execute([])?;
            Ok(done)
        });
        self.is_wal_doubtful |= wal::has_failed(&done);
        self.settle(done.is_ok(), &position);
        done
    }

    /// After a failed sync, pages that were written before may be missing on the disk while the system says that they are
    /// there (Linux reports it once). What is acknowledged must not stand behind such a hole, where the next start ends its
    /// reading: the log is copied and begins anew, or nothing is acknowledged.
    pub(super) fn renew_wal(&mut self) -> rusqlite::Result<()> {
        if self.is_wal_doubtful {
            if !self.wal.cut(&self.connection)? {
                let text = "the write-ahead log cannot begin anew yet after a failed sync".to_owned();
                return Err(rusqlite::Error::SqliteFailure(
                    ffi::Error::new(ffi::SQLITE_IOERR_FSYNC),
                    Some(text),
                ));
            }
            self.is_wal_doubtful = false;
        }
        Ok(())
    }

    /// After a transaction: tells maintenance of it, or takes it back.
    pub(super) fn settle(&mut self, is_kept: bool, position: &Position) {
        if is_kept {
            self.proposer.commit(&self.connection, &mut self.fold);
            let has_erased = std::mem::take(&mut self.fold.has_erased);
            self.upkeep.committed(self.fold.progress(), has_erased);
            self.upkeep.open_door(self.fold.users.door());
            self.upkeep.set_address_bans(self.fold.users.address_bans());
            return;
        }
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        self.fold.roll_back(position);
        self.proposer.roll_back();
    }

    /// Whether commits are synced from now on.
    pub(super) fn sync(&mut self, is_synced: bool) -> rusqlite::Result<()> {
        if is_synced == self.is_unsynced {
            let how = if is_synced { "FULL" } else { "NORMAL" };
            self.connection.execute_batch(&format!("PRAGMA synchronous = {how}"))?;
            self.is_unsynced = !is_synced;
        }
        Ok(())
    }

    fn work(&mut self, mut jobs: Vec<Job>) {
        let mut kept = self.commit(&mut jobs);
        if let Err(error) = &kept
            && error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            // What the write-ahead log holds may be copied into the database, which gives its room back.
            let _ = self.wal.cut(&self.connection);
            kept = self.commit(&mut jobs);
        }
        if kept.is_err() && jobs.len() > 1 {
            // What has nothing to write must not fail with what has: who comes back can read, and what was said
            // already has its receipt.
            for mut job in jobs {
                let kept = self.commit(slice::from_mut(&mut job));
                self.finish(vec![job], kept);
            }
        } else {
            self.finish(jobs, kept);
        }
    }

    /// Answers who asked, and delivers what was kept.
    fn finish(&mut self, jobs: Vec<Job>, kept: rusqlite::Result<Commit>) {
        match kept {
            Ok((done, entries)) => {
                let is_back = !entries.is_empty() && std::mem::take(&mut self.is_failing);
                self.tell(&done);
                jobs.into_iter().zip(done).for_each(|(job, done)| job.answer(done));
                if !entries.is_empty() {
                    self.deliveries.lock().deliver(self.fold.last(), entries.into_iter());
                }
                if is_back {
                    tracing::warn!("the store can be written again");
                    // The room that there is goes to the database first. The write-ahead log would take it all, and
                    // then there were none to copy it into.
                    let _ = self.wal.cut(&self.connection);
                }
            }
            Err(error) => {
                if !std::mem::replace(&mut self.is_failing, true) && !store::is_moved(&error) {
                    tracing::error!(%error, "the store cannot be written: nothing is kept, and nothing acknowledged");
                }
                let visitors = self.proposer.visitors();
                jobs.into_iter()
                    .for_each(|job| job.fail(&self.connection, &visitors, || store::unavailable(&error)));
            }
        }
    }

    /// Tells listeners of measures, before anybody is answered.
    fn tell(&self, done: &[JobOutcome]) {
        for outcome in done {
            if let JobOutcome::Governed(Ok(Some(change))) = outcome {
                self.deliveries.lock().changed(slice::from_ref(change));
            }
        }
    }

    /// All jobs in one transaction, which is on the disk when this returns.
    fn commit(&mut self, jobs: &mut [Job]) -> rusqlite::Result<Commit> {
        let position = self.fold.position();
        let kept = self.transaction(jobs);
        self.is_wal_doubtful |= wal::has_failed(&kept);
        self.settle(kept.is_ok(), &position);
        kept
    }

    fn transaction(&mut self, jobs: &mut [Job]) -> rusqlite::Result<Commit> {
        self.files.check()?;
        self.renew_wal()?;
        self.sync(true)?;
        let now = clock::wall_ms();
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let numbers = &mut Numbers::after(self.fold.last());
        let (proposer, fold, tx) = (&mut self.proposer, &mut self.fold, &self.connection);
        let done = jobs.iter_mut().map(|job| proposer.take(tx, fold, job, now, numbers));
        let done = done.collect::<Result<_, _>>()?;
        self.fold.finish();
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok((done, self.fold.take_entries()))
    }
}

/// How many of these jobs go into one transaction.
fn one_commit(jobs: &[Job]) -> usize {
    let mut bytes = 0;
    let is_over = |job: &Job| {
        let is_over = bytes >= COMMIT_BYTES;
        bytes += job.text_bytes();
        is_over
    };
    jobs.iter().position(is_over).unwrap_or(jobs.len())
}
