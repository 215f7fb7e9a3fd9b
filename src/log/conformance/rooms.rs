//! Promises about what rooms are set to, and about their directory.

use super::*;
use crate::log::{DirectoryPage, DirectoryRequest, ListedRoom};

fn set(title: &str, listed: bool) -> Content {
    Content::Room { title: title.into(), listed }
}

async fn sets(log: &dyn Log, by: UserId, name: &str, title: &str, listed: bool) -> Result<u64, Error> {
    log.append(Draft::new(&room(name), by, set(title, listed))).await.map(|appended| appended.seq)
}

async fn page(log: &dyn Log, after: Option<&RoomName>, query: &str, limit: usize) -> DirectoryPage {
    let request = DirectoryRequest { after: after.cloned(), query: query.into(), limit, who: BOB };
    log.directory(request).await.expect("a page")
}

/// The names of a whole directory, by pages of so many rooms.
async fn names(log: &dyn Log, query: &str, limit: usize) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = page(log, after.as_ref(), query, limit).await;
        assert!(page.rooms.len() <= limit, "{page:?}");
        names.extend(page.rooms.iter().map(|listed| listed.room.to_string()));
        assert!(names.len() < 100, "it does not end: {names:?}");
        match page.next {
            Some(next) => after = Some(next),
            None => return names,
        }
    }
}

pub(in crate::log) async fn room_is_whoevers_first_entry_made_it(log: &dyn Log) {
    let listener = Listener::of(log);
    refused(sets(log, UserId::GUEST, "tea", "Tea", true).await, "not_yours");
    let made = sets(log, ADA, "tea", "Tea", true).await.expect("she is the first");
    refused(sets(log, BOB, "tea", "Coffee", true).await, "not_yours");
    refused(sets(log, BOB, "tea", "Tea", true).await, "not_yours");
    refused(sets(log, UserId::GUEST, "tea", "Coffee", true).await, "not_yours");
    let changed = sets(log, ADA, "tea", "Tea time", false).await.expect("it is hers");
    refused(sets(log, BOB, "tea", "Coffee", true).await, "not_yours");
    let others = sets(log, BOB, "coffee", "Coffee", false).await.expect("this one is his");
    let heard = listener.hears(others).await;
    let heard: Vec<_> = heard.into_iter().map(|entry| (entry.seq, entry.content)).collect();
    let expected =
        [(made, set("Tea", true)), (changed, set("Tea time", false)), (others, set("Coffee", false))];
    assert_eq!(heard, expected);
    // What is said first makes a room as well; what a guest said first is nobody's, and the lobby is everybody's.
    let says = async |by, name: &str| log.append(Draft::new(&room(name), by, message("hi"))).await;
    says(ADA, "cake").await.expect("it is said");
    says(BOB, "cake").await.expect("it is said");
    says(UserId::GUEST, "street").await.expect("it is said");
    let topic = Draft::new(&room("garden"), ADA, Content::Topic { text: "Roses".into() });
    log.append(topic).await.expect("it is set");
    for (by, name) in [(BOB, "cake"), (BOB, "garden"), (ADA, "street"), (ADA, "lobby")] {
        refused(sets(log, by, name, "Mine", true).await, "not_yours");
    }
    for name in ["cake", "garden"] {
        sets(log, ADA, name, "Mine", true).await.expect("she began it");
    }
}

pub(in crate::log) async fn what_changes_nothing_of_a_room_is_not_appended(log: &dyn Log) {
    let listener = Listener::of(log);
    // It changes nothing but that the room has somebody who made it.
    let made = sets(log, ADA, "tea", "", false).await.expect("she is the first");
    refused(sets(log, BOB, "tea", "Coffee", false).await, "not_yours");
    assert_eq!(sets(log, ADA, "tea", "", false).await.expect("it is so"), made);
    let listed = sets(log, ADA, "tea", "", true).await.expect("it is hers");
    assert_eq!(sets(log, ADA, "tea", "", true).await.expect("it is so"), listed);
    let end = appends(log, ADA, message("end")).await;
    let heard = listener.hears(end).await;
    assert_eq!(heard.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [made, listed, end]);
}

pub(in crate::log) async fn join_tells_what_the_room_is_set_to(log: &dyn Log) {
    let told = async |who, name: &str| {
        let request = JoinRequest { room: room(name), who, cursor: None, until: u64::MAX >> 1, max: 10 };
        let state = log.join(request).await.expect("they join");
        (state.title.into_string(), state.listed, state.maker)
    };
    appends(log, ADA, message("hi")).await;
    for never in ["lobby", "nowhere"] {
        assert_eq!(told(ADA, never).await, (String::new(), false, None));
    }
    log.append(Draft::new(&room("tea"), ADA, message("hi"))).await.expect("it is said");
    assert_eq!(told(BOB, "tea").await, (String::new(), false, Some(ADA)));
    sets(log, ADA, "tea", "ラウンジ", true).await.expect("she began it");
    for who in [ADA, BOB, UserId::GUEST] {
        assert_eq!(told(who, "tea").await, ("ラウンジ".into(), true, Some(ADA)));
    }
    sets(log, ADA, "tea", "", false).await.expect("it is hers");
    assert_eq!(told(BOB, "tea").await, (String::new(), false, Some(ADA)), "it stays hers");
}

