//! Tables of what is a name, what is none, and what looks alike.

use super::*;
use crate::base::visible::is_blank;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (Name::stored(a).keys(), Name::stored(b).keys());
    a.iter().any(|key| b.contains(key))
}

#[test]
fn real_names_are_kept_as_spelled() {
    for name in [
        "Ada",
        "Ada L.",
        "Jean-Luc",
        "O'Brien",
        "O’Brien",
        "Ana_Maria",
        "J. R. R. Tolkien",
        "Ada 2",
        "42",
        "O'Neill",
        "J. R. R.",
        "J.R.R./Bo",
        "Sam (they/them)",
        "Sam (they / them)",
        "Anna/Bo",
        "Tom & Jerry",
        "Lovelace, Ada",
        "Ada Lovelace, Ph.D.",
        "ada.lovelace",
        "(Ada)",
        "Ada (Tea & Co., Bath)",
        "田中（営業）",
        "李雷、韩梅",
        "سارة، منى",
        "3rd Ada",
        "Núria Gal·la",
        "Zoë",
        "Nguyễn Thị Ánh",
        "Đặng",
        "Łukasz",
        "İlker",
        "Þóra",
        "ẞabine",
        "Seán Ó Ríordáin",
        "Jiří",
        "ǃXóõ",
        "Haunani Kāʻeo",
        "Mª Carmen",
        "Hawaiʻi",
        "ŋ̃a",
        "ɛ̃́lo",
        "Ада",
        "Ёлкин",
        "Ґалаґан",
        "Ελένη",
        "Ἀριστοτέλης",
        "Արամ",
        "გიორგი",
        "ᎠᏓ",
        "נדיה",
        "צ׳רלי",
        "דו״ח",
        "שָׁלוֹם",
        "קאַפֿקע",
        "בן־עמי",
        "نادية",
        "مُحَمَّد",
        "علی‌رضا",
        "می‌خواهم",
        "ئۇيغۇر",
        "ޢަލީ",
        "ܐܕܐ",
        "ߒߞߏ",
        "ကျော်",
        "ဖြိုး",
        "ရွှေ",
        "မြှောင်",
        "ဦးသန့်",
        "စ္ကြာ",
        "སྒྲོལ་མ",
        "བསྟན་འཛིན",
        "ཨོཾ",
        "น้ำผึ้ง",
        "กิ๊ก",
        "ສົມສີ",
        "ໜູ",
        "ស្រីពៅ",
        "ភ្នំ",
        "क्षमा",
        "श्री राम्",
        "शक्‍ति",
        "কৃষ্ণা",
        "র‍্যাচেল",
        "ਗੁਰਪ੍ਰੀਤ",
        "કૃષ્ણ",
        "ଓଡ଼ିଆ",
        "கௌதம்",
        "శ్రీనివాస్",
        "ಶ್ರೀ",
        "ಸೌಮ್ಯ",
        "ന്‍റെ",
        "അനന്‍",
        "ශ්‍රී",
        "ක්‍රිෂාන්",
        "李雷",
        "𠮷野",
        "山田　太郎".replace('\u{3000}', " ").as_str(),
        "さくら",
        "がぎ",
        "ジョン・スミス",
        "ー太郎",
        "ｶﾞﾝﾀﾞﾑ",
        "佐々木",
        "一〇",
        "김철수",
        "박 서준",
        "ㄅㄆㄇ",
        "አበበ",
        "ⴰⵎⵏⴰⵢ",
        "ꆈꌠ",
        "👍",
        "Ada 👍",
        "🦊Fox",
        "👩\u{200d}💻",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "🏳\u{fe0f}\u{200d}🌈",
        "👍🏽",
        "1\u{fe0f}\u{20e3}",
        "🇩🇪",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "❤",
        "❤\u{fe0f}",
        "Ada ❤\u{fe0f}",
        "🇩🇪🇫🇷",
        &"x".repeat(32),
    ] {
        let composed: String = spelling::normal(name).collect();
        assert_eq!(Name::parse(name).expect(name).as_str(), composed, "{name:?}");
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(name).collect();
        assert_eq!(Name::parse(&decomposed).expect(name).as_str(), composed, "{name:?} decomposed");
        assert!(spelling::clean(name, NAME_CHARS) == composed, "{name:?} needs no cleaning");
    }
    assert_eq!(Name::parse(" Ada\t\u{a0}\u{3000} L.\n").expect("a name").as_str(), "Ada L.");
}

