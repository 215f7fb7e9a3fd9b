//! Scenario `idle`: what a client costs that says nothing.

use crate::connection::{Audience, Ending};
use crate::process::Process;
use crate::progress::Progress;
use crate::report::Report;
use crate::room::Cuts;
use crate::swarm::Swarm;
use crate::target::Target;
use crate::v1::{self, Ear};
use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use std::time::{Duration, Instant};

/// The server's memory after connecting or closing: it may still have something to put away.
const SETTLE_WAIT: Duration = Duration::from_secs(2);
/// Clients of `chinwag.v1` come in groups: a server waits only so long for a hello.
const HELLOS_AT_ONCE: usize = 64;
const HELLO_WAIT: Duration = Duration::from_secs(10);

/// What a client costs that says nothing: the server's resident memory with clients less that without
#[derive(Debug, Args)]
pub(crate) struct Idle {
    /// The room's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// Clients that are connected and say nothing
    #[arg(long, default_value_t = 5000)]
    clients: usize,

    /// Clients that connect and close before memory is first looked at
    #[arg(long, default_value_t = 0, value_name = "CLIENTS")]
    prime: usize,

    /// What the clients speak: v1 clients say hello and join the lobby
    #[arg(long, value_enum, default_value = "plain")]
    protocol: Protocol,

    /// The server's process
    #[arg(long)]
    pid: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Protocol {
    Plain,
    V1,
}

/// Counts who is cut off, and who is in the room; there should be nothing else to hear.
#[derive(Debug, Default)]
struct Silence {
    /// By client, when it speaks `chinwag.v1`.
    ears: Vec<Ear>,
    joined: usize,
    cuts: Cuts,
}

impl Audience for Silence {
    fn hears(&mut self, id: usize, part: &[u8], last: bool, _outbox: &mut Vec<u8>) {
        if let Some(ear) = self.ears.get_mut(id) {
            self.joined += ear.hear(part, last).iter().filter(|line| line.kind == "caught_up").count();
        }
    }

    fn loses(&mut self, _id: usize, ending: &Ending) {
        self.cuts.add(ending);
    }
}

impl Idle {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.clients > 0, "--clients is at least 1");
        let server = Process::new(self.pid)?;
        let (mut silence, mut progress) = (Silence::default(), Progress::new());
        let target = Target::parse(&self.url)?;
        let mut swarm = Swarm::new(match self.protocol {
            Protocol::Plain => target,
            Protocol::V1 => target.speaking(v1::PROTOCOL),
        })?;
        if self.prime > 0 {
            self.gather(self.prime, &mut swarm, &mut silence, &mut progress)?;
            swarm.leave(&mut progress)?;
            swarm.linger(Instant::now() + SETTLE_WAIT, &mut silence)?;
        }
        let before_bytes = server.rss_bytes()?;
        let cpu_before = server.cpu()?;
        self.gather(self.clients, &mut swarm, &mut silence, &mut progress)?;
        let connect_cpu = server.cpu()? - cpu_before;
        swarm.linger(Instant::now() + SETTLE_WAIT, &mut silence)?;
        let after_bytes = server.rss_bytes()?;
        swarm.leave(&mut progress)?;

        let clients = self.clients as f64;
        let mut report = Report::default();
        report.row("scenario", "scenario", "idle");
        report.row("clients", "clients", self.clients);
        report.row(
            "protocol",
            "protocol",
            if self.protocol == Protocol::V1 { v1::PROTOCOL } else { "plain lines" },
        );
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

    /// Connects clients; those of `chinwag.v1` also join the room.
    fn gather(
        &self,
        count: usize,
        swarm: &mut Swarm,
        silence: &mut Silence,
        progress: &mut Progress,
    ) -> Result<()> {
        if self.protocol == Protocol::Plain {
            return swarm.gather(count, false, silence, progress);
        }
        let hello = v1::hello(&["lobby".to_owned()]);
        (silence.joined, silence.ears) = (0, (0..count).map(|_| Ear::default()).collect());
        let mut gathered = 0;
        while gathered < count {
            let more = HELLOS_AT_ONCE.min(count - gathered);
            swarm.gather(more, false, silence, progress)?;
            (gathered..gathered + more).for_each(|id| swarm.send(id, |outbox| v1::push(outbox, &hello)));
            gathered += more;
            let deadline = Instant::now() + HELLO_WAIT;
            while silence.joined < gathered {
                swarm.turn(HELLO_WAIT, silence)?;
                ensure!(
                    Instant::now() < deadline,
                    "{} of {gathered} clients are in the room",
                    silence.joined
                );
            }
        }
        Ok(())
    }
}
