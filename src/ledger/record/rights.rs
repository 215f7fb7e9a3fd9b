//! Measures, by which people's rights change, as bytes.

use crate::base::limits::{PASSWORD_HASH_BYTES, PASSWORD_SALT_BYTES};
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Invitation, InvitationId, Measure, Role};
use crate::ledger::codec::{Malformed, Reader, Write};
use crate::ledger::record::{boxed, devices, room, small, user};

/// The kind of a measure as a byte. These numbers stand in ledgers.
mod kind {
    pub(super) const ROLE: u8 = 0;
    pub(super) const MUTE: u8 = 1;
    pub(super) const BAN: u8 = 2;
    pub(super) const DOOR: u8 = 3;
    pub(super) const INVITE: u8 = 4;
    pub(super) const END_INVITATION: u8 = 5;
    pub(super) const REDEEM: u8 = 6;
    pub(super) const GATHER: u8 = 7;
    pub(super) const PART: u8 = 8;
    pub(super) const BAN_ADDRESSES: u8 = 9;
    pub(super) const PASSWORD: u8 = 10;
    pub(super) const GIVE_PASSWORD: u8 = 11;
}

pub(super) fn write(measure: &Measure, to: &mut Vec<u8>) {
    match measure {
        Measure::Role { whom, role } => {
            to.byte(kind::ROLE);
            to.number(whom.get());
            to.byte(*role as u8);
        }
        Measure::Mute { whom, until, reason } | Measure::Ban { whom, until, reason } => {
            to.byte(if matches!(measure, Measure::Mute { .. }) { kind::MUTE } else { kind::BAN });
            to.number(whom.get());
            to.option(*until, |until, to| to.number(until));
            to.text(reason);
        }
        Measure::BanAddresses { range, until, reason } => {
            to.byte(kind::BAN_ADDRESSES);
            to.text(&range.to_string());
            to.option(*until, |until, to| to.number(until));
            to.text(reason);
        }
        Measure::Door(door) => {
            to.byte(kind::DOOR);
            to.byte(*door as u8);
        }
        Measure::Password(hash) | Measure::GivePassword(hash) => {
            let is_set = matches!(measure, Measure::Password(_));
            to.byte(if is_set { kind::PASSWORD } else { kind::GIVE_PASSWORD });
            to.extend_from_slice(&hash.to_bytes());
        }
        Measure::Invite(Invitation { hash, role, room, uses, until }) => {
            to.byte(kind::INVITE);
            to.extend_from_slice(&hash.0);
            to.byte(*role as u8);
            to.option(room.as_ref(), |room, to| to.text(room.as_str()));
            to.option(*uses, |uses, to| to.number(uses.into()));
            to.option(*until, |until, to| to.number(until));
        }
        Measure::EndInvitation(id) => {
            to.byte(kind::END_INVITATION);
            to.number(id.get());
        }
        Measure::Redeem(hash) => {
            to.byte(kind::REDEEM);
            to.extend_from_slice(&hash.0);
        }
        Measure::Gather { room, people } => {
            to.byte(kind::GATHER);
            to.text(room.as_str());
            to.list(people, |who, to| to.number(who.get()));
        }
        Measure::Part { room, whom } => {
            to.byte(kind::PART);
            to.text(room.as_str());
            to.number(whom.get());
        }
    }
}

pub(super) fn read(from: &mut Reader<'_>) -> Result<Measure, Malformed> {
    Ok(match from.byte()? {
        kind::ROLE => Measure::Role { whom: user(from)?, role: role(from)? },
        kind::MUTE => Measure::Mute { whom: user(from)?, until: time(from)?, reason: boxed(from)? },
        kind::BAN => Measure::Ban { whom: user(from)?, until: time(from)?, reason: boxed(from)? },
        kind::DOOR => Measure::Door(Door::ALL.get(usize::from(from.byte()?)).copied().ok_or(Malformed)?),
        kind::INVITE => Measure::Invite(Invitation {
            hash: devices::hash(from)?,
            role: role(from)?,
            room: from.option(room)?,
            uses: from.option(small)?.map(u32::from),
            until: time(from)?,
        }),
        kind::END_INVITATION => {
            let id = from.number()?;
            let own = InvitationId::new(id);
            Measure::EndInvitation(Some(own).filter(|own| own.get() == id).ok_or(Malformed)?)
        }
        kind::PASSWORD => Measure::Password(password(from)?),
        kind::GIVE_PASSWORD => Measure::GivePassword(password(from)?),
        kind::REDEEM => Measure::Redeem(devices::hash(from)?),
        kind::GATHER => Measure::Gather { room: room(from)?, people: from.list(user)? },
        kind::BAN_ADDRESSES => {
            let range = from.text()?.parse().map_err(|_| Malformed)?;
            Measure::BanAddresses { range, until: time(from)?, reason: boxed(from)? }
        }
        kind::PART => Measure::Part { room: room(from)?, whom: user(from)? },
        _ => return Err(Malformed),
    })
}

fn password(from: &mut Reader<'_>) -> Result<PasswordHash, Malformed> {
    let bytes = from.array::<{ PASSWORD_SALT_BYTES + PASSWORD_HASH_BYTES }>()?;
    PasswordHash::from_bytes(&bytes).ok_or(Malformed)
}

fn role(from: &mut Reader<'_>) -> Result<Role, Malformed> {
    Role::ALL.get(usize::from(from.byte()?)).copied().ok_or(Malformed)
}

fn time(from: &mut Reader<'_>) -> Result<Option<u64>, Malformed> {
    from.option(Reader::number)
}
