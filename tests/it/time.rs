//! Pings, deadlines, and who is taken for gone. The waits are shortened; a tick is a quarter of the shortest.

use std::time::{Duration, Instant};

use chinwag::Limits;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::socket::{Heard, PING, PONG, Socket, TEXT, frame};

const MS: fn(u64) -> Duration = Duration::from_millis;

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
