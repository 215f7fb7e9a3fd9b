//! Threads: the root of each reply is in its row, and the number of replies in that of the root, so that neither answering nor
//! reading a page costs more the longer a thread is.

use std::sync::LazyLock;

use rusqlite::{Connection, params};

use crate::base::entry::Replies;
use crate::base::limits::{REPLIERS_NAMED, REPLIES_LOOKED_AT, THREAD_ROUNDS};
use crate::log::sqlite::entry_row::select;
use crate::log::sqlite::faces;
use crate::log::sqlite::row::{int, unsigned};

/// The messages of the thread `?4` in the room `?1` before the number `?2`, the latest first: the root and its replies, each by
/// its index.
pub(super) static BEFORE: LazyLock<String> = LazyLock::new(|| side("<", "DESC"));

/// Those after it, the oldest first.
pub(super) static AFTER: LazyLock<String> = LazyLock::new(|| side(">", ""));

fn side(than: &str, order: &str) -> String {
    let rest = format!(
        "WHERE e.seq IN (SELECT seq FROM (
             SELECT seq FROM entries WHERE root = ?4 AND seq {than} ?2
             UNION ALL SELECT seq FROM entries WHERE seq = ?4 AND seq {than} ?2
             ORDER BY seq {order} LIMIT ?3))
         AND e.room = ?1 AND e.kind = 0 ORDER BY e.seq {order}"
    );
    select("entries e", &rest)
}

/// A thread has one more reply.
pub(super) fn grow(tx: &Connection, root: u64) -> rusqlite::Result<()> {
    let sql = "UPDATE entries SET replies = replies + 1 WHERE seq = ?1";
    tx.prepare_cached(sql)?.execute([int(root)]).map(drop)
}

/// A message is gone that was a reply in this thread, if in any.
pub(super) fn leave(tx: &Connection, root: Option<u64>) -> rusqlite::Result<()> {
    let Some(root) = root else { return Ok(()) };
    let sql = "UPDATE entries SET replies = replies - 1 WHERE seq = ?1 AND replies > 0";
    tx.prepare_cached(sql)?.execute([int(root)]).map(drop)
}

/// The latest replies under a message, each with who said it.
static REPLIES: LazyLock<String> = LazyLock::new(|| {
    let face = faces::SHOWN;
    format!(
        "SELECT e.seq, e.at, e.user, u.name, coalesce(c.deleted, 0), {face} FROM entries e
         LEFT JOIN users u ON u.id = e.user LEFT JOIN changes c ON c.seq = e.seq
         WHERE e.root = ?1 ORDER BY e.seq DESC LIMIT ?2"
    )
});

/// What is told of the replies under a message, of which there are so many.
pub(super) fn replies(connection: &Connection, root: u64, count: u32) -> rusqlite::Result<Option<Replies>> {
    if count == 0 {
        return Ok(None);
    }
    let mut select = connection.prepare_cached(&REPLIES)?;
    let mut rows = select.query(params![int(root), REPLIES_LOOKED_AT as i64])?;
    let mut replies = Replies { count, last: 0, seq: 0, by: Vec::new() };
    let mut is_said = false;
    while let Some(row) = rows.next()? {
        let (seq, at, is_deleted) = (unsigned(row, 0)?, unsigned(row, 1)?, row.get::<_, bool>(4)?);
        replies.seq = replies.seq.max(seq);
        // Of a thread whose latest replies are all gone, the time of the last is told that was looked at.
        if !is_said {
            replies.last = at;
        }
        if is_deleted {
            continue;
        }
        is_said = true;
        let by = faces::user(row, 2, 3, 5)?;
        if !replies.by.contains(&by) {
            replies.by.push(by);
        }
        if replies.by.len() == REPLIERS_NAMED {
            break;
        }
    }
    Ok(Some(replies))
}

/// Finds the roots of all replies after an entry, and counts replies anew. Each round goes twice as far up a chain of replies
/// as the one before, so that long chains take few rounds; a circle, which only a file that was imported can have, never ends, and
/// is no thread.
pub(super) fn fill(tx: &Connection, after: u64) -> rusqlite::Result<()> {
    let after = int(after);
    let sql = "UPDATE entries SET root = target WHERE kind = 0 AND target IS NOT NULL AND seq > ?1";
    tx.execute(sql, [after])?;
    let above = "(SELECT r.root FROM entries r WHERE r.seq = entries.root)";
    let sql =
        format!("UPDATE entries SET root = {above} WHERE root IS NOT NULL AND seq > ?1 AND {above} <> root");
    for _ in 0..THREAD_ROUNDS {
        if tx.execute(&sql, [after])? == 0 {
            break;
        }
    }
    let sql =
        format!("UPDATE entries SET root = NULL WHERE root IS NOT NULL AND seq > ?1 AND {above} IS NOT NULL");
    tx.execute(&sql, [after])?;
    tx.execute_batch(
        "UPDATE entries SET replies = 0 WHERE replies > 0;
         UPDATE entries SET replies = counted.count FROM
           (SELECT e.root, sum(NOT coalesce(c.deleted, 0)) AS count FROM entries e LEFT JOIN changes c USING (seq)
            WHERE e.root IS NOT NULL GROUP BY e.root) AS counted
         WHERE entries.seq = counted.root",
    )
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::log::sqlite::migrate;

    /// A store with messages, each with what it answers; gives their roots and numbers of replies.
    fn filled(messages: &[(i64, Option<i64>)]) -> Vec<(i64, Option<i64>, i64)> {
        let store = Connection::open_in_memory().expect("a store");
        migrate::make(&store).expect("its tables");
        let sql = "INSERT INTO entries(seq, room, at, user, kind, target) VALUES(?1, 1, 0, 0, 0, ?2)";
        let mut insert = store.prepare(sql).expect("a statement");
        for message in messages {
            insert.execute(*message).expect("it is there");
        }
        fill(&store, 0).expect("they are threads");
        let mut select =
            store.prepare("SELECT seq, root, replies FROM entries ORDER BY seq").expect("a statement");
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("they are read")
    }

    #[test]
    fn replies_of_an_old_store_belong_to_the_root_of_what_they_answer() {
        let messages =
            [(1, None), (2, Some(1)), (3, Some(2)), (4, None), (5, Some(3)), (6, Some(9)), (7, Some(6))];
        let found = filled(&messages);
        let expected = [(1, None, 3), (2, Some(1), 0), (3, Some(1), 0), (4, None, 0), (5, Some(1), 0)];
        assert_eq!(found[..5], expected);
        assert_eq!(found[5..], [(6, Some(9), 0), (7, Some(9), 0)], "of a message that was forgotten");
    }

    #[test]
    fn long_chain_takes_no_time_and_a_circle_ends() {
        let chain: Vec<_> = (1..=50_000).map(|seq| (seq, (seq > 1).then(|| seq - 1))).collect();
        let began = Instant::now();
        let found = filled(&chain);
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
        assert_eq!(found[0], (1, None, 49_999));
        assert!(found[1..].iter().all(|(_, root, _)| *root == Some(1)));
        for circle in [
            &[(1, Some(1))][..],
            &[(1, Some(2)), (2, Some(1))],
            &[(1, Some(3)), (2, Some(1)), (3, Some(2)), (4, Some(3))],
        ] {
            let found = filled(circle);
            let root_of = |seq: i64| found.iter().find(|row| row.0 == seq).and_then(|row| row.1);
            assert!(
                found.iter().all(|(_, root, _)| root.is_none_or(|root| root_of(root).is_none())),
                "{found:?}"
            );
        }
    }
}
