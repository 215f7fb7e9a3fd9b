//! A record: what a machine wants to happen to the chat. What it comes to is decided where it is applied, by the state that all
//! records before it have come to, and by nothing else: so a record carries whatever of it depends on the machine that made it,
//! as the keys of names and the spellings of emoji, which are from tables that differ between builds.

use crate::base::device::DeviceId;
use crate::base::devices::DeviceChange;
use crate::base::entry::Content;
use crate::base::keeping::Keeping;
use crate::base::rights::Measure;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::codec::{Malformed, Reader, Write};

mod append; // an entry, with what its sender looked up
mod devices; // a user's devices as bytes
mod newcomer; // somebody whom the chat does not know yet
mod rights; // measures as bytes

pub(crate) use append::{Append, Lookup, Mentioned};
pub(crate) use newcomer::{NameClaim, Newcomer};

/// A start of a machine: a number from the operating system's randomness, never from a disk, as a disk may be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RunId(pub(crate) u64);

/// A change of the chat that a machine asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// An entry.
    Append(Box<Append>),
    /// Somebody is to be known from now on; or by another name, if the one that they had is another's by now.
    Greet { who: UserId, newcomer: Newcomer },
    /// Somebody takes another name, of which these rooms are told.
    Rename { who: UserId, name: NameClaim, rooms: Vec<RoomName> },
    /// Somebody chooses a face: an emoji, a hue, or none.
    Face { who: UserId, emoji: Option<Box<str>>, hue: Option<u8> },
    /// A device of somebody's asks for a change of their devices.
    Devices { who: UserId, by: DeviceId, change: DeviceChange },
    /// People have read so far.
    Mark(Vec<Mark>),
    /// Somebody, or the operator, changes what people may do.
    Govern { by: Option<UserId>, measure: Measure },
    /// Somebody keeps a room on their list in this way, or no more.
    Keep { who: UserId, room: RoomName, keeping: Option<Keeping> },
    /// People are connected: the time for which their names are kept begins again.
    See(Vec<UserId>),
    /// Entries are not kept any more.
    Forget(Vec<u64>),
    /// People who never spoke are not known any more, unless they were seen since a time (Unix milliseconds).
    ForgetPeople { before: u64, people: Vec<UserId> },
    /// Rooms are not known any more in which there is nothing.
    ForgetRooms(Vec<RoomName>),
    /// Names are kept for so many milliseconds of absence.
    KeepNames(u64),
    /// From here on, records are judged by these rules.
    Rules(u16),
    /// The chat begins.
    Genesis(Genesis),
    /// A machine has applied all up to a place, and came to this.
    Beat(Beat),
    /// Nothing takes effect any more that was sent in these runs and stands behind this.
    Close(Vec<RunId>),
}

/// How far somebody has read in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) who: UserId,
    pub(crate) room: RoomName,
    pub(crate) seq: u64,
    /// Whether the marker may be put back to an earlier entry.
    pub(crate) is_back: bool,
}

/// The identity of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Genesis {
    /// Identifies its numbers.
    pub(crate) epoch: Vec<u8>,
    /// The secret that its tokens are signed with.
    pub(crate) secret: Vec<u8>,
}

/// A sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beat {
    pub(crate) machine: u64,
    /// The last envelope that it had applied.
    pub(crate) position: u64,
    /// The engine's time for that envelope: of another, nothing is known by the digest.
    pub(crate) at: u64,
    /// The digest of all outcomes up to there.
    pub(crate) digest: u64,
    /// The newest rules that its build knows.
    pub(crate) rules: u16,
}

