//! Check: whether the file is whole, and whether everything that is kept beside the log is what the log comes to.
//! Looks only, also while a server runs.

use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};

use crate::base::error::Error;
use crate::base::room_name::RoomName;
use crate::log::sqlite::export::readable;
use crate::log::sqlite::follow::bytes_of;
use crate::log::sqlite::migrate;
use crate::log::sqlite::name_keys;
use crate::log::sqlite::progress::{Pace, Progress};
use crate::log::sqlite::row::{keeps_text, kinds};
use crate::log::sqlite::store::{self, Store};

mod changes;
mod words;

/// What a check found. Shown, it is a report in words.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Checked {
    path: PathBuf,
    facts: Option<Facts>,
    /// Of the file, and of the write-ahead log beside it.
    bytes: u64,
    wal_bytes: u64,
    faults: Vec<Finding>,
}

/// What there is.
#[derive(Debug)]
struct Facts {
    rooms: u64,
    messages: u64,
    entries: u64,
    people: u64,
    first: Option<u64>,
    last: Option<u64>,
}

/// A kind of fault.
#[derive(Debug)]
struct Finding {
    what: String,
    count: u64,
    example: String,
}

impl Checked {
    /// Whether there is no fault.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Another fault; of those of a kind, the first is the example.
    pub(super) fn found(&mut self, what: &str, example: impl FnOnce() -> String) {
        match self.faults.iter_mut().find(|fault| fault.what == what) {
            Some(fault) => fault.count += 1,
            None => self.faults.push(Finding { what: what.into(), count: 1, example: example() }),
        }
    }

    /// A part of the check; when the file lets it not go on, that is a fault.
    fn part(&mut self, name: &str, part: impl FnOnce(&mut Self) -> rusqlite::Result<()>) {
        if let Err(error) = part(self) {
            self.found("a part that cannot be read", || format!("{name}: {error}"));
        }
    }
}

impl Store {
    /// Looks through the chat in a folder.
    ///
    /// # Errors
    /// There is no chat, or it is not ours to judge: another's file, or a newer version's.
    pub fn check(folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Checked, Error> {
        let path = Self::file(folder)?;
        let bytes = fs::metadata(&path).map_or(0, |file| file.len());
        let wal_bytes = fs::metadata(store::wal(&path)).map_or(0, |file| file.len());
        let mut checked = Checked { path, bytes, wal_bytes, ..Checked::default() };
        let looked = store::look(&checked.path).and_then(|connection| {
            let version = store::version(&connection, &checked.path)?;
            if version < migrate::VERSION {
                return Err(Error::store(format!(
                    "{} is of version {version} of the store, which an older chinwag wrote: start this chinwag on it \
                     once, which takes it to version {}, or check it with the older one",
                    checked.path.display(),
                    migrate::VERSION
                )));
            }
            Ok(connection)
        });
        let connection = match (looked, anatomy(&checked.path, bytes)) {
            (Ok(connection), _) => connection,
            (Err(error), None) => return Err(error),
            (Err(_), Some(fault)) => {
                checked.found("the file", || fault);
                return Ok(checked);
            }
        };
        let failed = |error: rusqlite::Error| store::unreadable(&checked.path, &error);
        // Sorting large logs is left to files; the store itself is only read.
        connection.execute_batch("PRAGMA query_only = OFF; PRAGMA temp_store = FILE").map_err(failed)?;
        connection.execute_batch(words::TABLE).map_err(failed)?;
        connection.execute_batch("PRAGMA query_only = ON").map_err(failed)?;
        let snapshot = connection.unchecked_transaction().map_err(failed)?;
        let mut pace = Pace::new("pages looked at", None, progress);
        checked.part("the file's structure", |checked| structure(&snapshot, checked));
        checked.part("the tables", |checked| facts(&snapshot, checked));
        checked.part("the entries", |checked| rows(&snapshot, checked));
        checked.part("the names", |checked| names(&snapshot, checked));
        pace.turn("changes compared", None);
        checked.part("the changes", |checked| changes::compare(&snapshot, checked, &mut pace));
        // Faults of the entries would be reported a second time as wrong counts.
        if checked.is_whole() {
            checked.part("the counts", |checked| counts(&snapshot, checked));
        }
        pace.turn("messages compared with the search index", None);
        checked.part("the search index", |checked| words::compare(&snapshot, checked, &mut pace));
        match checked.is_whole() {
            true => Ok(checked),
            false => store::disk_fault(&checked.path).map_or(Ok(checked), Err),
        }
    }
}

/// What is wrong with a file that cannot even be opened, as far as its first bytes tell (sqlite.org/fileformat2,
/// 1.3).
fn anatomy(path: &Path, bytes: u64) -> Option<String> {
    let mut head = Vec::new();
    if let Err(error) = File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)) {
        return Some(format!("it cannot be read: {error}"));
    }
    let number = |at: usize, len: usize| -> u64 {
        head.get(at..at + len).unwrap_or_default().iter().fold(0, |n, byte| n << 8 | u64::from(*byte))
    };
    if bytes == 0 {
        return Some("it is empty: nothing of the chat is in it".into());
    }
    if !head.starts_with(b"SQLite format 3\0") || head.len() < 100 {
        return Some(
            "it does not begin as a chat's file does: it is another's, or its beginning is lost".into(),
        );
    }
    let page = match number(16, 2) {
        1 => 65_536,
        size => size,
    };
    let whole = number(28, 4) * page;
    (bytes < whole).then(|| format!("it is cut short: {bytes} bytes of {whole} are there"))
}

