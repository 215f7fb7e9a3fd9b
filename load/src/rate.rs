//! Scenario `rate`: messages at a steady rate, whoever is slow; how long until each is heard by each.

use crate::report::Report;
use crate::schedule;
use crate::talk::{Loop, Pace, Plan, Talk};
use crate::target::Protocol;
use anyhow::{Result, ensure};
use clap::Args;

/// Messages at a steady rate: how long until each client has heard each. An open loop
///
/// Times count from the moment at which a message should have been sent, so a server that stalls is charged for all
/// that had to wait. They end when a message came, as the kernel noted it, whenever the load generator reads it.
#[derive(Debug, Args)]
pub(crate) struct Rate {
    #[command(flatten)]
    plan: Plan,

    /// Messages a second, of all senders together
    #[arg(long, default_value_t = 30.0, value_name = "MESSAGES")]
    rate: f64,

    /// Clients that send, in turn
    #[arg(long, default_value_t = 10, value_name = "CLIENTS")]
    senders: usize,
}

impl Rate {
    pub(crate) fn run(&self) -> Result<Report> {
        let Self { plan, rate, senders } = self;
        ensure!((0.1..1e6).contains(rate), "--rate is from 0.1 to 1000000 messages a second");
        ensure!((1..=plan.clients).contains(senders), "--senders is from 1 to the number of --clients");
        let (speaks, patience) = (Loop::Open { per_second: *rate }, schedule::patience(*rate));
        let pace = Pace { rooms: 1, senders: *senders, speaks, patience, deaf: 0 };
        let talk = Talk::hold(plan, &pace)?;
        let mut report = Report::default();
        report.row("scenario", "scenario", "rate");
        report.row("protocol", "protocol", plan.site.protocol.name());
        report.row("clients", "clients", plan.clients);
        report.row("rate", "messages a second, offered", *rate);
        report.row("senders", "clients that send", *senders);
        talk.report(plan, &mut report);
        report.latency("latency", "heard", &talk.latencies().heard);
        report.latency("sent", "  of which own delay in sending", &talk.latencies().sent);
        if plan.site.protocol == Protocol::V1 {
            report.latency("receipt", "receipt", &talk.latencies().receipts);
        }
        talk.report_faults(plan, &mut report);
        Ok(report)
    }
}
