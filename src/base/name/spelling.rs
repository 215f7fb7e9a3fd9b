//! How a name may be spelled: an allow-list. Letters and digits of scripts in use with the marks and joiners that those
//! scripts write, emoji, and the few signs that names have between their letters. What is not on it is refused, so nothing
//! that shows nothing gets into a name.
//!
//! The sources: UTS 39, 3.1 (identifier types), UAX 31 (scripts), RFC 5892, appendix A (joiners), UTS 51 (emoji).

use std::ops::RangeInclusive;

use unicode_joining_type::{JoiningType, get_joining_type};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_security::GeneralSecurityProfile;
use unicode_security::general_security_profile::IdentifierType;

use crate::base::emoji;
use crate::base::limits::{CLEANED_CHARS, COMMON_MARKS_A_LETTER, MARKS_A_LETTER, NONSPACING_MARKS_A_LETTER};
use crate::base::visible::is_blank;

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';
const VIRAMA: u8 = 9;

/// Signs beside those that UTS 39 has for identifiers: the low line, the quotation mark that is typed for an apostrophe or
/// an okina, the Hebrew maqaf and the halfwidth Katakana middle dot; what joins two names, sets off a title, and encloses
/// pronouns or a department; and what Arabic, Chinese and Japanese keyboards have for those. No colon, which ends the name
/// in a plain line, and no quotes, brackets or `@`, which names are written in and after.
const SIGNS: [char; 16] = [
    '_', '\u{2018}', '\u{5BE}', '\u{FF65}', '&', ',', '/', '(', ')', '\u{60C}', '\u{3001}', '\u{FF06}',
    '\u{FF0C}', '\u{FF0F}', '\u{FF08}', '\u{FF09}',
];

/// Signs that enclose a part of a name.
pub(super) const OPENING: [char; 2] = ['(', '\u{FF08}'];
pub(super) const CLOSING: [char; 2] = [')', '\u{FF09}'];

/// Viramas that show nothing but that the next letter goes under the one before (Indic syllabic category
/// `Invisible_Stacker`, and the Tifinagh joiner).
const STACKERS: [char; 5] = ['\u{1039}', '\u{17D2}', '\u{1A60}', '\u{11133}', '\u{2D7F}'];

/// The voiced marks of halfwidth Katakana: letters by category, marks by use.
const HALFWIDTH_MARKS: [char; 2] = ['\u{FF9E}', '\u{FF9F}'];

/// The block of combining diacritical marks.
const DIACRITICS: RangeInclusive<char> = '\u{300}'..='\u{36F}';

/// The Arabic line that makes a word longer (disallowed by RFC 5892, 2.6).
const TATWEEL: char = '\u{640}';

/// Scripts in common modern use (UAX 31, table 5), for characters that are of several restricted types at once.
const IN_USE: [Script; 30] = [
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Armenian,
    Script::Hebrew,
    Script::Arabic,
    Script::Thaana,
    Script::Devanagari,
    Script::Bengali,
    Script::Gurmukhi,
    Script::Gujarati,
    Script::Oriya,
    Script::Tamil,
    Script::Telugu,
    Script::Kannada,
    Script::Malayalam,
    Script::Sinhala,
    Script::Thai,
    Script::Lao,
    Script::Tibetan,
    Script::Myanmar,
    Script::Georgian,
    Script::Hangul,
    Script::Ethiopic,
    Script::Khmer,
    Script::Hiragana,
    Script::Katakana,
    Script::Bopomofo,
    Script::Han,
    Script::Inherited,
];

/// Why a text is not spelled as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It shows nothing, or nothing of its own where it stands.
    Unseen(char),
    NotAllowed(char),
    /// A mark that is on no letter, or on one of another script.
    Stray(char),
    /// More marks on one letter than any script writes.
    Stacked,
    /// It reads like an address.
    Link,
    /// There is no letter, digit or emoji.
    Empty,
}

/// A letter, and the marks on it so far.
#[derive(Debug, Default)]
struct Cluster {
    letter: Option<char>,
    marks: usize,
    nonspacing: usize,
    common: usize,
    last_mark: Option<char>,
}

