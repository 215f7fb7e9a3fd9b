//! Clients that do not read, and everyone else.

use std::time::{Duration, Instant};

use tokio::net::TcpSocket;

use crate::chat::Chat;
use crate::program::Program;
use crate::socket::{Heard, Socket};

/// A client whose kernel takes next to nothing for it.
async fn joins_with_a_small_buffer(addr: std::net::SocketAddr) -> Socket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut socket = Socket::on(socket.connect(addr).await.unwrap(), "/ws").await;
    socket.has_heard_all().await;
    socket
}

fn message(i: usize) -> String {
    format!("{i:06} {}", "x".repeat(490))
}

#[tokio::test]
async fn c51_c52_a_slow_client_is_cut_off_gets_what_was_queued_and_the_others_never_wait() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    let mut sloth = joins_with_a_small_buffer(chat.addr).await;
    ada.hears("is there more?").await;
    let began = Instant::now();
    for i in 0..4000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
        if chat.hub.client_count() == 1 {
            panic!("it was dropped before it could read what was queued");
        }
    }
    assert!(began.elapsed() < Duration::from_secs(8), "the others waited: {:?}", began.elapsed());
    // Now it reads: what was sent to it and what was queued for it, in order, without a hole; then the close.
    let mut next = 0;
    loop {
        match sloth.next().await {
            Heard::Text(text) => {
                for line in text.split('\n') {
                    assert_eq!(line, message(next));
                    next += 1;
                }
            }
            Heard::Close(code, reason) => {
                assert_eq!((code, sloth.next().await), (Some(4008), Heard::End), "{reason}");
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!((256..4000).contains(&next), "{next} messages came before the close");
    ada.has_heard_all().await;
}

#[tokio::test]
async fn a_client_that_falls_behind_a_little_catches_up_and_misses_nothing() {
    let chat = Chat::with(|limits| {
        limits.tail_messages = 100_000;
        limits.tail_bytes = 64 << 20;
    });
    let mut ada = chat.joins().await;
    let mut bob = joins_with_a_small_buffer(chat.addr).await;
    ada.hears("is there more?").await;
    for i in 0..4000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
    for i in 0..4000 {
        bob.hears(&message(i)).await;
    }
    // It is at the head again: what is new comes at once.
    ada.says("new").await;
    bob.hears("new").await;
    bob.has_heard_all().await;
}

#[tokio::test]
async fn a_cut_client_is_cut_by_bytes_as_well_as_by_messages() {
    let chat = Chat::with(|limits| {
        limits.tail_messages = 1_000_000;
        limits.tail_bytes = 100_000;
    });
    let mut ada = chat.joins().await;
    let mut sloth = joins_with_a_small_buffer(chat.addr).await;
    ada.hears("is there more?").await;
    for i in 0..3000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
    sloth.is_closed_with(4008).await;
}

#[tokio::test]
async fn c50_a_client_that_takes_nothing_for_the_write_wait_is_cut() {
    let chat = Chat::with(|limits| {
        limits.write_wait = Duration::from_millis(600);
        limits.tail_messages = 100_000;
        limits.tail_bytes = 64 << 20;
    });
    let mut ada = chat.joins().await;
    let sloth = joins_with_a_small_buffer(chat.addr).await;
    ada.hears("is there more?").await;
    for i in 0..2000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
    let began = Instant::now();
    chat.has_clients(1).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    drop(sloth);
    ada.has_heard_all().await;
}

#[tokio::test]
async fn c53_dead_readers_cost_a_bounded_amount_of_memory() {
    let program = Program::start(&["--write-wait", "60"]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.has_heard_all().await;
    let mut dead = Vec::new();
    for _ in 0..10 {
        dead.push(joins_with_a_small_buffer(program.addr).await);
        ada.hears("is there more?").await;
    }
    let before = program.memory();
    for i in 0..6000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
    let cost = program.memory().saturating_sub(before);
    // What is queued for them is shared: ten of them cost hardly more than one.
    assert!(cost < 4 << 20, "{cost} bytes for ten dead readers");
}

/// How many messages a client that did not read at first gets before its close, with such a send queue.
async fn heard_before_the_close(send_queue: usize) -> usize {
    let chat = Chat::with(|limits| limits.tail_messages = send_queue);
    let mut ada = chat.joins().await;
    let mut sloth = joins_with_a_small_buffer(chat.addr).await;
    ada.hears("is there more?").await;
    for i in 0..4000 {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
    let mut heard = 0;
    while let Heard::Text(text) = sloth.next().await {
        heard += text.split('\n').count();
    }
    heard
}

#[tokio::test]
async fn c52_the_whole_send_queue_goes_out_before_the_close() {
    // What the kernel holds is the same for both; the rest is the queue.
    let (short, long) = tokio::join!(heard_before_the_close(256), heard_before_the_close(1024));
    assert!(long > short + 384, "{short} messages with a queue of 256, {long} with one of 1024");
}
