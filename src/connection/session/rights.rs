//! Commands about people's rights, carried out for a user or for the operator. Whether a measure is allowed is the log's to judge;
//! what is told of others, only moderators and owners are told.

use std::time::Duration;

use crate::base::clock;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::entry::{Content, Draft};
use crate::base::error::{Error, ErrorCode};
use crate::base::limits::CLEARED_MESSAGES;
use crate::base::network::AddressRange;
use crate::base::private_room::{direct_room, members_only, private_room};
use crate::base::rights::{self, Invitation, Measure, NEVER, Role};
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};
use crate::connection::session::{password, report::report};
use crate::hub::{Hub, links};
use crate::log::{AuditEntry, ListedInvitation, MembersRequest, PrivateRoom};
use crate::wire::protocol::command::{Restriction, RightsCommand, Whom};
use crate::wire::protocol::event::{
    self, AddressBanSummary, AuditLine, Event, InvitationSummary, PersonStanding, PrivateRoomSummary,
};

/// Carries a command out, and gives the line that answers it. `by` is a user, or none for the operator.
///
/// # Errors
/// Why it cannot be carried out.
pub(crate) async fn carry_out(
    hub: &Hub,
    by: Option<UserId>,
    command: RightsCommand,
) -> Result<Vec<u8>, Error> {
    let log = hub.log();
    match command {
        RightsCommand::Person(whom) => {
            check_moderator(hub, by).await?;
            let user = match whom {
                Whom::Id(who) => user(hub, who).await?,
                Whom::Name(name) => log.find_person(&name).await?.ok_or_else(rights::no_such_person)?,
            };
            tell_person(hub, &user).await
        }
        RightsCommand::Role { whom, role } => {
            log.govern(by, Measure::Role { whom, role }).await?;
            tell_person(hub, &user(hub, whom).await?).await
        }
        RightsCommand::Mute(Restriction { whom, time, reason, is_end, .. }) => {
            log.govern(by, Measure::Mute { whom, until: end(time, is_end), reason }).await?;
            tell_person(hub, &user(hub, whom).await?).await
        }
        RightsCommand::Ban(Restriction { whom, time, reason, is_end, addresses }) => {
            // Known for as long as they are connected.
            let mut networks = if addresses && !is_end { hub.persons().networks(whom) } else { Vec::new() };
            // Nobody bans themselves, nor all who come by the same proxy as they.
            let own = by.map(|by| hub.persons().networks(by)).unwrap_or_default();
            networks.retain(|network| !own.contains(network));
            let until = end(time, is_end);
            log.govern(by, Measure::Ban { whom, until, reason: reason.clone() }).await?;
            let mut addresses = Vec::new();
            for range in networks.into_iter().map(AddressRange::from) {
                log.govern(by, Measure::BanAddresses { range, until, reason: reason.clone() }).await?;
                addresses.push(range.to_string());
            }
            tell_person_with(hub, &user(hub, whom).await?, &addresses).await
        }
        RightsCommand::BanAddresses { range, time, reason, is_end } => {
            log.govern(by, Measure::BanAddresses { range, until: end(time, is_end), reason }).await?;
            Ok(tell_address_bans(hub))
        }
        RightsCommand::AddressBans => {
            check_moderator(hub, by).await?;
            Ok(tell_address_bans(hub))
        }
        RightsCommand::Clear { whom, within } => clear(hub, by, whom, within).await,
        RightsCommand::Door { guests: door, password } => {
            if let Some(password) = password {
                // Nobody else has the server make a hash.
                check_role(hub, by, Role::Owner, "only owners may change the door").await?;
                let hash = password::hashed(move || password.hash()).await??;
                log.govern(by, Measure::Password(hash)).await?;
            }
            log.govern(by, Measure::Door(door)).await?;
            Ok(event::line(&Event::Door { guests: door.as_str() }))
        }
        RightsCommand::Invite { role, room, uses, time } => {
            let (code, hash) = links::code()?;
            let until = time.map(|time| clock::wall_ms() + time.as_millis() as u64);
            let invitation = Invitation { hash, role, room, uses, until };
            log.govern(by, Measure::Invite(invitation.clone())).await?;
            let invitation = InvitationSummary::of(&invitation);
            Ok(event::line(&Event::Invitation { code: &code, invitation }))
        }
        RightsCommand::Invitations => {
            check_moderator(hub, by).await?;
            tell_invitations(hub).await
        }
        RightsCommand::EndInvitation(id) => {
            log.govern(by, Measure::EndInvitation(id)).await?;
            tell_invitations(hub).await
        }
        RightsCommand::Members { after, limit } => {
            check_moderator(hub, by).await?;
            let page = log.members(MembersRequest { after, limit }).await?;
            let now = clock::wall_ms();
            let people = page.people.iter().map(|(user, standing)| PersonStanding::of(user, standing, now));
            Ok(event::line(&Event::Members { people: people.collect(), next: page.next }))
        }
        RightsCommand::Direct { users } => {
            let all: Vec<_> = users.iter().copied().chain(by).collect();
            gather(hub, by, direct_room(&all), users).await
        }
        RightsCommand::Private { room, users } => {
            let room = match (room, by) {
                (None, _) => private_room()?,
                // One that is not there is not made by this.
                (Some(room), Some(by)) if !log.may_enter(&room, by).await? => {
                    return Err(members_only());
                }
                (Some(room), _) => room,
            };
            gather(hub, by, room, users).await
        }
        RightsCommand::Part { room, user } => {
            let whom = user.or(by).ok_or_else(rights::no_such_person)?;
            log.govern(by, Measure::Part { room: room.clone(), whom }).await?;
            Ok(event::line(&Event::Parted { room: &room }))
        }
        RightsCommand::PrivateRooms { after, limit } => {
            let who = by.ok_or_else(rights::no_such_person)?;
            let page = log.private_rooms(who, after, limit).await?;
            let rooms = page.rooms.iter().map(|PrivateRoom { room, title, people, last, .. }| {
                PrivateRoomSummary::listed(room, title, people, *last)
            });
            Ok(event::line(&Event::PrivateRooms { rooms: rooms.collect(), next: page.next.as_ref() }))
        }
        RightsCommand::RoomRules { room, change } => {
            check_moderator(hub, by).await?;
            let before = log.room_rules(&room).await?;
            let rules = before.with(change);
            if rules != before {
                let draft = Draft::new(&room, by.unwrap_or(UserId::GUEST), Content::Rules(rules));
                hub.append(if by.is_none() { draft.by_moderator() } else { draft }).await?;
            }
            let RoomRules { writers, slow, archived, deleted } = rules;
            Ok(event::line(&Event::RoomRules {
                room: &room,
                writers: writers.as_str(),
                slow,
                archived,
                deleted,
            }))
        }
        RightsCommand::Report { room, seq, text } => report(hub, by, &room, seq, &text).await,
        RightsCommand::Devices { whom } => {
            check_operator(by)?;
            let devices = log.devices(whom).await?;
            Ok(tell_devices(hub, whom, &devices))
        }
        RightsCommand::EndDevice { whom, device } => {
            check_operator(by)?;
            let left = log.change_devices(whom, device, DeviceChange::End(device)).await?;
            // A log on one machine tells nobody of it.
            hub.links().revoke(whom);
            hub.persons().end_device(whom, device);
            Ok(tell_devices(hub, whom, &left))
        }
        RightsCommand::Audit { before, limit } => {
            check_moderator(hub, by).await?;
            let entries = log.audit(before, limit + 1).await?;
            let more = entries.len() > limit;
            let lines = entries.iter().take(limit).map(line);
            Ok(event::line(&Event::Audit { entries: lines.collect(), more }))
        }
    }
}

