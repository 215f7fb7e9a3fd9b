//! The rooms: clients that listen, and some of them that send, in a closed loop or an open one.
//!
//! In a closed loop each sender has a window of messages in flight: it sends the next when it has heard its oldest of
//! them. In an open loop messages are due by a schedule, and the latency of each delivery counts from then.

use crate::connection::{Audience, Ending, Part};
use crate::cuts::Cuts;
use crate::latency::Latency;
use crate::message::Message;
use crate::record::Faults;
use crate::schedule::Schedule;
use crate::swarm::Swarm;
use crate::target::Target;
use crate::transcript::{Reader, Transcript};
use crate::wire::{Heard, Wire};
use nix::sys::prctl::set_timerslack;
use std::collections::VecDeque;
use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

/// A poll waits for whole milliseconds.
const POLL_STEP: Duration = Duration::from_millis(1);
/// A sleep may be so much longer; the kernel's own choice, 50 us, would be a part of every latency.
const TIMER_SLACK_NANOS: u64 = 1_000;

/// What the clients hear and say. Client `n` is in room `n` modulo their number, and is a sender while there are
/// senders.
#[derive(Debug)]
pub(crate) struct Rooms {
    transcripts: Vec<Transcript>,
    readers: Vec<Reader>,
    /// By client number: not cut off.
    staying: Vec<bool>,
    senders: Vec<Sender>,
    /// Senders go on.
    talking: bool,
    /// In an open loop: when the messages are due.
    schedule: Option<Schedule>,
    /// Text messages of WebSocket that ended, each carrying some of the room's messages.
    frames: u64,
    /// Windows of time by their beginnings, with the latencies of what was said in each.
    windows: Vec<(Instant, Latencies)>,
    refused: u64,
    cuts: Cuts,
    /// Lines for one client alone, between two statements.
    own: Vec<Heard>,
}

#[derive(Debug, Clone, Default)]
struct Sender {
    /// Messages sent.
    sent: u32,
    /// In a closed loop: when those of them were sent that are in flight.
    in_flight: VecDeque<Instant>,
}

/// The latencies of a window.
#[derive(Debug, Clone)]
pub(crate) struct Latencies {
    /// Closed loop: of a sender's own messages. Open loop: of each message at each client.
    pub(crate) heard: Latency,
    /// In `chinwag.v1`: of the receipts.
    pub(crate) receipts: Latency,
    /// Open loop: from when a message was due until it was sent. A part of the other two that is not the server's.
    pub(crate) sent: Latency,
}

impl Rooms {
    /// The rooms of `target`, with so many clients.
    pub(crate) fn new(target: &Target, clients: usize, senders: usize, message_bytes: usize) -> Self {
        let transcript = |room| {
            let wire = Wire::new(target.protocol, target.room_name(room), message_bytes, room, target.rooms);
            Transcript::new((senders + target.rooms - 1 - room) / target.rooms, wire)
        };
        Self {
            transcripts: (0..target.rooms).map(transcript).collect(),
            readers: (0..clients).map(|_| Reader::default()).collect(),
            staying: vec![true; clients],
            senders: vec![Sender::default(); senders],
            talking: false,
            schedule: None,
            frames: 0,
            windows: Vec::new(),
            refused: 0,
            cuts: Cuts::default(),
            own: Vec::new(),
        }
    }

    /// In a closed loop: the first messages of a sender, which it follows up by itself from now on.
    pub(crate) fn begin(&mut self, sender: usize, window: usize, outbox: &mut Vec<u8>) {
        self.talking = true;
        (0..window).for_each(|_| self.say(sender, outbox));
    }

    /// Nobody says anything more.
    pub(crate) fn hush(&mut self) {
        self.talking = false;
    }

    /// Begins an open loop: so many messages a second from now on.
    pub(crate) fn keep_time(&mut self, per_second: f64) {
        self.talking = true;
        // Where the kernel refuses, messages are a little later.
        let _ = set_timerslack(TIMER_SLACK_NANOS);
        self.schedule = Some(Schedule::new(per_second, self.senders.len()));
    }

