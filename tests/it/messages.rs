//! What is said, and what is heard.

use futures_util::{SinkExt, StreamExt};
use tokio_websockets::{ClientBuilder, Message};

use crate::chat::Chat;
use crate::socket::{BINARY, Heard, Socket, TEXT, frame};

#[tokio::test]
async fn c26_everyone_hears_a_message_its_sender_too() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (chat.joins().await, chat.joins().await);
    ada.says("hi").await;
    ada.hears("hi").await;
    bob.hears("hi").await;
    bob.says("hello").await;
    ada.hears("hello").await;
    bob.hears("hello").await;
}

#[tokio::test]
async fn c27_c28_newlines_become_spaces_and_white_space_at_the_ends_goes() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    for (said, heard) in
        [("  a\nb\r\nc \n", "a b\r c"), ("\u{a0}\u{85}\u{2003}x\t", "x"), ("\u{200b}x", "\u{200b}x")]
    {
        ada.says(said).await;
        assert_eq!(ada.next().await, Heard::Text(heard.into()), "{said:?}");
    }
}

#[tokio::test]
async fn c29_an_empty_message_is_a_message() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (chat.joins().await, chat.joins().await);
    for blank in ["", " \n\t "] {
        ada.says(blank).await;
        assert_eq!(bob.next().await, Heard::Text(String::new()));
    }
}

#[tokio::test]
async fn c30_binary_comes_out_as_text() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.sends(&frame(BINARY, "bytes é".as_bytes())).await;
    assert_eq!(ada.next().await, Heard::Text("bytes é".into()));
}

#[tokio::test]
async fn c31_bad_utf8_closes_its_sender_alone() {
    let chat = Chat::open();
    let mut bob = chat.joins().await;
    for first in [TEXT, BINARY] {
        let mut eve = chat.joins().await;
        eve.sends(&frame(first, b"caf\xe9")).await;
        assert!(eve.is_closed_with(1007).await.contains("UTF-8"));
    }
    bob.has_heard_all().await;
}

#[tokio::test]
async fn c32_control_characters_and_html_pass_as_they_are() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    for text in ["a\0b", "\u{1b}[31mred", "<script>alert(1)</script>&amp;", "\u{202e}olleh", "😀"] {
        ada.says(text).await;
        ada.hears(text).await;
    }
}

#[tokio::test]
async fn c33_messages_that_come_together_go_out_in_one_frame() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (chat.joins().await, chat.joins().await);
    // In one segment, so that the server reads them at once.
    let said: Vec<u8> = (0..50).flat_map(|i| frame(TEXT, format!("m{i}").as_bytes())).collect();
    ada.sends(&said).await;
    let (mut frames, mut lines) = (0, Vec::new());
    while lines.len() < 50 {
        let Heard::Text(text) = bob.next().await else { panic!("a message") };
        frames += 1;
        lines.extend(text.split('\n').map(str::to_owned));
    }
    assert_eq!(lines, (0..50).map(|i| format!("m{i}")).collect::<Vec<_>>());
    assert!(frames < 50, "{frames} frames for 50 messages");
}

#[tokio::test]
async fn c34_all_hear_one_order_and_a_senders_own() {
    let chat = Chat::open();
    let mut people = Vec::new();
    for _ in 0..5 {
        people.push(chat.joins().await);
    }
    let mut heard = Vec::new();
    for turn in 0..40 {
        for (who, person) in people.iter_mut().enumerate() {
            person.says(&format!("{who}:{turn}")).await;
        }
    }
    for person in &mut people {
        let mut lines = Vec::new();
        for _ in 0..200 {
            lines.push(person.line().await);
        }
        heard.push(lines);
    }
    assert!(heard.iter().all(|lines| *lines == heard[0]), "one order for all");
    for who in 0..5 {
        let own = heard[0].iter().filter(|line| line.starts_with(&format!("{who}:")));
        assert!(
            own.eq(&(0..40).map(|turn| format!("{who}:{turn}")).collect::<Vec<_>>()),
            "in the order of {who}"
        );
    }
}

#[tokio::test]
async fn c35_nothing_is_told_of_who_comes_and_goes_or_what_was_before() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    ada.says("before").await;
    ada.hears("before").await;
    let mut bob = chat.joins().await;
    drop(chat.joins().await);
    chat.has_clients(2).await;
    bob.has_heard_all().await;
    ada.hears("is there more?").await;
}

#[tokio::test]
async fn message_is_heard_only_in_its_room() {
    let chat = Chat::open();
    let (mut ada, mut bob) = (chat.joins_room("tea").await, chat.joins_room("coffee").await);
    ada.says("milk?").await;
    ada.hears("milk?").await;
    bob.has_heard_all().await;
}

#[tokio::test]
async fn a_program_talks_and_listens_without_a_socket() {
    let chat = Chat::open();
    let lobby = chinwag::RoomName::lobby();
    let mut ada = chat.joins().await;
    let mut listener = chat.hub.listen(&lobby);
    let first = chat.hub.say(&lobby, " from a\nprogram ").await.unwrap();
    ada.hears("from a program").await;
    ada.says("from a client").await;
    let (a, b) = (listener.next().await.unwrap(), listener.next().await.unwrap());
    assert_eq!((a.seq, a.text(), b.text()), (first.seq, "from a program", "from a client"));
    assert!(b.seq > a.seq);
    assert!(chat.hub.say(&lobby, &"x".repeat(513)).await.unwrap_err().is_too_big());
}

#[tokio::test]
async fn a_listener_that_sleeps_is_told_what_it_missed() {
    let chat = Chat::with(|limits| limits.tail_messages = 4);
    let lobby = chinwag::RoomName::lobby();
    let mut ada = chat.joins().await;
    let mut listener = chat.hub.listen(&lobby);
    for i in 0..20 {
        chat.hub.say(&lobby, &i.to_string()).await.unwrap();
        ada.hears(&i.to_string()).await;
    }
    assert!(listener.next().await.unwrap_err().is_lagged());
    chat.hub.say(&lobby, "now").await.unwrap();
    assert_eq!(listener.next().await.unwrap().text(), "now");
}

#[tokio::test]
async fn a_client_of_another_make_talks_with_ours() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    let uri = format!("ws://{}/ws", chat.addr).parse().unwrap();
    let (mut other, _) = ClientBuilder::from_uri(uri).connect().await.unwrap();
    chat.has_clients(2).await;
    other.send(Message::text("from another make")).await.unwrap();
    ada.hears("from another make").await;
    ada.says("welcome").await;
    let mut heard = String::new();
    while !heard.ends_with("welcome") {
        heard.push_str(other.next().await.unwrap().unwrap().as_text().unwrap());
    }
    other.close().await.unwrap();
    chat.has_clients(1).await;
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
