//! Import: an export comes in whole, once, and so do lines of other chats; what cannot is named.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::program::{Folder, Program, run};
use crate::socket::Socket;
use crate::tools::{CHANGES, chat, export, file, good, line, refused, small_chat};
use crate::voice::Voice;

/// Does something of which everybody hears; it is in the log then.
async fn does(who: &mut Voice, command: Value, kind: &str) {
    who.says(command).await;
    who.hears(kind).await;
}

/// The lines with the numbers of their own order instead of the log's.
fn renumbered(export: &str) -> Vec<Value> {
    let mut lines: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let old: Vec<Value> = lines.iter().map(|line| line["seq"].clone()).collect();
    for line in &mut lines {
        for field in ["seq", "target", "reply_to"] {
            if let Some(number) = line.get_mut(field) {
                *number = json!(old.iter().position(|seq| *seq == *number).unwrap());
            }
        }
    }
    lines
}

#[tokio::test]
async fn exported_chat_is_the_same_chat_when_it_is_imported() {
    let (here, there) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", here.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    let first = ada.tells("lobby", "hello\nthere").await;
    let gone = ada.tells("lobby", "something secret").await;
    does(&mut ada, json!({"type": "edit", "room": "lobby", "seq": gone, "text": "a secret edit"}), "edited")
        .await;
    does(&mut ada, json!({"type": "edit", "room": "lobby", "seq": first, "text": "hello all"}), "edited")
        .await;
    does(
        &mut bob,
        json!({"type": "react", "room": "lobby", "seq": first, "emoji": "👍", "on": true}),
        "reacted",
    )
    .await;
    does(
        &mut bob,
        json!({"type": "react", "room": "lobby", "seq": gone, "emoji": "🫖", "on": true}),
        "reacted",
    )
    .await;
    let answer = json!({"type": "say", "room": "lobby", "cid": "b1", "text": "hi Ada", "reply_to": first});
    does(&mut bob, answer, "receipt").await;
    does(
        &mut bob,
        json!({"type": "react", "room": "lobby", "seq": first, "emoji": "👍", "on": false}),
        "reacted",
    )
    .await;
    does(&mut ada, json!({"type": "delete", "room": "lobby", "seq": gone}), "deleted").await;
    does(&mut ada, json!({"type": "topic", "room": "lobby", "text": "tea & <cake>"}), "topic").await;
    does(&mut ada, json!({"type": "name", "name": "Ada L."}), "named").await;
    let mut eve = Socket::open(program.addr, "/ws/tea").await;
    for _ in 0..2 {
        eve.says("the same, twice").await;
        eve.hears("the same, twice").await;
    }
    // The chat is in use.
    let exported = export(&here);
    assert!(!exported.contains("secret"), "{exported}");
    let (_folder, path) = file(&exported);
    let count = exported.lines().count();
    let new = good(&["import", "--data", there.arg(), &path]);
    assert!(new.starts_with(&format!("{count} of {count} entries are new")), "{new}");
    assert_eq!(renumbered(&export(&there)), renumbered(&exported));
    for format in ["text", "html"] {
        let read = |chat: &Folder| good(&["export", "--data", chat.arg(), "--format", format]);
        let without_numbers =
            |page: String| page.split(['"', '#']).filter(|part| !is_number(part)).collect::<String>();
        assert_eq!(without_numbers(read(&there)), without_numbers(read(&here)), "{format}");
    }
    // Taken again, there or here, it changes nothing.
    let before = export(&there);
    for _ in 0..2 {
        let again = good(&["import", "--data", there.arg(), &path]);
        assert!(again.contains(&format!("0 of {count} entries are new, {count} were there")), "{again}");
    }
    assert_eq!(export(&there), before);
    good(&["check", "--data", there.arg()]);
    drop(program);
    good(&["import", "--data", here.arg(), &path]);
    assert_eq!(export(&here), exported);
    good(&["check", "--data", here.arg()]);
}

fn is_number(part: &str) -> bool {
    part.strip_prefix('m').is_some_and(|number| number.parse::<u64>().is_ok())
}

