//! The messages of machines to each other about the people of a room, as bytes. One may be lost, come twice or be
//! anybody's: bytes that are none, or name more than one may, are refused as a whole. Knows nobody.

use crate::base::face::Face;
use crate::base::limits::{EMOJI_BYTES_SAID, NAME_BYTES_SAID, PEOPLE_COUNTED, PEOPLE_NAMED, TYPING_SAID};
use crate::base::user::{User, UserId};
use crate::ledger::codec::{Malformed, Reader, Write};

/// The form of these bytes. Machines of another are not understood, and their people not seen.
const VERSION: u8 = 1;

/// The kinds of messages.
mod kind {
    pub(super) const ALL: u8 = 0;
    pub(super) const CHANGE: u8 = 1;
    pub(super) const BEAT: u8 = 2;
    pub(super) const WHO: u8 = 3;
    pub(super) const GONE: u8 = 4;
    pub(super) const TYPING: u8 = 5;
}

/// A machine, in one of its starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speaker {
    pub(crate) machine: u64,
    /// Grows from start to start.
    pub(crate) start: u64,
}

/// Something that a machine says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// These are all of its people; they are only counted where they are too many.
    All { version: u64, count: usize, people: Option<Vec<User>> },
    /// These came and went since the version before.
    Change { version: u64, count: usize, came: Vec<User>, left: Vec<UserId> },
    /// Nothing has changed since this version.
    Beat { version: u64, count: usize },
    /// Everybody, or one machine, is to say all of its people.
    Who { machine: Option<u64> },
    /// None of its people is there any more.
    Gone,
    /// These are typing.
    Typing { people: Vec<User> },
}

impl Said {
    pub(crate) fn write(&self, by: Speaker) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.number(by.machine);
        bytes.number(by.start);
        match self {
            Self::All { version, count, people } => {
                bytes.byte(kind::ALL);
                bytes.number(*version);
                bytes.number(*count as u64);
                bytes.option(people.as_ref(), |people, bytes| bytes.list(people, write_user));
            }
            Self::Change { version, count, came, left } => {
                bytes.byte(kind::CHANGE);
                bytes.number(*version);
                bytes.number(*count as u64);
                bytes.list(came, write_user);
                bytes.list(left, |who, bytes| bytes.number(who.get()));
            }
            Self::Beat { version, count } => {
                bytes.byte(kind::BEAT);
                bytes.number(*version);
                bytes.number(*count as u64);
            }
            Self::Who { machine } => {
                bytes.byte(kind::WHO);
                bytes.option(*machine, |machine, bytes| bytes.number(machine));
            }
            Self::Gone => bytes.byte(kind::GONE),
            Self::Typing { people } => {
                bytes.byte(kind::TYPING);
                bytes.list(people, write_user);
            }
        }
        bytes
    }

    /// What was said, and by whom.
    ///
    /// # Errors
    /// It is another version's, or nothing that a machine of this version says.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Speaker, Self), Malformed> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != VERSION {
            return Err(Malformed);
        }
        let by = Speaker { machine: reader.number()?, start: reader.number()? };
        let said = match reader.byte()? {
            kind::ALL => {
                let (version, count) = (reader.number()?, read_count(&mut reader)?);
                let people = reader.option(|reader| read_list(reader, PEOPLE_NAMED, read_user))?;
                if people.as_ref().is_some_and(|people| people.len() != count) {
                    return Err(Malformed);
                }
                Self::All { version, count, people }
            }
            kind::CHANGE => Self::Change {
                version: reader.number()?,
                count: read_count(&mut reader)?,
                came: read_list(&mut reader, PEOPLE_NAMED, read_user)?,
                left: read_list(&mut reader, PEOPLE_NAMED, read_id)?,
            },
            kind::BEAT => Self::Beat { version: reader.number()?, count: read_count(&mut reader)? },
            kind::WHO => Self::Who { machine: reader.option(Reader::number)? },
            kind::GONE => Self::Gone,
            kind::TYPING => Self::Typing { people: read_list(&mut reader, TYPING_SAID, read_user)? },
            _ => return Err(Malformed),
        };
        if reader.is_empty() { Ok((by, said)) } else { Err(Malformed) }
    }
}

fn write_user(user: &User, bytes: &mut Vec<u8>) {
    bytes.number(user.id.get());
    bytes.text(&user.name);
    bytes.option(user.face.emoji(), |emoji, bytes| bytes.text(emoji));
    bytes.option(user.face.hue(), |hue, bytes| bytes.byte(hue));
}

