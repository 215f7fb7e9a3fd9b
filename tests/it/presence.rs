//! Who is here, who is typing, and how far somebody has read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::admin;
use crate::http::get;
use crate::nats::Nats;
use crate::program::{Folder, Program};
use crate::socket::{Heard, MS, Socket};
use crate::voice::Voice;

fn names(people: &Value) -> Vec<&str> {
    let mut names: Vec<&str> =
        people.as_array().into_iter().flatten().map(|user| user["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Waits until so many are here; gives who came and who left until then.
async fn sees(voice: &mut Voice, count: u64) -> (Vec<String>, Vec<String>) {
    let (mut joined, mut left) = (Vec::new(), Vec::new());
    loop {
        let people = voice.hears("people").await;
        joined.extend(names(&people["joined"]).into_iter().map(str::to_owned));
        left.extend(names(&people["left"]).into_iter().map(str::to_owned));
        if people["count"] == count {
            return (joined, left);
        }
    }
}

#[tokio::test]
async fn several_tabs_are_one_person_who_leaves_with_the_last() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    sees(&mut ada, 1).await;
    let mut bob = Voice::opens(program.addr, "/ws").await;
    bob.says(json!({"type": "hello", "name": "Bob"})).await;
    let token = bob.hears("hello").await["token"].clone();
    assert_eq!(names(&bob.hears("joined").await["people"]["some"]), ["Ada", "Bob"]);
    assert_eq!(sees(&mut ada, 2).await, (vec!["Bob".to_owned()], vec![]));
    let mut tab = Voice::opens(program.addr, "/ws").await;
    tab.says(json!({"type": "hello", "token": token})).await;
    assert_eq!(tab.hears("joined").await["people"]["count"], 2);
    drop(bob);
    tab.has_not_heard().await;
    ada.tells("lobby", "still here?").await;
    assert!(
        ada.has_not_heard().await.iter().all(|line| line["type"] != "people"),
        "nobody came and nobody went"
    );
    tab.says(json!({"type": "leave", "room": "lobby"})).await;
    assert_eq!(sees(&mut ada, 1).await, (vec![], vec!["Bob".to_owned()]));
}

#[tokio::test]
async fn typing_is_passed_on_and_a_storm_of_it_is_not() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    for _ in 0..50 {
        bob.says(json!({"type": "typing", "room": "lobby"})).await;
    }
    bob.tells("lobby", "done").await;
    assert_eq!(ada.hears("typing").await["user"]["name"], "Bob");
    ada.hears("message").await;
    assert!(ada.has_not_heard().await.iter().all(|line| line["type"] != "typing"));
    assert_eq!(bob.is_refused(json!({"type": "typing", "room": "tea"})).await["code"], "not_joined");
}

#[tokio::test]
async fn a_read_marker_only_grows_goes_to_the_other_connections_and_outlives_a_restart() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    for text in ["one", "two", "three", "four"] {
        bob.tells("lobby", text).await;
    }
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "name": "Ada"})).await;
    let token = ada.hears("hello").await["token"].clone();
    let joined = ada.hears("joined").await;
    assert_eq!((&joined["read"], &joined["unread"]), (&json!(0), &json!(0)), "a newcomer has missed nothing");
    let mut phone = Voice::opens(program.addr, "/ws").await;
    phone.says(json!({"type": "hello", "token": token})).await;
    phone.hears("caught_up").await;
    for (said, is) in [(2, 2), (1, 2), (3, 3), (u64::MAX, 4)] {
        ada.says(json!({"type": "read", "room": "lobby", "seq": said})).await;
        assert_eq!(phone.hears("read").await["seq"], is, "after {said}");
        if said == 3 {
            let mut tablet = Voice::opens(program.addr, "/ws").await;
            tablet.says(json!({"type": "hello", "token": token})).await;
            assert_eq!(tablet.hears("joined").await["unread"], 1);
        }
    }
    // Her own do not count, nor what is deleted.
    ada.tells("lobby", "five").await;
    let six = bob.tells("lobby", "six").await;
    bob.tells("lobby", "seven").await;
    bob.says(json!({"type": "delete", "room": "lobby", "seq": six})).await;
    bob.hears("deleted").await;
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let mut ada = Voice::opens(program.addr, "/ws").await;
    ada.says(json!({"type": "hello", "token": token})).await;
    let joined = ada.hears("joined").await;
    assert_eq!((&joined["read"], &joined["unread"]), (&json!(4), &json!(1)));
}