#[test]
fn other_text_is_refused_in_words() {
    for (text, words) in [
        ("", "no letter"),
        (" ", "no letter"),
        ("...", "no letter"),
        ("-", "no letter"),
        ("· ·", "no letter"),
        ("\u{200b}", "U+200B cannot be seen"),
        ("\u{3164}", "cannot be seen"),
        ("\u{2066}\u{2069}", "cannot be seen"),
        ("Ada\u{fffc}", "U+FFFC cannot be seen"),
        ("Ada\u{1d159}", "cannot be seen"),
        ("Ada\u{2800}", "cannot be seen"),
        ("Ada\u{13441}", "cannot be seen"),
        ("Ada\u{16fe4}", "cannot be seen"),
        ("Ada\u{feff}", "cannot be seen"),
        ("A\u{202e}da", "cannot be seen"),
        ("A\u{200d}da", "cannot be seen"),
        ("A\u{200c}da", "cannot be seen"),
        ("Ada\0", "cannot be seen"),
        ("Ada\u{ad}", "cannot be seen"),
        ("Ada\u{34f}", "cannot be seen"),
        ("Ada\u{fe0f}", "cannot be seen"),
        ("Ada\u{e0041}", "cannot be seen"),
        ("Ada\u{2063}", "cannot be seen"),
        ("\u{115f}\u{1160}", "cannot be seen"),
        ("دا\u{200c}د", "cannot be seen"),
        ("علی\u{200c}", "cannot be seen"),
        ("က\u{1039}", "cannot be seen"),
        ("क्\u{200c}", "cannot be seen"),
        ("\u{301}", "on no letter"),
        ("\u{301}Ada", "on no letter"),
        ("Ada \u{301}", "on no letter"),
        ("1\u{301}", "on no letter"),
        ("👍\u{301}", "on no letter"),
        ("A\u{e49}", "on no letter of its script"),
        ("Ada\u{93e}", "on no letter of its script"),
        ("Z\u{351}\u{357}\u{363}\u{350}algo", "too many marks"),
        ("Z\u{353}\u{353}algo", "too many marks"),
        ("ก็็", "too many marks"),
        ("ကျော်ာျေ်ံ့", "too many marks"),
        ("Ada: hi", "':' (U+003A) is not allowed"),
        ("Sam (she): hi", "':' (U+003A) is not allowed"),
        ("Sam [she]", "not allowed"),
        ("()", "no letter"),
        ("/&,", "no letter"),
        ("https://evil.example", "not allowed"),
        ("//evil.example", "like a link"),
        ("Ada //evil", "like a link"),
        ("a/b//c", "like a link"),
        ("／/evil", "like a link"),
        ("evil.example/ada", "like a link"),
        ("Ada/evil.example/a", "like a link"),
        ("Ada (evil.example/ada)", "like a link"),
        ("Ada, sub.evil.example/", "like a link"),
        ("WWW.evil.example", "like a link"),
        ("Ada (www.evil.example)", "like a link"),
        ("\"Ada\"", "not allowed"),
        ("<b>", "not allowed"),
        ("Ada：", "not allowed"),
        ("@ada", "not allowed"),
        ("Ada\u{20dd}", "not allowed"),
        ("Ada✓", "not allowed"),
        ("♪Ada", "not allowed"),
        ("Ada²", "not allowed"),
        ("Ada\u{e000}", "not allowed"),
        ("مـحمد", "not allowed"),
        ("ᚨᛞᚨ", "not allowed"),
        ("🇩", "not allowed"),
        ("🏽", "not allowed"),
        (&"x".repeat(33), "too long"),
        (&"y".repeat(100_000), "too long"),
        (&" x".repeat(20), "too long"),
    ] {
        let error = Name::parse(text).expect_err(text);
        assert_eq!(error.code().as_str(), "bad_name");
        let said = error.to_string();
        assert!(said.contains(words) && said.contains("1 to 32"), "{text:?}: {said}");
    }
    assert_eq!(Name::parse("Server Admin").expect_err("reserved").code().as_str(), "name_taken");
}

