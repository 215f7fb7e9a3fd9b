//! Roles, bans, mutes, invitations and the door, as their people meet them.

use serde_json::{Value, json};

use crate::program::{Folder, Program, run};
use crate::socket::{Heard, Socket, handshake_with};
use crate::voice::Voice;

async fn hello(program: &Program, fields: Value) -> Voice {
    let mut voice = Voice::opens(program.addr, "/ws").await;
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    voice.says(hello).await;
    voice
}

/// Somebody who has come in, and their hello.
async fn comes(program: &Program, fields: Value) -> (Voice, Value) {
    let mut voice = hello(program, fields).await;
    let hello = voice.hears_one_of(&["hello", "error"]).await;
    assert_eq!(hello["type"], "hello", "{hello}");
    (voice, hello)
}

async fn owner(program: &Program) -> Voice {
    let (ada, hello) = comes(program, json!({"name": "Ada", "invitation": program.owner_code()})).await;
    assert_eq!(hello["role"], "owner");
    ada
}

async fn is_turned_away(voice: &mut Voice, code: &str) {
    assert_eq!(voice.hears("error").await["code"], code);
    voice.socket.is_closed_with(4003).await;
}

/// Runs a command of the operator's; gives what it printed.
fn operator(folder: &Folder, args: &[&str]) -> String {
    let mut all = vec!["--data", folder.arg()];
    all.extend(args);
    let output = run(&all);
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args:?}: {said}");
    said
}

#[tokio::test]
async fn first_owner_comes_by_the_printed_link_and_nobody_else_by_it() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let before = program.owner_code().to_owned();
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let (_, hello) = comes(&program, json!({"name": "Eve", "invitation": before})).await;
    assert!(hello.get("role").is_none(), "the link of an earlier start: {hello}");
    let (_ada, hello) = comes(&program, json!({"name": "Ada", "invitation": program.owner_code()})).await;
    assert_eq!(hello["role"], "owner");
    let token = hello["token"].clone();
    let (mut eve, hello) = comes(&program, json!({"name": "Eva", "invitation": program.owner_code()})).await;
    assert!(hello.get("role").is_none(), "it is used up: {hello}");
    assert_eq!(eve.hears("error").await["code"], "bad_invitation");
    // Whoever opens their own link again is not bothered.
    let (mut ada, hello) = comes(&program, json!({"token": token, "invitation": program.owner_code()})).await;
    assert_eq!(hello["role"], "owner");
    assert!(ada.has_not_heard().await.iter().all(|line| line["type"] != "error"));
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    assert!(!program.greeting.contains("#invite="), "the chat has an owner: {}", program.greeting);
    let (_, hello) = comes(&program, json!({"token": token})).await;
    assert_eq!(hello["role"], "owner", "also after a crash");
}

#[tokio::test]
async fn troll_is_gone_with_all_that_they_said_and_does_not_come_back() {
    let program = Program::start(&[]);
    let mut ada = owner(&program).await;
    let (mut troll, hello) = comes(&program, json!({"name": "Troll"})).await;
    let (id, token) = (hello["user"]["id"].clone(), hello["token"].clone());
    for word in ["buy", "my", "tea"] {
        troll.tells("lobby", word).await;
    }
    ada.says(json!({"type": "ban", "user": id, "reason": "advertising"})).await;
    assert_eq!(ada.hears("person").await["user"]["name"], "Troll");
    is_turned_away(&mut troll, "banned").await;
    ada.says(json!({"type": "clear", "user": id, "seconds": 3600})).await;
    let cleared = ada.hears("cleared").await;
    assert_eq!((&cleared["count"], &cleared["more"]), (&json!(3), &json!(false)));
    ada.says(json!({"type": "history", "room": "lobby"})).await;
    let page = ada.hears("page").await;
    let texts: Vec<_> = page["entries"].as_array().unwrap().iter().map(|entry| entry.get("text")).collect();
    assert!(texts.iter().all(Option::is_none), "{page}");
    let mut back = hello_is_refused(&program, json!({"token": token})).await;
    assert_eq!(back.0["code"], "banned");
    ada.says(json!({"type": "ban", "user": id, "end": true})).await;
    ada.hears("person").await;
    back.1.says(json!({"type": "hello", "token": token})).await;
    back.1.hears("hello").await;
}

