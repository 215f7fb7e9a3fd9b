//! Messages that come and go deflated (`permessage-deflate`, RFC 7692).

use std::net::SocketAddr;

use chinwag::StoreOptions;
use serde_json::json;
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::socket::{DEFLATED, Heard, PING, Socket, TEXT, deflate, frame, narrow};
use crate::voice::Voice;

const OFFER: &str = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

/// A client in the lobby with more lines in its handshake, and the head that answers them.
async fn asks(addr: SocketAddr, lines: &str) -> (Socket, String) {
    Socket::asks(TcpStream::connect(addr).await.unwrap(), lines).await
}

/// A member of the lobby who inflates.
async fn joins(chat: &Chat) -> Socket {
    asks(chat.addr, OFFER).await.0.joined().await
}

/// The same, who speaks `chinwag.v1`.
async fn voice(addr: SocketAddr, name: &str) -> Voice {
    let mut voice = Voice::on_with(TcpStream::connect(addr).await.unwrap(), "/ws", OFFER).await;
    voice.says(json!({"type": "hello", "name": name, "rooms": {"lobby": {}}})).await;
    voice.hears("caught_up").await;
    voice
}

/// Says so many messages at once.
async fn says_at_once(ada: &mut Socket, count: usize) {
    let bytes: Vec<u8> = (0..count).flat_map(|n| frame(TEXT, line(n).as_bytes())).collect();
    ada.sends(&bytes).await;
}

fn line(n: usize) -> String {
    format!("the {n}th time that somebody in the garden speaks of the lighthouse")
}

#[tokio::test]
async fn deflate_offer_is_accepted_unless_the_operator_turned_it_off() {
    let chat = Chat::open();
    for (offer, answered) in [
        ("permessage-deflate", true),
        ("permessage-deflate; client_max_window_bits", true),
        ("permessage-deflate; mode=fast, permessage-deflate", true),
        ("permessage-deflate; mode=fast", false),
        ("permessage-deflate; server_max_window_bits=16", false),
    ] {
        let lines = format!("Sec-WebSocket-Extensions: {offer}\r\n");
        let (_, head) = asks(chat.addr, &lines).await;
        let answer = "sec-websocket-extensions: permessage-deflate; server_no_context_takeover; \
                      client_no_context_takeover\r\n";
        assert_eq!(head.contains(answer), answered, "{offer}: {head}");
        assert_eq!(head.contains("sec-websocket-extensions"), answered, "{offer}: {head}");
    }
    let program = Program::start(&["--no-deflate"]);
    let (mut ada, head) = asks(program.addr, OFFER).await;
    assert!(!head.contains("extensions"), "{head}");
    ada.sends(&frame(DEFLATED, &deflate(b"hi"))).await;
    assert!(ada.is_closed_with(1002).await.contains("reserved bit"));
}

#[tokio::test]
async fn many_messages_at_once_come_deflated_to_who_inflates_and_say_the_same_to_everyone() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    let (mut bob, mut cem) = (joins(&chat).await, joins(&chat).await);
    let lines = "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n";
    let mut tiny = asks(chat.addr, lines).await.0.joined().await;
    says_at_once(&mut ada, 40).await;
    for socket in [&mut ada, &mut bob, &mut cem, &mut tiny] {
        for n in 0..40 {
            socket.hears(&line(n)).await;
        }
    }
    assert!(bob.deflated > 0 && cem.deflated == bob.deflated, "{} and {}", bob.deflated, cem.deflated);
    assert_eq!(ada.deflated + tiny.deflated, 0, "they cannot inflate that");
    // A short one goes as it is.
    let before = bob.deflated;
    ada.says("short").await;
    bob.hears("short").await;
    assert_eq!(bob.deflated, before);
}

#[tokio::test]
async fn frame_for_one_client_is_never_deflated() {
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |_| {});
    let mut ada = voice(chat.addr, "Ada").await;
    for n in 0..20 {
        ada.says(json!({"type": "say", "room": "lobby", "cid": format!("c{n}"), "text": line(n)})).await;
    }
    for n in 0..20 {
        assert_eq!(ada.hears("message").await["text"], line(n));
    }
    ada.has_not_heard().await;
    let before = ada.socket.deflated;
    ada.says(json!({"type": "history", "room": "lobby"})).await;
    let page = ada.hears("page").await;
    assert_eq!(page["entries"].as_array().unwrap().len(), 20);
    assert_eq!(ada.socket.deflated, before);
    let bob = voice(chat.addr, "Bob").await;
    assert_eq!(bob.socket.deflated, 0, "what he missed is his alone");
}

