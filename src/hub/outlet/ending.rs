//! How a connection ends: with a close after what waits, or as it is.

use std::iter::{empty, once};
use std::time::Duration;

use bytes::Bytes;

use super::{Outlet, Phase};
use crate::base::devices;
use crate::base::error::Error;
use crate::wire::frame::Close;
use crate::wire::protocol::Encoding;
use crate::wire::protocol::event::{self, Event, Failure};

impl Outlet {
    /// Ends the connection because the server goes away; a client that can be told is told when to come back.
    pub(crate) fn say_goodbye(&self, come_back: Duration) {
        let told = self.told(Failure {
            code: "going_away",
            text: Close::GOING_AWAY.reason,
            command: None,
            cid: None,
            room: None,
            retry_after: Some(come_back.as_secs_f64()),
        });
        self.close_with(told.into_iter(), Close::GOING_AWAY);
    }

    /// Ends the connection because the application does, for a reason in words; a client that can be told is told all of it.
    pub(crate) fn dismiss(&self, reason: &str) {
        self.end_for("closed", reason);
    }

    /// Ends the connection because its device was ended; a client that can be told is told so.
    pub(crate) fn end_device(&self) {
        self.turn_away(&devices::ended());
    }

    /// Ends the connection for a reason that its user can do something about; a client that can be told is told it.
    pub(crate) fn turn_away(&self, why: &Error) {
        self.end_for(why.code().as_str(), &why.to_string());
    }

    fn end_for(&self, code: &str, reason: &str) {
        let told = self.told(Failure {
            code,
            text: reason,
            command: None,
            cid: None,
            room: None,
            retry_after: None,
        });
        self.end_with(told.into_iter().chain(once(Close::CLOSED.frame_with(reason))));
    }

    /// What a client of a protocol that has errors is told before it is closed.
    fn told(&self, failure: Failure<'_>) -> Option<Bytes> {
        (self.framing.encoding == Encoding::V1).then(|| event::frame(&Event::Error(failure)))
    }

    /// Ends the connection with a close frame after what waits already. What a [`Session`](crate::Session) sends after
    /// that goes nowhere. Does nothing where the connection is past its close.
    pub fn close(&self, close: Close) {
        self.close_with(empty(), close);
    }

    /// Ends the connection with these frames and a close after them.
    pub(crate) fn close_with(&self, frames: impl Iterator<Item = Bytes>, close: Close) {
        self.end_with(frames.chain(once(close.frame())));
    }

    /// Ends the connection, and lets go of what waits: with a close after a frame that is out in part, or as it is where much of that
    /// is left.
    pub(crate) fn close_emptied(&self, close: Close) {
        let mut state = self.state.lock();
        if matches!(state.phase, Phase::Closed(_) | Phase::Gone) {
            return;
        }
        let waiting = state.waiting();
        if waiting.shed() {
            waiting.push(close.frame());
            state.phase = Phase::Closing;
        } else {
            self.stream.abandon();
            state.end();
            state.waiting = None;
        }
        Self::wake(state);
    }

    /// Answers the peer's close, and so ends the connection.
    pub(crate) fn answer_close(&self, answer: Bytes) {
        self.end_with(once(answer));
    }

    fn end_with(&self, frames: impl Iterator<Item = Bytes>) {
        let mut state = self.state.lock();
        if !state.is_open() {
            return;
        }
        state.phase = Phase::Closing;
        let waiting = state.waiting();
        waiting.place_pong();
        frames.for_each(|frame| waiting.push(frame));
        Self::wake(state);
    }

    /// Ends the connection as it is.
    pub(crate) fn cut(&self) {
        let mut state = self.state.lock();
        state.end();
        Self::wake(state);
    }
}
