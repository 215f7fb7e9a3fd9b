//! A machine of the model: a replica with what it has on its disk, its origin, and the sockets of its clients.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use crate::base::entry::{Content, Draft};
use crate::base::limits::JOIN_WAIT;
use crate::base::user::UserId;
use crate::ledger::envelope::Envelope;
use crate::ledger::follower::{Follower, Heard};
use crate::ledger::model::book::{Book, Came, Line, RULES, Stopped, room};
use crate::ledger::model::counts::Counts;
use crate::ledger::model::engine::{Engine, message, stamp};
use crate::ledger::model::faults::Fault;
use crate::ledger::number::Numbers;
use crate::ledger::origin::{Origin, Publish, Settled};
use crate::ledger::peers::Peers;
use crate::ledger::record::{Append, Beat, Record, RunId};
use crate::ledger::replica::{self, Applied, Digest};
use crate::ledger::runs::{Runs, Verdict};

/// What is kept on a disk, all of one moment.
#[derive(Debug, Clone)]
pub(super) struct Copy {
    pub(super) book: Book,
    pub(super) runs: Runs,
    pub(super) digest: Digest,
    pub(super) follower: Follower,
}

/// What a client sends.
#[derive(Debug, Clone)]
pub(super) enum Up {
    /// From which entry on, and the greatest number that it knows from anywhere.
    Hello {
        cursor: Option<(u64, u64)>,
        known: u64,
    },
    Say {
        cid: u32,
        text: Box<str>,
    },
    Edit {
        cid: u32,
        target: u64,
        text: Box<str>,
        base: u64,
    },
}

/// What a client is sent.
#[derive(Debug, Clone)]
pub(super) enum Down {
    /// With the number up to which entries are not kept.
    Joined {
        is_reset: bool,
        floor: u64,
        lines: Vec<Line>,
    },
    Line(Line),
    /// It stands in the order, by this number.
    Receipt(u32, u64),
    Refused(u32, &'static str),
    /// Nothing of it was said, by this sending.
    NotSaid(u32),
    /// The machine cannot tell now: the client tries another.
    Unavailable,
}

/// A hello that is not answered yet.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    cursor: Option<(u64, u64)>,
    known: u64,
    /// The machine's time when it was asked.
    asked: Duration,
}

/// A client's place on a machine.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) client: UserId,
    pub(super) up: VecDeque<Up>,
    pub(super) down: VecDeque<Down>,
    is_joined: bool,
    /// A hello that waits for the machine to come to what its client knows.
    waiting: Option<Waiting>,
}

/// A socket and a command, which wait for an outcome.
type Ticket = (u64, u32);

/// An envelope that was applied and is not on the disk yet.
#[derive(Debug)]
struct Uncommitted {
    bytes: Rc<[u8]>,
    verdict: Verdict,
    outcomes: Vec<Came>,
    records: Vec<Record>,
}

#[derive(Debug)]
pub(super) struct Machine {
    pub(super) id: u64,
    pub(super) disk: Copy,
    copy: Copy,
    uncommitted: Vec<Uncommitted>,
    origin: Origin<Ticket>,
    pub(super) sockets: BTreeMap<u64, Socket>,
    /// What the client of the engine has not got rid of: it is sent when the link is there again.
    link: Vec<Publish>,
    /// The machine's own time.
    pub(super) time: Duration,
    pub(super) is_cut: bool,
    pub(super) is_frozen: bool,
    /// Whether its consumer is to be made anew.
    is_asking: bool,
    /// What of the order it cannot go on from, until an operator sees to it.
    pub(super) stopped: Option<Stop>,
    peers: Peers,
    pub(super) diverged: bool,
    pub(super) counts: Counts,
    pub(super) build: u16,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It needs a newer build.
    Rules,
    /// The order goes no further back.
    Trimmed,
    /// Acknowledged messages are gone from it.
    OtherOrder,
    /// Another machine has come to something else.
    Diverged,
}

pub(super) fn new_run() -> RunId {
    use std::cell::Cell;
    thread_local!(static RUN: Cell<u64> = const { Cell::new(1) });
    RunId(RUN.replace(RUN.get() + 1))
}

