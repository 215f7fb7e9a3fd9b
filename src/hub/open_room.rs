//! A room that somebody is in, and whether anything is in it yet: what a limit on new rooms asks.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Hub, Rooms};
use crate::base::limits::NUMBER_MAX;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::hub::room::Room;
use crate::log::{JoinRequest, JoinState};

/// A room, and its place among the others; it gives that up when the last who is in it leaves.
#[derive(Debug)]
pub(crate) struct OpenRoom {
    pub(super) name: RoomName,
    rooms: Arc<Rooms>,
    room: Room,
    /// Whether something is known to be in it, or on its way there. Set by whoever learns of it first; never unset.
    is_made: AtomicBool,
}

impl OpenRoom {
    pub(super) fn new(name: &RoomName, rooms: Arc<Rooms>, room: Room) -> Self {
        Self { name: name.clone(), rooms, room, is_made: AtomicBool::new(name.is_lobby()) }
    }

    pub(crate) fn name(&self) -> &RoomName {
        &self.name
    }

    /// Whether saying something in it makes no new room. A log that keeps nothing has no rooms that anybody could use up.
    pub(crate) fn is_made(&self, hub: &Hub) -> bool {
        self.is_made.load(Ordering::Relaxed) || !hub.log().keeps()
    }

    /// Something is in it, or on its way there.
    pub(crate) fn set_made(&self) {
        if !self.is_made.load(Ordering::Relaxed) {
            self.is_made.store(true, Ordering::Relaxed);
        }
    }

    /// Somebody was told what is in it.
    pub(crate) fn note(&self, state: &JoinState) {
        if state.oldest > 0 || state.maker.is_some() || !state.topic.is_empty() {
            self.set_made();
        }
    }

    /// Asks the log whether something is in it, for somebody whose protocol asks nothing when they join.
    pub(crate) async fn look_whether_made(&self, hub: &Hub) {
        let _permit = hub.permit().await;
        let (room, who) = (self.name.clone(), UserId::GUEST);
        let request = JoinRequest { room, who, cursor: None, until: NUMBER_MAX, max: 0 };
        if let Ok(state) = hub.log().join(request).await {
            self.note(&state);
        }
    }
}

impl Deref for OpenRoom {
    type Target = Room;

    fn deref(&self) -> &Room {
        &self.room
    }
}

impl Drop for OpenRoom {
    fn drop(&mut self) {
        let mut open = self.rooms.open.lock();
        // Somebody may have opened the room anew before this one was quite gone.
        if open.rooms.get(&self.name).is_some_and(|room| room.strong_count() == 0) {
            open.rooms.remove(&self.name);
            self.rooms.bus.iter().for_each(|bus| bus.stir(&self.name));
        }
    }
}
