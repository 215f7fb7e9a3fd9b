//! Export: the chat as lines of JSON (the log itself), as text, or as one page of HTML. All of it is of one
//! moment, and little of it is in memory at a time.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

use rusqlite::{Connection, Row, ToSql, params};
use time::OffsetDateTime;

use crate::base::entry::{Content, Entry, Present};
use crate::base::error::Error;
use crate::base::limits::{EXPORT_BYTES, ROOMS_NAMED};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::room_rules::{RoomRules, Writers};
use crate::base::user::UserId;
use crate::log::sqlite::entry_row::{EntryRow, select, select_room};
use crate::log::sqlite::migrate;
use crate::log::sqlite::progress::{Pace, Progress};
use crate::log::sqlite::rights;
use crate::log::sqlite::store::Store;
use crate::wire::protocol::entry_line::{entry_line, gone_line};

mod html;
mod text;

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The log: every entry as a line of JSON, in order, for [`Store::import`].
    Jsonl,
    /// What people read: a message a line, as it is now.
    Text,
    /// One page of HTML that needs nothing else.
    Html,
}

/// What of a chat is exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportSelection {
    /// Only this room; none for all of them.
    pub room: Option<RoomName>,
    /// Only what somebody has said and done, by their name or their id; none for everybody's.
    pub person: Option<String>,
}

/// A room as it is exported.
pub(super) struct Room {
    id: i64,
    pub(super) name: RoomName,
    pub(super) topic: String,
}

