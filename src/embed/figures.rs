//! The chat's figures, and its readiness to take clients, for a program that watches over it. None of them is counted
//! where messages are delivered.

use std::sync::Arc;

use crate::base::counts::COUNTS;
use crate::base::error::Error;
use crate::hub::Hub;
use crate::log::{Health, StoreFigures};
use crate::wire::exposition::Exposition;
use crate::wire::exposition::Metric::{Counter, Gauge};

impl Hub {
    /// The chat's figures in the text format of Prometheus (0.0.4), for the application's own `/metrics`. Their names
    /// begin with `chinwag_`. Refusals and closings are counted for all chats of this process together.
    ///
    /// It may look at the store's files, as long as a disk takes for that.
    ///
    /// ```
    /// # use chinwag::{Hub, Limits, MemoryLog};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), chinwag::Error> {
    /// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
    /// assert!(hub.metrics().lines().any(|line| line == "chinwag_connections 0"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn metrics(&self) -> String {
        let mut text = Exposition::default();
        let build = [(env!("CARGO_PKG_VERSION"), 1)];
        text.each(Gauge, "chinwag_build_info", "The version that runs.", "version", build);
        self.write_clients(&mut text);
        write_counts(&mut text);
        write_health(&mut text, self.log().health());
        if let Some(figures) = self.log().store_figures() {
            write_store(&mut text, &figures);
        }
        text.text()
    }

    /// Whether clients may be sent here now.
    ///
    /// # Errors
    /// Why not: the server is about to end, or the log is behind those of other machines.
    pub fn readiness(&self) -> Result<(), Error> {
        if self.clients().is_draining() {
            return Err(Error::log("draining: the server is about to end"));
        }
        match self.log().health() {
            Health::Ready => Ok(()),
            health => Err(Error::log(health.to_string())),
        }
    }

    /// What a receipt means here, and what whoever runs the chat should know, as lines: of a chat on several machines, once what
    /// connects them has answered.
    pub fn promise(&self) -> Option<Arc<str>> {
        self.log().promise()
    }

    fn write_clients(&self, text: &mut Exposition) {
        let (rooms, entries, messages) = self.delivered();
        let clients = self.clients();
        text.one(Gauge, "chinwag_connections", "Clients that are connected.", clients.count());
        let help = "Bytes that wait for clients, as the heartbeat added them up.";
        text.one(Gauge, "chinwag_waiting_bytes", help, clients.waiting());
        let max = self.limits().clients;
        text.one(Gauge, "chinwag_connections_max", "Clients that may be connected at once.", max);
        text.one(Counter, "chinwag_connections_total", "Clients that have connected.", clients.counted());
        text.one(
            Gauge,
            "chinwag_people",
            "Users who are connected, by one client or several.",
            self.persons().count(),
        );
        let help = "Addresses of which it is remembered what has come from them.";
        text.one(Gauge, "chinwag_addresses", help, self.quotas().count());
        text.one(Gauge, "chinwag_rooms_open", "Rooms that somebody is in.", rooms);
        text.one(Counter, "chinwag_messages_total", "Messages that were delivered to their rooms.", messages);
        let help = "Entries that were delivered to their rooms: messages, edits, reactions and all else.";
        text.one(Counter, "chinwag_entries_total", help, entries);
        let is_draining = u8::from(clients.is_draining());
        text.one(Gauge, "chinwag_draining", "Whether the server is about to end.", is_draining);
    }
}

fn write_counts(text: &mut Exposition) {
    let refused = [
        ("host", COUNTS.refused_host.get()),
        ("origin", COUNTS.refused_origin.get()),
        ("handshake", COUNTS.refused_handshake.get()),
        ("full", COUNTS.refused_full.get()),
        ("draining", COUNTS.refused_draining.get()),
        ("address", COUNTS.refused_address.get()),
    ];
    let help = "Requests that were refused: for another host, from another origin, no handshake, no place, at the end, no \
                place for one more of their address.";
    text.each(Counter, "chinwag_requests_refused_total", help, "reason", refused);
    let refused = [
        ("rate", COUNTS.commands_over_rate.get()),
        ("address_rate", COUNTS.commands_over_address_rate.get()),
        ("address_people", COUNTS.commands_over_people.get()),
        ("address_rooms", COUNTS.commands_over_rooms.get()),
        ("address_bytes", COUNTS.commands_over_bytes.get()),
    ];
    let help = "Commands that were refused: too many of their user, too many of their address, too many new people, rooms or \
                bytes of their address.";
    text.each(Counter, "chinwag_commands_refused_total", help, "reason", refused);
    let closed = [
        ("sent", COUNTS.clients_closed.get()),
        ("slow", COUNTS.clients_slow.get()),
        ("memory", COUNTS.clients_shed.get()),
        ("silent", COUNTS.clients_silent.get()),
        ("blocked", COUNTS.clients_blocked.get()),
    ];
    let help = "Clients that were closed: for what they sent, too far behind, holding the memory of all, not heard of, or taking nothing.";
    text.each(Counter, "chinwag_connections_closed_total", help, "reason", closed);
    let help = "Searches and pages that took too long and were given up.";
    text.one(Counter, "chinwag_reads_given_up_total", help, COUNTS.reads_given_up.get());
}

fn write_health(text: &mut Exposition, health: Health) {
    let is = |state: &'static str, is: bool| (state, u8::from(is));
    let states = [
        is("ready", health == Health::Ready),
        is("catching_up", health == Health::CatchingUp),
        is("stale", matches!(health, Health::Stale { .. })),
        is("stopped", matches!(health, Health::Stopped(_))),
    ];
    text.each(
        Gauge,
        "chinwag_log_health",
        "Whether the log is current: 1 for the state it is in.",
        "state",
        states,
    );
}

fn write_store(text: &mut Exposition, figures: &StoreFigures) {
    text.one(Gauge, "chinwag_store_bytes", "Bytes of the store's file.", figures.bytes);
    text.one(Gauge, "chinwag_store_wal_bytes", "Bytes of the write-ahead log's file.", figures.wal_bytes);
    if let Some(free) = figures.free_bytes {
        text.one(Gauge, "chinwag_store_free_bytes", "Bytes that are free in the store's file system.", free);
    }
    text.one(Counter, "chinwag_store_commits_total", "Transactions that were written.", figures.commits);
    let help = "Entries and changed messages that the search index has not come to.";
    text.one(Gauge, "chinwag_search_unindexed_entries", help, figures.unindexed);
}
