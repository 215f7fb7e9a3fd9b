//! More stories: what is between the others.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use chinwag::{Hub, Limits, MemoryLog};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tower::ServiceExt;

use crate::chat::Chat;
use crate::program::Program;
use crate::socket::{CLOSE, Heard, PING, PONG, Socket, TEXT, frame, handshake};

const MS: fn(u64) -> Duration = Duration::from_millis;

struct Wrapped(TcpStream);

impl AsyncRead for Wrapped {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl AsyncWrite for Wrapped {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// A chat on streams that are not bare TCP streams.
fn on_other_streams(change: impl FnOnce(&mut Limits)) -> (Hub, SocketAddr) {
    let mut limits = Limits::default();
    change(&mut limits);
    let hub = Hub::new(MemoryLog::new(), limits).unwrap();
    let app: Router = chinwag::router(hub.clone());
    let listener = chinwag::Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(accepts(listener, app));
    (hub, addr)
}

async fn accepts(listener: TcpListener, app: Router) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let app = app.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let app = app.clone();
                async move {
                    Ok::<_, Infallible>(
                        app.oneshot(request.map(Body::new)).await.unwrap_or_else(|e| match e {}),
                    )
                }
            });
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(Wrapped(stream)), service)
                .with_upgrades()
                .await;
        });
    }
}

async fn joined(addr: SocketAddr) -> Socket {
    let mut socket = Socket::open(addr, "/ws").await;
    socket.sends(&frame(PING, b"in?")).await;
    assert_eq!(socket.next().await, Heard::Pong(b"in?".to_vec()));
    socket
}

async fn narrow(addr: SocketAddr) -> Socket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut socket = Socket::on(socket.connect(addr).await.unwrap(), "/ws").await;
    socket.sends(&frame(PING, b"in?")).await;
    assert_eq!(socket.next().await, Heard::Pong(b"in?".to_vec()));
    socket
}

/// The wait is for one message: who always has one half sent, but never the same for long, is not slow.
#[tokio::test]
async fn c39_a_busy_client_whose_writes_end_inside_a_frame_is_not_closed() {
    let chat = Chat::with(|limits| limits.message_wait = MS(400));
    let mut ada = chat.joins().await;
    let hi = frame(TEXT, b"hi");
    let (head, tail) = hi.split_at(4);
    ada.sends(head).await;
    let began = Instant::now();
    while began.elapsed() < MS(1500) {
        tokio::time::sleep(MS(20)).await;
        ada.sends(&[tail, head].concat()).await;
        ada.hears("hi").await;
    }
}

/// All forty ask before the first is let in: what counts is who was promised a place.
#[tokio::test]
async fn a_full_server_is_not_overrun_by_many_who_come_at_once() {
    let chat = Chat::with(|limits| limits.clients = 2);
    let mut sockets = Vec::new();
    for _ in 0..40 {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        // Served once, so that it is accepted for certain.
        socket.sends(b"HEAD / HTTP/1.1\r\nHost: chat.test\r\n\r\n").await;
        assert!(socket.head().await.starts_with("HTTP/1.1 200 "));
        sockets.push(socket);
    }
    let ask = handshake("chat.test", "/ws");
    for socket in &sockets {
        assert_eq!(socket.stream.try_write(ask.as_bytes()).unwrap(), ask.len());
    }
    let mut let_in = 0;
    for socket in &mut sockets {
        let_in += usize::from(socket.head().await.starts_with("HTTP/1.1 101 "));
    }
    assert_eq!(let_in, 2);
}

/// Browsers open connections before they need them.
#[tokio::test]
async fn c54_a_connection_that_never_asked_does_not_hold_the_end_up() {
    let program = Program::start(&[]);
    let mut silent = TcpStream::connect(program.addr).await.unwrap();
    let ada = joined(program.addr).await;
    drop(ada);
    let began = Instant::now();
    program.signal("TERM");
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest).await;
    assert!(began.elapsed() < MS(1500), "{:?}", began.elapsed());
}

