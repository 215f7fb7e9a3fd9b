//! A crowd: more members than a pass writes to in one turn, so that several cores share it; and the answers of those
//! who talk in it.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::program::Program;
use crate::socket::{CLOSE, Heard, MS, Socket, frame};
use crate::voice::Voice;

/// More than two turns of a pass.
const MEMBERS: usize = 600;
const MESSAGES: usize = 150;

/// Hears all messages of the lobby; gives them in its order.
async fn hears_all(mut socket: Socket) -> (Socket, Vec<String>) {
    let mut heard = Vec::new();
    while heard.len() < 2 * MESSAGES {
        match socket.next().await {
            Heard::Text(text) => heard.extend(text.split('\n').map(str::to_owned)),
            Heard::Ping(_) => {}
            other => panic!("{other:?} after {} messages", heard.len()),
        }
    }
    (socket, heard)
}

async fn talks(mut socket: Socket, who: &str) -> (Socket, Vec<String>) {
    for turn in 0..MESSAGES {
        socket.says(&format!("{who} {turn}")).await;
        sleep(MS(1)).await; // So that there are many passes, not one.
    }
    hears_all(socket).await
}

/// Comes, listens for a while, and goes: by a close, or without a word.
async fn passes_through(addr: std::net::SocketAddr, n: usize) {
    let mut socket = Socket::open(addr, "/ws").await;
    for _ in 0..n % 4 {
        let _ = timeout(MS(20), socket.next()).await;
    }
    if n.is_multiple_of(2) {
        socket.sends(&frame(CLOSE, &1000u16.to_be_bytes())).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_hears_one_order_while_others_come_and_go() {
    let program = Program::start(&["--ephemeral", "--message-rate", "off"]);
    let addr = program.addr;
    let members =
        join_all((0..MEMBERS).map(|_| async move { Socket::open(addr, "/ws").await.joined().await }));
    let mut members = members.await;
    let (ada, bob) = (members.swap_remove(0), members.swap_remove(300));
    let passers = tokio::spawn(join_all((0..200).map(move |n| passes_through(addr, n))));
    let listeners: Vec<_> = members.into_iter().map(|socket| tokio::spawn(hears_all(socket))).collect();
    let talkers = [tokio::spawn(talks(ada, "Ada")), tokio::spawn(talks(bob, "Bob"))];
    let mut orders = Vec::new();
    for member in talkers.into_iter().chain(listeners) {
        let (socket, heard) = member.await.unwrap();
        socket.joined().await; // Nothing came twice.
        orders.push(heard);
    }
    passers.await.unwrap();
    let (first, others) = orders.split_first().unwrap();
    assert!(others.iter().all(|order| order == first), "all heard one order");
    for who in ["Ada", "Bob"] {
        let own: Vec<String> = first.iter().filter(|line| line.starts_with(who)).cloned().collect();
        let said: Vec<String> = (0..MESSAGES).map(|turn| format!("{who} {turn}")).collect();
        assert_eq!(own, said, "each once, in the order of its sender");
    }
}

/// Says ten messages, one after the other is heard or 20 ms are over; gives the frames in which they came, and when the
/// first and the last did.
async fn ten_messages(socket: &mut Socket) -> (Vec<String>, Duration, Duration) {
    let (begun, mut frames, mut first) = (Instant::now(), Vec::new(), None);
    for n in 0..10 {
        socket.says(&format!("{n}")).await;
        if let Ok(Heard::Text(text)) = timeout(MS(20), socket.next()).await {
            first.get_or_insert_with(|| begun.elapsed());
            frames.push(text);
        }
    }
    while !frames.last().is_some_and(|frame| frame.ends_with('9')) {
        let Heard::Text(text) = socket.next().await else { panic!("a close") };
        frames.push(text);
    }
    assert_eq!(frames.join("\n"), "0\n1\n2\n3\n4\n5\n6\n7\n8\n9");
    (frames, first.unwrap_or(begun.elapsed()), begun.elapsed())
}

#[tokio::test]
async fn a_batch_delay_holds_a_crowd_back_and_nobody_else() {
    let program = Program::start(&["--ephemeral", "--message-rate", "off", "--batch-delay", "1"]);
    let addr = program.addr;
    let mut ada = Socket::open(addr, "/ws/small").await.joined().await;
    let (frames, _, last) = ten_messages(&mut ada).await;
    assert!(frames.len() == 10 && last < MS(500), "a small room is as before: {frames:?} after {last:?}");

    let mut bob = Voice::joins(addr, "Bob", "large").await; // The first whom the room writes to.
    let members = (0..1_000).map(|_| async move { Socket::open(addr, "/ws/large").await.joined().await });
    let mut members = join_all(members).await;
    sleep(MS(1_000)).await;
    let (frames, first, last) = ten_messages(&mut members[0]).await;
    assert!(first < MS(500), "the first after a silence waits for nothing: {first:?}");
    assert!(frames.len() <= 3, "what comes after it comes at once: {frames:?}");
    assert!(last < MS(2_000), "and no later than the delay: {last:?}");
    // Whoever speaks chinwag.v1 has its answer meanwhile.
    for n in 0..3 {
        let said = Instant::now();
        bob.tells("large", &format!("{n}")).await;
        assert!(said.elapsed() < MS(300), "a receipt waited for the delay: {:?}", said.elapsed());
    }
    // A flood does not wait until it is over the senders' heads.
    let begun = Instant::now();
    for n in 0..1_000 {
        members[1].says(&format!("flood {n}")).await;
    }
    let mut heard = String::new();
    while !heard.ends_with("flood 999") {
        let Heard::Text(text) = members[1].next().await else { panic!("a close") };
        heard = text;
    }
    assert!(begun.elapsed() < MS(3_000), "1,000 messages are four full batches: {:?}", begun.elapsed());
}

#[tokio::test]
async fn client_that_speaks_and_leaves_at_once_is_answered() {
    for kept in [&[][..], &["--ephemeral"]] {
        let program = Program::start(kept);
        let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
        for n in 0..50 {
            let say = json!({"type": "say", "room": "lobby", "cid": format!("{n}"), "text": "bye"});
            let leave = json!({"type": "leave", "room": "lobby"});
            ada.says_line(&format!("{say}\n{leave}")).await;
            assert_eq!(ada.hears("receipt").await["cid"], format!("{n}"));
            ada.says(json!({"type": "join", "room": "lobby"})).await;
            ada.hears("caught_up").await;
        }
    }
}

#[tokio::test]
async fn duplicate_cid_gets_its_receipt_without_a_broadcast() {
    for kept in [&[][..], &["--ephemeral"]] {
        let program = Program::start(kept);
        let mut ada = Voice::joins(program.addr, "Ada", "lobby").await;
        let seq = ada.tells("lobby", "once").await;
        for _ in 0..20 {
            assert_eq!(ada.tells("lobby", "once").await, seq);
        }
    }
}

#[tokio::test]
async fn a_command_that_changes_nothing_is_answered_though_nothing_goes_out() {
    let program = Program::start(&[]);
    let mut ada = Voice::joins_all(program.addr, "Ada", &["tea", "milk"]).await;
    let mut bob = Voice::joins(program.addr, "Bob", "milk").await;
    let seq = ada.tells("tea", "a cup").await;
    for n in 0..3 {
        let cid = format!("r{n}");
        ada.says(json!({"type": "react", "room": "tea", "seq": seq, "emoji": "👍", "on": true, "cid": cid}))
            .await;
        let topic = json!({"type": "topic", "room": "tea", "text": "leaves", "cid": format!("t{n}")});
        ada.says(topic).await;
        for cid in [cid, format!("t{n}")] {
            let answer = timeout(MS(2_000), ada.hears("receipt"))
                .await
                .expect("it waits for an entry that never comes");
            assert_eq!(answer["cid"], cid);
        }
        // The number of the last entry is another room's now.
        bob.tells("milk", &format!("{n}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_who_talks_in_several_rooms_gets_every_answer() {
    for kept in [&["--message-rate", "off"][..], &["--message-rate", "off", "--ephemeral"]] {
        let program = Program::start(kept);
        let addr = program.addr;
        let talk = |who: usize| async move {
            let rooms = ["tea", "coffee", "milk"];
            let mut voice = Voice::joins_all(addr, &format!("Person {who}"), &rooms).await;
            for n in 0..60 {
                let room = rooms[(n + who) % 3];
                let cid = format!("{who}.{n}");
                voice.says(json!({"type": "say", "room": room, "cid": cid, "text": "sip"})).await;
                // Some wait for each answer, some for three at a time.
                if who.is_multiple_of(2) || n % 3 == 2 {
                    let answers = if who.is_multiple_of(2) { 1 } else { 3 };
                    for answer in (0..answers).rev() {
                        assert_eq!(voice.hears("receipt").await["cid"], format!("{who}.{}", n - answer));
                    }
                }
            }
        };
        for talker in join_all((0..24).map(|who| tokio::spawn(talk(who)))).await {
            talker.unwrap();
        }
    }
}
