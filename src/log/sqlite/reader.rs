//! The readers: threads with a connection each, which never block the writer. What a client begins with, a
//! replay, a page of history, what a search finds.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row, Rows, params};

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Present, Reaction, Record};
use crate::base::limits::{
    LATEST_MESSAGES, PAGE_BYTES, PIECE_ENTRIES, REACTORS, ROOMS_NAMED, UNREAD_MAX, UNREAD_ROWS,
};
use crate::base::private_room;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::rules::{Position, Start, has_hole};
use crate::log::sqlite::entry_row::{self, EntryRow, select, select_seqs};
use crate::log::sqlite::fold::room_id;
use crate::log::sqlite::private_rooms;
use crate::log::sqlite::room_rules;
use crate::log::sqlite::rooms;
use crate::log::sqlite::row::{DAY_MS, Fault, id, int, refused, unsigned};
use crate::log::sqlite::search;
use crate::log::sqlite::starts::{self, Epoch};
use crate::log::sqlite::target::target_row;
use crate::log::sqlite::threads;
use crate::log::sqlite::users;
use crate::log::{JoinRequest, JoinState, Page, Replay, Search};

/// What a client needs to begin in a room.
///
/// `mark` is the marker of somebody who has none in the store, `delivered` the last number that was.
pub(super) fn join_state(
    connection: &Connection,
    epoch: &Epoch,
    request: &JoinRequest,
    mark: Option<u64>,
    delivered: u64,
) -> Result<JoinState, Fault> {
    if !private_rooms::may_enter(connection, &request.room, request.who)? {
        return Err(private_room::members_only().into());
    }
    let sql = format!(
        "SELECT id, floor, topic, {}, {} FROM rooms WHERE name = ?1",
        room_rules::RULES,
        rooms::COLUMNS
    );
    let room = connection.prepare_cached(&sql)?.query_row([request.room.as_str()], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            unsigned(row, 1)?,
            row.get(2)?,
            room_rules::rules(row, 3)?,
            rooms::setting(row, 7)?,
        ))
    });
    let room = room.optional()?;
    if let Some((_, _, _, rules, _)) = &room {
        rules.check_there()?;
    }
    let floor = match &room {
        Some((_, floor, ..)) => *floor,
        None => rooms::gone_floor(connection)?,
    };
    let position =
        Position { cursor: request.cursor.as_ref(), until: request.until, floor, max: request.max };
    let start = position.start(
        |cursor| Ok(epoch.has(connection, cursor)? && !starts::is_ahead(connection, cursor, delivered)?),
        |after| match &room {
            Some((room, ..)) => count(connection, *room, after, request.until, request.max),
            None => Ok(0),
        },
    )?;
    let reset = start == Start::Reset;
    let at = entry_row::at(connection, request.until)?;
    let Some((room, _, topic, rules, setting)) = room else {
        // Nothing was said there, or nothing is kept of it.
        return Ok(JoinState { at, reset, ..JoinState::default() });
    };
    let read = users::mark(connection, request.who, room)?.or(mark);
    // Bounded by what is looked at, not by what is counted: somebody's own messages cost as much.
    let sql = "SELECT count(*) FROM (SELECT seq, user FROM entries WHERE room = ?1 AND kind = 0 AND seq > ?2
                 ORDER BY seq DESC LIMIT ?4) e
               WHERE user <> ?3 AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.seq = e.seq AND c.deleted)";
    let unread = match read {
        None => 0,
        Some(read) => connection
            .prepare_cached(sql)?
            .query_row(params![room, int(read), id(request.who), UNREAD_ROWS as i64], |row| row.get(0))
            .map(|count: u32| count.min(UNREAD_MAX))?,
    };
    let sql = "SELECT min(seq) FROM entries WHERE room = ?1 AND kind = 0";
    let oldest: Option<i64> = connection.prepare_cached(sql)?.query_row([room], |row| row.get(0))?;
    let mut beginning = JoinState {
        topic,
        title: setting.title,
        listed: setting.is_listed,
        maker: setting.maker,
        rules,
        read: read.unwrap_or(0),
        unread,
        oldest: oldest.unwrap_or(0).cast_unsigned(),
        at,
        reset,
        ..JoinState::default()
    };
    match start {
        Start::Resume(after) => {
            (beginning.records, beginning.more) =
                piece(connection, room, &request.room, after, request.until)?;
        }
        Start::Reset => {
            let at = Anchor::Before(request.until.saturating_add(1));
            let page = page(connection, &Source::of(room, &request.room), at, LATEST_MESSAGES, request.who)?;
            beginning.records = page.messages.into_iter().map(Record::Present).collect();
        }
    }
    Ok(beginning)
}

