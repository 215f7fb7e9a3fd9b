//! What a name looks like: the keys by which look-alikes are one name, and the words that are kept for the server.

use std::array::from_fn;
use std::borrow::Cow;
use std::sync::LazyLock;

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

use super::spelling;

/// Words that no name may have in it: others would think that the server, or its operator, speaks.
const RESERVED: [&str; 15] = [
    "admin",
    "admins",
    "administrator",
    "administrators",
    "channel",
    "chinwag",
    "deleted",
    "everyone",
    "here",
    "moderator",
    "moderators",
    "server",
    "support",
    "sysadmin",
    "system",
];

/// Words that are no name by themselves, but part of people's names.
const RESERVED_ALONE: [&str; 14] = [
    "all",
    "anonymous",
    "bot",
    "guest",
    "me",
    "mod",
    "mods",
    "nobody",
    "operator",
    "owner",
    "root",
    "staff",
    "unknown",
    "you",
];

/// The words for "you" that the page puts in parentheses after the reader's own name, in its languages beside English. As
/// a whole name they are allowed.
const YOU_IN_PARENTHESES: [&str; 6] = ["du", "tú", "toi", "你", "自分", "أنت"];

/// A to Z as small capitals. UTS 39 does not have them for look-alikes. (Q and X have none.)
const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ×ʏᴢ";

/// A reserved word is found in pieces (Chin-wag) from this length on. Shorter ones come about by chance.
const SPLIT_CHARS_MIN: u32 = 5;

/// The combining class of marks that overlay a letter, like strokes.
const OVERLAY: u8 = 1;

/// What stands for all names that look like this one (UTS 39, 4): two names are alike when they have a key in common.
/// There are two, because 'I' looks like 'l', and like 'i' to a reader who ignores case.
pub(super) fn keys(name: &str) -> SmallVec<[String; 2]> {
    let text = compatible(name);
    let mut keys: SmallVec<[String; 2]> = SmallVec::new();
    keys.push(key(&text.to_lowercase()));
    let as_seen = key(&text);
    if as_seen != keys[0] {
        keys.push(as_seen);
    }
    keys
}

/// The first key of versions before 0.2, which kept white space and punctuation. Ids of imported people are made of it.
pub(super) fn first_key_of_imports(name: &str) -> String {
    skeleton(&compatible(name).to_lowercase()).collect::<String>().to_lowercase()
}

/// Whether a name would be taken for the server's, or for that of the reader. What parentheses set apart is read by itself:
/// `Ada (mod)`, `Ada (you)`.
pub(super) fn is_reserved(name: &str) -> bool {
    static YOU: LazyLock<[String; 6]> = LazyLock::new(|| YOU_IN_PARENTHESES.map(plain));
    is_reserved_text(name)
        || name.contains(spelling::OPENING)
            && (name
                .split(|c| spelling::OPENING.contains(&c) || spelling::CLOSING.contains(&c))
                .any(is_reserved_text)
                || enclosed(name).any(|text| {
                    let text: String = words(&compatible(text).to_lowercase(), is_in_word).collect();
                    YOU.contains(&text)
                }))
}

/// The texts in parentheses in a name.
fn enclosed(name: &str) -> impl Iterator<Item = &str> {
    name.split(spelling::OPENING).skip(1).filter_map(|rest| rest.split(spelling::CLOSING).next())
}

fn is_reserved_text(name: &str) -> bool {
    static WORDS: LazyLock<Vec<(String, bool, u32)>> = LazyLock::new(|| {
        let within = RESERVED.iter().map(|word| (word, true));
        let alone = RESERVED_ALONE.iter().map(|word| (word, false));
        within.chain(alone).map(|(word, is_within)| (plain(word), is_within, word.len() as u32)).collect()
    });
    let text = compatible(name).to_lowercase();
    // Digits are letters in disguise (Adm1n) or end a word (Admin2).
    let with_digits: Vec<String> = words(&text, is_in_word).collect();
    let without: Vec<String> = words(&text, |c| is_in_word(c) && !is_number(c)).collect();
    WORDS.iter().any(|(reserved, is_within, chars)| {
        [&with_digits, &without].into_iter().any(|words| {
            let is_long = *chars >= SPLIT_CHARS_MIN;
            let is_spaced = is_long || words.len() == 1 || words.iter().all(|word| word.chars().count() == 1);
            (is_spaced && words.concat() == *reserved)
                || (*is_within && words.contains(reserved))
                || (*is_within && is_long && has_run(words, reserved))
        })
    })
}

/// Whether neighbouring words make another one together.
fn has_run(words: &[String], reserved: &str) -> bool {
    (0..words.len()).any(|start| {
        let mut rest = Some(reserved);
        words[start..].iter().any(|word| {
            rest = rest.and_then(|rest| rest.strip_prefix(word.as_str()));
            rest == Some("")
        })
    })
}

/// The words of a text as [`plain`] reads them.
fn words(text: &str, is_in_word: impl Fn(char) -> bool) -> impl Iterator<Item = String> {
    text.split(move |c| !is_in_word(c)).map(plain).filter(|word| !word.is_empty())
}

/// A word in its plainest look: digits as the letters that they stand for, the letters that look alike as one, without marks.
fn plain(word: &str) -> String {
    let letters = word.chars().map(|c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        c => c,
    });
    let look = skeleton(&letters.collect::<String>()).collect::<String>().to_lowercase();
    let is_shown = |c: &char| canonical_combining_class(*c) == 0;
    look.nfd().filter(is_shown).map(|c| if matches!(c, 'l' | 'ı') { 'i' } else { c }).collect()
}

