//! One person on several devices: each is known by itself, and can be ended without the others.

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::program::{Folder, Program, run};
use crate::voice::Voice;

/// Connects by a hello with these fields; gives what it was answered.
async fn comes(program: &Program, fields: Value) -> (Voice, Value) {
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Voice::greets(program.addr, hello).await
}

/// Another device of somebody's, by a link that is good once.
async fn brings(program: &Program, ada: &mut Voice, device: &str) -> (Voice, Value) {
    ada.says(json!({"type": "link"})).await;
    let link = ada.hears("link").await["link"].clone();
    let (voice, hello) = comes(program, json!({"link": link, "device": device})).await;
    assert_eq!(ada.hears("linked").await["device"], device);
    (voice, hello)
}

/// Somebody's devices, by what they call themselves.
async fn devices(voice: &mut Voice) -> Vec<Value> {
    voice.says(json!({"type": "devices"})).await;
    voice.hears("devices").await["devices"].as_array().unwrap().clone()
}

fn names(devices: &[Value]) -> Vec<&str> {
    devices.iter().map(|device| device["device"].as_str().unwrap_or_default()).collect()
}

/// How a hello with these fields is refused.
async fn is_refused(program: &Program, fields: Value) -> String {
    let mut voice = Voice::opens(program.addr, "/ws").await;
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    voice.is_refused(hello).await["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn device_is_ended_at_once_and_for_good_and_the_others_go_on() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let (mut ada, laptop) = comes(&program, json!({"name": "Ada", "device": "the laptop"})).await;
    ada.tells("lobby", "hi").await;
    let (mut phone, of_phone) = brings(&program, &mut ada, "the phone").await;
    let (_tablet, of_tablet) = brings(&program, &mut ada, "the tablet").await;
    assert_ne!(of_phone["token"], of_tablet["token"]);
    let all = devices(&mut ada).await;
    assert_eq!(names(&all), ["the laptop", "the phone", "the tablet"]);
    assert_eq!((&all[0]["own"], &all[1]["own"], &all[1]["here"]), (&json!(true), &Value::Null, &json!(true)));

    ada.says(json!({"type": "end_device", "device": all[1]["id"]})).await;
    let left = ada.hears("devices").await;
    assert_eq!(names(left["devices"].as_array().unwrap()), ["the laptop", "the tablet"]);
    assert_eq!(phone.hears("error").await["code"], "ended");
    assert!(phone.socket.is_closed_with(4003).await.starts_with("this device was ended"));
    let again = ada.is_refused(json!({"type": "end_device", "device": all[1]["id"]})).await;
    assert_eq!(again["code"], "no_such_device");
    for _ in 0..2 {
        assert_eq!(is_refused(&program, json!({"token": of_phone["token"]})).await, "ended");
    }
    program.crash();
    let program = Program::start(&["--data", chat.arg()]);
    assert_eq!(is_refused(&program, json!({"token": of_phone["token"]})).await, "ended");
    for of in [laptop, of_tablet] {
        let (_voice, hello) = comes(&program, json!({"token": of["token"]})).await;
        assert_eq!(hello["user"]["name"], "Ada");
    }
    program.crash();
    assert!(run(&["check", "--data", chat.arg()]).status.success());
}

#[tokio::test]
async fn refused_device_may_begin_as_somebody_new_on_the_same_connection() {
    let program = Program::start(&[]);
    let (mut ada, _) = comes(&program, json!({"name": "Ada"})).await;
    let (_phone, of_phone) = brings(&program, &mut ada, "the phone").await;
    let all = devices(&mut ada).await;
    ada.says(json!({"type": "end_device", "device": all[1]["id"]})).await;
    ada.hears("devices").await;
    let mut eve = Voice::opens(program.addr, "/ws").await;
    assert_eq!(eve.is_refused(json!({"type": "hello", "token": of_phone["token"]})).await["code"], "ended");
    eve.says(json!({"type": "hello"})).await;
    assert_ne!(eve.hears("hello").await["user"]["id"], of_phone["user"]["id"]);
}

#[tokio::test]
async fn private_link_brings_a_person_back_also_after_a_restart() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    // She has said nothing: whoever makes a private link is kept all the same.
    let (mut ada, hello) = comes(&program, json!({"name": "Ada", "device": "the laptop"})).await;
    ada.says(json!({"type": "private_link"})).await;
    let link = ada.hears("private_link").await["link"].as_str().unwrap().to_owned();
    assert_eq!((link.len(), chat.rows("users")), (32, 1));
    program.crash();
    let file = std::fs::read(chat.path().join("chinwag.db")).unwrap();
    assert!(!file.windows(link.len()).any(|bytes| bytes == link.as_bytes()), "the code is not kept");

    let program = Program::start(&["--data", chat.arg()]);
    let (mut ada, back) = comes(&program, json!({"link": link, "device": "a new browser"})).await;
    assert_eq!(back["user"], hello["user"]);
    assert_ne!(back["token"], hello["token"]);
    let all = devices(&mut ada).await;
    assert_eq!(names(&all), ["the laptop", "a new browser"]);
    assert_eq!(all[1]["by"], "private_link");
    // It is good until another is made.
    let (_again, _) = comes(&program, json!({"link": link})).await;
    ada.hears("linked").await;
    ada.says(json!({"type": "private_link"})).await;
    let newer = ada.hears("private_link").await["link"].clone();
    assert_eq!(is_refused(&program, json!({"link": link})).await, "bad_link");
    let (_again, _) = comes(&program, json!({"link": newer})).await;
    ada.says(json!({"type": "private_link", "end": true})).await;
    assert_eq!(ada.hears("private_link").await["link"], Value::Null);
    assert_eq!(is_refused(&program, json!({"link": newer})).await, "bad_link");
    assert_eq!(is_refused(&program, json!({"link": "A".repeat(32)})).await, "bad_link");
}

