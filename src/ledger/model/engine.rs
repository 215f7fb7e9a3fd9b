//! A simulated engine: it loses acknowledgements, lands what was published late, twice or in another order, changes its leader and
//! with it its clock, is trimmed, and may lose its end.

use std::collections::HashMap;
use std::rc::Rc;

use crate::ledger::follower::Stamp;
use crate::ledger::model::random::Random;
use crate::ledger::origin::Publish;
use crate::ledger::record::RunId;
use crate::ledger::replica::{Message, header};

/// Time for which it leaves out a second message with an id that it knows.
const WINDOW_MS: u64 = 120_000;

#[derive(Debug, Default)]
pub(super) struct Engine {
    pub(super) messages: Vec<Kept>,
    /// The position of the first message that it still has.
    pub(super) first: u64,
    in_flight: Vec<Publish>,
    ids: HashMap<String, u64>,
    landed: u64,
    /// What the clock of the leader is off by.
    skew: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Kept {
    at: u64,
    bytes: Rc<[u8]>,
    id: String,
}

impl Engine {
    pub(super) fn new() -> Self {
        Self { first: 1, ..Self::default() }
    }

    pub(super) fn last(&self) -> u64 {
        self.messages.len() as u64
    }

    /// Something was published: it is on its way.
    pub(super) fn publish(&mut self, publish: Publish) {
        self.in_flight.push(publish);
    }

    pub(super) fn is_idle(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// One of those on their way arrives, perhaps, and perhaps not for the last time.
    /// Gives its id and its position.
    pub(super) fn land(&mut self, now: u64, random: &mut Random, is_faulty: bool) -> Option<(String, u64)> {
        let at = random.index(self.in_flight.len())?;
        if is_faulty && random.one_in(8) {
            self.in_flight.swap_remove(at);
            return None;
        }
        let publish = match is_faulty && random.one_in(4) {
            true => self.in_flight[at].clone(),
            false => self.in_flight.swap_remove(at),
        };
        let known = self.ids.get(&publish.id);
        if known.is_some_and(|landed| now.saturating_sub(*landed) < WINDOW_MS) && !random.one_in(3) {
            return None; // A new leader may not know it.
        }
        self.ids.insert(publish.id.clone(), now);
        // Two messages that land one after the other have no time in common, as clocks of nanoseconds see to it.
        self.landed += 1;
        let at = (now + self.landed).saturating_add_signed(self.skew);
        self.messages.push(Kept { at, bytes: publish.bytes.into(), id: publish.id.clone() });
        Some((publish.id, self.last()))
    }

    /// What was on its way is lost, or only its copies are.
    pub(super) fn change_leader(&mut self, random: &mut Random) {
        self.skew = match random.below(4) {
            0 => 0,
            1 => random.below(60_000).cast_signed(),
            2 => -random.below(60_000).cast_signed(),
            _ => 3_600_000,
        };
        if random.one_in(2) {
            self.in_flight.clear();
        }
    }

    pub(super) fn calm(&mut self) {
        self.skew = 0;
    }

    /// The message at a position.
    pub(super) fn get(&self, position: u64) -> Option<(Rc<[u8]>, u64)> {
        if position < self.first {
            return None;
        }
        let kept = self.messages.get(position as usize - 1)?;
        Some((Rc::clone(&kept.bytes), kept.at))
    }

    pub(super) fn trim(&mut self, first: u64) {
        self.first = self.first.max(first);
    }

    /// The end is lost, though it was acknowledged.
    pub(super) fn lose(&mut self, count: u64) {
        let keep = self.last().saturating_sub(count).max(self.first).min(self.last());
        for lost in self.messages.drain(keep as usize..) {
            self.ids.remove(&lost.id);
        }
    }
}

/// What a message is told from others by.
pub(super) fn stamp(bytes: &[u8], at: u64) -> Stamp {
    let header = header(bytes);
    Stamp { run: header.map_or(RunId(0), |header| header.run), n: header.map_or(0, |header| header.n), at }
}

/// A message as it is applied.
pub(super) fn message(position: u64, bytes: &[u8], at: u64) -> Message<'_> {
    Message { position, at, bytes }
}