/// Over all of Unicode: what is added to a name is refused, or can be seen.
#[test]
fn no_character_makes_another_name_that_looks_the_same() {
    let ada = Name::parse("Ada").expect("a name").keys();
    let is_taken = |name: &Name| name.keys().iter().any(|key| ada.contains(key));
    let (mut allowed, mut other) = (0, 0);
    for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
        use unicode_properties::GeneralCategoryGroup::{Letter, Number};
        use unicode_properties::UnicodeEmoji;
        let is_nobodys =
            matches!(c.general_category(), GeneralCategory::Unassigned | GeneralCategory::PrivateUse);
        let is_alnum = matches!(c.general_category_group(), Letter | Number);
        let texts =
            [format!("Ada{c}"), format!("{c}Ada"), format!("A{c}da"), format!("{c}{c}Ada"), c.to_string()];
        // Planes without a character are looked at here and there.
        if is_nobodys && c > '\u{20000}' && u32::from(c) % 61 != 0 {
            continue;
        }
        // Most of Unicode are signs of large scripts that are all alike to us, and places of no sign.
        let is_one_of_many =
            is_nobodys || (is_alnum && ('\u{3400}'..'\u{F900}').contains(&c)) || c >= '\u{16000}';
        for text in &texts[..if is_one_of_many && !c.is_emoji_char() { 1 } else { texts.len() }] {
            let Ok(name) = Name::parse(text) else { continue };
            allowed += 1;
            assert!(c.is_whitespace() || !is_blank(c), "U+{:04X} in {text:?}", u32::from(c));
            assert!(!is_nobodys, "U+{:04X}", u32::from(c));
            if is_one_of_many && u32::from(c) % 61 != 0 {
                continue;
            }
            assert!(!name.keys().iter().any(String::is_empty), "U+{:04X} has no key", u32::from(c));
            other += usize::from(!is_taken(&name));
            // What is not alike differs by a letter, a digit, an emoji, or a mark that does not strike through.
            if text.len() > c.len_utf8() && !is_taken(&name) {
                let is_mark = unicode_normalization::char::is_combining_mark(c);
                assert!(is_alnum || is_mark || c.is_emoji_char(), "U+{:04X} in {text:?}", u32::from(c));
            }
        }
    }
    assert!(allowed > 100_000 && other > 30_000, "{allowed} {other}");
}