/// A name with the letters that its fancy ones stand for.
fn compatible(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let large = |c: char| {
        SMALL_CAPITALS.chars().position(|small| small == c).map_or(c, |i| char::from(b'A' + i as u8))
    };
    name.chars().map(large).nfkc().collect()
}

/// What a text looks like in lower case, by its letters, digits and emoji alone.
fn key(text: &str) -> String {
    // Most names are ASCII, which looks like its characters one by one. Everyone who connects has a name looked at, and a
    // guest several.
    static ASCII: LazyLock<[String; 128]> =
        LazyLock::new(|| from_fn(|c| key_of(&char::from(c as u8).to_string())));
    match text.is_ascii() && text.bytes().any(|c| c.is_ascii_alphanumeric()) {
        true => {
            text.bytes().filter(u8::is_ascii_alphanumeric).map(|c| ASCII[usize::from(c)].as_str()).collect()
        }
        false => key_of(text),
    }
}

fn key_of(text: &str) -> String {
    let kept: Vec<char> = text.chars().filter(|c| is_distinguishing(*c)).collect();
    // A letter that looks like a sign (a yod like an apostrophe) is one beside letters of its script, elsewhere it is not.
    let is_at_home = |i: usize| {
        !looks_like_a_sign(kept[i])
            || i.checked_sub(1).is_some_and(|before| is_of_one_script(kept[i], kept[before]))
            || kept.get(i + 1).is_some_and(|after| is_of_one_script(kept[i], *after))
    };
    let text: String = match (0..kept.len()).filter(|i| is_at_home(*i)).map(|i| kept[i]).collect() {
        letters if letters != *"" => letters,
        _ => text.to_owned(), // There is nothing else to tell it by.
    };
    skeleton(&text).collect::<String>().to_lowercase()
}

/// Whether a character tells two names apart: a letter, a digit, an emoji, or a mark that does not only strike through.
fn is_distinguishing(c: char) -> bool {
    use GeneralCategory::{NonspacingMark, SpacingMark};
    match c.general_category() {
        NonspacingMark | SpacingMark => canonical_combining_class(c) != OVERLAY,
        _ => is_alnum(c) || (!c.is_ascii() && c.is_emoji_char()),
    }
}

/// A letter or number; by the tables that names are looked at with, which are of a later Unicode than the compiler's.
fn is_alnum(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.general_category_group() == GeneralCategoryGroup::Letter || is_number(c)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c.general_category_group() == GeneralCategoryGroup::Number
}

/// Whether a character does not part two words.
fn is_in_word(c: char) -> bool {
    is_alnum(c) || is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a letter or digit looks like one of the signs that do not tell names apart.
fn looks_like_a_sign(c: char) -> bool {
    let mut look = [0; 4];
    !c.is_ascii()
        && is_alnum(c)
        && skeleton(c.encode_utf8(&mut look)).all(|c| c == ':' || spelling::is_sign(c))
}

/// Whether a letter that looks like a sign is of its neighbour's script. Latin has none: those are apostrophes of one kind or
/// another.
fn is_of_one_script(letter: char, neighbour: char) -> bool {
    let of_script = match is_number(letter) {
        true => letter.script_extension(), // Digits of a script are common, and say so only here.
        false => letter.script().into(),
    };
    let is_of_none =
        of_script.is_common() || of_script.is_inherited() || of_script.contains_script(Script::Latin);
    !is_of_none && !of_script.intersection(neighbour.script_extension()).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_looks_like_its_characters_one_by_one() {
        let ascii = || (0..128u8).map(char::from);
        for text in
            ascii().flat_map(|a| ascii().map(move |b| format!("{a}{b}"))).chain(["Iris 10%|m`".into()])
        {
            assert_eq!(key(&text), key_of(&text), "{text:?}");
        }
    }

    #[test]
    fn reserved_words_are_found_in_every_dress_and_not_within_other_words() {
        for name in [
            "guest",
            "Admin",
            "ADMIN",
            "ѕуѕtеm",
            "Moderator",
            "System.",
            "Adm1n",
            "4dm1n",
            "Admin2",
            "Admin 2",
            "Server Admin",
            "Admin Ada",
            "The_Server",
            "server-bot",
            "Chin-wag",
            "Chinwag Team",
            "C h i n w a g",
            "s.y.s.t.e.m",
            "Ad-Min",
            "Support",
            "Tech Support",
            "everyone",
            "Every_one",
            "here",
            "H.e.r.e",
            "Deleted",
            "deleted user",
            "Аdmіn",
            "Ａｄｍｉｎ",
            "𝐀𝐝𝐦𝐢𝐧",
            "ádmin",
            "A\u{336}d\u{336}min",
            "ᴀdmin",
            "5ystem",
            "Server👍",
            "👍 Server",
            "Guest 7",
            "m0d",
            "You",
            "Ada (mod)",
            "Ada（Mod）",
            "Ada (m0d",
            "(you) Ada",
            "Bot (Ada)",
            "Ada (Support)",
            "Ad(min)",
            "Ad/min",
            "Admin, Ada",
            "Ada & Admin",
            "Ada (you)",
            "Ada (tú)",
            "Ada (Du.)",
            "Ada（自分）",
            "Ada (أنت)",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in [
            "Adminah",
            "Serverin",
            "Systemann",
            "Ada",
            "Badmin",
            "Observer",
            "Herewini",
            "Judith Guest",
            "Al L.",
            "Sam Root",
            "Modest",
            "Ada 2",
            "Iris",
            "Supporter",
            "Yousef",
            "Mei",
            "Allan",
            "Guestrin",
            "Owner Ada",
            "李雷",
            "👍",
            "Theresa",
            "He Re",
            "Channelle",
            "Sam (they/them)",
            "Sam (any/all)",
            "Sam (all pronouns)",
            "Du",
            "Du (Linda)",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
