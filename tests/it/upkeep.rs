//! The upkeep of a store: what retention takes and what it leaves, how large the files are, and what stays in them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chinwag::{Deliver, Draft, Entries, Entry, RoomName, SqliteLog, StoreOptions};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::program::{Folder, Program, run};
use crate::socket::{MS, PATIENCE};
use crate::voice::Voice;

const DAY: u64 = 24 * 3600 * 1000;

/// The most that the write-ahead log may ever have.
const WAL_BYTES: u64 = 64_000_000;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64
}

fn line(room: &str, text: &str, at: u64) -> String {
    let line = json!({"type": "message", "room": room, "from": {"name": "Ada"}, "text": text, "at": at});
    format!("{line}\n")
}

/// Imports lines into a chat, whose server does not run.
fn imports(chat: &Folder, lines: &str) {
    let file = Folder::new();
    let path = file.path().join("chat.jsonl");
    fs::write(&path, lines).unwrap();
    let output = run(&["import", "--data", chat.arg(), path.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The texts of all messages that are kept.
fn kept(chat: &Folder) -> Vec<String> {
    let output = run(&["export", "--data", chat.arg()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let texts = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].clone());
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Waits until so many messages are kept; then nothing else goes.
async fn keeps(chat: &Folder, count: usize) -> Vec<String> {
    let began = Instant::now();
    while kept(chat).len() != count {
        assert!(began.elapsed() < PATIENCE, "{} are kept, not {count}", kept(chat).len());
        tokio::time::sleep(MS(200)).await;
    }
    tokio::time::sleep(MS(1_500)).await;
    let texts = kept(chat);
    assert_eq!(texts.len(), count);
    texts
}

fn is_whole(chat: &Folder) {
    let output = run(&["check", "--data", chat.arg()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

async fn stops(program: Program) -> Duration {
    program.signal("TERM");
    let (status, took, said) = program.ends().await;
    assert!(status.success(), "{said}");
    took
}

fn file(chat: &Folder, name: &str) -> PathBuf {
    chat.path().join(name)
}

fn size(chat: &Folder, name: &str) -> u64 {
    fs::metadata(file(chat, name)).map_or(0, |file| file.len())
}

/// Changes something in the store of a chat whose server does not run.
fn changes(chat: &Folder, sql: &str) {
    Connection::open(file(chat, "chinwag.db")).unwrap().execute_batch(sql).unwrap();
}

#[tokio::test]
async fn old_messages_go_and_young_ones_stay_wherever_they_are_in_the_order() {
    let chat = Folder::new();
    let (young, old) = (now() - 2000, now() - 1_000 * DAY);
    let mut lines = String::new();
    // Today's first, more of them than are looked at at once; then an archive; then both by turns.
    (0..5_000).for_each(|n| lines += &line("lobby", &format!("young {n}"), young + n % 100));
    (0..300).for_each(|n| lines += &line("lobby", &format!("old {n}"), old + n * DAY));
    for n in 0..200 {
        lines += &line("tea", &format!("young of tea {n}"), young);
        lines += &line("tea", &format!("old of tea {n}"), old + n * DAY * 3);
    }
    lines += &line("garden", "from the year 1970", 5_000);
    lines += &line("garden", "young of the garden", young);
    imports(&chat, &lines);
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "365"]);
    let texts = keeps(&chat, 5_201).await;
    assert!(texts.iter().all(|text| text.starts_with("young")), "{texts:?}");
    stops(program).await;
    is_whole(&chat);
}

#[tokio::test]
async fn cursor_from_before_what_retention_took_is_reset_and_one_from_behind_it_is_not() {
    let chat = Folder::new();
    let young = now();
    let texts = [("a", young), ("b", young), ("old", 5_000), ("c", young), ("d", young)];
    imports(&chat, &texts.map(|(text, at)| line("lobby", text, at)).concat());
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "365"]);
    keeps(&chat, 4).await;
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.says(json!({"type": "leave", "room": "lobby"})).await;
    ada.says(json!({"type": "join", "room": "lobby"})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    for (since, is_reset) in [(1, true), (2, true), (3, false), (4, false)] {
        ada.has_not_heard().await;
        ada.says(json!({"type": "leave", "room": "lobby"})).await;
        ada.says(json!({"type": "join", "room": "lobby", "epoch": epoch, "since": since})).await;
        assert_eq!(ada.hears("joined").await["reset"], is_reset, "since {since}");
    }
}

#[tokio::test]
async fn clock_that_is_far_ahead_forgets_nothing_and_an_import_vouches_for_it() {
    let chat = Folder::new();
    let at = now() - 100 * DAY;
    imports(&chat, &(0..300).map(|n| line("lobby", &format!("{n}"), at + n)).collect::<String>());
    // As if the chat had been used last when these were said, and the clock had leapt since.
    changes(&chat, &format!("UPDATE meta SET value = {} WHERE key = 'clock'", at + DAY));
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "30"]);
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(kept(&chat).len(), 300);
    program.signal("TERM");
    let (_, _, said) = program.ends().await;
    assert!(said.contains("the clock is 99 days ahead"), "{said}");
    assert_eq!(kept(&chat).len(), 300, "stopping is no reason to believe it");
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "30"]);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(kept(&chat).len(), 300, "nor is starting again");
    stops(program).await;
    imports(&chat, &line("lobby", "today", now()));
    let _program = Program::start(&["--data", chat.arg(), "--keep-days", "30"]);
    assert_eq!(keeps(&chat, 1).await, ["today"]);
}

