//! Rights in the store: roles, bans and mutes of people who have a row, the door, invitations, and the record of what was done.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::base::devices::LinkHash;
use crate::base::limits::{ADDRESS_BANS, AUDIT_ENTRIES, INVITATIONS};
use crate::base::name::Name;
use crate::base::network::{AddressBan, AddressRange};
use crate::base::rights::{self, Door, Invitation, InvitationId, Measure, Parties, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::governance::{detail, until};
use crate::log::sqlite::faces;
use crate::log::sqlite::password::{password, set_password};
use crate::log::sqlite::private_rooms;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::step::set_meta;
use crate::log::sqlite::users::Users;
use crate::log::{AuditEntry, Change, ListedInvitation, MembersPage, MembersRequest};

/// The columns of `users` that [`standing`] reads, in this order.
pub(super) const STANDING: &str = "role, muted, banned";

/// Enums that the store has as their places in `ALL`.
macro_rules! numbered {
    ($($enum:ident)*) => {$(
        impl rusqlite::types::ToSql for $enum {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(*self as i64))
            }
        }

        impl rusqlite::types::FromSql for $enum {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let number = value.as_i64()?;
                let known = usize::try_from(number).ok().and_then(|number| Self::ALL.get(number));
                known.copied().ok_or(rusqlite::types::FromSqlError::OutOfRange(number))
            }
        }
    )*};
}

pub(super) use numbered;

numbered! { Role Door }

/// An entry of the record of what was done.
pub(super) struct Note<'a> {
    pub(super) at: u64,
    pub(super) by: Option<UserId>,
    pub(super) action: &'a str,
    pub(super) whom: Option<UserId>,
    pub(super) until: Option<u64>,
    pub(super) detail: &'a str,
}

