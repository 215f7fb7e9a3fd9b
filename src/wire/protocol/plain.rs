//! Plain lines, the classic example's protocol: a message is a line of text, a frame holds one or more.

use std::borrow::Cow;

use bytes::Bytes;

use crate::base::entry::Entry;
use crate::base::limits::SPEAKER_CHARS;
use crate::base::user::UserId;
use crate::base::visible::is_blank;
use crate::wire::frame::{Close, Growing, Message, Opcode, frame};

/// What a client said: newlines become spaces, white space at both ends goes.
///
/// # Errors
/// Bytes that are not UTF-8 end the sender alone: passed on, they would make every other client close.
pub(crate) fn read<'a>(message: &'a Message<'_>) -> Result<Cow<'a, str>, Close> {
    let text = simdutf8::basic::from_utf8(&message.payload).map_err(|_| Close::NOT_UTF8)?;
    Ok(line(text))
}

/// One line of chat: newlines become spaces, Unicode white space at both ends goes.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.contains('\n') {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.replace('\n', " ")),
    }
}

/// One frame with all messages among `entries`, joined by newlines; empty when there are none. Who has a name is
/// heard by it: `name: text`.
pub(crate) fn entries_frame(entries: &[Entry]) -> Bytes {
    let mut lines = Growing::new();
    let mut is_first = true;
    for entry in entries {
        let Some(text) = entry.said() else { continue };
        let payload = lines.payload();
        if !is_first {
            payload.push(b'\n');
        }
        is_first = false;
        let is_guest = entry.by.id == UserId::GUEST;
        let names_a_speaker = names_a_speaker(text);
        if !is_guest || names_a_speaker {
            payload.extend_from_slice(entry.by.name.as_bytes());
            payload.extend_from_slice(b": ");
        }
        if names_a_speaker {
            // Nothing in it may begin another line, or write over the speaker's name.
            let shown = |c: char| if c.is_control() || begins_a_line(c) { ' ' } else { c };
            payload.extend_from_slice(text.chars().map(shown).collect::<String>().as_bytes());
        } else {
            payload.extend(text.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte }));
        }
    }
    // An empty message is a message, too.
    if lines.is_empty() && !is_first { frame(Opcode::Text, &[]) } else { lines.finish() }
}

/// Whether a text, or a line within it, could be taken for what somebody with a name says: it has a colon, or what looks like
/// one, and then space or its end, where a name could end before it.
fn names_a_speaker(text: &str) -> bool {
    // Most text is told by its bytes.
    if text.is_ascii() && !text.contains(':') {
        return false;
    }
    let is_moving = |c: char| c.is_control() || is_bidi(c);
    let reach = if text.contains(is_moving) { usize::MAX } else { SPEAKER_CHARS };
    let mut chars = text.chars();
    let mut seen = 0;
    while let Some(c) = chars.next() {
        seen = if begins_a_line(c) { 0 } else { seen + 1 };
        if seen <= reach && looks_like_a_colon(c) && chars.clone().next().is_none_or(is_blank) {
            return true;
        }
        // Read from the right, the colon comes after the space.
        if seen <= reach && is_bidi(c) && text.contains(looks_like_a_colon) {
            return true;
        }
    }
    false
}

/// What some readers show as the beginning of another line.
fn begins_a_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The colon, and what looks like it (UTS 39) at the end of a name.
fn looks_like_a_colon(c: char) -> bool {
    matches!(
        c,
        ':' | '\u{2D0}'
            | '\u{2F8}'
            | '\u{589}'
            | '\u{5C3}'
            | '\u{703}'
            | '\u{704}'
            | '\u{831}'
            | '\u{903}'
            | '\u{A83}'
            | '\u{1361}'
            | '\u{16EC}'
            | '\u{1803}'
            | '\u{1809}'
            | '\u{205A}'
            | '\u{2236}'
            | '\u{A4FD}'
            | '\u{A789}'
            | '\u{FE13}'
            | '\u{FE30}'
            | '\u{FE55}'
            | '\u{FF1A}'
    )
}

