//! Private and direct rooms, as their people meet them, and as others do not.

use serde_json::{Value, json};

use crate::program::{Folder, Program};
use crate::socket::{Socket, handshake};
use crate::voice::Voice;

async fn comes(program: &Program, name: &str) -> (Voice, Value) {
    let mut voice = Voice::opens(program.addr, "/ws").await;
    voice.says(json!({"type": "hello", "name": name, "rooms": {"lobby": {}}})).await;
    let hello = voice.hears("hello").await;
    voice.hears("caught_up").await;
    voice.has_not_heard().await;
    (voice, hello)
}

fn id(hello: &Value) -> Value {
    hello["user"]["id"].clone()
}

async fn joins(voice: &mut Voice, room: &Value) -> Value {
    voice.says(json!({"type": "join", "room": room})).await;
    let joined = voice.hears_one_of(&["joined", "error"]).await;
    if joined["type"] == "joined" {
        voice.hears("caught_up").await;
    }
    joined
}

#[tokio::test]
async fn two_talk_in_a_direct_room_and_nobody_else_learns_of_it() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let ((mut ada, adas), (mut bob, bobs)) = (comes(&program, "Ada").await, comes(&program, "Bob").await);
    let (mut eve, _) = comes(&program, "Eve").await;
    ada.says(json!({"type": "direct", "users": [id(&bobs)]})).await;
    let told = ada.hears("private_room").await;
    let room = told["room"].clone();
    assert_eq!((&told["direct"], told["people"].as_array().unwrap().len()), (&json!(true), 2));
    assert_eq!(bob.hears("private_room").await["room"], room, "he is told at once");
    bob.says(json!({"type": "direct", "users": [id(&adas)]})).await;
    assert_eq!(bob.hears("private_room").await["room"], room, "it is the same for both");
    assert_eq!(joins(&mut ada, &room).await["type"], "joined");
    assert_eq!(joins(&mut bob, &room).await["type"], "joined");
    let seq = ada.tells(room.as_str().unwrap(), "secret tea").await;
    assert_eq!(bob.hears("message").await["text"], "secret tea");
    ada.says(json!({"type": "room", "room": room, "title": "Tea", "listed": true})).await;
    assert_eq!(ada.hears("error").await["code"], "bad_value", "it stands in no directory");

    // Whatever she asks, the answer is that of a room that is not there.
    let nowhere = json!("__dabcdefghijklmnopqrst");
    eve.has_not_heard().await;
    for make in [
        (|room: &Value| json!({"type": "join", "room": room})) as fn(&Value) -> Value,
        |room| json!({"type": "join", "room": room, "epoch": "e", "since": 1}),
        |room| json!({"type": "private", "room": room, "users": ["AAAAAAAAAAc"]}),
        |room| json!({"type": "part", "room": room}),
        |room| json!({"type": "say", "room": room, "cid": "1", "text": "hi"}),
        |room| json!({"type": "history", "room": room}),
        |room| json!({"type": "search", "room": room, "query": "tea"}),
        |room| json!({"type": "reactions", "room": room, "seq": 1}),
        |room| json!({"type": "react", "room": room, "seq": 1, "emoji": "👍", "on": true}),
        |room| json!({"type": "delete", "room": room, "seq": 1}),
        |room| json!({"type": "read", "room": room, "seq": 1}),
        |room| json!({"type": "typing", "room": room}),
    ] {
        let there = eve.is_refused(make(&room)).await;
        let not_there = eve.is_refused(make(&nowhere)).await;
        let plain = |mut error: Value| {
            let text = error["text"].as_str().unwrap().replace(room.as_str().unwrap(), "ROOM");
            error["text"] = text.replace(nowhere.as_str().unwrap(), "ROOM").into();
            error["room"] = Value::Null;
            error
        };
        assert_eq!(plain(there), plain(not_there), "{}", make(&room));
    }
    eve.says(json!({"type": "search", "query": "secret"})).await;
    assert_eq!(eve.hears("found").await["entries"], json!([]));
    eve.says(json!({"type": "directory"})).await;
    assert_eq!(eve.hears("directory").await["rooms"], json!([]));
    eve.tells("lobby", "hi").await;
    eve.says(json!({"type": "keep", "room": room, "listed": true})).await;
    eve.says(json!({"type": "rooms"})).await;
    let kept = eve.hears("rooms").await["rooms"][0].clone();
    assert_eq!(kept, json!({"room": room, "last": null, "read": 0, "unread": 0}));
    eve.says(json!({"type": "private_rooms"})).await;
    assert_eq!(eve.hears("private_rooms").await["rooms"], json!([]));
    let heard = eve.has_not_heard().await;
    assert!(heard.iter().all(|line| line["room"] != room || line["type"] == "kept"), "{heard:?}");
    // Nor do plain lines.
    let stream = tokio::net::TcpStream::connect(program.addr).await.unwrap();
    let path = format!("/ws/{}", room.as_str().unwrap());
    let mut plain = Socket::raw(stream);
    plain.sends(handshake("localhost", &path).as_bytes()).await;
    let answer = plain.head().await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");

    // After a crash it is theirs as before.
    program.crash();
    let program = Program::start(&["--data", folder.arg()]);
    let mut bob = Voice::opens(program.addr, "/ws").await;
    bob.says(json!({"type": "hello", "token": bobs["token"], "rooms": {"lobby": {}}})).await;
    bob.hears("caught_up").await;
    bob.has_not_heard().await;
    bob.says(json!({"type": "private_rooms"})).await;
    let rooms = bob.hears("private_rooms").await["rooms"].clone();
    assert_eq!((&rooms[0]["room"], rooms[0]["last"].is_u64()), (&room, true));
    assert_eq!(joins(&mut bob, &room).await["oldest"], seq);
}

