//! What clients are told of people's rights.

use serde::Serialize;

use crate::base::rights::{Invitation, InvitationId, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::User;

/// Somebody, and how they stand.
#[derive(Debug, Serialize)]
pub(crate) struct PersonStanding<'a> {
    user: &'a User,
    pub(crate) role: &'static str,
    /// Until when they may not write. Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    muted: Option<u64>,
    /// Until when they may not come in. Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    banned: Option<u64>,
    /// The addresses that were banned with them, just now.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    addresses: &'a [String],
}

impl<'a> PersonStanding<'a> {
    /// With the addresses that were banned with them.
    pub(crate) fn with(self, addresses: &'a [String]) -> Self {
        Self { addresses, ..self }
    }

    /// What has ended is not told.
    pub(crate) fn of(user: &'a User, standing: &Standing, now: u64) -> Self {
        Self {
            user,
            role: standing.role.as_str(),
            muted: standing.muted.filter(|until| now < *until),
            banned: standing.banned.filter(|until| now < *until),
            addresses: &[],
        }
    }
}

/// An invitation, without its code.
#[derive(Debug, Serialize)]
pub(crate) struct InvitationSummary<'a> {
    pub(crate) id: String,
    pub(crate) role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<&'a RoomName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) uses: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<u64>,
    /// Its maker; none for the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<&'a User>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<u64>,
}

impl<'a> InvitationSummary<'a> {
    /// One that was made just now.
    pub(crate) fn of(invitation: &'a Invitation) -> Self {
        let Invitation { role, room, uses, until, .. } = invitation;
        Self::listed(invitation.id(), role.as_str(), room.as_ref(), *uses, *until)
    }

    pub(crate) fn listed(
        id: InvitationId,
        role: &'static str,
        room: Option<&'a RoomName>,
        uses: Option<u32>,
        until: Option<u64>,
    ) -> Self {
        Self { id: id.to_string(), role, room, uses, until, by: None, at: None }
    }
}

/// A measure that was taken.
#[derive(Debug, Serialize)]
pub(crate) struct AuditLine<'a> {
    pub(crate) id: u64,
    pub(crate) at: u64,
    /// None for the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<&'a User>,
    pub(crate) action: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user: Option<&'a User>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<u64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) detail: &'a str,
}

/// A private room.
#[derive(Debug, Serialize)]
pub(crate) struct PrivateRoomSummary<'a> {
    room: &'a RoomName,
    /// It is of the same people for ever.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    direct: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    people: &'a [User],
    /// When its last message was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<u64>,
}

impl<'a> PrivateRoomSummary<'a> {
    /// One of which only the people are told.
    pub(crate) fn of(room: &'a RoomName, people: &'a [User]) -> Self {
        Self { room, direct: room.is_direct(), title: "", people, last: None }
    }

    pub(crate) fn listed(room: &'a RoomName, title: &'a str, people: &'a [User], last: Option<u64>) -> Self {
        Self { title, last, ..Self::of(room, people) }
    }
}

/// A ban of addresses.
#[derive(Debug, Serialize)]
pub(crate) struct AddressBanSummary<'a> {
    pub(crate) addresses: String,
    pub(crate) until: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) reason: &'a str,
}
