//! Scenario `fanout`: everybody hears everything, as fast as the server can.

use crate::report::Report;
use crate::talk::{Plan, Talk};
use anyhow::Result;
use clap::Args;

/// As fast as the server can: a closed loop with a fixed number of messages in flight
#[derive(Debug, Args)]
pub(crate) struct Fanout {
    #[command(flatten)]
    plan: Plan,
}

impl Fanout {
    pub(crate) fn run(&self) -> Result<Report> {
        let talk = Talk::hold(&self.plan, 0)?;
        let mut report = Report::default();
        report.row("scenario", "scenario", "fanout");
        talk.report(&self.plan, &mut report);
        Ok(report)
    }
}
