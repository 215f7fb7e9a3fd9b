//! The limits of roles, bans and invitations.

use std::time::Duration;

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

/// The longest time of a mute, a ban or an invitation that has an end: ten years, as a mistake in a number is none.
pub(crate) const MEASURE_TIME_MAX: Duration = Duration::from_secs(10 * 365 * 86_400);

/// Messages that are deleted at once of somebody who said too much. The rest is deleted by asking again.
pub(crate) const CLEARED_MESSAGES: usize = 1_000;
