//! A person's name: what it may be, when two look alike, and what a guest is called who chose none. Knows
//! nobody who bears one.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use smallvec::SmallVec;

use crate::base::error::Error;
use crate::base::limits::{CLEANED_CHARS, GUEST_ATTEMPTS, NAME_CHARS};
use crate::base::user::UserId;

mod look;
mod spelling;

use spelling::Flaw;

/// A name that someone may be called: 1 to 32 characters, letters and digits of any script in use, emoji, and
/// between them single spaces and a few signs. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(Arc<str>);

impl Name {
    /// Takes a name as it was spelled, in Unicode's composed form (NFC). White space around it goes, white space within is
    /// one space; nothing else is changed.
    ///
    /// # Errors
    /// Says what is wrong with it (`bad_name`), or that it is kept for the server (`name_taken`).
    ///
    /// ```
    /// use chinwag::Name;
    /// assert_eq!(Name::parse("  Ada   Lovelace ")?.as_str(), "Ada Lovelace");
    /// assert!(Name::parse("Ada\u{202e}").is_err());
    /// # Ok::<(), chinwag::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        // One character more, and a space, are enough to be refused; the rest need not be kept.
        let name: String = spelling::normal(text).take(NAME_CHARS + 2).collect();
        let name = name.trim_end();
        let flaw = match spelling::check(name) {
            _ if name.chars().count() > NAME_CHARS => "it is too long".into(),
            Ok(()) => String::new(),
            Err(Flaw::Empty) => "it has no letter, digit or emoji".into(),
            Err(Flaw::Unseen(c)) => format!("U+{:04X} cannot be seen there", u32::from(c)),
            Err(Flaw::NotAllowed(c)) => format!("'{c}' (U+{:04X}) is not allowed", u32::from(c)),
            Err(Flaw::Stray(c)) => format!("the mark U+{:04X} is on no letter of its script", u32::from(c)),
            Err(Flaw::Stacked) => "a letter has too many marks".into(),
            Err(Flaw::Link) => "it reads like a link".into(),
        };
        if !flaw.is_empty() {
            let text = format!(
                "not a name: {flaw}; a name is 1 to {NAME_CHARS} letters, digits and emoji, with spaces and signs like \
                 - _ . , ' & / ( ) between them"
            );
            return Err(Error::refused("bad_name", text));
        }
        if look::is_reserved(name) {
            return Err(Error::refused("name_taken", "this name is kept for the server; choose another"));
        }
        Ok(Self(name.into()))
    }

    /// A name that was somebody's before: of an earlier version's store, whose rules were others.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// What stands for all names that look like this one: two names are alike when they have a key in common.
    pub(crate) fn keys(&self) -> SmallVec<[String; 2]> {
        look::keys(&self.0)
    }

    /// The id of somebody from another chat of whom only the name is known, be it a name here or not: the same for all
    /// names that look like it. Nobody has a token for it.
    pub(crate) fn id_of(text: &str) -> UserId {
        let name: String = spelling::normal(text).take(CLEANED_CHARS).collect();
        let key = look::first_key_of_imports(name.trim_end());
        let digest = Sha256::digest([b"chinwag imported name 1 ", key.as_bytes()].concat());
        let (bytes, _) = digest.split_first_chunk::<8>().expect("SHA-256 has 32 bytes");
        UserId::new(u64::from_be_bytes(*bytes) | 1)
    }

    /// This name with a number, for somebody who would bear the name of another.
    pub(crate) fn numbered(&self, number: u64) -> Self {
        let suffix = format!(" {number}");
        Self(format!("{}{suffix}", spelling::clean(&self.0, NAME_CHARS - suffix.len())).into())
    }

    /// What somebody of another chat is called here: without what no name has here, cut to the length, and with a number
    /// where it is kept for the server. None when nothing is left of it.
    pub(crate) fn adapted(text: &str) -> Option<Self> {
        let name = Self(spelling::clean(text, NAME_CHARS).into());
        match look::is_reserved(&name.0) {
            _ if name.0.is_empty() => None,
            true => Some(name.numbered(2)),
            false => Some(name),
        }
    }

    /// Whether this is a name that the chat gave to this guest.
    pub(crate) fn is_of_guest(id: UserId, name: &str) -> bool {
        (0..GUEST_ATTEMPTS).any(|attempt| name == Self::of_guest(id, attempt).as_str())
    }

    /// What someone is called who chose no name: the same for the same id, another at another attempt.
    pub(crate) fn of_guest(id: UserId, attempt: u64) -> Self {
        let (adjectives, animals) = (ADJECTIVES.len() as u64, ANIMALS.len() as u64);
        let pick = id.get().wrapping_add(attempt.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 1);
        let adjective = ADJECTIVES[(pick % adjectives) as usize];
        let animal = ANIMALS[(pick / adjectives % animals) as usize];
        // The plain names first; with a number when the chat is full of guests.
        let name = match attempt {
            0..4 => format!("{adjective} {animal}"),
            _ => format!("{adjective} {animal} {}", 2 + pick / adjectives / animals % (attempt * 25)),
        };
        Self(name.into())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const ADJECTIVES: [&str; 64] = [
    "Amber", "Autumn", "Bold", "Brave", "Bright", "Brisk", "Calm", "Cheerful", "Clever", "Copper", "Coral",
    "Cosy", "Crimson", "Curious", "Dapper", "Daring", "Early", "Easy", "Emerald", "Fair", "Fleet", "Fond",
    "Frosty", "Gentle", "Gilded", "Glad", "Golden", "Hazel", "Honest", "Humble", "Indigo", "Ivory", "Jade",
    "Jolly", "Keen", "Kind", "Lively", "Lucky", "Lunar", "Maple", "Mellow", "Merry", "Misty", "Mossy",
    "Nimble", "Noble", "Olive", "Patient", "Plucky", "Quick", "Quiet", "Ruby", "Sandy", "Silver", "Snowy",
    "Spry", "Steady", "Sunny", "Tidy", "Velvet", "Warm", "Wily", "Wise", "Witty",
];

const ANIMALS: [&str; 64] = [
    "Badger", "Bear", "Beaver", "Bee", "Bison", "Cat", "Cricket", "Crane", "Crow", "Cuckoo", "Curlew",
    "Deer", "Dolphin", "Dove", "Duck", "Eagle", "Egret", "Falcon", "Ferret", "Finch", "Fox", "Frog", "Gecko",
    "Goat", "Goose", "Hare", "Hawk", "Hedgehog", "Heron", "Ibis", "Jay", "Kestrel", "Kite", "Koala", "Lark",
    "Lemur", "Lynx", "Magpie", "Marten", "Mole", "Moose", "Moth", "Newt", "Otter", "Owl", "Panda", "Pelican",
    "Penguin", "Plover", "Puffin", "Quail", "Rabbit", "Raven", "Robin", "Seal", "Sparrow", "Squirrel",
    "Starling", "Stork", "Swan", "Swift", "Tern", "Toad", "Wren",
];

#[cfg(test)]
mod tests;
