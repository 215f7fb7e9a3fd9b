//! A client of the model: it says, edits, sends again what was not answered, and shows what it is sent.

use std::collections::{HashMap, VecDeque};

use crate::base::user::UserId;
use crate::ledger::model::book::{Book, Line};
use crate::ledger::model::counts::Counts;
use crate::ledger::model::faults::Fault;
use crate::ledger::model::machine::{Down, Socket, Up};
use crate::ledger::model::random::Random;

/// Commands without an answer, in all.
const OUTBOX: usize = 4;

#[derive(Debug, Clone)]
struct Command {
    cid: u32,
    /// The message that it edits.
    target: Option<u64>,
    text: Box<str>,
    base: u64,
    is_sent: bool,
    /// Whether an earlier sending of it has no answer, nor will have one.
    is_open: bool,
}

#[derive(Debug)]
pub(super) struct Client {
    pub(super) id: UserId,
    /// Its machine, and its socket there.
    pub(super) socket: Option<(usize, u64)>,
    is_joined: bool,
    /// The entry that it was shown last: its number and its time.
    cursor: Option<(u64, u64)>,
    /// The greatest number that it knows, from entries and receipts.
    known: u64,
    /// What it was shown since it was reset last.
    shown: Vec<Line>,
    outbox: VecDeque<Command>,
    next_cid: u32,
    /// Its own messages, and the last text that it had a receipt for.
    own: Vec<(u64, u32)>,
    receipts: HashMap<u32, u64>,
    /// Said, and by the last answer never to be said.
    never: Vec<Box<str>>,
    /// The last edit with a receipt of each message: its place among all that this client did.
    edits: HashMap<u64, u32>,
    broken: Option<String>,
    pub(super) counts: Counts,
    fault: Fault,
}

impl Client {
    pub(super) fn new(id: UserId, fault: Fault) -> Self {
        Self {
            id,
            socket: None,
            is_joined: false,
            cursor: None,
            known: 0,
            shown: Vec::new(),
            outbox: VecDeque::new(),
            next_cid: 1,
            own: Vec::new(),
            receipts: HashMap::new(),
            never: Vec::new(),
            edits: HashMap::new(),
            broken: None,
            counts: Counts::default(),
            fault,
        }
    }

    pub(super) fn hello(&self) -> Up {
        let known = match self.fault {
            Fault::KnowsCursorOnly => self.cursor.map_or(0, |(seq, _)| seq),
            _ => self.known,
        };
        Up::Hello { cursor: self.cursor, known }
    }

    /// Its user does something.
    pub(super) fn act(&mut self, random: &mut Random) {
        if self.outbox.len() >= OUTBOX {
            return;
        }
        let cid = self.next_cid;
        self.next_cid += 1;
        let target = match random.below(2) {
            0 => random.index(self.own.len()).map(|n| self.own[n].0),
            _ => None,
        };
        // Every text is another, and tells who did it and when.
        let text = format!("{}{cid:x}", self.id.get()).into();
        self.outbox.push_back(Command { cid, target, text, base: 0, is_sent: false, is_open: false });
    }

    /// Its connection is gone: what was sent on it stays unanswered.
    pub(super) fn disconnected(&mut self) {
        self.socket = None;
        self.is_joined = false;
        for command in self.outbox.iter_mut().filter(|command| command.is_sent) {
            command.is_sent = false;
            command.is_open = true;
        }
    }

    /// Takes what came on its connection, and sends what waits: one command at a time, so that they keep their order.
    pub(super) fn talk(&mut self, socket: &mut Socket, random: &mut Random) {
        let count = if random.one_in(2) { socket.down.len() } else { socket.down.len().min(1) };
        for down in socket.down.drain(..count).collect::<Vec<_>>() {
            self.hear(down);
        }
        if !self.is_joined {
            return;
        }
        if let Some(command) = self.outbox.front_mut().filter(|command| !command.is_sent) {
            command.is_sent = true;
            if command.base == 0 {
                command.base = self.known;
            }
            let Command { cid, text, base, .. } = command.clone();
            socket.up.push_back(match command.target {
                None => Up::Say { cid, text },
                Some(target) => Up::Edit { cid, target, text, base },
            });
        }
    }

