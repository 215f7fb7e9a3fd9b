//! Beginning in a room: take a seat, read what is before it, and only then let the tail follow. What is before
//! the seat is what the log delivered before it was taken, so there is neither a gap nor an overlap between.

use std::future::poll_fn;
use std::sync::Arc;

use super::{Joined, Outcome, failed};
use crate::error::Error;
use crate::hub::Hub;
use crate::limits::OWN_BYTES;
use crate::log::{Begin, Beginning};
use crate::outlet::Outlet;
use crate::presence::Person;
use crate::protocol::command::Cursor;
use crate::protocol::event::{self, Event, Lines};
use crate::room_name::RoomName;

/// Joins a room from a cursor, or from its latest messages.
pub(super) async fn join(
    hub: Hub,
    outlet: Arc<Outlet>,
    person: Arc<Person>,
    room: RoomName,
    cursor: Option<Cursor>,
) -> Outcome {
    let max = hub.limits().resume_entries;
    let mut begin = Begin { room, who: person.id(), cursor, until: 0, max };
    loop {
        match catch_up(&hub, &outlet, &person, &begin).await {
            Ok(Some((joined, lines))) => {
                joined.membership.release(&outlet, lines.frame());
                return Outcome::Joined(joined);
            }
            // What was being sent is not kept any more: from the latest, then.
            Ok(None) => begin.cursor = None,
            Err(error) => return failed(&outlet, "join", &error),
        }
    }
}

/// Takes a seat, and sends all that is before it but the last piece, which it gives. None: it cannot be had as a whole.
async fn catch_up(
    hub: &Hub,
    outlet: &Arc<Outlet>,
    person: &Arc<Person>,
    begin: &Begin,
) -> Result<Option<(Joined, Lines)>, Error> {
    let turn = hub.turn().await;
    // The seat is taken in the same turn: a client that waits for its turn is not yet behind.
    let room = hub.room(&begin.room);
    let (membership, until) = room.join_as(outlet, person);
    let joined = Joined { typed: None, membership, room };
    let beginning = hub.log().begin(Begin { until, ..begin.clone() }).await?;
    drop(turn);
    let (log, room) = (hub.log(), &begin.room);
    let Beginning { topic, read, unread, oldest, reset, records, mut more } = beginning;
    // A client may know of a later entry, of another room, than the last that this room has heard.
    let seq = if reset { until } else { begin.cursor.as_ref().map_or(until, |cursor| cursor.seq.max(until)) };
    let (count, some) = joined.room.people();
    let mut lines = Lines::new();
    lines.event(&Event::Joined(event::Joined {
        room,
        epoch: log.epoch(),
        seq,
        topic: &topic,
        people: event::Some { count, some: &some },
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
    lines.event(&Event::CaughtUp { room, seq });
    Ok(Some((joined, lines)))
}
