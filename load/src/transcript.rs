//! The transcript: what the room said, against which every client's bytes are checked; it knows no sockets.
//!
//! Checking each message for each client would cost more than serving it. So the first client to hear a
//! message writes it down, once, after a full check: it is to the byte what its sender sent, and the next
//! one of that sender. What any other client hears is compared with what is written: one `memcmp` a read.
//! All clients hear one order, so equal bytes prove that a client heard every message, once, in order.
//!
//! A client whose bytes differ is at fault, or the one that wrote was. From there on it is *detached*: it
//! keeps its own record, is checked message by message, and its missing, doubled and late messages are
//! counted exactly. The transcript itself never takes a line that is not its sender's next, so a fault of
//! one client is not blamed on the others; only which of two orders is the right one cannot be known.

use crate::message::Message;
use crate::record::{Faults, Record};

/// Lines that all clients have heard are forgotten when there are this many bytes of them.
const FORGET_BYTES: usize = 2 * 1024 * 1024;

/// The room's lines in their order, each ended by a newline, from byte `base` of all ever written.
#[derive(Debug)]
pub(crate) struct Transcript {
    message_bytes: usize,
    bytes: Vec<u8>,
    base: u64,
    /// For each sender, the count of its last message before `base`.
    counts_at_base: Vec<u32>,
    /// For each sender, its last message written, and the byte after it.
    written: Vec<(u32, u64)>,
}

impl Transcript {
    pub(crate) fn new(senders: usize, message_bytes: usize) -> Self {
        Self {
            message_bytes,
            bytes: Vec::new(),
            base: 0,
            counts_at_base: vec![0; senders],
            written: vec![(0, 0); senders],
        }
    }

    fn line_bytes(&self) -> usize {
        self.message_bytes + 1
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

    /// Writes down a line (without its newline); refuses one that is not its sender's next.
    fn write(&mut self, line: &[u8]) -> bool {
        let Some(message) = Message::parse(line, self.message_bytes) else { return false };
        let head = self.head();
        match self.written.get_mut(message.sender as usize) {
            Some((last, end)) if *last + 1 == message.count => {
                *last = message.count;
                *end = head + line.len() as u64 + 1;
                self.bytes.extend_from_slice(line);
                self.bytes.push(b'\n');
                true
            }
            _ => false,
        }
    }

    /// Forgets lines that every one of `readers` has heard, once there are enough of them.
    pub(crate) fn forget<'a>(&mut self, readers: impl Iterator<Item = &'a Reader>) {
        if self.bytes.len() < FORGET_BYTES {
            return;
        }
        let line_bytes = self.line_bytes() as u64;
        let positions = readers.filter(|reader| reader.detached.is_none()).map(|reader| reader.position);
        let needed = positions.map(|position| position - position % line_bytes).min().unwrap_or(self.head());
        let heard = (needed - self.base) as usize;
        if heard >= FORGET_BYTES / 2 {
            count_lines(&self.bytes[..heard], self.message_bytes, &mut self.counts_at_base);
            self.bytes.drain(..heard);
            self.base = needed;
        }
    }

    /// The record of a client that has heard everything up to `position`.
    fn record_up_to(&self, position: u64) -> Record {
        let heard = &self.bytes[..(position - self.base) as usize];
        let mut counts = self.counts_at_base.clone();
        let whole = heard.len() - (position % self.line_bytes() as u64) as usize;
        count_lines(&heard[..whole], self.message_bytes, &mut counts);
        let messages = position / self.line_bytes() as u64;
        Record::new(messages, counts, heard[whole..].to_vec())
    }
}

/// Brings `counts` up to date with `lines` of the transcript.
fn count_lines(lines: &[u8], message_bytes: usize, counts: &mut [u32]) {
    for line in lines.chunks_exact(message_bytes + 1) {
        let message =
            Message::parse(&line[..message_bytes], message_bytes).expect("a written line was checked");
        counts[message.sender as usize] = message.count;
    }
}

