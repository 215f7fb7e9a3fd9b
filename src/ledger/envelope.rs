//! An envelope: records that a machine publishes as one message, in its order among all that it publishes in a run.

use crate::base::limits::{ENVELOPE_BYTES, ENVELOPE_ENTRIES};
use crate::ledger::codec::{Malformed, Reader, Write};
use crate::ledger::record::{Record, RunId};

/// The version of the form. Another form gets another number; what is in a body may change with the rules instead.
const VERSION: u8 = 1;

/// The part before the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// The run that it belongs to.
    pub(crate) run: RunId,
    /// Its place among all envelopes of the run: 1, 2, 3.
    pub(crate) n: u32,
    /// The position that the machine had applied when it packed this.
    pub(crate) seen: u64,
    /// The rules by which the records were written.
    pub(crate) rules: u16,
}

/// An envelope as it is heard: the header is read, the records are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Envelope<'a> {
    pub(crate) header: Header,
    body: &'a [u8],
}

/// Why nothing of an envelope takes effect that is its run's next one. All machines say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It was written by rules that do not hold yet.
    NewerRules,
    /// Its bytes are no records.
    Malformed,
    /// It may become more entries than an envelope has numbers for.
    TooManyEntries,
}

impl Header {
    /// The envelope as bytes, with records that are written already.
    pub(crate) fn with(&self, body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(body.len() + 32);
        bytes.byte(VERSION);
        bytes.extend_from_slice(&self.run.0.to_le_bytes());
        bytes.number(self.n.into());
        bytes.number(self.seen);
        bytes.number(self.rules.into());
        bytes.extend_from_slice(body);
        bytes
    }
}

impl<'a> Envelope<'a> {
    /// Takes a message of the order apart.
    ///
    /// # Errors
    /// It is no envelope, or one of another version: all machines pass it over.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut from = Reader::new(bytes);
        if from.byte()? != VERSION {
            return Err(Malformed);
        }
        let run = RunId(u64::from_le_bytes(from.array()?));
        let n = from.number()?.try_into().map_err(|_| Malformed)?;
        let seen = from.number()?;
        let rules = from.number()?.try_into().map_err(|_| Malformed)?;
        Ok(Self { header: Header { run, n, seen, rules }, body: from.rest() })
    }

    /// The records as bytes: what a machine compares with what it has sent.
    pub(crate) fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The records, by these rules.
    ///
    /// # Errors
    /// Why it takes no effect.
    pub(crate) fn records(&self, rules: u16) -> Result<Vec<Record>, Unread> {
        if self.header.rules > rules {
            return Err(Unread::NewerRules);
        }
        let mut from = Reader::new(self.body);
        let (mut records, mut entries) = (Vec::new(), 0);
        while !from.is_empty() {
            let record = Record::read(&mut from).map_err(|Malformed| Unread::Malformed)?;
            entries += record.entries();
            if entries > ENVELOPE_ENTRIES {
                return Err(Unread::TooManyEntries);
            }
            records.push(record);
        }
        Ok(records)
    }
}

/// The records of the next envelope, as they are packed.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    body: Vec<u8>,
    entries: usize,
}

impl Pack {
    /// Adds a record, unless it is one too many for this envelope.
    ///
    /// The first is added whatever it is: one that no envelope can hold is refused where it is applied, on all machines.
    pub(crate) fn add(&mut self, record: &Record) -> bool {
        let (bytes, entries) = (self.body.len(), self.entries + record.entries());
        record.write(&mut self.body);
        let fits = self.body.len() <= ENVELOPE_BYTES && entries <= ENVELOPE_ENTRIES;
        if !fits && bytes > 0 {
            self.body.truncate(bytes);
            return false;
        }
        self.entries = entries;
        true
    }

    /// The records as bytes.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entry::Draft;
    use crate::base::room_name::RoomName;
    use crate::base::user::UserId;
    use crate::ledger::record::tests::samples;
    use crate::ledger::record::{Append, NameClaim};

    const HEADER: Header = Header { run: RunId(u64::MAX - 1), n: 300, seen: 70_000, rules: 2 };

    fn packed(records: &[Record]) -> Vec<u8> {
        let mut pack = Pack::default();
        records.iter().for_each(|record| assert!(pack.add(record)));
        HEADER.with(&pack.finish())
    }

    fn rename(rooms: usize) -> Record {
        let name = NameClaim { name: "Ada".into(), keys: Vec::new() };
        Record::Rename { who: UserId::new(1), name, rooms: vec![RoomName::lobby(); rooms] }
    }

    #[test]
    fn envelope_is_read_as_it_was_packed_and_no_piece_of_it_is_one() {
        let bytes = packed(&samples());
        let envelope = Envelope::parse(&bytes).expect("an envelope");
        assert_eq!(envelope.header, HEADER);
        assert_eq!(envelope.records(2), Ok(samples()));
        assert_eq!(envelope.records(1), Err(Unread::NewerRules), "unread, whatever is in it");
        for cut in 0..bytes.len() {
            let whole = Envelope::parse(&bytes[..cut]).ok().and_then(|piece| piece.records(2).ok());
            assert_ne!(whole, Some(samples()), "cut at {cut}");
        }
        assert_eq!(Envelope::parse(b"\x02").map(|envelope| envelope.header), Err(Malformed));
    }

    #[test]
    fn envelope_has_no_more_entries_than_numbers_and_no_more_bytes_than_an_engine_takes() {
        let mut pack = Pack::default();
        for _ in 0..ENVELOPE_ENTRIES / 64 {
            assert!(pack.add(&rename(64)));
        }
        assert!(!pack.add(&rename(1)), "a rename of 64 rooms is 64 entries");
        assert!(pack.add(&Record::KeepNames(1)), "this is none");
        let text = "x".repeat(ENVELOPE_BYTES / 2);
        let half = Record::Append(Box::new(Append::plain(Draft::message(&RoomName::lobby(), &text))));
        let mut pack = Pack::default();
        assert!(pack.add(&half) && !pack.add(&half));
        assert!(pack.finish().len() <= ENVELOPE_BYTES);
    }

    #[test]
    fn envelope_of_too_many_entries_is_refused_whole() {
        let bytes = packed(&[rename(ENVELOPE_ENTRIES + 1)]);
        let envelope = Envelope::parse(&bytes).expect("an envelope");
        assert_eq!(envelope.records(2), Err(Unread::TooManyEntries));
        assert_eq!(Envelope::parse(&packed(&[])).expect("an envelope").records(2), Ok(Vec::new()));
    }
}
