//! Every limit of the server: a name, a unit and a reason each, and what must hold between them.

use std::time::Duration;

mod addresses;
mod admin;
mod embed;
mod faces;
mod hosts;
mod ledger;
mod links;
mod mentions;
#[cfg(feature = "nats")]
mod nats;
mod people;
mod rights;
mod proxies;
mod rooms;
mod store;
mod threads;
mod waiting;
mod adjustable;

pub(crate) use addresses::*;
pub use adjustable::{AddressLimits, Limits, Rate};
pub(crate) use admin::*;
pub(crate) use embed::*;
pub(crate) use faces::*;
pub(crate) use hosts::Host;
pub use hosts::Hosts;
pub(crate) use ledger::*;
pub(crate) use links::*;
pub(crate) use mentions::*;
#[cfg(feature = "nats")]
pub(crate) use nats::*;
pub(crate) use people::*;
pub use proxies::Proxies;
pub(crate) use rights::*;
pub(crate) use rooms::*;
pub(crate) use store::*;
pub(crate) use threads::*;
pub(crate) use waiting::*;

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

/// Bytes a second that a blocked client must take in the long run. The slowest mobile links have four times as much;
/// who takes a byte a minute holds what waits for it for ever.
pub(crate) const WRITE_RATE_MIN: f64 = 256.0;

/// Time after which a peer that was not heard at all is taken for gone. The classic example's `pongWait`.
pub(crate) const PONG_WAIT: Duration = Duration::from_secs(60);

/// Time between two pings. The classic example's `pingPeriod` is 54 s; but proxies cut a connection on which nothing comes
/// for 50 s (HAProxy as Debian has it) or 60 s (nginx), so twice in the shortest of them.
pub(crate) const PING_PERIOD: Duration = Duration::from_secs(25);

/// Time from the first byte of a message to its last. RFC 6455 sets none; without one, a peer holds
/// its partial message for ever.
pub(crate) const MESSAGE_WAIT: Duration = Duration::from_secs(30);

/// Time for a peer to end its side after our close frame. Our socket is shut for writing by then; we
/// only read on so that unread bytes do not turn the close into a reset (RFC 6455, 7.1.1).
pub(crate) const LINGER: Duration = Duration::from_secs(2);

/// Fragments in one message, empty ones too. Browsers send one; 64 leaves room for odd libraries.
pub(crate) const FRAGMENTS: usize = 64;

/// Time for a whole request head, and between two requests on a connection: hyper starts to count when it waits for a
/// request.
pub(crate) const REQUEST_HEAD_WAIT: Duration = Duration::from_secs(5);

/// Time in which a peer must take some of an answer. As with [`WRITE_WAIT`], what counts is progress.
pub(crate) const ANSWER_WAIT: Duration = Duration::from_secs(10);

/// Time that a connection has until it is a WebSocket. The whole page is 100 KiB, so only a peer that takes an answer drop
/// by drop is still here then; a browser that is makes a new connection.
pub(crate) const HTTP_WAIT: Duration = Duration::from_secs(120);

/// Requests that one connection serves. A page with all of its files has about 80.
pub(crate) const REQUESTS_A_CONNECTION: u32 = 1_000;

/// Connections beyond the clients that may be connected: when all places are taken, the page still comes and says so.
pub(crate) const HTTP_SPARE: usize = 64;

/// Bytes of a request head. Browsers with fat cookies stay under 16 KiB.
pub(crate) const REQUEST_HEAD_BYTES: usize = 64 * 1024;

/// Time from SIGTERM to the end of the last connection.
pub(crate) const DRAIN_WAIT: Duration = Duration::from_secs(5);

/// Connections the kernel keeps for us while we are busy. tokio's own choice, 128, makes the 129th of a
/// burst lose its SYN and wait a second.
pub(crate) const LISTEN_BACKLOG: u32 = 4096;

/// Time that a new connection waits for those before it to be greeted. A few milliseconds are a pace of hundreds a
/// second, whatever the log does.
pub(crate) const ACCEPT_WAIT: Duration = Duration::from_millis(5);

/// A task that waits so long for its turn has too many beside it: no more connections are accepted for a while.
pub(crate) const ACCEPT_LATE: Duration = Duration::from_micros(200);

/// Pause after `accept` failed for want of file descriptors or memory: long enough to burn no CPU.
pub(crate) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Time without such a failure after which the want is over, and said to be: each connection that ends lets another in,
/// so a single success says little.
pub(crate) const ACCEPT_CALM: Duration = Duration::from_secs(5);

/// File descriptors that are never given to clients: [`HTTP_SPARE`] for other connections, the rest for the listener,
/// epoll, logs and storage.
pub(crate) const RESERVED_FDS: u64 = 128;