#[tokio::test]
async fn a_message_that_was_deleted_since_does_not_come_back_by_an_older_export() {
    let lines = [&line(1, "Ada", "greetings"), &line(2, "Bob", "regretted")].map(String::as_str).concat();
    let chat = chat(&[&lines, CHANGES].concat());
    let before = export(&chat);
    let (_folder, path) = file(&lines);
    let again = good(&["import", "--data", chat.arg(), &path]);
    assert!(again.contains("0 of 2 entries are new"), "{again}");
    assert_eq!(export(&chat), before);
}

/// Messages without a `cid` are those of other chats, and of plain lines.
#[test]
fn newer_export_over_an_older_copy_brings_what_was_edited_since_and_doubles_nothing() {
    let reaction = r#"{"type":"reacted","room":"lobby","by":{"name":"Bob"},"at":1700000050000,"target":1,"emoji":"👍","on":true}"#;
    let lines = [&line(1, "Ada", "greetings"), &line(2, "Bob", "hi"), reaction, "\n"].concat();
    let here = chat(&lines);
    let there = chat(&export(&here));
    let edit = r#"{"type":"edited","room":"lobby","by":{"name":"Ada"},"at":1700000100000,"target":1,"text":"a better greeting"}"#;
    for (at, text) in [("1700000100000", "a better greeting"), ("1700000200000", "the best of them")] {
        let edit = edit.replace("1700000100000", at).replace("a better greeting", text);
        let (_folder, path) = file(&[&lines, &edit].map(String::as_str).concat());
        good(&["import", "--data", here.arg(), &path]);
        let exported = export(&here);
        assert!(!exported.contains("greetings") && exported.contains(text), "{exported}");
        let (_folder, path) = file(&exported);
        let said = good(&["import", "--data", there.arg(), &path]);
        assert!(said.starts_with("1 of 4 entries are new, 3 were there already"), "{said}");
        assert_eq!(renumbered(&export(&there)), renumbered(&exported));
        assert!(good(&["import", "--data", there.arg(), &path]).starts_with("0 of 4 entries are new"));
    }
    good(&["check", "--data", there.arg()]);
}

#[test]
fn another_message_of_the_same_moment_is_not_taken_for_an_edited_one() {
    let other = |seq: u64, text: &str| line(1, "Ada", text).replace("\"seq\":1", &format!("\"seq\":{seq}"));
    let gone = r#"{"type":"deleted","room":"lobby","by":{"name":"Ada"},"at":1700000100000,"target":7}"#;
    let answer = line(9, "Bob", "an answer").replace("\"text\"", "\"reply_to\":7,\"text\"");
    for (lines, new, texts) in [
        ([other(7, "another"), answer.clone()].concat(), 2, &["greetings", "another", "an answer"][..]),
        (
            [other(7, "another"), line(1, "Ada", "greetings"), answer].concat(),
            2,
            &["greetings", "another", "an answer"],
        ),
        ([line(1, "Ada", "greetings"), other(7, "another")].concat(), 1, &["greetings", "another"]),
        ([other(7, "another"), other(8, "a third")].concat(), 2, &["greetings", "another", "a third"]),
        ([other(7, "another"), gone.to_owned()].concat(), 2, &["greetings"]),
    ] {
        let chat = chat(&line(1, "Ada", "greetings"));
        let (_folder, path) = file(&lines);
        let said = good(&["import", "--data", chat.arg(), &path]);
        assert!(said.starts_with(&format!("{new} of ")), "{lines}: {said}");
        let exported = export(&chat);
        let mut found: Vec<&str> = exported.lines().filter(|line| line.contains("\"text\"")).collect();
        found.sort_by_key(|line| texts.iter().position(|text| line.contains(&format!("\"{text}\""))));
        assert_eq!(found.len(), texts.len(), "{exported}");
        assert!(
            found.iter().zip(texts).all(|(line, text)| line.contains(&format!("\"{text}\""))),
            "{exported}"
        );
        let another = renumbered(&exported);
        let answers = another.iter().find_map(|line| line.get("reply_to"));
        if lines.contains("reply_to") {
            let place = another.iter().position(|line| line["text"] == "another");
            assert_eq!(answers.and_then(Value::as_u64), place.map(|place| place as u64), "{exported}");
        }
        good(&["check", "--data", chat.arg()]);
        assert!(good(&["import", "--data", chat.arg(), &path]).starts_with("0 of "), "{lines}");
    }
}

