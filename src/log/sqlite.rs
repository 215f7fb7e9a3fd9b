//! The log on a disk: one SQLite file, one thread that writes it, some that read it. An entry is synced before
//! anyone hears it and before its receipt.

use std::path::Path;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fmt, fs};

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Draft, Reaction};
use crate::base::error::Error;
#[cfg(target_os = "linux")]
use crate::base::limits::READERS_NICE;
use crate::base::limits::{INDEX_WAIT, JOBS_WAITING, JOBS_WAITING_MAX, NAME_KEEP, READERS};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::engine::Engine;
use crate::ledger::record::Append;
use crate::log::rules;
use crate::log::sealed::Sealed;
use crate::log::{
    Answer, Deliver, Deliveries, DirectoryPage, DirectoryRequest, Entries, Health, JoinRequest, JoinState,
    Page, Receipt, Replay, Search, SearchIndex, StoreFigures,
};

#[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
mod begin;
#[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
mod cluster;
mod devices;
mod entry_row;
mod erase;
mod faces;
mod files;
mod fold;
mod follow;
mod governance;
mod free_space;
mod job;
mod judge;
mod kept;
mod lanes;
mod maintenance;
#[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
mod member;
mod mentions;
mod migrate;
mod name_keys;
mod old;
mod password;
mod people;
mod private_rooms;
mod proposer;
mod queue;
mod reactions;
mod reader;
mod reading;
#[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
mod replica;
mod retention;
mod rights;
mod room_rules;
mod rooms;
mod row;
mod search;
mod source;
mod starts;
mod step;
mod store;
mod sweep;
mod target;
mod threads;
mod upkeep;
mod users;
mod visitors;
mod wal;
mod wall_clock;
pub(super) mod words;
mod writer;
// The tools.
mod backup;
mod changes;
mod check;
mod export;
mod import;
mod imported;
mod progress;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use cluster::tests::Chat;

pub use check::Checked;
pub use export::{ExportSelection, Format};
pub use free_space::KeepFree;
pub use imported::Imported;
pub use maintenance::Keep;
pub use progress::Progress;
pub use store::Store;

use cluster::Cluster;
use files::Files;
use fold::Fold;
use free_space::FreeSpace;
use job::{Continuation, Job};
use lanes::{Lane, Lanes};
use maintenance::Maintenance;
use member::Member;
use proposer::Proposer;
use queue::Queue;
use reading::{Read, enter, in_snapshot, reading};
use replica::Replica;
use row::Fault;
use source::{Failures, Source};
use upkeep::Upkeep;
use visitors::Visitors;
use writer::Writer;

/// How a log on a disk is kept.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StoreOptions {
    /// How much is kept.
    pub keep: Keep,
    /// Absence after which a name may be taken by another.
    pub name_keep: Duration,
    /// How much of the file system is left free. While less is, entries are refused (`unavailable`), but for deletions and reactions that
    /// are taken back.
    pub keep_free: KeepFree,
    /// The newest rules that it goes by. A test has those of an older build.
    pub(crate) rules: u16,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            keep: Keep::default(),
            name_keep: NAME_KEEP,
            keep_free: KeepFree::default(),
            rules: rules::RULES,
        }
    }
}

/// A log in an SQLite file. Cheap to clone; all clones are the same log, which is closed when the last is gone.
#[derive(Clone)]
pub struct SqliteLog {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    jobs: Arc<Queue<Job>>,
    reads: Arc<Lanes<Read>>,
    upkeep: Arc<Upkeep>,
    deliveries: Arc<Mutex<Deliveries>>,
    visitors: Visitors,
    threads: Mutex<Vec<JoinHandle<()>>>,
    member: Option<Member>,
}

impl SqliteLog {
    /// Opens the log in a folder; makes it when there is none.
    ///
    /// # Errors
    /// Says why this folder cannot be used; see [`Store::open`].
    pub fn open(folder: &Path, options: &StoreOptions) -> Result<Self, Error> {
        Self::open_as(folder, options, None)
    }

    /// Opens the log in a folder, which has a copy of a chat on many machines, as the machine with this number.
    #[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
    pub(crate) fn join_in(
        folder: &Path,
        options: &StoreOptions,
        engine: Arc<dyn Engine>,
        machine: u64,
    ) -> Result<Self, Error> {
        Self::open_as(folder, options, Some((engine, machine)))
    }

