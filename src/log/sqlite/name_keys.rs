//! The keys of names in the store, by which a name is found that looks like another: made anew when a later version of this program
//! gives names other keys.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::name::Name;

/// Which keys `names` has: another number when [`Name::keys`] gives others.
const KEYS: i64 = 2;

/// Makes the keys of all names anew, if the store has those of an earlier version. Everybody keeps their name, also two whose
/// names have come to look alike: the second has a key that no name has, so that nobody takes the name for given up.
pub(super) fn rekey(connection: &Connection) -> rusqlite::Result<()> {
    if has_own_keys(connection)? {
        return Ok(());
    }
    // An import has a transaction of its own already.
    connection.execute_batch("SAVEPOINT rekey")?;
    let rekeyed = (|| {
        let owners = "SELECT DISTINCT users.id, users.name FROM users JOIN names ON names.user = users.id ORDER BY seen DESC";
        let owners = connection
            .prepare(owners)?
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        connection.execute("DELETE FROM names", [])?;
        let mut insert = connection.prepare("INSERT OR IGNORE INTO names(key, user) VALUES(?1, ?2)")?;
        for (user, name) in owners {
            let mut count = 0;
            for key in Name::stored(&name).keys() {
                count += insert.execute(params![key, user])?;
            }
            if count == 0 {
                insert.execute(params![no_names_key(user), user])?;
            }
        }
        let sql = "INSERT OR REPLACE INTO meta(key, value) VALUES('names', ?1)";
        connection.execute(sql, [KEYS]).map(drop)
    })();
    let end = if rekeyed.is_ok() { "RELEASE rekey" } else { "ROLLBACK TO rekey; RELEASE rekey" };
    connection.execute_batch(end)?;
    rekeyed
}

/// Whether the keys in `names` are those of this version.
pub(super) fn has_own_keys(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT value FROM meta WHERE key = 'names'";
    let keys: Option<i64> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(keys.is_some_and(|keys| keys >= KEYS))
}

/// Whether a key of `names` is one that its owner's name has.
pub(super) fn is_key_of(key: &str, user: i64, name: &str) -> bool {
    Name::stored(name).keys().iter().any(|own| own == key) || key == no_names_key(user)
}

/// A key that no name has: keys have no spaces but alone.
fn no_names_key(user: i64) -> String {
    format!("another's {user}")
}
