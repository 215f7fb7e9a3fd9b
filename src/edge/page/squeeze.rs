//! Takes out of the page's files what only a reader of their source needs: comments, indentation, blanks that certainly
//! mean nothing, and the private names of scripts. Every other name stays and each statement keeps a line, so a stack
//! trace can be read.

mod markup;
mod script;
mod style;

/// The file, smaller and of the same meaning; as it was when it is of another kind, or not understood to its end.
pub(super) fn squeeze(name: &str, text: &str) -> String {
    let squeezed = match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" => script::squeeze(text),
        "css" => style::squeeze(text),
        "html" | "svg" => markup::squeeze(text),
        _ => None,
    };
    squeezed.unwrap_or_else(|| text.to_owned())
}

/// What was left out since the last token; the most that it was counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Comment,
    Blank,
    Line,
}

/// What ends a line, and with it a string.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The length of a literal: from the sign that begins it to the one that ends it. A backslash hides the sign after it.
fn literal(text: &str, mut ends: impl FnMut(char) -> bool) -> Option<usize> {
    let mut is_hidden = true;
    let end = text.find(|sign| {
        let ends = !is_hidden && ends(sign);
        is_hidden = !is_hidden && sign == '\\';
        ends
    })?;
    Some(end + 1)
}

/// The length of a string in quotes.
fn quoted(text: &str, quote: char) -> Option<usize> {
    literal(text, |sign| sign == quote).filter(|len| !text[..*len].contains(LINE_ENDS))
}

#[cfg(test)]
mod tests;