fn structure(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut select = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let found: String = row.get(0)?;
        if found != "ok" {
            checked.found("a fault in the file's structure", || found.replace('\n', " "));
        }
    }
    Ok(())
}

fn facts(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let count = |sql: &str| -> rusqlite::Result<u64> {
        connection.query_row(sql, [], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))
    };
    let time = |sql: &str| -> rusqlite::Result<Option<u64>> {
        connection.query_row(sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.map(i64::cast_unsigned)))
    };
    checked.facts = Some(Facts {
        rooms: count("SELECT count(*) FROM rooms")?,
        messages: count("SELECT count(*) FROM entries WHERE kind = 0")?,
        entries: count("SELECT count(*) FROM entries")?,
        people: count("SELECT count(*) FROM users")?,
        first: time("SELECT min(at) FROM entries")?,
        last: time("SELECT max(at) FROM entries")?,
    });
    for (key, bytes) in [("epoch", 8), ("secret", 32)] {
        let sql = "SELECT length(value) FROM meta WHERE key = ?1";
        let length: Option<i64> = connection.query_row(sql, [key], |row| row.get(0)).unwrap_or(None);
        if length != Some(bytes) {
            checked.found("something that every chat has is lost", || key.to_owned());
        }
    }
    Ok(())
}

/// What can be asked of each row alone: a fault in words, and which rows have it.
const FAULTS: &[(&str, &str)] = &[
    ("an entry of a room that is not there", "SELECT 'entry ' || seq FROM entries WHERE room NOT IN (SELECT id FROM rooms)"),
    (
        "an entry of somebody who is not there",
        "SELECT 'entry ' || seq FROM entries WHERE user <> 0 AND user NOT IN (SELECT id FROM users)",
    ),
    (
        "a message without its text",
        "SELECT 'message ' || seq FROM entries LEFT JOIN changes USING (seq)
         WHERE kind = 0 AND entries.text IS NULL AND NOT coalesce(deleted, 0)",
    ),
    (
        "a deleted message whose text is still there",
        "SELECT 'message ' || entries.seq FROM changes JOIN entries USING (seq)
         WHERE deleted AND (entries.text IS NOT NULL OR mentions IS NOT NULL)",
    ),
    (
        "an entry that mentions somebody and is no message",
        "SELECT 'entry ' || seq FROM entries WHERE kind > 0 AND mentions IS NOT NULL",
    ),
    (
        "a message with more than its last edit",
        "SELECT 'message ' || target FROM entries WHERE kind = 1 GROUP BY target HAVING count(*) > 1",
    ),
    (
        "an entry that is not among those of its day",
        "SELECT 'entry ' || seq FROM entries LEFT JOIN days ON day = at / 86400000
         WHERE seq <= (SELECT value FROM meta WHERE key = 'indexed')
         AND (day IS NULL OR seq < first OR seq > last)",
    ),
    ("a name of somebody who is not there", "SELECT key FROM names WHERE user NOT IN (SELECT id FROM users)"),
    (
        "a read marker of nobody or nowhere",
        "SELECT 'user ' || user || ', room ' || room FROM reads
         WHERE user NOT IN (SELECT id FROM users) OR room NOT IN (SELECT id FROM rooms)",
    ),
    ("a list of rooms of nobody", "SELECT 'user ' || user FROM kept WHERE user NOT IN (SELECT id FROM users)"),
    (
        "a device of somebody who is not there",
        "SELECT 'user ' || user FROM devices WHERE user NOT IN (SELECT id FROM users)",
    ),
    (
        "a private link, or an ended device, of somebody who is not there",
        "SELECT 'user ' || user FROM credentials WHERE user NOT IN (SELECT id FROM users)",
    ),
    (
        "a private link of which something is lost",
        "SELECT 'user ' || user FROM credentials WHERE link IS NOT NULL AND NOT (length(link) IS 32
         AND made IS NOT NULL AND maker IS NOT NULL)",
    ),
    (
        "a topic that is not the last that was set",
        "SELECT name FROM rooms WHERE topic <> (SELECT text FROM entries WHERE room = rooms.id AND kind > 0 AND kind = 5
         AND seq > floor ORDER BY seq DESC LIMIT 1)",
    ),
    (
        "a title, or a place in the directory, that is not what was set last",
        "SELECT name FROM rooms WHERE (title, listed) <> (SELECT text, kind = 7 FROM entries WHERE room = rooms.id
         AND kind > 0 AND kind IN (7, 8) AND seq > floor ORDER BY seq DESC LIMIT 1)",
    ),
    (
        "a face that is none",
        "SELECT name FROM users WHERE hue NOT BETWEEN 0 AND 7 OR own_hue NOT BETWEEN 0 AND 7",
    ),
    (
        "a hue whose people are counted wrongly",
        "SELECT 'hue ' || coalesce(h.hue, u.hue) FROM hues h FULL JOIN (
           SELECT coalesce(own_hue, hue) AS hue, count(*) AS users FROM users GROUP BY 1
         ) u ON u.hue = h.hue WHERE coalesce(h.users, 0) <> coalesce(u.users, 0)",
    ),
    (
        "a room whose maker is not there",
        "SELECT name FROM rooms WHERE maker NOT IN (SELECT id FROM users)",
    ),
];

