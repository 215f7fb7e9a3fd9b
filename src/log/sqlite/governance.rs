//! The governance of a log on a disk.

use std::sync::Arc;

use crate::base::clock;
use crate::base::name::Name;
use crate::base::rights::{Door, Measure, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::sqlite::job::Job;
use crate::log::sqlite::lanes::Lane;
use crate::log::sqlite::{SqliteLog, in_snapshot, rights, visitors};
use crate::log::{Answer, AuditEntry, Governance, ListedInvitation, MembersPage, MembersRequest};

impl Governance for SqliteLog {
    fn door(&self) -> Door {
        self.shared.upkeep.door()
    }

    fn owners(&self) -> Answer<u64> {
        self.read(Lane::Page, UserId::GUEST, |connection| Ok(rights::owners(connection)?))
    }

    fn standing(&self, who: UserId) -> Answer<Standing> {
        self.read(Lane::Join, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::standing_of(connection, who)?))
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

    fn messages_of(&self, who: UserId, since: u64, limit: usize) -> Answer<Vec<(RoomName, u64)>> {
        self.read(Lane::Page, UserId::GUEST, move |connection| {
            in_snapshot(connection, |connection| Ok(rights::messages_of(connection, who, since, limit)?))
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
