//! A small chat to try the rules of the ledger on: messages that are said once, edits that may be out of date, and a room whose
//! first entries are forgotten. It is also what the store is compared with.

use std::collections::HashMap;

use crate::base::entry::Content;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, Record};
use crate::ledger::replica::{Outcome, State};

/// The newest rules that there are in the model. By the second, longer texts are allowed.
pub(super) const RULES: u16 = 2;

/// Characters of a text by the first rules.
const TEXT_CHARS: usize = 3;

/// An entry, as far as the model tells them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) seq: u64,
    pub(super) at: u64,
    pub(super) by: UserId,
    pub(super) text: Box<str>,
    /// The message that this changes.
    pub(super) target: Option<u64>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Book {
    pub(super) lines: Vec<Line>,
    /// The number up to which entries were forgotten.
    pub(super) floor: u64,
    said: HashMap<(UserId, Box<str>), u64>,
    /// The last change of a message, and its text.
    pub(super) texts: HashMap<u64, (u64, Box<str>)>,
    pub(super) rules: u16,
    /// The newest rules that this build knows.
    pub(super) build: u16,
    /// Fails the next time that something is written.
    pub(super) is_failing: bool,
}

/// What a record came to in the model.
#[derive(Debug, Clone)]
pub(super) enum Came {
    New(u64),
    Again(u64),
    Refused(&'static str),
    Done,
}

/// Why a book stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    DiskFailed,
    UnknownRules,
}

impl Outcome for Came {
    fn number(&self) -> u64 {
        match self {
            Self::New(seq) | Self::Again(seq) => *seq,
            Self::Refused(_) | Self::Done => 0,
        }
    }

    fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused(code) => Some(code),
            _ => None,
        }
    }
}

impl Book {
    pub(super) fn new(build: u16) -> Self {
        Self { rules: 1, build, ..Self::default() }
    }

    /// The number of the last entry.
    pub(super) fn last(&self) -> u64 {
        self.lines.last().map_or(self.floor, |line| line.seq)
    }

    pub(super) fn line(&self, seq: u64) -> Option<&Line> {
        let at = self.lines.binary_search_by_key(&seq, |line| line.seq).ok()?;
        self.lines.get(at)
    }

    fn append(&mut self, append: &Append, at: u64, numbers: &mut Numbers) -> Came {
        let refused = Came::Refused;
        let by = append.draft.by;
        let (text, target, cid) = match &append.draft.content {
            Content::Message { text, cid, .. } => (text, None, cid.as_ref()),
            Content::Edited { target, text, .. } => (text, Some(*target), None),
            _ => return refused("bad_kind"),
        };
        if let Some(seq) = cid.and_then(|cid| self.said.get(&(by, cid.clone()))) {
            return Came::Again(*seq);
        }
        if self.rules < 2 && text.len() > TEXT_CHARS {
            return refused("too_big");
        }
        if let Some(target) = target {
            let Some((changed, before)) = self.texts.get(&target) else { return refused("no_such_message") };
            if before == text {
                return Came::Again(*changed);
            }
            if append.draft.base.is_some_and(|base| *changed > base) {
                return refused("outdated");
            }
        }
        let Some(seq) = numbers.next(&append.draft.room) else { return refused("too_many") };
        if let Some(cid) = cid {
            self.said.insert((by, cid.clone()), seq);
        }
        self.texts.insert(target.unwrap_or(seq), (seq, text.clone()));
        self.lines.push(Line { seq, at, by, text: text.clone(), target });
        Came::New(seq)
    }

    /// Forgets the first lines, up to a number; and what was said once with them.
    fn forget(&mut self, until: u64) {
        self.lines.retain(|line| line.seq > until);
        self.said.retain(|_, seq| *seq > until);
        self.texts.retain(|seq, _| *seq > until);
        self.floor = self.floor.max(until);
    }
}

impl State for Book {
    type Outcome = Came;
    type Failure = Stopped;

    fn rules(&self) -> u16 {
        self.rules
    }

    fn judge(&mut self, record: &Record, at: u64, numbers: &mut Numbers) -> Result<Came, Stopped> {
        if std::mem::take(&mut self.is_failing) {
            return Err(Stopped::DiskFailed);
        }
        Ok(match record {
            Record::Append(append) => self.append(append, at, numbers),
            Record::Forget(entries) => {
                entries.iter().for_each(|seq| self.forget(*seq));
                Came::Done
            }
            Record::Rules(rules) if *rules > self.build => return Err(Stopped::UnknownRules),
            Record::Rules(rules) => {
                self.rules = self.rules.max(*rules);
                Came::Done
            }
            _ => Came::Done,
        })
    }
}

/// The one room of the model.
pub(super) fn room() -> RoomName {
    RoomName::lobby()
}