#[tokio::test]
async fn lines_of_another_chat_need_only_say_who_said_what_where_and_when() {
    let lines = "\
        {\"type\":\"message\",\"room\":\"lobby\",\"from\":{\"name\":\"Ada\"},\"text\":\"hi\",\"at\":1700000000000}\n\
        {\"type\":\"message\",\"room\":\"lobby\",\"from\":{\"name\":\"Bob\"},\"text\":\"hi\",\"at\":1700000000001}\n\n\
        {\"type\":\"message\",\"room\":\"lobby\",\"from\":{\"name\":\"Ada\"},\"text\":\"hi\",\"at\":1700000000000}";
    let chat = chat(lines);
    let text = good(&["export", "--data", chat.arg(), "--format", "text"]);
    let (ada, bob) = ("2023-11-14 22:13:20 Ada: hi\n", "2023-11-14 22:13:20 Bob: hi\n");
    assert_eq!(text, [ada, bob, ada].concat());
    // They are there for who comes now; the name of somebody who was here lately is not another's.
    let lately = lines
        .replace("1700000000", &SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().to_string());
    let (_folder, path) = file(&lately);
    good(&["import", "--data", chat.arg(), &path]);
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let joined = ada.hears("joined").await;
    assert_eq!(joined["reset"], true);
    ada.tells("lobby", "I am another").await;
    let text = good(&["export", "--data", chat.arg(), "--format", "text"]);
    assert!(!text.contains("Ada: I am another"), "{text}");
}

#[test]
fn a_line_that_is_wrong_is_named_and_nothing_of_its_file_is_kept() {
    let chat = small_chat();
    let before = export(&chat);
    for (bad, words) in [
        ("{\"type\":\"message\"}", "missing field"),
        ("nonsense", "not a JSON object"),
        (&line(9, "Ada", "x").replace("1700000009000", "253402300800000"), "up to 253402300799999"),
        (&line(9, "Ada", "x").replace("1700000009000", "18446744073709551615"), "up to 253402300799999"),
        (&line(9, "Ada", "x").replace("1700000009000", "18446744073709551616"), "invalid type"),
        (
            &line(9, "Ada", "x").replace("\"seq\":9", "\"seq\":9223372036854775808"),
            "up to 9223372036854775807",
        ),
        (&line(9, "Ada", "x").replace("text", "txet"), "unknown field `txet`"),
        (&line(7, "Ada", "x"), "has a message 7 of the room lobby before it"),
        (&line(9, "Ada", &"x".repeat(2 << 20)), "at most 1048576"),
        (&line(9, "Ada", &"x".repeat(17 << 20)), "longer than 16777216 bytes"),
        (
            "{\"type\":\"edited\",\"room\":\"lobby\",\"by\":{\"name\":\"Eve\"},\"at\":1,\"target\":7,\"text\":\"mine\"}",
            "only its author may edit",
        ),
        (&line(9, "Ada", "x").replace("\"text\":\"x\"", "\"deleted\":true"), "no 'deleted' entry follows"),
    ] {
        let (_folder, path) = file(&[&line(7, "Cy", "new"), bad, "\n"].concat());
        refused(&["import", "--data", chat.arg(), &path], &["line 2", words, "nothing of the file was kept"]);
        assert_eq!(export(&chat), before, "{words}");
    }
    refused(&["import", "--data", chat.arg(), "/there/is/no/such"], &["cannot open /there/is/no/such"]);
}

#[test]
fn a_file_of_another_kind_is_named_and_a_mark_before_utf_8_is_not_in_the_way() {
    let lines = line(1, "Ada", "é");
    let (_folder, path) = file(&["\u{FEFF}", &lines].concat());
    let chat = Folder::new();
    assert!(good(&["import", "--data", chat.arg(), &path]).starts_with("1 of 1 entries are new"));
    let utf_16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE][..], &utf_16].concat();
    let big_endian: Vec<u8> = lines.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, words) in [
        (&marked[..], "UTF-16"),
        (&utf_16, "UTF-16"),
        (&big_endian, "UTF-16"),
        (&[0x1F, 0x8B, 8, 0][..], "compressed"),
        (&fs::read(chat.path().join("chinwag.db")).unwrap(), "database"),
    ] {
        fs::write(&path, bytes).unwrap();
        refused(&["import", "--data", chat.arg(), &path], &["line 1", words, "nothing of the file was kept"]);
    }
}

