//! Scenario `receipts`: messages at a steady rate, whoever is slow; how long until each is acknowledged.

use crate::connection::{Audience, Ending};
use crate::ledger::Ledger;
use crate::process::Process;
use crate::progress::Progress;
use crate::report::{Report, Value};
use crate::room::Cuts;
use crate::swarm::Swarm;
use crate::target::Target;
use crate::v1::{self, Ear};
use anyhow::{Result, bail, ensure};
use clap::Args;
use hdrhistogram::Histogram;
use serde_json::json;
use std::time::{Duration, Instant};

/// Everyone should be in the room by then, and have heard everything.
const JOIN_WAIT: Duration = Duration::from_secs(10);
const DRAIN_WAIT: Duration = Duration::from_secs(5);
/// The poll's clock has steps of a millisecond: what is due within one is waited for awake.
const STEP: Duration = Duration::from_millis(1);
const WAIT: Duration = Duration::from_millis(50);

const MICROS_MAX: u64 = 60_000_000;
const TEXT: &str = "the kettle is on, shall we meet in the garden at four? bring the long table";

/// How long a message takes until it is acknowledged, and heard: an open loop in `chinwag.v1`
///
/// Messages are sent at a steady rate by all clients in turn. Times count from the moment at which a message
/// should have been sent, so a server that stalls is charged for all that had to wait.
#[derive(Debug, Args)]
pub(crate) struct Receipts {
    /// The server's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// The room
    #[arg(long, default_value = "receipts")]
    room: String,

    /// Clients in the room
    #[arg(long, default_value_t = 100)]
    clients: usize,

    /// Messages a second, of all clients together
    #[arg(long, default_value_t = 200.0)]
    rate: f64,

    /// Length of the measured window
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,

    /// Talk before the window
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    warmup: f64,

    /// The server's process, for its CPU time
    #[arg(long)]
    pid: Option<u32>,
}

/// Everyone in the room, and what they were told.
#[derive(Debug)]
struct Crowd {
    ears: Vec<Ear>,
    joined: usize,
    ledger: Ledger,
    /// By message: when it should have been sent.
    due: Vec<Instant>,
    /// Messages before this one are not measured.
    measured_from: usize,
    receipt_micros: Histogram<u64>,
    heard_micros: Histogram<u64>,
    refused: u64,
    cuts: Cuts,
}

impl Audience for Crowd {
    fn hears(&mut self, id: usize, part: &[u8], last: bool, _outbox: &mut Vec<u8>) {
        for line in self.ears[id].hear(part, last) {
            // A message's `cid` is which one it is.
            let message = || line.cid.parse().unwrap_or(usize::MAX);
            match line.kind.as_str() {
                "caught_up" => self.joined += 1,
                "receipt" => {
                    self.ledger.receipt(message(), line.seq);
                    record(&mut self.receipt_micros, &self.due, self.measured_from, message());
                }
                "message" => {
                    self.ledger.hear(id, message(), line.seq);
                    record(&mut self.heard_micros, &self.due, self.measured_from, message());
                }
                "error" => self.refused += 1,
                _ => {}
            }
        }
    }

    fn loses(&mut self, _id: usize, ending: &Ending) {
        self.cuts.add(ending);
    }
}

fn record(micros: &mut Histogram<u64>, due: &[Instant], from: usize, message: usize) {
    if message >= from
        && let Some(due) = due.get(message)
    {
        micros.saturating_record(due.elapsed().as_micros() as u64);
    }
}

