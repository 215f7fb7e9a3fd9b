//! A chat with a password, as its people meet it.

use serde_json::{Value, json};

use crate::program::{Folder, Program, run_on};
use crate::socket::{Heard, Socket, handshake_with};
use crate::voice::Voice;

const PASSWORD: &str = "two cups of tea";

/// Somebody from an address says hello; gives the answer, too.
async fn greets(program: &Program, from: &str, fields: Value) -> (Voice, Value) {
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Voice::greets_from(program.addr, from, hello).await
}

/// A chat with an owner, Ada, that is entered by the password.
async fn chat(folder: &Folder) -> (Program, Voice) {
    let program = Program::start(&["--data", folder.arg(), "--trusted-proxy", "127.0.0.1"]);
    let owner = json!({"name": "Ada", "invitation": program.owner_code()});
    let (mut ada, hello) = greets(&program, "192.0.2.1", owner).await;
    assert_eq!(hello["role"], "owner");
    sets(&mut ada, PASSWORD).await;
    (program, ada)
}

/// The owner sets the password, and the door.
async fn sets(ada: &mut Voice, password: &str) {
    door(ada, json!({"guests": "password", "password": password})).await;
}

async fn door(ada: &mut Voice, fields: Value) {
    let mut command = json!({"type": "door"});
    command.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    ada.says(command).await;
    // She is told of the door as everybody is, and answered; what she asks after it is answered last.
    ada.says(json!({"type": "members"})).await;
    ada.hears("members").await;
}

async fn is_member(program: &Program, from: &str, fields: Value) -> (Voice, Value) {
    let (voice, hello) = greets(program, from, fields).await;
    assert_eq!(hello["role"], "member", "{hello}");
    (voice, hello)
}

async fn is_refused(program: &Program, from: &str, fields: Value) -> Value {
    let (_, error) = greets(program, from, fields).await;
    assert_eq!(error["type"], "error", "{error}");
    error["code"].clone()
}

/// Runs a command of the operator's with something on its standard input.
fn operator(folder: &Folder, args: &[&str], input: &str) -> (bool, String) {
    let mut all = vec!["--data", folder.arg()];
    all.extend(args);
    let output = run_on(input, &all);
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said)
}

#[tokio::test]
async fn whoever_gives_the_password_is_a_member_from_then_on_and_nobody_else_comes_in() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, _) =
        greets(&program, "192.0.2.1", json!({"name": "Ada", "invitation": program.owner_code()})).await;
    let (mut guest, _) = greets(&program, "192.0.2.2", json!({"name": "Gast"})).await;
    let mut plain = Socket::open(program.addr, "/ws").await;
    let error = ada.is_refused(json!({"type": "door", "guests": "password"})).await;
    assert_eq!(
        (&error["code"], error["text"].as_str().unwrap().contains("no password yet")),
        (&json!("bad_value"), true)
    );
    for short in ["tea", "  1234567  "] {
        let error = ada.is_refused(json!({"type": "door", "guests": "password", "password": short})).await;
        assert!(error["text"].as_str().unwrap().contains("8 to 128"), "{error}");
    }
    sets(&mut ada, PASSWORD).await;
    // Those who are here as guests are asked as well.
    assert_eq!(guest.hears("error").await["code"], "password_needed");
    guest.socket.is_closed_with(4003).await;
    plain.is_closed_with(4003).await;
    let mut raw = Socket::raw(tokio::net::TcpStream::connect(program.addr).await.unwrap());
    raw.sends(handshake_with(&program.addr.to_string(), "/ws", "").as_bytes()).await;
    assert!(raw.head().await.starts_with("HTTP/1.1 403"));
    assert_eq!(is_refused(&program, "192.0.2.3", json!({"name": "Eve"})).await, "password_needed");
    for wrong in ["two cups of coffee", "Two cups of tea", "tea", ""] {
        let fields = json!({"name": "Eve", "password": wrong});
        assert_eq!(is_refused(&program, "192.0.2.3", fields).await, "wrong_password", "{wrong:?}");
    }
    let (mut bob, hello) =
        is_member(&program, "192.0.2.4", json!({"name": "Bob", "password": format!(" {PASSWORD}\n")})).await;
    bob.tells("lobby", "hi").await;
    ada.says(json!({"type": "audit", "limit": 1})).await;
    let entry = ada.hears("audit").await["entries"][0].clone();
    assert_eq!(
        (&entry["action"], &entry["detail"], &entry["user"]["name"]),
        (&json!("redeem"), &json!("password"), &json!("Bob"))
    );
    // An invitation goes on working.
    ada.says(json!({"type": "invite", "role": "moderator"})).await;
    let code = ada.hears("invitation").await["code"].clone();
    let (_, cleo) = greets(&program, "192.0.2.5", json!({"name": "Cleo", "invitation": code})).await;
    assert_eq!(cleo["role"], "moderator");
    // The right password makes good for an invitation that is not.
    let (mut dan, _) =
        is_member(&program, "192.0.2.6", json!({"name": "Dan", "invitation": "x", "password": PASSWORD}))
            .await;
    assert!(dan.has_not_heard().await.iter().all(|line| line["type"] != "error"));
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    is_member(&program, "192.0.2.4", json!({"token": hello["token"]})).await;
    assert_eq!(is_refused(&program, "192.0.2.3", json!({"name": "Eve"})).await, "password_needed");
    is_member(&program, "192.0.2.7", json!({"name": "Fay", "password": PASSWORD})).await;
}