/// The kind of a record as a byte. These numbers stand in ledgers: a new kind gets a new number.
mod kind {
    pub(super) const APPEND: u8 = 0;
    pub(super) const GREET: u8 = 1;
    pub(super) const RENAME: u8 = 2;
    pub(super) const FACE: u8 = 3;
    pub(super) const DEVICES: u8 = 4;
    pub(super) const MARK: u8 = 5;
    pub(super) const KEEP: u8 = 6;
    pub(super) const SEE: u8 = 7;
    pub(super) const FORGET: u8 = 8;
    pub(super) const FORGET_PEOPLE: u8 = 9;
    pub(super) const FORGET_ROOMS: u8 = 10;
    pub(super) const KEEP_NAMES: u8 = 11;
    pub(super) const RULES: u8 = 12;
    pub(super) const GENESIS: u8 = 13;
    pub(super) const BEAT: u8 = 14;
    pub(super) const CLOSE: u8 = 15;
    pub(super) const GOVERN: u8 = 16;
}

// Flags of a room on a list.
const IS_KEPT: u8 = 1;
const IS_FAVOURITE: u8 = 2;
const IS_MUTED: u8 = 4;

impl Record {
    /// Entries that it may become, at most: each needs a number of its envelope.
    pub(crate) fn entries(&self) -> usize {
        match self {
            Self::Append(_) => 1,
            Self::Rename { rooms, .. } => rooms.len(),
            _ => 0,
        }
    }

    /// The first rules that know a record of this kind: under others a machine could not read it.
    pub(crate) fn rules(&self) -> u16 {
        match self {
            Self::Govern { .. } => 2,
            Self::Append(append) if matches!(append.draft.content, Content::Rules(_)) => 2,
            _ => 1,
        }
    }