impl Machine {
    pub(super) fn new(id: u64, disk: Copy, build: u16, fault: Fault) -> Self {
        let mut machine = Self {
            id,
            copy: disk.clone(),
            disk,
            uncommitted: Vec::new(),
            origin: Origin::new(1, new_run),
            sockets: BTreeMap::new(),
            link: Vec::new(),
            time: Duration::ZERO,
            is_cut: false,
            is_frozen: false,
            is_asking: true,
            stopped: None,
            peers: Peers::of(id),
            diverged: false,
            counts: Counts::default(),
            build,
            fault,
        };
        machine.restart(build);
        machine
    }

    /// It starts again, with what is on its disk. Nobody is told anything.
    pub(super) fn restart(&mut self, build: u16) {
        self.sockets.clear();
        self.link.clear();
        self.uncommitted.clear();
        self.build = build;
        self.disk.book.build = build;
        self.copy = self.disk.clone();
        self.origin = Origin::new(self.copy.book.rules, new_run);
        self.is_asking = true;
        self.stopped = None;
        self.peers.clear();
    }

    /// It starts again with another copy.
    pub(super) fn load(&mut self, copy: Copy) {
        self.counts.stops += usize::from(self.stopped.is_some());
        if self.fault == Fault::LoadsInPlace {
            // What its clients wait for is of envelopes that it never hears.
            (self.disk, self.copy, self.stopped) = (copy.clone(), copy, None);
            self.uncommitted.clear();
            self.is_asking = true;
            return;
        }
        self.disk = copy;
        self.restart(self.build);
    }

    pub(super) fn position(&self) -> u64 {
        self.copy.follower.position()
    }

    pub(super) fn is_fresh(&self) -> bool {
        match self.fault {
            Fault::FreshByHearing => !self.is_cut,
            _ => self.origin.is_fresh(self.time),
        }
    }

    pub(super) fn is_working(&self) -> bool {
        !self.is_frozen && self.stopped.is_none()
    }

    pub(super) fn copy(&self) -> &Copy {
        &self.copy
    }

    /// Hears one message of the order; false if there is none.
    pub(super) fn hear(&mut self, engine: &Engine, now: u64) -> bool {
        if self.is_cut || !self.is_working() {
            return false;
        }
        let position = match std::mem::take(&mut self.is_asking) {
            true => self.copy.follower.ask(),
            false => self.position() + 1,
        };
        let position = match self.fault {
            Fault::BeginsBehind | Fault::LoadsUnchecked => self.position() + 1,
            _ => position,
        };
        if position < engine.first {
            self.stopped = Some(Stop::Trimmed);
            return false;
        }
        let Some((bytes, at)) = engine.get(position) else {
            let is_lost = engine.last() < self.position() && self.fault != Fault::BeginsBehind;
            self.is_asking = position == self.position();
            if is_lost {
                self.stopped = Some(Stop::OtherOrder);
            }
            return false;
        };
        let mut follower = self.copy.follower;
        if matches!(self.fault, Fault::BeginsBehind | Fault::LoadsUnchecked) {
            follower = Follower::at(follower.position(), None);
        }
        match follower.hear(position, stamp(&bytes, at)) {
            Heard::Known => self.copy.follower = follower,
            Heard::Next => {
                if self.apply(position, &bytes, at, now) {
                    self.copy.follower = follower;
                }
            }
            Heard::Hole => self.is_asking = true,
            Heard::Trimmed => self.stopped = Some(Stop::Trimmed),
            Heard::OtherOrder => self.stopped = Some(Stop::OtherOrder),
        }
        true
    }

