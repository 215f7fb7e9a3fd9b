//! Progress: how far something that takes long has come. Knows nobody who watches.

use std::fmt;
use std::time::Instant;

use crate::base::limits::PROGRESS_PERIOD;

/// How far something has come. What is done soon gives none.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub doing: &'static str,
    /// So many of them are done.
    pub done: u64,
    /// So many there are, if that is known.
    pub total: Option<u64>,
}

/// Tells from time to time.
pub(super) struct Pace<'a> {
    doing: &'static str,
    total: Option<u64>,
    done: u64,
    told: Instant,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Pace<'a> {
    pub(super) fn new(doing: &'static str, total: Option<u64>, tell: &'a mut dyn FnMut(Progress)) -> Self {
        Self { doing, total, done: 0, told: Instant::now(), tell }
    }

    /// Something else is being done from now on.
    pub(super) fn turn(&mut self, doing: &'static str, total: Option<u64>) {
        (self.doing, self.total, self.done) = (doing, total, 0);
    }

    pub(super) fn step(&mut self) {
        self.at(self.done + 1);
    }

    pub(super) fn at(&mut self, done: u64) {
        self.done = done;
        if self.told.elapsed() >= PROGRESS_PERIOD {
            self.told = Instant::now();
            (self.tell)(Progress { doing: self.doing, done, total: self.total });
        }
    }

    pub(super) fn done(&self) -> u64 {
        self.done
    }
}

impl fmt::Debug for Pace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pace").field("doing", &self.doing).field("done", &self.done).finish_non_exhaustive()
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.total {
            Some(total) if total > 0 => {
                write!(f, "{}: {} of {total} ({} %)", self.doing, self.done, self.done * 100 / total)
            }
            _ => write!(f, "{}: {}", self.doing, self.done),
        }
    }
}
