//! Rights: what people may do in a chat, and who may change that. Everything is decided here, in the same way for every log, from
//! what is given alone: no clock, no random number, no storage.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::devices::LinkHash;
use crate::base::error::Error;
use crate::base::named_enum::named_enum;
use crate::base::network::AddressRange;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;

named_enum! {
    /// What somebody is in a chat. Each role may do what the roles before it may.
    #[derive(Hash, PartialOrd, Ord, Default)]
    pub enum Role {
        /// Anybody who has come through the open door.
        #[default]
        Guest = "guest",
        /// Somebody who was invited, or made a member.
        Member = "member",
        /// Somebody who sees to the chat: deletes, mutes and bans.
        Moderator = "moderator",
        /// Somebody whose chat it is.
        Owner = "owner",
    }
}

named_enum! {
    /// What guests may do.
    #[derive(Hash, PartialOrd, Ord, Default)]
    pub enum Door {
        /// They read and write.
        #[default]
        Write = "write",
        /// They read.
        Read = "read",
        /// They do not come in.
        Closed = "closed",
    }
}

/// A time that never comes: what has no end ends then. Unix milliseconds; the largest number that JSON takes exactly.
pub(crate) const NEVER: u64 = (1 << 53) - 1;

/// What somebody is, and what they may not do for a while.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// Their role.
    pub role: Role,
    /// Until when they may not write. Unix milliseconds.
    pub muted: Option<u64>,
    /// Until when they may not come in. Unix milliseconds.
    pub banned: Option<u64>,
}

/// An invitation: whoever has its code gets a role.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invitation {
    /// The hash of its code. Of the code itself nothing is kept.
    pub hash: LinkHash,
    /// The role that it gives.
    pub role: Role,
    /// The room that it leads to; none for the lobby.
    pub room: Option<RoomName>,
    /// How many people may still use it; none for any number.
    pub uses: Option<u32>,
    /// When it ends. Unix milliseconds.
    pub until: Option<u64>,
}

/// Identifies an invitation without telling its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvitationId(u64);

/// A change of who may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Somebody gets a role.
    Role {
        /// Who.
        whom: UserId,
        /// Which.
        role: Role,
    },
    /// Somebody may not write, until a time in Unix milliseconds; None ends that.
    Mute {
        /// Who.
        whom: UserId,
        /// Until when.
        until: Option<u64>,
        /// Why, in words; may be empty.
        reason: Box<str>,
    },
    /// Somebody may not come in, until a time in Unix milliseconds; None ends that.
    Ban {
        /// Who.
        whom: UserId,
        /// Until when.
        until: Option<u64>,
        /// Why, in words; may be empty.
        reason: Box<str>,
    },
    /// Nobody comes in from these addresses, until a time in Unix milliseconds; None ends that.
    BanAddresses {
        /// Which.
        range: AddressRange,
        /// Until when.
        until: Option<u64>,
        /// Why, in words; may be empty.
        reason: Box<str>,
    },
    /// What guests may do from now on.
    Door(Door),
    /// An invitation is made. The first owner's, which the server makes by itself, takes the place of the one before it.
    Invite(Invitation),
    /// An invitation ends.
    EndInvitation(InvitationId),
    /// Somebody uses an invitation: whoever asks for it.
    Redeem(LinkHash),
    /// People come together in a private room, with whoever asks for it: a new one, or one that these are added to.
    Gather {
        /// Its name, which the server makes.
        room: RoomName,
        /// Who.
        people: Vec<UserId>,
    },
    /// Somebody is no more among the people of a private room.
    Part {
        /// Which room.
        room: RoomName,
        /// Who.
        whom: UserId,
    },
}

impl Role {
    /// The role of this name.
    ///
    /// # Errors
    /// `bad_value`.
    pub fn parse(name: &str) -> Result<Self, Error> {
        by_name(Self::ALL, Self::as_str, "role", name)
    }
}

impl Door {
    /// The door of this name.
    ///
    /// # Errors
    /// `bad_value`.
    pub fn parse(name: &str) -> Result<Self, Error> {
        by_name(Self::ALL, Self::as_str, "guests", name)
    }
}

/// The one of `all` that has a name.
///
/// # Errors
/// `bad_value`.
pub(crate) fn by_name<T: Copy>(
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
    what: &str,
    name: &str,
) -> Result<T, Error> {
    all.iter().copied().find(|one| name_of(*one) == name).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| name_of(*one)).collect();
        Error::refused("bad_value", format!("'{what}' is one of: {}", names.join(", ")))
    })
}

