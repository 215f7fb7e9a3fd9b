//! What a client pays for what it sends, and what happens when it cannot.
//!
//! A connection pays from a bucket of its own for what it sends, whatever that means: messages and control frames in the read
//! pump, lines in a session of `chinwag.v1`. What is too much closes it with 4029. A user, by all connections together, pays for
//! commands from one bucket ([`crate::hub::presence`]), and so does the address that they come from ([`crate::hub::quotas`]), which
//! pays besides for new people, for new rooms and for what is said. A command that is too much is refused. Prices are in
//! thousandths of a message.

use std::time::Duration;

use crate::base::clock;
use crate::base::counts::{COUNTS, Counter};
use crate::base::entry::Content;
use crate::base::error::{Error, ErrorCode};
use crate::base::limits::{
    ADDRESS_ENTRY_BYTES, Limits, PRICE_GUESS, PRICE_LINE, PRICE_MARK, PRICE_MESSAGE, PRICE_READ_SECOND,
    PRICE_REPORT, PRICE_ROOM, Rate, UNIT_BYTES,
};
use crate::base::user::UserId;
use crate::hub::outlet::Outlet;
use crate::hub::quotas::{Exhausted, Quota};
use crate::hub::{Hub, OpenRoom};
use crate::wire::bucket::Bucket;
use crate::wire::frame::Close;
use crate::wire::protocol::command::{Command, RightsCommand};

/// A connection pays for a message, or for a control frame.
///
/// # Errors
/// The close of a connection that sends too much.
pub(crate) fn pay_frame(bucket: &mut Bucket, outlet: &Outlet, limits: &Limits) -> Result<(), Close> {
    pay(bucket, outlet, limits, PRICE_MESSAGE)
}

/// A connection pays for a message as it came, whatever its lines say: empty ones, and wrong ones, are work as well.
///
/// # Errors
/// The close of a connection that sends too much.
pub(crate) fn pay_lines(
    bucket: &mut Bucket,
    outlet: &Outlet,
    limits: &Limits,
    lines: usize,
    bytes: usize,
) -> Result<(), Close> {
    pay(bucket, outlet, limits, PRICE_LINE.saturating_mul(count(lines + bytes / UNIT_BYTES)))
}

fn pay(bucket: &mut Bucket, outlet: &Outlet, limits: &Limits, price: u32) -> Result<(), Close> {
    let Some(rate) = users_rate(limits, outlet.is_limited()) else { return Ok(()) };
    bucket.pay(rate, price, clock::elapsed()).map_err(|_| Close::FLOODING)
}

/// The rate of a user, and of a connection: the operator's, or for strangers that of strangers.
fn users_rate(limits: &Limits, is_limited: bool) -> Option<Rate> {
    limits.rate.or(limits.address.user_rate.filter(|_| is_limited))
}

/// A user pays for a command, and so does the address.
///
/// # Errors
/// The refusal of a command that is too much, with the time after which it may come again.
pub(crate) fn pay_command(hub: &Hub, quota: &Quota, who: UserId, price: u32) -> Result<(), Error> {
    let (limits, now) = (hub.limits(), clock::elapsed());
    if price == 0 {
        return Ok(());
    }
    if let Some(rate) = users_rate(limits, quota.is_limited()) {
        let refuse = |wait| refused(limits, quota, &COUNTS.commands_over_rate, Error::too_fast(wait));
        hub.persons().pay(who, rate, price, now).map_err(refuse)?;
    }
    quota.pay_work(&limits.address, price, now).map_err(|wait| {
        let text = "everyone in your network together sends too fast";
        let error = Error::limited(ErrorCode::SlowDown, text, wait);
        refused(limits, quota, &COUNTS.commands_over_address_rate, error)
    })
}

/// Charges a user and the address for a command, whether they can pay or not: whose it is is known afterwards.
pub(crate) fn charge_command(hub: &Hub, quota: &Quota, who: UserId, price: u32) {
    let (limits, now) = (hub.limits(), clock::elapsed());
    if let Some(rate) = users_rate(limits, quota.is_limited()) {
        hub.persons().charge(who, rate, price, now);
    }
    quota.charge_work(&limits.address, price, now);
}

/// Charges a user and the address for the time of a reader of the log, whether they can pay or not: how long it takes is known
/// afterwards.
pub(crate) fn charge_reading(hub: &Hub, quota: &Quota, who: UserId, took: Duration) {
    charge_command(hub, quota, who, (took.as_secs_f64() * f64::from(PRICE_READ_SECOND)) as u32);
}

