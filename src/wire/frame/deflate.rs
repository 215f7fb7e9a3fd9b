//! Messages deflated and inflated (RFC 7692), each by itself: no client has a window of its own, in neither direction.

use std::cell::RefCell;
use std::fmt;
use std::ops::RangeInclusive;

use bytes::Bytes;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::ready::{frame_of, payload};
use super::{Close, DEFLATED};
use crate::base::limits::{DEFLATE_BYTES, DEFLATE_LEVEL};

thread_local! {
    /// They belong to the thread and are made anew for each message: a client has none.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(DEFLATE_LEVEL), false));
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// How a flush ends, which the sender leaves out and the receiver adds (RFC 7692, 7.2.1 and 7.2.2).
const FLUSHED: [u8; 4] = [0, 0, 0xFF, 0xFF];

/// The same, and a last block of nothing: what is not whole, or more than whole, does not end with it.
const FLUSHED_AND_OVER: [u8; 6] = [0, 0, 0xFF, 0xFF, 0x03, 0x00];

/// The windows that there are, as powers of 2 in bytes (RFC 7692, 7.1.2).
const WINDOW_BITS: RangeInclusive<u8> = 8..=15;

/// How far back a client can look while it inflates (RFC 7692, 7.1.2.1), as a power of 2 in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window(u8);

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Window {
    pub(crate) const LARGEST: Self = Self(*WINDOW_BITS.end());

    /// The window that this is in digits, without zeros before them.
    pub(crate) fn parse(bits: &str) -> Option<Self> {
        let window = Self(bits.parse().ok()?);
        (bits == window.to_string() && WINDOW_BITS.contains(&window.0)).then_some(window)
    }

    /// Whether a frame of so many bytes should be deflated for this client. All clients get the same one, which was
    /// made with the largest window; so it is for a smaller one only where the whole message lies within that.
    pub(crate) fn takes(self, len: usize) -> bool {
        len >= DEFLATE_BYTES && (self == Self::LARGEST || len <= 1 << self.0)
    }
}

/// A ready frame, deflated; the same frame where that is not shorter.
pub(crate) fn deflated(frame: &Bytes) -> Bytes {
    let payload = payload(frame);
    let mut short = Vec::with_capacity(payload.len());
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        let done = deflate.compress_vec(payload, &mut short, FlushCompress::Sync);
        // A flush that fills the buffer is not over, and has saved nothing.
        let is_whole = done.is_ok() && short.len() < short.capacity();
        match short.strip_suffix(&FLUSHED) {
            Some(short) if is_whole => {
                frame_of(DEFLATED | frame[0], short.len(), |bytes| bytes.extend_from_slice(short))
            }
            _ => frame.clone(),
        }
    })
}

/// What the payload of a deflated message says.
///
/// # Errors
/// More than `bytes_max`, of which no more than that is ever inflated; or nothing that was deflated.
pub(super) fn inflate(payload: &[u8], bytes_max: usize) -> Result<Vec<u8>, Close> {
    INFLATE.with_borrow_mut(|inflate| {
        inflate.reset(false);
        let mut message = Vec::new();
        for (mut rest, is_end) in [(payload, false), (&FLUSHED_AND_OVER, true)] {
            loop {
                // Room for what chat is deflated to mostly, then for as much again and again; and for one byte too many.
                let room = (4 * payload.len()).max(2 * message.len()).min(bytes_max.saturating_add(1));
                message.reserve_exact(room.saturating_sub(message.len()));
                let (taken, made) = (inflate.total_in(), message.len());
                let status = inflate
                    .decompress_vec(rest, &mut message, FlushDecompress::Sync)
                    .map_err(|_| Close::NOT_DEFLATED)?;
                rest = &rest[(inflate.total_in() - taken) as usize..];
                if message.len() > bytes_max {
                    return Err(Close::TOO_BIG);
                }
                match status {
                    Status::StreamEnd if is_end && rest.is_empty() => return Ok(message),
                    // A sender may end a stream and go on with another (RFC 7692, 7.2.3.4).
                    Status::StreamEnd => inflate.reset(false),
                    _ if inflate.total_in() == taken && message.len() == made => break,
                    _ => {}
                }
            }
        }
        Err(Close::NOT_DEFLATED)
    })
}

/// The most bytes that a message of so many is deflated to: 9 bits for each byte, and a few for the blocks.
pub(super) fn bytes_max(message_bytes: usize) -> usize {
    message_bytes.saturating_add(message_bytes / 8).saturating_add(64)
}
