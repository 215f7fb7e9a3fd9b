//! Who someone is: an id that the server made, a name that they chose, and a face. Identity is the id, never the name.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::error::Error;
use crate::base::face::Face;

/// A user's id: 63 random bits, made by the server when they first came.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(u64);

/// Somebody, as others see them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// Who it is.
    pub id: UserId,
    /// What they are called now.
    pub name: Arc<str>,
    /// How they are shown beside it now.
    pub face: Face,
}

static GUEST: LazyLock<User> = LazyLock::new(|| User::new(UserId::GUEST, "guest"));

impl UserId {
    /// Whoever speaks plain lines: that protocol knows no names.
    pub const GUEST: Self = Self(0);

    /// A new id.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn random() -> Result<Self, Error> {
        let id = getrandom::u64().map_err(|e| Error::io("cannot make an id", e.into()))? >> 1;
        Ok(Self(id.max(1)))
    }

    /// The id as a number, of 63 bits.
    pub fn get(self) -> u64 {
        self.0
    }

    /// The id with this number.
    pub(crate) const fn new(id: u64) -> Self {
        Self(id & u64::MAX >> 1)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::GUEST => f.write_str("guest"),
            Self(id) => f.write_str(&URL_SAFE_NO_PAD.encode(id.to_be_bytes())),
        }
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserId({self})")
    }
}

impl FromStr for UserId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "guest" {
            return Ok(Self::GUEST);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self::new(u64::from_be_bytes(bytes))).ok_or_else(|| {
            Error::refused(
                "bad_user",
                "not a user's id: it is 'guest', or 11 characters that this server made",
            )
        })
    }
}

impl User {
    /// Somebody without a face, as they are called.
    pub(crate) fn new(id: UserId, name: impl Into<Arc<str>>) -> Self {
        Self { id, name: name.into(), face: Face::default() }
    }

    /// With this face.
    pub(crate) fn with(self, face: Face) -> Self {
        Self { face, ..self }
    }

    /// Whoever speaks plain lines.
    pub fn guest() -> Self {
        GUEST.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_shown() {
        for id in [UserId::GUEST, UserId::new(1), UserId::new(u64::MAX), UserId::random().expect("random")] {
            assert_eq!(id.to_string().parse::<UserId>().expect("its own form"), id);
        }
        for bad in ["", "Guest", "AAAA", "AAAAAAAAAAAA", "AAAAAAAAAA!"] {
            assert!(bad.parse::<UserId>().is_err(), "{bad}");
        }
    }
}