/// The kernel's send buffer for each client, in bytes (Linux doubles it for its own books). It takes a
/// full batch of the longest messages in one write, and bounds what a dead reader pins: left alone,
/// Linux lets it grow to 4 MiB.
pub(crate) const SOCKET_SEND_BYTES: usize = 256 * 1024;

/// Bytes read from a socket at once, into a buffer that belongs to the thread.
pub(crate) const READ_BYTES: usize = 16 * 1024;

/// Bytes of a message, after inflation, that count as one unit of a task's budget; tokio gives each poll 128 units.
/// To read so much takes some microseconds, as a short command does, so a poll takes well under a millisecond.
pub(crate) const UNIT_BYTES: usize = 1024;

/// Bytes of messages that are decoded and held while a session is not ready for them: what was read at once, so that
/// the pongs behind them are seen. A client that sends more is not read until it is less, and is not taken for silent
/// meanwhile.
pub(crate) const HELD_BYTES: usize = READ_BYTES;

/// What a held message counts for beside its payload, in bytes: about what holding it costs.
pub(crate) const HELD_MESSAGE_BYTES: usize = 64;

/// Prices where a message rate is set, in thousandths of a message: a message, or what is as much work.
pub(crate) const PRICE_MESSAGE: u32 = 1_000;

/// A line, and each [`UNIT_BYTES`] of a message: a twentieth, since to take one apart is a twentieth of a commit.
pub(crate) const PRICE_LINE: u32 = 50;

/// A read marker: a page moves it several times while its reader says nothing.
pub(crate) const PRICE_MARK: u32 = 100;

/// A room of a hello: four to a message, so that somebody in many rooms can talk soon after a reload.
pub(crate) const PRICE_ROOM: u32 = 250;

/// A second of a reader's time: with two messages a second, a user has a fifth of one of the readers.
pub(crate) const PRICE_READ_SECOND: u32 = 10_000;

/// Users who have gone and still owe for what they did. More are forgotten, and come back as if they owed nothing.
pub(crate) const USERS_OWING: usize = 10_000;

/// Lines in one message of a `chinwag.v1` client. Clients send one command a message; the limit is for those that
/// say something in all of their rooms at once.
pub(crate) const LINES_A_MESSAGE: usize = ROOMS_A_CLIENT;

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

/// Clients gone through before other tasks get their turn: about a millisecond of `send` calls.
pub(crate) const CLIENTS_A_CHUNK: usize = 256;

/// Members from whom on a batch delay is for a room: to write to fewer takes milliseconds.
pub(crate) const BATCH_DELAY_MEMBERS: usize = 1_000;

/// The longest batch delay: who says something and sees nothing for longer thinks that it is lost.
pub(crate) const BATCH_DELAY_MAX: Duration = Duration::from_secs(5);

/// The most by which one thread's reading of the clock is taken to be behind another's.
pub(crate) const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// The heartbeat's slowest tick. Deadlines are kept to within one tick.
pub(crate) const TICK: Duration = Duration::from_secs(1);

/// The heartbeat's fastest tick, for an operator's shortest waits: faster ones would be its own load.
pub(crate) const TICK_MIN: Duration = Duration::from_millis(10);

/// The shortest and the longest of the waits that an operator may choose.
pub(crate) const WAIT_MIN: Duration = Duration::from_millis(100);
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(24 * 3600);

/// The largest payload of a control frame, in bytes (RFC 6455, 5.5).
pub(crate) const CONTROL_BYTES: usize = 125;

/// The longest reason of a close frame, in bytes: what its code leaves of the payload.
pub(crate) const CLOSE_REASON_BYTES: usize = CONTROL_BYTES - size_of::<u16>();

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

/// Bytes that the line of an entry has, about: so much room is made for each.
pub(crate) const LINE_BYTES: usize = 256;

/// Time for a `chinwag.v1` client to say hello.
pub(crate) const HELLO_WAIT: Duration = Duration::from_secs(10);

/// Levels of a command's JSON: `hello` has three.
pub(crate) const JSON_LEVELS: usize = 4;

/// Longest name of a person, in characters.
pub(crate) const NAME_CHARS: usize = 32;

/// Marks on one letter of a name, once it is composed: UTS 39 (5.4) lets four stand over or under it, and Burmese spells
/// with more that stand beside it. Without a bound a name covers the page.
pub(crate) const MARKS_A_LETTER: usize = 6;
pub(crate) const NONSPACING_MARKS_A_LETTER: usize = 4;

/// Of those, marks that belong to no script: letters of the Latin script that are not composed carry two.
pub(crate) const COMMON_MARKS_A_LETTER: usize = 2;

