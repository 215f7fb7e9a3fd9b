//! Whether the search index has the words of every message, and no others. The index does not keep the texts:
//! each message's words there are summed up, and compared with those of an index made anew. That takes sixteen
//! bytes of memory for a message.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Connection, Row};

use super::Checked;
use crate::base::limits::CHECK_STEP;
use crate::base::user::UserId;
use crate::log::sqlite::follow::followed;
use crate::log::sqlite::progress::Pace;
use crate::log::sqlite::row::{int, unsigned};
use crate::log::sqlite::search;
use crate::log::sqlite::store::INDEX;

/// The words of the index, one by one.
pub(super) const TABLE: &str =
    "CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search', 'instance')";

const WORDS: &str = "SELECT doc, term, col, offset FROM words";

/// Messages, in order, with the sum of their words.
type Sums = Vec<(u64, u64)>;

pub(super) fn compare(
    connection: &Connection,
    checked: &mut Checked,
    pace: &mut Pace<'_>,
) -> rusqlite::Result<()> {
    let mut sums = expected(connection, pace)?;
    let mut strangers = BTreeSet::new();
    let stale: HashSet<u64> = connection
        .prepare("SELECT seq FROM stale")?
        .query_map([], |row| unsigned(row, 0))?
        .collect::<Result<_, _>>()?;
    let mut select = connection.prepare(WORDS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (message, word) = word(row)?;
        match place(&sums, message) {
            Some(at) => sums[at].1 = sums[at].1.wrapping_sub(word),
            // Its words are being removed.
            None if stale.contains(&message) => {}
            None => {
                strangers.insert(message);
            }
        }
    }
    for message in strangers {
        checked.found("a message in the search index that is deleted or not there", || {
            format!("message {message}")
        });
    }
    for (message, _) in sums.into_iter().filter(|(_, rest)| *rest != 0) {
        checked
            .found("a message that the search index does not have as it is", || format!("message {message}"));
    }
    Ok(())
}

/// What an index made now would have, some messages at a time.
fn expected(connection: &Connection, pace: &mut Pace<'_>) -> rusqlite::Result<Sums> {
    let mut sums = Sums::new();
    let mut select = connection.prepare(
        "SELECT e.seq, coalesce(e.text, ''), e.room, e.user FROM entries e LEFT JOIN changes c ON c.seq = e.seq
         WHERE e.kind = 0 AND NOT coalesce(c.deleted, 0) AND e.seq <= ?1
         AND e.seq NOT IN (SELECT seq FROM stale) ORDER BY e.seq",
    )?;
    let mut rows = select.query([int(followed(connection)?)])?;
    let mut index = new_index()?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let message = unsigned(row, 0)?;
        sums.push((message, 0));
        search::insert(
            &index,
            message,
            row.get_ref(1)?.as_str()?,
            row.get(2)?,
            UserId::new(unsigned(row, 3)?),
        )?;
        pace.step();
        count += 1;
        if count == CHECK_STEP {
            add_up(&index, &mut sums)?;
            (index, count) = (new_index()?, 0);
        }
    }
    add_up(&index, &mut sums)?;
    Ok(sums)
}

/// An index like the store's, with nothing in it.
fn new_index() -> rusqlite::Result<Connection> {
    let index = Connection::open_in_memory()?;
    index.execute_batch(INDEX)?;
    index.execute_batch(TABLE)?;
    index.execute_batch("BEGIN")?;
    Ok(index)
}

fn add_up(index: &Connection, sums: &mut Sums) -> rusqlite::Result<()> {
    let mut select = index.prepare(WORDS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (message, word) = word(row)?;
        if let Some(at) = place(sums, message) {
            sums[at].1 = sums[at].1.wrapping_add(word);
        }
    }
    Ok(())
}

fn place(sums: &Sums, message: u64) -> Option<usize> {
    sums.binary_search_by_key(&message, |(message, _)| *message).ok()
}

fn word(row: &Row<'_>) -> rusqlite::Result<(u64, u64)> {
    let mut hasher = DefaultHasher::new();
    row.get_ref(1)?.as_bytes()?.hash(&mut hasher);
    row.get_ref(2)?.as_bytes()?.hash(&mut hasher);
    row.get::<_, i64>(3)?.hash(&mut hasher);
    Ok((unsigned(row, 0)?, hasher.finish()))
}
