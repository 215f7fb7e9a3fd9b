//! Emoji: exactly the sequences that Unicode recommends for interchange (UTS 51, ED-27), as `emoji-test.txt` lists
//! them, and the one spelling that each is kept in. Knows neither names nor reactions.

use unicode_properties::UnicodeEmoji;

use crate::base::limits::EMOJI_CHARS;

/// The variation selectors for text and emoji presentation. Keyboards and systems disagree on where they go.
const SELECTORS: [char; 2] = ['\u{FE0E}', '\u{FE0F}'];

/// The fully qualified spelling of a text that is one emoji and nothing else.
pub(crate) fn canonical(text: &str) -> Option<&'static str> {
    // A selector chooses how the character before it is drawn; a second one after it, or one before all, draws nothing.
    let mut last_is_selector = true;
    let mut plain = String::new();
    for (i, c) in text.chars().enumerate() {
        let is_selector = SELECTORS.contains(&c);
        if i >= EMOJI_CHARS || (is_selector && last_is_selector) {
            return None;
        }
        if !is_selector {
            plain.push(c);
        }
        last_is_selector = is_selector;
    }
    let is_it = |emoji: &&emojis::Emoji| emoji.as_str().replace(SELECTORS, "") == plain;
    // The crate takes some pairs of skin tones without their selectors for others of the same emoji.
    let emoji = emojis::get(&plain)?;
    Some(emoji).filter(is_it).or_else(|| emoji.skin_tones()?.find(is_it)).map(emojis::Emoji::as_str)
}

/// The bytes of the longest emoji that a text begins with.
pub(crate) fn prefix(text: &str) -> Option<usize> {
    // Most text has none: this is asked of every character of a name.
    if !text.chars().next()?.is_emoji_char() {
        return None;
    }
    let mut ends = [0; EMOJI_CHARS];
    let mut count = 0;
    for (start, c) in text.char_indices().take(EMOJI_CHARS) {
        ends[count] = start + c.len_utf8();
        count += 1;
    }
    ends[..count].iter().rev().copied().find(|end| canonical(&text[..*end]).is_some())
}

/// Other spellings of an emoji that stores of earlier versions may have.
pub(crate) fn other_spellings(canonical: &str) -> impl Iterator<Item = String> {
    let plain = canonical.replace(SELECTORS, "");
    let selected = format!("{canonical}{}", SELECTORS[1]);
    [plain, selected].into_iter().filter(move |spelling| *spelling != canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static str> {
        emojis::iter().flat_map(|emoji| {
            let tones = emoji.skin_tones().into_iter().flatten().map(emojis::Emoji::as_str);
            tones.chain([emoji.as_str()])
        })
    }

    #[test]
    fn every_recommended_emoji_has_one_spelling_however_it_is_selected() {
        assert!(all().count() > 3_500);
        for emoji in all() {
            assert_eq!(canonical(emoji), Some(emoji));
            let plain = emoji.replace(SELECTORS, "");
            for spelling in [plain.clone(), format!("{plain}\u{FE0F}"), format!("{plain}\u{FE0E}")] {
                if spelling.chars().count() <= EMOJI_CHARS {
                    assert_eq!(canonical(&spelling), Some(emoji), "{spelling:?}");
                }
            }
            assert_eq!(prefix(emoji), Some(emoji.len()), "{emoji}");
            assert_eq!(prefix(&format!("{emoji} ")), Some(emoji.len()), "{emoji}");
        }
        assert_eq!(all().map(|emoji| emoji.chars().count()).max(), Some(EMOJI_CHARS));
    }

    /// As `withTone` of `web/model/emoji-search.js`: after the first sign, and after a second person.
    fn with_tone(sign: &str, tone: char) -> String {
        let mut chars = sign.chars();
        let first = chars.next().expect("a sign has a character");
        let after = chars.as_str().trim_start_matches(SELECTORS);
        let second = after.ends_with(['👩', '👨', '🧑']).then_some(tone);
        [Some(first), Some(tone)].into_iter().flatten().chain(after.chars()).chain(second).collect()
    }

    #[test]
    fn each_emoji_of_the_page_is_accepted_in_each_skin_tone_and_spelled_as_it_is_kept() {
        let table = include_str!("../../web/emoji/en.js");
        let (mut signs, mut toned) = (0, 0);
        for line in table.lines().skip_while(|line| !line.starts_with('[')) {
            let Some((head, _)) = line.split_once(' ') else { continue };
            let head = head.split('@').next().expect("a split has a first part");
            let sign = head.trim_end_matches('+');
            assert_eq!(canonical(sign), Some(sign), "{line}");
            signs += 1;
            if head.ends_with('+') {
                for tone in '🏻'..='🏿' {
                    let sign = with_tone(sign, tone);
                    assert_eq!(canonical(&sign), Some(sign.as_str()), "{line}");
                    toned += 1;
                }
            }
        }
        assert!(signs > 1_900 && toned > 1_600, "{signs} signs, {toned} with a tone");
    }

    #[test]
    fn everything_else_is_no_emoji() {
        for text in [
            "",
            " ",
            "ok",
            "!!!",
            "1",
            "#",
            "中",
            "✓",
            "\u{200b}",
            "\u{fe0f}",
            "\u{336}",
            "\u{20e3}",
            "👍👍",
            "👍 ",
            " 👍",
            "👍\u{fe0f}\u{fe0f}",
            "\u{fe0f}👍",
            "👍\u{200d}",
            "🇩",
            "🇩🇩🇪",
            "🏽",
            "🦰",
            "👍\u{e0067}",
            "\u{e0067}",
            "a\u{20e3}",
            "👩\u{200d}👍",
            "😀\u{301}",
            "☕🏽",
        ] {
            assert_eq!(canonical(text), None, "{text:?}");
        }
        assert_eq!(prefix("Ada 👍"), None);
        assert_eq!(prefix("1st"), None);
        assert_eq!(prefix("🇩🇪🇫🇷"), Some("🇩🇪".len()));
    }
}
