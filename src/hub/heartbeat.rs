//! The heartbeat: one task that keeps every deadline of every client, so that no client owns a timer. It pings, and ends a
//! connection that was silent, blocked, without a hello or in the middle of a message for too long. On its way it adds up what
//! waits for all of them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::task::yield_now;
use tokio::time::{MissedTickBehavior, interval};

use crate::base::clock::{self, Tick};
use crate::base::counts::COUNTS;
use crate::base::limits::{LINGER, Limits};
use crate::hub::clients::Clients;
use crate::hub::outlet::{GREETED, Outlet, Phase, READ, State};
use crate::hub::quotas::Quotas;
use crate::hub::shed::Shed;
use crate::wire::frame::{Close, Opcode};

/// Checks every client once a tick, for as long as it is polled.
pub(crate) async fn run(clients: &Clients, quotas: &Quotas, limits: &Limits) {
    let mut ticks = interval(limits.tick());
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut checked, mut shed) = (Tick::now(), Shed::new(limits.waiting_bytes));
    loop {
        ticks.tick().await;
        quotas.sweep(clock::elapsed());
        let chunks = clients.chunks();
        if chunks == 0 {
            checked = Tick::now();
        }
        let mut waiting = 0;
        for chunk in 0..chunks {
            let (before, now) = (checked, Tick::now());
            checked = now;
            // Stopped, frozen or without a turn for longer: what a peer sent meanwhile was not heard either.
            let away = before.age(now);
            if away > 2 * limits.tick() {
                tracing::debug!(?away, "the server itself was away: all deadlines are later by as much");
                let by = away - limits.tick();
                clients.for_each(|outlet| outlet.postpone(by, now));
            }
            clients.for_each_in(chunk, |outlet| {
                outlet.check_deadlines(now, limits);
                waiting += outlet.waiting_bytes();
            });
            yield_now().await;
        }
        shed.check(clients, waiting);
    }
}

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

    /// The server itself did nothing for so long, so all deadlines are later by as much.
    fn postpone(&self, by: Duration, now: Tick) {
        let later = |mark: &AtomicU32| {
            mark.store(Tick(mark.load(Ordering::Relaxed)).later(by, now).0, Ordering::Relaxed);
        };
        later(&self.heard);
        later(&self.pinged);
        if self.partial.load(Ordering::Relaxed) != 0 {
            later(&self.partial);
        }
        let mut state = self.state.lock();
        if let Some(waiting) = &mut state.waiting {
            waiting.since = waiting.since.later(by, now);
        }
        if let Phase::Closed(since) = &mut state.phase {
            *since = since.later(by, now);
        }
    }

    /// Sends a ping when it is time, and ends what took too long.
    fn check_deadlines(&self, now: Tick, limits: &Limits) {
        if !self.has(READ) {
            // The peer's silence is the server's own, and so is the time that its message takes.
            self.heard.store(now.0, Ordering::Relaxed);
            if self.partial.load(Ordering::Relaxed) != 0 {
                self.partial.store(now.0.max(1), Ordering::Relaxed);
            }
        }
        let heard = Tick(self.heard.load(Ordering::Relaxed));
        let partial = Tick(self.partial.load(Ordering::Relaxed));
        let pinged = Tick(self.pinged.load(Ordering::Relaxed));
        let mut state = self.state.lock();
        if self.has_got_on(&mut state, now, limits) {
            return Self::wake(state);
        }
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
            if state.is_open() {
                let cut_off = if is_blocked { &COUNTS.clients_blocked } else { &COUNTS.clients_silent };
                cut_off.add_one();
            }
            state.end();
        } else if !state.is_open() {
            return;
        } else if partial.0 != 0 && partial.age(now) > limits.message_wait {
            drop(state);
            return self.close(Close { code: 1008, reason: "the message took too long to come" });
        } else if !self.has(GREETED) {
            // A client without a hello is not pinged: it is closed after the hello wait, or after one ping period if that is
            // shorter.
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

    /// Tries the write of a client that is blocked for a tick or longer; whether the socket took something. A socket
    /// becomes writable when a third of its buffer is free, which takes a slow link longer than the write wait; but it
    /// takes a write as soon as its peer took anything.
    fn has_got_on(&self, state: &mut State, now: Tick, limits: &Limits) -> bool {
        let Some(waiting) = &mut state.waiting else { return false };
        if !waiting.is_blocked || waiting.since.age(now) < limits.tick() {
            return false;
        }
        match waiting.frames.front().map(|frame| self.stream.try_write(frame)) {
            Some(Ok(written)) => self.wrote(waiting, written),
            _ => return false, // What is wrong with it, its own task finds out.
        }
        true
    }
}
