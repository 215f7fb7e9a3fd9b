//! A line of a client as JSON: how deeply it nests, and what is wrong with it.

use serde::Deserialize;

use crate::base::error::Error;
use crate::base::limits::JSON_LEVELS;

/// Nothing of a line that nests too deeply is looked at.
pub(super) fn check_levels(line: &str) -> Result<(), Error> {
    let (mut level, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in line.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => level += 1,
            b'}' | b']' if !is_text => level = level.saturating_sub(1),
            _ => {}
        }
        if level > JSON_LEVELS {
            return Err(Error::refused(
                "bad_json",
                format!("a command has at most {JSON_LEVELS} levels of JSON"),
            ));
        }
    }
    Ok(())
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, Error> {
    serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Error::refused("bad_value", error.to_string()),
        _ => Error::refused("bad_json", format!("not a JSON object on one line: {error}")),
    })
}