#[tokio::test]
async fn wrong_passwords_of_an_address_are_few_and_nobody_else_waits_for_them() {
    let folder = Folder::new();
    let (program, _ada) = chat(&folder).await;
    let (mut wrong, mut slow) = (0, None);
    for guess in 0..40 {
        let fields = json!({"name": "Eve", "password": format!("two cups of {guess}")});
        let (_, error) = greets(&program, "203.0.113.7", fields).await;
        match error["code"].as_str().unwrap() {
            "wrong_password" => wrong += 1,
            "slow_down" => slow = Some(error),
            other => panic!("{other}"),
        }
        if slow.is_some() {
            break;
        }
    }
    let slow = slow.expect("it is refused at last");
    assert!((20..30).contains(&wrong), "{wrong}");
    assert!(slow["retry_after"].as_f64().is_some_and(|wait| wait > 0.0 && wait <= 2.0), "{slow}");
    assert!(slow["text"].as_str().unwrap().contains("wrong passwords"), "{slow}");
    // The right one is no better there now, or it would be found out.
    let right = json!({"name": "Eve", "password": PASSWORD});
    assert_eq!(is_refused(&program, "203.0.113.7", right).await, "slow_down");
    // Right ones cost nothing: a class comes at once.
    for who in 0..30 {
        is_member(&program, "203.0.113.8", json!({"name": format!("Pupil {who}"), "password": PASSWORD}))
            .await;
    }
}

#[tokio::test]
async fn one_connection_that_guesses_is_closed() {
    let folder = Folder::new();
    let (program, _ada) = chat(&folder).await;
    let mut eve = Voice::opens_from(program.addr, "203.0.113.7").await;
    let mut guesses = 0;
    let close = loop {
        eve.says(json!({"type": "hello", "password": format!("two cups of {guesses}")})).await;
        match eve.socket.next().await {
            Heard::Text(text) => assert!(text.contains("wrong_password"), "{text}"),
            Heard::Ping(_) => continue,
            other => break other,
        }
        guesses += 1;
    };
    assert!(guesses <= 6, "{guesses} guesses, then {close:?}");
}

#[tokio::test]
async fn banned_person_stays_banned_and_other_devices_and_members_stay_in() {
    let folder = Folder::new();
    let (program, mut ada) = chat(&folder).await;
    let (mut bob, hello) =
        is_member(&program, "192.0.2.4", json!({"name": "Bob", "password": PASSWORD})).await;
    let token = hello["token"].clone();
    bob.says(json!({"type": "link"})).await;
    let code = bob.hears("link").await["link"].clone();
    let (mut phone, _) = is_member(&program, "192.0.2.5", json!({"link": code})).await;
    // Another password is for those who come.
    sets(&mut ada, "a pot of coffee").await;
    for voice in [&mut bob, &mut phone] {
        voice.tells("lobby", "still here").await;
    }
    is_member(&program, "192.0.2.4", json!({"token": token})).await;
    let eve = |password: &str| json!({"name": "Eve", "password": password});
    assert_eq!(is_refused(&program, "192.0.2.6", eve(PASSWORD)).await, "wrong_password");
    let (_, eves) = is_member(&program, "192.0.2.6", eve("a pot of coffee")).await;
    ada.says(json!({"type": "ban", "user": eves["user"]["id"]})).await;
    ada.hears("person").await;
    let back = json!({"token": eves["token"], "password": "a pot of coffee"});
    assert_eq!(is_refused(&program, "192.0.2.6", back.clone()).await, "banned");
    // One who is a guest when they are banned does not get in either.
    ada.says(json!({"type": "role", "user": eves["user"]["id"], "role": "guest"})).await;
    ada.hears("person").await;
    assert_eq!(is_refused(&program, "192.0.2.6", back).await, "banned");
    // Who was sent away by the door comes in by the password that they know, as who they were.
    ada.says(json!({"type": "role", "user": hello["user"]["id"], "role": "guest"})).await;
    ada.hears("person").await;
    assert_eq!(is_refused(&program, "192.0.2.4", json!({"token": token})).await, "password_needed");
    let (_, again) =
        is_member(&program, "192.0.2.4", json!({"token": token, "password": "a pot of coffee"})).await;
    assert_eq!(again["user"]["id"], hello["user"]["id"]);
}

