//! Whom a message mentions, as JSON: an object with an id for each name, in commands, entries, exports and the store.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::base::entry::Mentions;
use crate::base::error::Error;
use crate::base::limits::{CID_CHARS, MENTIONS};
use crate::base::user::UserId;
use crate::wire::protocol::command::bad_value;

/// The field `mentions` of a line that is read, as far as its shape goes.
pub(super) type Fields = Option<BTreeMap<Box<str>, String>>;

impl Serialize for Mentions {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

/// Takes what a line says.
///
/// # Errors
/// Too many names, or something that is nobody's id.
pub(super) fn read(fields: Fields) -> Result<Mentions, Error> {
    let Some(fields) = fields else { return Ok(Mentions::default()) };
    check_count(fields.len())?;
    let pairs = fields.into_iter().map(|(name, id)| {
        let who: UserId = id.parse().map_err(|_| {
            let id: String = id.chars().take(CID_CHARS).collect();
            bad_value(format!("'mentions' has the id of a person for each name; '{id}' is none"))
        })?;
        Ok((name, who))
    });
    pairs.collect()
}

/// Takes what a program says.
pub(crate) fn check(mentions: Mentions) -> Result<Mentions, Error> {
    check_count(mentions.len()).map(|()| mentions)
}

fn check_count(count: usize) -> Result<(), Error> {
    match count {
        ..=MENTIONS => Ok(()),
        _ => Err(bad_value(format!("'mentions' has {count} names; at most {MENTIONS} are allowed"))),
    }
}

/// Mentions as a store keeps them.
pub(crate) fn to_text(mentions: &Mentions) -> String {
    serde_json::to_string(mentions).expect("our own values are JSON")
}

/// Mentions that a store has kept. What cannot be read of a damaged one mentions nobody: the text is there all the same.
pub(crate) fn from_text(text: &str) -> Mentions {
    let fields: BTreeMap<Box<str>, String> = serde_json::from_str(text).unwrap_or_default();
    fields.into_iter().filter_map(|(name, id)| Some((name, id.parse::<UserId>().ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_store_keeps_is_read_again_and_what_it_lost_mentions_nobody() {
        let mentions: Mentions =
            [("Ada \"L\"", UserId::new(7)), ("Bob", UserId::new(8))].into_iter().collect();
        assert_eq!(from_text(&to_text(&mentions)), mentions);
        for damaged in ["", "{\"Bob\":", "[]", "{\"Bob\":\"?\"}", "{}"] {
            assert!(from_text(damaged).is_empty(), "{damaged}");
        }
    }
}
