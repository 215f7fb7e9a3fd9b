//! What is asked of a hub: which rooms are open, what was delivered to them, and who is there.

use std::sync::Arc;

use super::{Hub, OpenRoom};
use crate::base::room_name::RoomName;
use crate::hub::feed_queue::FeedQueue;

impl Hub {
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

    /// How many rooms are open; and how many entries were delivered since the start, and messages among them.
    pub(crate) fn delivered(&self) -> (usize, u64, u64) {
        let open = self.shared.rooms.open.lock();
        (open.rooms.len(), open.entries, open.messages)
    }

    /// A room that somebody is in.
    pub(crate) fn open_room(&self, room: &RoomName) -> Option<Arc<OpenRoom>> {
        self.shared.rooms.get(room)
    }

    /// How many people are in a room.
    pub(crate) fn people_count(&self, room: &RoomName) -> usize {
        self.open_room(room).map_or(0, |room| room.count())
    }
}
