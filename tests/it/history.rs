//! What was said is there again: after a restart, for who comes later, for who was away, for who looks for it.

use std::time::Duration;

use chinwag::{Keep, StoreOptions};
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::socket::Socket;
use crate::voice::Voice;

fn texts(entries: &Value) -> Vec<&str> {
    entries.as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap_or("(deleted)")).collect()
}

/// Joins again from a cursor; gives `joined` and what followed up to `caught_up`.
async fn resumes(addr: std::net::SocketAddr, room: &str, epoch: &Value, since: u64) -> (Value, Vec<Value>) {
    let mut voice = Voice::opens(addr, "/ws").await;
    voice.says(json!({"type": "hello", "rooms": {room: {"epoch": epoch, "since": since}}})).await;
    voice.hears("hello").await;
    let joined = voice.hears("joined").await;
    voice.hears("caught_up").await;
    let rest = voice.has_not_heard().await;
    (joined, rest.into_iter().filter(|line| line["type"] != "people").collect())
}

#[tokio::test]
async fn plain_lines_and_names_live_in_the_same_room_and_both_are_kept() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "tea").await;
    let mut plain = Socket::open(program.addr, "/ws/tea").await.joined().await;
    ada.tells("tea", "two\nlines").await;
    plain.hears("Ada: two lines").await;
    plain.says("hello, Ada").await;
    plain.hears("hello, Ada").await;
    ada.hears("message").await;
    let heard = ada.hears("message").await;
    assert_eq!((&heard["from"]["id"], &heard["text"]), (&json!("guest"), &json!("hello, Ada")));
    // Plain lines know no edits, topics and deletions: nothing of them is heard there.
    ada.says(json!({"type": "topic", "room": "tea", "text": "Tea"})).await;
    ada.says(json!({"type": "edit", "room": "tea", "seq": 1, "text": "three"})).await;
    ada.hears("edited").await;
    plain.has_heard_all().await;
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::opens(program.addr, "/ws/tea").await;
    bob.says(json!({"type": "hello", "name": "Bob"})).await;
    let joined = bob.hears("joined").await;
    assert_eq!(
        (&joined["room"], &joined["topic"], &joined["reset"]),
        (&json!("tea"), &json!("Tea"), &json!(true))
    );
    let mut said = Vec::new();
    for _ in 0..3 {
        said.push(bob.hears("message").await["text"].as_str().unwrap().to_owned());
    }
    assert_eq!(said, ["three", "hello, Ada", "is there more?"]);
}

