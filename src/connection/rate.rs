//! The message rate, where an operator has set one: what a client pays for what it sends, and what happens when it cannot.
//!
//! A connection pays from a bucket of its own for what it sends, whatever that means: messages and control frames in the read
//! pump, lines in a session of `chinwag.v1`. What is too much closes it with 4029. A user, by all connections together, pays for
//! commands from one bucket ([`crate::hub::presence`]), and a command that is too much is refused. Prices are in thousandths of a
//! message.

use std::time::Duration;

use crate::base::clock;
use crate::base::error::Error;
use crate::base::limits::{
    Limits, PRICE_LINE, PRICE_MARK, PRICE_MESSAGE, PRICE_READ_SECOND, PRICE_ROOM, UNIT_BYTES,
};
use crate::base::user::UserId;
use crate::hub::Hub;
use crate::wire::bucket::Bucket;
use crate::wire::frame::Close;
use crate::wire::protocol::command::Command;

/// A connection pays for a message, or for a control frame.
///
/// # Errors
/// The close of a connection that sends too much.
pub(crate) fn pay_frame(bucket: &mut Bucket, limits: &Limits) -> Result<(), Close> {
    pay(bucket, limits, PRICE_MESSAGE)
}

/// A connection pays for a message as it came, whatever its lines say: empty ones, and wrong ones, are work as well.
///
/// # Errors
/// The close of a connection that sends too much.
pub(crate) fn pay_lines(
    bucket: &mut Bucket,
    limits: &Limits,
    lines: usize,
    bytes: usize,
) -> Result<(), Close> {
    pay(bucket, limits, PRICE_LINE.saturating_mul(count(lines + bytes / UNIT_BYTES)))
}

fn pay(bucket: &mut Bucket, limits: &Limits, price: u32) -> Result<(), Close> {
    let Some(rate) = limits.rate else { return Ok(()) };
    bucket.pay(rate, price, clock::elapsed()).map_err(|_| Close::FLOODING)
}

/// A user pays for a command.
///
/// # Errors
/// The refusal of a command that is too much, with the time after which it may come again.
pub(crate) fn pay_command(hub: &Hub, who: UserId, price: u32) -> Result<(), Error> {
    let Some(rate) = hub.limits().rate else { return Ok(()) };
    hub.persons().pay(who, rate, price, clock::elapsed()).map_err(Error::too_fast)
}

/// Charges a user for a command, whether they can pay or not: whose it is is known afterwards.
pub(crate) fn charge_command(hub: &Hub, who: UserId, price: u32) {
    if let Some(rate) = hub.limits().rate {
        hub.persons().charge(who, rate, price, clock::elapsed());
    }
}

/// Charges a user for the time of a reader of the log, whether they can pay or not: how long it takes is known afterwards.
pub(crate) fn charge_reading(hub: &Hub, who: UserId, took: Duration) {
    if let Some(rate) = hub.limits().rate {
        let price = (took.as_secs_f64() * f64::from(PRICE_READ_SECOND)) as u32;
        hub.persons().charge(who, rate, price, clock::elapsed());
    }
}

/// The price of a command of a client that is in so many rooms.
pub(crate) fn price(command: &Command, rooms: usize) -> u32 {
    match command {
        // A hello reads each of its rooms.
        Command::Hello { rooms, .. } => PRICE_MESSAGE + PRICE_ROOM * count(rooms.len().max(1)),
        // A name is an entry in each of the rooms, and a face a line.
        Command::Name { .. } | Command::Face { .. } => PRICE_MESSAGE * (1 + count(rooms)),
        Command::Join { .. }
        | Command::Append { .. }
        | Command::History { .. }
        | Command::Reactions { .. }
        | Command::Directory { .. }
        | Command::Rooms { .. }
        | Command::Link { .. }
        | Command::PrivateLink { .. }
        | Command::Devices { .. }
        | Command::EndDevice { .. }
        | Command::Search { .. }
        | Command::Rights(_) => PRICE_MESSAGE,
        Command::Read { .. } | Command::Keep { .. } => PRICE_MARK,
        // Their line is all that they cost.
        Command::Leave { .. } | Command::Typing { .. } | Command::Ping => 0,
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
