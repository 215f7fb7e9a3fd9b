//! What a `chinwag.v1` client says: one JSON object a line, taken strictly. A refusal says what was wrong and
//! what is allowed.

use crate::base::cursor::{Anchor, Cursor};
use crate::base::device::DeviceId;
use crate::base::entry::Content;
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::limits::{
    CID_CHARS, DIRECTORY_ROOMS, FOUND_MESSAGES, KEPT_PAGE, PAGE_MESSAGES, QUERY_CHARS, TOPIC_CHARS,
};
use crate::base::name::Name;
use crate::base::named_enum::named_enum;
use crate::base::password::Password;
use crate::base::room_name::RoomName;
use crate::wire::protocol::json::{check_levels, from_json};
use crate::wire::protocol::mentions;

mod fields;
mod rights;
mod values;

use fields::*;
pub(crate) use rights::{Restriction, RightsCommand, Whom};
pub(crate) use values::{check_cid, check_emoji, check_title, one_line, said};
use values::{check_limit, device_name};

named_enum! {
    /// The commands, by their names on the wire: the one list of them. [`read`] has an arm for each.
    pub(crate) enum CommandName {
        Hello = "hello",
        Join = "join",
        Leave = "leave",
        Say = "say",
        Edit = "edit",
        Delete = "delete",
        React = "react",
        Reactions = "reactions",
        Topic = "topic",
        Room = "room",
        Name = "name",
        Face = "face",
        Typing = "typing",
        Read = "read",
        History = "history",
        Search = "search",
        Directory = "directory",
        Keep = "keep",
        Rooms = "rooms",
        Link = "link",
        PrivateLink = "private_link",
        Devices = "devices",
        EndDevice = "end_device",
        Person = "person",
        Role = "role",
        Mute = "mute",
        Ban = "ban",
        BanAddresses = "ban_addresses",
        AddressBans = "address_bans",
        Clear = "clear",
        Door = "door",
        Invite = "invite",
        Invitations = "invitations",
        EndInvitation = "end_invitation",
        Members = "members",
        Audit = "audit",
        Direct = "direct",
        Private = "private",
        Part = "part",
        PrivateRooms = "private_rooms",
        RoomRules = "room_rules",
        Report = "report",
        Ping = "ping",
    }
}

/// What a command asks for, its values checked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Hello {
        token: Option<String>,
        /// The code of a link to this device.
        link: Option<String>,
        /// The code of an invitation to the chat.
        invitation: Option<String>,
        /// The password of the chat, as it was typed.
        password: Option<Password>,
        /// What the client calls its device.
        device: Option<Box<str>>,
        name: Option<Name>,
        rooms: Vec<(RoomName, Option<Cursor>)>,
    },
    Join {
        room: RoomName,
        cursor: Option<Cursor>,
    },
    Leave {
        room: RoomName,
    },
    /// To say something, or to change something: one entry of the log. With a `cid`, its receipt is told.
    Append {
        room: RoomName,
        content: Content,
        cid: Option<Box<str>>,
        /// The greatest number of the room that the client knew when its user decided.
        base: Option<u64>,
    },
    Name {
        name: Name,
    },
    Face {
        face: Face,
    },
    Typing {
        room: RoomName,
    },
    /// How far its user has read; `is_back`: no further than that.
    Read {
        room: RoomName,
        seq: u64,
        is_back: bool,
    },
    History {
        room: RoomName,
        /// The root of a thread, of which alone the page is.
        thread: Option<u64>,
        at: Anchor,
        limit: usize,
    },
    /// Asks for the people who reacted to a message.
    Reactions {
        room: RoomName,
        seq: u64,
    },
    Search {
        room: Option<RoomName>,
        query: Box<str>,
        before: Option<u64>,
        limit: usize,
    },
    /// Asks for rooms that are listed.
    Directory {
        after: Option<RoomName>,
        query: Box<str>,
        limit: usize,
    },
    /// How a room is kept on its user's list; none: no longer.
    Keep {
        room: RoomName,
        keeping: Option<Keeping>,
    },
    /// Asks for its user's list.
    Rooms {
        after: Option<RoomName>,
        limit: usize,
    },
    /// A link by which another device becomes the same user; `end`: not any more.
    Link {
        end: bool,
    },
    /// A link that lasts, in place of the one before; `end`: none any more.
    PrivateLink {
        end: bool,
    },
    /// Asks for the user's devices; `is_told`: the user knows of all that were added until now.
    Devices {
        /// What the client calls its device.
        device: Option<Box<str>>,
        is_told: bool,
    },
    EndDevice {
        device: DeviceId,
    },
    /// What is about people's rights.
    Rights(RightsCommand),
    Ping,
}

impl Command {
    /// The client's own id in it, by which an answer names it.
    pub(crate) fn cid(&self) -> Option<&str> {
        match self {
            Self::Append { cid, .. } => cid.as_deref(),
            _ => None,
        }
    }
}

