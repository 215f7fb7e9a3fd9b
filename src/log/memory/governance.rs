//! The governance of a log in memory: it lasts as long as the log.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use crate::base::clock;
use crate::base::error::Error;
use crate::base::limits::{ADDRESS_BANS, AUDIT_ENTRIES, INVITATIONS, ROOMS, USERS_IN_MEMORY};
use crate::base::name::Name;
use crate::base::network::AddressBan;
use crate::base::password::PasswordHash;
use crate::base::private_room::{self, Circle};
use crate::base::rights::{self, Door, Invitation, Measure, Parties, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::{User, UserId};
use crate::log::governance::{detail, until};
use crate::log::memory::{MemoryLog, State, too_many};
use crate::log::{
    Answer, AuditEntry, Change, Governance, ListedInvitation, MembersPage, MembersRequest, PrivateRoom,
    PrivateRoomsPage,
};

/// Who may do what.
#[derive(Default)]
pub(super) struct Rights {
    pub(super) door: Door,
    password: Option<PasswordHash>,
    address_bans: Vec<AddressBan>,
    /// Those who stand otherwise than everybody.
    standings: HashMap<UserId, Standing>,
    /// Each with its maker, and when it was made; the latest at the end.
    invitations: Vec<(Invitation, Option<UserId>, u64)>,
    /// The latest at the end.
    audit: VecDeque<Note>,
    /// The people of private rooms, in the order in which they came.
    private_rooms: BTreeMap<RoomName, Vec<UserId>>,
    /// Measures that were taken, of which the latest are in `audit`.
    taken: u64,
}

struct Note {
    at: u64,
    by: Option<UserId>,
    measure: Measure,
    whom: Option<UserId>,
}

impl Rights {
    pub(super) fn standing(&self, who: UserId) -> Standing {
        self.standings.get(&who).copied().unwrap_or_default()
    }

    fn owners(&self) -> u64 {
        self.standings.values().filter(|standing| standing.role == Role::Owner).count() as u64
    }

    /// Takes a measure, if it may be taken; gives what listeners are told, where it changes something.
    fn govern(&mut self, by: Option<UserId>, measure: Measure, now: u64) -> Result<Option<Change>, Error> {
        let whom = match &measure {
            Measure::Redeem(_) | Measure::GivePassword(_) => by,
            measure => measure.whom(),
        };
        if let Some(by) = by.filter(|_| matches!(measure, Measure::Gather { .. })) {
            self.standing(by).check_writing(self.door, now)?;
        }
        let before = whom.map(|whom| self.standing(whom)).unwrap_or_default();
        let owners = self.owners();
        let by_standing = by.map(|by| (by, self.standing(by)));
        rights::check(&measure, Parties { by: by_standing, whom: before, owners })?;
        self.invitations.retain(|(invitation, ..)| invitation.until.is_none_or(|until| now < until));
        let mut after = before.after(&measure);
        match &measure {
            Measure::Role { .. } | Measure::Mute { .. } | Measure::Ban { .. } => {}
            Measure::Gather { room, people } => return self.gather(by, room, people),
            Measure::Part { room, whom } => return self.part(by, room, *whom),
            Measure::BanAddresses { range, until, reason } => {
                self.address_bans.retain(|ban| ban.range != *range && now < ban.until);
                if self.address_bans.len() >= ADDRESS_BANS {
                    return Err(rights::too_many_bans());
                }
                let ban = |until| AddressBan { range: *range, until, reason: reason.clone() };
                self.address_bans.extend(until.map(ban));
                self.address_bans.sort_by_key(|ban| ban.range.to_string());
            }
            Measure::Door(door) if self.door == *door => return Ok(None),
            Measure::Door(door) => {
                rights::check_door(*door, self.password.is_some())?;
                self.door = *door;
            }
            Measure::Password(hash) => self.password = Some(*hash),
            Measure::GivePassword(given) => {
                by.ok_or_else(rights::no_such_person)?;
                after = rights::after_password(before, given, self.door, self.password.as_ref(), now)?;
            }
            Measure::Invite(invitation) => self.invite(by, invitation.clone(), now)?,
            Measure::EndInvitation(id) => {
                let at = self.invitations.iter().position(|(invitation, ..)| invitation.id() == *id);
                let at = at.ok_or_else(rights::bad_invitation)?;
                if let Some((_, own)) = by_standing {
                    rights::check_ending(own, &self.invitations[at].0)?;
                }
                self.invitations.remove(at);
            }
            Measure::Redeem(hash) => {
                let found = self.invitations.iter_mut().position(|(one, ..)| one.hash == *hash);
                let invitation = found.map(|at| &self.invitations[at].0);
                rights::check_invitation(invitation, now)?;
                match found {
                    Some(at) if self.invitations[at].0.role > before.role => {
                        let (invitation, ..) = &mut self.invitations[at];
                        after.role = invitation.role;
                        match &mut invitation.uses {
                            None => {}
                            Some(..=1) => drop(self.invitations.remove(at)),
                            Some(uses) => *uses -= 1,
                        }
                    }
                    _ => return Ok(None),
                }
            }
        }
        if let Some(whom) = whom {
            if after == before {
                return Ok(None);
            }
            self.stand(whom, after)?;
        }
        let change = match (&measure, whom) {
            (Measure::Door(door), _) => Some(Change::Door(*door)),
            (Measure::BanAddresses { .. }, _) => Some(Change::Addresses(self.address_bans.clone().into())),
            (_, Some(who)) => Some(Change::Standing { who, standing: after }),
            _ => None,
        };
        self.taken += 1;
        self.audit.push_back(Note { at: now, by, measure, whom });
        if self.audit.len() > AUDIT_ENTRIES {
            self.audit.pop_front();
        }
        Ok(change)
    }

    /// People come into a private room. Their names are filled in by whoever knows them.
    fn gather(
        &mut self,
        by: Option<UserId>,
        room: &RoomName,
        asked: &[UserId],
    ) -> Result<Option<Change>, Error> {
        let people = self.people_of(room);
        let new = private_room::gather(Circle { room, by, people: &people, maker: None }, asked)?;
        if new.contains(&UserId::GUEST) {
            return Err(rights::no_such_person());
        }
        if people.is_empty() && self.private_rooms.len() >= ROOMS {
            return Err(private_room::too_many_private_rooms());
        }
        if new.is_empty() {
            return Ok(None);
        }
        self.private_rooms.entry(room.clone()).or_default().extend(new);
        Ok(Some(Change::Gathered { room: room.clone(), people: Vec::new() }))
    }

    fn part(&mut self, by: Option<UserId>, room: &RoomName, whom: UserId) -> Result<Option<Change>, Error> {
        let all = self.people_of(room);
        private_room::check_parting(Circle { room, by, people: &all, maker: all.first().copied() }, whom)?;
        let Some(people) = self.private_rooms.get_mut(room).filter(|people| people.contains(&whom)) else {
            return Ok(None);
        };
        people.retain(|who| *who != whom);
        if people.is_empty() {
            self.private_rooms.remove(room);
        }
        Ok(Some(Change::Parted { room: room.clone(), who: whom, people: Vec::new() }))
    }

    pub(super) fn may_enter(&self, room: &RoomName, who: UserId) -> bool {
        !room.is_private() || self.people_of(room).contains(&who)
    }

    /// The people of a private room: of the moderators', those who have such a role.
    fn people_of(&self, room: &RoomName) -> Vec<UserId> {
        if !room.is_moderators() {
            return self.private_rooms.get(room).cloned().unwrap_or_default();
        }
        let moderators = self.standings.iter().filter(|(_, standing)| standing.role >= Role::Moderator);
        let mut people: Vec<_> = moderators.map(|(who, _)| *who).collect();
        people.sort_unstable();
        people
    }

    /// Somebody's private rooms after one, in the order of their names.
    fn rooms_of(&self, who: UserId, after: Option<&RoomName>) -> Vec<RoomName> {
        let moderators = RoomName::moderators();
        let is_after = |room: &RoomName| after.is_none_or(|after| room > after);
        let all = self.private_rooms.keys().chain([&moderators]);
        let mut rooms: Vec<_> =
            all.filter(|room| is_after(room) && self.may_enter(room, who)).cloned().collect();
        rooms.sort_unstable();
        rooms
    }

    fn stand(&mut self, who: UserId, standing: Standing) -> Result<(), Error> {
        if standing.is_plain() {
            self.standings.remove(&who);
        } else if self.standings.len() >= USERS_IN_MEMORY && !self.standings.contains_key(&who) {
            return Err(too_many());
        } else {
            self.standings.insert(who, standing);
        }
        Ok(())
    }

    fn invite(&mut self, by: Option<UserId>, invitation: Invitation, now: u64) -> Result<(), Error> {
        // The link that the server prints for the first owner: the one that it printed before is not good any more.
        let is_first = |invitation: &Invitation, by: Option<UserId>| {
            by.is_none() && invitation.role == Role::Owner && invitation.until.is_none()
        };
        if is_first(&invitation, by) {
            self.invitations.retain(|(other, by, _)| !is_first(other, *by));
        }
        if self.invitations.len() >= INVITATIONS {
            return Err(rights::too_many_invitations());
        }
        self.invitations.push((invitation, by, now));
        Ok(())
    }
}

impl State {
    /// The people of a private room, as they are called.
    fn people_of(&mut self, room: &RoomName) -> Vec<User> {
        let people = self.rights.people_of(room);
        people.into_iter().map(|who| self.person(who)).collect()
    }

    /// Somebody as they are called, if the log knows them.
    fn person(&mut self, who: UserId) -> User {
        let face = self.people.face(who);
        match (self.people.get(who), face) {
            (Some((name, _)), Some(face)) => User::new(who, name.shared()).with(face.shown()),
            _ => User::new(who, Name::of_guest(who, 0).shared()),
        }
    }
}

impl Governance for MemoryLog {
    fn door(&self) -> Door {
        self.state.lock().rights.door
    }

    fn password(&self) -> Answer<Option<PasswordHash>> {
        Answer::now(Ok(self.state.lock().rights.password))
    }

    fn address_bans(&self) -> Arc<[AddressBan]> {
        self.state.lock().rights.address_bans.clone().into()
    }

    fn owners(&self) -> Answer<u64> {
        Answer::now(Ok(self.state.lock().rights.owners()))
    }

    fn standing(&self, who: UserId) -> Answer<Standing> {
        Answer::now(Ok(self.state.lock().rights.standing(who)))
    }

    fn may_enter(&self, room: &RoomName, who: UserId) -> Answer<bool> {
        Answer::now(Ok(self.state.lock().rights.may_enter(room, who)))
    }

    fn people_of(&self, room: &RoomName) -> Answer<Vec<User>> {
        Answer::now(Ok(self.state.lock().people_of(room)))
    }

    fn private_rooms(&self, who: UserId, after: Option<RoomName>, limit: usize) -> Answer<PrivateRoomsPage> {
        let mut state = self.state.lock();
        let mut names = state.rights.rooms_of(who, after.as_ref());
        let next = (names.len() > limit).then(|| names[limit.saturating_sub(1)].clone());
        names.truncate(limit);
        let rooms = names.into_iter().map(|room| {
            let (title, last) =
                state.rooms.get(&room).map(|of| (of.setting.title.clone(), of.last)).unwrap_or_default();
            PrivateRoom { people: state.people_of(&room), room, title, last }
        });
        let rooms = rooms.collect();
        Answer::now(Ok(PrivateRoomsPage { rooms, next }))
    }

    fn room_rules(&self, room: &RoomName) -> Answer<RoomRules> {
        Answer::now(Ok(self.state.lock().room_rules(room)))
    }

    fn govern(&self, by: Option<UserId>, measure: Measure) -> Answer<()> {
        let mut state = self.state.lock();
        if measure.whom() == Some(UserId::GUEST) {
            return Answer::now(Err(rights::no_such_person()));
        }
        Answer::now(state.rights.govern(by, measure, clock::wall_ms()).map(|mut change| {
            if let Some(Change::Gathered { room, people } | Change::Parted { room, people, .. }) = &mut change
            {
                *people = state.people_of(room);
            }
            // Under the lock, so that changes are told in their order.
            state.deliveries.changed(change.as_slice());
        }))
    }

    fn members(&self, request: MembersRequest) -> Answer<MembersPage> {
        let mut state = self.state.lock();
        let after = |who: &UserId| request.after.is_none_or(|after| *who > after);
        let mut people: Vec<_> = state.rights.standings.keys().copied().filter(after).collect();
        people.sort_unstable();
        let next = people.get(request.limit).and_then(|_| people.get(request.limit.checked_sub(1)?)).copied();
        people.truncate(request.limit);
        let people = people.into_iter().map(|who| (state.person(who), state.rights.standing(who))).collect();
        Answer::now(Ok(MembersPage { people, next }))
    }

    fn invitations(&self) -> Answer<Vec<ListedInvitation>> {
        let mut state = self.state.lock();
        let now = clock::wall_ms();
        let all = state.rights.invitations.clone();
        let all = all.iter().rev().filter(|(one, ..)| one.until.is_none_or(|until| now < until));
        let all = all.map(|(one, by, made)| ListedInvitation::of(one, by.map(|by| state.person(by)), *made));
        Answer::now(Ok(all.collect()))
    }

    fn audit(&self, before: Option<u64>, limit: usize) -> Answer<Vec<AuditEntry>> {
        let mut state = self.state.lock();
        let last = state.rights.taken;
        let ids = (1..=last).rev().take(state.rights.audit.len());
        let at = |id: u64| state.rights.audit.len() - 1 - (last - id) as usize;
        let ids: Vec<_> = ids.filter(|id| before.is_none_or(|before| *id < before)).take(limit).collect();
        let entries = ids.into_iter().map(|id| {
            let Note { at, by, measure, whom } = &state.rights.audit[at(id)];
            let (at, by, whom) = (*at, *by, *whom);
            let detail = match measure {
                Measure::Redeem(_) => "",
                measure => detail(measure),
            };
            let entry = (id, at, measure.name().into(), until(measure), detail.into());
            (entry, by, whom)
        });
        let entries: Vec<_> = entries.collect();
        let entries = entries.into_iter().map(|((id, at, action, until, detail), by, whom)| AuditEntry {
            id,
            at,
            by: by.map(|by| state.person(by)),
            action,
            whom: whom.map(|whom| state.person(whom)),
            until,
            detail,
        });
        Answer::now(Ok(entries.collect()))
    }

    fn messages_of(
        &self,
        _who: UserId,
        _since: u64,
        _seen_by: Option<UserId>,
        _limit: usize,
    ) -> Answer<Vec<(RoomName, u64)>> {
        Answer::now(Ok(Vec::new()))
    }

    fn person(&self, who: UserId) -> Answer<Option<User>> {
        let mut state = self.state.lock();
        let is_known = state.people.get(who).is_some();
        Answer::now(Ok(is_known.then(|| state.person(who))))
    }

    fn find_person(&self, name: &str) -> Answer<Option<User>> {
        let mut state = self.state.lock();
        let found = state.people.other_owner(&Name::stored(name), UserId::GUEST);
        Answer::now(Ok(found.map(|who| state.person(who))))
    }
}