#[tokio::test]
async fn returning_client_gets_exactly_what_it_missed_or_a_reset() {
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |limits| limits.resume_entries = 10);
    let mut ada = Voice::opens(chat.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada", "rooms": {"tea": {}}})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    ada.hears("caught_up").await;
    for i in 1..=11 {
        assert_eq!(ada.tells("tea", &format!("{i}")).await, i);
    }
    let (joined, missed) = resumes(chat.addr, "tea", &epoch, 1).await;
    assert_eq!(joined["reset"], false);
    assert_eq!(texts(&json!(missed)), ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
    assert!(missed.iter().all(|entry| entry.get("changed").is_none()), "they are the entries themselves");
    let (joined, missed) = resumes(chat.addr, "tea", &epoch, 11).await;
    assert_eq!((&joined["reset"], missed.len()), (&json!(false), 0));
    // One more than that: never a part of it.
    let (joined, latest) = resumes(chat.addr, "tea", &epoch, 0).await;
    assert_eq!((&joined["reset"], latest.len()), (&json!(true), 11));
    for (epoch, since) in [(&json!("another"), 11), (&epoch, 12), (&epoch, u64::MAX >> 1)] {
        let (joined, latest) = resumes(chat.addr, "tea", epoch, since).await;
        assert_eq!((&joined["reset"], latest.len()), (&json!(true), 11), "{epoch} {since}");
    }
    // A room where nothing was said, known from a number that another room gave.
    let (joined, missed) = resumes(chat.addr, "coffee", &epoch, 11).await;
    assert_eq!((&joined["reset"], missed.len()), (&json!(false), 0));
}

#[tokio::test]
async fn edits_and_deletions_of_the_meantime_are_in_the_replay() {
    let program = Program::start(&[]);
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    ada.hears("caught_up").await;
    let kept = ada.tells("lobby", "kept").await;
    let secret = ada.tells("lobby", "secret").await;
    ada.says(json!({"type": "edit", "room": "lobby", "seq": secret, "text": "secret too"})).await;
    ada.says(json!({"type": "edit", "room": "lobby", "seq": kept, "text": "better"})).await;
    ada.says(json!({"type": "delete", "room": "lobby", "seq": secret})).await;
    ada.hears("deleted").await;
    for since in [0, 1, 2] {
        let (joined, missed) = resumes(program.addr, "lobby", &epoch, since).await;
        assert_eq!(joined["reset"], false);
        let all = json!(missed).to_string();
        assert!(!all.contains("\"text\":\"secret"), "{all}");
        assert!(missed.iter().any(|entry| entry["type"] == "edited" && entry["text"] == "better"));
        assert!(missed.iter().any(|entry| entry["type"] == "deleted" && entry["target"] == secret));
    }
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    bob.says(json!({"type": "history", "room": "lobby"})).await;
    let page = bob.hears("page").await;
    assert_eq!(texts(&page["entries"]), ["better", "(deleted)"]);
    let mut found = Vec::new();
    for query in ["secret", "kept", "better"] {
        bob.says(json!({"type": "search", "query": query})).await;
        found.push(bob.hears("found").await["entries"].as_array().unwrap().len());
    }
    assert_eq!(found, [0, 0, 1]);
    for (command, code) in [
        (json!({"type": "edit", "room": "lobby", "seq": kept, "text": "mine"}), "not_yours"),
        (json!({"type": "delete", "room": "lobby", "seq": kept}), "not_yours"),
        (json!({"type": "react", "room": "lobby", "seq": secret, "emoji": "👍", "on": true}), "gone"),
        (json!({"type": "react", "room": "lobby", "seq": 77, "emoji": "👍", "on": true}), "no_such_message"),
        (
            json!({"type": "say", "room": "lobby", "cid": "r", "text": "to what?", "reply_to": 77}),
            "no_such_message",
        ),
    ] {
        assert_eq!(bob.is_refused(command.clone()).await["code"], code, "{command}");
    }
}

#[tokio::test]
async fn a_change_with_a_cid_is_answered_once_and_only_to_who_made_it() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    let seq = ada.tells("lobby", "tea?").await;
    let react = json!({"type": "react", "room": "lobby", "seq": seq, "emoji": "👍", "on": true, "cid": "c"});
    for (kind, command, is_new) in [
        ("edited", json!({"type": "edit", "room": "lobby", "seq": seq, "text": "coffee?", "cid": "c"}), true),
        ("reacted", react.clone(), true),
        ("reacted", react, false),
        ("topic", json!({"type": "topic", "room": "lobby", "text": "Tea", "cid": "c"}), true),
        ("topic", json!({"type": "topic", "room": "lobby", "text": "Tea", "cid": "c"}), false),
        ("deleted", json!({"type": "delete", "room": "lobby", "seq": seq, "cid": "c"}), true),
    ] {
        ada.says(command.clone()).await;
        let receipt = ada.hears("receipt").await;
        assert_eq!((&receipt["room"], &receipt["cid"]), (&json!("lobby"), &json!("c")), "{command}");
        if is_new {
            for voice in [&mut ada, &mut bob] {
                let entry = voice.hears(kind).await;
                assert_eq!((&entry["seq"], entry.get("cid")), (&receipt["seq"], None), "{command}");
            }
        }
    }
    let gone = json!({"type": "edit", "room": "lobby", "seq": seq, "text": "x", "cid": "g"});
    let error = ada.is_refused(gone).await;
    assert_eq!(
        (&error["code"], &error["command"], &error["cid"]),
        (&json!("gone"), &json!("edit"), &json!("g"))
    );
    let elsewhere = json!({"type": "topic", "room": "tea", "text": "x", "cid": "e"});
    let error = ada.is_refused(elsewhere).await;
    assert_eq!((&error["code"], &error["cid"]), (&json!("not_joined"), &json!("e")));
    ada.says(json!({"type": "topic", "room": "lobby", "text": "without one"})).await;
    ada.hears("topic").await;
    for mut voice in [ada, bob] {
        let rest = voice.has_not_heard().await;
        let answers = rest
            .iter()
            .filter(|line| ["receipt", "error", "reacted"].map(Into::into).contains(&line["type"]));
        assert_eq!(answers.count(), 0, "{rest:?}");
    }
}

