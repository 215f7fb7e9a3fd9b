//! The origin: what a machine has sent, what of it was heard, and what is to be sent next. Publishing is allowed to fail in every
//! way: an envelope is published again until it is heard, and takes effect once (`runs`). What came of it is never concluded from
//! an engine's answer, nor from a clock, but only from the order itself.
//!
//! Times are the machine's own, which only grow.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::base::limits::{BEAT_PERIOD, FRESH, GIVE_UP, RECORDS_WAITING, RESEND_MAX, RESEND_MIN};
use crate::ledger::envelope::{Envelope, Header, Pack};
use crate::ledger::record::{Record, RunId};
use crate::ledger::replica::Applied;
use crate::ledger::runs::Verdict;

/// The sending side of a machine. `T` waits for the outcome of a record.
#[derive(Debug)]
pub(crate) struct Origin<T> {
    run: RunId,
    /// Makes the next run.
    new_run: fn() -> RunId,
    /// The number of the next envelope of the run.
    next: u32,
    open: Option<Sent<T>>,
    /// One that was heard, and is not on the disk here yet: the next is sent meanwhile.
    heard_last: Option<Sent<T>>,
    waiting: VecDeque<(Record, Option<T>)>,
    /// Runs that are to be closed, and what was sent in them and not heard.
    closing: Vec<Closing<T>>,
    /// When the last envelope was sent that was heard.
    heard: Option<Duration>,
    /// When the last envelope was packed.
    packed: Option<Duration>,
    /// Until then nothing new is sent: an engine that has refused one, as it is full, refuses the next.
    paused: Duration,
    rules: u16,
}

/// An envelope that is not heard yet.
#[derive(Debug)]
struct Sent<T> {
    header: Header,
    body: Arc<[u8]>,
    tickets: Vec<Option<T>>,
    first: Duration,
    /// When it is published again.
    due: Duration,
    /// How often it was published.
    copies: u32,
    /// How often it was heard out of its turn: an engine that knows it by its id would swallow the next copy otherwise.
    gaps: u32,
}

#[derive(Debug)]
struct Closing<T> {
    run: RunId,
    sent: Option<Sent<T>>,
}

/// A message for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publish {
    /// An engine may leave out a second copy with the same id; nothing rests on that.
    pub(crate) id: String,
    pub(crate) bytes: Vec<u8>,
}

/// The fate of a record that was submitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Settled<T, O> {
    /// It was applied, and came to this.
    Applied(T, O),
    /// It was not applied, and never will be.
    NotSaid(T),
    /// Nothing can be told of it: who waits is disconnected without an answer, and asks for it elsewhere.
    Unknown(T),
    /// All connections of this machine are ended, and what they sent is not read: somebody else has taken this machine for
    /// gone, or is a copy of it.
    Disconnect,
}

impl<T> Origin<T> {
    pub(crate) fn new(rules: u16, new_run: fn() -> RunId) -> Self {
        Self {
            run: new_run(),
            new_run,
            next: 1,
            open: None,
            heard_last: None,
            waiting: VecDeque::new(),
            closing: Vec::new(),
            heard: None,
            packed: None,
            paused: Duration::ZERO,
            rules,
        }
    }

    pub(crate) fn run(&self) -> RunId {
        self.run
    }

    /// The rules that hold from now on.
    pub(crate) fn set_rules(&mut self, rules: u16) {
        self.rules = rules;
    }

    /// Has a record sent.
    ///
    /// # Errors
    /// Gives the ticket back: it is not taken, as too much waits, or as it is not known yet what came of what was sent before.
    pub(crate) fn submit(&mut self, record: Record, ticket: Option<T>) -> Result<(), Option<T>> {
        if !self.closing.is_empty() || self.waiting.len() >= RECORDS_WAITING {
            return Err(ticket);
        }
        self.waiting.push_back((record, ticket));
        Ok(())
    }

    /// Whether this machine has heard one of its own envelopes that is not old. What others hear does not show it, nor does that
    /// anything is heard: an engine that is cut off from the others goes on to deliver.
    pub(crate) fn is_fresh(&self, now: Duration) -> bool {
        self.heard.is_some_and(|sent| now.saturating_sub(sent) <= FRESH)
    }

    /// When the newest of its envelopes that was heard was sent first: what it has applied is not older than that.
    pub(crate) fn heard(&self) -> Option<Duration> {
        self.heard
    }