/// The characters of a text in NFC, without white space before them, and with one space for any white space within.
pub(super) fn normal(text: &str) -> impl Iterator<Item = char> {
    let mut was_space = true;
    text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(move |c| {
        let is_again = was_space && *c == ' ';
        was_space = *c == ' ';
        !is_again
    })
}

/// What of a text may stand in a name, up to so many characters; empty when nothing may.
pub(super) fn clean(text: &str, chars_max: usize) -> String {
    let text: String = normal(text).take(CLEANED_CHARS).collect();
    let (mut clean, mut chars, mut rest) = (String::new(), 0, &*text);
    while !rest.is_empty() {
        let (unit, after) = rest.split_at(unit(rest));
        rest = after;
        if chars + unit.chars().count() > chars_max {
            // A letter does not lose some of its marks to the length.
            if unit.starts_with(|c| is_mark(c) || c == ZWJ || c == ZWNJ) {
                clean.truncate(clean.rfind(is_letter).unwrap_or(0));
            }
            break;
        }
        // What stood between a letter and a mark may be left out, and then they are one character.
        let longer: String = clean.chars().chain(unit.chars()).nfc().collect();
        if matches!(check(&longer), Ok(()) | Err(Flaw::Empty)) && !longer.ends_with("  ") {
            chars = longer.chars().count();
            clean = longer;
        }
    }
    let clean = clean.trim();
    if check(clean).is_ok() { clean.to_owned() } else { String::new() }
}

/// The bytes at the beginning of a text that are to stay together.
fn unit(text: &str) -> usize {
    let needs_next = |c: char| c == ZWJ || c == ZWNJ || STACKERS.contains(&c);
    let of_char = || text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).find(|(_, c)| !needs_next(*c));
    emoji::prefix(text).or_else(|| of_char().map(|(end, _)| end)).unwrap_or(text.len())
}

/// Looks at a whole text in NFC, whose white space is single spaces within.
pub(super) fn check(text: &str) -> Result<(), Flaw> {
    let mut cluster = Cluster::default();
    let mut is_empty = true;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        if let Some(end) = emoji::prefix(rest) {
            (cluster, is_empty) = (Cluster::default(), false);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if is_letter(c) || is_digit(c) {
            cluster = Cluster { letter: Some(c).filter(|_| is_letter(c)), ..Cluster::default() };
            is_empty = false;
        } else if is_mark(c) {
            cluster.add(c)?;
            if STACKERS.contains(&c) && !rest.starts_with(is_letter) {
                return Err(Flaw::Unseen(c));
            }
        } else if c == ZWJ || c == ZWNJ {
            if !joins(before, c, rest) {
                return Err(Flaw::Unseen(c));
            }
        } else if c == ' ' || is_sign(c) {
            cluster = Cluster::default();
        } else if is_blank(c) {
            return Err(Flaw::Unseen(c));
        } else {
            return Err(Flaw::NotAllowed(c));
        }
    }
    match () {
        () if is_like_a_link(text) => Err(Flaw::Link),
        () if is_empty => Err(Flaw::Empty),
        () => Ok(()),
    }
}

/// Whether a text could be taken for an address without its scheme: `//host`, `www.host`, `host.example/path`.
fn is_like_a_link(text: &str) -> bool {
    let is_slash = |c: char| matches!(c, '/' | '\u{FF0F}');
    let is_host = |word: &str| {
        word.rsplit_once('.').is_some_and(|(before, last)| {
            before.ends_with(char::is_alphanumeric)
                && last.chars().count() >= 2
                && last.chars().all(char::is_alphabetic)
        })
    };
    let parts_words = |c: char| c == ' ' || (is_sign(c) && !matches!(c, '.' | '-') && !is_slash(c));
    text.split(parts_words).any(|word| {
        let is_www = word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
        is_www || word.rsplit_once(is_slash).is_some_and(|(hosts, _)| hosts.split(is_slash).any(is_host))
    }) || text.chars().zip(text.chars().skip(1)).any(|(one, next)| is_slash(one) && is_slash(next))
}

