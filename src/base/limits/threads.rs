//! The limits of threads.

use super::REACTORS_NAMED;

/// People who are named with the number of replies: as many faces as stand beside it.
pub(crate) const REPLIERS_NAMED: usize = REACTORS_NAMED;

/// Replies that are looked at for those people, the latest first: a page may have a hundred threads.
pub(crate) const REPLIES_LOOKED_AT: usize = 32;

/// Rounds in which the roots of old replies are found. Each goes twice as far up a chain as the one before, and no number has as
/// many bits.
pub(crate) const THREAD_ROUNDS: usize = 64;

const _: () = assert!(REPLIERS_NAMED < REPLIES_LOOKED_AT);
const _: () = assert!(THREAD_ROUNDS >= u64::BITS as usize);
