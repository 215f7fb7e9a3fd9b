//! HTML and SVG. Text and tags are not touched, only what is between them.

use super::Gap;

/// Elements whose content is not touched.
const AS_IT_IS: [&str; 5] = ["pre", "script", "style", "text", "textarea"];

/// Comments go, and of the blanks between two tags stays one, for where it is seen.
pub(super) fn squeeze(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut gap) = (text, Gap::Nothing);
    while !rest.is_empty() {
        if rest.starts_with("<!--") {
            rest = &rest[rest[2..].find("-->")? + 5..];
            continue;
        }
        let len = match rest.strip_prefix('<') {
            Some(tag) if tag.starts_with(begins_tag) => element(tag)? + 1,
            Some(text) => text.find('<').unwrap_or(text.len()) + 1,
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(len);
        rest = after;
        if piece.bytes().all(|sign| sign.is_ascii_whitespace()) {
            gap = gap.max(if piece.contains('\n') { Gap::Line } else { Gap::Blank });
            continue;
        }
        match gap {
            Gap::Line if !out.is_empty() => out.push('\n'),
            Gap::Blank if !out.is_empty() => out.push(' '),
            _ => {}
        }
        out.push_str(piece);
        gap = Gap::Nothing;
    }
    if gap == Gap::Line {
        out.push('\n');
    }
    Some(out)
}

fn begins_tag(sign: char) -> bool {
    sign.is_ascii_alphabetic() || "/!?".contains(sign)
}

/// The length of a tag after its `<`, with the content that is not touched.
fn element(tag: &str) -> Option<usize> {
    if tag.starts_with("![") {
        return None;
    }
    let mut quote = None;
    let (end, _) = tag.char_indices().find(|(_, sign)| {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(*sign),
            (Some(begin), sign) if begin == *sign => quote = None,
            _ => {}
        }
        quote.is_none() && *sign == '>'
    })?;
    let name = tag.split(|sign: char| !sign.is_ascii_alphanumeric()).next()?.to_ascii_lowercase();
    if !AS_IT_IS.contains(&name.as_str()) {
        return Some(end + 1);
    }
    let content = tag[end..].to_ascii_lowercase();
    content.find(&format!("</{name}>")).map(|len| end + len)
}