/// The entries after `after` and up to `until`, or as many as go at once.
pub(super) fn replay(
    connection: &Connection,
    name: &RoomName,
    after: u64,
    until: u64,
) -> Result<Replay, Fault> {
    let Some(room) = room_id(connection, name)? else {
        let broken = has_hole(after, rooms::gone_floor(connection)?);
        return Ok(Replay { records: Vec::new(), more: None, broken });
    };
    let sql = "SELECT floor FROM rooms WHERE id = ?1";
    let floor = connection.prepare_cached(sql)?.query_row([room], |row| unsigned(row, 0))?;
    let (records, more) = piece(connection, room, name, after, until)?;
    Ok(Replay { records, more, broken: has_hole(after, floor) })
}

/// The entries of all rooms after a cursor and up to `until`, or as many as go at once.
pub(super) fn replay_all(
    connection: &Connection,
    epoch: &Epoch,
    cursor: &Cursor,
    until: u64,
) -> Result<Replay, Fault> {
    let sql = "SELECT coalesce(max(floor), 0) FROM rooms";
    let floor = connection.prepare_cached(sql)?.query_row([], |row| unsigned(row, 0))?;
    let floor = floor.max(rooms::gone_floor(connection)?);
    if cursor.seq > until || has_hole(cursor.seq, floor) || !epoch.has(connection, cursor)? {
        return Ok(Replay { records: Vec::new(), more: None, broken: true });
    }
    let mut select = connection.prepare_cached(&PIECE_OF_ALL)?;
    let rows = select.query(params![int(cursor.seq), int(until), PIECE_ENTRIES as i64])?;
    let mut names = HashMap::new();
    let (records, more) = read_piece(connection, rows, until, |row| {
        let room = EntryRow::room(row)?;
        if let Some(name) = names.get(&room) {
            return Ok(RoomName::clone(name));
        }
        let sql = "SELECT name FROM rooms WHERE id = ?1";
        let name: String = connection.prepare_cached(sql)?.query_row([room], |row| row.get(0))?;
        let name = RoomName::parse(&name).map_err(|_| rusqlite::Error::InvalidQuery)?;
        names.insert(room, name.clone());
        Ok(name)
    })?;
    Ok(Replay { records, more, broken: false })
}

/// How many entries there are after `after`, counted a little further than `max`.
fn count(connection: &Connection, room: i64, after: u64, until: u64, max: usize) -> rusqlite::Result<usize> {
    let most = i64::try_from(max.saturating_add(1)).unwrap_or(i64::MAX);
    let count: i64 = connection
        .prepare_cached(&COUNT)?
        .query_row(params![room, int(after), int(until), most], |row| row.get(0))?;
    Ok(count.max(0).cast_unsigned() as usize)
}

type Piece = (Vec<Record>, Option<u64>);

/// Which entries of a room a replay has.
const REPLAYED: &str = "AND seq > ?2 AND seq <= ?3";

static COUNT: LazyLock<String> =
    LazyLock::new(|| format!("SELECT count(*) FROM ({} LIMIT ?4)", select_seqs(REPLAYED)));

static PIECE: LazyLock<String> = LazyLock::new(|| {
    let seqs = select_seqs(REPLAYED);
    let rest = format!("WHERE e.seq IN (SELECT seq FROM ({seqs} ORDER BY seq LIMIT ?4)) ORDER BY e.seq");
    select("entries e", &rest)
});

static PIECE_OF_ALL: LazyLock<String> =
    LazyLock::new(|| select("entries e", "WHERE e.seq > ?1 AND e.seq <= ?2 ORDER BY e.seq LIMIT ?3"));

fn piece(
    connection: &Connection,
    room: i64,
    name: &RoomName,
    after: u64,
    until: u64,
) -> rusqlite::Result<Piece> {
    let mut select = connection.prepare_cached(&PIECE)?;
    let rows = select.query(params![room, int(after), int(until), PIECE_ENTRIES as i64])?;
    read_piece(connection, rows, until, |_| Ok(name.clone()))
}

