//! WebSocket frames (RFC 6455, 5): a strict decoder and ready-made frames. Bytes in, bytes out; it knows
//! no socket, no task and no room.

use std::borrow::Cow;

use bytes::Bytes;

use crate::base::limits::CONTROL_BYTES;

mod close;
mod deflate;
mod ready;

pub use close::Close;
use close::is_sendable;
use deflate::inflate;
pub(crate) use deflate::{Window, deflated};
use ready::close_frame;
pub(crate) use ready::{Growing, Opcode, frame};

/// A whole data message, unmasked; its fragments joined.
#[derive(Debug)]
#[non_exhaustive]
pub struct Message<'a> {
    /// Whether it came as text, and so is known to be UTF-8.
    pub is_text: bool,
    /// What was said.
    pub payload: Cow<'a, [u8]>,
}

/// What a peer sent.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    Message(Message<'a>),
    Ping(Cow<'a, [u8]>),
    Pong,
    /// The close frame that answers it.
    Close(Bytes),
}

/// What a decoder may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) message_bytes: usize,
    pub(crate) fragments: usize,
    /// Whether messages may come deflated (RFC 7692).
    pub(crate) is_deflating: bool,
}

/// Takes a client's bytes as they come and gives whole messages and control frames.
///
/// Between messages it holds nothing. Nothing is allocated from a length that was only declared.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    partial: Option<Box<Partial>>,
}

/// What came of a message that is not whole yet.
#[derive(Debug, Default)]
struct Partial {
    /// The bytes of a header that is not whole.
    head: [u8; HEADER_BYTES],
    head_len: usize,
    /// The frame whose payload is coming, and how much of it came.
    current: Option<(Header, usize)>,
    /// The payload of a control frame that is coming.
    control: Vec<u8>,
    /// The message that is coming: its first frame, its bytes, its fragments so far.
    first: Option<Header>,
    message: Vec<u8>,
    fragments: usize,
    /// How many bytes of `message` are known to be UTF-8.
    utf8: usize,
}

/// A client's header at its longest: two bytes, a 64-bit length, a mask.
const HEADER_BYTES: usize = 14;

/// RSV1, the reserved bit that `permessage-deflate` uses (RFC 7692, 6).
const DEFLATED: u8 = 0x40;