impl Users {
    /// How somebody stands: as everybody, without a row.
    pub(super) fn standing(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<Standing> {
        if who == UserId::GUEST {
            return Ok(Standing::default());
        }
        Ok(self.look_up(tx, who)?.map(|known| known.standing).unwrap_or_default())
    }

    /// Takes a measure, if it may be taken; gives 0 where it changes nothing. The person whom it is about has a row.
    pub(super) fn govern(
        &mut self,
        tx: &Connection,
        by: Option<UserId>,
        measure: &Measure,
        at: u64,
    ) -> Result<u64, Fault> {
        let whom = match measure {
            Measure::Gather { room, people } => {
                if let Some(by) = by {
                    self.standing(tx, by)?.check_writing(self.door(), at)?;
                }
                return self.gather(tx, by, room, people);
            }
            Measure::Part { room, whom } => return self.part(tx, by, room, *whom),
            Measure::Redeem(_) | Measure::GivePassword(_) => by,
            _ => measure.whom(),
        };
        let before = match whom {
            Some(whom) if self.look_up(tx, whom)?.is_none() => return Err(rights::no_such_person().into()),
            Some(whom) => self.standing(tx, whom)?,
            None => Standing::default(),
        };
        let by_standing = match by {
            Some(by) => Some((by, self.standing(tx, by)?)),
            None => None,
        };
        let owners = if before.role == Role::Owner { owners(tx)? } else { 0 };
        rights::check(measure, Parties { by: by_standing, whom: before, owners })?;
        let after = match measure {
            Measure::Role { .. } | Measure::Mute { .. } | Measure::Ban { .. } => before.after(measure),
            Measure::Gather { .. } | Measure::Part { .. } => before,
            Measure::BanAddresses { range, until, reason } => {
                if !ban_addresses(tx, range, *until, reason, at)? {
                    return Ok(0);
                }
                self.set_address_bans(address_bans(tx)?);
                before
            }
            Measure::Door(door) => {
                if self.door() == *door {
                    return Ok(0);
                }
                rights::check_door(*door, password(tx)?.is_some())?;
                self.set_door(tx, *door)?;
                before
            }
            Measure::Password(hash) => {
                set_password(tx, *hash)?;
                before
            }
            Measure::GivePassword(given) => {
                by.ok_or_else(rights::no_such_person)?;
                rights::after_password(before, given, self.door(), password(tx)?.as_ref(), at)?
            }
            Measure::Invite(invitation) => {
                invite(tx, by, invitation, at)?;
                before
            }
            Measure::EndInvitation(invitation) => {
                end_invitation(tx, by_standing.map(|(_, standing)| standing), *invitation)?;
                before
            }
            Measure::Redeem(hash) => {
                let invitation = invitation(tx, InvitationId::of(hash))?.filter(|one| one.hash == *hash);
                rights::check_invitation(invitation.as_ref(), at)?;
                match invitation {
                    Some(invitation) if invitation.role > before.role => {
                        use_up(tx, &invitation)?;
                        Standing { role: invitation.role, ..before }
                    }
                    _ => return Ok(0),
                }
            }
        };
        if let Some(whom) = whom {
            if after == before {
                return Ok(0);
            }
            let sql = "UPDATE users SET role = ?2, muted = ?3, banned = ?4 WHERE id = ?1";
            let Standing { role, muted, banned } = after;
            tx.prepare_cached(sql)?.execute(params![id(whom), role, muted.map(int), banned.map(int)])?;
            self.forget(whom);
            // A measure is remembered as an entry is: for as long as the chat.
            self.spoke(tx, whom)?;
        }
        let detail = match measure {
            Measure::Redeem(_) => after.role.as_str(),
            measure => detail(measure),
        };
        let until = until(measure);
        note(tx, &Note { at, by, action: measure.name(), whom, until, detail })?;
        Ok(1)
    }

    /// What listeners are told of a measure that was taken.
    pub(super) fn change_by(
        &mut self,
        tx: &Connection,
        by: Option<UserId>,
        measure: &Measure,
    ) -> rusqlite::Result<Option<Change>> {
        let whom = match measure {
            Measure::Redeem(_) | Measure::GivePassword(_) => by,
            Measure::Door(door) => return Ok(Some(Change::Door(*door))),
            Measure::BanAddresses { .. } => return Ok(Some(Change::Addresses(self.address_bans()))),
            Measure::Gather { room, .. } => {
                let people = private_rooms::users(tx, room)?;
                return Ok(Some(Change::Gathered { room: room.clone(), people }));
            }
            Measure::Part { room, whom } => {
                let people = private_rooms::users(tx, room)?;
                return Ok(Some(Change::Parted { room: room.clone(), who: *whom, people }));
            }
            measure => measure.whom(),
        };
        let Some(who) = whom else { return Ok(None) };
        Ok(Some(Change::Standing { who, standing: self.standing(tx, who)? }))
    }

    fn set_door(&mut self, tx: &Connection, door: Door) -> rusqlite::Result<()> {
        set_meta(tx, "door", door as i64)?;
        self.open_door(door);
        Ok(())
    }
}

/// The bans of addresses.
pub(super) fn address_bans(connection: &Connection) -> rusqlite::Result<Arc<[AddressBan]>> {
    let mut select =
        connection.prepare_cached("SELECT range, until, reason FROM address_bans ORDER BY range")?;
    let bans = select.query_map([], |row| {
        let range = row.get_ref(0)?.as_str()?.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(AddressBan { range, until: unsigned(row, 1)?, reason: row.get(2)? })
    })?;
    bans.collect()
}

/// Bans addresses, or ends that; gives whether that is new.
fn ban_addresses(
    tx: &Connection,
    range: &AddressRange,
    until: Option<u64>,
    reason: &str,
    at: u64,
) -> Result<bool, Fault> {
    tx.prepare_cached("DELETE FROM address_bans WHERE until <= ?1")?.execute([int(at)])?;
    let range = range.to_string();
    let Some(until) = until else {
        let ended = tx.prepare_cached("DELETE FROM address_bans WHERE range = ?1")?.execute([&range])?;
        return Ok(ended > 0);
    };
    let sql = "SELECT count(*) FROM address_bans WHERE range <> ?1";
    if tx.prepare_cached(sql)?.query_row([&range], |row| unsigned(row, 0))? >= ADDRESS_BANS as u64 {
        return Err(rights::too_many_bans().into());
    }
    let sql = "INSERT OR REPLACE INTO address_bans(range, until, reason) VALUES(?1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute(params![range, int(until), reason])?;
    Ok(true)
}

/// How many owners there are.
pub(super) fn owners(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT count(*) FROM users INDEXED BY users_standing
               WHERE role = ?1 AND (role > 0 OR muted IS NOT NULL OR banned IS NOT NULL)";
    connection.prepare_cached(sql)?.query_row([Role::Owner], |row| unsigned(row, 0))
}

/// What guests may do.
pub(super) fn door(connection: &Connection) -> rusqlite::Result<Door> {
    let sql = "SELECT value FROM meta WHERE key = 'door'";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Reads [`STANDING`] from the column `first` on.
pub(super) fn standing(row: &Row<'_>, first: usize) -> rusqlite::Result<Standing> {
    Ok(Standing { role: row.get(first)?, muted: time(row, first + 1)?, banned: time(row, first + 2)? })
}

/// How somebody stands, as the store has it.
pub(super) fn standing_of(connection: &Connection, who: UserId) -> rusqlite::Result<Standing> {
    let sql = format!("SELECT {STANDING} FROM users WHERE id = ?1");
    let found = connection.prepare_cached(&sql)?.query_row([id(who)], |row| standing(row, 0)).optional()?;
    Ok(found.unwrap_or_default())
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned))
}

