//! A person's name: what it may be, when two look alike, and what a guest is called who chose none. Knows
//! nobody who bears one.

use std::array::from_fn;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use sha2::{Digest, Sha256};
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_security::skeleton;

use crate::error::Error;
use crate::limits::{MARKS_A_LETTER, NAME_CHARS};
use crate::user::UserId;

/// A name that someone may be called: 1 to 32 characters that can be seen, without control, format and
/// bidirectional characters. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(Arc<str>);

/// Names that nobody may take: others would think that the server, or its operator, speaks.
const RESERVED: [&str; 7] = ["guest", "admin", "administrator", "moderator", "server", "system", "chinwag"];

/// Letters that show nothing: the Hangul fillers and the empty Braille pattern.
const BLANK: [char; 5] = ['\u{115F}', '\u{1160}', '\u{2800}', '\u{3164}', '\u{FFA0}'];

impl Name {
    /// Takes a name as it was written: what cannot be seen is stripped, white space is one space.
    ///
    /// # Errors
    /// Says what a name may be.
    ///
    /// ```
    /// use chinwag::Name;
    /// assert_eq!(Name::parse("  Ada\u{202e}  Lovelace ")?.as_str(), "Ada Lovelace");
    /// assert!(Name::parse("\u{200b}").is_err());
    /// # Ok::<(), chinwag::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut name = String::new();
        let (mut chars, mut marks, mut is_space) = (0, 0, true);
        for c in text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }) {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            if is_stripped(c) || marks > MARKS_A_LETTER || (c == ' ' && is_space) {
                continue;
            }
            is_space = c == ' ';
            chars += 1;
            if chars > NAME_CHARS + 1 {
                break; // Long enough to be refused; the rest need not be kept.
            }
            name.push(c);
        }
        let name = name.trim_end();
        if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().all(is_combining_mark) {
            return Err(Error::refused(
                "bad_name",
                format!("not a name: it is 1 to {NAME_CHARS} characters that can be seen"),
            ));
        }
        let name = Self(name.into());
        let keys = name.keys();
        if RESERVED.iter().any(|reserved| keys.contains(&look(reserved))) {
            return Err(Error::refused("name_taken", "this name is kept for the server; choose another"));
        }
        Ok(name)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// What stands for all names that look like this one (Unicode TR39, 4): two names are alike when they
    /// have a key in common. There are two, because 'I' looks like 'l', and like 'i' to who ignores case.
    pub(crate) fn keys(&self) -> SmallVec<[String; 2]> {
        let text = match self.0.is_ascii() {
            true => Cow::Borrowed(&*self.0),
            false => self.0.nfkc().collect(),
        };
        let mut keys: SmallVec<[String; 2]> = SmallVec::new();
        keys.push(look(&text.to_lowercase()));
        let as_seen = look(&text);
        if as_seen != keys[0] {
            keys.push(as_seen);
        }
        keys
    }

    /// The id of somebody from another chat of whom only the name is known: the same for all names that look
    /// like it. Nobody has a token for it.
    pub(crate) fn id(&self) -> UserId {
        let digest = Sha256::digest([b"chinwag imported name 1 ", self.keys()[0].as_bytes()].concat());
        let (bytes, _) = digest.split_first_chunk::<8>().expect("SHA-256 has 32 bytes");
        UserId::new(u64::from_be_bytes(*bytes) | 1)
    }

    /// This name with a number, for somebody who would bear the name of another.
    pub(crate) fn numbered(&self, number: u64) -> Self {
        let suffix = format!(" {number}");
        let stem: String = self.0.chars().take(NAME_CHARS - suffix.len()).collect();
        Self(format!("{}{suffix}", stem.trim_end()).into())
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

/// What a text looks like, in lower case: its skeleton (Unicode TR39, 4).
fn look(text: &str) -> String {
    // A name of ASCII alone, as most are, looks like its characters one by one; everyone who comes in has a name looked at,
    // and a guest several.
    static ASCII: LazyLock<[String; 128]> =
        LazyLock::new(|| from_fn(|c| look_of(&char::from(c as u8).to_string())));
    match text.is_ascii() {
        true => text.bytes().map(|c| ASCII[usize::from(c)].as_str()).collect(),
        false => look_of(text),
    }
}

fn look_of(text: &str) -> String {
    skeleton(text).collect::<String>().to_lowercase()
}

fn is_stripped(c: char) -> bool {
    use GeneralCategory::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, Surrogate, Unassigned,
    };
    let category = c.general_category();
    matches!(
        category,
        Control | Format | LineSeparator | ParagraphSeparator | PrivateUse | Surrogate | Unassigned
    ) || BLANK.contains(&c)
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
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_goes_and_what_is_left_must_be_a_name() {
        for (written, name) in [
            ("Ada", "Ada"),
            (" Ada\t\u{a0} L. ", "Ada L."),
            ("A\u{202e}d\u{200d}a\0", "Ada"),
            ("e\u{301}", "é"),
            ("李雷", "李雷"),
            ("نادية", "نادية"),
            ("Z\u{0351}\u{0357}\u{0363}\u{0350}algo", "Z\u{0351}\u{0357}algo"),
            (&"x".repeat(32), &"x".repeat(32)),
        ] {
            assert_eq!(Name::parse(written).expect(written).as_str(), name, "{written:?}");
        }
        for bad in ["", " ", "\u{3164}", "\u{2066}\u{2069}", "\u{301}", &"x".repeat(33), &"y".repeat(100_000)]
        {
            let said = Name::parse(bad).expect_err("not a name").to_string();
            assert!(said.contains("1 to 32"), "{said}");
        }
    }

    #[test]
    fn names_that_look_alike_have_a_key_in_common() {
        let alike = |a: &str, b: &str| {
            let (a, b) = (Name::parse(a).expect(a).keys(), Name::parse(b).expect(b).keys());
            a.iter().any(|key| b.contains(key))
        };
        for (a, b) in [
            ("Ada", "ada"),
            ("Ada", "Аdа"),
            ("Iris", "lris"),
            ("IRIS", "iris"),
            ("ﬁn", "fin"),
            ("paypal", "раураl"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [("Ada", "Bob"), ("Ada", "Ada 2"), ("Zoe", "Zoey"), ("Mo", "Jo")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn ascii_looks_like_its_characters_one_by_one() {
        let ascii = || (0..128u8).map(char::from);
        for text in
            ascii().flat_map(|a| ascii().map(move |b| format!("{a}{b}"))).chain(["Iris 10%|m`".into()])
        {
            assert_eq!(look(&text), look_of(&text), "{text:?}");
        }
    }

    #[test]
    fn nobody_is_called_like_the_server() {
        for name in ["guest", "Admin", "ѕуѕtеm", "Moderator"] {
            assert!(Name::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_guests_name_reads_well_and_is_a_name() {
        for attempt in 0..100 {
            let name = Name::of_guest(UserId::new(0x1234_5678_9ABC_DEF0), attempt);
            assert_eq!(Name::parse(name.as_str()).expect("a name"), name);
        }
    }
}