/// Characters at the beginning of a line that a name with its marks and what shows nothing could take.
pub(crate) const SPEAKER_CHARS: usize = 2 * NAME_CHARS;

/// Characters of another chat's name that are looked at for one that can be a name here.
pub(crate) const CLEANED_CHARS: usize = 256;

/// Longest id that a client gives a message of its own, in characters: a UUID has 36.
pub(crate) const CID_CHARS: usize = 64;

/// Longest emoji, in characters: a kiss between two skin tones.
pub(crate) const EMOJI_CHARS: usize = 10;

/// Different emoji on one message.
pub(crate) const EMOJI_A_MESSAGE: usize = 24;

/// People who are named with a reaction wherever its message is sent: most reactions have no more. A page of history
/// has at most 24 kinds for each of 100 messages.
pub(crate) const REACTORS_NAMED: usize = 3;

/// People who are named for each reaction when that is asked for: as many as somebody reads. 24 kinds of them are 100 kB.
pub(crate) const REACTORS: usize = 50;

/// Longest query of a search, in characters, and words and filters in one.
pub(crate) const QUERY_CHARS: usize = 200;
pub(crate) const QUERY_WORDS: usize = 16;

/// Words of the index in a search, those of its phrases and single signs included. What a phrase costs grows with their
/// number: one of a hundred words took a second for each thousand long messages.
pub(crate) const QUERY_INDEXED: usize = 32;

/// Bytes of a token's signature: 128 bits cannot be guessed.
pub(crate) const TOKEN_MAC_BYTES: usize = 16;

/// Rooms that may be made at once, and in a day: nobody makes so many in earnest. What a flood of names has used up comes
/// back by itself, about one a second.
pub(crate) const ROOMS: usize = 100_000;
pub(crate) const ROOMS_A_SECOND: f64 = 100_000.0 / (24.0 * 3600.0);

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

/// Time after which a client is told to try again what the log could not take.
pub(crate) const RETRY_WAIT: Duration = Duration::from_secs(5);

/// Time within which a client that is told to go is asked to come back, each after another part of it: a server
/// that starts again is up by then, and they do not all come at once.
pub(crate) const COME_BACK_WAIT: Duration = Duration::from_secs(4);

/// Messages by `cid` that a log without a disk remembers, so that one said again is not heard again.
pub(crate) const CIDS_IN_MEMORY: usize = 10_000;

/// People who are known in memory alone: all of a log without a disk, and visitors of one with a disk. Some 50 MB.
pub(crate) const USERS_IN_MEMORY: usize = 100_000;

/// People whom a newcomer pays to look at, until one who is not connected is found to be forgotten. With more, a hello
/// costs more when nearly all are connected; with fewer, it takes longer to notice who has gone.
pub(crate) const LOOKS_A_NEWCOMER: usize = 8;

/// People who are greeted, or whose way into a room is read, at a time. With more, others wait longer for the log when
/// thousands come at once; with fewer, each sync greets too few.
pub(crate) const COMING_AT_ONCE: usize = 4;

/// Jobs that one transaction takes. Larger ones only make the first wait longer.
pub(crate) const JOBS_A_COMMIT: usize = 1_024;

/// Jobs that may wait for the log's writer before sockets are no longer read: some tenths of a second of its work.
pub(crate) const JOBS_WAITING: usize = 8 * 1024;

/// Jobs that may wait in all, after which they are refused. Every client may add one that it had begun.
pub(crate) const JOBS_WAITING_MAX: usize = 64 * 1024;

/// Names of rooms and people that the writer remembers before it forgets all and looks them up again.
pub(crate) const WRITER_CACHE: usize = 20_000;

/// Threads that read the store, each with a connection of its own.
pub(crate) const READERS: usize = 4;

/// Of those, how many may be busy with pages of history, so that one is left for joins; and with searches, which may
/// take seconds each.
pub(crate) const PAGE_READERS: usize = READERS - 1;
pub(crate) const SEARCH_READERS: usize = READERS / 2;

/// Questions of one kind that may wait for a reader, after which they are refused. Every client may add one.
pub(crate) const READS_WAITING_MAX: usize = 64 * 1024;

/// Pages, and searches, of one user that may wait: a connection asks one at a time, and few people have more open.
pub(crate) const READS_WAITING_A_USER: usize = 16;

/// How much those threads give way to others (nice(2)): who comes in waits for what is being said, not the reverse.
#[cfg(target_os = "linux")]
pub(crate) const READERS_NICE: i32 = 19;

/// Time after which a reading of the store is given up, so that no search can hold a reader for long.
pub(crate) const READ_WAIT: Duration = Duration::from_secs(2);

