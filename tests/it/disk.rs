//! A full disk, and one that is nearly full: a file system of some MiB, which only root can mount; without it, the story says that it was
//! skipped.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::person::{Person, Shown};
use crate::program::{Folder, Program};
use crate::socket::{Heard, MS, PATIENCE, Socket};
use crate::voice::Voice;

/// Bytes that are in the way, until they are not.
const BALLAST: usize = 256 * 1024;

/// Bytes of memory that refusing may cost the program, in pages that it touches once.
const GROWTH: u64 = 8 << 20;

/// A small disk. It is gone with its story.
struct Disk(Folder);

impl Disk {
    fn mount(size: &str) -> Option<Self> {
        let folder = Folder::new();
        let size = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none", folder.arg()]).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(folder)),
            _ => {
                println!("skipped: only root can mount a small disk");
                None
            }
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the program that used it may not be quite gone.
        let _ = Command::new("umount").args(["-l", self.0.arg()]).status();
    }
}

/// Every message that has its text, in order.
async fn reads(person: &mut Person) -> Vec<Shown> {
    person.reads_all("lobby").await.into_values().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_nothing_false_is_acknowledged_and_it_goes_on_when_there_is_room() {
    let Some(disk) = Disk::mount("1m") else { return };
    std::fs::write(disk.file("ballast"), vec![7; BALLAST]).unwrap();
    let data = disk.file("chat");
    // Up to the last byte: what is kept free is another story.
    let args = ["--data", data.to_str().unwrap(), "--keep-free", "off"];
    let program = Program::start(&args);
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Person::joins(program.addr, "Bob", "lobby").await;
    let mut plain = Socket::open(program.addr, "/ws").await.joined().await;

    // It fills: every message has its receipt, until one is refused in words.
    let text = |turn: usize| format!("{turn} {}", "x".repeat(400));
    let mut turn = 0;
    while ada.refusals.len() < 10 {
        ada.says(&text(turn)).await;
        turn += 1;
        ada.until("an answer", |me| me.receipts.len() + me.refusals.len() >= turn).await;
        assert!(turn < 1_000, "the disk does not get full");
    }
    for error in &ada.refusals {
        assert_eq!((&error["code"], &error["command"]), (&"unavailable".into(), &"say".into()), "{error}");
        assert!(error["text"].as_str().unwrap().contains("disk is full"), "{error}");
        assert!(error["cid"].is_string() && error["retry_after"].as_f64().unwrap() > 0.0, "{error}");
    }
    let kept = ada.receipts.len();
    assert!(kept > 5, "{kept} were kept");

    // Who speaks plain lines is told by a close: it must not wait for its own words for ever.
    // A line takes a little less room than a message: some may still be kept, and are heard.
    let line = "y".repeat(500);
    let mut lines = 0;
    plain.says(&line).await;
    loop {
        match plain.next().await {
            Heard::Text(text) if text.ends_with(&line) => {
                lines += 1;
                plain.says(&line).await;
            }
            Heard::Text(_) => {}
            Heard::Close(Some(1013), reason) => {
                assert!(reason.contains("not kept"), "{reason}");
                break;
            }
            other => panic!("{other:?}"),
        }
    }

    // Meanwhile history is read, by who is there, and by who comes back.
    let there = reads(&mut bob).await;
    assert_eq!(there.len(), kept + lines, "what is there is what was acknowledged");
    let tries = |person: &mut Person, count: usize| {
        (0..count).for_each(|_| person.outbox.clone().iter().for_each(|said| person.say(said)))
    };
    for _ in 0..20 {
        tries(&mut ada, 6);
        ada.writes();
        bob.drops();
        bob.comes_back().await;
        ada.drinks();
    }
    assert_eq!(reads(&mut bob).await, there);

    // However often it is tried, it costs no memory.
    let tried = ada.refusals.len();
    tries(&mut ada, 20);
    let is_told = |me: &Person| me.refusals.len() + me.receipts.len() >= tried + kept + 200;
    assert!(ada.until("refusals", is_told).await);
    let (before, refused) = (program.memory(), ada.refusals.len());
    tries(&mut ada, 200);
    assert!(ada.until("refusals", |me| me.refusals.len() >= refused + 1_900).await);
    let grown = program.memory().saturating_sub(before);
    assert!(grown < GROWTH, "it grew by {grown} bytes");

    // There is room again: it goes on by itself, and what was refused is sent once more.
    std::fs::remove_file(disk.file("ballast")).unwrap();
    let began = Instant::now();
    while !ada.outbox.is_empty() {
        let latest = (ada.refusals.last(), ada.closes.last(), ada.outbox.len());
        assert!(began.elapsed() < PATIENCE && ada.is_connected(), "it does not go on: {latest:?}");
        tries(&mut ada, 1);
        ada.writes();
        tokio::time::sleep(MS(100)).await;
        ada.drinks();
    }
    assert!(began.elapsed() < Duration::from_secs(6), "it went on after {:?}", began.elapsed());

    // After a crash, all that was acknowledged is there, once.
    program.crash();
    let program = Program::start(&args);
    bob.addr = program.addr;
    bob.comes_back().await;
    let all = reads(&mut bob).await;
    assert_eq!(all[..there.len()], there, "what was acknowledged first is first");
    let hers = all.iter().filter(|shown| shown.from == ada.id);
    let mut cids: Vec<_> = hers.map(|shown| shown.cid.clone().unwrap()).collect();
    let mut said: Vec<_> = (1..=turn).map(|turn| format!("Ada-{turn}")).collect();
    // Of what was refused, the one that was tried just when there was room again is the first.
    cids.sort();
    said.sort();
    assert_eq!(cids, said, "each is there once");
    bob.says("there is room").await;
    bob.expects("receipt").await;
}

/// Says something; gives the answer.
async fn says(voice: &mut Voice, cid: &str, text: &str) -> Value {
    voice.says(json!({"type": "say", "room": "lobby", "cid": cid, "text": text})).await;
    voice.hears_one_of(&["receipt", "error"]).await
}

/// No disk has as much as is to be kept free here, so no file system of its own is needed.
#[tokio::test]
async fn below_what_is_kept_free_nothing_is_said_and_people_read_join_and_delete() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, hello) =
        Voice::greets(program.addr, json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
    assert_eq!(says(&mut ada, "1", "before").await["type"], "receipt");
    program.crash();
    let program = Program::start(&["--data", folder.arg(), "--keep-free", "8000TB"]);
    let again = json!({"type": "hello", "token": hello["token"], "rooms": {"lobby": {}}});
    let (mut ada, _) = Voice::greets(program.addr, again).await;
    let error = says(&mut ada, "2", "too late").await;
    assert_eq!((&error["code"], &error["cid"]), (&json!("unavailable"), &json!("2")), "{error}");
    assert!(error["text"].as_str().unwrap().contains("keeps free"), "{error}");
    assert!(error["retry_after"].as_f64().unwrap() > 0.0, "{error}");
    assert_eq!(ada.is_refused(json!({"type": "name", "name": "Adele"})).await["code"], "unavailable");
    assert_eq!(says(&mut ada, "1", "before").await["seq"], 1, "what was said has its receipt");
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    bob.says(json!({"type": "history", "room": "lobby"})).await;
    assert_eq!(bob.hears("page").await["entries"][0]["text"], "before");
    ada.says(json!({"type": "delete", "room": "lobby", "seq": 1, "cid": "3"})).await;
    assert_eq!(ada.hears_one_of(&["receipt", "error"]).await["type"], "receipt");
    let mut plain = Socket::open(program.addr, "/ws").await.joined().await;
    plain.says("too late, too").await;
    assert!(plain.is_closed_with(1013).await.contains("not kept"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disk_that_is_nearly_full_is_noticed_within_seconds_said_once_and_goes_on_with_room() {
    let Some(disk) = Disk::mount("16m") else { return };
    let data = disk.file("chat");
    let program = Program::start(&["--data", data.to_str().unwrap(), "--keep-free", "8MB"]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for turn in 0..2 {
        let answer = says(&mut ada, &format!("before-{turn}"), "hi").await;
        assert_eq!(answer["type"], "receipt", "{answer}");
        std::fs::write(disk.file("ballast"), vec![7; 10 << 20]).unwrap();
        let began = Instant::now();
        for attempt in 0.. {
            let answer = says(&mut ada, &format!("{turn}-{attempt}"), "hi").await;
            if answer["type"] == "error" {
                assert_eq!(answer["code"], "unavailable", "{answer}");
                break;
            }
            assert!(began.elapsed() < MS(5000), "it is not noticed");
            tokio::time::sleep(MS(50)).await;
        }
        std::fs::remove_file(disk.file("ballast")).unwrap();
        let began = Instant::now();
        while says(&mut ada, &format!("after-{turn}"), "hi").await["type"] == "error" {
            assert!(began.elapsed() < MS(5000), "it does not go on");
            tokio::time::sleep(MS(50)).await;
        }
    }
    program.signal("TERM");
    let said = program.ends().await.2;
    let lines = |words: &str| said.lines().filter(|line| line.contains(words)).count();
    assert_eq!((lines("nothing more is said"), lines("there is room for the store again")), (2, 2), "{said}");
}
