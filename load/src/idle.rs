//! Scenario `idle`: what a client costs that says nothing.

use crate::connection::{Audience, Ending, Part};
use crate::cuts::Cuts;
use crate::process::Process;
use crate::progress::Progress;
use crate::report::Report;
use crate::swarm::Swarm;
use crate::target::Site;
use anyhow::{Result, ensure};
use clap::Args;
use std::time::{Duration, Instant};

/// The server's memory after connecting or closing: it may still have something to put away.
const SETTLE_WAIT: Duration = Duration::from_secs(2);

/// What a client costs that says nothing: the server's resident memory with clients less that without
///
/// --prime has some come and go before, so that what a server touches once, for whatever client, is no client's memory.
#[derive(Debug, Args)]
pub(crate) struct Idle {
    #[command(flatten)]
    site: Site,

    /// Clients that are connected and say nothing
    #[arg(long, default_value_t = 5000)]
    clients: usize,

    /// Clients that connect and close before memory is first looked at
    #[arg(long, default_value_t = 0, value_name = "CLIENTS")]
    prime: usize,

    /// The server's process
    #[arg(long)]
    pid: u32,
}

/// Counts who is cut off; there should be nothing to hear.
#[derive(Debug, Default)]
struct Silence {
    cuts: Cuts,
}

impl Audience for Silence {
    fn hears(&mut self, _id: usize, _part: Part<'_>, _outbox: &mut Vec<u8>) {}

    fn loses(&mut self, _id: usize, ending: &Ending) {
        self.cuts.add(ending);
    }
}

impl Idle {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.clients > 0, "--clients is at least 1");
        let server = Process::new(self.pid)?;
        let (mut silence, mut progress) = (Silence::default(), Progress::new());
        let mut swarm = Swarm::new(self.site.target(1)?)?;
        if self.prime > 0 {
            swarm.gather(self.prime, false, &mut silence, &mut progress)?;
            swarm.leave(&mut progress)?;
            swarm.linger(Instant::now() + SETTLE_WAIT, &mut silence)?;
        }
        let before_bytes = server.rss_bytes()?;
        let cpu_before = server.cpu()?;
        swarm.gather(self.clients, false, &mut silence, &mut progress)?;
        let connect_cpu = server.cpu()? - cpu_before;
        swarm.linger(Instant::now() + SETTLE_WAIT, &mut silence)?;
        let after_bytes = server.rss_bytes()?;
        swarm.leave(&mut progress)?;

        let clients = self.clients as f64;
        let mut report = Report::default();
        report.row("scenario", "scenario", "idle");
        report.row("clients", "clients", self.clients);
        report.row("protocol", "protocol", self.site.protocol.name());
        report.row("primed", "clients before", self.prime);
        report.row("before_bytes", "server memory before, bytes", before_bytes);
        report.row("after_bytes", "server memory with clients, bytes", after_bytes);
        report.row(
            "bytes_per_client",
            "bytes a client",
            (after_bytes as f64 - before_bytes as f64) / clients,
        );
        report.row("connect_us", "server CPU to connect one, us", connect_cpu.as_secs_f64() * 1e6 / clients);
        report.fault("cut", "clients cut off", silence.cuts.count);
        Ok(report)
    }
}
