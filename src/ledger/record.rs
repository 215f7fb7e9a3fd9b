//! A record: what a machine wants to happen to the chat. What it comes to is decided where it is applied, by the state that all
//! records before it have come to, and by nothing else: so a record carries whatever of it depends on the machine that made it,
//! as the keys of names and the spellings of emoji, which are from tables that differ between builds.

use crate::base::entry::{Content, Draft, Kind, Mentions, Parts};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::codec::{Malformed, Reader, Write};

/// A start of a machine: a number from the operating system's randomness, never from a disk, as a disk may be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RunId(pub(crate) u64);

/// A change of the chat that a machine asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// An entry.
    Append(Append),
    /// Somebody is here, and is to be known by the first of these names that is free.
    Greet { who: UserId, names: Vec<NameClaim> },
    /// Somebody takes another name, of which these rooms are told.
    Rename { who: UserId, name: NameClaim, rooms: Vec<RoomName> },
    /// People have read so far.
    Mark(Vec<Mark>),
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

/// Somebody's entry, and what its sender knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Append {
    pub(crate) draft: Draft,
    /// The greatest number of the room that its author knew. A change of what was changed after it is out of date.
    pub(crate) base: Option<u64>,
    /// The names that its author is to be known by if they are not known yet: the first that is free.
    pub(crate) names: Vec<NameClaim>,
    pub(crate) lookup: Lookup,
}

/// Values from Unicode's tables that an entry depends on, as its sender has looked them up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Lookup {
    #[default]
    Nothing,
    /// The keys of each name that is mentioned, in the order of the mentions.
    Mentioned(Vec<Vec<Box<str>>>),
    /// The other spellings of a reaction's emoji, which a message may have it in.
    Spelled(Vec<Box<str>>),
}

/// A name, and what stands for all names that look like it. The keys are those of the sender's build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameClaim {
    pub(crate) name: Box<str>,
    pub(crate) keys: Vec<Box<str>>,
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

impl NameClaim {
    pub(crate) fn of(name: &Name) -> Self {
        let keys = name.keys().into_iter().map(Into::into).collect();
        Self { name: name.as_str().into(), keys }
    }
}

impl Append {
    /// An entry that needs nothing looked up, of somebody who is known.
    pub(crate) fn plain(draft: Draft) -> Self {
        Self { draft, base: None, names: Vec::new(), lookup: Lookup::Nothing }
    }
}

/// The kind of a record as a byte. These numbers stand in ledgers: a new kind gets a new number.
mod kind {
    pub(super) const APPEND: u8 = 0;
    pub(super) const GREET: u8 = 1;
    pub(super) const RENAME: u8 = 2;
    pub(super) const MARK: u8 = 3;
    pub(super) const SEE: u8 = 4;
    pub(super) const FORGET: u8 = 5;
    pub(super) const FORGET_PEOPLE: u8 = 6;
    pub(super) const FORGET_ROOMS: u8 = 7;
    pub(super) const KEEP_NAMES: u8 = 8;
    pub(super) const RULES: u8 = 9;
    pub(super) const GENESIS: u8 = 10;
    pub(super) const BEAT: u8 = 11;
    pub(super) const CLOSE: u8 = 12;
}

// Flags for the optional parts of an entry.
const HAS_TARGET: u8 = 1;
const HAS_TEXT: u8 = 2;
const HAS_CID: u8 = 4;
const HAS_MENTIONS: u8 = 8;
const HAS_BASE: u8 = 16;
const IS_MODERATION: u8 = 32;

impl Record {
    /// Entries that it may become, at most: each needs a number of its envelope.
    pub(crate) fn entries(&self) -> usize {
        match self {
            Self::Append(_) => 1,
            Self::Rename { rooms, .. } => rooms.len(),
            _ => 0,
        }
    }

