//! Erases from the search index the words of messages that were edited, deleted or forgotten, in steps. Knows nothing of
//! queries.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::{INDEX_STEP, PURGE_PAGES, STALE_MAX, STALE_MESSAGE_BYTES, STALE_WORDS};
use crate::base::user::UserId;
use crate::log::sqlite::row::{int, unsigned};
use crate::log::sqlite::{search, words};

/// What the index has been marked with, under the key `purge` of the table `meta`.
const MARKED: i64 = 1;
/// The marked words are being merged away.
const MERGING: i64 = 2;

/// How much there is to erase: stale messages, and whether marked words are left.
pub(super) fn stale(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT (SELECT count(*) FROM stale) + (SELECT count(*) FROM meta WHERE key = 'purge')";
    connection.query_row(sql, [], |row| unsigned(row, 0))
}

/// Notes that the words of a message, as it is until now, are to be erased. Gives 1 for a message that was not noted yet
/// and is in the index, 0 for others.
pub(super) fn outdate(tx: &Connection, seq: u64) -> rusqlite::Result<u64> {
    let sql = "INSERT OR IGNORE INTO stale(seq, text, tags)
               SELECT seq, text, 'r' || room || ' ' || printf('u%x', user) FROM entries
               WHERE seq = ?1 AND kind = 0 AND text IS NOT NULL AND seq <= (SELECT value FROM meta WHERE key = 'indexed')";
    Ok(tx.prepare_cached(sql)?.execute([int(seq)])? as u64)
}

/// Erases a part of what is stale; gives how much of it is left. A few messages are erased word by word. Of many, the
/// words are only marked, which takes a fiftieth of the time, and the whole index is merged afterwards, which leaves
/// them out.
pub(super) fn step(tx: &Connection, stale: u64, step: usize) -> rusqlite::Result<u64> {
    let sql = "SELECT value FROM meta WHERE key = 'purge'";
    let purge: Option<i64> = tx.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    let messages = stale - u64::from(purge.is_some());
    if messages > STALE_MAX {
        let done = mark(tx, step)?;
        set_purge(tx, Some(MARKED))?;
        return Ok(messages - done + 1);
    }
    if messages > 0 {
        let done = erase(tx, step.div_ceil(INDEX_STEP) * STALE_WORDS)?;
        return Ok(stale - done);
    }
    match purge {
        Some(purge) => merge_all(tx, purge, step.div_ceil(INDEX_STEP) * PURGE_PAGES),
        None => Ok(0),
    }
}

fn next(tx: &Connection) -> rusqlite::Result<Option<(u64, String, String)>> {
    let sql = "SELECT seq, text, tags FROM stale ORDER BY seq LIMIT 1";
    let row = tx.prepare_cached(sql)?.query_row([], |row| Ok((unsigned(row, 0)?, row.get(1)?, row.get(2)?)));
    row.optional()
}

/// Erases up to so many words; gives how many messages have none left.
fn erase(tx: &Connection, mut words_left: usize) -> rusqlite::Result<u64> {
    let mut done = 0;
    while words_left > 0 {
        let Some((seq, text, tags)) = next(tx)? else { break };
        let (now, later, count) = split_words(&text, words_left);
        remove(tx, seq, &now, &tags)?;
        words_left -= count.clamp(1, words_left);
        if later.is_empty() {
            index_again(tx, seq)?;
            done += 1;
        } else {
            // Each removal is counted as that of a message: the index must have as many as are removed.
            let sql = "INSERT INTO search(rowid, text, tags) VALUES(?1, '', '')";
            tx.prepare_cached(sql)?.execute([int(seq)])?;
            let sql = "UPDATE stale SET text = ?2, tags = '' WHERE seq = ?1";
            tx.prepare_cached(sql)?.execute(params![int(seq), later])?;
        }
    }
    Ok(done)
}

/// Marks the words of up to so many messages of usual length; gives how many messages that were.
fn mark(tx: &Connection, most: usize) -> rusqlite::Result<u64> {
    set_secure(tx, false)?;
    let (mut done, mut bytes) = (0, 0);
    while done < most && bytes < most * STALE_MESSAGE_BYTES {
        let Some((seq, text, tags)) = next(tx)? else { break };
        remove(tx, seq, &words::words(&text), &tags)?;
        index_again(tx, seq)?;
        bytes += text.len();
        done += 1;
    }
    search::merge(tx, search::pages_to_merge(bytes) as i64)?;
    set_secure(tx, true)?;
    Ok(done as u64)
}

/// Merges the whole index, some pages at a time; gives 1 while there is more to merge.
fn merge_all(tx: &Connection, purge: i64, pages: usize) -> rusqlite::Result<u64> {
    let pages = if purge == MARKED { -(pages as i64) } else { pages as i64 };
    let is_done = !search::merge(tx, pages)?;
    set_purge(tx, (!is_done).then_some(MERGING))?;
    Ok(u64::from(!is_done))
}

fn remove(tx: &Connection, seq: u64, words: &str, tags: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO search(search, rowid, text, tags) VALUES('delete', ?1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute(params![int(seq), words, tags])?;
    Ok(())
}

/// Indexes a message as it is now, if it is still there.
fn index_again(tx: &Connection, seq: u64) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM stale WHERE seq = ?1")?.execute([int(seq)])?;
    let sql = "SELECT text, room, user FROM entries WHERE seq = ?1 AND kind = 0 AND text IS NOT NULL";
    let message = tx.prepare_cached(sql)?.query_row([int(seq)], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, UserId::new(unsigned(row, 2)?)))
    });
    match message.optional()? {
        Some((text, room, by)) => search::insert(tx, seq, &text, room, by),
        None => Ok(()),
    }
}