    fn hear(&mut self, down: Down) {
        match down {
            Down::Joined { is_reset, floor, lines } => {
                self.is_joined = true;
                self.counts.joins += 1;
                self.counts.resets += usize::from(is_reset);
                if is_reset {
                    if self.cursor.is_some_and(|(seq, _)| seq >= floor) {
                        self.broken = Some("was reset, though it could have gone on".into());
                    }
                    self.shown.clear();
                    self.cursor = None;
                }
                if self.known > 0 && is_reset {
                    // Numbers of another history mean nothing any more.
                    self.known = 0;
                }
                lines.into_iter().for_each(|line| self.show(line));
                for (cid, seq) in &self.receipts {
                    let is_there = self.shown.iter().any(|line| line.seq == *seq);
                    let is_before = self.shown.first().is_none_or(|first| first.seq > *seq);
                    if !is_there && !is_before && !is_reset {
                        self.broken = Some(format!("had a receipt for {cid} ({seq}) and does not see it"));
                    }
                }
            }
            Down::Line(line) => self.show(line),
            Down::Receipt(cid, seq) => {
                self.counts.receipts += 1;
                self.known = self.known.max(seq);
                if let Some(command) = self.answered(cid) {
                    match command.target {
                        None => self.own.push((seq, cid)),
                        Some(target) => {
                            self.edits.insert(target, cid);
                        }
                    }
                    self.receipts.insert(cid, seq);
                }
            }
            Down::Refused(cid, "outdated") => {
                // It is tried again, on what is known now.
                if let Some(command) = self.outbox.iter_mut().find(|command| command.cid == cid) {
                    (command.is_sent, command.base) = (false, self.known);
                }
            }
            Down::Refused(cid, _) => {
                self.answered(cid);
            }
            Down::NotSaid(cid) => {
                self.counts.not_said += 1;
                let is_open = self.outbox.iter().any(|command| command.cid == cid && command.is_open);
                if is_open && self.fault != Fault::DropsUnanswered {
                    self.outbox
                        .iter_mut()
                        .filter(|command| command.cid == cid)
                        .for_each(|command| command.is_sent = false);
                } else if let Some(command) = self.answered(cid) {
                    self.never.push(command.text);
                }
            }
            Down::Unavailable => {
                self.counts.unavailable += 1;
                self.disconnected();
            }
        }
    }

    fn answered(&mut self, cid: u32) -> Option<Command> {
        let at = self.outbox.iter().position(|command| command.cid == cid)?;
        self.outbox.remove(at)
    }

    fn show(&mut self, line: Line) {
        if self.cursor.is_some_and(|(seq, _)| line.seq <= seq) {
            self.broken = Some(format!("shown twice or out of order: {line:?}"));
        }
        self.cursor = Some((line.seq, line.at));
        self.known = self.known.max(line.seq);
        self.shown.push(line);
    }

    /// Whether all promises to this client were kept, now that nothing is on its way any more.
    pub(super) fn check(&self, book: &Book, has_lost: bool) -> Result<(), String> {
        let who = self.id.get();
        if let Some(broken) = self.broken.as_ref().filter(|_| !has_lost) {
            return Err(format!("client {who}: {broken}"));
        }
        if !self.outbox.is_empty() {
            return Err(format!("client {who} waits for ever: {:?}", self.outbox));
        }
        let from = self.shown.first().map_or(u64::MAX, |line| line.seq);
        let room: Vec<&Line> = book.lines.iter().filter(|line| line.seq >= from).collect();
        let shown: Vec<&Line> = self.shown.iter().filter(|line| line.seq > book.floor).collect();
        if room != shown {
            return Err(format!("client {who} has a hole that it was not told of"));
        }
        let is_there = |seq: u64| book.line(seq).is_some() || seq <= book.floor;
        if let Some((cid, seq)) = self.receipts.iter().find(|(_, seq)| !is_there(**seq)).filter(|_| !has_lost)
        {
            return Err(format!("client {who} had a receipt for {cid} as {seq}, which is lost"));
        }
        if let Some(text) = self.never.iter().find(|text| book.lines.iter().any(|line| line.text == **text)) {
            return Err(format!("client {who} was told that nothing was said of {text}, which stands there"));
        }
        let own = book.lines.iter().filter(|line| line.by == self.id && line.target.is_none());
        let own = own.filter_map(|line| Some((u32::from_str_radix(&line.text[1..], 16).ok()?, line.seq)));
        // What was forgotten may be said again by a copy that comes late: nobody knows its cid any more.
        let is_again = |cid: &u32, seq: u64| self.receipts.get(cid).is_some_and(|first| *first < seq);
        let cids: Vec<u32> = own.filter(|(cid, seq)| !is_again(cid, *seq)).map(|(cid, _)| cid).collect();
        if !cids.is_sorted() {
            return Err(format!("client {who} said in another order than {cids:?}"));
        }
        for (target, cid) in &self.edits {
            let Some((_, text)) = book.texts.get(target) else { continue };
            let stands = u32::from_str_radix(&text[1..], 16).unwrap_or_default();
            if stands < *cid && !has_lost {
                return Err(format!("client {who}: an old edit stands in place of {cid}"));
            }
        }
        Ok(())
    }
}
