//! A room: its tail and its members. Encodes what the log delivers once, and writes it to everyone in
//! one pass. Knows no HTTP, no files, and waits for nobody's socket.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;
use slab::Slab;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, yield_now};

use crate::frame::Close;
use crate::limits::{Limits, WRITES_A_TURN};
use crate::log::Entry;
use crate::outlet::{Offer, Outlet};
use crate::plain;
use crate::tail::{Batch, Lag, Position, Tail};

/// A room that someone is in. Lives as long as its members and listeners hold it.
#[derive(Debug)]
pub(crate) struct Room {
    shared: Arc<Shared>,
    /// The task that encodes and writes; it ends with the room.
    task: AbortHandle,
}

#[derive(Debug)]
struct Shared {
    tail: Arc<Tail>,
    bounds: Lag,
    /// Who is here. Locked for a few hundred writes at most.
    members: Mutex<Slab<Arc<Outlet>>>,
    /// What the log delivered and no frame holds yet.
    inbox: Mutex<Inbox>,
    /// Tells the room's task that the inbox is not empty.
    arrived: Notify,
    /// Tells listeners that the tail grew.
    grew: Notify,
}

struct Inbox {
    entries: Vec<Entry>,
    bytes: usize,
    /// The number of the next batch, from 1.
    next_batch: u64,
    /// Read pumps that wait until it is made, and the inbox has space again.
    waiting: Vec<Waker>,
}

impl Default for Inbox {
    fn default() -> Self {
        Self { entries: Vec::new(), bytes: 0, next_batch: 1, waiting: Vec::new() }
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Room {
    /// Opens a room and spawns its task.
    pub(crate) fn open(limits: &Limits) -> Self {
        let shared = Arc::new(Shared {
            tail: Arc::default(),
            bounds: Lag { messages: limits.tail_messages, bytes: limits.tail_bytes },
            members: Mutex::default(),
            inbox: Mutex::default(),
            arrived: Notify::new(),
            grew: Notify::new(),
        });
        let task = tokio::spawn(run(Arc::clone(&shared))).abort_handle();
        Self { shared, task }
    }

    /// Takes entries that the log delivered. Never waits.
    pub(crate) fn deliver(&self, entry: Entry) {
        let mut inbox = self.shared.inbox.lock();
        inbox.bytes += entry.text.len();
        inbox.entries.push(entry);
        if inbox.entries.len() == 1 {
            drop(inbox);
            self.shared.arrived.notify_one();
        }
    }

    /// Seats a client at the head: it hears what is delivered from now on.
    pub(crate) fn join(&self, outlet: &Arc<Outlet>) -> Membership {
        let mut members = self.shared.members.lock();
        // The cursor is read and the seat taken under the lock that a pass holds, so none falls between.
        outlet.sit(Arc::clone(&self.shared.tail), self.shared.tail.head());
        let key = members.insert(Arc::clone(outlet));
        drop(members);
        Membership { shared: Arc::clone(&self.shared), key, asked: 0 }
    }

    pub(crate) fn tail(&self) -> &Tail {
        &self.shared.tail
    }

    /// Completes after the tail next grows; subscribe, then look at the tail, then await.
    pub(crate) fn grown(&self) -> tokio::sync::futures::Notified<'_> {
        self.shared.grew.notified()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A client's being in a room; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Membership {
    shared: Arc<Shared>,
    key: usize,
    /// The batch that the client's task waits for, if any.
    asked: u64,
}

impl Membership {
    /// Ready when the room keeps up with what is said; the read pump asks before it reads on.
    pub(crate) fn poll_ready(&mut self, cx: &Context<'_>) -> Poll<()> {
        let bounds = self.shared.bounds;
        let mut inbox = self.shared.inbox.lock();
        if inbox.entries.len() < bounds.messages && inbox.bytes < bounds.bytes {
            return Poll::Ready(());
        }
        if self.asked != inbox.next_batch {
            self.asked = inbox.next_batch;
            inbox.waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let outlet = self.shared.members.lock().remove(self.key);
        outlet.stand_up();
    }
}

/// The room's task: the next batch is encoded when the pass is over, and carries all that came meanwhile.
async fn run(shared: Arc<Shared>) {
    loop {
        shared.arrived.notified().await;
        loop {
            shared.gather().await;
            let Some(batch) = shared.next_batch() else { break };
            let position = shared.tail.push(batch.clone());
            let mut slow = Vec::new();
            let mut from = 0;
            while let Some(next) = shared.pass(position, &batch, from, &mut slow) {
                from = next;
                yield_now().await;
            }
            shared.cut(&slow);
            shared.tail.trim(shared.bounds);
            shared.grew.notify_waiters();
        }
    }
}

impl Shared {
    /// Lets everyone who has something to say now say it, before the next batch is closed.
    async fn gather(&self) {
        let mut before = usize::MAX;
        loop {
            yield_now().await;
            let now = self.inbox.lock().entries.len();
            if now == before || now >= self.bounds.messages {
                return;
            }
            before = now;
        }
    }

    /// All that the inbox holds, up to what one batch may hold, encoded once.
    fn next_batch(&self) -> Option<Batch> {
        let mut inbox = self.inbox.lock();
        if inbox.entries.is_empty() {
            return None;
        }
        let mut bytes = 0;
        // A quarter of the tail's bytes: whoever cannot take a batch at once is not cut by its size alone.
        let fits = inbox.entries.iter().take(self.bounds.messages).take_while(|entry| {
            bytes += entry.text.len();
            bytes <= self.bounds.bytes / 4
        });
        let count = fits.count().max(1);
        let entries: Arc<[Entry]> = inbox.entries.drain(..count).collect();
        inbox.bytes -= entries.iter().map(|entry| entry.text.len()).sum::<usize>();
        inbox.next_batch += 1;
        let waiting = std::mem::take(&mut inbox.waiting);
        drop(inbox);
        waiting.into_iter().for_each(Waker::wake);
        let frame = plain::frame(entries.iter().map(Entry::text));
        Some(Batch { frame, entries })
    }

    /// Writes a batch to some hundred members, from the key `from` on; gives the key to go on from.
    ///
    /// No wait, no allocation: whoever cannot take it now goes on alone.
    fn pass(
        &self,
        position: Position,
        batch: &Batch,
        from: usize,
        slow: &mut Vec<Arc<Outlet>>,
    ) -> Option<usize> {
        let members = self.members.lock();
        let until = members.capacity().min(from + WRITES_A_TURN);
        for key in from..until {
            let Some(outlet) = members.get(key) else { continue };
            if let Offer::Behind(cursor) = outlet.offer(position, &batch.frame)
                && self.tail.lag(cursor).is_ok_and(|lag| lag.exceeds(self.bounds))
            {
                slow.push(Arc::clone(outlet));
            }
        }
        (until < members.capacity()).then_some(until)
    }

    /// Closes those who fell off; what was queued for them goes out first, if they read it in time.
    fn cut(&self, slow: &[Arc<Outlet>]) {
        for outlet in slow {
            let Some(cursor) = outlet.stand_up() else { continue };
            let mut frames = Vec::new();
            if self.tail.read(cursor, usize::MAX, |frame| frames.push(frame.clone())).is_ok() {
                tracing::info!(frames = frames.len(), "a slow client is cut off");
                outlet.close_with(frames.into_iter(), Close::SLOW);
            }
        }
    }
}
