//! Promises about the rooms that people keep on their lists.

use super::*;
use crate::base::keeping::Keeping;
use crate::base::limits::KEPT_ROOMS;
use crate::log::{KeptPage, KeptRequest, KeptRoom, Unread};

const PLAIN: Option<Keeping> = Some(Keeping { is_favourite: false, is_muted: false });

async fn page(log: &dyn Log, who: UserId, after: Option<&KeptRoom>, limit: usize) -> KeptPage {
    let after = after.map(|kept| kept.room.clone());
    let request = KeptRequest { who, after, limit, open: vec![room("open")] };
    log.kept(request).await.expect("a page")
}

async fn all(log: &dyn Log, who: UserId) -> Vec<(String, Keeping)> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let page = page(log, who, last.as_ref(), 7).await;
        assert!(page.rooms.len() <= 7, "{page:?}");
        all.extend(page.rooms.iter().map(|kept| (kept.room.to_string(), kept.keeping)));
        last = page.rooms.into_iter().last();
        if page.next.is_none() {
            return all;
        }
        assert_eq!(page.next, last.as_ref().map(|last| last.room.clone()));
    }
}

pub(in crate::log) async fn list_of_rooms_is_its_users_and_bounded(log: &dyn Log) {
    let keep = async |who, name: &str, asked| log.keep(who, &room(name), asked).await;
    let new = async |who, name: &str, asked| keep(who, name, asked).await.expect("it is kept");
    if !log.keeps() {
        assert!(!new(ADA, "tea", PLAIN).await);
        let request = KeptRequest { who: ADA, after: None, limit: 7, open: Vec::new() };
        return refused(log.kept(request).await, "no_history");
    }
    // A visitor has no list, and neither have guests.
    log.greet(ADA, None).await.expect("she is greeted");
    for nobody in [ADA, UserId::GUEST] {
        assert!(!new(nobody, "tea", PLAIN).await);
        let page = page(log, nobody, None, 7).await;
        assert!(page.is_visitor && page.rooms.is_empty(), "{page:?}");
    }
    for who in [ADA, BOB] {
        appends(log, who, message("hi")).await;
    }
    assert!(all(log, ADA).await.is_empty());
    let marked = Keeping { is_favourite: true, is_muted: false };
    assert!(new(ADA, "tea", PLAIN).await);
    assert!(!new(ADA, "tea", PLAIN).await, "it is so already");
    assert!(new(ADA, "tea", Some(marked)).await);
    assert!(new(ADA, "cake", PLAIN).await);
    assert!(new(BOB, "tea", PLAIN).await);
    let plain = Keeping::default();
    assert_eq!(all(log, ADA).await, [("cake".into(), plain), ("tea".into(), marked)]);
    assert_eq!(all(log, BOB).await, [("tea".into(), plain)]);
    assert!(new(ADA, "cake", None).await && !new(ADA, "cake", None).await);
    for n in 1..KEPT_ROOMS {
        assert!(new(ADA, &format!("room-{n:03}"), PLAIN).await);
    }
    refused(keep(ADA, "one-more", PLAIN).await, "too_many");
    assert!(new(ADA, "tea", PLAIN).await, "what is there can be marked");
    assert_eq!(all(log, ADA).await.len(), KEPT_ROOMS);
    assert!(new(ADA, "room-001", None).await && new(ADA, "one-more", PLAIN).await);
}

pub(in crate::log) async fn list_of_rooms_counts_what_is_unread(log: &dyn Log) {
    if !log.keeps() {
        return;
    }
    appends(log, BOB, message("hi")).await;
    log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted");
    let says = async |by, name: &str, content| {
        log.append(Draft::new(&room(name), by, content)).await.expect("it is said").seq
    };
    let listener = Listener::of(log);
    for name in ["never", "open", "tea"] {
        says(ADA, name, message("one")).await;
        log.keep(ADA, &room(name), PLAIN).await.expect("it is kept");
    }
    log.keep(ADA, &room("empty"), PLAIN).await.expect("it is kept");
    let read = says(BOB, "tea", message("read")).await;
    log.mark(ADA, &room("tea"), read, false).await.expect("it moves");
    says(BOB, "never", message("two")).await;
    says(ADA, "tea", message("her own")).await;
    let gone = says(BOB, "tea", message("gone")).await;
    says(BOB, "tea", Content::Deleted { target: gone }).await;
    says(BOB, "tea", message("three")).await;
    let whom = [("Ada".to_owned(), ADA)].into_iter().collect();
    let text = "@Ada!".into();
    let asked = says(BOB, "tea", Content::Message { text, cid: None, reply_to: None, mentions: whom }).await;
    listener.hears(asked).await;
    let page = page(log, ADA, None, 7).await;
    let unread: Vec<_> = page.rooms.iter().map(|kept| (kept.room.as_str(), kept.unread.clone())).collect();
    let of = |read, count, mentions| Some(Unread { read, count, mentions });
    let tea = of(read, 2, vec![asked]);
    assert_eq!(
        unread,
        [("empty", of(0, 0, vec![])), ("never", of(0, 0, vec![])), ("open", None), ("tea", tea)]
    );
    assert!(page.rooms[0].last.is_none() && page.rooms[3].last.is_some());
}