fn read_user(reader: &mut Reader<'_>) -> Result<User, Malformed> {
    let id = read_id(reader)?;
    let name = read_text(reader, NAME_BYTES_SAID)?;
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Malformed);
    }
    let emoji = reader.option(|reader| read_text(reader, EMOJI_BYTES_SAID))?;
    let hue = reader.option(Reader::byte)?;
    Ok(User::new(id, name).with(Face::stored(emoji, hue.map(i64::from))))
}

/// Nobody is seen in a room as a guest.
fn read_id(reader: &mut Reader<'_>) -> Result<UserId, Malformed> {
    let number = reader.number()?;
    let id = UserId::new(number);
    if id.get() == number && id != UserId::GUEST { Ok(id) } else { Err(Malformed) }
}

fn read_text<'a>(reader: &mut Reader<'a>, max: usize) -> Result<&'a str, Malformed> {
    let text = reader.text()?;
    if text.len() <= max { Ok(text) } else { Err(Malformed) }
}

fn read_count(reader: &mut Reader<'_>) -> Result<usize, Malformed> {
    let count = usize::try_from(reader.number()?).map_err(|_| Malformed)?;
    if count <= PEOPLE_COUNTED { Ok(count) } else { Err(Malformed) }
}

fn read_list<'a, T>(
    reader: &mut Reader<'a>,
    max: usize,
    read: impl FnMut(&mut Reader<'a>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    // Nothing is read of a list that is too long.
    if reader.clone().number()? > max as u64 {
        return Err(Malformed);
    }
    reader.list(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY: Speaker = Speaker { machine: 3, start: 1_700_000_000_000 };

    fn user(id: u64) -> User {
        User::new(UserId::new(id), "Zoë").with(Face::stored(Some("🦊"), Some(3)))
    }

    fn all_kinds() -> Vec<Said> {
        let plain = User::new(UserId::new(u64::MAX >> 1), "Bob");
        vec![
            Said::All { version: 7, count: 2, people: Some(vec![user(1), plain.clone()]) },
            Said::All { version: 8, count: PEOPLE_COUNTED, people: None },
            Said::Change { version: 9, count: 1, came: vec![plain], left: vec![UserId::new(1)] },
            Said::Beat { version: u64::MAX, count: 0 },
            Said::Who { machine: None },
            Said::Who { machine: Some(5) },
            Said::Gone,
            Said::Typing { people: vec![user(9)] },
        ]
    }

    #[test]
    fn what_a_machine_says_is_heard_as_it_was_said_and_no_part_of_it() {
        for said in all_kinds() {
            let bytes = said.write(BY);
            assert_eq!(Said::read(&bytes), Ok((BY, said.clone())), "{said:?}");
            for end in 0..bytes.len() {
                assert_eq!(Said::read(&bytes[..end]), Err(Malformed), "{said:?} cut at {end}");
            }
            assert_eq!(Said::read(&[&bytes[..], &[0]].concat()), Err(Malformed), "{said:?} and more");
            assert_eq!(
                Said::read(&[&[VERSION + 1], &bytes[1..]].concat()),
                Err(Malformed),
                "another version"
            );
        }
    }

    #[test]
    fn hostile_bytes_are_refused_before_anything_is_kept_of_them() {
        let of = |people: Vec<User>| Said::All { version: 1, count: people.len(), people: Some(people) };
        let many = (1..=PEOPLE_NAMED as u64 + 1).map(user).collect::<Vec<_>>();
        assert!(Said::read(&of(many[1..].to_vec()).write(BY)).is_ok());
        assert_eq!(Said::read(&of(many).write(BY)), Err(Malformed), "more than may be named");
        for name in ["", "a\nb", &"x".repeat(NAME_BYTES_SAID + 1)] {
            let named = User::new(UserId::new(1), name);
            assert_eq!(Said::read(&of(vec![named]).write(BY)), Err(Malformed), "{name:?}");
        }
        assert_eq!(Said::read(&of(vec![User::guest()]).write(BY)), Err(Malformed), "a guest");
        let counted = Said::All { version: 1, count: 3, people: Some(vec![user(1)]) };
        assert_eq!(Said::read(&counted.write(BY)), Err(Malformed), "three, and one of them");
        let crowd = Said::Beat { version: 1, count: PEOPLE_COUNTED + 1 };
        assert_eq!(Said::read(&crowd.write(BY)), Err(Malformed), "more than there are");
    }
}
