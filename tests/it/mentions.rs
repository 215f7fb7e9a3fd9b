//! Mentions: a message means the person whom it names, and goes on to mean them.

use chinwag::StoreOptions;
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::tools::{chat, export, file, good, line};
use crate::voice::Voice;

/// Somebody new in the lobby; gives their id and their token as well.
async fn comes(chat: &Chat, name: &str) -> (Voice, Value, Value) {
    let hello = json!({"type": "hello", "name": name, "rooms": {"lobby": {}}});
    let (mut voice, hello) = Voice::greets(chat.addr, hello).await;
    voice.hears("caught_up").await;
    (voice, hello["user"]["id"].clone(), hello["token"].clone())
}

/// Says something with mentions; gives the message as it is heard.
async fn says(who: &mut Voice, text: &str, mentions: Value) -> Value {
    let cid: String = text.bytes().take(32).map(|byte| format!("{byte:02x}")).collect();
    who.says(json!({"type": "say", "room": "lobby", "cid": cid, "text": text, "mentions": mentions})).await;
    loop {
        let message = who.hears("message").await;
        if message["text"] == text {
            return message;
        }
    }
}

/// A message as somebody finds it who comes now.
async fn is_found(chat: &Chat, seq: &Value) -> Value {
    let (mut eve, ..) = comes(chat, "Eve").await;
    eve.says(json!({"type": "history", "room": "lobby", "around": seq, "limit": 1})).await;
    eve.hears("page").await["entries"][0].clone()
}

#[tokio::test]
async fn mention_reaches_the_person_whatever_they_are_called_and_nobody_else() {
    let folder = Folder::new();
    let kept = Chat::kept(&folder, &StoreOptions::default(), |_| {});
    for (chat, is_kept) in [(kept, true), (Chat::open(), false)] {
        let (mut ada, ada_id, _) = comes(&chat, "Ada").await;
        let (bob, bob_id, token) = comes(&chat, "Bob").await;
        // He is away, and a client may say what it likes of others.
        drop(bob);
        chat.has_clients(1).await;
        let pairs = json!({"Bob": bob_id, "Ada": bob_id, "Zoe": ada_id});
        let said = says(&mut ada, "@Bob, tea? And @Ada?", pairs).await;
        assert_eq!(said["mentions"], json!({"Bob": bob_id}));
        // He comes back under another name, and another takes his.
        let hello = json!({"type": "hello", "token": token, "rooms": {"lobby": {}}});
        let (mut bob, _) = Voice::greets(chat.addr, hello).await;
        bob.says(json!({"type": "name", "name": "Robert"})).await;
        bob.hears("named").await;
        ada.says(json!({"type": "name", "name": "Bob"})).await;
        ada.hears("named").await;
        let late = says(&mut ada, "@Bob, or coffee?", json!({"Bob": bob_id})).await;
        assert!(late.get("mentions").is_none(), "{late}");
        let now = says(&mut ada, "@Robert!", json!({"Robert": bob_id})).await;
        assert_eq!(now["mentions"], json!({"Robert": bob_id}));
        let plain = says(&mut ada, "@Robert", Value::Null).await;
        assert!(plain.get("mentions").is_none(), "{plain}");
        if is_kept {
            assert_eq!(is_found(&chat, &said["seq"]).await["mentions"], json!({"Bob": bob_id}));
            let edit = json!({"type": "edit", "room": "lobby", "seq": said["seq"], "text": "@Robert, tea?",
                "mentions": {"Robert": bob_id, "Bob": bob_id}});
            ada.says(edit).await;
            assert_eq!(bob.hears("edited").await["mentions"], json!({"Robert": bob_id}));
            assert_eq!(is_found(&chat, &said["seq"]).await["mentions"], json!({"Robert": bob_id}));
            ada.says(json!({"type": "search", "query": "tea"})).await;
            let found = ada.hears("found").await;
            assert_eq!(found["entries"][0]["mentions"], json!({"Robert": bob_id}));
            ada.says(json!({"type": "delete", "room": "lobby", "seq": said["seq"]})).await;
            bob.hears("deleted").await;
            let gone = is_found(&chat, &said["seq"]).await;
            assert!(gone["deleted"] == true && gone.get("mentions").is_none(), "{gone}");
        }
    }
}

