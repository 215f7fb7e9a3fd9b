//! Deflated messages (RFC 7692), inflated. A server that deflates a message once for all its clients is read at the same
//! cost: what was inflated for one client is known when the next has the same bytes.

use flate2::{Decompress, FlushDecompress, Status};
use std::collections::VecDeque;

/// Messages that are known. A client that is read now and then has some hundred of them, which the next has too.
const KNOWN_MAX: usize = 512;

/// Longer than any server here sends, so that a bomb is one.
const MESSAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How a flush ends, which the sender leaves out (RFC 7692, 7.2.2), and a last block of nothing.
const FLUSHED_AND_OVER: [u8; 6] = [0, 0, 0xFF, 0xFF, 0x03, 0x00];

/// What all connections inflate with: no message needs another.
#[derive(Debug)]
pub(crate) struct Inflater {
    inflate: Decompress,
    /// The latest messages.
    known: VecDeque<Known>,
    /// Which of them the next client's next message is likely to be: clients hear them in one order.
    next: usize,
}

#[derive(Debug)]
struct Known {
    deflated: Box<[u8]>,
    message: Vec<u8>,
}

impl Inflater {
    pub(crate) fn new() -> Self {
        Self { inflate: Decompress::new(false), known: VecDeque::new(), next: 0 }
    }

    /// Takes a part of a deflated message, of which `begun` has what came before; gives the message when that is all.
    ///
    /// # Errors
    ///
    /// What is no deflated message.
    pub(crate) fn take(
        &mut self,
        begun: &mut Vec<u8>,
        part: &[u8],
        last: bool,
    ) -> Result<Option<&[u8]>, &'static str> {
        if begun.is_empty() && last {
            return self.message(part).map(Some);
        }
        begun.extend_from_slice(part);
        if begun.len() > MESSAGE_BYTES_MAX {
            return Err("a deflated message of more than 16 MiB");
        }
        if last { self.message(&std::mem::take(begun)).map(Some) } else { Ok(None) }
    }

    fn message(&mut self, deflated: &[u8]) -> Result<&[u8], &'static str> {
        let count = self.known.len();
        let mut places = (self.next..count).chain(0..self.next.min(count));
        let at = match places.find(|&at| *self.known[at].deflated == *deflated) {
            Some(at) => at,
            None => {
                let message = self.inflate(deflated)?;
                if count == KNOWN_MAX {
                    self.known.pop_front();
                }
                self.known.push_back(Known { deflated: deflated.into(), message });
                self.known.len() - 1
            }
        };
        self.next = at + 1;
        Ok(&self.known[at].message)
    }

    fn inflate(&mut self, deflated: &[u8]) -> Result<Vec<u8>, &'static str> {
        self.inflate.reset(false);
        let input = [deflated, &FLUSHED_AND_OVER].concat();
        let mut message = Vec::with_capacity(4 * input.len());
        loop {
            let taken = self.inflate.total_in() as usize;
            let status = self.inflate.decompress_vec(&input[taken..], &mut message, FlushDecompress::None);
            match status {
                Ok(Status::StreamEnd) if self.inflate.total_in() as usize == input.len() => {
                    return Ok(message);
                }
                Ok(Status::Ok | Status::BufError) if message.len() == message.capacity() => {
                    if message.len() > MESSAGE_BYTES_MAX {
                        return Err("a message of more than 16 MiB when it is inflated");
                    }
                    message.reserve(message.len());
                }
                _ => return Err("a message that was not deflated as RFC 7692 says"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FLUSHED_AND_OVER, Inflater, KNOWN_MAX};
    use flate2::{Compress, Compression, FlushCompress};

    fn deflated(message: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 * message.len() + 100);
        let mut deflate = Compress::new(Compression::fast(), false);
        deflate.compress_vec(message, &mut bytes, FlushCompress::Sync).expect("there is room");
        bytes.strip_suffix(&FLUSHED_AND_OVER[..4]).expect("a flush ends so").to_vec()
    }

    #[test]
    fn messages_come_back_however_they_are_cut() {
        let long = "so long ".repeat(10_000);
        let mut inflater = Inflater::new();
        for message in ["", "hello", &long, "hello"] {
            let bytes = deflated(message.as_bytes());
            for cut in [0, 1, bytes.len()] {
                let mut begun = Vec::new();
                if cut > 0 {
                    assert_eq!(inflater.take(&mut begun, &bytes[..cut], false), Ok(None));
                }
                let whole = inflater.take(&mut begun, &bytes[cut..], true);
                assert_eq!(whole, Ok(Some(message.as_bytes())));
                assert!(begun.is_empty());
            }
        }
        assert_eq!(inflater.known.len(), 3, "what was inflated is known");
    }

    #[test]
    fn no_more_is_known_than_there_is_use_for() {
        let mut inflater = Inflater::new();
        for n in (0..KNOWN_MAX + 50).chain(0..10) {
            let message = n.to_string();
            let whole = inflater.take(&mut Vec::new(), &deflated(message.as_bytes()), true);
            assert_eq!(whole, Ok(Some(message.as_bytes())));
        }
        assert_eq!(inflater.known.len(), KNOWN_MAX);
    }

    #[test]
    fn frame_that_was_not_deflated_is_found() {
        let hello = deflated(b"hello");
        for wrong in [b"hello", &hello[..hello.len() - 1]] {
            let told = Inflater::new().take(&mut Vec::new(), wrong, true).expect_err("it is wrong");
            assert!(told.contains("7692"), "{told}");
        }
        let bomb = deflated(&vec![0; 40 << 20]);
        let told = Inflater::new().take(&mut Vec::new(), &bomb, true).expect_err("it is too long");
        assert!(told.contains("16 MiB"), "{told}");
    }
}
