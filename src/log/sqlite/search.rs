//! Search: how messages come into the index, and how a query becomes SQLite's (FTS5). Scripts that put no spaces between
//! words are indexed sign by sign, so that any run of signs is found.

use rusqlite::{Connection, OptionalExtension, params};
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime};

use crate::base::error::Error;
use crate::base::limits::{INDEX_MERGE_BYTES, INDEX_MERGE_PAGES_MIN, QUERY_INDEXED, QUERY_WORDS};
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::words::{is_unspaced, words};

/// Pages of the index that are to be merged for the text that was added to it, so that a word is in few places.
pub(super) fn pages_to_merge(bytes: usize) -> usize {
    if bytes == 0 { 0 } else { (bytes / INDEX_MERGE_BYTES).max(INDEX_MERGE_PAGES_MIN) }
}

/// Merges some pages of the index, or begins to merge all of it where the number is negative (sqlite.org/fts5, "The 'merge'
/// Command"); whether there was anything to merge.
pub(super) fn merge(tx: &Connection, pages: i64) -> rusqlite::Result<bool> {
    let changes = || tx.prepare_cached("SELECT total_changes()")?.query_row([], |row| row.get::<_, i64>(0));
    let before = changes()?;
    let sql = "INSERT INTO search(search, rank) VALUES('merge', ?1)";
    tx.prepare_cached(sql)?.execute([pages])?;
    // The command itself counts as one.
    Ok(changes()? - before >= 2)
}

/// Adds a message to the index.
pub(super) fn insert(tx: &Connection, seq: u64, text: &str, room: i64, by: UserId) -> rusqlite::Result<()> {
    let sql = "INSERT INTO search(rowid, text, tags) VALUES(?1, ?2, ?3)";
    let tags = format!("{} {}", room_tag(room), user_tag(by));
    tx.prepare_cached(sql)?.execute(params![int(seq), words(text), tags])?;
    Ok(())
}

pub(super) fn room_tag(room: i64) -> String {
    format!("r{room}")
}

pub(super) fn user_tag(user: UserId) -> String {
    format!("u{:x}", id(user))
}

/// What a query asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// In FTS5's words; empty when only filters were given.
    pub(super) text: String,
    pub(super) from: Vec<String>,
    pub(super) rooms: Vec<String>,
    /// Days since 1970: messages before the first, or after the second.
    pub(super) before: Option<u64>,
    pub(super) after: Option<u64>,
}

/// What narrows a search, and what has to follow it.
const FILTERS: [(&str, &str); 4] = [
    ("from", "a name, like from:Ada or from:\"Ada L.\""),
    ("in", "a room, like in:lobby"),
    ("before", "a day, like before:2026-11-24"),
    ("after", "a day, like after:2026-11-24"),
];

/// Quotation marks that keyboards write, by themselves or in the place of others.
const QUOTES: [char; 7] = ['"', '“', '”', '„', '‟', '«', '»'];

/// Takes a query apart.
///
/// # Errors
/// Says what may be asked for.
pub(super) fn parse(query: &str) -> Result<Query, Error> {
    let mut parsed = Query::default();
    let mut terms = Vec::new();
    let (mut rest, mut count, mut indexed) = (query.trim_start(), 0, 0);
    while !rest.is_empty() {
        count += 1;
        if count > QUERY_WORDS {
            return Err(bad(format!("a search has at most {QUERY_WORDS} words and filters")));
        }
        let Some((filter, needs, text)) = filter(rest) else {
            let (word, is_phrase, after) = value(rest);
            rest = after;
            indexed += words(word).split_whitespace().count();
            if indexed > QUERY_INDEXED {
                return Err(bad(format!(
                    "a search has at most {QUERY_INDEXED} words in all, counting each sign where there are no spaces"
                )));
            }
            terms.extend(term(word, is_phrase));
            continue;
        };
        let (given, is_phrase, after) = value(text);
        let given = given.trim_start_matches(['@', '#']).trim();
        if given.is_empty() || (!is_phrase && self::filter(given).is_some()) {
            return Err(bad(format!("'{filter}:' needs {needs}")));
        }
        rest = after;
        match filter {
            "from" => parsed.from.push(given.to_owned()),
            "in" => parsed.rooms.push(given.to_ascii_lowercase()),
            "before" => parsed.before = Some(day(given)?),
            _ => parsed.after = Some(day(given)?),
        }
    }
    if terms.is_empty() && parsed.from.is_empty() && parsed.rooms.is_empty() {
        return Err(bad(
            "a search needs a word, a \"phrase\", from:NAME or in:ROOM; before:DATE and after:DATE narrow it",
        ));
    }
    parsed.text = terms.join(" AND ");
    Ok(parsed)
}

