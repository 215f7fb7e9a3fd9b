//! The tools beside a running chat: what is exported, backed up and checked, and what is said of files
//! that are no chat's.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Instant;

use rusqlite::Connection;
use serde_json::json;

use crate::program::{Folder, Program, run};
use crate::socket::{MS, PATIENCE};
use crate::voice::Voice;

#[track_caller]
fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

/// Runs it to its end, which is a good one; gives what it wrote.
#[track_caller]
pub(crate) fn good(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    let stderr = String::from_utf8(output.stderr).unwrap();
    // On a busy machine it takes so long that it says how far it has come.
    let is_progress = |line: &str| {
        ["lines", "entries", "pages", "changes", "messages"].iter().any(|of| line.starts_with(of))
    };
    assert!(stderr.lines().all(is_progress), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it to its end, which comes soon, with exit code 1; all these words are said.
#[track_caller]
pub(crate) fn refused(args: &[&str], words: &[&str]) {
    let child = Command::new(env!("CARGO_BIN_EXE_chinwag"))
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() && began.elapsed() < PATIENCE {
        thread::sleep(MS(5));
    }
    // One that was not refused serves, and would for ever.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
    for words in words {
        assert!(said.contains(words), "{args:?}: {said:?} does not say {words:?}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

pub(crate) fn export(folder: &Folder) -> String {
    good(&["export", "--data", folder.arg()])
}

/// A file of lines in a folder of its own.
pub(crate) fn file(lines: &str) -> (Folder, String) {
    let folder = Folder::new();
    let path = folder.path().join("chat.jsonl");
    fs::write(&path, lines).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// A chat made of lines.
pub(crate) fn chat(lines: &str) -> Folder {
    let (chat, (_folder, path)) = (Folder::new(), file(lines));
    good(&["import", "--data", chat.arg(), &path]);
    chat
}

pub(crate) fn line(seq: u64, name: &str, text: &str) -> String {
    let from = json!({"name": name});
    let at = 1_700_000_000_000 + seq * 1000;
    let line = json!({"type": "message", "room": "lobby", "seq": seq, "from": from, "text": text, "at": at});
    format!("{line}\n")
}

/// What has happened to messages 1 and 2 of [`line`].
pub(crate) const CHANGES: &str = r#"{"type":"edited","room":"lobby","by":{"name":"Ada"},"at":1700000100000,"target":1,"text":"a better greeting"}
{"type":"reacted","room":"lobby","by":{"name":"Bob"},"at":1700000101000,"target":1,"emoji":"👍","on":true}
{"type":"deleted","room":"lobby","by":{"name":"Bob"},"at":1700000102000,"target":2}
{"type":"topic","room":"lobby","by":{"name":"Bob"},"at":1700000103000,"text":"greetings"}
"#;

pub(crate) fn small_chat() -> Folder {
    chat(&[&line(1, "Ada", "greetings"), &line(2, "Bob", "regretted"), CHANGES].concat())
}

#[test]
fn the_text_that_is_exported_has_one_line_a_message_that_reads_from_left_to_right() {
    let lines = line(1, "Ada", "a\u{2028}b\u{2029}c\u{85}d\u{202E}e\u{2066}f\u{202B}g\u{1B}[2J");
    let text = good(&["export", "--data", chat(&lines).arg(), "--format", "text"]);
    assert!(text.ends_with(" Ada: a\n    b\n    c\n    defg\u{FFFD}[2J\n"), "{text:?}");
    let page = good(&["export", "--data", chat(&lines).arg(), "--format", "html"]);
    assert!(!page.contains(['\u{202E}', '\u{2066}', '\u{202B}']), "{page}");
}

#[test]
fn a_backup_to_standard_output_is_refused_in_words() {
    let chat = small_chat();
    let folder = Folder::new();
    refused(&["--data", chat.arg(), "backup", "-"], &["name a file"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn check_counts_the_write_ahead_log() {
    let here = Folder::new();
    let program = Program::start(&["--data", here.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.tells("lobby", "hello").await;
    let report = good(&["check", "--data", here.arg()]);
    let size = |name: &str| fs::metadata(here.path().join(name)).unwrap().len();
    let (file, wal) = (size("chinwag.db"), size("chinwag.db-wal"));
    let words = format!("{} bytes ({wal} of them in the write-ahead log)", file + wal);
    assert!(wal > 0 && report.contains(&words), "{report} has not: {words}");
}

#[cfg(unix)]
#[test]
fn a_chat_that_may_not_be_read_is_not_said_to_be_missing() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let chat = small_chat();
    fs::set_permissions(chat.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let program = Folder::new();
    fs::set_permissions(program.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let copy = program.path().join("chinwag");
    fs::copy(env!("CARGO_BIN_EXE_chinwag"), &copy).unwrap();
    for args in [["export", "--format", "text"].as_slice(), &["check"], &["backup", "/tmp/there-is-none.db"]]
    {
        let mut command = Command::new(&copy);
        // Root may read everything: then it is nobody who asks.
        command.uid(65_534).gid(65_534).current_dir("/").args(args).args(["--data", chat.arg()]);
        let output = match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                println!("skipped: only root can ask as somebody else");
                return;
            }
            output => output.unwrap(),
        };
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("Permission denied") && said.contains("user of the server"), "{said}");
        assert!(!said.contains("there is no chat") && said.matches("os error").count() == 1, "{said}");
    }
}

#[test]
fn the_page_that_is_exported_shows_what_people_wrote_and_runs_none_of_it() {
    let nasty = "<script>alert(1)</script> & \"quotes\" 'too' \u{1b}[2J\u{0}";
    let mut lines = line(1, "Eve", nasty);
    lines += &line(2, "Ada", "line one\nline two");
    lines += "{\"type\":\"topic\",\"room\":\"lobby\",\"by\":{\"name\":\"Ada\"},\"at\":1700000000000,\"text\":\"</h2><img src=x>\"}\n";
    let chat = chat(&lines);
    // Earlier versions had such names.
    let store = Connection::open(chat.path().join("chinwag.db")).unwrap();
    store.execute("UPDATE users SET name = '<b>&\"Eve\"' WHERE name = 'Eve'", []).unwrap();
    drop(store);
    let page = good(&["export", "--data", chat.arg(), "--format", "html"]);
    let escaped =
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; &#39;too&#39; \u{fffd}[2J\u{fffd}";
    assert!(page.contains(escaped) && page.contains("&lt;b&gt;&amp;&quot;Eve&quot;"), "{page}");
    assert!(page.contains("default-src 'none'") && page.contains("&lt;/h2&gt;&lt;img src=x&gt;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b>&"), "{page}");
    let text = good(&["export", "--data", chat.arg(), "--format", "text"]);
    assert!(!text.contains('\u{1b}') && text.contains("Ada: line one\n    line two\n"), "{text}");
}

#[tokio::test]
async fn one_room_can_be_exported_and_an_unknown_one_is_told_which_there_are() {
    let mut lines = line(1, "Ada", "in the lobby");
    for room in 0..25 {
        lines += &line(2, "Ada", "elsewhere").replace("lobby", &format!("room-{room:02}"));
    }
    let chat = chat(&lines);
    let one = good(&["export", "--data", chat.arg(), "--room", "lobby"]);
    assert!(one.contains("in the lobby") && one.lines().count() == 1, "{one}");
    let text = good(&["export", "--data", chat.arg(), "--format", "text"]);
    assert!(text.contains("=== lobby ===") && text.contains("=== room-24 ==="), "{text}");
    refused(
        &["export", "--data", chat.arg(), "--room", "nowhere"],
        &["no room 'nowhere'", "lobby, room-00", "and 6 more"],
    );
    let empty = Folder::new();
    refused(&["export", "--data", empty.arg()], &["there is no chat in", "--data"]);
    assert_eq!(run(&["export", "--data", chat.arg(), "--room", "No Name"]).status.code(), Some(2));
}

#[test]
fn an_export_ends_quietly_when_its_reader_has_read_enough() {
    let lines: String = (1..4_000).map(|seq| line(seq, "Ada", "far more than a pipe holds")).collect();
    let chat = chat(&lines);
    let mut child = Command::new(env!("CARGO_BIN_EXE_chinwag"))
        .args(["export", "--data", chat.arg()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.contains("\"seq\":1,") && output.status.success(), "{first}{}", said(&output));
    assert_eq!(said(&output), "");
}

#[tokio::test]
async fn a_backup_while_messages_pour_in_is_whole_and_starts_as_a_server() {
    let (chat, aside) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let joined = ada.hears("joined").await;
    let mut acknowledged = 0;
    let mut backups = Vec::new();
    for number in 0..1500 {
        ada.tells("lobby", &format!("message {number} {}", "x".repeat(200))).await;
        acknowledged = number + 1;
        if number % 500 == 100 {
            let file = aside.path().join(format!("{number}.db"));
            let data = chat.arg().to_owned();
            let arg = file.to_str().unwrap().to_owned();
            let backup = tokio::task::spawn_blocking(move || good(&["backup", "--data", &data, &arg]));
            backups.push((acknowledged, file, backup));
        }
    }
    assert_eq!(backups.len(), 3);
    for (at_least, file, backup) in backups {
        let words = backup.await.unwrap();
        assert!(words.contains("bytes") && words.contains("chinwag.db"), "{words}");
        refused(&["backup", "--data", chat.arg(), file.to_str().unwrap()], &["is there already"]);
        assert!(!file.with_extension("db.part").exists());
        let restored = Folder::new();
        fs::copy(&file, restored.path().join("chinwag.db")).unwrap();
        assert!(good(&["check", "--data", restored.arg()]).contains("no faults"));
        // All that was acknowledged before it began, and then the first of what came meanwhile.
        let lines = export(&restored);
        let count = lines.lines().count();
        assert!(count >= at_least && count <= acknowledged, "{count} of {at_least} to {acknowledged}");
        for (number, line) in lines.lines().enumerate() {
            assert!(line.contains(&format!("\"text\":\"message {number} x")), "{line}");
        }
        let other = Program::start(&["--data", restored.arg()]);
        let mut bob = Voice::joins(other.addr, "Bob", "lobby").await;
        let again = bob.hears("joined").await;
        assert_ne!(again["epoch"], joined["epoch"], "numbers of before mean nothing in it");
        assert!(bob.tells("lobby", "it goes on").await > count as u64);
    }
    #[cfg(unix)]
    for file in fs::read_dir(aside.path()).unwrap() {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.unwrap().metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "it has the chat's secret");
    }
}

#[tokio::test]
async fn a_check_of_a_chat_in_use_counts_what_is_there() {
    let chat = small_chat();
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Cy", "lobby").await;
    ada.tells("lobby", "live").await;
    let words = good(&["check", "--data", chat.arg()]);
    for part in [
        "no faults",
        "1 room, 3 messages, 7 entries in all, 3 people",
        "for a message",
        "from 2023-11-14 22:13:21 to",
    ] {
        assert!(words.contains(part), "{words} does not say {part}");
    }
}

#[test]
fn a_check_finds_what_is_not_as_the_log_says() {
    #[track_caller]
    fn finds(sql: &str, words: &[&str]) {
        let chat = small_chat();
        good(&["check", "--data", chat.arg()]);
        Connection::open(chat.path().join("chinwag.db")).unwrap().execute_batch(sql).unwrap();
        let before = fs::read(chat.path().join("chinwag.db")).unwrap();
        refused(
            &["check", "--data", chat.arg()],
            &[&["1 kind of fault", "the chat is damaged"], words].concat(),
        );
        assert!(before == fs::read(chat.path().join("chinwag.db")).unwrap(), "it only looks");
    }
    finds(
        "DELETE FROM changes WHERE seq = 2; DELETE FROM entries WHERE seq = 2",
        &["a change to a message that is not there", "entry 5"],
    );
    finds("DELETE FROM changes WHERE seq = 1", &["a message whose changes are lost", "message 1"]);
    finds(
        "UPDATE changes SET changed = changed + 1 WHERE seq = 1",
        &["not what its changes come to", "message 1"],
    );
    finds("INSERT INTO changes(seq, changed) VALUES(6, 6)", &["a change that no entry made", "message 6"]);
    finds("UPDATE reactions SET emoji = '👎'", &["other reactions than were given", "message 1"]);
    finds("INSERT INTO reactions VALUES(7, '👍', 1, 7)", &["a reaction that nobody gave"]);
    finds("UPDATE reaction_kinds SET count = 2", &["reactions are counted wrongly", "message 1"]);
    finds("UPDATE rooms SET bytes = bytes + 1", &["a room whose size is not what is in it", "lobby"]);
    finds(
        "INSERT INTO search(search, rowid, text, tags) SELECT 'delete', 1, text, '' FROM entries WHERE seq = 1",
        &["search index does not have as it is", "message 1"],
    );
    finds(
        "INSERT INTO search(rowid, text, tags) VALUES(1, 'greetings', '')",
        &["search index does not have as it is", "message 1"],
    );
    finds(
        "INSERT INTO search(rowid, text, tags) VALUES(2, 'regretted', 'r1 u1')",
        &["deleted or not there", "message 2"],
    );
    finds(
        "UPDATE entries SET text = 'regretted' WHERE seq = 2",
        &["deleted message whose text is still there"],
    );
    finds(
        "UPDATE entries SET mentions = '{}' WHERE seq = 2",
        &["deleted message whose text is still there", "message 2"],
    );
    finds(
        "UPDATE entries SET mentions = '{}' WHERE seq = 3",
        &["mentions somebody and is no message", "entry 3"],
    );
    finds("UPDATE entries SET text = NULL WHERE seq = 6", &["an entry without what it says", "entry 6"]);
    finds("UPDATE rooms SET topic = 'another'", &["a topic that is not the last", "lobby"]);
    finds("UPDATE days SET last = 1", &["not among those of its day", "entry 2"]);
    finds(
        "UPDATE names SET user = 12345 WHERE key = (SELECT min(key) FROM names)",
        &["a name of somebody who is not there"],
    );
    finds(
        "UPDATE names SET key = 'zed' WHERE key = (SELECT min(key) FROM names)",
        &["a name that its owner does not bear", "zed"],
    );
    finds("INSERT INTO reads VALUES(77, 1, 1)", &["a read marker of nobody"]);
    finds("DELETE FROM meta WHERE key = 'epoch'", &["every chat has is lost", "epoch"]);
    finds(
        "UPDATE entries SET user = 4711 WHERE seq = 6",
        &["an entry of somebody who is not there", "entry 6"],
    );
}

/// Files that no chat can be kept in, and what is said of each by the server and by a check.
#[test]
fn a_file_that_is_not_whole_or_not_a_chat_is_refused_in_words_and_left_as_it_is() {
    #[track_caller]
    fn refuses(make: impl FnOnce(&Path), start: &str, check: &str) {
        let lines: String =
            (1..300).map(|seq| line(seq, "Ada", &format!("a message {seq} that fills pages"))).collect();
        let chat = chat(&lines);
        let file = chat.path().join("chinwag.db");
        make(&file);
        let before = fs::read(&file).unwrap();
        refused(&["check", "--data", chat.arg()], &[check]);
        refused(&["--addr", "127.0.0.1:0", "--data", chat.arg()], &[start, "chinwag.db"]);
        refused(&["import", "--data", chat.arg(), "/dev/null"], &[start]);
        refused(&["backup", "--data", chat.arg(), chat.path().join("b.db").to_str().unwrap()], &[start]);
        assert!(before == fs::read(&file).unwrap(), "{start}: the file was changed");
        assert!(!chat.path().join("b.db").exists() && !chat.path().join("b.db.part").exists());
    }
    let open = |path: &Path| Connection::open(path).unwrap();
    let cut = |path: &Path, part: u64| {
        let bytes = fs::metadata(path).unwrap().len();
        fs::OpenOptions::new().write(true).open(path).unwrap().set_len(bytes * part / 4).unwrap();
    };
    refuses(|path| cut(path, 2), "is damaged", "cut short");
    refuses(|path| cut(path, 3), "is damaged", "cut short");
    refuses(
        |path| fs::write(path, "not a database, but a letter".repeat(300)).unwrap(),
        "is not a chat",
        "does not begin",
    );
    refuses(
        |path| {
            fs::remove_file(path).unwrap();
            open(path).execute_batch("CREATE TABLE other(x); INSERT INTO other VALUES(1)").unwrap();
        },
        "not a chat's",
        "not a chat's",
    );
    refuses(
        |path| open(path).execute_batch("PRAGMA user_version = 99").unwrap(),
        "newer chinwag",
        "newer chinwag",
    );
    // Bytes that turned: in the tree that holds the entries, and in a text.
    refuses(
        |path| {
            let mut bytes = fs::read(path).unwrap();
            let last = bytes.len() / 4096 - 1;
            let page = (1..last).find(|page| bytes[page * 4096] == 13).unwrap() * 4096;
            bytes[page + 3] ^= 0xFF;
            fs::write(path, bytes).unwrap();
        },
        "is damaged",
        "a fault in the file's structure",
    );
}

#[tokio::test]
async fn a_backup_put_beside_what_is_left_of_the_chat_is_not_mixed_with_it() {
    let (chat, aside) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", chat.arg()]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    ada.tells("lobby", "before").await;
    let (backup, file) = (aside.path().join("b.db"), chat.path().join("chinwag.db"));
    good(&["backup", "--data", chat.arg(), backup.to_str().unwrap()]);
    ada.tells("lobby", "after").await;
    program.crash();
    assert!(fs::metadata(chat.path().join("chinwag.db-wal")).unwrap().len() > 0);
    fs::remove_file(&file).unwrap();
    refused(
        &["--addr", "127.0.0.1:0", "--data", chat.arg()],
        &["chinwag.db is missing, but", "chinwag.db-wal is there"],
    );
    assert!(!file.exists());
    fs::copy(&backup, &file).unwrap();
    let words = ["chinwag.db-wal is from another file", "move"];
    refused(&["--addr", "127.0.0.1:0", "--data", chat.arg()], &words);
    refused(&["export", "--data", chat.arg()], &words);
    refused(&["check", "--data", chat.arg()], &words);
    assert!(fs::read(&file).unwrap() == fs::read(&backup).unwrap(), "it is left as it is");
    fs::remove_file(chat.path().join("chinwag.db-wal")).unwrap();
    assert_eq!(export(&chat).lines().count(), 1);
}

/// The server forgets visitors who left no trace.
#[tokio::test]
async fn person_with_any_trace_keeps_their_name_however_long_they_are_away() {
    let reaction = "{\"type\":\"reacted\",\"room\":\"lobby\",\"by\":{\"name\":\"Cy\"},\"at\":1700000200000,\"target\":1,\"emoji\":\"👍\",\"on\":true}\n";
    let chat = chat(&[&line(1, "Ada", "greetings"), reaction].concat());
    let before = export(&chat);
    assert!(before.contains("\"name\":\"Cy\"") && !before.contains("cid"), "{before}");
    let program = Program::start(&["--data", chat.arg(), "--name-days", "1"]);
    tokio::time::sleep(MS(2500)).await;
    drop(program);
    assert_eq!(export(&chat), before);
    good(&["check", "--data", chat.arg()]);
}

#[test]
fn a_check_finds_a_byte_that_turned_in_a_text() {
    let chat = chat(&line(1, "Ada", "an unmistakable sentence"));
    let file = chat.path().join("chinwag.db");
    let mut bytes = fs::read(&file).unwrap();
    let needle = b"an unmistakable sentence";
    let at = bytes.windows(needle.len()).position(|window| window == needle).unwrap();
    bytes[at + 4] ^= 1;
    fs::write(&file, bytes).unwrap();
    refused(&["check", "--data", chat.arg()], &["search index does not have as it is", "message 1"]);
}

/// The promise of the report, and what is behind it: a name has no sum.
#[test]
fn check_says_what_it_does_not_look_for() {
    let chat = chat(&line(1, "Ada", "an unmistakable sentence"));
    let store = Connection::open(chat.path().join("chinwag.db")).unwrap();
    store.execute_batch("UPDATE entries SET at = at + 1").unwrap();
    drop(store);
    let report = good(&["check", "--data", chat.arg()]);
    assert!(
        report.contains("no faults")
            && report.contains("not looked for: a bit that turned in a name, a time"),
        "{report}"
    );
    let help = good(&["check", "--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        help.contains("It cannot see a bit that turned in a name, a time, or a part of a text"),
        "{help}"
    );
}

#[test]
fn each_tool_teaches_itself() {
    for tool in ["export", "import", "backup", "check"] {
        let help = good(&[tool, "--help"]);
        assert!(help.contains("Examples:") && help.contains("CHINWAG_DATA"), "{help}");
        assert!(help.contains(&format!("chinwag {tool}")), "{help}");
        assert!(good(&["--help"]).contains(tool));
    }
    assert_eq!(run(&["import"]).status.code(), Some(2));
    assert_eq!(run(&["export", "--format", "pdf"]).status.code(), Some(2));
    let mut child = Command::new(env!("CARGO_BIN_EXE_chinwag"));
    let folder = Folder::new();
    let mut child = child
        .args(["import", "--data", folder.arg(), "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(line(1, "Ada", "by a pipe").as_bytes()).unwrap();
    assert!(said(&child.wait_with_output().unwrap()).contains("1 of 1 entries are new"));
}

#[tokio::test]
async fn export_of_a_person_has_what_they_did_in_all_rooms_and_nothing_of_others() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["lobby", "tea"]).await;
    let mut bob = Voice::joins_all(program.addr, "Bob", &["lobby", "tea"]).await;
    ada.tells("lobby", "hers in the lobby").await;
    let seq = bob.tells("tea", "his in tea").await;
    ada.says(json!({"type": "react", "room": "tea", "seq": seq, "emoji": "👍", "on": true, "cid": "r"}))
        .await;
    ada.hears("reacted").await;
    ada.tells("tea", "hers in tea").await;
    let export = |more: &[&str]| good(&[&["export", "--data", folder.arg()], more].concat());
    let lines = export(&["--person", "ada"]);
    assert_eq!(lines.lines().count(), 3, "{lines}");
    assert!(lines.contains("hers in the lobby") && lines.contains("hers in tea") && !lines.contains("his"));
    assert_eq!(export(&["--person", "Ada", "--room", "tea"]).lines().count(), 2);
    let text = export(&["--person", "Bob", "--format", "text"]);
    assert!(text.contains("his in tea") && !text.contains("hers"), "{text}");
    let id: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(export(&["--person", id["from"]["id"].as_str().unwrap()]), lines, "by their id, too");
    refused(&["export", "--data", folder.arg(), "--person", "Eve"], &["nobody called 'Eve'"]);
}
