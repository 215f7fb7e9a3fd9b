//! Queries of a hub: its open rooms, the entries that were delivered, the people in a room. For the directory, rooms that nobody here is
//! in are heard of for a while.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::sleep;

use super::{Hub, OpenRoom};
use crate::base::clock;
use crate::base::limits::{LOOK_TIME, LOOK_WAIT, ROOMS_LOOKED_AT};
use crate::base::room_name::RoomName;
use crate::hub::feed_queue::FeedQueue;
use crate::log::ListedRoom;

/// Rooms in the directory that are heard of though nobody here is in them, each with the time at which that ends.
#[derive(Debug, Default)]
pub(super) struct Looks(pub(super) Mutex<HashMap<RoomName, (Duration, Arc<OpenRoom>)>>);

impl Looks {
    /// Somebody looks at a room; whether nobody did before, and it is heard of now.
    fn begin(&self, hub: &Hub, room: &RoomName, until: Duration) -> bool {
        let mut looks = self.0.lock();
        if let Some((known, _)) = looks.get_mut(room) {
            *known = until;
            return false;
        }
        let is_new = looks.len() < ROOMS_LOOKED_AT && hub.open_room(room).is_none();
        if is_new {
            looks.insert(room.clone(), (until, hub.room(room)));
        }
        is_new
    }

    /// Lets go of a room at which nobody looks any more.
    pub(super) fn end(&self, room: &RoomName) {
        let mut looks = self.0.lock();
        let is_over = looks.get(room).is_some_and(|(until, _)| *until < clock::elapsed());
        let over = if is_over { looks.remove(room) } else { None };
        drop(looks);
        drop(over); // It may be the last who held the room.
    }
}

impl Hub {
    /// Hears for a while of rooms that nobody here is in, so that people on other machines are counted. On one machine
    /// there are none.
    pub(crate) async fn look_at(&self, rooms: &[ListedRoom]) {
        if self.shared.rooms.bus.is_none() {
            return;
        }
        let until = clock::elapsed() + LOOK_TIME;
        let new = rooms.iter().filter(|listed| self.shared.looks.begin(self, &listed.room, until));
        if new.count() > 0 {
            sleep(LOOK_WAIT).await;
        }
    }

    /// Delivers all that comes to this queue as well, from now on; gives the last entry that it does not get.
    pub(crate) fn attach(&self, queue: &Arc<FeedQueue>) -> u64 {
        let mut open = self.shared.rooms.open.lock();
        open.feeds.push(Arc::downgrade(queue));
        open.delivered
    }

    /// Has a queue that was overrun begin anew; gives the last entry that it does not get.
    pub(crate) fn reattach(&self, queue: &FeedQueue) -> u64 {
        let open = self.shared.rooms.open.lock();
        queue.begin();
        open.delivered
    }

    /// The rooms that are open, in the order of their names.
    pub(crate) fn open_rooms(&self) -> Vec<RoomName> {
        let open = self.shared.rooms.open.lock();
        let rooms = open.rooms.iter().filter(|(_, room)| room.strong_count() > 0);
        let mut names: Vec<RoomName> = rooms.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    }

    /// The number of open rooms; that of the entries delivered since the start, and of the messages among them.
    pub(crate) fn delivered(&self) -> (usize, u64, u64) {
        let open = self.shared.rooms.open.lock();
        (open.rooms.len(), open.entries, open.messages)
    }

    /// A room that somebody is in.
    pub(crate) fn open_room(&self, room: &RoomName) -> Option<Arc<OpenRoom>> {
        self.shared.rooms.get(room)
    }

    /// The number of people in a room.
    pub(crate) fn people_count(&self, room: &RoomName) -> usize {
        self.open_room(room).map_or(0, |room| room.count())
    }
}
