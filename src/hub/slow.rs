//! Slow clients: when a client is one, and what is done about it. It is closed with 4008 and comes back with its cursors, so
//! nothing is lost to it. Everyone who finds a client slow calls this module.

use std::sync::Arc;

use bytes::Bytes;

use crate::base::counts::COUNTS;
use crate::hub::outlet::{Outlet, SubscriptionId, SubscriptionState};
use crate::hub::tail::{Lag, Position, Tail};
use crate::wire::frame::Close;

/// Whether a cursor is too far behind its tail. A fan-out asks this for each member that is not at the head.
pub(crate) fn is_slow(tail: &Tail, cursor: Position, bounds: Lag) -> bool {
    tail.lag(cursor).is_ok_and(|lag| lag.exceeds(bounds))
}

/// Closes a slow member of a room, after the frames that the tail has for it. One whose replay is not sent yet gets no frames of
/// the tail: there would be a gap before them.
pub(crate) fn close_member(outlet: &Outlet, subscription: SubscriptionId, tail: &Arc<Tail>) {
    let Some(state) = outlet.unsubscribe(subscription, tail) else { return }; // It has left meanwhile.
    let mut frames = Vec::new();
    if let SubscriptionState::At(cursor) = state {
        let push = |frame: &Bytes| frames.push(frame.clone());
        // A client that the tail has let go of gets these from the resume that the close asks for.
        let _ = tail.read(cursor, usize::MAX, outlet.framing(), push);
    }
    close(outlet, frames);
}

/// Closes a client whose cursor is before the tail. Its room closes slow members before it trims the tail, so this should never
/// happen.
pub(crate) fn close_overrun(outlet: &Outlet) {
    close(outlet, Vec::new());
}

/// Sends a frame that another connection of the same person causes. A client that does not read those is closed.
pub(crate) fn send_or_close(outlet: &Outlet, frame: Bytes) {
    if outlet.is_full() {
        close(outlet, Vec::new());
    } else {
        outlet.send(frame);
    }
}

/// Closes a client for whom much waits, when too much waits for all together: without what waits, which it gets by its cursors when
/// it comes back.
pub(crate) fn close_at_once(outlet: &Outlet) {
    COUNTS.clients_shed.add_one();
    tracing::debug!("a client is closed for what waits for all");
    outlet.close_emptied(Close::SLOW);
}

fn close(outlet: &Outlet, frames: Vec<Bytes>) {
    COUNTS.clients_slow.add_one();
    tracing::debug!(frames = frames.len(), "a slow client is closed");
    outlet.close_with(frames.into_iter(), Close::SLOW);
}
