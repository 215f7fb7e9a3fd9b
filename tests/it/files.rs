//! Files that are removed or replaced under a server: nothing is acknowledged that the next start does not find.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::{Folder, Program};

use crate::voice::Voice;

/// A look at the files takes a second at most.
const NOTICED: Duration = Duration::from_millis(1_500);

async fn is_refused(voice: &mut Voice, text: &str) -> Value {
    let say = json!({"type": "say", "room": "lobby", "cid": text, "text": text});
    let error = voice.is_refused(say).await;
    assert_eq!(error["code"], "unavailable", "{error}");
    assert!(error["text"].as_str().unwrap().contains("files were moved or removed"), "{error}");
    error
}

#[tokio::test]
async fn store_that_is_removed_acknowledges_nothing_and_says_so_once() {
    let folder = Folder::new();
    let data = folder.path().join("chat");
    let program = Program::start(&["--data", data.to_str().unwrap()]);
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
    let token = ada.hears("hello").await["token"].clone();
    ada.tells("lobby", "kept").await;
    fs::remove_dir_all(&data).unwrap();
    for text in ["one", "two"] {
        is_refused(&mut ada, text).await;
    }
    tokio::time::sleep(NOTICED).await;
    is_refused(&mut ada, "three").await;
    // People come in under the name that they have, and read.
    let mut again = Voice::opens(program.addr, "/ws").await;
    again.says(json!({"type": "hello", "token": token, "rooms": {"lobby": {}}})).await;
    assert_eq!(again.hears("hello").await["user"]["name"], "Ada");
    assert_eq!(again.hears("message").await["text"], "kept");
    program.signal("TERM");
    let (_, _, said) = program.ends().await;
    assert_eq!(said.matches("removed or replaced while it is in use").count(), 1, "{said}");
}

#[tokio::test]
async fn store_that_is_moved_away_and_back_goes_on() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.tells("lobby", "before").await;
    for file in ["chinwag.db", "lock"] {
        let (file, aside) = (folder.path().join(file), folder.path().join("aside"));
        fs::rename(&file, &aside).unwrap();
        is_refused(&mut ada, file.to_str().unwrap()).await;
        // Another file in its place is not it.
        fs::copy(&aside, &file).unwrap();
        is_refused(&mut ada, "replaced").await;
        fs::rename(&aside, &file).unwrap();
        ada.tells("lobby", &format!("after {}", file.display())).await;
    }
}

#[tokio::test]
async fn messages_acknowledged_before_the_write_ahead_log_was_removed_are_kept() {
    let folder = Folder::new();
    let arguments = ["--data", folder.arg()];
    let program = Program::start(&arguments);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for n in 1..=4 {
        ada.tells("lobby", &format!("kept {n}")).await;
    }
    fs::remove_file(folder.path().join("chinwag.db-wal")).unwrap();
    is_refused(&mut ada, "lost").await;
    tokio::time::sleep(NOTICED).await;
    is_refused(&mut ada, "lost").await;
    program.crash();
    let program = Program::start(&arguments);
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    let heard = bob.has_not_heard().await;
    let texts: Vec<_> = heard.iter().filter_map(|line| line["text"].as_str()).collect();
    assert_eq!(texts, ["kept 1", "kept 2", "kept 3", "kept 4"]);
}