async fn hello_is_refused(program: &Program, fields: Value) -> (Value, Voice) {
    let mut voice = hello(program, fields).await;
    let error = voice.hears_one_of(&["error", "hello"]).await;
    assert_eq!(error["type"], "error", "{error}");
    (error, voice)
}

#[tokio::test]
async fn mute_ends_by_itself_and_the_muted_delete_what_is_theirs() {
    let program = Program::start(&[]);
    let mut ada = owner(&program).await;
    let (mut bob, hello) = comes(&program, json!({"name": "Bob"})).await;
    let seq = bob.tells("lobby", "oops").await;
    ada.says(json!({"type": "mute", "user": hello["user"]["id"], "seconds": 2})).await;
    ada.hears("person").await;
    assert!(bob.hears("standing").await["muted"].is_u64());
    for refused in [
        json!({"type": "say", "room": "lobby", "cid": "1", "text": "hi"}),
        json!({"type": "edit", "room": "lobby", "seq": seq, "text": "hi"}),
        json!({"type": "react", "room": "lobby", "seq": seq, "emoji": "👍", "on": true}),
        json!({"type": "topic", "room": "lobby", "text": "hi"}),
        json!({"type": "name", "name": "Robert"}),
    ] {
        assert_eq!(bob.is_refused(refused.clone()).await["code"], "muted", "{refused}");
    }
    bob.says(json!({"type": "delete", "room": "lobby", "seq": seq, "cid": "2"})).await;
    bob.hears("receipt").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    bob.tells("lobby", "again").await;
}

#[tokio::test]
async fn closed_door_sends_guests_away_and_lets_those_in_who_were_invited() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = owner(&program).await;
    let (mut guest, _) = comes(&program, json!({"name": "Gast"})).await;
    let mut plain = Socket::open(program.addr, "/ws").await;
    ada.says(json!({"type": "invite", "role": "member", "uses": 1})).await;
    let code = ada.hears("invitation").await["code"].clone();
    let (mut bob, hello) = comes(&program, json!({"name": "Bob", "invitation": code})).await;
    assert_eq!(hello["role"], "member");
    ada.says(json!({"type": "door", "guests": "read"})).await;
    assert_eq!(guest.hears("door").await["guests"], "read");
    assert_eq!(
        guest.is_refused(json!({"type": "say", "room": "lobby", "cid": "1", "text": "hi"})).await["code"],
        "read_only"
    );
    bob.tells("lobby", "members write").await;
    assert_eq!(plain.next().await, Heard::Text("Bob: members write".into()), "guests read");
    plain.says("hi").await;
    plain.is_closed_with(4003).await;
    let mut plain = Socket::open(program.addr, "/ws").await;
    assert_eq!(operator(&folder, &["door", "closed"]), "Guests: closed\n");
    is_turned_away(&mut guest, "invitation_needed").await;
    plain.is_closed_with(4003).await;
    assert_eq!(hello_is_refused(&program, json!({"name": "Eve"})).await.0["code"], "invitation_needed");
    let again = json!({"name": "Eve", "invitation": code});
    assert_eq!(hello_is_refused(&program, again).await.0["code"], "bad_invitation", "it was for one");
    bob.tells("lobby", "still here").await;
    let link = operator(&folder, &["invite", "--room", "tea", "--role", "moderator"]);
    assert!(link.starts_with(&format!("http://{}/r/tea#invite=", program.addr)), "{link}");
    let code = link.trim().split_once("#invite=").unwrap().1;
    let (_, hello) = comes(&program, json!({"name": "Cleo", "invitation": code})).await;
    assert_eq!((&hello["role"], &hello["guests"]), (&json!("moderator"), &json!("closed")));
}