    fn open_as(
        folder: &Path,
        options: &StoreOptions,
        member: Option<(Arc<dyn Engine>, u64)>,
    ) -> Result<Self, Error> {
        let mut store = Store::open(folder)?;
        let connection = store.connect(true)?;
        let mut fold = Fold::open(&connection).map_err(|error| store.unreadable(&error))?;
        let mut cluster = None;
        match member {
            None => {
                if member::leave(&connection).map_err(|error| store.unreadable(&error))? {
                    tracing::warn!(
                        "this was a copy of a chat on many machines: from now on it is a chat of its own"
                    );
                }
                fold.set_name_keep(&connection, options.name_keep)
            }
            Some((engine, machine)) => {
                store.epoch = store.epoch.of_chat();
                Replica::open(&connection)
                    .map(|replica| cluster = Some(Cluster::new(engine, machine, replica, options)))
            }
        }
        .map_err(|error| store.unreadable(&error))?;
        let member = cluster.as_ref().map(Cluster::member);
        let last = fold.last();
        let upkeep = Arc::new(Upkeep::default());
        let (jobs, reads) = (Arc::new(Queue::new(JOBS_WAITING_MAX)), Arc::new(Lanes::<Read>::new()));
        let deliveries = Arc::new(Mutex::new(Deliveries::after(last)));
        let free_space = Arc::new(FreeSpace::of(folder, options.keep_free));
        let proposer = Proposer::new(Arc::clone(&deliveries), Arc::clone(&free_space));
        let visitors = proposer.visitors();
        let files =
            Files::of(&store, free_space).map_err(|e| Error::io("cannot look at the store's files", e))?;
        let files = Arc::new(files);
        let writer = Writer::new(
            connection,
            fold,
            proposer,
            Arc::clone(&jobs),
            Arc::clone(&deliveries),
            Arc::clone(&upkeep),
            Arc::clone(&files),
        );
        let maintenance = Maintenance::new(
            store.connect(true)?,
            options.keep,
            options.name_keep,
            Arc::clone(&jobs),
            Arc::clone(&upkeep),
            Arc::clone(&deliveries),
            files,
        )
        .map_err(|error| store.unreadable(&error))?;
        let mut threads = vec![
            spawn("log writer", move || match cluster {
                None => writer.run(),
                Some(cluster) => writer.run_in(cluster),
            })?,
            spawn("log maintenance", move || maintenance.run())?,
        ];
        let failures = Arc::new(Failures::default());
        for _ in 0..READERS {
            let source = Source::new(store.connect(false)?, Arc::clone(&failures));
            let (reads, upkeep) = (Arc::clone(&reads), Arc::clone(&upkeep));
            threads.push(spawn("log reader", move || {
                // On Linux this is the thread's alone. Elsewhere it is the process's, and left as it is.
                #[cfg(target_os = "linux")]
                let _ = rustix::process::nice(READERS_NICE);
                while let Some((read, taken)) = reads.take() {
                    upkeep.wait_to_read();
                    read(Ok(&source));
                    reads.done(&taken);
                }
            })?);
        }
        let threads = Mutex::new(threads);
        let shared = Shared { store, jobs, reads, upkeep, deliveries, visitors, threads, member };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Closes the log: what waits is written first. Appends after that are refused.
    pub fn close(&self) {
        self.shared.close();
    }

    fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Job) -> Answer<T> {
        let (answer, answered) = oneshot::channel();
        if let Err(job) = self.shared.jobs.push(job(answer)) {
            job.refuse(|| Error::log("the server has more to write than it can; try again later"));
        }
        Answer::later(answered)
    }

    fn read<T: Send + 'static>(
        &self,
        lane: Lane,
        who: UserId,
        read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Answer<T> {
        let (read, answer) = reading(read);
        enter(&self.shared.reads, lane, who, read);
        answer
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    thread::Builder::new().name(name.into()).spawn(run).map_err(|e| Error::io("cannot start a thread", e))
}

impl Shared {
    fn close(&self) {
        self.upkeep.close();
        self.reads.close();
        self.jobs.close();
        let me = thread::current().id();
        for thread in self.threads.lock().drain(..).filter(|thread| thread.thread().id() != me) {
            let _ = thread.join(); // One that panicked has said so.
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for SqliteLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteLog").field("path", &self.shared.store.path()).finish_non_exhaustive()
    }
}

impl Sealed for SqliteLog {}

impl Entries for SqliteLog {
    fn deliver_to(&self, deliver: Arc<dyn Deliver>) -> u64 {
        self.shared.deliveries.lock().add(&deliver)
    }

    fn poll_ready(&self, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        self.shared.jobs.poll_ready(JOBS_WAITING, asked, cx)
    }

    fn reach(&self, seq: u64) -> Answer<()> {
        if self.shared.member.is_none() || seq <= self.shared.deliveries.lock().last() {
            return Answer::now(Ok(()));
        }
        let (answer, answered) = oneshot::channel();
        let then = Continuation(Box::new(move |is_known| {
            let behind =
                || Error::log("this server does not know yet what you know already; try again later");
            let _ = answer.send(if is_known { Ok(()) } else { Err(behind()) });
        }));
        if let Err(job) = self.shared.jobs.push(Job::Reach { seq, then }) {
            job.refuse(|| Error::log("the log is closed"));
        }
        Answer::later(answered)
    }

