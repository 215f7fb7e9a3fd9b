//! Connections that are not WebSockets yet: each state of one ends by itself, and together they keep nobody out.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chinwag::{Hub, Limits, MemoryLog, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::chat::Chat;
use crate::http::get;
use crate::program::Program;
use crate::socket::{MS, PATIENCE, Socket, handshake, narrow};

/// A connection that asks for the same file again and again, and reads nothing.
async fn pipelines(addr: SocketAddr) -> TcpStream {
    let stream = narrow(addr).await;
    let requests = format!("GET /icon-512.png HTTP/1.1\r\nHost: {addr}\r\n\r\n").repeat(400);
    // What does not fit is not sent: the answers wait long before.
    let _ = stream.try_write(requests.as_bytes());
    stream
}

/// Waits until the server has ended a connection of which nothing is read: a write to it fails then.
async fn is_ended(stream: &TcpStream) {
    while stream.try_write(b"x").map_or_else(|error| error.kind() == ErrorKind::WouldBlock, |_| true) {
        tokio::time::sleep(MS(100)).await;
    }
}

#[tokio::test]
async fn unread_answers_keep_nobody_out_and_end_by_themselves() {
    // Fewer files than connections: those in reserve stay in reserve.
    let program = Program::start_with_files(300, &[]);
    let mut deaf = Vec::new();
    for _ in 0..330 {
        deaf.push(pipelines(program.addr).await);
    }
    assert_eq!(timeout(PATIENCE, get(program.addr, "/")).await.expect("the page comes").status, 200);
    let mut ada = timeout(PATIENCE, Socket::open(program.addr, "/ws")).await.expect("and the socket");
    ada.has_heard_all().await;
    let all = async {
        for stream in &deaf {
            is_ended(stream).await;
        }
    };
    timeout(Duration::from_secs(25), all).await.expect("unread answers are given up");
    ada.has_heard_all().await;
    drop(deaf);
    program.signal("TERM");
    let (status, _, said) = program.ends().await;
    assert!(status.success() && !said.contains("file descriptors"), "{said}");
}

#[tokio::test]
async fn every_state_before_the_upgrade_ends_by_itself() {
    let chat = Chat::open();
    let host = format!("Host: {}\r\n", chat.addr);
    let post = format!("POST /ws HTTP/1.1\r\n{host}Content-Length: 1000000\r\n\r\nx");
    let states = [
        ("silent", String::new()),
        ("half a head", format!("GET / HTTP/1.1\r\n{host}")),
        ("half a body", post.clone()),
        ("half a chunk", format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nFFFF\r\nx")),
        ("idle between requests", format!("GET /icon.svg HTTP/1.1\r\n{host}\r\n")),
        (
            "refused upgrade",
            handshake("evil.example", "/ws/NOT").replace("Upgrade: websocket", "Upgrade: h2c"),
        ),
    ];
    let ends = states.map(|(state, sent)| async move {
        let mut stream = TcpStream::connect(chat.addr).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut all = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut all))
            .await
            .unwrap_or_else(|_| panic!("{state} never ends"))
            .ok();
    });
    let dribbled = async {
        let mut stream = TcpStream::connect(chat.addr).await.unwrap();
        stream.write_all(post.as_bytes()).await.unwrap();
        let began = Instant::now();
        while stream.write_all(b"x").await.is_ok() {
            assert!(began.elapsed() < PATIENCE, "a dribbled body never ends");
            tokio::time::sleep(MS(50)).await;
        }
    };
    let unread = async {
        let stream = pipelines(chat.addr).await;
        timeout(PATIENCE, is_ended(&stream)).await.expect("unread answers end");
    };
    tokio::join!(futures_util::future::join_all(ends), dribbled, unread);
}

#[tokio::test]
async fn no_connection_outlives_the_server() {
    let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
    let listener = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(Server::new(hub).run(listener, async move {
        let _ = stopped.await;
    }));
    let deaf = pipelines(addr).await;
    assert_eq!(get(addr, "/").await.status, 200, "the one before is served as well by now");
    stop.send(()).unwrap();
    timeout(Duration::from_secs(7), server).await.expect("it ends in time").unwrap();
    timeout(Duration::from_secs(1), is_ended(&deaf)).await.expect("nothing is served any more");
}

#[tokio::test]
async fn a_connection_has_so_many_requests_and_is_then_closed() {
    let chat = Chat::open();
    let mut stream = TcpStream::connect(chat.addr).await.unwrap();
    let (mut read, mut write) = stream.split();
    let request = format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", chat.addr);
    let asks = async {
        for _ in 0..2_000 {
            if write.write_all(request.as_bytes()).await.is_err() {
                break;
            }
        }
    };
    let mut answers = Vec::new();
    let (_, _) = tokio::join!(asks, timeout(PATIENCE, read.read_to_end(&mut answers)));
    let answers = String::from_utf8(answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 1_000);
    assert!(
        answers
            .trim_end()
            .to_lowercase()
            .rsplit("http/1.1 200")
            .next()
            .unwrap()
            .contains("connection: close")
    );
}