#[tokio::test]
async fn operator_sees_to_people_by_their_names_while_the_server_runs() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut bob, _) = comes(&program, json!({"name": "Bob"})).await;
    let (mut ada, _) = comes(&program, json!({"name": "Ada"})).await;
    ada.tells("lobby", "hi").await;
    // He is a visitor, who has said nothing.
    let said = operator(&folder, &["mute", "bob", "--for", "10m", "--reason", "shouting"]);
    assert!(said.starts_with("guest ") && said.contains("Bob, muted until "), "{said}");
    assert!(bob.hears("standing").await["muted"].is_u64());
    assert!(operator(&folder, &["role", "Ada", "owner"]).starts_with("owner "));
    assert_eq!(ada.hears("standing").await["role"], "owner");
    let people = operator(&folder, &["people"]);
    assert!(people.contains("Ada") && people.contains("Bob, muted"), "{people}");
    let audit = operator(&folder, &["audit", "--json"]);
    let first: Value = serde_json::from_str(audit.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["action"], &first["detail"], first.get("by")),
        (&json!("role"), &json!("owner"), None)
    );
    for (args, words) in [
        (&["role", "Ada", "guest"][..], "the only owner"),
        (&["ban", "Nobody"], "nobody like this"),
        (&["role", "Ada", "king"], "guest, member, moderator, owner"),
        (&["clear", "Ada", "--last", "soon"], "10m, 12h or 7d"),
    ] {
        let mut all = vec!["--data", folder.arg()];
        all.extend(args);
        let output = run(&all);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{args:?}: {said}");
    }
    program.crash();
    let output = run(&["--data", folder.arg(), "people"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("start it"), "{said}");
}

#[tokio::test]
async fn control_socket_is_its_users_alone_and_takes_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let path = folder.path().join("control.sock");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{mode:o}");
    let asks = |line: &str| chinwag::control_call(&path, line).unwrap().line;
    assert!(asks(r#"{"type":"say","room":"lobby","cid":"1","text":"hi"}"#).contains("not_allowed"));
    assert!(asks("hello").contains("bad_json"));
    assert!(asks(r#"{"type":"members"}"#).contains(r#""people":[]"#));
    drop(program);
}

#[tokio::test]
async fn rights_are_not_taken_by_those_who_do_not_have_them() {
    let program = Program::start(&[]);
    let mut ada = owner(&program).await;
    let (mut bob, hello) = comes(&program, json!({"name": "Bob"})).await;
    let bobs = hello["user"]["id"].clone();
    let (mut eve, hello) = comes(&program, json!({"name": "Eve"})).await;
    let eves = hello["user"]["id"].clone();
    eve.tells("lobby", "hi").await;
    ada.says(json!({"type": "person", "name": "Ada"})).await;
    let adas = ada.hears("person").await["user"]["id"].clone();
    let refused = |whom: &Value| {
        [
            json!({"type": "ban", "user": whom}),
            json!({"type": "mute", "user": whom}),
            json!({"type": "clear", "user": whom, "seconds": 60}),
            json!({"type": "role", "user": whom, "role": "owner"}),
            json!({"type": "person", "user": whom}),
            json!({"type": "door", "guests": "closed"}),
            json!({"type": "invite", "role": "member"}),
            json!({"type": "invitations"}),
            json!({"type": "end_invitation", "id": "AAAAAAAAAAc"}),
            json!({"type": "members"}),
            json!({"type": "audit"}),
        ]
    };
    for whom in [&adas, &bobs, &eves] {
        for command in refused(whom) {
            let error = bob.is_refused(command.clone()).await;
            assert!(
                error["code"] == "not_allowed" || (error["code"] == "bad_invitation"),
                "{command}: {error}"
            );
        }
    }
    assert_eq!(
        bob.is_refused(json!({"type": "delete", "room": "lobby", "seq": 1})).await["code"],
        "not_yours"
    );
    ada.says(json!({"type": "role", "user": bobs, "role": "moderator"})).await;
    ada.hears("person").await;
    assert_eq!(bob.hears("standing").await["role"], "moderator");
    for command in [
        json!({"type": "ban", "user": adas}),
        json!({"type": "mute", "user": bobs}),
        json!({"type": "role", "user": eves, "role": "moderator"}),
        json!({"type": "invite", "role": "owner"}),
        json!({"type": "door", "guests": "closed"}),
    ] {
        assert_eq!(bob.is_refused(command.clone()).await["code"], "not_allowed", "{command}");
    }
    bob.says(json!({"type": "delete", "room": "lobby", "seq": 1, "cid": "1"})).await;
    bob.hears("receipt").await;
    bob.says(json!({"type": "audit", "limit": 1})).await;
    let entry = bob.hears("audit").await["entries"][0].clone();
    assert_eq!(
        (&entry["action"], &entry["user"]["id"], &entry["by"]["id"]),
        (&json!("delete"), &eves, &bobs)
    );
}

#[tokio::test]
async fn ban_of_an_address_keeps_out_whoever_comes_from_there_and_nobody_else() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg(), "--trusted-proxy", "127.0.0.1"]);
    let comes_from = async |address: &str, fields: Value| {
        let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
        hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let (voice, answer) = Voice::greets_from(program.addr, address, hello).await;
        assert_eq!(answer["type"], "hello", "{answer}");
        (voice, answer)
    };
    let (mut ada, _) =
        comes_from("192.0.2.1", json!({"name": "Ada", "invitation": program.owner_code()})).await;
    let (mut troll, hello) = comes_from("203.0.113.7", json!({"name": "Troll"})).await;
    let (mut other, _) = comes_from("203.0.113.7", json!({"name": "Other"})).await;
    let (mut bob, _) = comes_from("203.0.113.8", json!({"name": "Bob"})).await;
    ada.says(json!({"type": "ban", "user": hello["user"]["id"], "addresses": true, "seconds": 600})).await;
    assert_eq!(ada.hears("person").await["addresses"], json!(["203.0.113.7"]));
    is_turned_away(&mut troll, "banned").await;
    is_turned_away(&mut other, "banned").await;
    bob.tells("lobby", "still here").await;
    let handshake = async |address: &str| {
        let stream = tokio::net::TcpStream::connect(program.addr).await.unwrap();
        let (line, host) = (format!("X-Forwarded-For: {address}\r\n"), program.addr.to_string());
        let mut socket = Socket::raw(stream);
        socket.sends(handshake_with(&host, "/ws", &line).as_bytes()).await;
        socket.head().await
    };
    assert!(handshake("203.0.113.7").await.starts_with("HTTP/1.1 403"));
    assert!(handshake("203.0.113.8").await.starts_with("HTTP/1.1 101"));
    assert!(operator(&folder, &["address-bans"]).starts_with("203.0.113.7 until "));
    operator(&folder, &["ban-addresses", "203.0.113.0/24", "--for", "1h", "--reason", "bots"]);
    is_turned_away(&mut bob, "banned").await;
    assert!(handshake("203.0.113.8").await.starts_with("HTTP/1.1 403"));
    for range in ["203.0.113.0/24", "203.0.113.7"] {
        operator(&folder, &["unban-addresses", range]);
    }
    assert!(handshake("203.0.113.7").await.starts_with("HTTP/1.1 101"));
    // A moderator who comes by the same address is not banned with whom they ban.
    let (mut mate, hello) = comes_from("192.0.2.1", json!({"name": "Mate"})).await;
    ada.says(json!({"type": "ban", "user": hello["user"]["id"], "addresses": true})).await;
    is_turned_away(&mut mate, "banned").await;
    ada.tells("lobby", "I am not").await;
}