/// Texts of a size, all of other words.
fn words(n: usize, count: usize) -> String {
    (0..count).map(|k| format!("w{:x} ", (n * 7_919 + k * 104_729) % 1_000_003)).collect()
}

/// A store with so many messages in each of these rooms.
fn fills(chat: &Folder, rooms: &[&str], messages: u64, text: &str) {
    imports(chat, &rooms.iter().map(|room| line(room, "first", now())).collect::<String>());
    let at = now();
    changes(
        chat,
        &format!(
            "BEGIN;
             WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {messages})
             INSERT INTO entries(room, at, user, kind, text)
             SELECT rooms.id, {at}, (SELECT max(id) FROM users), 0, '{text} ' || n FROM n CROSS JOIN rooms;
             COMMIT; PRAGMA wal_checkpoint(TRUNCATE)"
        ),
    );
}

/// Waits until the search index has followed.
async fn follows(chat: &Folder) {
    let program = Program::start(&["--data", chat.arg()]);
    let began = Instant::now();
    let is_there = || {
        let store = Connection::open(file(chat, "chinwag.db")).unwrap();
        let sql = "SELECT value = (SELECT max(seq) FROM entries) FROM meta WHERE key = 'indexed'";
        store.query_row(sql, [], |row| row.get::<_, bool>(0)).unwrap()
    };
    while !is_there() {
        assert!(began.elapsed() < PATIENCE * 3, "the index does not follow");
        tokio::time::sleep(MS(100)).await;
    }
    stops(program).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_retention_of_a_large_store_keeps_the_log_short_delays_nobody_and_shrinks_the_file() {
    let chat = Folder::new();
    fills(&chat, &["lobby"], 20_000, &"a message that is long enough to be one of a chat ".repeat(4));
    follows(&chat).await;
    let full = size(&chat, "chinwag.db");
    let program = Program::start(&["--data", chat.arg(), "--keep-messages", "500"]);
    let mut ada = Voice::joins(program.addr, "Ada", "tea").await;
    let (mut most, mut waits) = (0, Vec::new());
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        ada.tells("tea", &format!("{}", waits.len())).await;
        waits.push(asked.elapsed());
        most = most.max(size(&chat, "chinwag.db-wal"));
        if size(&chat, "chinwag.db") < full / 4 && size(&chat, "chinwag.db-wal") < 1_000_000 {
            break;
        }
        assert!(
            began.elapsed() < Duration::from_secs(150),
            "{} of {full} bytes, {most} in the log",
            size(&chat, "chinwag.db")
        );
        tokio::time::sleep(MS(20)).await;
    }
    waits.sort();
    println!(
        "{full} to {} bytes in {:?}, log at most {most}; receipts p50 {:?}, p99 {:?}, max {:?}",
        size(&chat, "chinwag.db"),
        began.elapsed(),
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
        waits[waits.len() - 1]
    );
    assert!(most < WAL_BYTES, "{most} bytes in the write-ahead log");
    assert_eq!(kept(&chat).iter().filter(|text| text.starts_with("a message")).count(), 500);
    stops(program).await;
    is_whole(&chat);
}

