//! What an outlet has until when: looked at by the heartbeat, so that no client owns a timer.

use std::sync::atomic::Ordering;

use bytes::Bytes;

use super::{Outlet, Phase};
use crate::clock::Tick;
use crate::frame::{Close, Opcode};
use crate::limits::{LINGER, Limits};

impl Outlet {
    /// The read pump heard something: whether a message has begun that is not whole, and whether one had
    /// ended before it (then it is another than the last time).
    pub(crate) fn heard(&self, is_partial: bool, was_between: bool) {
        let now = Tick::now();
        self.heard.store(now.0, Ordering::Relaxed);
        let partial = match (is_partial, self.partial.load(Ordering::Relaxed)) {
            (false, _) => 0,
            (true, since) if since != 0 && !was_between => since,
            (true, _) => now.0.max(1),
        };
        self.partial.store(partial, Ordering::Relaxed);
    }

    /// The heartbeat looks after one client: asks for a ping when it is time, and ends what took too long.
    pub(crate) fn beat(&self, now: Tick, limits: &Limits) {
        let heard = Tick(self.heard.load(Ordering::Relaxed));
        let partial = Tick(self.partial.load(Ordering::Relaxed));
        let pinged = Tick(self.pinged.load(Ordering::Relaxed));
        let mut state = self.state.lock();
        let is_blocked = state.waiting.as_ref().is_some_and(|w| w.since.age(now) > limits.write_wait);
        let is_over = match state.phase {
            Phase::Open(_) | Phase::Closing => is_blocked || heard.age(now) > limits.pong_wait,
            Phase::Closed(since) => since.age(now) > LINGER,
            Phase::Gone => true,
        };
        if is_over {
            if !matches!(state.phase, Phase::Closed(_)) {
                self.stream.abandon();
            }
            state.end();
        } else if !state.is_open() {
            return;
        } else if partial.0 != 0 && partial.age(now) > limits.message_wait {
            drop(state);
            return self.close(Close { code: 1008, reason: "the message took too long to come" });
        } else if !self.is_greeted.load(Ordering::Relaxed) {
            // Who has not said hello is not pinged; where pings come sooner than that may take, it is over by the first.
            drop(state);
            if pinged.age(now) > limits.hello_wait.min(limits.ping_period) {
                self.close(Close::NO_HELLO);
            }
            return;
        } else if pinged.age(now) >= limits.ping_period {
            self.pinged.store(now.0, Ordering::Relaxed);
            state.waiting().push(Bytes::from_static(&[0x80 | Opcode::Ping as u8, 0]));
        } else {
            return;
        }
        Self::wake(state);
    }
}