fn set_secure(tx: &Connection, is_secure: bool) -> rusqlite::Result<()> {
    // SQLite flushes pending words first, in the mode in which they were written.
    let sql = "INSERT INTO search(search, rank) VALUES('secure-delete', ?1)";
    tx.prepare_cached(sql)?.execute([is_secure])?;
    Ok(())
}

fn set_purge(tx: &Connection, purge: Option<i64>) -> rusqlite::Result<()> {
    match purge {
        Some(purge) => tx.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('purge', ?1)", [purge])?,
        None => tx.execute("DELETE FROM meta WHERE key = 'purge'", [])?,
    };
    Ok(())
}

/// The first different words of a text, those after them, and how many the first are.
fn split_words(text: &str, most: usize) -> (String, String, usize) {
    let words = words::words(text);
    let mut seen = HashSet::new();
    let mut different = words.split_ascii_whitespace().filter(|word| seen.insert(*word));
    let now: Vec<_> = different.by_ref().take(most).collect();
    let later: Vec<_> = different.collect();
    (now.join(" "), later.join(" "), now.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sqlite::follow::{Budget, follow};
    use crate::log::sqlite::migrate;

    /// A store with so many indexed messages, each with a word of its own.
    fn store(messages: u64) -> Connection {
        let store = Connection::open_in_memory().expect("a store");
        migrate::make(&store).expect("its tables");
        for seq in 1..=messages {
            say(&store, seq, &format!("tea word{seq} 花园"));
        }
        follow(&store, 0, messages, &mut Budget::unlimited()).expect("an index");
        store
    }

    fn say(store: &Connection, seq: u64, text: &str) {
        let sql = "INSERT INTO entries(seq, room, at, user, kind, text) VALUES(?1, 1, 0, 7, 0, ?2)";
        store.execute(sql, params![int(seq), text]).expect("an entry");
    }

    fn delete(store: &Connection, seq: u64) {
        store.execute("DELETE FROM entries WHERE seq = ?1", [int(seq)]).expect("a deletion");
    }

    fn count(store: &Connection, query: &str) -> u64 {
        let sql = "SELECT count(*) FROM search WHERE search MATCH ?1";
        store.query_row(sql, [query], |row| unsigned(row, 0)).expect("a count")
    }

    /// Deletes the first messages, edits those after them, and erases in small steps.
    #[track_caller]
    fn erases(messages: u64, deleted: u64, edited: u64) {
        let store = store(messages);
        let mut left = 0;
        for seq in 1..=deleted + edited {
            left += outdate(&store, seq).expect("a stale message");
            assert_eq!(outdate(&store, seq).expect("again"), 0);
            let sql = "UPDATE entries SET text = 'tea after' WHERE seq = ?1";
            if seq <= deleted {
                delete(&store, seq);
            } else {
                store.execute(sql, [int(seq)]).expect("an edit");
            }
        }
        assert_eq!(left, deleted + edited);
        let mut steps = 0;
        while left > 0 {
            left = step(&store, left, INDEX_STEP).expect("a step");
            assert_eq!(left, stale(&store).expect("a count"), "the same is left after a restart");
            steps += 1;
            assert!(steps < 20_000, "it does not end");
        }
        assert_eq!((count(&store, "tea"), count(&store, "after")), (messages - deleted, edited));
        assert_eq!(count(&store, "word*"), messages - deleted - edited);
        store.execute("INSERT INTO search(search) VALUES('integrity-check')", []).expect("a sound index");
        let terms = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search', 'row')";
        store.execute_batch(terms).expect("its words");
        for seq in 1..=deleted + edited {
            let sql = "SELECT count(*) FROM temp.terms WHERE term = ?1";
            let found = store.query_row(sql, [format!("word{seq}")], |row| unsigned(row, 0));
            assert_eq!(found.expect("a count"), 0, "word{seq}");
        }
        if deleted + edited == messages {
            let mut select = store.prepare("SELECT block FROM search_data").expect("pages");
            let blocks = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("pages");
            for block in blocks {
                assert!(!block.expect("a page").windows(4).any(|window| window == b"word"));
            }
        }
    }

    #[test]
    fn words_of_few_messages_are_erased() {
        erases(100, 5, 3);
        erases(20, 12, 8);
    }

    #[test]
    fn words_of_many_messages_are_erased_by_merging() {
        erases(2_000, 1_500, 100);
        erases(1_000, 1_000, 0);
    }

    #[test]
    fn long_message_is_erased_in_steps_and_counted_once() {
        let store = store(2);
        let long: Vec<_> = (0..700).map(|n| format!("long{n}")).collect();
        say(&store, 3, &long.join(" "));
        follow(&store, 2, 3, &mut Budget::unlimited()).expect("an index");
        let mut left = outdate(&store, 3).expect("a stale message");
        delete(&store, 3);
        let mut steps = 0;
        while left > 0 {
            left = step(&store, left, 1).expect("a step");
            steps += 1;
        }
        assert_eq!((count(&store, "long*"), steps), (0, 700_u64.div_ceil(STALE_WORDS as u64)));
        // SQLite refuses to remove more messages than it has counted.
        for seq in [1, 2] {
            let left = outdate(&store, seq).expect("a stale message");
            delete(&store, seq);
            assert_eq!(step(&store, left, 1).expect("a step"), 0);
        }
        assert_eq!(count(&store, "tea"), 0);
    }
}
