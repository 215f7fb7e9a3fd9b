//! A schedule: messages that are due at a steady rate, whoever is slow. An open loop.

use crate::message::Message;
use std::time::{Duration, Instant};

/// The kernel notes when something came, so clients may be read later. This lets a server's pass over all of them be
/// read at once, instead of having every send wake the load generator.
const PATIENCE: Duration = Duration::from_millis(2);

/// How long clients may wait to be read at such a rate. What another message follows before it is read counts as if it
/// came with that, so they are read at once where that would happen often.
pub(crate) fn patience(per_second: f64) -> Duration {
    let is_seldom = per_second * PATIENCE.as_secs_f64() <= 0.5;
    if is_seldom { PATIENCE } else { Duration::ZERO }
}

/// When each message of each sender is due. The senders speak in turn.
#[derive(Debug)]
pub(crate) struct Schedule {
    begin: Instant,
    per_second: f64,
    senders: u64,
    /// Messages that were taken.
    taken: u64,
}

impl Schedule {
    /// The first message is due now.
    pub(crate) fn new(per_second: f64, senders: usize) -> Self {
        Self { begin: Instant::now(), per_second, senders: senders as u64, taken: 0 }
    }

    /// When the next message is due.
    pub(crate) fn next(&self) -> Instant {
        self.nth(self.taken)
    }

    /// Takes the next message; gives whose it is.
    pub(crate) fn take(&mut self) -> usize {
        self.taken += 1;
        ((self.taken - 1) % self.senders) as usize
    }

    /// When a message is due, or was.
    pub(crate) fn due(&self, message: Message) -> Instant {
        self.nth(u64::from(message.count - 1) * self.senders + u64::from(message.sender))
    }

    fn nth(&self, n: u64) -> Instant {
        self.begin + Duration::from_secs_f64(n as f64 / self.per_second)
    }
}

#[cfg(test)]
mod tests {
    use super::Schedule;
    use crate::message::Message;

    #[test]
    fn senders_speak_in_turn_and_each_message_has_its_time() {
        let mut schedule = Schedule::new(100.0, 3);
        let mut counts = [0; 3];
        for n in 0..7 {
            let next = schedule.next();
            let sender = schedule.take();
            counts[sender] += 1;
            assert_eq!(sender, n % 3);
            let message = Message { sender: sender as u32, count: counts[sender] };
            assert_eq!(schedule.due(message), next);
            assert_eq!((next - schedule.begin).as_millis(), 10 * n as u128);
        }
    }
}
