//! Scenario `fanout`: everybody hears everything, as fast as the server can.

use crate::report::Report;
use crate::talk::{Pace, Plan, Talk};
use anyhow::{Result, ensure};
use clap::Args;
use std::time::Duration;

/// As fast as the server can: a closed loop with a fixed number of messages in flight
///
/// So many clients say something, each again when it has heard itself: who is faster is asked for more. Look at the
/// server's CPU time for each delivery; a server with less than a whole core was kept waiting, so its deliveries a second
/// say little. The round trips are those of a server that has all it can do; for those that users have, take rate.
#[derive(Debug, Args)]
pub(crate) struct Fanout {
    #[command(flatten)]
    plan: Plan,

    /// Messages in flight in all: so many of the clients send, each when it has heard its own last message
    #[arg(long, default_value_t = 10, value_name = "MESSAGES")]
    in_flight: usize,

    /// Rooms, over which clients and messages are spread: the address's room with a number at its end
    #[arg(long, default_value_t = 1)]
    rooms: usize,

    /// Clients that only listen are read so often; 0 reads them at once, and costs much more CPU time
    #[arg(long, default_value_t = 20, value_name = "MILLISECONDS")]
    patience: u64,
}

impl Fanout {
    pub(crate) fn run(&self) -> Result<Report> {
        self.run_with("fanout", 0)
    }

    /// The fan-out while `deaf` more clients never read.
    pub(crate) fn run_with(&self, scenario: &str, deaf: usize) -> Result<Report> {
        let Self { plan, in_flight, rooms, patience } = self;
        ensure!((1..=plan.clients).contains(in_flight), "--in-flight is from 1 to the number of --clients");
        ensure!((1..=*in_flight).contains(rooms), "--rooms is from 1 to the number of messages --in-flight");
        let patience = Duration::from_millis(*patience);
        let pace = Pace { rooms: *rooms, senders: *in_flight, per_second: None, patience, deaf };
        let talk = Talk::hold(plan, &pace)?;
        let mut report = Report::default();
        report.row("scenario", "scenario", scenario);
        report.row("protocol", "protocol", plan.site.protocol.name());
        report.row("clients", "clients", plan.clients);
        report.row("in_flight", "messages in flight", *in_flight);
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
