//! A follower hears the order from where its machine is. It sees to it that what is applied is the whole order, without a hole,
//! and that it is the order that was applied before: an engine may have lost its end, and go on with another.

use crate::ledger::record::RunId;

/// The identity of a message: two messages at one position of two orders differ in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) run: RunId,
    pub(crate) n: u32,
    /// The engine's time for it, in Unix milliseconds.
    pub(crate) at: u64,
}

/// The meaning of a message for the machine that hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// The next one: it is applied.
    Next,
    /// The last that was applied: the order is the one that the machine knows.
    Known,
    /// Some were not heard between the last and this: it asks for them again, from its position on.
    Hole,
    /// The order does not go back any more to where the machine is: it begins anew, with a snapshot.
    Trimmed,
    /// The order has another message in the place of one that was applied: what was acknowledged is lost there. The machine
    /// does not go on with it.
    OtherOrder,
}

/// How far a machine has applied the order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Follower {
    position: u64,
    /// The last that was applied; none before the first.
    last: Option<Stamp>,
    /// Whether it has heard, since it asked the engine last, that its position is still what it was.
    is_verified: bool,
}

impl Follower {
    /// A machine that has applied all up to a position.
    pub(crate) fn at(position: u64, last: Option<Stamp>) -> Self {
        Self { position, last, is_verified: last.is_none() }
    }

    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    pub(crate) fn last(&self) -> Option<Stamp> {
        self.last
    }

    /// The position from which it asks the engine: its own, so that the first message that it hears is one that it knows.
    pub(crate) fn ask(&mut self) -> u64 {
        self.is_verified = self.last.is_none();
        if self.is_verified { self.position + 1 } else { self.position }
    }

    /// A message at a position of the order. It is taken for applied when it is [`Heard::Next`].
    pub(crate) fn hear(&mut self, position: u64, stamp: Stamp) -> Heard {
        if !self.is_verified {
            return match position.cmp(&self.position) {
                std::cmp::Ordering::Equal if self.last == Some(stamp) => {
                    self.is_verified = true;
                    Heard::Known
                }
                std::cmp::Ordering::Greater => Heard::Trimmed,
                _ => Heard::OtherOrder,
            };
        }
        match position.checked_sub(self.position) {
            Some(1) => {
                (self.position, self.last) = (position, Some(stamp));
                Heard::Next
            }
            Some(0) | None => Heard::OtherOrder,
            Some(_) if self.last.is_none() => Heard::Trimmed,
            Some(_) => Heard::Hole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(n: u32) -> Stamp {
        Stamp { run: RunId(1), n, at: 1_000 + u64::from(n) }
    }

    #[test]
    fn order_is_heard_whole_from_the_first_on() {
        let mut follower = Follower::at(0, None);
        assert_eq!(follower.ask(), 1);
        assert_eq!(follower.hear(1, stamp(1)), Heard::Next);
        assert_eq!(follower.hear(2, stamp(2)), Heard::Next);
        assert_eq!(follower.hear(4, stamp(4)), Heard::Hole);
        assert_eq!((follower.position(), follower.ask()), (2, 2));
        assert_eq!(follower.hear(2, stamp(2)), Heard::Known);
        assert_eq!(follower.hear(3, stamp(3)), Heard::Next);
        assert_eq!(follower.last(), Some(stamp(3)));
    }

    #[test]
    fn order_that_lost_its_end_is_noticed_even_if_it_has_grown_beyond_again() {
        let known = Follower::at(7, Some(stamp(7)));
        for (position, stamp, heard) in [
            (7, stamp(7), Heard::Known),
            (7, stamp(8), Heard::OtherOrder),
            (7, Stamp { at: 1, ..stamp(7) }, Heard::OtherOrder),
            (6, stamp(6), Heard::OtherOrder),
            (8, stamp(8), Heard::Trimmed),
        ] {
            let mut follower = known;
            assert_eq!(follower.ask(), 7);
            assert_eq!(follower.hear(position, stamp), heard, "{position} {stamp:?}");
            assert_eq!(follower.position(), 7);
        }
    }

    #[test]
    fn machine_with_nothing_needs_the_order_from_its_first_on() {
        let mut follower = Follower::at(0, None);
        assert_eq!(follower.hear(3, stamp(3)), Heard::Trimmed);
    }
}
