//! The rules of a room: who writes in it, how often, and whether anybody still does. Its moderators set them by an entry of the log.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::base::error::{Error, ErrorCode};
use crate::base::limits::SLOW_MAX;
use crate::base::named_enum::named_enum;
use crate::base::rights::{Role, by_name};

named_enum! {
    /// The people who write in a room. The others read it, and react.
    #[derive(Hash, PartialOrd, Ord, Default)]
    pub enum Writers {
        /// Everybody who may write in the chat.
        #[default]
        Everyone = "everyone",
        /// Members, moderators and owners.
        Members = "members",
        /// Moderators and owners: a room of announcements, or one that is locked.
        Moderators = "moderators",
    }
}

/// The rules of a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoomRules {
    /// Who writes in it.
    pub writers: Writers,
    /// Seconds between two messages of one person who is no moderator; 0 for none.
    pub slow: u32,
    /// Nobody writes in it any more. It can still be read and found.
    pub archived: bool,
    /// Nobody comes into it any more, and what is in it is being forgotten. Then there is no such room.
    pub deleted: bool,
}

/// What is to be another rule of a room; None stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RulesChange {
    pub(crate) writers: Option<Writers>,
    pub(crate) slow: Option<u32>,
    pub(crate) archived: Option<bool>,
    /// The room is to be deleted, which is not taken back.
    pub(crate) is_deletion: bool,
}

/// How the log has the rules of a deleted room.
const DELETED: &str = "deleted";

/// What somebody does in a room, as its rules tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Says something, or changes what the room is called.
    Write,
    /// Reacts to a message.
    React,
    /// Takes back what is theirs.
    TakeBack,
}

impl Writers {
    /// The writers of this name.
    ///
    /// # Errors
    /// `bad_value`.
    pub fn parse(name: &str) -> Result<Self, Error> {
        by_name(Self::ALL, Self::as_str, "writers", name)
    }

    /// The lowest role that is one of them.
    fn role(self) -> Role {
        match self {
            Self::Everyone => Role::Guest,
            Self::Members => Role::Member,
            Self::Moderators => Role::Moderator,
        }
    }
}

impl RoomRules {
    /// Rules of these values. `slow` is in seconds.
    ///
    /// # Errors
    /// `bad_value`: `slow` is longer than six hours.
    pub fn new(writers: Writers, slow: u32, archived: bool) -> Result<Self, Error> {
        if slow > SLOW_MAX {
            let text = format!("'slow' is a number of seconds from 0 to {SLOW_MAX}");
            return Err(Error::refused("bad_value", text));
        }
        Ok(Self { writers, slow, archived, deleted: false })
    }

    /// Those of a room that is deleted: no other rule matters.
    pub(crate) fn of_deleted() -> Self {
        Self { deleted: true, ..Self::default() }
    }

    /// Whether nothing is kept of them: a room has these where nobody has set others.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The rules after a change.
    pub(crate) fn with(self, change: RulesChange) -> Self {
        let RulesChange { writers, slow, archived, is_deletion } = change;
        if is_deletion || self.deleted {
            return Self::of_deleted();
        }
        Self {
            writers: writers.unwrap_or(self.writers),
            slow: slow.unwrap_or(self.slow),
            archived: archived.unwrap_or(self.archived),
            deleted: false,
        }
    }

    /// Whether somebody of a role may do something in the room, whenever that is.
    ///
    /// # Errors
    /// `room_deleted`, `archived` or `writers_only`.
    pub(crate) fn check(&self, act: Act, role: Role) -> Result<(), Error> {
        self.check_there()?;
        match act {
            Act::TakeBack => Ok(()),
            _ if self.archived => Err(Error::refused(
                "archived",
                "this room is archived: it can be read, and nobody writes in it",
            )),
            Act::Write if role < self.writers.role() => {
                let text = match self.writers {
                    Writers::Moderators => "only moderators and owners write in this room",
                    _ => "only members write in this room: ask for an invitation",
                };
                Err(Error::refused("writers_only", text))
            }
            Act::Write | Act::React => Ok(()),
        }
    }

    /// Whether the room is one that people come into.
    ///
    /// # Errors
    /// `room_deleted`.
    pub(crate) fn check_there(&self) -> Result<(), Error> {
        match self.deleted {
            false => Ok(()),
            true => Err(Error::refused("room_deleted", "this room is deleted, with all that was in it")),
        }
    }

    /// Whether somebody of a role may say something at a time, who has said something `last`. Unix milliseconds.
    ///
    /// # Errors
    /// `slow_mode`.
    pub(crate) fn check_turn(&self, role: Role, last: Option<u64>, at: u64) -> Result<(), Error> {
        let next = last.map_or(0, |last| last.saturating_add(self.slow_ms()));
        if role >= Role::Moderator || at >= next {
            return Ok(());
        }
        let text = "this room is in slow mode, and your last message is not old enough";
        Err(Error::limited(ErrorCode::SlowMode, text, Duration::from_millis(next - at)))
    }

