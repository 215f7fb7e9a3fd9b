//! What a client may send, and how much of it.

use chinwag::Rate;
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::http::ask;
use crate::socket::{Heard, PING, Socket, TEXT, frame, handshake};

#[tokio::test]
async fn c36_512_bytes_pass_and_513_are_closed_with_1009() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (chat.joins().await, chat.joins().await);
    let most = "é".repeat(256);
    ada.says(&most).await;
    bob.hears(&most).await;
    ada.says(&"x".repeat(513)).await;
    assert!(ada.is_closed_with(1009).await.contains("too big"));
    bob.has_heard_all().await;
}

#[tokio::test]
async fn c37_size_is_counted_over_fragments_and_from_the_header() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&frame(0x01, &[b'x'; 300])).await;
    ada.sends(&frame(0x80, &[b'y'; 213])[..8]).await;
    ada.is_closed_with(1009).await;
    let mut bob = chat.joins().await;
    let header = [&[TEXT, 0xFF][..], &(1u64 << 62).to_be_bytes(), &[0; 4]].concat();
    bob.sends(&header).await;
    bob.is_closed_with(1009).await;
}

#[tokio::test]
async fn c38_a_length_with_its_top_bit_set_is_closed_with_1002() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&[&[TEXT, 0xFF][..], &(1u64 << 63).to_be_bytes(), &[0; 4]].concat()).await;
    ada.is_closed_with(1002).await;
}

#[tokio::test]
async fn c39_a_message_has_at_most_64_fragments_empty_ones_too() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&frame(0x01, b"")).await;
    for _ in 0..62 {
        ada.sends(&frame(0x00, b"")).await;
    }
    ada.sends(&frame(0x80, b"sixty-four")).await;
    ada.hears("sixty-four").await;
    for i in 0..65 {
        ada.sends(&frame(u8::from(i == 0), b"")).await;
    }
    assert!(ada.is_closed_with(1009).await.contains("fragments"));
}

#[tokio::test]
async fn a_limit_on_messages_is_kept_and_control_frames_count() {
    let chat = Chat::with(|limits| limits.rate = Some(Rate::new(6, 0.01)));
    // The ping by which a story knows that someone has joined is the first of the six.
    let mut ada = chat.joins().await;
    for i in 0..5 {
        ada.says(&i.to_string()).await;
        ada.hears(&i.to_string()).await;
    }
    ada.says("too much").await;
    assert!(ada.is_closed_with(4029).await.contains("slow down"));
    let mut bob = chat.joins().await;
    for _ in 0..5 {
        bob.sends(&frame(PING, b"")).await;
        assert_eq!(bob.next().await, Heard::Pong(vec![]));
    }
    bob.sends(&frame(PING, b"")).await;
    bob.is_closed_with(4029).await;
}

#[tokio::test]
async fn when_the_server_is_full_the_next_is_told_503_until_someone_leaves() {
    let chat = Chat::with(|limits| limits.clients = 2);
    let (ada, mut bob) = (chat.joins().await, chat.joins().await);
    let request = handshake(&chat.addr.to_string(), "/ws");
    let refused = ask(chat.addr, request.strip_suffix("\r\n").unwrap()).await;
    assert_eq!(refused.status, 503);
    assert!(refused.head.contains("retry-after: ") && refused.body.contains("full"), "{}", refused.body);
    drop(ada);
    chat.has_clients(1).await;
    chat.joins().await.says("room for me").await;
    bob.hears("room for me").await;
}

/// All forty ask before the first is let in: what counts is who was promised a place.
#[tokio::test]
async fn a_full_server_is_not_overrun_by_many_who_come_at_once() {
    let chat = Chat::with(|limits| limits.clients = 2);
    let mut sockets = Vec::new();
    for _ in 0..40 {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        // Served once, so that it is accepted for certain.
        socket.sends(b"HEAD / HTTP/1.1\r\nHost: chat.localhost\r\n\r\n").await;
        assert!(socket.head().await.starts_with("HTTP/1.1 200 "));
        sockets.push(socket);
    }
    let ask = handshake("chat.localhost", "/ws");
    for socket in &sockets {
        assert_eq!(socket.stream.try_write(ask.as_bytes()).unwrap(), ask.len());
    }
    let mut let_in = 0;
    for socket in &mut sockets {
        let_in += usize::from(socket.head().await.starts_with("HTTP/1.1 101 "));
    }
    assert_eq!(let_in, 2);
}
