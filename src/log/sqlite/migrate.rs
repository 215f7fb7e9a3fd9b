//! Migration: brings a store that an earlier program wrote to the version of this one. Knows nothing of later ones.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::base::error::Error;
use crate::log::sqlite::store::{self, INDEX};
use crate::log::sqlite::threads;

/// The version of the store. Stores of earlier ones are migrated when they are opened to be written. A new kind of entry is a new
/// version, as no older program can read it.
pub(super) const VERSION: i32 = 5;

/// The last version that made the search index anew.
const INDEX_VERSION: i32 = 4;

/// The version of schema.sql, from which a new store takes the steps that a store of that version takes.
const SCHEMA_VERSION: i32 = 2;

/// Brings a store of an earlier version to this one. Each version is one transaction: a crash leaves the one before it.
pub(super) fn migrate(path: &Path) -> Result<(), Error> {
    // What is not ours, too new or damaged is left as it is: it is examined next.
    let Ok(from) = store::look(path).and_then(|connection| {
        let version = store::version(&connection, path)?;
        if version < VERSION {
            store::check_whole(&connection, path)?;
        }
        Ok(version)
    }) else {
        return Ok(());
    };
    if from >= VERSION {
        return Ok(());
    }
    let failed = |error: rusqlite::Error| store::unreadable(path, &error);
    let mut connection = store::connect(path, true).map_err(failed)?;
    for version in from + 1..=VERSION {
        tracing::info!("the store is taken to version {version}, which may take some seconds");
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        step(&tx, version)
            .and_then(|()| tx.pragma_update(None, "user_version", version))
            .and_then(|()| tx.commit())
            .map_err(failed)?;
    }
    let search = match from < INDEX_VERSION {
        true => "; search finds older messages when their index is made, in some minutes at most",
        false => "",
    };
    tracing::warn!(
        "the store was of version {from} and is now of version {VERSION}: no older chinwag can open it{search}"
    );
    // Nothing of the old index stays in the log.
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    connection.query_row(checkpoint, [], |_| Ok(())).map_err(failed)
}

/// Makes the tables of a new store: those of schema.sql, brought to this version.
pub(super) fn make(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.execute_batch(INDEX)?;
    for version in (1..=VERSION).filter(|version| *version > SCHEMA_VERSION) {
        step(connection, version)?;
    }
    connection.pragma_update(None, "user_version", VERSION)
}

/// Lets an export read a store of an earlier version, which is left as it is, as if it were of this one.
pub(super) fn overlay(connection: &Connection) -> rusqlite::Result<()> {
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let views = [
        (3, "entries", "NULL AS mentions, NULL AS root, 0 AS replies"),
        (4, "users", "NULL AS hue, NULL AS own_hue, NULL AS emoji"),
        (5, "rooms", "0 AS deleted"),
    ];
    let lacking = views.iter().filter(|(since, ..)| version < *since);
    let lacking: String = lacking
        .map(|(_, table, columns)| {
            format!("CREATE TEMP VIEW {table} AS SELECT *, {columns} FROM main.{table}; ")
        })
        .collect();
    match lacking.is_empty() {
        true => Ok(()),
        false => {
            connection.execute_batch(&format!("PRAGMA query_only = OFF; {lacking} PRAGMA query_only = ON"))
        }
    }
}

fn step(tx: &Connection, version: i32) -> rusqlite::Result<()> {
    match version {
        2 => replace_index(tx).and_then(|()| tx.execute_batch(include_str!("version_2.sql"))),
        3 => tx.execute_batch(include_str!("version_3.sql")).and_then(|()| threads::fill(tx, 0)),
        4 => replace_index(tx).and_then(|()| tx.execute_batch(include_str!("version_4.sql"))),
        5 => tx.execute_batch(include_str!("version_5.sql")),
        _ => unreachable!("every version after the first has its step"),
    }
}

/// An index that splits words in another way is made anew, from the first message on.
fn replace_index(tx: &Connection) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DROP TABLE search; DROP TABLE IF EXISTS stale; DELETE FROM meta WHERE key = 'indexed'",
    )?;
    tx.execute_batch(INDEX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entry::Kind;

    #[test]
    fn those_who_are_there_get_hues_in_the_order_in_which_they_spoke() {
        let store = Connection::open_in_memory().expect("a store");
        store.execute_batch(include_str!("schema.sql")).expect("its tables");
        store.execute_batch(INDEX).expect("its index");
        step(&store, 3).expect("a step");
        store
            .execute_batch(
                "INSERT INTO users(id, name, seen) VALUES(1, 'never', 0), (2, 'last', 0), (3, 'first', 0), (4, 'never', 0);
                 INSERT INTO entries(seq, room, at, user, kind) VALUES(5, 1, 0, 3, 0), (6, 1, 0, 2, 0), (7, 1, 0, 3, 0)",
            )
            .expect("people");
        step(&store, 4).expect("a step");
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let pairs = |sql: &str| -> Vec<(i64, i64)> {
            let mut select = store.prepare(sql).expect("a statement");
            let rows = select.query_map([], read).expect("rows").collect::<Result<_, _>>();
            rows.expect("they are read")
        };
        // As newcomers get them, in rules.rs.
        assert_eq!(pairs("SELECT id, hue FROM users ORDER BY id"), [(1, 6), (2, 3), (3, 0), (4, 1)]);
        assert_eq!(pairs("SELECT hue, users FROM hues ORDER BY hue"), [(0, 1), (1, 1), (3, 1), (6, 1)]);
    }

    #[test]
    fn kind_that_an_older_program_does_not_know_has_a_version_of_its_own() {
        let kinds = match VERSION {
            5 => 10,
            _ => panic!("how many kinds has a store of version {VERSION}?"),
        };
        assert_eq!(Kind::ALL.len(), kinds, "a new kind needs a new VERSION, and a step to it");
    }
}