/// Why a command was refused, with what the answer needs to name it.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: Error,
    /// Which command, as far as that could be read.
    pub(crate) command: Option<String>,
    pub(crate) cid: Option<String>,
}

/// Reads a command from one line.
///
/// # Errors
/// What was wrong with it; the connection goes on.
pub(crate) fn parse(line: &str, text_chars: usize) -> Result<(CommandName, Command), Refusal> {
    let tag = match check_levels(line).and_then(|()| from_json::<Tag<'_>>(line)) {
        Ok(tag) => tag,
        Err(error) => return Err(Refusal { error, command: None, cid: None }),
    };
    let name = CommandName::ALL.iter().find(|name| name.as_str() == tag.name).copied();
    let command = name.ok_or_else(unknown_type).and_then(|name| Ok((name, read(name, line, text_chars)?)));
    command.map_err(|error| Refusal {
        error,
        command: Some(tag.name.chars().take(CID_CHARS).collect()),
        cid: tag.cid.and_then(|cid| cid.as_str().map(|cid| cid.chars().take(CID_CHARS).collect())),
    })
}

fn unknown_type() -> Error {
    let names: Vec<_> = CommandName::ALL.iter().map(|name| name.as_str()).collect();
    Error::refused("unknown_type", format!("no such type; it is one of: {}", names.join(", ")))
}

