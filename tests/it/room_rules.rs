//! The rules of rooms, as those in them meet them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::program::{Folder, Program, run};
use crate::socket::{Heard, Socket};
use crate::voice::Voice;

async fn comes(program: &Program, fields: Value) -> Voice {
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let mut voice = Voice::opens(program.addr, "/ws").await;
    voice.says(hello).await;
    voice.hears("joined").await;
    voice.hears("caught_up").await;
    voice
}

async fn owner(program: &Program) -> Voice {
    comes(program, json!({"name": "Ada", "invitation": program.owner_code()})).await
}

fn say(text: &str, cid: &str) -> Value {
    json!({"type": "say", "room": "lobby", "cid": cid, "text": text})
}

fn operator(folder: &Folder, args: &[&str]) -> String {
    let output = run(&[&["--data", folder.arg(), "room"][..], args].concat());
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn room_of_announcements_is_read_by_all_and_written_in_by_moderators() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = owner(&program).await;
    let mut bob = comes(&program, json!({"name": "Bob"})).await;
    let mut plain = Socket::open(program.addr, "/ws").await;
    let bobs = bob.tells("lobby", "before").await;
    assert_eq!(plain.next().await, Heard::Text("Bob: before".into()));
    let refused = bob.is_refused(json!({"type": "room_rules", "room": "lobby", "archived": true})).await;
    assert_eq!(refused["code"], "not_allowed");

    ada.says(json!({"type": "room_rules", "room": "lobby", "writers": "moderators"})).await;
    let told = bob.hears("room_rules").await;
    assert_eq!(
        (&told["writers"], &told["slow"], &told["archived"]),
        (&json!("moderators"), &json!(0), &json!(false))
    );
    assert_eq!(told["by"]["name"], "Ada");
    assert!(told["seq"].as_u64().unwrap() > bobs, "it is an entry: who was away is told as well: {told}");
    for command in [
        say("hi", "1"),
        json!({"type": "edit", "room": "lobby", "seq": bobs, "text": "hi"}),
        json!({"type": "topic", "room": "lobby", "text": "hi"}),
    ] {
        assert_eq!(bob.is_refused(command.clone()).await["code"], "writers_only", "{command}");
    }
    let news = ada.tells("lobby", "news").await;
    assert_eq!(plain.next().await, Heard::Text("Ada: news".into()), "all read");
    plain.says("hi").await;
    plain.is_closed_with(4003).await;
    bob.says(json!({"type": "react", "room": "lobby", "seq": news, "emoji": "👍", "on": true, "cid": "2"}))
        .await;
    bob.hears("receipt").await;
    bob.says(json!({"type": "delete", "room": "lobby", "seq": bobs, "cid": "3"})).await;
    bob.hears("receipt").await;
    bob.says(json!({"type": "join", "room": "tea"})).await;
    assert_eq!(bob.hears("joined").await.get("rules"), None);
    bob.tells("tea", "elsewhere").await;

    // Also after a crash.
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let mut eve = Voice::opens(program.addr, "/ws").await;
    eve.says(json!({"type": "hello", "name": "Eve", "rooms": {"lobby": {}}})).await;
    assert_eq!(eve.hears("joined").await["rules"], json!({"writers": "moderators"}));
    assert_eq!(eve.is_refused(say("hi", "1")).await["code"], "writers_only");
    assert_eq!(operator(&folder, &["lobby"]), "lobby: written by moderators, no slow mode\n");
    let said = operator(&folder, &["lobby", "--writers", "everyone", "--slow", "5m"]);
    assert_eq!(said, "lobby: written by everyone, one message in 300 s\n");
    let told = eve.hears("room_rules").await;
    assert_eq!((&told["writers"], &told["slow"]), (&json!("everyone"), &json!(300)));
    let answer: Value =
        serde_json::from_str(&operator(&folder, &["lobby", "--slow", "off", "--json"])).unwrap();
    assert_eq!((&answer["slow"], &answer["writers"]), (&json!(0), &json!("everyone")), "the others stay");
    eve.tells("lobby", "hi").await;
    for (args, words) in [
        (["lobby", "--writers=all"], "everyone, members, moderators"),
        (["lobby", "--slow=7h"], "0 to 21600"),
    ] {
        assert!(operator(&folder, &args).contains(words), "{args:?}");
    }
}

