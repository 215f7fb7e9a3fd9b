//! A sweep: what strangers left behind that is of no use to anyone. People who came and never spoke, rooms with nothing in
//! them, read markers of rooms that are gone.

use rusqlite::{Connection, params};

use crate::base::clock;
use crate::base::limits::{SCAN_ROWS, SEEN_PERIOD, STEP_ROWS};
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::sqlite::row::{int, unsigned};
use crate::log::sqlite::step::{Step, UNSET};

/// Goes through the tables once, some rows at a time.
#[derive(Debug)]
pub(super) struct Sweep {
    /// People who were not seen since are forgotten.
    before: u64,
    /// People who are connected and were not seen since are seen now.
    unseen: u64,
    at: Stage,
}

/// The row that was looked at last.
#[derive(Debug)]
enum Stage {
    Connected(i64),
    People(i64),
    Rooms(i64),
    Markers(i64, i64),
    End,
}

impl Sweep {
    pub(super) fn new(before: u64) -> Self {
        let unseen = clock::wall_ms().saturating_sub(SEEN_PERIOD.as_millis() as u64);
        Self { before, unseen, at: Stage::Connected(-1) }
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.at, Stage::End)
    }

    /// Looks at some more rows; gives what is to be done about them. `is_here` knows who is connected.
    pub(super) fn next(
        &mut self,
        connection: &Connection,
        is_here: impl Fn(UserId) -> bool,
    ) -> rusqlite::Result<Option<Step>> {
        match self.at {
            Stage::People(after) => self.people(connection, after),
            Stage::Connected(after) => self.connected(connection, after, is_here),
            Stage::Rooms(after) => self.rooms(connection, after),
            Stage::Markers(user, room) => self.markers(connection, user, room),
            Stage::End => Ok(None),
        }
    }

    fn people(&mut self, connection: &Connection, after: i64) -> rusqlite::Result<Option<Step>> {
        let sql = "SELECT id, seen < ?2 AND NOT spoke FROM users WHERE id > ?1 ORDER BY id LIMIT ?3";
        let (people, next) = users(connection, sql, after, self.before, |_| true)?;
        self.at = next.map_or(Stage::Rooms(0), Stage::People);
        let before = self.before;
        Ok((!people.is_empty()).then_some(Step::ForgetPeople { before, people }))
    }

    fn connected(
        &mut self,
        connection: &Connection,
        after: i64,
        is_here: impl Fn(UserId) -> bool,
    ) -> rusqlite::Result<Option<Step>> {
        let sql = "SELECT id, seen < ?2 FROM users WHERE id > ?1 ORDER BY id LIMIT ?3";
        let (people, next) = users(connection, sql, after, self.unseen, is_here)?;
        self.at = next.map_or(Stage::People(-1), Stage::Connected);
        Ok((!people.is_empty()).then_some(Step::See(people)))
    }

    /// A room in which nothing was said, or nothing is kept of it, has nothing worth keeping unless somebody has set it: who was
    /// called what is no use without their messages.
    fn rooms(&mut self, connection: &Connection, after: i64) -> rusqlite::Result<Option<Step>> {
        let sql = format!(
            "SELECT id, name, {UNSET} AND NOT EXISTS (SELECT 1 FROM entries WHERE room = rooms.id AND kind = 0)
             FROM rooms WHERE id > ?1 ORDER BY id LIMIT ?2"
        );
        let mut select = connection.prepare_cached(&sql)?;
        let mut rows = select.query([after, SCAN_ROWS as i64])?;
        let mut empty = Vec::new();
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let room = row.get(0)?;
            count += 1;
            if row.get(2)? {
                let sql = "SELECT seq FROM entries WHERE room = ?1 AND kind > 0 ORDER BY seq LIMIT ?2";
                let mut select = connection.prepare_cached(sql)?;
                let entries = select.query_map([room, STEP_ROWS as i64], |row| unsigned(row, 0))?;
                let entries = entries.collect::<Result<Vec<_>, _>>()?;
                if entries.is_empty() {
                    empty.extend(RoomName::parse(row.get_ref(1)?.as_str()?));
                } else if empty.is_empty() {
                    // It is looked at again once they are gone.
                    self.at = Stage::Rooms(room - 1);
                    return Ok(Some(Step::Forget(entries)));
                } else {
                    self.at = Stage::Rooms(room - 1);
                    return Ok(Some(Step::ForgetRooms(empty)));
                }
            }
            self.at = Stage::Rooms(room);
            if empty.len() == STEP_ROWS {
                return Ok(Some(Step::ForgetRooms(empty)));
            }
        }
        if count < SCAN_ROWS {
            self.at = Stage::Markers(-1, -1);
        }
        Ok((!empty.is_empty()).then_some(Step::ForgetRooms(empty)))
    }

    fn markers(&mut self, connection: &Connection, user: i64, room: i64) -> rusqlite::Result<Option<Step>> {
        let sql = "SELECT user, room, NOT EXISTS (SELECT 1 FROM rooms WHERE id = reads.room) FROM reads
                   WHERE (user, room) > (?1, ?2) ORDER BY user, room LIMIT ?3";
        let mut select = connection.prepare_cached(sql)?;
        let mut rows = select.query([user, room, SCAN_ROWS as i64])?;
        let mut gone = Vec::new();
        self.at = Stage::End;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let marker = (row.get(0)?, row.get(1)?);
            if row.get(2)? {
                gone.push(marker);
            }
            count += 1;
            if gone.len() == STEP_ROWS || count == SCAN_ROWS {
                self.at = Stage::Markers(marker.0, marker.1);
                break;
            }
        }
        Ok((!gone.is_empty()).then_some(Step::ForgetMarkers(gone)))
    }
}

/// Some people after one: those that the query marks and the filter lets through, and where to go on.
fn users(
    connection: &Connection,
    sql: &str,
    after: i64,
    before: u64,
    filter: impl Fn(UserId) -> bool,
) -> rusqlite::Result<(Vec<UserId>, Option<i64>)> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![after, int(before), SCAN_ROWS as i64])?;
    let (mut people, mut count) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let user: i64 = row.get(0)?;
        let who = UserId::new(user.cast_unsigned());
        if row.get(1)? && filter(who) {
            people.push(who);
        }
        count += 1;
        if people.len() == STEP_ROWS || count == SCAN_ROWS {
            return Ok((people, Some(user)));
        }
    }
    Ok((people, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sqlite::migrate;

    #[test]
    fn connected_people_are_seen_and_nobody_else() {
        let store = Connection::open_in_memory().expect("a store");
        migrate::make(&store).expect("its tables");
        let now = clock::wall_ms();
        for (user, seen) in [(1, 0), (2, 0), (3, now)] {
            let sql = "INSERT INTO users(id, name, seen) VALUES(?1, 'somebody', ?2)";
            store.execute(sql, params![user, int(seen)]).expect("a row");
        }
        let step = Sweep::new(0).next(&store, |who| who.get() != 2).expect("a look");
        assert!(
            matches!(step, Some(Step::See(people)) if people == [UserId::new(1)]),
            "2 is away, 3 was seen just now"
        );
    }
}
