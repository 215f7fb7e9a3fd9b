//! The rules of rooms in the store, and the turns of those who write in rooms that are in slow mode.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::base::entry::{Content, Draft};
use crate::base::limits::{SLOW_MAX, TURNS_FORGOTTEN};
use crate::base::rights::Standing;
use crate::base::room_name::RoomName;
use crate::base::room_rules::{RoomRules, Writers};
use crate::base::user::UserId;
use crate::log::sqlite::fold::{Fold, Moment, Outcome};
use crate::log::sqlite::rights::{Note, note, numbered};
use crate::log::sqlite::row::{Fault, id, int, unsigned};

numbered! { Writers }

/// The columns of `rooms` that [`rules`] reads, in this order.
pub(super) const RULES: &str = "writers, slow, archived, deleted";

/// A room as the writer knows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownRoom {
    pub(super) id: i64,
    pub(super) rules: RoomRules,
}

/// Reads [`RULES`] from the column `first` on.
pub(super) fn rules(row: &Row<'_>, first: usize) -> rusqlite::Result<RoomRules> {
    let mut rules = RoomRules::default();
    (rules.writers, rules.slow) = (row.get(first)?, row.get(first + 1)?);
    (rules.archived, rules.deleted) = (row.get(first + 2)?, row.get(first + 3)?);
    Ok(rules)
}

/// The rules of a room.
pub(super) fn rules_of(connection: &Connection, name: &RoomName) -> rusqlite::Result<RoomRules> {
    let sql = format!("SELECT {RULES} FROM rooms WHERE name = ?1");
    let found =
        connection.prepare_cached(&sql)?.query_row([name.as_str()], |row| rules(row, 0)).optional()?;
    Ok(found.unwrap_or_default())
}

impl Fold {
    /// A room that is in the store.
    pub(super) fn known_room(
        &mut self,
        tx: &Connection,
        name: &RoomName,
    ) -> rusqlite::Result<Option<KnownRoom>> {
        if let Some(room) = self.rooms.get(name) {
            return Ok(Some(*room));
        }
        let sql = format!("SELECT id, {RULES} FROM rooms WHERE name = ?1");
        let known = |row: &Row<'_>| Ok(KnownRoom { id: row.get(0)?, rules: rules(row, 1)? });
        let room = tx.prepare_cached(&sql)?.query_row([name.as_str()], known).optional()?;
        self.rooms.extend(room.map(|room| (name.clone(), room)));
        Ok(room)
    }

    /// The rules of a room, be it in the store or not.
    pub(super) fn rules(&mut self, tx: &Connection, name: &RoomName) -> rusqlite::Result<RoomRules> {
        Ok(self.known_room(tx, name)?.map(|room| room.rules).unwrap_or_default())
    }

    /// Takes rules of a room into the log. Somebody may set them who may.
    pub(super) fn set_rules(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        after: RoomRules,
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        if self.rules(tx, &draft.room)? == after {
            return Ok(Outcome::Again(self.last()));
        }
        let outcome = self.enter(tx, draft, moment)?;
        let sql = "UPDATE rooms SET writers = ?2, slow = ?3, archived = ?4, deleted = ?5 WHERE name = ?1";
        let RoomRules { writers, slow, archived, deleted } = after;
        tx.prepare_cached(sql)?.execute(params![draft.room.as_str(), writers, slow, archived, deleted])?;
        if deleted {
            let sql = "UPDATE rooms SET topic = '', title = '', listed = 0 WHERE name = ?1";
            tx.prepare_cached(sql)?.execute([draft.room.as_str()])?;
        }
        self.rooms.entry(draft.room.clone()).and_modify(|room| room.rules = after);
        // The operator has no name.
        let by = Some(draft.by).filter(|by| *by != UserId::GUEST);
        let detail = format!("{}: {after}", draft.room);
        let at = moment.at;
        note(tx, &Note { at, by, action: "room_rules", whom: None, until: None, detail: &detail })?;
        Ok(outcome)
    }

    /// Whether the author of a message may say it now, where its room is in slow mode.
    pub(super) fn check_turn(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        own: Standing,
        at: u64,
    ) -> Result<(), Fault> {
        let Some(KnownRoom { id: room, rules }) = self.slow_room(tx, draft)? else { return Ok(()) };
        if draft.is_moderation {
            return Ok(());
        }
        let sql = "SELECT at FROM turns WHERE room = ?1 AND user = ?2";
        let last =
            tx.prepare_cached(sql)?.query_row([room, id(draft.by)], |row| unsigned(row, 0)).optional()?;
        rules.check_turn(own.role, last, at)?;
        Ok(())
    }

    /// Notes when somebody has said something, where its room is in slow mode.
    pub(super) fn note_turn(&mut self, tx: &Connection, draft: &Draft, at: u64) -> rusqlite::Result<()> {
        let Some(KnownRoom { id: room, .. }) = self.slow_room(tx, draft)? else { return Ok(()) };
        tx.prepare_cached("INSERT OR REPLACE INTO turns(room, user, at) VALUES(?1, ?2, ?3)")?.execute([
            room,
            id(draft.by),
            int(at),
        ])?;
        // In no room anybody waits for longer. Of rooms that are gone, too.
        let sql = "DELETE FROM turns WHERE (room, user) IN
                     (SELECT room, user FROM turns WHERE at < ?1 ORDER BY at LIMIT ?2)";
        let before = at.saturating_sub(u64::from(SLOW_MAX) * 1_000);
        tx.prepare_cached(sql)?.execute([int(before), TURNS_FORGOTTEN as i64])?;
        Ok(())
    }

    /// The room of a message, where it is in slow mode.
    fn slow_room(&mut self, tx: &Connection, draft: &Draft) -> rusqlite::Result<Option<KnownRoom>> {
        if !matches!(draft.content, Content::Message { .. }) {
            return Ok(None);
        }
        Ok(self.known_room(tx, &draft.room)?.filter(|room| room.rules.slow > 0))
    }
}
