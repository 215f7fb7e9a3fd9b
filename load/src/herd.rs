//! Scenario `herd`: everybody was cut off, and comes back at once.

use crate::caller::Caller;
use crate::connection::{Audience, Ending, Part};
use crate::cuts::Cuts;
use crate::latency::Latency;
use crate::message::Message;
use crate::process::{Process, Usage};
use crate::progress::Progress;
use crate::record::Faults;
use crate::report::{Report, Value};
use crate::rooms::Rooms;
use crate::schedule;
use crate::swarm::Swarm;
use crate::target::Target;
use crate::transcript::{Reader, Transcript};
use crate::v1;
use crate::wire::{Heard, Wire};
use anyhow::{Result, ensure};
use clap::Args;
use std::time::{Duration, Instant};

/// Clients that come back have been told what they missed by then, and everyone has heard everything.
const CATCH_UP_WAIT: Duration = Duration::from_secs(60);
const DRAIN_WAIT: Duration = Duration::from_secs(5);
const WAIT: Duration = Duration::from_millis(1);
/// Messages that the talker sends before it looks at their receipts.
const SAID_AT_ONCE: u32 = 50;
/// The message of the room that is missed, and of the room beside it.
const MESSAGE_BYTES: usize = 64;

/// A herd: all were cut off, and all come back at once, each with its cursor, and get what they missed
///
/// Meanwhile others talk in a second room, at a steady rate: their latency is measured over a calm window before, and
/// while the herd comes. Speaks chinwag.v1, to a server that keeps what is said and limits nobody's rate of messages;
/// it should have a backlog of 4,096.
#[derive(Debug, Args)]
pub(crate) struct Herd {
    /// The server's address; its room with -herd and -others at its end are the two rooms
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// Source addresses, 127.0.0.1 and following, from which the clients come in turn: one is good for some 28,000
    #[arg(long, default_value_t = 1, value_name = "ADDRESSES")]
    sources: usize,

    /// Clients that come back
    #[arg(long, default_value_t = 10_000)]
    clients: usize,

    /// Messages that each of them has missed
    #[arg(long, default_value_t = 100, value_name = "MESSAGES")]
    missed: u32,

    /// Clients in the second room, all of whom talk, in turn
    #[arg(long, default_value_t = 100, value_name = "CLIENTS")]
    others: usize,

    /// Messages a second in the second room, of all together
    #[arg(long, default_value_t = 30.0, value_name = "MESSAGES")]
    rate: f64,

    /// Length of the calm window
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,

    /// Talk before the calm window
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    warmup: f64,

    /// The server's process, for its CPU time
    #[arg(long)]
    pid: Option<u32>,
}

/// Those who come back, and what they are told.
#[derive(Debug)]
struct Returning {
    transcript: Transcript,
    readers: Vec<Reader>,
    /// By client: told that this was all.
    has_caught_up: Vec<bool>,
    began: Instant,
    latency: Latency,
    /// Clients that were told to forget what they had.
    reset: u64,
    refused: u64,
    cuts: Cuts,
    own: Vec<Heard>,
}

impl Returning {
    fn new(transcript: Transcript, clients: usize) -> Self {
        Self {
            transcript,
            readers: (0..clients).map(|_| Reader::default()).collect(),
            has_caught_up: vec![false; clients],
            began: Instant::now(),
            latency: Latency::new(),
            reset: 0,
            refused: 0,
            cuts: Cuts::default(),
            own: Vec::new(),
        }
    }

    fn caught_up(&self) -> u64 {
        self.latency.count()
    }
}

impl Audience for Returning {
    fn hears(&mut self, id: usize, part: Part<'_>, _outbox: &mut Vec<u8>) {
        self.readers[id].hear(part.bytes, part.last, &mut self.transcript, &mut self.own);
        for heard in self.own.drain(..) {
            match heard {
                Heard::CaughtUp if !self.has_caught_up[id] => {
                    self.has_caught_up[id] = true;
                    self.latency.record(self.began.elapsed());
                }
                Heard::Reset => self.reset += 1,
                Heard::Refusal => self.refused += 1,
                _ => {}
            }
        }
    }

    fn loses(&mut self, _id: usize, ending: &Ending) {
        self.cuts.add(ending);
    }
}

/// Those who were there all the time.
#[derive(Debug)]
struct Others {
    swarm: Swarm,
    rooms: Rooms,
}

impl Others {
    fn turn(&mut self, wait: Duration) -> Result<()> {
        self.rooms.say_due(&mut self.swarm);
        self.swarm.turn(self.rooms.wait(wait), &mut self.rooms)
    }

    fn talk(&mut self, seconds: f64) -> Result<()> {
        let end = Instant::now() + Duration::from_secs_f64(seconds);
        while Instant::now() < end {
            self.turn(WAIT)?;
        }
        Ok(())
    }
}

