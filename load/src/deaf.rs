//! The deaf: clients that join and never read, and what becomes of them.

use crate::connection::Ending;
use crate::cuts::Cuts;
use std::time::{Duration, Instant};

/// Clients that never read, numbered after those that do.
#[derive(Debug)]
pub(crate) struct Deaf {
    pub(crate) count: usize,
    pub(crate) first_id: usize,
    since: Option<Instant>,
    /// How long those lasted that were cut off while they did not read.
    lasted: Vec<Duration>,
    /// All that were cut off, those too that noticed only when they read at last.
    cuts: Cuts,
    cured: bool,
}

impl Deaf {
    pub(crate) fn new(count: usize, first_id: usize) -> Self {
        let (since, lasted, cuts, cured) = (None, Vec::new(), Cuts::default(), false);
        Self { count, first_id, since, lasted, cuts, cured }
    }

    /// The room begins to talk.
    pub(crate) fn begin(&mut self) {
        self.since = Some(Instant::now());
    }

    /// From now on they read, to learn whether they were cut off.
    pub(crate) fn cure(&mut self) {
        self.cured = true;
    }

    pub(crate) fn loses(&mut self, ending: &Ending) {
        if let (Some(since), false) = (self.since, self.cured) {
            self.lasted.push(since.elapsed());
        }
        self.cuts.add(ending);
    }

    pub(crate) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// The number of those that were cut off while they did not read, and the longest that one lasted.
    pub(crate) fn cut_in_time(&self) -> (usize, Option<Duration>) {
        (self.lasted.len(), self.lasted.iter().max().copied())
    }
}
