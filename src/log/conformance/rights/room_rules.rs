//! Promises about the rules of rooms.

use super::*;
use crate::base::room_rules::{RoomRules, Writers};
use crate::log::DirectoryRequest;

fn rules(writers: Writers, slow: u32, archived: bool) -> RoomRules {
    RoomRules::new(writers, slow, archived).expect("they are allowed")
}

async fn sets(log: &dyn Log, by: UserId, rules: RoomRules) -> Result<u64, Error> {
    append(log, by, Content::Rules(rules)).await
}

pub(in crate::log) async fn room_is_written_in_by_its_rules(log: &dyn Log) {
    three(log).await;
    let listener = Listener::of(log);
    let announcements = rules(Writers::Moderators, 0, false);
    refused(sets(log, CLEO, announcements).await, "not_allowed");
    refused(sets(log, UserId::GUEST, announcements).await, "not_allowed");
    let cleos = appends(log, CLEO, message("before")).await;
    let set = sets(log, BOB, announcements).await.expect("a moderator may");
    assert_eq!(sets(log, ADA, announcements).await.expect("it is so already"), set);
    for who in [CLEO, UserId::GUEST] {
        refused(append(log, who, message("hi")).await, "writers_only");
        refused(append(log, who, Content::Topic { text: "tea".into() }).await, "writers_only");
    }
    let news = appends(log, BOB, message("news")).await;
    if log.keeps() {
        refused(append(log, CLEO, Content::edit(cleos, "other")).await, "writers_only");
        appends(log, CLEO, reaction(news, true)).await;
        appends(log, CLEO, Content::Deleted { target: cleos }).await;
    }
    log.append(Draft::new(&room("tea"), CLEO, message("elsewhere"))).await.expect("it has other rules");
    sets(log, ADA, rules(Writers::Members, 0, false)).await.expect("an owner may");
    refused(append(log, CLEO, message("hi")).await, "writers_only");
    log.govern(Some(BOB), Measure::Role { whom: CLEO, role: Role::Member }).await.expect("he may");
    appends(log, CLEO, message("a member's")).await;
    let archived = sets(log, BOB, rules(Writers::Members, 0, true)).await.expect("a moderator may");
    for who in [ADA, BOB, CLEO, UserId::GUEST] {
        refused(append(log, who, message("hi")).await, "archived");
    }
    refused_by(log, append(log, ADA, reaction(news, true)).await, "archived");
    let JoinState { rules: joined, .. } = log
        .join(JoinRequest { room: RoomName::lobby(), who: CLEO, cursor: None, until: archived, max: 9 })
        .await
        .expect("it is read");
    assert_eq!(joined, rules(Writers::Members, 0, true));
    assert_eq!(log.room_rules(&RoomName::lobby()).await.expect("they are read"), joined);
    assert_eq!(log.room_rules(&room("cake")).await.expect("they are read"), RoomRules::default());
    sets(log, BOB, RoomRules::default()).await.expect("a moderator may");
    let last = appends(log, UserId::GUEST, message("again")).await;
    let heard: Vec<_> = listener
        .hears(last)
        .await
        .into_iter()
        .filter(|entry| matches!(entry.content, Content::Rules(_)))
        .collect();
    assert_eq!((heard.len(), heard[0].by.id, heard[0].seq), (4, BOB, set));
    let done = log.audit(None, 1).await.expect("it is read");
    if log.keeps() {
        assert_eq!((&*done[0].action, &*done[0].detail), ("room_rules", "lobby: everyone"));
    }
    directory_tells_which_rooms_are_archived(log).await;
    let private = RoomName::parse("__pabcdefghijklmnopqrst").expect("a name");
    log.govern(Some(BOB), Measure::Gather { room: private.clone(), people: vec![CLEO] })
        .await
        .expect("he may");
    refused(log.append(Draft::new(&private, BOB, Content::Rules(announcements))).await, "bad_room");
    refused(log.append(Draft::new(&private, ADA, Content::Rules(announcements))).await, "members_only");
}

pub(in crate::log) async fn room_in_slow_mode_takes_one_message_of_each(log: &dyn Log) {
    three(log).await;
    sets(log, BOB, rules(Writers::Everyone, 3_600, false)).await.expect("a moderator may");
    let first = appends(log, CLEO, with_cid("c-1")).await;
    let again = append(log, CLEO, message("more")).await.expect_err("it is too early");
    assert_eq!(again.code().as_str(), "slow_mode");
    let wait = again.retry_after().expect("it is known when").as_secs();
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    assert_eq!(appends(log, CLEO, with_cid("c-1")).await, first, "it was said: its receipt is no message");
    appends(log, UserId::GUEST, message("somebody else")).await;
    for text in ["moderators", "are not slowed"] {
        appends(log, BOB, message(text)).await;
    }
    appends(log, CLEO, Content::Topic { text: "what is no message".into() }).await;
    log.append(Draft::new(&room("tea"), CLEO, message("elsewhere"))).await.expect("it is not slow");
    sets(log, BOB, RoomRules::default()).await.expect("a moderator may");
    appends(log, CLEO, message("at last")).await;
}

async fn directory_tells_which_rooms_are_archived(log: &dyn Log) {
    for name in ["cake", "pie"] {
        let listed = Content::Room { title: name.into(), listed: true };
        log.append(Draft::new(&room(name), ADA, listed)).await.expect("it is hers");
    }
    let rules = Content::Rules(rules(Writers::Everyone, 0, true));
    log.append(Draft::new(&room("pie"), BOB, rules)).await.expect("a moderator may");
    let request = DirectoryRequest { after: None, query: "".into(), limit: 9, who: CLEO };
    let page = log.directory(request).await.expect("a page");
    let told: Vec<_> = page.rooms.iter().map(|listed| (listed.room.as_str(), listed.archived)).collect();
    assert_eq!(told, [("cake", false), ("pie", true)]);
}

pub(in crate::log) async fn deleted_room_is_entered_by_nobody(log: &dyn Log) {
    three(log).await;
    let tea = room("tea");
    let says = |who, content| log.append(Draft::new(&tea, who, content));
    let joins = |who| log.join(JoinRequest { room: tea.clone(), who, cursor: None, until: 99, max: 9 });
    says(CLEO, Content::Room { title: "Tea".into(), listed: true }).await.expect("it is hers");
    says(CLEO, message("secret")).await.expect("she may");
    let deletes = || Content::Rules("deleted".parse().expect("rules"));
    for who in [BOB, CLEO, UserId::GUEST] {
        refused(says(who, deletes()).await, "not_allowed");
    }
    let lobby = Draft::new(&RoomName::lobby(), ADA, deletes());
    refused(log.append(lobby.clone()).await, "bad_room");
    refused(log.append(lobby.by_moderator()).await, "bad_room");
    says(ADA, deletes()).await.expect("an owner may");
    let listed = log.directory(DirectoryRequest { after: None, query: "".into(), limit: 9, who: CLEO });
    assert_eq!(listed.await.expect("it is read").rooms, []);
    if !log.keeps() {
        // It is gone at once: another begins.
        assert_eq!(joins(CLEO).await.expect("it is a room").title, "".into());
        return;
    }
    for who in [ADA, BOB, CLEO, UserId::GUEST] {
        refused(joins(who).await, "room_deleted");
        refused(says(who, message("hi")).await, "room_deleted");
        refused(says(who, Content::Rules(RoomRules::default())).await, "room_deleted");
    }
    let done = log.audit(None, 1).await.expect("it is read");
    assert_eq!((&*done[0].action, &*done[0].detail), ("room_rules", "tea: deleted"));
}
