//! Words: what a text or a query is made of for search. Both are folded in the same way, so that people find what was
//! written with other marks, forms and cases than they type. web/model/highlight.js does the same to show what was found.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The tables of single characters, which the page needs too.
const TABLES: &str = include_str!("../../../web/model/fold-tables.js");

/// Encloses the character before it: a digit as a key, which is a picture then.
const KEYCAP: char = '\u{20E3}';

/// A mark that people leave out, but for й: its key is as near as any other.
const BREVE: char = '\u{306}';

static LETTERS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let mut letters = HashMap::new();
    for line in table("LETTERS").lines() {
        let (typed, written) = line.split_once(' ').expect("a line has what is typed and what is written");
        letters.extend(written.chars().map(|letter| (letter, typed)));
    }
    letters
});

static ZEROS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut zeros: Vec<_> = table("ZEROS").split_whitespace().map(code).collect();
    zeros.sort_unstable();
    zeros
});

static UNSEEN: LazyLock<Ranges> = LazyLock::new(|| Ranges::of("UNSEEN"));
static UNSPACED: LazyLock<Ranges> = LazyLock::new(|| Ranges::of("UNSPACED"));

/// What stands between the backticks of a table.
fn table(name: &str) -> &'static str {
    let table =
        TABLES.split_once(&format!("const {name} = `\n")).and_then(|(_, rest)| rest.split_once("\n`"));
    table.expect("the page has this table").0
}

fn code(hex: &str) -> u32 {
    u32::from_str_radix(hex, 16).expect("a table has numbers in hexadecimal")
}

/// Ranges of characters, in order.
struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    fn of(name: &str) -> Self {
        let range = |range: &str| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            (code(first), code(last))
        };
        let mut ranges: Vec<_> = table(name).split_whitespace().map(range).collect();
        ranges.sort_unstable();
        Self(ranges)
    }

    fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        let at = self.0.partition_point(|(first, _)| *first <= c);
        at > 0 && c <= self.0[at - 1].1
    }
}

/// The words of a text, folded, with one space between them. Words of words are the same words.
pub(in crate::log) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 4);
    if text.is_ascii() {
        text.chars().for_each(|c| push(&mut words, c.to_ascii_lowercase()));
    } else {
        let mut folded = String::with_capacity(text.len());
        // Of one normal form from the start: what a mark comes to depends on what is before it, and marks stand in another
        // order where they are not composed.
        text.nfc().for_each(|c| fold(&mut folded, c));
        let mut flag = None;
        // Syllables of Hangul and voiced kana are a character again.
        for c in folded.nfc() {
            let is_half = is_half_flag(c);
            match flag.take_if(|_| is_half) {
                Some(half) => words.extend([' ', half, c, ' ']),
                None => {
                    words.extend(flag.take().into_iter().flat_map(|half| [' ', half, ' ']));
                    match c {
                        _ if is_half => flag = Some(c),
                        _ if is_unspaced(c) => words.extend([' ', c, ' ']),
                        _ => words.push(c),
                    }
                }
            }
        }
        words.extend(flag.into_iter().flat_map(|half| [' ', half, ' ']));
        words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether a character is a word of its own.
pub(super) fn is_unspaced(c: char) -> bool {
    UNSPACED.contains(c)
}

fn fold(folded: &mut String, c: char) {
    match c {
        KEYCAP => {
            let key = folded.pop();
            folded.extend([' '].into_iter().chain(key).chain([' ']));
        }
        BREVE if folded.ends_with('и') => {
            folded.pop();
            folded.push('й');
        }
        _ if UNSEEN.contains(c) => {}
        // They stand for themselves, not for parts of a syllable.
        '\u{3131}'..='\u{318E}' => folded.push(c),
        _ if is_sign(c) => {
            folded.push(' ');
            decompose(folded, c);
            folded.push(' ');
        }
        _ => decompose(folded, c),
    }
}

fn decompose(folded: &mut String, c: char) {
    for part in std::iter::once(c).nfkd() {
        if part == BREVE && folded.ends_with('и') {
            folded.pop();
            folded.push('й');
        } else if !UNSEEN.contains(part) {
            part.to_lowercase().for_each(|letter| push_letter(folded, letter));
            // A note and its stem stand apart, as they do where they are two characters.
            if part != c && is_sign(part) {
                folded.push(' ');
            }
        }
    }
}

fn push_letter(folded: &mut String, letter: char) {
    if let Some(typed) = LETTERS.get(&letter) {
        folded.push_str(typed);
    } else if let Some(digit) = digit(letter) {
        folded.push(digit);
    } else if !UNSEEN.contains(letter) {
        push(folded, letter);
    }
}

/// A character of a word, or the end of one.
fn push(folded: &mut String, c: char) {
    if is_of_words(c) {
        folded.push(c);
    } else if folded.chars().next_back().is_some_and(|last| last != ' ') {
        folded.push(' ');
    }
}

fn is_of_words(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let is_letter = matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark | GeneralCategoryGroup::Number
    );
    is_letter
        || matches!(c, '\u{1F000}'..='\u{1FAFF}')
        || matches!(c.general_category(), GeneralCategory::PrivateUse)
        || matches!(c.general_category(), GeneralCategory::OtherSymbol) && !matches!(c, '¦' | '°')
}

/// Whether a character stands beside words, not in them: pictures, numbers in circles, abbreviations in a square. Not
/// exponents, letters in circles, and units of measurement.
fn is_sign(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let is_in_words = matches!(c,
        '²' | '³' | '¹' | '\u{2070}'..='\u{2089}' | '\u{24B6}'..='\u{24C1}' | '\u{24C3}'..='\u{24E9}'
        | '\u{3380}'..='\u{33DF}' | '\u{1F130}'..='\u{1F149}' | '\u{1F1E6}'..='\u{1F1FF}');
    let is_symbol =
        matches!(c.general_category(), GeneralCategory::OtherSymbol | GeneralCategory::OtherNumber);
    c == 'ℹ' || is_symbol && !is_in_words
}

fn is_half_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// A digit of another script as ours.
fn digit(c: char) -> Option<char> {
    let c = u32::from(c);
    let at = ZEROS.partition_point(|zero| *zero <= c);
    let zero = ZEROS.get(at.checked_sub(1)?)?;
    char::from_digit(c - zero, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// What the page's tests hold the page to as well.
    const CASES: &str = include_str!("../../../tests/words.json");

    #[test]
    fn text_is_folded_to_what_people_type() {
        let cases: Value = serde_json::from_str(CASES).expect("the cases");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        for case in cases["words"].as_array().expect("cases") {
            assert_eq!(words(&text(&case[0])), text(&case[1]), "{}", case[0]);
        }
    }

    proptest! {
        #[test]
        fn words_of_words_are_the_same(text in "\\PC{0,20}|[\\x{80}-\\x{3000}\\x{1F000}-\\x{1FAFF}и\u{306}\u{20E3}0-9ﾞｶ]{0,9}") {
            let once = words(&text);
            prop_assert_eq!(words(&once), once);
        }

        #[test]
        fn normal_forms_have_the_same_words(text in "\\PC{0,20}|[\\x{C0}-\\x{5FF}\\x{900}-\\x{1200}\\x{3040}-\\x{30FF}가-힣]{0,9}|[иИйЙк\\p{M}]{0,6}") {
            let once = words(&text);
            prop_assert_eq!(&words(&text.nfd().collect::<String>()), &once);
            prop_assert_eq!(words(&text.nfc().collect::<String>()), once);
        }
    }
}
