//! `chinwag-load`: puts load on a WebSocket chat server, checks what comes back, and says what it cost.
//!
//! It knows the server only over the wire (and, given a process id, by what Linux says about that process).
//! The modules below stand in reading order; each uses only modules above it.

mod frame;
mod v1;
mod target;
mod handshake;
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
mod process;
mod progress;
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

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The run went well, but the server did not deliver every message once and in order.
const EXIT_FAULTS: u8 = 3;

/// Puts load on a WebSocket chat server, checks every message on every client, and says what it cost.
///
/// The server speaks plain lines: each text message it sends holds one or more chat messages joined by
/// newlines, and what a client sends goes to everyone in the room, the sender included, in one order. What
/// needs receipts or history speaks `chinwag.v1` instead.
///
/// Exit code: 0 all was delivered once and in order; 1 the run could not be made; 2 bad arguments;
/// 3 the run was made and found faults.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    scenario: Scenario,

    /// Print one line of JSON instead of a table
    #[arg(long, global = true)]
    json: bool,
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
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let made = match &cli.scenario {
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
    };
    match made.and_then(|report| Ok((report.print(cli.json)?, report.has_faults()).1)) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(EXIT_FAULTS),
        Err(error) => {
            progress::complain(&error);
            ExitCode::FAILURE
        }
    }
}
