//! The transcript: what a room said, against which every client's bytes are checked; it knows no sockets.
//!
//! Checking each message for each client would cost more than serving it. So the first client to hear a
//! message writes it down, once, after a full check: it is to the byte what its sender sent, and the next
//! one of that sender. What any other client hears is compared with what is written: one `memcmp` a read.
//! All clients hear one order, so equal bytes prove that a client heard every message, once, in order.
//! In `chinwag.v1` that holds as well, for a message's line is the same for all; lines that are no messages
//! may stand anywhere between them, and are passed on.
//!
//! A client whose bytes differ is at fault, or the one that wrote was. From there on it is *detached*: it
//! keeps its own record, is checked message by message, and its missing, doubled and late messages are
//! counted exactly. The transcript itself never takes a line that is not its sender's next, so a fault of
//! one client is not blamed on the others; only which of two orders is the right one cannot be known.

use crate::message::Message;
use crate::receipts::Receipts;
use crate::record::{Faults, Record};
use crate::wire::{Heard, Wire};
use std::collections::VecDeque;
use std::ops::Range;

/// Lines that all clients have heard are forgotten when there are this many bytes of them.
const FORGET_BYTES: usize = 2 * 1024 * 1024;

/// A room's lines in their order, each ended by a newline, from byte `base` of all ever written.
#[derive(Debug)]
pub(crate) struct Transcript {
    pub(crate) wire: Wire,
    bytes: Vec<u8>,
    base: u64,
    /// The messages of `bytes`, each with the byte after its line.
    lines: VecDeque<(u64, Message)>,
    /// Messages before `base`, and for each sender the count of its last one.
    messages_at_base: u64,
    counts_at_base: Vec<u32>,
    /// For each sender, its last message written, and the byte after it.
    written: Vec<(u32, u64)>,
    /// The number of the last message written, where there are numbers.
    seq: u64,
    pub(crate) receipts: Receipts,
}

impl Transcript {
    pub(crate) fn new(senders: usize, wire: Wire) -> Self {
        Self {
            wire,
            bytes: Vec::new(),
            base: 0,
            lines: VecDeque::new(),
            messages_at_base: 0,
            counts_at_base: vec![0; senders],
            written: vec![(0, 0); senders],
            seq: 0,
            receipts: Receipts::default(),
        }
    }

    /// The byte after the last line.
    fn head(&self) -> u64 {
        self.base + self.bytes.len() as u64
    }

    /// The count of the last message written of `sender`.
    pub(crate) fn last_of(&self, sender: usize) -> u32 {
        self.written[sender].0
    }

    /// What follows byte `position`, which is never forgotten while a reader stands there.
    fn after(&self, position: u64) -> &[u8] {
        &self.bytes[(position - self.base) as usize..]
    }

    /// The number of lines that end at or before `position`.
    fn lines_before(&self, position: u64) -> usize {
        self.lines.partition_point(|&(end, _)| end <= position)
    }

    /// Where the line begins in which `position` is.
    fn line_begin(&self, position: u64) -> u64 {
        match self.lines_before(position) {
            0 => self.base,
            lines => self.lines[lines - 1].0,
        }
    }

    /// The messages, the latest first, that one hears to the end with these bytes.
    pub(crate) fn between(&self, bytes: Range<u64>) -> impl Iterator<Item = Message> {
        let after_from = self.lines.iter().rev().take_while(move |&&(end, _)| end > bytes.start);
        after_from.filter(move |&&(end, _)| end <= bytes.end).map(|&(_, message)| message)
    }

    /// Writes down a message's line; refuses one that is not its sender's next.
    fn write(&mut self, message: Message, seq: u64, line: &[u8]) -> bool {
        let end = self.head() + line.len() as u64 + 1;
        let is_later = seq > self.seq || seq == 0;
        match self.written.get_mut(message.sender as usize) {
            Some(written) if is_later && written.0 + 1 == message.count => *written = (message.count, end),
            _ => return false,
        }
        self.bytes.extend_from_slice(line);
        self.bytes.push(b'\n');
        self.lines.push_back((end, message));
        if seq > 0 {
            self.seq = seq;
            self.receipts.heard(message, seq);
        }
        true
    }

