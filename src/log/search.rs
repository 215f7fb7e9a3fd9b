//! Search over a log: a reader of its entries, which may be a little behind them.

use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::answer::Answer;
use crate::log::entries::Page;
use crate::log::sealed::Sealed;

/// Finds messages of a log.
///
/// # What every log promises
///
/// - Messages in their present state, newest first, of the rooms that are named and no others. A deleted message is not found,
///   nor is an edited one by words that it no longer has.
/// - A query that finds nothing whatever was said is refused with `bad_query`, and says what may be asked for.
/// - A log that keeps nothing refuses with `no_history`.
pub trait SearchIndex: Sealed {
    /// Messages that a query finds.
    fn search(&self, search: Search) -> Answer<Page>;
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
    /// The user who asks.
    pub who: UserId,
}
