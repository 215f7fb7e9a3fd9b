//! Scenario `fanout`: everybody hears everything, as fast as the server can.

use crate::report::Report;
use crate::talk::{Loop, Pace, Plan, Talk};
use anyhow::{Result, ensure};
use clap::Args;
use std::time::Duration;

/// As fast as the server can: a closed loop with a fixed number of messages in flight
///
/// Some clients say something, each again when it has heard itself: who is faster is asked for more. Look at the
/// server's CPU time for each delivery; a server with less than a whole core was kept waiting, so its deliveries a second
/// say little. The round trips are those of a server that has all it can do; for those that users have, take rate.
#[derive(Debug, Args)]
pub(crate) struct Fanout {
    #[command(flatten)]
    plan: Plan,

    /// Messages in flight in all
    #[arg(long, default_value_t = 10, value_name = "MESSAGES")]
    in_flight: usize,

    /// Messages that each client that sends has in flight: it sends one more when it has heard the oldest of them
    #[arg(long, default_value_t = 1, value_name = "MESSAGES")]
    window: usize,

    /// Rooms, over which clients and messages are spread: the address's room with a number at its end
    #[arg(long, default_value_t = 1)]
    rooms: usize,

    /// Clients that only listen are read so often; 0 reads them at once, and costs much more CPU time. It is too seldom
    /// where a server that sends each frame by itself has sent less than a packet for each: what nobody acknowledges
    /// fills the way, and the rest waits unsent
    #[arg(long, default_value_t = 5, value_name = "MILLISECONDS")]
    patience: u64,
}

impl Fanout {
    pub(crate) fn run(&self) -> Result<Report> {
        self.run_with("fanout", 0)
    }

    /// The fan-out while `deaf` more clients never read.
    pub(crate) fn run_with(&self, scenario: &str, deaf: usize) -> Result<Report> {
        let Self { plan, in_flight, window, rooms, patience } = self;
        ensure!(*window > 0, "--window is at least 1");
        ensure!(
            in_flight % window == 0,
            "--in-flight {in_flight} is no whole number of windows; with --window {window} it is a multiple of {window}"
        );
        let senders = in_flight / window;
        ensure!(
            (1..=plan.clients).contains(&senders),
            "--in-flight {in_flight} needs {senders} clients that send, one for each --window; they are 1 to --clients {}",
            plan.clients
        );
        ensure!(
            (1..=senders).contains(rooms),
            "--rooms {rooms} is too many or none: each needs a client that sends, of {senders}"
        );
        let (speaks, patience) = (Loop::Closed { window: *window }, Duration::from_millis(*patience));
        let pace = Pace { rooms: *rooms, senders, speaks, patience, deaf };
        let talk = Talk::hold(plan, &pace)?;
        let mut report = Report::default();
        report.row("scenario", "scenario", scenario);
        report.row("protocol", "protocol", plan.site.protocol.name());
        report.row("clients", "clients", plan.clients);
        report.row("in_flight", "messages in flight", *in_flight);
        report.row("window", "  of each client that sends", *window);
        report.row("rooms", "rooms", *rooms);
        talk.report(plan, &mut report);
        report.latency("round_trip", "round trip", &talk.latencies().heard);
        talk.report_faults(plan, &mut report);
        if deaf > 0 {
            talk.report_deaf(&mut report);
        }
        Ok(report)
    }
}
