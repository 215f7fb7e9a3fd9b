//! Joining a room: subscribe to its tail, read what is before the subscription, and only then let the tail follow. What is
//! before it is what the log delivered before, so there is neither a gap nor an overlap.

use std::future::poll_fn;
use std::sync::Arc;

use super::{JoinedRoom, Outcome};
use crate::base::cursor::Cursor;
use crate::base::error::Error;
use crate::base::limits::OWN_BYTES;
use crate::base::private_room;
use crate::base::rights::NEVER;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::hub::Hub;
use crate::hub::outlet::Outlet;
use crate::hub::presence::Person;
use crate::log::{JoinRequest, JoinState};
use crate::wire::protocol::event::{self, Event, Lines, RulesSummary};

/// Joins a room from a cursor, or from its latest messages.
pub(super) async fn join(
    hub: Hub,
    outlet: Arc<Outlet>,
    person: Arc<Person>,
    room: RoomName,
    cursor: Option<Cursor>,
) -> Outcome {
    // Nobody of a private room sees that somebody else asks for it.
    match may_enter(&hub, &room, person.id()).await {
        Ok(true) => {}
        Ok(false) => return refused(&outlet, &room, &private_room::members_only()),
        Err(error) => return refused(&outlet, &room, &error),
    }
    // This copy of the chat may be behind the one that told the client what it knows.
    if let Some(cursor) = &cursor
        && let Err(error) = hub.reach(&room, cursor).await
    {
        return refused(&outlet, &room, &error);
    }
    let max = hub.limits().resume_entries;
    let mut begin = JoinRequest { room, who: person.id(), cursor, until: 0, max };
    loop {
        match catch_up(&hub, &outlet, &person, &begin).await {
            Ok(Some((joined, lines))) => {
                joined.membership.release(&outlet, lines.frame());
                return Outcome::Joined(joined);
            }
            // What was being sent is not kept any more: from the latest, then.
            Ok(None) => begin.cursor = None,
            Err(error) => return refused(&outlet, &begin.room, &error),
        }
    }
}

/// Whether somebody may come into a room. This copy of the chat may not know yet that they were let into it.
async fn may_enter(hub: &Hub, room: &RoomName, who: UserId) -> Result<bool, Error> {
    let log = hub.log();
    if log.may_enter(room, who).await? {
        return Ok(true);
    }
    log.reach(NEVER).await?;
    log.may_enter(room, who).await
}

/// Tells the client that it is not in a room.
fn refused(outlet: &Outlet, room: &RoomName, error: &Error) -> Outcome {
    outlet.send(event::join_failure(room, error));
    Outcome::Nothing
}

/// Subscribes, and sends all that is before that but the last piece, which it gives. None when the entries are not kept as
/// a whole any more.
async fn catch_up(
    hub: &Hub,
    outlet: &Arc<Outlet>,
    person: &Arc<Person>,
    begin: &JoinRequest,
) -> Result<Option<(JoinedRoom, Lines)>, Error> {
    let permit = hub.permit().await;
    // With the permit in hand: a client that waits for one does not fall behind the tail.
    let room = hub.room(&begin.room);
    let (membership, until) = room.join_as(outlet, person);
    let joined = JoinedRoom { typed: None, membership, room };
    let beginning = hub.log().join(JoinRequest { until, ..begin.clone() }).await?;
    drop(permit);
    joined.room.note(&beginning);
    let (log, room) = (hub.log(), &begin.room);
    let JoinState { topic, title, listed, maker, rules, read, unread, oldest, at, reset, records, mut more } =
        beginning;
    let (count, some) = joined.room.people();
    let mut lines = Lines::new();
    lines.event(&Event::Joined(event::Joined {
        room,
        epoch: log.epoch(),
        seq: until,
        at,
        topic: &topic,
        title: &title,
        listed,
        maker,
        rules: RulesSummary::of(rules),
        people: event::PeopleSummary { count, some: &some },
        read,
        unread,
        reset,
        oldest,
    }));
    lines.records(&records);
    while let Some(after) = more {
        if lines.len() > OWN_BYTES {
            outlet.send(lines.frame());
            lines = Lines::new();
            poll_fn(|cx| outlet.poll_space(cx)).await;
        }
        let piece = log.replay(room, after, until).await?;
        if piece.broken {
            outlet.send(lines.frame());
            return Ok(None);
        }
        lines.records(&piece.records);
        more = piece.more;
    }
    lines.event(&Event::CaughtUp { room, seq: until, at });
    Ok(Some((joined, lines)))
}
