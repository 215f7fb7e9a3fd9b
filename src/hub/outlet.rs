//! The way out to one client: its socket, its cursor in the room's tail, and what waits to be written.
//! Who is at the head is written to by the room; who is behind goes on alone, by its write pump.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use parking_lot::{Mutex, MutexGuard};

use crate::base::clock::Tick;
use crate::base::limits::{OWN_BYTES, PONG_BYTES, PULL_BYTES, SLICES};
use crate::hub::tail::{Batch, Overrun, Position, Tail};
use crate::wire::frame::{Opcode, frame};
use crate::wire::protocol::{Encoding, Framing};
use crate::wire::stream::{Stream, slices};

mod ending;
mod flags;
mod subscriptions;
mod waiting;

use flags::GUEST;
pub(super) use flags::{GREETED, READ};
pub(crate) use subscriptions::SubscriptionId;
use subscriptions::{Subscription, Subscriptions};
use waiting::Waiting;

/// One client's way out. Shared by its task (reads, and writes what waits), its room (writes at the
/// head) and the heartbeat (looks after the time).
#[derive(Debug)]
pub struct Outlet {
    pub(super) stream: Stream,
    framing: Framing,
    /// Whoever holds it is the socket's one writer. Never held across a wait.
    pub(super) state: Mutex<State>,
    /// When the peer was last heard. Written by the read pump, read by the heartbeat.
    pub(super) heard: AtomicU32,
    /// When the last ping was asked for; before there was any, when the connection began. The heartbeat's alone.
    pub(super) pinged: AtomicU32,
    /// When a message began that is not whole; 0 for none. Written by the read pump, read by
    /// the heartbeat.
    pub(super) partial: AtomicU32,
    /// See `flags.rs`. Written by the client's task, read by the heartbeat.
    flags: AtomicU8,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) phase: Phase,
    /// What waits; `None` for a client at the head of its rooms, which is nearly everyone nearly always.
    pub(super) waiting: Option<Box<Waiting>>,
    /// The client's task. Woken when something waits for it; registered by it before it looks.
    task: Option<Waker>,
}

#[derive(Debug)]
pub(super) enum Phase {
    Open(Subscriptions),
    /// A close frame is the last that waits.
    Closing,
    /// The close frame is out, since then; the peer may still be writing.
    Closed(Tick),
    /// Nothing more is to be done for this peer.
    Gone,
}

/// How far a subscription was when it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SubscriptionState {
    /// All before this position was sent.
    At(Position),
    /// The entries before the subscription were still being sent.
    Pending,
}

/// What came of offering a batch to a client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// It had it already, or has it now, or needs it no more.
    Done,
    /// It goes on alone, from this cursor.
    Behind(Position),
}

/// What the write pump is to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PumpStep {
    /// Nothing: all is written.
    Idle,
    /// The tail has let go of what comes next: the client is slow.
    Overrun,
    /// The close frame is written: shut the socket for writing, and wait for the peer to end.
    Closed,
    /// End the connection.
    Gone,
}

impl Outlet {
    pub(crate) fn new(stream: Stream, framing: Framing) -> Self {
        let now = Tick::now();
        Self {
            stream,
            framing,
            state: Mutex::new(State { phase: Phase::Open(Subscriptions::none()), waiting: None, task: None }),
            heard: AtomicU32::new(now.0),
            pinged: AtomicU32::new(now.0),
            partial: AtomicU32::new(0),
            // Whoever speaks plain lines is a guest without a hello.
            flags: AtomicU8::new(match framing.encoding {
                Encoding::Plain => READ | GREETED | GUEST,
                Encoding::V1 => READ,
            }),
        }
    }

    pub(crate) fn stream(&self) -> &Stream {
        &self.stream
    }

    /// The client's task says who it is, before it looks at what waits.
    pub(crate) fn register(&self, cx: &Context<'_>) {
        let mut state = self.state.lock();
        if !state.task.as_ref().is_some_and(|task| task.will_wake(cx.waker())) {
            state.task = Some(cx.waker().clone());
        }
        drop(state);
        self.stream.register(cx);
    }

    /// Lets go of the state, and has the client's task see to it.
    pub(super) fn wake(mut state: MutexGuard<'_, State>) {
        let task = state.task.take();
        drop(state);
        if let Some(task) = task {
            task.wake();
        }
    }

    /// Which frames its client reads.
    pub(crate) fn framing(&self) -> Framing {
        self.framing
    }

