//! Events as lines: several in one frame, or one for another frame.

use bytes::Bytes;
use serde::Serialize;

use crate::base::entry::{Entry, Record};
use crate::base::error::Error;
use crate::base::limits::{LINE_BYTES, RETRY_WAIT};
use crate::base::room_name::RoomName;
use crate::wire::frame::Growing;
use crate::wire::protocol::command::{CommandName, Refusal};
use crate::wire::protocol::entry_line::{Line, PresentMessage};
use crate::wire::protocol::event::{Event, Failure};

/// Lines that go out in one frame.
#[derive(Debug)]
pub(crate) struct Lines(Growing);

impl Lines {
    pub(crate) fn new() -> Self {
        Self(Growing::new())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn event(&mut self, event: &Event<'_>) {
        self.make_room(1);
        self.json(event);
    }

    pub(crate) fn entries(&mut self, entries: &[Entry]) {
        self.make_room(entries.len());
        entries.iter().for_each(|entry| self.json(&Line::heard(entry)));
    }

    pub(crate) fn records(&mut self, records: &[Record]) {
        self.make_room(records.len());
        for record in records {
            match record {
                Record::Entry(entry) => self.json(&Line::heard(entry)),
                Record::Present(present) => self.json(&PresentMessage(present)),
            }
        }
    }

    pub(crate) fn failed(&mut self, command: Option<&str>, cid: Option<&str>, error: &Error) {
        let text = &*error.to_string();
        self.event(&Event::Error(Failure { text, command, cid, ..failure_of(error) }));
    }

    /// Lines that were written before.
    pub(crate) fn raw(&mut self, lines: &[u8]) {
        self.next().extend_from_slice(lines);
    }

    pub(crate) fn frame(self) -> Bytes {
        self.0.finish()
    }

    /// Room for so many lines at once: doubled again and again, they would be copied more often than written.
    fn make_room(&mut self, lines: usize) {
        if lines > 0 {
            self.0.payload().reserve(lines * LINE_BYTES);
        }
    }

    fn json(&mut self, value: &impl Serialize) {
        serde_json::to_writer(self.next(), value).expect("our own values are JSON, and memory takes them");
    }

    fn next(&mut self) -> &mut Vec<u8> {
        let is_first = self.is_empty();
        let payload = self.0.payload();
        if !is_first {
            payload.push(b'\n');
        }
        payload
    }
}

/// An error without its words.
fn failure_of(error: &Error) -> Failure<'static> {
    let retry_after = error.retry_after().or_else(|| error.is_log().then_some(RETRY_WAIT));
    let retry_after = retry_after.map(|wait| wait.as_secs_f64());
    Failure { code: error.code().as_str(), text: "", command: None, cid: None, room: None, retry_after }
}

/// One event, ready to be sent.
pub(crate) fn frame(event: &Event<'_>) -> Bytes {
    let mut lines = Lines::new();
    lines.event(event);
    lines.frame()
}

/// One event as a line of text, for [`Lines::raw`].
pub(crate) fn line(event: &Event<'_>) -> Vec<u8> {
    serde_json::to_vec(event).expect("our own values are JSON")
}

/// The answer to a command that was refused, as far as it could be read.
pub(crate) fn refusal(refusal: &Refusal) -> Bytes {
    let mut lines = Lines::new();
    lines.failed(refusal.command.as_deref(), refusal.cid.as_deref(), &refusal.error);
    lines.frame()
}

/// The same as a line of text.
pub(crate) fn refusal_line(refusal: &Refusal) -> Vec<u8> {
    let failure = failure_of(&refusal.error);
    let (command, cid) = (refusal.command.as_deref(), refusal.cid.as_deref());
    line(&Event::Error(Failure { command, cid, text: &refusal.error.to_string(), ..failure }))
}

/// The answer to a join that failed.
pub(crate) fn join_failure(room: &RoomName, error: &Error) -> Bytes {
    let command = Some(CommandName::Join.as_str());
    let failure = Failure { command, text: &error.to_string(), room: Some(room), ..failure_of(error) };
    frame(&Event::Error(failure))
}

/// The answer to a command that failed.
pub(crate) fn failure(command: CommandName, error: &Error) -> Bytes {
    let mut lines = Lines::new();
    lines.failed(Some(command.as_str()), None, error);
    lines.frame()
}