/// Records what was done.
pub(super) fn note(tx: &Connection, note: &Note<'_>) -> rusqlite::Result<()> {
    let Note { at, by, action, whom, until, detail } = note;
    let sql = "INSERT INTO audit(at, by, action, whom, until, detail) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![int(*at), by.map(id), action, whom.map(id), until.map(int), detail];
    tx.prepare_cached(sql)?.execute(values)?;
    let last = tx.last_insert_rowid();
    tx.prepare_cached("DELETE FROM audit WHERE id <= ?1")?.execute([last - AUDIT_ENTRIES as i64]).map(drop)
}

fn invite(tx: &Connection, by: Option<UserId>, invitation: &Invitation, at: u64) -> Result<(), Fault> {
    let Invitation { hash, role, room, uses, until } = invitation;
    if by.is_none() && *role == Role::Owner && until.is_none() {
        // The link that the server prints for the first owner: the one that it printed before is not good any more.
        let sql = "DELETE FROM invitations WHERE maker IS NULL AND role = ?1 AND until IS NULL";
        tx.prepare_cached(sql)?.execute([Role::Owner])?;
    }
    tx.prepare_cached("DELETE FROM invitations WHERE until <= ?1")?.execute([int(at)])?;
    let count =
        tx.prepare_cached("SELECT count(*) FROM invitations")?.query_row([], |row| unsigned(row, 0))?;
    if count >= INVITATIONS as u64 {
        return Err(rights::too_many_invitations().into());
    }
    let sql = "INSERT OR REPLACE INTO invitations(id, hash, role, room, uses, until, maker, made)
               VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let room = room.as_ref().map(RoomName::as_str);
    let (id_of, until) = (int(invitation.id().get()), until.map(int));
    tx.prepare_cached(sql)?.execute(params![id_of, hash.0, role, room, uses, until, by.map(id), int(at)])?;
    Ok(())
}

/// Ends an invitation; one to a role of one's own or above only an owner, or the operator.
fn end_invitation(tx: &Connection, by: Option<Standing>, which: InvitationId) -> Result<(), Fault> {
    let found = invitation(tx, which)?.ok_or_else(rights::bad_invitation)?;
    if let Some(by) = by {
        rights::check_ending(by, &found)?;
    }
    tx.prepare_cached("DELETE FROM invitations WHERE id = ?1")?.execute([int(which.get())])?;
    Ok(())
}

fn use_up(tx: &Connection, invitation: &Invitation) -> rusqlite::Result<()> {
    let which = int(invitation.id().get());
    match invitation.uses {
        None => Ok(()),
        Some(..=1) => tx.prepare_cached("DELETE FROM invitations WHERE id = ?1")?.execute([which]).map(drop),
        Some(_) => tx
            .prepare_cached("UPDATE invitations SET uses = uses - 1 WHERE id = ?1")?
            .execute([which])
            .map(drop),
    }
}

/// The columns that [`read_invitation`] reads, in this order, of `invitations i`.
const INVITATION: &str = "i.hash, i.role, i.room, i.uses, i.until";

fn read_invitation(row: &Row<'_>) -> rusqlite::Result<Invitation> {
    let room = row.get_ref(2)?.as_str_or_null()?.map(RoomName::parse).transpose();
    Ok(Invitation {
        hash: LinkHash(row.get(0)?),
        role: row.get(1)?,
        room: room.map_err(|_| rusqlite::Error::InvalidQuery)?,
        uses: row.get(3)?,
        until: time(row, 4)?,
    })
}

fn invitation(tx: &Connection, which: InvitationId) -> rusqlite::Result<Option<Invitation>> {
    let sql = format!("SELECT {INVITATION} FROM invitations i WHERE id = ?1");
    tx.prepare_cached(&sql)?.query_row([int(which.get())], read_invitation).optional()
}

/// All invitations that are not over, the latest first.
pub(super) fn invitations(connection: &Connection, now: u64) -> rusqlite::Result<Vec<ListedInvitation>> {
    let sql = format!(
        "SELECT {INVITATION}, i.made, i.maker, u.name, {} FROM invitations i LEFT JOIN users u ON u.id = i.maker
         WHERE i.until IS NULL OR i.until > ?1 ORDER BY i.made DESC, i.id",
        faces::SHOWN
    );
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([int(now)], |row| {
        let made = unsigned(row, 5)?;
        Ok(ListedInvitation::of(&read_invitation(row)?, person(row, 6)?, made))
    })?;
    rows.collect()
}