    pub(crate) fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Append(append) => {
                to.byte(kind::APPEND);
                append.write(to);
            }
            Self::Greet { who, names } => {
                to.byte(kind::GREET);
                to.number(who.get());
                list(to, names, NameClaim::write);
            }
            Self::Rename { who, name, rooms } => {
                to.byte(kind::RENAME);
                to.number(who.get());
                name.write(to);
                list(to, rooms, |room, to| to.text(room.as_str()));
            }
            Self::Mark(marks) => {
                to.byte(kind::MARK);
                list(to, marks, |mark, to| {
                    to.number(mark.who.get());
                    to.text(mark.room.as_str());
                    to.number(mark.seq);
                    to.byte(mark.is_back.into());
                });
            }
            Self::See(people) => {
                to.byte(kind::SEE);
                list(to, people, |who, to| to.number(who.get()));
            }
            Self::Forget(entries) => {
                to.byte(kind::FORGET);
                list(to, entries, |seq, to| to.number(*seq));
            }
            Self::ForgetPeople { before, people } => {
                to.byte(kind::FORGET_PEOPLE);
                to.number(*before);
                list(to, people, |who, to| to.number(who.get()));
            }
            Self::ForgetRooms(rooms) => {
                to.byte(kind::FORGET_ROOMS);
                list(to, rooms, |room, to| to.text(room.as_str()));
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
                list(to, runs, |run, to| to.number(run.0));
            }
        }
    }

    /// The record at the reader's place.
    ///
    /// # Errors
    /// The bytes are none, or of a kind that this build does not know.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match from.byte()? {
            kind::APPEND => Self::Append(Append::read(from)?),
            kind::GREET => Self::Greet { who: user(from)?, names: from.list(NameClaim::read)? },
            kind::RENAME => {
                Self::Rename { who: user(from)?, name: NameClaim::read(from)?, rooms: from.list(room)? }
            }
            kind::MARK => Self::Mark(from.list(|from| {
                Ok(Mark { who: user(from)?, room: room(from)?, seq: from.number()?, is_back: flag(from)? })
            })?),
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

impl Append {
    fn write(&self, to: &mut Vec<u8>) {
        let Self { draft, base, names, lookup } = self;
        let Parts { kind, target, text, cid, mentions } = draft.content.parts();
        let flags = [
            (target.is_some(), HAS_TARGET),
            (text.is_some(), HAS_TEXT),
            (cid.is_some(), HAS_CID),
            (!mentions.is_empty(), HAS_MENTIONS),
            (base.is_some(), HAS_BASE),
            (draft.is_moderation, IS_MODERATION),
        ];
        to.byte(kind as u8);
        to.byte(flags.iter().map(|(is_there, bit)| if *is_there { *bit } else { 0 }).sum());
        to.text(draft.room.as_str());
        to.number(draft.by.get());
        target.into_iter().chain(*base).for_each(|seq| to.number(seq));
        text.into_iter().chain(cid).for_each(|text| to.text(text));
        if !mentions.is_empty() {
            to.number(mentions.len() as u64);
            for (name, who) in mentions.iter() {
                to.text(name);
                to.number(who.get());
            }
        }
        list(to, names, NameClaim::write);
        match lookup {
            Lookup::Nothing => to.byte(0),
            Lookup::Mentioned(keys) => {
                to.byte(1);
                list(to, keys, |keys, to| list(to, keys, |key, to| to.text(key)));
            }
            Lookup::Spelled(spellings) => {
                to.byte(2);
                list(to, spellings, |spelling, to| to.text(spelling));
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let kind = *Kind::ALL.get(usize::from(from.byte()?)).ok_or(Malformed)?;
        let flags = from.byte()?;
        if flags >= IS_MODERATION << 1 {
            return Err(Malformed);
        }
        let room = room(from)?;
        let by = user(from)?;
        let target = option(flags & HAS_TARGET, from, Reader::number)?;
        let base = option(flags & HAS_BASE, from, Reader::number)?;
        let text = option(flags & HAS_TEXT, from, Reader::text)?;
        let cid = option(flags & HAS_CID, from, Reader::text)?;
        let mentions = option(flags & HAS_MENTIONS, from, |from| {
            from.list(|from| Ok((Box::<str>::from(from.text()?), user(from)?)))
        })?;
        let mentions: Mentions = mentions.into_iter().flatten().collect();
        let content = Content::from_parts(Parts { kind, target, text, cid, mentions: &mentions });
        let mut draft = Draft::new(&room, by, content);
        if flags & IS_MODERATION > 0 {
            draft = draft.by_moderator();
        }
        let names = from.list(NameClaim::read)?;
        let lookup = match from.byte()? {
            0 => Lookup::Nothing,
            1 => Lookup::Mentioned(from.list(|from| from.list(boxed))?),
            2 => Lookup::Spelled(from.list(boxed)?),
            _ => return Err(Malformed),
        };
        Ok(Self { draft, base, names, lookup })
    }
}

impl NameClaim {
    fn write(&self, to: &mut Vec<u8>) {
        to.text(&self.name);
        list(to, &self.keys, |key, to| to.text(key));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self { name: boxed(from)?, keys: from.list(boxed)? })
    }
}

fn list<T>(to: &mut Vec<u8>, items: &[T], write: impl Fn(&T, &mut Vec<u8>)) {
    to.number(items.len() as u64);
    items.iter().for_each(|item| write(item, to));
}

fn option<'a, T>(
    is_there: u8,
    from: &mut Reader<'a>,
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    if is_there == 0 { Ok(None) } else { read(from).map(Some) }
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

fn flag(from: &mut Reader<'_>) -> Result<bool, Malformed> {
    match from.byte()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Malformed),
    }
}