    pub(crate) fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Append(append) => {
                to.byte(kind::APPEND);
                append.write(to);
            }
            Self::Greet { who, newcomer } => {
                to.byte(kind::GREET);
                to.number(who.get());
                newcomer.write(to);
            }
            Self::Rename { who, name, rooms } => {
                to.byte(kind::RENAME);
                to.number(who.get());
                name.write(to);
                to.list(rooms, |room, to| to.text(room.as_str()));
            }
            Self::Face { who, emoji, hue } => {
                to.byte(kind::FACE);
                to.number(who.get());
                to.option(emoji.as_deref(), |emoji, to| to.text(emoji));
                to.option(*hue, |hue, to| to.byte(hue));
            }
            Self::Devices { who, by, change } => {
                to.byte(kind::DEVICES);
                to.number(who.get());
                to.number(by.get());
                devices::write_change(change, to);
            }
            Self::Mark(marks) => {
                to.byte(kind::MARK);
                to.list(marks, |mark, to| {
                    to.number(mark.who.get());
                    to.text(mark.room.as_str());
                    to.number(mark.seq);
                    to.byte(mark.is_back.into());
                });
            }
            Self::Govern { by, measure } => {
                to.byte(kind::GOVERN);
                to.option(*by, |by, to| to.number(by.get()));
                rights::write(measure, to);
            }
            Self::Keep { who, room, keeping } => {
                to.byte(kind::KEEP);
                to.number(who.get());
                to.text(room.as_str());
                to.byte(keeping.map_or(0, |Keeping { is_favourite, is_muted }| {
                    IS_KEPT
                        + if is_favourite { IS_FAVOURITE } else { 0 }
                        + if is_muted { IS_MUTED } else { 0 }
                }));
            }
            Self::See(people) => {
                to.byte(kind::SEE);
                to.list(people, |who, to| to.number(who.get()));
            }
            Self::Forget(entries) => {
                to.byte(kind::FORGET);
                to.list(entries, |seq, to| to.number(*seq));
            }
            Self::ForgetPeople { before, people } => {
                to.byte(kind::FORGET_PEOPLE);
                to.number(*before);
                to.list(people, |who, to| to.number(who.get()));
            }
            Self::ForgetRooms(rooms) => {
                to.byte(kind::FORGET_ROOMS);
                to.list(rooms, |room, to| to.text(room.as_str()));
            }
            Self::KeepNames(millis) => {
                to.byte(kind::KEEP_NAMES);
                to.number(*millis);
            }
            Self::Rules(rules) => {
                to.byte(kind::RULES);
                to.number((*rules).into());
            }
            Self::Genesis(Genesis { epoch, secret }) => {
                to.byte(kind::GENESIS);
                for bytes in [epoch, secret] {
                    to.number(bytes.len() as u64);
                    to.extend_from_slice(bytes);
                }
            }
            Self::Beat(beat) => {
                to.byte(kind::BEAT);
                to.number(beat.machine);
                to.number(beat.position);
                to.number(beat.at);
                to.number(beat.digest);
                to.number(beat.rules.into());
            }
            Self::Close(runs) => {
                to.byte(kind::CLOSE);
                to.list(runs, |run, to| to.number(run.0));
            }
        }
    }

    /// The record at the reader's place.
    ///
    /// # Errors
    /// The bytes are none, or of a kind that this build does not know.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match from.byte()? {
            kind::APPEND => Self::Append(Box::new(Append::read(from)?)),
            kind::GREET => Self::Greet { who: user(from)?, newcomer: Newcomer::read(from)? },
            kind::RENAME => {
                Self::Rename { who: user(from)?, name: NameClaim::read(from)?, rooms: from.list(room)? }
            }
            kind::FACE => {
                Self::Face { who: user(from)?, emoji: from.option(boxed)?, hue: from.option(Reader::byte)? }
            }
            kind::DEVICES => Self::Devices {
                who: user(from)?,
                by: devices::id(from)?,
                change: devices::read_change(from)?,
            },
            kind::MARK => Self::Mark(from.list(|from| {
                Ok(Mark { who: user(from)?, room: room(from)?, seq: from.number()?, is_back: from.flag()? })
            })?),
            kind::GOVERN => Self::Govern { by: from.option(user)?, measure: rights::read(from)? },
            kind::KEEP => Self::Keep { who: user(from)?, room: room(from)?, keeping: keeping(from)? },
            kind::SEE => Self::See(from.list(user)?),
            kind::FORGET => Self::Forget(from.list(Reader::number)?),
            kind::FORGET_PEOPLE => Self::ForgetPeople { before: from.number()?, people: from.list(user)? },
            kind::FORGET_ROOMS => Self::ForgetRooms(from.list(room)?),
            kind::KEEP_NAMES => Self::KeepNames(from.number()?),
            kind::RULES => Self::Rules(small(from)?),
            kind::GENESIS => {
                let mut bytes = || {
                    let count = from.number()?;
                    Ok(from.bytes(count)?.to_vec())
                };
                Self::Genesis(Genesis { epoch: bytes()?, secret: bytes()? })
            }
            kind::BEAT => Self::Beat(Beat {
                machine: from.number()?,
                position: from.number()?,
                at: from.number()?,
                digest: from.number()?,
                rules: small(from)?,
            }),
            kind::CLOSE => Self::Close(from.list(|from| Ok(RunId(from.number()?)))?),
            _ => return Err(Malformed),
        })
    }
}

fn boxed(from: &mut Reader<'_>) -> Result<Box<str>, Malformed> {
    from.text().map(Into::into)
}

fn room(from: &mut Reader<'_>) -> Result<RoomName, Malformed> {
    RoomName::parse(from.text()?).map_err(|_| Malformed)
}

fn user(from: &mut Reader<'_>) -> Result<UserId, Malformed> {
    let id = from.number()?;
    Some(UserId::new(id)).filter(|user| user.get() == id).ok_or(Malformed)
}

fn keeping(from: &mut Reader<'_>) -> Result<Option<Keeping>, Malformed> {
    match from.byte()? {
        0 => Ok(None),
        flags if flags & IS_KEPT > 0 && flags < IS_MUTED << 1 => {
            Ok(Some(Keeping::new(flags & IS_FAVOURITE > 0, flags & IS_MUTED > 0)))
        }
        _ => Err(Malformed),
    }
}

fn small(from: &mut Reader<'_>) -> Result<u16, Malformed> {
    from.number()?.try_into().map_err(|_| Malformed)
}

#[cfg(test)]
pub(crate) mod tests;
