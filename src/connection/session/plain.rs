//! A member of a room who speaks plain lines: every message is said, and heard again.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::base::entry::Draft;
use crate::base::limits::RECEIPTS_OPEN;
use crate::base::room_name::RoomName;
use crate::connection::read_pump::Session;
use crate::hub::outlet::Outlet;
use crate::hub::room::Membership;
use crate::hub::{Hub, OpenRoom};
use crate::log::Receipt;
use crate::wire::frame::{Close, Message};
use crate::wire::protocol::plain;

/// Whoever speaks plain lines.
#[derive(Debug)]
pub(crate) struct Plain {
    hub: Hub,
    /// Answers that are to come. This protocol has no receipts: who says something knows that it was said by
    /// hearing it. But who said something that was not kept must not wait for it for ever.
    receipts: Vec<Receipt>,
    /// For `Log::poll_ready`: the batch for which this task has left its waker; 0 for none.
    asked: u64,
    outlet: Arc<Outlet>,
    // Dropped in this order: the last member leaves, then the room is gone.
    membership: Membership,
    room: Arc<OpenRoom>,
}

impl Plain {
    pub(crate) fn join(hub: Hub, room: &RoomName, outlet: &Arc<Outlet>) -> Self {
        let room = hub.room(room);
        let membership = room.join(outlet);
        Self { hub, receipts: Vec::new(), asked: 0, outlet: Arc::clone(outlet), membership, room }
    }

    /// Takes the answers that have come.
    fn poll_receipts(&mut self, cx: &mut Context<'_>) {
        let mut known = 0;
        let mut is_kept = true;
        for receipt in &mut self.receipts {
            let Poll::Ready(answer) = Pin::new(receipt).poll(cx) else { break };
            known += 1;
            is_kept &= answer.is_ok();
        }
        self.receipts.drain(..known);
        if !is_kept {
            self.receipts.clear();
            self.outlet.close(Close::NOT_KEPT);
        }
    }
}

impl Session for Plain {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_receipts(cx);
        if self.receipts.len() >= RECEIPTS_OPEN {
            return Poll::Pending; // Woken by the answer.
        }
        ready!(self.hub.log().poll_ready(&mut self.asked, cx));
        self.membership.poll_ready(cx)
    }

    fn message(&mut self, message: Message<'_>, _outlet: &Outlet) -> Result<(), Close> {
        let line = plain::read(&message)?;
        let receipt = self.hub.append(Draft::message(self.room.name(), &line));
        match receipt.known() {
            Ok(answer) => answer.map(drop).map_err(|_| Close::NOT_KEPT),
            Err(receipt) => {
                self.receipts.push(receipt);
                Ok(())
            }
        }
    }
}
