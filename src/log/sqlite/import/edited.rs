//! Messages of a file that was exported after the copy here was made, and that were edited in between: an export has them
//! with their last text. Without a `cid` they are known by their time, room and author, and by the edit that follows in
//! the file.

use rusqlite::{OptionalExtension, params};

use super::{Import, Stop};
use crate::base::entry::{Content, Draft, Mentions};
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::sqlite::entry_row;
use crate::log::sqlite::fold::Outcome;
use crate::log::sqlite::row::{id, int, unsigned};
use crate::wire::protocol::entry_line::EntryLine;
use crate::wire::protocol::mentions;

/// Messages of the file that are presumed to be a message that is here with another text.
pub(super) const TABLE: &str =
    "CREATE TEMP TABLE presumed(seq INTEGER PRIMARY KEY, room INTEGER, old INTEGER, at INTEGER, user INTEGER,
        text TEXT, reply_to INTEGER, mentions TEXT);";

/// A message of the file, as it is presumed to be.
struct Presumed {
    seq: u64,
    room: i64,
    old: u64,
    at: u64,
    by: UserId,
    text: Box<str>,
    reply_to: Option<u64>,
    mentions: Mentions,
}

impl Import<'_> {
    /// Presumes that a message is one that is here with another text, if there is any of its time, room and author. Only what
    /// has a number can be edited later in the file, and guests edit nothing.
    pub(super) fn presume(
        &mut self,
        line: &EntryLine,
        (by, room): (UserId, i64),
        (text, reply_to): (&str, Option<u64>),
    ) -> rusqlite::Result<bool> {
        let Some(old) = line.seq.filter(|_| by != UserId::GUEST && !line.is_gone) else { return Ok(false) };
        let sql = "SELECT seq FROM known WHERE at = ?1 AND room = ?2 AND user = ?3 AND kind = 0
                   AND seq NOT IN (SELECT seq FROM presumed) ORDER BY seq LIMIT 1";
        let here = self
            .tx
            .prepare_cached(sql)?
            .query_row(params![int(line.at), room, id(by)], |row| unsigned(row, 0));
        let Some(seq) = here.optional()? else { return Ok(false) };
        let sql = "INSERT OR IGNORE INTO mapped(room, old, new) VALUES(?1, ?2, ?3)";
        if self.tx.prepare_cached(sql)?.execute([room, int(old), int(seq)])? == 0 {
            return Ok(false); // A number of the file twice, which is refused as any other.
        }
        let sql = "INSERT INTO presumed(seq, room, old, at, user, text, reply_to, mentions)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let whom = entry_row::mentions(line.content.mentions());
        let values = params![int(seq), room, int(old), int(line.at), id(by), text, reply_to.map(int), whom];
        self.tx.prepare_cached(sql)?.execute(values)?;
        Ok(true)
    }

    /// Whether some message of the file is presumed to be this one, so that it may still turn out to be another.
    pub(super) fn is_presumed(&self, seq: u64) -> rusqlite::Result<bool> {
        self.tx.prepare_cached("SELECT 1 FROM presumed WHERE seq = ?1")?.exists([int(seq)])
    }

    /// It was edited later in the file: it is the message that is here.
    pub(super) fn confirm(&mut self, seq: u64) -> rusqlite::Result<()> {
        if self.tx.prepare_cached("DELETE FROM presumed WHERE seq = ?1")?.execute([int(seq)])? > 0 {
            self.tx.prepare_cached("DELETE FROM known WHERE seq = ?1")?.execute([int(seq)])?;
            self.imported.again += 1;
        }
        Ok(())
    }

    /// The message that is here is another, so the one of the file is new; if any was presumed to be it.
    pub(super) fn refute(&mut self, seq: u64) -> Result<(), Stop> {
        let sql = "DELETE FROM presumed WHERE seq = ?1
                   RETURNING seq, room, old, at, user, text, reply_to, mentions";
        let presumed = self.tx.prepare_cached(sql)?.query_row([int(seq)], |row| {
            Ok(Presumed {
                seq: unsigned(row, 0)?,
                room: row.get(1)?,
                old: unsigned(row, 2)?,
                at: unsigned(row, 3)?,
                by: UserId::new(unsigned(row, 4)?),
                text: row.get(5)?,
                reply_to: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
                mentions: row.get_ref(7)?.as_str_or_null()?.map(mentions::from_text).unwrap_or_default(),
            })
        });
        match presumed.optional()? {
            Some(presumed) => self.add(&presumed),
            None => Ok(()),
        }
    }

    /// The file is over: what was not edited in it is new.
    pub(super) fn refute_all(&mut self) -> Result<(), Stop> {
        let next = "SELECT seq FROM presumed ORDER BY at, old LIMIT 1";
        while let Some(seq) =
            self.tx.prepare_cached(next)?.query_row([], |row| unsigned(row, 0)).optional()?
        {
            self.refute(seq)?;
        }
        Ok(())
    }

    fn add(&mut self, message: &Presumed) -> Result<(), Stop> {
        let name: String = self
            .tx
            .prepare_cached("SELECT name FROM rooms WHERE id = ?1")?
            .query_row([message.room], |row| row.get(0))?;
        let room = RoomName::parse(&name).map_err(Stop::Line)?;
        let (text, mentions) = (message.text.clone(), message.mentions.clone());
        let mut content = Content::Message { text, cid: None, reply_to: None, mentions };
        Self::leave_mentions(&mut content);
        let draft = Draft::new(&room, message.by, content);
        let (Outcome::New(seq) | Outcome::Again(seq)) = self.append(&draft, message.at)?;
        self.note_mentions(seq, &draft.content)?;
        self.imported.added += 1;
        let sql = "UPDATE mapped SET new = ?3 WHERE room = ?1 AND old = ?2 AND new = ?4";
        self.tx.prepare_cached(sql)?.execute([message.room, int(message.old), int(seq), int(message.seq)])?;
        if let Some(old) = message.reply_to {
            self.asks(seq, message.room, old)?;
        }
        Ok(())
    }
}
