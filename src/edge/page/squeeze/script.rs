//! JavaScript. The one hard question is whether a slash divides, which what stands before it answers.

use super::{Gap, LINE_ENDS, literal, quoted};

/// What a slash is that comes next.
#[derive(Clone, Copy)]
enum Slash {
    Divides,
    BeginsRegex,
    /// Either, which only a whole parser knows: after the brace of a block, or of an object.
    Unclear,
}
use Slash::{BeginsRegex, Divides, Unclear};

/// Words after which a value begins.
const BEFORE_VALUE: &str =
    "await case default delete do else extends in instanceof new return throw typeof void yield";

/// Words whose parentheses a statement follows.
const BEFORE_CONDITION: &str = "for if while with";

fn has_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Line breaks stay where they may end a statement: not beside the inside of a bracket, and not after a comma. A private
/// name, which only its own file can know, becomes the shortest that the file has not used yet.
pub(super) fn squeeze(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut lexer = Lexer { open: Vec::new(), slash: BeginsRegex, word: "" };
    let (mut rest, mut gap) = (text, Gap::Nothing);
    let mut private_names: Vec<&str> = Vec::new();
    // Whether the last token is a semicolon after a value. A brace ends that statement as well; but one that is empty,
    // as after `if (a)`, needs its semicolon.
    let mut ends_value = false;
    while let Some(sign) = rest.chars().next() {
        let left_out = match sign {
            '/' if rest.starts_with("//") => rest.find(LINE_ENDS).unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/")? + 4,
            _ if sign.is_whitespace() => sign.len_utf8(),
            _ => 0,
        };
        if left_out > 0 {
            gap = gap.max(if rest[..left_out].contains(LINE_ENDS) { Gap::Line } else { Gap::Blank });
            rest = &rest[left_out..];
            continue;
        }
        let is_after_dot = out.ends_with('.') && !out.ends_with("...");
        let is_after_value = matches!(lexer.slash, Divides);
        let (token, after) = rest.split_at(lexer.token(rest, sign, is_after_dot)?);
        match (gap, out.chars().next_back()) {
            (Gap::Line, Some(last)) if "{([,".contains(last) || "})]".contains(sign) => {}
            (Gap::Line, Some(_)) => out.push('\n'),
            (Gap::Blank, Some(last)) if may_join(last, sign) => out.push(' '),
            _ => {}
        }
        if ends_value && token == "}" {
            out.pop();
        }
        ends_value = token == ";" && is_after_value;
        if token == ">" && out.ends_with(")=") {
            drop_parentheses(&mut out);
        }
        if token.len() > 1 && sign == '#' {
            let index = private_names.iter().position(|name| *name == token).unwrap_or_else(|| {
                private_names.push(token);
                private_names.len() - 1
            });
            out.push('#');
            push_short_name(&mut out, index);
        } else {
            out.push_str(token);
        }
        (rest, gap) = (after, Gap::Nothing);
    }
    if gap == Gap::Line {
        out.push('\n');
    }
    lexer.open.is_empty().then_some(out)
}

/// An arrow function's only parameter needs none; but `async (a) =>` would be something else without them.
fn drop_parentheses(out: &mut String) {
    let Some(open) = out.rfind('(') else { return };
    let is_name = out[open + 1..out.len() - 2].chars().all(is_word);
    let is_called = out[..open].ends_with(|sign| is_word(sign) || ")]}`'\"".contains(sign));
    if is_name && open + 3 < out.len() && !is_called {
        out.truncate(out.len() - 2);
        out.remove(open);
        out.push('=');
    }
}

/// `a` to `z`, `A` to `Z`, `aa` and so on.
fn push_short_name(out: &mut String, index: usize) {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if let Some(before) = (index / LETTERS.len()).checked_sub(1) {
        push_short_name(out, before);
    }
    out.push(char::from(LETTERS[index % LETTERS.len()]));
}

