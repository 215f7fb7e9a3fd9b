//! Places in the log: how far a client has come, and around which message a page of the history is.

/// How far a client has read a room: in which chat, and up to which entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cursor {
    /// The epoch of the log that the number is from.
    pub epoch: String,
    /// The number of the last entry that the client has.
    pub seq: u64,
    /// When that entry was made, in Unix milliseconds, if the client knows: by a number alone, an entry that is lost and the one
    /// that has its number now are the same.
    pub at: Option<u64>,
    /// The greatest number that the client knows from anywhere in the chat, if it says.
    pub(crate) known: Option<u64>,
}

impl Cursor {
    /// The place after an entry of the chat with this epoch.
    pub fn new(epoch: impl Into<String>, seq: u64) -> Self {
        Self { epoch: epoch.into(), seq, at: None, known: None }
    }

    /// The greatest number that its client knows.
    pub(crate) fn greatest(&self) -> u64 {
        self.known.unwrap_or_default().max(self.seq)
    }

    /// Whether its client knows of more than an entry of this log.
    pub(crate) fn is_ahead_of(&self, last: u64) -> bool {
        self.known.is_some_and(|known| known > last)
    }
}

/// Which page of a room's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anchor {
    /// The newest messages.
    Newest,
    /// The messages before this number.
    Before(u64),
    /// The messages after this number.
    After(u64),
    /// The messages on both sides of this number, and the one that has it.
    Around(u64),
}
