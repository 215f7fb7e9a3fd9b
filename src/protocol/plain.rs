//! Plain lines, the classic example's protocol: a message is a line of text, a frame holds one or more.

use std::borrow::Cow;

use bytes::Bytes;

use crate::entry::Entry;
use crate::frame::{Close, Growing, Message, Opcode, frame};
use crate::user::UserId;

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
        if entry.by.id != UserId::GUEST {
            payload.extend_from_slice(entry.by.name.as_bytes());
            payload.extend_from_slice(b": ");
        }
        payload.extend(text.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte }));
    }
    // An empty message is a message, too.
    if lines.is_empty() && !is_first { frame(Opcode::Text, &[]) } else { lines.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::What;
    use crate::room_name::RoomName;
    use crate::user::User;

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
                what: What::Message { text: (*text).into(), cid: None, reply_to: None },
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
    fn who_has_a_name_is_heard_by_it_on_one_line() {
        let entry = |what| Entry {
            seq: 1,
            at: 0,
            room: RoomName::lobby(),
            by: User { id: UserId::new(7), name: "Ada".into() },
            what,
        };
        let said = What::Message { text: "a\nb".into(), cid: None, reply_to: None };
        assert_eq!(
            &entries_frame(&[entry(What::Topic { text: "x".into() }), entry(said)])[..],
            b"\x81\x08Ada: a b"
        );
        assert!(entries_frame(&[entry(What::Deleted { target: 1 })]).is_empty());
    }
}
