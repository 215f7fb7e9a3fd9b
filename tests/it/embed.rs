//! What a program does in the chat that is a part of it, without a socket of its own.

use chinwag::{
    Account, Anchor, Content, Cursor, Draft, Entries, ErrorCode, Face, Hub, Limits, MemoryLog, Post,
    RoomName, SqliteLog, StoreOptions,
};
use serde_json::json;
use tokio::time::timeout;

use crate::chat::Chat;
use crate::program::{Folder, run};
use crate::socket::{Heard, PATIENCE};
use crate::voice::Voice;

fn kept(folder: &Folder) -> Chat {
    Chat::kept(folder, &StoreOptions::default(), |_| {})
}

fn room(name: &str) -> RoomName {
    RoomName::parse(name).unwrap()
}

#[tokio::test]
async fn program_says_edits_reacts_and_deletes_as_a_person() {
    let folder = Folder::new();
    let chat = kept(&folder);
    let lobby = RoomName::lobby();
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    let asked = ada.tells("lobby", "Tea?").await;
    ada.hears("message").await;

    let bot = chat.hub.participant(&Account::new("bot:tea", "Tea Bot")).await.unwrap();
    let text = format!("Gladly.\n{}", "x".repeat(3_000));
    let post = Post::new(&*text).reply_to(asked).cid("answer 1".replace(' ', "-"));
    let said = bot.say(&lobby, post.clone()).await.unwrap();
    assert_eq!(bot.say(&lobby, post).await.unwrap(), said, "said again, it is not said twice");
    let message = ada.hears("message").await;
    let tea = json!({"id": chat.hub.user_id("bot:tea").to_string(), "name": "Tea Bot", "hue": 3});
    assert_eq!(message["from"], tea);
    let fox = Face::new(Some("🦊"), None).unwrap();
    bot.set_face(fox).await.unwrap();
    assert_eq!(
        (&message["text"], &message["reply_to"], &message["cid"]),
        (&json!(text), &json!(asked), &json!("answer-1"))
    );
    bot.edit(&lobby, said.seq, "In the garden.").await.unwrap();
    let edited = ada.hears("edited").await;
    assert_eq!((&edited["text"], &edited["by"]["emoji"]), (&json!("In the garden."), &json!("🦊")));
    let people = chat.hub.people(&lobby);
    let her = people.iter().find(|user| &*user.name == "Ada").unwrap();
    let whom = json!({"Ada": her.id.to_string()});
    let post = Post::new("Or where, @Ada?").mention(her).mention(bot.user());
    bot.edit(&lobby, said.seq, post.clone()).await.unwrap();
    assert_eq!(ada.hears("edited").await["mentions"], whom);
    bot.say(&lobby, post).await.unwrap();
    assert_eq!(ada.hears("message").await["mentions"], whom);
    bot.react(&lobby, asked, "☕", true).await.unwrap();
    assert_eq!(ada.hears("reacted").await["target"], asked);
    bot.set_topic(&lobby, "Tea").await.unwrap();
    assert_eq!(ada.hears("topic").await["text"], "Tea");
    bot.delete(&lobby, said.seq).await.unwrap();
    assert_eq!(ada.hears("deleted").await["target"], said.seq);
    let tea = RoomName::parse("tea").unwrap();
    bot.set_room(&tea, "The lounge", true).await.unwrap();
    let directory = chat.hub.directory(None, "lounge", 10).await.unwrap();
    assert_eq!(directory.rooms.iter().map(|listed| listed.room.as_str()).collect::<Vec<_>>(), ["tea"]);

    // What a client may not do, a participant may not either.
    let code = |result: Result<_, chinwag::Error>| result.expect_err("it is not allowed").code();
    assert_eq!(code(bot.set_room(&lobby, "The lounge", true).await), ErrorCode::NotYours);
    assert_eq!(code(bot.delete(&lobby, asked).await), ErrorCode::NotYours);
    assert_eq!(code(bot.say(&lobby, " \u{200b}").await), ErrorCode::Empty);
    assert_eq!(code(bot.say(&lobby, "x".repeat(4_001)).await), ErrorCode::TooLong);
    assert_eq!(code(bot.say(&lobby, Post::new("hi").cid("with a space")).await), ErrorCode::BadValue);
    assert_eq!(code(bot.react(&lobby, asked, "tea", true).await), ErrorCode::BadValue);
    assert_eq!(code(bot.set_room(&lobby, &"x".repeat(65), true).await), ErrorCode::TooLong);
    let other = chat.hub.participant(&Account::new("bot:coffee", "Coffee Bot")).await.unwrap();
    assert_eq!(code(other.set_room(&tea, "Coffee", true).await), ErrorCode::NotYours);
}

