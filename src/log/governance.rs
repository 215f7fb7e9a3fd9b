//! Governance: the roles of people, who is muted or banned, what guests may do, invitations, and what was done by whom.

use std::sync::Arc;

use crate::base::network::AddressBan;
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Invitation, InvitationId, Measure, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};
use crate::log::answer::Answer;
use crate::log::sealed::Sealed;

/// Who may do what in a chat, and who changes that.
///
/// # What every log promises
///
/// - **Measures are judged where they are applied**, by the roles that all measures before have given: on all machines of a chat
///   alike. What somebody may not do is refused with `not_allowed`; the operator, by whom a measure is without a user, may do all.
/// - **Whoever may not write** appends nothing but the deletion of what is their own: it is refused with `muted`, `read_only`,
///   `invitation_needed`, `password_needed` or `banned`. So is another name. What an application does by itself is not judged.
/// - **A moderator** may delete the messages of those whose role is below theirs.
/// - **An invitation** gives its role to whoever redeems it and has a lower one, as often and as long as it says; whoever has the
///   role already does not use it up. It is refused with `bad_invitation` once it is over. There are at most 256.
/// - **A password**, of which the hash is kept alone, makes members of guests while the door is by password; the door is not by
///   password before there is one. Another password takes nothing from those who are members.
/// - **A private room is its people's.** Whoever is not among them joins it neither nor appends to it: it is refused with
///   `members_only`, whether or not there is such a room. Its people add others; its maker takes others out, and everybody themselves. A
///   direct room is of the same people for ever.
/// - **A room's rules are its moderators'**: its entry of them is refused to others with `not_allowed`, and for a private room with
///   `bad_room`. By them, who does not write there is refused with `writers_only`, who writes again too early with `slow_mode`, and everybody
///   with `archived`. What is theirs all delete; where writers are restricted, the others react.
/// - **Everybody is told**: listeners hear of each measure by [`Deliver::changed`](crate::Deliver::changed), on each machine, before
///   it is answered.
/// - **What was done is recorded**, with who did it: a log that keeps has the latest 10,000 measures.
///   What happens in private rooms is not.
pub trait Governance: Sealed {
    /// What guests may do now.
    fn door(&self) -> Door;

    /// What is kept of the password; none where there never was one.
    fn password(&self) -> Answer<Option<PasswordHash>>;

    /// The bans of addresses that are not over, or were not when one of them changed.
    fn address_bans(&self) -> Arc<[AddressBan]>;

    /// How many owners the chat has.
    fn owners(&self) -> Answer<u64>;

    /// How somebody stands.
    fn standing(&self, who: UserId) -> Answer<Standing>;

    /// Whether somebody may come into a room: it is not private, or they are among its people.
    fn may_enter(&self, room: &RoomName, who: UserId) -> Answer<bool>;

    /// The people of a private room, those who came first at the front.
    fn people_of(&self, room: &RoomName) -> Answer<Vec<User>>;

    /// A page of somebody's private rooms, in the order of their names.
    fn private_rooms(&self, who: UserId, after: Option<RoomName>, limit: usize) -> Answer<PrivateRoomsPage>;

    /// The rules of a room.
    fn room_rules(&self, room: &RoomName) -> Answer<RoomRules>;

    /// Takes a measure, for a user or for the operator.
    fn govern(&self, by: Option<UserId>, measure: Measure) -> Answer<()>;

    /// A page of the people who have a role above a guest's, or are muted or banned, in the order of their ids.
    fn members(&self, request: MembersRequest) -> Answer<MembersPage>;

    /// All invitations, the latest first.
    fn invitations(&self) -> Answer<Vec<ListedInvitation>>;

    /// What was done, the latest first: before an entry, or from the end.
    fn audit(&self, before: Option<u64>, limit: usize) -> Answer<Vec<AuditEntry>>;