/// On such a stream every write is the client's own task's; that must not make it fall behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c51_on_another_stream_whoever_reads_is_not_closed_though_another_floods() {
    let (_hub, addr) = on_other_streams(|_| {});
    floods(addr).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c51_whoever_reads_is_not_closed_though_another_floods() {
    let chat = Chat::open();
    floods(chat.addr).await;
}

#[tokio::test]
async fn c51_on_another_stream_and_one_thread_whoever_reads_is_not_closed() {
    let (_hub, addr) = on_other_streams(|_| {});
    floods(addr).await;
}

/// Eve says more than a send queue holds, and reads; so does Bob. Neither is slow.
async fn floods(addr: SocketAddr) {
    let mut bob = joined(addr).await;
    let eve = joined(addr).await;
    let said = 20_000;
    let (read, mut write) = eve.stream.into_split();
    let speaks = tokio::spawn(async move {
        let frames: Vec<u8> = (0..said).flat_map(|i| frame(TEXT, format!("{i}").as_bytes())).collect();
        let _ = write.write_all(&frames).await;
        write
    });
    let mut read = tokio::io::BufReader::with_capacity(1 << 16, read);
    let eve_hears = tokio::spawn(async move {
        let (mut lines, mut payload) = (0, Vec::new());
        while lines < said {
            let first = read.read_u8().await.unwrap();
            let len = match read.read_u8().await.unwrap() {
                126 => usize::from(read.read_u16().await.unwrap()),
                127 => read.read_u64().await.unwrap() as usize,
                len => usize::from(len),
            };
            payload.resize(len, 0);
            read.read_exact(&mut payload).await.unwrap();
            assert_eq!(
                first,
                TEXT,
                "after {lines} messages eve gets {:?}",
                String::from_utf8_lossy(&payload)
            );
            lines += payload.iter().filter(|b| **b == b'\n').count() + 1;
        }
    });
    let bob_hears = tokio::spawn(async move {
        for i in 0..said {
            bob.hears(&format!("{i}")).await;
        }
    });
    eve_hears.await.unwrap();
    bob_hears.await.unwrap();
    drop(speaks.await.unwrap());
}

/// The peer's unread bytes must not turn our close into a reset, which would take the close frame along.
#[tokio::test]
async fn c46_a_peer_that_goes_on_sending_gets_our_close_and_an_end_that_is_no_reset() {
    let chat = Chat::open();
    let (_hub, other) = on_other_streams(|_| {});
    for addr in [chat.addr, other] {
        for _ in 0..20 {
            let mut eve = Socket::open(addr, "/ws").await;
            let mut bytes = frame(TEXT, &[b'x'; 513]);
            (0..2000).for_each(|_| bytes.extend(frame(TEXT, b"more and more and more")));
            eve.sends(&bytes).await;
            let mut came = Vec::new();
            let end = tokio::time::timeout(MS(5000), eve.stream.read_to_end(&mut came)).await;
            end.expect("an end").expect("no reset");
            // Linux hides a reset that comes after the end from who reads; other systems drop what was unread.
            tokio::time::sleep(MS(20)).await;
            assert!(eve.stream.take_error().unwrap().is_none(), "the end is followed by a reset");
            let close = [&[CLOSE, 2 + 22][..], &1009u16.to_be_bytes(), b"the message is too big"].concat();
            assert!(came.ends_with(&close), "{came:?}");
        }
    }
}

/// A peer's frames after its own close are not looked at, and must not take our answer along.
#[tokio::test]
async fn c46_an_answered_close_reaches_a_peer_that_said_more_after_its_own() {
    let chat = Chat::open();
    for _ in 0..20 {
        let mut eve = Socket::open(chat.addr, "/ws").await;
        let mut bytes = frame(CLOSE, &1000u16.to_be_bytes());
        (0..2000).for_each(|_| bytes.extend(frame(TEXT, b"more and more and more")));
        eve.sends(&bytes).await;
        eve.is_closed_with(1000).await;
    }
}

