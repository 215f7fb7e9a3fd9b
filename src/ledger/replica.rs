//! A replica: a copy of the chat that has applied the order up to a position. Here an envelope becomes what it comes to: on all
//! machines the same, as nothing is looked at but the order and the state that it has come to.

use crate::ledger::codec::Malformed;
use crate::ledger::envelope::{Envelope, Header};
use crate::ledger::number::Numbers;
use crate::ledger::record::Record;
use crate::ledger::runs::{Runs, Verdict};

/// A message of the order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) position: u64,
    /// The engine's time for it, in Unix milliseconds.
    pub(crate) at: u64,
    pub(crate) bytes: &'a [u8],
}

/// An envelope that was heard and applied.
#[derive(Debug)]
pub(crate) struct Applied<'a, O> {
    pub(crate) envelope: Envelope<'a>,
    pub(crate) verdict: Verdict,
    /// The records of an envelope that took effect.
    pub(crate) records: Vec<Record>,
    /// One for each record.
    pub(crate) outcomes: Vec<O>,
}

/// The outcome of a record, which the digest covers and the sender is answered with.
pub(crate) trait Outcome {
    /// The number that it is told by: an entry's, or 0.
    fn number(&self) -> u64;

    /// The code that it was refused with, if it was. (Its words may differ between builds.)
    fn refusal(&self) -> Option<&str>;
}

/// The state that records are judged by.
pub(crate) trait State {
    type Outcome: Outcome;
    /// Why it cannot be read or written now. What a record is refused for is an outcome.
    type Failure;

    /// The rules that hold.
    fn rules(&self) -> u16;

    /// Judges a record and changes the state. Everything that the outcome depends on is in the record, in its time (Unix
    /// milliseconds), and in the state.
    ///
    /// # Errors
    /// The state cannot be read or written. The envelope is not applied then, and nothing after it.
    fn judge(
        &mut self,
        record: &Record,
        at: u64,
        numbers: &mut Numbers,
    ) -> Result<Self::Outcome, Self::Failure>;
}

/// A digest of the outcomes of all envelopes up to a position: two copies with different digests differ. FNV-1a of eight bytes at
/// a time; it finds faults, not forgeries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Digest(pub(crate) u64);

impl Digest {
    pub(crate) fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    }
}

/// Applies a message to a state. What is not an envelope is passed over.
///
/// # Errors
/// The state cannot be read or written: nothing of this may be kept.
pub(crate) fn apply<'a, S: State>(
    runs: &mut Runs,
    digest: &mut Digest,
    state: &mut S,
    message: Message<'a>,
) -> Result<Option<Applied<'a, S::Outcome>>, S::Failure> {
    let Message { position, at, bytes } = message;
    digest.add(position);
    let envelope = match Envelope::parse(bytes) {
        Ok(envelope) => envelope,
        Err(Malformed) => return Ok(None),
    };
    let verdict = runs.judge(position, &envelope.header);
    digest.add(verdict as u64);
    let mut applied = Applied { envelope, verdict, records: Vec::new(), outcomes: Vec::new() };
    if verdict != Verdict::Effect {
        return Ok(Some(applied));
    }
    let records = match envelope.records(state.rules()) {
        Ok(records) => records,
        Err(unread) => {
            digest.add(unread as u64);
            return Ok(Some(applied));
        }
    };
    let mut numbers = Numbers::at(position);
    for record in records {
        if let Record::Close(closed) = &record {
            closed.iter().for_each(|run| runs.close(position, *run));
        }
        let outcome = state.judge(&record, at, &mut numbers)?;
        digest.add(outcome.number());
        outcome.refusal().iter().flat_map(|code| code.bytes()).for_each(|byte| digest.add(byte.into()));
        applied.outcomes.push(outcome);
        applied.records.push(record);
    }
    Ok(Some(applied))
}

/// The header alone of what a message has, if it is an envelope.
pub(crate) fn header(bytes: &[u8]) -> Option<Header> {
    Envelope::parse(bytes).ok().map(|envelope| envelope.header)
}