#[tokio::test]
async fn history_goes_back_page_by_page_and_opens_around_a_message() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for i in 1..=23 {
        ada.tells("lobby", &format!("{i}")).await;
    }
    let mut ask = async |at: &str, seq: u64, limit: u64| {
        ada.says(json!({"type": "history", "room": "lobby", at: seq, "limit": limit})).await;
        ada.hears("page").await
    };
    let page = ask("before", 4, 10).await;
    assert_eq!((texts(&page["entries"]), &page["more"]), (vec!["1", "2", "3"], &json!(false)));
    let page = ask("before", 21, 3).await;
    assert_eq!((texts(&page["entries"]), &page["more"]), (vec!["18", "19", "20"], &json!(true)));
    let page = ask("after", 20, 3).await;
    assert_eq!((texts(&page["entries"]), &page["more"]), (vec!["21", "22", "23"], &json!(false)));
    let page = ask("around", 10, 5).await;
    assert_eq!(texts(&page["entries"]), ["8", "9", "10", "11", "12"]);
    assert_eq!((&page["more"], &page["newer"]), (&json!(true), &json!(true)));
    let page = ask("around", 23, 4).await;
    assert_eq!((texts(&page["entries"]), &page["newer"]), (vec!["22", "23"], &json!(false)));
}

