//! Commands about people's rights, and about who may come in.

use std::time::Duration;

use crate::base::device::DeviceId;
use crate::base::error::Error;
use crate::base::limits::{
    INVITATION_USES, MEASURE_TIME_MAX, PRIVATE_PEOPLE, PRIVATE_ROOMS_PAGE, REASON_CHARS, REPORT_CHARS,
    RIGHTS_PAGE,
};
use crate::base::network::AddressRange;
use crate::base::password::Password;
use crate::base::rights::{Door, InvitationId, Role};
use crate::base::room_name::RoomName;
use crate::base::room_rules::{RoomRules, RulesChange, Writers};
use crate::base::user::UserId;
use crate::wire::protocol::command::fields::{
    AuditOf, BanAddresses, Clear, Direct, DoorIs, EndInvitation, Invite, Members, OfPerson, Part, Private,
    PrivateRooms, Report, Restrict, RoleIs, RulesAre,
};
use crate::wire::protocol::command::{CommandName, bad_value, check_limit, one_line};
use crate::wire::protocol::json::from_json;

/// What a command about people's rights asks for, its values checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RightsCommand {
    /// How somebody stands.
    Person(Whom),
    /// Gives somebody a role.
    Role { whom: UserId, role: Role },
    /// Takes from somebody the right to write, or gives it back.
    Mute(Restriction),
    /// Takes from somebody the right to come in, or gives it back.
    Ban(Restriction),
    /// Bans addresses, or ends that.
    BanAddresses { range: AddressRange, time: Option<Duration>, reason: Box<str>, is_end: bool },
    /// Asks for the bans of addresses.
    AddressBans,
    /// Deletes what somebody has said within a time.
    Clear { whom: UserId, within: Duration },
    /// What guests may do, and by which password others come in.
    Door { guests: Door, password: Option<Password> },
    /// Makes an invitation.
    Invite { role: Role, room: Option<RoomName>, uses: Option<u32>, time: Option<Duration> },
    /// Asks for all invitations.
    Invitations,
    /// Takes an invitation back.
    EndInvitation(InvitationId),
    /// Asks for the people who have a standing.
    Members { after: Option<UserId>, limit: usize },
    /// The direct room of its user and these people.
    Direct { users: Vec<UserId> },
    /// A new private room of its user and these people, or one that these come into.
    Private { room: Option<RoomName>, users: Vec<UserId> },
    /// Takes somebody out of a private room: its user, or another.
    Part { room: RoomName, user: Option<UserId> },
    /// Asks for its user's private rooms.
    PrivateRooms { after: Option<RoomName>, limit: usize },
    /// Sets some of a room's rules, or asks for them.
    RoomRules { room: RoomName, change: RulesChange },
    /// Shows a message to the moderators; the text says why.
    Report { room: RoomName, seq: u64, text: Box<str> },
    /// Asks for the devices of another user.
    Devices { whom: UserId },
    /// Ends a device of another user.
    EndDevice { whom: UserId, device: DeviceId },
    /// Asks for what was done.
    Audit { before: Option<u64>, limit: usize },
}

/// A person, by their id or by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whom {
    Id(UserId),
    Name(Box<str>),
}

/// A right that somebody does not have for a while, or has again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restriction {
    pub(crate) whom: UserId,
    /// None without an end.
    pub(crate) time: Option<Duration>,
    pub(crate) reason: Box<str>,
    /// They have it again.
    pub(crate) is_end: bool,
    /// It is of the addresses that they are connected from, too.
    pub(crate) addresses: bool,
}

