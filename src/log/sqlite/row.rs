//! What a row is made of: numbers as SQLite has them, the kinds of entries, and why one was not taken.

use std::fmt;

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::base::entry::{Content, Kind, Parts};
use crate::base::error::Error;
use crate::base::user::UserId;

/// The numbers of the kinds that have a part in the schema: statements have them in words.
pub(super) const MESSAGE: i64 = Kind::Message as i64;
pub(super) const EDITED: i64 = Kind::Edited as i64;

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        let known = usize::try_from(number).ok().and_then(|number| Self::ALL.get(number));
        known.copied().ok_or_else(|| FromSqlError::other(UnknownKind(number)))
    }
}

/// A kind of entry that this program does not know.
#[derive(Debug)]
struct UnknownKind(i64);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it has an entry of kind {}, which this chinwag does not know: run the newer one that wrote it",
            self.0
        )
    }
}

impl std::error::Error for UnknownKind {}

/// An error of SQLite in words, without the column in which it found an entry that this program does not know.
pub(super) fn in_words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(_, _, error) if error.is::<UnknownKind>() => {
            error.to_string()
        }
        error => error.to_string(),
    }
}

/// The numbers of some kinds, as a statement lists them.
pub(super) fn kinds(are: impl Fn(Kind) -> bool) -> String {
    let numbers = Kind::ALL.iter().filter(|kind| are(**kind)).map(|kind| (*kind as i64).to_string());
    numbers.collect::<Vec<_>>().join(", ")
}

/// Whether entries of a kind have a text of their own for as long as they are there. A message has none once it is deleted, and
/// the text of an edit is the message's.
pub(super) fn keeps_text(kind: Kind) -> bool {
    let content = Content::from_parts(Parts::new(kind, None, None));
    !matches!(content.parts(), Parts { kind: Kind::Message | Kind::Edited, .. } | Parts { text: None, .. })
}

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
