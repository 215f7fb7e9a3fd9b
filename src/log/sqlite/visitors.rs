//! Visitors: people without a row, who have neither spoken nor asked for another name. They are known in memory alone, to the
//! machine that they are connected to: a row is written for what others must remember.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::base::devices::Devices;
use crate::base::limits::VISITOR_MARKS;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::directory::Directory;

/// Those who are known. Readers look at them too.
pub(super) type Visitors = Arc<Mutex<Directory<Visitor>>>;

/// A visitor, as the directory notes them beside their name.
#[derive(Debug, Default)]
pub(super) struct Visitor {
    /// Unix milliseconds.
    pub(super) seen: u64,
    /// Read markers, the one that was moved last at the end.
    pub(super) marks: Vec<(RoomName, u64)>,
    pub(super) devices: Devices,
}

impl Visitor {
    /// How far they have read in a room.
    pub(super) fn mark(&self, room: &RoomName) -> Option<u64> {
        self.marks.iter().find(|(marked, _)| marked == room).map(|(_, seq)| *seq)
    }

    pub(super) fn set_mark(&mut self, room: &RoomName, seq: u64) {
        self.marks.retain(|(marked, _)| marked != room);
        if self.marks.len() == VISITOR_MARKS {
            self.marks.remove(0);
        }
        self.marks.push((room.clone(), seq));
    }
}

/// A visitor, as others see them.
pub(super) fn visitor(visitors: &Visitors, who: UserId) -> Option<User> {
    let mut visitors = visitors.lock();
    let face = visitors.face(who)?;
    visitors.get(who).map(|(name, _)| User::new(who, name.shared()).with(face.shown()))
}

/// The devices of a visitor.
pub(super) fn devices(visitors: &Visitors, who: UserId) -> Option<Devices> {
    visitors.lock().get(who).map(|(_, visitor)| visitor.devices.clone())
}