#[tokio::test]
async fn a_crowd_is_counted_and_named_again_when_it_is_one_no_more() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    let mut others = Vec::new();
    for _ in 0..210 {
        let mut voice = Voice::opens(program.addr, "/ws").await;
        voice.says(json!({"type": "hello"})).await;
        others.push(voice);
    }
    for voice in &mut others {
        voice.hears("caught_up").await;
    }
    let mut last = Voice::opens(program.addr, "/ws").await;
    last.says(json!({"type": "hello"})).await;
    let joined = last.hears("joined").await;
    assert_eq!((&joined["people"]["count"], &joined["people"]["some"]), (&json!(212), &json!([])));
    loop {
        let people = ada.hears("people").await;
        if people["count"] == 212 {
            assert!(people.get("joined").is_none() && people.get("left").is_none(), "{people}");
            break;
        }
    }
    others.truncate(100);
    let all = loop {
        let people = ada.hears("people").await;
        if people["all"] == true {
            break people;
        }
    };
    assert_eq!(all["joined"].as_array().unwrap().len() as u64, all["count"].as_u64().unwrap());
}

#[tokio::test]
async fn client_without_a_hello_is_closed_with_4001_after_ten_seconds() {
    let program = Program::start(&[]);
    let mut silent = Voice::opens(program.addr, "/ws").await;
    let mut plain = Socket::open(program.addr, "/ws").await;
    let began = Instant::now();
    let reason = silent.socket.is_closed_with(4001).await;
    assert!(reason.contains("hello"), "{reason}");
    assert!((MS(9_500)..MS(12_500)).contains(&began.elapsed()), "{:?}", began.elapsed());
    plain.has_heard_all().await;
}

#[tokio::test]
async fn drained_client_is_told_when_to_come_back() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
    program.signal("TERM");
    let error = ada.hears("error").await;
    assert_eq!(error["code"], "going_away");
    let after = error["retry_after"].as_f64().unwrap();
    assert!(after > 0.0 && after <= 5.0, "{error}");
    assert!(matches!(
        timeout(Duration::from_secs(5), ada.socket.next()).await,
        Ok(Heard::Close(Some(1001), _))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_machines_see_each_other_come_type_and_go() {
    let nats = Nats::start();
    let url = nats.url();
    let machines = [(); 2].map(|()| admin::start(&["--nats", &url, "--log", "off"]));
    for (_, admin) in &machines {
        let began = Instant::now();
        while get(*admin, "/readyz").await.status != 200 {
            assert!(began.elapsed() < Duration::from_secs(60), "{}", get(*admin, "/readyz").await.body);
            tokio::time::sleep(MS(50)).await;
        }
    }
    let [(one, _), (two, _)] = &machines;
    let mut ada = Voice::joins(one.addr, "Ada", "tea").await;
    assert_eq!(sees(&mut ada, 1).await.0, ["Ada"]);
    let mut bob = Voice::joins(two.addr, "Bob", "tea").await;
    sees(&mut bob, 2).await;
    assert_eq!(sees(&mut ada, 2).await.0, ["Bob"]);
    bob.says(json!({"type": "typing", "room": "tea"})).await;
    assert_eq!(ada.hears("typing").await["user"]["name"], "Bob");
    // He is seen by his new name, wherever one comes.
    bob.says(json!({"type": "name", "name": "Rob"})).await;
    assert_eq!(ada.hears("renamed").await["name"], "Rob");
    let mut eve = Voice::opens(one.addr, "/ws").await;
    eve.says(json!({"type": "hello", "name": "Eve", "rooms": {"tea": {}}})).await;
    assert_eq!(names(&eve.hears("joined").await["people"]["some"]), ["Ada", "Eve", "Rob"]);
    // A directory counts them where nobody is in the room.
    bob.says(json!({"type": "room", "room": "tea", "title": "Tea", "listed": true, "cid": "c-1"})).await;
    ada.hears("room").await;
    drop((ada, eve));
    sees(&mut bob, 1).await;
    let mut cat = Voice::joins(one.addr, "Cat", "lobby").await;
    cat.says(json!({"type": "directory"})).await;
    let listed = cat.hears("directory").await["rooms"][0].clone();
    assert_eq!((&listed["room"], &listed["people"]), (&json!("tea"), &json!(1)));
    // A machine that ends takes its people with it.
    cat.says(json!({"type": "join", "room": "tea"})).await;
    cat.hears("joined").await;
    sees(&mut cat, 2).await;
    two.signal("TERM");
    assert_eq!(sees(&mut cat, 1).await.1, ["Rob"]);
    drop(bob);
}
