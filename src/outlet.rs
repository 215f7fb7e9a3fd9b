//! The way out to one client: its socket, its cursor in the room's tail, and what waits to be written.
//! Who is at the head is written to by the room; who is behind goes on alone, by its write pump.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::task::{Context, Poll};

use atomic_waker::AtomicWaker;
use bytes::Bytes;
use parking_lot::Mutex;
use smallvec::SmallVec;

use crate::clock::Tick;
use crate::frame::{Close, Opcode, frame};
use crate::limits::{OWN_BYTES, PONG_BYTES, PULL_BYTES, SLICES};
use crate::protocol::{Encoding, Framing};
use crate::stream::{Stream, slices};
use crate::tail::{Batch, Position, Tail};

mod deadlines;
mod ending;
mod waiting;

use waiting::Waiting;

/// One client's way out. Shared by its task (reads, and writes what waits), its room (writes at the
/// head) and the heartbeat (looks after the time).
#[derive(Debug)]
pub struct Outlet {
    stream: Stream,
    framing: Framing,
    /// Whoever holds it is the socket's one writer. Never held across a wait.
    state: Mutex<State>,
    /// The client's task. Woken when something waits for it; registered by it before it looks.
    task: AtomicWaker,
    /// When the peer was last heard. Written by the read pump, read by the heartbeat.
    heard: AtomicU32,
    /// When a message began that is not whole; 0 for none. Written by the read pump, read by
    /// the heartbeat.
    partial: AtomicU32,
}

#[derive(Debug)]
struct State {
    /// Its seats by their number, of which nearly everyone has one.
    seats: SmallVec<[Option<Seat>; 1]>,
    /// What waits; `None` for a client at the head of its rooms, which is nearly everyone nearly always.
    waiting: Option<Box<Waiting>>,
    phase: Phase,
    /// Whether the client has said who it is; on plain lines nobody has to.
    is_greeted: bool,
    began: Tick,
    /// When the last ping was asked for.
    pinged: Tick,
}

/// The number of a client's seat.
pub(crate) type SeatNumber = u32;

/// A client's place in a room.
#[derive(Debug)]
struct Seat {
    tail: Arc<Tail>,
    cursor: Position,
    /// What is older than the cursor is still on its way: nothing of the tail may go out before it.
    is_held: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// A close frame is the last that waits.
    Closing,
    /// The close frame is out, since then; the peer may still be writing.
    Closed(Tick),
    /// Nothing more is to be done for this peer.
    Gone,
}

