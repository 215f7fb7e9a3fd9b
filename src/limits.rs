//! Every limit of the server: a name, a unit and a reason each, and what must hold between them.

use std::time::Duration;

use crate::error::Error;

/// Longest message a client may send, in bytes. The classic example's `maxMessageSize`.
pub(crate) const MESSAGE_BYTES: usize = 512;

/// Messages a client may be behind the head of its room before it is cut off. The classic example's
/// send queue holds 256.
pub(crate) const TAIL_MESSAGES: usize = 256;

/// Bytes of frames a client may be behind. With the kernel's send buffer this is what a dead reader
/// costs: under 2 MiB, and the frames are shared by all who are behind.
pub(crate) const TAIL_BYTES: usize = 1024 * 1024;

/// Time in which a blocked write must get on. The classic example's `writeWait`.
pub(crate) const WRITE_WAIT: Duration = Duration::from_secs(10);

/// Time after which a peer that was not heard at all is taken for gone. The classic example's `pongWait`.
pub(crate) const PONG_WAIT: Duration = Duration::from_secs(60);

/// Time between two pings. The classic example's `pingPeriod`: nine tenths of [`PONG_WAIT`], so that a
/// pong has 6 s to come.
pub(crate) const PING_PERIOD: Duration = Duration::from_secs(54);

/// Time from the first byte of a message to its last. RFC 6455 sets none; without one, a peer holds
/// its partial message for ever.
pub(crate) const MESSAGE_WAIT: Duration = Duration::from_secs(30);

/// Time for a peer to end its side after our close frame. Our socket is shut for writing by then; we
/// only read on so that unread bytes do not turn the close into a reset (RFC 6455, 7.1.1).
pub(crate) const LINGER: Duration = Duration::from_secs(2);

/// Fragments in one message, empty ones too. Browsers send one; 64 leaves room for odd libraries.
pub(crate) const FRAGMENTS: usize = 64;

/// Time for a whole request head, in which hyper counts a silent connection too.
pub(crate) const REQUEST_HEAD_WAIT: Duration = Duration::from_secs(5);

/// Bytes of a request head. Browsers with fat cookies stay under 16 KiB.
pub(crate) const REQUEST_HEAD_BYTES: usize = 64 * 1024;

/// Time from SIGTERM to the end of the last connection.
pub(crate) const DRAIN_WAIT: Duration = Duration::from_secs(5);

/// Connections the kernel keeps for us while we are busy. tokio's own choice, 128, makes the 129th of a
/// burst lose its SYN and wait a second.
pub(crate) const LISTEN_BACKLOG: u32 = 4096;

/// Pause after `accept` failed for want of file descriptors or memory: long enough to burn no CPU.
pub(crate) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// File descriptors that are never given to clients: listener, epoll, logs, storage, requests under way.
pub(crate) const RESERVED_FDS: u64 = 128;

/// The kernel's send buffer for each client, in bytes (Linux doubles it for its own books). It takes a
/// full batch of the longest messages in one write, and bounds what a dead reader pins: left alone,
/// Linux lets it grow to 4 MiB.
pub(crate) const SOCKET_SEND_BYTES: usize = 256 * 1024;

/// Bytes read from a socket at once, into a buffer that belongs to the thread.
pub(crate) const READ_BYTES: usize = 16 * 1024;

/// Messages taken from one client before the others have their turn.
pub(crate) const MESSAGES_A_TURN: usize = 64;

/// Bytes of frames a write pump takes from the tail at once. About what a socket buffer takes.
pub(crate) const PULL_BYTES: usize = 64 * 1024;

/// Frames for one client alone (pongs, receipts, pages) that may wait before its messages are no longer
/// read, in bytes.
pub(crate) const OWN_BYTES: usize = 64 * 1024;

/// Bytes that may wait for one client before only its latest ping is answered. Whoever reads its pongs
/// never gets there.
pub(crate) const PONG_BYTES: usize = 4 * 1024;

/// Slices in one vectored write. Linux takes 1,024; 16 frames fill a socket buffer.
pub(crate) const SLICES: usize = 16;

/// Members written to before other tasks get their turn: about a millisecond of `send` calls.
pub(crate) const WRITES_A_TURN: usize = 256;

/// Clients looked at by the heartbeat before other tasks get their turn.
pub(crate) const BEATS_A_TURN: usize = 1024;

/// The heartbeat's slowest tick. Deadlines are kept to within one tick.
pub(crate) const TICK: Duration = Duration::from_secs(1);

/// The largest payload of a control frame, in bytes (RFC 6455, 5.5).
pub(crate) const CONTROL_BYTES: usize = 125;

/// Longest name of a room, in characters.
pub(crate) const ROOM_NAME_CHARS: usize = 64;

const _: () = assert!(PING_PERIOD.as_secs() < PONG_WAIT.as_secs());
const _: () = assert!(TICK.as_secs() < PONG_WAIT.as_secs() - PING_PERIOD.as_secs());
const _: () = assert!(MESSAGE_BYTES * TAIL_MESSAGES <= SOCKET_SEND_BYTES);
const _: () = assert!(4 * MESSAGE_BYTES <= TAIL_BYTES);
const _: () = assert!(PULL_BYTES <= TAIL_BYTES);
const _: () = assert!(PONG_BYTES < OWN_BYTES);

