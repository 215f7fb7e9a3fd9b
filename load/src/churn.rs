//! Scenario `churn`: clients that come, join, and go at once.

use crate::connection::{Audience, Ending, Part};
use crate::cuts::Cuts;
use crate::frame::{NO_STATUS, NORMAL_CLOSURE};
use crate::latency::Latency;
use crate::process::{Process, Usage};
use crate::progress::Progress;
use crate::report::{Report, Value};
use crate::swarm::Swarm;
use crate::target::Site;
use anyhow::{Result, ensure};
use clap::Args;
use std::time::{Duration, Instant};

/// After the window: who is there then should be gone by the end of this.
const DRAIN_WAIT: Duration = Duration::from_secs(5);
const WAIT: Duration = Duration::from_millis(50);

/// Clients that come and go: connect, join, close with the closing handshake, again and again
///
/// In chinwag.v1 they say hello, as somebody new each, and close when they have been told what is there. What they hear
/// while they are there is not checked.
#[derive(Debug, Args)]
pub(crate) struct Churn {
    #[command(flatten)]
    site: Site,

    /// Clients at a time, each of which is followed by the next when it is gone
    #[arg(long, default_value_t = 32, value_name = "CLIENTS")]
    at_once: usize,

    /// Length of the measured window
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,

    /// Come and go before the window
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    warmup: f64,

    /// The server's process, for its CPU time
    #[arg(long)]
    pid: Option<u32>,
}

/// Who is there, and how long the visits took.
#[derive(Debug)]
struct Visits {
    /// By client: when it began to connect.
    began: Vec<Instant>,
    arrived: Vec<usize>,
    gone: Vec<usize>,
    done: u64,
    latency: Latency,
    cuts: Cuts,
}

impl Audience for Visits {
    /// Who came and who went; that is not checked here.
    fn hears(&mut self, _id: usize, _part: Part<'_>, _outbox: &mut Vec<u8>) {}

    fn arrives(&mut self, id: usize) {
        self.arrived.push(id);
    }

    fn loses(&mut self, id: usize, ending: &Ending) {
        match ending {
            Ending::Closed(NORMAL_CLOSURE | NO_STATUS) => {
                self.done += 1;
                self.latency.record(self.began[id].elapsed());
            }
            other => self.cuts.add(other),
        }
        self.gone.push(id);
    }
}

impl Churn {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.at_once > 0, "--at-once is at least 1");
        ensure!(self.seconds > 0.0 && self.warmup >= 0.0, "--seconds is more than 0, --warmup at least 0");
        let server = self.pid.map(Process::new).transpose()?;
        let mut swarm = Swarm::new(self.site.target(1)?)?;
        let mut progress = Progress::new();
        let mut visits = Visits {
            began: vec![Instant::now(); self.at_once],
            arrived: Vec::new(),
            gone: (0..self.at_once).collect(),
            done: 0,
            latency: Latency::new(),
            cuts: Cuts::default(),
        };
        let begin = Instant::now();
        let mut until = |seconds: f64, visits: &mut Visits, swarm: &mut Swarm| -> Result<_> {
            let end = Instant::now() + Duration::from_secs_f64(seconds);
            while Instant::now() < end {
                turn(visits, swarm)?;
                for id in visits.gone.drain(..) {
                    visits.began[id] = Instant::now();
                    swarm.start(id, false)?;
                }
                progress
                    .say(|| format!("{:.1} s, {} came and went", begin.elapsed().as_secs_f64(), visits.done));
            }
            Ok((visits.done, Usage::now(server.as_ref())?))
        };
        let (done_before, from) = until(self.warmup, &mut visits, &mut swarm)?;
        visits.latency = Latency::new();
        let (done, to) = until(self.seconds, &mut visits, &mut swarm)?;
        let (done, spent, latency) = (done - done_before, to.since(&from), visits.latency.clone());
        let deadline = Instant::now() + DRAIN_WAIT;
        while visits.gone.len() < self.at_once && Instant::now() < deadline {
            turn(&mut visits, &mut swarm)?;
        }
        progress.clear();

        let mut report = Report::default();
        report.row("scenario", "scenario", "churn");
        report.row("protocol", "protocol", self.site.protocol.name());
        report.row("at_once", "clients at a time", self.at_once);
        report.row("seconds", "seconds measured", spent.seconds);
        report.row("connections_per_second", "connections a second", done as f64 / spent.seconds);
        report.spent("connection", done, &spent);
        report.latency("latency", "from connecting to closed", &latency);
        report.fault("cut", "clients cut off", visits.cuts.count);
        report.row("cut_codes", "  their close codes", Value::Codes(visits.cuts.codes.clone()));
        report.fault(
            "left",
            "clients whose close was not answered",
            (self.at_once - visits.gone.len()) as u64,
        );
        Ok(report)
    }
}

/// Handles what there is to handle; who has arrived goes.
fn turn(visits: &mut Visits, swarm: &mut Swarm) -> Result<()> {
    swarm.turn(WAIT, visits)?;
    visits.arrived.drain(..).for_each(|id| swarm.close(id));
    Ok(())
}
