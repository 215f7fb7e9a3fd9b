//! The writer: the one thread that writes to the store. All that waits goes into one transaction; when that is
//! on the disk, who asked is answered, and the entries are delivered. Never before.

use std::fmt;
use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;

use crate::entry::{Draft, Entry, What};
use crate::error::Error;
use crate::limits::{FORGET_STEP, INDEX_STEP, INDEX_STEP_MAX, JOBS_A_COMMIT, VACUUM_PAGES, WAL_PAGES};
use crate::log::sqlite::fold::{Fold, Outcome};
use crate::log::sqlite::queue::Queue;
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::store;
use crate::log::{Appended, Deliver};
use crate::name::Name;
use crate::room_name::RoomName;
use crate::user::{User, UserId};

type Sender<T> = oneshot::Sender<Result<T, Error>>;

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Job {
    Append {
        draft: Draft,
        answer: Sender<Appended>,
    },
    Greet {
        who: UserId,
        name: Option<Name>,
        answer: Sender<User>,
    },
    Rename {
        who: UserId,
        name: Name,
        rooms: Vec<RoomName>,
        answer: Sender<User>,
    },
    Mark {
        who: UserId,
        room: RoomName,
        seq: u64,
        answer: Sender<u64>,
    },
    /// Retention: a step of a room's oldest entries, up to a number; answered by how many went.
    Forget {
        room: i64,
        until: u64,
        answer: Sender<usize>,
    },
    /// A step of the messages that the search index has not come to.
    Index {
        /// Messages that it takes, if there are as many.
        most: usize,
        then: Then,
    },
    /// A step of those who came once, said nothing, and have not been seen since this time.
    ForgetVisitors {
        before: u64,
        answer: Sender<usize>,
    },
}

/// What is done after a step of the index, and whether that was kept.
pub(super) struct Then(pub(super) Box<dyn FnOnce(bool) + Send>);

impl fmt::Debug for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Then")
    }
}

/// What came of a job, to be said once it is on the disk.
enum Done {
    Appended(Result<Appended, Error>),
    User(Result<User, Error>),
    Marked(Result<u64, Error>),
    Forgot(usize),
    Indexed,
}

/// What came of a transaction that was kept.
type Kept = (Vec<Done>, Vec<Entry>);

/// What the writer shares with the keeper.
#[derive(Debug, Default)]
pub(super) struct Wal {
    /// Commits since the keeper's last checkpoint. Counted by the writer, reset by the keeper.
    pub(super) commits: AtomicU64,
    /// Pages in the write-ahead log, as the keeper last saw them.
    pub(super) pages: AtomicU64,
    /// Entries and messages by which the search index is behind the log. Written by the writer.
    pub(super) unindexed: AtomicU64,
}

pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) fold: Fold,
    pub(super) jobs: Arc<Queue<Job>>,
    /// Set once, before the first append.
    pub(super) deliver: Arc<Mutex<Option<Arc<dyn Deliver>>>>,
    pub(super) wal: Arc<Wal>,
    /// Whether the connection is set not to sync its commits.
    pub(super) is_unsynced: bool,
}

impl Writer {
    pub(super) fn run(mut self) {
        while let Some(jobs) = self.jobs.take(JOBS_A_COMMIT) {
            self.work(jobs);
            if self.wal.pages.load(Ordering::Relaxed) > WAL_PAGES {
                // Between two commits it catches up with the end, so that the log begins anew. Waits for nobody.
                self.wal.pages.store(0, Ordering::Relaxed);
                let _ = checkpoint(&self.connection, "PASSIVE");
            }
        }
        // The next start has nothing to catch up with, and nothing to recover.
        while self.index_all().unwrap_or(false) {}
        let _ = checkpoint(&self.connection, "TRUNCATE");
    }

