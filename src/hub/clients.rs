//! Everyone who is connected, whatever room they are in: how many there are, and the goodbye when the server stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::yield_now;

use crate::base::limits::{CLIENTS_A_CHUNK, COME_BACK_WAIT};
use crate::hub::outlet::Outlet;
use crate::hub::roster::Roster;

/// The connected clients of a hub.
#[derive(Debug, Default)]
pub(crate) struct Clients {
    state: Mutex<State>,
    /// Tells who waits for it that a client left.
    left: Notify,
    /// The bytes that waited for all of them when the heartbeat added them up. Read for the figures.
    waiting: AtomicUsize,
}

#[derive(Debug, Default)]
struct State {
    outlets: Roster<Arc<Outlet>>,
    /// Handshakes that were accepted and are not over.
    reserved: usize,
    /// Clients so far.
    counted: u64,
    is_draining: bool,
}

/// A place that is reserved for a client in its handshake; given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Reservation(Arc<Clients>);

impl Drop for Reservation {
    fn drop(&mut self) {
        self.0.state.lock().reserved -= 1;
    }
}

impl Clients {
    /// A place for one more, if there is one under this limit.
    pub(crate) fn reserve(self: &Arc<Self>, limit: usize) -> Option<Reservation> {
        let mut state = self.state.lock();
        if state.outlets.len() + state.reserved >= limit {
            return None;
        }
        state.reserved += 1;
        Some(Reservation(Arc::clone(self)))
    }

    /// How many are connected.
    pub(crate) fn count(&self) -> usize {
        self.state.lock().outlets.len()
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.state.lock().is_draining
    }

    /// Counts a client; gives its key. One that comes while the server drains is told to go at once.
    pub(crate) fn add(&self, outlet: &Arc<Outlet>) -> u32 {
        let mut state = self.state.lock();
        if state.is_draining {
            outlet.say_goodbye(COME_BACK_WAIT);
        }
        state.counted += 1;
        state.outlets.add(Arc::clone(outlet))
    }

    /// How many there were since the start.
    pub(crate) fn counted(&self) -> u64 {
        self.state.lock().counted
    }

    /// Counts it no more.
    pub(crate) fn remove(&self, key: u32) {
        let outlet = self.state.lock().outlets.remove(key);
        drop(outlet); // Its socket is closed here, not under the lock of all.
        self.left.notify_waiters();
    }

    /// Tells everyone that the server is going away; completes when the last of them is gone.
    pub(crate) async fn drain(&self) {
        let outlets: Vec<_> = {
            let mut state = self.state.lock();
            state.is_draining = true;
            state.outlets.iter().map(Arc::clone).collect()
        };
        let count = outlets.len().max(1);
        for (i, outlet) in outlets.iter().enumerate() {
            outlet.say_goodbye(COME_BACK_WAIT.mul_f64((i + 1) as f64 / count as f64));
            if i % CLIENTS_A_CHUNK == 0 {
                yield_now().await;
            }
        }
        drop(outlets);
        loop {
            let left = self.left.notified();
            if self.count() == 0 {
                return;
            }
            left.await;
        }
    }

    /// Ends everyone who is still there.
    pub(crate) fn cut(&self) {
        self.for_each(|outlet| outlet.cut());
    }

    /// So many bytes wait for all of them.
    pub(crate) fn set_waiting(&self, bytes: usize) {
        self.waiting.store(bytes, Ordering::Relaxed);
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How many chunks the clients are in.
    pub(crate) fn chunks(&self) -> usize {
        self.state.lock().outlets.chunks()
    }

    /// Calls a function for each client.
    pub(crate) fn for_each(&self, each: impl FnMut(&Arc<Outlet>)) {
        self.state.lock().outlets.iter().for_each(each);
    }

    /// Calls a function for each client of a chunk.
    pub(crate) fn for_each_in(&self, chunk: usize, each: impl FnMut(&Arc<Outlet>)) {
        self.state.lock().outlets.chunk(chunk).for_each(each);
    }
}