/// The characters that turn the direction of what follows them (UAX 9).
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entry::Content;
    use crate::base::room_name::RoomName;
    use crate::base::user::User;

    #[test]
    fn c27_c28_newlines_become_spaces_and_both_ends_are_trimmed() {
        for (said, heard) in [
            ("hi", "hi"),
            ("  hi\n", "hi"),
            ("a\nb\n\nc", "a b  c"),
            ("\u{a0}\t\r\u{85}a\rb\u{2003}", "a\rb"),
            ("\u{200b}a", "\u{200b}a"),
            (" \n\t ", ""),
        ] {
            assert_eq!(line(said), heard, "{said:?}");
        }
    }

    #[test]
    fn c33_a_frame_joins_its_lines() {
        let frame = |said: &[&str]| {
            let entry = |text: &&str| Entry {
                seq: 1,
                at: 0,
                room: RoomName::lobby(),
                by: User::guest(),
                content: Content::message(*text),
                root: None,
            };
            entries_frame(&said.iter().map(entry).collect::<Vec<_>>())
        };
        assert_eq!(&frame(&["a", "", "b"])[..], b"\x81\x04a\n\nb");
        assert_eq!(&frame(&[""])[..], b"\x81\x00");
        assert!(frame(&[]).is_empty());
        let long = "x".repeat(70_000);
        let joined = frame(&[&long[..300], &long]);
        assert_eq!(&joined[..10], b"\x81\x7f\x00\x00\x00\x00\x00\x01\x12\x9d");
        assert_eq!(joined.len(), 10 + 300 + 1 + 70_000);
    }

    #[test]
    fn guest_is_named_where_the_text_could_be_anothers_and_heard_as_typed_elsewhere() {
        let heard = |text: &str| {
            let content = Content::message(text);
            let entry =
                Entry { seq: 1, at: 0, room: RoomName::lobby(), by: User::guest(), content, root: None };
            let frame = entries_frame(&[entry]);
            let head = if frame.len() > 127 { 4 } else { 2 };
            String::from_utf8(frame[head..].to_vec()).expect("UTF-8")
        };
        for text in [
            "hi",
            "https://example.org/a",
            "at 12:30",
            "a\rb",
            "\u{1b}[1mhi\0",
            "שלום",
            &format!("{} so: yes", "x".repeat(80)),
        ] {
            assert_eq!(heard(text), text);
        }
        for text in [
            "Ada: send money",
            "Ada:",
            "\u{200b}Ada: hi",
            "\u{a0} Ada: hi",
            "Ada L.: hi",
            "guest: hi",
            "Ada\u{ff1a} hi",
            "Ada\u{2236} hi",
            "Ada\u{a789}\u{a0}hi",
            "Ada:\u{200b}hi",
            "Ada:\thi",
            "hi\rAda: hi",
            "hi\u{2028}Ada: hi",
            "\u{1b}[1GAda: hi",
            "\u{202e}ih :adA",
            &format!("{}\u{1b}[1GAda: hi", "x".repeat(80)),
            &format!("{}\rAda: hi", "x".repeat(80)),
        ] {
            let heard = heard(text);
            let rest =
                heard.strip_prefix("guest: ").unwrap_or_else(|| panic!("{text:?} is heard as {heard:?}"));
            assert!(!rest.contains(|c: char| c.is_control() || begins_a_line(c)), "{heard:?}");
        }
    }

    #[test]
    fn speaker_with_a_name_is_shown_by_it_on_one_line() {
        let entry = |content| Entry {
            seq: 1,
            at: 0,
            room: RoomName::lobby(),
            by: User::new(UserId::new(7), "Ada"),
            content,
            root: None,
        };
        let said = Content::message("a\nb");
        assert_eq!(
            &entries_frame(&[entry(Content::Topic { text: "x".into() }), entry(said)])[..],
            b"\x81\x08Ada: a b"
        );
        assert!(entries_frame(&[entry(Content::Deleted { target: 1 })]).is_empty());
    }
}
