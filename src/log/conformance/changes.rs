//! How a message is changed, deleted and reacted to.

use super::*;

pub(in crate::log) async fn entry_that_changes_nothing_is_not_appended(log: &dyn Log) {
    let listener = Listener::of(log);
    let topic = |text: &str| Content::Topic { text: text.into() };
    let mut appended = vec![appends(log, ADA, message("hi")).await];
    let target = appended[0];
    assert_eq!(appends(log, ADA, topic("")).await, target, "there is no topic yet");
    appended.push(appends(log, ADA, topic("tea")).await);
    assert_eq!(appends(log, BOB, topic("tea")).await, appended[1]);
    appended.push(appends(log, BOB, topic("")).await);
    assert_eq!(appends(log, ADA, topic("")).await, appended[2]);
    if log.keeps() {
        assert_eq!(appends(log, BOB, reaction(target, false)).await, appended[2]);
        appended.push(appends(log, BOB, reaction(target, true)).await);
        assert_eq!(appends(log, BOB, reaction(target, true)).await, appended[3]);
    }
    appended.push(appends(log, ADA, message("end")).await);
    let heard = listener.hears(appended[appended.len() - 1]).await;
    assert_eq!(heard.iter().map(|entry| entry.seq).collect::<Vec<_>>(), appended);
}

pub(in crate::log) async fn message_is_changed_by_its_author_alone(log: &dyn Log) {
    let edit = |target| Content::edit(target, "two");
    let target = appends(log, ADA, message("one")).await;
    let guests = appends(log, UserId::GUEST, message("hi")).await;
    let elsewhere = log.append(Draft::new(&room("tea"), ADA, message("hi"))).await.expect("it is said").seq;
    for content in [edit(target), Content::Deleted { target }] {
        refused_by(log, append(log, BOB, content).await, "not_yours");
    }
    refused_by(log, append(log, UserId::GUEST, edit(guests)).await, "not_yours");
    for nowhere in [elsewhere, elsewhere + 100] {
        refused_by(log, append(log, ADA, edit(nowhere)).await, "no_such_message");
        refused_by(log, append(log, ADA, Content::Deleted { target: nowhere }).await, "no_such_message");
        refused_by(log, append(log, ADA, reaction(nowhere, true)).await, "no_such_message");
    }
    if log.keeps() {
        appends(log, ADA, edit(target)).await;
        let page = log.history(&RoomName::lobby(), Anchor::After(0), 100, ADA).await.expect("a page");
        assert_eq!(page.messages[0].entry.text(), "two");
        assert!(page.messages[0].edited.is_some());
    }
}

pub(in crate::log) async fn deleted_message_is_gone(log: &dyn Log) {
    let target = appends(log, ADA, message("one")).await;
    if !log.keeps() {
        return refused(append(log, ADA, Content::Deleted { target }).await, "no_history");
    }
    appends(log, BOB, reaction(target, true)).await;
    let deletion = appends(log, ADA, Content::Deleted { target }).await;
    for content in [Content::Deleted { target }, Content::edit(target, "two"), reaction(target, true)] {
        refused(append(log, ADA, content).await, "gone");
    }
    let page = log.history(&RoomName::lobby(), Anchor::After(0), 100, ADA).await.expect("a page");
    let present = &page.messages[0];
    assert!(present.deleted && present.reactions.is_empty());
    assert_eq!((present.entry.text(), present.changed), ("", deletion));
}

pub(in crate::log) async fn reactions_name_their_people(log: &dyn Log) {
    let target = appends(log, ADA, message("Tea?")).await;
    let (lobby, elsewhere) = (RoomName::lobby(), room("tea"));
    refused_by(log, log.reactions(&elsewhere, target, ADA).await, "no_such_message");
    if !log.keeps() {
        return;
    }
    assert_eq!(log.reactions(&lobby, target, ADA).await.expect("there are none"), []);
    let crowd = (1..=60).map(|number| UserId::new(0x1000 + number));
    for who in crowd.chain([ADA, BOB]) {
        log.greet(who, None).await.expect("they are greeted");
        appends(log, who, reaction(target, true)).await;
    }
    appends(log, BOB, reaction(target, false)).await;
    let reactions = log.reactions(&lobby, target, ADA).await.expect("there are some");
    let [thumbs] = &reactions[..] else { panic!("one kind: {reactions:?}") };
    assert_eq!((&*thumbs.emoji, thumbs.count, thumbs.me), ("👍", 61, true));
    assert_eq!(thumbs.by.len(), 50);
    assert!(thumbs.by.iter().all(|user| user.id != BOB && !user.name.is_empty()), "{:?}", thumbs.by);
    let page = log.history(&lobby, Anchor::Around(target), 1, BOB).await.expect("a page");
    let [thumbs] = &page.messages[0].reactions[..] else { panic!("one kind: {page:?}") };
    assert_eq!((thumbs.count, thumbs.me, thumbs.by.len()), (61, false, 3));
    // Nobody reacts to what is gone.
    appends(log, ADA, Content::Deleted { target }).await;
    assert_eq!(log.reactions(&lobby, target, ADA).await.expect("there are none"), []);
}
