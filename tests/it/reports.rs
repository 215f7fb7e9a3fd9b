//! Messages that are shown to the moderators, in a room of their own.

use serde_json::{Value, json};

use crate::program::{Folder, Program};
use crate::voice::Voice;

const ROOM: &str = "__pmoderatorsmoderators";

async fn comes(program: &Program, fields: Value) -> (Voice, Value) {
    let mut hello = json!({"type": "hello", "rooms": {"lobby": {}}});
    hello.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let (mut voice, hello) = Voice::greets(program.addr, hello).await;
    voice.hears("caught_up").await;
    voice.has_not_heard().await;
    (voice, hello["user"]["id"].clone())
}

fn report(room: &str, seq: u64) -> Value {
    json!({"type": "report", "room": room, "seq": seq, "text": "spam\nagain"})
}

#[tokio::test]
async fn report_is_read_by_the_moderators_once_and_by_nobody_else() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, _) = comes(&program, json!({"name": "Ada", "invitation": program.owner_code()})).await;
    let (mut bob, bobs) = comes(&program, json!({"name": "Bob"})).await;
    let (mut eve, eves) = comes(&program, json!({"name": "Eve"})).await;
    ada.says(json!({"type": "private_rooms"})).await;
    assert_eq!(ada.hears("private_rooms").await["rooms"][0]["room"], ROOM);
    ada.says(json!({"type": "join", "room": ROOM})).await;
    ada.hears("caught_up").await;
    let seq = eve.tells("lobby", "buy\nthis").await;
    bob.hears("message").await;

    bob.says(report("lobby", seq)).await;
    let answer = bob.hears("reported").await;
    assert_eq!((&answer["room"], &answer["seq"]), (&json!("lobby"), &json!(seq)));
    let told = ada.hears_one_of(&["message"]).await;
    let told = if told["room"] == "lobby" { ada.hears("message").await } else { told };
    assert_eq!(told["text"], "🚩 Eve, #lobby\n> buy\n> this\nspam\nagain");
    assert_eq!((&told["room"], &told["from"]["name"]), (&json!(ROOM), &json!("Bob")));
    // The same once more is the same report; whoever is muted reports as well.
    bob.says(report("lobby", seq)).await;
    bob.hears("reported").await;
    ada.says(json!({"type": "mute", "user": bobs})).await;
    ada.hears("person").await;
    let second = eve.tells("lobby", "and this").await;
    bob.says(report("lobby", second)).await;
    bob.hears("reported").await;
    assert_eq!(ada.hears("message").await["text"], "and this");
    assert!(ada.hears("message").await["text"].as_str().unwrap().contains("> and this"));
    for (room, seq) in [("lobby", second + 1), ("tea", seq), (ROOM, seq)] {
        let refused = eve.is_refused(report(room, seq)).await;
        let code = if room == ROOM { "members_only" } else { "no_such_message" };
        assert_eq!(refused["code"], code, "{room} {seq}: {refused}");
    }
    let refused = eve.is_refused(json!({"type": "join", "room": ROOM})).await;
    assert_eq!(refused["code"], "members_only");
    for heard in eve.has_not_heard().await {
        assert!(!heard.to_string().contains("__pmod"), "{heard}");
    }

    // A role is the way into the room, and out of it.
    ada.says(json!({"type": "role", "user": eves, "role": "moderator"})).await;
    ada.hears("person").await;
    eve.says(json!({"type": "join", "room": ROOM})).await;
    eve.hears("joined").await;
    assert!(eve.hears("message").await["text"].as_str().unwrap().contains("> this"));
    ada.says(json!({"type": "role", "user": eves, "role": "guest"})).await;
    let told = eve.hears_or_ends(&["no such event"]).await;
    assert_eq!(told, None, "her connection ends, so that she hears nothing more of the room");
    let (mut eve, _) = comes(&program, json!({"name": "Eve again"})).await;
    assert_eq!(eve.is_refused(json!({"type": "join", "room": ROOM})).await["code"], "members_only");
}

#[tokio::test]
async fn message_of_a_private_room_is_reported_without_its_name() {
    let folder = Folder::new();
    let program = Program::start(&["--data", folder.arg()]);
    let (mut ada, _) = comes(&program, json!({"name": "Ada", "invitation": program.owner_code()})).await;
    let (mut bob, bobs) = comes(&program, json!({"name": "Bob"})).await;
    let (mut eve, _) = comes(&program, json!({"name": "Eve"})).await;
    eve.says(json!({"type": "direct", "users": [bobs]})).await;
    let room = eve.hears("private_room").await["room"].clone();
    eve.says(json!({"type": "join", "room": room})).await;
    eve.hears("caught_up").await;
    let seq = eve.tells(room.as_str().unwrap(), "psst").await;
    let refused = ada.is_refused(report(room.as_str().unwrap(), seq)).await;
    assert_eq!(refused["code"], "members_only");
    bob.says(report(room.as_str().unwrap(), seq)).await;
    bob.hears("reported").await;
    ada.says(json!({"type": "join", "room": ROOM})).await;
    let told = ada.hears("message").await;
    assert!(told["text"].as_str().unwrap().starts_with("🚩 Eve, 🔒\n> psst"), "{told}");
}
