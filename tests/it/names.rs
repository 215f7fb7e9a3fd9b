//! Who is who: names, and whose they are.

use std::time::Duration;

use chinwag::StoreOptions;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::voice::Voice;

fn name(hello: &Value) -> &str {
    hello["user"]["name"].as_str().unwrap()
}

#[tokio::test]
async fn without_a_name_one_is_a_guest_whose_name_reads_well_and_is_nobody_elses() {
    let program = Program::start(&[]);
    let (_ada, one) = Voice::greets(program.addr, json!({"type": "hello"})).await;
    let (_bob, two) = Voice::greets(program.addr, json!({"type": "hello"})).await;
    for hello in [&one, &two] {
        let words: Vec<&str> = name(hello).split(' ').collect();
        assert!(words.len() >= 2 && words.iter().all(|word| word.len() >= 2), "{words:?}");
    }
    assert_ne!(name(&one), name(&two));
    assert_ne!(one["user"]["id"], two["user"]["id"]);
}

#[tokio::test]
async fn a_name_is_its_users_after_a_reconnect_and_after_a_restart() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (ada, first) = Voice::greets(program.addr, json!({"type": "hello", "name": "Ada"})).await;
    assert_eq!(name(&first), "Ada");
    drop(ada);
    let again = json!({"type": "hello", "token": first["token"], "name": "Somebody"});
    let (_ada, second) = Voice::greets(program.addr, again.clone()).await;
    assert_eq!(second["user"], first["user"]);
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let (_ada, third) = Voice::greets(program.addr, again).await;
    assert_eq!(third["user"], first["user"]);
    // Somebody else does not get it, nor one that looks like it.
    for like in ["Ada", "ada", "\u{410}d\u{430}"] {
        let (_eve, other) = Voice::greets(program.addr, json!({"type": "hello", "name": like})).await;
        assert_ne!(name(&other), like);
        assert_ne!(other["user"]["id"], first["user"]["id"]);
    }
}

#[tokio::test]
async fn a_forged_token_is_nobodys() {
    let program = Program::start(&[]);
    let (_ada, ada) = Voice::greets(program.addr, json!({"type": "hello", "name": "Ada"})).await;
    let token = ada["token"].as_str().unwrap();
    let forged = token.replacen(&token[12..14], if &token[12..14] == "AA" { "BB" } else { "AA" }, 1);
    let (_eve, eve) = Voice::greets(program.addr, json!({"type": "hello", "token": forged})).await;
    assert_ne!(eve["user"]["id"], ada["user"]["id"]);
}

#[tokio::test]
async fn a_new_name_is_heard_by_the_rooms_and_by_ones_other_connections() {
    let program = Program::start(&[]);
    let (mut ada, hello) =
        Voice::greets(program.addr, json!({"type": "hello", "name": "Ada", "rooms": {"tea": {}}})).await;
    let again = json!({"type": "hello", "token": hello["token"], "rooms": {"coffee": {}}});
    let (mut phone, _) = Voice::greets(program.addr, again).await;
    let mut bob = Voice::joins(program.addr, "Bob", "tea").await;
    ada.hears("caught_up").await;
    ada.says(json!({"type": "name", "name": "  Ada   L. "})).await;
    let renamed = bob.hears("renamed").await;
    assert_eq!((&renamed["by"]["name"], &renamed["name"]), (&json!("Ada"), &json!("Ada L.")));
    assert_eq!(phone.hears("named").await["user"]["name"], "Ada L.");
    // What she says is said by that name; her old one is free.
    ada.tells("tea", "hi").await;
    assert_eq!(bob.hears("message").await["from"]["name"], "Ada L.");
    bob.says(json!({"type": "name", "name": "Ada"})).await;
    assert_eq!(bob.hears("named").await["user"]["name"], "Ada");
}

#[tokio::test]
async fn a_name_that_is_taken_reserved_or_none_is_refused_in_words() {
    let program = Program::start(&[]);
    let _ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    for (name, code) in [
        ("ADA", "name_taken"),
        ("Ada.", "name_taken"),
        ("A da", "name_taken"),
        ("(Ada)", "name_taken"),
        ("moderator", "name_taken"),
        ("Ada (mod)", "name_taken"),
        ("Server Admin", "name_taken"),
        ("\u{200b}", "bad_name"),
        ("", "bad_name"),
        ("Ada\u{fffc}", "bad_name"),
        ("Ada: hi", "bad_name"),
        ("evil.example/ada", "bad_name"),
        ("A\u{202e}da", "bad_name"),
        ("\u{301}Ada", "bad_name"),
    ] {
        let error = bob.is_refused(json!({"type": "name", "name": name})).await;
        assert_eq!((&error["code"], &error["command"]), (&json!(code), &json!("name")), "{name:?}: {error}");
    }
}

