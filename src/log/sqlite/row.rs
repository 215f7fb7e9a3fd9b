//! What a row is made of: numbers as SQLite has them, the kinds of entries, and why one was not taken.

use rusqlite::Row;

use crate::base::error::Error;
use crate::base::user::UserId;

/// The numbers of the kinds in the table `entries`.
pub(super) const MESSAGE: i64 = 0;
pub(super) const EDITED: i64 = 1;
pub(super) const DELETED: i64 = 2;
pub(super) const REACTED: i64 = 3;
pub(super) const UNREACTED: i64 = 4;
pub(super) const TOPIC: i64 = 5;
pub(super) const RENAMED: i64 = 6;

/// Milliseconds of a day, which the table `days` counts.
pub(super) const DAY_MS: u64 = 24 * 3600 * 1000;

/// Why something was not taken.
#[derive(Debug)]
pub(super) enum Fault {
    /// It may not be; the others in its transaction may.
    Refused(Error),
    /// Nothing of the transaction is kept.
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

pub(super) fn refused<T>(code: &'static str, text: &str) -> Result<T, Fault> {
    Err(Fault::Refused(Error::refused(code, text)))
}

/// A number as SQLite has it: 63 bits, which no number of ours exceeds.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A user's id as SQLite has it.
pub(super) fn id(user: UserId) -> i64 {
    int(user.get())
}

pub(super) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.max(0).cast_unsigned())
}
