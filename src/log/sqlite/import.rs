//! Import: takes lines as export writes them into the log, all of a file or nothing of it. Entries get new
//! numbers, behind all that is there; the same file taken twice changes nothing the second time.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Read};

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::clock;
use crate::base::emoji;
use crate::base::entry::{Content, Draft, Kind, Parts};
use crate::base::error::Error;
use crate::base::limits::{IMPORT_LINE_BYTES, IMPORT_STEP};
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, Lookup};
use crate::log::sqlite::changes;
use crate::log::sqlite::entry_row::columns;
use crate::log::sqlite::fold::{self, Fold, Outcome, said_already};
use crate::log::sqlite::follow::Budget;
use crate::log::sqlite::imported::Imported;
use crate::log::sqlite::progress::{Pace, Progress};
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::step::set_meta;
use crate::log::sqlite::store::Store;
use crate::log::sqlite::target::target_row;
use crate::log::sqlite::threads;
use crate::log::sqlite::wal;
use crate::wire::protocol::entry_line::{self, EntryLine};

mod authors;
mod edited;
mod mentioned;

/// What the import remembers beside the log, in temporary tables: where the file's messages are now, and what
/// was in the log before that no `cid` makes unique.
const TABLES: &str = "
    PRAGMA temp_store = FILE;
    CREATE TEMP TABLE mapped(room INTEGER, old INTEGER, new INTEGER, PRIMARY KEY(room, old)) WITHOUT ROWID;
    CREATE TEMP TABLE known(at INTEGER, room INTEGER, user INTEGER, kind INTEGER, seq INTEGER,
        PRIMARY KEY(at, room, user, kind, seq)) WITHOUT ROWID;
    INSERT INTO known SELECT at, room, user, kind, seq FROM entries WHERE cid IS NULL;
    CREATE TEMP TABLE gone(seq INTEGER PRIMARY KEY, line INTEGER);
    CREATE TEMP TABLE asked(seq INTEGER PRIMARY KEY, room INTEGER, old INTEGER);";

struct Import<'a> {
    tx: &'a Connection,
    fold: Fold,
    numbers: Numbers,
    /// The last entry that was there before.
    before: u64,
    now: u64,
    imported: Imported,
    /// Every name that stands for a person in the file, as spelled, and the first spelling of each.
    spelled: HashSet<Box<str>>,
    first_spelled: HashMap<UserId, Box<str>>,
}

/// Why a file was not taken.
enum Stop {
    /// A line is to blame.
    Line(Error),
    Store(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(error) => Self::Line(error),
            Fault::Sql(error) => Self::Store(error),
        }
    }
}

