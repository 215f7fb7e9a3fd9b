//! Visitors: people who have said nothing yet. They have a name and read markers, and are no row in the store.

use serde_json::{Value, json};

use crate::program::{Folder, Program};
use crate::voice::Voice;

/// Bytes that maintenance may write on its own: a few pages.
const WRITTEN_BYTES: u64 = 64 * 1024;

#[tokio::test]
async fn visitors_who_come_read_and_go_write_nothing() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let seq = ada.tells("lobby", "hi").await;
    let wal = || chat.path().join("chinwag.db-wal").metadata().map_or(0, |file| file.len());
    let before = wal();
    for visitor in 0..300 {
        let hello = json!({"type": "hello", "name": format!("Visitor {visitor}"), "rooms": {"lobby": {}}});
        let (mut voice, hello) = Voice::greets(program.addr, hello).await;
        assert_eq!(hello["user"]["name"], format!("Visitor {visitor}"));
        voice.says(json!({"type": "read", "room": "lobby", "seq": seq})).await;
        voice.has_not_heard().await;
    }
    let written = wal().saturating_sub(before);
    assert!(written < WRITTEN_BYTES, "{written} bytes");
    assert_eq!((chat.rows("users"), chat.rows("names"), chat.rows("reads")), (1, 1, 0));
}

#[tokio::test]
async fn visitors_name_and_read_marker_are_theirs_and_are_kept_once_they_speak() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let seq = ada.tells("lobby", "hi").await;
    ada.tells("lobby", "is anybody here?").await;

    let first = json!({"type": "hello", "name": "Bob", "rooms": {"lobby": {}}});
    let (mut bob, hello) = Voice::greets(program.addr, first).await;
    bob.says(json!({"type": "read", "room": "lobby", "seq": seq})).await;
    bob.has_not_heard().await;
    drop(bob);
    let (_eve, eve) = Voice::greets(program.addr, json!({"type": "hello", "name": "bob"})).await;
    assert_ne!(eve["user"]["name"], "bob", "it looks like a visitor's");
    let again = json!({"type": "hello", "token": hello["token"], "rooms": {"lobby": {}}});
    let (mut bob, hello) = Voice::greets(program.addr, again.clone()).await;
    assert_eq!(hello["user"]["name"], "Bob");
    let joined = bob.hears("joined").await;
    assert_eq!((&joined["read"], &joined["unread"]), (&json!(seq), &json!(1)));

    bob.tells("lobby", "I am").await;
    assert_eq!(chat.rows("users"), 2);
    let is_refused = ada.is_refused(json!({"type": "name", "name": "Bob"})).await;
    assert_eq!(is_refused["code"], "name_taken");
    program.crash();
    let program = Program::start(&["--data", chat.arg()]);
    let (mut bob, hello) = Voice::greets(program.addr, again).await;
    assert_eq!(hello["user"]["name"], "Bob");
    assert_eq!(bob.hears("joined").await["read"], seq);
}

#[tokio::test]
async fn visitors_chosen_name_outlives_the_server_unless_somebody_took_it() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let (_ada, ada) = Voice::greets(program.addr, json!({"type": "hello", "name": "Ada"})).await;
    let (_bob, bob) = Voice::greets(program.addr, json!({"type": "hello", "name": "Bob"})).await;
    program.crash();
    let program = Program::start(&["--data", chat.arg()]);
    let _other = Voice::joins(program.addr, "Bob", "lobby").await;
    let name = async |hello: &Value| {
        let again = json!({"type": "hello", "token": hello["token"], "name": "Somebody"});
        let (_voice, again) = Voice::greets(program.addr, again).await;
        assert_eq!(again["user"]["id"], hello["user"]["id"]);
        again["user"]["name"].clone()
    };
    assert_eq!(name(&ada).await, "Ada");
    assert_ne!(name(&bob).await, "Bob");
}