#[tokio::test]
async fn flood_in_one_room_leaves_the_others_what_they_have() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg(), "--keep-bytes", "3MB"]);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["lobby", "tea"]).await;
    for n in 0..200 {
        ada.tells("lobby", &format!("lobby {n} {}", words(n, 12))).await;
    }
    for n in 0..5_000 {
        let text = format!("flood {n} {}", words(n, 100));
        ada.says(json!({"type": "say", "room": "tea", "cid": format!("f{n}"), "text": text})).await;
        if n % 32 == 0 {
            ada.has_not_heard().await;
        }
    }
    let began = Instant::now();
    let of = |texts: &[String], room: &str| texts.iter().filter(|text| text.starts_with(room)).count();
    while of(&kept(&chat), "flood") > 4_000 {
        assert!(began.elapsed() < PATIENCE * 3, "the flood stays");
        tokio::time::sleep(MS(500)).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let texts = kept(&chat);
    println!("{} of the flood are left, {} bytes", of(&texts, "flood"), size(&chat, "chinwag.db"));
    assert_eq!(of(&texts, "lobby"), 200);
}

/// Whether one of these words is in a file.
fn found(chat: &Folder, name: &str, words: &[&str]) -> Option<String> {
    let bytes = fs::read(file(chat, name)).unwrap_or_default();
    let is_in =
        |word: &&&str| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    words.iter().find(is_in).map(|word| format!("{word} is in {name}"))
}

#[tokio::test]
async fn words_that_were_deleted_edited_away_or_forgotten_are_gone_from_all_files_within_a_minute() {
    const WORDS: [&str; 8] = [
        "zebraword",
        "quaggaword",
        "okapiword",
        "kuduword",
        "gnuword",
        "oribiword",
        "elandword",
        "duikerword",
    ];
    let chat = Folder::new();
    let old = now() - 400 * DAY;
    imports(&chat, &line("lobby", "gnuword and oribiword were said long ago", old));
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for n in 0..300 {
        ada.tells("lobby", &format!("before {n}")).await;
    }
    let first = ada.tells("lobby", "zebraword quaggaword").await;
    // A text that does not fit on a page.
    let long = ada.tells("lobby", &format!("okapiword {} kuduword", words(1, 400))).await;
    let edited = ada.tells("lobby", "elandword").await;
    for n in 0..300 {
        ada.tells("lobby", &format!("after {n}")).await;
    }
    // The index has them by now.
    ada.says(json!({"type": "search", "query": "kuduword"})).await;
    assert_eq!(ada.hears("found").await["entries"].as_array().unwrap().len(), 1);
    for text in ["duikerword", "what stays"] {
        ada.says(json!({"type": "edit", "room": "lobby", "seq": edited, "text": text})).await;
        ada.hears("edited").await;
    }
    for seq in [first, long] {
        ada.says(json!({"type": "delete", "room": "lobby", "seq": seq})).await;
        ada.hears("deleted").await;
    }
    stops(program).await;
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "365"]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let began = Instant::now();
    loop {
        // It is in use all the time.
        ada.tells("lobby", &format!("later {:?}", began.elapsed())).await;
        let left = ["chinwag.db", "chinwag.db-wal"].iter().find_map(|name| found(&chat, name, &WORDS));
        let Some(left) = left else { break };
        assert!(began.elapsed() < Duration::from_secs(60), "{left}");
        tokio::time::sleep(MS(500)).await;
    }
    println!("gone after {:?}", began.elapsed());
    let backup = file(&chat, "backup.db");
    let output = run(&["backup", "--data", chat.arg(), backup.to_str().unwrap()]);
    assert!(output.status.success());
    assert_eq!(found(&chat, "backup.db", &WORDS), None);
    assert!(kept(&chat).contains(&"what stays".to_owned()));
    is_whole(&chat);
}

