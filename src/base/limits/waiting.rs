//! The limits of what waits for all clients together.

/// The part of the memory that may be used that may wait for clients: the rest is the store's pages, what is read for those who ask,
/// and what comes until the heartbeat looks again.
pub(crate) const WAITING_MEMORY_PART: u64 = 4;

/// When it is more, the parts of that of which one is freed at once, so that the next who does not read meets no server at its limit.
pub(crate) const SHED_PART: usize = 4;

const _: () = assert!(WAITING_MEMORY_PART > 1 && SHED_PART > 1);
