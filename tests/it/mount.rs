//! The chat in somebody else's application, and on a stream that is not a bare TCP stream.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get as route_get;
use chinwag::{Hub, Limits, MemoryLog, SqliteLog, StoreOptions};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::http::{ask, get};
use crate::program::Folder;
use crate::socket::{Heard, PATIENCE, PING, Socket, frame};
use crate::voice::Voice;
use crate::wrapped::serves_wrapped;

#[expect(dead_code, reason = "its main is the example's own")]
#[path = "../../examples/embed.rs"]
mod embed;

async fn serves(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    addr
}

#[tokio::test]
async fn the_example_has_its_own_page_the_chat_and_a_socket_of_its_own() {
    let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
    let addr = serves(embed::app(hub)).await;
    assert!(get(addr, "/").await.body.contains("Our club"));
    let page = get(addr, "/chat/").await;
    assert!(page.status == 200 && page.body.contains("<title>Chinwag</title>"), "{}", page.body);
    let moved = get(addr, "/chat").await;
    assert_eq!(moved.status, 308);
    assert!(moved.head.contains("location: chat/index.html"), "{}", moved.head);
    assert_eq!(get(addr, "/chat/index.html").await.status, 200);
    assert_eq!(get(addr, "/chat/chat.js").await.status, 200);
    assert_eq!(get(addr, "/chat/nope").await.status, 404);
    let room = get(addr, "/chat/r/book-club").await;
    assert_eq!((room.status, &room.body), (200, &page.body));
    let moved = get(addr, "/chat/r/book%2Dclub").await;
    assert!(moved.status == 308 && moved.head.contains("\nlocation: book-club\r"), "{}", moved.head);
    assert_eq!(get(addr, "/chat/style/colors.css").await.status, 200);
    assert_eq!(get(addr, "/chat/r/chat.js").await.status, 200);

    let mut ada = Socket::open(addr, "/chat/ws").await;
    let mut bob = Socket::open(addr, "/talk/lobby").await;
    ada.has_heard_all().await;
    bob.hears("is there more?").await;
    bob.says("through another door").await;
    ada.hears("through another door").await;
}

#[tokio::test]
async fn plain_nest_and_a_fallback_of_theirs_work_too() {
    let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
    let app = Router::new().nest("/chat", chinwag::router(hub.clone()));
    let app = app.route("/own", route_get(|| async { "own" })).fallback(|| async { "theirs" });
    let addr = serves(app).await;
    assert_eq!(get(addr, "/own").await.body, "own");
    assert_eq!(get(addr, "/elsewhere").await.body, "theirs");
    assert_eq!(get(addr, "/chat").await.status, 308);
    assert_eq!(get(addr, "/chat/index.html").await.status, 200);
    assert_eq!(get(addr, "/chat/r/lobby").await.status, 200);
    assert_eq!(get(addr, "/chat/r/style/colors.css").await.status, 200);
    let merged = serves(chinwag::router(hub).fallback(|| async { "theirs" })).await;
    assert_eq!(get(merged, "/elsewhere").await.body, "theirs");
    let mut ada = Socket::open(merged, "/ws").await;
    let mut bob = Socket::open(addr, "/chat/ws").await;
    ada.has_heard_all().await;
    bob.hears("is there more?").await;
}

#[tokio::test]
async fn on_a_stream_that_is_not_bare_tcp_everything_is_the_same() {
    let (hub, addr) = serves_wrapped(Limits::default()).await;
    let (mut ada, mut bob) = (Socket::open(addr, "/ws").await, Socket::open(addr, "/ws").await);
    ada.has_heard_all().await;
    bob.hears("is there more?").await;
    for i in 0..500 {
        ada.says(&i.to_string()).await;
    }
    for i in 0..500 {
        bob.hears(&i.to_string()).await;
    }
    bob.sends(&frame(PING, b"p")).await;
    assert_eq!(bob.next().await, Heard::Pong(b"p".to_vec()));
    ada.says(&"x".repeat(513)).await;
    ada.is_closed_with(1009).await;
    let drained = tokio::spawn(async move { hub.drain().await });
    bob.is_closed_with(1001).await;
    drop((ada, bob));
    drained.await.unwrap();
}

#[tokio::test]
async fn c51_on_a_stream_that_is_not_bare_tcp_a_slow_client_is_cut_off_too() {
    let mut limits = Limits::default();
    // All is said before it is over, also on a machine that is busy: who is dropped after it gets no close.
    limits.write_wait = Duration::from_secs(60);
    let (_hub, addr) = serves_wrapped(limits).await;
    let mut ada = Socket::open(addr, "/ws").await.joined().await;
    let mut sloth = Socket::narrow(addr).await;
    // More than the sending kernel takes, which nobody has bounded here.
    for i in 0..12_000 {
        let message = format!("{i:06} {}", "x".repeat(490));
        ada.says(&message).await;
        ada.hears(&message).await;
    }
    let reason = timeout(PATIENCE, sloth.is_closed_with(4008)).await.unwrap();
    assert!(reason.contains("slow"), "{reason}");
}

#[expect(dead_code, reason = "its main is the example's own")]
#[path = "../../examples/club.rs"]
mod club;

#[tokio::test]
async fn example_has_members_a_disk_a_bot_and_a_graceful_stop() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let path = folder.path().to_owned();
    let served = tokio::spawn(async move {
        let stop = async { drop(stopped.await) };
        club::run(listener, &path, stop).await.map_err(|error| error.to_string())
    });
    assert_eq!(get(addr, "/chat/").await.status, 401);
    let signed_in = get(addr, "/sign-in/ada").await;
    assert!(
        signed_in.status == 303 && signed_in.head.contains("set-cookie: user=ada;"),
        "{}",
        signed_in.head
    );

    let member = async |id: &str| {
        let stream = TcpStream::connect(addr).await.unwrap();
        let mut voice = Voice::on_with(stream, "/chat/ws", &format!("Cookie: user={id}\r\n")).await;
        voice.says(json!({"type": "hello"})).await;
        assert_eq!(voice.hears("hello").await["user"]["name"], format!("Member {id}"));
        voice.hears("caught_up").await;
        voice
    };
    let (mut ada, mut bob) = (member("ada").await, member("bob").await);
    let asked = bob.tells("lobby", "!tea please").await;
    ada.hears("message").await;
    let answer = ada.hears("message").await;
    assert_eq!((&answer["from"]["name"], &answer["reply_to"]), (&json!("Tea Bot"), &json!(asked)));

    let suspended = ask(addr, &format!("POST /suspend/bob HTTP/1.1\r\nHost: {addr}\r\n")).await;
    assert_eq!((suspended.status, suspended.body.as_str()), (200, "1 connections were closed\n"));
    assert_eq!(bob.socket.is_closed_with(4003).await, "your membership is suspended");

    stop.send(()).unwrap();
    assert_eq!(ada.hears("error").await["code"], "going_away");
    ada.socket.is_closed_with(1001).await;
    drop((ada, bob));
    timeout(PATIENCE, served).await.expect("it ends").unwrap().unwrap();
    SqliteLog::open(folder.path(), &StoreOptions::default()).expect("its log is closed");
}
