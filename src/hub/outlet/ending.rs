//! How a connection ends: with a close after what waits, or as it is.

use std::time::Duration;

use bytes::Bytes;

use super::{Outlet, Phase};
use crate::wire::frame::Close;
use crate::wire::protocol::Encoding;
use crate::wire::protocol::event::{self, Event};

impl Outlet {
    /// Ends the connection because the server goes away; a client that can be told is told when to come back.
    pub(crate) fn say_goodbye(&self, come_back: Duration) {
        let told = match self.framing.encoding {
            Encoding::Plain => None,
            Encoding::V1 => Some(event::frame(&Event::Error(event::Failure {
                code: "going_away",
                text: Close::GOING_AWAY.reason,
                command: None,
                cid: None,
                retry_after: Some(come_back.as_secs_f64()),
            }))),
        };
        self.close_with(told.into_iter(), Close::GOING_AWAY);
    }

    /// Ends the connection with a close frame after what waits already. The client leaves the room's tail.
    pub(crate) fn close(&self, close: Close) {
        self.close_with(std::iter::empty(), close);
    }

    /// Ends the connection with these frames and a close after them.
    pub(crate) fn close_with(&self, frames: impl Iterator<Item = Bytes>, close: Close) {
        self.end_with(frames.chain(std::iter::once(close.frame())));
    }

    /// Answers the peer's close, and so ends the connection.
    pub(crate) fn answer_close(&self, answer: Bytes) {
        self.end_with(std::iter::once(answer));
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