/// What is known of the tokens before the next.
struct Lexer<'a> {
    /// For each bracket that is open: what closes it, and what a slash is after that. What a backtick closes is a
    /// value in a template, which then goes on.
    open: Vec<(char, Slash)>,
    slash: Slash,
    /// The last token, if it was a word that may be a keyword.
    word: &'a str,
}

impl<'a> Lexer<'a> {
    /// The length of the token that `rest` begins with, by its first sign. None: not understood.
    fn token(&mut self, rest: &'a str, sign: char, is_after_dot: bool) -> Option<usize> {
        let before = std::mem::take(&mut self.word);
        let (len, slash) = match sign {
            '"' | '\'' => (quoted(rest, sign)?, Divides),
            '`' => self.template(rest)?,
            '}' if self.open.pop_if(|(closes, _)| *closes == '`').is_some() => self.template(rest)?,
            '/' => match self.slash {
                Divides => (1, BeginsRegex),
                BeginsRegex => (regex(rest)?, Divides),
                Unclear => return None,
            },
            '(' => {
                let after = match before {
                    "await" => Unclear, // `for await (...)`, or a value in parentheses.
                    _ if has_word(BEFORE_CONDITION, before) => BeginsRegex,
                    _ => Divides,
                };
                self.open.push((')', after));
                (1, BeginsRegex)
            }
            '[' => {
                self.open.push((']', Divides));
                (1, BeginsRegex)
            }
            '{' => {
                self.open.push(('}', Unclear));
                (1, BeginsRegex)
            }
            ')' | ']' | '}' => (1, self.open.pop().filter(|(closes, _)| *closes == sign)?.1),
            '.' if rest.starts_with("...") => (3, BeginsRegex),
            '.' => (1, Divides),
            '+' | '-' if rest[1..].starts_with(sign) => (2, Divides),
            _ if is_word(sign) => {
                let len = rest.find(|sign| !is_word(sign)).unwrap_or(rest.len());
                // After a dot it is only a name: `set.delete`.
                self.word = if is_after_dot { "" } else { &rest[..len] };
                let after = match self.word {
                    "of" => Unclear,
                    word if has_word(BEFORE_VALUE, word) => BeginsRegex,
                    _ => Divides,
                };
                (len, after)
            }
            _ => (sign.len_utf8(), BeginsRegex),
        };
        self.slash = slash;
        Some(len)
    }

    /// A template's text: from its backtick, or from the end of a value in it, to the next value or its end.
    fn template(&mut self, rest: &str) -> Option<(usize, Slash)> {
        let mut last = ' ';
        let len =
            literal(rest, |sign| sign == '`' || std::mem::replace(&mut last, sign) == '$' && sign == '{')?;
        if rest[..len].ends_with('`') {
            return Some((len, Divides));
        }
        self.open.push(('`', Divides));
        Some((len, BeginsRegex))
    }
}

/// The length of a regular expression, without its flags. A slash in a class does not end it; and a class ends at the
/// first bracket that closes one, whatever is nested in it.
fn regex(text: &str) -> Option<usize> {
    let mut in_class = false;
    let ends = |sign| {
        in_class = sign == '[' || in_class && sign != ']';
        sign == '/' && !in_class
    };
    literal(text, ends).filter(|len| !text[..*len].contains(LINE_ENDS))
}

/// Whether two signs beside each other could be read as one token, or a word as a regex's flags.
fn may_join(last: char, next: char) -> bool {
    let is_operator = |sign| "+-*/%=<>!&|^~?".contains(sign);
    let is_word = |sign| sign == '.' || is_word(sign);
    // After these a bang, or a slash, which then begins a regex, is a token of its own.
    let parts = next == '!' && "&|=?".contains(last) || next == '/' && "=&|?>".contains(last);
    is_word(last) && is_word(next)
        || is_operator(last) && is_operator(next) && !parts
        || last == '/' && is_word(next)
}

/// A sign of a name, a keyword or a number.
fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "_$#@\\".contains(sign) || !sign.is_ascii() && !sign.is_whitespace()
}