impl Standing {
    /// Whether they may not write at a time.
    pub fn is_muted(&self, now: u64) -> bool {
        self.muted.is_some_and(|until| now < until)
    }

    /// Whether they may not come in at a time.
    pub fn is_banned(&self, now: u64) -> bool {
        self.banned.is_some_and(|until| now < until)
    }

    /// Whether anything is kept of it.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Whether they may write at a time, with this door.
    ///
    /// # Errors
    /// `banned`, `muted` or `read_only`.
    pub(crate) fn check_writing(&self, door: Door, now: u64) -> Result<(), Error> {
        if self.is_banned(now) {
            return Err(banned());
        }
        if self.is_muted(now) {
            let text = "a moderator has muted you: you read here, and write again when that is over";
            return Err(Error::refused("muted", text));
        }
        match door {
            Door::Write => Ok(()),
            _ if self.role > Role::Guest => Ok(()),
            Door::Read => Err(read_only()),
            Door::Closed => Err(closed()),
        }
    }

    /// Whether they may come in at a time, with this door.
    ///
    /// # Errors
    /// `banned` or `invitation_needed`.
    pub(crate) fn check_entering(&self, door: Door, now: u64) -> Result<(), Error> {
        match (self.is_banned(now), door) {
            (true, _) => Err(banned()),
            (false, Door::Closed) if self.role == Role::Guest => Err(closed()),
            (false, _) => Ok(()),
        }
    }

    /// Whether they may delete what somebody else has said.
    pub(crate) fn moderates(&self, author: &Self) -> bool {
        self.role >= Role::Moderator && self.role > author.role
    }

    /// What it comes to after a measure that was allowed.
    pub(crate) fn after(self, measure: &Measure) -> Self {
        match measure {
            Measure::Role { role, .. } => Self { role: *role, ..self },
            Measure::Mute { until, .. } => Self { muted: *until, ..self },
            Measure::Ban { until, .. } => Self { banned: *until, ..self },
            _ => self,
        }
    }
}

impl Measure {
    /// The person whom it is about.
    pub(crate) fn whom(&self) -> Option<UserId> {
        match self {
            Self::Role { whom, .. } | Self::Mute { whom, .. } | Self::Ban { whom, .. } => Some(*whom),
            // Of those in private rooms nobody stands otherwise than before.
            Self::BanAddresses { .. }
            | Self::Door(_)
            | Self::Invite(_)
            | Self::EndInvitation(_)
            | Self::Redeem(_)
            | Self::Gather { .. }
            | Self::Part { .. } => None,
        }
    }

    /// Its name, for the record of what was done.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Role { .. } => "role",
            Self::Mute { until: Some(_), .. } => "mute",
            Self::Mute { until: None, .. } => "unmute",
            Self::Ban { until: Some(_), .. } => "ban",
            Self::Ban { until: None, .. } => "unban",
            Self::BanAddresses { until: Some(_), .. } => "ban_addresses",
            Self::BanAddresses { until: None, .. } => "unban_addresses",
            Self::Door(_) => "door",
            Self::Invite(_) => "invite",
            Self::EndInvitation(_) => "end_invitation",
            Self::Redeem(_) => "redeem",
            Self::Gather { .. } => "gather",
            Self::Part { .. } => "part",
        }
    }
}

/// Somebody who asks for a measure, and whom it is about, as they stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parties {
    /// None for the operator, who may do everything.
    pub(crate) by: Option<(UserId, Standing)>,
    pub(crate) whom: Standing,
    /// How many owners the chat has.
    pub(crate) owners: u64,
}

/// Whether somebody may take a measure. An invitation is redeemed by anybody: whether it is good is another question.
///
/// # Errors
/// `not_allowed`.
pub(crate) fn check(measure: &Measure, parties: Parties) -> Result<(), Error> {
    let Parties { by, whom, owners } = parties;
    if let (Measure::Role { role, .. }, Role::Owner) = (measure, whom.role)
        && *role < Role::Owner
        && owners <= 1
    {
        return Err(not_allowed("this is the only owner: make somebody else an owner first"));
    }
    let Some((by, own)) = by else { return Ok(()) };
    let is_self = measure.whom() == Some(by);
    match measure {
        // Whether they may is decided by who is in the room.
        Measure::Redeem(_) | Measure::Gather { .. } | Measure::Part { .. } => Ok(()),
        Measure::Role { role, .. } if is_self && *role < own.role => Ok(()),
        _ if own.role < Role::Moderator => Err(not_allowed("only moderators and owners may do this")),
        _ if is_self => Err(not_allowed("you cannot do this to yourself")),
        Measure::Door(_) if own.role < Role::Owner => Err(not_allowed("only owners may change the door")),
        // An owner may also take an owner's role away.
        Measure::Role { .. } if own.role == Role::Owner => Ok(()),
        Measure::Role { role, .. } if *role >= own.role => {
            Err(not_allowed("you may give only roles below your own"))
        }
        Measure::Invite(Invitation { role, .. }) if own.role < Role::Owner && *role >= own.role => {
            Err(not_allowed("you may invite only to roles below your own"))
        }
        Measure::Role { .. } | Measure::Mute { .. } | Measure::Ban { .. } if whom.role >= own.role => {
            Err(not_allowed("their role is not below yours"))
        }
        _ => Ok(()),
    }
}

