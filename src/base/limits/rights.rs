//! The limits of roles, bans and invitations.

use std::time::Duration;

use super::{PRICE_MESSAGE, Rate};

/// Invitations that are good at once: more is no list that somebody looks through. Of some 100 bytes each.
pub(crate) const INVITATIONS: usize = 256;

/// How many people one invitation may be for: a school. More are invited by one that is not counted.
pub(crate) const INVITATION_USES: u64 = 10_000;

/// Measures that are recorded: of some 100 bytes each, a megabyte. The oldest goes for one more.
pub(crate) const AUDIT_ENTRIES: usize = 10_000;

/// Measures, people and invitations on a page of them.
pub(crate) const RIGHTS_PAGE: usize = 100;

/// The longest reason of a ban. Characters.
pub(crate) const REASON_CHARS: usize = 200;

/// The longest text of a report beside the message. Characters.
pub(crate) const REPORT_CHARS: usize = 1_000;

/// Characters of a reported message that its report has: enough to decide whether to look at it.
pub(crate) const REPORT_QUOTE_CHARS: usize = 500;

/// A report costs as much as ten messages: moderators read each.
pub(crate) const PRICE_REPORT: u32 = 10 * PRICE_MESSAGE;

/// The longest time of a mute, a ban or an invitation that has an end: ten years, as a mistake in a number is none.
pub(crate) const MEASURE_TIME_MAX: Duration = Duration::from_secs(10 * 365 * 86_400);

/// Messages that are deleted at once of somebody who said too much. The rest is deleted by asking again.
pub(crate) const CLEARED_MESSAGES: usize = 1_000;

/// Characters of a private room's name behind what it begins with: 100 random bits, which nobody guesses.
pub(crate) const PRIVATE_NAME_CHARS: usize = 20;

/// People of a private room. More are no private circle: a closed door serves them.
pub(crate) const PRIVATE_PEOPLE: usize = 256;

/// People of a direct room, so that all their names stand above it.
pub(crate) const DIRECT_PEOPLE: usize = 8;

/// Private rooms of somebody: more is no list that somebody looks through.
pub(crate) const PRIVATE_ROOMS: usize = 1_000;

/// Private rooms on a page of them.
pub(crate) const PRIVATE_ROOMS_PAGE: usize = 64;

/// The bits that the addresses of one ban have in common, at least: more than a provider has are banned by no mistake.
pub(crate) const BAN_BITS_V4: u8 = 8;
pub(crate) const BAN_BITS_V6: u8 = 20;

/// Bans of addresses at once. Each new connection is compared with all of them.
pub(crate) const ADDRESS_BANS: usize = 1_000;

/// Characters of a chat's password. Fewer are guessed; more than a sentence is a mistake of whoever pastes.
pub(crate) const PASSWORD_CHARS_MIN: usize = 8;
pub(crate) const PASSWORD_CHARS_MAX: usize = 128;

/// Bytes of the random salt with which a password is hashed, and of its hash (RFC 8018, 4.1).
pub(crate) const PASSWORD_SALT_BYTES: usize = 16;
pub(crate) const PASSWORD_HASH_BYTES: usize = 32;

/// Rounds of the hash of a password: 30 ms of a processor, in which a copy of the store is tried with 30 words a second by each. More
/// would have those wait who come in, and the chat itself stands in the same store. The number is the same for ever: hashes are kept.
pub(crate) const PASSWORD_ROUNDS: u32 = 100_000;

/// Guesses of a password from one address, from this machine and the networks around it as well: a class that comes at once types
/// it right, which costs nothing, and some of them wrong. Then one every two seconds, 30 a minute: of eight letters drawn at
/// random half are tried after 6,000 years.
pub(crate) const PASSWORD_GUESSES: Rate = Rate { burst: 20, per_second: 0.5 };

/// What a guess costs a connection, in thousandths of a message: it is work for others.
pub(crate) const PRICE_GUESS: u32 = 4 * PRICE_MESSAGE;

/// Guesses that wait to be compared, on the whole server: two seconds' worth. One is compared at a time, so that no number of them
/// takes more than one processor.
pub(crate) const GUESSES_WAITING: usize = 64;

/// Time after which a client is told to try again when that many wait.
pub(crate) const GUESSES_WAIT: Duration = Duration::from_secs(3);

const _: () = assert!(PASSWORD_GUESSES.burst as f64 + 60.0 * PASSWORD_GUESSES.per_second <= 60.0);
