//! A member of a room who speaks plain lines: every message is said, and heard again.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::base::account::Account;
use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::entry::{Content, Draft};
use crate::base::error::{Error, ErrorCode};
use crate::base::limits::RECEIPTS_OPEN;
use crate::base::private_room;
use crate::base::rights::Door;
use crate::base::user::{User, UserId};
use crate::connection::rate;
use crate::connection::read_pump::Session;
use crate::hub::outlet::Outlet;
use crate::hub::presence::Identity;
use crate::hub::quotas::Seat;
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
    /// Its place among the connections of its address, which pays for what it says.
    seat: Seat,
    // Dropped in this order: the last member leaves, then the room is gone.
    membership: Membership,
    room: Arc<OpenRoom>,
}

impl Plain {
    pub(crate) fn join(hub: Hub, room: Arc<OpenRoom>, outlet: &Arc<Outlet>, seat: Seat) -> Self {
        let membership = room.join(outlet);
        Self { hub, receipts: Vec::new(), asked: 0, outlet: Arc::clone(outlet), seat, membership, room }
    }

    /// A member with an account, whom the others see.
    fn join_as(hub: Hub, room: Arc<OpenRoom>, outlet: &Arc<Outlet>, seat: Seat, me: &Identity) -> Self {
        let (membership, _) = room.join_as(outlet, me.person());
        // This protocol begins with what is said from now on: there is nothing to send before the tail.
        membership.release(outlet, bytes::Bytes::new());
        Self { hub, receipts: Vec::new(), asked: 0, outlet: Arc::clone(outlet), seat, membership, room }
    }

    /// Has somebody say a message.
    fn say(&mut self, by: UserId, message: &Message<'_>) -> Result<(), Close> {
        let line = plain::read(message)?;
        let content = Content::message(line);
        rate::pay_line(&self.hub, &self.seat)?;
        rate::pay_append(&self.hub, &self.seat, &self.room, &content)
            .map_err(|error| too_much(error.code()))?;
        let receipt = self.hub.append(Draft::new(self.room.name(), by, content));
        match receipt.known() {
            Ok(answer) => answer.map(drop).map_err(|error| not_said(&error)),
            Err(receipt) => {
                self.receipts.push(receipt);
                Ok(())
            }
        }
    }

    /// Takes the answers that have come.
    fn poll_receipts(&mut self, cx: &mut Context<'_>) {
        let mut known = 0;
        let mut refusal = None;
        for receipt in &mut self.receipts {
            let Poll::Ready(answer) = Pin::new(receipt).poll(cx) else { break };
            known += 1;
            refusal = refusal.or(answer.err());
        }
        self.receipts.drain(..known);
        if let Some(error) = refusal {
            self.receipts.clear();
            self.outlet.close(not_said(&error));
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
        if self.hub.log().door() != Door::Write {
            return Err(Close::READ_ONLY);
        }
        self.say(UserId::GUEST, &message)
    }
}

/// The close of a client whose message was not said: this protocol has no other way to say so.
fn not_said(error: &Error) -> Close {
    match error.code() {
        ErrorCode::WritersOnly | ErrorCode::Archived => {
            Close { reason: "you only read in this room", ..Close::READ_ONLY }
        }
        ErrorCode::SlowMode => {
            Close { reason: "this room is in slow mode: come back later", ..Close::FLOODING }
        }
        _ => Close::NOT_KEPT,
    }
}

/// The close of a client from whose address came too much: this protocol has no other way to say so.
fn too_much(code: ErrorCode) -> Close {
    let reason = match code {
        ErrorCode::AddressRooms => "too many new rooms were made from your network: come back later",
        _ => "too much was said from your network: come back later",
    };
    Close { reason, ..Close::FLOODING }
}

/// Somebody with an account who speaks plain lines: they are greeted, and then heard and seen by their name.
pub(crate) struct PlainAccount {
    outlet: Arc<Outlet>,
    room: Arc<OpenRoom>,
    hub: Hub,
    /// Until it is a member's.
    seat: Option<Seat>,
    phase: Phase,
}

enum Phase {
    Greeting(Pin<Box<dyn Future<Output = Result<User, Error>> + Send>>),
    // Dropped in this order: they leave the room before they are not connected any more.
    Member(Plain, Identity),
    /// They could not be greeted.
    Closed,
}

impl PlainAccount {
    pub(crate) fn new(
        hub: Hub,
        room: Arc<OpenRoom>,
        outlet: &Arc<Outlet>,
        account: Account,
        seat: Seat,
    ) -> Self {
        let greeting = {
            let (hub, room) = (hub.clone(), room.name().clone());
            async move {
                let _permit = hub.permit().await;
                let (user, standing) = hub.greet(&account, std::slice::from_ref(&room)).await?;
                standing.check_entering(Door::Write, clock::wall_ms())?;
                match hub.log().may_enter(&room, user.id).await? {
                    true => Ok(user),
                    false => Err(private_room::members_only()),
                }
            }
        };
        outlet.set_guest(false); // The application has let them in.
        let phase = Phase::Greeting(Box::pin(greeting));
        Self { outlet: Arc::clone(outlet), room, hub, seat: Some(seat), phase }
    }
}

impl fmt::Debug for PlainAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlainAccount").field("room", self.room.name()).finish_non_exhaustive()
    }
}

impl Session for PlainAccount {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match &mut self.phase {
                Phase::Greeting(greeting) => {
                    self.phase = match (ready!(greeting.as_mut().poll(cx)), self.seat.take()) {
                        (Ok(user), Some(seat)) => {
                            let me = self.hub.persons().identify(
                                &user,
                                DeviceId::FIRST,
                                &self.outlet,
                                seat.quota(),
                            );
                            let (hub, room) = (self.hub.clone(), Arc::clone(&self.room));
                            let plain = Plain::join_as(hub, room, &self.outlet, seat, &me);
                            Phase::Member(plain, me)
                        }
                        _ => {
                            self.outlet.close(Close::NOT_KEPT);
                            Phase::Closed
                        }
                    }
                }
                Phase::Member(plain, _) => return plain.poll_ready(cx),
                Phase::Closed => return Poll::Pending,
            }
        }
    }

    fn message(&mut self, message: Message<'_>, _outlet: &Outlet) -> Result<(), Close> {
        match &mut self.phase {
            Phase::Member(plain, me) => plain.say(me.id(), &message),
            Phase::Greeting(_) | Phase::Closed => Err(Close::NOT_KEPT), // Nothing comes before it is ready.
        }
    }
}
