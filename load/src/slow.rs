//! Scenario `slow`: a fan-out while some clients never read.

use crate::fanout::Fanout;
use crate::report::Report;
use anyhow::{Result, ensure};
use clap::Args;

/// A fan-out while some more clients have joined and never read
///
/// Nobody else should notice them: compare with fanout. A server may cut them off; it should, before its memory grows.
#[derive(Debug, Args)]
pub(crate) struct Slow {
    #[command(flatten)]
    fanout: Fanout,

    /// Clients that never read, besides those that listen
    #[arg(long, default_value_t = 1, value_name = "CLIENTS")]
    slow: usize,
}

impl Slow {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.slow > 0, "--slow is at least 1");
        self.fanout.run_with("slow", self.slow)
    }
}