/// The filter that a text begins with, what it needs, and what comes after it, with or without a space.
fn filter(text: &str) -> Option<(&'static str, &'static str, &str)> {
    FILTERS.into_iter().find_map(|(filter, needs)| {
        let start = text.get(..filter.len())?;
        let rest = text[filter.len()..].strip_prefix([':', '：'])?;
        start.eq_ignore_ascii_case(filter).then_some((filter, needs, rest.trim_start()))
    })
}

/// A word, or what stands between quotes, and what comes after it.
fn value(text: &str) -> (&str, bool, &str) {
    if let Some(quoted) = text.strip_prefix(QUOTES) {
        let (phrase, rest) = quoted.split_once(QUOTES).unwrap_or((quoted, ""));
        return (phrase, true, rest.trim_start());
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, false, rest.trim_start())
}

/// A word or phrase as FTS5 takes it; none when nothing in it is indexed. A word also finds longer ones, but for a single
/// letter. A syllable of Hangul is more than that, and particles are joined to words.
fn term(value: &str, is_phrase: bool) -> Option<String> {
    let words = words(value);
    let last = words.chars().next_back()?;
    let is_long = matches!(last, '가'..='힣') || words.chars().filter(|c| *c != ' ').count() > 1;
    let is_prefix = !is_phrase && is_long && !is_unspaced(last);
    Some(format!("text : \"{words}\"{}", if is_prefix { " *" } else { "" }))
}

fn day(text: &str) -> Result<u64, Error> {
    let date = Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| bad(format!("'{text}' is not a date; write it like 2026-11-24")))?;
    let since = date - OffsetDateTime::UNIX_EPOCH.date();
    Ok((since / Duration::DAY).max(0.0) as u64)
}

fn bad(text: impl Into<String>) -> Error {
    Error::refused("bad_query", text)
}

pub(super) fn users_called(connection: &Connection, name: &str) -> Result<Vec<UserId>, Fault> {
    if name.eq_ignore_ascii_case("guest") {
        return Ok(vec![UserId::GUEST]);
    }
    let name = Name::stored(name);
    let mut users = Vec::new();
    for key in name.keys() {
        let sql = "SELECT user FROM names WHERE key = ?1";
        let user = connection.prepare_cached(sql)?.query_row([key], |row| unsigned(row, 0)).optional()?;
        users.extend(user.map(UserId::new));
    }
    Ok(users)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_words_phrases_and_filters() {
        let query =
            parse("Garden  \"long table\" from:\"Ada L.\" in:#tea before:2026-11-24 after:1970-01-02");
        assert_eq!(
            query.expect("a query"),
            Query {
                text: "text : \"garden\" * AND text : \"long table\"".into(),
                from: vec!["Ada L.".into()],
                rooms: vec!["tea".into()],
                before: Some(20_781),
                after: Some(1),
            }
        );
        let query =
            parse("from: Ada in: #Tea before: 2026-11-24 after：1970-01-02 “long table”").expect("a query");
        assert_eq!(
            query,
            Query {
                text: "text : \"long table\"".into(),
                from: vec!["Ada".into()],
                rooms: vec!["tea".into()],
                before: Some(20_781),
                after: Some(1),
            }
        );
        assert_eq!(parse("\"open").expect("a phrase").text, "text : \"open\"");
        assert_eq!(parse("花园聚会").expect("signs").text, "text : \"花 园 聚 会\"");
        assert_eq!(
            parse("a \" OR b").expect("quotes are no syntax").text,
            "text : \"a\" AND text : \"or b\""
        );
    }

    #[test]
    fn query_that_cannot_be_searched_is_refused_in_words() {
        for (query, words) in [
            ("", "needs a word"),
            ("!?", "needs a word"),
            ("before:2026-01-01", "needs a word"),
            ("tea before:tomorrow", "like 2026-11-24"),
            ("tea after:2026-02-30", "like 2026-11-24"),
            (&"x ".repeat(17), "at most 16"),
            (&format!("\"{}\"", "a ".repeat(33)), "at most 32"),
            (&"花".repeat(33), "at most 32"),
            ("from:", "'from:' needs a name, like from:Ada"),
            ("tea from: ", "'from:' needs a name"),
            ("from:@ tea", "'from:' needs a name"),
            ("from:\"\" tea", "'from:' needs a name"),
            ("from: in:tea x", "'from:' needs a name"),
            ("in:", "'in:' needs a room, like in:lobby"),
            ("apple in: #", "'in:' needs a room"),
            ("tea before:", "'before:' needs a day"),
            ("tea after: before:2026-01-01", "'after:' needs a day"),
        ] {
            let said = parse(query).expect_err(query).to_string();
            assert!(said.contains(words), "{query}: {said}");
        }
    }
}
