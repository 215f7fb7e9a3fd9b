//! A directory of people in memory, bounded: who has which name and face, and whatever else a log notes about them. When it is full,
//! the oldest who is not connected is forgotten for a newcomer.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

use smallvec::SmallVec;

use crate::base::limits::{LOOKS_A_NEWCOMER, USERS_IN_MEMORY};
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::log::rules::{HueUses, KeptFace};

/// People by id and by name. `T` is what else is noted about each.
#[derive(Debug, Default)]
pub(super) struct Directory<T> {
    people: HashMap<UserId, Listed<T>>,
    /// The same people; those come first who may be forgotten first.
    order: BTreeMap<u64, UserId>,
    next: u64,
    /// How many of them may still be looked at, to find one who is not connected.
    looks: usize,
    /// The owner of a name, by hashes of the name's keys, which are smaller than the keys. In one of 2^64 cases a name that is free
    /// is called taken.
    names: HashMap<u64, UserId>,
    hasher: RandomState,
    /// How many of them have each hue.
    hues: HueUses,
}

#[derive(Debug)]
struct Listed<T> {
    name: Name,
    face: KeptFace,
    place: u64,
    note: T,
}

/// The hashes of a name's keys.
type Keys = SmallVec<[u64; 2]>;

impl<T: Default> Directory<T> {
    /// Somebody's name and note.
    pub(super) fn get(&mut self, who: UserId) -> Option<(&Name, &mut T)> {
        self.people.get_mut(&who).map(|listed| (&listed.name, &mut listed.note))
    }

    /// Somebody's face.
    pub(super) fn face(&self, who: UserId) -> Option<KeptFace> {
        self.people.get(&who).map(|listed| listed.face)
    }

    /// How many have each hue.
    pub(super) fn hues(&self) -> HueUses {
        self.hues
    }

    /// Somebody else who has a name that looks like this one.
    pub(super) fn other_owner(&self, name: &Name, who: UserId) -> Option<UserId> {
        self.keys(name).iter().filter_map(|key| self.names.get(key)).find(|owner| **owner != who).copied()
    }

    /// Whether one more can be listed: the oldest who is not connected is forgotten for it.
    pub(super) fn makes_room(&mut self, is_here: impl Fn(UserId) -> bool) -> bool {
        // Unused looks are saved: earlier newcomers pay for a look at everybody.
        self.looks = (self.looks + LOOKS_A_NEWCOMER).min(USERS_IN_MEMORY);
        while self.people.len() >= USERS_IN_MEMORY {
            if self.looks == 0 {
                return false;
            }
            self.looks -= 1;
            let Some((_, oldest)) = self.order.pop_first() else { return false };
            if is_here(oldest) {
                let place = self.enqueue(oldest);
                self.people.entry(oldest).and_modify(|listed| listed.place = place);
            } else {
                self.remove(oldest);
            }
        }
        true
    }

    /// Gives somebody a name, which is nobody else's, and a face; lists them, if they are not listed yet.
    pub(super) fn own(&mut self, who: UserId, name: Name, face: KeptFace) -> &mut T {
        let before = self.remove(who);
        let (place, note) = match before {
            Some(Listed { place, note, .. }) => {
                self.order.insert(place, who);
                (place, note)
            }
            None => (self.enqueue(who), T::default()),
        };
        for key in self.keys(&name) {
            self.names.insert(key, who);
        }
        self.hues.count(face, 1);
        &mut self.people.entry(who).insert_entry(Listed { name, face, place, note }).into_mut().note
    }

    /// Forgets somebody.
    pub(super) fn forget(&mut self, who: UserId) {
        self.remove(who);
    }

    fn remove(&mut self, who: UserId) -> Option<Listed<T>> {
        let listed = self.people.remove(&who)?;
        self.order.remove(&listed.place);
        self.hues.count(listed.face, -1);
        for key in self.keys(&listed.name) {
            self.names.remove(&key);
        }
        Some(listed)
    }

    /// Puts somebody at the end of the order; gives their place in it.
    fn enqueue(&mut self, who: UserId) -> u64 {
        self.next += 1;
        self.order.insert(self.next, who);
        self.next
    }

    fn keys(&self, name: &Name) -> Keys {
        name.keys().iter().map(|key| self.hasher.hash_one(key)).collect()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> (usize, usize) {
        (self.people.len(), self.order.len())
    }
}
