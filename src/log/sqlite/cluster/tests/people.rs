//! What somebody changes on one machine, as their connections on another hear it, and the people who are with them there.

use serde_json::{Value, json};

use super::tab::Tab;
use super::*;
use crate::base::limits::Limits;
use crate::hub::Hub;

/// A hub on each machine of a chat.
pub(super) fn hubs(chat: &Chat) -> Vec<Hub> {
    let hub = |log: &SqliteLog| Hub::new(log.clone(), Limits::default()).expect("limits that hold");
    chat.machines.iter().map(hub).collect()
}

/// The only one of a kind.
fn only<'a>(heard: &'a [Value], kind: &str) -> &'a Value {
    let all: Vec<_> = heard.iter().filter(|event| event["type"] == kind).collect();
    let [one] = all[..] else { panic!("{} of {kind} in {heard:?}", all.len()) };
    one
}

/// What comes until one of a kind, that among it, and what is told right behind it.
async fn until(tab: &mut Tab, kind: &str) -> Vec<Value> {
    let last = tab.expects(kind).await;
    let mut heard = tab.hears().await;
    heard.push(last);
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changes_on_one_machine_their_connections_on_another_hear() {
    let chat = Chat::of(2, 11).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    let token = hello["token"].as_str().expect("a token");
    let (mut bob, _) = Tab::of(&hubs[1], "Bob", None).await;
    ada.asks(&json!({"type": "say", "room": "lobby", "text": "hi", "cid": "1"})).await;
    let seq = ada.expects("receipt").await["seq"].as_u64().expect("a number");
    bob.expects("message").await;
    let (mut same, _) = Tab::of(&hubs[0], "Ada", Some(token)).await;
    let (mut other, _) = Tab::of(&hubs[1], "Ada", Some(token)).await;

    ada.asks(&json!({"type": "name", "name": "Lady"})).await;
    assert_eq!(ada.expects("named").await["user"]["name"], "Lady");
    for tab in [&mut same, &mut other] {
        let heard = until(tab, "named").await;
        assert_eq!(only(&heard, "named")["user"]["name"], "Lady", "once");
    }
    assert_eq!(bob.expects("renamed").await["name"], "Lady");
    other.asks(&json!({"type": "typing", "room": "lobby"})).await;
    assert_eq!(bob.expects("typing").await["user"]["name"], "Lady");
    // It is hers: it is answered, and nobody else is told.
    ada.asks(&json!({"type": "name", "name": "Lady"})).await;
    ada.expects("named").await;

    ada.asks(&json!({"type": "face", "emoji": "🦊", "hue": 5})).await;
    for tab in [&mut ada, &mut same, &mut other] {
        let told = async { while tab.expects("face").await["user"]["emoji"] != "🦊" {} };
        timeout(PATIENCE, told).await.expect("they are told");
    }
    let face = bob.expects("face").await;
    assert_eq!((&face["room"], &face["user"]["hue"]), (&json!("lobby"), &json!(5)));
    let (mut third, _) = Tab::of(&hubs[1], "Ada", Some(token)).await;
    third.asks(&json!({"type": "typing", "room": "lobby"})).await;
    assert_eq!(bob.expects("typing").await["user"]["emoji"], "🦊");

    for is_back in [false, true] {
        ada.asks(&json!({"type": "read", "room": "lobby", "seq": seq, "back": is_back})).await;
        for tab in [&mut same, &mut other] {
            let heard = until(tab, "read").await;
            let read = only(&heard, "read");
            assert_eq!((&read["seq"], read["back"] == true), (&json!(seq), is_back));
        }
    }
    ada.asks(&json!({"type": "keep", "room": "tea", "listed": true, "favourite": true})).await;
    for tab in [&mut same, &mut other] {
        let heard = until(tab, "kept").await;
        let kept = only(&heard, "kept");
        assert_eq!(
            (&kept["room"], &kept["favourite"], &kept["listed"]),
            (&json!("tea"), &json!(true), &json!(true))
        );
    }
    // What was so before is told nobody.
    ada.asks(&json!({"type": "keep", "room": "tea", "listed": true, "favourite": true})).await;
    let heard = until(&mut ada, "kept").await;
    assert!(heard.iter().all(|event| event["type"] != "read"), "she knows what she has read: {heard:?}");
    let heard = other.hears().await;
    assert!(heard.iter().all(|event| event["type"] != "kept" && event["type"] != "named"), "{heard:?}");
    let strange = ["named", "read", "kept", "linked"];
    let heard = bob.hears().await;
    assert!(!heard.iter().any(|event| strange.iter().any(|kind| event["type"] == *kind)), "{heard:?}");
    drop((ada, same, other, bob));
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn device_that_came_by_a_link_is_told_of_on_all_machines_and_ended_on_all() {
    let chat = Chat::of(2, 12).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    let token = hello["token"].as_str().expect("a token");
    ada.asks(&json!({"type": "say", "room": "lobby", "text": "hi", "cid": "1"})).await;
    ada.expects("receipt").await;
    let (mut other, _) = Tab::of(&hubs[1], "Ada", Some(token)).await;
    ada.asks(&json!({"type": "private_link"})).await;
    let link = ada.expects("private_link").await["link"].clone();

    let mut phone = Tab::open(&hubs[1]);
    phone.asks(&json!({"type": "hello", "link": link, "device": "Phone", "rooms": {"lobby": {}}})).await;
    let phones = phone.expects("hello").await;
    let told = ada.expects("linked").await;
    assert_eq!(told["device"], "Phone");
    let heard = until(&mut other, "linked").await;
    assert_eq!(only(&heard, "linked"), &told, "once, and on its own machine as well");
    phone.expects("caught_up").await;
    let heard = phone.hears().await;
    assert!(heard.iter().all(|event| event["type"] != "linked"), "it knows itself: {heard:?}");

    // Its token is good on any machine, until it is ended on one.
    let (mut again, _) = Tab::of(&hubs[0], "Ada", phones["token"].as_str()).await;
    other.asks(&json!({"type": "link"})).await;
    let code = other.expects("link").await["link"].clone();
    ada.asks(&json!({"type": "end_device", "device": told["id"]})).await;
    assert_eq!(ada.expects("devices").await["devices"].as_array().expect("a list").len(), 1);
    for tab in [&mut phone, &mut again] {
        let heard = tab.ends().await;
        assert_eq!((only(&heard, "error")["code"].as_str(), tab.closed), (Some("ended"), Some(4003)));
    }
    // A code that it may have made, on whatever machine, is not good any more.
    let mut thief = Tab::open(&hubs[1]);
    thief.asks(&json!({"type": "hello", "link": code})).await;
    assert_eq!(thief.expects("error").await["code"], "bad_link");
    let mut thief = Tab::open(&hubs[1]);
    thief.asks(&json!({"type": "hello", "token": phones["token"]})).await;
    assert_eq!(thief.expects("error").await["code"], "ended");
    other.asks(&json!({"type": "ping"})).await;
    other.expects("pong").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_who_took_one_name_on_two_machines_hear_who_has_it() {
    let chat = Chat::of(2, 13).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    let (mut late, _) = Tab::of(&hubs[1], "Ada", None).await;
    // The first is a visitor of her own on the other machine as well.
    let (mut same, _) = Tab::of(&hubs[1], "Ada", hello["token"].as_str()).await;
    let say = json!({"type": "say", "room": "lobby", "text": "hi", "cid": "1"});
    ada.asks(&say).await;
    ada.expects("receipt").await;
    late.asks(&say).await;
    let named = late.expects("named").await["user"]["name"].clone();
    late.expects("receipt").await;
    assert_ne!(named, "Ada", "it was taken when she spoke");
    // Where each machine had its own name or face for somebody, the one that all know them by is told.
    let page = chat.machines[1].history(&RoomName::lobby(), Anchor::Before(u64::MAX >> 1), 10, UserId::GUEST);
    let page = page.await.expect("it is read");
    let mut shown: Vec<_> = page.messages.iter().map(|message| &message.entry.by).collect();
    shown.retain(|by| by.id != UserId::GUEST);
    assert_eq!((&*shown[0].name, json!(*shown[1].name)), ("Ada", named));
    same.asks(&json!({"type": "typing", "room": "lobby"})).await;
    let is_hers = |event: &Value| event["type"] == "typing" && event["user"]["id"] == hello["user"]["id"];
    let typing = async {
        loop {
            let event = same.next().await.expect("it is connected");
            if is_hers(&event) {
                return event;
            }
        }
    };
    let typing = timeout(PATIENCE, typing).await.expect("it is told");
    assert_eq!(
        (&typing["user"]["name"], &typing["user"]["hue"]),
        (&json!("Ada"), &json!(shown[0].face.hue()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn measure_is_in_force_on_all_machines_within_a_second() {
    let chat = Chat::of(2, 13).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let code = hubs[0].first_owner().await.expect("a link").expect("there is no owner");
    let mut ada = Tab::open(&hubs[1]);
    ada.asks(&json!({"type": "hello", "name": "Ada", "invitation": code, "rooms": {"lobby": {}}})).await;
    assert_eq!(ada.expects("hello").await["role"], "owner", "on another machine than it was made on");
    let (mut bob, hello) = Tab::of(&hubs[0], "Bob", None).await;
    bob.asks(&json!({"type": "say", "room": "lobby", "text": "spam", "cid": "1"})).await;
    bob.expects("receipt").await;
    ada.expects("message").await;
    let began = Instant::now();
    ada.asks(&json!({"type": "ban", "user": hello["user"]["id"]})).await;
    assert_eq!(bob.expects("error").await["code"], "banned");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    ada.expects("person").await;
    for hub in &hubs {
        let mut back = Tab::open(hub);
        back.asks(&json!({"type": "hello", "token": hello["token"]})).await;
        assert_eq!(back.expects("error").await["code"], "banned");
    }
    let (mut guest, _) = Tab::of(&hubs[0], "Gast", None).await;
    ada.asks(&json!({"type": "door", "guests": "closed"})).await;
    assert_eq!(guest.expects("error").await["code"], "invitation_needed");
    for hub in &hubs {
        assert!(hub.first_owner().await.expect("it is known").is_none());
        let mut stranger = Tab::open(hub);
        stranger.asks(&json!({"type": "hello", "name": "Eve"})).await;
        assert_eq!(stranger.expects("error").await["code"], "invitation_needed");
    }
    ada.asks(&json!({"type": "door", "guests": "write"})).await;
    while ada.expects("door").await["guests"] != "write" {}
    drop((ada, bob, guest));
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
}
