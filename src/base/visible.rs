//! Which characters show nothing where they stand, whatever the font. Knows no text's meaning.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_security::GeneralSecurityProfile;
use unicode_security::general_security_profile::IdentifierType;

/// Characters of visible categories that are drawn as nothing: the empty Braille pattern, the place of an embedded object,
/// the null notehead, two blank hieroglyphs and the Khitan filler.
const BLANK: [char; 6] = ['\u{2800}', '\u{FFFC}', '\u{1D159}', '\u{13441}', '\u{13442}', '\u{16FE4}'];

/// Whether a text has anything that a reader would see.
pub(crate) fn is_seen(text: &str) -> bool {
    text.chars().any(|c| !is_blank(c))
}

/// Whether a character shows nothing: white space, controls, format and default-ignorable characters, and what is assigned
/// to nobody.
pub(crate) fn is_blank(c: char) -> bool {
    use GeneralCategory::{
        Control, Format, LineSeparator, ParagraphSeparator, SpaceSeparator, Surrogate, Unassigned,
    };
    if c.is_ascii() {
        return !c.is_ascii_graphic();
    }
    matches!(
        c.general_category(),
        Control | Format | LineSeparator | ParagraphSeparator | SpaceSeparator | Surrogate | Unassigned
    ) || c.identifier_type() == Some(IdentifierType::Default_Ignorable)
        || BLANK.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_characters_that_show_nothing_is_not_seen() {
        for blank in [
            "",
            " \t\n\r\0\u{1b}",
            "\u{a0}\u{3000}\u{1680}\u{2028}\u{2029}\u{85}",
            "\u{ad}\u{200b}\u{200d}\u{2060}\u{feff}",
            "\u{2800}\u{fffc}\u{1d159}",
            "\u{115f}\u{1160}\u{3164}\u{ffa0}",
            "\u{34f}\u{17b4}\u{180b}\u{fe0f}\u{e0100}",
            "\u{202e}\u{2066}\u{e0041}\u{e007f}",
            "\u{2065}\u{fff0}\u{10ffff}\u{fdd0}",
        ] {
            assert!(!is_seen(blank), "{blank:?}");
            assert!(is_seen(&format!("{blank}a")));
        }
        for seen in [".", "é", "李", "👍", "\u{301}", "\u{e000}", "ـ"] {
            assert!(is_seen(seen), "{seen:?}");
        }
    }
}