    fn apply(&mut self, position: u64, bytes: &Rc<[u8]>, at: u64, now: u64) -> bool {
        let Copy { book, runs, digest, .. } = &mut self.copy;
        let at = if self.fault == Fault::LocalClock { now } else { at };
        match replica::apply(runs, digest, book, message(position, bytes, at)) {
            Ok(applied) => {
                self.peers.applied(position, at, *digest);
                let Some(Applied { envelope, verdict, records, outcomes }) = applied else { return true };
                self.counts.judge(verdict);
                let is_outdated = |came: &&Came| matches!(came, Came::Refused("outdated"));
                self.counts.outdated += outcomes.iter().filter(is_outdated).count();
                if verdict == Verdict::Effect {
                    self.notice(envelope.header.run, &records);
                }
                self.uncommitted.push(Uncommitted { bytes: Rc::clone(bytes), verdict, records, outcomes });
                true
            }
            Err(Stopped::DiskFailed) if self.fault == Fault::SkipsFailed => true,
            Err(stopped) => {
                self.stopped = (stopped == Stopped::UnknownRules).then_some(Stop::Rules);
                // Nothing of the transaction is kept; it is done again from where the disk is.
                self.uncommitted.clear();
                self.copy = self.disk.clone();
                self.is_asking = true;
                false
            }
        }
    }

    /// Signs of life of others.
    fn notice(&mut self, run: RunId, records: &[Record]) {
        for record in records {
            let Record::Beat(beat) = record else { continue };
            if !self.peers.hear(run, beat, self.time) {
                self.diverged = true;
                self.stopped = Some(Stop::Diverged);
            }
        }
    }

    /// What was applied is on the disk now: who waits is answered, and clients hear what is new.
    pub(super) fn commit(&mut self) {
        let last = self.disk.book.last();
        self.disk = self.copy.clone();
        self.disk.book.is_failing = false;
        if self.fault == Fault::RunsInMemory {
            // Only what the envelopes of this commit changed by saying something.
            self.disk.runs = Runs::default();
        }
        self.origin.set_rules(self.copy.book.rules.min(RULES));
        for Uncommitted { bytes, verdict, records, outcomes } in std::mem::take(&mut self.uncommitted) {
            let Ok(envelope) = Envelope::parse(&bytes) else { continue };
            let settled = self.origin.applied(Applied { envelope, verdict, records, outcomes });
            self.settle(settled);
        }
        let lines: Vec<Line> = self.copy.book.lines.iter().filter(|line| line.seq > last).cloned().collect();
        for socket in self.sockets.values_mut().filter(|socket| socket.is_joined) {
            socket.down.extend(lines.iter().cloned().map(Down::Line));
        }
    }

    pub(super) fn commit_if_working(&mut self) {
        if self.is_working() {
            self.commit();
        }
    }

    pub(super) fn settle(&mut self, settled: Vec<Settled<Ticket, Came>>) {
        for settled in settled {
            let (ticket, down) = match settled {
                Settled::Applied(ticket, Came::New(seq) | Came::Again(seq)) => {
                    (ticket, Down::Receipt(ticket.1, seq))
                }
                Settled::Applied(ticket, Came::Refused(code)) => (ticket, Down::Refused(ticket.1, code)),
                Settled::Applied(_, Came::Done) => continue,
                Settled::NotSaid(ticket) => (ticket, Down::NotSaid(ticket.1)),
                Settled::Unknown(ticket) => {
                    self.sockets.remove(&ticket.0);
                    continue;
                }
                Settled::Disconnect => {
                    self.counts.disconnects += 1;
                    self.sockets.clear();
                    continue;
                }
            };
            if let Some(socket) = self.sockets.get_mut(&ticket.0) {
                socket.down.push_back(down);
            }
        }
    }

    /// Time passes: what is due is sent, and what was not heard for too long is given up.
    pub(super) fn tick(&mut self, engine: &mut Engine) {
        if !self.is_working() {
            return;
        }
        let settled = match self.fault {
            Fault::GivesUpByClock => self.origin.give_up_by_clock(self.time),
            _ => self.origin.tick(self.time),
        };
        self.settle(settled);
        let (seen, digest, machine, rules) = (self.position(), self.copy.digest.0, self.id, self.build);
        let at = self.copy.follower.last().map_or(0, |last| last.at);
        let beat = || Record::Beat(Beat { machine, position: seen, at, digest, rules });
        if let Some(publish) = self.origin.send(self.time, seen, beat) {
            self.link.push(publish);
        }
        if !self.is_cut {
            self.link.drain(..).for_each(|publish| engine.publish(publish));
        }
        if self.is_fresh() {
            for runs in self.peers.gone(self.time) {
                let _ = self.origin.submit(Record::Close(runs), None);
            }
        }
        for id in self.sockets.keys().copied().collect::<Vec<_>>() {
            self.join(id);
        }
    }

