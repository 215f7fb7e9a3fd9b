//! The promises of threads.

use super::*;
use crate::base::entry::{Present, Replies};

/// A message as a page of history has it.
async fn found(log: &dyn Log, seq: u64) -> Present {
    let page = log.history(&RoomName::lobby(), Anchor::Around(seq), 1, BOB).await.expect("a page");
    page.messages.into_iter().find(|message| message.entry.seq == seq).expect("it is there")
}

async fn replies(log: &dyn Log, seq: u64) -> Option<Replies> {
    found(log, seq).await.replies
}

pub(in crate::log) async fn reply_needs_a_message_of_its_room(log: &dyn Log) {
    let target = appends(log, ADA, message("tea?")).await;
    appends(log, BOB, reply(target)).await;
    let elsewhere = log.append(Draft::new(&room("tea"), ADA, message("hi"))).await.expect("it is said").seq;
    if log.keeps() {
        refused(append(log, BOB, reply(elsewhere)).await, "no_such_message");
        refused(append(log, BOB, reply(elsewhere + 100)).await, "no_such_message");
    }
}

pub(in crate::log) async fn reply_to_a_reply_belongs_to_the_root(log: &dyn Log) {
    let listener = Listener::of(log);
    let root = appends(log, ADA, message("tea?")).await;
    let other = appends(log, ADA, message("coffee?")).await;
    let first = appends(log, BOB, reply(root)).await;
    let second = appends(log, ADA, reply(first)).await;
    let third = appends(log, BOB, reply(second)).await;
    let elsewhere = appends(log, BOB, reply(other)).await;
    if log.keeps() {
        appends(log, BOB, Content::Deleted { target: third }).await;
    }
    let last = appends(log, ADA, reply(third)).await;
    let heard = listener.hears(last).await;
    let root_of = |seq| heard.iter().find(|entry| entry.seq == seq).expect("it was heard").root;
    let expected = |root| Some(root).filter(|_| log.keeps());
    assert_eq!((root_of(root), root_of(other)), (None, None));
    for (seq, root) in [(first, root), (second, root), (third, root), (last, root), (elsewhere, other)] {
        assert_eq!(root_of(seq), expected(root), "{seq}");
        if log.keeps() {
            assert_eq!(found(log, seq).await.entry.root, Some(root), "{seq}");
            let replay = log.replay(&RoomName::lobby(), seq - 1, seq).await.expect("a replay").records;
            assert_eq!(replay[0].entry().root, Some(root), "{seq}");
        }
    }
}

pub(in crate::log) async fn thread_counts_its_replies_without_those_that_are_gone(log: &dyn Log) {
    let root = appends(log, ADA, message("tea?")).await;
    if !log.keeps() {
        return;
    }
    assert_eq!(replies(log, root).await, None);
    let first = appends(log, BOB, reply(root)).await;
    let second = appends(log, ADA, reply(first)).await;
    let third = appends(log, BOB, reply(second)).await;
    let told = replies(log, root).await.expect("there are some");
    let last = found(log, third).await.entry;
    assert_eq!((told.count, told.seq, told.last), (3, third, last.at));
    assert_eq!(
        told.by.iter().map(|user| user.id).collect::<Vec<_>>(),
        [BOB, ADA],
        "the latest first, each once"
    );
    assert_eq!(replies(log, first).await, None, "it is no root");
    appends(log, BOB, Content::Deleted { target: third }).await;
    let told = replies(log, root).await.expect("there are some");
    let last = found(log, second).await.entry;
    assert_eq!((told.count, told.seq, told.last), (2, third, last.at), "of those that are there");
    assert_eq!(told.by[0].id, ADA);
    appends(log, BOB, Content::edit(first, "no")).await;
    appends(log, ADA, Content::Deleted { target: root }).await;
    assert_eq!(replies(log, root).await.map(|told| told.count), Some(2), "the thread goes on");
    appends(log, BOB, reply(root)).await;
    for target in [first, second] {
        let by = if target == first { BOB } else { ADA };
        appends(log, by, Content::Deleted { target }).await;
    }
    assert_eq!(replies(log, root).await.map(|told| told.count), Some(1));
    for who in (1..=5).map(|number| UserId::new(0x2000 + number)) {
        log.greet(who, None).await.expect("they are greeted");
        appends(log, who, reply(root)).await;
    }
    let told = replies(log, root).await.expect("there are some");
    assert_eq!((told.count, told.by.len()), (6, 3));
    assert!(told.by.iter().all(|user| !user.name.is_empty()), "{:?}", told.by);
}

pub(in crate::log) async fn thread_is_read_in_pages_without_holes(log: &dyn Log) {
    let lobby = RoomName::lobby();
    let root = appends(log, ADA, message("tea?")).await;
    let mut thread = vec![root];
    for n in 0..12 {
        appends(log, ADA, message("something else")).await;
        thread.push(appends(log, BOB, reply(thread[n / 2])).await);
    }
    let read = async |at, limit| {
        let page = log.thread(&lobby, root, at, limit, ADA).await.expect("a page");
        (page.messages.iter().map(|message| message.entry.seq).collect::<Vec<_>>(), page.more, page.newer)
    };
    if !log.keeps() {
        return assert!(read(Anchor::Newest, 100).await.0.is_empty());
    }
    appends(log, BOB, Content::Deleted { target: thread[5] }).await;
    assert_eq!(read(Anchor::Newest, 100).await, (thread.clone(), false, None));
    let mut seen: Vec<u64> = Vec::new();
    loop {
        let at = seen.first().map_or(Anchor::Newest, |first| Anchor::Before(*first));
        let (page, more, _) = read(at, 5).await;
        seen.splice(0..0, page);
        if !more {
            break;
        }
    }
    assert_eq!(seen, thread, "backwards");
    seen.clear();
    loop {
        let (page, more, _) = read(Anchor::After(seen.last().copied().unwrap_or(0)), 5).await;
        seen.extend(page);
        if !more {
            break;
        }
    }
    assert_eq!(seen, thread, "forwards");
    assert_eq!(read(Anchor::Around(thread[6]), 4).await, (thread[5..9].to_vec(), true, Some(true)));
    let page = log.thread(&lobby, thread[3], Anchor::Newest, 10, ADA).await.expect("a page").messages;
    assert_eq!(
        page.iter().map(|message| message.entry.seq).collect::<Vec<_>>(),
        [thread[3]],
        "it is no root"
    );
    for (room, seq) in [(room("tea"), root), (lobby.clone(), root + 1_000)] {
        let page = log.thread(&room, seq, Anchor::Newest, 10, ADA).await.expect("a page");
        assert!(page.messages.is_empty(), "{room} {seq}");
    }
}
