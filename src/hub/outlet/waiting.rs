//! What waits for one client until its socket takes it. Knows neither the socket nor who waits.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::{Buf, Bytes};

use crate::base::clock::Tick;
use crate::base::limits::{OWN_BYTES, WRITE_RATE_MIN};

/// What waits until the socket takes it.
#[derive(Debug)]
pub(in super::super) struct Waiting {
    /// Frames that go before those of the tail.
    pub(in super::super) frames: VecDeque<Bytes>,
    /// Their bytes.
    pub(super) bytes: usize,
    /// How many of those, at the front, are the tail's; the others are for this client alone.
    pub(super) pulled: usize,
    /// The answer to the latest ping, when too many wait already: only the latest must be answered
    /// (RFC 6455, 5.5.3).
    pub(super) pong: Option<Bytes>,
    /// Whether a part of the first is out already: then the rest of it must go before anything else.
    is_partial: bool,
    /// Whether the client's task waits until less does.
    pub(super) is_awaited: bool,
    /// Whether the socket took nothing more the last time.
    pub(in super::super) is_blocked: bool,
    /// Up to when it has got on as it must: when the waiting began, and later for each byte that went out.
    pub(in super::super) since: Tick,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            frames: VecDeque::new(),
            bytes: 0,
            pulled: 0,
            pong: None,
            is_partial: false,
            is_awaited: false,
            is_blocked: false,
            since: Tick::now(),
        }
    }
}

impl Waiting {
    pub(in super::super) fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.frames.push_back(frame);
    }

    /// Adds the rest of a frame to nothing: its beginning is out.
    pub(super) fn push_rest(&mut self, rest: Bytes) {
        self.is_partial = true;
        self.push(rest);
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Lets go of all but the rest of a frame that is out in part; whether so little is left then that it may stay.
    pub(super) fn shed(&mut self) -> bool {
        self.frames.truncate(usize::from(self.is_partial));
        self.bytes = self.frames.iter().map(Bytes::len).sum();
        (self.pulled, self.pong) = (self.pulled.min(self.bytes), None);
        self.bytes <= OWN_BYTES
    }

    /// The bytes for this client alone.
    pub(super) fn own(&self) -> usize {
        self.bytes - self.pulled
    }

    pub(super) fn place_pong(&mut self) {
        if let Some(pong) = self.pong.take() {
            self.push(pong);
        }
    }

    pub(super) fn advance(&mut self, mut written: usize) {
        self.since = self.since.later(Duration::from_secs_f64(written as f64 / WRITE_RATE_MIN), Tick::now());
        self.bytes -= written;
        self.pulled = self.pulled.saturating_sub(written);
        while let Some(first) = self.frames.front_mut() {
            if written < first.len() {
                self.is_partial |= written > 0;
                return first.advance(written);
            }
            written -= first.len();
            self.is_partial = false;
            self.frames.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(frames: &[usize]) -> Waiting {
        let mut waiting = Waiting::default();
        frames.iter().for_each(|bytes| waiting.push(Bytes::from(vec![7; *bytes])));
        waiting
    }

    #[test]
    fn rest_of_a_frame_that_is_out_in_part_stays_when_all_else_is_let_go() {
        let mut waiting = holding(&[100, 200, 300]);
        assert!(waiting.shed());
        assert_eq!(waiting.bytes(), 0, "nothing of the first is out");
        let mut waiting = holding(&[100, 200, 300]);
        waiting.advance(150);
        assert!(waiting.shed());
        assert_eq!((waiting.bytes(), waiting.frames.len()), (150, 1));
        let mut waiting = holding(&[100, 200, 300]);
        waiting.advance(100);
        assert!(waiting.shed());
        assert_eq!(waiting.bytes(), 0, "the next has not begun");
        let mut waiting = holding(&[10, 2 * OWN_BYTES]);
        waiting.advance(11);
        assert!(!waiting.shed(), "much is left of it");
        let mut waiting = Waiting::default();
        waiting.push_rest(Bytes::from_static(b"rest"));
        waiting.push(Bytes::from_static(b"more"));
        assert!(waiting.shed());
        assert_eq!(waiting.bytes(), 4);
    }
}