    /// Has the next envelope sent as soon as it may be, though nothing waits: somebody is to know whether this machine is current.
    pub(crate) fn beat_soon(&mut self) {
        self.packed = None;
    }

    /// The next message to publish: an envelope that was not heard for a while, or all that waits as the next one. `seen` is the
    /// position that is applied. A sign of life goes out when there is nothing else for a while.
    pub(crate) fn send(
        &mut self,
        now: Duration,
        seen: u64,
        beat: impl FnOnce() -> Record,
    ) -> Option<Publish> {
        if let Some(open) = &mut self.open {
            return (now >= open.due).then(|| open.publish(now));
        }
        if now < self.paused {
            return None;
        }
        let mut pack = Pack::default();
        let mut tickets = Vec::new();
        if self.closing.is_empty() {
            while let Some((record, _)) = self.waiting.front()
                && pack.add(record)
            {
                tickets.extend(self.waiting.pop_front().map(|(_, ticket)| ticket));
            }
            let is_beat_due = self.packed.is_none_or(|packed| now.saturating_sub(packed) >= BEAT_PERIOD);
            if is_beat_due && pack.add(&beat()) {
                tickets.push(None);
            }
            if tickets.is_empty() {
                return None;
            }
        } else {
            pack.add(&Record::Close(self.closing.iter().map(|closing| closing.run).collect()));
            tickets.push(None);
        }
        let header = Header { run: self.run, n: self.next, seen, rules: self.rules };
        self.next += 1;
        self.packed = Some(now);
        let body = pack.finish().into();
        let sent = Sent { header, body, tickets, first: now, due: now, copies: 0, gaps: 0 };
        Some(self.open.insert(sent).publish(now))
    }

    /// An envelope was heard, and what came of it is not on the disk yet. The next of the run may be sent from now on: it takes effect
    /// behind this one. Nobody is answered.
    pub(crate) fn heard_to_take_effect(&mut self, envelope: &Envelope<'_>) {
        if self.heard_last.is_none() {
            self.heard_last = self.open.take_if(|open| open.is(envelope));
        }
    }

    /// An envelope was heard and applied, be it from here or from elsewhere. Gives what is known now.
    pub(crate) fn applied<O>(&mut self, applied: Applied<'_, O>) -> Vec<Settled<T, O>> {
        let Applied { envelope, verdict, records, outcomes } = applied;
        let header = envelope.header;
        let mut settled = Vec::new();
        if verdict == Verdict::Effect
            && let Some(sent) = self.heard_last.take_if(|sent| sent.is(&envelope))
        {
            self.heard = Some(sent.first);
            settled.extend(sent.applied(outcomes));
        } else if header.run == self.run {
            self.own(&envelope, verdict, outcomes, &mut settled);
        } else if let Some(closing) = self.closing.iter_mut().find(|closing| closing.run == header.run)
            && verdict == Verdict::Effect
            && let Some(sent) = closing.sent.take_if(|sent| sent.is(&envelope))
        {
            settled.extend(sent.applied(outcomes));
        }
        for record in &records {
            if let Record::Close(runs) = record {
                runs.iter().for_each(|run| self.closed(*run, &mut settled));
            }
        }
        settled
    }

    fn own<O>(
        &mut self,
        envelope: &Envelope<'_>,
        verdict: Verdict,
        outcomes: Vec<O>,
        settled: &mut Vec<Settled<T, O>>,
    ) {
        let is_open = self.open.as_ref().is_some_and(|open| open.header.n == envelope.header.n);
        match verdict {
            Verdict::Effect => match self.open.take_if(|open| open.is(envelope)) {
                Some(open) => {
                    self.heard = Some(open.first);
                    settled.extend(open.applied(outcomes));
                }
                // Somebody else has this run: a copy of this machine's memory.
                None => self.disconnect(true, settled),
            },
            Verdict::Gap => {
                if let Some(open) = self.open.as_mut().filter(|_| is_open) {
                    open.gaps += 1;
                    open.due = Duration::ZERO;
                }
            }
            Verdict::Repeat => {}
            // Too late. (That the run was closed was heard before.)
            Verdict::Refused if is_open => self.give_up(settled),
            Verdict::Refused => {}
        }
    }