#[tokio::test]
async fn client_that_falls_behind_catches_up_deflated() {
    let chat = Chat::with(|limits| {
        limits.tail_messages = 100_000;
        limits.tail_bytes = 64 << 20;
    });
    let mut ada = chat.joins().await;
    let mut bob = Socket::asks(narrow(chat.addr).await, OFFER).await.0.joined().await;
    // Deflated, it is still much more than the kernel takes for him.
    let mut state = 7u64;
    let lines: Vec<String> = std::iter::repeat_with(|| {
        let words = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{state:016x}")
        });
        words.take(30).collect()
    })
    .take(8_000)
    .collect();
    for lines in lines.chunks(50) {
        ada.sends(&lines.iter().flat_map(|line| frame(TEXT, line.as_bytes())).collect::<Vec<_>>()).await;
        for line in lines {
            ada.hears(line).await;
        }
    }
    for line in &lines {
        bob.hears(line).await;
    }
    assert!(bob.deflated > 0);
}

#[tokio::test]
async fn deflated_message_of_a_client_is_heard_by_everyone() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (joins(&chat).await, chat.joins().await);
    let payload = deflate("Bücher, 书, and all that was said of them".as_bytes());
    ada.sends(&frame(DEFLATED, &payload)).await;
    bob.hears("Bücher, 书, and all that was said of them").await;
    // In fragments, with a ping between them; then one that is not deflated, and one that is empty.
    ada.sends(&frame(0x41, &payload[..5])).await;
    ada.sends(&frame(PING, b"between")).await;
    ada.hears("Bücher, 书, and all that was said of them").await;
    assert_eq!(ada.next().await, Heard::Pong(b"between".to_vec()));
    ada.sends(&frame(0x80, &payload[5..])).await;
    ada.sends(&frame(TEXT, b"flat")).await;
    ada.sends(&frame(DEFLATED, &[0])).await;
    for heard in ["Bücher, 书, and all that was said of them", "flat", ""] {
        bob.hears(heard).await;
    }
    // As long as a message may be, and no longer.
    ada.sends(&frame(DEFLATED, &deflate(&[b'y'; 512]))).await;
    bob.hears(&"y".repeat(512)).await;
    ada.sends(&frame(DEFLATED, &deflate(&[b'y'; 513]))).await;
    assert!(ada.is_closed_with(1009).await.contains("too big"));
    bob.has_heard_all().await;
}

#[tokio::test]
async fn message_not_deflated_as_agreed_closes_its_sender_alone() {
    let chat = Chat::open();
    let mut bob = chat.joins().await;
    let hello = deflate(b"hello");
    for (bytes, code, why) in [
        (frame(DEFLATED, b"not deflated"), 1007, "inflated"),
        (frame(DEFLATED, &hello[..3]), 1007, "inflated"),
        (frame(DEFLATED, &[&hello[..], b"more"].concat()), 1007, "inflated"),
        (frame(DEFLATED, &deflate(b"caf\xe9")), 1007, "UTF-8"),
        ([frame(0x41, &hello[..2]), frame(0xC0, &hello[2..])].concat(), 1002, "reserved bit"),
        (frame(PING | 0x40, b""), 1002, "reserved bit"),
        (frame(0xE1, &hello), 1002, "reserved bit"),
    ] {
        let mut eve = joins(&chat).await;
        eve.sends(&bytes).await;
        let reason = eve.is_closed_with(code).await;
        assert!(reason.contains(why), "{reason} does not speak of {why}");
    }
    bob.has_heard_all().await;
}

#[tokio::test]
async fn a_bomb_of_16_mib_costs_no_more_than_the_longest_message() {
    let program = Program::start(&["--ephemeral"]);
    let bomb = deflate(&vec![b' '; 16 << 20]);
    assert!(bomb.len() < 60_000, "{} bytes", bomb.len());
    let mut before = None;
    for _ in 0..20 {
        let mut eve = voice(program.addr, "Eve").await;
        // What a thread needs to inflate anything is its own, and not the bomb's.
        for _ in 0..10 {
            eve.socket.sends(&frame(DEFLATED, &deflate(br#"{"type":"ping"}"#))).await;
            eve.hears("pong").await;
        }
        before.get_or_insert_with(|| program.most_memory());
        eve.socket.sends(&frame(DEFLATED, &bomb)).await;
        assert!(eve.socket.is_closed_with(1009).await.contains("too big"));
    }
    let cost = program.most_memory() - before.unwrap();
    assert!(cost < 2 << 20, "{cost} bytes");
}