/// The limits an operator may set. [`Limits::default`] is the classic example's choice.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Limits {
    /// Longest message a client may send, in bytes.
    pub message_bytes: usize,
    /// Fragments in one message, empty ones too.
    pub fragments: usize,
    /// Time from the first byte of a message to its last.
    pub message_wait: Duration,
    /// Messages a client may be behind its room before it is cut off.
    pub tail_messages: usize,
    /// Bytes of frames a client may be behind its room before it is cut off.
    pub tail_bytes: usize,
    /// Time in which a blocked write must get on.
    pub write_wait: Duration,
    /// Time after which a peer that was not heard at all is taken for gone.
    pub pong_wait: Duration,
    /// Time between two pings.
    pub ping_period: Duration,
    /// Messages and control frames each connection may send; `None` for no limit.
    pub rate: Option<Rate>,
    /// Clients connected at once, over all rooms.
    pub clients: usize,
    /// Host names this server answers to (`example.org`, `example.org:8443`); empty for any. Naming them
    /// is what stops DNS rebinding.
    pub hosts: Vec<String>,
}

/// A token bucket: `burst` at once, then `per_second`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Messages at once.
    pub burst: u32,
    /// Messages a second in the long run.
    pub per_second: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: MESSAGE_BYTES,
            fragments: FRAGMENTS,
            message_wait: MESSAGE_WAIT,
            tail_messages: TAIL_MESSAGES,
            tail_bytes: TAIL_BYTES,
            write_wait: WRITE_WAIT,
            pong_wait: PONG_WAIT,
            ping_period: PING_PERIOD,
            rate: None,
            clients: usize::MAX,
            hosts: Vec::new(),
        }
    }
}

impl Limits {
    /// Checks what must hold between the limits.
    ///
    /// # Errors
    /// Names the limit that cannot be kept and what is allowed.
    pub fn check(&self) -> Result<(), Error> {
        let no = |text: String| Err(Error::limit(text));
        if self.message_bytes == 0 {
            return no("the longest message must be at least 1 byte".into());
        }
        if self.fragments == 0 {
            return no("a message needs at least 1 fragment".into());
        }
        if self.tail_messages == 0 {
            return no("the send queue must hold at least 1 message".into());
        }
        if self.clients == 0 {
            return no("at least 1 client must be allowed".into());
        }
        if self.tail_bytes / 4 < self.message_bytes {
            return no(format!(
                "the send queue of {} bytes must hold at least 4 of the longest messages ({} bytes each)",
                self.tail_bytes, self.message_bytes
            ));
        }
        let waits = [
            ("message wait", self.message_wait),
            ("write wait", self.write_wait),
            ("pong wait", self.pong_wait),
            ("ping period", self.ping_period),
        ];
        for (name, wait) in waits {
            if wait < Duration::from_millis(100) || wait > Duration::from_secs(24 * 3600) {
                return no(format!("the {name} is {wait:?}; it must be between 0.1 s and 24 h"));
            }
        }
        if self.ping_period >= self.pong_wait {
            return no(format!(
                "the ping period ({:?}) must be shorter than the pong wait ({:?}), or nobody can answer in time",
                self.ping_period, self.pong_wait
            ));
        }
        if let Some(Rate { burst, per_second }) = self.rate
            && (burst == 0 || !(0.001..=1e6).contains(&per_second))
        {
            return no(format!(
                "a message rate of {burst}/{per_second} is not possible; the burst is 1 or more, the rate 0.001 to 1000000 a second"
            ));
        }
        Ok(())
    }

    /// The clients that fit into so many file descriptors.
    pub fn clients_for(fds: u64) -> usize {
        usize::try_from(fds.saturating_sub(RESERVED_FDS)).unwrap_or(usize::MAX).max(1)
    }

    /// The heartbeat's tick: short enough for the shortest of the waits.
    pub(crate) fn tick(&self) -> Duration {
        let grace = self.pong_wait - self.ping_period;
        let shortest = grace.min(self.ping_period).min(self.write_wait).min(self.message_wait);
        (shortest / 4).clamp(Duration::from_millis(10), TICK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_classic_examples_and_hold_together() {
        let limits = Limits::default();
        limits.check().expect("the defaults hold together");
        assert_eq!((limits.message_bytes, limits.tail_messages), (512, 256));
        assert_eq!(limits.ping_period, Duration::from_secs(54));
        assert_eq!(limits.pong_wait, Duration::from_secs(60));
        assert_eq!(limits.write_wait, Duration::from_secs(10));
    }

    #[test]
    fn limits_that_cannot_be_kept_are_refused_in_words() {
        #[track_caller]
        fn refused(change: impl FnOnce(&mut Limits), words: &str) {
            let mut limits = Limits::default();
            change(&mut limits);
            let said = limits.check().expect_err("it must be refused").to_string();
            assert!(said.contains(words), "{said:?} does not say {words:?}");
        }
        refused(|l| l.message_bytes = 0, "longest message");
        refused(|l| l.fragments = 0, "fragment");
        refused(|l| l.tail_messages = 0, "send queue");
        refused(|l| l.clients = 0, "client");
        refused(|l| l.tail_bytes = 600, "at least 4 of the longest");
        refused(|l| l.ping_period = Duration::from_secs(60), "shorter than the pong wait");
        refused(|l| l.write_wait = Duration::ZERO, "write wait");
        refused(|l| l.rate = Some(Rate { burst: 0, per_second: 1.0 }), "burst");
    }
}
