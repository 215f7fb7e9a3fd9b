//! Style sheets. Blanks go only beside punctuation that is the same in a selector, a query and a value.

use super::{Gap, quoted};

/// A comment stays, empty, where it parts two tokens that a blank would part in another way: `a/**/.b` is not `a .b`.
pub(super) fn squeeze(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut gap) = (text, Gap::Nothing);
    while let Some(sign) = rest.chars().next() {
        if rest.starts_with("/*") {
            gap = gap.max(Gap::Comment);
            rest = &rest[rest[2..].find("*/")? + 4..];
            continue;
        }
        if sign.is_ascii_whitespace() {
            gap = Gap::Blank;
            rest = &rest[1..];
            continue;
        }
        let len = match sign {
            '"' | '\'' => quoted(rest, sign)?,
            '(' if is_address(&out, &rest[1..]) => quoted(rest, ')')?,
            // A blank after an escape may be the escape's end.
            '\\' => return None,
            _ => sign.len_utf8(),
        };
        let last = out.chars().next_back().unwrap_or(';');
        // `--name: ;` is a property whose value is empty.
        let is_empty_value = last == ':' && ";}".contains(sign);
        let is_free = "{};,:(".contains(last) || "{};,)".contains(sign);
        match gap {
            Gap::Blank if !is_free || is_empty_value => out.push(' '),
            Gap::Comment if !is_free => out.push_str("/**/"),
            _ => {}
        }
        // The last declaration of a block needs no semicolon.
        while sign == '}' && out.ends_with(';') {
            out.pop();
        }
        // The number 0.5 is .5 as well, but the nought of 10.5 is of it.
        let begins_number = gap != Gap::Nothing || !(last.is_alphanumeric() || "._".contains(last));
        let is_spare =
            begins_number && sign == '0' && rest[1..].starts_with('.') && rest[2..].starts_with(is_digit);
        if !is_spare {
            out.push_str(&rest[..len]);
        }
        (rest, gap) = (&rest[len..], Gap::Nothing);
    }
    Some(out)
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}

/// Whether a parenthesis after `out` has an address in it without quotes.
fn is_address(out: &str, inside: &str) -> bool {
    let name = out.get(out.len().saturating_sub(3)..);
    let is_url = name.is_some_and(|name| name.eq_ignore_ascii_case("url"));
    is_url && !inside.trim_ascii_start().starts_with(['"', '\''])
}