/// Whether an invitation is good at a time.
///
/// # Errors
/// `bad_invitation`.
pub(crate) fn check_invitation(invitation: Option<&Invitation>, now: u64) -> Result<(), Error> {
    let is_good = |invitation: &&Invitation| {
        invitation.uses != Some(0) && invitation.until.is_none_or(|until| now < until)
    };
    invitation.filter(is_good).map(drop).ok_or_else(bad_invitation)
}

/// Whether somebody may end an invitation.
///
/// # Errors
/// `not_allowed`.
pub(crate) fn check_ending(by: Standing, invitation: &Invitation) -> Result<(), Error> {
    if by.role < Role::Owner && invitation.role >= by.role {
        return Err(not_allowed("this invitation is not to a role below yours"));
    }
    Ok(())
}

/// The refusal of an invitation that is not good.
pub(crate) fn bad_invitation() -> Error {
    let text = "this invitation was used up, is too old, or was taken back: ask for another";
    Error::refused("bad_invitation", text)
}

/// The refusal of one more ban of addresses.
pub(crate) fn too_many_bans() -> Error {
    Error::refused(
        "too_many",
        "as many addresses are banned as may be: take a ban back, or ban a whole network",
    )
}

/// The refusal of one more invitation.
pub(crate) fn too_many_invitations() -> Error {
    Error::refused("too_many", "this chat has as many invitations as it may have: take one back first")
}

/// The refusal of a measure about somebody who is not there.
pub(crate) fn no_such_person() -> Error {
    Error::refused("no_such_person", "there is nobody like this in the chat")
}

fn not_allowed(text: &str) -> Error {
    Error::refused("not_allowed", text)
}

pub(crate) fn banned() -> Error {
    Error::refused("banned", "a moderator has banned you from this chat")
}

pub(crate) fn closed() -> Error {
    Error::refused("invitation_needed", "this chat is for people who were invited: ask for a link")
}

pub(crate) fn read_only() -> Error {
    Error::refused("read_only", "guests only read in this chat: ask for an invitation to write")
}

impl Invitation {
    /// Identifies it.
    pub fn id(&self) -> InvitationId {
        InvitationId::of(&self.hash)
    }
}

impl InvitationId {
    /// That of the invitation whose code has this hash.
    pub(crate) fn of(hash: &LinkHash) -> Self {
        let (first, _) = hash.0.split_at(size_of::<u64>());
        Self(first.iter().fold(0, |id, byte| id << 8 | u64::from(*byte)) & u64::MAX >> 1)
    }

    pub(crate) const fn new(id: u64) -> Self {
        Self(id & u64::MAX >> 1)
    }

    pub(crate) fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for InvitationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0.to_be_bytes()))
    }
}

