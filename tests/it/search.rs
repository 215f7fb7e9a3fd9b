//! What people type in a search, and what they find.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::program::Program;
use crate::voice::Voice;

async fn finds(voice: &mut Voice, query: &str) -> Vec<String> {
    voice.says(json!({"type": "search", "query": query, "limit": 50})).await;
    let found = voice.hears("found").await;
    let text = |entry: &Value| entry["text"].as_str().unwrap().to_owned();
    found["entries"].as_array().unwrap().iter().map(text).collect()
}

/// The page marks in the same cases what is found (tests/page/highlight.test.js).
#[tokio::test]
async fn search_finds_what_was_written_with_other_marks_forms_and_letters() {
    let cases: Value = serde_json::from_str(include_str!("../words.json")).unwrap();
    let cases: Vec<_> = cases["found"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| [0, 1, 2].map(|part| case[part].as_str().unwrap().to_owned()))
        .collect();
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut said = BTreeMap::new();
    for (n, [_, text, _]) in cases.iter().enumerate() {
        if said.insert(text, n).is_none() {
            ada.says(json!({"type": "say", "room": "lobby", "cid": format!("c{n}"), "text": text})).await;
            ada.hears("receipt").await;
        }
    }
    for [query, text, marked] in &cases {
        let found = finds(&mut ada, query).await;
        assert_eq!(found.contains(text), marked != text, "{query:?} in {text:?}: {found:?}");
    }
}

#[tokio::test]
async fn filter_is_taken_as_meant_or_refused_in_words() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["lobby", "tea"]).await;
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    ada.tells("tea", "apple in tea").await;
    ada.tells("lobby", "apple in lobby").await;
    bob.tells("lobby", "apple of Bob").await;
    assert_eq!(finds(&mut ada, "from: Bob").await, ["apple of Bob"]);
    assert_eq!(finds(&mut ada, "in: tea").await, ["apple in tea"]);
    assert_eq!(finds(&mut ada, "apple in: #tea from: @Ada").await, ["apple in tea"]);
    assert_eq!(finds(&mut ada, "apple after: 2020-01-01 from:\"Bob\"").await, ["apple of Bob"]);
    for (query, words) in [
        ("from:", "'from:' needs a name"),
        ("apple in:", "'in:' needs a room"),
        ("apple before:", "'before:' needs a day"),
        ("from:nobody", "nobody is called 'nobody'"),
        ("apple in:garden", "the rooms that are searched are lobby, tea"),
    ] {
        let error = ada.is_refused(json!({"type": "search", "query": query})).await;
        assert_eq!(error["code"], "bad_query", "{query}: {error}");
        assert!(error["text"].as_str().unwrap().contains(words), "{query}: {error}");
    }
}