/// The page says so behind the reader's own name: with it in theirs, others would be taken for the reader.
#[test]
fn name_does_not_end_with_what_the_page_calls_the_reader() {
    let words = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/words");
    let mut languages = 0;
    let files = std::fs::read_dir(words).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.is_file()) {
        let table = std::fs::read_to_string(file).unwrap();
        let Some(you) = table.lines().find_map(|line| line.trim().strip_prefix("you: '")) else { continue };
        let you = you.trim_end_matches("',");
        assert!(chinwag::Name::parse(&format!("Ada {you}")).is_err(), "{you}");
        languages += 1;
    }
    assert_eq!(languages, 7);
}

#[tokio::test]
async fn name_is_kept_as_spelled() {
    let program = Program::start(&[]);
    for spelled in
        ["ကျော်", "སྒྲོལ་མ", "👩\u{200d}💻", "علی\u{200c}رضا", "Gal·la", "Sam (they/them)", "Tom & Jerry"]
    {
        let (_, hello) = Voice::greets(program.addr, json!({"type": "hello", "name": spelled})).await;
        assert_eq!(name(&hello), spelled);
    }
}

#[tokio::test]
async fn reaction_is_one_emoji_in_one_spelling() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let seq = ada.tells("lobby", "hi").await;
    let react = |emoji: &str, on: bool| json!({"type": "react", "room": "lobby", "seq": seq, "emoji": emoji, "on": on});
    for emoji in ["\u{200b}", "!!!", "中文字", "\u{336}", "👍👍", "✓", "ok", "🇩"] {
        let error = ada.is_refused(react(emoji, true)).await;
        assert_eq!(
            (&error["code"], &error["text"]),
            (&json!("bad_value"), &json!("'emoji' is one emoji")),
            "{emoji:?}"
        );
    }
    ada.says(react("👍", true)).await;
    assert_eq!(ada.hears("reacted").await["emoji"], "👍");
    ada.says(react("👍\u{fe0f}", true)).await;
    ada.says(react("❤", true)).await;
    assert_eq!(ada.hears("reacted").await["emoji"], "❤\u{fe0f}", "the same thumb again is nothing new");
    // An earlier version kept what it was sent.
    program.crash();
    let store = Connection::open(folder.path().join("chinwag.db")).unwrap();
    let old = "UPDATE reactions SET emoji = '❤' WHERE emoji LIKE '❤%'; UPDATE reaction_kinds SET emoji = '❤' WHERE emoji LIKE '❤%'";
    store.execute_batch(old).unwrap();
    drop(store);
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    bob.says(react("❤\u{fe0f}", true)).await;
    let reacted = bob.hears("reacted").await;
    assert_eq!(reacted["emoji"], "❤", "as it stands on the message");
    bob.says(react("❤", false)).await;
    assert_eq!(bob.hears("reacted").await["on"], false);
}

#[tokio::test]
async fn names_of_an_earlier_versions_store_stay_their_owners() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, ada_hello) =
        Voice::greets(program.addr, json!({"type": "hello", "name": "Ada", "rooms": {"tea": {}}})).await;
    let (mut bob, bob_hello) =
        Voice::greets(program.addr, json!({"type": "hello", "name": "Bob", "rooms": {"tea": {}}})).await;
    for voice in [&mut ada, &mut bob] {
        voice.hears("caught_up").await;
        voice.tells("tea", "hi").await;
    }
    program.crash();
    let store = Connection::open(folder.path().join("chinwag.db")).unwrap();
    let old = "UPDATE users SET name = 'Ada.: hi' WHERE name = 'Bob'; UPDATE names SET key = 'ada.: hi' WHERE key = 'bob';
               DELETE FROM meta WHERE key = 'names';";
    store.execute_batch(old).unwrap();
    drop(store);
    let program = Program::start(&["--data", folder.arg()]);
    let returns = async |hello: &Value| {
        Voice::greets(program.addr, json!({"type": "hello", "token": hello["token"]})).await
    };
    assert_eq!(name(&returns(&ada_hello).await.1), "Ada");
    assert_eq!(name(&returns(&bob_hello).await.1), "Ada.: hi");
    let (_, eve) = Voice::greets(program.addr, json!({"type": "hello", "name": "Ada hi"})).await;
    assert_ne!(name(&eve), "Ada hi");
}

