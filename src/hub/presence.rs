//! Presence: who is in a room, and who is connected at all. Several connections of one user are one person.
//! Knows no room and no socket beyond the ways out.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use smallvec::SmallVec;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::face::Face;
use crate::base::limits::{PEOPLE_NAMED, PEOPLE_PERIOD_EACH, PEOPLE_PERIOD_MAX, Rate, USERS_OWING};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::ended::Ended;
use crate::hub::outlet::Outlet;
use crate::hub::slow;
use crate::wire::bucket::Bucket;
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
    pub(crate) fn come(&mut self, person: &Arc<Person>) {
        let connections = self.here.entry(ById(Arc::clone(person))).or_default();
        *connections += 1;
        if *connections > 1 {
            return;
        }
        self.is_changed = true;
        if self.only_counted || self.is_crowd() {
            // Who they are is told anew when they can be named again.
            self.only_counted = true;
            self.joined.clear();
            self.left.clear();
            return;
        }
        // Who comes back before the others were told of their going has not gone; unless somebody came meanwhile, who
        // does not know of them.
        let user = person.user();
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
        self.is_changed = true;
        if self.only_counted {
            return;
        }
        if !remove(&mut self.joined, |come| come.id == id) || self.is_seen {
            self.left.push(person.user());
        }
    }

    /// The others hear of it by its entry.
    pub(crate) fn rename(&mut self, id: UserId, name: &Arc<str>) {
        if let Some((ById(person), _)) = self.here.get_key_value(&id) {
            person.rename(name);
        }
        self.joined.iter_mut().filter(|user| user.id == id).for_each(|user| user.name = Arc::clone(name));
    }

    /// The others hear of it by a line of its own.
    pub(crate) fn set_face(&mut self, user: &User) {
        self.joined
            .iter_mut()
            .filter(|joined| joined.id == user.id)
            .for_each(|joined| joined.face = user.face);
    }

    pub(crate) fn has(&self, who: UserId) -> bool {
        self.here.contains_key(&who)
    }

    /// Whether they are too many to be named.
    pub(crate) fn is_crowd(&self) -> bool {
        self.here.len() > PEOPLE_NAMED
    }

    /// How many are here, and who, for somebody who comes.
    pub(crate) fn seen(&mut self) -> (usize, Vec<User>) {
        self.is_seen = true;
        (self.here.len(), self.named())
    }

    /// Everyone who is here; nobody when they are too many to be named.
    fn named(&self) -> Vec<User> {
        if self.is_crowd() {
            return Vec::new();
        }
        self.all()
    }

    pub(crate) fn count(&self) -> usize {
        self.here.len()
    }

    /// Everyone who is here, however many they are.
    pub(crate) fn all(&self) -> Vec<User> {
        self.here.keys().map(|ById(person)| person.user()).collect()
    }

    pub(crate) fn due(&self) -> Due {
        if !self.is_changed {
            return Due::Nothing;
        }
        let since = clock::elapsed().saturating_sub(self.told);
        let period = PEOPLE_PERIOD_MAX.min(PEOPLE_PERIOD_EACH * self.here.len() as u32);
        if since < period { Due::In(period - since) } else { Due::Now }
    }

    /// What members are told now, as a line.
    pub(crate) fn tell(&mut self, room: &RoomName) -> Vec<u8> {
        let count = self.here.len();
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

/// Somebody who is connected, by one connection or several.
#[derive(Debug)]
pub(crate) struct Person {
    id: UserId,
    state: Mutex<PersonState>,
}

#[derive(Debug)]
struct PersonState {
    name: Arc<str>,
    face: Face,
    /// What the user pays from, by all connections together.
    bucket: Bucket,
    /// The connections, each with its device. Two words are as large as a list of several is by itself.
    outlets: SmallVec<[(DeviceId, Arc<Outlet>); 1]>,
}

/// A person in a set: found by the id, which is not kept a second time beside it.
#[derive(Debug)]
struct ById(Arc<Person>);

impl Borrow<UserId> for ById {
    fn borrow(&self) -> &UserId {
        &self.0.id
    }
}

impl Hash for ById {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialEq for ById {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for ById {}

/// Everyone who is connected under a name.
#[derive(Debug, Default)]
pub(crate) struct Persons(Mutex<PersonsState>);

#[derive(Debug, Default)]
struct PersonsState {
    here: HashSet<ById>,
    /// Buckets of users who are not here, or not yet, that are not full: to come back is no way to a new one. Empty
    /// where no rate is set.
    owing: HashMap<UserId, Bucket>,
    ended: Ended,
}

/// A connection's being somebody's; it is not when this is dropped.
#[derive(Debug)]
pub(crate) struct Identity {
    persons: Arc<Persons>,
    person: Arc<Person>,
    outlet: Arc<Outlet>,
}

impl Persons {
    /// This connection is somebody's from now on. Where an account is known without a device, that is [`DeviceId::FIRST`].
    pub(crate) fn identify(
        self: &Arc<Self>,
        user: &User,
        device: DeviceId,
        outlet: &Arc<Outlet>,
    ) -> Identity {
        let mut persons = self.0.lock();
        if persons.ended.has(user.id, device, clock::elapsed()) {
            outlet.end_device();
        }
        let known = persons.here.get(&user.id).map(|ById(person)| Arc::clone(person));
        let person = known.unwrap_or_else(|| {
            let bucket = persons.owing.remove(&user.id).unwrap_or_default();
            let User { name, face, .. } = user.clone();
            let state = PersonState { name, face, bucket, outlets: SmallVec::new() };
            let person = Arc::new(Person { id: user.id, state: Mutex::new(state) });
            persons.here.insert(ById(Arc::clone(&person)));
            person
        });
        person.state.lock().outlets.push((device, Arc::clone(outlet)));
        Identity { persons: Arc::clone(self), person, outlet: Arc::clone(outlet) }
    }

    /// Whether a user is connected. The lock is held for the look-up alone: the log asks this under its own.
    pub(crate) fn is_here(&self, who: UserId) -> bool {
        self.0.lock().here.contains(&who)
    }

    /// How many users are connected.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().here.len()
    }

    /// Somebody who is connected.
    pub(crate) fn get(&self, who: UserId) -> Option<Arc<Person>> {
        self.0.lock().here.get(&who).map(|ById(person)| Arc::clone(person))
    }

    /// Somebody has another name in the log: all of their connections are told, if there are any.
    pub(crate) fn rename(&self, user: &User) {
        if let Some(person) = self.get(user.id) {
            person.rename(&user.name);
            person.tell(&Event::Named { user }, None);
        }
    }

    /// Somebody has another face: all of their connections are told, if there are any.
    pub(crate) fn set_face(&self, user: &User) {
        if let Some(person) = self.get(user.id) {
            person.state.lock().face = user.face;
            person.tell(&Event::Face { room: None, user }, None);
        }
    }

    /// Closes every connection of a user, for a reason in words; gives how many there were.
    pub(crate) fn close(&self, who: UserId, reason: &str) -> usize {
        let Some(person) = self.get(who) else { return 0 };
        let outlets = person.state.lock().outlets.clone();
        outlets.iter().for_each(|(_, outlet)| outlet.dismiss(reason));
        outlets.len()
    }

    /// Closes every connection of a device that is ended, also one whose hello is under way.
    pub(crate) fn end_device(&self, who: UserId, device: DeviceId) {
        let mut persons = self.0.lock();
        persons.ended.add(who, device, clock::elapsed());
        let person = persons.here.get(&who).map(|ById(person)| Arc::clone(person));
        drop(persons);
        let Some(person) = person else { return };
        let outlets = person.state.lock().outlets.clone();
        outlets.iter().filter(|(of, _)| *of == device).for_each(|(_, outlet)| outlet.end_device());
    }

    /// A device was not ended after all.
    pub(crate) fn keep_device(&self, who: UserId, device: DeviceId) {
        self.0.lock().ended.remove(who, device);
    }

    /// Has a user pay a price, in thousandths of a message.
    ///
    /// # Errors
    /// There is not enough: the time until there is.
    pub(crate) fn pay(&self, who: UserId, rate: Rate, price: u32, now: Duration) -> Result<(), Duration> {
        if price == 0 {
            return Ok(());
        }
        self.with_bucket(who, now, |bucket| bucket.pay(rate, price, now))
    }

    /// Charges a user what was used, whether it is there or not.
    pub(crate) fn charge(&self, who: UserId, rate: Rate, price: u32, now: Duration) {
        self.with_bucket(who, now, |bucket| bucket.charge(rate, price, now));
    }

    fn with_bucket<T>(&self, who: UserId, now: Duration, change: impl FnOnce(&mut Bucket) -> T) -> T {
        let mut persons = self.0.lock();
        if let Some(ById(person)) = persons.here.get(&who) {
            return change(&mut person.state.lock().bucket);
        }
        let mut bucket = persons.owing.get(&who).copied().unwrap_or_default();
        let done = change(&mut bucket);
        persons.owes(who, bucket, now);
        done
    }
}

impl PersonsState {
    fn owes(&mut self, who: UserId, bucket: Bucket, now: Duration) {
        if bucket.is_full(now) {
            return;
        }
        if self.owing.len() >= USERS_OWING && !self.owing.contains_key(&who) {
            self.owing.retain(|_, bucket| !bucket.is_full(now));
            if self.owing.len() >= USERS_OWING {
                return;
            }
        }
        self.owing.insert(who, bucket);
    }
}

impl Identity {
    pub(crate) fn id(&self) -> UserId {
        self.person.id
    }

    pub(crate) fn person(&self) -> &Arc<Person> {
        &self.person
    }

    /// The device that it is by.
    pub(crate) fn device(&self) -> DeviceId {
        let state = self.person.state.lock();
        let own = state.outlets.iter().find(|(_, outlet)| Arc::ptr_eq(outlet, &self.outlet));
        own.map_or(DeviceId::FIRST, |(device, _)| *device)
    }
}

impl Person {
    pub(crate) fn id(&self) -> UserId {
        self.id
    }

    /// Who it is, by the name and the face of now.
    pub(crate) fn user(&self) -> User {
        let state = self.state.lock();
        User { id: self.id, name: Arc::clone(&state.name), face: state.face }
    }

    pub(crate) fn rename(&self, name: &Arc<str>) {
        self.state.lock().name = Arc::clone(name);
    }

    /// Whether a device is connected.
    pub(crate) fn is_here_by(&self, device: DeviceId) -> bool {
        self.state.lock().outlets.iter().any(|(of, _)| *of == device)
    }

    /// Tells all connections of this user, or all but one.
    pub(crate) fn tell(&self, event: &Event<'_>, but: Option<&Arc<Outlet>>) {
        let outlets = self.state.lock().outlets.clone();
        let outlets = outlets.iter().map(|(_, outlet)| outlet);
        let others = outlets.filter(|outlet| but.is_none_or(|but| !Arc::ptr_eq(but, outlet)));
        let frame = event::frame(event);
        others.for_each(|outlet| slow::send_or_close(outlet, frame.clone()));
    }
}

impl Drop for Identity {
    fn drop(&mut self) {
        let mut persons = self.persons.0.lock();
        let mut state = self.person.state.lock();
        state.outlets.retain(|(_, outlet)| !Arc::ptr_eq(outlet, &self.outlet));
        if state.outlets.is_empty() {
            persons.here.remove(&self.person.id);
            persons.owes(self.person.id, state.bucket, clock::elapsed());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::protocol::Encoding;
    use crate::wire::stream::Stream;

    fn person(persons: &Arc<Persons>, id: u64) -> (Identity, Arc<Person>) {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Arc::new(Outlet::new(Stream::other(stream), Encoding::V1.into()));
        let user = User::new(UserId::new(id), format!("{id}"));
        let identity = persons.identify(&user, DeviceId::FIRST, &outlet);
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
