//! Deliveries: what a log has kept goes to those who listen, in order. Knows no rooms and no sockets.

use std::fmt;
use std::sync::{Arc, Weak};

use crate::base::device::{Device, DeviceId};
use crate::base::entry::Entry;
use crate::base::keeping::Keeping;
use crate::base::network::AddressBan;
use crate::base::rights::{Door, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};

/// Whom a log delivers to.
pub trait Deliver: Send + Sync + fmt::Debug + 'static {
    /// Takes the next entries of the log. Never waits.
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>);

    /// Whether a user is connected: the log takes nobody's name who is. Called under locks of the log: it must not wait,
    /// nor call into the log.
    fn is_here(&self, who: UserId) -> bool {
        let _ = who;
        false
    }

    /// Takes a change that is no entry. Never waits, nor calls into the log.
    fn changed(&self, change: &Change) {
        let _ = change;
    }

    /// Ends all connections at once, without an answer to what was sent on them: what came of it cannot be told here.
    fn disconnect(&self) {}

    /// Takes what another machine says of a room's people to those that listen there. Never waits.
    fn hear(&self, room: &RoomName, said: &[u8]) {
        let _ = (room, said);
    }
}

/// A change of who somebody is, of what only they see, or of what people may do, for their connections and the rooms that they are
/// in. Every log tells its listeners of the last, and of the others if
/// [`People::tells_changes`](crate::People::tells_changes).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// All machines know somebody from now on, by this name and with this face; until now each had its own for them.
    Known(User),
    /// Somebody has another name. The entries of it were delivered before.
    Renamed(User),
    /// Somebody has chosen a face.
    Face(User),
    /// On another machine, somebody has read so far.
    Read {
        /// Who.
        who: UserId,
        /// Where.
        room: RoomName,
        /// The entry that their marker is at.
        seq: u64,
        /// The marker was put back.
        is_back: bool,
    },
    /// On another machine, somebody has changed how they keep a room on their list; None takes it off.
    Kept {
        /// Who.
        who: UserId,
        /// Which room.
        room: RoomName,
        /// How.
        keeping: Option<Keeping>,
    },
    /// A device has come by a link to another machine.
    Linked {
        /// Whose it is.
        who: UserId,
        /// The device.
        device: Device,
    },
    /// A device was ended on another machine: its connections end.
    Ended {
        /// Whose it was.
        who: UserId,
        /// The device.
        device: DeviceId,
    },
    /// Somebody may do more, or less, from now on.
    Standing {
        /// Who.
        who: UserId,
        /// How they stand now.
        standing: Standing,
    },
    /// These addresses are banned from now on, and no others.
    Addresses(Arc<[AddressBan]>),
    /// Guests may do more, or less, from now on.
    Door(Door),
    /// People have come into a private room.
    Gathered {
        /// Which room.
        room: RoomName,
        /// Everybody who is in it now.
        people: Vec<User>,
    },
    /// Somebody may no more be in a private room.
    Parted {
        /// Which room.
        room: RoomName,
        /// Who.
        who: UserId,
        /// Everybody who is still in it.
        people: Vec<User>,
    },
}

/// Whom a log delivers to, and how far it has. Behind a lock of the log, so that each hears all that is kept after it was
/// named, in order.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    to: Vec<Weak<dyn Deliver>>,
    /// The last entry that was kept, whether or not there was anyone to hear it.
    last: u64,
}

impl Deliveries {
    /// A log whose last entry is this.
    pub(super) fn after(last: u64) -> Self {
        Self { to: Vec::new(), last }
    }

    /// Names somebody; gives the last entry that they are not delivered.
    pub(super) fn add(&mut self, deliver: &Arc<dyn Deliver>) -> u64 {
        self.to.retain(|one| one.strong_count() > 0);
        self.to.push(Arc::downgrade(deliver));
        self.last
    }

    /// The last entry that was kept, and delivered to whoever is there.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// Whether one of these knows a user to be connected.
    pub(super) fn is_here(&self, who: UserId) -> bool {
        self.to.iter().filter_map(Weak::upgrade).any(|one| one.is_here(who))
    }

    /// Tells of changes, in their order.
    pub(super) fn changed(&self, changes: &[Change]) {
        for one in self.to.iter().filter_map(Weak::upgrade) {
            changes.iter().for_each(|change| one.changed(change));
        }
    }

    /// Ends all connections.
    pub(super) fn disconnect(&self) {
        self.to.iter().filter_map(Weak::upgrade).for_each(|one| one.disconnect());
    }

    /// Gives what another machine says to whoever listens.
    pub(super) fn hear(&self, room: &RoomName, said: &[u8]) {
        self.to.iter().filter_map(Weak::upgrade).for_each(|one| one.hear(room, said));
    }

    /// Delivers what was kept, up to the entry of this number.
    pub(super) fn deliver(&mut self, last: u64, mut entries: impl Iterator<Item = Entry>) {
        self.last = last;
        match &self.to[..] {
            [one] => {
                if let Some(one) = one.upgrade() {
                    one.deliver(&mut entries);
                }
            }
            all => {
                let entries: Vec<Entry> = if all.is_empty() { Vec::new() } else { entries.collect() };
                for one in all.iter().filter_map(Weak::upgrade) {
                    one.deliver(&mut entries.iter().cloned());
                }
            }
        }
    }
}