#[tokio::test]
async fn slow_mode_says_when_the_next_message_is_allowed_and_takes_none_twice() {
    let program = Program::start(&[]);
    let mut ada = owner(&program).await;
    let mut bob = comes(&program, json!({"name": "Bob"})).await;
    ada.says(json!({"type": "room_rules", "room": "lobby", "slow": 2})).await;
    bob.hears("room_rules").await;
    let begun = Instant::now();
    let first = bob.tells("lobby", "one").await;
    let refused = bob.is_refused(say("two", "c-2")).await;
    assert_eq!(refused["code"], "slow_mode");
    let wait = refused["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 2.0, "{refused}");
    ada.tells("lobby", "moderators").await;
    ada.tells("lobby", "are not slowed").await;
    // As a page does that was told to wait.
    sleep(Duration::from_secs_f64(wait) + Duration::from_millis(50)).await;
    bob.says(say("two", "c-2")).await;
    let second = bob.hears("receipt").await["seq"].as_u64().unwrap();
    assert!(second > first && begun.elapsed() >= Duration::from_secs(2));
    bob.says(say("two", "c-2")).await;
    assert_eq!(bob.hears("receipt").await["seq"], second, "it was said: the same receipt, and no wait");
}

#[tokio::test]
async fn archived_room_is_read_and_found_and_written_in_by_nobody() {
    let program = Program::start(&[]);
    let mut ada = owner(&program).await;
    let mut bob = comes(&program, json!({"name": "Bob"})).await;
    bob.says(json!({"type": "join", "room": "project"})).await;
    bob.hears("joined").await;
    bob.hears("caught_up").await;
    bob.says(json!({"type": "room", "room": "project", "title": "Project", "listed": true})).await;
    let seq = bob.tells("project", "where is the kettle").await;
    ada.says(json!({"type": "room_rules", "room": "project", "archived": true})).await;
    assert_eq!(ada.hears("room_rules").await["archived"], true, "whoever is not in it is answered");
    assert_eq!(bob.hears("room_rules").await["archived"], true);
    for command in [
        json!({"type": "say", "room": "project", "cid": "1", "text": "hi"}),
        json!({"type": "react", "room": "project", "seq": seq, "emoji": "👍", "on": true}),
    ] {
        assert_eq!(bob.is_refused(command.clone()).await["code"], "archived", "{command}");
    }
    ada.says(json!({"type": "directory"})).await;
    assert_eq!(ada.hears("directory").await["rooms"][0]["archived"], true);
    ada.says(json!({"type": "search", "query": "kettle"})).await;
    assert_eq!(ada.hears("found").await["entries"], json!([]), "she is not in it");
    ada.says(json!({"type": "join", "room": "project"})).await;
    assert_eq!(ada.hears("joined").await["rules"], json!({"archived": true}));
    ada.says(json!({"type": "search", "query": "kettle"})).await;
    assert_eq!(ada.hears("found").await["entries"][0]["seq"], seq);
    ada.says(json!({"type": "room_rules", "room": "project", "archived": false})).await;
    bob.hears("room_rules").await;
    bob.tells("project", "again").await;
}

#[tokio::test]
async fn deleted_room_is_gone_with_its_words_and_its_name_is_free() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = owner(&program).await;
    let mut bob = comes(&program, json!({"name": "Bob"})).await;
    bob.says(json!({"type": "join", "room": "mistake"})).await;
    bob.hears("joined").await;
    bob.hears("caught_up").await;
    bob.says(json!({"type": "topic", "room": "mistake", "text": "Rhubarbtopic"})).await;
    let first = bob.tells("mistake", "Rhubarbsecret").await;
    for n in 0..300 {
        bob.tells("mistake", &format!("Rhubarb {n}")).await;
    }
    bob.has_not_heard().await;
    ada.says(json!({"type": "room_rules", "room": "mistake", "deleted": true})).await;
    assert_eq!(ada.hears("room_rules").await["deleted"], true);
    assert_eq!(bob.hears("room_rules").await["deleted"], true, "whoever is in it is told");
    assert_eq!(
        bob.is_refused(json!({"type": "say", "room": "mistake", "cid": "x", "text": "hi"})).await["code"],
        "room_deleted"
    );
    let refused = ada.is_refused(json!({"type": "room_rules", "room": "lobby", "deleted": true})).await;
    assert_eq!(refused["code"], "bad_room");
    let refused = ada.is_refused(json!({"type": "room_rules", "room": "tea", "deleted": false})).await;
    assert_eq!(refused["code"], "bad_value");

    // Within a minute nothing of it is in the file, and its name begins anew: who knew the room sees that.
    let began = Instant::now();
    let joined = loop {
        assert!(began.elapsed() < Duration::from_secs(60), "it is there yet");
        ada.says(json!({"type": "join", "room": "mistake", "since": first, "epoch": "e"})).await;
        let answer = ada.hears_one_of(&["joined", "error"]).await;
        if answer["type"] == "joined" {
            break answer;
        }
        assert_eq!(answer["code"], "room_deleted");
        sleep(Duration::from_millis(500)).await;
    };
    assert_eq!(
        (&joined["topic"], &joined["unread"], &joined["reset"]),
        (&json!(""), &json!(0), &json!(true))
    );
    bob.says(json!({"type": "search", "query": "rhubarb"})).await;
    assert_eq!(bob.hears("found").await["entries"], json!([]));
    let export = run(&["--data", folder.arg(), "export"]);
    assert!(!String::from_utf8(export.stdout).unwrap().contains("Rhubarb"));
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    assert_eq!(operator(&folder, &["other", "--delete"]), "other: deleted\n");
    drop(program);
}