    /// Subscribes to a tail: what it gets from `cursor` on goes to this client. A held subscription waits until it is
    /// released.
    pub(crate) fn subscribe(&self, tail: Arc<Tail>, cursor: Position, is_held: bool) -> SubscriptionId {
        match &mut self.state.lock().phase {
            Phase::Open(subscriptions) => subscriptions.add(Subscription { tail, cursor, is_held }),
            _ => 0, // Nothing more goes out, whatever the number.
        }
    }

    /// Sends what was on its way before the tail, and lets the tail follow.
    pub(crate) fn release(&self, id: SubscriptionId, frame: Bytes) {
        let mut state = self.state.lock();
        let Phase::Open(subscriptions) = &mut state.phase else { return };
        if let Some(subscription) = subscriptions.get(id) {
            subscription.is_held = false;
        }
        let waiting = state.waiting();
        if !frame.is_empty() {
            waiting.push(frame);
        }
        Self::wake(state);
    }

    /// Ends the subscription to this tail, unless that was done already: its number may be another room's by now.
    pub(crate) fn unsubscribe(&self, id: SubscriptionId, tail: &Arc<Tail>) -> Option<SubscriptionState> {
        let mut state = self.state.lock();
        let Phase::Open(subscriptions) = &mut state.phase else { return None };
        let subscription = subscriptions.remove(id, tail)?;
        Some(if subscription.is_held {
            SubscriptionState::Pending
        } else {
            SubscriptionState::At(subscription.cursor)
        })
    }

    /// Writes the batch at `position` if this client is at the head and its socket takes it now.
    ///
    /// Called by the room for each member: no wait, no allocation unless the socket is full.
    pub(crate) fn offer(&self, id: SubscriptionId, position: Position, batch: &Batch) -> Offer {
        let mut guard = self.state.lock();
        let state = &mut *guard;
        let Phase::Open(subscriptions) = &mut state.phase else { return Offer::Done };
        let Some(subscription) = subscriptions.get(id) else { return Offer::Done };
        if subscription.cursor > position {
            return Offer::Done;
        }
        if state.waiting.is_some() || subscription.is_held {
            return Offer::Behind(subscription.cursor);
        }
        let frame = batch.frame(self.framing);
        if frame.is_empty() {
            subscription.cursor = position + 1;
            return Offer::Done;
        }
        let written = match self.stream.try_write(frame) {
            Ok(written) => written,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
            Err(_) => {
                state.end();
                Self::wake(guard);
                return Offer::Done;
            }
        };
        if written == frame.len() {
            subscription.cursor = position + 1;
            return Offer::Done;
        }
        let mut waiting = Box::<Waiting>::default();
        waiting.is_blocked = true;
        if written > 0 {
            waiting.push_rest(frame.slice(written..));
            subscription.cursor = position + 1;
        }
        let cursor = subscription.cursor;
        state.waiting = Some(waiting);
        Self::wake(guard);
        Offer::Behind(cursor)
    }

    /// The socket took so much of what waits. Where it was full before, its peer has taken as much, and so is there.
    pub(super) fn wrote(&self, waiting: &mut Waiting, written: usize) {
        if std::mem::take(&mut waiting.is_blocked) {
            self.heard.store(Tick::now().0, Ordering::Relaxed);
        }
        waiting.advance(written);
    }

    /// Queues a frame for this client alone: what a [`crate::Session`] answers.
    pub fn send_text(&self, text: &[u8]) {
        self.send(frame(Opcode::Text, text));
    }

    /// As [`Outlet::send_text`], as a binary message.
    pub fn send_binary(&self, bytes: &[u8]) {
        self.send(frame(Opcode::Binary, bytes));
    }

    /// Queues a frame for this client alone.
    pub(crate) fn send(&self, frame: Bytes) {
        let mut state = self.state.lock();
        if state.is_open() && !frame.is_empty() {
            state.waiting().push(frame);
            Self::wake(state);
        }
    }

    /// Answers a ping: in its turn, or in place of the latest answer to a peer that reads none of them.
    /// Called by the client's own task.
    pub(crate) fn pong(&self, payload: &[u8]) {
        let mut state = self.state.lock();
        if state.is_open() {
            let (waiting, pong) = (state.waiting(), frame(Opcode::Pong, payload));
            if waiting.own() < PONG_BYTES && waiting.pong.is_none() {
                waiting.push(pong);
            } else {
                waiting.pong = Some(pong);
            }
        }
    }

    /// How much waits for this client.
    pub(crate) fn waiting_bytes(&self) -> usize {
        self.state.lock().waiting.as_ref().map_or(0, |waiting| waiting.bytes())
    }

