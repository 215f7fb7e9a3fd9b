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

/// Longest text of a `chinwag.v1` message, in characters. A long paragraph, not a book.
pub(crate) const TEXT_CHARS: usize = 4_000;

/// Shortest frame for many that is deflated, in bytes: three messages of `chinwag.v1`, of which it saves two fifths.
/// What is shorter saves less than its way through the network costs in headers (docs/PERFORMANCE.md).
pub(crate) const DEFLATE_BYTES: usize = 512;

/// How hard the deflating tries, of 9: 6 saves a hundredth more and takes up to twice as long.
pub(crate) const DEFLATE_LEVEL: u32 = 2;

/// Most bytes that UTF-8 makes of a character.
const UTF8_BYTES_A_CHAR: usize = 4;

/// Most bytes that JSON makes of a character: a surrogate pair, escaped (RFC 8259, 7).
const JSON_BYTES_A_CHAR: usize = 12;

/// Room for everything in a command but its text, in bytes.
const COMMAND_BYTES: usize = 16 * 1024;

/// Time for a `chinwag.v1` client to say hello.
pub(crate) const HELLO_WAIT: Duration = Duration::from_secs(10);

/// Levels of a command's JSON: `hello` has three.
pub(crate) const JSON_LEVELS: usize = 4;

/// Longest name of a person, in characters.
pub(crate) const NAME_CHARS: usize = 32;

/// Marks over or under one letter of a name. Vietnamese needs two; without a bound a name covers the page.
pub(crate) const MARKS_A_LETTER: usize = 2;

/// Longest id that a client gives a message of its own, in characters: a UUID has 36.
pub(crate) const CID_CHARS: usize = 64;

/// Longest emoji, in bytes: a family of four with skin colours has 41.
pub(crate) const EMOJI_BYTES: usize = 64;

/// Different emoji on one message.
pub(crate) const EMOJI_A_MESSAGE: usize = 24;

/// Longest topic of a room, in characters.
pub(crate) const TOPIC_CHARS: usize = 250;

/// Longest query of a search, in characters, and words and filters in one.
pub(crate) const QUERY_CHARS: usize = 200;
pub(crate) const QUERY_WORDS: usize = 16;

/// Bytes of a token's signature: 128 bits cannot be guessed.
pub(crate) const TOKEN_MAC_BYTES: usize = 16;

/// Rooms in all. Nobody opens so many in earnest; a flood of names must not fill the disk.
pub(crate) const ROOMS: usize = 100_000;

/// Rooms that one connection may be in.
pub(crate) const ROOMS_A_CLIENT: usize = 64;

/// Appends of one client that are not answered yet, after which its socket is not read on. With group commit,
/// one sync answers them all.
pub(crate) const RECEIPTS_OPEN: usize = 64;

/// Entries that a resume sends; who missed more starts anew from the latest.
pub(crate) const RESUME_ENTRIES: usize = 1_000;

/// Messages that a first load and a reset begin with: more than a screen.
pub(crate) const LATEST_MESSAGES: usize = 50;

/// Messages in a page of history, and in an answer to a search.
pub(crate) const PAGE_MESSAGES: usize = 100;
pub(crate) const FOUND_MESSAGES: usize = 50;

/// Bytes of text after which a page or a piece of a replay ends, whatever its count: it waits in memory for one
/// client.
pub(crate) const PAGE_BYTES: usize = 128 * 1024;

/// Entries that a piece of a replay has at most, for the same reason.
pub(crate) const PIECE_ENTRIES: usize = 250;

/// Unread messages are counted up to here: nobody reads more digits, and counting costs.
pub(crate) const UNREAD_MAX: u32 = 1_000;

/// Members up to whom a room names who comes and goes; above, it only counts them.
pub(crate) const PEOPLE_NAMED: usize = 200;

/// Time between two counts of a room that only counts its members.
pub(crate) const PEOPLE_PERIOD: Duration = Duration::from_secs(1);

/// Time between two signs that somebody is typing; more are dropped. Readers let it expire after twice this.
pub(crate) const TYPING_PERIOD: Duration = Duration::from_secs(3);

