//! The fields of each command, as they stand in its line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::wire::protocol::mentions;

/// The first look at a line: what it is, and how its answer can name it.
#[derive(Deserialize)]
pub(super) struct Tag<'a> {
    #[serde(rename = "type", borrow)]
    pub(super) name: Cow<'a, str>,
    pub(super) cid: Option<serde_json::Value>,
}

/// A command's fields, beside its `type`; any other field is refused.
macro_rules! fields {
    ($($name:ident { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            #[serde(rename = "type")]
            _kind: serde::de::IgnoredAny,
            $($(#[$attr])* pub(super) $field: $type,)*
        }
    )*};
}

fields! {
    Hello {
        token: Option<String>, link: Option<String>, device: Option<String>, name: Option<String>,
        invitation: Option<String>, password: Option<String>, rooms: Option<BTreeMap<String, CursorFields>>, known: Option<u64>
    }
    Join { room: String, epoch: Option<String>, since: Option<u64>, at: Option<u64>, known: Option<u64> }
    RoomOnly { room: String }
    Say { room: String, cid: String, text: String, reply_to: Option<u64>, mentions: mentions::Fields }
    Edit {
        room: String, seq: u64, text: String, cid: Option<String>, mentions: mentions::Fields, base: Option<u64>
    }
    Delete { room: String, seq: u64, cid: Option<String> }
    React { room: String, seq: u64, emoji: String, on: bool, cid: Option<String>, base: Option<u64> }
    OfMessage { room: String, seq: u64 }
    Topic { room: String, text: String, cid: Option<String> }
    RoomIs { room: String, title: String, listed: bool, cid: Option<String> }
    NameIs { name: String }
    FaceIs { emoji: Option<String>, hue: Option<u64> }
    Read { room: String, seq: u64, back: Option<bool> }
    History {
        room: String, thread: Option<u64>, before: Option<u64>, after: Option<u64>, around: Option<u64>,
        limit: Option<u64>
    }
    Search { room: Option<String>, query: String, before: Option<u64>, limit: Option<u64> }
    Directory { after: Option<String>, query: Option<String>, limit: Option<u64> }
    Keep { room: String, listed: bool, favourite: Option<bool>, muted: Option<bool> }
    Rooms { after: Option<String>, limit: Option<u64> }
    Link { end: Option<bool> }
    Devices { device: Option<String>, told: Option<bool>, user: Option<String> }
    EndDevice { device: String, user: Option<String> }
    OfPerson { user: Option<String>, name: Option<String> }
    RoleIs { user: String, role: String }
    Restrict {
        user: String, seconds: Option<u64>, reason: Option<String>, end: Option<bool>, addresses: Option<bool>
    }
    BanAddresses { addresses: String, seconds: Option<u64>, reason: Option<String>, end: Option<bool> }
    Clear { user: String, seconds: u64 }
    DoorIs { guests: String, password: Option<String> }
    Invite { role: String, room: Option<String>, uses: Option<u64>, seconds: Option<u64> }
    EndInvitation { id: String }
    Members { after: Option<String>, limit: Option<u64> }
    Direct { users: Vec<String> }
    Private { room: Option<String>, users: Vec<String> }
    Part { room: String, user: Option<String> }
    RulesAre {
        room: String, writers: Option<String>, slow: Option<u32>, archived: Option<bool>, deleted: Option<bool>
    }
    Report { room: String, seq: u64, text: Option<String> }
    PrivateRooms { after: Option<String>, limit: Option<u64> }
    AuditOf { before: Option<u64>, limit: Option<u64> }
    Ping {}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CursorFields {
    pub(super) epoch: Option<String>,
    pub(super) since: Option<u64>,
    pub(super) at: Option<u64>,
}
