//! What one client makes the server do is bounded, and no client waits for another's work.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use chinwag::{Close, Hub, Limits, MemoryLog, Message, Outlet, Rate, Session, StoreOptions};
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::socket::{CLOSE, DEFLATED, Heard, MS, PATIENCE, PING, PONG, Socket, TEXT, deflate, frame, narrow};
use crate::voice::Voice;

const OFFER: &str = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

/// A client of `chinwag.v1` that deflates, before its hello.
async fn deflating(addr: SocketAddr) -> Voice {
    Voice::on_with(TcpStream::connect(addr).await.unwrap(), "/ws", OFFER).await
}

/// Answers every ping until then; the other frames are passed over.
async fn lives(socket: &mut Socket, time: Duration) {
    let until = Instant::now() + time;
    while let Ok(heard) = tokio::time::timeout_at(until.into(), socket.next()).await {
        match heard {
            Heard::Ping(payload) => socket.sends(&frame(PONG, &payload)).await,
            Heard::End => panic!("the server has ended it"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn messages_full_of_newlines_cost_nearly_nothing_and_others_are_answered_meanwhile() {
    let program = Program::start(&["--ephemeral"]);
    let mut bob = Voice::joins(program.addr, "Bob", "lobby").await;
    // All lines empty, all lines blank, and no more of them than are allowed.
    let bombs = ["\n".repeat(64_000), " \n".repeat(32_000), "\n".repeat(64)];
    let frames = bombs.map(|bomb| frame(DEFLATED, &deflate(bomb.as_bytes())));
    let sizes = frames.each_ref().map(Vec::len);
    assert!(sizes.iter().all(|size| *size < 500), "a bomb is small: {sizes:?}");
    let mut eves = Vec::new();
    for _ in 0..4 {
        eves.push(deflating(program.addr).await);
    }
    let before = program.cpu();
    for (eve, bomb) in eves.iter_mut().zip(frames.iter().cycle()) {
        eve.socket.sends(&bomb.repeat(500)).await;
    }
    let asked = Instant::now();
    bob.says(json!({"type": "ping"})).await;
    bob.hears("pong").await;
    assert!(asked.elapsed() < MS(1500), "another's ping took {:?}", asked.elapsed());
    // All of it is worked through by then.
    for eve in &mut eves {
        eve.socket.sends(&frame(PING, b"")).await;
        while !matches!(eve.socket.next().await, Heard::Pong(_)) {}
    }
    // A build without optimization, so ten times what a release takes.
    let cpu = program.cpu() - before;
    assert!(cpu < MS(6000), "2,000 small frames took {cpu:?} of a processor");
}

#[tokio::test]
async fn message_of_too_many_lines_is_refused_in_words_and_the_connection_lives() {
    let chat = Chat::open();
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    for (text, lines) in [("{}\n".repeat(65), 65), ("\n".repeat(1000), 1000), (" \n".repeat(64) + " ", 65)] {
        ada.says_line(&text).await;
        let error = ada.hears("error").await;
        assert_eq!(error["code"], "too_many");
        let said = error["text"].as_str().unwrap();
        assert!(said.contains(&format!("{lines} lines")) && said.contains("at most 64"), "{said}");
    }
    ada.says_line(&"{\"type\":\"ping\"}\n".repeat(64)).await;
    for _ in 0..64 {
        ada.hears("pong").await;
    }
    assert!(ada.has_not_heard().await.iter().all(|line| line["type"] != "error"));
}

/// A session that takes no message until it is told to.
#[derive(Debug)]
struct Busy(Arc<AtomicBool>);

impl Session for Busy {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.load(Ordering::Relaxed) {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        tokio::spawn(async move {
            tokio::time::sleep(MS(20)).await;
            waker.wake();
        });
        Poll::Pending
    }

    fn message(&mut self, message: Message<'_>, outlet: &Outlet) -> Result<(), Close> {
        outlet.send_text(&message.payload);
        Ok(())
    }
}

/// A server of such sessions, and what makes them ready.
async fn serves_busy(change: impl FnOnce(&mut Limits)) -> (SocketAddr, Arc<AtomicBool>) {
    async fn accept(State((hub, ready)): State<(Hub, Arc<AtomicBool>)>, request: Request) -> Response {
        chinwag::upgrade(&hub, request, move |_: &Arc<Outlet>| Busy(ready))
    }
    let mut limits = Limits::default();
    change(&mut limits);
    let ready = Arc::new(AtomicBool::new(false));
    let state = (Hub::new(MemoryLog::new(), limits).unwrap(), Arc::clone(&ready));
    let app = Router::new().route("/ws", any(accept)).with_state(state);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (addr, ready)
}

fn quick(limits: &mut Limits) {
    (limits.ping_period, limits.pong_wait, limits.message_wait) = (MS(300), MS(900), MS(700));
}

#[tokio::test]
async fn pings_behind_a_message_that_waits_are_answered_and_order_is_kept() {
    let (addr, ready) = serves_busy(|_| {}).await;
    let mut ada = Socket::open(addr, "/ws").await;
    for i in 0..100u8 {
        ada.says(&i.to_string()).await;
        ada.sends(&frame(PING, &[i])).await;
        assert_eq!(ada.next().await, Heard::Pong(vec![i]), "nothing is said back yet");
    }
    // A close after messages is answered after them.
    ada.sends(&frame(CLOSE, &1000u16.to_be_bytes())).await;
    ready.store(true, Ordering::Relaxed);
    for i in 0..100 {
        ada.hears(&i.to_string()).await;
    }
    ada.is_closed_with(1000).await;
}

#[tokio::test]
async fn c48_client_whose_messages_wait_is_not_silent_but_one_that_is_gone_is_cut() {
    let (addr, ready) = serves_busy(quick).await;
    let mut ada = Socket::open(addr, "/ws").await;
    ada.says("waits").await;
    lives(&mut ada, MS(2500)).await;
    // This one has sent more than is held for it; its pongs are behind that, and half a message.
    let mut eve = Socket::open(addr, "/ws").await;
    let flood = frame(TEXT, &[b'x'; 500]).repeat(400);
    eve.sends(&flood).await;
    eve.sends(&frame(0x01, b"the ")).await;
    lives(&mut eve, MS(2500)).await;
    eve.sends(&frame(0x80, b"last")).await;
    // And this one answers nothing.
    let mut gone = Socket::open(addr, "/ws").await;
    gone.says("waits").await;
    let began = Instant::now();
    while gone.next().await != Heard::End {}
    assert!(began.elapsed() < MS(4000), "{:?}", began.elapsed());
    ready.store(true, Ordering::Relaxed);
    let mut heard = Vec::new();
    while heard.len() < 401 {
        match eve.next().await {
            Heard::Text(text) => heard.push(text),
            Heard::Ping(payload) => eve.sends(&frame(PONG, &payload)).await,
            other => panic!("{other:?}"),
        }
    }
    assert!(heard[..400].iter().all(|text| *text == "x".repeat(500)) && heard[400] == "the last");
}

#[tokio::test]
async fn messages_before_an_end_of_the_stream_are_said_however_long_they_waited() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    let mut bob = chat.joins().await;
    // More than a poll takes, and than a room's inbox holds.
    bob.sends(&(0..2000).flat_map(|i| frame(TEXT, format!("{i}").as_bytes())).collect::<Vec<_>>()).await;
    // Its own side alone: what it has not read must not reset the connection.
    let bob = bob.stream.into_std().unwrap();
    bob.shutdown(std::net::Shutdown::Write).unwrap();
    for i in 0..2000 {
        ada.hears(&i.to_string()).await;
    }
}

/// A program that is stopped, a machine that is frozen, a processor that is taken away: the clients' silence meanwhile
/// is the server's own.
#[tokio::test]
async fn c48_server_that_was_stopped_for_longer_than_the_pong_wait_resets_nobody() {
    let program = Program::start(&["--ping-period", "1", "--pong-wait", "2", "--write-wait", "1"]);
    let mut live = Vec::new();
    for _ in 0..10 {
        live.push(Socket::open(program.addr, "/ws").await.joined().await);
    }
    let mut eve = Socket::open(program.addr, "/ws").await.joined().await;
    program.signal("STOP");
    tokio::time::sleep(MS(5000)).await;
    program.signal("CONT");
    let began = Instant::now();
    while began.elapsed() < MS(3000) {
        for socket in &mut live {
            lives(socket, MS(20)).await;
        }
    }
    // One that has gone meanwhile is found by the usual wait.
    while eve.next().await != Heard::End {}
    assert!(began.elapsed() < MS(6000), "{:?}", began.elapsed());
}

/// Reads a socket at so many bytes a second and no faster, until `last` comes; the pings in between are answered when
/// they are read. Gives what came.
async fn reads_slowly(mut stream: TcpStream, bytes_a_second: usize, last: &[u8]) -> Vec<u8> {
    let (mut heard, mut piece) = (Vec::new(), vec![0; bytes_a_second / 50]);
    let is_there = |heard: &[u8]| {
        let end = heard.len().saturating_sub(bytes_a_second / 10);
        heard[end..].windows(last.len()).any(|bytes| bytes == last)
    };
    while !is_there(&heard) {
        let began = Instant::now();
        let read = stream.read(&mut piece).await.expect("it is not reset");
        assert!(read > 0, "the stream ended after {} bytes", heard.len());
        // An empty ping between two frames, or one that the pieces cut in two.
        if piece[..read].windows(2).any(|two| two == [PING, 0]) || heard.last() == Some(&PING) {
            tokio::io::AsyncWriteExt::write_all(&mut stream, &frame(PONG, b"")).await.unwrap();
        }
        heard.extend(&piece[..read]);
        let pause = Duration::from_secs_f64(read as f64 / bytes_a_second as f64);
        tokio::time::sleep(pause.saturating_sub(began.elapsed())).await;
    }
    heard
}

/// A chat with such waits whose lobby has 3 MB to come back to, and a narrow client that has said hello.
async fn comes_back_to_3_mb(change: impl FnOnce(&mut Limits)) -> (Folder, Chat, TcpStream) {
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), change);
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    let text = "x".repeat(3900);
    let first = ada.tells("lobby", "the first").await;
    for i in 0..800 {
        ada.tells("lobby", &format!("{i} {text}")).await;
    }
    ada.says(json!({"type": "leave", "room": "lobby"})).await;
    ada.says(json!({"type": "join", "room": "lobby"})).await;
    let epoch = ada.hears("joined").await["epoch"].clone();
    let mut slow = Voice::on(narrow(chat.addr).await, "/ws").await;
    slow.says(json!({"type": "hello", "rooms": {"lobby": {"epoch": epoch, "since": first}}})).await;
    (folder, chat, slow.socket.stream)
}

#[tokio::test]
async fn c48_c50_client_that_comes_back_to_much_on_a_slow_link_is_not_reset() {
    let change = |limits: &mut Limits| {
        (limits.ping_period, limits.pong_wait, limits.write_wait) = (MS(800), MS(3000), MS(400));
    };
    let (_folder, _chat, slow) = comes_back_to_3_mb(change).await;
    let last = b"\"caught_up\",\"room\":\"lobby\",\"seq\":801,";
    let heard = timeout(6 * PATIENCE, reads_slowly(slow, 300_000, last)).await.expect("all of it comes");
    assert!(heard.len() > 3_000_000, "{}", heard.len());
}

#[tokio::test]
async fn c50_client_that_takes_nothing_of_what_it_came_back_to_is_cut_after_the_write_wait() {
    let (_folder, chat, slow) = comes_back_to_3_mb(|limits| limits.write_wait = MS(600)).await;
    let began = Instant::now();
    chat.has_clients(0).await;
    assert!(began.elapsed() < MS(8000), "{:?}", began.elapsed());
    drop(slow);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joins_and_pages_do_not_wait_for_those_who_search() {
    const SEARCHERS: usize = 12;
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |_| {});
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    let text = format!("c{}", " a".repeat(1990));
    for i in 0..100 {
        let say =
            |n| json!({"type": "say", "room": "lobby", "cid": format!("{i}-{n}"), "text": text}).to_string();
        ada.says_line(&(0..10).map(say).collect::<Vec<_>>().join("\n")).await;
        for _ in 0..10 {
            ada.hears("receipt").await;
        }
    }
    drop(ada);
    let query = [r#""a a a a a c""#; 5].join(" ");
    let mut searching = Vec::new();
    let found = Arc::new(std::sync::Mutex::new(Vec::new()));
    for i in 0..SEARCHERS {
        let (query, addr, found) = (query.clone(), chat.addr, Arc::clone(&found));
        searching.push(tokio::spawn(async move {
            let mut eve = Voice::joins(addr, &format!("Eve {i}"), "lobby").await;
            loop {
                let asked = Instant::now();
                eve.says(json!({"type": "search", "query": query})).await;
                eve.hears("found").await;
                found.lock().unwrap().push(asked.elapsed());
            }
        }));
    }
    tokio::time::sleep(MS(2000)).await;
    let (mut most, began) = (Duration::ZERO, Instant::now());
    while began.elapsed() < MS(4000) {
        let asked = Instant::now();
        let mut bob = Voice::joins(chat.addr, "Bob", "lobby").await;
        bob.says(json!({"type": "history", "room": "lobby", "limit": 1})).await;
        bob.hears("page").await;
        most = most.max(asked.elapsed());
    }
    searching.iter().for_each(tokio::task::JoinHandle::abort);
    let found = found.lock().unwrap();
    println!(
        "{} searches of {:?} at most; a join and a page {most:?} at most",
        found.len(),
        found.iter().max()
    );
    // How long they take depends on the machine.
    let longest = found.iter().max().copied().unwrap_or(MS(8000));
    assert!(longest > MS(300), "the searches are too quick to be waited for: {longest:?}");
    assert!(most < MS(800).min(longest * 4 / 5), "{most:?}");
}

/// A chat whose users have five messages and then, for the length of a story, no more.
fn strict() -> Chat {
    Chat::with(|limits| limits.rate = Some(Rate::new(5, 0.01)))
}

/// Says a message; whether it was taken.
async fn is_taken(voice: &mut Voice, cid: usize) -> bool {
    voice.says(json!({"type": "say", "room": "lobby", "cid": format!("m{cid}"), "text": "hi"})).await;
    voice.says(json!({"type": "ping"})).await;
    voice.hears("pong").await;
    let heard = voice.has_not_heard().await;
    assert!(heard.iter().all(|line| line["type"] != "error" || line["code"] == "slow_down"), "{heard:?}");
    heard.iter().any(|line| line["type"] == "receipt")
}

/// Comes back with a token; none when the hello itself is too much.
async fn comes_back(addr: SocketAddr, token: &str) -> Option<Voice> {
    let mut voice = Voice::opens(addr, "/ws").await;
    voice.says(json!({"type": "hello", "token": token, "rooms": {"lobby": {}}})).await;
    loop {
        let heard = voice.has_not_heard().await;
        if heard.iter().any(|line| line["type"] == "caught_up") {
            return Some(voice);
        }
        if heard.iter().any(|line| line["code"] == "slow_down") {
            return None;
        }
    }
}

#[tokio::test]
async fn rate_is_the_users_and_not_the_connections() {
    let chat = strict();
    let mut first = Voice::opens(chat.addr, "/ws").await;
    first.says(json!({"type": "hello", "name": "Ada", "rooms": {"lobby": {}}})).await;
    let token = first.hears("hello").await["token"].as_str().unwrap().to_owned();
    first.hears("caught_up").await;
    let mut said = usize::from(is_taken(&mut first, 0).await);
    // A second connection beside the first, then many one after the other.
    let mut second = comes_back(chat.addr, &token).await.expect("there is enough for a second hello");
    said += usize::from(is_taken(&mut second, 1).await) + usize::from(is_taken(&mut first, 2).await);
    drop((first, second));
    for i in 3..20 {
        chat.has_clients(0).await;
        if let Some(mut again) = comes_back(chat.addr, &token).await {
            said += usize::from(is_taken(&mut again, i).await);
        }
    }
    assert!((1..=3).contains(&said), "{said} messages, beside hellos, from a burst of five");
    let mut bob = Voice::joins(chat.addr, "Bob", "lobby").await;
    assert!(is_taken(&mut bob, 0).await, "others pay for themselves");
}

#[tokio::test]
async fn name_is_paid_for_in_each_room_that_is_told() {
    let chat = strict();
    let mut ada = Voice::joins_all(chat.addr, "Ada", &["a", "b", "c", "d", "e", "f"]).await;
    ada.says(json!({"type": "name", "name": "Adele"})).await;
    ada.hears("named").await;
    let error = ada.is_refused(json!({"type": "name", "name": "Ada"})).await;
    let wait = error["retry_after"].as_f64().unwrap();
    assert!(error["code"] == "slow_down" && wait > 400.0, "seven entries at one in 100 s: {error}");
}

#[tokio::test]
async fn lines_that_say_nothing_or_nothing_right_are_counted_too() {
    for line in ["", " ", "{}", "tea?", r#"{"type":"typing","room":"lobby"}"#, r#"{"type":"ping"}"#] {
        let chat = strict();
        let mut eve = Voice::joins(chat.addr, "Eve", "lobby").await;
        for _ in 0..200 {
            eve.says_line(line).await;
        }
        let reason = eve.socket.is_closed_with(4029).await;
        assert!(reason.contains("slow down"), "{line:?}: {reason}");
    }
    // And so is what a message is inflated to.
    let chat = strict();
    let mut eve = deflating(chat.addr).await;
    eve.socket.sends(&frame(DEFLATED, &deflate(&[b' '; 60_000])).repeat(20)).await;
    eve.socket.is_closed_with(4029).await;
}
