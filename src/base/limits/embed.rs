//! Limits of what an application does with the chat that is a part of it: what it hears, and how its users are called.

/// Entries, and bytes of their text, that wait for a program that hears all rooms. With more it reads them from the log: some
/// seconds of a busy chat, in as much memory as a slow client has.
pub(crate) const FEED_ENTRIES: usize = 1_024;
pub(crate) const FEED_BYTES: usize = 1024 * 1024;

/// Guests' names for one id that are known again as such. In a chat with as many guests as there are plain names, few get a
/// later one.
pub(crate) const GUEST_ATTEMPTS: u64 = 8;

/// Numbers that are tried behind the name of an account, from 2 on, before one that its id gives. Each try is a write, and a
/// crowd of one name must not make all of them.
pub(crate) const NAMESAKES: u64 = 4;

/// The first of the numbers that the id gives, and how many of them there are: of four digits, as people know them from
/// other chats.
pub(crate) const NAMESAKE_FIRST: u64 = 1_000;
pub(crate) const NAMESAKE_NUMBERS: u64 = 9_000;
