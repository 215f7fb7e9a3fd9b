//! The writer: the one thread that writes to the store. All that waits goes into one transaction; when that is
//! on the disk, who asked is answered, and the entries are delivered. Never before.

use std::slice;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, ffi};

use crate::base::clock;
use crate::base::entry::{Content, Draft, Entry};
use crate::base::error::Error;
use crate::base::limits::{CLOSE_INDEX_WAIT, COMMIT_BYTES, JOBS_A_COMMIT};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::sqlite::files::Files;
use crate::log::sqlite::fold::{Fold, Outcome, Position};
use crate::log::sqlite::job::{Job, JobOutcome};
use crate::log::sqlite::queue::Queue;
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::step::Step;
use crate::log::sqlite::store;
use crate::log::sqlite::upkeep::Upkeep;
use crate::log::sqlite::wal::{self, Wal};
use crate::log::{Appended, Deliveries};

/// What came of a transaction that was kept.
type Commit = (Vec<JobOutcome>, Vec<Entry>);

pub(super) struct Writer {
    connection: Connection,
    fold: Fold,
    jobs: Arc<Queue<Job>>,
    deliveries: Arc<Mutex<Deliveries>>,
    upkeep: Arc<Upkeep>,
    /// Whether the connection is set not to sync its commits.
    is_unsynced: bool,
    wal: Wal,
    files: Arc<Files>,
    /// Whether writing or syncing failed, so that the write-ahead log may have a hole on the disk.
    is_wal_doubtful: bool,
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
        jobs: Arc<Queue<Job>>,
        deliveries: Arc<Mutex<Deliveries>>,
        upkeep: Arc<Upkeep>,
        files: Arc<Files>,
    ) -> Self {
        let wal = Wal::of(&connection);
        upkeep.set_last(fold.progress());
        Self {
            connection,
            fold,
            jobs,
            deliveries,
            upkeep,
            is_unsynced: false,
            wal,
            files,
            is_wal_doubtful: false,
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
    fn close(&mut self) {
        let until = Instant::now() + CLOSE_INDEX_WAIT;
        while Instant::now() < until && self.step(&Step::Follow).is_ok_and(|more| more > 0) {}
        if let Some(time) = self.upkeep.believed() {
            let _ = self.step(&Step::Believe(time));
        }
        let _ = wal::checkpoint(&self.connection, "TRUNCATE");
    }

    /// One step of each kind. Searches that wait share one.
    fn maintain(&mut self, jobs: Vec<Job>) {
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
            let done = step.run(&self.connection, &mut self.fold, &|| self.jobs.is_empty())?;
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
    fn renew_wal(&mut self) -> rusqlite::Result<()> {
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
    fn settle(&mut self, is_kept: bool, position: &Position) {
        if is_kept {
            self.fold.commit();
            let has_erased = std::mem::take(&mut self.fold.has_erased);
            self.upkeep.committed(self.fold.progress(), has_erased);
            return;
        }
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        self.fold.roll_back(position);
    }

    /// Whether commits are synced from now on.
    fn sync(&mut self, is_synced: bool) -> rusqlite::Result<()> {
        if is_synced == self.is_unsynced {
            let how = if is_synced { "FULL" } else { "NORMAL" };
            self.connection.execute_batch(&format!("PRAGMA synchronous = {how}"))?;
            self.is_unsynced = !is_synced;
        }
        Ok(())
    }

    fn work(&mut self, jobs: Vec<Job>) {
        let mut kept = self.commit(&jobs);
        if let Err(error) = &kept
            && error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            // What the write-ahead log holds may be copied into the database, which gives its room back.
            let _ = self.wal.cut(&self.connection);
            kept = self.commit(&jobs);
        }
        if kept.is_err() && jobs.len() > 1 {
            // What has nothing to write must not fail with what has: who comes back can read, and what was said
            // already has its receipt.
            for job in jobs {
                let kept = self.commit(slice::from_ref(&job));
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
                let is_back = !entries.is_empty() && std::mem::take(&mut self.fold.users.is_failing);
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
                if !std::mem::replace(&mut self.fold.users.is_failing, true) && !store::is_moved(&error) {
                    tracing::error!(%error, "the store cannot be written: nothing is kept, and nothing acknowledged");
                }
                let visitors = self.fold.users.visitors();
                jobs.into_iter().for_each(|job| job.fail(&self.connection, &visitors, &error));
            }
        }
    }

    /// All jobs in one transaction, which is on the disk when this returns.
    fn commit(&mut self, jobs: &[Job]) -> rusqlite::Result<Commit> {
        let position = self.fold.position();
        let kept = self.transaction(jobs);
        self.is_wal_doubtful |= wal::has_failed(&kept);
        self.settle(kept.is_ok(), &position);
        kept
    }

    fn transaction(&mut self, jobs: &[Job]) -> rusqlite::Result<Commit> {
        self.files.check()?;
        self.renew_wal()?;
        self.sync(true)?;
        let now = clock::wall_ms();
        let mut entries = Vec::new();
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let done = jobs.iter().map(|job| self.take(job, now, &mut entries)).collect::<Result<_, _>>()?;
        self.fold.finish();
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok((done, entries))
    }

    fn take(&mut self, job: &Job, now: u64, entries: &mut Vec<Entry>) -> rusqlite::Result<JobOutcome> {
        let (fold, tx) = (&mut self.fold, &self.connection);
        Ok(match job {
            Job::Append { draft, .. } => {
                JobOutcome::Appended(refusal(fold.send(tx, draft, now))?.map(|outcome| {
                    let seq = match outcome {
                        Outcome::New(entry) => {
                            let seq = entry.seq;
                            entries.push(entry);
                            seq
                        }
                        Outcome::Again(seq) => seq,
                    };
                    Appended { seq }
                }))
            }
            Job::Greet { who, name, .. } => {
                JobOutcome::User(refusal(fold.users.greet(tx, *who, name.as_ref(), now))?)
            }
            Job::Arrive { arrival, .. } => JobOutcome::Arrived(refusal(fold.users.arrive(tx, arrival, now))?),
            Job::ChangeDevices { who, by, change, .. } => {
                JobOutcome::Devices(refusal(fold.users.change_devices(tx, (*who, *by), change, now))?)
            }
            Job::Rename { who, name, rooms, .. } => {
                let renamed = rename(fold, tx, (*who, name, rooms), now, entries);
                JobOutcome::User(refusal(renamed)?)
            }
            Job::SetFace { who, face, .. } => {
                JobOutcome::User(refusal(fold.users.set_face(tx, *who, *face, now))?)
            }
            Job::Mark { who, room, seq, is_back, .. } => {
                JobOutcome::Marked(refusal(fold.mark(tx, *who, room, (*seq, *is_back), now))?)
            }
            Job::Keep { who, room, asked, .. } => {
                JobOutcome::Kept(refusal(fold.keep(tx, *who, room, *asked, now))?)
            }
            Job::Step { .. } | Job::TruncateWal { .. } | Job::Follow { .. } => {
                unreachable!("{job:?} is no part of people's transaction")
            }
        })
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

fn rename(
    fold: &mut Fold,
    tx: &Connection,
    (who, name, rooms): (UserId, &Name, &[RoomName]),
    now: u64,
    entries: &mut Vec<Entry>,
) -> Result<User, Fault> {
    let (before, is_new) = fold.users.rename(tx, who, name, now)?;
    if !is_new {
        return Ok(before);
    }
    for room in rooms {
        let draft = Draft::new(room, who, Content::Renamed { name: name.shared() });
        match fold.append(tx, &draft, now) {
            Ok(Outcome::New(entry)) => entries.push(entry),
            // A room that there cannot be one more of is not told.
            Ok(Outcome::Again(_)) | Err(Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(fold.users.own(tx, who, name)?)
}

/// A refusal is one job's, another failure the whole transaction's.
fn refusal<T>(result: Result<T, Fault>) -> rusqlite::Result<Result<T, Error>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(error)) => Ok(Err(error)),
        Err(Fault::Sql(error)) => Err(error),
    }
}