#[tokio::test]
async fn operator_lists_and_ends_the_devices_of_somebody_whose_token_was_stolen() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut owner, _) = comes(&program, json!({"name": "Ada", "invitation": program.owner_code()})).await;
    let (mut bob, bobs) = comes(&program, json!({"name": "Bob", "device": "Firefox on Linux"})).await;
    bob.tells("lobby", "hi").await;
    let (mut thief, _) = comes(&program, json!({"token": bobs["token"]})).await;
    let (mut cleo, _) = comes(&program, json!({"name": "Cleo"})).await;
    let ask = json!({"type": "devices", "user": bobs["user"]["id"]});
    for voice in [&mut owner, &mut bob, &mut cleo] {
        assert_eq!(voice.is_refused(ask.clone()).await["code"], "not_allowed", "only the operator");
    }
    let listed = operator(&folder, &["devices", "Bob"]);
    assert!(listed.contains("  Firefox on Linux, since ") && listed.ends_with(", connected\n"), "{listed}");
    let output = run(&["--data", folder.arg(), "devices", "Bob", "--end", "AAAAAAAAAAc"]);
    assert!(!output.status.success() && String::from_utf8(output.stderr).unwrap().contains("no such device"));
    assert_eq!(operator(&folder, &["devices", "Bob", "--end", "all", "--json"]), "");
    for voice in [&mut bob, &mut thief] {
        is_turned_away(voice, "ended").await;
    }
    let (error, _) = hello_is_refused(&program, json!({"token": bobs["token"]})).await;
    assert_eq!(error["code"], "ended");
    cleo.tells("lobby", "others stay").await;
}