#[tokio::test]
async fn log_is_cut_when_nothing_is_said() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for n in 0..200 {
        ada.tells("lobby", &words(n, 50)).await;
    }
    assert!(size(&chat, "chinwag.db-wal") > 0);
    let began = Instant::now();
    while size(&chat, "chinwag.db-wal") > 0 {
        assert!(began.elapsed() < PATIENCE, "{} bytes", size(&chat, "chinwag.db-wal"));
        tokio::time::sleep(MS(100)).await;
    }
}

/// Says long texts of new words as fast as they are taken, for some time.
async fn floods(program: &Program, name: &str, room: &str, time: Duration) -> usize {
    let mut voice = Voice::joins(program.addr, name, room).await;
    let (began, mut said) = (Instant::now(), 0);
    while began.elapsed() < time {
        let line = |n: usize| {
            let text: String = words(n, 700).chars().take(3_900).collect();
            json!({"type": "say", "room": room, "cid": format!("c{n}"), "text": text}).to_string()
        };
        voice.says_line(&(said..said + 12).map(line).collect::<Vec<_>>().join("\n")).await;
        said += 12;
        for _ in 0..12 {
            voice.hears("receipt").await;
        }
        voice.has_not_heard().await;
    }
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flood_of_long_messages_leaves_the_log_short_and_a_start_after_a_kill_quick() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut bob = Voice::joins(program.addr, "Bob", "tea").await;
    let flood = floods(&program, "Ada", "lobby", Duration::from_secs(6));
    let (mut most, mut waits) = (0, Vec::new());
    let beside = async {
        for turn in 0.. {
            let asked = Instant::now();
            bob.tells("tea", &format!("{turn}")).await;
            waits.push(asked.elapsed());
            most = most.max(size(&chat, "chinwag.db-wal"));
            tokio::time::sleep(MS(10)).await;
        }
    };
    let said = tokio::select! { said = flood => said, () = beside => 0 };
    waits.sort();
    println!(
        "{said} said, log at most {most}; p50 {:?}, p99 {:?}",
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100]
    );
    assert!(most < WAL_BYTES, "{most} bytes in the write-ahead log");
    program.crash();
    let began = Instant::now();
    let program = Program::start(&["--data", chat.arg()]);
    let up = began.elapsed();
    let mut bob = Voice::joins(program.addr, "Bob", "tea").await;
    let asked = Instant::now();
    bob.tells("tea", "the first after the kill").await;
    println!("up after {up:?}, the first message took {:?}", asked.elapsed());
    assert!(asked.elapsed() < MS(500), "{:?}", asked.elapsed());
    // A search finds what is in the index, and does not wait for all of it.
    let asked = Instant::now();
    bob.says(json!({"type": "search", "query": "kill"})).await;
    bob.hears("found").await;
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    assert!(stops(program).await < Duration::from_secs(6));
}