/// One client's place in the transcript.
#[derive(Debug)]
pub(crate) struct Reader {
    /// The byte of the transcript up to which this client has heard. Stands still once detached.
    position: u64,
    /// Heard beyond the transcript's head, but not yet a line.
    unwritten: Vec<u8>,
    detached: Option<Box<Record>>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Self { position: 0, unwritten: Vec::new(), detached: None }
    }

    /// Takes a part of a text message; `last` says that the message ends with it.
    #[inline]
    pub(crate) fn hear(&mut self, part: &[u8], last: bool, transcript: &mut Transcript) {
        if self.detached.is_none() && self.unwritten.is_empty() {
            let expected = transcript.after(self.position);
            let same = expected.get(..part.len()).is_some_and(|expected| expected == part);
            if same && (!last || expected.get(part.len()) == Some(&b'\n')) {
                self.position += part.len() as u64 + u64::from(last);
                return;
            }
        }
        self.hear_news(part, last, transcript);
    }

    /// Takes what is not in the transcript: it is new, or wrong.
    #[cold]
    fn hear_news(&mut self, part: &[u8], last: bool, transcript: &mut Transcript) {
        let mut news = std::mem::take(&mut self.unwritten);
        news.extend_from_slice(part);
        if last {
            news.push(b'\n');
        }
        let mut news = &news[..];
        if self.detached.is_none() {
            let expected = transcript.after(self.position);
            let known = expected.len().min(news.len());
            if expected[..known] == news[..known] {
                self.position += known as u64;
                news = &news[known..];
                while let Some(end) = news.iter().position(|&byte| byte == b'\n') {
                    if !transcript.write(&news[..end]) {
                        break;
                    }
                    self.position = transcript.head();
                    news = &news[end + 1..];
                }
                if !news.contains(&b'\n') && news.len() <= transcript.message_bytes {
                    self.unwritten = news.to_vec();
                    return;
                }
            }
        }
        let position = self.position;
        let record = self.detached.get_or_insert_with(|| Box::new(transcript.record_up_to(position)));
        record.hear(news, transcript.message_bytes);
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
            None => self.position / transcript.line_bytes() as u64,
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
            None => (transcript.head() - self.position).div_ceil(transcript.line_bytes() as u64),
            Some(_) => 0,
        };
        let heard = |sender| match &self.detached {
            None => transcript.last_of(sender),
            Some(record) => record.count_of(sender),
        };
        let behind = |(sender, &count): (usize, &u32)| u64::from(count.saturating_sub(heard(sender)));
        unheard + said.iter().enumerate().map(behind).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::{FORGET_BYTES, Faults, Reader, Transcript};
    use crate::message::Message;

    const SIZE: usize = 20;
    const SENDERS: usize = 2;

    fn line(sender: u32, count: u32) -> Vec<u8> {
        let mut line = Vec::new();
        Message { sender, count }.push(&mut line, SIZE);
        line
    }

    /// Two clients hear these messages (sender, count), Ada always first; their faults together.
    #[track_caller]
    fn check(ada: &[(u32, u32)], bob: &[(u32, u32)], said: [u32; SENDERS], expected: Faults) {
        let mut transcript = Transcript::new(SENDERS, SIZE);
        let mut faults = Faults::default();
        let readers = [ada, bob].map(|heard| {
            let mut reader = Reader::new();
            for &(sender, count) in heard {
                reader.hear(&line(sender, count), true, &mut transcript);
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
    fn what_nobody_sent_is_foreign() {
        let mut transcript = Transcript::new(SENDERS, SIZE);
        let mut reader = Reader::new();
        for text in [&b""[..], b"hello", &line(2, 1), &line(0, 1)] {
            reader.hear(text, true, &mut transcript);
        }
        let faults = reader.faults(true, &[1, 0], &transcript);
        assert_eq!(faults, Faults { foreign: 3, ..Faults::default() });
    }

    #[test]
    fn frames_may_be_joined_and_cut_anywhere() {
        let all = [line(0, 1), line(1, 1), line(0, 2)].join(&b'\n');
        for cut in 0..=all.len() {
            let mut transcript = Transcript::new(SENDERS, SIZE);
            let mut readers = [Reader::new(), Reader::new(), Reader::new()];
            let [ada, bob, eve] = &mut readers;
            ada.hear(&all[..cut], false, &mut transcript);
            bob.hear(&all[..cut / 2], false, &mut transcript);
            bob.hear(&all[cut / 2..], true, &mut transcript);
            ada.hear(&all[cut..], true, &mut transcript);
            for (sender, count) in [(0, 1), (1, 1), (0, 2)] {
                eve.hear(&line(sender, count), true, &mut transcript);
            }
            for reader in &readers {
                assert_eq!(reader.faults(true, &[2, 1], &transcript), Faults::default(), "cut at {cut}");
                assert_eq!(reader.messages(&transcript), 3);
            }
        }
    }

    #[test]
    fn a_line_too_long_is_not_waited_for() {
        let mut transcript = Transcript::new(SENDERS, SIZE);
        let mut reader = Reader::new();
        reader.hear(&[b'x'; SIZE + 1], false, &mut transcript);
        reader.hear(b"", true, &mut transcript);
        assert_eq!(reader.faults(true, &[0, 0], &transcript).foreign, 1);
    }

    #[test]
    fn a_client_that_differs_after_much_was_forgotten_is_still_judged_exactly() {
        let mut transcript = Transcript::new(SENDERS, SIZE);
        let mut readers = [Reader::new(), Reader::new()];
        let last = u32::try_from(2 * FORGET_BYTES / SIZE).expect("a small number");
        for count in 1..=last {
            for reader in &mut readers {
                reader.hear(&line(1, count), true, &mut transcript);
            }
            transcript.forget(readers.iter());
        }
        assert!(transcript.base > 0 && transcript.bytes.len() < FORGET_BYTES + SIZE);
        readers[0].hear(&line(1, last + 1), true, &mut transcript);
        readers[1].hear(&line(1, last), true, &mut transcript);
        readers[1].hear(&line(1, last + 1), true, &mut transcript);
        let faults = readers[1].faults(true, &[0, last + 1], &transcript);
        assert_eq!(faults, Faults { doubled: 1, ..Faults::default() });
        assert_eq!(readers[1].messages(&transcript), u64::from(last) + 2);
    }
}