#[test]
fn names_that_look_alike_have_a_key_in_common() {
    for (a, b) in [
        ("Ada", "ada"),
        ("Ada", "Аdа"),
        ("Iris", "lris"),
        ("IRIS", "iris"),
        ("ﬁn", "fin"),
        ("paypal", "раураl"),
        ("Ada", "Ａｄａ"),
        ("Ada", "𝐀𝐝𝐚"),
        ("Ada", "Ada."),
        ("Ada", "A da"),
        ("Ada", "ᴀᴅᴀ"),
        ("Ada", "Adaꞌ"),
        ("Ada", "Ada·"),
        ("Ada", "_Ada_"),
        ("Ada", "A-d-a"),
        ("Ada", "(Ada)"),
        ("Ada", "/Ada,"),
        ("Ada", "A/d&a"),
        ("Ada", "Ada（）"),
        ("Ada", "Ada ノ"),
        ("Sam (they/them)", "Sam they them"),
        ("Sam (they/them)", "Sam_(they, them)"),
        ("Anna/Bo", "Anna & Bo"),
        ("Ada", "Ada'"),
        ("Ada", "Ada’"),
        ("Ada", "Adaʼ"),
        ("Ada", "A\u{336}d\u{336}a\u{336}"),
        ("Ada", "Ada\u{338}"),
        ("Ada", "Adaי"),
        ("Ada", "Ada٠"),
        ("Ada", "Ada・"),
        ("Ada", "Adaㅤ"),
        ("Ada", "Ada: hi".strip_suffix(" hi").expect("a suffix")),
        ("علی‌رضا", "علیرضا"),
        ("Ada 2", "Ada2"),
        ("corn", "com"),
        ("👩\u{200d}💻", "👩💻"),
        ("❤", "❤\u{fe0f}"),
        ("Hawaiʻi", "Hawai'i"),
        ("Zoë", "Zoe\u{308}"),
        ("مُحَمَّد", "مُحَمَّد"),
    ] {
        assert!(alike(a, b), "{a} {b}");
    }
    for (a, b) in [
        ("Ada", "Bob"),
        ("Ada", "Ada 2"),
        ("Sam", "Sam (they/them)"),
        ("Sam (she/her)", "Sam (they/them)"),
        ("Zoe", "Zoey"),
        ("Mo", "Jo"),
        ("Zoe", "Zoë"),
        ("דני", "דן"),
        ("ノア", "ア"),
        ("🦊", "🐼"),
        ("Ada", "Ada 👍"),
        ("李", "雷"),
        ("က", "ကျော်"),
        ("राम", "राम्"),
        ("Ada", "Аню"),
        ("يد", "يدي"),
        ("Að", "A"),
        ("Sveinn", "Sveinnð"),
        ("٢٠", "٢"),
        ("🇩🇪", "🇫🇷"),
        ("👍🏽", "👍🏿"),
    ] {
        assert!(!alike(a, b), "{a} {b}");
    }
}

#[test]
fn the_name_of_another_chat_is_adapted() {
    for (text, name) in [
        ("Ada", Some("Ada")),
        ("admin", Some("admin 2")),
        ("System", Some("System 2")),
        ("Guest", Some("Guest 2")),
        ("", None),
        ("\u{200b}!!", None),
        ("Ada\u{202e}: hi", Some("Ada hi")),
        ("<Ada> @home", Some("Ada home")),
        ("  Ada   ( L. ) ", Some("Ada ( L. )")),
        ("Ada [L.]", Some("Ada L.")),
        ("Sam (they/them)", Some("Sam (they/them)")),
        ("Ada (mod)", Some("Ada (mod) 2")),
        ("http://evil.example/a", Some("http/evil.examplea")),
        ("www.ada", Some("wwwada")),
        ("Z\u{351}\u{357}\u{363}\u{350}algo", Some("Z\u{351}\u{357}algo")),
        ("Zo!\u{308}e", Some("Zöe")),
        ("Or\0\0\u{331}-N", Some("Oṟ-N")),
        (&"x".repeat(33), Some(&"x".repeat(32))),
        (&"👩\u{200d}💻".repeat(11), Some(&"👩\u{200d}💻".repeat(10))),
        (&"ကျော်".repeat(9), Some(&"ကျော်".repeat(6)[..])),
        ("علی\u{200c}رضا\u{200c}", Some("علی\u{200c}رضا")),
        ("Server Admin of the whole organisation", Some("Server Admin of the whole orga 2")),
    ] {
        assert_eq!(Name::adapted(text).as_ref().map(Name::as_str), name, "{text:?}");
    }
    assert_eq!(
        Name::parse(&"y".repeat(32)).expect("a name").numbered(12).as_str(),
        format!("{} 12", "y".repeat(29))
    );
}

#[test]
fn the_id_of_an_imported_person_is_that_of_earlier_versions() {
    for (name, id) in [("Ada", "dfRVW42_I9M"), ("Ada L.", "AqCtoSvOJlE"), ("Аdа", "dfRVW42_I9M")] {
        assert_eq!(Name::id_of(name).to_string(), id, "{name}");
    }
}

#[test]
fn a_guests_name_reads_well_and_is_a_name() {
    for attempt in 0..100 {
        let name = Name::of_guest(UserId::new(0x1234_5678_9ABC_DEF0), attempt);
        assert_eq!(Name::parse(name.as_str()).expect("a name"), name);
    }
}