impl Cluster {
    fn add(&mut self, mark: char) -> Result<(), Flaw> {
        let Some(letter) = self.letter else { return Err(Flaw::Stray(mark)) };
        let scripts = mark.script_extension();
        // Diacritics for Latin letters are of many scripts' extensions, and stack as well on all of them.
        let is_common = scripts.is_inherited() || DIACRITICS.contains(&mark);
        if !scripts.is_inherited() && scripts.intersection(letter.script_extension()).is_empty() {
            return Err(Flaw::Stray(mark));
        }
        // The same mark twice is drawn in one place, and looks like once.
        if self.last_mark.replace(mark) == Some(mark) {
            return Err(Flaw::Stacked);
        }
        self.marks += 1;
        self.common += usize::from(is_common);
        self.nonspacing += usize::from(mark.general_category() == GeneralCategory::NonspacingMark);
        let is_stacked = self.marks > MARKS_A_LETTER
            || self.nonspacing > NONSPACING_MARKS_A_LETTER
            || self.common > COMMON_MARKS_A_LETTER;
        if is_stacked { Err(Flaw::Stacked) } else { Ok(()) }
    }
}

/// Whether names may have this letter, digit or mark: its script is in use, and it is neither ignorable nor deprecated.
fn is_in_use(c: char) -> bool {
    use IdentifierType::{Inclusion, Limited_Use, Not_NFKC, Obsolete, Recommended, Technical, Uncommon_Use};
    match c.identifier_type() {
        Some(Recommended | Inclusion | Limited_Use | Uncommon_Use | Technical | Obsolete) => c != TATWEEL,
        // What stands for something else (a ligature, a wide letter) is as good as that; not what stands for a space and a mark.
        Some(Not_NFKC) => {
            let is_alnum = |c: char| {
                use GeneralCategoryGroup::{Letter, Number};
                matches!(c.general_category_group(), Letter | Number)
            };
            let stands_for = || std::iter::once(c).nfkc();
            HALFWIDTH_MARKS.contains(&c)
                || (stands_for().any(is_alnum) && !stands_for().any(char::is_whitespace))
        }
        Some(_) => false,
        // The table leaves out what is of several types.
        None => IN_USE.contains(&c.script()),
    }
}

fn is_letter(c: char) -> bool {
    let is_letter = c.general_category_group() == GeneralCategoryGroup::Letter
        || c.general_category() == GeneralCategory::LetterNumber;
    c.is_ascii_alphabetic() || (is_letter && !HALFWIDTH_MARKS.contains(&c) && is_in_use(c))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (c.general_category() == GeneralCategory::DecimalNumber && is_in_use(c))
}

fn is_mark(c: char) -> bool {
    use GeneralCategory::{NonspacingMark, SpacingMark};
    let is_mark = matches!(c.general_category(), NonspacingMark | SpacingMark);
    (is_mark || HALFWIDTH_MARKS.contains(&c)) && is_in_use(c)
}

pub(super) fn is_sign(c: char) -> bool {
    // A colon ends the name in a plain line.
    SIGNS.contains(&c) || (c != ':' && c.identifier_type() == Some(IdentifierType::Inclusion))
}

/// Whether a joiner changes how its neighbours look, as their script needs it (RFC 5892, A.1 and A.2). Bengali also joins
/// ahead of a virama: the first letters of Rachel.
fn joins(before: &str, joiner: char, after: &str) -> bool {
    let is_virama = |c: char| canonical_combining_class(c) == VIRAMA;
    if before.ends_with(is_virama) {
        return joiner == ZWJ || after.starts_with(is_letter);
    }
    if joiner == ZWJ {
        return before.ends_with(is_letter) && after.starts_with(is_virama);
    }
    let joining = |mut chars: Box<dyn Iterator<Item = JoiningType> + '_>| {
        chars.find(|joining| *joining != JoiningType::Transparent)
    };
    let before = joining(Box::new(before.chars().rev().map(get_joining_type)));
    let after = joining(Box::new(after.chars().map(get_joining_type)));
    matches!(before, Some(JoiningType::DualJoining | JoiningType::LeftJoining))
        && matches!(after, Some(JoiningType::DualJoining | JoiningType::RightJoining))
}
