//! The people of a log in memory.

use std::convert::Infallible;
use std::time::Duration;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::entry::{Content, Draft};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};
use crate::log::memory::{MemoryLog, State, not_kept, too_many};
use crate::log::rules::{self, NameOwner};
use crate::log::{Answer, Arrival, Arrived, KeptPage, KeptRequest, People};

impl People for MemoryLog {
    fn secret(&self) -> &Secret {
        &self.secret
    }

    fn greet(&self, who: UserId, name: Option<Name>) -> Answer<User> {
        Answer::now(Ok(self.state.lock().user(who, name)))
    }

    fn arrive(&self, arrival: Arrival) -> Answer<Arrived> {
        let Arrival { who, name, device, device_name, proof } = arrival;
        let mut state = self.state.lock();
        let change = DeviceChange::Hello { name: device_name, proof };
        let changed = state.change_devices(who, device, &change);
        Answer::now(changed.map(|devices| {
            let user = state.user(who, name);
            // Whoever is only known now has them now.
            state.set_devices(who, &devices);
            Arrived { user, devices, standing: state.rights.standing(who) }
        }))
    }

    fn devices(&self, who: UserId) -> Answer<Devices> {
        Answer::now(Ok(self.state.lock().devices(who)))
    }

    fn change_devices(&self, who: UserId, by: DeviceId, change: DeviceChange) -> Answer<Devices> {
        Answer::now(self.state.lock().change_devices(who, by, &change))
    }

    fn rename(&self, who: UserId, name: Name, rooms: Vec<RoomName>) -> Answer<User> {
        let mut state = self.state.lock();
        let by = state.user(who, None);
        match rules::is_renamed(&by, name.as_str()) {
            Ok(true) => {}
            Ok(false) => return Answer::now(Ok(by)),
            Err(error) => return Answer::now(Err(error)),
        }
        if let Err(error) = state.rights.standing(who).check_writing(state.rights.door, clock::wall_ms()) {
            return Answer::now(Err(error));
        }
        if !state.is_name_free(&name, who) {
            return Answer::now(Err(rules::name_taken()));
        }
        let Some(face) = state.people.face(who) else { return Answer::now(Err(too_many())) };
        for room in rooms {
            let draft = Draft::new(&room, who, Content::Renamed { name: name.shared() });
            state.make_room(&draft);
            state.take(draft, by.clone());
        }
        let user = User { name: name.shared(), ..by };
        state.people.own(who, name, face);
        Answer::now(Ok(user))
    }

    fn set_face(&self, who: UserId, face: Face) -> Answer<User> {
        let mut state = self.state.lock();
        let user = state.user(who, None);
        let before = state.people.face(who);
        let name = state.people.get(who).map(|(name, _)| name.clone());
        Answer::now(match rules::face_after(who, before.unwrap_or_default(), face) {
            Err(error) => Err(error),
            Ok(None) => Ok(user),
            Ok(Some(after)) => name.ok_or_else(too_many).map(|name| {
                state.people.own(who, name, after);
                user.with(after.shown())
            }),
        })
    }

    fn mark(&self, _who: UserId, _room: &RoomName, seq: u64, is_back: bool) -> Answer<u64> {
        Answer::now(Ok(rules::read_marker(None, seq, is_back, self.state.lock().seq)))
    }

    fn keep(&self, _who: UserId, _room: &RoomName, _asked: Option<Keeping>) -> Answer<bool> {
        Answer::now(Ok(false))
    }

    fn kept(&self, _request: KeptRequest) -> Answer<KeptPage> {
        not_kept()
    }
}

impl State {
    /// Somebody who is known, or is from now on: by this name if it is free, or by a guest's. When all who are known are
    /// connected, a newcomer is not known but has a guest's name, which their id gives again.
    pub(super) fn user(&mut self, who: UserId, name: Option<Name>) -> User {
        if who == UserId::GUEST {
            return User::guest();
        }
        if let (Some(face), Some((name, _))) = (self.people.face(who), self.people.get(who)) {
            return User::new(who, name.shared()).with(face.shown());
        }
        let has_room = self.people.makes_room(|who| self.deliveries.is_here(who));
        let name = name.filter(|_| has_room);
        let name = rules::first_free_name(who, name.as_ref(), |name| {
            Ok::<_, Infallible>(self.is_name_free(name, who))
        });
        let Ok(name) = name;
        let user = User::new(who, name.shared());
        if !has_room {
            return user;
        }
        let face = rules::newcomers_face(&self.people.hues());
        self.people.own(who, name, face);
        user.with(face.shown())
    }

    pub(super) fn devices(&mut self, who: UserId) -> Devices {
        self.people.get(who).map(|(_, devices)| devices.clone()).unwrap_or_default()
    }

    pub(super) fn change_devices(
        &mut self,
        who: UserId,
        by: DeviceId,
        change: &DeviceChange,
    ) -> Result<Devices, Error> {
        let mut devices = self.devices(who);
        devices.change(by, change, clock::wall_ms())?;
        self.set_devices(who, &devices);
        Ok(devices)
    }

    pub(super) fn set_devices(&mut self, who: UserId, devices: &Devices) {
        if let Some((_, known)) = self.people.get(who) {
            known.clone_from(devices);
        }
    }

    /// Those whom the log remembers keep their names, however long they are away.
    pub(super) fn is_name_free(&self, name: &Name, who: UserId) -> bool {
        let owner = self.people.other_owner(name, who).map(|who| NameOwner { who, away: Duration::ZERO });
        !owner.is_some_and(|owner| rules::is_name_taken(owner, who, Duration::ZERO, |_| true))
    }
}