    fn work(&mut self, jobs: Vec<Job>) {
        let mut kept = self.commit(&jobs);
        if let Err(error) = &kept
            && error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            // What the write-ahead log holds may be copied into the database, which gives its room back.
            let _ = checkpoint(&self.connection, "TRUNCATE");
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
    fn finish(&mut self, jobs: Vec<Job>, kept: rusqlite::Result<Kept>) {
        match kept {
            Ok((done, entries)) => {
                let is_back = !entries.is_empty() && std::mem::take(&mut self.fold.who.is_failing);
                self.wal.commits.fetch_add(1, Ordering::Relaxed);
                self.wal.unindexed.store(self.fold.unindexed(), Ordering::Relaxed);
                jobs.into_iter().zip(done).for_each(|(job, done)| job.answer(done));
                if let Some(deliver) = &*self.deliver.lock()
                    && !entries.is_empty()
                {
                    deliver.deliver(&mut entries.into_iter());
                }
                if is_back {
                    tracing::warn!("the store can be written again");
                    // The room that there is goes to the database first. The write-ahead log would take it all, and
                    // then there were none to copy it into.
                    let _ = checkpoint(&self.connection, "TRUNCATE");
                }
            }
            Err(error) => {
                if !std::mem::replace(&mut self.fold.who.is_failing, true) {
                    tracing::error!(%error, "the store cannot be written: nothing is kept, and nothing acknowledged");
                }
                jobs.into_iter().for_each(|job| job.fail(&error));
            }
        }
    }

    /// All jobs in one transaction, which is on the disk when this returns.
    fn commit(&mut self, jobs: &[Job]) -> rusqlite::Result<Kept> {
        let position = self.fold.position();
        let kept = self.transaction(jobs);
        if kept.is_err() {
            if !self.connection.is_autocommit() {
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            self.fold.roll_back(&position);
        }
        kept
    }

    fn transaction(&mut self, jobs: &[Job]) -> rusqlite::Result<Kept> {
        // What nobody waits for, and what can be made again, need not be synced by itself: the next sync takes it along.
        let is_housekeeping = jobs.iter().all(Job::is_housekeeping);
        if is_housekeeping != self.is_unsynced {
            let how = if is_housekeeping { "NORMAL" } else { "FULL" };
            self.connection.execute_batch(&format!("PRAGMA synchronous = {how}"))?;
            self.is_unsynced = is_housekeeping;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis() as u64;
        let mut entries = Vec::new();
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let done = jobs.iter().map(|job| self.take(job, now, &mut entries)).collect::<Result<_, _>>()?;
        self.fold.finish();
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok((done, entries))
    }

    fn index_all(&mut self) -> rusqlite::Result<bool> {
        let tx = self.connection.unchecked_transaction()?;
        let more = self.fold.index(&tx, INDEX_STEP_MAX)?;
        tx.commit()?;
        Ok(more)
    }

    fn take(&mut self, job: &Job, now: u64, entries: &mut Vec<Entry>) -> rusqlite::Result<Done> {
        let (fold, tx) = (&mut self.fold, &self.connection);
        Ok(match job {
            Job::Append { draft, .. } => {
                Done::Appended(refusal(fold.append(tx, draft, now))?.map(|outcome| {
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
                Done::User(refusal(fold.who.greet(tx, *who, name.as_ref(), now))?)
            }
            Job::Rename { who, name, rooms, .. } => {
                let renamed = rename(fold, tx, (*who, name, rooms), now, entries);
                Done::User(refusal(renamed)?)
            }
            Job::Mark { who, room, seq, .. } => Done::Marked(refusal(fold.mark(tx, *who, room, *seq, now))?),
            Job::Forget { room, until, .. } => {
                let count = fold.forget(tx, *room, *until, FORGET_STEP)?;
                tx.execute_batch(&format!("PRAGMA incremental_vacuum({VACUUM_PAGES})"))?;
                Done::Forgot(count)
            }
            Job::Index { most, .. } => {
                // Whatever is behind is caught up with in larger steps.
                let step = (fold.unindexed() as usize / 4).max(*most).clamp(INDEX_STEP, INDEX_STEP_MAX);
                fold.index(tx, step)?;
                Done::Indexed
            }
            Job::ForgetVisitors { before, .. } => {
                Done::Forgot(fold.who.forget_visitors(tx, *before, FORGET_STEP)?)
            }
        })
    }
}

fn rename(
    fold: &mut Fold,
    tx: &Connection,
    (who, name, rooms): (UserId, &Name, &[RoomName]),
    now: u64,
    entries: &mut Vec<Entry>,
) -> Result<User, Fault> {
    let (before, is_new) = fold.who.rename(tx, who, name, now)?;
    if !is_new {
        return Ok(before);
    }
    for room in rooms {
        let draft = Draft::new(room, who, What::Renamed { name: name.shared() });
        match fold.append(tx, &draft, now) {
            Ok(Outcome::New(entry)) => entries.push(entry),
            // A room that there cannot be one more of is not told.
            Ok(Outcome::Again(_)) | Err(Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(fold.who.own(tx, who, name)?)
}

/// A refusal is one job's, another failure the whole transaction's.
fn refusal<T>(result: Result<T, Fault>) -> rusqlite::Result<Result<T, Error>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(error)) => Ok(Err(error)),
        Err(Fault::Sql(error)) => Err(error),
    }
}

/// Copies the write-ahead log into the database; gives its pages.
pub(super) fn checkpoint(connection: &Connection, how: &str) -> rusqlite::Result<u64> {
    let sql = format!("PRAGMA wal_checkpoint({how})");
    connection.query_row(&sql, [], |row| Ok(row.get::<_, i64>(1)?.max(0).cast_unsigned()))
}

impl Job {
    fn is_housekeeping(&self) -> bool {
        matches!(self, Self::Forget { .. } | Self::ForgetVisitors { .. } | Self::Index { .. })
    }

    fn answer(self, done: Done) {
        // Who does not wait for the answer any more has gone.
        match (self, done) {
            (Self::Append { answer, .. }, Done::Appended(result)) => drop(answer.send(result)),
            (Self::Greet { answer, .. } | Self::Rename { answer, .. }, Done::User(result)) => {
                drop(answer.send(result));
            }
            (Self::Mark { answer, .. }, Done::Marked(result)) => drop(answer.send(result)),
            (Self::Forget { answer, .. } | Self::ForgetVisitors { answer, .. }, Done::Forgot(count)) => {
                drop(answer.send(Ok(count)))
            }
            (Self::Index { then, .. }, Done::Indexed) => (then.0)(true),
            (job, _) => unreachable!("{job:?} comes to another kind of answer"),
        }
    }

    /// The store could not be written. Somebody new may come in and read all the same: they are made known by the
    /// first that can be kept of them.
    fn fail(self, error: &rusqlite::Error) {
        match self {
            Self::Greet { who, answer, .. } => {
                drop(answer.send(Ok(User { id: who, name: Name::of_guest(who, 0).shared() })));
            }
            job => job.refuse(|| store::unavailable(error)),
        }
    }

    /// It was not done, and this is why.
    pub(super) fn refuse(self, why: impl FnOnce() -> Error) {
        match self {
            Self::Append { answer, .. } => drop(answer.send(Err(why()))),
            Self::Greet { answer, .. } | Self::Rename { answer, .. } => drop(answer.send(Err(why()))),
            Self::Mark { answer, .. } => drop(answer.send(Err(why()))),
            Self::Forget { answer, .. } | Self::ForgetVisitors { answer, .. } => {
                drop(answer.send(Err(why())))
            }
            Self::Index { then, .. } => (then.0)(false),
        }
    }
}
