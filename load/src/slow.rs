//! Scenario `slow`: a fan-out while some clients never read.

use crate::report::Report;
use crate::talk::{Plan, Talk};
use anyhow::Result;
use clap::Args;

/// A fan-out while some more clients have joined and never read
#[derive(Debug, Args)]
pub(crate) struct Slow {
    #[command(flatten)]
    plan: Plan,

    /// Clients that never read, besides those that listen
    #[arg(long, default_value_t = 1, value_name = "CLIENTS")]
    slow: usize,
}

impl Slow {
    pub(crate) fn run(&self) -> Result<Report> {
        let talk = Talk::hold(&self.plan, self.slow)?;
        let mut report = Report::default();
        report.row("scenario", "scenario", "slow");
        talk.report(&self.plan, &mut report);
        talk.report_deaf(&mut report);
        Ok(report)
    }
}
