//! The ledger of an open loop: which message got which receipt, and whether everyone heard all of them once
//! and in one order.

/// What the server did wrong.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Faults {
    /// Messages that a client did not hear.
    pub(crate) missing: u64,
    /// Messages that a client heard again, or after a later one.
    pub(crate) out_of_order: u64,
    /// Messages that nobody sent, or that came under another number than others heard.
    pub(crate) foreign: u64,
    /// Messages without a receipt.
    pub(crate) unanswered: u64,
    /// Receipts with another number than the message has, or one more for the same message.
    pub(crate) wrong_receipts: u64,
}

/// What was said, heard and acknowledged. Messages are known by the order of their sending, from 0.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    said: usize,
    /// By message: the number of its receipt.
    receipts: Vec<Option<u64>>,
    /// Number and message, as the client heard it that was the first to hear it.
    order: Vec<(u64, usize)>,
    /// By client: how far it is in the order.
    places: Vec<usize>,
    faults: Faults,
}

impl Ledger {
    pub(crate) fn new(clients: usize) -> Self {
        Self { places: vec![0; clients], ..Self::default() }
    }

    /// A message is about to be sent; gives which it is.
    pub(crate) fn say(&mut self) -> usize {
        self.said += 1;
        self.receipts.push(None);
        self.said - 1
    }

    /// A message was acknowledged under a number.
    pub(crate) fn receipt(&mut self, message: usize, seq: u64) {
        match self.receipts.get_mut(message) {
            Some(receipt @ None) => *receipt = Some(seq),
            _ => self.faults.wrong_receipts += 1,
        }
    }

    /// A client heard a message under a number.
    pub(crate) fn hear(&mut self, client: usize, message: usize, seq: u64) {
        let place = &mut self.places[client];
        let is_new = self.order.last().is_none_or(|(last, _)| seq > *last);
        if message >= self.said {
            self.faults.foreign += 1;
        } else if is_new {
            self.faults.missing += (self.order.len() - *place) as u64;
            self.order.push((seq, message));
            *place = self.order.len();
        } else {
            match self.order.binary_search(&(seq, message)) {
                Ok(found) if found >= *place => {
                    self.faults.missing += (found - *place) as u64;
                    *place = found + 1;
                }
                Ok(_) => self.faults.out_of_order += 1,
                Err(_) => self.faults.foreign += 1,
            }
        }
    }

    /// Whether nothing more is to come: every receipt is there, and every client has heard the last message. It may
    /// have missed others.
    pub(crate) fn is_quiet(&self) -> bool {
        self.order.len() >= self.said
            && self.places.iter().all(|place| *place == self.order.len())
            && self.receipts.iter().all(Option::is_some)
    }

    pub(crate) fn said(&self) -> usize {
        self.said
    }

    /// Messages that clients heard, each client's counted.
    pub(crate) fn deliveries(&self) -> usize {
        self.places.iter().sum()
    }

    /// What went wrong, now that nothing more comes.
    pub(crate) fn faults(&self) -> Faults {
        let mut faults = self.faults;
        faults.missing += self.places.iter().map(|place| (self.order.len() - place) as u64).sum::<u64>();
        faults.missing += (self.said.saturating_sub(self.order.len()) * self.places.len()) as u64;
        faults.unanswered = self.receipts.iter().filter(|receipt| receipt.is_none()).count() as u64;
        let is_wrong = |(seq, message): &&(u64, usize)| self.receipts[*message].is_some_and(|r| r != *seq);
        faults.wrong_receipts += self.order.iter().filter(is_wrong).count() as u64;
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::{Faults, Ledger};

    /// Two clients and three messages, numbered 5, 7 and 9, of which the second client hears some.
    #[track_caller]
    fn check(heard: &[(usize, u64)], receipts: &[(usize, u64)], expected: Faults) {
        let mut ledger = Ledger::new(2);
        for seq in [5, 7, 9] {
            let message = ledger.say();
            ledger.hear(0, message, seq);
        }
        heard.iter().for_each(|&(message, seq)| ledger.hear(1, message, seq));
        receipts.iter().for_each(|&(message, seq)| ledger.receipt(message, seq));
        assert_eq!(ledger.faults(), expected);
    }

    #[test]
    fn it_is_quiet_when_everyone_is_at_the_end_and_every_receipt_has_come() {
        let mut ledger = Ledger::new(2);
        let message = ledger.say();
        let mut is_quiet = vec![ledger.is_quiet()];
        ledger.hear(0, message, 5);
        is_quiet.push(ledger.is_quiet());
        ledger.receipt(message, 5);
        is_quiet.push(ledger.is_quiet());
        ledger.hear(1, message, 5);
        is_quiet.push(ledger.is_quiet());
        assert_eq!(is_quiet, [false, false, false, true]);
    }

    const ALL: [(usize, u64); 3] = [(0, 5), (1, 7), (2, 9)];

    #[test]
    fn a_right_server_has_no_faults() {
        check(&ALL, &ALL, Faults::default());
    }

    #[test]
    fn what_a_client_does_not_hear_is_missing() {
        check(&[(0, 5), (2, 9)], &ALL, Faults { missing: 1, ..Faults::default() });
        check(&[], &ALL, Faults { missing: 3, ..Faults::default() });
    }

    #[test]
    fn what_is_heard_again_or_late_is_out_of_order() {
        let mut ledger = Ledger::new(1);
        let (first, second) = (ledger.say(), ledger.say());
        [(first, 1), (second, 2), (second, 2), (first, 1)]
            .iter()
            .for_each(|&(m, seq)| ledger.hear(0, m, seq));
        assert_eq!(ledger.faults().out_of_order, 2);
        assert_eq!(ledger.faults().missing, 0);
    }

    #[test]
    fn what_nobody_said_or_has_another_number_is_foreign() {
        check(
            &[(0, 5), (1, 6), (2, 9), (3, 10)],
            &ALL,
            Faults { missing: 1, foreign: 2, ..Faults::default() },
        );
    }

    #[test]
    fn a_receipt_is_one_for_each_message_and_has_its_number() {
        check(&ALL, &ALL[..2], Faults { unanswered: 1, ..Faults::default() });
        check(&ALL, &[(0, 5), (1, 8), (2, 9), (2, 9)], Faults { wrong_receipts: 2, ..Faults::default() });
    }
}
