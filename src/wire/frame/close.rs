//! The close of a connection: its code and its reason, as every part of the server says them.

use bytes::Bytes;

use super::ready::close_frame;
use crate::base::limits::CLOSE_REASON_BYTES;

/// Why a connection ends: a close code (RFC 6455, 7.4) and a reason in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Close {
    /// The code on the wire.
    pub code: u16,
    /// The reason on the wire, in words.
    pub reason: &'static str,
}

impl Close {
    /// The server drains: reconnect.
    pub const GOING_AWAY: Self = Self { code: 1001, reason: "the server is going away" };
    /// A message that was not deflated as RFC 7692 says.
    pub(super) const NOT_DEFLATED: Self = Self { code: 1007, reason: "the message cannot be inflated" };
    /// Text that is not UTF-8.
    pub const NOT_UTF8: Self = Self { code: 1007, reason: "the text is not UTF-8" };
    /// A message over the limit.
    pub const TOO_BIG: Self = Self { code: 1009, reason: "the message is too big" };
    /// The client did not say who it is: reconnect.
    pub const NO_HELLO: Self = Self { code: 4001, reason: "no hello came in time" };
    /// The log cannot take a message now, and this protocol has no other way to say so.
    pub const NOT_KEPT: Self = Self { code: 1013, reason: "the message was not kept: try again later" };
    /// The client fell off its room's tail: reconnect.
    pub const SLOW: Self = Self { code: 4008, reason: "too slow: the room went on without you" };
    /// The application ended the connection, or another device of the user's this one: do not reconnect by yourself.
    pub const CLOSED: Self = Self { code: 4003, reason: "the application ended this connection" };
    /// A guest says something in a chat in which guests only read, and this protocol has no other way to say so.
    pub const READ_ONLY: Self = Self { code: 4003, reason: "guests only read in this chat" };
    /// What the client's user may see is another now: reconnect.
    pub const COME_BACK: Self = Self { code: 4010, reason: "what you may see has changed: come back" };
    /// More messages than the rate allows.
    pub const FLOODING: Self = Self { code: 4029, reason: "too many messages: slow down and come back" };

    /// A close of a program's own [`Session`](crate::Session). Codes from 4000 on are a program's; of those, the chat has the
    /// ones above.
    ///
    /// # Panics
    /// When the code may not be sent (RFC 6455, 7.4.1), or the reason is longer than the 123 bytes that a close frame
    /// has for it. In a constant, that is an error of the compiler.
    ///
    /// ```
    /// use chinwag::Close;
    /// const GAME_OVER: Close = Close::new(4100, "the game is over");
    /// ```
    pub const fn new(code: u16, reason: &'static str) -> Self {
        assert!(is_sendable(code), "a close code that may not be sent");
        assert!(reason.len() <= CLOSE_REASON_BYTES, "a close reason over 123 bytes");
        Self { code, reason }
    }

    pub(super) const fn protocol(reason: &'static str) -> Self {
        Self { code: 1002, reason }
    }

    /// The close frame, ready to be sent.
    pub(crate) fn frame(self) -> Bytes {
        self.frame_with(self.reason)
    }

    /// The same for another reason, or as much of it as a close frame takes.
    pub(crate) fn frame_with(self, reason: &str) -> Bytes {
        let mut end = reason.len().min(CLOSE_REASON_BYTES);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        close_frame(self.code, &reason.as_bytes()[..end])
    }
}

/// Whether a close frame may have this code (RFC 6455, 7.4). 1012 to 1014 are in IANA's registry; 1014 was not when the
/// classic example was written.
pub(super) const fn is_sendable(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1013 | 3000..=4999)
}