/// Has people come into a private room, and tells who is in it now. Whoever is in it already is told the same.
async fn gather(
    hub: &Hub,
    by: Option<UserId>,
    room: RoomName,
    people: Vec<UserId>,
) -> Result<Vec<u8>, Error> {
    hub.log().govern(by, Measure::Gather { room: room.clone(), people }).await?;
    let people = hub.log().people_of(&room).await?;
    Ok(event::line(&Event::PrivateRoom(PrivateRoomSummary::of(&room, &people))))
}

/// Others' standings are no business of those who see to nobody.
async fn check_moderator(hub: &Hub, by: Option<UserId>) -> Result<(), Error> {
    check_role(hub, by, Role::Moderator, "only moderators and owners are told this").await
}

/// The operator, who is none, may do everything.
async fn check_role(hub: &Hub, by: Option<UserId>, least: Role, refusal: &str) -> Result<(), Error> {
    match by {
        Some(by) if hub.log().standing(by).await?.role < least => Err(Error::refused("not_allowed", refusal)),
        _ => Ok(()),
    }
}

/// The devices of others are the operator's to see, to whom somebody turns who has lost all of theirs.
fn check_operator(by: Option<UserId>) -> Result<(), Error> {
    match by {
        Some(_) => Err(Error::refused("not_allowed", "only whoever runs the server sees to others' devices")),
        None => Ok(()),
    }
}

