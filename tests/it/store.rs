//! The store between versions and after deletions: what an older program wrote is kept and found, and what was
//! deleted is in no file.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use chinwag::{Draft, Entries, Limits, RoomName, SqliteLog, StoreOptions};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::{Folder, Program, run};
use crate::socket::{MS, PATIENCE};
use crate::voice::Voice;

const FILE: &str = "chinwag.db";

/// The version of the store that this program makes.
const VERSION: i32 = 5;

/// A chat as version 1 of the store keeps it: Ada said "morning" and edited it to "evening", then "zebra" and deleted
/// it, then "garden".
fn version_1() -> Folder {
    let folder = Folder::new();
    let store = Connection::open(folder.path().join(FILE)).unwrap();
    store.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = DELETE").unwrap();
    store.execute_batch(include_str!("store_1.sql")).unwrap();
    store
        .execute_batch(
            "PRAGMA application_id = 0x43687767; PRAGMA user_version = 1;
             INSERT INTO meta VALUES('epoch', x'0102030405060708'), ('secret', randomblob(32)), ('indexed', 5);
             INSERT INTO rooms VALUES(1, 'lobby', '', 0);
             INSERT INTO users VALUES(77, 'Ada', 1700000000000, 1);
             INSERT INTO names VALUES('ada', 77);
             INSERT INTO entries VALUES
                (1, 1, 1700000000001, 77, 0, NULL, 'morning', 'c1'), (2, 1, 1700000000002, 77, 1, 1, 'evening', NULL),
                (3, 1, 1700000000003, 77, 0, NULL, NULL, 'c3'), (4, 1, 1700000000004, 77, 2, 3, NULL, NULL),
                (5, 1, 1700000000005, 77, 0, NULL, 'garden', 'c5');
             INSERT INTO changes VALUES(1, 2, 1700000000002, 0, 'evening'), (3, 4, NULL, 1, NULL);
             INSERT INTO days VALUES(19675, 1, 5);
             INSERT INTO search(rowid, text, tags) VALUES(1, 'evening', 'r1 u4d'), (3, 'zebra', 'r1 u4d'),
                (5, 'garden', 'r1 u4d');
             DELETE FROM search WHERE rowid = 3",
        )
        .unwrap();
    folder
}