/// Steps of SQLite's machine between two looks at that: well under a millisecond.
pub(crate) const DEADLINE_STEPS: i32 = 10_000;

/// Time without a failed reading after which the store can be read again, in the log: where a part of it is damaged, only
/// some readings fail.
pub(crate) const READ_CALM: Duration = Duration::from_secs(60);

/// Time that a connection to the store waits for another's lock: readers never lock for long.
pub(crate) const STORE_LOCK_WAIT: Duration = Duration::from_secs(5);

/// Absence after which a name may be taken by another.
pub(crate) const NAME_KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// Rooms in which a visitor's read markers are known. More, for [`USERS_IN_MEMORY`], would be more than their names take.
pub(crate) const VISITOR_MARKS: usize = 8;

/// How exactly it is known when somebody was last here: not every sign of life is worth a write.
pub(crate) const SEEN_PERIOD: Duration = Duration::from_secs(3600);

/// A store up to this size, in bytes, is checked as a whole when it is opened; that takes a tenth of a second.
pub(crate) const CHECKED_BYTES: u64 = 64 * 1024 * 1024;

/// Pages that a backup copies between two looks at the clock.
pub(crate) const BACKUP_PAGES: i32 = 1_024;

/// Bytes of what identifies a store, so that no two are alike, and of what is drawn at each of its starts, so that no two
/// of the starts that it remembers are.
pub(crate) const EPOCH_BYTES: usize = 8;
pub(crate) const START_TAG_BYTES: usize = 4;

/// Starts of a store that it remembers: a client that was away for more begins anew. A server that crashes once a second
/// uses them up in a quarter of an hour.
pub(crate) const STARTS_KEPT: usize = 1_000;

/// Lines of an import after which what it remembers of days, rooms and people is put away.
pub(crate) const IMPORT_STEP: u64 = 1_000;

/// Names that are told after an import because they are others than in the file.
pub(crate) const IMPORT_EXAMPLES: usize = 5;

/// Longest line of a file that is imported, in bytes: the longest text, were each of its characters escaped, and the rest.
pub(crate) const IMPORT_LINE_BYTES: usize = 16 * 1024 * 1024;

/// Longest text that a server may be told to allow, in characters, and therefore the longest that is imported: an export
/// must come in whole, whatever the server that it is from was told.
pub(crate) const TEXT_CHARS_MAX: usize = 1024 * 1024;

/// The largest number of an entry: what SQLite has for numbers is 63 bits and a sign.
pub(crate) const NUMBER_MAX: u64 = i64::MAX as u64;

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
const _: () = assert!(2 * PING_PERIOD.as_secs() <= 50);
const _: () = assert!((HTTP_SPARE + ADMIN_CONNECTIONS) as u64 <= RESERVED_FDS - 48);
const _: () = assert!(REQUEST_HEAD_WAIT.as_secs() + ANSWER_WAIT.as_secs() < HTTP_WAIT.as_secs());
const _: () = assert!(TICK.as_secs() < PONG_WAIT.as_secs() - PING_PERIOD.as_secs());
const _: () = assert!(TICK_MIN.as_millis() < WAIT_MIN.as_millis() / 4);
const _: () = assert!(MESSAGE_BYTES * TAIL_MESSAGES <= SOCKET_SEND_BYTES);
const _: () = assert!(4 * MESSAGE_BYTES <= TAIL_BYTES);
const _: () = assert!(PULL_BYTES <= TAIL_BYTES);
const _: () = assert!(PONG_BYTES < OWN_BYTES);
const _: () = assert!(CLIENTS_A_CHUNK < BATCH_DELAY_MEMBERS);
const _: () = assert!(TEXT_CHARS * UTF8_BYTES_A_CHAR <= TAIL_BYTES / 4);
const _: () = assert!(TEXT_CHARS <= TEXT_CHARS_MAX);
const _: () = assert!(TEXT_CHARS_MAX * JSON_BYTES_A_CHAR + COMMAND_BYTES < IMPORT_LINE_BYTES);
const _: () = assert!(0 < SEARCH_READERS && SEARCH_READERS < PAGE_READERS && PAGE_READERS < READERS);
const _: () = assert!(HELLO_WAIT.as_secs() < PING_PERIOD.as_secs());
const _: () = assert!(FOUND_MESSAGES <= PAGE_MESSAGES && LATEST_MESSAGES <= PAGE_MESSAGES);
const _: () =
    assert!(JOBS_A_COMMIT <= JOBS_WAITING && JOBS_WAITING < JOBS_WAITING_MAX && RECEIPTS_OPEN < JOBS_WAITING);
