//! A pass: one batch, written to every member of a room who is at the head. Several tasks may share it: each
//! takes turns of some hundred members that nobody else has taken. Waits for no socket; knows no log.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::outlet::{Offer, Outlet, SeatNumber};
use crate::roster::Roster;
use crate::tail::{Batch, Position};

/// A member's seat.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) outlet: Arc<Outlet>,
    pub(crate) seat: SeatNumber,
}

/// One batch on its way to all members.
#[derive(Debug)]
pub(crate) struct Pass {
    position: Position,
    batch: Arc<Batch>,
    turns: usize,
    /// The first turn that nobody has taken.
    next: AtomicUsize,
    /// Turns that are not over.
    open: AtomicUsize,
    over: Notify,
    slow: Mutex<Vec<Member>>,
}

impl Pass {
    /// A pass of the batch at `position` over the members of now. Who comes later has it behind them.
    pub(crate) fn new(position: Position, batch: Arc<Batch>, members: &Roster<Member>) -> Self {
        let turns = members.turns();
        Self {
            position,
            batch,
            turns,
            next: AtomicUsize::new(0),
            open: AtomicUsize::new(turns),
            over: Notify::new(),
            slow: Mutex::default(),
        }
    }

    /// How many may share it, each with a turn at least.
    pub(crate) fn turns(&self) -> usize {
        self.turns
    }

    /// Takes a turn: writes the batch to its members; `is_slow` says who is too far behind. False: all are taken.
    ///
    /// No wait, no allocation: whoever cannot take the batch now goes on alone.
    pub(crate) fn take_turn(&self, members: &Roster<Member>, is_slow: impl Fn(Position) -> bool) -> bool {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        if turn >= self.turns {
            return false;
        }
        for member in members.turn(turn) {
            if let Offer::Behind(cursor) = member.outlet.offer(member.seat, self.position, &self.batch)
                && is_slow(cursor)
            {
                self.slow.lock().push(Member::clone(member));
            }
        }
        // Whoever sees that all turns are over sees what was done in them.
        if self.open.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.over.notify_one();
        }
        turn + 1 < self.turns
    }

    /// Completes when all turns are over, whoever took them; gives those who were too far behind. Await it once.
    pub(crate) async fn over(&self) -> Vec<Member> {
        if self.open.load(Ordering::Acquire) > 0 {
            self.over.notified().await;
        }
        std::mem::take(&mut self.slow.lock())
    }
}