#[tokio::test]
async fn somebody_who_reads_the_store_delays_neither_messages_nor_the_end() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.tells("lobby", "first").await;
    let reader = Connection::open(file(&chat, "chinwag.db")).unwrap();
    let snapshot = reader.unchecked_transaction().unwrap();
    let count: i64 = snapshot.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
    let gone = ada.tells("lobby", "regretted").await;
    ada.says(json!({"type": "delete", "room": "lobby", "seq": gone})).await;
    let (began, mut most) = (Instant::now(), Duration::ZERO);
    while began.elapsed() < Duration::from_secs(8) {
        let asked = Instant::now();
        ada.tells("lobby", &words(began.elapsed().as_micros() as usize, 60)).await;
        most = most.max(asked.elapsed());
        tokio::time::sleep(MS(5)).await;
    }
    assert!(most < Duration::from_secs(1), "{most:?}");
    let took = stops(program).await;
    // She does not answer the close, and is waited for a little.
    assert!(took < Duration::from_secs(4), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_read_all_the_time_do_not_make_the_log_long() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut readers = Vec::new();
    for reader in 0..6 {
        let addr = program.addr;
        readers.push(tokio::spawn(async move {
            let mut voice = Voice::joins(addr, &format!("Reader {reader}"), "lobby").await;
            loop {
                for _ in 0..8 {
                    voice.says(json!({"type": "history", "room": "lobby"})).await;
                }
                for _ in 0..8 {
                    voice.hears("page").await;
                }
                voice.has_not_heard().await;
            }
        }));
    }
    let flood = floods(&program, "Ada", "tea", Duration::from_secs(12));
    let mut most = 0;
    let beside = async {
        loop {
            most = most.max(size(&chat, "chinwag.db-wal"));
            tokio::time::sleep(MS(10)).await;
        }
    };
    let said = tokio::select! { said = flood => said, () = beside => 0 };
    println!("{said} said, log at most {most}");
    readers.iter().for_each(tokio::task::JoinHandle::abort);
    assert!(said > 100 && most < WAL_BYTES, "{said} said, {most} bytes in the write-ahead log");
}

#[tokio::test]
async fn visitors_who_never_spoke_are_forgotten_with_their_markers_and_those_who_did_are_not() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let seq = ada.tells("lobby", "hi").await;
    stops(program).await;
    // Earlier versions wrote a row for everybody who came.
    changes(
        &chat,
        &format!(
            "INSERT INTO users(id, name, seen, hue) VALUES(7, 'Bob', 0, 3);
             INSERT INTO hues VALUES(3, 1);
             INSERT INTO names(key, user) VALUES('bob', 7);
             INSERT INTO reads(user, room, seq) SELECT 7, id, {seq} FROM rooms;
             UPDATE users SET seen = {}",
            now() - 100 * DAY
        ),
    );
    let program = Program::start(&["--data", chat.arg()]);
    let began = Instant::now();
    while (chat.rows("users"), chat.rows("reads")) != (1, 0) {
        assert!(began.elapsed() < PATIENCE, "{} people, {} markers", chat.rows("users"), chat.rows("reads"));
        tokio::time::sleep(MS(100)).await;
    }
    assert_eq!(kept(&chat), ["hi"]);
    stops(program).await;
    is_whole(&chat);
}

#[tokio::test]
async fn refused_message_makes_no_room() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["tea", "lobby"]).await;
    for command in [
        json!({"type": "say", "room": "tea", "cid": "a", "text": "hi", "reply_to": 9}),
        json!({"type": "edit", "room": "tea", "seq": 9, "text": "hi"}),
        json!({"type": "delete", "room": "tea", "seq": 9}),
        json!({"type": "react", "room": "tea", "seq": 9, "emoji": "👍", "on": true}),
    ] {
        assert_eq!(ada.is_refused(command).await["code"], "no_such_message");
    }
    // Nor does what changes nothing.
    ada.says(json!({"type": "topic", "room": "tea", "text": "", "cid": "t"})).await;
    ada.hears("receipt").await;
    ada.says(json!({"type": "read", "room": "tea", "seq": 5})).await;
    ada.tells("lobby", "hi").await;
    stops(program).await;
    let store = Connection::open(file(&chat, "chinwag.db")).unwrap();
    let rooms: String =
        store.query_row("SELECT group_concat(name) FROM rooms", [], |row| row.get(0)).unwrap();
    assert_eq!(rooms, "lobby");
}

