//! The limits of who is in a room, and of what is said of them.

use std::time::Duration;

use super::{BEAT_PERIOD, DIRECTORY_ROOMS, EMOJI_CHARS, MACHINE_GONE, NAME_CHARS, UTF8_BYTES_A_CHAR};

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

/// Time between two looks at what is to be said to the other machines: what happens meanwhile is said together.
pub(crate) const SHOUT_PACE: Duration = Duration::from_millis(50);

/// Time between two looks at all rooms, for what is due by itself.
pub(crate) const SHOUT_PERIOD: Duration = Duration::from_secs(1);

/// Time between two counts of people who are too many to be named.
pub(crate) const CROWD_PERIOD: Duration = Duration::from_secs(1);

/// Time after which a machine is asked again who is there. An answer may be lost as well.
pub(crate) const ASK_PERIOD: Duration = Duration::from_secs(1);

/// Time between two answers: many who ask at once are answered at once.
pub(crate) const ANSWER_PERIOD: Duration = Duration::from_millis(100);

/// Time for which a machine hears of a room in the directory that nobody there is in, after somebody has looked at it.
pub(crate) const LOOK_TIME: Duration = Duration::from_secs(60);

/// Time that the first who looks waits for the answers of the other machines: they come within that, or are seen at the
/// next look.
pub(crate) const LOOK_WAIT: Duration = Duration::from_millis(200);

/// Rooms that are heard of in that way: some pages of the directory. Of more, only the people here are counted.
pub(crate) const ROOMS_LOOKED_AT: usize = 1_024;

/// Machines of which a room knows the people: each may name [`PEOPLE_NAMED`].
pub(crate) const MACHINES_A_ROOM: usize = 256;

/// People whom a machine may count in a room, without naming them. No machine has as many connections.
pub(crate) const PEOPLE_COUNTED: usize = 10_000_000;

/// People of whom is said at once that they are typing; of more some are left out.
pub(crate) const TYPING_SAID: usize = 32;

/// Bytes of a name, and of an emoji, that another machine says.
pub(crate) const NAME_BYTES_SAID: usize = NAME_CHARS * UTF8_BYTES_A_CHAR;
pub(crate) const EMOJI_BYTES_SAID: usize = EMOJI_CHARS * UTF8_BYTES_A_CHAR;

const _: () = assert!(ANSWER_PERIOD.as_millis() + SHOUT_PACE.as_millis() < LOOK_WAIT.as_millis());
const _: () = assert!(DIRECTORY_ROOMS <= ROOMS_LOOKED_AT);
// A crowd's count is said at least as often as a beat. A beat may be lost, and the answer to a question.
const _: () = assert!(CROWD_PERIOD.as_secs() < BEAT_PERIOD.as_secs());
const _: () = assert!(PEOPLE_PERIOD_MAX.as_secs() + 2 * BEAT_PERIOD.as_secs() < MACHINE_GONE.as_secs());
// All who came and went, in a message that any engine takes.
const _: () = assert!(2 * PEOPLE_NAMED * (NAME_BYTES_SAID + EMOJI_BYTES_SAID + 16) < 128 * 1024);