#[tokio::test]
async fn a_name_is_given_up_by_who_stays_away_for_too_long_and_they_come_back_as_a_guest() {
    let folder = Folder::new();
    let mut options = StoreOptions::default();
    options.name_keep = Duration::from_millis(300);
    let chat = Chat::kept(&folder, &options, |_| {});
    let mut ada = Voice::opens(chat.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    let hello = ada.hears("hello").await;
    ada.hears("caught_up").await;
    ada.tells("lobby", "I was here").await;
    drop(ada);
    let mut eager = Voice::joins(chat.addr, "Bob", "lobby").await;
    assert_eq!(eager.is_refused(json!({"type": "name", "name": "Ada"})).await["code"], "name_taken");
    tokio::time::sleep(Duration::from_millis(400)).await;
    let mut other = Voice::opens(chat.addr, "/ws").await;
    other.says(json!({"type": "hello", "name": "Ada"})).await;
    assert_eq!(other.hears("hello").await["user"]["name"], "Ada");
    let mut ada = Voice::opens(chat.addr, "/ws").await;
    ada.says(json!({"type": "hello", "token": hello["token"]})).await;
    let back = ada.hears("hello").await;
    assert_eq!(back["user"]["id"], hello["user"]["id"]);
    assert_ne!(back["user"]["name"], "Ada");
}

#[tokio::test]
async fn connected_user_keeps_a_name_however_long_they_are_silent() {
    let folder = Folder::new();
    let mut options = StoreOptions::default();
    options.name_keep = Duration::from_secs(24 * 60 * 60);
    let chat = Chat::kept(&folder, &options, |_| {});
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    ada.tells("lobby", "hi").await;
    let store = Connection::open(folder.path().join("chinwag.db")).unwrap();
    let two_days = "UPDATE users SET seen = seen - 2 * 24 * 60 * 60 * 1000 WHERE name = 'Ada'";
    assert_eq!(store.execute(two_days, []).unwrap(), 1);

    let mut bob = Voice::opens(chat.addr, "/ws").await;
    bob.says(json!({"type": "hello", "name": "Ada"})).await;
    assert_ne!(name(&bob.hears("hello").await), "Ada");
    assert_eq!(bob.is_refused(json!({"type": "name", "name": "Ada"})).await["code"], "name_taken");

    drop(ada);
    chat.has_clients(1).await;
    bob.says(json!({"type": "name", "name": "Ada"})).await;
    assert_eq!(name(&bob.hears("named").await), "Ada", "she is away, and has been for two days");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_a_name_at_the_same_time_one_gets_it() {
    let folder = Folder::new();
    for args in [&["--data", folder.arg()][..], &["--ephemeral"]] {
        let program = Program::start(args);
        let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
        let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
        for round in 0..20 {
            // They look alike, which is enough.
            let (hers, his) = (format!("Zoë {round}"), format!("ZOË-{round}"));
            tokio::join!(
                ada.says(json!({"type": "name", "name": hers})),
                bob.says(json!({"type": "name", "name": his}))
            );
            let mut names = Vec::new();
            for voice in [&mut ada, &mut bob] {
                let answer = voice.hears_one_of(&["named", "error"]).await;
                let answer =
                    if answer["type"] == "named" { &answer["user"]["name"] } else { &answer["code"] };
                names.push(answer.clone());
            }
            let got = names.iter().filter(|answer| **answer == hers || **answer == his).count();
            let refused = names.iter().filter(|answer| **answer == "name_taken").count();
            assert_eq!((got, refused), (1, 1), "{args:?}: {names:?}");
        }
    }
}

#[tokio::test]
async fn a_new_face_is_heard_by_the_rooms_and_by_ones_other_connections_and_kept() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, hello) =
        Voice::greets(program.addr, json!({"type": "hello", "name": "Ada", "rooms": {"tea": {}}})).await;
    let again = json!({"type": "hello", "token": hello["token"], "rooms": {"coffee": {}}});
    let (mut phone, _) = Voice::greets(program.addr, again.clone()).await;
    let mut bob = Voice::joins(program.addr, "Bob", "tea").await;
    let mut cleo = Voice::joins(program.addr, "Cleo", "coffee").await;
    let mut dan = Voice::joins(program.addr, "Dan", "milk").await;
    ada.hears("caught_up").await;
    ada.tells("tea", "before").await;
    ada.says(json!({"type": "face", "emoji": "🦊", "hue": 5})).await;
    let fox = json!({"id": hello["user"]["id"], "name": "Ada", "hue": 5, "emoji": "🦊"});
    assert_eq!(phone.hears("face").await, json!({"type": "face", "user": fox}));
    // Also in a room that only her other connection is in.
    for (voice, room) in [(&mut bob, "tea"), (&mut cleo, "coffee")] {
        assert_eq!(voice.hears("face").await, json!({"type": "face", "room": room, "user": fox}));
    }
    assert!(dan.has_not_heard().await.iter().all(|line| line["type"] != "face"), "she is not there");
    let mut eve = Voice::opens(program.addr, "/ws").await;
    eve.says(json!({"type": "hello", "name": "Eve", "rooms": {"tea": {}}})).await;
    let here = eve.hears("joined").await["people"]["some"].clone();
    assert!(here.as_array().unwrap().contains(&fox), "{here}");
    assert_eq!(eve.hears("message").await["from"], fox, "over what she said before");
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let (_ada, hello) = Voice::greets(program.addr, again).await;
    assert_eq!(hello["user"], fox);
}

#[tokio::test]
async fn eight_who_come_have_eight_hues_whether_or_not_they_speak() {
    let program = Program::start(&[]);
    let mut hues = Vec::new();
    let mut here = Vec::new();
    for n in 0..8 {
        let (mut voice, hello) = Voice::greets(program.addr, json!({"type": "hello"})).await;
        hues.push(hello["user"]["hue"].as_u64().unwrap());
        if n % 2 == 0 {
            voice.hears("caught_up").await;
            voice.tells("lobby", "hi").await;
        }
        here.push(voice);
    }
    hues.sort_unstable();
    assert_eq!(hues, [0, 1, 2, 3, 4, 5, 6, 7]);
}