    /// How long one may poll before something is due, at most `wait`.
    pub(crate) fn wait(&self, wait: Duration) -> Duration {
        let next = self.schedule.as_ref().filter(|_| self.talking).map(Schedule::next);
        next.map_or(wait, |next| wait.min(next.saturating_duration_since(Instant::now() + POLL_STEP)))
    }

    /// In an open loop: has the clients say what is due. What is due in less than a poll can wait is waited for here.
    pub(crate) fn say_due(&mut self, swarm: &mut Swarm) {
        while self.talking
            && let Some(schedule) = &mut self.schedule
        {
            let due = schedule.next();
            let until_due = due.saturating_duration_since(Instant::now());
            if until_due > POLL_STEP {
                return;
            }
            thread::sleep(until_due);
            let sender = schedule.take();
            if let Some(latencies) = window_at(&mut self.windows, due) {
                latencies.sent.record(due.elapsed());
            }
            swarm.send(sender, |outbox| self.say(sender, outbox));
        }
    }

    /// Puts a sender's next message on `outbox`.
    fn say(&mut self, sender: usize, outbox: &mut Vec<u8>) {
        let Some(Sender { sent, in_flight }) = self.senders.get_mut(sender) else { return };
        *sent += 1;
        if self.schedule.is_none() {
            in_flight.push_back(Instant::now());
        }
        let rooms = self.transcripts.len();
        let message = Message { sender: (sender / rooms) as u32, count: *sent };
        self.transcripts[sender % rooms].wire.say(message, outbox);
    }

    /// Begins a window: what is said from now on, until the next one, is measured in it.
    pub(crate) fn begin_window(&mut self) {
        let latencies = Latencies { heard: Latency::new(), receipts: Latency::new(), sent: Latency::new() };
        self.windows.push((Instant::now(), latencies));
    }

    /// The latencies of a window, by its place among them.
    pub(crate) fn latencies(&self, window: usize) -> &Latencies {
        &self.windows[window].1
    }

    /// Messages that senders sent.
    pub(crate) fn messages(&self) -> u64 {
        self.senders.iter().map(|sender| u64::from(sender.sent)).sum()
    }

    /// Messages that clients heard, each client's counted.
    pub(crate) fn deliveries(&self) -> u64 {
        let rooms = self.transcripts.iter().cycle();
        self.readers.iter().zip(rooms).map(|(reader, transcript)| reader.messages(transcript)).sum()
    }

    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    pub(crate) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// Commands that were refused.
    pub(crate) fn refused(&self) -> u64 {
        self.refused
    }

    /// Messages without a receipt, and receipts that are wrong.
    pub(crate) fn receipt_faults(&self) -> (u64, u64) {
        let rooms = self.transcripts.len();
        let each = self.transcripts.iter().enumerate().map(|(room, transcript)| {
            let stays = |sender| self.staying[sender * rooms + room];
            (transcript.receipts.unanswered(stays), transcript.receipts.wrong())
        });
        each.fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
    }

    /// Whether everybody who stayed heard everything that was said, and every receipt has come.
    pub(crate) fn is_quiet(&self) -> bool {
        let said = self.said();
        let rooms = self.transcripts.iter().zip(&said).cycle();
        let mut clients = self.readers.iter().zip(&self.staying).zip(rooms);
        clients.all(|((reader, &stays), (transcript, said))| !stays || reader.has_heard_all(said, transcript))
            && self.receipt_faults().0 == 0
    }

    pub(crate) fn faults(&self) -> Faults {
        let said = self.said();
        let rooms = self.transcripts.iter().zip(&said).cycle();
        let mut faults = Faults::default();
        for ((reader, &stayed), (transcript, said)) in self.readers.iter().zip(&self.staying).zip(rooms) {
            faults += reader.faults(stayed, said, transcript);
        }
        faults
    }

    /// Forgets what everybody has heard. To be called now and then.
    pub(crate) fn forget(&mut self) {
        let rooms = self.transcripts.len();
        for (room, transcript) in self.transcripts.iter_mut().enumerate() {
            let here = self.readers.iter().zip(&self.staying).skip(room).step_by(rooms);
            transcript.forget(here.filter(|&(_, &stays)| stays).map(|(reader, _)| reader));
        }
    }

