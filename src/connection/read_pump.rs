//! The read pump: takes what a client sends off its socket, and hands whole messages to its session.
//!
//! Reading does not wait for the session. Control frames are answered as they come; messages that the session is not
//! ready for are held, up to [`HELD_BYTES`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::base::limits::{HELD_BYTES, HELD_MESSAGE_BYTES, Limits, READ_BYTES};
use crate::connection::budget;
use crate::connection::rate;
use crate::hub::outlet::Outlet;
use crate::wire::bucket::Bucket;
use crate::wire::frame::{Bounds, Close, Decoder, Event, Message};

/// What a connection's messages mean: a member of a room, or whatever a program makes of them.
///
/// It must not wait: what takes time is begun here and answered through the outlet when it is done.
pub trait Session: fmt::Debug + Send + Unpin + 'static {
    /// Whether the next message may come. Until it is ready, messages are held; when many are, the socket is not read,
    /// and the peer's own sending slows down. Called whenever the connection's task runs, also without a message.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let _ = cx;
        Poll::Ready(())
    }

    /// Longest message that may come, in bytes.
    fn message_bytes(&self, limits: &Limits) -> usize {
        limits.message_bytes
    }

    /// Whether the session itself counts what its client sends against the rate. Otherwise each message counts as one, and a client
    /// that sends too much is closed with 4029.
    fn meters_itself(&self) -> bool {
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
    /// What came too early; `None` for nearly everyone nearly always.
    held: Option<Box<Backlog>>,
    bucket: Bucket,
}

/// What was read and is not with the session yet.
#[derive(Debug, Default)]
struct Backlog {
    messages: VecDeque<Message<'static>>,
    /// What the messages count for.
    bytes: usize,
    /// What was read after them and is not decoded.
    rest: Vec<u8>,
    /// Why nothing is read after them. They go to the session first: they were sent before it.
    ended: Option<ReadEnd>,
}

/// Why reading is over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadEnd {
    /// The peer ended the stream without a close frame.
    ByPeer,
    /// The peer has closed; here is the close frame that answers it.
    Closed(Bytes),
    /// Here is the close that it earned.
    With(Close),
}

impl ReadPump {
    /// A pump for a connection whose handshake brought some bytes already.
    pub(crate) fn after(handshake: &[u8]) -> Self {
        let held = || Box::new(Backlog { rest: handshake.to_vec(), ..Backlog::default() });
        Self { held: (!handshake.is_empty()).then(held), ..Self::default() }
    }

    /// Reads until nothing is there, the poll's budget or the space for held messages is used up, or the reading is over.
    ///
    /// # Errors
    /// The socket's.
    pub(crate) fn poll<S: Session>(
        &mut self,
        cx: &mut Context<'_>,
        outlet: &Outlet,
        session: &mut S,
        limits: &Limits,
    ) -> Poll<io::Result<ReadEnd>> {
        loop {
            if let Some(ended) = self.hand_over(cx, outlet, session) {
                return Poll::Ready(Ok(ended));
            }
            outlet.set_read(!self.is_full());
            if self.is_full() {
                return Poll::Pending; // Woken by the session when it takes what is held.
            }
            ready!(budget::poll_left(cx));
            let mut rest = self.held.as_mut().map_or_else(Vec::new, |held| std::mem::take(&mut held.rest));
            let ended = if !rest.is_empty() {
                self.decode(&mut rest, cx, outlet, session, limits)
            } else {
                ready!(BUFFER.with_borrow_mut(|buffer| -> Poll<io::Result<Option<ReadEnd>>> {
                    let read = ready!(outlet.stream().poll_read(cx, buffer))?;
                    Poll::Ready(Ok(match &mut buffer[..read] {
                        [] => Some(ReadEnd::ByPeer),
                        input => self.decode(input, cx, outlet, session, limits),
                    }))
                }))?
            };
            if ended.is_some() {
                self.held.get_or_insert_default().ended = ended;
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
            loop {
                ready!(budget::poll_left(cx));
                let read = ready!(outlet.stream().poll_read(cx, buffer))?;
                if read == 0 {
                    return Poll::Ready(Ok(()));
                }
                budget::spend(cx, read);
            }
        })
    }

