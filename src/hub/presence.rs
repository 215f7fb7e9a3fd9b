//! Presence: who is connected at all. Several connections of one user are one person. Knows no room and no socket
//! beyond the ways out.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use smallvec::SmallVec;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::{Rate, USERS_OWING};
use crate::base::network::{AddressBan, Network, is_banned};
use crate::base::rights;
use crate::base::user::{User, UserId};
use crate::hub::ended::Ended;
use crate::hub::outlet::Outlet;
use crate::hub::quotas::Quota;
use crate::hub::slow;
use crate::wire::bucket::Bucket;
use crate::wire::frame::Close;
use crate::wire::protocol::event::{self, Event};

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
    connections: SmallVec<[Connection; 1]>,
}

/// A connection of somebody's.
#[derive(Debug, Clone)]
struct Connection {
    device: DeviceId,
    outlet: Arc<Outlet>,
    /// Of the address that it comes from.
    quota: Arc<Quota>,
}

/// A person in a set: found by the id, which is not kept a second time beside it.
#[derive(Debug)]
pub(crate) struct ById(pub(crate) Arc<Person>);

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
    /// This connection is somebody's from now on. Where an account is known without a device, that is
    /// [`DeviceId::FIRST`].
    pub(crate) fn identify(
        self: &Arc<Self>,
        user: &User,
        device: DeviceId,
        outlet: &Arc<Outlet>,
        quota: Arc<Quota>,
    ) -> Identity {
        let mut persons = self.0.lock();
        match persons.ended.find(user.id, device, clock::elapsed()) {
            None => {}
            Some(Some(_)) => outlet.end_device(),
            Some(None) => outlet.turn_away(&rights::banned()),
        }
        let known = persons.here.get(&user.id).map(|ById(person)| Arc::clone(person));
        let person = known.unwrap_or_else(|| {
            let bucket = persons.owing.remove(&user.id).unwrap_or_default();
            let User { name, face, .. } = user.clone();
            let state = PersonState { name, face, bucket, connections: SmallVec::new() };
            let person = Arc::new(Person { id: user.id, state: Mutex::new(state) });
            persons.here.insert(ById(Arc::clone(&person)));
            person
        });
        let connection = Connection { device, outlet: Arc::clone(outlet), quota };
        person.state.lock().connections.push(connection);
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
        let outlets = person.outlets();
        outlets.iter().for_each(|outlet| outlet.dismiss(reason));
        outlets.len()
    }

    /// Closes every connection of a device that is ended, also one whose hello is under way.
    pub(crate) fn end_device(&self, who: UserId, device: DeviceId) {
        let mut persons = self.0.lock();
        persons.ended.add(who, Some(device), clock::elapsed());
        let person = persons.here.get(&who).map(|ById(person)| Arc::clone(person));
        drop(persons);
        let Some(person) = person else { return };
        let connections = person.state.lock().connections.clone();
        let ended = connections.iter().filter(|connection| connection.device == device);
        ended.for_each(|connection| connection.outlet.end_device());
    }

    /// A device was not ended after all.
    pub(crate) fn keep_device(&self, who: UserId, device: DeviceId) {
        self.0.lock().ended.remove(who, Some(device));
    }

    /// Closes every connection of somebody who was banned, also one whose hello is under way.
    pub(crate) fn ban(&self, who: UserId) {
        let mut persons = self.0.lock();
        persons.ended.add(who, None, clock::elapsed());
        let person = persons.here.get(&who).map(|ById(person)| Arc::clone(person));
        drop(persons);
        person.iter().for_each(|person| person.turn_away(&rights::banned()));
    }

    /// Closes every connection that somebody has from a banned address.
    pub(crate) fn close_banned(&self, bans: &[AddressBan], now: u64) {
        let people: Vec<_> = self.0.lock().here.iter().map(|ById(person)| Arc::clone(person)).collect();
        let why = rights::banned();
        for person in people {
            let connections = person.state.lock().connections.clone();
            let banned =
                connections.iter().filter(|connection| is_banned(bans, connection.quota.network(), now));
            banned.for_each(|connection| connection.outlet.turn_away(&why));
        }
    }

    /// The addresses that somebody is connected from, where they are known.
    pub(crate) fn networks(&self, who: UserId) -> Vec<Network> {
        let Some(person) = self.get(who) else { return Vec::new() };
        let state = person.state.lock();
        let mut networks = Vec::new();
        for network in state.connections.iter().filter_map(|connection| connection.quota.network()) {
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        networks
    }

    /// Somebody is not banned, or not any more.
    pub(crate) fn admit(&self, who: UserId) {
        self.0.lock().ended.remove(who, None);
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
        let own = state.connections.iter().find(|connection| Arc::ptr_eq(&connection.outlet, &self.outlet));
        own.map_or(DeviceId::FIRST, |connection| connection.device)
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
        self.state.lock().connections.iter().any(|connection| connection.device == device)
    }

    /// Closes all connections of this user, for a reason that they are told.
    pub(crate) fn turn_away(&self, why: &Error) {
        self.outlets().iter().for_each(|outlet| outlet.turn_away(why));
    }

    /// Closes all connections of this user.
    pub(crate) fn close(&self, close: Close) {
        self.outlets().iter().for_each(|outlet| outlet.close(close));
    }

    /// Whether the door of the chat concerns this user: all of their connections know.
    pub(crate) fn set_guest(&self, is_guest: bool) {
        self.outlets().iter().for_each(|outlet| outlet.set_guest(is_guest));
    }

    fn outlets(&self) -> SmallVec<[Arc<Outlet>; 1]> {
        self.state.lock().connections.iter().map(|connection| Arc::clone(&connection.outlet)).collect()
    }

    /// Tells all connections of this user, or all but one.
    pub(crate) fn tell(&self, event: &Event<'_>, but: Option<&Arc<Outlet>>) {
        let outlets = self.outlets();
        let others = outlets.iter().filter(|outlet| but.is_none_or(|but| !Arc::ptr_eq(but, outlet)));
        let frame = event::frame(event);
        others.for_each(|outlet| slow::send_or_close(outlet, frame.clone()));
    }
}

impl Drop for Identity {
    fn drop(&mut self) {
        let mut persons = self.persons.0.lock();
        let mut state = self.person.state.lock();
        state.connections.retain(|connection| !Arc::ptr_eq(&connection.outlet, &self.outlet));
        if state.connections.is_empty() {
            persons.here.remove(&self.person.id);
            persons.owes(self.person.id, state.bucket, clock::elapsed());
        }
    }
}
