//! `chinwag-load`: puts load on a WebSocket chat server, checks what comes back, and says what it cost.
//!
//! It knows the server only over the wire (and, given a process id, by what Linux says about that process).
//! The modules below stand in reading order; each uses only modules above it.

mod frame;
mod v1;
mod target;
mod handshake;
mod inflate;
mod caller;
mod message;
mod wire;
mod receipts;
mod record;
mod transcript;
mod latency;
mod schedule;
mod door;
mod socket;
mod connection;
mod cuts;
mod process;
mod progress;
mod picture;
mod report;
mod swarm;
mod rooms;
mod deaf;
mod talk;
mod fanout;
mod slow;
mod rate;
mod idle;
mod churn;
mod herd;
mod resume;
mod reading;
mod sync;
mod plot;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The run went well, but the server did not deliver every message once and in order.
const EXIT_FAULTS: u8 = 3;

/// Puts load on a WebSocket chat server, checks every message on every client, and says what it cost.
///
/// A server speaks one of two protocols. Plain lines: each text message it sends holds one or more chat messages
/// joined by newlines, and what a client sends goes to everyone in the room, the sender included, in one order; any
/// server that does so can be measured. chinwag.v1: JSON lines with receipts, history and resume.
///
/// Of a server on this machine whose process is named (--pid), CPU time and memory are told. Give it a core of its own
/// and the load generator another, and let nothing else run:
///
///   taskset -c 0 chinwag --ephemeral --message-rate off & taskset -c 1 chinwag-load fanout --pid $!
///
/// fanout asks how much a server can do, rate how long each message takes while it has little to do: take both. What
/// the load generator itself used stands beside; where that is near a whole core, the load was too slow.
///
/// Exit code: 0 all was delivered once and in order; 1 the run could not be made; 2 bad arguments;
/// 3 the run was made and found faults.
#[derive(Debug, Parser)]
#[command(version, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    scenario: Scenario,

    /// Print one line of JSON instead of a table, with the whole distribution of latencies
    #[arg(long, global = true)]
    json: bool,

    /// Draw the distribution of latencies into this file
    #[arg(long, global = true, value_name = "FILE")]
    svg: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Scenario {
    Fanout(fanout::Fanout),
    Slow(slow::Slow),
    Rate(rate::Rate),
    Idle(idle::Idle),
    Churn(churn::Churn),
    Herd(herd::Herd),
    Resume(resume::Resume),
    Pages(reading::Pages),
    Search(reading::Search),
    Sync(sync::Sync),
    Plot(plot::Plot),
}

/// Makes the run, and tells of it; gives whether it found faults.
fn run(cli: &Cli) -> Result<bool> {
    let report = match &cli.scenario {
        Scenario::Fanout(fanout) => fanout.run(),
        Scenario::Slow(slow) => slow.run(),
        Scenario::Rate(rate) => rate.run(),
        Scenario::Idle(idle) => idle.run(),
        Scenario::Churn(churn) => churn.run(),
        Scenario::Herd(herd) => herd.run(),
        Scenario::Resume(resume) => resume.run(),
        Scenario::Pages(pages) => pages.run(),
        Scenario::Search(search) => search.run(),
        Scenario::Sync(sync) => sync.run(),
        Scenario::Plot(plot) => {
            let svg = cli.svg.as_deref().context("plot needs --svg, the file to draw into")?;
            return plot.run(svg).map(|()| false);
        }
    }?;
    if let Some(svg) = &cli.svg {
        plot::write(svg, &report.title(), &report.series())?;
    }
    report.print(cli.json)?;
    Ok(report.has_faults())
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(EXIT_FAULTS),
        Err(error) => {
            progress::complain(&error);
            ExitCode::FAILURE
        }
    }
}
