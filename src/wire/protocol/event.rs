//! What a `chinwag.v1` client reads: one JSON object a line, ready in a frame. Whoever writes an entry here
//! writes it once, for all who hear it.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::base::cursor::Anchor;
use crate::base::device::{Device, DeviceId};
use crate::base::devices::Devices;
use crate::base::entry::Present;
use crate::base::keeping::Keeping;
use crate::base::rights::Standing;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::wire::protocol::entry_line::PresentMessage;

mod lines;
mod rights;
mod rooms;

pub(crate) use lines::{Lines, failure, frame, join_failure, line, refusal, refusal_line};

pub(crate) use rights::{
    AddressBanSummary, AuditLine, InvitationSummary, PersonStanding, PrivateRoomSummary,
};
pub(crate) use rooms::{Directory, KeptRoom, KeptRooms, RoomSummary, RulesSummary};

pub(crate) use crate::wire::protocol::entry_line::Reactions;

/// Something that a server says to one client, or to a room.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Event<'a> {
    Hello(Hello<'a>),
    Joined(Joined<'a>),
    CaughtUp {
        room: &'a RoomName,
        seq: u64,
        /// When the entry with that number was made, where it is kept.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<u64>,
    },
    Receipt {
        room: &'a RoomName,
        cid: &'a str,
        seq: u64,
    },
    People(People<'a>),
    Typing {
        room: &'a RoomName,
        user: &'a User,
    },
    Read {
        room: &'a RoomName,
        seq: u64,
        /// It was put back.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        back: bool,
    },
    Named {
        user: &'a User,
    },
    /// Another face: told to all who are in the room, and without one to the user.
    Face {
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<&'a RoomName>,
        user: &'a User,
    },
    Page(Page<'a>),
    Found(SearchPage<'a>),
    Directory(Directory<'a>),
    Rooms(KeptRooms<'a>),
    /// How a room is kept on their list from now on: the answer, and what their other devices are told.
    Kept {
        room: &'a RoomName,
        listed: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        favourite: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        muted: bool,
    },
    Reactions {
        room: &'a RoomName,
        seq: u64,
        reactions: Reactions<'a>,
    },
    /// The code of a link, and the seconds for which it is good.
    Link {
        link: &'a str,
        seconds: u64,
    },
    /// Another device is this user now, since it was added.
    Linked {
        id: DeviceId,
        #[serde(skip_serializing_if = "str::is_empty")]
        device: &'a str,
        at: u64,
    },
    /// The code of a private link; none where it was ended.
    PrivateLink {
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<&'a str>,
    },
    Devices {
        devices: Vec<DeviceSummary<'a>>,
        /// When the private link was made, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        private_link: Option<u64>,
    },
    /// The rules of a room, told to who has set them.
    RoomRules {
        room: &'a RoomName,
        writers: &'static str,
        slow: u32,
        archived: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        deleted: bool,
    },
    /// The moderators have a report of a message.
    Reported {
        room: &'a RoomName,
        seq: u64,
    },
    /// What guests may do from now on, told to everybody.
    Door {
        guests: &'static str,
    },
    /// What the client's user is from now on, and until when they may not write.
    Standing {
        role: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        muted: Option<u64>,
    },
    Person(PersonStanding<'a>),
    AddressBans {
        bans: Vec<AddressBanSummary<'a>>,
    },
    /// So many messages of somebody were deleted; `more`: there are others.
    Cleared {
        user: &'a User,
        count: usize,
        more: bool,
    },
    /// An invitation was made: its code, which is told once.
    Invitation {
        code: &'a str,
        #[serde(flatten)]
        invitation: InvitationSummary<'a>,
    },
    Invitations {
        invitations: Vec<InvitationSummary<'a>>,
    },
    /// A private room that the client's user is among the people of: the answer to who makes it, and what all of them are told.
    PrivateRoom(PrivateRoomSummary<'a>),
    /// A private room that the client's user is no more among the people of.
    Parted {
        room: &'a RoomName,
    },
    PrivateRooms {
        rooms: Vec<PrivateRoomSummary<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<&'a RoomName>,
    },
    Members {
        people: Vec<PersonStanding<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<UserId>,
    },
    Audit {
        entries: Vec<AuditLine<'a>>,
        more: bool,
    },
    Pong,
    Error(Failure<'a>),
}

impl<'a> Event<'a> {
    /// A device that has come by a link.
    pub(crate) fn linked(device: &'a Device) -> Self {
        Self::Linked { id: device.id, device: &device.name, at: device.added }
    }

    /// A user's devices, of which some are connected, and one may be that of who asks.
    pub(crate) fn devices(
        devices: &'a Devices,
        is_here: impl Fn(DeviceId) -> bool,
        own: Option<DeviceId>,
    ) -> Self {
        let summaries = devices.list().iter().map(|device| DeviceSummary {
            id: device.id,
            device: &device.name,
            by: device.way.as_str(),
            at: device.added,
            seen: device.seen,
            here: is_here(device.id),
            own: Some(device.id) == own,
        });
        Self::Devices { devices: summaries.collect(), private_link: devices.private_link() }
    }

    /// How the client's user stands.
    pub(crate) fn standing(standing: &Standing) -> Self {
        Self::Standing { role: standing.role.as_str(), muted: standing.muted }
    }

    /// A room on somebody's list, or taken off it.
    pub(crate) fn kept(room: &'a RoomName, keeping: Option<Keeping>) -> Self {
        let Keeping { is_favourite: favourite, is_muted: muted } = keeping.unwrap_or_default();
        Self::Kept { room, listed: keeping.is_some(), favourite, muted }
    }
}

/// The answer to a hello.
#[derive(Debug, Serialize)]
pub(crate) struct Hello<'a> {
    pub(crate) user: &'a User,
    /// None for an account, which the application knows without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<&'a str>,
    pub(crate) server: Server<'a>,
    pub(crate) limits: Limits,
    /// The application gives the name: its user cannot choose another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) name_fixed: bool,
    /// The name is a guest's: its user did not choose it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) guest: bool,
    /// What the user is in the chat: none for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<&'static str>,
    /// Until when the user may not write. Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) muted: Option<u64>,
    /// What guests may do: none where they read and write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) guests: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Server<'a> {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// By which others reach it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) addresses: &'a [String],
}

/// What a client must know to be refused nothing.
#[derive(Debug, Serialize)]
pub(crate) struct Limits {
    pub(crate) text_chars: usize,
    pub(crate) name_chars: usize,
    pub(crate) topic_chars: usize,
    pub(crate) title_chars: usize,
    pub(crate) rooms: usize,
    /// Whether what is said is kept: without, there is no history, no search and no editing.
    pub(crate) history: bool,
}

/// The state of a room at the place from which its entries follow.
#[derive(Debug, Serialize)]
pub(crate) struct Joined<'a> {
    pub(crate) room: &'a RoomName,
    pub(crate) epoch: &'a str,
    pub(crate) seq: u64,
    /// When the entry with that number was made, where it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<u64>,
    pub(crate) topic: &'a str,
    /// None of the three for a room that was never set.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) title: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) listed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) maker: Option<UserId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rules: Option<RulesSummary>,
    pub(crate) people: PeopleSummary<'a>,
    pub(crate) read: u64,
    pub(crate) unread: u32,
    pub(crate) reset: bool,
    pub(crate) oldest: u64,
}

/// Who is in a room.
#[derive(Debug, Serialize)]
pub(crate) struct PeopleSummary<'a> {
    pub(crate) count: usize,
    pub(crate) some: &'a [User],
}

/// Who came and who went.
#[derive(Debug, Serialize)]
pub(crate) struct People<'a> {
    pub(crate) room: &'a RoomName,
    pub(crate) count: usize,
    /// The list is whole: it takes the place of what the client had.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) all: bool,
    #[serde(skip_serializing_if = "<[User]>::is_empty")]
    pub(crate) joined: &'a [User],
    #[serde(skip_serializing_if = "<[User]>::is_empty")]
    pub(crate) left: &'a [User],
}

#[derive(Debug, Serialize)]
pub(crate) struct Page<'a> {
    pub(crate) room: &'a RoomName,
    /// Of this thread alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thread: Option<u64>,
    #[serde(flatten)]
    pub(crate) at: PageQuery,
    pub(crate) entries: Entries<'a>,
    /// Whether there are more in the direction that was asked for; around a message: older ones.
    pub(crate) more: bool,
    /// Around a message: whether there are newer ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) newer: Option<bool>,
}

/// Which page it is, in the words of the command.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<u64>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SearchPage<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<&'a RoomName>,
    pub(crate) query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<u64>,
    pub(crate) entries: Entries<'a>,
    pub(crate) more: bool,
}

/// A device as its user sees it.
#[derive(Debug, Serialize)]
pub(crate) struct DeviceSummary<'a> {
    pub(crate) id: DeviceId,
    /// What it calls itself.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) device: &'a str,
    /// How it became the user's.
    pub(crate) by: &'static str,
    /// When it was added, and when it said hello last.
    pub(crate) at: u64,
    pub(crate) seen: u64,
    /// Whether it is connected now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) here: bool,
    /// Whether it is the one that asks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) own: bool,
}

/// What was refused and why.
#[derive(Debug, Serialize)]
pub(crate) struct Failure<'a> {
    pub(crate) code: &'a str,
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cid: Option<&'a str>,
    /// The room that was not joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<&'a RoomName>,
    /// Seconds after which the same may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<f64>,
}

impl From<Anchor> for PageQuery {
    fn from(at: Anchor) -> Self {
        match at {
            Anchor::Newest => Self::default(),
            Anchor::Before(seq) => Self { before: Some(seq), ..Self::default() },
            Anchor::After(seq) => Self { after: Some(seq), ..Self::default() },
            Anchor::Around(seq) => Self { around: Some(seq), ..Self::default() },
        }
    }
}

impl Serialize for UserId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for DeviceId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for User {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut user = to.serialize_struct("User", 4)?;
        user.serialize_field("id", &self.id)?;
        user.serialize_field("name", &*self.name)?;
        if let Some(hue) = self.face.hue() {
            user.serialize_field("hue", &hue)?;
        }
        if let Some(emoji) = self.face.emoji() {
            user.serialize_field("emoji", emoji)?;
        }
        user.end()
    }
}

impl Serialize for RoomName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// The messages of a page.
#[derive(Debug)]
pub(crate) struct Entries<'a>(pub(crate) &'a [Present]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(PresentMessage))
    }
}
