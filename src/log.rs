//! The log: everything that happens in a room is an entry with a sequence number; the present state is a fold
//! of it. Knows rooms only by name, and no socket.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Draft, Present, Record};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};

mod answer; // answers that come at once or later
mod deliver; // who hears what the log has kept, in order
mod rules; // what every log decides in the same way
mod directory; // people who are known in memory alone
mod memory; // the log that keeps nothing
mod sqlite; // the log on a disk

pub use answer::{Answer, Appended, Receipt};
pub use deliver::Deliver;
pub use memory::MemoryLog;
pub use sqlite::{Checked, Format, Imported, Keep, Progress, SqliteLog, Store, StoreOptions};

use deliver::Deliveries;

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
