//! The limits of what is said about rooms: their names, titles and topics, and their directory.

use super::{PAGE_MESSAGES, ROOMS_A_CLIENT, STEP_ROWS};

/// Longest name of a room, in characters.
pub(crate) const ROOM_NAME_CHARS: usize = 64;

/// Longest title of a room, in characters: it stands where the name would, in a list that is a phone's width.
pub(crate) const TITLE_CHARS: usize = 64;

/// Longest topic of a room, in characters.
pub(crate) const TOPIC_CHARS: usize = 250;

/// Seconds between two messages of one person in a room in slow mode, at most: six hours, as longer is a room that is locked.
pub(crate) const SLOW_MAX: u32 = 6 * 3_600;

/// Turns of slow mode that are forgotten with one more that is noted: more than one, so that they do not heap up.
pub(crate) const TURNS_FORGOTTEN: usize = 16;

/// Rooms on a page of the directory: with the longest topics, as many bytes as a page of history.
pub(crate) const DIRECTORY_ROOMS: usize = 100;

/// Rooms that are looked at for a page of the directory, most of which a query may leave out: some milliseconds.
pub(crate) const DIRECTORY_LOOKS: usize = 1_024;

/// Rooms on somebody's list, which is kept for all their devices: a row of a hundred bytes each.
pub(crate) const KEPT_ROOMS: usize = 256;

/// Rooms on a page of somebody's list. What is unread is counted in each, so a page costs about as much as one of history.
pub(crate) const KEPT_PAGE: usize = 32;

/// Messages after a read marker that are looked at to count the unread of a room on somebody's list, the newest first: a few
/// more than the 99 that a page shows, as their own may be among them.
pub(crate) const KEPT_UNREAD_ROWS: usize = 128;

const _: () = assert!(KEPT_PAGE <= KEPT_ROOMS && KEPT_ROOMS <= STEP_ROWS && ROOMS_A_CLIENT <= KEPT_ROOMS);
const _: () = assert!(TITLE_CHARS <= TOPIC_CHARS);
const _: () = assert!(DIRECTORY_ROOMS <= PAGE_MESSAGES && DIRECTORY_ROOMS <= DIRECTORY_LOOKS);
const _: () = assert!(DIRECTORY_LOOKS <= STEP_ROWS);
