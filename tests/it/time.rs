//! Pings, deadlines, and who is taken for gone. The waits are shortened; a tick is a quarter of the shortest.

use std::time::Instant;

use chinwag::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::socket::{Heard, MS, PING, PONG, Socket, TEXT, frame};

fn quick(limits: &mut Limits) {
    limits.ping_period = MS(400);
    limits.pong_wait = MS(1000);
}

#[tokio::test]
async fn c47_an_empty_ping_comes_every_ping_period() {
    let chat = Chat::with(quick);
    let began = Instant::now();
    let mut ada = chat.joins().await;
    for i in 1..=3u32 {
        assert_eq!(ada.next().await, Heard::Ping(vec![]));
        let at = began.elapsed();
        assert!(at > MS(350) * i && at < MS(900) * i, "ping {i} came after {at:?}");
        ada.sends(&frame(PONG, b"")).await;
    }
}

#[tokio::test]
async fn c48_whoever_does_not_answer_is_cut_after_the_pong_wait() {
    let chat = Chat::with(quick);
    let began = Instant::now();
    let mut ada = chat.joins().await;
    assert_eq!(ada.next().await, Heard::Ping(vec![]));
    assert_eq!(ada.next().await, Heard::Ping(vec![]));
    assert_eq!(ada.next().await, Heard::End);
    assert!(began.elapsed() > MS(950) && began.elapsed() < MS(2500), "{:?}", began.elapsed());
    chat.has_clients(0).await;
}

#[tokio::test]
async fn c49_whatever_is_heard_is_a_sign_of_life() {
    let chat = Chat::with(quick);
    for sign in [frame(PONG, b""), frame(TEXT, b"alive"), frame(PING, b"")] {
        let mut ada = chat.joins().await;
        let began = Instant::now();
        while began.elapsed() < MS(2500) {
            ada.sends(&sign).await;
            tokio::time::sleep(MS(300)).await;
        }
        assert_eq!(chat.hub.client_count(), 1);
        drop(ada);
        chat.has_clients(0).await;
    }
}

#[tokio::test]
async fn c39_a_message_that_does_not_end_is_given_up() {
    let chat = Chat::with(|limits| limits.message_wait = MS(500));
    for bytes in [frame(0x01, b"half"), frame(TEXT, b"half")[..7].to_vec()] {
        let mut eve = chat.joins().await;
        let began = Instant::now();
        eve.sends(&bytes).await;
        // Pings in between do not help.
        let reason = eve.is_closed_with(1008).await;
        assert!(reason.contains("too long"), "{reason}");
        assert!(began.elapsed() > MS(450) && began.elapsed() < MS(3000), "{:?}", began.elapsed());
    }
    let mut ada = chat.joins().await;
    tokio::time::sleep(MS(1200)).await;
    ada.has_heard_all().await;
}

#[tokio::test]
async fn c55_half_a_request_head_stays_five_seconds() {
    let chat = Chat::open();
    for half in ["", "GET /ws HTTP/1.1\r\nHost:"] {
        let mut eve = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        eve.sends(half.as_bytes()).await;
        let began = Instant::now();
        let mut rest = Vec::new();
        tokio::time::timeout(MS(9000), eve.stream.read_to_end(&mut rest)).await.expect("it stays").unwrap();
        assert!(began.elapsed() > MS(4000), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_client_that_never_ends_its_side_is_cut_after_our_close() {
    let chat = Chat::open();
    let mut eve = chat.joins().await;
    eve.sends(&frame(0x83, b"")).await;
    let began = Instant::now();
    eve.is_closed_with(1002).await;
    assert!(began.elapsed() < MS(1500), "the end of the stream comes with the close");
    // It keeps its own side open; the server does not wait for ever.
    chat.has_clients(0).await;
    assert!(began.elapsed() < MS(6000), "{:?}", began.elapsed());
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
async fn c55_a_head_that_comes_drop_by_drop_and_a_kept_connection_end_too() {
    let chat = Chat::open();
    let drops = async {
        let mut stream = TcpStream::connect(chat.addr).await.unwrap();
        let began = Instant::now();
        let head = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(1000));
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
        socket.sends(b"GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        socket.head().await;
        let began = Instant::now();
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(MS(12_000), socket.stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a kept connection stays");
        assert!(began.elapsed() > MS(4500), "{:?}", began.elapsed());
    };
    let body = async {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        socket.sends(b"POST /ws HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nxx").await;
        socket.head().await;
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(MS(12_000), socket.stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a body that never comes keeps the connection");
    };
    tokio::join!(drops, kept, body);
}