fn version_of(folder: &Folder) -> i32 {
    let store = Connection::open(folder.path().join(FILE)).unwrap();
    store.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Asks until the index has come so far; gives the texts that are found.
async fn finds(voice: &mut Voice, query: &str) -> Vec<String> {
    voice.says(json!({"type": "search", "query": query})).await;
    let found = voice.hears("found").await;
    let text = |message: &Value| message["text"].as_str().unwrap().to_owned();
    found["entries"].as_array().unwrap().iter().map(text).collect()
}

#[tokio::test]
async fn store_of_version_1_is_migrated_with_all_that_is_in_it() {
    let folder = version_1();
    let arguments = ["--data", folder.arg()];
    let program = Program::start(&arguments);
    let mut bob = Voice::opens(program.addr, "/ws").await;
    let cursor = json!({"epoch": "AQIDBAUGBwg", "since": 4});
    bob.says(json!({"type": "hello", "name": "Bob", "rooms": {"lobby": cursor}})).await;
    assert_eq!(bob.hears("joined").await["reset"], false, "numbers go on");
    assert_eq!(bob.hears("message").await["text"], "garden");
    for (query, text) in
        [("evening", &["evening"][..]), ("garden", &["garden"]), ("morning", &[]), ("zebra", &[])]
    {
        assert_eq!(finds(&mut bob, query).await, text, "{query}");
    }
    assert_eq!(bob.tells("lobby", "after").await, 6);
    bob.says(json!({"type": "directory"})).await;
    assert_eq!(bob.hears("directory").await["rooms"], json!([]), "what was private is not published");
    program.signal("TERM");
    let (status, _, said) = program.ends().await;
    assert!(status.success() && said.contains(&format!("version {VERSION}")), "{status}: {said}");
    assert_eq!(version_of(&folder), VERSION);
    let file = fs::read(folder.path().join(FILE)).unwrap();
    assert!(!contains(&file, "zebra"), "words of deleted messages left with the old index");
    assert!(run(&["check", "--data", folder.arg()]).status.success());
    // It is no longer said of a store that is migrated.
    let program = Program::start(&arguments);
    program.signal("TERM");
    assert!(!program.ends().await.2.contains("of version"));
}

/// The same chat as version 2 of the store keeps it.
fn version_2() -> Folder {
    let folder = Folder::new();
    let store = Connection::open(folder.path().join(FILE)).unwrap();
    store.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = DELETE").unwrap();
    store.execute_batch(include_str!("store_2.sql")).unwrap();
    store
        .execute_batch(
            "PRAGMA application_id = 0x43687767; PRAGMA user_version = 2;
             INSERT INTO meta VALUES('epoch', x'0102030405060708'), ('secret', randomblob(32)), ('names', 2);
             INSERT INTO rooms(id, name) VALUES(1, 'lobby');
             INSERT INTO users VALUES(77, 'Ada', 1700000000000, 1);
             INSERT INTO names VALUES('ada', 77);
             INSERT INTO entries VALUES
                (1, 1, 1700000000001, 77, 0, NULL, 'evening', 'c1'), (2, 1, 1700000000002, 77, 1, 1, NULL, NULL),
                (3, 1, 1700000000003, 77, 0, NULL, NULL, 'c3'), (4, 1, 1700000000004, 77, 2, 3, NULL, NULL),
                (5, 1, 1700000000005, 77, 0, NULL, '@Ada is in the garden', 'c5'),
                (6, 1, 1700000000006, 77, 0, 1, 'an answer', 'c6'), (7, 1, 1700000000007, 77, 0, 6, 'to that', 'c7');
             INSERT INTO changes VALUES(1, 2, 1700000000002, 0), (3, 4, NULL, 1)",
        )
        .unwrap();
    folder
}

#[tokio::test]
async fn store_of_version_2_is_migrated_and_mentions_people_from_then_on() {
    let folder = version_2();
    let before = fs::read(folder.path().join(FILE)).unwrap();
    let exported = run(&["export", "--data", folder.arg()]).stdout;
    assert!(contains(&exported, "garden") && !contains(&exported, "mentions"));
    assert!(!contains(&exported, "hue"), "nobody had a face");
    assert!(before == fs::read(folder.path().join(FILE)).unwrap(), "an export leaves it as it is");
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::opens(program.addr, "/ws").await;
    let cursor = json!({"epoch": "AQIDBAUGBwg", "since": 4});
    bob.says(json!({"type": "hello", "name": "Bob", "rooms": {"lobby": cursor}})).await;
    assert_eq!(bob.hears("joined").await["reset"], false, "numbers go on");
    let message = bob.hears("message").await;
    assert_eq!(message["from"]["hue"], 0, "she came first");
    assert_eq!((&message["text"], message.get("mentions")), (&json!("@Ada is in the garden"), None));
    assert_eq!(bob.hears("message").await.get("root"), None, "it answers the root itself");
    assert_eq!(bob.hears("message").await["root"], 1);
    bob.says(json!({"type": "history", "room": "lobby", "thread": 1})).await;
    let thread = bob.hears("page").await["entries"].clone();
    let seqs: Vec<_> = thread.as_array().unwrap().iter().map(|message| message["seq"].clone()).collect();
    assert_eq!((seqs, &thread[0]["replies"]["count"]), (vec![json!(1), json!(6), json!(7)], &json!(2)));
    assert_eq!(finds(&mut bob, "evening").await, ["evening"]);
    let ada = json!({"Ada": "AAAAAAAAAE0"});
    bob.says(json!({"type": "say", "room": "lobby", "cid": "b", "text": "@Ada, tea?", "mentions": ada}))
        .await;
    assert_eq!(bob.hears("message").await["mentions"], ada);
    program.signal("TERM");
    let (status, _, said) = program.ends().await;
    assert!(
        status.success() && said.contains(&format!("version 2 and is now of version {VERSION}")),
        "{status}: {said}"
    );
    assert!(said.contains("their index is made"), "it folds words in another way: {said}");
    assert_eq!(version_of(&folder), VERSION);
    assert!(run(&["check", "--data", folder.arg()]).status.success());
    let now = String::from_utf8(run(&["export", "--data", folder.arg()]).stdout).unwrap();
    // But for the hue that she has by now.
    let was = now.replace(",\"hue\":0", "");
    assert!(was.starts_with(std::str::from_utf8(&exported).unwrap()), "what was there is as it was: {now}");
    assert!(now.contains("\"mentions\":{\"Ada\":\"AAAAAAAAAE0\"}"), "{now}");
}

/// A version 1 store whose migration writes some 60 MB: it takes long enough to be killed in the middle.
fn large_version_1(messages: u64) -> Folder {
    let folder = version_1();
    let store = Connection::open(folder.path().join(FILE)).unwrap();
    store
        .execute_batch(&format!(
            "BEGIN;
             WITH n(n) AS (SELECT 6 UNION ALL SELECT n + 2 FROM n WHERE n < 4 + 2 * {messages})
             INSERT INTO entries SELECT n, 1, 1700000000000 + n, 77, 0, NULL, 'before', 'm' || n FROM n;
             INSERT INTO entries SELECT seq + 1, 1, at + 1, 77, 1, seq, printf('%.*c', 1000, 'x'), NULL
               FROM entries WHERE cid LIKE 'm%';
             INSERT INTO changes SELECT target, seq, at, 0, text FROM entries WHERE kind = 1 AND seq > 5;
             UPDATE days SET last = (SELECT max(seq) FROM entries);
             COMMIT"
        ))
        .unwrap();
    folder
}

#[tokio::test]
async fn migration_that_is_killed_in_the_middle_leaves_a_store_that_migrates_at_the_next_start() {
    const MESSAGES: u64 = 20_000;
    let folder = large_version_1(MESSAGES);
    let wal = folder.path().join("chinwag.db-wal");
    let wal_bytes = || fs::metadata(&wal).map_or(0, |file| file.len());
    for kill_at in [1 << 20, 8 << 20, 20 << 20] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_chinwag"))
            .args(["--addr", "127.0.0.1:0", "--data", folder.arg()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let until = std::time::Instant::now() + 6 * PATIENCE;
        while wal_bytes() < kill_at && std::time::Instant::now() < until {
            std::thread::sleep(MS(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(wal_bytes() >= kill_at, "it was killed while it wrote");
        let store =
            Connection::open_with_flags(folder.path().join(FILE), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
        let version: i32 = store.unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 1, "it was not over at {kill_at} bytes");
    }
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    assert_eq!(bob.tells("lobby", "after").await, 6 + 2 * MESSAGES);
    program.signal("TERM");
    assert!(program.ends().await.0.success());
    assert_eq!(version_of(&folder), VERSION);
    let exported = String::from_utf8(run(&["export", "--data", folder.arg()]).stdout).unwrap();
    assert_eq!(exported.matches("xxxxxxxx\",\"cid\":\"m").count() as u64, MESSAGES, "each as it was edited");
    assert!(exported.contains("garden") && run(&["check", "--data", folder.arg()]).status.success());
}

#[tokio::test]
async fn migrated_store_uses_no_number_again_that_retention_took() {
    // What told the number in version 1: the floor of the room, or only the days.
    for (sql, next) in [
        (
            "DELETE FROM entries WHERE seq > 2; DELETE FROM changes WHERE seq > 2; UPDATE rooms SET floor = 5",
            6,
        ),
        ("DELETE FROM entries; DELETE FROM changes; UPDATE days SET last = 41", 42),
        ("UPDATE days SET last = 41", 42),
    ] {
        let folder = version_1();
        Connection::open(folder.path().join(FILE)).unwrap().execute_batch(sql).unwrap();
        let program = Program::start(&["--data", folder.arg()]);
        let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
        assert_eq!(bob.tells("lobby", "after").await, next, "{sql}");
    }
}

#[test]
fn store_of_version_1_can_be_exported_and_copied_and_is_left_as_it_is() {
    let folder = version_1();
    let before = fs::read(folder.path().join(FILE)).unwrap();
    let exported = run(&["export", "--data", folder.arg()]);
    let lines = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.status.success() && lines.contains("garden"), "{lines}");
    let copy = folder.path().join("copy.db");
    assert!(run(&["backup", "--data", folder.arg(), copy.to_str().unwrap()]).status.success());
    assert!(contains(&fs::read(&copy).unwrap(), "garden"));
    let checked = run(&["check", "--data", folder.arg()]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(checked.status.code(), Some(1));
    assert!(said.contains("version 1") && said.contains("start this chinwag"), "{said}");
    assert!(before == fs::read(folder.path().join(FILE)).unwrap());
}

fn contains(file: &[u8], word: &str) -> bool {
    file.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Words are searched for in pieces, as an index may have the beginning of a word elsewhere than the rest.
#[track_caller]
fn has_none(file: &Path, words: &[&str]) {
    let bytes = fs::read(file).unwrap();
    for word in words {
        assert!(!contains(&bytes, word), "{word} is still in {}", file.display());
    }
}

#[tokio::test]
async fn words_of_deleted_messages_are_in_no_file_and_no_backup() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    // The words of the long text are different ones, and its letters not those of the others.
    let long: Vec<String> = (0..500).map(|n| format!("qx{n:03}x")).collect();
    let deleted = ada.tells("lobby", "zebraword quaggaword").await;
    let edited = ada.tells("lobby", "okapiword stays").await;
    let long = ada.tells("lobby", &long.join(" ")).await;
    let other = ada.tells("lobby", "stays too").await;
    assert_eq!(finds(&mut ada, "zebraword OR qx").await.len(), 0);
    assert_eq!(finds(&mut ada, "okapiword").await.len(), 1);
    for seq in [deleted, long] {
        ada.says(json!({"type": "delete", "room": "lobby", "seq": seq})).await;
        ada.hears("deleted").await;
    }
    ada.says(json!({"type": "edit", "room": "lobby", "seq": edited, "text": "gnuword stays"})).await;
    ada.hears("edited").await;
    for (query, count) in [("zebraword", 0), ("qx005x", 0), ("okapiword", 0), ("gnuword", 1), ("stays", 2)] {
        assert_eq!(finds(&mut ada, query).await.len(), count, "{query}");
    }
    assert!(other > long);
    ada.says(json!({"type": "delete", "room": "lobby", "seq": edited})).await;
    ada.hears("deleted").await;
    // Nobody searches, and it is done all the same.
    let until = std::time::Instant::now() + PATIENCE;
    let stale = || {
        let store = Connection::open(folder.path().join(FILE)).unwrap();
        store.query_row("SELECT count(*) FROM stale", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    while stale() > 0 {
        assert!(std::time::Instant::now() < until, "words are not removed");
        tokio::time::sleep(MS(50)).await;
    }
    let words = ["zebraw", "ebraword", "quagg", "uaggaword", "okapi", "kapiword", "gnuword", "x005x"];
    let copy = folder.path().join("copy.db");
    assert!(run(&["backup", "--data", folder.arg(), copy.to_str().unwrap()]).status.success());
    has_none(&copy, &words);
    program.signal("TERM");
    program.ends().await;
    has_none(&folder.path().join(FILE), &words);
    assert!(contains(&fs::read(folder.path().join(FILE)).unwrap(), "stays"));
    let checked = run(&["check", "--data", folder.arg()]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

/// What a client hears that comes back with its cursor: whether it has to begin anew, and the texts.
async fn comes_back(addr: SocketAddr, epoch: &Value, since: u64) -> (bool, Vec<String>) {
    let mut voice = Voice::opens(addr, "/ws").await;
    voice.says(json!({"type": "hello", "rooms": {"lobby": {"epoch": epoch, "since": since}}})).await;
    let joined = voice.hears("joined").await;
    voice.hears("caught_up").await;
    let heard = voice.has_not_heard().await;
    let texts = heard.iter().filter_map(|line| line["text"].as_str().map(str::to_owned)).collect();
    (joined["reset"].as_bool().unwrap(), texts)
}

#[tokio::test]
async fn store_put_back_from_an_older_copy_resets_who_knew_more() {
    let (folder, copy) = (Folder::new(), Folder::new());
    let arguments = ["--data", folder.arg()];
    let file = |folder: &Folder| folder.path().join(FILE);
    let says = async |addr, texts: std::ops::RangeInclusive<u64>| {
        let mut ada = Voice::opens(addr, "/ws").await;
        ada.says(json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
        let epoch = ada.hears("joined").await["epoch"].clone();
        for n in texts {
            ada.tells("lobby", &format!("{epoch} {n}")).await;
        }
        epoch
    };
    let ends = async |program: Program| {
        program.signal("TERM");
        assert!(program.ends().await.0.success());
    };
    let program = Program::start(&arguments);
    let first = says(program.addr, 1..=5).await;
    ends(program).await;
    fs::copy(file(&folder), file(&copy)).unwrap();
    let program = Program::start(&arguments);
    let second = says(program.addr, 6..=10).await;
    assert_ne!(first, second);
    let (is_reset, texts) = comes_back(program.addr, &first, 3).await;
    assert_eq!((is_reset, texts.len()), (false, 7), "a clean start takes nobody back");
    ends(program).await;
    // A copy of a store at rest, and one that is copied once more.
    for _ in 0..2 {
        fs::copy(file(&copy), file(&folder)).unwrap();
        let program = Program::start(&arguments);
        let third = says(program.addr, 6..=12).await;
        assert!(third != first && third != second);
        for (epoch, since, reset) in [
            (&first, 5, false),
            (&first, 3, false),
            (&second, 5, true),
            (&second, 10, true),
            (&third, 10, false),
        ] {
            let (is_reset, texts) = comes_back(program.addr, epoch, since).await;
            assert_eq!(is_reset, reset, "{epoch} {since}");
            let expected = if reset { 12 } else { 12 - since };
            assert_eq!(texts.len() as u64, expected, "{epoch} {since}: {texts:?}");
        }
        ends(program).await;
    }
}

#[tokio::test]
async fn folder_copied_while_the_server_ran_resets_who_heard_more_of_the_same_start() {
    let (folder, copy) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    for n in 1..=10 {
        if n == 6 {
            for file in fs::read_dir(folder.path()).unwrap().flatten() {
                if !file.file_type().unwrap().is_file() {
                    continue; // The control socket.
                }
                fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
            }
        }
        ada.tells("lobby", &format!("before {n}")).await;
    }
    program.crash();
    let program = Program::start(&["--data", copy.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    for n in 6..=12 {
        ada.tells("lobby", &format!("after {n}")).await;
    }
    assert!(!comes_back(program.addr, &epoch, 5).await.0);
    let (is_reset, texts) = comes_back(program.addr, &epoch, 10).await;
    assert_eq!((is_reset, texts.len()), (true, 12));
    program.crash();
    // After a crash, too, everyone goes on from where they were.
    let program = Program::start(&["--data", copy.arg()]);
    assert!(!comes_back(program.addr, &epoch, 5).await.0);
}

#[tokio::test]
async fn entries_from_before_the_hub_are_heard_and_two_hubs_of_a_log_hear_the_same() {
    let folder = Folder::new();
    let log = SqliteLog::open(folder.path(), &StoreOptions::default()).unwrap();
    let lobby = RoomName::parse("lobby").unwrap();
    for n in 1..=3 {
        log.append(Draft::message(&lobby, &format!("before {n}"))).await.unwrap();
    }
    let one = Chat::on(log.clone(), Limits::default());
    let mut ada = Voice::opens(one.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
    assert_eq!(ada.hears("joined").await["seq"], 3);
    for n in 1..=3 {
        assert_eq!(ada.hears("message").await["text"], format!("before {n}"));
    }
    // A second hub takes nothing from the first.
    let other = Chat::on(log.clone(), Limits::default());
    let mut bob = Voice::joins(other.addr, "Bob", "lobby").await;
    bob.hears("message").await;
    ada.tells("lobby", "to both").await;
    for voice in [&mut ada, &mut bob] {
        while voice.hears("message").await["text"] != "to both" {}
    }
}