fn rows(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let entries = |condition: String| format!("SELECT 'entry ' || seq FROM entries WHERE {condition}");
    let of_kinds = [
        ("an entry of a kind that there is not", entries(format!("kind NOT IN ({})", kinds(|_| true)))),
        (
            "an entry without what it says",
            entries(format!("kind IN ({}) AND text IS NULL", kinds(keeps_text))),
        ),
    ];
    let of_kinds = of_kinds.iter().map(|(what, sql)| (*what, &**sql));
    for (what, sql) in FAULTS.iter().copied().chain(of_kinds) {
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let example = row.get::<_, Option<String>>(0)?;
            checked.found(what, || example.unwrap_or_default());
        }
    }
    let mut select = connection.prepare("SELECT name FROM rooms")?;
    for name in select.query_map([], |row| row.get::<_, String>(0))? {
        let name = name?;
        if RoomName::parse(&name).is_err() {
            checked.found("a room whose name is none", || name.clone());
        }
    }
    Ok(())
}

/// Compares the counts with the rows that they count: reactions and replies of messages, and what the rooms hold.
fn counts(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut select = connection.prepare(
        "SELECT name FROM rooms LEFT JOIN (
           SELECT room, sum(kind = 0) AS messages, sum(coalesce(octet_length(text), 0) + ?1) AS bytes FROM entries
           WHERE seq <= (SELECT value FROM meta WHERE key = 'indexed') GROUP BY room) e ON e.room = rooms.id
         WHERE rooms.messages <> coalesce(e.messages, 0) OR rooms.bytes <> coalesce(e.bytes, 0)",
    )?;
    for name in select.query_map([bytes_of(0)], |row| row.get::<_, String>(0))? {
        let name = name?;
        checked.found("a room whose size is not what is in it", || name.clone());
    }
    let mut select = connection.prepare(
        "SELECT 'message ' || coalesce(k.message, r.message) FROM reaction_kinds k FULL JOIN (
           SELECT message, emoji, count(*) AS count FROM reactions
           WHERE message NOT IN (SELECT message FROM erasing) GROUP BY message, emoji
         ) r ON r.message = k.message AND r.emoji = k.emoji WHERE k.count IS NOT r.count",
    )?;
    for message in select.query_map([], |row| row.get::<_, String>(0))? {
        let message = message?;
        checked.found("a message whose reactions are counted wrongly", || message.clone());
    }
    let mut select = connection.prepare(
        "SELECT 'message ' || e.seq FROM entries e LEFT JOIN (
           SELECT r.root, sum(NOT coalesce(c.deleted, 0)) AS count FROM entries r LEFT JOIN changes c USING (seq)
           WHERE r.root IS NOT NULL GROUP BY r.root
         ) t ON t.root = e.seq WHERE e.replies <> coalesce(t.count, 0)",
    )?;
    for message in select.query_map([], |row| row.get::<_, String>(0))? {
        let message = message?;
        checked.found("a message whose replies are counted wrongly", || message.clone());
    }
    Ok(())
}

