//! The rooms that somebody keeps on their list, page after page. Knows no storage.

use crate::base::keeping::Keeping;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;

/// Somebody asks for their list of rooms.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct KeptRequest {
    /// Whose list.
    pub who: UserId,
    /// Only rooms whose names come after this one.
    pub after: Option<RoomName>,
    /// How many at most.
    pub limit: usize,
    /// The rooms of which they know what is unread, as they are in them: it is not counted again.
    pub open: Vec<RoomName>,
}

/// A part of somebody's list.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptPage {
    /// The rooms, in the order of their names.
    pub rooms: Vec<KeptRoom>,
    /// After which room to go on.
    pub next: Option<RoomName>,
    /// They have neither spoken nor taken a name: nothing is kept for them.
    pub is_visitor: bool,
}

/// A room on somebody's list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptRoom {
    /// Which room.
    pub room: RoomName,
    /// How it is kept.
    pub keeping: Keeping,
    /// Its title; empty for none.
    pub title: Box<str>,
    /// The time of its last message, in Unix milliseconds.
    pub last: Option<u64>,
    /// What is unread there; None for a room that they are in.
    pub unread: Option<Unread>,
}

/// What somebody has not read in a room.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// How far they have read; 0 where they never did, and then nothing is unread.
    pub read: u64,
    /// Messages of others after that, among the latest.
    pub count: u32,
    /// Those of them that mention them, oldest first.
    pub mentions: Vec<u64>,
}
