//! The people of a room: who is there, and what its members have not been told of that. Somebody is there by one
//! connection or several.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::base::clock;
use crate::base::limits::{PEOPLE_NAMED, PEOPLE_PERIOD_EACH, PEOPLE_PERIOD_MAX};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::others::{Changes, Here, Others};
use crate::hub::presence::{ById, Person};
use crate::hub::said::{Said, Speaker};
use crate::wire::protocol::event::{self, Event};

/// The people of one room, and what its members have not been told of them yet.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By how many connections each.
    here: HashMap<ById, u32>,
    joined: Vec<User>,
    left: Vec<User>,
    /// Whether members were last told a count alone.
    only_counted: bool,
    is_changed: bool,
    /// Whether somebody was told who is here, since members were last told who came and went.
    is_seen: bool,
    /// When members were last told.
    told: Duration,
    /// Of a chat on many machines: the people of the others.
    others: Option<Box<Others>>,
}

/// Whether there is something to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    Now,
    /// It was told lately: the larger the room, the less often.
    In(Duration),
}

impl People {
    /// Nobody, of a chat on many machines.
    pub(crate) fn beside(others: Others) -> Self {
        Self { others: Some(Box::new(others)), ..Self::default() }
    }

    pub(crate) fn come(&mut self, person: &Arc<Person>) {
        let connections = self.here.entry(ById(Arc::clone(person))).or_default();
        *connections += 1;
        if *connections > 1 {
            return;
        }
        if let Some(others) = &mut self.others {
            others.came_here(person.user(), self.here.len());
            if others.has(person.id()) {
                return;
            }
        }
        self.appear(person.user());
    }

    /// Somebody is in the room who was not, here or elsewhere.
    fn appear(&mut self, user: User) {
        self.is_changed = true;
        if self.only_counted || self.is_crowd() {
            // Their names are told anew when all can be named again.
            self.only_counted = true;
            self.joined.clear();
            self.left.clear();
            return;
        }
        // Somebody who comes back before the others were told of their going has not gone; unless a newcomer was told
        // who is here meanwhile, and does not know of them.
        if !remove(&mut self.left, |gone| *gone == user) || self.is_seen {
            self.joined.push(user);
        }
    }

    pub(crate) fn go(&mut self, id: UserId) {
        let Some(connections) = self.here.get_mut(&id) else { return };
        *connections -= 1;
        if *connections > 0 {
            return;
        }
        let Some((ById(person), _)) = self.here.remove_entry(&id) else { return };
        if let Some(others) = &mut self.others {
            others.left_here(id, self.here.len());
            if others.has(id) {
                return;
            }
        }
        self.disappear(person.user());
    }

    /// Somebody is in the room no more, neither here nor elsewhere.
    fn disappear(&mut self, user: User) {
        self.is_changed = true;
        if self.only_counted {
            return;
        }
        if !remove(&mut self.joined, |come| come.id == user.id) || self.is_seen {
            self.left.push(user);
        }
    }

    /// Takes what another machine says of its people.
    pub(crate) fn hear(&mut self, by: Speaker, said: Said, now: Duration) {
        let Some(others) = &mut self.others else { return };
        let changes = others.hear(by, said, now);
        self.take(changes);
    }

    fn take(&mut self, changes: Changes) {
        for (users, is_come) in [(changes.left, false), (changes.came, true)] {
            for user in users {
                match (&mut self.others, self.here.contains_key(&user.id)) {
                    (Some(others), true) => others.share(is_come),
                    _ if is_come => self.appear(user),
                    _ => self.disappear(user),
                }
            }
        }
        if changes.is_counted {
            self.is_changed = true;
            self.only_counted |= self.is_crowd();
            if self.only_counted {
                self.joined.clear();
                self.left.clear();
            }
        }
    }

    /// The messages to the other machines that are due now.
    pub(crate) fn say(&mut self, now: Duration) -> Vec<Vec<u8>> {
        let changes = self.others.as_mut().map(|others| others.expire(now)).unwrap_or_default();
        self.take(changes);
        let period = self.period();
        let Some(others) = &mut self.others else { return Vec::new() };
        let people = || self.here.keys().map(|ById(person)| person.user()).collect();
        others.say(Here { count: self.here.len(), people, period }, now)
    }

    /// Whether there is something to say to them before they hear the next beat.
    pub(crate) fn has_to_say(&self) -> bool {
        self.others.as_ref().is_some_and(|others| others.is_due())
    }

    /// Somebody here is typing: the other machines are told.
    pub(crate) fn types(&mut self, user: &User) {
        if let Some(others) = &mut self.others {
            others.types_here(user);
        }
    }

    /// The others hear of it by its entry.
    pub(crate) fn rename(&mut self, id: UserId, name: &Arc<str>) {
        if let Some((ById(person), _)) = self.here.get_key_value(&id) {
            person.rename(name);
        }
        if let Some(others) = &mut self.others {
            others.rename(id, name);
        }
        self.joined.iter_mut().filter(|user| user.id == id).for_each(|user| user.name = Arc::clone(name));
    }

