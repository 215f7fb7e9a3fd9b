//! The limits that an operator may set, and what must hold between them.

use std::time::Duration;

use super::{
    ADDRESS_BYTES, ADDRESS_BYTES_MIN, ADDRESS_BYTES_PARTS, ADDRESS_CONNECTIONS, ADDRESS_PEOPLE, ADDRESS_RATE,
    ADDRESS_ROOMS, BATCH_DELAY_MAX, COMMAND_BYTES, DAY_SECONDS, FRAGMENTS, HELLO_WAIT, Hosts,
    JSON_BYTES_A_CHAR, MESSAGE_BYTES, MESSAGE_WAIT, PING_PERIOD, PONG_WAIT, Proxies, RESERVED_FDS,
    RESUME_ENTRIES, TAIL_BYTES, TAIL_MESSAGES, TEXT_CHARS, TEXT_CHARS_MAX, TICK, TICK_MIN, USER_RATE,
    UTF8_BYTES_A_CHAR, WAIT_MAX, WAIT_MIN, WRITE_WAIT,
};
use crate::base::error::Error;

/// The limits an operator may set. [`Limits::default`] is the classic example's choice, but for the ping period.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Limits {
    /// Longest message a client that speaks plain lines may send, in bytes.
    pub message_bytes: usize,
    /// Longest text of a `chinwag.v1` message, in characters.
    pub text_chars: usize,
    /// Time for a `chinwag.v1` client to say hello.
    pub hello_wait: Duration,
    /// Entries that a resume sends; who missed more starts anew from the latest.
    pub resume_entries: usize,
    /// Fragments in one message, empty ones too.
    pub fragments: usize,
    /// Time from the first byte of a message to its last.
    pub message_wait: Duration,
    /// Messages a client may be behind its room before it is cut off.
    pub tail_messages: usize,
    /// Bytes of frames a client may be behind its room before it is cut off.
    pub tail_bytes: usize,
    /// Bytes that may wait for all clients together, before those for whom most waits are closed; `None` for a quarter of the memory
    /// that this process may use.
    pub waiting_bytes: Option<u64>,
    /// Time in which a blocked write must get on.
    pub write_wait: Duration,
    /// Time after which a peer that was not heard at all is taken for gone.
    pub pong_wait: Duration,
    /// Time between two pings.
    pub ping_period: Duration,
    /// Messages and control frames each connection may send, and commands of `chinwag.v1` each user, wherever they come from;
    /// `None` for no such limit, but that of [`AddressLimits::user_rate`].
    pub rate: Option<Rate>,
    /// What may come from one address that is neither of this machine nor of a network around it.
    pub address: AddressLimits,
    /// Whether the debug log says which address was refused something.
    pub log_addresses: bool,
    /// Clients connected at once, over all rooms.
    pub clients: usize,
    /// Whether what many read is deflated for clients that offer it (`permessage-deflate`, RFC 7692).
    pub deflate: bool,
    /// Time between two batches to a room of 1,000 members or more; what comes meanwhile is in the next one. Zero for
    /// none.
    pub batch_delay: Duration,
    /// Host names this server answers to; by default addresses and local names.
    pub hosts: Hosts,
    /// Proxies in front of the server, whose word on a client's address is taken; by default none.
    pub proxies: Proxies,
}

/// A token bucket: `burst` at once, then `per_second`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Rate {
    /// Messages at once.
    pub burst: u32,
    /// Messages a second in the long run.
    pub per_second: f64,
}

impl Rate {
    /// So many at once, and so many a second in the long run.
    pub fn new(burst: u32, per_second: f64) -> Self {
        Self { burst, per_second }
    }
}

/// What may come from one address, by all of its clients together: an IPv4 address, or the first 64 bits of an IPv6 address. None of
/// it holds for clients of this machine and of private networks (RFC 1918, RFC 4193), nor where a client's address is not
/// known. Each is `None` for no limit.
///
/// The defaults are sized for a class of 40 people behind one address. What is used up comes back by itself.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AddressLimits {
    /// Clients connected at once.
    pub connections: Option<usize>,
    /// Messages, and other work at its price, of all users together.
    pub rate: Option<Rate>,
    /// Messages, and other work at its price, of each user and each connection, where [`Limits::rate`] has none.
    pub user_rate: Option<Rate>,
    /// People who are new: who say hello without a token of this chat.
    pub people: Option<Rate>,
    /// Rooms that are made, by the first that is said in them.
    pub rooms: Option<Rate>,
    /// Bytes said in a day; at once, as many as come back in a quarter of an hour.
    pub bytes: Option<u64>,
}

impl Default for AddressLimits {
    fn default() -> Self {
        Self {
            connections: Some(ADDRESS_CONNECTIONS),
            rate: Some(ADDRESS_RATE),
            user_rate: Some(USER_RATE),
            people: Some(ADDRESS_PEOPLE),
            rooms: Some(ADDRESS_ROOMS),
            bytes: Some(ADDRESS_BYTES),
        }
    }
}