    /// The latest messages of somebody since a time in Unix milliseconds, that are not deleted: where they are. Of private rooms those
    /// alone that another user is in; the operator, none, sees all.
    fn messages_of(
        &self,
        who: UserId,
        since: u64,
        seen_by: Option<UserId>,
        limit: usize,
    ) -> Answer<Vec<(RoomName, u64)>>;

    /// Somebody whom the log knows, as they are called.
    fn person(&self, who: UserId) -> Answer<Option<User>>;

    /// The user who has a name, or one that looks like it.
    fn find_person(&self, name: &str) -> Answer<Option<User>>;
}

/// Somebody asks for the people who have a standing.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct MembersRequest {
    /// Only those whose ids come after this one.
    pub after: Option<UserId>,
    /// How many at most.
    pub limit: usize,
}

/// People who have a standing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MembersPage {
    /// The people.
    pub people: Vec<(User, Standing)>,
    /// After whom to go on.
    pub next: Option<UserId>,
}

/// Private rooms of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrivateRoomsPage {
    /// The rooms.
    pub rooms: Vec<PrivateRoom>,
    /// After which room to go on.
    pub next: Option<RoomName>,
}

/// A private room.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrivateRoom {
    /// Its name.
    pub room: RoomName,
    /// Its title; empty for none.
    pub title: Box<str>,
    /// Its people, those who were added first at the front.
    pub people: Vec<User>,
    /// When its last message was said. Unix milliseconds.
    pub last: Option<u64>,
}

/// An invitation, without its code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedInvitation {
    /// Identifies it.
    pub id: InvitationId,
    /// The role that it gives.
    pub role: Role,
    /// The room that it leads to; none for the lobby.
    pub room: Option<RoomName>,
    /// How many people may still use it; none for any number.
    pub uses: Option<u32>,
    /// When it ends. Unix milliseconds.
    pub until: Option<u64>,
    /// Its maker; none for the operator.
    pub by: Option<User>,
    /// When it was made. Unix milliseconds.
    pub made: u64,
}

/// A measure that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its place among the others.
    pub id: u64,
    /// When it was taken. Unix milliseconds.
    pub at: u64,
    /// By whom; none for the operator.
    pub by: Option<User>,
    /// What was done: `role`, `mute`, `unmute`, `ban`, `unban`, `ban_addresses`, `unban_addresses`, `door`, `password`, `invite`, `end_invitation`, `redeem` or `delete`.
    pub action: Box<str>,
    /// To whom.
    pub whom: Option<User>,
    /// Until when. Unix milliseconds.
    pub until: Option<u64>,
    /// The reason, the role, or what guests may do; of a `redeem` by the password, `password`.
    pub detail: Box<str>,
}

impl ListedInvitation {
    /// An invitation as it is listed.
    pub(super) fn of(invitation: &Invitation, by: Option<User>, made: u64) -> Self {
        let Invitation { role, room, uses, until, .. } = invitation;
        Self { id: invitation.id(), role: *role, room: room.clone(), uses: *uses, until: *until, by, made }
    }
}

/// What a measure is about beside the person, as it stands in an [`AuditEntry`].
pub(super) fn detail(measure: &Measure) -> &str {
    match measure {
        Measure::Role { role, .. } | Measure::Invite(Invitation { role, .. }) => role.as_str(),
        Measure::Mute { reason, .. } | Measure::Ban { reason, .. } | Measure::BanAddresses { reason, .. } => {
            reason
        }
        Measure::Door(door) => door.as_str(),
        Measure::GivePassword(_) => "password",
        Measure::Password(_)
        | Measure::EndInvitation(_)
        | Measure::Redeem(_)
        | Measure::Gather { .. }
        | Measure::Part { .. } => "",
    }
}

/// Until when a measure holds.
pub(super) fn until(measure: &Measure) -> Option<u64> {
    match measure {
        Measure::Mute { until, .. } | Measure::Ban { until, .. } | Measure::BanAddresses { until, .. } => {
            *until
        }
        Measure::Invite(Invitation { until, .. }) => *until,
        _ => None,
    }
}