impl Receipts {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.clients > 0, "--clients is at least 1");
        ensure!((0.1..1e6).contains(&self.rate), "--rate is from 0.1 to 1000000 messages a second");
        ensure!(self.seconds > 0.0 && self.warmup >= 0.0, "--seconds is more than 0, --warmup at least 0");
        let server = self.pid.map(Process::new).transpose()?;
        let mut progress = Progress::new();
        let mut swarm = Swarm::new(Target::parse(&self.url)?.speaking(v1::PROTOCOL))?;
        let micros = || Histogram::new_with_max(MICROS_MAX, 3).expect("three digits are allowed");
        let mut crowd = Crowd {
            ears: (0..self.clients).map(|_| Ear::default()).collect(),
            joined: 0,
            ledger: Ledger::new(self.clients),
            due: Vec::new(),
            measured_from: usize::MAX,
            receipt_micros: micros(),
            heard_micros: micros(),
            refused: 0,
            cuts: Cuts::default(),
        };
        swarm.gather(self.clients, false, &mut crowd, &mut progress)?;
        let hello = v1::hello(std::slice::from_ref(&self.room));
        (0..self.clients).for_each(|id| swarm.send(id, |outbox| v1::push(outbox, &hello)));
        let deadline = Instant::now() + JOIN_WAIT;
        while crowd.joined < self.clients {
            swarm.turn(WAIT, &mut crowd)?;
            if Instant::now() > deadline {
                bail!("{} of {} clients are in the room after {JOIN_WAIT:?}", crowd.joined, self.clients);
            }
        }

        let gap = Duration::from_secs_f64(1.0 / self.rate);
        let begin = Instant::now();
        let window = begin + Duration::from_secs_f64(self.warmup);
        let end = window + Duration::from_secs_f64(self.seconds);
        let (mut due, mut cpu_before) = (begin, None);
        while due < end {
            while Instant::now() < due {
                swarm.turn(due.saturating_duration_since(Instant::now() + STEP), &mut crowd)?;
            }
            let message = crowd.ledger.say();
            crowd.due.push(due);
            if due >= window && crowd.measured_from == usize::MAX {
                crowd.measured_from = message;
                cpu_before = server.as_ref().map(Process::cpu).transpose()?;
            }
            let text = format!("{TEXT} {message}");
            let say = json!({ "type": "say", "room": self.room, "cid": message.to_string(), "text": text });
            swarm.send(message % self.clients, |outbox| v1::push(outbox, &say));
            due += gap;
            progress.say(|| format!("{message} messages"));
        }
        let cpu = cpu_before.zip(server.as_ref().map(Process::cpu).transpose()?).map(|(from, to)| to - from);
        let deadline = Instant::now() + DRAIN_WAIT;
        while !crowd.ledger.is_quiet() && Instant::now() < deadline {
            swarm.turn(WAIT, &mut crowd)?;
        }
        swarm.leave(&mut progress)?;

        let mut report = Report::default();
        report.row("scenario", "scenario", "receipts");
        report.row("clients", "clients", self.clients);
        report.row("rate", "messages a second, offered", self.rate);
        report.row("said", "messages, warm-up included", crowd.ledger.said());
        report.row("deliveries", "deliveries, warm-up included", crowd.ledger.deliveries());
        let quantile = |micros: &Histogram<u64>, q| (!micros.is_empty()).then(|| micros.value_at_quantile(q));
        let receipts = &crowd.receipt_micros;
        report.row("receipt_p50_us", "receipt, median, us", quantile(receipts, 0.5));
        report.row("receipt_p99_us", "receipt, 99th percentile, us", quantile(receipts, 0.99));
        report.row("receipt_max_us", "receipt, longest, us", quantile(receipts, 1.0));
        report.row("heard_p50_us", "heard, median, us", quantile(&crowd.heard_micros, 0.5));
        report.row("heard_p99_us", "heard, 99th percentile, us", quantile(&crowd.heard_micros, 0.99));
        let percent = cpu.map(|cpu| 100.0 * cpu.as_secs_f64() / self.seconds);
        report.row("server_cpu_percent", "server CPU, % of a core", percent);
        let faults = crowd.ledger.faults();
        report.fault("missing", "messages missing", faults.missing);
        report.fault("out_of_order", "messages doubled or late", faults.out_of_order);
        report.fault("foreign", "messages nobody sent", faults.foreign);
        report.fault("unanswered", "messages without a receipt", faults.unanswered);
        report.fault("wrong_receipts", "wrong receipts", faults.wrong_receipts);
        report.fault("refused", "messages refused", crowd.refused);
        report.fault("cut", "clients cut off", crowd.cuts.count);
        report.row("cut_codes", "  their close codes", Value::Codes(crowd.cuts.codes.clone()));
        Ok(report)
    }
}