    /// Has something done that nobody waits for.
    pub(super) fn propose(&mut self, record: Record) {
        let _ = self.origin.submit(record, None);
    }

    /// Reads one command of a client.
    pub(super) fn read(&mut self, id: u64) {
        if !self.is_working() {
            return;
        }
        let is_fresh = self.is_fresh();
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        let client = socket.client;
        let (cid, append) = match socket.up.pop_front() {
            None => return,
            Some(Up::Hello { cursor, known }) => {
                socket.waiting = Some(Waiting { cursor, known, asked: self.time });
                return self.join(id);
            }
            Some(Up::Say { cid, text }) => {
                let content = Content::Message {
                    text,
                    cid: Some(cid.to_string().into()),
                    reply_to: None,
                    mentions: Default::default(),
                };
                (cid, Append::plain(Draft::new(&room(), client, content)))
            }
            Some(Up::Edit { cid, target, text, base }) => {
                let draft = Draft::new(&room(), client, Content::edit(target, text));
                let base = if self.fault == Fault::NoBase { None } else { Some(base) };
                (cid, Append::plain(draft.based_on(base)))
            }
        };
        if !is_fresh {
            socket.down.push_back(Down::NotSaid(cid));
            return;
        }
        if self.origin.submit(Record::Append(Box::new(append)), Some((id, cid))).is_err()
            && let Some(socket) = self.sockets.get_mut(&id)
        {
            socket.down.push_back(Down::NotSaid(cid));
        }
    }

    /// Lets a client begin, once this machine has come to what it knows, or is known to be another history's.
    fn join(&mut self, id: u64) {
        let (now, book) = (self.time, &self.disk.book);
        let is_current = self.origin.heard();
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        let Some(Waiting { cursor, known, asked }) = socket.waiting else { return };
        let is_ahead = known > book.last() && self.fault != Fault::ResetsAhead;
        let is_other = is_ahead && is_current.is_some_and(|sent| sent > asked);
        if is_ahead && !is_other {
            if now.saturating_sub(asked) > JOIN_WAIT {
                socket.waiting = None;
                socket.down.push_back(Down::Unavailable);
            }
            return;
        }
        socket.waiting = None;
        socket.is_joined = true;
        let is_known = |(seq, at): (u64, u64)| {
            let is_same = |line: &Line| line.at == at || self.fault == Fault::CursorBySeq;
            seq >= book.floor
                && seq <= book.last()
                && (self.fault == Fault::CursorBySeq || book.line(seq).map_or(seq == book.floor, is_same))
        };
        let from = cursor.filter(|cursor| !is_other && is_known(*cursor));
        let lines =
            book.lines.iter().filter(|line| from.is_none_or(|(seq, _)| line.seq > seq)).cloned().collect();
        socket.down.push_back(Down::Joined { is_reset: from.is_none(), floor: book.floor, lines });
    }

    /// Somebody connects.
    pub(super) fn connect(&mut self, id: u64, client: UserId, hello: Up) {
        let socket =
            Socket { client, up: [hello].into(), down: VecDeque::new(), is_joined: false, waiting: None };
        self.sockets.insert(id, socket);
    }

    pub(super) fn cut(&mut self, is_cut: bool) {
        self.is_asking |= self.is_cut && !is_cut;
        self.is_cut = is_cut;
    }

    /// The engine has taken what some machine published, at a position.
    pub(super) fn acknowledged(&mut self, id: &str, position: u64) {
        if self.fault == Fault::AnswersAtAcknowledgement {
            let seq = Numbers::at(position).next(&room()).unwrap_or_default();
            let settled = self.origin.answer_at_acknowledgement(id, Came::New(seq));
            self.settle(settled);
        }
    }

    /// Its consumer is gone: it makes another.
    pub(super) fn ask(&mut self) {
        self.is_asking = true;
    }

    pub(super) fn fail_once(&mut self) {
        self.copy.book.is_failing = true;
    }

    pub(super) fn run(&self) -> RunId {
        self.origin.run()
    }
}