impl FromStr for InvitationId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self::new(u64::from_be_bytes(bytes))).ok_or_else(|| {
            Error::refused(
                "bad_value",
                "not the id of an invitation: it is 11 characters that this server made",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: UserId = UserId::new(1);
    const BOB: UserId = UserId::new(2);

    fn of(role: Role) -> Standing {
        Standing { role, ..Standing::default() }
    }

    fn invites(role: Role) -> Measure {
        Measure::Invite(Invitation { hash: LinkHash([1; 32]), role, room: None, uses: None, until: None })
    }

    /// The table of docs/RIGHTS.md: for each measure, the roles that may take it, by the role of the person it is about.
    #[test]
    fn measure_is_taken_by_those_who_may_and_refused_to_all_others() {
        use Role::{Guest, Member, Moderator, Owner};
        let ban = || Measure::Ban { whom: BOB, until: Some(9), reason: "".into() };
        let mute = || Measure::Mute { whom: BOB, until: Some(9), reason: "".into() };
        let role = |role| Measure::Role { whom: BOB, role };
        let may = |measure: &Measure, by: Role, whom: Role| {
            check(measure, Parties { by: Some((ADA, of(by))), whom: of(whom), owners: 2 }).is_ok()
        };
        for by in [Guest, Member, Moderator, Owner] {
            for whom in [Guest, Member, Moderator, Owner] {
                let is_above = by >= Moderator && by > whom;
                assert_eq!(may(&ban(), by, whom), is_above, "{by:?} bans {whom:?}");
                assert_eq!(may(&mute(), by, whom), is_above, "{by:?} mutes {whom:?}");
                assert_eq!(of(by).moderates(&of(whom)), is_above, "{by:?} deletes of {whom:?}");
                for given in [Guest, Member, Moderator, Owner] {
                    let is_allowed = by == Owner || (is_above && given < by);
                    assert_eq!(may(&role(given), by, whom), is_allowed, "{by:?} makes {whom:?} {given:?}");
                }
            }
            for given in [Guest, Member, Moderator, Owner] {
                let is_allowed = by == Owner || (by == Moderator && given < by);
                assert_eq!(may(&invites(given), by, Guest), is_allowed, "{by:?} invites to {given:?}");
            }
            assert_eq!(may(&Measure::Door(Door::Read), by, Guest), by == Owner);
            assert!(may(&Measure::Redeem(LinkHash([1; 32])), by, Guest));
        }
        // The operator may do everything.
        for measure in [ban(), mute(), role(Owner), invites(Owner), Measure::Door(Door::Closed)] {
            check(&measure, Parties { by: None, whom: of(Owner), owners: 2 }).expect("the operator's");
        }
    }

    #[test]
    fn chat_keeps_an_owner_and_nobody_acts_on_themselves_but_to_step_down() {
        let to = |whom, role| Measure::Role { whom, role };
        let by = |standing| Some((ADA, standing));
        let owner = of(Role::Owner);
        let step_down = to(ADA, Role::Member);
        check(&step_down, Parties { by: by(owner), whom: owner, owners: 2 }).expect("another is there");
        for by in [by(owner), None] {
            let refused = check(&step_down, Parties { by, whom: owner, owners: 1 });
            assert!(refused.expect_err("the last").to_string().contains("only owner"));
        }
        let moderator = of(Role::Moderator);
        let own = Parties { by: by(moderator), whom: moderator, owners: 1 };
        check(&to(ADA, Role::Guest), own).expect("a step down");
        check(&to(ADA, Role::Owner), own).expect_err("a step up");
        let ban = Measure::Ban { whom: ADA, until: Some(9), reason: "".into() };
        check(&ban, own).expect_err("of oneself");
    }

    #[test]
    fn door_and_time_decide_about_coming_in_and_writing() {
        let code = |result: Result<(), Error>| result.err().map(|error| error.code().as_str());
        let plain = Standing::default();
        let member = of(Role::Member);
        let muted = Standing { muted: Some(10), ..member };
        let banned = Standing { banned: Some(10), ..member };
        for (standing, door, now, enters, writes) in [
            (plain, Door::Write, 5, None, None),
            (plain, Door::Read, 5, None, Some("read_only")),
            (plain, Door::Closed, 5, Some("invitation_needed"), Some("invitation_needed")),
            (member, Door::Closed, 5, None, None),
            (muted, Door::Write, 9, None, Some("muted")),
            (muted, Door::Write, 10, None, None),
            (banned, Door::Write, 9, Some("banned"), Some("banned")),
            (banned, Door::Write, 10, None, None),
        ] {
            assert_eq!(code(standing.check_entering(door, now)), enters, "{standing:?} {door:?} {now}");
            assert_eq!(code(standing.check_writing(door, now)), writes, "{standing:?} {door:?} {now}");
        }
    }

    #[test]
    fn invitation_ends_with_its_uses_and_with_its_time() {
        let good = Invitation {
            hash: LinkHash([0xff; 32]),
            role: Role::Member,
            room: None,
            uses: Some(1),
            until: Some(10),
        };
        check_invitation(Some(&good), 9).expect("it is good");
        check_invitation(Some(&good), 10).expect_err("it is over");
        check_invitation(Some(&Invitation { uses: Some(0), ..good.clone() }), 9).expect_err("it is used up");
        check_invitation(None, 9).expect_err("it never was");
        let id = good.id();
        assert_eq!(id.to_string().parse::<InvitationId>().expect("an id"), id);
    }
}
