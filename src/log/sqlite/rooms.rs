//! What rooms are set to beside their topics, and the directory of those that are listed.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::base::entry::Draft;
use crate::base::limits::DIRECTORY_LOOKS;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::rules::{self, RoomSetting};
use crate::log::sqlite::fold::{Fold, Moment, Outcome};
use crate::log::sqlite::row::{Fault, id, unsigned};
use crate::log::{DirectoryPage, DirectoryRequest, ListedRoom};

/// The columns that [`setting`] reads, in this order, of `rooms`.
pub(super) const COLUMNS: &str = "title, listed, maker";

/// Reads [`COLUMNS`] from the column `first` on.
pub(super) fn setting(row: &Row<'_>, first: usize) -> rusqlite::Result<RoomSetting> {
    let maker: Option<i64> = row.get(first + 2)?;
    Ok(RoomSetting {
        title: row.get(first)?,
        is_listed: row.get(first + 1)?,
        maker: maker.map(|maker| UserId::new(maker.cast_unsigned())),
    })
}

impl Fold {
    /// Takes a title of a room, and whether it is listed, into the log.
    pub(super) fn set_room(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        (title, is_listed): (&str, bool),
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM rooms WHERE name = ?1");
        let before = tx.prepare_cached(&sql)?.query_row([draft.room.as_str()], |row| setting(row, 0));
        let Some(after) = rules::set_room(before.optional()?.as_ref(), draft, title, is_listed)? else {
            return Ok(Outcome::Again(self.last()));
        };
        let outcome = self.enter(tx, draft, moment)?;
        let sql = "UPDATE rooms SET title = ?2, listed = ?3, maker = ?4 WHERE name = ?1";
        let values = params![draft.room.as_str(), after.title, after.is_listed, after.maker.map(id)];
        tx.prepare_cached(sql)?.execute(values)?;
        Ok(outcome)
    }
}

/// A page of the rooms that are listed: at most one more than a page looks at are read, by the index of their names.
pub(super) fn directory(
    connection: &Connection,
    request: &DirectoryRequest,
) -> rusqlite::Result<DirectoryPage> {
    // No name is empty.
    let after = request.after.as_ref().map_or("", RoomName::as_str);
    let sql =
        "SELECT name, title, topic, archived FROM rooms WHERE listed AND name > ?1 ORDER BY name LIMIT ?2";
    let mut select = connection.prepare_cached(sql)?;
    let rooms = select.query_map(params![after, DIRECTORY_LOOKS as i64 + 1], |row| {
        let room = RoomName::parse(row.get_ref(0)?.as_str()?).map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(ListedRoom { room, title: row.get(1)?, topic: row.get(2)?, archived: row.get(3)?, last: None })
    })?;
    let mut page = request.page(rooms)?;
    let sql = "SELECT at FROM entries WHERE room = (SELECT id FROM rooms WHERE name = ?1) AND kind = 0
               ORDER BY seq DESC LIMIT 1";
    let mut last = connection.prepare_cached(sql)?;
    for listed in &mut page.rooms {
        listed.last = last.query_row([listed.room.as_str()], |row| unsigned(row, 0)).optional()?;
    }
    Ok(page)
}

/// The last entry that was in a room which is gone.
pub(super) fn gone_floor(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT coalesce((SELECT value FROM meta WHERE key = 'gone_floor'), 0)";
    connection.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0))
}
