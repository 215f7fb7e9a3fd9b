//! What the writer and the maintenance of a store tell each other.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::base::clock;
use crate::base::limits::{CHECKPOINT_PAGES, READ_PAUSE, READ_PAUSE_LOOK, WAL_PAGES};
use crate::base::network::AddressBan;
use crate::base::rights::Door;

#[derive(Default)]
pub(super) struct Upkeep {
    /// Pages in the write-ahead log. Written by the writer after each commit.
    wal_pages: AtomicU64,
    /// Commits so far. Written by the writer.
    commits: AtomicU64,
    /// The last entry in the log. Written by the writer.
    last: AtomicU64,
    /// Entries and messages by which the search index is behind the log. Written by the writer.
    unindexed: AtomicU64,
    /// The messages among them. Written by the writer.
    stale: AtomicU64,
    /// Whether words were taken out of the store that may still be in its files. Set by the writer, reset by maintenance.
    has_erased: AtomicBool,
    /// The wall clock's last time that was believed, in Unix milliseconds; 0 for none yet. Written by maintenance.
    believed: AtomicU64,
    /// What guests may do, as a number of [`Door::ALL`]. Written by the writer.
    door: AtomicU8,
    /// The bans of addresses. Written by the writer.
    address_bans: Mutex<Option<Arc<[AddressBan]>>>,
    /// Until when no reading begins, in nanoseconds of the process's clock. Written by the writer.
    reads_pause_until: AtomicU64,
    /// Held while the write-ahead log is copied into the database.
    pub(super) copying: Mutex<()>,
    state: Mutex<State>,
    woken: Condvar,
}

#[derive(Default)]
struct State {
    is_awake: bool,
    is_closed: bool,
}

impl fmt::Debug for Upkeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upkeep").field("wal_pages", &self.wal_pages).finish_non_exhaustive()
    }
}

impl Upkeep {
    pub(super) fn wal_pages(&self) -> u64 {
        self.wal_pages.load(Ordering::Relaxed)
    }

    pub(super) fn set_wal_pages(&self, pages: u64) {
        let before = self.wal_pages.swap(pages, Ordering::Relaxed);
        if before / CHECKPOINT_PAGES < pages / CHECKPOINT_PAGES {
            self.wake();
        }
    }

    /// What guests may do.
    pub(super) fn door(&self) -> Door {
        Door::ALL.get(usize::from(self.door.load(Ordering::Relaxed))).copied().unwrap_or_default()
    }

    pub(super) fn open_door(&self, door: Door) {
        self.door.store(door as u8, Ordering::Relaxed);
    }

    /// The bans of addresses.
    pub(super) fn address_bans(&self) -> Arc<[AddressBan]> {
        self.address_bans.lock().clone().unwrap_or_default()
    }

    pub(super) fn set_address_bans(&self, bans: Arc<[AddressBan]>) {
        *self.address_bans.lock() = Some(bans);
    }

    /// Lets no reading begin for a moment.
    pub(super) fn pause_reads(&self) {
        let until = clock::elapsed() + READ_PAUSE;
        self.reads_pause_until.store(until.as_nanos() as u64, Ordering::Relaxed);
    }

    /// Waits until readings may begin: the log has started anew, or the moment is over.
    pub(super) fn wait_to_read(&self) {
        while self.wal_pages() > WAL_PAGES
            && (clock::elapsed().as_nanos() as u64) < self.reads_pause_until.load(Ordering::Relaxed)
        {
            thread::sleep(READ_PAUSE_LOOK);
        }
    }

    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// A transaction was kept.
    pub(super) fn committed(&self, (last, unindexed, stale): (u64, u64, u64), has_erased: bool) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.set_last((last, unindexed, stale));
        if has_erased {
            self.has_erased.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn unindexed(&self) -> u64 {
        self.unindexed.load(Ordering::Relaxed)
    }

    pub(super) fn last(&self) -> u64 {
        self.last.load(Ordering::Relaxed)
    }

    pub(super) fn stale(&self) -> u64 {
        self.stale.load(Ordering::Relaxed)
    }

    pub(super) fn set_last(&self, (last, unindexed, stale): (u64, u64, u64)) {
        self.stale.store(stale, Ordering::Relaxed);
        self.last.store(last, Ordering::Relaxed);
        self.unindexed.store(unindexed, Ordering::Relaxed);
    }

    /// Whether words were taken out since this was asked the last time.
    pub(super) fn take_erased(&self) -> bool {
        self.has_erased.swap(false, Ordering::Relaxed)
    }

    pub(super) fn believed(&self) -> Option<u64> {
        Some(self.believed.load(Ordering::Relaxed)).filter(|time| *time > 0)
    }

    pub(super) fn believe(&self, time: u64) {
        self.believed.store(time, Ordering::Relaxed);
    }

    /// Ends the sleep of maintenance.
    fn wake(&self) {
        self.state.lock().is_awake = true;
        self.woken.notify_all();
    }

    /// Sleeps for a while, or until woken; `false`, and at once, when the store is closed.
    pub(super) fn sleep(&self, time: Duration) -> bool {
        let mut state = self.state.lock();
        if !state.is_closed && !state.is_awake {
            self.woken.wait_for(&mut state, time);
        }
        state.is_awake = false;
        !state.is_closed
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state.lock().is_closed
    }

    pub(super) fn close(&self) {
        self.state.lock().is_closed = true;
        self.woken.notify_all();
    }
}
