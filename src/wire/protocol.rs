//! What is said on the socket: plain lines, and `chinwag.v1`, which is JSON lines (docs/PROTOCOL.md). Knows no
//! socket, no task and no room.

pub(crate) mod command;
pub(crate) mod entry_line;
pub(crate) mod event;
mod json;
pub(crate) mod mentions;
pub(crate) mod plain;

use crate::wire::frame::Window;

/// The subprotocol's name (RFC 6455, 1.9).
pub(crate) const V1: &str = "chinwag.v1";

/// Which of the two a client reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Plain lines: the classic example's.
    Plain,
    /// `chinwag.v1`.
    V1,
}

/// Which frames a client reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Framing {
    pub(crate) encoding: Encoding,
    /// With which window it inflates, if it does (RFC 7692).
    pub(crate) window: Option<Window>,
}

impl From<Encoding> for Framing {
    fn from(encoding: Encoding) -> Self {
        Self { encoding, window: None }
    }
}
