//! The rooms that people keep on their lists. A part of the fold that is not said in the log. A list is by the rooms' names:
//! a room is on somebody's list before anything is said in it, and after it is gone.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::keeping::Keeping;
use crate::base::limits::KEPT_UNREAD_ROWS;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::rules;
use crate::log::sqlite::fold::Fold;
use crate::log::sqlite::private_rooms;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::users;
use crate::log::{KeptPage, KeptRequest, KeptRoom, Unread};
use crate::wire::protocol::mentions;

impl Fold {
    /// Sets how somebody who has a row keeps a room on their list, or takes it off; gives whether that is new.
    pub(super) fn keep(
        &mut self,
        tx: &Connection,
        who: UserId,
        room: &RoomName,
        asked: Option<Keeping>,
    ) -> Result<bool, Fault> {
        let sql = "SELECT favourite, muted FROM kept WHERE user = ?1 AND room = ?2";
        let before = tx.prepare_cached(sql)?.query_row(params![id(who), room.as_str()], |row| {
            Ok(Keeping { is_favourite: row.get(0)?, is_muted: row.get(1)? })
        });
        let before = before.optional()?;
        if before == asked {
            return Ok(false);
        }
        if before.is_none() {
            let sql = "SELECT count(*) FROM kept WHERE user = ?1";
            rules::check_list(tx.prepare_cached(sql)?.query_row([id(who)], |row| unsigned(row, 0))?)?;
        }
        match asked {
            Some(Keeping { is_favourite, is_muted }) => {
                let sql = "INSERT OR REPLACE INTO kept(user, room, favourite, muted) VALUES(?1, ?2, ?3, ?4)";
                tx.prepare_cached(sql)?.execute(params![id(who), room.as_str(), is_favourite, is_muted])?;
            }
            None => {
                let sql = "DELETE FROM kept WHERE user = ?1 AND room = ?2";
                tx.prepare_cached(sql)?.execute(params![id(who), room.as_str()])?;
            }
        }
        Ok(true)
    }
}

/// A page of somebody's list.
pub(super) fn page(connection: &Connection, request: &KeptRequest) -> rusqlite::Result<KeptPage> {
    let who = request.who;
    let is_known = connection.prepare_cached("SELECT 1 FROM users WHERE id = ?1")?.exists([id(who)])?;
    // No name is empty.
    let after = request.after.as_ref().map_or("", RoomName::as_str);
    let sql = "SELECT room, favourite, muted FROM kept WHERE user = ?1 AND room > ?2 ORDER BY room LIMIT ?3";
    let mut select = connection.prepare_cached(sql)?;
    let rooms = select.query_map(params![id(who), after, request.limit as i64 + 1], |row| {
        let room = RoomName::parse(row.get_ref(0)?.as_str()?).map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok((room, Keeping { is_favourite: row.get(1)?, is_muted: row.get(2)? }))
    })?;
    let mut page = KeptPage { is_visitor: !is_known, ..KeptPage::default() };
    for room in rooms {
        let (room, keeping) = room?;
        if page.rooms.len() == request.limit {
            page.next = page.rooms.last().map(|last| last.room.clone());
            break;
        }
        let is_open = request.open.contains(&room);
        page.rooms.push(kept(connection, who, room, keeping, is_open)?);
    }
    Ok(page)
}

fn kept(
    connection: &Connection,
    who: UserId,
    room: RoomName,
    keeping: Keeping,
    is_open: bool,
) -> rusqlite::Result<KeptRoom> {
    let is_theirs = private_rooms::may_enter(connection, &room, who)?;
    let sql = "SELECT id, title FROM rooms WHERE name = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([room.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut kept = KeptRoom { room, keeping, title: Box::default(), last: None, unread: None };
    // What is on a list may be a room that they are no more among the people of.
    let found = found.filter(|_| is_theirs);
    let Some((id, title)) = found else {
        kept.unread = (!is_open).then(Unread::default);
        return Ok(kept);
    };
    kept.title = title;
    let sql = "SELECT at FROM entries WHERE room = ?1 AND kind = 0 ORDER BY seq DESC LIMIT 1";
    kept.last = connection.prepare_cached(sql)?.query_row([id], |row| unsigned(row, 0)).optional()?;
    if !is_open {
        kept.unread = Some(unread(connection, who, id)?);
    }
    Ok(kept)
}

/// What somebody has not read in a room, among its latest messages. Bounded by what is looked at: their own, and what is
/// deleted, cost as much.
fn unread(connection: &Connection, who: UserId, room: i64) -> rusqlite::Result<Unread> {
    let mut unread = Unread::default();
    // Whoever has never read here has nothing that was left unread.
    let Some(read) = users::mark(connection, who, room)? else { return Ok(unread) };
    unread.read = read;
    let sql = "SELECT seq, mentions FROM (SELECT seq, user, mentions FROM entries
                 WHERE room = ?1 AND kind = 0 AND seq > ?2 ORDER BY seq DESC LIMIT ?4) e
               WHERE user <> ?3 AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.seq = e.seq AND c.deleted)";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![room, int(read), id(who), KEPT_UNREAD_ROWS as i64])?;
    while let Some(row) = rows.next()? {
        unread.count += 1;
        let whom = row.get_ref(1)?.as_str_or_null()?.map(mentions::from_text).unwrap_or_default();
        if whom.iter().any(|(_, mentioned)| mentioned == who) {
            unread.mentions.push(unsigned(row, 0)?);
        }
    }
    unread.mentions.reverse();
    Ok(unread)
}
