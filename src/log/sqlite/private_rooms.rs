//! The people of private rooms, as rows.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::{PRIVATE_PEOPLE, PRIVATE_ROOMS};
use crate::base::private_room::{self, Circle};
use crate::base::rights;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::sqlite::faces;
use crate::log::sqlite::row::{Fault, id, unsigned};
use crate::log::sqlite::users::Users;
use crate::log::{PrivateRoom, PrivateRoomsPage};

impl Users {
    /// People come into a private room; gives how many of them are new there. Whoever the chat does not know is refused.
    pub(super) fn gather(
        &mut self,
        tx: &Connection,
        by: Option<UserId>,
        room: &RoomName,
        asked: &[UserId],
    ) -> Result<u64, Fault> {
        let people = people(tx, room)?;
        let new = private_room::gather(Circle { room, by, people: &people, maker: None }, asked)?;
        for who in &new {
            if *who == UserId::GUEST || self.look_up(tx, *who)?.is_none() {
                return Err(rights::no_such_person().into());
            }
            let sql = "SELECT count(*) FROM room_people WHERE user = ?1";
            let rooms = tx.prepare_cached(sql)?.query_row([id(*who)], |row| unsigned(row, 0))?;
            if rooms >= PRIVATE_ROOMS as u64 {
                return Err(private_room::too_many_private_rooms().into());
            }
        }
        let sql = "INSERT INTO room_people(room, user, nth)
                   SELECT ?1, ?2, 1 + coalesce((SELECT max(nth) FROM room_people WHERE room = ?1), 0)";
        for who in &new {
            tx.prepare_cached(sql)?.execute(params![room.as_str(), id(*who)])?;
            // They are remembered as those are who have said something.
            self.spoke(tx, *who)?;
        }
        Ok(new.len() as u64)
    }

    /// Somebody is no more among the people of a private room; gives 0 where they were not.
    pub(super) fn part(
        &self,
        tx: &Connection,
        by: Option<UserId>,
        room: &RoomName,
        whom: UserId,
    ) -> Result<u64, Fault> {
        let people = people(tx, room)?;
        let sql = "SELECT maker FROM rooms WHERE name = ?1";
        let maker: Option<Option<i64>> =
            tx.prepare_cached(sql)?.query_row([room.as_str()], |row| row.get(0)).optional()?;
        let maker = maker.flatten().map(|maker| UserId::new(maker.cast_unsigned()));
        // A room in which nothing was said yet is whose it was first.
        let maker = maker.or(people.first().copied());
        private_room::check_parting(Circle { room, by, people: &people, maker }, whom)?;
        let sql = "DELETE FROM room_people WHERE room = ?1 AND user = ?2";
        Ok(tx.prepare_cached(sql)?.execute(params![room.as_str(), id(whom)])? as u64)
    }
}

/// The people of a private room, in the order in which they came.
pub(super) fn people(connection: &Connection, room: &RoomName) -> rusqlite::Result<Vec<UserId>> {
    let sql = "SELECT user FROM people_of_rooms WHERE room = ?1 ORDER BY nth";
    let mut select = connection.prepare_cached(sql)?;
    let people = select.query_map([room.as_str()], |row| Ok(UserId::new(unsigned(row, 0)?)))?;
    people.collect()
}

/// The same, as others see them.
pub(super) fn users(connection: &Connection, room: &RoomName) -> rusqlite::Result<Vec<User>> {
    let sql = format!(
        "SELECT u.id, u.name, {} FROM people_of_rooms p JOIN users u ON u.id = p.user WHERE p.room = ?1 ORDER BY p.nth LIMIT ?2",
        faces::SHOWN
    );
    let mut select = connection.prepare_cached(&sql)?;
    // There may be more moderators than a private room has people.
    let most = PRIVATE_PEOPLE as i64;
    let people = select.query_map(params![room.as_str(), most], |row| faces::user(row, 0, 1, 2))?;
    people.collect()
}

/// Whether somebody may come into a room.
pub(super) fn may_enter(connection: &Connection, room: &RoomName, who: UserId) -> rusqlite::Result<bool> {
    if !room.is_private() {
        return Ok(true);
    }
    let sql = "SELECT 1 FROM people_of_rooms WHERE room = ?1 AND user = ?2";
    connection.prepare_cached(sql)?.exists(params![room.as_str(), id(who)])
}

/// A page of somebody's private rooms.
pub(super) fn page(
    connection: &Connection,
    who: UserId,
    after: Option<&RoomName>,
    limit: usize,
) -> rusqlite::Result<PrivateRoomsPage> {
    // No name is empty.
    let after = after.map_or("", RoomName::as_str);
    let sql = "SELECT room FROM people_of_rooms WHERE user = ?1 AND room > ?2 ORDER BY room LIMIT ?3";
    let mut select = connection.prepare_cached(sql)?;
    let names = select.query_map(params![id(who), after, limit as i64 + 1], |row| {
        RoomName::parse(row.get_ref(0)?.as_str()?).map_err(|_| rusqlite::Error::InvalidQuery)
    })?;
    let mut page = PrivateRoomsPage::default();
    for room in names {
        if page.rooms.len() == limit {
            page.next = page.rooms.last().map(|last| last.room.clone());
            break;
        }
        page.rooms.push(private_room(connection, room?)?);
    }
    Ok(page)
}

fn private_room(connection: &Connection, room: RoomName) -> rusqlite::Result<PrivateRoom> {
    let sql =
        "SELECT title, (SELECT at FROM entries WHERE room = rooms.id AND kind = 0 ORDER BY seq DESC LIMIT 1)
               FROM rooms WHERE name = ?1";
    let found = connection.prepare_cached(sql)?.query_row([room.as_str()], |row| {
        Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(i64::cast_unsigned)))
    });
    let (title, last) = found.optional()?.unwrap_or_default();
    let people = users(connection, &room)?;
    Ok(PrivateRoom { room, title, people, last })
}