#[derive(Debug, Clone, Copy)]
struct Header {
    kind: Kind,
    is_last: bool,
    /// Of a message's first frame: whether the message is deflated.
    is_deflated: bool,
    mask: [u8; 4],
    len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Kind {
    fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

impl Decoder {
    /// Whether a message or a frame has begun and is not whole.
    pub(crate) fn is_partial(&self) -> bool {
        self.partial.is_some()
    }

    /// The next event in `input`, which is moved past what was taken; `None` when it is used up.
    ///
    /// # Errors
    /// The close that the peer has earned.
    pub(crate) fn next<'a>(
        &mut self,
        input: &mut &'a mut [u8],
        bounds: Bounds,
    ) -> Result<Option<Event<'a>>, Close> {
        loop {
            let (header, came) = match self.partial.as_ref().and_then(|p| p.current) {
                Some(current) => current,
                None => match self.header(input, bounds)? {
                    Some(header) => {
                        self.begin(header, bounds)?;
                        (header, 0)
                    }
                    None => return Ok(None),
                },
            };
            let taken = (header.len - came).min(input.len());
            let chunk = take(input, taken);
            unmask(chunk, header.mask, came);
            let is_whole = came + taken == header.len;

            if is_whole && came == 0 {
                if let Some(partial) = &mut self.partial {
                    partial.current = None;
                    self.partial.take_if(|partial| partial.is_idle());
                }
                // The common case: the frame lies in the input as a whole, and needs nothing but a look.
                if header.kind.is_control() || (header.is_last && self.partial.is_none()) {
                    return whole(header, Cow::Borrowed(chunk), bounds).map(Some);
                }
            }

            let partial = self.partial.get_or_insert_default();
            if header.kind.is_control() {
                partial.control.extend_from_slice(chunk);
            } else {
                partial.add(header, chunk, is_whole)?;
            }
            if !is_whole {
                partial.current = Some((header, came + taken));
                return Ok(None);
            }
            partial.current = None;
            let event = if header.kind.is_control() {
                let control = std::mem::take(&mut partial.control);
                Some(whole(header, Cow::Owned(control), bounds)?)
            } else if header.is_last {
                let first = partial.first.take().expect("a message is coming");
                let payload = Cow::Owned(std::mem::take(&mut partial.message));
                Some(match first.is_deflated {
                    true => whole(first, payload, bounds)?,
                    false => Event::Message(Message { is_text: first.kind == Kind::Text, payload }),
                })
            } else {
                None
            };
            self.partial.take_if(|partial| partial.is_idle());
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// A whole header, or `None` when the input ends before it does.
    fn header(&mut self, input: &mut &mut [u8], bounds: Bounds) -> Result<Option<Header>, Close> {
        if self.partial.as_ref().is_none_or(|p| p.head_len == 0) {
            if let Some((header, len)) = Header::parse(input, bounds)? {
                take(input, len);
                return Ok(Some(header));
            }
            if input.is_empty() {
                return Ok(None);
            }
        }
        let partial = self.partial.get_or_insert_default();
        while !input.is_empty() {
            partial.head[partial.head_len] = take(input, 1)[0];
            partial.head_len += 1;
            if let Some((header, _)) = Header::parse(&partial.head[..partial.head_len], bounds)? {
                partial.head_len = 0;
                return Ok(Some(header));
            }
        }
        Ok(None)
    }

    /// Checks a frame against the message it belongs to, before any of its payload is looked at.
    fn begin(&self, header: Header, bounds: Bounds) -> Result<(), Close> {
        let (first, len, fragments) = match &self.partial {
            Some(p) => (p.first, p.message.len(), p.fragments),
            None => (None, 0, 0),
        };
        match header.kind {
            Kind::Close | Kind::Ping | Kind::Pong => return Ok(()),
            Kind::Continuation if first.is_none() => {
                return Err(Close::protocol("a continuation of no message"));
            }
            Kind::Text | Kind::Binary if first.is_some() => {
                return Err(Close::protocol("a new message inside a fragmented one"));
            }
            _ => {}
        }
        let most = match first.unwrap_or(header).is_deflated {
            true => deflate::bytes_max(bounds.message_bytes),
            false => bounds.message_bytes,
        };
        if header.len > most.saturating_sub(len) {
            return Err(Close::TOO_BIG);
        }
        if fragments >= bounds.fragments {
            return Err(Close { code: 1009, reason: "the message has too many fragments" });
        }
        Ok(())
    }
}

impl Partial {
    fn is_idle(&self) -> bool {
        self.head_len == 0 && self.current.is_none() && self.first.is_none()
    }

    /// Adds a piece of a data frame to the message that is coming.
    fn add(&mut self, header: Header, chunk: &[u8], is_whole: bool) -> Result<(), Close> {
        let first = *self.first.get_or_insert_with(|| {
            (self.fragments, self.utf8) = (0, 0);
            header
        });
        self.message.extend_from_slice(chunk);
        self.fragments += usize::from(is_whole);
        if first.kind == Kind::Text && !first.is_deflated {
            self.check_utf8(header.is_last && is_whole)?;
        }
        Ok(())
    }

    /// Fails at the first byte that cannot be UTF-8, not only at the end of the message (RFC 6455, 8.1).
    fn check_utf8(&mut self, is_end: bool) -> Result<(), Close> {
        match simdutf8::compat::from_utf8(&self.message[self.utf8..]) {
            Ok(_) => self.utf8 = self.message.len(),
            Err(e) if e.error_len().is_some() || is_end => return Err(Close::NOT_UTF8),
            Err(e) => self.utf8 += e.valid_up_to(),
        }
        Ok(())
    }
}

impl Header {
    /// The header at the start of `bytes` and its length; `None` when it is not all there.
    ///
    /// What is wrong in the first two bytes is said without waiting for the rest.
    fn parse(bytes: &[u8], bounds: Bounds) -> Result<Option<(Self, usize)>, Close> {
        let [first, second, ..] = *bytes else {
            // One byte already tells reserved bits and unknown opcodes.
            if let [first] = *bytes {
                Kind::parse(first, bounds)?;
            }
            return Ok(None);
        };
        let (kind, is_deflated) = Kind::parse(first, bounds)?;
        let is_last = first & 0x80 != 0;
        if second & 0x80 == 0 {
            return Err(Close::protocol("a client's frame without a mask"));
        }
        let short = usize::from(second & 0x7F);
        if kind.is_control() && (!is_last || short > CONTROL_BYTES) {
            return Err(Close::protocol("a control frame in fragments or over 125 bytes"));
        }
        let (len, mask_at) = match short {
            126 => match *bytes {
                [_, _, a, b, ..] => (u64::from(u16::from_be_bytes([a, b])), 4),
                _ => return Ok(None),
            },
            127 => match bytes.get(2..10) {
                Some(len) => (u64::from_be_bytes(len.try_into().expect("8 bytes")), 10),
                None => return Ok(None),
            },
            _ => (short as u64, 2),
        };
        if len >> 63 != 0 {
            return Err(Close::protocol("a length with its top bit set"));
        }
        let Some(mask) = bytes.get(mask_at..mask_at + 4) else { return Ok(None) };
        let mask = mask.try_into().expect("4 bytes");
        let len = usize::try_from(len).map_err(|_| Close::TOO_BIG)?;
        Ok(Some((Self { kind, is_last, is_deflated, mask, len }, mask_at + 4)))
    }
}

impl Kind {
    /// The kind, and whether the bit is set that says of a message's first frame that it is deflated (RFC 7692, 6).
    fn parse(first: u8, bounds: Bounds) -> Result<(Self, bool), Close> {
        let kind = match first & 0x0F {
            0x0 => Self::Continuation,
            0x1 => Self::Text,
            0x2 => Self::Binary,
            0x8 => Self::Close,
            0x9 => Self::Ping,
            0xA => Self::Pong,
            _ => return Err(Close::protocol("an unknown opcode")),
        };
        match first & 0x70 {
            0 => Ok((kind, false)),
            DEFLATED if bounds.is_deflating && matches!(kind, Self::Text | Self::Binary) => Ok((kind, true)),
            _ => Err(Close::protocol("a reserved bit is set")),
        }
    }
}

/// The event that a frame is when it came whole; or a control frame, or a deflated message, that came in pieces.
fn whole(header: Header, payload: Cow<'_, [u8]>, bounds: Bounds) -> Result<Event<'_>, Close> {
    let payload = match header.is_deflated {
        true => Cow::Owned(inflate(&payload, bounds.message_bytes)?),
        false => payload,
    };
    Ok(match header.kind {
        Kind::Ping => Event::Ping(payload),
        Kind::Pong => Event::Pong,
        Kind::Close => Event::Close(answer_to_close(&payload)?),
        Kind::Binary => Event::Message(Message { is_text: false, payload }),
        Kind::Text | Kind::Continuation => {
            if simdutf8::basic::from_utf8(&payload).is_err() {
                return Err(Close::NOT_UTF8);
            }
            Event::Message(Message { is_text: true, payload })
        }
    })
}

/// The close frame that answers a peer's: the same code, or none when it gave none.
fn answer_to_close(payload: &[u8]) -> Result<Bytes, Close> {
    let [a, b, ref reason @ ..] = *payload else {
        return match payload {
            [] => Ok(frame(Opcode::Close, &[])),
            _ => Err(Close::protocol("a close of one byte")),
        };
    };
    let code = u16::from_be_bytes([a, b]);
    if !is_sendable(code) {
        return Err(Close::protocol("a close code that may not be sent"));
    }
    if simdutf8::basic::from_utf8(reason).is_err() {
        return Err(Close { code: 1007, reason: "the reason is not UTF-8" });
    }
    Ok(close_frame(code, &[]))
}

/// Splits `len` bytes off the front of `input`.
fn take<'a>(input: &mut &'a mut [u8], len: usize) -> &'a mut [u8] {
    let (front, rest) = std::mem::take(input).split_at_mut(len);
    *input = rest;
    front
}

/// Takes the mask off (RFC 6455, 5.3). `offset` is where in the frame's payload `bytes` begins.
fn unmask(bytes: &mut [u8], mask: [u8; 4], offset: usize) {
    let mask: [u8; 4] = std::array::from_fn(|i| mask[(i + offset) % 4]);
    let wide = u64::from_ne_bytes([mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3]]);
    let (words, rest) = bytes.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(any(test, fuzzing))]
pub(crate) mod events;

#[cfg(test)]
mod tests;