#[tokio::test]
async fn empty_rooms_go_their_cursors_are_reset_and_nobody_reads_in_their_place() {
    let chat = Folder::new();
    let old = now() - 1_000 * DAY;
    let lines = [line("tea", "old", old), line("garden", "old", old), line("lobby", "young", now())].concat();
    imports(&chat, &lines);
    let program = Program::start(&["--data", chat.arg()]);
    let slowed = run(&["--data", chat.arg(), "room", "news", "--writers", "moderators"]);
    assert!(slowed.status.success(), "a room of announcements, in which nothing was said yet");
    let mut ada = Voice::joins_all(program.addr, "Ada", &["tea", "garden", "cake", "quiet"]).await;
    ada.says(json!({"type": "read", "room": "garden", "seq": 2})).await;
    // The one is there for others to find; of the other nobody would miss anything.
    ada.says(json!({"type": "room", "room": "cake", "title": "", "listed": true})).await;
    ada.says(json!({"type": "room", "room": "quiet", "title": "", "listed": false})).await;
    ada.says(json!({"type": "topic", "room": "tea", "text": "Tea"})).await;
    ada.hears("topic").await;
    ada.says(json!({"type": "name", "name": "Ada L."})).await;
    ada.hears("renamed").await;
    stops(program).await;
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "365"]);
    keeps(&chat, 2).await;
    stops(program).await;
    // A look at rooms comes with the start.
    let program = Program::start(&["--data", chat.arg(), "--keep-days", "365"]);
    let rooms = || {
        let store = Connection::open(file(&chat, "chinwag.db")).unwrap();
        store
            .query_row("SELECT group_concat(name) FROM (SELECT name FROM rooms ORDER BY name)", [], |row| {
                row.get::<_, String>(0)
            })
            .unwrap()
    };
    let began = Instant::now();
    while rooms() != "cake,lobby,news,tea" {
        assert!(began.elapsed() < PATIENCE, "{}", rooms());
        tokio::time::sleep(MS(100)).await;
    }
    let mut bob = Voice::joins_all(program.addr, "Bob", &["lobby"]).await;
    bob.says(json!({"type": "leave", "room": "lobby"})).await;
    bob.says(json!({"type": "join", "room": "lobby"})).await;
    let epoch = bob.hears("joined").await["epoch"].clone();
    let mut joins = async |since: u64| {
        bob.has_not_heard().await;
        bob.says(json!({"type": "leave", "room": "garden"})).await;
        bob.says(json!({"type": "join", "room": "garden", "epoch": epoch, "since": since})).await;
        bob.hears("joined").await
    };
    assert_eq!(joins(1).await["reset"], true, "what was there is gone");
    let mut cyd = Voice::joins(program.addr, "Cyd", "garden").await;
    let seq = cyd.tells("garden", "anew").await;
    // A cursor comes with what was delivered, which a receipt does not wait for.
    cyd.hears("message").await;
    assert_eq!(joins(1).await["reset"], true, "and it is still");
    let joined = joins(seq).await;
    assert_eq!((&joined["reset"], &joined["read"]), (&json!(false), &json!(0)));
    stops(program).await;
    is_whole(&chat);
}

#[derive(Debug)]
struct Panics;

impl Deliver for Panics {
    fn deliver(&self, _: &mut dyn Iterator<Item = Entry>) {
        panic!("on purpose");
    }
}

#[tokio::test]
async fn log_whose_writer_panicked_answers_that_it_is_closed() {
    let folder = Folder::new();
    let log = SqliteLog::open(folder.path(), &StoreOptions::default()).unwrap();
    // A log holds those that it delivers to weakly.
    let panics: Arc<dyn Deliver> = Arc::new(Panics);
    log.deliver_to(Arc::clone(&panics));
    let says = |text: &str| log.append(Draft::message(&RoomName::lobby(), text));
    says("kept").await.unwrap();
    for text in ["asked while it panics", "asked when it is gone"] {
        let answer = tokio::time::timeout(PATIENCE, says(text)).await.expect("nobody answers");
        assert!(answer.is_err(), "{answer:?}");
    }
}