#[tokio::test]
async fn search_finds_words_phrases_people_rooms_and_days_in_any_script() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins_all(program.addr, "Ada L.", &["garden", "tea"]).await;
    let mut bob = Voice::joins(program.addr, "Bob", "garden").await;
    for (room, text) in [
        ("garden", "The long table stands in the barn"),
        ("garden", "A table, and a long bench"),
        ("garden", "Café au lait"),
        ("garden", "我们在花园里聚会"),
        ("garden", "東京で会いましょう 🎉"),
        ("tea", "gardening is not for me"),
        ("tea", "'; DROP TABLE entries; -- \\\" OR *"),
    ] {
        ada.tells(room, text).await;
    }
    bob.tells("garden", "table for two").await;
    let mut finds = async |query: &str| {
        ada.says(json!({"type": "search", "query": query})).await;
        let found = ada.hears("found").await;
        texts(&found["entries"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(finds("table long").await, ["A table, and a long bench", "The long table stands in the barn"]);
    assert_eq!(finds("\"long table\"").await, ["The long table stands in the barn"]);
    assert_eq!(finds("cafe").await, ["Café au lait"]);
    assert_eq!(finds("花园").await, ["我们在花园里聚会"]);
    assert_eq!(finds("園").await, Vec::<String>::new());
    assert_eq!(finds("東京").await, ["東京で会いましょう 🎉"]);
    assert_eq!(finds("🎉").await, ["東京で会いましょう 🎉"]);
    assert_eq!(finds("garden").await, ["gardening is not for me"]);
    assert_eq!(finds("table from:bob").await, ["table for two"]);
    assert_eq!(finds("from:\"ada l.\" in:tea gard").await, ["gardening is not for me"]);
    assert_eq!(finds("drop table").await.len(), 1);
    assert_eq!(finds("table after:2020-01-01 before:2100-01-01").await.len(), 4);
    assert_eq!(finds("table before:2020-01-01").await.len(), 0);
    assert_eq!(finds("table after:2100-01-01").await.len(), 0);
    // Nobody looks into a room that they are not in.
    bob.says(json!({"type": "search", "query": "gardening"})).await;
    assert_eq!(bob.hears("found").await["entries"], json!([]));
    assert_eq!(
        bob.is_refused(json!({"type": "search", "room": "tea", "query": "x"})).await["code"],
        "not_joined"
    );
    assert_eq!(bob.is_refused(json!({"type": "history", "room": "tea"})).await["code"], "not_joined");
    assert_eq!(
        bob.is_refused(json!({"type": "search", "query": "before:soon x"})).await["code"],
        "bad_query"
    );
}

#[tokio::test]
async fn retention_by_count_and_age_resets_a_client_that_is_behind_it() {
    let folder = Folder::new();
    let mut options = StoreOptions::default();
    let mut keep = Keep::default();
    keep.messages = Some(5);
    options.keep = keep;
    let chat = Chat::kept(&folder, &options, |_| {});
    let mut ada = Voice::opens(chat.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    ada.hears("caught_up").await;
    for i in 1..=300 {
        ada.tells("lobby", &format!("word{i}")).await;
    }
    let page = loop {
        ada.says(json!({"type": "history", "room": "lobby"})).await;
        let page = ada.hears("page").await;
        if texts(&page["entries"]).len() == 5 {
            break page;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert_eq!(texts(&page["entries"]), ["word296", "word297", "word298", "word299", "word300"]);
    ada.says(json!({"type": "search", "query": "word7"})).await;
    assert_eq!(ada.hears("found").await["entries"], json!([]));
    let (joined, latest) = resumes(chat.addr, "lobby", &epoch, 290).await;
    assert_eq!((&joined["reset"], &joined["oldest"], latest.len()), (&json!(true), &json!(296), 5));
    let (joined, missed) = resumes(chat.addr, "lobby", &epoch, 295).await;
    assert_eq!((&joined["reset"], missed.len()), (&json!(false), 5));
}

#[tokio::test]
async fn a_server_that_keeps_nothing_says_so_and_still_says_nothing_twice() {
    let program = Program::start(&["--ephemeral"]);
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    let hello = ada.hears("hello").await;
    assert_eq!(hello["limits"]["history"], false);
    let epoch = ada.hears("joined").await["epoch"].clone();
    ada.hears("caught_up").await;
    let seq = ada.tells("lobby", "once").await;
    assert_eq!(ada.tells("lobby", "once").await, seq);
    ada.hears("message").await;
    assert!(ada.has_not_heard().await.iter().all(|line| line["type"] != "message"));
    for command in [
        json!({"type": "edit", "room": "lobby", "seq": seq, "text": "x"}),
        json!({"type": "delete", "room": "lobby", "seq": seq}),
        json!({"type": "search", "query": "once"}),
    ] {
        assert_eq!(ada.is_refused(command.clone()).await["code"], "no_history", "{command}");
    }
    let reaction =
        json!({"type": "react", "room": "lobby", "seq": seq, "emoji": "👍", "on": true, "cid": "r"});
    assert_eq!(ada.is_refused(reaction).await["cid"], "r");
    let (joined, missed) = resumes(program.addr, "lobby", &epoch, seq).await;
    assert_eq!((&joined["reset"], missed.len()), (&json!(false), 0));
    for _ in 0..2 {
        ada.says(json!({"type": "topic", "room": "lobby", "text": "Tea", "cid": "t"})).await;
        assert_eq!(ada.hears("receipt").await["cid"], "t");
    }
    let (joined, _) = resumes(program.addr, "lobby", &epoch, 0).await;
    assert_eq!(joined["reset"], true, "what was missed is gone, and that is said");
}

#[tokio::test]
async fn too_fast_is_refused_with_the_time_to_wait_and_the_connection_goes_on() {
    let program = Program::start(&["--message-rate", "5/2"]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for i in 0..8 {
        let cid = format!("m{i}");
        ada.says(json!({"type": "say", "room": "lobby", "cid": cid, "text": "hi"})).await;
    }
    let error = ada.hears("error").await;
    assert_eq!(error["code"], "slow_down");
    assert!(
        ["m3", "m4"].map(|cid| json!(cid)).contains(&error["cid"]),
        "its hello was one of the five: {error}"
    );
    let wait = error["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 0.6, "{error}");
    ada.has_not_heard().await;
    tokio::time::sleep(Duration::from_secs_f64(wait + 0.05)).await;
    ada.tells("lobby", "d").await;
}

#[tokio::test]
async fn many_commands_in_one_message_are_all_answered_in_their_order() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let lines: Vec<String> = (0..256)
        .map(|i| match i % 2 {
            0 => format!(r#"{{"type":"say","room":"lobby","cid":"m{i}","text":"{i}"}}"#),
            _ => r#"{"type":"history","room":"lobby","limit":1}"#.to_owned(),
        })
        .collect();
    for lines in lines.chunks(64) {
        ada.says_line(&lines.join("\n")).await;
    }
    let mut last = 0;
    for i in (0..256).step_by(2) {
        let receipt = ada.hears("receipt").await;
        let seq = receipt["seq"].as_u64().unwrap();
        assert!(receipt["cid"] == format!("m{i}") && seq > last, "{receipt} after {last}");
        last = seq;
        ada.hears("page").await;
    }
    // Nonsense costs an answer a line, and no more than is read of them.
    for _ in 0..400 {
        ada.says_line(&"{}\n".repeat(64)).await;
    }
    for _ in 0..400 * 64 {
        assert_eq!(ada.hears("error").await["code"], "bad_value");
    }
    ada.tells("lobby", "still here").await;
}

/// What is kept of a room, oldest first; by pages.
async fn kept(ada: &mut Voice) -> Vec<u64> {
    let (mut seqs, mut before) = (Vec::new(), u64::MAX >> 11);
    loop {
        ada.says(json!({"type": "history", "room": "lobby", "before": before})).await;
        let page = ada.hears("page").await;
        let mut older: Vec<u64> =
            page["entries"].as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
        before = older.first().copied().unwrap_or_default();
        older.append(&mut seqs);
        seqs = older;
        if page["more"] == false {
            return seqs;
        }
    }
}

async fn chat_that_keeps(change: impl FnOnce(&mut Keep)) -> (Folder, Chat, Voice) {
    let folder = Folder::new();
    let (mut options, mut keep) = (StoreOptions::default(), Keep::default());
    change(&mut keep);
    options.keep = keep;
    let chat = Chat::kept(&folder, &options, |_| {});
    let ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    (folder, chat, ada)
}

#[tokio::test]
async fn entries_past_their_age_go_and_the_rest_stays() {
    // Longer than the time between two looks, so that one finds the old ones old and the new one new.
    let age = Duration::from_secs(12);
    let (_folder, _chat, mut ada) = chat_that_keeps(|keep| keep.age = Some(age)).await;
    for i in 0..250 {
        ada.tells("lobby", &format!("old {i}")).await;
    }
    assert_eq!(kept(&mut ada).await.len(), 250);
    tokio::time::sleep(age).await;
    let new = ada.tells("lobby", "new").await;
    let began = std::time::Instant::now();
    while kept(&mut ada).await.first() != Some(&new) {
        assert!(began.elapsed() < Duration::from_secs(25), "{:?}", kept(&mut ada).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(kept(&mut ada).await, [new]);
}

#[tokio::test]
async fn of_more_bytes_than_are_kept_the_oldest_go_and_not_more_than_has_to() {
    const BYTES: u64 = 2_000_000;
    let (folder, _chat, mut ada) = chat_that_keeps(|keep| keep.bytes = Some(BYTES)).await;
    let words = |i: usize| (0..150).map(|n| format!("w{} ", (i * 7 + n * 13) % 997)).collect::<String>();
    for i in 0..4_000 {
        ada.tells("lobby", &format!("{i} {}", words(i))).await;
    }
    let size = || std::fs::metadata(folder.path().join("chinwag.db")).unwrap().len();
    let began = std::time::Instant::now();
    while kept(&mut ada).await.len() >= 2_800 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(
            began.elapsed() < Duration::from_secs(40),
            "they are still there, in a file of {} bytes",
            size()
        );
    }
    // What a look takes, it takes within this.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let seqs = kept(&mut ada).await;
    assert_eq!(*seqs.last().unwrap(), 4_000, "the newest stay");
    assert_eq!(seqs.len() as u64, 4_000 - seqs[0] + 1, "without a hole");
    // Some 650 bytes of text each, and as much again for its index: it is not to forget everything for that.
    assert!((800..2_800).contains(&seqs.len()), "{} are left, in a file of {} bytes", seqs.len(), size());
}

#[tokio::test]
async fn acknowledged_message_is_found_at_once_however_many_came_with_it() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for round in 0..3 {
        let say =
            |i| format!(r#"{{"type":"say","room":"lobby","cid":"r{round}m{i}","text":"word r{round}m{i}"}}"#);
        for i in (0..300).step_by(50) {
            ada.says_line(&(i..i + 50).map(say).collect::<Vec<_>>().join("\n")).await;
        }
        for _ in 0..300 {
            ada.hears("receipt").await;
        }
        ada.says(json!({"type": "search", "query": format!("r{round}m299")})).await;
        assert_eq!(ada.hears("found").await["entries"].as_array().unwrap().len(), 1, "round {round}");
    }
}
