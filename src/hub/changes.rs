//! Changes that a log tells beside the entries, of people and of what they may do: their connections hear of them, and the rooms
//! that they are in. Where a log tells nothing of a change, whoever asked for it sees to that (`connection/session/v1`).

use std::sync::Arc;

use crate::base::clock;
use crate::base::rights::{Door, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::{Rooms, slow};
use crate::log::Change;
use crate::wire::frame::Close;
use crate::wire::protocol::Encoding;
use crate::wire::protocol::event::{self, Event, PrivateRoomSummary};

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
                // What it may have made is good no more when it learns of its end.
                self.links.revoke(*who);
                self.persons.end_device(*who, *device);
            }
            Change::Standing { who, standing } => self.stand(*who, standing),
            Change::Door(door) => self.open_door(*door),
            Change::Addresses(bans) => self.persons.close_banned(bans, clock::wall_ms()),
            Change::Gathered { room, people } => self.tell_people(room, people),
            Change::Parted { room, who, people } => {
                self.part(room, *who);
                self.tell_people(room, people);
            }
        }
    }

    /// Tells the people of a private room who is in it now.
    fn tell_people(&self, room: &RoomName, people: &[User]) {
        let event = Event::PrivateRoom(PrivateRoomSummary::of(room, people));
        people.iter().for_each(|user| self.tell_person(user.id, &event));
    }

    /// Somebody may no more be in a private room.
    fn part(&self, room: &RoomName, who: UserId) {
        let Some(person) = self.persons.get(who) else { return };
        // Their sessions have the room among those that they are in: they come back, and are not let into it.
        match self.get(room).is_some_and(|room| room.has(who)) {
            true => person.close(Close::COME_BACK),
            false => person.tell(&Event::Parted { room }, None),
        }
    }

    /// Somebody may do more, or less: their connections are told, or ended.
    fn stand(&self, who: UserId, standing: &Standing) {
        if standing.is_banned(clock::wall_ms()) {
            self.links.revoke(who);
            return self.persons.ban(who);
        }
        self.persons.admit(who);
        let Some(person) = self.persons.get(who) else { return };
        person.set_guest(standing.role == Role::Guest);
        person.tell(&Event::standing(standing), None);
        if standing.role < Role::Moderator
            && self.get(&RoomName::moderators()).is_some_and(|room| room.has(who))
        {
            person.close(Close::COME_BACK);
        }
    }

    /// Guests may do more, or less: all connections are told, and those of guests may end.
    fn open_door(&self, door: Door) {
        let (told, may_stay) = (event::frame(&Event::Door { guests: door.as_str() }), door.check_guest());
        // Not under the lock of all, as a connection that cannot be told is closed.
        let mut outlets = Vec::new();
        self.clients.for_each(|outlet| outlets.push(Arc::clone(outlet)));
        for outlet in outlets {
            if let Err(why) = &may_stay
                && outlet.is_guest()
            {
                outlet.turn_away(why);
            } else if outlet.framing().encoding == Encoding::V1 {
                slow::send_or_close(&outlet, told.clone());
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
