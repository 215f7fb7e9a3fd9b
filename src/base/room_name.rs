//! A room's name, parsed once.

use std::fmt;
use std::sync::Arc;

use crate::base::error::Error;
use crate::base::limits::{PRIVATE_NAME_CHARS, ROOM_NAME_CHARS};

/// The names of private rooms begin so, and are as long as the server makes them.
pub(crate) const PRIVATE: &str = "__p";

/// Those of direct rooms, of the same people for ever.
pub(crate) const DIRECT: &str = "__d";

/// The name of the moderators' room, which has the form of a private room's: its people are the moderators and owners.
pub(crate) const MODERATORS: &str = "__pmoderatorsmoderators";

const LOBBY: &str = "lobby";

/// The name of a room: 1 to 64 of `a-z 0-9 - _`. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomName(Arc<str>);

impl RoomName {
    /// Takes a name as it stands in a path.
    ///
    /// # Errors
    /// Says what a name may be made of.
    ///
    /// ```
    /// use chinwag::RoomName;
    /// assert_eq!(RoomName::parse("book-club")?.as_str(), "book-club");
    /// assert!(RoomName::parse("Book Club").is_err());
    /// # Ok::<(), chinwag::Error>(())
    /// ```
    pub fn parse(name: &str) -> Result<Self, Error> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if name.is_empty() || name.len() > ROOM_NAME_CHARS || !name.bytes().all(allowed) {
            return Err(Error::room_name(format!(
                "not a room's name: it is 1 to {ROOM_NAME_CHARS} of the characters a-z 0-9 - _"
            )));
        }
        Ok(Self(name.into()))
    }

    /// The room that `/ws` joins.
    pub fn lobby() -> Self {
        Self(LOBBY.into())
    }

    pub(crate) fn is_lobby(&self) -> bool {
        &*self.0 == LOBBY
    }

    /// Whether it is the name of a private room: only its people come in.
    pub fn is_private(&self) -> bool {
        self.has_prefix(PRIVATE) || self.is_direct()
    }

    /// Whether it is the name of a direct room: a private one of the same people for ever.
    pub fn is_direct(&self) -> bool {
        self.has_prefix(DIRECT)
    }

    /// The moderators' room, to which messages are reported: a private room whose people are the moderators and owners.
    pub fn moderators() -> Self {
        Self(MODERATORS.into())
    }

    /// Whether it is the name of the moderators' room.
    pub fn is_moderators(&self) -> bool {
        *self.0 == *MODERATORS
    }

    fn has_prefix(&self, prefix: &str) -> bool {
        self.0.strip_prefix(prefix).is_some_and(|rest| {
            rest.len() == PRIVATE_NAME_CHARS && rest.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
        })
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for good in ["a", "lobby", "book-club_2", &"x".repeat(64)] {
            assert_eq!(RoomName::parse(good).expect(good).as_str(), good);
        }
        for bad in ["", "A", "a b", "ä", "a/b", "..", "a\n", &"x".repeat(65)] {
            assert!(RoomName::parse(bad).expect_err(bad).is_room_name());
        }
    }
}
