//! Rights: what people may do in a chat, and who may change that. Everything is decided here, in the same way for every log, from
//! what is given alone: no clock, no random number, no storage.

use crate::base::devices::LinkHash;
use crate::base::error::Error;
use crate::base::named_enum::named_enum;
use crate::base::network::AddressRange;
use crate::base::password::PasswordHash;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;

mod door;
mod invitation;

pub(crate) use door::{after_password, check_door, wrong_password};
pub use invitation::{Invitation, InvitationId};
pub(crate) use invitation::{bad_invitation, check_ending, check_invitation, too_many_invitations};

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
        /// They do not come in, but whoever gives the password becomes a member.
        Password = "password",
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
    /// The chat has another password. Whoever has become a member by the one before stays that.
    Password(PasswordHash),
    /// An invitation is made. The first owner's, which the server makes by itself, takes the place of the one before it.
    Invite(Invitation),
    /// An invitation ends.
    EndInvitation(InvitationId),
    /// Somebody uses an invitation: whoever asks for it.
    Redeem(LinkHash),
    /// Somebody gives the password: whoever asks for it.
    GivePassword(PasswordHash),
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
            door => door.check_guest(),
        }
    }

    /// Whether they may come in at a time, with this door.
    ///
    /// # Errors
    /// `banned`, `password_needed` or `invitation_needed`.
    pub(crate) fn check_entering(&self, door: Door, now: u64) -> Result<(), Error> {
        match self.role {
            _ if self.is_banned(now) => Err(banned()),
            Role::Guest => door.check_guest(),
            _ => Ok(()),
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
            | Self::Password(_)
            | Self::GivePassword(_)
            | Self::Invite(_)
            | Self::EndInvitation(_)
            | Self::Redeem(_)
            | Self::Gather { .. }
            | Self::Part { .. } => None,
        }
    }

    /// Whether it is about whoever takes it, who comes in by it.
    pub(crate) fn lets_in(&self) -> bool {
        matches!(self, Self::Redeem(_) | Self::GivePassword(_))
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
            Self::Password(_) => "password",
            Self::Invite(_) => "invite",
            Self::EndInvitation(_) => "end_invitation",
            Self::Redeem(_) | Self::GivePassword(_) => "redeem",
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

/// Whether somebody may take a measure. An invitation is redeemed, and the password given, by anybody: whether it is good is another
/// question.
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
        Measure::Redeem(_) | Measure::GivePassword(_) | Measure::Gather { .. } | Measure::Part { .. } => {
            Ok(())
        }
        Measure::Role { role, .. } if is_self && *role < own.role => Ok(()),
        _ if own.role < Role::Moderator => Err(not_allowed("only moderators and owners may do this")),
        _ if is_self => Err(not_allowed("you cannot do this to yourself")),
        Measure::Door(_) | Measure::Password(_) if own.role < Role::Owner => {
            Err(not_allowed("only owners may change the door"))
        }
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

/// The refusal of one more ban of addresses.
pub(crate) fn too_many_bans() -> Error {
    Error::refused(
        "too_many",
        "as many addresses are banned as may be: take a ban back, or ban a whole network",
    )
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

    fn password(byte: u8) -> PasswordHash {
        PasswordHash::from_bytes(&[byte; 48]).expect("a salt and a hash")
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
            assert_eq!(
                may(&Measure::Password(password(1)), by, Guest),
                by == Owner,
                "{by:?} sets the password"
            );
            assert!(may(&Measure::GivePassword(password(1)), by, Guest));
            assert!(may(&Measure::Redeem(LinkHash([1; 32])), by, Guest));
        }
        // The operator may do everything.
        let doors = [Measure::Door(Door::Closed), Measure::Password(password(1))];
        for measure in [ban(), mute(), role(Owner), invites(Owner)].into_iter().chain(doors) {
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
            (plain, Door::Password, 5, Some("password_needed"), Some("password_needed")),
            (member, Door::Closed, 5, None, None),
            (member, Door::Password, 5, None, None),
            (banned, Door::Password, 9, Some("banned"), Some("banned")),
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
    fn password_makes_members_of_guests_where_the_door_is_by_password() {
        let (right, wrong, now) = (password(1), password(2), 5);
        let of_code = |standing: Standing, given: &PasswordHash, door| {
            let after = after_password(standing, given, door, Some(&right), now);
            after.map(|after| after.role).map_err(|error| error.code().as_str())
        };
        let (guest, muted) = (of(Role::Guest), Standing { muted: Some(9), ..Standing::default() });
        assert_eq!(of_code(guest, &right, Door::Password), Ok(Role::Member));
        assert_eq!(of_code(guest, &wrong, Door::Password), Err("wrong_password"));
        assert_eq!(of_code(guest, &right, Door::Closed), Err("invitation_needed"));
        for door in [Door::Write, Door::Read] {
            assert_eq!(of_code(guest, &right, door), Ok(Role::Guest), "{door:?}: nobody asks for it");
        }
        assert_eq!(of_code(of(Role::Owner), &wrong, Door::Password), Ok(Role::Owner));
        let after = after_password(muted, &right, Door::Password, Some(&right), now);
        assert_eq!(after.expect("it is right").muted, Some(9), "it does not end a mute");
        let banned = Standing { banned: Some(9), ..Standing::default() };
        assert_eq!(of_code(banned, &right, Door::Password), Err("banned"));
        let none = after_password(guest, &right, Door::Password, None, now);
        assert_eq!(none.expect_err("there is none").code().as_str(), "wrong_password");
        check_door(Door::Password, false).expect_err("by no password");
        for (door, has_password) in [(Door::Password, true), (Door::Closed, false), (Door::Write, true)] {
            check_door(door, has_password).expect("it may be so");
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