    /// For each room and each of its senders, the last message that everybody should have heard. Whether the last
    /// message of a sender that was cut off ever reached the server cannot be known, unless somebody heard it.
    fn said(&self) -> Vec<Vec<u32>> {
        let rooms = self.transcripts.len();
        let mut said = vec![Vec::new(); rooms];
        for (n, (sender, &stays)) in self.senders.iter().zip(&self.staying).enumerate() {
            let last = if stays { sender.sent } else { self.transcripts[n % rooms].last_of(n / rooms) };
            said[n % rooms].push(last);
        }
        said
    }

    /// Takes the lines that are for client `id` alone.
    #[cold]
    fn hear_own(&mut self, id: usize, at: Option<Instant>) {
        let rooms = self.transcripts.len();
        for heard in std::mem::take(&mut self.own) {
            match heard {
                Heard::Receipt(message, seq) => {
                    let receipts = &mut self.transcripts[id % rooms].receipts;
                    let is_ours = message.sender as usize == id / rooms
                        && self
                            .senders
                            .get(id)
                            .is_some_and(|sender| (1..=sender.sent).contains(&message.count));
                    if !is_ours {
                        receipts.astray();
                        continue;
                    }
                    receipts.acknowledged(message, seq);
                    if let Some(due) = self.schedule.as_ref().map(|schedule| schedule.due(message))
                        && let Some(latencies) = window_at(&mut self.windows, due)
                    {
                        latencies.receipts.record(at.unwrap_or_else(Instant::now) - due);
                    }
                }
                Heard::Refusal => self.refused += 1,
                _ => {}
            }
        }
    }

    /// Records the latencies of what client `id` has heard at this time: those bytes of its room's transcript.
    #[inline]
    fn record(&mut self, id: usize, bytes: Range<u64>, at: Instant) {
        let Some(schedule) = &self.schedule else { return };
        let rooms = self.transcripts.len();
        for message in self.transcripts[id % rooms].between(bytes) {
            let due = schedule.due(message);
            if let Some(latencies) = window_at(&mut self.windows, due) {
                latencies.heard.record(at - due);
            }
        }
    }

    /// In a closed loop: client `id` has heard something; for each message of its own it sends another.
    #[inline]
    fn go_on(&mut self, id: usize, outbox: &mut Vec<u8>) {
        let rooms = self.transcripts.len();
        while let Some(Sender { sent, in_flight }) = self.senders.get_mut(id)
            && let Some(&sent_at) = in_flight.front()
        {
            let oldest = *sent + 1 - in_flight.len() as u32;
            if !self.readers[id].has_heard(id / rooms, oldest, &self.transcripts[id % rooms]) {
                return;
            }
            in_flight.pop_front();
            if let Some(latencies) = window_at(&mut self.windows, sent_at) {
                latencies.heard.record(sent_at.elapsed());
            }
            if self.talking {
                self.say(id, outbox);
            }
        }
    }
}

/// The window in which a message was said.
#[inline]
fn window_at(windows: &mut [(Instant, Latencies)], said: Instant) -> Option<&mut Latencies> {
    windows.iter_mut().rev().find(|(from, _)| *from <= said).map(|(_, latencies)| latencies)
}

impl Audience for Rooms {
    #[inline]
    fn hears(&mut self, id: usize, part: Part<'_>, outbox: &mut Vec<u8>) {
        let rooms = self.transcripts.len();
        let Some(reader) = self.readers.get_mut(id) else { return };
        let before = reader.position();
        reader.hear(part.bytes, part.last, &mut self.transcripts[id % rooms], &mut self.own);
        let after = reader.position();
        self.frames += u64::from(part.last && after > before);
        if !self.own.is_empty() {
            self.hear_own(id, part.at);
        }
        if self.schedule.is_some() {
            self.record(id, before..after, part.at.unwrap_or_else(Instant::now));
        } else {
            self.go_on(id, outbox);
        }
    }

    fn loses(&mut self, id: usize, ending: &Ending) {
        if let Some(stays) = self.staying.get_mut(id) {
            *stays = false;
            self.cuts.add(ending);
        }
    }
}