    /// Forgets lines that every one of `readers` has heard, once there are enough of them.
    pub(crate) fn forget<'a>(&mut self, readers: impl Iterator<Item = &'a Reader>) {
        if self.bytes.len() < FORGET_BYTES {
            return;
        }
        let positions = readers.filter(|reader| reader.detached.is_none()).map(|reader| reader.position);
        let needed = self.line_begin(positions.min().unwrap_or(self.head()));
        let heard = (needed - self.base) as usize;
        if heard >= FORGET_BYTES / 2 {
            let lines = self.lines_before(needed);
            for (_, message) in self.lines.drain(..lines) {
                self.counts_at_base[message.sender as usize] = message.count;
            }
            self.messages_at_base += lines as u64;
            self.bytes.drain(..heard);
            self.base = needed;
        }
    }

    /// The record of a client that has heard everything up to `position`.
    fn record_up_to(&self, position: u64) -> Record {
        let mut counts = self.counts_at_base.clone();
        let lines = self.lines_before(position);
        for (_, message) in self.lines.range(..lines) {
            counts[message.sender as usize] = message.count;
        }
        Record::new(self.messages_at_base + lines as u64, counts)
    }
}

/// One client's place in the transcript.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The byte of the transcript up to which this client has heard. Stands still once detached.
    position: u64,
    /// A line's beginning that is not in the transcript after `position`.
    begun: Vec<u8>,
    detached: Option<Box<Record>>,
}

impl Reader {
    /// The byte of the transcript up to which this client has heard.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Takes a part of a text message; `last` says that the message ends with it. Lines that are for this client
    /// alone are put on `own`.
    #[inline]
    pub(crate) fn hear(
        &mut self,
        part: &[u8],
        last: bool,
        transcript: &mut Transcript,
        own: &mut Vec<Heard>,
    ) {
        if self.detached.is_none() && self.begun.is_empty() {
            let expected = transcript.after(self.position);
            let same = expected.get(..part.len()).is_some_and(|expected| expected == part);
            if same && (!last || expected.get(part.len()) == Some(&b'\n')) {
                self.position += part.len() as u64 + u64::from(last);
                return;
            }
        }
        self.hear_news(part, last, transcript, own);
    }

    /// Takes what is not in the transcript as it stands here: it is new, no message, or wrong.
    #[cold]
    fn hear_news(&mut self, part: &[u8], last: bool, transcript: &mut Transcript, own: &mut Vec<Heard>) {
        let mut news = std::mem::take(&mut self.begun);
        if news.is_empty() && self.detached.is_none() {
            let begin = transcript.line_begin(self.position);
            news.extend_from_slice(&transcript.after(begin)[..(self.position - begin) as usize]);
            self.position = begin;
        }
        news.extend_from_slice(part);
        if last {
            news.push(b'\n');
        }
        let mut rest = &news[..];
        while let Some(end) = memchr::memchr(b'\n', rest) {
            self.hear_line(&rest[..=end], transcript, own);
            rest = &rest[end + 1..];
        }
        if self.detached.is_none() && transcript.after(self.position).starts_with(rest) {
            self.position += rest.len() as u64;
        } else {
            self.begun = rest.to_vec();
        }
    }

