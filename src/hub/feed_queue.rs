//! The queue of a program that hears all rooms. It is bounded: when a program is too slow, what waits is let go, and read from
//! the log again. Knows no log and no room.

use std::collections::VecDeque;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::base::entry::Entry;
use crate::base::limits::{FEED_BYTES, FEED_ENTRIES};

/// Entries of all rooms that a program has not taken yet. Written under the lock that deliveries take.
#[derive(Debug, Default)]
pub(crate) struct FeedQueue {
    state: Mutex<State>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct State {
    entries: VecDeque<Entry>,
    bytes: usize,
    /// Entries were let go: nothing is taken on until the program begins anew.
    is_overrun: bool,
}

/// What a program takes from the queue.
#[derive(Debug)]
pub(crate) enum Taken {
    Entry(Entry),
    /// Nothing waits.
    Nothing,
    /// Entries were let go.
    Overrun,
}

impl FeedQueue {
    /// Adds an entry. Never waits.
    pub(crate) fn push(&self, entry: &Entry) {
        let mut state = self.state.lock();
        if state.is_overrun {
            return;
        }
        if state.entries.len() >= FEED_ENTRIES || state.bytes >= FEED_BYTES {
            *state = State { is_overrun: true, ..State::default() };
        } else {
            state.bytes += entry.text().len();
            state.entries.push_back(entry.clone());
        }
        drop(state);
        self.arrived.notify_waiters();
    }

    /// Takes the next entry.
    pub(crate) fn take(&self) -> Taken {
        let mut state = self.state.lock();
        match state.entries.pop_front() {
            Some(entry) => {
                state.bytes -= entry.text().len();
                Taken::Entry(entry)
            }
            None if state.is_overrun => Taken::Overrun,
            None => Taken::Nothing,
        }
    }

    /// Takes entries on from now, with nothing in it.
    pub(crate) fn begin(&self) {
        *self.state.lock() = State::default();
    }

    /// Completes after an entry has come; subscribe, then take, then await.
    pub(crate) fn arrived(&self) -> Notified<'_> {
        self.arrived.notified()
    }
}
