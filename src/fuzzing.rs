//! What the fuzz targets call, in `fuzz/`: the parsers of what strangers write, with what must hold of their answers. A failure is
//! a panic. Compiled for them alone (`cfg(fuzzing)`).

use std::path::Path;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

use crate::base::entry::Entry;
use crate::base::error::ErrorCode;
use crate::base::limits::{FOUND_MESSAGES, Limits};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::ledger::envelope::Envelope;
use crate::log::{Search, SearchIndex as _, SqliteLog, StoreOptions};
use crate::wire::frame::Bounds;
use crate::wire::frame::events::events;
use crate::wire::protocol::entry_line::EntryLine;
use crate::wire::protocol::{command, entry_line};

/// A decoder says the same of the same bytes, however they are cut. The first byte has the options and the length of a piece.
pub fn frames(data: &[u8]) {
    let Some((&options, bytes)) = data.split_first() else { return };
    let bounds = Bounds { message_bytes: 512, fragments: 8, is_deflating: options & 1 == 1 };
    let whole = events(bytes, bytes.len().max(1), bounds);
    let in_pieces = events(bytes, usize::from(options >> 1).max(1), bounds);
    assert_eq!(whole, in_pieces);
}

/// A line is a command, or is refused in words; a `cid` that is answered is the client's own.
pub fn commands(line: &str) {
    match command::parse(line, Limits::default().text_chars) {
        Ok((name, command)) => {
            // A JSON string may have its letters as escapes.
            assert!(line.contains(name.as_str()) || line.contains("\\u"));
            assert!(command.cid().is_none_or(|cid| !cid.is_empty()));
        }
        Err(refusal) => assert!(!refusal.error.to_string().is_empty()),
    }
}

/// A name that is one stays as it is, is like itself, and has no control characters. What the name of another chat becomes is a
/// name, if perhaps one that is kept for the server.
pub fn names(text: &str) {
    if let Ok(name) = Name::parse(text) {
        let again = Name::parse(name.as_str()).expect("a name is a name");
        assert_eq!(again, name);
        assert!(!name.keys().is_empty() && name.keys().iter().all(|key| !key.is_empty()), "{name:?}");
        assert!(!name.as_str().chars().any(char::is_control));
    }
    if let Some(name) = Name::adapted(text) {
        match Name::parse(name.as_str()) {
            Ok(again) => assert_eq!(again, name, "{text:?}"),
            Err(error) => assert_eq!(error.code(), ErrorCode::NameTaken, "{text:?} became {name:?}: {error}"),
        }
    }
}

/// A search of the store in a folder is answered by a page, or refused as a query that is none: never by a fault of the store.
pub fn searches(folder: &Path, query: &str) {
    static STORE: OnceLock<(Runtime, SqliteLog)> = OnceLock::new();
    let (runtime, log) = STORE.get_or_init(|| {
        let log = SqliteLog::open(folder, &StoreOptions::default()).expect("a store");
        (Builder::new_current_thread().build().expect("a runtime"), log)
    });
    let search = Search {
        rooms: vec![RoomName::lobby()],
        query: query.into(),
        before: None,
        limit: FOUND_MESSAGES,
        who: UserId::GUEST,
    };
    if let Err(error) = runtime.block_on(log.search(search)) {
        assert_eq!(error.code(), ErrorCode::BadQuery, "{error}");
    }
}

/// Bytes that are an envelope say the same once they are written anew; others are refused, and nothing is allocated for what they
/// declare.
pub fn envelopes(bytes: &[u8]) {
    let Ok(envelope) = Envelope::parse(bytes) else { return };
    let Ok(records) = envelope.records(u16::MAX) else { return };
    let mut body = Vec::new();
    records.iter().for_each(|record| record.write(&mut body));
    let written = envelope.header.with(&body);
    let again = Envelope::parse(&written).expect("our own envelope");
    assert_eq!(again.header, envelope.header);
    assert_eq!(again.records(u16::MAX), Ok(records));
}

/// A line that is taken is written as a line that says the same.
pub fn import_lines(line: &[u8]) {
    let Ok(EntryLine { room, seq, at, by, content, is_gone }) = entry_line::parse(line) else { return };
    let by = User::new(by.id, by.name.as_deref().unwrap_or_default()).with(by.face);
    let entry = Entry { seq: seq.unwrap_or_default(), at, room, by, content, root: None };
    let written = if is_gone { entry_line::gone_line(&entry) } else { entry_line::entry_line(&entry) };
    let again = entry_line::parse(&written).expect("our own line");
    assert_eq!((again.is_gone, again.by.id, again.by.face), (is_gone, entry.by.id, entry.by.face));
    assert_eq!(
        (again.seq, again.at, again.room, again.content),
        (Some(entry.seq), at, entry.room, entry.content)
    );
}
