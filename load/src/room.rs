//! The room: clients that listen and senders that answer themselves, one message of each in flight.

use crate::connection::{Audience, Ending};
use crate::frame::{self, NO_STATUS, Opcode};
use crate::message::Message;
use crate::record::Faults;
use crate::transcript::{Reader, Transcript};
use hdrhistogram::Histogram;
use std::collections::BTreeMap;
use std::time::Instant;

/// The code reported for a connection that ended without a close frame (RFC 6455, 7.1.5).
const ABNORMAL_CLOSURE: u16 = 1006;

/// A message that comes back later than this is recorded as if it came back now, in microseconds.
const ROUND_TRIP_MICROS_MAX: u64 = 60_000_000;

/// How many clients were cut off, and with which codes.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    pub(crate) count: u64,
    pub(crate) codes: BTreeMap<u16, u64>,
    pub(crate) violations: u64,
    pub(crate) first_violation: Option<&'static str>,
}

impl Cuts {
    pub(crate) fn add(&mut self, ending: &Ending) {
        self.count += 1;
        let code = match ending {
            Ending::Closed(code) => *code,
            Ending::Cut | Ending::Refused(_) => ABNORMAL_CLOSURE,
            Ending::Violation(what) => {
                self.violations += 1;
                self.first_violation.get_or_insert(what);
                NO_STATUS
            }
        };
        *self.codes.entry(code).or_default() += 1;
    }
}

/// What the clients of one room hear and say. Client `n` is sender `n` while there are senders.
#[derive(Debug)]
pub(crate) struct Room {
    message_bytes: usize,
    transcript: Transcript,
    readers: Vec<Reader>,
    /// By client number: not cut off.
    staying: Vec<bool>,
    senders: Vec<Sender>,
    /// Senders go on when they have heard themselves.
    talking: bool,
    /// Text messages of WebSocket that ended, each carrying some of the room's messages.
    frames: u64,
    round_trips_micros: Histogram<u64>,
    cuts: Cuts,
    text: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Sender {
    /// Messages sent; the last one is in flight unless `answered`.
    sent: u32,
    answered: bool,
    sent_at: Instant,
}

impl Room {
    pub(crate) fn new(clients: usize, senders: usize, message_bytes: usize) -> Self {
        let silent = Sender { sent: 0, answered: true, sent_at: Instant::now() };
        Self {
            message_bytes,
            transcript: Transcript::new(senders, message_bytes),
            readers: (0..clients).map(|_| Reader::new()).collect(),
            staying: vec![true; clients],
            senders: vec![silent; senders],
            talking: false,
            frames: 0,
            round_trips_micros: Histogram::new_with_max(ROUND_TRIP_MICROS_MAX, 3)
                .expect("three digits are allowed"),
            cuts: Cuts::default(),
            text: Vec::new(),
        }
    }

    pub(crate) fn senders(&self) -> usize {
        self.senders.len()
    }

    /// The first message of a sender, which it follows up by itself from now on.
    pub(crate) fn begin(&mut self, sender: usize, outbox: &mut Vec<u8>) {
        self.talking = true;
        self.say(sender, Instant::now(), outbox);
    }

    /// Nobody says anything more.
    pub(crate) fn hush(&mut self) {
        self.talking = false;
    }

    /// Forgets the round trips so far.
    pub(crate) fn begin_round_trips(&mut self) {
        self.round_trips_micros.reset();
    }

    /// The time from a message's sending to its sender's hearing it, in microseconds.
    pub(crate) fn round_trip_micros(&self, quantile: f64) -> Option<u64> {
        (!self.round_trips_micros.is_empty()).then(|| self.round_trips_micros.value_at_quantile(quantile))
    }

    fn say(&mut self, sender: usize, now: Instant, outbox: &mut Vec<u8>) {
        let Some(Sender { sent, answered, sent_at }) = self.senders.get_mut(sender) else { return };
        *sent += 1;
        (*answered, *sent_at) = (false, now);
        let message = Message { sender: sender as u32, count: *sent };
        self.text.clear();
        message.push(&mut self.text, self.message_bytes);
        frame::push(outbox, Opcode::Text, &self.text);
    }

    /// Messages that senders sent.
    pub(crate) fn messages(&self) -> u64 {
        self.senders.iter().map(|sender| u64::from(sender.sent)).sum()
    }

    /// Messages that clients heard, each client's counted.
    pub(crate) fn deliveries(&self) -> u64 {
        self.readers.iter().map(|reader| reader.messages(&self.transcript)).sum()
    }

    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    pub(crate) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// Whether everybody who stayed heard everything that was said.
    pub(crate) fn is_quiet(&self) -> bool {
        let said = self.said();
        let mut staying = self.readers.iter().zip(&self.staying).filter(|&(_, &stays)| stays);
        staying.all(|(reader, _)| reader.has_heard_all(&said, &self.transcript))
    }

    pub(crate) fn faults(&self) -> Faults {
        let said = self.said();
        let mut faults = Faults::default();
        for (reader, &stayed) in self.readers.iter().zip(&self.staying) {
            faults += reader.faults(stayed, &said, &self.transcript);
        }
        faults
    }

    /// Forgets what everybody has heard. To be called now and then.
    pub(crate) fn forget(&mut self) {
        let staying = self.readers.iter().zip(&self.staying);
        self.transcript.forget(staying.filter(|&(_, &stays)| stays).map(|(reader, _)| reader));
    }

    /// For each sender, the last message that everybody should have heard. Whether the last message of a
    /// sender that was cut off ever reached the server cannot be known, unless somebody heard it.
    fn said(&self) -> Vec<u32> {
        let senders = self.senders.iter().zip(&self.staying).enumerate();
        senders
            .map(|(n, (sender, &stays))| if stays { sender.sent } else { self.transcript.last_of(n) })
            .collect()
    }
}

impl Audience for Room {
    #[inline]
    fn hears(&mut self, id: usize, part: &[u8], last: bool, outbox: &mut Vec<u8>) {
        let Some(reader) = self.readers.get_mut(id) else { return };
        reader.hear(part, last, &mut self.transcript);
        self.frames += u64::from(last);
        if let Some(sender) = self.senders.get_mut(id)
            && !sender.answered
            && reader.has_heard(id, sender.sent, &self.transcript)
        {
            sender.answered = true;
            let now = Instant::now();
            let micros = now.duration_since(sender.sent_at).as_micros() as u64;
            self.round_trips_micros.saturating_record(micros);
            if self.talking {
                self.say(id, now, outbox);
            }
        }
    }

    fn loses(&mut self, id: usize, ending: &Ending) {
        if let Some(stays) = self.staying.get_mut(id) {
            *stays = false;
            self.cuts.add(ending);
        }
    }
}
