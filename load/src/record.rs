//! A record: one client's own account of what it heard, message by message, and what was wrong with it.

use crate::message::Message;
use std::collections::BTreeSet;

/// A longer jump in a sender's counts is no loss of messages but a number that nobody sent.
const JUMP_MAX: u32 = 1 << 20;

/// What the server did wrong with messages.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Faults {
    /// Messages that a client never heard although it heard later ones, or stayed to the end.
    pub(crate) missing: u64,
    /// Messages that a client heard again.
    pub(crate) doubled: u64,
    /// Messages that a client heard after a later one of the same sender.
    pub(crate) late: u64,
    /// Lines that nobody sent.
    pub(crate) foreign: u64,
    /// Clients that heard the senders in another order than the client that heard first.
    pub(crate) other_order: u64,
}

impl std::ops::AddAssign for Faults {
    fn add_assign(&mut self, other: Self) {
        self.missing += other.missing;
        self.doubled += other.doubled;
        self.late += other.late;
        self.foreign += other.foreign;
        self.other_order += other.other_order;
    }
}

/// A detached client's own account of what it heard.
#[derive(Debug)]
pub(crate) struct Record {
    messages: u64,
    /// For each sender, the count of its latest message.
    counts: Vec<u32>,
    /// Messages (sender, count) that were jumped over and may still come late.
    holes: BTreeSet<(u32, u32)>,
    first_judged: bool,
    faults: Faults,
}

impl Record {
    /// The record of a client that has heard `messages`, of each sender up to `counts`.
    pub(crate) fn new(messages: u64, counts: Vec<u32>) -> Self {
        Self { messages, counts, holes: BTreeSet::new(), first_judged: false, faults: Faults::default() }
    }

    /// The number of messages heard.
    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// The count of the latest message of `sender`.
    pub(crate) fn count_of(&self, sender: usize) -> u32 {
        self.counts[sender]
    }

    /// What went wrong so far. What never came although later messages did, is missing.
    pub(crate) fn faults(&self) -> Faults {
        Faults { missing: self.holes.len() as u64, ..self.faults }
    }

    /// Takes a message that the client hears, or a line that nobody sent.
    pub(crate) fn hear(&mut self, message: Option<Message>) {
        let before = (self.faults, self.holes.len());
        self.judge(message);
        // The line at which this client was detached differs from the transcript's. When nothing is wrong with
        // it for its sender, only its place among the others can be.
        if !std::mem::replace(&mut self.first_judged, true) && before == (self.faults, self.holes.len()) {
            self.faults.other_order = 1;
        }
    }

    fn judge(&mut self, message: Option<Message>) {
        let ours = message.and_then(|message| {
            let last = self.counts.get_mut(message.sender as usize)?;
            (message.count <= *last + JUMP_MAX).then_some((message, last))
        });
        let Some((message, last)) = ours else {
            self.faults.foreign += 1;
            return;
        };
        self.messages += 1;
        if message.count > *last {
            self.holes.extend((*last + 1..message.count).map(|count| (message.sender, count)));
            *last = message.count;
        } else if self.holes.remove(&(message.sender, message.count)) {
            self.faults.late += 1;
        } else {
            self.faults.doubled += 1;
        }
    }
}