/// Reads what a command of this name asks for.
fn read(name: CommandName, line: &str, text_chars: usize) -> Result<Command, Error> {
    Ok(match name {
        CommandName::Hello => {
            let hello: Hello = from_json(line)?;
            let rooms = hello.rooms.unwrap_or_default().into_iter().map(|(room, place)| {
                let cursor = place.cursor(hello.known)?;
                Ok((RoomName::parse(&room)?, cursor))
            });
            Command::Hello {
                token: hello.token,
                link: hello.link,
                invitation: hello.invitation,
                password: hello.password.map(|password| Password::typed(&password)),
                device: device_name(hello.device)?,
                name: hello.name.map(|name| Name::parse(&name)).transpose()?,
                rooms: rooms.collect::<Result<_, Error>>()?,
            }
        }
        CommandName::Join => {
            let Join { room, epoch, since, at, known, .. } = from_json(line)?;
            let cursor = CursorFields { epoch, since, at }.cursor(known)?;
            Command::Join { room: RoomName::parse(&room)?, cursor }
        }
        CommandName::Leave => Command::Leave { room: room(line)? },
        CommandName::Say => {
            let Say { room, cid, text, reply_to, mentions, .. } = from_json(line)?;
            let (room, cid) = (RoomName::parse(&room)?, check_cid(cid)?);
            let (text, mentions) = (said(&text, text_chars)?, mentions::read(mentions)?);
            let content = Content::Message { text, cid: Some(cid.clone()), reply_to, mentions };
            Command::Append { room, content, cid: Some(cid), base: None }
        }
        CommandName::Edit => {
            let Edit { room, seq, text, cid, mentions, base, .. } = from_json(line)?;
            let (room, text) = (RoomName::parse(&room)?, said(&text, text_chars)?);
            append(
                room,
                Content::Edited { target: seq, text, mentions: mentions::read(mentions)? },
                cid,
                base,
            )?
        }
        CommandName::Delete => {
            let Delete { room, seq, cid, .. } = from_json(line)?;
            append(RoomName::parse(&room)?, Content::Deleted { target: seq }, cid, None)?
        }
        CommandName::React => {
            let React { room, seq, emoji, on, cid, base, .. } = from_json(line)?;
            let (room, emoji) = (RoomName::parse(&room)?, check_emoji(&emoji)?.into());
            append(room, Content::Reacted { target: seq, emoji, on }, cid, base)?
        }
        CommandName::Reactions => {
            let OfMessage { room, seq, .. } = from_json(line)?;
            Command::Reactions { room: RoomName::parse(&room)?, seq }
        }
        CommandName::Topic => {
            let Topic { room, text, cid, .. } = from_json(line)?;
            let (room, text) = (RoomName::parse(&room)?, one_line(&text, "topic", TOPIC_CHARS)?);
            append(room, Content::Topic { text }, cid, None)?
        }
        CommandName::Room => {
            let RoomIs { room, title, listed, cid, .. } = from_json(line)?;
            let content = Content::Room { title: check_title(&title)?, listed };
            append(RoomName::parse(&room)?, content, cid, None)?
        }
        CommandName::Name => {
            let NameIs { name, .. } = from_json(line)?;
            Command::Name { name: Name::parse(&name)? }
        }
        CommandName::Face => {
            let FaceIs { emoji, hue, .. } = from_json(line)?;
            Command::Face { face: Face::new(emoji.as_deref(), hue)? }
        }
        CommandName::Typing => Command::Typing { room: room(line)? },
        CommandName::Read => {
            let Read { room, seq, back, .. } = from_json(line)?;
            Command::Read { room: RoomName::parse(&room)?, seq, is_back: back.unwrap_or(false) }
        }
        CommandName::History => {
            let History { room, thread, before, after, around, limit, .. } = from_json(line)?;
            let at = match (before, after, around) {
                (Some(seq), None, None) => Anchor::Before(seq),
                (None, Some(seq), None) => Anchor::After(seq),
                (None, None, Some(seq)) => Anchor::Around(seq),
                (None, None, None) => Anchor::Newest,
                _ => return Err(bad_value("'history' takes one of 'before', 'after' and 'around'")),
            };
            let (room, limit) = (RoomName::parse(&room)?, check_limit(limit, PAGE_MESSAGES)?);
            Command::History { room, thread, at, limit }
        }
        CommandName::Search => {
            let Search { room, query, before, limit, .. } = from_json(line)?;
            Command::Search {
                room: room.map(|room| RoomName::parse(&room)).transpose()?,
                query: one_line(&query, "query", QUERY_CHARS)?,
                before,
                limit: check_limit(limit, FOUND_MESSAGES)?,
            }
        }
        CommandName::Directory => {
            let Directory { after, query, limit, .. } = from_json(line)?;
            Command::Directory {
                after: after.map(|room| RoomName::parse(&room)).transpose()?,
                query: one_line(&query.unwrap_or_default(), "query", QUERY_CHARS)?,
                limit: check_limit(limit, DIRECTORY_ROOMS)?,
            }
        }
        CommandName::Keep => {
            let Keep { room, listed, favourite, muted, .. } = from_json(line)?;
            let keeping = || Keeping::new(favourite.unwrap_or(false), muted.unwrap_or(false));
            Command::Keep { room: RoomName::parse(&room)?, keeping: listed.then(keeping) }
        }
        CommandName::Rooms => {
            let Rooms { after, limit, .. } = from_json(line)?;
            Command::Rooms {
                after: after.map(|room| RoomName::parse(&room)).transpose()?,
                limit: check_limit(limit, KEPT_PAGE)?,
            }
        }
        CommandName::Link => {
            let Link { end, .. } = from_json(line)?;
            Command::Link { end: end.unwrap_or(false) }
        }
        CommandName::PrivateLink => {
            let Link { end, .. } = from_json(line)?;
            Command::PrivateLink { end: end.unwrap_or(false) }
        }
        CommandName::Devices => {
            let Devices { device, told, user, .. } = from_json(line)?;
            if let Some(user) = user {
                return Ok(Command::Rights(RightsCommand::Devices { whom: user.parse()? }));
            }
            Command::Devices { device: device_name(device)?, is_told: told.unwrap_or(false) }
        }
        CommandName::EndDevice => {
            let EndDevice { device, user, .. } = from_json(line)?;
            let device = device.parse()?;
            match user {
                None => Command::EndDevice { device },
                Some(user) => Command::Rights(RightsCommand::EndDevice { whom: user.parse()?, device }),
            }
        }
        CommandName::Ping => {
            let Ping { .. } = from_json(line)?;
            Command::Ping
        }
        CommandName::Person
        | CommandName::Role
        | CommandName::Mute
        | CommandName::Ban
        | CommandName::BanAddresses
        | CommandName::AddressBans
        | CommandName::Clear
        | CommandName::Door
        | CommandName::Invite
        | CommandName::Invitations
        | CommandName::EndInvitation
        | CommandName::Members
        | CommandName::Audit
        | CommandName::Direct
        | CommandName::Private
        | CommandName::Part
        | CommandName::PrivateRooms
        | CommandName::RoomRules
        | CommandName::Report => Command::Rights(rights::read(name, line)?),
    })
}

/// A change of something, which is told by a receipt where the client gave it a `cid`.
fn append(
    room: RoomName,
    content: Content,
    cid: Option<String>,
    base: Option<u64>,
) -> Result<Command, Error> {
    Ok(Command::Append { room, content, cid: cid.map(check_cid).transpose()?, base })
}

pub(super) fn bad_value(text: impl Into<String>) -> Error {
    Error::refused("bad_value", text)
}

fn room(line: &str) -> Result<RoomName, Error> {
    let RoomOnly { room, .. } = from_json(line)?;
    RoomName::parse(&room)
}

impl CursorFields {
    /// The cursor of a client that knows the chat up to a number, if it says so.
    fn cursor(self, known: Option<u64>) -> Result<Option<Cursor>, Error> {
        match (self.epoch, self.since, self.at) {
            (Some(epoch), Some(seq), at) => Ok(Some(Cursor { at, known, ..Cursor::new(epoch, seq) })),
            (None, None, None) => Ok(None),
            _ => Err(bad_value("'epoch' and 'since' go together, and 'at' is of the entry with that number")),
        }
    }
}

#[cfg(test)]
mod tests;