    /// Whether so much waits for this client that nothing more is done for it.
    pub(crate) fn is_full(&self) -> bool {
        self.state.lock().waiting.as_ref().is_some_and(|waiting| waiting.own() > OWN_BYTES)
    }

    /// Ready when it is not full. Asked by the client's own task alone, which is woken when that is so.
    pub(crate) fn poll_space(&self, _own: &mut Context<'_>) -> Poll<()> {
        match &mut self.state.lock().waiting {
            Some(waiting) if waiting.own() > OWN_BYTES => {
                waiting.is_awaited = true;
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }

    /// Whether the connection is past its close.
    pub(crate) fn is_closing(&self) -> bool {
        !self.state.lock().is_open()
    }

    /// Writes what waits, then what the tail has for this client, until all is out or the socket is full.
    ///
    /// # Errors
    /// The socket's; the connection is over then.
    pub(crate) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<PumpStep>> {
        loop {
            let mut state = self.state.lock();
            match state.phase {
                Phase::Gone => return Poll::Ready(Ok(PumpStep::Gone)),
                Phase::Closed(_) => return Poll::Ready(Ok(PumpStep::Closed)),
                Phase::Open(_) | Phase::Closing => {}
            }
            let state = &mut *state;
            let Some(waiting) = state.waiting.as_mut() else {
                return self.stream.poll_flush(cx).map_ok(|()| PumpStep::Idle);
            };
            if waiting.frames.is_empty() {
                waiting.place_pong();
                let mut pulled = 0;
                let subscriptions = match &mut state.phase {
                    Phase::Open(subscriptions) => Some(subscriptions.open()),
                    _ => None,
                };
                for subscription in subscriptions.into_iter().flatten() {
                    let before = waiting.bytes;
                    let take = |frame: &Bytes| waiting.push(frame.clone());
                    match subscription.tail.read(subscription.cursor, PULL_BYTES - pulled, self.framing, take)
                    {
                        Ok(cursor) => subscription.cursor = cursor,
                        Err(Overrun) => return Poll::Ready(Ok(PumpStep::Overrun)),
                    }
                    pulled += waiting.bytes - before;
                    waiting.pulled += waiting.bytes - before;
                    if pulled >= PULL_BYTES {
                        break;
                    }
                }
            }
            if waiting.frames.is_empty() {
                if self.stream.poll_flush(cx)?.is_pending() {
                    return Poll::Pending;
                }
                state.waiting = None;
                if matches!(state.phase, Phase::Closing) {
                    state.phase = Phase::Closed(Tick::now());
                }
                continue;
            }
            let mut buffers = [IoSlice::new(&[]); SLICES];
            let count = slices(waiting.frames.iter(), &mut buffers);
            match self.stream.poll_write(cx, &buffers[..count]) {
                Poll::Pending => {
                    waiting.is_blocked = true;
                    return Poll::Pending;
                }
                Poll::Ready(Err(e)) => return Poll::Ready(Err(e)),
                Poll::Ready(Ok(written)) => self.wrote(waiting, written),
            }
            if waiting.is_awaited && waiting.own() <= OWN_BYTES {
                waiting.is_awaited = false;
                cx.waker().wake_by_ref();
            }
        }
    }
}

impl State {
    pub(super) fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open(_))
    }

    /// What waits, to add to it.
    pub(super) fn waiting(&mut self) -> &mut Waiting {
        self.waiting.get_or_insert_default()
    }

    /// The connection is over as it is; its task, once woken, sees to the rest.
    pub(super) fn end(&mut self) {
        self.phase = Phase::Gone;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlet_stays_within_its_size_class() {
        // With more, the memory of each client is of the next size; it is shared, which adds 16.
        assert!(size_of::<Outlet>() <= 112, "{}", size_of::<Outlet>());
    }

    #[test]
    fn member_who_left_one_room_stays_in_another() {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Outlet::new(Stream::other(stream), Encoding::V1.into());
        let (tea, coffee) = (Arc::new(Tail::after(0)), Arc::new(Tail::after(0)));
        let subscription = outlet.subscribe(Arc::clone(&tea), 7, false);
        assert_eq!(outlet.unsubscribe(subscription, &tea), Some(SubscriptionState::At(7)));
        assert_eq!(outlet.subscribe(Arc::clone(&coffee), 3, true), subscription, "the number is used again");
        assert_eq!(outlet.unsubscribe(subscription, &tea), None);
        assert_eq!(outlet.unsubscribe(subscription, &coffee), Some(SubscriptionState::Pending));
        assert_eq!(outlet.unsubscribe(subscription, &coffee), None);
    }
}