fn tell_devices(hub: &Hub, whom: UserId, devices: &Devices) -> Vec<u8> {
    let person = hub.persons().get(whom);
    let is_here = |device| person.as_ref().is_some_and(|person| person.is_here_by(device));
    event::line(&Event::devices(devices, is_here, None))
}

/// When a restriction ends that begins now; none where it is taken back.
fn end(time: Option<Duration>, is_end: bool) -> Option<u64> {
    let until = || time.map_or(NEVER, |time| clock::wall_ms() + time.as_millis() as u64);
    (!is_end).then(until)
}

/// Somebody as they are called now: by who is connected, or by the log.
async fn user(hub: &Hub, who: UserId) -> Result<User, Error> {
    if let Some(person) = hub.persons().get(who) {
        return Ok(person.user());
    }
    hub.log().person(who).await?.ok_or_else(rights::no_such_person)
}

async fn tell_person(hub: &Hub, user: &User) -> Result<Vec<u8>, Error> {
    tell_person_with(hub, user, &[]).await
}

async fn tell_person_with(hub: &Hub, user: &User, addresses: &[String]) -> Result<Vec<u8>, Error> {
    let standing = hub.log().standing(user.id).await?;
    let person = PersonStanding::of(user, &standing, clock::wall_ms());
    Ok(event::line(&Event::Person(person.with(addresses))))
}

fn tell_address_bans(hub: &Hub) -> Vec<u8> {
    let (bans, now) = (hub.log().address_bans(), clock::wall_ms());
    let bans = bans.iter().filter(|ban| now < ban.until).map(|ban| AddressBanSummary {
        addresses: ban.range.to_string(),
        until: ban.until,
        reason: &ban.reason,
    });
    event::line(&Event::AddressBans { bans: bans.collect() })
}

async fn tell_invitations(hub: &Hub) -> Result<Vec<u8>, Error> {
    let all = hub.log().invitations().await?;
    let invitations = all.iter().map(|one| {
        let ListedInvitation { id, role, room, uses, until, by, made } = one;
        let summary = InvitationSummary::listed(*id, role.as_str(), room.as_ref(), *uses, *until);
        InvitationSummary { by: by.as_ref(), at: Some(*made), ..summary }
    });
    Ok(event::line(&Event::Invitations { invitations: invitations.collect() }))
}

fn line(entry: &AuditEntry) -> AuditLine<'_> {
    let AuditEntry { id, at, by, action, whom, until, detail } = entry;
    AuditLine { id: *id, at: *at, by: by.as_ref(), action, user: whom.as_ref(), until: *until, detail }
}

/// Deletes what somebody has said lately, in all rooms: a deletion each, in the moderator's name.
async fn clear(hub: &Hub, by: Option<UserId>, whom: UserId, within: Duration) -> Result<Vec<u8>, Error> {
    check_moderator(hub, by).await?;
    let user = user(hub, whom).await?;
    let since = clock::wall_ms().saturating_sub(within.as_millis() as u64);
    let messages = hub.log().messages_of(whom, since, by, CLEARED_MESSAGES).await?;
    let more = messages.len() == CLEARED_MESSAGES;
    let mut count = 0;
    for (room, target) in messages {
        let draft = Draft::new(&room, by.unwrap_or(UserId::GUEST), Content::Deleted { target });
        let draft = if by.is_none() { draft.by_moderator() } else { draft };
        match hub.append(draft).await {
            Ok(_) => count += 1,
            // Its author, or another moderator, was faster.
            Err(error) if error.code() == ErrorCode::Gone => {}
            Err(error) if count == 0 => return Err(error),
            Err(_) => return Ok(event::line(&Event::Cleared { user: &user, count, more: true })),
        }
    }
    Ok(event::line(&Event::Cleared { user: &user, count, more }))
}
