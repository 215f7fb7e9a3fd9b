//! Figures of a store, for whoever watches over it.

/// The size of a store, and how far its search index is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreFigures {
    /// Bytes of its file.
    pub bytes: u64,
    /// Bytes of the write-ahead log's file.
    pub wal_bytes: u64,
    /// Bytes that are free in its file system; none where that is not known.
    pub free_bytes: Option<u64>,
    /// Transactions since the log was opened.
    pub commits: u64,
    /// Entries and changed messages that the search index has not come to.
    pub unindexed: u64,
}
