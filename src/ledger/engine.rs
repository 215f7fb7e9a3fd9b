//! The engine: what carries the order. It may do to what is published whatever it likes (`origin`), and to what is followed
//! (`follower`): nothing rests on it but that two machines never hear two messages at one position for good.

use std::fmt;
use std::sync::Arc;

use crate::ledger::origin::Publish;

/// A log of messages that several machines append to and follow.
pub(crate) trait Engine: Send + Sync + fmt::Debug + 'static {
    /// Appends a message: it may be lost, land late, twice, or before one that was published earlier. Never waits.
    fn append(&self, publish: Publish);

    /// Tells the order from the message at a position on, and of each message that is appended from then on. Whoever followed
    /// for this machine before is told no more. Never waits.
    fn follow(&self, from: u64, heard: Arc<dyn Fn(Event) + Send + Sync>);
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
    /// A message was refused for sure: no copy of it was taken.
    Refused(String),
}