/// Why an export ended early.
pub(super) enum Stop {
    Sql(rusqlite::Error),
    Out(io::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

/// Somebody who writes rooms for people to read.
pub(super) trait Writes {
    fn begin(&mut self, out: &mut dyn Write, rooms: &[Room]) -> io::Result<()>;
    fn room(&mut self, out: &mut dyn Write, room: &Room) -> io::Result<()>;
    fn entry(&mut self, out: &mut dyn Write, entry: &Present) -> io::Result<()>;
    fn room_ends(&mut self, out: &mut dyn Write) -> io::Result<()>;
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

impl Store {
    /// Writes all rooms, or what is selected of them; gives how many entries that were. The chat may be in use meanwhile: what
    /// is written is as it was when this began.
    ///
    /// # Errors
    /// There is no such room or person, the store cannot be read, or `out` takes no more (then [`Error::is_io`]).
    pub fn export(
        &self,
        selection: &ExportSelection,
        format: Format,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u64, Error> {
        let connection = self.connect(false)?;
        migrate::overlay(&connection).map_err(|error| self.unreadable(&error))?;
        let mut out = BufWriter::with_capacity(EXPORT_BYTES, out);
        let mut pace = Pace::new("entries written", None, progress);
        let snapshot = connection.unchecked_transaction().map_err(|error| self.unreadable(&error))?;
        let all = rooms(&connection).map_err(|error| self.unreadable(&error))?;
        let ExportSelection { room, person } = selection;
        let rooms = chosen(all, room.as_ref())?;
        let by = match person {
            None => None,
            Some(person) => Some(self.person(&connection, person)?),
        };
        let written = match format {
            Format::Jsonl => {
                lines(&connection, room.is_some().then(|| &rooms[0]), (&rooms, by), &mut out, &mut pace)
            }
            Format::Text => pages(&connection, (&rooms, by), &mut text::Text::default(), &mut out, &mut pace),
            Format::Html => pages(&connection, (&rooms, by), &mut html::Html::default(), &mut out, &mut pace),
        };
        drop(snapshot);
        match written.and_then(|()| Ok(out.flush()?)) {
            Ok(()) => Ok(pace.done()),
            Err(Stop::Sql(error)) => Err(self.unreadable(&error)),
            Err(Stop::Out(error)) => {
                drop(out.into_parts()); // What it did not take is not tried again.
                Err(Error::io("cannot write the export", error))
            }
        }
    }

    /// Somebody by their id, or by their name or one that looks like it.
    fn person(&self, connection: &Connection, person: &str) -> Result<UserId, Error> {
        let by_name = match Name::parse(person) {
            Ok(name) => rights::find_person(connection, &name)
                .map_err(|error| self.unreadable(&error))?
                .map(|user| user.id),
            Err(_) => None,
        };
        let unknown = || Error::store(format!("there is nobody called '{person}' in this chat"));
        by_name.or_else(|| person.parse().ok()).ok_or_else(unknown)
    }
}

/// Whether an entry is exported.
fn is_selected(entry: &Entry, by: Option<UserId>) -> bool {
    by.is_none_or(|by| by == entry.by.id)
}

fn rooms(connection: &Connection) -> rusqlite::Result<Vec<Room>> {
    let mut select =
        connection.prepare("SELECT id, name, topic FROM rooms WHERE NOT deleted ORDER BY name")?;
    let rooms = select.query_map([], |row| {
        let name = RoomName::parse(row.get_ref(1)?.as_str()?).map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(Room { id: row.get(0)?, name, topic: row.get(2)? })
    })?;
    rooms.collect()
}

fn chosen(mut rooms: Vec<Room>, room: Option<&RoomName>) -> Result<Vec<Room>, Error> {
    let Some(name) = room else { return Ok(rooms) };
    if let Some(at) = rooms.iter().position(|room| room.name == *name) {
        return Ok(vec![rooms.swap_remove(at)]);
    }
    let count = rooms.len();
    let mut names =
        rooms.iter().take(ROOMS_NAMED).map(|room| room.name.as_str()).collect::<Vec<_>>().join(", ");
    if count > ROOMS_NAMED {
        names += &format!(" and {} more", count - ROOMS_NAMED);
    }
    Err(Error::store(match count {
        0 => format!("there is no room '{name}': nothing was said in this chat yet"),
        _ => format!("there is no room '{name}'; there are: {names}"),
    }))
}

/// The log, an entry a line.
fn lines(
    connection: &Connection,
    only: Option<&Room>,
    (rooms, by): (&[Room], Option<UserId>),
    out: &mut dyn Write,
    pace: &mut Pace<'_>,
) -> Result<(), Stop> {
    let names: HashMap<i64, &RoomName> = rooms.iter().map(|room| (room.id, &room.name)).collect();
    let mut each = |row: &Row<'_>| -> Result<(), Stop> {
        // One that is not there is deleted.
        let Some(room) = names.get(&EntryRow::room(row)?) else { return Ok(()) };
        let row = EntryRow::read(row, room)?;
        if !is_selected(&row.entry, by) {
            return Ok(());
        }
        out.write_all(&if row.is_deleted() { gone_line(&row.entry) } else { entry_line(&row.entry) })?;
        out.write_all(b"\n")?;
        pace.step();
        Ok(())
    };
    match only {
        None => for_each(connection, &select("entries e", "ORDER BY e.seq"), &[], &mut each),
        Some(room) => for_each(connection, &select_room(), params![room.id], &mut each),
    }
}

/// Rooms for people to read, one after the other.
fn pages(
    connection: &Connection,
    (rooms, by): (&[Room], Option<UserId>),
    writer: &mut dyn Writes,
    out: &mut dyn Write,
    pace: &mut Pace<'_>,
) -> Result<(), Stop> {
    writer.begin(out, rooms)?;
    for room in rooms {
        writer.room(out, room)?;
        for_each(connection, &select_room(), params![room.id], &mut |row| {
            let present = EntryRow::read(row, &room.name)?.present(connection, UserId::GUEST)?;
            if is_selected(&present.entry, by) {
                writer.entry(out, &present)?;
                pace.step();
            }
            Ok(())
        })?;
        writer.room_ends(out)?;
    }
    Ok(writer.end(out)?)
}

fn for_each(
    connection: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    each: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(values)?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// An entry that stands by itself, in words: what its author did, and the text that belongs to it. None for a message, and for
/// what is shown with the message that it changes.
pub(super) fn in_words(entry: &Entry) -> Option<(&'static str, &str)> {
    Some(match &entry.content {
        Content::Topic { text } if text.is_empty() => ("took the topic away", ""),
        Content::Topic { text } => ("set the topic:", text),
        Content::Renamed { name } if *name == entry.by.name => ("took this name", ""),
        Content::Renamed { name } => ("took the name", name),
        Content::Room { title, listed: true } if title.is_empty() => ("put the room in the directory", ""),
        Content::Room { title, listed: true } => ("put the room in the directory as", title),
        Content::Room { title, listed: false } if title.is_empty() => {
            ("left the room to those who have its link", "")
        }
        Content::Room { title, listed: false } => ("left the room to those who have its link, as", title),
        Content::Rules(RoomRules { archived: true, .. }) => ("archived the room", ""),
        Content::Rules(RoomRules { writers: Writers::Everyone, .. }) => {
            ("let everyone write in the room", "")
        }
        Content::Rules(RoomRules { writers: Writers::Members, .. }) => {
            ("let only members write in the room", "")
        }
        Content::Rules(RoomRules { writers: Writers::Moderators, .. }) => {
            ("let only moderators write in the room", "")
        }
        _ => return None,
    })
}

/// A time as people read it: `2026-11-24 21:37:05`, in UTC.
pub(super) fn readable(at: u64) -> String {
    let time = i64::try_from(at / 1000).ok().and_then(|s| OffsetDateTime::from_unix_timestamp(s).ok());
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    time.and_then(|time| time.format(format).ok()).unwrap_or_else(|| "at no time".into())
}

/// Text that does nothing but be read. What would control a terminal or a page is shown as missing; what turns the direction
/// of the text after it is left out, so that it cannot show another author or time; other ends of lines are newlines.
pub(super) fn shown(text: &str) -> impl Iterator<Item = char> {
    let is_turn = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(move |c| !is_turn(c)).map(|c| match c {
        '\n' | '\t' => c,
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    })
}

#[cfg(test)]
mod tests;