impl Store {
    /// Takes the lines of a file into the log: all of them, or none. Times, authors and ids stay as the file has
    /// them. Nobody else may write meanwhile, which having opened the store with [`Store::open`] makes sure of.
    ///
    /// # Errors
    /// Names the first line that cannot be taken, and says why; or what went wrong with the store.
    pub fn import(
        &self,
        lines: &mut dyn BufRead,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Imported, Error> {
        let connection = self.connect(true)?;
        let failed = |error: rusqlite::Error| self.unreadable(&error);
        connection.execute_batch(TABLES).map_err(failed)?;
        connection.execute_batch(edited::TABLE).map_err(failed)?;
        connection.execute_batch(mentioned::TABLE).map_err(failed)?;
        let mut pace = Pace::new("lines taken", None, progress);
        connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        let imported = match import(&connection, lines, &mut pace) {
            Ok(imported) => connection.execute_batch("COMMIT").map(|()| imported).map_err(failed),
            Err(Stop::Store(error)) => Err(failed(error)),
            Err(Stop::Line(error)) => {
                Err(Error::store(format!("line {}: {error} (nothing of the file was kept)", pace.done())))
            }
        };
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        // It may have become large, and nobody reads the store now.
        let _ = wal::checkpoint(&connection, "TRUNCATE");
        imported
    }
}

fn import(tx: &Connection, lines: &mut dyn BufRead, pace: &mut Pace<'_>) -> Result<Imported, Stop> {
    let now = clock::wall_ms();
    let fold = Fold::open(tx)?;
    let before = fold.last();
    let mut import = Import {
        tx,
        numbers: Numbers::after(before),
        fold,
        before,
        now,
        imported: Imported::default(),
        spelled: HashSet::new(),
        first_spelled: HashMap::new(),
    };
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = lines.take(IMPORT_LINE_BYTES as u64 + 1).read_until(b'\n', &mut line);
        // A line that cannot be read is the one that comes next.
        let read = read.map_err(|error| Stop::Line(Error::io("cannot read it", error)));
        if matches!(read, Ok(0)) {
            break;
        }
        pace.step();
        read?;
        if line.len() > IMPORT_LINE_BYTES {
            let text = format!("it is longer than {IMPORT_LINE_BYTES} bytes");
            return Err(Stop::Line(Error::refused("too_long", text)));
        }
        let mut text = &*line;
        if pace.done() == 1 {
            text = beginning(text).map_err(Stop::Line)?;
        }
        let text = text.trim_ascii();
        if !text.is_empty() {
            let entry = entry_line::parse(text).map_err(Stop::Line)?;
            import.imported.lines += 1;
            import.take(&entry, pace.done())?;
        }
        if pace.done().is_multiple_of(IMPORT_STEP) {
            import.fold.finish();
            import.fold.take_entries();
        }
    }
    import.refute_all()?;
    import.none_is_only_said_to_be_gone()?;
    import.join_answers()?;
    import.settle_mentions()?;
    while !import.fold.follow(tx, &mut Budget::unlimited())? {}
    // The clock was right enough to be imported by.
    set_meta(tx, "clock", int(now))?;
    Ok(import.imported)
}

/// The first line of a file, without the mark that some programs put before UTF-8.
///
/// # Errors
/// The file is of another kind, which its first bytes tell.
fn beginning(line: &[u8]) -> Result<&[u8], Error> {
    let is = match line {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, ..] | [0, _, ..] => {
            "it is UTF-16; save the file as UTF-8 (in PowerShell: Get-Content FILE | Out-File -Encoding utf8 NEW)"
        }
        [0x1F, 0x8B, ..] => "it is compressed; unpack it first: gunzip -c FILE | chinwag import -",
        _ if line.starts_with(b"SQLite format 3\0") => {
            "it is a database, perhaps a backup: put it into an empty folder as 'chinwag.db', and name that folder with --data"
        }
        _ => return Ok(line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line)),
    };
    Err(Error::refused("bad_line", is))
}

