//! What waits for all clients together. Each is bounded by itself, and what the kernel's buffers take besides; but there are many. When
//! it is too much, those for whom most waits are closed as slow until it is less.

use std::sync::Arc;

use crate::base::limits::{SHED_PART, WAITING_MEMORY_PART};
use crate::base::memory;
use crate::hub::clients::Clients;
use crate::hub::outlet::Outlet;
use crate::hub::slow;

/// The bytes that may wait, and whether they were too many the last time.
#[derive(Debug)]
pub(crate) struct Shed {
    budget: usize,
    is_over: bool,
}

impl Shed {
    /// So many bytes may wait; where none are given, a part of the memory that there is.
    pub(crate) fn new(budget: Option<u64>) -> Self {
        let budget = budget.or_else(|| Some(memory::limit()? / WAITING_MEMORY_PART));
        let budget = budget.map_or(usize::MAX, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        Self { budget, is_over: false }
    }

    /// So many bytes wait now.
    pub(crate) fn check(&mut self, clients: &Clients, waiting: usize) {
        clients.set_waiting(waiting);
        let was_over = std::mem::replace(&mut self.is_over, waiting > self.budget);
        if !self.is_over {
            return;
        }
        let (closed, bytes) = close_fullest(clients, waiting - self.budget / SHED_PART * (SHED_PART - 1));
        if !was_over {
            tracing::warn!(
                waiting,
                budget = self.budget,
                closed,
                bytes,
                "too much waits for clients that do not read: those for whom most waits are closed"
            );
        }
    }
}

/// Closes those for whom most waits, until so many bytes fewer wait. Gives how many they were, and what waited for them.
fn close_fullest(clients: &Clients, bytes: usize) -> (usize, usize) {
    let mut waiting: Vec<(usize, Arc<Outlet>)> = Vec::new();
    clients.for_each(|outlet| match outlet.waiting_bytes() {
        0 => {}
        bytes => waiting.push((bytes, Arc::clone(outlet))),
    });
    waiting.sort_unstable_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
    let (mut closed, mut freed) = (0, 0);
    for (of, outlet) in waiting {
        if freed >= bytes {
            break;
        }
        slow::close_at_once(&outlet);
        closed += 1;
        freed += of;
    }
    (closed, freed)
}
