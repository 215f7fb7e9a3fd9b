//! The read pump: takes what a client sends off its socket, and hands whole messages to its session.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::task::{Context, Poll, ready};

use crate::clock;
use crate::frame::{Bounds, Close, Decoder, Event, Message};
use crate::limits::{Limits, MESSAGES_A_TURN, READ_BYTES};
use crate::outlet::Outlet;
use crate::rate::Bucket;

/// What a connection's messages mean: a member of a room, or whatever a program makes of them.
///
/// It must not wait: what takes time is begun here and answered through the outlet when it is done.
pub trait Session: fmt::Debug + Send + Unpin + 'static {
    /// Whether the next message may come. Until it is ready the socket is not read, and the peer's own
    /// sending slows down.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let _ = cx;
        Poll::Ready(())
    }

    /// Longest message that may come, in bytes.
    fn message_bytes(&self, limits: &Limits) -> usize {
        limits.message_bytes
    }

    /// Whether the session itself sees to it that nobody says too much; otherwise who does is closed with 4029.
    fn keeps_rate(&self) -> bool {
        false
    }

    /// Takes a message.
    ///
    /// # Errors
    /// The close that ends the connection.
    fn message(&mut self, message: Message<'_>, outlet: &Outlet) -> Result<(), Close>;
}

thread_local! {
    /// The read buffer belongs to the thread, not to the client: an idle client has none.
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ_BYTES]);
}

/// One client's reading side.
#[derive(Debug, Default)]
pub(crate) struct ReadPump {
    decoder: Decoder,
    /// What was read and not looked at yet, because the session was not ready for more.
    held: Box<[u8]>,
    bucket: Bucket,
}

/// Why reading is over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The peer ended the stream, with a close frame before it or without.
    ByPeer,
    /// Here is the close that it earned.
    With(Close),
}

impl ReadPump {
    /// A pump for a connection whose handshake brought some bytes already.
    pub(crate) fn after(handshake: &[u8]) -> Self {
        Self { held: handshake.into(), ..Self::default() }
    }

    /// Reads until nothing is there, the session is not ready, or the reading is over.
    ///
    /// # Errors
    /// The socket's.
    pub(crate) fn poll<S: Session>(
        &mut self,
        cx: &mut Context<'_>,
        outlet: &Outlet,
        session: &mut S,
        limits: &Limits,
    ) -> Poll<io::Result<Ended>> {
        let mut turn = MESSAGES_A_TURN;
        loop {
            if outlet.is_full() {
                return Poll::Pending; // The write pump wakes the task when it got on.
            }
            ready!(session.poll_ready(cx));
            if turn == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if !self.held.is_empty() {
                let mut held = std::mem::take(&mut self.held);
                match self.take(&mut held, &mut turn, cx, outlet, session, limits) {
                    Some(ended) => return Poll::Ready(Ok(ended)),
                    None => continue,
                }
            }
            let ended = BUFFER.with_borrow_mut(|buffer| -> Poll<io::Result<Option<Ended>>> {
                let read = ready!(outlet.stream().poll_read(cx, buffer))?;
                if read == 0 {
                    return Poll::Ready(Ok(Some(Ended::ByPeer)));
                }
                Poll::Ready(Ok(self.take(&mut buffer[..read], &mut turn, cx, outlet, session, limits)))
            });
            if let Some(ended) = ready!(ended)? {
                return Poll::Ready(Ok(ended));
            }
        }
    }

    /// Reads past what the peer still sends after our close; ready at its end.
    ///
    /// # Errors
    /// The socket's.
    pub(crate) fn poll_discard(cx: &mut Context<'_>, outlet: &Outlet) -> Poll<io::Result<()>> {
        BUFFER.with_borrow_mut(|buffer| {
            // Bounded for the others' sake; the peer's time is bounded by the heartbeat.
            for _ in 0..MESSAGES_A_TURN {
                if ready!(outlet.stream().poll_read(cx, buffer))? == 0 {
                    return Poll::Ready(Ok(()));
                }
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
    }

    /// Takes what was read, message by message, for as long as the session is ready.
    fn take<S: Session>(
        &mut self,
        mut input: &mut [u8],
        turn: &mut usize,
        cx: &mut Context<'_>,
        outlet: &Outlet,
        session: &mut S,
        limits: &Limits,
    ) -> Option<Ended> {
        let bounds = Bounds {
            message_bytes: session.message_bytes(limits),
            fragments: limits.fragments,
            is_deflating: outlet.framing().window.is_some(),
        };
        let mut was_between = false;
        let ended = loop {
            if *turn == 0 || outlet.is_full() || session.poll_ready(cx).is_pending() {
                self.held = (&*input).into();
                break None;
            }
            let event = match self.decoder.next(&mut input, bounds) {
                Ok(Some(event)) => event,
                Ok(None) => break None,
                Err(close) => break Some(Ended::With(close)),
            };
            *turn -= 1;
            was_between |= !self.decoder.is_partial();
            let is_counted = !(session.keeps_rate() && matches!(event, Event::Message(_)));
            if is_counted && limits.rate.is_some_and(|rate| !self.bucket.take(rate, clock::elapsed())) {
                break Some(Ended::With(Close::FLOODING));
            }
            match event {
                Event::Message(message) => {
                    if let Err(close) = session.message(message, outlet) {
                        break Some(Ended::With(close));
                    }
                }
                Event::Ping(payload) => outlet.pong(&payload),
                Event::Pong => {}
                Event::Close(answer) => {
                    outlet.answer_close(answer);
                    break Some(Ended::ByPeer);
                }
            }
        };
        outlet.heard(self.decoder.is_partial(), was_between);
        ended
    }
}