    /// Has the session get on with its work, and gives it what was held for as long as it is ready. Then gives why the
    /// reading is over, if it is.
    fn hand_over<S: Session>(
        &mut self,
        cx: &mut Context<'_>,
        outlet: &Outlet,
        session: &mut S,
    ) -> Option<ReadEnd> {
        while is_ready(cx, outlet, session) {
            let held = self.held.as_mut()?;
            if budget::poll_left(cx).is_pending() {
                return None;
            }
            let Some(message) = held.messages.pop_front() else { break };
            held.bytes -= weight(&message);
            budget::spend(cx, 0);
            if let Err(close) = session.message(message, outlet) {
                return Some(ReadEnd::With(close));
            }
        }
        let held = self
            .held
            .take_if(|held| held.messages.is_empty() && (held.rest.is_empty() || held.ended.is_some()))?;
        held.ended
    }

    /// Decodes what was read, event by event, until the budget or the space is used up.
    fn decode<S: Session>(
        &mut self,
        mut input: &mut [u8],
        cx: &mut Context<'_>,
        outlet: &Outlet,
        session: &mut S,
        limits: &Limits,
    ) -> Option<ReadEnd> {
        let bounds = Bounds {
            message_bytes: session.message_bytes(limits),
            fragments: limits.fragments,
            is_deflating: outlet.framing().window.is_some(),
        };
        let mut was_between = false;
        let ended = loop {
            if self.is_full() || budget::poll_left(cx).is_pending() {
                if !input.is_empty() {
                    self.held.get_or_insert_default().rest = input.to_vec();
                }
                break None;
            }
            let event = match self.decoder.next(&mut input, bounds) {
                Ok(Some(event)) => event,
                Ok(None) => break None,
                Err(close) => break Some(ReadEnd::With(close)),
            };
            was_between |= !self.decoder.is_partial();
            let is_counted = !(session.meters_itself() && matches!(event, Event::Message(_)));
            if is_counted && let Err(close) = rate::pay_frame(&mut self.bucket, outlet, limits) {
                break Some(ReadEnd::With(close));
            }
            match event {
                Event::Message(message) => {
                    budget::spend(cx, message.payload.len());
                    let is_first = self.held.as_ref().is_none_or(|held| held.messages.is_empty());
                    if !(is_first && is_ready(cx, outlet, session)) {
                        self.hold(message);
                    } else if let Err(close) = session.message(message, outlet) {
                        break Some(ReadEnd::With(close));
                    }
                }
                Event::Ping(payload) => {
                    budget::spend(cx, 0);
                    outlet.pong(&payload);
                }
                Event::Pong => budget::spend(cx, 0),
                Event::Close(answer) => break Some(ReadEnd::Closed(answer)),
            }
        };
        outlet.heard(self.decoder.is_partial(), was_between);
        ended
    }

    fn hold(&mut self, message: Message<'_>) {
        let held = self.held.get_or_insert_default();
        held.bytes += weight(&message);
        held.messages.push_back(Message {
            is_text: message.is_text,
            payload: Cow::Owned(message.payload.into_owned()),
        });
    }

    /// Whether as much is held as may be.
    fn is_full(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.bytes >= HELD_BYTES || held.ended.is_some())
    }
}

/// Whether the session may have the next message, and what it answers has space. The session comes first: its work
/// goes on whatever the client takes.
fn is_ready<S: Session>(cx: &mut Context<'_>, outlet: &Outlet, session: &mut S) -> bool {
    session.poll_ready(cx).is_ready() && outlet.poll_space(cx).is_ready()
}

/// What a held message counts for.
fn weight(message: &Message<'_>) -> usize {
    message.payload.len() + HELD_MESSAGE_BYTES
}
