//! Plain lines, the classic example's protocol: a message is a line of text, a frame holds one or more.

use std::borrow::Cow;

use bytes::Bytes;

use crate::frame::{Close, Message, Opcode, frame_of};

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

/// One frame with all of `lines`, joined by newlines.
pub(crate) fn frame<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Bytes {
    let (count, bytes) = lines.clone().fold((0, 0), |(count, bytes), line| (count + 1, bytes + line.len()));
    frame_of(Opcode::Text, bytes + usize::saturating_sub(count, 1), |frame| {
        for (i, line) in lines.enumerate() {
            if i > 0 {
                frame.push(b'\n');
            }
            frame.extend_from_slice(line.as_bytes());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(&frame(["a", "", "b"].into_iter())[..], b"\x81\x04a\n\nb");
        assert_eq!(&frame([""].into_iter())[..], b"\x81\x00");
        let long = "x".repeat(70_000);
        let joined = frame([&long[..300], &long].into_iter());
        assert_eq!(&joined[..10], b"\x81\x7f\x00\x00\x00\x00\x00\x01\x12\x9d");
        assert_eq!(joined.len(), 10 + 300 + 1 + 70_000);
    }
}