#[tokio::test]
async fn moderator_deletes_what_others_said_and_the_log_says_who_did() {
    let folder = Folder::new();
    let chat = kept(&folder);
    let lobby = RoomName::lobby();
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    let by_ada = ada.tells("lobby", "something rude").await;
    let by_guest = chat.hub.say(&lobby, "ruder").await.unwrap().seq;
    let moderator = chat.hub.participant(&Account::new(1, "Grace")).await.unwrap();
    for seq in [by_ada, by_guest] {
        moderator.moderate(&lobby, seq).await.unwrap();
        let deleted = ada.hears("deleted").await;
        assert_eq!((&deleted["target"], &deleted["by"]["name"]), (&json!(seq), &json!("Grace")));
    }
    let again = moderator.moderate(&lobby, by_ada).await.expect_err("it is gone");
    assert_eq!(again.code(), ErrorCode::Gone);
    let page = chat.hub.history(&lobby, Anchor::Newest, 10).await.unwrap();
    assert!(
        page.messages.iter().all(|message| message.deleted && message.entry.text().is_empty()),
        "{page:?}"
    );

    // An export has it, and another chat takes it.
    let other = Folder::new();
    let file = other.path().join("export.jsonl");
    let exported = run(&["export", "--format", "jsonl", "--data", folder.arg()]);
    std::fs::write(&file, exported.stdout).unwrap();
    let folder = Folder::new();
    let imported = run(&["import", "--data", folder.arg(), file.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let chat = kept(&folder);
    let page = chat.hub.history(&lobby, Anchor::Newest, 10).await.unwrap();
    assert!(page.messages.len() == 2 && page.messages.iter().all(|message| message.deleted), "{page:?}");
}

#[tokio::test]
async fn program_reads_history_and_finds_words_through_the_hub() {
    let folder = Folder::new();
    let chat = kept(&folder);
    let lobby = RoomName::lobby();
    for i in 0..120 {
        chat.hub.say(&lobby, &format!("message {i}")).await.unwrap();
    }
    let texts =
        |page: &chinwag::Page| page.messages.iter().map(|m| m.entry.text().to_owned()).collect::<Vec<_>>();
    let page = chat.hub.history(&lobby, Anchor::Newest, 2).await.unwrap();
    assert_eq!((texts(&page), page.more), (vec!["message 118".to_owned(), "message 119".to_owned()], true));
    let before = Anchor::Before(page.messages[0].entry.seq);
    assert_eq!(texts(&chat.hub.history(&lobby, before, 1).await.unwrap()), ["message 117"]);
    assert_eq!(chat.hub.history(&lobby, Anchor::Newest, usize::MAX).await.unwrap().messages.len(), 100);
    let found = chat.hub.search(&[lobby], "\"message 7\"", None, 10).await.unwrap();
    assert!(texts(&found).contains(&"message 7".to_owned()), "{found:?}");
    let error =
        chat.hub.search(&[room("tea")], "in:coffee x", None, 10).await.expect_err("it is not looked at");
    assert_eq!(error.code(), ErrorCode::BadQuery);
}

#[tokio::test]
async fn program_knows_which_rooms_are_open_and_who_is_there() {
    let chat = Chat::open();
    assert!(chat.hub.rooms().is_empty() && chat.hub.people(&RoomName::lobby()).is_empty());
    let _ada = Voice::joins_all(chat.addr, "Ada", &["tea", "lobby"]).await;
    let _bob = Voice::joins(chat.addr, "Bob", "tea").await;
    let _plain = chat.joins().await;
    assert_eq!(chat.hub.rooms(), [room("lobby"), room("tea")]);
    let names =
        |name| chat.hub.people(&room(name)).iter().map(|user| user.name.to_string()).collect::<Vec<_>>();
    assert_eq!((names("tea"), names("lobby")), (vec!["Ada".into(), "Bob".into()], vec!["Ada".into()]));
}

#[tokio::test]
async fn addresses_of_the_server_are_told_to_every_client() {
    let chat = Chat::open();
    let (_ada, hello) = Voice::greets(chat.addr, json!({"type": "hello", "name": "Ada"})).await;
    assert_eq!(hello["server"].get("addresses"), None);
    chat.hub.set_addresses(["http://192.168.1.5:8080/".to_owned()]);
    chat.hub.set_addresses(["http://10.0.0.2:8080/".to_owned()]);
    let (_bob, hello) = Voice::greets(chat.addr, json!({"type": "hello", "name": "Bob"})).await;
    assert_eq!(hello["server"]["addresses"], json!(["http://192.168.1.5:8080/"]), "the first call counts");
}

#[tokio::test]
async fn closed_person_is_told_why_on_every_device_and_nobody_else_is() {
    let chat = Chat::open();
    let (mut laptop, hello) = Voice::greets(chat.addr, json!({"type": "hello", "name": "Ada"})).await;
    let hello = json!({"type": "hello", "token": hello["token"]});
    let (mut phone, again) = Voice::greets(chat.addr, hello).await;
    let mut bob = Voice::joins(chat.addr, "Bob", "lobby").await;
    let id = again["user"]["id"].as_str().unwrap().parse().unwrap();
    let why = "your account is suspended until Monday";
    assert_eq!(chat.hub.close_person(id, why), 2);
    for voice in [&mut laptop, &mut phone] {
        let error = voice.hears("error").await;
        assert_eq!((&error["code"], &error["text"]), (&json!("closed"), &json!(why)));
        assert_eq!(voice.socket.is_closed_with(4003).await, why);
    }
    drop((laptop, phone));
    chat.has_clients(1).await;
    assert_eq!(chat.hub.close_person(id, &"ä".repeat(200)), 0, "nobody is there");
    bob.tells("lobby", "still here").await;

    // A reason that is longer than a close frame takes is cut between two characters.
    let bobs = chat.hub.people(&RoomName::lobby())[0].id;
    chat.hub.close_person(bobs, &"ä".repeat(200));
    assert_eq!(bob.socket.is_closed_with(4003).await, "ä".repeat(61));
}

#[tokio::test]
async fn listener_of_all_rooms_hears_edits_and_deletions() {
    let folder = Folder::new();
    let chat = kept(&folder);
    let mut feed = chat.hub.feed();
    let mut ada = Voice::joins_all(chat.addr, "Ada", &["tea", "lobby"]).await;
    let seq = ada.tells("tea", "one").await;
    ada.tells("lobby", "two").await;
    for command in [
        json!({"type": "edit", "room": "tea", "seq": seq, "text": "ONE", "cid": "c-1"}),
        json!({"type": "react", "room": "tea", "seq": seq, "emoji": "☕", "on": true, "cid": "c-2"}),
        json!({"type": "topic", "room": "tea", "text": "Tea", "cid": "c-3"}),
        json!({"type": "delete", "room": "tea", "seq": seq, "cid": "c-4"}),
    ] {
        ada.says(command).await;
        ada.hears("receipt").await;
    }
    let mut heard = Vec::new();
    for _ in 0..6 {
        let entry = timeout(PATIENCE, feed.next()).await.unwrap().unwrap();
        assert_eq!(&*entry.by.name, "Ada");
        heard.push(match &entry.content {
            Content::Message { text, .. } => format!("{} says {text}", entry.room),
            Content::Edited { target, text, .. } => format!("{} edits {target} {text}", entry.room),
            Content::Reacted { target, emoji, .. } => format!("{} reacts {target} {emoji}", entry.room),
            Content::Topic { text } => format!("{} is about {text}", entry.room),
            Content::Deleted { target } => format!("{} deletes {target}", entry.room),
            other => format!("{other:?}"),
        });
    }
    let expected =
        ["tea says one", "lobby says two", &format!("tea edits {seq} ONE"), &format!("tea reacts {seq} ☕")];
    assert_eq!(heard[..4], expected);
    assert_eq!(heard[4..], ["tea is about Tea".to_owned(), format!("tea deletes {seq}")]);
}

#[tokio::test]
async fn feed_that_was_too_slow_or_away_has_no_hole_where_the_log_keeps() {
    let folder = Folder::new();
    let log = SqliteLog::open(folder.path(), &StoreOptions::default()).unwrap();
    let hub = Hub::new(log.clone(), Limits::default()).unwrap();
    let mut feed = hub.feed();
    let (tea, lobby) = (room("tea"), RoomName::lobby());
    // Many more than wait for a program, in two rooms, while it takes none.
    const MANY: u64 = 5_000;
    let receipts: Vec<_> = (0..MANY)
        .map(|i| log.append(Draft::message(if i % 2 == 0 { &tea } else { &lobby }, &i.to_string())))
        .collect();
    for receipt in receipts {
        receipt.await.unwrap();
    }
    for i in 0..MANY {
        let entry = timeout(PATIENCE, feed.next()).await.unwrap().unwrap();
        assert_eq!(entry.text(), i.to_string());
    }
    // It goes on live, and another one from its cursor.
    let cursor = feed.cursor();
    hub.say(&lobby, "after").await.unwrap();
    hub.say(&tea, "later").await.unwrap();
    assert_eq!(feed.next().await.unwrap().text(), "after");
    let mut other = hub.feed_from(&cursor);
    assert_eq!(other.next().await.unwrap().text(), "after");
    assert_eq!(other.next().await.unwrap().text(), "later");
    hub.say(&lobby, "live").await.unwrap();
    assert_eq!(other.next().await.unwrap().text(), "live");

    // After a restart, which gives the log another epoch.
    let cursor = feed.cursor();
    drop((feed, other, hub));
    log.close();
    drop(log);
    let hub = Hub::new(SqliteLog::open(folder.path(), &StoreOptions::default()).unwrap(), Limits::default())
        .unwrap();
    let mut feed = hub.feed_from(&cursor);
    assert_eq!(feed.next().await.unwrap().text(), "later");
    assert_eq!(feed.next().await.unwrap().text(), "live");
    // A cursor of another chat is a hole, which is said; then it goes on from now.
    let mut feed = hub.feed_from(&Cursor::new("of another chat", 1));
    assert!(feed.next().await.expect_err("it may have missed something").is_lagged());
    hub.say(&tea, "now").await.unwrap();
    assert_eq!(feed.next().await.unwrap().text(), "now");
}

#[tokio::test]
async fn feed_that_was_too_slow_is_told_where_the_log_keeps_nothing() {
    let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
    let mut feed = hub.feed();
    let lobby = RoomName::lobby();
    for i in 0..3_000 {
        hub.say(&lobby, &i.to_string()).await.unwrap();
    }
    assert_eq!(feed.next().await.expect_err("it missed some").code(), ErrorCode::Lagged);
    hub.say(&lobby, "now").await.unwrap();
    assert_eq!(feed.next().await.unwrap().text(), "now");
}

#[tokio::test]
async fn session_of_a_program_ends_its_connection_when_it_likes() {
    use crate::socket::Socket;
    use axum::extract::{Request, State};
    use chinwag::{Close, Message, Outlet, Session};
    use std::sync::Arc;

    /// Ends by itself, not in answer to a message.
    #[derive(Debug)]
    struct Game;

    impl Session for Game {
        fn message(&mut self, _: Message<'_>, outlet: &Outlet) -> Result<(), Close> {
            outlet.send_text(b"well played");
            outlet.close(Close::new(4100, "the game is over"));
            Ok(())
        }
    }

    async fn game(State(hub): State<Hub>, request: Request) -> axum::response::Response {
        chinwag::upgrade(&hub, request, |_: &Arc<Outlet>| Game)
    }

    let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
    let app = axum::Router::new().route("/game", axum::routing::any(game)).with_state(hub);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    let mut socket = Socket::open(addr, "/game").await;
    socket.says("e4").await;
    assert_eq!(socket.next().await, Heard::Text("well played".into()));
    assert_eq!(socket.is_closed_with(4100).await, "the game is over");
}