    /// The others hear of it by a line of its own.
    pub(crate) fn set_face(&mut self, user: &User) {
        if let Some(others) = &mut self.others {
            others.set_face(user.id, user.face);
        }
        self.joined
            .iter_mut()
            .filter(|joined| joined.id == user.id)
            .for_each(|joined| joined.face = user.face);
    }

    pub(crate) fn has(&self, who: UserId) -> bool {
        self.here.contains_key(&who) || self.others.as_ref().is_some_and(|others| others.has(who))
    }

    /// Whether they are too many to be named.
    pub(crate) fn is_crowd(&self) -> bool {
        self.count() > PEOPLE_NAMED
    }

    /// The number of people here, and their names, for somebody who comes.
    pub(crate) fn seen(&mut self) -> (usize, Vec<User>) {
        self.is_seen = true;
        (self.count(), self.named())
    }

    /// Everyone who is here; nobody when they are too many to be named.
    fn named(&self) -> Vec<User> {
        if self.is_crowd() {
            return Vec::new();
        }
        self.all()
    }

    pub(crate) fn count(&self) -> usize {
        self.here.len() + self.others.as_ref().map_or(0, |others| others.count())
    }

    /// Everyone who is here, however many they are; of other machines those whom they name.
    pub(crate) fn all(&self) -> Vec<User> {
        let here = self.here.keys().map(|ById(person)| person.user());
        let others = self.others.iter().flat_map(|others| others.named());
        here.chain(others.filter(|user| !self.here.contains_key(&user.id)).cloned()).collect()
    }

    /// Time between two tellings of who came and went.
    fn period(&self) -> Duration {
        PEOPLE_PERIOD_MAX.min(PEOPLE_PERIOD_EACH * u32::try_from(self.count()).unwrap_or(u32::MAX))
    }

    pub(crate) fn due(&self) -> Due {
        if !self.is_changed {
            return Due::Nothing;
        }
        let since = clock::elapsed().saturating_sub(self.told);
        let period = self.period();
        if since < period { Due::In(period - since) } else { Due::Now }
    }

    /// The line that members are told now.
    pub(crate) fn tell(&mut self, room: &RoomName) -> Vec<u8> {
        let count = self.count();
        let all = self.only_counted && !self.is_crowd();
        let (mut joined, left) = (std::mem::take(&mut self.joined), std::mem::take(&mut self.left));
        if all {
            joined = self.named();
        }
        self.only_counted = self.is_crowd();
        (self.is_changed, self.is_seen, self.told) = (false, false, clock::elapsed());
        event::line(&Event::People(event::People { room, count, all, joined: &joined, left: &left }))
    }
}

/// Removes somebody from a list; whether they were on it.
fn remove(users: &mut Vec<User>, is_them: impl Fn(&User) -> bool) -> bool {
    let at = users.iter().position(is_them);
    at.map(|at| users.swap_remove(at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::device::DeviceId;
    use crate::hub::outlet::Outlet;
    use crate::hub::presence::{Identity, Persons};
    use crate::wire::protocol::Encoding;
    use crate::wire::stream::Stream;

    fn person(persons: &Arc<Persons>, id: u64) -> (Identity, Arc<Person>) {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Arc::new(Outlet::new(Stream::other(stream), Encoding::V1.into()));
        let user = User::new(UserId::new(id), format!("{id}"));
        let identity = persons.identify(&user, DeviceId::FIRST, &outlet, Arc::default());
        let person = Arc::clone(identity.person());
        (identity, person)
    }

    #[test]
    fn newcomer_between_two_presence_updates_hears_who_left_and_who_is_here() {
        let persons = Arc::default();
        let ((_ada, ada), (_bob, bob)) = (person(&persons, 1), person(&persons, 2));
        let room = RoomName::parse("tea").expect("a name");
        let mut people = People::default();
        let told = |people: &mut People| String::from_utf8(people.tell(&room)).expect("JSON");
        people.come(&ada);
        people.come(&bob);
        told(&mut people);

        people.go(bob.id());
        people.come(&bob);
        let line = told(&mut people);
        assert!(!line.contains("joined") && !line.contains("left"), "nobody was looking: {line}");

        people.go(bob.id());
        assert_eq!(people.seen().0, 1, "somebody comes, and sees Ada alone");
        people.come(&bob);
        let line = told(&mut people);
        assert!(line.contains(r#""joined":[{"id":"AAAAAAAAAAI""#), "that Bob is here is news: {line}");

        people.go(bob.id());
        told(&mut people);
        people.come(&bob);
        assert_eq!(people.seen().0, 2, "somebody comes, and sees both");
        people.go(bob.id());
        let line = told(&mut people);
        assert!(line.contains(r#""left":[{"id":"AAAAAAAAAAI""#), "that Bob is not here is news: {line}");
    }
}
