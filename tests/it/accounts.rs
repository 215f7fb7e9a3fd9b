//! Users of an application that the chat is mounted in: they are themselves in the chat, by every connection and protocol.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use chinwag::{Account, Hub, Limits, Log, MemoryLog, SqliteLog, StoreOptions};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::program::Folder;
use crate::socket::{PATIENCE, Socket};
use crate::voice::Voice;

/// The account that a request's headers tell of: who it is, and how they are called in the application.
fn account(headers: &HeaderMap) -> Option<Account> {
    let header = |name| headers.get(name)?.to_str().ok();
    let account = Account::new(header("x-id")?, header("x-name")?);
    Some(if header("x-free").is_some() { account.may_rename() } else { account })
}

/// The application's sign-in.
async fn signed_in(mut request: Request, next: Next) -> Response {
    if let Some(account) = account(request.headers()) {
        request.extensions_mut().insert(account);
    }
    next.run(request).await
}

/// An application with accounts, and the chat in it. It ends with the story.
pub(crate) struct App {
    pub(crate) hub: Hub,
    pub(crate) addr: SocketAddr,
    server: AbortHandle,
}

impl Drop for App {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub(crate) async fn serves(log: impl Log) -> App {
    let hub = Hub::new(log, Limits::default()).unwrap();
    let app = Router::new().nest_service("/chat", chinwag::router(hub.clone()).layer(from_fn(signed_in)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, app).await }).abort_handle();
    App { hub, addr, server }
}

/// A device of somebody who is signed in, and the answer to its hello.
pub(crate) async fn device(addr: SocketAddr, lines: &str, mut hello: Value) -> (Voice, Value) {
    let stream = TcpStream::connect(addr).await.unwrap();
    let mut voice = Voice::on_with(stream, "/chat/ws", lines).await;
    hello["type"] = "hello".into();
    voice.says(hello).await;
    let hello = voice.hears("hello").await;
    (voice, hello)
}

pub(crate) const ADA: &str = "x-id: 4711\r\nx-name: Ada Lovelace\r\n";

/// The store in a folder.
fn open(folder: &Folder) -> Result<SqliteLog, chinwag::Error> {
    SqliteLog::open(folder.path(), &StoreOptions::default())
}

#[tokio::test]
async fn identified_user_is_the_same_person_on_two_devices() {
    let app = serves(MemoryLog::new()).await;
    let (hub, addr) = (&app.hub, app.addr);
    // What a browser has from the time before its user had an account.
    let (guest, hello) = device(addr, "", json!({"name": "Grey Goose"})).await;
    let token = hello["token"].as_str().unwrap().to_owned();
    assert_eq!(hello["name_fixed"], Value::Null);
    drop(guest);

    let (mut laptop, hello) = device(addr, ADA, json!({"token": token, "name": "Somebody Else"})).await;
    assert_eq!(hello["user"]["name"], "Ada Lovelace");
    assert_eq!(hello["user"]["id"], hub.user_id("4711").to_string());
    assert_eq!(hello["name_fixed"], true);
    assert_eq!(hello["token"], Value::Null, "who signs out has nothing left to come back with");
    laptop.hears("caught_up").await;

    let (mut phone, again) = device(addr, ADA, json!({})).await;
    assert_eq!(again["user"], hello["user"]);
    let joined = phone.hears("joined").await;
    assert_eq!(joined["people"]["count"], 1, "two devices, one person: {joined}");
    let seq = phone.tells("lobby", "from the phone").await;
    assert_eq!(laptop.hears("message").await["from"], hello["user"]);
    laptop.says(json!({"type": "read", "room": "lobby", "seq": seq})).await;
    assert_eq!(phone.hears("read").await["seq"], seq);

    let error = phone.is_refused(json!({"type": "name", "name": "Eve"})).await;
    assert_eq!(error["code"], "name_fixed", "{error}");
    phone.tells("lobby", "still Ada").await;
    assert_eq!(laptop.hears("message").await["from"]["name"], "Ada Lovelace");
}