#[tokio::test]
async fn operator_gives_the_password_by_the_standard_input_and_it_stands_nowhere() {
    let folder = Folder::new();
    // What it logs is in a file of the folder.
    let shell = format!("exec \"$0\" \"$@\" 2>\"{}/log\"", folder.arg());
    let program = Program::start_under("sh", &["-c", &shell], &["--data", folder.arg(), "--log", "trace"]);
    let (is_done, said) = operator(&folder, &["door", "password"], "");
    assert!(!is_done && said.contains("no password yet"), "{said}");
    let (is_done, said) = operator(&folder, &["door", "password"], "tea\n");
    assert!(!is_done && said.contains("8 to 128"), "{said}");
    assert_eq!(
        operator(&folder, &["door", "password"], &format!("{PASSWORD}\n")),
        (true, "Guests: password\n".into())
    );
    is_member(&program, "192.0.2.4", json!({"name": "Bob", "password": PASSWORD})).await;
    operator(&folder, &["door", "closed"], "");
    let fields = json!({"name": "Eve", "password": PASSWORD});
    assert_eq!(is_refused(&program, "192.0.2.6", fields.clone()).await, "invitation_needed");
    assert_eq!(operator(&folder, &["door", "password"], ""), (true, "Guests: password\n".into()), "it stays");
    is_member(&program, "192.0.2.6", fields).await;
    let (_, audit) = operator(&folder, &["audit"], "");
    assert!(audit.contains("the operator: password") && !audit.contains("cups"), "{audit}");
    program.crash();
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let Ok(bytes) = std::fs::read(file.path()) else { continue };
        let stands = bytes.windows(PASSWORD.len()).any(|part| part == PASSWORD.as_bytes());
        assert!(!stands, "{} has the password", file.path().display());
    }
    // Nobody is offered to write it where others see it.
    let (is_done, _) = operator(&folder, &["door", "password", PASSWORD], "");
    assert!(!is_done);
}

#[tokio::test]
async fn whoever_is_refused_leaves_nothing_behind_and_finds_their_name_free() {
    let folder = Folder::new();
    let (program, mut ada) = chat(&folder).await;
    let from = "192.0.2.7";
    for (fields, code) in [
        (json!({"name": "Bob"}), "password_needed"),
        (json!({"name": "Bob", "password": "two cups of coffee"}), "wrong_password"),
        (json!({"name": "Bob", "invitation": "YN66q3A9rdKuqFwWbNHF7w"}), "password_needed"),
    ] {
        assert_eq!(is_refused(&program, from, fields.clone()).await, code, "{fields}");
    }
    door(&mut ada, json!({"guests": "closed"})).await;
    for (fields, code) in [
        (json!({"name": "Bob"}), "invitation_needed"),
        (json!({"name": "Bob", "invitation": "YN66q3A9rdKuqFwWbNHF7w"}), "bad_invitation"),
    ] {
        assert_eq!(is_refused(&program, from, fields.clone()).await, code, "{fields}");
    }
    ada.says(json!({"type": "person", "name": "Bob"})).await;
    assert_eq!(ada.hears("error").await["code"], "no_such_person");
    door(&mut ada, json!({"guests": "password"})).await;
    let (_, hello) = is_member(&program, from, json!({"name": "Bob", "password": PASSWORD})).await;
    assert_eq!(hello["user"]["name"], "Bob");
}
