//! The fan-out of one batch: it is written to every member of a room who is at the head. Several tasks may share it; each
//! takes chunks of some hundred members that no other has taken. Waits for no socket; knows no log.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::hub::outlet::{Offer, Outlet, SubscriptionId};
use crate::hub::roster::Roster;
use crate::hub::tail::{Batch, Position};

/// A member of a room: a client and its subscription there.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) outlet: Arc<Outlet>,
    pub(crate) subscription: SubscriptionId,
}

/// One batch on its way to all members.
#[derive(Debug)]
pub(crate) struct FanOut {
    position: Position,
    batch: Arc<Batch>,
    chunks: usize,
    /// The first chunk that no task has taken.
    next: AtomicUsize,
    /// Chunks that are not finished.
    open: AtomicUsize,
    over: Notify,
    slow: Mutex<Vec<Member>>,
}

impl FanOut {
    /// Begins the fan-out of the batch at `position` to the present members. A later member starts after it.
    pub(crate) fn new(position: Position, batch: Arc<Batch>, members: &Roster<Member>) -> Self {
        let chunks = members.chunks();
        Self {
            position,
            batch,
            chunks,
            next: AtomicUsize::new(0),
            open: AtomicUsize::new(chunks),
            over: Notify::new(),
            slow: Mutex::default(),
        }
    }

    /// How many tasks may share it, with one chunk each at least.
    pub(crate) fn chunks(&self) -> usize {
        self.chunks
    }

    /// Takes a chunk and writes the batch to its members; `is_slow` tells which are too far behind. False when no chunk is left.
    ///
    /// Neither waits nor allocates: a client that cannot take the batch now goes on by its own task.
    pub(crate) fn take_chunk(&self, members: &Roster<Member>, is_slow: impl Fn(Position) -> bool) -> bool {
        let chunk = self.next.fetch_add(1, Ordering::Relaxed);
        if chunk >= self.chunks {
            return false;
        }
        for member in members.chunk(chunk) {
            if let Offer::Behind(cursor) =
                member.outlet.offer(member.subscription, self.position, &self.batch)
                && is_slow(cursor)
            {
                self.slow.lock().push(Member::clone(member));
            }
        }
        // Pairs with the load in `over`: all writes of all chunks are seen there.
        if self.open.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.over.notify_one();
        }
        chunk + 1 < self.chunks
    }

    /// Completes when all chunks are finished, by any task; gives the members that are too far behind. Await it once.
    pub(crate) async fn over(&self) -> Vec<Member> {
        if self.open.load(Ordering::Acquire) > 0 {
            self.over.notified().await;
        }
        std::mem::take(&mut self.slow.lock())
    }
}
