//! The people of a log on a disk.

use std::sync::Arc;

use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};
use crate::log::sqlite::job::Job;
use crate::log::sqlite::lanes::Lane;
use crate::log::sqlite::{SqliteLog, devices, in_snapshot, kept};
use crate::log::{Answer, Arrival, Arrived, KeptPage, KeptRequest, People};

impl People for SqliteLog {
    fn secret(&self) -> &Secret {
        &self.shared.store.secret
    }

    fn tells_changes(&self) -> bool {
        self.shared.member.is_some()
    }

    fn greet(&self, who: UserId, name: Option<Name>) -> Answer<User> {
        self.ask(|answer| Job::Greet { who, name, answer })
    }

    fn arrive(&self, arrival: Arrival) -> Answer<Arrived> {
        self.ask(|answer| Job::Arrive { arrival, answer })
    }

    fn devices(&self, who: UserId) -> Answer<Devices> {
        let visitors = Arc::clone(&self.shared.visitors);
        self.read(Lane::Page, who, move |connection| {
            // Looked at before the snapshot: what leaves the visitors meanwhile is in the store.
            let noted = visitors.lock().get(who).map(|(_, visitor)| visitor.devices.clone());
            Ok(match noted {
                Some(devices) => devices,
                None => in_snapshot(connection, |connection| Ok(devices::load(connection, who)?))?,
            })
        })
    }

    fn change_devices(&self, who: UserId, by: DeviceId, change: DeviceChange) -> Answer<Devices> {
        self.ask(|answer| Job::ChangeDevices { who, by, change, answer })
    }

    fn rename(&self, who: UserId, name: Name, rooms: Vec<RoomName>) -> Answer<User> {
        self.ask(|answer| Job::Rename { who, name, rooms, answer })
    }

    fn set_face(&self, who: UserId, face: Face) -> Answer<User> {
        self.ask(|answer| Job::SetFace { who, face, answer })
    }

    fn mark(&self, who: UserId, room: &RoomName, seq: u64, is_back: bool) -> Answer<u64> {
        let room = room.clone();
        self.ask(|answer| Job::Mark { who, room, seq, is_back, answer })
    }

    fn keep(&self, who: UserId, room: &RoomName, asked: Option<Keeping>) -> Answer<bool> {
        let room = room.clone();
        self.ask(|answer| Job::Keep { who, room, asked, answer })
    }

    fn kept(&self, request: KeptRequest) -> Answer<KeptPage> {
        self.read(Lane::Page, request.who, move |connection| {
            in_snapshot(connection, |connection| Ok(kept::page(connection, &request)?))
        })
    }
}
