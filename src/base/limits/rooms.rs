//! The limits of what is said about rooms: their names, titles and topics, and their directory.

use super::{PAGE_MESSAGES, STEP_ROWS};

/// Longest name of a room, in characters.
pub(crate) const ROOM_NAME_CHARS: usize = 64;

/// Longest title of a room, in characters: it stands where the name would, in a list that is a phone's width.
pub(crate) const TITLE_CHARS: usize = 64;

/// Longest topic of a room, in characters.
pub(crate) const TOPIC_CHARS: usize = 250;

/// Rooms on a page of the directory: with the longest topics, as many bytes as a page of history.
pub(crate) const DIRECTORY_ROOMS: usize = 100;

/// Rooms that are looked at for a page of the directory, most of which a query may leave out: some milliseconds.
pub(crate) const DIRECTORY_LOOKS: usize = 1_024;

const _: () = assert!(TITLE_CHARS <= TOPIC_CHARS);
const _: () = assert!(DIRECTORY_ROOMS <= PAGE_MESSAGES && DIRECTORY_ROOMS <= DIRECTORY_LOOKS);
const _: () = assert!(DIRECTORY_LOOKS <= STEP_ROWS);