pub(in crate::log) async fn directory_has_listed_rooms_alone_as_they_are_now(log: &dyn Log) {
    let topic = async |name: &str, text: &str| {
        let topic = Content::Topic { text: text.into() };
        log.append(Draft::new(&room(name), ADA, topic)).await.expect("it is set");
    };
    let listener = Listener::of(log);
    topic("never", "set").await;
    appends(log, ADA, message("hi")).await;
    sets(log, ADA, "secret", "A title", false).await.expect("she is the first");
    assert_eq!(page(log, None, "", 10).await, DirectoryPage::default(), "nothing is listed");
    topic("tea", "Leaves").await;
    sets(log, ADA, "tea", "Tea", true).await.expect("she is the first");
    sets(log, BOB, "cake", "", true).await.expect("he is the first");
    let said = log.append(Draft::new(&room("tea"), BOB, message("hi"))).await.expect("it is said").seq;
    let heard = listener.hears(said).await;
    let last = heard.last().map(|entry| entry.at);
    let tea =
        ListedRoom { room: room("tea"), title: "Tea".into(), topic: "Leaves".into(), last, archived: false };
    let cake =
        ListedRoom { room: room("cake"), title: "".into(), topic: "".into(), last: None, archived: false };
    assert_eq!(page(log, None, "", 10).await.rooms, [cake.clone(), tea.clone()]);
    // The directory has the new title and topic, and not the ones before.
    sets(log, ADA, "tea", "Green tea", true).await.expect("it is hers");
    topic("tea", "").await;
    let tea = ListedRoom { title: "Green tea".into(), topic: "".into(), ..tea };
    assert_eq!(page(log, None, "", 10).await.rooms, [cake.clone(), tea]);
    sets(log, ADA, "tea", "Green tea", false).await.expect("it is hers");
    assert_eq!(page(log, None, "", 10).await.rooms, [cake]);
}

pub(in crate::log) async fn directory_has_every_room_on_one_page_while_others_come_and_go(log: &dyn Log) {
    // Not in the order of their names.
    for n in 0..9 {
        let name = format!("room-{}", n * 7 % 9);
        sets(log, ADA, &name, "", true).await.expect("she is the first");
    }
    let all: Vec<_> = (0..9).map(|n| format!("room-{n}")).collect();
    for limit in [1, 2, 3, 4, 9, 10] {
        assert_eq!(names(log, "", limit).await, all, "by {limit}");
    }
    let first = page(log, None, "", 3).await;
    assert_eq!(first.next, Some(room("room-2")));
    // One goes that was seen, the one to go on after, and one that was not; and others come.
    for gone in ["room-1", "room-2", "room-5"] {
        sets(log, ADA, gone, "", false).await.expect("it is hers");
    }
    for new in ["room-00", "room-22", "room-8-b"] {
        sets(log, BOB, new, "", true).await.expect("he is the first");
    }
    let rest = page(log, first.next.as_ref(), "", 10).await;
    let rest: Vec<_> = rest.rooms.iter().map(|listed| listed.room.as_str()).collect();
    assert_eq!(rest, ["room-22", "room-3", "room-4", "room-6", "room-7", "room-8", "room-8-b"]);
}

pub(in crate::log) async fn directory_finds_rooms_by_name_title_and_topic(log: &dyn Log) {
    for (name, title, topic) in
        [("tea", "Straßencafé", "Leaves"), ("book-club", "読書会", ""), ("garden", "", "Roses and tea")]
    {
        sets(log, ADA, name, title, true).await.expect("she is the first");
        let topic = Content::Topic { text: topic.into() };
        log.append(Draft::new(&room(name), ADA, topic)).await.expect("it is set");
    }
    sets(log, ADA, "teapot", "Tea", false).await.expect("she is the first");
    for (query, found) in [
        ("TEA", &["garden", "tea"][..]),
        ("strassencafe", &["tea"]),
        ("書会", &["book-club"]),
        ("book club", &["book-club"]),
        ("roses", &["garden"]),
        ("coffee", &[]),
        ("", &["book-club", "garden", "tea"]),
    ] {
        assert_eq!(names(log, query, 1).await, found, "{query}");
    }
}
