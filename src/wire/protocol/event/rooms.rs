//! What is told of rooms that a client need not be in: the directory, and somebody's own list.

use serde::Serialize;

use crate::base::room_name::RoomName;
use crate::base::room_rules::{RoomRules, Writers};

/// Rooms that are listed.
#[derive(Debug, Serialize)]
pub(crate) struct Directory<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<&'a RoomName>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) query: &'a str,
    pub(crate) rooms: Vec<RoomSummary<'a>>,
    /// After which room to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<&'a RoomName>,
}

/// A room as the directory has it.
#[derive(Debug, Serialize)]
pub(crate) struct RoomSummary<'a> {
    pub(crate) room: &'a RoomName,
    pub(crate) title: &'a str,
    pub(crate) topic: &'a str,
    /// How many people are in it now.
    pub(crate) people: usize,
    /// The time of its last message.
    pub(crate) last: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) archived: bool,
}

/// Those of a room's rules that are not as everywhere.
#[derive(Debug, Serialize)]
pub(crate) struct RulesSummary {
    #[serde(skip_serializing_if = "Option::is_none")]
    writers: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slow: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    archived: bool,
}

impl RulesSummary {
    /// None where all are as everywhere.
    pub(crate) fn of(rules: RoomRules) -> Option<Self> {
        let RoomRules { writers, slow, archived, .. } = rules;
        let writers = Some(writers).filter(|writers| *writers != Writers::default());
        let summary = Self {
            writers: writers.map(Writers::as_str),
            slow: Some(slow).filter(|slow| *slow > 0),
            archived,
        };
        (rules != RoomRules::default()).then_some(summary)
    }
}

/// Rooms on somebody's list.
#[derive(Debug, Serialize)]
pub(crate) struct KeptRooms<'a> {
    pub(crate) epoch: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<&'a RoomName>,
    pub(crate) rooms: Vec<KeptRoom<'a>>,
    /// After which room to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<&'a RoomName>,
    /// They have neither spoken nor taken a name, and no list is kept for them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) visitor: bool,
}

/// A room on somebody's list.
#[derive(Debug, Serialize)]
pub(crate) struct KeptRoom<'a> {
    pub(crate) room: &'a RoomName,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) title: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) favourite: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) muted: bool,
    /// The time of its last message.
    pub(crate) last: Option<u64>,
    /// None of the three for a room that the client is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) read: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unread: Option<u32>,
    #[serde(skip_serializing_if = "<[u64]>::is_empty")]
    pub(crate) mentions: &'a [u64],
}