#[test]
fn an_answer_before_its_question_is_joined() {
    let answers = |seq: u64, to: u64| {
        line(seq, "Bob", "indeed").replace("\"text\"", &format!("\"reply_to\":{to},\"text\""))
    };
    let (_folder, path) =
        file(&[answers(2, 1), answers(3, 9), answers(4, 4), line(1, "Ada", "is it?")].concat());
    let chat = Folder::new();
    let said = good(&["import", "--data", chat.arg(), &path]);
    assert!(said.starts_with("4 of 4 entries are new, 2 answer messages that are not in the file"), "{said}");
    let exported = export(&chat);
    let lines = renumbered(&exported);
    assert_eq!((&lines[0]["reply_to"], &lines[3]["text"]), (&json!(3), &json!("is it?")));
    assert!(lines[1].get("reply_to").is_none() && lines[2].get("reply_to").is_none(), "{lines:?}");
    // The export has the answer first, too, and comes in as it is.
    let again = self::chat(&exported);
    assert_eq!(renumbered(&export(&again)), lines);
    assert!(good(&["check", "--data", again.arg()]).contains("no faults"));
}

#[tokio::test]
async fn an_export_of_texts_longer_than_by_default_comes_in_whole() {
    let here = Folder::new();
    let options = ["--data", here.arg(), "--max-text", "100000", "--send-queue-bytes", "4MiB"];
    let program = Program::start(&options);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.tells("lobby", &"🫖".repeat(90_000)).await;
    drop(program);
    let exported = export(&here);
    assert_eq!(renumbered(&export(&chat(&exported))), renumbered(&exported));
    let refused = run(&["--max-text", "2000000", "--send-queue-bytes", "100MB", "--data", here.arg()]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("1 to 1048576"));
}

#[test]
fn names_and_reactions_of_another_chat_find_a_place_and_it_is_told() {
    let names = ["Ada", "admin", "System", "Guest", "", "\u{200b}", &"x".repeat(33), "Ada: hi", "ada", "Cy"];
    let lines: String = (1..).zip(names).map(|(seq, name)| line(seq, name, &format!("text {seq}"))).collect();
    let reaction = |emoji| {
        format!(
            "{{\"type\":\"reacted\",\"room\":\"lobby\",\"by\":{{\"name\":\"Cy\"}},\"at\":1700000200000,\"target\":1,\"emoji\":\"{emoji}\",\"on\":true}}\n"
        )
    };
    let (folder, path) = file(&[lines, reaction(":parrot:"), reaction("❤")].concat());
    let said = good(&["import", "--data", folder.arg(), &path]);
    for words in [
        "11 of 12 entries are new",
        "reactions that are no emoji, and were left out: 1",
        "names that are taken or not allowed here, and were changed: 6",
        "taken for the same person: 2",
        "\"admin\" is \"admin 2\" here",
    ] {
        assert!(said.contains(words), "{words:?} in {said}");
    }
    let text = good(&["export", "--data", folder.arg(), "--format", "text"]);
    for words in ["admin 2: text 2", "System 2: text 3", "Guest 2: text 4", "Ada hi: text 8", "Ada: text 9"] {
        assert!(text.contains(words), "{words:?} in {text}");
    }
    assert!(text.contains(&format!("{}: text 7", "x".repeat(32))), "{text}");
    let lines = export(&folder);
    assert!(lines.contains("\"emoji\":\"❤\u{fe0f}\"") && !lines.contains("parrot"), "{lines}");
    assert!(good(&["import", "--data", folder.arg(), &path]).contains("0 of 12 entries are new"));
}

#[tokio::test]
async fn an_import_is_refused_while_a_server_runs_on_the_chat() {
    let chat = small_chat();
    let program = Program::start(&["--data", chat.arg()]);
    let (_folder, path) = file(&line(9, "Ada", "more"));
    refused(&["import", "--data", chat.arg(), &path], &["another chinwag uses", "stop it first"]);
    drop(program);
    assert!(good(&["import", "--data", chat.arg(), &path]).contains("1 of 1 entries are new"));
}
