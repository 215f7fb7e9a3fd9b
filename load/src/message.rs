//! A chat message of ours: who sent it and which of theirs it is, and words up to the size asked for.

/// The smallest message: eight hexadecimal digits for the sender, eight for the count.
pub(crate) const MESSAGE_BYTES_MIN: usize = 16;

/// The commonest words of English: a message can be deflated about as well as one that somebody said.
const WORDS: [&str; 64] = [
    "the", "be", "to", "of", "and", "a", "in", "that", "have", "it", "for", "not", "on", "with", "he", "as",
    "you", "do", "at", "this", "but", "his", "by", "from", "they", "we", "say", "her", "she", "or", "an",
    "will", "my", "one", "all", "would", "there", "their", "what", "so", "up", "out", "if", "about", "who",
    "get", "which", "go", "me", "when", "make", "can", "like", "time", "no", "just", "him", "know", "take",
    "people", "into", "year", "your", "good",
];

/// What ends a message in place of a space, which a server may take off.
const END: u8 = b'.';

/// The `count`th message of a sender; counts begin with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Message {
    pub(crate) sender: u32,
    pub(crate) count: u32,
}

impl Message {
    /// Appends the message to `out`, in `size` bytes.
    pub(crate) fn push(self, out: &mut Vec<u8>, size: usize) {
        let end = out.len() + size;
        for number in [self.sender, self.count] {
            out.extend((0..8).rev().map(|digit| b"0123456789abcdef"[(number >> (4 * digit)) as usize & 15]));
        }
        // Knuth's linear congruential generator (MMIX), whose highest bits are the best.
        let mut chance = u64::from(self.sender) << 32 | u64::from(self.count);
        while out.len() < end {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            out.push(b' ');
            out.extend_from_slice(WORDS[(chance >> 58) as usize].as_bytes());
        }
        out.truncate(end);
        if let Some(last @ b' ') = out.last_mut() {
            *last = END;
        }
    }

    /// Reads a line; `None` unless it is to the byte what [`push`](Self::push) made.
    pub(crate) fn parse(line: &[u8], size: usize) -> Option<Self> {
        if line.len() != size || size < MESSAGE_BYTES_MIN {
            return None;
        }
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0, |number, &digit| match digit {
                b'0'..=b'9' => Some(number << 4 | u32::from(digit - b'0')),
                b'a'..=b'f' => Some(number << 4 | u32::from(digit - b'a' + 10)),
                _ => None,
            })
        };
        let message = Self { sender: number(&line[..8])?, count: number(&line[8..16])? };
        let mut ours = Vec::with_capacity(2 * size);
        message.push(&mut ours, size);
        (ours == line).then_some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn a_message_comes_back_as_it_went() {
        let message = Message { sender: 0xab, count: 0x1234_5678 };
        for size in [16, 17, 18, 64, 1_000] {
            let mut line = Vec::new();
            message.push(&mut line, size);
            assert_eq!((line.len(), Message::parse(&line, size)), (size, Some(message)));
            assert!(line.iter().all(u8::is_ascii) && !line.ends_with(b" "));
        }
    }

    #[test]
    fn an_altered_message_is_not_ours() {
        let mut line = Vec::new();
        Message { sender: 1, count: 2 }.push(&mut line, 20);
        assert_eq!(Message::parse(&line[..19], 20), None);
        for place in [0, 15, 19] {
            let mut altered = line.clone();
            altered[place] = b'!';
            assert_eq!(Message::parse(&altered, 20), None);
        }
    }
}
