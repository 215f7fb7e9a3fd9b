//! The log of the classic example: it gives every message its number, delivers it, and keeps nothing.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;

use crate::log::{Appended, Deliver, Draft, Entry, Log, Receipt};

/// A log in memory that forgets an entry once it is delivered.
#[derive(Default)]
pub struct MemoryLog {
    /// Appends come from every connection; the lock is what puts them in one order.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seq: u64,
    deliver: Option<Arc<dyn Deliver>>,
}

impl MemoryLog {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }
}

impl fmt::Debug for MemoryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLog").finish_non_exhaustive()
    }
}

impl Log for MemoryLog {
    fn deliver_to(&self, deliver: Arc<dyn Deliver>) {
        self.state.lock().deliver = Some(deliver);
    }

    fn append(&self, draft: Draft) -> Receipt {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as u64);
        let mut state = self.state.lock();
        state.seq += 1;
        let seq = state.seq;
        if let Some(deliver) = &state.deliver {
            // Under the lock, so that deliveries have the order of the numbers.
            let entry = Entry { seq, at, room: draft.room, text: draft.text };
            deliver.deliver(&mut std::iter::once(entry));
        }
        Receipt::now(Ok(Appended { seq }))
    }
}