/// Reads what a command of this name asks for, which is about rights.
pub(super) fn read(name: CommandName, line: &str) -> Result<RightsCommand, Error> {
    Ok(match name {
        CommandName::Person => {
            let OfPerson { user, name, .. } = from_json(line)?;
            RightsCommand::Person(match (user, name) {
                (Some(user), None) => Whom::Id(user.parse()?),
                (None, Some(name)) => Whom::Name(name.into()),
                _ => return Err(bad_value("'person' takes one of 'user' and 'name'")),
            })
        }
        CommandName::Role => {
            let RoleIs { user, role, .. } = from_json(line)?;
            RightsCommand::Role { whom: user.parse()?, role: Role::parse(&role)? }
        }
        CommandName::Mute => RightsCommand::Mute(restriction(line)?),
        CommandName::Ban => RightsCommand::Ban(restriction(line)?),
        CommandName::BanAddresses => {
            let BanAddresses { addresses, seconds, reason, end, .. } = from_json(line)?;
            RightsCommand::BanAddresses {
                range: addresses.parse()?,
                time: seconds.map(time).transpose()?,
                reason: one_line(&reason.unwrap_or_default(), "reason", REASON_CHARS)?,
                is_end: end.unwrap_or(false),
            }
        }
        CommandName::AddressBans => {
            let super::Ping { .. } = from_json(line)?;
            RightsCommand::AddressBans
        }
        CommandName::Clear => {
            let Clear { user, seconds, .. } = from_json(line)?;
            RightsCommand::Clear { whom: user.parse()?, within: time(seconds)? }
        }
        CommandName::Door => {
            let DoorIs { guests, password, .. } = from_json(line)?;
            let guests = Door::parse(&guests)?;
            let password = password.map(|password| Password::parse(&password)).transpose()?;
            if password.is_some() && guests != Door::Password {
                return Err(bad_value("a 'password' is for \"guests\":\"password\""));
            }
            RightsCommand::Door { guests, password }
        }
        CommandName::Invite => {
            let Invite { role, room, uses, seconds, .. } = from_json(line)?;
            let role = Role::parse(&role)?;
            if role == Role::Guest {
                return Err(bad_value("an invitation is to one of: member, moderator, owner"));
            }
            let room = room.map(|room| RoomName::parse(&room)).transpose()?;
            if room.as_ref().is_some_and(RoomName::is_private) {
                return Err(bad_value("an invitation leads to no private room: its people let others in"));
            }
            let uses = match uses {
                None => None,
                Some(uses @ 1..=INVITATION_USES) => Some(uses as u32),
                Some(_) => return Err(bad_value(format!("'uses' is 1 to {INVITATION_USES}"))),
            };
            RightsCommand::Invite { role, room, uses, time: seconds.map(time).transpose()? }
        }
        CommandName::Invitations => {
            let super::Ping { .. } = from_json(line)?;
            RightsCommand::Invitations
        }
        CommandName::EndInvitation => {
            let EndInvitation { id, .. } = from_json(line)?;
            RightsCommand::EndInvitation(id.parse()?)
        }
        CommandName::Members => {
            let Members { after, limit, .. } = from_json(line)?;
            let after = after.map(|after| after.parse()).transpose()?;
            RightsCommand::Members { after, limit: check_limit(limit, RIGHTS_PAGE)? }
        }
        CommandName::Audit => {
            let AuditOf { before, limit, .. } = from_json(line)?;
            RightsCommand::Audit { before, limit: check_limit(limit, RIGHTS_PAGE)? }
        }
        CommandName::Direct => {
            let Direct { users, .. } = from_json(line)?;
            RightsCommand::Direct { users: people(&users)? }
        }
        CommandName::Private => {
            let Private { room, users, .. } = from_json(line)?;
            let room = room.map(|room| RoomName::parse(&room)).transpose()?;
            RightsCommand::Private { room, users: people(&users)? }
        }
        CommandName::Part => {
            let Part { room, user, .. } = from_json(line)?;
            let user = user.map(|user| user.parse()).transpose()?;
            RightsCommand::Part { room: RoomName::parse(&room)?, user }
        }
        CommandName::PrivateRooms => {
            let PrivateRooms { after, limit, .. } = from_json(line)?;
            let after = after.map(|room| RoomName::parse(&room)).transpose()?;
            RightsCommand::PrivateRooms { after, limit: check_limit(limit, PRIVATE_ROOMS_PAGE)? }
        }
        CommandName::RoomRules => {
            let RulesAre { room, writers, slow, archived, deleted, .. } = from_json(line)?;
            if deleted == Some(false) {
                return Err(bad_value("'deleted' is true: a room that is deleted does not come back"));
            }
            let writers = writers.map(|writers| Writers::parse(&writers)).transpose()?;
            let change = RulesChange { writers, slow, archived, is_deletion: deleted.is_some() };
            // That their values are allowed.
            RoomRules::new(Writers::default(), slow.unwrap_or(0), false)?;
            RightsCommand::RoomRules { room: RoomName::parse(&room)?, change }
        }
        CommandName::Report => {
            let Report { room, seq, text, .. } = from_json(line)?;
            let text = text.unwrap_or_default();
            if text.chars().count() > REPORT_CHARS {
                return Err(bad_value(format!(
                    "the 'text' of a report has at most {REPORT_CHARS} characters"
                )));
            }
            RightsCommand::Report { room: RoomName::parse(&room)?, seq, text: text.trim().into() }
        }
        _ => unreachable!("{name:?} is not about rights"),
    })
}

fn people(ids: &[String]) -> Result<Vec<UserId>, Error> {
    if !(1..=PRIVATE_PEOPLE).contains(&ids.len()) {
        return Err(bad_value(format!("'users' has the ids of 1 to {PRIVATE_PEOPLE} people")));
    }
    ids.iter().map(|id| id.parse()).collect()
}

fn restriction(line: &str) -> Result<Restriction, Error> {
    let Restrict { user, seconds, reason, end, addresses, .. } = from_json(line)?;
    Ok(Restriction {
        whom: user.parse()?,
        time: seconds.map(time).transpose()?,
        reason: one_line(&reason.unwrap_or_default(), "reason", REASON_CHARS)?,
        is_end: end.unwrap_or(false),
        addresses: addresses.unwrap_or(false),
    })
}

fn time(seconds: u64) -> Result<Duration, Error> {
    let max = MEASURE_TIME_MAX.as_secs();
    match seconds {
        1.. if seconds <= max => Ok(Duration::from_secs(seconds)),
        _ => Err(bad_value(format!("'seconds' is 1 to {max}; without it there is no end"))),
    }
}
