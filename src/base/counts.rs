//! What clients did that is no fault of the server: counted, since a line in the log for each would be theirs to fill
//! it with. All of it is rare: what happens with each message is not counted here, where all cores would share it.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Of all servers of this process, since its start.
pub(crate) static COUNTS: Counts = Counts {
    refused_host: Counter::new(),
    refused_origin: Counter::new(),
    refused_handshake: Counter::new(),
    refused_full: Counter::new(),
    refused_draining: Counter::new(),
    refused_address: Counter::new(),
    commands_over_rate: Counter::new(),
    commands_over_address_rate: Counter::new(),
    commands_over_people: Counter::new(),
    commands_over_rooms: Counter::new(),
    commands_over_bytes: Counter::new(),
    clients_closed: Counter::new(),
    clients_slow: Counter::new(),
    clients_shed: Counter::new(),
    clients_silent: Counter::new(),
    clients_blocked: Counter::new(),
    reads_given_up: Counter::new(),
};

/// Each is added to where the line of the debug log is.
#[derive(Debug)]
pub(crate) struct Counts {
    /// Requests for another host.
    pub(crate) refused_host: Counter,
    /// Requests from another origin.
    pub(crate) refused_origin: Counter,
    /// Requests for the socket that are no handshakes.
    pub(crate) refused_handshake: Counter,
    /// Clients that came when as many were connected as may be.
    pub(crate) refused_full: Counter,
    /// Clients that came when the server was about to end.
    pub(crate) refused_draining: Counter,
    /// Clients that came when as many were connected from their address as may be.
    pub(crate) refused_address: Counter,
    /// Commands that were refused as their user had sent too many.
    pub(crate) commands_over_rate: Counter,
    /// Commands that were refused as too many came from their address.
    pub(crate) commands_over_address_rate: Counter,
    /// Hellos that were refused as too many new people came from their address.
    pub(crate) commands_over_people: Counter,
    /// Commands that were refused as too many rooms were made from their address.
    pub(crate) commands_over_rooms: Counter,
    /// Commands that were refused as too much was said from their address.
    pub(crate) commands_over_bytes: Counter,
    /// Clients that were closed for what they sent.
    pub(crate) clients_closed: Counter,
    /// Clients that were closed for what they did not read.
    pub(crate) clients_slow: Counter,
    /// Clients that were closed as much waited for them, and too much for all together.
    pub(crate) clients_shed: Counter,
    /// Clients that were cut off as nothing was heard of them.
    pub(crate) clients_silent: Counter,
    /// Clients that were cut off as they took nothing of what was written to them.
    pub(crate) clients_blocked: Counter,
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

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests =
            [&self.refused_host, &self.refused_origin, &self.refused_handshake, &self.refused_address];
        write!(
            f,
            "{} requests refused, {} clients closed, {} clients too slow, {} reads given up",
            requests.iter().map(|counter| counter.get()).sum::<u64>(),
            self.clients_closed.get(),
            self.clients_slow.get(),
            self.reads_given_up.get()
        )
    }
}
