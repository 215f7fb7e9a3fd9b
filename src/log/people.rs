//! The directory of people: names, faces, devices, and how far somebody has read. It is a part of the log, as a rename is one transaction
//! with its entries, and an entry has the name of its author.

use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices, Proof};
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::rights::Standing;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};
use crate::log::answer::Answer;
use crate::log::sealed::Sealed;
use crate::log::{KeptPage, KeptRequest};

/// Somebody who says hello by a device.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Arrival {
    /// The user; with a private link, the one that it claims to be of.
    pub who: UserId,
    /// The name that they ask for, if they have none.
    pub name: Option<Name>,
    /// The device.
    pub device: DeviceId,
    /// The name that the device gives itself.
    pub device_name: Option<Box<str>>,
    /// Why it is theirs.
    pub proof: Proof,
}

/// The outcome of an [`Arrival`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Arrived {
    /// The user.
    pub user: User,
    /// The user's devices, this one among them.
    pub devices: Devices,
    /// How the user stands.
    pub standing: Standing,
}

/// The people whom a log knows: who has which name, and how far they have read.
///
/// # What every log promises
///
/// - **A name is one user's.** A name that looks like another's (they have a key in common) is taken. Its owner keeps it while
///   connected, and for a time after that the log sets.
/// - **A user keeps their name**: greeted again, they have the one that they had, whatever they ask for. It may be another's
///   by then if they were away for too long.
/// - **Guests** are one user, [`UserId::GUEST`], who has no name of their own, and cannot be renamed (`not_yours`).
/// - **A rename** to a name that is taken is refused with `name_taken`, and nothing happens. One to the name that the user
///   has is told nobody. Otherwise each of the rooms gets a `Renamed` entry, whose `by` still has the old name, before the
///   answer.
/// - **A newcomer's hue** is one that the fewest have of those who are known: people who come one after the other have as many
///   hues as there are. It follows from who came before alone, and stays theirs.
/// - **A face** that somebody chooses is theirs from then on: their user has it wherever it is given, also as the author of what
///   they said before. What they choose nothing for is as it was without a choice. No entry tells of it. Guests have none, and
///   are refused one (`not_yours`).
/// - **A read marker** only grows, unless its user puts it back, and is never beyond the last entry. A log that keeps nothing
///   remembers no markers.
/// - **A device is its user's** until it is ended: then it is refused with `ended`, and is so after a restart of a log that keeps.
///   Others are not touched. One that comes by a link is listed; by a private link only while that is the user's (`bad_link`).
///   Those that were there before hear of it, each until it was told. Of what happens to a visitor's devices, a log that keeps
///   remembers beyond its own life that one was ended and that there is a private link.
/// - **A list of rooms** is its user's alone, has each room once, and at most 256; one more is refused with `too_many`. Whoever has
///   neither spoken nor taken a name has none: what they would keep is forgotten at once. A log that keeps nothing refuses to
///   tell lists (`no_history`).
/// - **`too_many`**: the log cannot know one more person.
pub trait People: Sealed {
    /// What the tokens of this chat are signed with.
    fn secret(&self) -> &Secret;

    /// Whether listeners are told by [`Deliver::changed`](crate::Deliver::changed) of every name and face that somebody takes, on any
    /// machine, and of what else they change on other machines. A log on one machine leaves that to whoever asked for it.
    fn tells_changes(&self) -> bool {
        false
    }

    /// Makes a user known: one who came back, or somebody new, by the name that was asked for if it is free, or else by the
    /// name of a guest that their id gives.
    fn greet(&self, who: UserId, name: Option<Name>) -> Answer<User>;

    /// Makes somebody known who comes by a device: as [`greet`](Self::greet), unless the device is not theirs.
    fn arrive(&self, arrival: Arrival) -> Answer<Arrived>;

    /// A user's devices.
    fn devices(&self, who: UserId) -> Answer<Devices>;

    /// Changes a user's devices, as one of them asks for it; gives them as they are then.
    fn change_devices(&self, who: UserId, by: DeviceId, change: DeviceChange) -> Answer<Devices>;

    /// Gives a user another name, and tells these rooms.
    fn rename(&self, who: UserId, name: Name, rooms: Vec<RoomName>) -> Answer<User>;

    /// Gives a user the face that they choose.
    fn set_face(&self, who: UserId, face: Face) -> Answer<User>;

    /// Moves a user's read marker in a room, or with `is_back` puts it back to an earlier entry; gives where it is now.
    fn mark(&self, who: UserId, room: &RoomName, seq: u64, is_back: bool) -> Answer<u64>;

    /// Keeps a room on a user's list, in the way that is asked for, or with None takes it off; gives whether that is new.
    fn keep(&self, who: UserId, room: &RoomName, asked: Option<Keeping>) -> Answer<bool>;

    /// A page of a user's list of rooms, with what is unread in each.
    fn kept(&self, request: KeptRequest) -> Answer<KeptPage>;
}