impl AddressLimits {
    /// No limit by address.
    pub fn off() -> Self {
        Self { connections: None, rate: None, user_rate: None, people: None, rooms: None, bytes: None }
    }

    /// The bytes that may be said, as a rate.
    pub(crate) fn bytes_rate(&self) -> Option<Rate> {
        self.bytes.map(|bytes| Rate {
            burst: u32::try_from(bytes / ADDRESS_BYTES_PARTS).unwrap_or(u32::MAX),
            per_second: bytes as f64 / DAY_SECONDS as f64,
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: MESSAGE_BYTES,
            text_chars: TEXT_CHARS,
            hello_wait: HELLO_WAIT,
            resume_entries: RESUME_ENTRIES,
            fragments: FRAGMENTS,
            message_wait: MESSAGE_WAIT,
            tail_messages: TAIL_MESSAGES,
            tail_bytes: TAIL_BYTES,
            waiting_bytes: None,
            write_wait: WRITE_WAIT,
            pong_wait: PONG_WAIT,
            ping_period: PING_PERIOD,
            rate: None,
            address: AddressLimits::default(),
            log_addresses: true,
            clients: usize::MAX,
            deflate: true,
            batch_delay: Duration::ZERO,
            hosts: Hosts::default(),
            proxies: Proxies::default(),
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
        let text_max = (self.tail_bytes / 4 / UTF8_BYTES_A_CHAR).min(TEXT_CHARS_MAX);
        if self.text_chars == 0 || self.text_chars > text_max {
            return no(format!(
                "a text of {} characters is not possible with a send queue of {} bytes; it is 1 to {text_max}",
                self.text_chars, self.tail_bytes
            ));
        }
        let waits = [
            ("hello wait", self.hello_wait),
            ("message wait", self.message_wait),
            ("write wait", self.write_wait),
            ("pong wait", self.pong_wait),
            ("ping period", self.ping_period),
        ];
        for (name, wait) in waits {
            if !(WAIT_MIN..=WAIT_MAX).contains(&wait) {
                return no(format!("the {name} is {wait:?}; it must be between 0.1 s and 24 h"));
            }
        }
        if self.batch_delay > BATCH_DELAY_MAX {
            return no(format!(
                "the batch delay is {:?}; it must be at most {BATCH_DELAY_MAX:?}",
                self.batch_delay
            ));
        }
        if self.ping_period >= self.pong_wait {
            return no(format!(
                "the ping period ({:?}) must be shorter than the pong wait ({:?}), or nobody can answer in time",
                self.ping_period, self.pong_wait
            ));
        }
        let AddressLimits { connections, rate, user_rate, people, rooms, bytes } = &self.address;
        let rates = [
            ("message rate", &self.rate),
            ("message rate of strangers", user_rate),
            ("message rate of an address", rate),
            ("rate of new people", people),
            ("rate of new rooms", rooms),
        ];
        for (name, rate) in rates {
            if let Some(Rate { burst, per_second }) = rate
                && (*burst == 0 || !(0.001..=1e6).contains(per_second))
            {
                return no(format!(
                    "a {name} of {burst}/{per_second} is not possible; the burst is 1 or more, the rate 0.001 to 1000000 a second"
                ));
            }
        }
        if *connections == Some(0) {
            return no("at least 1 client must be allowed for an address".into());
        }
        if bytes.is_some_and(|bytes| bytes < ADDRESS_BYTES_MIN) {
            return no(format!("an address must be allowed to say at least {ADDRESS_BYTES_MIN} bytes a day"));
        }
        Ok(())
    }

    /// The clients that fit into so many file descriptors.
    pub fn clients_for(fds: u64) -> usize {
        usize::try_from(fds.saturating_sub(RESERVED_FDS)).unwrap_or(usize::MAX).max(1)
    }

    /// The longest command of a `chinwag.v1` client, in bytes: its text at its longest, and the rest.
    pub(crate) fn command_bytes(&self) -> usize {
        self.text_chars.saturating_mul(JSON_BYTES_A_CHAR).saturating_add(COMMAND_BYTES)
    }

    /// The heartbeat's tick: short enough for the shortest of the waits.
    pub(crate) fn tick(&self) -> Duration {
        let grace = self.pong_wait - self.ping_period;
        let shortest =
            grace.min(self.ping_period).min(self.write_wait).min(self.message_wait).min(self.hello_wait);
        (shortest / 4).clamp(TICK_MIN, TICK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_classic_examples_but_for_pings_and_hold_together() {
        let limits = Limits::default();
        limits.check().expect("the defaults hold together");
        assert_eq!((limits.message_bytes, limits.tail_messages), (512, 256));
        assert_eq!(limits.ping_period, Duration::from_secs(25));
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
        refused(|l| l.address.people = Some(Rate { burst: 1, per_second: 0.0 }), "new people");
        refused(|l| l.address.connections = Some(0), "for an address");
        refused(|l| l.address.bytes = Some(1), "bytes a day");
    }
}
