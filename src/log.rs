//! The log: everything that happens in a room is an entry with a sequence number; the present state is a fold
//! of it. Knows rooms only by name, and no socket.

use std::fmt;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Draft, Entry, Present, Record};
use crate::base::error::Error;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};

mod rules;
mod directory;
mod memory;
mod sqlite;

pub use memory::MemoryLog;
pub use sqlite::{Checked, Format, Imported, Keep, Progress, SqliteLog, Store, StoreOptions};

/// What an append came to: the entry is in the log, and stays there as surely as the log promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Appended {
    /// The entry's sequence number.
    pub seq: u64,
}

/// An answer that comes when it comes: at once from memory, after a sync from a disk, after a quorum from a
/// cluster. Await it, or drop it: what was asked for goes on.
#[derive(Debug)]
pub struct Answer<T>(AnswerKind<T>);

/// The answer to an append.
pub type Receipt = Answer<Appended>;

#[derive(Debug)]
enum AnswerKind<T> {
    Now(Ready<Result<T, Error>>),
    Later(oneshot::Receiver<Result<T, Error>>),
    Timed(oneshot::Receiver<(Result<T, Error>, Duration)>),
}

impl<T> Answer<T> {
    /// An answer that is known already.
    pub fn now(answer: Result<T, Error>) -> Self {
        Self(AnswerKind::Now(ready(answer)))
    }

    /// An answer that a log's own thread or task gives later.
    pub fn later(answer: oneshot::Receiver<Result<T, Error>>) -> Self {
        Self(AnswerKind::Later(answer))
    }
}

impl<T> Answer<T> {
    /// The answer, if it was known from the start.
    pub(crate) fn known(self) -> Result<Result<T, Error>, Self> {
        match self.0 {
            AnswerKind::Now(answer) => Ok(answer.into_inner()),
            later => Err(Self(later)),
        }
    }

    /// An answer that is given later, with the time that the work for it takes.
    pub(crate) fn timed(answer: oneshot::Receiver<(Result<T, Error>, Duration)>) -> Self {
        Self(AnswerKind::Timed(answer))
    }

    /// The answer, and the time that the work for it took, not counting that it had to wait; none when it is not known.
    pub(crate) fn poll_timed(&mut self, cx: &mut Context<'_>) -> Poll<(Result<T, Error>, Duration)> {
        let closed = || Err(Error::log("the log was closed before it answered"));
        match &mut self.0 {
            AnswerKind::Now(answer) => Pin::new(answer).poll(cx).map(|answer| (answer, Duration::ZERO)),
            AnswerKind::Later(answer) => {
                Pin::new(answer).poll(cx).map(|answer| (answer.unwrap_or_else(|_| closed()), Duration::ZERO))
            }
            AnswerKind::Timed(answer) => {
                Pin::new(answer).poll(cx).map(|answer| answer.unwrap_or_else(|_| (closed(), Duration::ZERO)))
            }
        }
    }
}

impl<T> Unpin for Answer<T> {}

impl<T> Future for Answer<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_timed(cx).map(|(answer, _)| answer)
    }
}

/// An ordered, append-only log, and the state that it comes to. Appending and delivering are two things: an
/// append is answered by its [`Receipt`]; whoever listens hears an entry only when the log delivers it.
pub trait Log: Send + Sync + fmt::Debug + 'static {
    /// Says whom to deliver to, for as long as somebody else holds it; gives the number of the last entry that was kept
    /// before. What is kept from then on is delivered. Each that was named is delivered everything.
    ///
    /// Entries are delivered in batches, one batch at a time, each entry once, in the order of their
    /// sequence numbers; an entry whose receipt promises more than memory only after that was kept.
    fn deliver_to(&self, deliver: Arc<dyn Deliver>) -> u64;

    /// Ready when the log keeps up with what is appended; whoever reads a socket asks before it reads on. `asked` is
    /// the asking task's own, and begins as 0.
    fn poll_ready(&self, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        let _ = (asked, cx);
        Poll::Ready(())
    }

    /// Appends an entry. Never waits: the answer comes by the receipt. A message that its user said already in
    /// that room, by its `cid`, is not said again: the answer is its first receipt.
    fn append(&self, draft: Draft) -> Receipt;

    /// Which log this is: numbers of another epoch mean nothing here.
    fn epoch(&self) -> &str;

    /// What the tokens of this chat are signed with.
    fn secret(&self) -> &Secret;

    /// Whether entries can be read again.
    fn keeps(&self) -> bool;

    /// Makes a user known: one who came back, or somebody new, by the name that was asked for if it is free.
    fn greet(&self, who: UserId, name: Option<Name>) -> Answer<User>;

    /// Gives a user another name, and tells these rooms.
    fn rename(&self, who: UserId, name: Name, rooms: Vec<RoomName>) -> Answer<User>;

    /// Moves a user's read marker in a room; it only grows. Gives where it is now.
    fn mark(&self, who: UserId, room: &RoomName, seq: u64) -> Answer<u64>;

    /// What a client needs to begin in a room, from its cursor if that is possible.
    fn join(&self, request: JoinRequest) -> Answer<JoinState>;

    /// The entries of a room after `after` and up to `until`, or the first of them.
    fn replay(&self, room: &RoomName, after: u64, until: u64) -> Answer<Replay>;

    /// A page of a room's messages in their present state, oldest first.
    fn history(&self, room: &RoomName, at: Anchor, limit: usize, who: UserId) -> Answer<Page>;

    /// Messages that a query finds, in their present state, newest first.
    fn search(&self, search: Search) -> Answer<Page>;
}