#[tokio::test]
async fn mentions_that_are_none_are_refused_in_words() {
    let chat = Chat::open();
    let (mut ada, id, _) = comes(&chat, "Ada").await;
    let many: Value = (0..21).map(|n| (format!("name {n}"), id.clone())).collect();
    for (mentions, words) in [
        (many, "at most 20 are allowed"),
        (json!({"Ada": "ada"}), "the id of a person for each name"),
        (json!({"Ada": 7}), "expected a string"),
        (json!([id]), "expected a map"),
    ] {
        let error = ada
            .is_refused(
                json!({"type": "say", "room": "lobby", "cid": "c", "text": "@Ada", "mentions": mentions}),
            )
            .await;
        assert_eq!((&error["code"], &error["cid"]), (&json!("bad_value"), &json!("c")), "{error}");
        assert!(error["text"].as_str().unwrap().contains(words), "{error}");
    }
}

/// Whom the messages of an export mention, those that are edits left out.
fn mentioned(exported: &str, kind: &str) -> Vec<Value> {
    let lines = exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["type"] == kind).map(|line| line["mentions"].clone()).collect()
}

#[tokio::test]
async fn imported_chat_mentions_those_who_are_people_there() {
    let (here, there) = (Folder::new(), Folder::new());
    let program = Program::start(&["--data", here.arg()]);
    let greets = async |name: &str| {
        let hello = json!({"type": "hello", "name": name, "rooms": {"lobby": {}}});
        let (voice, hello) = Voice::greets(program.addr, hello).await;
        (voice, hello["user"]["id"].clone())
    };
    let (mut ada, _) = greets("Ada").await;
    let (mut bob, bob_id) = greets("Bob").await;
    let (_zoe, zoe_id) = greets("Zoe").await;
    let pairs = json!({"Bob": bob_id, "Zoe": zoe_id});
    let first = says(&mut ada, "@Bob and @Zoe, tea?", pairs.clone()).await;
    let second = says(&mut ada, "@Bob?", json!({"Bob": bob_id})).await;
    let gone = says(&mut ada, "@Bob, gone", json!({"Bob": bob_id})).await;
    ada.says(json!({"type": "edit", "room": "lobby", "seq": second["seq"], "text": "@Bob or @Zoe!", "mentions": pairs}))
        .await;
    ada.hears("edited").await;
    ada.says(json!({"type": "delete", "room": "lobby", "seq": gone["seq"]})).await;
    ada.hears("deleted").await;
    // He speaks only after he was mentioned, and has another name by then.
    bob.says(json!({"type": "name", "name": "Robert"})).await;
    bob.hears("named").await;
    bob.tells("lobby", "yes").await;
    assert_eq!(first["mentions"], json!({"Bob": bob_id, "Zoe": zoe_id}));
    let exported = export(&here);
    let (both, none) = (first["mentions"].clone(), Value::Null);
    assert_eq!(mentioned(&exported, "message"), [&both, &both, &none, &none].map(Value::clone));
    assert_eq!(mentioned(&exported, "edited"), [both]);
    drop(program);
    let (_folder, path) = file(&exported);
    good(&["import", "--data", there.arg(), &path]);
    // Zoe has said nothing: nobody there is her.
    let (bob, imported) = (json!({"Bob": bob_id}), export(&there));
    assert_eq!(mentioned(&imported, "message"), [&bob, &bob, &none, &none].map(Value::clone));
    assert_eq!(mentioned(&imported, "edited"), [bob]);
    for folder in [&here, &there] {
        good(&["import", "--data", folder.arg(), &path]);
        good(&["check", "--data", folder.arg()]);
    }
    assert_eq!((export(&here), export(&there)), (exported, imported), "taken twice, it changes nothing");
}

/// Lines without a `cid` are known by their time, and may turn out to be others.
#[test]
fn message_of_the_same_moment_as_another_keeps_its_mentions() {
    let here = chat(&line(1, "Ada", "greetings"));
    let ada = author(&export(&here));
    let mention = |text: &str| {
        line(1, "Ada", text)
            .replace("\"text\"", &format!("\"mentions\":{{\"Ada\":{ada},\"Eve\":{ada}}},\"text\""))
    };
    let (_folder, path) = file(&mention("I am @Ada"));
    good(&["import", "--data", here.arg(), &path]);
    let exported = export(&here);
    assert_eq!(
        mentioned(&exported, "message"),
        [Value::Null, json!({"Ada": serde_json::from_str::<Value>(&ada).unwrap()})]
    );
    good(&["check", "--data", here.arg()]);
}

/// The id of who said the first message of an export, as JSON.
fn author(exported: &str) -> String {
    let line: Value = serde_json::from_str(exported.lines().next().unwrap()).unwrap();
    line["from"]["id"].to_string()
}
