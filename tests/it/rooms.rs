//! Rooms that stand in the directory, and those that do not: who sets that, and what others find.

use chinwag::Rate;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::tools::{chat, good, line, refused};
use crate::voice::Voice;

async fn directory(voice: &mut Voice, asked: Value) -> Value {
    let mut command = json!({"type": "directory"});
    asked.as_object().unwrap().iter().for_each(|(key, value)| command[key] = value.clone());
    voice.says(command).await;
    voice.hears("directory").await
}

fn names(directory: &Value) -> Vec<&str> {
    directory["rooms"].as_array().unwrap().iter().map(|room| room["room"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn room_is_found_by_strangers_when_its_maker_lists_it_and_no_longer_when_they_take_it_off() {
    let folder = Folder::new();
    let arguments = ["--data", folder.arg()];
    let program = Program::start(&arguments);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["tea", "secret"]).await;
    let mut bob = Voice::joins_all(program.addr, "Bob", &["tea", "cake"]).await;
    let mut eve = Voice::joins(program.addr, "Eve", "lobby").await;
    ada.tells("secret", "hush").await;
    assert_eq!(directory(&mut eve, json!({})).await, json!({"type": "directory", "rooms": []}));

    ada.says(json!({"type": "room", "room": "tea", "title": " お茶の間 ", "listed": true})).await;
    for voice in [&mut ada, &mut bob] {
        let heard = voice.hears("room").await;
        assert_eq!(
            (&heard["title"], &heard["listed"], &heard["by"]["name"]),
            (&json!("お茶の間"), &json!(true), &json!("Ada"))
        );
    }
    ada.says(json!({"type": "room", "room": "secret", "title": "Ours", "listed": false, "cid": "s"})).await;
    bob.says(json!({"type": "room", "room": "cake", "title": "", "listed": true, "cid": "c"})).await;
    ada.hears("receipt").await;
    bob.hears("receipt").await;
    bob.says(json!({"type": "topic", "room": "tea", "text": "Leaves"})).await;
    bob.hears("topic").await;
    bob.tells("tea", "Tea?").await;
    let at = loop {
        let message = bob.hears("message").await;
        if message["room"] == "tea" {
            break message["at"].clone();
        }
    };
    let found = directory(&mut eve, json!({})).await;
    assert_eq!(
        found["rooms"],
        json!([
            {"room": "cake", "title": "", "topic": "", "people": 1, "last": null},
            {"room": "tea", "title": "お茶の間", "topic": "Leaves", "people": 2, "last": at},
        ])
    );
    // Bob is in the room, and may set its topic, but has not made it.
    let error = bob
        .is_refused(json!({"type": "room", "room": "tea", "title": "Coffee", "listed": false, "cid": "x"}))
        .await;
    assert_eq!((&error["code"], &error["cid"]), (&json!("not_yours"), &json!("x")));
    let error = eve.is_refused(json!({"type": "room", "room": "tea", "title": "", "listed": false})).await;
    assert_eq!(error["code"], "not_joined");
    drop(bob);
    for (listed, found) in [(false, &["cake"][..]), (true, &["cake", "tea"])] {
        ada.says(json!({"type": "room", "room": "tea", "title": "お茶の間", "listed": listed, "cid": "l"}))
            .await;
        ada.hears("receipt").await;
        assert_eq!(names(&directory(&mut eve, json!({})).await), found);
    }

    // After a crash all is as it was, but that nobody is there.
    program.crash();
    let program = Program::start(&arguments);
    let mut bob = Voice::joins(program.addr, "Bob", "cake").await;
    let pages =
        [directory(&mut bob, json!({"limit": 1})).await, directory(&mut bob, json!({"after": "cake"})).await];
    assert_eq!(
        pages,
        [
            json!({"type": "directory", "rooms": [{"room": "cake", "title": "", "topic": "", "people": 1, "last": null}],
                "next": "cake"}),
            json!({"type": "directory", "after": "cake",
                "rooms": [{"room": "tea", "title": "お茶の間", "topic": "Leaves", "people": 0, "last": at}]}),
        ]
    );
    for (query, found) in [("茶の", &["tea"][..]), ("LEAVES", &["tea"]), ("ours", &[]), ("secret", &[])] {
        assert_eq!(names(&directory(&mut bob, json!({"query": query})).await), found, "{query}");
    }
    let check = good(&["check", "--data", folder.arg()]);
    assert!(check.contains("no faults"), "{check}");
}

#[tokio::test]
async fn page_knows_from_joining_whether_the_room_is_its_readers_to_set() {
    let chat = Chat::open();
    let (mut ada, hello) =
        Voice::greets(chat.addr, json!({"type": "hello", "name": "Ada", "rooms": {"tea": {}}})).await;
    let joined = ada.hears("joined").await;
    assert!(["title", "listed", "maker"].iter().all(|key| joined.get(key).is_none()), "{joined}");
    ada.says(json!({"type": "room", "room": "tea", "title": "Tea", "listed": true})).await;
    assert_eq!(ada.hears("room").await["by"]["id"], hello["user"]["id"]);
    let mut bob = Voice::opens(chat.addr, "/ws/tea").await;
    bob.says(json!({"type": "hello", "name": "Bob"})).await;
    let joined = bob.hears("joined").await;
    assert_eq!(
        (&joined["title"], &joined["listed"], &joined["maker"]),
        (&json!("Tea"), &json!(true), &hello["user"]["id"])
    );
}

#[tokio::test]
async fn directory_is_paid_for_and_hello_comes_first() {
    let chat = Chat::with(|limits| limits.rate = Some(Rate::new(3, 0.001)));
    let mut ada = Voice::opens(chat.addr, "/ws").await;
    assert_eq!(ada.is_refused(json!({"type": "directory"})).await["code"], "hello_first");
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    ada.hears("caught_up").await;
    ada.says(json!({"type": "directory"})).await;
    assert_eq!(ada.hears("directory").await["rooms"], json!([]));
    assert_eq!(ada.is_refused(json!({"type": "directory"})).await["code"], "slow_down");
}

#[test]
fn room_that_is_set_comes_through_export_and_import_and_check_finds_what_is_not_as_it_was_set() {
    let room = |at: u64, title: &str, listed: bool| {
        let by = json!({"name": "Ada"});
        let line =
            json!({"type": "room", "room": "lobby", "by": by, "at": at, "title": title, "listed": listed});
        format!("{line}\n")
    };
    let lines = [
        line(1, "Ada", "greetings"),
        room(1_700_000_100_000, "First", true),
        room(1_700_000_101_000, "", false),
        room(1_700_000_102_000, "Garden party", true),
    ]
    .concat();
    let text = good(&["export", "--data", chat(&lines).arg(), "--format", "text"]);
    for words in [
        "* Ada put the room in the directory as First\n",
        "* Ada left the room to those who have its link\n",
        "* Ada put the room in the directory as Garden party\n",
    ] {
        assert!(text.contains(words), "{text}");
    }
    for (sql, words) in [
        ("UPDATE rooms SET listed = 0", ["a place in the directory, that is not", "lobby"]),
        ("UPDATE rooms SET title = 'First'", ["a title, or a place", "lobby"]),
        ("UPDATE rooms SET maker = 4711", ["a room whose maker is not there", "lobby"]),
    ] {
        let chat = chat(&lines);
        good(&["check", "--data", chat.arg()]);
        Connection::open(chat.path().join("chinwag.db")).unwrap().execute_batch(sql).unwrap();
        refused(&["check", "--data", chat.arg()], &["1 kind of fault", words[0], words[1]]);
    }
}
