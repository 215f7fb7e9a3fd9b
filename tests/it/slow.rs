//! Clients that do not read, and everyone else.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chinwag::{Limits, StoreOptions};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::socket::{Heard, MS, PATIENCE, Socket, TEXT, frame, narrow};
use crate::voice::Voice;
use crate::wrapped::serves_wrapped;

fn message(i: usize) -> String {
    format!("{i:06} {}", "x".repeat(490))
}

/// Says so many messages, and hears each before the next.
async fn talks(ada: &mut Socket, count: usize) {
    for i in 0..count {
        ada.says(&message(i)).await;
        ada.hears(&message(i)).await;
    }
}

#[tokio::test]
async fn c51_c52_a_slow_client_is_cut_off_gets_what_was_queued_and_the_others_never_wait() {
    let chat = Chat::open();
    let mut ada = chat.joins().await;
    let mut sloth = Socket::narrow(chat.addr).await;
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
    let mut bob = Socket::narrow(chat.addr).await;
    talks(&mut ada, 4000).await;
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
    let mut sloth = Socket::narrow(chat.addr).await;
    talks(&mut ada, 3000).await;
    sloth.is_closed_with(4008).await;
}

#[tokio::test]
async fn c50_a_client_that_takes_nothing_for_the_write_wait_is_cut() {
    let chat = Chat::with(|limits| {
        limits.write_wait = MS(600);
        limits.tail_messages = 100_000;
        limits.tail_bytes = 64 << 20;
    });
    let mut ada = chat.joins().await;
    let sloth = Socket::narrow(chat.addr).await;
    talks(&mut ada, 2000).await;
    let began = Instant::now();
    chat.has_clients(1).await;
    // The kernel may take some bytes more at its probes of the window, and the wait begins again.
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    drop(sloth);
    ada.has_heard_all().await;
}

#[tokio::test]
async fn c53_dead_readers_cost_a_bounded_amount_of_memory() {
    // Without a store, whose own caches fill as well.
    let program = Program::start(&["--ephemeral", "--write-wait", "60"]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.has_heard_all().await;
    let mut dead = Vec::new();
    for _ in 0..10 {
        dead.push(Socket::narrow(program.addr).await);
    }
    let before = program.memory();
    talks(&mut ada, 6000).await;
    let cost = program.memory().saturating_sub(before);
    // What is queued for them is shared: ten of them cost hardly more than one.
    assert!(cost < 4 << 20, "{cost} bytes for ten dead readers");
}

/// How many messages a client that did not read at first gets before its close, with such a send queue.
async fn heard_before_the_close(send_queue: usize) -> usize {
    let chat = Chat::with(|limits| limits.tail_messages = send_queue);
    let mut ada = chat.joins().await;
    let mut sloth = Socket::narrow(chat.addr).await;
    talks(&mut ada, 4000).await;
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

/// A stream may be written by two threads by turns; that must not make who reads it fall behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c51_on_another_stream_whoever_reads_is_not_closed_though_another_floods() {
    let (_hub, addr) = serves_wrapped(Limits::default()).await;
    floods(addr).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c51_whoever_reads_is_not_closed_though_another_floods() {
    let chat = Chat::open();
    floods(chat.addr).await;
}

#[tokio::test]
async fn c51_on_another_stream_and_one_thread_whoever_reads_is_not_closed() {
    let (_hub, addr) = serves_wrapped(Limits::default()).await;
    floods(addr).await;
}

/// Eve says more than a send queue holds, and reads; so does Bob. Neither is slow.
async fn floods(addr: SocketAddr) {
    let mut bob = Socket::open(addr, "/ws").await.joined().await;
    let eve = Socket::open(addr, "/ws").await.joined().await;
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

#[tokio::test]
async fn c50_who_reads_slowly_but_reads_is_not_cut() {
    let change = |limits: &mut Limits| {
        (limits.write_wait, limits.tail_messages, limits.tail_bytes) = (MS(2500), 100_000, 1 << 26);
    };
    let chat = Chat::with(change);
    let mut slow = Socket::narrow(chat.addr).await;
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

/// What the kernel still has to send for the server's side of this connection, in bytes; nothing when that
/// side is gone.
fn kernel_queue(server: SocketAddr, client: &Socket) -> Option<u64> {
    let client = client.stream.local_addr().unwrap();
    let ends = format!("0100007F:{:04X} 0100007F:{:04X} ", server.port(), client.port());
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let line = table.lines().find(|line| line.contains(&ends))?;
    let queues = line.split_whitespace().nth(4).unwrap();
    Some(u64::from_str_radix(queues.split_once(':').unwrap().0, 16).unwrap())
}

/// After the cut: what the kernel still holds for somebody who never reads is a cost as well.
#[tokio::test]
async fn c53_a_cut_reader_leaves_nothing_in_the_kernel() {
    let chat = Chat::with(|limits| limits.write_wait = MS(600));
    let dead = Socket::narrow(chat.addr).await;
    let mut ada = chat.joins().await;
    let text = "x".repeat(500);
    for _ in 0..2500 {
        ada.says(&text).await;
        ada.hears(&text).await;
    }
    chat.has_clients(1).await;
    tokio::time::sleep(MS(100)).await;
    let left = kernel_queue(chat.addr, &dead);
    assert_eq!(left, None, "bytes that the kernel still keeps for it");
}

/// Each holds less than a client may; it is their sum that is too much.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_too_much_waits_for_all_those_for_whom_most_waits_are_closed_and_readers_stay() {
    const BUDGET: u64 = 2_000_000;
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |limits| {
        limits.waiting_bytes = Some(BUDGET);
        // Nothing else is to end them.
        limits.write_wait = Duration::from_secs(120);
    });
    let mut ada = Voice::joins(chat.addr, "Ada", "lobby").await;
    for turn in 0..40 {
        ada.tells("lobby", &format!("{turn} {}", "\u{1}".repeat(3_900))).await;
    }
    let mut bob = Voice::joins(chat.addr, "Bob", "lobby").await;
    // They ask for pages of signs of which JSON makes six each, and read nothing of them.
    let mut sloths = Vec::new();
    for _ in 0..30 {
        let mut sloth = Voice::on(narrow(chat.addr).await, "/ws").await;
        sloth.says(json!({"type": "hello", "rooms": {"lobby": {}}})).await;
        for _ in 0..4 {
            sloth.says(json!({"type": "history", "room": "lobby", "limit": 100})).await;
        }
        sloths.push(sloth);
    }
    let waiting = || {
        let metrics = chat.hub.metrics();
        let line = metrics.lines().find_map(|line| line.strip_prefix("chinwag_waiting_bytes ")).unwrap();
        line.parse::<u64>().unwrap()
    };
    let began = Instant::now();
    let mut most = 0;
    while most <= BUDGET || waiting() > BUDGET {
        most = most.max(waiting());
        assert!(began.elapsed() < PATIENCE, "{} wait, at most {most}", waiting());
        tokio::time::sleep(MS(50)).await;
    }
    let left = chat.hub.client_count();
    println!("{most} bytes waited at most, {} then; {left} clients are left of 32", waiting());
    assert!((3..32).contains(&left), "those for whom most waits, and no more: {left} are left");
    for voice in [&mut ada, &mut bob] {
        voice.says(json!({"type": "history", "room": "lobby", "limit": 1})).await;
        voice.hears("page").await;
    }
    assert!(!chat.hub.metrics().contains("chinwag_connections_closed_total{reason=\"memory\"} 0"));
}