/// A name that is somebody's is the one that they bear.
fn names(connection: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    if !name_keys::has_own_keys(connection)? {
        return Ok(()); // Those of an earlier version are made anew when the server opens the store.
    }
    let mut select =
        connection.prepare("SELECT key, id, name FROM names JOIN users ON users.id = names.user")?;
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get::<_, String>(2)?));
    for row in select.query_map([], read)? {
        let (key, user, name) = row?;
        if !name_keys::is_key_of(&key, user, &name) {
            checked.found("a name that its owner does not bear", || format!("'{key}' of {name}"));
        }
    }
    Ok(())
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.len() {
            0 => writeln!(f, "{}: no faults", self.path.display())?,
            1 => writeln!(f, "{}: 1 kind of fault", self.path.display())?,
            kinds => writeln!(f, "{}: {kinds} kinds of faults", self.path.display())?,
        }
        for fault in &self.faults {
            match fault.count {
                1 => writeln!(f, "  fault: {}: {}", fault.what, fault.example)?,
                count => writeln!(f, "  fault: {}: {count} times, like {}", fault.what, fault.example)?,
            }
        }
        let Some(facts) = &self.facts else {
            return write!(f, "  {} bytes; what is in it cannot be counted", self.bytes + self.wal_bytes);
        };
        let count =
            |count: u64, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
        write!(
            f,
            "  {}, {}, {} in all, {}\n  {} bytes",
            count(facts.rooms, "room", "rooms"),
            count(facts.messages, "message", "messages"),
            count(facts.entries, "entry", "entries"),
            count(facts.people, "person", "people"),
            self.bytes + self.wal_bytes
        )?;
        if self.wal_bytes > 0 {
            write!(f, " ({} of them in the write-ahead log)", self.wal_bytes)?;
        }
        if let Some(each) = (self.bytes + self.wal_bytes).checked_div(facts.messages) {
            write!(f, ", {each} for a message")?;
        }
        if let (Some(first), Some(last)) = (facts.first, facts.last) {
            write!(f, "\n  from {} to {} (UTC)", readable(first), readable(last))?;
        }
        f.write_str(
            "\n  not looked for: a bit that turned in a name, a time, or a part of a text that is no word; what an older \
             copy, put back, has lost",
        )
    }
}