    fn health(&self) -> Health {
        self.shared.member.as_ref().map_or(Health::Ready, Member::health)
    }

    fn promise(&self) -> Option<Arc<str>> {
        self.shared.member.as_ref()?.engine.promise()
    }

    fn store_figures(&self) -> Option<StoreFigures> {
        let Shared { store, upkeep, .. } = &*self.shared;
        let bytes = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
        Some(StoreFigures {
            bytes: bytes(store.path()),
            wal_bytes: bytes(&store::wal(store.path())),
            free_bytes: store.path().parent().and_then(free_space::file_system).map(|(free, _)| free),
            commits: upkeep.commits(),
            unindexed: upkeep.unindexed(),
        })
    }

    fn machine(&self) -> Option<u64> {
        self.shared.member.as_ref().map(|member| member.machine)
    }

    fn shout(&self, room: &RoomName, said: Vec<u8>) {
        if let Some(member) = &self.shared.member {
            member.engine.shout(room.as_str(), said);
        }
    }

    fn listen(&self, room: &RoomName, is_listening: bool) {
        if let Some(member) = &self.shared.member {
            member.listen(room, &self.shared.deliveries, is_listening);
        }
    }

    fn append(&self, draft: Draft) -> Receipt {
        let is_visitor = |name: &Name, who: UserId| {
            let mut visitors = self.shared.visitors.lock();
            visitors.get(who).is_some_and(|(has, _)| rules::is_called(has, name.as_str()))
        };
        let append = Box::new(Append::new(draft, is_visitor));
        self.ask(|answer| Job::Append { append, answer })
    }

    fn epoch(&self) -> &str {
        self.shared.store.epoch.text()
    }

    fn keeps(&self) -> bool {
        true
    }

    fn join(&self, request: JoinRequest) -> Answer<JoinState> {
        let (epoch, visitors) = (self.shared.store.epoch.clone(), Arc::clone(&self.shared.visitors));
        let last = self.shared.deliveries.lock().last();
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            // Looked at before the snapshot: what leaves the visitors meanwhile is in the store.
            let mark = visitors.lock().get(request.who).and_then(|(_, visitor)| visitor.mark(&request.room));
            in_snapshot(connection, |connection| reader::join_state(connection, &epoch, &request, mark, last))
        })
    }

    fn replay(&self, room: &RoomName, after: u64, until: u64) -> Answer<Replay> {
        let room = room.clone();
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| reader::replay(connection, &room, after, until))
        })
    }

    fn replay_all(&self, cursor: &Cursor, until: u64) -> Answer<Replay> {
        let (epoch, cursor) = (self.shared.store.epoch.clone(), cursor.clone());
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| reader::replay_all(connection, &epoch, &cursor, until))
        })
    }

    fn history(&self, room: &RoomName, at: Anchor, limit: usize, who: UserId) -> Answer<Page> {
        let room = room.clone();
        self.read(Lane::Page, who, move |connection| {
            in_snapshot(connection, |connection| reader::history(connection, &room, at, limit, who))
        })
    }

    fn thread(&self, room: &RoomName, root: u64, at: Anchor, limit: usize, who: UserId) -> Answer<Page> {
        let room = room.clone();
        self.read(Lane::Page, who, move |connection| {
            in_snapshot(connection, |connection| reader::thread(connection, &room, root, at, limit, who))
        })
    }

    fn reactions(&self, room: &RoomName, message: u64, who: UserId) -> Answer<Vec<Reaction>> {
        let room = room.clone();
        self.read(Lane::Page, who, move |connection| {
            in_snapshot(connection, |connection| reader::reactions(connection, &room, message, who))
        })
    }

    fn directory(&self, request: DirectoryRequest) -> Answer<DirectoryPage> {
        self.read(Lane::Page, request.who, move |connection| {
            in_snapshot(connection, |connection| Ok(rooms::directory(connection, &request)?))
        })
    }
}

impl SearchIndex for SqliteLog {
    fn search(&self, search: Search) -> Answer<Page> {
        let who = search.who;
        let (read, answer) = reading(move |connection| {
            in_snapshot(connection, |connection| reader::find(connection, &search))
        });
        let Shared { jobs, reads, upkeep, .. } = &*self.shared;
        if upkeep.unindexed() == 0 {
            enter(reads, Lane::Search, who, read);
            return answer;
        }
        // The index follows the log by a second; who searches does not have to know that. If it cannot be written, or has
        // too much to follow, what is in it is found.
        let reads = Arc::clone(reads);
        let then = Continuation(Box::new(move |_| enter(&reads, Lane::Search, who, read)));
        let (entry, until) = (upkeep.last(), Instant::now() + INDEX_WAIT);
        if let Err(job) = jobs.push(Job::Follow { entry, until, then }) {
            job.refuse(|| Error::log("the log is closed"));
        }
        answer
    }
}