impl Herd {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.clients > 0 && self.missed > 0, "--clients and --missed are at least 1");
        ensure!(self.others > 0, "--others is at least 1");
        ensure!((0.1..1e6).contains(&self.rate), "--rate is from 0.1 to 1000000 messages a second");
        ensure!(self.seconds > 0.0 && self.warmup >= 0.0, "--seconds is more than 0, --warmup at least 0");
        let server = self.pid.map(Process::new).transpose()?;
        let place = Target::parse(&self.url)?.in_v1().from(self.sources)?;
        let mut progress = Progress::new();

        let target = place.beside("herd");
        let mut herd = Swarm::herd(target.clone())?;
        let transcript =
            Transcript::new(1, Wire::new(target.protocol, target.room_name(0), MESSAGE_BYTES, 0, 1));
        let mut returning = Returning::new(transcript, self.clients);
        herd.gather(self.clients, false, &mut returning, &mut progress)?;
        herd.leave(&mut progress)?;
        self.say_what_is_missed(&target, &mut returning.transcript)?;

        let target = place.beside("others");
        let rooms = Rooms::new(&target, self.others, self.others, MESSAGE_BYTES);
        let mut others = Others { swarm: Swarm::new(target)?, rooms };
        others.swarm.take_times();
        others.swarm.gather(self.others, false, &mut others.rooms, &mut progress)?;
        others.swarm.listen(0, schedule::patience(self.rate))?;
        others.rooms.keep_time(self.rate);
        others.talk(self.warmup)?;
        others.rooms.begin_window();
        let calm = Usage::now(server.as_ref())?;
        others.talk(self.seconds)?;

        others.rooms.begin_window();
        let from = Usage::now(server.as_ref())?;
        herd.come_back();
        returning.began = Instant::now();
        while returning.caught_up() < self.clients as u64 && returning.began.elapsed() < CATCH_UP_WAIT {
            others.turn(Duration::ZERO)?;
            herd.start_some(self.clients, false)?;
            herd.turn(others.rooms.wait(WAIT), &mut returning)?;
            progress.say(|| format!("{} of {} have caught up", returning.caught_up(), self.clients));
        }
        let to = Usage::now(server.as_ref())?;
        others.rooms.begin_window();
        let deadline = Instant::now() + DRAIN_WAIT;
        others.rooms.hush();
        while !others.rooms.is_quiet() && Instant::now() < deadline {
            others.turn(WAIT)?;
        }
        herd.leave(&mut progress)?;
        others.swarm.leave(&mut progress)?;
        Ok(self.report(&returning, &others.rooms, &[calm, from, to]))
    }

    /// Somebody says what the herd misses, and waits for every receipt.
    fn say_what_is_missed(&self, target: &Target, transcript: &mut Transcript) -> Result<()> {
        let mut talker = Caller::connect(target)?;
        talker.say(&v1::hello(&[target.room_name(0)]))?;
        talker.wait_for("caught_up")?;
        let mut said = 0;
        for answered in 1..=self.missed {
            while said < self.missed.min(answered - 1 + SAID_AT_ONCE) {
                said += 1;
                let mut frame = Vec::new();
                transcript.wire.say(Message { sender: 0, count: said }, &mut frame);
                talker.send(&frame)?;
            }
            let line = talker.wait_for("receipt")?;
            let message = Message::parse(line.cid.as_bytes(), line.cid.len());
            match message {
                Some(message) => transcript.receipts.acknowledged(message, line.seq),
                None => transcript.receipts.astray(),
            }
        }
        Ok(())
    }

    fn report(&self, returning: &Returning, rooms: &Rooms, [calm, from, to]: &[Usage; 3]) -> Report {
        let (before, during) = (from.since(calm), to.since(from));
        // What the others cost meanwhile is not the herd's.
        let herd_micros = during.server_micros.zip(before.server_micros);
        let herd_micros = herd_micros.map(|(here, calm)| here - calm / before.seconds * during.seconds);
        let missed = [self.missed];
        let mut faults = rooms.faults();
        let judge = |reader: &Reader| reader.faults(true, &missed, &returning.transcript);
        returning.readers.iter().map(judge).for_each(|its: Faults| faults += its);
        let (unanswered, wrong_receipts) = rooms.receipt_faults();
        let caught_up = returning.caught_up();

        let mut report = Report::default();
        report.row("scenario", "scenario", "herd");
        report.row("clients", "clients that come back", self.clients);
        report.row("missed", "messages that each has missed", u64::from(self.missed));
        report.row("others", "others, who talk", self.others);
        report.row("rate", "messages a second of theirs, offered", self.rate);
        report.row("caught_up", "clients that caught up", caught_up);
        report.row("seconds_until_all_caught_up", "seconds until all had", during.seconds);
        report.latency("caught_up", "until caught up", &returning.latency);
        report.latency("calm", "heard by others before", &rooms.latencies(0).heard);
        report.latency("herd", "heard by others meanwhile", &rooms.latencies(1).heard);
        report.latency("sent", "  of which own delay in sending", &rooms.latencies(1).sent);
        let each = |micros: f64| micros / self.clients as f64;
        report.row("server_us_per_resume", "server CPU for each resume, us", herd_micros.map(each));
        report.row("load_us_per_resume", "own CPU for each resume, us", each(during.own_micros));
        report.fault("not_caught_up", "clients that did not catch up", self.clients as u64 - caught_up);
        report.message_faults(&faults);
        report.fault("unanswered", "messages without a receipt", unanswered);
        let wrong_receipts = wrong_receipts + returning.transcript.receipts.wrong();
        report.fault("wrong_receipts", "wrong receipts", wrong_receipts);
        report.fault("refused", "commands refused", returning.refused + rooms.refused());
        report.fault("reset", "clients told to forget what they had", returning.reset);
        let mut codes = returning.cuts.codes.clone();
        rooms.cuts().codes.iter().for_each(|(code, count)| *codes.entry(*code).or_default() += count);
        report.fault("cut", "clients cut off", returning.cuts.count + rooms.cuts().count);
        report.row("cut_codes", "  their close codes", Value::Codes(codes));
        report
    }
}
