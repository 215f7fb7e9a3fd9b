//! The limit of mentions.

use super::{COMMAND_BYTES, JSON_BYTES_A_CHAR, NAME_CHARS};

/// Names that a message mentions as people. Whoever writes to more of them writes to the room; and a page of history has up to
/// a hundred such messages.
pub(crate) const MENTIONS: usize = 20;

/// Bytes of a pair beside its name: the id, and what JSON has around both.
const PAIR_BYTES: usize = 32;

const _: () = assert!(MENTIONS * (NAME_CHARS * JSON_BYTES_A_CHAR + PAIR_BYTES) < COMMAND_BYTES);