#[tokio::test]
async fn device_that_was_away_hears_of_a_new_one_until_its_reader_knows() {
    let chat = Folder::new();
    let program = Program::start(&["--data", chat.arg()]);
    let (mut ada, laptop) = comes(&program, json!({"name": "Ada", "device": "the laptop"})).await;
    ada.tells("lobby", "hi").await;
    let (mut phone, _) = brings(&program, &mut ada, "the phone").await;
    drop(ada);
    phone.says(json!({"type": "devices", "told": true})).await;
    phone.hears("devices").await;
    phone.says(json!({"type": "link"})).await;
    let link = phone.hears("link").await["link"].clone();
    let (mut thief, _) = comes(&program, json!({"link": link, "device": "a thief's"})).await;
    assert_eq!(phone.hears("linked").await["device"], "a thief's");
    let heard = thief.has_not_heard().await;
    assert!(heard.iter().all(|event| event["type"] != "linked"), "{heard:?}");
    for _ in 0..2 {
        let (mut ada, _) = comes(&program, json!({"token": laptop["token"]})).await;
        assert_eq!(ada.hears("linked").await["device"], "the phone");
        assert_eq!(ada.hears("linked").await["device"], "a thief's");
    }
    let (mut ada, _) = comes(&program, json!({"token": laptop["token"]})).await;
    ada.says(json!({"type": "devices", "told": true})).await;
    ada.hears("devices").await;
    drop(ada);
    let (mut ada, _) = comes(&program, json!({"token": laptop["token"]})).await;
    let heard = ada.has_not_heard().await;
    assert!(heard.iter().all(|event| event["type"] != "linked"), "{heard:?}");
}

/// The token that a server before this version issued to the user 4711, called Ada, where the secret is 32 times 7.
const OLD_TOKEN: &str = "AAAAAAAAEmceSN-t42FaF7gjKykngxlrQWRh";

#[tokio::test]
async fn token_from_before_devices_is_good_and_can_be_ended() {
    let chat = Folder::new();
    Program::start(&["--data", chat.arg()]).crash();
    let store = Connection::open(chat.path().join("chinwag.db")).unwrap();
    store
        .execute_batch(
            "UPDATE meta SET value = unhex(replace(hex(zeroblob(32)), '00', '07')) WHERE key = 'secret';
             INSERT INTO users(id, name, seen, spoke) VALUES(4711, 'Ada', 1, 1);
             INSERT INTO names VALUES('ada', 4711)",
        )
        .unwrap();
    drop(store);
    let program = Program::start(&["--data", chat.arg()]);
    let (mut old, hello) = comes(&program, json!({"token": OLD_TOKEN, "device": "an old browser"})).await;
    assert_eq!((&hello["user"]["name"], &hello["token"]), (&json!("Ada"), &json!(OLD_TOKEN)));
    let (mut phone, of_phone) = brings(&program, &mut old, "the phone").await;
    let (_same, _) = comes(&program, json!({"token": OLD_TOKEN})).await;
    let all = devices(&mut phone).await;
    assert_eq!(names(&all), ["an old browser", "the phone"]);
    assert_eq!(all[0]["id"], "AAAAAAAAAAA");
    phone.says(json!({"type": "end_device", "device": all[0]["id"]})).await;
    phone.hears("devices").await;
    assert_eq!(old.hears("error").await["code"], "ended");
    assert_eq!(is_refused(&program, json!({"token": OLD_TOKEN})).await, "ended");
    let (_phone, back) = comes(&program, json!({"token": of_phone["token"]})).await;
    assert_eq!(back["user"], hello["user"]);
}

#[tokio::test]
async fn copy_knows_the_devices_of_its_moment_and_those_that_came_later_are_good_too() {
    let (chat, copy) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", chat.arg()]);
    let (mut ada, laptop) = comes(&program, json!({"name": "Ada", "device": "the laptop"})).await;
    ada.tells("lobby", "hi").await;
    let (_phone, of_phone) = brings(&program, &mut ada, "the phone").await;
    let all = devices(&mut ada).await;
    ada.says(json!({"type": "end_device", "device": all[1]["id"]})).await;
    ada.hears("devices").await;
    let file = copy.path().join("chinwag.db");
    assert!(run(&["backup", "--data", chat.arg(), file.to_str().unwrap()]).status.success());
    let (_tablet, of_tablet) = brings(&program, &mut ada, "the tablet").await;
    program.crash();
    let program = Program::start(&["--data", copy.arg()]);
    assert_eq!(is_refused(&program, json!({"token": of_phone["token"]})).await, "ended");
    for of in [laptop, of_tablet] {
        let (_voice, hello) = comes(&program, json!({"token": of["token"]})).await;
        assert_eq!(hello["user"]["name"], "Ada");
    }
}

#[tokio::test]
async fn thirty_two_devices_are_as_many_as_one_may_have() {
    let program = Program::start(&[]);
    let (mut ada, _) = comes(&program, json!({"name": "Ada"})).await;
    ada.says(json!({"type": "private_link"})).await;
    let link = ada.hears("private_link").await["link"].clone();
    for _ in 1..32 {
        let (_voice, hello) = comes(&program, json!({"link": link})).await;
        assert_eq!(hello["user"]["name"], "Ada");
    }
    assert_eq!(is_refused(&program, json!({"link": link})).await, "too_many");
    let all = devices(&mut ada).await;
    assert_eq!(all.len(), 32);
    ada.says(json!({"type": "end_device", "device": all[7]["id"]})).await;
    ada.hears("devices").await;
    comes(&program, json!({"link": link})).await;
}
