//! A schedule: messages that are due at a steady rate, whoever is slow. An open loop.

use crate::message::Message;
use std::time::{Duration, Instant};

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