#[tokio::test]
async fn private_room_is_opened_by_its_people_and_left_for_good() {
    let program = Program::start(&[]);
    let ((mut ada, _), (mut bob, bobs)) = (comes(&program, "Ada").await, comes(&program, "Bob").await);
    let (mut cleo, cleos) = comes(&program, "Cleo").await;
    ada.says(json!({"type": "private", "users": [id(&bobs)]})).await;
    let room = ada.hears("private_room").await["room"].clone();
    bob.hears("private_room").await;
    assert_eq!(joins(&mut ada, &room).await["type"], "joined");
    assert_eq!(joins(&mut bob, &room).await["type"], "joined");
    ada.tells(room.as_str().unwrap(), "one").await;
    ada.says(json!({"type": "room", "room": room, "title": "Party", "listed": false, "cid": "t"})).await;
    ada.hears("receipt").await;
    assert_eq!(joins(&mut cleo, &room).await["code"], "members_only");
    bob.says(json!({"type": "private", "room": room, "users": [id(&cleos)]})).await;
    for voice in [&mut ada, &mut bob, &mut cleo] {
        while voice.hears("private_room").await["people"].as_array().unwrap().len() < 3 {}
    }
    let joined = joins(&mut cleo, &room).await;
    assert_eq!((&joined["title"], &joined["people"]["count"]), (&json!("Party"), &json!(3)));
    assert_eq!(
        bob.is_refused(json!({"type": "part", "room": room, "user": id(&cleos)})).await["code"],
        "not_allowed"
    );
    ada.says(json!({"type": "part", "room": room, "user": id(&cleos)})).await;
    assert_eq!(ada.hears("parted").await["room"], room);
    for voice in [&mut ada, &mut bob] {
        while voice.hears("private_room").await["people"].as_array().unwrap().len() > 2 {}
    }
    cleo.socket.is_closed_with(4010).await;
    let mut cleo = Voice::opens(program.addr, "/ws").await;
    cleo.says(
        json!({"type": "hello", "token": cleos["token"], "rooms": {"lobby": {}, room.as_str().unwrap(): {}}}),
    )
    .await;
    cleo.hears("hello").await;
    let error = cleo.hears("error").await;
    assert_eq!(
        (&error["code"], &error["command"], &error["room"]),
        (&json!("members_only"), &json!("join"), &room)
    );
    bob.says(json!({"type": "part", "room": room})).await;
    bob.socket.is_closed_with(4010).await;
    ada.tells(room.as_str().unwrap(), "alone").await;
}

#[tokio::test]
async fn moderators_see_no_private_room_that_they_are_not_in() {
    let program = Program::start(&[]);
    let mut owner = Voice::opens(program.addr, "/ws").await;
    owner.says(json!({"type": "hello", "name": "Olga", "invitation": program.owner_code()})).await;
    owner.hears("caught_up").await;
    owner.has_not_heard().await;
    let ((mut ada, adas), (_bob, bobs)) = (comes(&program, "Ada").await, comes(&program, "Bob").await);
    ada.says(json!({"type": "direct", "users": [id(&bobs)]})).await;
    let room = ada.hears("private_room").await["room"].clone();
    joins(&mut ada, &room).await;
    ada.tells(room.as_str().unwrap(), "about Olga").await;
    assert_eq!(joins(&mut owner, &room).await["code"], "members_only");
    owner.says(json!({"type": "clear", "user": id(&adas), "seconds": 600})).await;
    let answer = owner.hears_one_of(&["cleared", "error"]).await;
    assert_eq!(answer["count"], 0, "{answer}");
    owner.says(json!({"type": "audit"})).await;
    let audit = owner.hears("audit").await.to_string();
    assert!(!audit.contains("gather") && !audit.contains("__"), "{audit}");
}