/// Time after which a client is told to try again what the log could not take.
pub(crate) const RETRY_WAIT: Duration = Duration::from_secs(5);

/// Time within which a client that is told to go is asked to come back, each after another part of it: a server
/// that starts again is up by then, and they do not all come at once.
pub(crate) const COME_BACK_WAIT: Duration = Duration::from_secs(4);

/// Bytes of signs (who is typing) that one batch of a room carries; more are lost.
pub(crate) const NOTICE_BYTES: usize = 16 * 1024;

/// Messages by `cid` that a log without a disk remembers, so that one said again is not heard again.
pub(crate) const CIDS_IN_MEMORY: usize = 10_000;

/// People whom a log without a disk remembers.
pub(crate) const USERS_IN_MEMORY: usize = 100_000;

/// Jobs that one transaction takes. Larger ones only make the first wait longer.
pub(crate) const JOBS_A_COMMIT: usize = 1_024;

/// Jobs that may wait for the log's writer before sockets are no longer read: some tenths of a second of its work.
pub(crate) const JOBS_WAITING: usize = 8 * 1024;

/// Jobs that may wait in all, after which they are refused. Every client may add one that it had begun.
pub(crate) const JOBS_WAITING_MAX: usize = 64 * 1024;

/// Messages that the search index takes at once, between two commits: less than a millisecond of the writer's time; and
/// when it is far behind, at most.
pub(crate) const INDEX_STEP: usize = 64;
pub(crate) const INDEX_STEP_MAX: usize = 2_048;

/// Names of rooms and people that the writer remembers before it forgets all and looks them up again.
pub(crate) const WRITER_CACHE: usize = 20_000;

/// Threads that read the store, each with a connection of its own: a slow search leaves others to serve joins.
pub(crate) const READERS: usize = 4;

/// Time after which a reading of the store is given up, so that no search can hold a reader for long.
pub(crate) const READ_WAIT: Duration = Duration::from_secs(2);

/// Time that a connection to the store waits for another's lock: readers never lock for long.
pub(crate) const STORE_LOCK_WAIT: Duration = Duration::from_secs(5);

/// Commits after which the keeper copies the write-ahead log into the database: some 16 MiB of it, most of them the
/// same pages again and again.
pub(crate) const COMMITS_A_CHECKPOINT: u64 = 1024;

/// Pages of the write-ahead log (4 KiB each) after which the writer itself sees to it that it starts anew. Where it
/// is written over, a sync writes no new length of the file; so it is to be short, and started anew often.
pub(crate) const WAL_PAGES: u64 = 4096;

/// Time between two looks of the keeper: at the write-ahead log, and at what has been kept long enough.
pub(crate) const KEEPER_PERIOD: Duration = Duration::from_secs(1);

/// Time between two looks at what has been kept long enough, when nothing was.
pub(crate) const RETENTION_PERIOD: Duration = Duration::from_secs(10);

/// Entries forgotten in one step between two commits: about a millisecond of the writer's time.
pub(crate) const FORGET_STEP: usize = 100;

/// Time between two looks at people who came once, said nothing, and never came back.
pub(crate) const VISITORS_PERIOD: Duration = Duration::from_secs(3600);

/// Pages given back to the file system in one such step.
pub(crate) const VACUUM_PAGES: usize = 64;

/// Absence after which a name may be taken by another.
pub(crate) const NAME_KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// How exactly it is known when somebody was last here: not every sign of life is worth a write.
pub(crate) const SEEN_PERIOD: Duration = Duration::from_secs(3600);

/// A store up to this size, in bytes, is checked as a whole when it is opened; that takes a tenth of a second.
pub(crate) const CHECKED_BYTES: u64 = 64 * 1024 * 1024;

/// Pages that a backup copies between two looks at the clock.
pub(crate) const BACKUP_PAGES: i32 = 1_024;

/// Lines of an import after which what it remembers of days, rooms and people is put away.
pub(crate) const IMPORT_STEP: u64 = 1_000;

/// Longest line of a file that is imported, in bytes.
pub(crate) const IMPORT_LINE_BYTES: usize = 1024 * 1024;

