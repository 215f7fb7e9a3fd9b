//! The limits of what comes from one address. What is one address, `base::network` says.
//!
//! They are for strangers: clients of this machine and of the networks around it have none of them. Each is what a class of 40
//! people behind one public address does not meet, who come at once with two tabs each, reload the page and talk, and what
//! keeps one visitor at full speed from using up what is for all. What was used comes back by itself.

use std::time::Duration;

use super::{ENTRY_BYTES, PRICE_MESSAGE, PRICE_ROOM, Rate, TEXT_CHARS, TICK, UTF8_BYTES_A_CHAR};

/// People of the class that all of this is sized for, and the tabs that each has open.
const CLASS: u32 = 40;
const CLASS_TABS: u32 = 2;

/// Proxies that a request may have come through, one after the other. Real chains have two or three.
pub(crate) const FORWARDED_HOPS: usize = 16;

/// Bytes of a header of the PROXY protocol: a line of version 1 as that says, and what follows the beginning of version 2, where
/// proxies add some hundred bytes about TLS.
pub(crate) const PROXY_LINE_BYTES: usize = 107;
pub(crate) const PROXY_HEADER_BYTES: usize = 4_096;

/// Clients connected from one address: the class has 80 tabs, and for a while twice as many, when its network has lost the
/// connections and the server has not noticed.
pub(crate) const ADDRESS_CONNECTIONS: usize = 200;

/// Messages of a user, and of a connection, where the operator has said nothing: a page that is loaded pays for a hello with
/// its rooms and for the list of rooms, so 20 are two tabs with ten rooms each that are loaded twice. Nobody writes two messages a
/// second for long.
pub(crate) const USER_RATE: Rate = Rate { burst: 20, per_second: 2.0 };

/// Messages of all users of an address: 80 tabs that are loaded twice within seconds, ten for each time. Then 40 a second, of
/// which the class says eight when each of them writes every five seconds; the rest is reading.
pub(crate) const ADDRESS_RATE: Rate = Rate { burst: 1_600, per_second: 40.0 };

/// People who are new: the class, and some who come twice, in a private window or by another browser; then six a minute. A
/// visitor who has not spoken takes 500 bytes of memory.
pub(crate) const ADDRESS_PEOPLE: Rate = Rate { burst: 50, per_second: 0.1 };

/// Rooms that are made: the class in pairs, each with a room of its own; then one a minute.
pub(crate) const ADDRESS_ROOMS: Rate = Rate { burst: 20, per_second: 1.0 / 60.0 };

/// Bytes that are said in a day. The class says 1,600 a second when each of them writes 100 characters every five seconds,
/// with what an entry takes beside its text: in a lesson, 4 MB.
pub(crate) const ADDRESS_BYTES: u64 = 100_000_000;

/// The least that an operator may choose: a hundred messages.
pub(crate) const ADDRESS_BYTES_MIN: u64 = 10_000;

/// Seconds of a day.
pub(crate) const DAY_SECONDS: u64 = 24 * 3600;

/// Parts of a day, of which one may be said at once: a quarter of an hour's.
pub(crate) const ADDRESS_BYTES_PARTS: u64 = 96;

/// Bytes that an entry counts for beside its text.
pub(crate) const ADDRESS_ENTRY_BYTES: usize = ENTRY_BYTES;

/// Addresses of which something is remembered: some 10 MB. Those that are remembered stay until what they used has come back;
/// all that come beyond share what one of them has.
pub(crate) const ADDRESSES: usize = 65_536;

/// Parts of those, each under a lock of its own: a new connection waits for a few others at most, and each tick of the
/// heartbeat forgets what is over in one of them.
pub(crate) const ADDRESS_SHARDS: usize = 32;

/// Time after which a client is told to try again when its address has as many as it may: until somebody has left.
pub(crate) const ADDRESS_FULL_WAIT: Duration = Duration::from_secs(10);

const _: () = assert!(2 * CLASS * CLASS_TABS <= ADDRESS_CONNECTIONS as u32);
const _: () = assert!(CLASS < ADDRESS_PEOPLE.burst && CLASS / 2 <= ADDRESS_ROOMS.burst);
// A page in ten rooms, with its list of rooms, twice in two tabs.
const _: () = assert!(4 * (2 * PRICE_MESSAGE + 10 * PRICE_ROOM) <= (USER_RATE.burst + 2) * PRICE_MESSAGE);
const _: () = assert!(2 * CLASS * CLASS_TABS * 10 <= ADDRESS_RATE.burst);
// Each of the class may paste the longest text of four bytes a character once.
const _: () = assert!(
    CLASS as usize * (TEXT_CHARS * UTF8_BYTES_A_CHAR + ADDRESS_ENTRY_BYTES)
        <= (ADDRESS_BYTES / ADDRESS_BYTES_PARTS) as usize
);
// All are looked through in half a minute.
const _: () =
    assert!(ADDRESS_SHARDS as u64 * TICK.as_secs() <= 32 && ADDRESSES.is_multiple_of(ADDRESS_SHARDS));
