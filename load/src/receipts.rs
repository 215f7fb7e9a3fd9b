//! Receipts: whether each message of `chinwag.v1` got one, with the number under which everybody heard it.

use crate::message::Message;
use std::collections::HashMap;

/// The receipts of a room.
#[derive(Debug, Default)]
pub(crate) struct Receipts {
    /// Messages of which only one of the two is there yet. They come in either order.
    halves: HashMap<Message, Half>,
    wrong: u64,
}

#[derive(Debug, Clone, Copy)]
enum Half {
    Heard(u64),
    Acknowledged(u64),
}

impl Receipts {
    /// A message was heard by everybody, under this number.
    pub(crate) fn heard(&mut self, message: Message, seq: u64) {
        match self.halves.remove(&message) {
            Some(Half::Acknowledged(acknowledged)) => self.wrong += u64::from(acknowledged != seq),
            _ => drop(self.halves.insert(message, Half::Heard(seq))),
        }
    }

    /// A message was acknowledged under this number.
    pub(crate) fn acknowledged(&mut self, message: Message, seq: u64) {
        match self.halves.remove(&message) {
            Some(Half::Heard(heard)) => self.wrong += u64::from(heard != seq),
            None => drop(self.halves.insert(message, Half::Acknowledged(seq))),
            // A second one, while the message itself is still to come.
            Some(first) => {
                self.wrong += 1;
                self.halves.insert(message, first);
            }
        }
    }

    /// A receipt came to somebody else than the sender.
    pub(crate) fn astray(&mut self) {
        self.wrong += 1;
    }

    /// Messages that everybody heard and that have no receipt, of the senders that are `staying`.
    pub(crate) fn unanswered(&self, staying: impl Fn(usize) -> bool) -> u64 {
        let is_open = |(message, half): &(&Message, &Half)| {
            matches!(half, Half::Heard(_)) && staying(message.sender as usize)
        };
        self.halves.iter().filter(is_open).count() as u64
    }

    /// Receipts with another number than the message, one more for the same message, or for one that nobody heard.
    pub(crate) fn wrong(&self) -> u64 {
        let unheard = self.halves.values().filter(|half| matches!(half, Half::Acknowledged(_)));
        self.wrong + unheard.count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::Receipts;
    use crate::message::Message;

    /// Messages (count, number) that are heard before or after receipts (count, number) come; what is unanswered and
    /// what is wrong.
    #[track_caller]
    fn check(heard: &[(u32, u64)], acknowledged: &[(u32, u64)], expected: (u64, u64)) {
        let message = |count| Message { sender: 3, count };
        for receipts_first in [false, true] {
            let mut receipts = Receipts::default();
            let hear = |receipts: &mut Receipts| {
                heard.iter().for_each(|&(count, seq)| receipts.heard(message(count), seq));
            };
            if !receipts_first {
                hear(&mut receipts);
            }
            acknowledged.iter().for_each(|&(count, seq)| receipts.acknowledged(message(count), seq));
            if receipts_first {
                hear(&mut receipts);
            }
            assert_eq!((receipts.unanswered(|_| true), receipts.wrong()), expected, "{receipts_first}");
            assert_eq!(receipts.unanswered(|sender| sender != 3), 0, "who was cut off gets none");
        }
    }

    #[test]
    fn each_message_has_one_receipt_with_its_number() {
        check(&[(1, 5), (2, 7)], &[(2, 7), (1, 5)], (0, 0));
        check(&[(1, 5), (2, 7)], &[(1, 5)], (1, 0));
        check(&[(1, 5), (2, 7)], &[(1, 5), (2, 8)], (0, 1));
    }

    #[test]
    fn a_receipt_too_many_is_wrong() {
        check(&[(1, 5)], &[(1, 5), (1, 5)], (0, 1));
        check(&[(1, 5)], &[(1, 5), (2, 6)], (0, 1));
    }
}
