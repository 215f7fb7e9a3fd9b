//! WebSocket frames without I/O: a scanner for what a server sends, and what a client sends (RFC 6455, 5).

/// The largest frame header a server sends: two bytes and a 64-bit length.
const HEADER_BYTES_MAX: usize = 10;
const CONTROL_BYTES_MAX: u64 = 125;

/// The frame ends its message.
const FIN: u8 = 0x80;
/// The bits that extensions may use, and the one with which a deflated message begins (RFC 7692, 7.2.3.1).
const RESERVED: u8 = 0x70;
const DEFLATED: u8 = 0x40;

/// Every frame a client sends is masked with this. The mask protects careless proxies from a browser's
/// scripts; there is neither here, and the server has the same work with any mask but zero.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

pub(crate) const NORMAL_CLOSURE: u16 = 1000;
/// The code reported for a close frame without one (RFC 6455, 7.1.5).
pub(crate) const NO_STATUS: u16 = 1005;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    Continuation = 0,
    Text = 1,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// What the scanner found. The payload of a control frame is [`Scanner::control`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// A part of a text message, never cut by anything but a frame's or the input's end.
    Text {
        part: &'a [u8],
        /// The message ends with this part.
        last: bool,
        /// The whole message is deflated (RFC 7692).
        deflated: bool,
    },
    Ping,
    Pong,
    Close(u16),
}

/// Finds frames in a server's bytes, however those are cut, without copying a text payload.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    header: [u8; HEADER_BYTES_MAX],
    /// Bytes of `header` that have come.
    header_filled: u8,
    /// The frame whose payload is being read.
    frame: Option<Frame>,
    /// A text message has begun and not ended.
    in_message: bool,
    /// It was agreed that messages may be deflated.
    may_deflate: bool,
    /// The text message that began last is.
    deflated: bool,
    control: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    opcode: Opcode,
    fin: bool,
    payload_left: u64,
}

impl Scanner {
    /// Of a server that may deflate what it sends.
    pub(crate) fn deflating() -> Self {
        Self { may_deflate: true, ..Self::default() }
    }

    /// The payload of the control frame found last.
    pub(crate) fn control(&self) -> &[u8] {
        &self.control
    }

    /// Takes the next event off the front of `input`; `None` when all of it is used up.
    ///
    /// # Errors
    ///
    /// What the server did against the protocol, in words.
    #[inline]
    pub(crate) fn next<'a>(&mut self, input: &mut &'a [u8]) -> Result<Option<Event<'a>>, &'static str> {
        let mut frame = match self.frame {
            Some(_) if input.is_empty() => return Ok(None),
            Some(frame) => frame,
            None => match self.header(input)? {
                Some(frame) => frame,
                None => return Ok(None),
            },
        };
        let here = input.len().min(usize::try_from(frame.payload_left).unwrap_or(usize::MAX));
        let (part, rest) = input.split_at(here);
        *input = rest;
        frame.payload_left -= here as u64;
        let ended = frame.payload_left == 0;
        self.frame = if ended { None } else { Some(frame) };

        if matches!(frame.opcode, Opcode::Text | Opcode::Continuation) {
            let last = ended && frame.fin;
            self.in_message = !last;
            return Ok(Some(Event::Text { part, last, deflated: self.deflated }));
        }
        self.control.extend_from_slice(part);
        if !ended {
            return Ok(None);
        }
        match frame.opcode {
            Opcode::Ping => Ok(Some(Event::Ping)),
            Opcode::Close => match self.control[..] {
                [] => Ok(Some(Event::Close(NO_STATUS))),
                [_] => Err("a close frame of one byte"),
                [high, low, ..] => Ok(Some(Event::Close(u16::from_be_bytes([high, low])))),
            },
            _ => Ok(Some(Event::Pong)),
        }
    }

    /// Takes a frame's header off the front of `input`; `None` when it has not all come.
    #[inline]
    fn header(&mut self, input: &mut &[u8]) -> Result<Option<Frame>, &'static str> {
        let mut filled = usize::from(self.header_filled);
        let mut wanted = if filled < 2 { 2 } else { header_bytes(self.header[1]) };
        while filled < wanted {
            let taken = (wanted - filled).min(input.len());
            if taken == 0 {
                self.header_filled = u8::try_from(filled).expect("a header is at most ten bytes");
                return Ok(None);
            }
            self.header[filled..filled + taken].copy_from_slice(&input[..taken]);
            *input = &input[taken..];
            filled += taken;
            if filled == 2 {
                wanted = header_bytes(self.header[1]);
            }
        }
        self.header_filled = 0;

        let [first, second, ..] = self.header;
        let deflated = self.may_deflate && first & !FIN == DEFLATED | Opcode::Text as u8;
        if first & RESERVED != 0 && !deflated {
            return Err("a frame with reserved bits");
        }
        if second & 0x80 != 0 {
            return Err("a masked frame from a server");
        }
        let payload_left = match second & 0x7f {
            126 => u64::from(u16::from_be_bytes([self.header[2], self.header[3]])),
            127 => u64::from_be_bytes(self.header[2..].try_into().expect("ten bytes less two are eight")),
            short => u64::from(short),
        };
        let fin = first & FIN != 0;
        let opcode = match (first & 0x0f, self.in_message) {
            (0, true) => Opcode::Continuation,
            (0, false) => return Err("a continuation of nothing"),
            (1, false) => {
                self.deflated = deflated;
                Opcode::Text
            }
            (1, true) => return Err("a new message inside another"),
            (2, _) => return Err("a binary message"),
            (8, _) => Opcode::Close,
            (9, _) => Opcode::Ping,
            (10, _) => Opcode::Pong,
            _ => return Err("a frame of unknown opcode"),
        };
        if matches!(opcode, Opcode::Close | Opcode::Ping | Opcode::Pong) {
            if !fin || payload_left > CONTROL_BYTES_MAX {
                return Err("a control frame in fragments or over 125 bytes");
            }
            self.control.clear();
        }
        Ok(Some(Frame { opcode, fin, payload_left }))
    }
}

