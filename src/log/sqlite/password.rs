//! The password of the chat in the store: the hash of it alone, beside the door.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::password::PasswordHash;

/// What is kept of the password; none where there never was one.
pub(super) fn password(connection: &Connection) -> rusqlite::Result<Option<PasswordHash>> {
    let sql = "SELECT value FROM meta WHERE key = 'password'";
    let read = |bytes: &[u8]| PasswordHash::from_bytes(bytes).ok_or(rusqlite::Error::InvalidQuery);
    connection.prepare_cached(sql)?.query_row([], |row| read(row.get_ref(0)?.as_blob()?)).optional()
}

/// Keeps another in its place.
pub(super) fn set_password(tx: &Connection, hash: PasswordHash) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO meta(key, value) VALUES('password', ?1)";
    tx.prepare_cached(sql)?.execute(params![hash.to_bytes()]).map(drop)
}
