//! The governance of a log on a disk.

use std::sync::Arc;

use crate::base::clock;
use crate::base::name::Name;
use crate::base::network::AddressBan;
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Measure, Standing};
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};
use crate::log::sqlite::job::Job;
use crate::log::sqlite::lanes::Lane;
use crate::log::sqlite::{SqliteLog, in_snapshot, password, private_rooms, rights, room_rules, visitors};
use crate::log::{
    Answer, AuditEntry, Governance, ListedInvitation, MembersPage, MembersRequest, PrivateRoomsPage,
};

impl Governance for SqliteLog {
    fn door(&self) -> Door {
        self.shared.upkeep.door()
    }

    fn password(&self) -> Answer<Option<PasswordHash>> {
        self.read(Lane::Join, UserId::GUEST, |connection| {
            in_snapshot(connection, |connection| Ok(password::password(connection)?))
        })
    }

    fn address_bans(&self) -> Arc<[AddressBan]> {
        self.shared.upkeep.address_bans()
    }

    fn owners(&self) -> Answer<u64> {
        self.read(Lane::Page, UserId::GUEST, |connection| Ok(rights::owners(connection)?))
    }

    fn standing(&self, who: UserId) -> Answer<Standing> {
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::standing_of(connection, who)?))
        })
    }

    fn may_enter(&self, room: &RoomName, who: UserId) -> Answer<bool> {
        if !room.is_private() {
            return Answer::now(Ok(true));
        }
        let room = room.clone();
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(private_rooms::may_enter(connection, &room, who)?))
        })
    }

    fn people_of(&self, room: &RoomName) -> Answer<Vec<User>> {
        let room = room.clone();
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(private_rooms::users(connection, &room)?))
        })
    }

    fn private_rooms(&self, who: UserId, after: Option<RoomName>, limit: usize) -> Answer<PrivateRoomsPage> {
        self.read(Lane::Page, who, move |connection| {
            let page = |connection: &_| Ok(private_rooms::page(connection, who, after.as_ref(), limit)?);
            in_snapshot(connection, page)
        })
    }

    fn room_rules(&self, room: &RoomName) -> Answer<RoomRules> {
        let room = room.clone();
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(room_rules::rules_of(connection, &room)?))
        })
    }

    fn govern(&self, by: Option<UserId>, measure: Measure) -> Answer<()> {
        self.ask(|answer| Job::Govern { by, measure, answer })
    }

    fn members(&self, request: MembersRequest) -> Answer<MembersPage> {
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::members(connection, request)?))
        })
    }

    fn invitations(&self) -> Answer<Vec<ListedInvitation>> {
        let now = clock::wall_ms();
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::invitations(connection, now)?))
        })
    }

    fn audit(&self, before: Option<u64>, limit: usize) -> Answer<Vec<AuditEntry>> {
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::audit(connection, before, limit)?))
        })
    }

    fn messages_of(
        &self,
        who: UserId,
        since: u64,
        seen_by: Option<UserId>,
        limit: usize,
    ) -> Answer<Vec<(RoomName, u64)>> {
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            let messages = |connection: &_| Ok(rights::messages_of(connection, who, since, seen_by, limit)?);
            in_snapshot(connection, messages)
        })
    }

    fn person(&self, who: UserId) -> Answer<Option<User>> {
        let visitors = Arc::clone(&self.shared.visitors);
        self.read(Lane::Page, UserId::GUEST, move |connection| match visitors::visitor(&visitors, who) {
            Some(user) => Ok(Some(user)),
            None => in_snapshot(connection, |connection| Ok(rights::person_of(connection, who)?)),
        })
    }

    fn find_person(&self, name: &str) -> Answer<Option<User>> {
        let name = Name::stored(name);
        let visitors = Arc::clone(&self.shared.visitors);
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            let visitor = visitors.lock().other_owner(&name, UserId::GUEST);
            match visitor.and_then(|who| visitors::visitor(&visitors, who)) {
                Some(user) => Ok(Some(user)),
                None => in_snapshot(connection, |connection| Ok(rights::find_person(connection, &name)?)),
            }
        })
    }
}