/// Reads rows of at most [`PIECE_ENTRIES`] entries; `room` names the room of a row.
fn read_piece(
    connection: &Connection,
    mut rows: Rows<'_>,
    until: u64,
    mut room: impl FnMut(&Row<'_>) -> rusqlite::Result<RoomName>,
) -> rusqlite::Result<Piece> {
    let (mut records, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let row = EntryRow::read(row, &room(row)?)?;
        bytes += row.entry.said_bytes();
        records.push(if row.is_deleted() {
            // What is deleted has no text any more that could be told as it was said.
            Record::Present(row.present(connection, UserId::GUEST)?)
        } else {
            Record::Entry(row.entry)
        });
        if bytes > PAGE_BYTES {
            break;
        }
    }
    let is_full = bytes > PAGE_BYTES || records.len() == PIECE_ENTRIES;
    let more = records.last().filter(|_| is_full).map(Record::seq).filter(|seq| *seq < until);
    Ok((records, more))
}

/// A page of a room's messages, oldest first.
pub(super) fn history(
    connection: &Connection,
    name: &RoomName,
    at: Anchor,
    limit: usize,
    who: UserId,
) -> Result<Page, Fault> {
    match room_id(connection, name)? {
        Some(room) => Ok(page(connection, &Source::of(room, name), at, limit, who)?),
        None => Ok(Page::default()),
    }
}

/// A page of a thread, oldest first.
pub(super) fn thread(
    connection: &Connection,
    name: &RoomName,
    root: u64,
    at: Anchor,
    limit: usize,
    who: UserId,
) -> Result<Page, Fault> {
    match room_id(connection, name)? {
        Some(room) => {
            let source = Source { root: Some(root), ..Source::of(room, name) };
            Ok(page(connection, &source, at, limit, who)?)
        }
        None => Ok(Page::default()),
    }
}

/// Where the messages of a page are from.
struct Source<'a> {
    room: i64,
    name: &'a RoomName,
    /// The thread that they are in, and not all of the room.
    root: Option<u64>,
}

impl<'a> Source<'a> {
    fn of(room: i64, name: &'a RoomName) -> Self {
        Self { room, name, root: None }
    }
}

fn page(
    connection: &Connection,
    source: &Source<'_>,
    at: Anchor,
    limit: usize,
    who: UserId,
) -> rusqlite::Result<Page> {
    Ok(match at {
        Anchor::Newest => page(connection, source, Anchor::Before(u64::MAX), limit, who)?,
        Anchor::Before(seq) => {
            let (mut messages, more) = side(connection, source, Side::Before(seq), limit, who)?;
            messages.reverse();
            Page { messages, more, newer: None }
        }
        Anchor::After(seq) => {
            let (messages, more) = side(connection, source, Side::After(seq), limit, who)?;
            Page { messages, more, newer: None }
        }
        Anchor::Around(seq) => {
            let before = Side::Before(seq.saturating_add(1));
            let (mut messages, more) = side(connection, source, before, limit.div_ceil(2), who)?;
            messages.reverse();
            let rest = (limit - messages.len().min(limit)).max(1);
            let (after, newer) = side(connection, source, Side::After(seq), rest, who)?;
            messages.extend(after);
            Page { messages, more, newer: Some(newer) }
        }
    })
}

#[derive(Clone, Copy)]
enum Side {
    Before(u64),
    After(u64),
}

static BEFORE: LazyLock<String> = LazyLock::new(|| {
    let rest = "WHERE e.room = ?1 AND e.kind = 0 AND e.seq < ?2 ORDER BY e.seq DESC LIMIT ?3";
    select("entries e", rest)
});

static AFTER: LazyLock<String> = LazyLock::new(|| {
    let rest = "WHERE e.room = ?1 AND e.kind = 0 AND e.seq > ?2 ORDER BY e.seq LIMIT ?3";
    select("entries e", rest)
});

/// Messages on one side of a number, the nearest first, and whether there are more.
fn side(
    connection: &Connection,
    source: &Source<'_>,
    side: Side,
    limit: usize,
    who: UserId,
) -> rusqlite::Result<(Vec<Present>, bool)> {
    let (sql, in_thread, seq) = match side {
        Side::Before(seq) => (&BEFORE, &threads::BEFORE, seq),
        Side::After(seq) => (&AFTER, &threads::AFTER, seq),
    };
    let (room, seq, most) = (source.room, int(seq), limit as i64 + 1);
    let read = |row: &Row<'_>| EntryRow::read(row, source.name)?.present(connection, who);
    match source.root {
        None => collect(connection, sql, params![room, seq, most], limit, read),
        Some(root) => collect(connection, in_thread, params![room, seq, most, int(root)], limit, read),
    }
}

/// Messages of a query, up to a count or a weight; whether there are more.
fn collect(
    connection: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    limit: usize,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<Present>,
) -> rusqlite::Result<(Vec<Present>, bool)> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(values)?;
    let (mut messages, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        if messages.len() == limit || bytes > PAGE_BYTES {
            return Ok((messages, true));
        }
        let message = read(row)?;
        bytes += message.entry.said_bytes();
        messages.push(message);
    }
    Ok((messages, false))
}

/// The reactions to a message, with the people who gave them.
pub(super) fn reactions(
    connection: &Connection,
    room: &RoomName,
    message: u64,
    who: UserId,
) -> Result<Vec<Reaction>, Fault> {
    if target_row(connection, room_id(connection, room)?, message)?.is_none() {
        return refused("no_such_message", "there is no such message in this room");
    }
    Ok(entry_row::reactions(connection, message, who, REACTORS)?)
}

