//! The log: everything that happens in a room is an entry with a sequence number. Knows rooms only by
//! name, and no socket.

use std::fmt;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use crate::error::Error;
use crate::room_name::RoomName;

mod memory;

pub use memory::MemoryLog;

/// An entry that is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its place in the room's order. Grows; may skip numbers.
    pub seq: u64,
    /// When it was appended, in Unix milliseconds. For people; the order is `seq`.
    pub at: u64,
    /// The room it is in.
    pub room: RoomName,
    /// What was said.
    pub text: Box<str>,
}

impl Entry {
    /// What was said.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// An entry that is not in the log yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// The room it goes to.
    pub room: RoomName,
    /// What is said.
    pub text: Box<str>,
}

impl Draft {
    /// A message for a room.
    pub fn message(room: &RoomName, text: &str) -> Self {
        Self { room: room.clone(), text: text.into() }
    }
}

/// What an append came to: the entry is in the log, and stays there as surely as the log promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The entry's sequence number.
    pub seq: u64,
}

/// The answer to an append, which comes when it comes: at once from memory, after a sync from a disk,
/// after a quorum from a cluster. Await it, or drop it: the append goes on.
#[derive(Debug)]
pub struct Receipt(ReceiptKind);

#[derive(Debug)]
enum ReceiptKind {
    Now(Ready<Result<Appended, Error>>),
    Later(oneshot::Receiver<Result<Appended, Error>>),
}

impl Receipt {
    /// An answer that is known already.
    pub fn now(answer: Result<Appended, Error>) -> Self {
        Self(ReceiptKind::Now(ready(answer)))
    }

    /// An answer that a log's own thread or task gives later.
    pub fn later(answer: oneshot::Receiver<Result<Appended, Error>>) -> Self {
        Self(ReceiptKind::Later(answer))
    }
}

impl Future for Receipt {
    type Output = Result<Appended, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            ReceiptKind::Now(answer) => Pin::new(answer).poll(cx),
            ReceiptKind::Later(answer) => Pin::new(answer).poll(cx).map(|answer| {
                answer.unwrap_or_else(|_| Err(Error::log("the log was closed before it answered".into())))
            }),
        }
    }
}

/// An ordered, append-only log. Appending and delivering are two things: an append is answered by its
/// [`Receipt`]; whoever listens hears an entry only when the log delivers it.
pub trait Log: Send + Sync + fmt::Debug + 'static {
    /// Says whom to deliver to. Called once, before the first append.
    ///
    /// Entries are delivered in batches, one batch at a time, each entry once, in the order of their
    /// sequence numbers; an entry whose receipt promises more than memory only after that was kept.
    fn deliver_to(&self, deliver: Arc<dyn Deliver>);

    /// Appends an entry. Never waits: the answer comes by the receipt.
    fn append(&self, draft: Draft) -> Receipt;
}

/// Whom a log delivers to.
pub trait Deliver: Send + Sync + fmt::Debug + 'static {
    /// Takes the next entries of the log. Never waits.
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>);
}