/// Whom a log delivers to, and how far it has. Behind a lock of the log, so that each hears all that is kept after it was
/// named, in order.
#[derive(Debug, Default)]
struct Deliveries {
    to: Vec<Weak<dyn Deliver>>,
    /// The last entry that was kept, whether or not there was anyone to hear it.
    last: u64,
}

impl Deliveries {
    /// A log whose last entry is this.
    fn after(last: u64) -> Self {
        Self { to: Vec::new(), last }
    }

    /// Names somebody; gives the last entry that they are not delivered.
    fn add(&mut self, deliver: &Arc<dyn Deliver>) -> u64 {
        self.to.retain(|one| one.strong_count() > 0);
        self.to.push(Arc::downgrade(deliver));
        self.last
    }

    /// Whether one of these knows a user to be connected.
    fn is_here(&self, who: UserId) -> bool {
        self.to.iter().filter_map(Weak::upgrade).any(|one| one.is_here(who))
    }

    /// Delivers what was kept, up to the entry of this number.
    fn deliver(&mut self, last: u64, mut entries: impl Iterator<Item = Entry>) {
        self.last = last;
        match &self.to[..] {
            [one] => {
                if let Some(one) = one.upgrade() {
                    one.deliver(&mut entries);
                }
            }
            all => {
                let entries: Vec<Entry> = if all.is_empty() { Vec::new() } else { entries.collect() };
                for one in all.iter().filter_map(Weak::upgrade) {
                    one.deliver(&mut entries.iter().cloned());
                }
            }
        }
    }
}

/// Whom a log delivers to.
pub trait Deliver: Send + Sync + fmt::Debug + 'static {
    /// Takes the next entries of the log. Never waits.
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>);

    /// Whether a user is connected: the log takes nobody's name who is. Called under locks of the log: it must not wait,
    /// nor call into the log.
    fn is_here(&self, who: UserId) -> bool {
        let _ = who;
        false
    }
}

/// A client wants to begin in a room.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct JoinRequest {
    /// Which room.
    pub room: RoomName,
    /// Who.
    pub who: UserId,
    /// Where the client is, if it was here before.
    pub cursor: Option<Cursor>,
    /// The last entry that is read; those after it are delivered.
    pub until: u64,
    /// Entries that a resume may have at most.
    pub max: usize,
}

/// What a client begins with in a room.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct JoinState {
    /// The room's topic.
    pub topic: Box<str>,
    /// The user's read marker there; 0 for none.
    pub read: u64,
    /// Messages of others after it; none without a marker.
    pub unread: u32,
    /// The oldest entry that is kept; 0 for none.
    pub oldest: u64,
    /// The client's cursor is of no use: `records` are the latest messages instead.
    pub reset: bool,
    /// What follows first, oldest first.
    pub records: Vec<Record>,
    /// After which entry to go on with [`Log::replay`].
    pub more: Option<u64>,
}

/// A piece of a replay.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replay {
    /// The entries, oldest first.
    pub records: Vec<Record>,
    /// After which entry to go on.
    pub more: Option<u64>,
    /// Entries between the pieces are not kept any more: the client has to start anew.
    pub broken: bool,
}

/// Messages in their present state.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Page {
    /// The messages.
    pub messages: Vec<Present>,
    /// Whether there are more in the direction that was asked for; around a message: older ones.
    pub more: bool,
    /// Around a message: whether there are newer ones.
    pub newer: Option<bool>,
}

/// What somebody looks for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Search {
    /// The rooms that are looked through.
    pub rooms: Vec<RoomName>,
    /// Words, "phrases", `from:`, `in:`, `before:`, `after:`.
    pub query: Box<str>,
    /// Only messages before this number.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: usize,
    /// Who asks.
    pub who: UserId,
}
