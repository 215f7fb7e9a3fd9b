//! The limits of who is in a room, and of what is said of them.

use std::time::Duration;

/// Members up to whom a room names who comes and goes; above, it only counts them.
pub(crate) const PEOPLE_NAMED: usize = 200;

/// Time between two tellings of who came and went, for each of the room's people: all rooms alike spend a thousand
/// deliveries a second on it. And the longest, which a room of ten thousand reaches.
pub(crate) const PEOPLE_PERIOD_EACH: Duration = Duration::from_millis(1);
pub(crate) const PEOPLE_PERIOD_MAX: Duration = Duration::from_secs(10);

/// Time between two signs that somebody is typing; more are dropped. Readers let it expire after twice this.
pub(crate) const TYPING_PERIOD: Duration = Duration::from_secs(3);

/// Bytes of signs (who is typing) that one batch of a room carries; more are lost.
pub(crate) const NOTICE_BYTES: usize = 16 * 1024;
