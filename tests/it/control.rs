//! Pings, pongs, closes, and what the protocol forbids.

use chinwag::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::chat::Chat;
use crate::program::Program;
use crate::socket::{CLOSE, Heard, MS, PING, PONG, Socket, TEXT, frame};
use crate::wrapped::serves_wrapped;

#[tokio::test]
async fn c40_a_ping_is_answered_with_its_payload_between_fragments_too() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&frame(PING, &[7; 125])).await;
    assert_eq!(ada.next().await, Heard::Pong(vec![7; 125]));
    ada.sends(&frame(0x01, b"one ")).await;
    ada.sends(&frame(PING, b"between")).await;
    assert_eq!(ada.next().await, Heard::Pong(b"between".to_vec()));
    ada.sends(&frame(0x80, b"message")).await;
    ada.hears("one message").await;
    // Several at once are answered in their order.
    ada.sends(&(0..10u8).flat_map(|i| frame(PING, &[i])).collect::<Vec<_>>()).await;
    for i in 0..10 {
        assert_eq!(ada.next().await, Heard::Pong(vec![i]));
    }
}

#[tokio::test]
async fn c40_200_mib_of_pings_whose_pongs_are_not_read_cost_under_1_mib() {
    let program = Program::start(&[]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.has_heard_all().await;
    let pings = frame(PING, &[9; 125]).repeat(2000);
    let before = program.memory();
    let mut most = before;
    for _ in 0..800 {
        ada.sends(&pings).await;
        most = most.max(program.memory());
    }
    assert!(most - before < 1 << 20, "{} bytes", most - before);
    // It is still a client like any other: the last ping is answered once it reads.
    ada.sends(&frame(PING, b"last")).await;
    let mut pongs = 1u64;
    while ada.next().await != Heard::Pong(b"last".to_vec()) {
        pongs += 1;
    }
    assert!(pongs < 1_600_000, "all of {pongs} pings were answered: the test has filled no buffer");
}

#[tokio::test]
async fn c41_a_pong_that_nobody_asked_for_is_ignored() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&frame(PONG, b"unasked")).await;
    ada.has_heard_all().await;
}

#[tokio::test]
async fn c42_what_the_protocol_forbids_is_closed_with_1002_and_says_why() {
    let chat = Chat::open();
    let mut bob = chat.joins().await;
    for (bytes, why) in [
        (vec![TEXT, 2, b'h', b'i'], "mask"),
        (frame(0xC1, b"hi"), "reserved"),
        (frame(0x83, b"hi"), "opcode"),
        (frame(0x8B, b"hi"), "opcode"),
        (frame(0x09, b"hi"), "control frame"),
        (frame(PING, &[0; 126]), "control frame"),
        (frame(0x80, b"hi"), "continuation"),
        ([frame(0x01, b"a"), frame(TEXT, b"b")].concat(), "inside"),
    ] {
        let mut eve = chat.joins().await;
        eve.sends(&bytes).await;
        let reason = eve.is_closed_with(1002).await;
        assert!(reason.contains(why), "{reason} does not speak of {why}");
    }
    bob.has_heard_all().await;
}

#[tokio::test]
async fn c43_c44_c46_a_close_is_answered_and_the_stream_ends_at_once() {
    let chat = Chat::open();
    for code in [1000u16, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 4999] {
        let mut ada = chat.joins().await;
        ada.sends(&frame(CLOSE, &[&code.to_be_bytes()[..], b"bye"].concat())).await;
        assert_eq!(
            (ada.next().await, ada.next().await),
            (Heard::Close(Some(code), String::new()), Heard::End)
        );
    }
    let mut ada = chat.joins().await;
    ada.sends(&frame(CLOSE, b"")).await;
    assert_eq!((ada.next().await, ada.next().await), (Heard::Close(None, String::new()), Heard::End));
    chat.has_clients(0).await;
}

#[tokio::test]
async fn c43_c44_c45_a_close_that_may_not_be_sent_is_refused() {
    let chat = Chat::open();
    for code in [0u16, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000] {
        let mut eve = chat.joins().await;
        eve.sends(&frame(CLOSE, &code.to_be_bytes())).await;
        eve.is_closed_with(1002).await;
    }
    let mut eve = chat.joins().await;
    eve.sends(&frame(CLOSE, b"x")).await;
    eve.is_closed_with(1002).await;
    let mut eve = chat.joins().await;
    eve.sends(&frame(CLOSE, b"\x03\xe8\xff")).await;
    eve.is_closed_with(1007).await;
}

/// The peer's unread bytes must not turn our close into a reset, which would take the close frame along.
#[tokio::test]
async fn c46_a_peer_that_goes_on_sending_gets_our_close_and_an_end_that_is_no_reset() {
    let chat = Chat::open();
    let (_hub, other) = serves_wrapped(Limits::default()).await;
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