fn small(from: &mut Reader<'_>) -> Result<u16, Malformed> {
    from.number()?.try_into().map_err(|_| Malformed)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// One record of each kind, and entries of all kinds.
    pub(crate) fn samples() -> Vec<Record> {
        let (ada, lobby) = (UserId::new(u64::MAX), RoomName::lobby());
        let name = NameClaim::of(&Name::parse("Ada Lovelace").expect("a name"));
        let mentions: Mentions = [("Ada", ada), ("Bob", UserId::new(2))].into_iter().collect();
        let entry = |kind: &Kind| {
            let parts =
                Parts { mentions: &mentions, ..Parts::new(*kind, Some(70_000), Some("Grüße 👋")) };
            let draft = Draft::new(&lobby, ada, Content::from_parts(Parts { cid: Some("c 1"), ..parts }));
            Record::Append(Append { base: Some(9), ..Append::plain(draft.by_moderator()) })
        };
        let mut records: Vec<Record> = Kind::ALL.iter().map(entry).collect();
        let said = Append::plain(Draft::message(&lobby, ""));
        let keys = vec![vec!["ada".into()], Vec::new()];
        records.extend([
            Record::Append(Append { lookup: Lookup::Mentioned(keys), ..said.clone() }),
            Record::Append(Append { lookup: Lookup::Spelled(vec!["❤".into()]), ..said.clone() }),
            Record::Append(Append { names: vec![name.clone()], ..said }),
            Record::Greet { who: ada, names: vec![name.clone(), name.clone()] },
            Record::Rename { who: ada, name, rooms: vec![lobby.clone()] },
            Record::Mark(vec![Mark { who: ada, room: lobby.clone(), seq: 7, is_back: true }]),
            Record::See(vec![ada, UserId::GUEST]),
            Record::Forget(vec![1, u64::MAX]),
            Record::ForgetPeople { before: 5, people: vec![ada] },
            Record::ForgetRooms(vec![lobby]),
            Record::KeepNames(1_000),
            Record::Rules(2),
            Record::Genesis(Genesis { epoch: vec![1, 2], secret: vec![0; 32] }),
            Record::Beat(Beat { machine: 1, position: 2, at: 3, digest: u64::MAX, rules: 1 }),
            Record::Close(vec![RunId(u64::MAX), RunId(0)]),
        ]);
        records
    }

    #[test]
    fn record_of_every_kind_is_read_as_it_was_written() {
        for record in samples() {
            let mut bytes = Vec::new();
            record.write(&mut bytes);
            let mut reader = Reader::new(&bytes);
            assert_eq!(Record::read(&mut reader).as_ref(), Ok(&record));
            assert!(reader.is_empty(), "{record:?}");
            for cut in 0..bytes.len() {
                assert_eq!(
                    Record::read(&mut Reader::new(&bytes[..cut])),
                    Err(Malformed),
                    "{record:?} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn what_no_record_has_is_refused() {
        let mut said = Vec::new();
        Record::Append(Append::plain(Draft::message(&RoomName::lobby(), "hi"))).write(&mut said);
        let is_read = |bytes: &[u8]| Record::read(&mut Reader::new(bytes)).is_ok();
        assert!(is_read(&said));
        for (at, byte) in [(0, 0xff), (1, Kind::ALL.len() as u8), (2, 0xff), (4, b'L'), (3, 0)] {
            let mut bytes = said.clone();
            bytes[at] = byte;
            assert!(!is_read(&bytes), "{byte} at {at}");
        }
    }
}