/// The index names rows; the log says what is in them. In this order: the number of matches is what bounds a search.
static FOUND: LazyLock<String> = LazyLock::new(|| {
    let rest = "WHERE s.search MATCH ?1 AND s.rowid <= ?2 AND s.rowid >= ?3
         AND e.at < ?4 AND e.at >= ?5 AND NOT coalesce(c.deleted, 0) ORDER BY s.rowid DESC LIMIT ?6";
    select("search s CROSS JOIN entries e ON e.seq = s.rowid", rest)
});

/// Messages that a query finds, newest first.
pub(super) fn find(connection: &Connection, asked: &Search) -> Result<Page, Fault> {
    let query = search::parse(&asked.query)?;
    let mut terms = Vec::new();
    if !query.text.is_empty() {
        terms.push(query.text.clone());
    }
    // Rooms that are asked for in the query are those of the rooms that may be looked at.
    if let Some(name) = query.rooms.iter().find(|name| !asked.rooms.iter().any(|room| room.as_str() == *name))
    {
        let rooms = asked.rooms.iter().take(ROOMS_NAMED).map(RoomName::as_str).collect::<Vec<_>>().join(", ");
        return refused(
            "bad_query",
            &format!("'in:{name}' finds nothing: the rooms that are searched are {rooms}"),
        );
    }
    let rooms = asked
        .rooms
        .iter()
        .filter(|room| query.rooms.is_empty() || query.rooms.iter().any(|r| r == room.as_str()));
    let mut searched = BTreeMap::new();
    for room in rooms {
        searched.extend(room_id(connection, room)?.map(|id| (id, room)));
    }
    if searched.is_empty() {
        return Ok(Page::default());
    }
    let tags = searched.keys().copied().map(search::room_tag).collect::<Vec<_>>();
    terms.push(format!("tags : ({})", tags.join(" OR ")));
    if !query.from.is_empty() {
        let mut tags = Vec::new();
        for name in &query.from {
            let users = search::users_called(connection, name)?;
            if users.is_empty() {
                return refused("bad_query", &format!("nobody is called '{name}' here"));
            }
            tags.extend(users.into_iter().map(search::user_tag));
        }
        terms.push(format!("tags : ({})", tags.join(" OR ")));
    }
    let day = |sql: &str, day: Option<u64>| -> rusqlite::Result<Option<i64>> {
        day.map_or(Ok(None), |day| connection.prepare_cached(sql)?.query_row([int(day)], |row| row.get(0)))
    };
    let last = day("SELECT coalesce(max(last), 0) FROM days WHERE day < ?1", query.before)?;
    let first =
        day("SELECT coalesce(min(first), 9223372036854775807) FROM days WHERE day > ?1", query.after)?;
    let last = last.unwrap_or(i64::MAX).min(int(asked.before.map_or(u64::MAX, |seq| seq.saturating_sub(1))));
    let before = query.before.map_or(i64::MAX, |day| int(day * DAY_MS));
    let after = query.after.map_or(0, |day| int((day + 1) * DAY_MS));
    let text = terms.join(" AND ");
    let values = params![text, last, first.unwrap_or(0), before, after, asked.limit as i64 + 1];
    let (messages, more) = collect(connection, &FOUND, values, asked.limit, |row| {
        let room = searched.get(&EntryRow::room(row)?).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        EntryRow::read(row, room)?.present(connection, asked.who)
    })?;
    Ok(Page { messages, more, newer: None })
}

#[cfg(test)]
mod tests {
    use std::{fs, process};

    use rusqlite::StatementStatus;

    use super::*;
    use crate::log::sqlite::store::Store;

    #[test]
    fn a_replay_is_planned_once_wherever_it_begins() {
        let folder = std::env::temp_dir().join(format!("chinwag-reader-{}", process::id()));
        let connection = Store::open(&folder).and_then(|store| store.connect(false)).expect("a new store");
        for after in 0..5 {
            piece(&connection, 1, &RoomName::lobby(), after, 9).expect("nothing is there, which can be read");
        }
        let select = connection.prepare_cached(&PIECE).expect("it is in the cache");
        assert_eq!(
            (select.get_status(StatementStatus::Run), select.get_status(StatementStatus::RePrepare)),
            (5, 0)
        );
        let _ = fs::remove_dir_all(&folder);
    }

    #[test]
    fn sqlite_counts_no_memory_as_no_thread_is_to_wait_for_it() {
        let connection = Connection::open_in_memory().expect("it is bundled");
        let mut options = connection.prepare("PRAGMA compile_options").expect("it tells");
        let mut options = options.query_map([], |row| row.get::<_, String>(0)).expect("it tells");
        assert!(options.any(|option| option.is_ok_and(|option| option == "DEFAULT_MEMSTATUS=0")));
    }
}