#[tokio::test]
async fn account_is_the_same_user_after_a_restart_and_another_in_another_chat() {
    let (folder, other_folder) = (Folder::new(), Folder::new());
    let app = serves(open(&folder).unwrap()).await;
    let (mut ada, hello) = device(app.addr, ADA, json!({})).await;
    ada.hears("caught_up").await;
    ada.tells("lobby", "before").await;
    drop((ada, app));

    let other = serves(open(&other_folder).unwrap()).await;
    let (_voice, elsewhere) = device(other.addr, ADA, json!({})).await;
    assert_ne!(elsewhere["user"]["id"], hello["user"]["id"], "another chat, another secret");

    // The connection's task holds the log until it has noticed that nobody is there.
    let reopened = async {
        loop {
            match open(&folder) {
                Ok(log) => break log,
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    let app = serves(timeout(PATIENCE, reopened).await.unwrap()).await;
    assert_eq!(app.hub.user_id("4711").to_string(), hello["user"]["id"]);
    let (mut ada, again) = device(app.addr, ADA, json!({})).await;
    assert_eq!(again["user"], hello["user"]);
    let message = ada.hears("message").await;
    assert_eq!((&message["from"], &message["text"]), (&hello["user"], &json!("before")));
}

#[tokio::test]
async fn name_that_somebody_has_gets_a_number_and_moves_nobody() {
    let folder = Folder::new();
    let app = serves(open(&folder).unwrap()).await;
    let addr = app.addr;
    let (mut guest, hello) = device(addr, "", json!({"name": "Ada Lovelace"})).await;
    assert_eq!(hello["user"]["name"], "Ada Lovelace");
    guest.hears("caught_up").await;
    let (mut ada, hello) = device(addr, ADA, json!({})).await;
    assert_eq!(hello["user"]["name"], "Ada Lovelace 2");
    let (mut namesake, hello) = device(addr, "x-id: 4712\r\nx-name: ada lovelace\r\n", json!({})).await;
    assert_eq!(hello["user"]["name"], "ada lovelace 3");
    for voice in [&mut ada, &mut namesake] {
        voice.hears("caught_up").await;
        voice.tells("lobby", "hello").await;
    }
    let names =
        [guest.hears("message").await, guest.hears("message").await].map(|m| m["from"]["name"].clone());
    assert_eq!(names, ["Ada Lovelace 2", "ada lovelace 3"]);
    let heard = guest.has_not_heard().await;
    assert!(
        !heard.iter().any(|line| line["type"] == "renamed"),
        "nobody was called otherwise before: {heard:?}"
    );
    // What is no name here, and what is kept for the server.
    for (name, called) in [("Admin", "Admin 2"), ("<b>Eve</b>", "bEve/b"), ("***", "")] {
        let lines = format!("x-id: {name}\r\nx-name: {name}\r\n");
        let (_voice, hello) = device(addr, &lines, json!({})).await;
        let heard = hello["user"]["name"].as_str().unwrap().to_owned();
        assert!(heard == called || (called.is_empty() && heard.contains(' ')), "{name} is called {heard}");
    }
}

#[tokio::test]
async fn name_that_changes_in_the_application_changes_in_the_chat() {
    let folder = Folder::new();
    let app = serves(open(&folder).unwrap()).await;
    let addr = app.addr;
    let mut bob = device(addr, "", json!({"name": "Bob", "rooms": {"lobby": {}, "tea": {}}})).await.0;
    for _ in 0..2 {
        bob.hears("caught_up").await;
    }
    let (mut laptop, before) = device(addr, ADA, json!({"rooms": {"tea": {}}})).await;
    laptop.hears("caught_up").await;
    laptop.tells("tea", "as before").await;

    let married = "x-id: 4711\r\nx-name: Ada King\r\n";
    let (mut phone, now) = device(addr, married, json!({})).await;
    assert_eq!((&now["user"]["id"], &now["user"]["name"]), (&before["user"]["id"], &json!("Ada King")));
    assert_eq!(laptop.hears("named").await["user"], now["user"], "her other device knows");
    let rooms = [bob.hears("renamed").await, bob.hears("renamed").await].map(|entry| entry["room"].clone());
    assert!(rooms.contains(&json!("tea")) && rooms.contains(&json!("lobby")), "{rooms:?}");
    phone.hears("caught_up").await;
    laptop.tells("tea", "as after").await;
    bob.hears("message").await;
    assert_eq!(bob.hears("message").await["from"]["name"], "Ada King");
}

#[tokio::test]
async fn account_that_may_rename_begins_with_the_applications_name_and_keeps_its_own() {
    let app = serves(MemoryLog::new()).await;
    let addr = app.addr;
    let lines = format!("{ADA}x-free: yes\r\n");
    let (mut ada, hello) = device(addr, &lines, json!({})).await;
    assert_eq!((&hello["user"]["name"], &hello["name_fixed"]), (&json!("Ada Lovelace"), &Value::Null));
    ada.hears("caught_up").await;
    ada.says(json!({"type": "name", "name": "Countess"})).await;
    ada.hears("named").await;
    let (_phone, again) = device(addr, &lines, json!({})).await;
    assert_eq!((&again["user"]["id"], &again["user"]["name"]), (&hello["user"]["id"], &json!("Countess")));
}

#[tokio::test]
async fn plain_client_with_an_account_is_heard_and_seen_by_its_name() {
    let app = serves(MemoryLog::new()).await;
    let addr = app.addr;
    let (mut bob, _) = device(addr, "", json!({"name": "Bob"})).await;
    bob.hears("caught_up").await;
    bob.hears("people").await;
    let stream = TcpStream::connect(addr).await.unwrap();
    let (mut ada, _) = Socket::asks_at(stream, "/chat/ws", ADA).await;
    ada.says("hello").await;
    let message = bob.hears("message").await;
    assert_eq!((&message["from"]["name"], &message["text"]), (&json!("Ada Lovelace"), &json!("hello")));
    let people = bob.hears("people").await;
    assert_eq!((&people["count"], &people["joined"][0]["name"]), (&json!(2), &json!("Ada Lovelace")));
    ada.hears("Ada Lovelace: hello").await;
    bob.tells("lobby", "welcome").await;
    ada.hears("Bob: welcome").await;
    drop(ada);
    assert_eq!(bob.hears("people").await["left"][0]["name"], "Ada Lovelace");
}