/// Reads a user who may be none: an id, a name and [`faces::SHOWN`].
fn person(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<User>> {
    match row.get::<_, Option<i64>>(first)? {
        Some(_) => faces::user(row, first, first + 1, first + 2).map(Some),
        None => Ok(None),
    }
}

/// A page of the people who have a standing.
pub(super) fn members(connection: &Connection, request: MembersRequest) -> rusqlite::Result<MembersPage> {
    let sql = format!(
        "SELECT u.id, u.name, {}, {STANDING} FROM users u INDEXED BY users_standing
         WHERE (role > 0 OR muted IS NOT NULL OR banned IS NOT NULL) AND id > ?1 ORDER BY id LIMIT ?2",
        faces::SHOWN
    );
    let after = request.after.map_or(-1, id);
    let mut select = connection.prepare_cached(&sql)?;
    let people = select.query_map(params![after, request.limit as i64 + 1], |row| {
        Ok((faces::user(row, 0, 1, 2)?, standing(row, 4)?))
    })?;
    let mut page = MembersPage { people: people.collect::<rusqlite::Result<_>>()?, next: None };
    if page.people.len() > request.limit {
        page.people.truncate(request.limit);
        page.next = page.people.last().map(|(user, _)| user.id);
    }
    Ok(page)
}

/// What was done, the latest first.
pub(super) fn audit(
    connection: &Connection,
    before: Option<u64>,
    limit: usize,
) -> rusqlite::Result<Vec<AuditEntry>> {
    let sql = "SELECT a.id, a.at, a.action, a.until, a.detail,
                 a.by, b.name, b.emoji, coalesce(b.own_hue, b.hue), a.whom, w.name, w.emoji, coalesce(w.own_hue, w.hue)
               FROM audit a LEFT JOIN users b ON b.id = a.by LEFT JOIN users w ON w.id = a.whom
               WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2";
    let before = before.map_or(i64::MAX, int);
    let mut select = connection.prepare_cached(sql)?;
    let entries = select.query_map(params![before, limit as i64], |row| {
        Ok(AuditEntry {
            id: unsigned(row, 0)?,
            at: unsigned(row, 1)?,
            action: row.get(2)?,
            until: time(row, 3)?,
            detail: row.get(4)?,
            by: person(row, 5)?,
            whom: person(row, 9)?,
        })
    })?;
    entries.collect()
}

/// The latest messages of somebody since a time, that are not deleted. A message has a `cid`, by which its author's are found.
pub(super) fn messages_of(
    connection: &Connection,
    who: UserId,
    since: u64,
    seen_by: Option<UserId>,
    limit: usize,
) -> rusqlite::Result<Vec<(RoomName, u64)>> {
    let sql = "SELECT e.seq, r.name FROM entries e JOIN rooms r ON r.id = e.room
               WHERE e.user = ?1 AND e.cid IS NOT NULL AND e.kind = 0 AND e.at >= ?2
                 AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.seq = e.seq AND c.deleted)
                 AND (?4 IS NULL OR r.name NOT GLOB '__[pd]*'
                      OR EXISTS (SELECT 1 FROM people_of_rooms p WHERE p.room = r.name AND p.user = ?4))
               ORDER BY e.seq DESC LIMIT ?3";
    let mut select = connection.prepare_cached(sql)?;
    let messages = select.query_map(params![id(who), int(since), limit as i64, seen_by.map(id)], |row| {
        let room = RoomName::parse(row.get_ref(1)?.as_str()?).map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok((room, unsigned(row, 0)?))
    })?;
    messages.collect()
}

/// Somebody who has a row.
pub(super) fn person_of(connection: &Connection, who: UserId) -> rusqlite::Result<Option<User>> {
    let sql = format!("SELECT u.id, u.name, {} FROM users u WHERE id = ?1", faces::SHOWN);
    connection.prepare_cached(&sql)?.query_row([id(who)], |row| faces::user(row, 0, 1, 2)).optional()
}

/// The user who has a name, or one that looks like it.
pub(super) fn find_person(connection: &Connection, name: &Name) -> rusqlite::Result<Option<User>> {
    let sql = format!(
        "SELECT u.id, u.name, {} FROM names n JOIN users u ON u.id = n.user WHERE n.key = ?1",
        faces::SHOWN
    );
    for key in name.keys() {
        let found = connection.prepare_cached(&sql)?.query_row([key], |row| faces::user(row, 0, 1, 2));
        if let Some(user) = found.optional()? {
            return Ok(Some(user));
        }
    }
    Ok(None)
}