/// The length of a server's frame header, from its second byte.
fn header_bytes(second: u8) -> usize {
    match second & 0x7f {
        126 => 4,
        127 => 10,
        _ => 2,
    }
}

/// Appends one masked, unfragmented frame to `out`.
pub(crate) fn push(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8]) {
    out.push(FIN | opcode as u8);
    match payload.len() {
        short @ 0..=125 => out.push(0x80 | short as u8),
        medium @ 126..=0xffff => {
            out.push(0x80 | 126);
            out.extend_from_slice(&(medium as u16).to_be_bytes());
        }
        long => {
            out.push(0x80 | 127);
            out.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(&MASK);
    out.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}

/// Appends a close frame to `out`; [`NO_STATUS`] makes it an empty one.
pub(crate) fn push_close(out: &mut Vec<u8>, code: u16) {
    let code_bytes = code.to_be_bytes();
    push(out, Opcode::Close, if code == NO_STATUS { &[] } else { &code_bytes });
}

#[cfg(test)]
mod tests {
    use super::{Event, NO_STATUS, Opcode, Scanner, push};

    /// A server's frame: not masked, its length in the shortest form.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..=125 => bytes.push(short as u8),
            medium @ 126..=0xffff => {
                bytes.push(126);
                bytes.extend_from_slice(&(medium as u16).to_be_bytes());
            }
            long => {
                bytes.push(127);
                bytes.extend_from_slice(&(long as u64).to_be_bytes());
            }
        }
        bytes.extend_from_slice(payload);
        bytes
    }

    /// Scans `bytes` in pieces and writes down what was found: texts whole, controls with their payload.
    fn scan(bytes: &[u8], piece_bytes: usize) -> Result<Vec<String>, &'static str> {
        let (mut scanner, mut text, mut found) = (Scanner::default(), Vec::new(), Vec::new());
        for mut input in bytes.chunks(piece_bytes) {
            while let Some(event) = scanner.next(&mut input)? {
                match event {
                    Event::Text { part, last, .. } => {
                        text.extend_from_slice(part);
                        if last {
                            found.push(format!("text {}", String::from_utf8_lossy(&text)));
                            text.clear();
                        }
                    }
                    control => {
                        found.push(format!("{control:?} {}", String::from_utf8_lossy(scanner.control())));
                    }
                }
            }
            assert!(input.is_empty(), "the scanner uses up its input");
        }
        Ok(found)
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str]) {
        for piece_bytes in [1, 2, 3, 7, 100, bytes.len()] {
            assert_eq!(
                scan(bytes, piece_bytes).as_deref(),
                Ok(expected_owned(expected).as_slice()),
                "pieces of {piece_bytes}"
            );
        }
    }

    fn expected_owned(expected: &[&str]) -> Vec<String> {
        expected.iter().map(|&line| line.to_owned()).collect()
    }

    #[test]
    fn texts_of_every_length_form_are_found_however_they_are_cut() {
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            let text = "x".repeat(length);
            let mut bytes = frame(0x81, text.as_bytes());
            bytes.extend(frame(0x81, b"next"));
            check(&bytes, &[&format!("text {text}"), "text next"]);
        }
    }

    #[test]
    fn fragments_make_one_text_and_controls_stand_between_them() {
        let mut bytes = frame(0x01, b"on");
        bytes.extend(frame(0x89, b"still there?"));
        bytes.extend(frame(0x00, b""));
        bytes.extend(frame(0x8a, b""));
        bytes.extend(frame(0x80, b"e"));
        check(&bytes, &["Ping still there?", "Pong ", "text one"]);
    }

    #[test]
    fn a_fragment_of_nothing_at_the_end_still_ends_the_message() {
        let mut bytes = frame(0x01, b"one");
        bytes.extend(frame(0x80, b""));
        check(&bytes, &["text one"]);
    }

    #[test]
    fn a_close_gives_its_code() {
        check(&frame(0x88, &[0x03, 0xf1, b'b', b'y', b'e']), &["Close(1009) \u{3}\u{fffd}bye"]);
        check(&frame(0x88, b""), &[&format!("Close({NO_STATUS}) ")]);
    }

    #[test]
    fn frame_that_a_server_must_not_send_is_refused() {
        let masked = [0x81, 0x80, 1, 2, 3, 4];
        let table: [(&[u8], &str); 8] = [
            (&masked, "masked"),
            (&frame(0xc1, b"x"), "reserved"),
            (&frame(0x82, b"x"), "binary"),
            (&frame(0x83, b"x"), "unknown"),
            (&frame(0x80, b"x"), "continuation"),
            (&frame(0x09, b"x"), "control"),
            (&frame(0x89, &[0; 126]), "control"),
            (&frame(0x88, b"x"), "one byte"),
        ];
        for (bytes, word) in table {
            let refusal = scan(bytes, bytes.len()).expect_err(word);
            assert!(refusal.contains(word), "{refusal} speaks of {word}");
        }
        let nested = [frame(0x01, b"a"), frame(0x81, b"b")].concat();
        assert_eq!(scan(&nested, 1), Err("a new message inside another"));
    }

    #[test]
    fn deflated_messages_are_known_where_they_were_agreed_on() {
        let deflated = |bytes: &[u8]| {
            let (mut scanner, mut input, mut found) = (Scanner::deflating(), bytes, Vec::new());
            while let Some(event) = scanner.next(&mut input)? {
                found.extend(match event {
                    Event::Text { deflated, .. } => Some(deflated),
                    _ => None,
                });
            }
            Ok(found)
        };
        let one = [frame(0x41, b"a"), frame(0x89, b""), frame(0x80, b"b"), frame(0x81, b"c")].concat();
        assert_eq!(deflated(&one), Ok(vec![true, true, false]));
        for wrong in [[frame(0x41, b"a"), frame(0xc0, b"b")].concat(), frame(0xc9, b""), frame(0xa1, b"")] {
            assert_eq!(deflated(&wrong), Err("a frame with reserved bits"));
        }
    }

    #[test]
    fn a_client_frame_is_masked_and_its_length_right() {
        for length in [0, 125, 126, 65_535, 65_536] {
            let payload = vec![b'x'; length];
            let mut out = Vec::new();
            push(&mut out, Opcode::Text, &payload);
            let header = out.len() - length;
            let (mask, body) = (&out[header - 4..header], &out[header..]);
            let unmasked: Vec<u8> =
                body.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
            assert_eq!((out[0], out[1] & 0x80, unmasked), (0x81, 0x80, payload));
            assert_eq!(header, [6, 8, 14][usize::from(length > 125) + usize::from(length > 65_535)]);
        }
    }
}