    /// Takes a whole line, with its newline.
    fn hear_line(&mut self, line: &[u8], transcript: &mut Transcript, own: &mut Vec<Heard>) {
        if self.detached.is_none() && transcript.after(self.position).starts_with(line) {
            self.position += line.len() as u64;
            return;
        }
        let line = &line[..line.len() - 1];
        let message = match transcript.wire.read(line) {
            Heard::Message(message, seq) => {
                let is_first = self.detached.is_none() && self.position == transcript.head();
                if is_first && transcript.write(message, seq, line) {
                    self.position = transcript.head();
                    return;
                }
                Some(message)
            }
            Heard::Foreign => None,
            Heard::Aside => return,
            for_us => return own.push(for_us),
        };
        let position = self.position;
        self.detached.get_or_insert_with(|| Box::new(transcript.record_up_to(position))).hear(message);
    }

    /// Whether this client has heard the `count`th message of `sender`.
    #[inline]
    pub(crate) fn has_heard(&self, sender: usize, count: u32, transcript: &Transcript) -> bool {
        match &self.detached {
            None => {
                let (written, end) = transcript.written[sender];
                written >= count && self.position >= end
            }
            Some(record) => record.count_of(sender) >= count,
        }
    }

    /// The number of messages heard.
    pub(crate) fn messages(&self, transcript: &Transcript) -> u64 {
        match &self.detached {
            None => transcript.messages_at_base + transcript.lines_before(self.position) as u64,
            Some(record) => record.messages(),
        }
    }

    /// Whether this client has heard all that was said, `said` being each sender's last count.
    pub(crate) fn has_heard_all(&self, said: &[u32], transcript: &Transcript) -> bool {
        self.missing_at_end(said, transcript) == 0
    }

    /// What went wrong for this client; one that `stayed` to the end should have heard all that was `said`.
    pub(crate) fn faults(&self, stayed: bool, said: &[u32], transcript: &Transcript) -> Faults {
        let mut faults = self.detached.as_ref().map(|record| record.faults()).unwrap_or_default();
        if stayed {
            faults.missing += self.missing_at_end(said, transcript);
        }
        faults
    }

