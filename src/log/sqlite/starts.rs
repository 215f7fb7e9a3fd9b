//! Starts: each time that a store is opened to be written, it notes a random tag and the last number given out before. A
//! client's cursor has the tag of the start that gave it out. So a store that was put back from an older copy knows
//! which numbers it has from then on given out again.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior, params};

use crate::base::cursor::Cursor;
use crate::base::limits::{EPOCH_BYTES, START_TAG_BYTES, STARTS_KEPT};
use crate::log::sqlite::entry_row;
use crate::log::sqlite::fold::last_seq;
use crate::log::sqlite::row::{int, unsigned};

/// Which file it is, and which of its starts. Written out, it is what clients know as the epoch.
#[derive(Debug, Clone)]
pub(super) struct Epoch {
    file: [u8; EPOCH_BYTES],
    text: String,
}

impl Epoch {
    /// A file that is only read: nothing is given out.
    pub(super) fn of_file(file: [u8; EPOCH_BYTES]) -> Self {
        Self { file, text: URL_SAFE_NO_PAD.encode(file) }
    }

    /// Notes a start. On a full disk it is not noted, and those who were there must begin anew after the next.
    pub(super) fn begin(connection: &mut Connection, file: [u8; EPOCH_BYTES]) -> rusqlite::Result<Self> {
        let sql = "SELECT randomblob(?1)";
        let tag: [u8; START_TAG_BYTES] =
            connection.query_row(sql, [START_TAG_BYTES as i64], |row| row.get(0))?;
        match note(connection, tag) {
            Err(error) if error.sqlite_error_code() != Some(ErrorCode::DiskFull) => return Err(error),
            _ => {}
        }
        Ok(Self { file, text: URL_SAFE_NO_PAD.encode([&file[..], &tag].concat()) })
    }

    /// The chat that several machines have copies of: its numbers are the order's, whichever of them gives them out, and however
    /// often it starts.
    pub(super) fn of_chat(&self) -> Self {
        Self::of_file(self.file)
    }

    /// The file's part of it, which its starts have in common.
    pub(super) fn file(&self) -> &[u8; EPOCH_BYTES] {
        &self.file
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether all entries up to a cursor are those that the client knows by these numbers. The last of them is told by its time
    /// from another with its number; one that is not kept any more is not told.
    pub(super) fn has(&self, connection: &Connection, cursor: &Cursor) -> rusqlite::Result<bool> {
        if !self.gave_out(connection, cursor)? {
            return Ok(false);
        }
        let Some(known) = cursor.at else { return Ok(true) };
        Ok(entry_row::at(connection, cursor.seq)?.is_none_or(|at| at == known))
    }

    /// Whether this file gave out the numbers up to a cursor. They are up to the last that its start gave out in the file's own
    /// past, which is where the next start began.
    fn gave_out(&self, connection: &Connection, cursor: &Cursor) -> rusqlite::Result<bool> {
        if cursor.epoch == self.text {
            return Ok(true);
        }
        let Ok(given) = URL_SAFE_NO_PAD.decode(&cursor.epoch) else { return Ok(false) };
        let Some((file, tag)) = given.split_first_chunk::<EPOCH_BYTES>() else { return Ok(false) };
        if *file != self.file {
            return Ok(false);
        }
        let next = if tag.is_empty() {
            // From before starts were noted.
            let sql = "SELECT seq FROM starts WHERE id = 1";
            connection.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0)).optional()?
        } else {
            let sql = "SELECT next.seq FROM starts JOIN starts AS next ON next.id = starts.id + 1 WHERE starts.tag = ?1";
            connection.prepare_cached(sql)?.query_row([tag], |row| unsigned(row, 0)).optional()?
        };
        Ok(next.is_some_and(|next| cursor.seq <= next))
    }
}

/// Whether a client knows of more than was ever given out, where so much was delivered: a receipt may come before that.
pub(super) fn is_ahead(connection: &Connection, cursor: &Cursor, delivered: u64) -> rusqlite::Result<bool> {
    let sql = "SELECT coalesce(max(seq), 0) FROM entries";
    let kept = || connection.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0));
    Ok(cursor.is_ahead_of(delivered) && cursor.is_ahead_of(kept()?))
}

fn note(connection: &mut Connection, tag: [u8; START_TAG_BYTES]) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute("INSERT INTO starts(seq, tag) VALUES(?1, ?2)", params![int(last_seq(&tx)?), tag])?;
    tx.execute("DELETE FROM starts WHERE id <= (SELECT max(id) FROM starts) - ?1", [STARTS_KEPT as i64])?;
    tx.commit()
}
