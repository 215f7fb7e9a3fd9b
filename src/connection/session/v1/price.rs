//! What commands cost where a message rate is set: the one table of prices, in thousandths of a message. Beside it,
//! every line costs [`PRICE_LINE`], and a page or a search costs the time that it took.

use std::time::Duration;

use crate::base::limits::{PRICE_LINE, PRICE_MARK, PRICE_MESSAGE, PRICE_READ_SECOND, PRICE_ROOM, UNIT_BYTES};
use crate::wire::protocol::command::Command;

/// The price of a command of a client that is in so many rooms.
pub(super) fn price(command: &Command, rooms: usize) -> u32 {
    match command {
        // A hello reads each of its rooms.
        Command::Hello { rooms, .. } => PRICE_MESSAGE + PRICE_ROOM * count(rooms.len().max(1)),
        // A name is an entry in each of the rooms.
        Command::Name { .. } => PRICE_MESSAGE * (1 + count(rooms)),
        Command::Join { .. } | Command::Append { .. } | Command::History { .. } | Command::Search { .. } => {
            PRICE_MESSAGE
        }
        Command::Read { .. } => PRICE_MARK,
        // Their line is all that they cost.
        Command::Leave { .. } | Command::Typing { .. } | Command::Ping => 0,
    }
}

/// The price of a message as it came, whatever its lines say: empty ones, and wrong ones, are work as well.
pub(super) fn lines(lines: usize, bytes: usize) -> u32 {
    PRICE_LINE.saturating_mul(count(lines + bytes / UNIT_BYTES))
}

/// The price of so much time of a reader of the log.
pub(super) fn time(took: Duration) -> u32 {
    (took.as_secs_f64() * f64::from(PRICE_READ_SECOND)) as u32
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