    fn missing_at_end(&self, said: &[u32], transcript: &Transcript) -> u64 {
        let unheard = match &self.detached {
            None => transcript.lines.len() - transcript.lines_before(self.position),
            Some(_) => 0,
        };
        let heard = |sender| match &self.detached {
            None => transcript.last_of(sender),
            Some(record) => record.count_of(sender),
        };
        let behind = |(sender, &count): (usize, &u32)| u64::from(count.saturating_sub(heard(sender)));
        unheard as u64 + said.iter().enumerate().map(behind).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::{FORGET_BYTES, Faults, Reader, Transcript};
    use crate::message::Message;
    use crate::target::Protocol;
    use crate::wire::{Heard, Wire};

    const SIZE: usize = 20;
    const SENDERS: usize = 2;

    fn transcript(protocol: Protocol) -> Transcript {
        Transcript::new(SENDERS, Wire::new(protocol, "tea".to_owned(), SIZE, 0, 1))
    }

    /// A reader that hears plain lines, where nothing is for one client alone.
    fn hear(reader: &mut Reader, part: &[u8], last: bool, transcript: &mut Transcript) {
        let mut own = Vec::new();
        reader.hear(part, last, transcript, &mut own);
        assert_eq!(own, []);
    }

    fn line(sender: u32, count: u32) -> Vec<u8> {
        let mut line = Vec::new();
        Message { sender, count }.push(&mut line, SIZE);
        line
    }

    /// Two clients hear these messages (sender, count), Ada always first; their faults together.
    #[track_caller]
    fn check(ada: &[(u32, u32)], bob: &[(u32, u32)], said: [u32; SENDERS], expected: Faults) {
        let mut transcript = transcript(Protocol::Plain);
        let mut faults = Faults::default();
        let readers = [ada, bob].map(|heard| {
            let mut reader = Reader::default();
            for &(sender, count) in heard {
                hear(&mut reader, &line(sender, count), true, &mut transcript);
            }
            reader
        });
        for reader in &readers {
            faults += reader.faults(true, &said, &transcript);
        }
        assert_eq!(faults, expected);
    }

    #[test]
    fn the_same_for_both_is_faultless() {
        let heard = [(0, 1), (1, 1), (1, 2), (0, 2)];
        check(&heard, &heard, [2, 2], Faults::default());
    }

    #[test]
    fn a_missing_message_is_found_in_the_middle_and_at_the_end() {
        let all = [(0, 1), (0, 2), (0, 3)];
        let one = Faults { missing: 1, ..Faults::default() };
        check(&all, &[(0, 1), (0, 3)], [3, 0], one);
        check(&[(0, 1), (0, 3)], &all, [3, 0], one);
        check(&all, &all[..2], [3, 0], one);
        check(&all, &all, [4, 0], Faults { missing: 2, ..Faults::default() });
    }

    #[test]
    fn a_doubled_message_is_found_whoever_hears_it() {
        let (once, twice) = ([(0, 1), (0, 2)], [(0, 1), (0, 1), (0, 2)]);
        let one = Faults { doubled: 1, ..Faults::default() };
        check(&once, &twice, [2, 0], one);
        check(&twice, &once, [2, 0], one);
    }

    #[test]
    fn a_late_message_is_late_and_not_missing() {
        let (right, late) = ([(0, 1), (0, 2), (0, 3)], [(0, 2), (0, 1), (0, 3)]);
        check(&right, &late, [3, 0], Faults { late: 1, ..Faults::default() });
    }

    #[test]
    fn two_orders_are_not_one() {
        let one = Faults { other_order: 1, ..Faults::default() };
        check(&[(0, 1), (1, 1)], &[(1, 1), (0, 1)], [1, 1], one);
    }

    #[test]
    fn message_that_nobody_sent_is_foreign() {
        let mut transcript = transcript(Protocol::Plain);
        let mut reader = Reader::default();
        for text in [&b""[..], b"hello", &line(2, 1), &line(0, 1)] {
            hear(&mut reader, text, true, &mut transcript);
        }
        let faults = reader.faults(true, &[1, 0], &transcript);
        assert_eq!(faults, Faults { foreign: 3, ..Faults::default() });
    }

    #[test]
    fn frames_may_be_joined_and_cut_anywhere() {
        let all = [line(0, 1), line(1, 1), line(0, 2)].join(&b'\n');
        for cut in 0..=all.len() {
            let mut transcript = transcript(Protocol::Plain);
            let mut readers = [Reader::default(), Reader::default(), Reader::default()];
            let [ada, bob, eve] = &mut readers;
            hear(ada, &all[..cut], false, &mut transcript);
            hear(bob, &all[..cut / 2], false, &mut transcript);
            hear(bob, &all[cut / 2..], true, &mut transcript);
            hear(ada, &all[cut..], true, &mut transcript);
            for (sender, count) in [(0, 1), (1, 1), (0, 2)] {
                hear(eve, &line(sender, count), true, &mut transcript);
            }
            for reader in &readers {
                assert_eq!(reader.faults(true, &[2, 1], &transcript), Faults::default(), "cut at {cut}");
                assert_eq!(reader.messages(&transcript), 3);
            }
        }
    }

    #[test]
    fn a_line_too_long_is_not_waited_for() {
        let mut transcript = transcript(Protocol::Plain);
        let mut reader = Reader::default();
        hear(&mut reader, &[b'x'; SIZE + 1], false, &mut transcript);
        hear(&mut reader, b"", true, &mut transcript);
        assert_eq!(reader.faults(true, &[0, 0], &transcript).foreign, 1);
    }

    #[test]
    fn a_client_that_differs_after_much_was_forgotten_is_still_judged_exactly() {
        let mut transcript = transcript(Protocol::Plain);
        let mut readers = [Reader::default(), Reader::default()];
        let last = u32::try_from(2 * FORGET_BYTES / SIZE).expect("a small number");
        for count in 1..=last {
            for reader in &mut readers {
                hear(reader, &line(1, count), true, &mut transcript);
            }
            transcript.forget(readers.iter());
        }
        assert!(transcript.base > 0 && transcript.bytes.len() < FORGET_BYTES + SIZE);
        hear(&mut readers[0], &line(1, last + 1), true, &mut transcript);
        hear(&mut readers[1], &line(1, last), true, &mut transcript);
        hear(&mut readers[1], &line(1, last + 1), true, &mut transcript);
        let faults = readers[1].faults(true, &[0, last + 1], &transcript);
        assert_eq!(faults, Faults { doubled: 1, ..Faults::default() });
        assert_eq!(readers[1].messages(&transcript), u64::from(last) + 2);
    }

    /// A message as a server of `chinwag.v1` passes it on.
    fn said(sender: u32, count: u32, seq: u64) -> String {
        let text = String::from_utf8(line(sender, count)).expect("digits and points");
        let cid = &text[..16];
        format!(r#"{{"type":"message","room":"tea","seq":{seq},"at":1,"text":"{text}","cid":"{cid}"}}"#)
    }

    #[test]
    fn in_v1_lines_that_are_no_messages_may_stand_anywhere() {
        let receipt = r#"{"type":"receipt","room":"tea","cid":"0000000000000001","seq":4}"#;
        let people = r#"{"type":"people","room":"tea","count":2}"#;
        let (first, second) = (said(0, 1, 4), said(1, 1, 6));
        let ada = [people, &*first, receipt, &*second].join("\n");
        let bob = [&*first, people, &*second].join("\n");
        for cut in 0..=bob.len() {
            let (mut transcript, mut own) = (transcript(Protocol::V1), Vec::new());
            let mut readers = [Reader::default(), Reader::default()];
            readers[0].hear(ada.as_bytes(), true, &mut transcript, &mut own);
            readers[1].hear(&bob.as_bytes()[..cut], false, &mut transcript, &mut own);
            readers[1].hear(&bob.as_bytes()[cut..], true, &mut transcript, &mut own);
            assert_eq!(own, [Heard::Receipt(Message { sender: 0, count: 1 }, 4)], "cut at {cut}");
            for reader in &readers {
                assert_eq!(reader.messages(&transcript), 2, "cut at {cut}");
                assert_eq!(reader.faults(true, &[1, 1], &transcript), Faults::default(), "cut at {cut}");
            }
        }
    }

    #[test]
    fn in_v1_a_message_under_another_number_is_not_the_same() {
        let (mut transcript, mut own) = (transcript(Protocol::V1), Vec::new());
        let mut readers = [Reader::default(), Reader::default()];
        readers[0].hear(said(0, 1, 4).as_bytes(), true, &mut transcript, &mut own);
        readers[1].hear(said(0, 1, 5).as_bytes(), true, &mut transcript, &mut own);
        readers[0].hear(said(0, 2, 3).as_bytes(), true, &mut transcript, &mut own);
        for reader in &readers {
            let faults = reader.faults(true, &[1, 0], &transcript);
            assert_eq!(faults, Faults { other_order: 1, ..Faults::default() });
        }
    }

    #[test]
    fn messages_between_two_places_are_found() {
        let mut transcript = transcript(Protocol::Plain);
        let mut reader = Reader::default();
        for count in 1..=4 {
            hear(&mut reader, &line(0, count), true, &mut transcript);
        }
        let line_bytes = SIZE as u64 + 1;
        let counts = |from: u64, to: u64| {
            let messages = transcript.between(from * line_bytes..to * line_bytes);
            messages.map(|message| message.count).collect::<Vec<_>>()
        };
        assert_eq!((counts(0, 4), counts(1, 3), counts(2, 2)), (vec![4, 3, 2, 1], vec![3, 2], vec![]));
        let within = transcript.between(line_bytes..3 * line_bytes - 1).map(|message| message.count);
        assert_eq!(within.collect::<Vec<_>>(), [2], "a line counts when its end is heard");
    }
}