#[tokio::test]
async fn c54_half_a_request_does_not_hold_the_end_up() {
    let program = Program::start(&[]);
    let mut half = TcpStream::connect(program.addr).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost").await.unwrap();
    let mut ada = joined(program.addr).await;
    let began = Instant::now();
    program.signal("TERM");
    ada.is_closed_with(1001).await;
    drop(ada);
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest).await;
    assert!(began.elapsed() < MS(5500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn c40_of_many_pings_the_last_is_answered_and_none_twice() {
    let chat = Chat::open();
    let mut ada = Socket::open(chat.addr, "/ws").await;
    ada.sends(&(0..1000u32).flat_map(|i| frame(PING, &i.to_be_bytes())).collect::<Vec<u8>>()).await;
    let mut last = None;
    while last != Some(999) {
        let Heard::Pong(payload) = ada.next().await else { panic!("no pong") };
        let this = u32::from_be_bytes(payload.try_into().unwrap());
        assert!(last.is_none_or(|last| last < this));
        last = Some(this);
    }
}

#[tokio::test]
async fn c49_half_a_frame_is_a_sign_of_life() {
    let chat = Chat::with(|limits| (limits.ping_period, limits.pong_wait) = (MS(300), MS(700)));
    let mut ada = Socket::open(chat.addr, "/ws").await;
    let bytes = frame(TEXT, b"slow but sure, very sure");
    let began = Instant::now();
    for byte in bytes {
        ada.sends(&[byte]).await;
        tokio::time::sleep(MS(100)).await;
    }
    assert!(began.elapsed() > MS(2000));
    loop {
        match ada.next().await {
            Heard::Ping(_) => {}
            Heard::Text(text) => break assert_eq!(text, "slow but sure, very sure"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn c50_who_reads_slowly_but_reads_is_not_cut() {
    let change = |limits: &mut Limits| {
        (limits.write_wait, limits.tail_messages, limits.tail_bytes) = (MS(2500), 100_000, 1 << 26);
    };
    let chat = Chat::with(change);
    let mut slow = narrow(chat.addr).await;
    let mut ada = chat.joins().await;
    let text = "x".repeat(500);
    let count = 3000;
    for _ in 0..count {
        ada.says(&text).await;
        ada.hears(&text).await;
    }
    let began = Instant::now();
    for i in 0..count {
        slow.hears(&text).await;
        if i % 20 == 0 && began.elapsed() < MS(4000) {
            tokio::time::sleep(MS(40)).await;
        }
    }
    assert!(began.elapsed() > MS(2800), "{:?}", began.elapsed());
}

#[tokio::test]
async fn c55_a_head_that_comes_drop_by_drop_and_a_kept_connection_end_too() {
    let chat = Chat::open();
    let drops = async {
        let mut stream = TcpStream::connect(chat.addr).await.unwrap();
        let began = Instant::now();
        let head = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(1000));
        let mut byte = [0];
        for drop in head.bytes() {
            if stream.write_all(&[drop]).await.is_err() {
                break;
            }
            if !matches!(tokio::time::timeout(MS(100), stream.read(&mut byte)).await, Err(_) | Ok(Ok(1))) {
                break;
            }
        }
        assert!(began.elapsed() > MS(4500) && began.elapsed() < MS(9000), "{:?}", began.elapsed());
    };
    let kept = async {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        socket.sends(b"GET /nope HTTP/1.1\r\nHost: x\r\n\r\n").await;
        socket.head().await;
        let began = Instant::now();
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(MS(12_000), socket.stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a kept connection stays");
        assert!(began.elapsed() > MS(4500), "{:?}", began.elapsed());
    };
    let body = async {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        socket.sends(b"POST /ws HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nxx").await;
        socket.head().await;
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(MS(12_000), socket.stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a body that never comes keeps the connection");
    };
    tokio::join!(drops, kept, body);
}

#[tokio::test]
async fn c7_heads_too_large_of_every_shape_are_431() {
    let chat = Chat::open();
    let lines: String = (0..2048).map(|i| format!("X-{i}: {}\r\n", "x".repeat(1024))).collect();
    let line = format!("Cookie: {}\r\n", "x".repeat(2 << 20));
    let names: String = (0..200).map(|i| format!("X-{i}: y\r\n")).collect();
    for headers in [lines, line, names] {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        let request = format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        let _ = socket.stream.write_all(request.as_bytes()).await;
        let head = socket.head().await;
        assert!(head.starts_with("HTTP/1.1 431"), "{head}");
    }
    let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
    let uri = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(2 << 20));
    let _ = socket.stream.write_all(uri.as_bytes()).await;
    let head = socket.head().await;
    assert!(head.starts_with("HTTP/1.1 414") || head.starts_with("HTTP/1.1 431"), "{head}");
}

#[tokio::test]
async fn c31_every_kind_of_bad_utf8_closes_the_sender_alone() {
    let chat = Chat::open();
    let mut bob = chat.joins().await;
    for bad in [&b"\xff"[..], b"a\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\x80"] {
        for first in [TEXT, 0x82] {
            let mut eve = Socket::open(chat.addr, "/ws").await;
            eve.sends(&frame(first, bad)).await;
            eve.is_closed_with(1007).await;
        }
        let mut eve = Socket::open(chat.addr, "/ws").await;
        eve.sends(&[frame(0x01, b"good "), frame(0x80, bad)].concat()).await;
        eve.is_closed_with(1007).await;
    }
    bob.has_heard_all().await;
}

#[tokio::test]
async fn c42_every_violation_whole_and_byte_by_byte() {
    let chat = Chat::open();
    let mut bad = vec![vec![TEXT, 2, b'h', b'i'], vec![PING, 0], frame(0x80, b"x"), frame(0x00, b"x")];
    bad.extend([0x40, 0x20, 0x10].map(|bit| frame(TEXT | bit, b"hi")));
    bad.extend([0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF].map(|op| frame(0x80 | op, b"")));
    bad.extend([CLOSE, PING, PONG].map(|op| frame(op & 0x0F, b"")));
    bad.extend([CLOSE, PING, PONG].map(|op| frame(op, &[b'x'; 126])));
    bad.extend([TEXT, 0x82, 0x01].map(|op| [frame(0x01, b"a"), frame(op, b"b")].concat()));
    bad.push([frame(0x01, b"a"), frame(0x80, b"b"), frame(0x80, b"c")].concat());
    for bytes in bad {
        for piece in [bytes.len(), 1] {
            let mut eve = Socket::open(chat.addr, "/ws").await;
            for piece in bytes.chunks(piece) {
                let _ = eve.stream.write_all(piece).await;
                tokio::task::yield_now().await;
            }
            assert!(!eve.is_closed_with(1002).await.is_empty());
        }
    }
}

/// What the kernel holds for the server's side of this connection and could not send yet, in bytes.
fn kernel_queue(client: &Socket) -> u64 {
    let (ours, theirs) =
        (client.stream.local_addr().unwrap().port(), client.stream.peer_addr().unwrap().port());
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let ends = format!("0100007F:{theirs:04X} 0100007F:{ours:04X} ");
    let line = table.lines().find(|line| line.contains(&ends)).expect("the connection is there");
    let queues = line.split_whitespace().nth(4).unwrap();
    u64::from_str_radix(queues.split_once(':').unwrap().0, 16).unwrap()
}

/// After the cut: what the kernel still holds for somebody who never reads is a cost as well.
#[tokio::test]
async fn c53_a_cut_reader_leaves_nothing_in_the_kernel() {
    let chat = Chat::with(|limits| limits.write_wait = MS(600));
    let dead = narrow(chat.addr).await;
    let mut ada = chat.joins().await;
    let text = "x".repeat(500);
    for _ in 0..2500 {
        ada.says(&text).await;
        ada.hears(&text).await;
    }
    chat.has_clients(1).await;
    tokio::time::sleep(MS(100)).await;
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let (ours, theirs) = (dead.stream.local_addr().unwrap().port(), chat.addr.port());
    let ends = format!("0100007F:{theirs:04X} 0100007F:{ours:04X} ");
    let left = table.lines().any(|line| line.contains(&ends)).then(|| kernel_queue(&dead));
    assert_eq!(left, None, "bytes that the kernel still keeps for it");
}

#[tokio::test]
async fn a_room_that_was_left_can_be_entered_again() {
    let chat = Chat::open();
    for round in 0..50 {
        let mut ada = chat.joins_room("garden").await;
        let text = format!("round {round}");
        ada.says(&text).await;
        ada.hears(&text).await;
    }
    chat.has_clients(0).await;
}