/// Where somebody was who stood up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stood {
    /// It had all that is before this.
    At(Position),
    /// What is before its seat was still on its way.
    Held,
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
pub(crate) enum Flushed {
    /// Nothing: all is written.
    Idle,
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
            state: Mutex::new(State {
                seats: SmallVec::new(),
                waiting: None,
                phase: Phase::Open,
                is_greeted: framing.encoding == Encoding::Plain,
                began: now,
                pinged: now,
            }),
            task: AtomicWaker::new(),
            heard: AtomicU32::new(now.0),
            partial: AtomicU32::new(0),
        }
    }

    pub(crate) fn stream(&self) -> &Stream {
        &self.stream
    }

    /// The client's task says who it is, before it looks at what waits.
    pub(crate) fn register(&self, cx: &Context<'_>) {
        self.task.register(cx.waker());
        self.stream.register(cx);
    }

    /// Which frames its client reads.
    pub(crate) fn framing(&self) -> Framing {
        self.framing
    }

    /// The client has said who it is.
    pub(crate) fn greeted(&self) {
        self.state.lock().is_greeted = true;
    }

    /// Takes a seat: what the tail gets from `cursor` on goes to this client; once the seat is released, when it
    /// is held.
    pub(crate) fn sit(&self, tail: Arc<Tail>, cursor: Position, is_held: bool) -> SeatNumber {
        let mut state = self.state.lock();
        let number = state.seats.iter().position(Option::is_none).unwrap_or(state.seats.len());
        if number == state.seats.len() {
            state.seats.push(None);
        }
        if state.phase == Phase::Open {
            state.seats[number] = Some(Seat { tail, cursor, is_held });
        }
        number as SeatNumber
    }

    /// Sends what was on its way before the tail, and lets the tail follow.
    pub(crate) fn release(&self, seat: SeatNumber, frame: Bytes) {
        let mut state = self.state.lock();
        if state.phase != Phase::Open {
            return;
        }
        state.waiting().push(frame);
        if let Some(seat) = state.seat(seat) {
            seat.is_held = false;
        }
        drop(state);
        self.task.wake();
    }

    /// Gives the seat in this tail up, unless that was done already: its number may be another room's by now.
    pub(crate) fn stand_up(&self, seat: SeatNumber, tail: &Arc<Tail>) -> Option<Stood> {
        let mut state = self.state.lock();
        let seat = state.seats.get_mut(seat as usize)?.take_if(|seat| Arc::ptr_eq(&seat.tail, tail))?;
        if state.waiting.as_ref().is_some_and(|waiting| waiting.rides) {
            state.waiting(); // There is nothing to ride with any more.
            self.task.wake();
        }
        Some(if seat.is_held { Stood::Held } else { Stood::At(seat.cursor) })
    }

    /// Writes the batch at `position` if this client is at the head and its socket takes it now.
    ///
    /// Called by the room for each member: no wait, no allocation unless the socket is full.
    pub(crate) fn offer(&self, number: SeatNumber, position: Position, batch: &Batch) -> Offer {
        let mut guard = self.state.lock();
        let state = &mut *guard;
        let Some(Some(seat)) = state.seats.get_mut(number as usize) else { return Offer::Done };
        if seat.cursor > position {
            return Offer::Done;
        }
        let is_behind = state.waiting.as_ref().is_some_and(|waiting| !waiting.rides);
        if is_behind || seat.is_held {
            return Offer::Behind(seat.cursor);
        }
        let frame = batch.frame(self.framing);
        if let Some(mut waiting) = state.waiting.take() {
            // What rides goes before it, in one write; whatever the socket does not take is the client's own task's.
            waiting.board(frame);
            seat.cursor = position + 1;
            let cursor = seat.cursor;
            return match self.write(&mut waiting) {
                Ok(()) if waiting.frames.is_empty() => Offer::Done,
                done => {
                    state.waiting = Some(waiting);
                    if done.is_err() {
                        state.end();
                    }
                    self.task.wake();
                    Offer::Behind(cursor)
                }
            };
        }
        if frame.is_empty() {
            seat.cursor = position + 1;
            return Offer::Done;
        }
        let written = match self.stream.try_write(frame) {
            Ok(written) => written,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
            Err(_) => {
                state.end();
                self.task.wake();
                return Offer::Done;
            }
        };
        if written == frame.len() {
            seat.cursor = position + 1;
            return Offer::Done;
        }
        let mut waiting = Box::<Waiting>::default();
        if written > 0 {
            waiting.push(frame.slice(written..));
            seat.cursor = position + 1;
        }
        let cursor = seat.cursor;
        state.waiting = Some(waiting);
        drop(guard);
        self.task.wake();
        Offer::Behind(cursor)
    }

    /// Writes what the socket takes now of what waits.
    fn write(&self, waiting: &mut Waiting) -> io::Result<()> {
        let mut buffers = [IoSlice::new(&[]); SLICES];
        let count = slices(waiting.frames.iter(), &mut buffers);
        match self.stream.try_write_vectored(&buffers[..count]) {
            Ok(written) => waiting.advance(written),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
        Ok(())
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
        if state.phase == Phase::Open && !frame.is_empty() {
            state.waiting().push(frame);
            drop(state);
            self.task.wake();
        }
    }

    /// Queues a frame for this client alone that may ride with the entry `seq`, which its room is about to write to this
    /// seat: one write for both.
    pub(crate) fn send_with(&self, seat: SeatNumber, seq: u64, frame: Bytes) {
        let mut state = self.state.lock();
        if state.phase != Phase::Open || frame.is_empty() {
            return;
        }
        // While the tail has not got the entry, the room will come by with it, and needs this lock to do so.
        let is_to_come = |seat: &mut Seat| !seat.is_held && seat.tail.head_and_seq().1 < seq;
        let may_ride = state.seat(seat).is_some_and(is_to_come);
        let has_space = |waiting: &Waiting| waiting.rides && waiting.own() < PONG_BYTES;
        let is_riding = may_ride && state.waiting.as_deref().is_none_or(has_space);
        let waiting = state.waiting();
        waiting.push(frame);
        waiting.rides = is_riding;
        if !is_riding {
            drop(state);
            self.task.wake();
        }
    }

    /// Answers a ping: in its turn, or in place of the latest answer to a peer that reads none of them.
    /// Called by the client's own task.
    pub(crate) fn pong(&self, payload: &[u8]) {
        let mut state = self.state.lock();
        if state.phase == Phase::Open {
            let (waiting, pong) = (state.waiting(), frame(Opcode::Pong, payload));
            if waiting.own() < PONG_BYTES && waiting.pong.is_none() {
                waiting.push(pong);
            } else {
                waiting.pong = Some(pong);
            }
        }
    }

    /// Whether so much waits for this client that its messages should not be read.
    pub(crate) fn is_full(&self) -> bool {
        self.state.lock().waiting.as_ref().is_some_and(|waiting| waiting.own() > OWN_BYTES)
    }

    /// Whether the connection is past its close.
    pub(crate) fn is_closing(&self) -> bool {
        self.state.lock().phase != Phase::Open
    }

    /// Writes what waits, then what the tail has for this client, until all is out or the socket is full.
    ///
    /// # Errors
    /// The socket's; the connection is over then.
    pub(crate) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<Flushed>> {
        loop {
            let mut state = self.state.lock();
            match state.phase {
                Phase::Gone => return Poll::Ready(Ok(Flushed::Gone)),
                Phase::Closed(_) => return Poll::Ready(Ok(Flushed::Closed)),
                Phase::Open | Phase::Closing => {}
            }
            let state = &mut *state;
            let Some(waiting) = state.waiting.as_mut().filter(|waiting| !waiting.rides) else {
                return self.stream.poll_flush(cx).map_ok(|()| Flushed::Idle);
            };
            if waiting.frames.is_empty() {
                waiting.place_pong();
                let (mut pulled, mut is_slow) = (0, false);
                for seat in state.seats.iter_mut().flatten().filter(|seat| !seat.is_held) {
                    let before = waiting.bytes;
                    let take = |frame: &Bytes| waiting.push(frame.clone());
                    match seat.tail.read(seat.cursor, PULL_BYTES - pulled, self.framing, take) {
                        Ok(cursor) => seat.cursor = cursor,
                        // The room cuts who falls behind before it trims, so this is only a belt to those braces.
                        Err(_) => is_slow = true,
                    }
                    pulled += waiting.bytes - before;
                    if pulled >= PULL_BYTES {
                        break;
                    }
                }
                waiting.pulled += pulled;
                if is_slow {
                    waiting.push(Close::SLOW.frame());
                    state.seats.clear();
                    state.phase = Phase::Closing;
                }
            }
            if waiting.frames.is_empty() {
                if self.stream.poll_flush(cx)?.is_pending() {
                    return Poll::Pending;
                }
                state.waiting = None;
                if state.phase == Phase::Closing {
                    state.phase = Phase::Closed(Tick::now());
                }
                continue;
            }
            let mut buffers = [IoSlice::new(&[]); SLICES];
            let count = slices(waiting.frames.iter(), &mut buffers);
            match self.stream.poll_write(cx, &buffers[..count]) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(e)) => return Poll::Ready(Err(e)),
                Poll::Ready(Ok(written)) => waiting.advance(written),
            }
        }
    }
}