    fn slow_ms(&self) -> u64 {
        u64::from(self.slow) * 1_000
    }
}

/// As the log keeps them: the writers, then what else is not as everywhere.
impl fmt::Display for RoomRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { writers, slow, archived, deleted } = self;
        if *deleted {
            return f.write_str(DELETED);
        }
        f.write_str(writers.as_str())?;
        if *slow > 0 {
            write!(f, " slow={slow}")?;
        }
        f.write_str(if *archived { " archived" } else { "" })
    }
}

/// Takes what `Display` gives.
impl FromStr for RoomRules {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == DELETED {
            return Ok(Self::of_deleted());
        }
        let mut words = text.split(' ');
        let writers = Writers::parse(words.next().unwrap_or_default())?;
        let mut rules = Self { writers, ..Self::default() };
        for word in words {
            match (word, word.strip_prefix("slow=").and_then(|slow| slow.parse().ok())) {
                ("archived", _) => rules.archived = true,
                (_, Some(slow)) => rules.slow = slow,
                _ => return Err(Error::refused("bad_value", "no rule of a room is called so")),
            }
        }
        Self::new(rules.writers, rules.slow, rules.archived)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<(), Error>) -> Option<&'static str> {
        result.err().map(|error| error.code().as_str())
    }

    #[test]
    fn rules_are_read_as_they_were_written() {
        for writers in Writers::ALL {
            for (slow, archived) in [(0, false), (30, false), (0, true), (SLOW_MAX, true)] {
                let rules = RoomRules::new(*writers, slow, archived).expect("they are allowed");
                assert_eq!(rules.to_string().parse::<RoomRules>().expect("they were written"), rules);
            }
        }
        assert_eq!(
            RoomRules::new(Writers::Members, 30, true).expect("allowed").to_string(),
            "members slow=30 archived"
        );
        assert_eq!(
            RoomRules::of_deleted().to_string().parse::<RoomRules>().expect("it was written"),
            RoomRules::of_deleted()
        );
        for text in
            ["", "nobody", "everyone slow=-1", "everyone slow=21601", "everyone  archived", "everyone hidden"]
        {
            assert!(text.parse::<RoomRules>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_role_does_in_a_room_what_its_rules_say() {
        use Act::{React, TakeBack, Write};
        use Role::{Guest, Member, Moderator, Owner};
        let rules = |writers, archived| RoomRules { writers, slow: 0, archived, deleted: false };
        let cells: &[(Writers, Act, [bool; 4])] = &[
            (Writers::Everyone, Write, [true, true, true, true]),
            (Writers::Everyone, React, [true, true, true, true]),
            (Writers::Members, Write, [false, true, true, true]),
            (Writers::Members, React, [true, true, true, true]),
            (Writers::Moderators, Write, [false, false, true, true]),
            (Writers::Moderators, React, [true, true, true, true]),
            (Writers::Moderators, TakeBack, [true, true, true, true]),
        ];
        for (writers, act, may) in cells {
            for (role, may) in [Guest, Member, Moderator, Owner].into_iter().zip(may) {
                let refused = (!may).then_some("writers_only");
                assert_eq!(
                    code(rules(*writers, false).check(*act, role)),
                    refused,
                    "{writers:?} {act:?} {role:?}"
                );
                let archived = (*act != TakeBack).then_some("archived");
                assert_eq!(
                    code(rules(*writers, true).check(*act, role)),
                    archived,
                    "{writers:?} {act:?} {role:?}"
                );
            }
        }
    }

    #[test]
    fn deleted_room_is_nobodys_and_does_not_come_back() {
        for role in Role::ALL {
            for act in [Act::Write, Act::React, Act::TakeBack] {
                assert_eq!(code(RoomRules::of_deleted().check(act, *role)), Some("room_deleted"));
            }
        }
        let change = RulesChange { archived: Some(false), ..RulesChange::default() };
        assert_eq!(RoomRules::of_deleted().with(change), RoomRules::of_deleted());
    }

    #[test]
    fn turn_comes_again_when_the_time_is_over_and_moderators_are_not_slowed() {
        let rules = RoomRules::new(Writers::Everyone, 30, false).expect("allowed");
        let wait = |role, last, at| {
            rules.check_turn(role, last, at).err().map(|error| (error.code(), error.retry_after()))
        };
        let slowed = |ms| Some((ErrorCode::SlowMode, Some(Duration::from_millis(ms))));
        assert_eq!(wait(Role::Guest, None, 5), None, "the first");
        assert_eq!(wait(Role::Guest, Some(1_000), 1_000), slowed(30_000));
        assert_eq!(wait(Role::Member, Some(1_000), 30_999), slowed(1));
        assert_eq!(wait(Role::Member, Some(1_000), 31_000), None);
        assert_eq!(wait(Role::Moderator, Some(1_000), 1_000), None);
        let off = RoomRules::default();
        assert_eq!(code(off.check_turn(Role::Guest, Some(1_000), 1_000)), None);
    }
}