    /// A run is closed: nothing more of it takes effect.
    fn closed<O>(&mut self, run: RunId, settled: &mut Vec<Settled<T, O>>) {
        if run == self.run {
            self.disconnect(false, settled);
        } else if let Some(at) = self.closing.iter().position(|closing| closing.run == run) {
            let tickets = self.closing.remove(at).sent.into_iter().flat_map(|sent| sent.tickets).flatten();
            settled.extend(tickets.map(Settled::NotSaid));
        }
    }

    /// Gives up what was not heard for too long: its run is closed, and then it is known what came of it. What was never sent is
    /// settled at once.
    pub(crate) fn tick<O>(&mut self, now: Duration) -> Vec<Settled<T, O>> {
        let mut settled = Vec::new();
        if let Some(open) = &self.open
            && now.saturating_sub(open.first) >= GIVE_UP
        {
            // A sign of life, or what closes runs, is published until it is heard: nobody waits for it.
            match open.is_bare() {
                true => self.refuse_waiting(&mut settled),
                false => self.give_up(&mut settled),
            }
        }
        settled
    }

    fn give_up<O>(&mut self, settled: &mut Vec<Settled<T, O>>) {
        self.closing.push(Closing { run: self.run, sent: self.open.take() });
        self.refuse_waiting(settled);
        self.begin_run();
    }

    /// Refuses the records that were never sent: they were not said.
    fn refuse_waiting<O>(&mut self, settled: &mut Vec<Settled<T, O>>) {
        settled.extend(self.waiting.drain(..).filter_map(|(_, ticket)| ticket).map(Settled::NotSaid));
    }

    /// Leaves unanswered all that the connections of this machine wait for. A run that is not closed yet is closed.
    fn disconnect<O>(&mut self, is_open: bool, settled: &mut Vec<Settled<T, O>>) {
        let closing = self.closing.iter_mut().filter_map(|closing| closing.sent.take());
        let sent =
            closing.chain(self.heard_last.take()).chain(self.open.take()).flat_map(|sent| sent.tickets);
        let tickets = sent.chain(self.waiting.drain(..).map(|(_, ticket)| ticket)).flatten();
        settled.extend(tickets.map(Settled::Unknown));
        if is_open {
            self.closing.push(Closing { run: self.run, sent: None });
        }
        settled.push(Settled::Disconnect);
        self.begin_run();
    }

    fn begin_run(&mut self) {
        (self.run, self.next) = ((self.new_run)(), 1);
        self.packed = None;
    }

    /// The engine has refused an envelope for sure: its only copy was not taken.
    pub(crate) fn refused<O>(&mut self, id: &str) -> Vec<Settled<T, O>> {
        match self.open.take_if(|open| open.copies == 1 && open.id() == id) {
            Some(open) => {
                // Its number is the next one's.
                self.next -= 1;
                self.packed = None;
                self.paused = open.first + RESEND_MIN;
                open.tickets.into_iter().flatten().map(Settled::NotSaid).collect()
            }
            None => Vec::new(),
        }
    }
}

impl<T> Sent<T> {
    fn publish(&mut self, now: Duration) -> Publish {
        let wait = RESEND_MIN * 2_u32.pow(self.copies.min(8));
        self.copies += 1;
        self.due = now + wait.min(RESEND_MAX);
        Publish { id: self.id(), bytes: self.header.with(&self.body) }
    }

    fn id(&self) -> String {
        format!("{:x}:{}:{}", self.header.run.0, self.header.n, self.gaps)
    }

    /// Whether it is this envelope, to the letter.
    fn is(&self, envelope: &Envelope<'_>) -> bool {
        self.header == envelope.header && *self.body == *envelope.body()
    }

    /// Whether nobody waits for it.
    fn is_bare(&self) -> bool {
        self.tickets.iter().all(Option::is_none)
    }

    /// An envelope that was refused whole has no outcomes.
    fn applied<O>(self, outcomes: Vec<O>) -> impl Iterator<Item = Settled<T, O>> {
        let outcomes = outcomes.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        self.tickets.into_iter().zip(outcomes).filter_map(|(ticket, outcome)| match outcome {
            Some(outcome) => Some(Settled::Applied(ticket?, outcome)),
            None => Some(Settled::NotSaid(ticket?)),
        })
    }
}

#[cfg(test)]
mod tests;
