//! Changes of people that a log tells beside the entries: their connections hear of them, and the rooms that they are in. Where a
//! log tells nothing, whoever asked for a change sees to that (`connection/session/v1`).

use crate::base::user::{User, UserId};
use crate::hub::Rooms;
use crate::log::Change;
use crate::wire::protocol::event::Event;

impl Rooms {
    pub(super) fn tell(&self, change: &Change) {
        match change {
            Change::Known(user) => self.know(user),
            Change::Renamed(user) => self.persons.rename(user),
            Change::Face(user) => self.set_face(user),
            Change::Read { who, room, seq, is_back } => {
                self.tell_person(*who, &Event::Read { room, seq: *seq, back: *is_back });
            }
            Change::Kept { who, room, keeping } => self.tell_person(*who, &Event::kept(room, *keeping)),
            Change::Linked { who, device } => self.tell_person(*who, &Event::linked(device)),
            Change::Ended { who, device } => {
                self.persons.end_device(*who, *device);
                self.links.revoke(*who);
            }
        }
    }

    /// Gives somebody another face: all of their connections are told, and the rooms that they are in.
    pub(super) fn set_face(&self, user: &User) {
        self.persons.set_face(user);
        self.with(user.id).iter().for_each(|room| room.set_face(user));
    }

    /// Somebody may be connected here by a name and with a face that are another's in the log.
    fn know(&self, user: &User) {
        let Some(before) = self.persons.get(user.id).map(|person| person.user()) else { return };
        if before.name != user.name {
            self.persons.rename(user);
        }
        if before.face != user.face {
            self.set_face(user);
        }
    }

    fn tell_person(&self, who: UserId, event: &Event<'_>) {
        if let Some(person) = self.persons.get(who) {
            person.tell(event, None);
        }
    }
}