impl Import<'_> {
    fn take(&mut self, line: &EntryLine, number: u64) -> Result<(), Stop> {
        let by = self.author(&line.by, line.at)?.id;
        let room = match self.fold.room(self.tx, &line.room)? {
            Some(room) => room,
            None => self.fold.add_room(self.tx, &line.room, None)?,
        };
        if let Content::Message { text, cid, reply_to, .. } = &line.content {
            return self.message(line, number, (by, room), (text, cid.as_deref(), *reply_to));
        }
        let content = match &line.content {
            Content::Reacted { target, emoji, on } => {
                let Some(emoji) = emoji::canonical(emoji) else {
                    self.imported.no_emoji += 1;
                    return Ok(());
                };
                Content::Reacted { target: *target, emoji: emoji.into(), on: *on }
            }
            Content::Renamed { name } => {
                let name = Name::adapted(name).unwrap_or_else(|| Name::of_guest(by, 0));
                Content::Renamed { name: name.shared() }
            }
            content => content.clone(),
        };
        let Parts { kind, target: old, text, .. } = columns(&content);
        let mut target = None;
        if let Some(old) = old {
            target = self.mapped(room, old)?;
            if target.is_none() {
                self.imported.left_out += 1;
                return Ok(());
            }
        }
        match (kind, target) {
            (Kind::Edited, Some(target)) => self.confirm(target)?,
            (Kind::Deleted, Some(presumed)) => {
                self.refute(presumed)?;
                target = old.map(|old| self.mapped(room, old)).transpose()?.flatten();
            }
            _ => {}
        }
        if self.known(line.at, room, by, kind, target, text.as_deref())?.is_some() {
            self.imported.again += 1;
            return Ok(());
        }
        if let (Kind::Edited, Some(target)) = (kind, target)
            && self.is_edited_since(target, line.at)?
        {
            self.imported.again += 1;
            return Ok(());
        }
        if let Some(target) = target
            && target_row(self.tx, Some(room), target)?.is_none_or(|row| row.target.is_deleted)
        {
            self.imported.left_out += 1; // It has gone since, or was changed after it had.
            return Ok(());
        }
        let mut here = Content::from_parts(Parts { target, ..content.parts() });
        Self::leave_mentions(&mut here);
        // Where it was said, somebody was allowed to delete it.
        let draft = Draft::new(&line.room, by, here).by_moderator();
        if let Outcome::Again(_) = self.append(&draft, line.at)? {
            // It says what is so already. It is an entry all the same: taken again, the file is known by it.
            let parts = Parts { target, ..columns(&content) };
            let seq = fold::number(&line.room, &mut self.numbers)?;
            self.fold.insert(self.tx, seq, (room, None), line.at, by, parts)?;
            if let Some(target) = target {
                changes::record(self.tx, target, kind, seq, line.at)?;
            }
        }
        if let Some(target) = target {
            self.note_mentions(target, &draft.content)?;
        }
        if let (Kind::Deleted, Some(target)) = (kind, target) {
            self.tx.prepare_cached("DELETE FROM gone WHERE seq = ?1")?.execute([int(target)])?;
        }
        self.imported.added += 1;
        Ok(())
    }

    fn message(
        &mut self,
        line: &EntryLine,
        number: u64,
        (by, room): (UserId, i64),
        (text, cid, reply_to): (&str, Option<&str>, Option<u64>),
    ) -> Result<(), Stop> {
        let known = match cid {
            Some(cid) => said_already(self.tx, by, room, cid)?,
            None => {
                self.known(line.at, room, by, Kind::Message, None, Some(text).filter(|_| !line.is_gone))?
            }
        };
        if known.is_none() && cid.is_none() && self.presume(line, (by, room), (text, reply_to))? {
            return Ok(());
        }
        let seq = if let Some(seq) = known {
            self.refute(seq)?;
            self.imported.again += 1;
            seq
        } else {
            let answers = match reply_to {
                Some(old) => self.mapped(room, old)?,
                None => None,
            };
            let mentions = line.content.mentions().clone();
            let mut content =
                Content::Message { text: text.into(), cid: cid.map(Into::into), reply_to: answers, mentions };
            Self::leave_mentions(&mut content);
            let draft = Draft::new(&line.room, by, content);
            self.imported.added += 1;
            let (Outcome::New(seq) | Outcome::Again(seq)) = self.append(&draft, line.at)?;
            self.note_mentions(seq, &draft.content)?;
            if let Some(old) = reply_to
                && answers.map_or(Ok(true), |answers| self.is_presumed(answers))?
            {
                self.asks(seq, room, old)?;
            }
            seq
        };
        if line.is_gone && known.is_none() {
            self.tx.prepare_cached("UPDATE entries SET text = NULL WHERE seq = ?1")?.execute([int(seq)])?;
            self.tx
                .prepare_cached("INSERT INTO gone(seq, line) VALUES(?1, ?2)")?
                .execute([int(seq), int(number)])?;
        }
        if let Some(old) = line.seq {
            let sql = "INSERT OR IGNORE INTO mapped(room, old, new) VALUES(?1, ?2, ?3)";
            if self.tx.prepare_cached(sql)?.execute([room, int(old), int(seq)])? == 0 {
                let text = format!("the file has a message {old} of the room {} before it", line.room);
                return Err(Stop::Line(Error::refused("bad_line", text)));
            }
        }
        Ok(())
    }

    /// Notes an answer to a message that the file may still come to.
    fn asks(&self, seq: u64, room: i64, old: u64) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO asked(seq, room, old) VALUES(?1, ?2, ?3)";
        self.tx.prepare_cached(sql)?.execute([int(seq), room, int(old)])?;
        Ok(())
    }

    /// Joins answers to messages that the file has only after them, as in one whose newest line is the first.
    fn join_answers(&mut self) -> Result<(), Stop> {
        let asked: u64 = self.tx.query_row("SELECT count(*) FROM asked", [], |row| unsigned(row, 0))?;
        let sql = "UPDATE entries SET target = mapped.new FROM asked JOIN mapped USING (room, old)
                   WHERE entries.seq = asked.seq AND mapped.new <> asked.seq";
        let joined = self.tx.execute(sql, [])? as u64;
        self.imported.unanswered = asked - joined;
        if joined > 0 {
            threads::fill(self.tx, self.before)?;
        }
        Ok(())
    }

    /// Takes a draft into the log, with the mentions that it has: whom it may mention is known at the end of the file.
    fn append(&mut self, draft: &Draft, at: u64) -> Result<Outcome, Fault> {
        let mut append = Append::new(draft.clone(), |_, _| false);
        if let Lookup::Mentioned(_) = append.lookup {
            append.lookup = Lookup::Nothing;
        }
        self.fold.append(self.tx, &append, at, &mut self.numbers)
    }

    /// Where a message of the file is now.
    fn mapped(&self, room: i64, old: u64) -> rusqlite::Result<Option<u64>> {
        let sql = "SELECT new FROM mapped WHERE room = ?1 AND old = ?2";
        self.tx.prepare_cached(sql)?.query_row([room, int(old)], |row| unsigned(row, 0)).optional()
    }

    /// Whether a message that was there before has this edit, or a later one, which took its place.
    fn is_edited_since(&self, message: u64, at: u64) -> rusqlite::Result<bool> {
        let sql = "SELECT 1 FROM changes WHERE seq = ?1 AND edited >= ?2";
        Ok(message <= self.before && self.tx.prepare_cached(sql)?.exists([int(message), int(at)])?)
    }

    /// An entry that was there before and says the same; it is known once.
    fn known(
        &self,
        at: u64,
        room: i64,
        by: UserId,
        kind: Kind,
        target: Option<u64>,
        text: Option<&str>,
    ) -> rusqlite::Result<Option<u64>> {
        // What a message answers is no part of what it says; a message that is gone, or was edited, has not the text that it
        // was said with.
        let sql = "SELECT known.seq FROM known JOIN entries USING (seq)
                   WHERE known.at = ?1 AND known.room = ?2 AND known.user = ?3 AND known.kind = ?4
                   AND (known.kind = 0 OR target IS ?5) AND (text = ?6 OR text IS NULL OR ?6 IS NULL
                     OR EXISTS (SELECT 1 FROM changes WHERE changes.seq = known.seq AND edited IS NOT NULL))
                   ORDER BY known.seq LIMIT 1";
        let values = params![int(at), room, id(by), kind, target.map(int), text];
        let seq = self.tx.prepare_cached(sql)?.query_row(values, |row| unsigned(row, 0)).optional()?;
        if let Some(seq) = seq {
            let sql =
                "DELETE FROM known WHERE at = ?1 AND room = ?2 AND user = ?3 AND kind = ?4 AND seq = ?5";
            self.tx.prepare_cached(sql)?.execute(params![int(at), room, id(by), kind, int(seq)])?;
        }
        Ok(seq)
    }

    /// A message without its text needs the entry that took it.
    fn none_is_only_said_to_be_gone(&self) -> Result<(), Stop> {
        let line = self.tx.query_row("SELECT min(line) FROM gone", [], |row| row.get::<_, Option<i64>>(0))?;
        match line {
            None => Ok(()),
            Some(line) => Err(Stop::Line(Error::refused(
                "bad_line",
                format!(
                    "the message of line {line} is deleted, but no 'deleted' entry follows that says by whom"
                ),
            ))),
        }
    }
}
