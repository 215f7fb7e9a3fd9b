//! What waits for one client until its socket takes it. Knows neither the socket nor who waits.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::{Buf, Bytes};

use crate::base::clock::Tick;
use crate::base::limits::WRITE_RATE_MIN;

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
                return first.advance(written);
            }
            written -= first.len();
            self.frames.pop_front();
        }
    }
}
