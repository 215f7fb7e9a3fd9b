//! What has become of a message: a row of the table `changes`, which is there once something happened to it. The one place
//! where such a state is computed, written, read, and made a [`Present`] of.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::base::entry::{Entry, Kind, Present, Reaction, Replies};
use crate::log::sqlite::row::{int, unsigned};

/// The columns that [`Change::read`] reads, in this order, of `changes c`.
pub(super) const COLUMNS: &str = "c.changed, c.edited, c.deleted";

/// What has become of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// The last entry that touched it.
    pub(super) last: u64,
    /// When it was last edited, in Unix milliseconds.
    pub(super) edited: Option<u64>,
    pub(super) deleted: bool,
}

impl Change {
    /// Applies an entry of this kind, which touches the message.
    pub(super) fn apply(&mut self, kind: Kind, seq: u64, at: u64) {
        self.last = seq;
        match kind {
            Kind::Edited => self.edited = Some(at),
            Kind::Deleted => self.deleted = true,
            // The reactions themselves have tables of their own.
            Kind::Reacted | Kind::Unreacted => {}
            // They touch no message.
            Kind::Message | Kind::Topic | Kind::Renamed | Kind::Listed | Kind::Unlisted | Kind::Rules => {}
        }
    }

    /// Reads [`COLUMNS`] from the column `first` on; None for a message that nothing happened to.
    pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Self>> {
        let number =
            |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned));
        let Some(last) = number(first)? else { return Ok(None) };
        Ok(Some(Self { last, edited: number(first + 1)?, deleted: row.get(first + 2)? }))
    }

    fn write(&self, tx: &Connection, message: u64) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO changes(seq, changed, edited, deleted) VALUES(?1, ?2, ?3, ?4)";
        let values = params![int(message), int(self.last), self.edited.map(int), self.deleted];
        tx.prepare_cached(sql)?.execute(values).map(drop)
    }

    /// The message in its present state.
    pub(super) fn present(self, entry: Entry, reactions: Vec<Reaction>, replies: Option<Replies>) -> Present {
        let Self { last, edited, deleted } = self;
        Present { entry, changed: last, edited, deleted, reactions, replies }
    }
}

/// Notes that an entry of this kind has touched a message.
pub(super) fn record(tx: &Connection, message: u64, kind: Kind, seq: u64, at: u64) -> rusqlite::Result<()> {
    let mut change = of(tx, message)?;
    change.apply(kind, seq, at);
    change.write(tx, message)
}

/// The number of the last edit of a message, and whether the message has this text since. The store has no other edit of it.
pub(super) fn last_edit(tx: &Connection, message: u64, text: &str) -> rusqlite::Result<Option<(u64, bool)>> {
    let sql = "SELECT e.seq, m.text = ?2 FROM entries e JOIN entries m ON m.seq = e.target WHERE e.target = ?1 AND e.kind = 1";
    let mut select = tx.prepare_cached(sql)?;
    select.query_row(params![int(message), text], |row| Ok((unsigned(row, 0)?, row.get(1)?))).optional()
}

fn of(tx: &Connection, message: u64) -> rusqlite::Result<Change> {
    let sql = format!("SELECT {COLUMNS} FROM changes c WHERE c.seq = ?1");
    let change = tx.prepare_cached(&sql)?.query_row([int(message)], |row| Change::read(row, 0)).optional()?;
    Ok(change.flatten().unwrap_or_default())
}