/// The address pays for a message on plain lines, of which its user is not known.
///
/// # Errors
/// The close of a connection from whose address too much comes.
pub(crate) fn pay_line(hub: &Hub, quota: &Quota) -> Result<(), Close> {
    quota.pay_work(&hub.limits().address, PRICE_MESSAGE, clock::elapsed()).map_err(|_| Close {
        reason: "too many messages from your network: come back later",
        ..Close::FLOODING
    })
}

/// The address pays for somebody who is new.
///
/// # Errors
/// The refusal where it has brought too many.
pub(crate) fn pay_newcomer(hub: &Hub, quota: &Quota) -> Result<(), Error> {
    quota.pay_person(&hub.limits().address, clock::elapsed()).map_err(|wait| {
        let text = "too many new people came from your network";
        let error = Error::limited(ErrorCode::AddressPeople, text, wait);
        refused(hub.limits(), quota, &COUNTS.commands_over_people, error)
    })
}

/// The address pays for a password that is given, and is given it back where it was right.
///
/// # Errors
/// The refusal where it has given too many that were wrong.
pub(crate) fn pay_guess(hub: &Hub, quota: &Quota) -> Result<(), Error> {
    quota.pay_guess(clock::elapsed()).map_err(|wait| {
        let text = "too many wrong passwords came from your network";
        let error = Error::limited(ErrorCode::SlowDown, text, wait);
        refused(hub.limits(), quota, &COUNTS.commands_over_address_rate, error)
    })
}

/// Gives that back.
pub(crate) fn refund_guess(quota: &Quota) {
    quota.refund_guess();
}

/// Charges a connection for a password that it gives, beside its line: whoever goes on guessing loses it.
pub(crate) fn charge_guess(bucket: &mut Bucket, outlet: &Outlet, limits: &Limits) {
    if let Some(rate) = users_rate(limits, outlet.is_limited()) {
        bucket.charge(rate, PRICE_GUESS, clock::elapsed());
    }
}

/// The address pays for what is said in a room, and for the room if nothing is in it yet. To take something back costs none of it.
///
/// # Errors
/// The refusal of what is too much, with the time after which it may come again.
pub(crate) fn pay_append(hub: &Hub, quota: &Quota, room: &OpenRoom, content: &Content) -> Result<(), Error> {
    let takes_back = matches!(content, Content::Deleted { .. } | Content::Reacted { on: false, .. });
    if takes_back || !quota.is_limited() {
        return Ok(());
    }
    let parts = content.parts();
    let bytes = parts.text.map_or(0, |text| text.len()) + ADDRESS_ENTRY_BYTES;
    let makes_room = parts.target.is_none() && !room.is_made(hub);
    let limits = hub.limits();
    let paid = quota.pay_append(&limits.address, bytes, makes_room, clock::elapsed());
    if makes_room && paid.is_ok() {
        // Before it is delivered: of many who are the first in a room at once, one makes it.
        room.set_made();
    }
    paid.map_err(|exhausted| match exhausted {
        Exhausted::Rooms(wait) => {
            let text = "too many new rooms were made from your network";
            let error = Error::limited(ErrorCode::AddressRooms, text, wait);
            refused(limits, quota, &COUNTS.commands_over_rooms, error)
        }
        Exhausted::Bytes(wait) => {
            let text = "as much was said from your network as may be for now";
            let error = Error::limited(ErrorCode::AddressBytes, text, wait);
            refused(limits, quota, &COUNTS.commands_over_bytes, error)
        }
    })
}

/// Whether a room is told of a new name, which is an entry in it. The address pays for a room in which nothing is yet; where it
/// cannot, the room is not told.
pub(crate) fn may_tell(hub: &Hub, quota: &Quota, room: &OpenRoom) -> bool {
    room.is_made(hub) || quota.pay_room(&hub.limits().address, clock::elapsed()).is_ok()
}

/// Counts a refusal, and says in the debug log whom it met.
fn refused(limits: &Limits, quota: &Quota, counter: &Counter, error: Error) -> Error {
    counter.add_one();
    match quota.network().filter(|_| limits.log_addresses) {
        Some(address) => tracing::debug!(%address, reason = %error, "a command is refused"),
        None => tracing::debug!(reason = %error, "a command is refused"),
    }
    error
}

/// The price of a command of a client that is in so many rooms.
pub(crate) fn price(command: &Command, rooms: usize) -> u32 {
    match command {
        // A hello reads each of its rooms.
        Command::Hello { rooms, .. } => PRICE_MESSAGE + PRICE_ROOM * count(rooms.len().max(1)),
        // A name is an entry in each of the rooms, and a face a line.
        Command::Name { .. } | Command::Face { .. } => PRICE_MESSAGE * (1 + count(rooms)),
        Command::Rights(RightsCommand::Report { .. }) => PRICE_REPORT,
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
