//! The engine: what carries the order. It may do to what is published whatever it likes (`origin`), and to what is followed
//! (`follower`): nothing rests on it but that two machines never hear two messages at one position for good.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::base::error::Error;
use crate::ledger::origin::Publish;

/// Takes what an engine tells; false when there is no room for it now. It is told again then, before anything else, or the consumer
/// ends.
pub(crate) type Hear = Arc<dyn Fn(Event) -> bool + Send + Sync>;

/// Takes what is said on a topic.
pub(crate) type HearTopic = Arc<dyn Fn(&[u8]) + Send + Sync>;

/// A log of messages that several machines append to and follow.
pub(crate) trait Engine: Send + Sync + fmt::Debug + 'static {
    /// Appends a message: it may be lost, land late, twice, or before one that was published earlier. Never waits.
    fn append(&self, publish: Publish);

    /// Tells the order from the message at a position on, and of each message that is appended from then on. Whoever followed
    /// for this machine before is told no more. Never waits.
    fn follow(&self, from: u64, heard: Hear);

    /// How far the order goes back, and how full it is. Waits.
    ///
    /// # Errors
    /// The engine does not answer.
    fn extent(&self) -> Result<Extent, Error>;

    /// Lets go of the messages before a position. Waits.
    ///
    /// # Errors
    /// The engine does not answer; it may have let go of them.
    fn trim(&self, before: u64) -> Result<(), Error>;

    /// Keeps the store in a file as the snapshot that has applied all up to a position. It is there whole when this returns.
    /// Waits.
    ///
    /// # Errors
    /// The file cannot be read, or the engine does not take it.
    fn put_snapshot(&self, position: u64, file: &Path) -> Result<(), Error>;

    /// The positions of the snapshots that are there whole, the oldest first. Waits.
    ///
    /// # Errors
    /// The engine does not answer.
    fn snapshots(&self) -> Result<Vec<u64>, Error>;

    /// Writes a snapshot to a file. Waits.
    ///
    /// # Errors
    /// There is none of this position, the engine does not give it whole, or the file cannot be written.
    fn get_snapshot(&self, position: u64, to: &Path) -> Result<(), Error>;

    /// What a receipt means with this engine, and what whoever runs the chat should know, as lines. None before it has answered.
    fn promise(&self) -> Option<Arc<str>> {
        None
    }

    /// Says something to the machines that hear a topic. It may be lost, and is no part of the order. Never waits.
    fn shout(&self, topic: &str, said: Vec<u8>);

    /// Gives what other machines say on a topic to a function from now on; with None to nobody. Never waits.
    fn hear(&self, topic: &str, heard: Option<HearTopic>);
}

/// What an engine has of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The position of the first message that it still has, or of the next where it has none.
    pub(crate) first: u64,
    pub(crate) bytes: u64,
    /// Bytes after which it takes no more.
    pub(crate) bytes_max: u64,
}

/// A thing that an engine tells.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A message of the order.
    Message {
        position: u64,
        /// The engine's time for it, in Unix milliseconds.
        at: u64,
        bytes: Arc<[u8]>,
    },
    /// The order ends before the position that was asked for: what was there is lost.
    EndsBefore,
    /// The order does not go back any more to the position that was asked for.
    Trimmed,
    /// Nothing more is told: a link or a server has failed. The order is asked for again.
    Ended,
    /// A message was refused for sure: no copy of it was taken.
    Refused(String),
}