/// Longest text in a file that is imported, in characters: the longest that any server may be told to allow.
pub(crate) const IMPORT_TEXT_CHARS: usize = TAIL_BYTES / 4 / UTF8_BYTES_A_CHAR;

/// The latest time that an entry may have, in Unix milliseconds: the end of the year 9999.
pub(crate) const TIME_MAX_MS: u64 = 253_402_300_799_999;

/// Rooms that are named to who asked for one that is not there.
pub(crate) const ROOMS_NAMED: usize = 20;

/// Bytes of an export that are written at once.
pub(crate) const EXPORT_BYTES: usize = 64 * 1024;

/// Messages whose words a check looks at together.
pub(crate) const CHECK_STEP: usize = 4_096;

/// Time between two signs of progress; what is done sooner gives none.
pub(crate) const PROGRESS_PERIOD: Duration = Duration::from_secs(2);

const _: () = assert!(PING_PERIOD.as_secs() < PONG_WAIT.as_secs());
const _: () = assert!(TICK.as_secs() < PONG_WAIT.as_secs() - PING_PERIOD.as_secs());
const _: () = assert!(MESSAGE_BYTES * TAIL_MESSAGES <= SOCKET_SEND_BYTES);
const _: () = assert!(4 * MESSAGE_BYTES <= TAIL_BYTES);
const _: () = assert!(PULL_BYTES <= TAIL_BYTES);
const _: () = assert!(PONG_BYTES < OWN_BYTES);
const _: () = assert!(TEXT_CHARS * UTF8_BYTES_A_CHAR <= TAIL_BYTES / 4);
const _: () = assert!(TEXT_CHARS <= IMPORT_TEXT_CHARS);
const _: () = assert!(IMPORT_TEXT_CHARS * JSON_BYTES_A_CHAR < IMPORT_LINE_BYTES);
const _: () = assert!(HELLO_WAIT.as_secs() < PING_PERIOD.as_secs());
const _: () = assert!(FOUND_MESSAGES <= PAGE_MESSAGES && LATEST_MESSAGES <= PAGE_MESSAGES);
const _: () =
    assert!(JOBS_A_COMMIT <= JOBS_WAITING && JOBS_WAITING < JOBS_WAITING_MAX && RECEIPTS_OPEN < JOBS_WAITING);

/// The limits an operator may set. [`Limits::default`] is the classic example's choice.
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
    /// Whether what many read is deflated for clients that offer it (`permessage-deflate`, RFC 7692).
    pub deflate: bool,
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
            text_chars: TEXT_CHARS,
            hello_wait: HELLO_WAIT,
            resume_entries: RESUME_ENTRIES,
            fragments: FRAGMENTS,
            message_wait: MESSAGE_WAIT,
            tail_messages: TAIL_MESSAGES,
            tail_bytes: TAIL_BYTES,
            write_wait: WRITE_WAIT,
            pong_wait: PONG_WAIT,
            ping_period: PING_PERIOD,
            rate: None,
            clients: usize::MAX,
            deflate: true,
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
        if self.text_chars == 0 || self.text_chars.saturating_mul(UTF8_BYTES_A_CHAR) > self.tail_bytes / 4 {
            return no(format!(
                "a text of {} characters is not possible with a send queue of {} bytes; it is 1 to {}",
                self.text_chars,
                self.tail_bytes,
                self.tail_bytes / 4 / UTF8_BYTES_A_CHAR
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

    /// The longest command of a `chinwag.v1` client, in bytes: its text at its longest, and the rest.
    pub(crate) fn command_bytes(&self) -> usize {
        self.text_chars.saturating_mul(JSON_BYTES_A_CHAR).saturating_add(COMMAND_BYTES)
    }

    /// The heartbeat's tick: short enough for the shortest of the waits.
    pub(crate) fn tick(&self) -> Duration {
        let grace = self.pong_wait - self.ping_period;
        let shortest =
            grace.min(self.ping_period).min(self.write_wait).min(self.message_wait).min(self.hello_wait);
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
