//! What clients did that is no fault of the server: counted, since a line in the log for each would be theirs to fill it with.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Of all servers of this process, since its start.
pub(crate) static COUNTS: Counts = Counts {
    requests_refused: Counter::new(),
    clients_closed: Counter::new(),
    clients_slow: Counter::new(),
    reads_given_up: Counter::new(),
};

/// Each is added to where the line of the debug log is.
#[derive(Debug)]
pub(crate) struct Counts {
    /// Requests for another host, from another origin, or that are no handshakes.
    pub(crate) requests_refused: Counter,
    /// Clients that were closed for what they sent.
    pub(crate) clients_closed: Counter,
    /// Clients that were closed for what they did not read.
    pub(crate) clients_slow: Counter,
    /// Searches and pages that took too long.
    pub(crate) reads_given_up: Counter,
}

/// A number that only grows.
#[derive(Debug)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub(crate) fn add_one(&self) {
        self.0.fetch_add(1, Relaxed);
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.load(Relaxed).fmt(f)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} requests refused, {} clients closed, {} clients too slow, {} reads given up",
            self.requests_refused, self.clients_closed, self.clients_slow, self.reads_given_up
        )
    }
}
