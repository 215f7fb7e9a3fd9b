//! Ready-made frames, as a server sends them: header and payload in one piece.

use bytes::Bytes;

/// The kinds of frames a server sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// A frame with this payload.
pub(crate) fn frame(opcode: Opcode, payload: &[u8]) -> Bytes {
    frame_of(opcode as u8, payload.len(), |bytes| bytes.extend_from_slice(payload))
}

/// A frame whose payload of exactly `len` bytes is written in place: header and payload share one allocation.
/// `kind` is the opcode, and the reserved bits.
pub(super) fn frame_of(kind: u8, len: usize, fill: impl FnOnce(&mut Vec<u8>)) -> Bytes {
    let mut bytes = Vec::with_capacity(len + HEADER_ROOM);
    push_header(&mut bytes, kind, len);
    let header = bytes.len();
    fill(&mut bytes);
    debug_assert_eq!(bytes.len(), header + len, "the payload is as long as was said");
    Bytes::from(bytes)
}

/// The payload of a frame that was made here.
pub(super) fn payload(frame: &[u8]) -> &[u8] {
    match frame {
        [_, 126, _, _, payload @ ..]
        | [_, 127, _, _, _, _, _, _, _, _, payload @ ..]
        | [_, _, payload @ ..] => payload,
        _ => &[],
    }
}

/// A server's header at its longest: two bytes and a 64-bit length.
const HEADER_ROOM: usize = 10;

fn push_header(bytes: &mut Vec<u8>, kind: u8, len: usize) {
    bytes.push(0x80 | kind);
    match len {
        0..126 => bytes.push(len as u8),
        126..=0xFFFF => {
            bytes.push(126);
            bytes.extend_from_slice(&(len as u16).to_be_bytes());
        }
        _ => {
            bytes.push(127);
            bytes.extend_from_slice(&(len as u64).to_be_bytes());
        }
    }
}

/// A text frame whose payload grows as it is written: room for the header is left in front of it.
#[derive(Debug)]
pub(crate) struct Growing(Vec<u8>);

impl Growing {
    /// Nothing yet, which costs nothing.
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// What is added to this is added to the payload.
    pub(crate) fn payload(&mut self) -> &mut Vec<u8> {
        if self.0.is_empty() {
            self.0.resize(HEADER_ROOM, 0);
        }
        &mut self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the payload so far.
    pub(crate) fn len(&self) -> usize {
        self.0.len().saturating_sub(HEADER_ROOM)
    }

    /// The frame; empty when nothing was written.
    pub(crate) fn finish(mut self) -> Bytes {
        if self.is_empty() {
            return Bytes::new();
        }
        let mut header = Vec::with_capacity(HEADER_ROOM);
        push_header(&mut header, Opcode::Text as u8, self.len());
        let start = HEADER_ROOM - header.len();
        self.0[start..HEADER_ROOM].copy_from_slice(&header);
        Bytes::from(self.0).slice(start..)
    }
}

pub(super) fn close_frame(code: u16, reason: &[u8]) -> Bytes {
    frame_of(Opcode::Close as u8, 2 + reason.len(), |bytes| {
        bytes.extend_from_slice(&code.to_be_bytes());
        bytes.extend_from_slice(reason);
    })
}