impl State {
    /// What waits, to add to it; it is not to ride any more.
    fn waiting(&mut self) -> &mut Waiting {
        let waiting = self.waiting.get_or_insert_default();
        waiting.rides = false;
        waiting
    }

    fn seat(&mut self, number: SeatNumber) -> Option<&mut Seat> {
        self.seats.get_mut(number as usize)?.as_mut()
    }

    /// The connection is over as it is; its task, once woken, sees to the rest.
    fn end(&mut self) {
        self.phase = Phase::Gone;
        self.seats.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_left_a_room_is_not_taken_out_of_another_for_it() {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Outlet::new(Stream::other(stream), Encoding::V1.into());
        let (tea, coffee) = (Arc::new(Tail::after(0)), Arc::new(Tail::after(0)));
        let seat = outlet.sit(Arc::clone(&tea), 7, false);
        assert_eq!(outlet.stand_up(seat, &tea), Some(Stood::At(7)));
        assert_eq!(outlet.sit(Arc::clone(&coffee), 3, true), seat, "the number is used again");
        assert_eq!(outlet.stand_up(seat, &tea), None);
        assert_eq!(outlet.stand_up(seat, &coffee), Some(Stood::Held));
        assert_eq!(outlet.stand_up(seat, &coffee), None);
    }
}
