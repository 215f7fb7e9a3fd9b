//! The promises of the moderators' room.

use super::*;

pub(in crate::log) async fn moderators_room_is_of_those_who_are_moderators_now(log: &dyn Log) {
    three(log).await;
    let room = RoomName::moderators();
    let says = |who| log.append(Draft::new(&room, who, message("secret")));
    let joins = |who| log.join(JoinRequest { room: room.clone(), who, cursor: None, until: 99, max: 9 });
    let is_listed = async |who| {
        let rooms = log.private_rooms(who, None, 9).await.expect("they are read").rooms;
        rooms.iter().any(|listed| listed.room == room)
    };
    let people = async || {
        let people = log.people_of(&room).await.expect("they are read");
        let mut names: Vec<_> = people.iter().map(|user| user.name.to_string()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(people().await, ["Ada", "Bob"]);
    for who in [ADA, BOB] {
        says(who).await.expect("they are in it");
        joins(who).await.expect("they are in it");
        assert!(is_listed(who).await);
    }
    let out = async |who| {
        refused(says(who).await, "members_only");
        refused(joins(who).await, "members_only");
        assert!(!is_listed(who).await);
        assert!(!log.may_enter(&room, who).await.expect("it is known"));
    };
    out(CLEO).await;
    // By their role alone do they come and go.
    let gather = || Measure::Gather { room: room.clone(), people: vec![CLEO] };
    let part = |whom| Measure::Part { room: room.clone(), whom };
    refused(log.govern(Some(CLEO), gather()).await, "members_only");
    refused(log.govern(Some(CLEO), part(ADA)).await, "members_only");
    for by in [Some(ADA), None] {
        refused(log.govern(by, gather()).await, "not_allowed");
        refused(log.govern(by, part(BOB)).await, "not_allowed");
    }
    log.govern(Some(ADA), Measure::Role { whom: BOB, role: Role::Member }).await.expect("she may");
    out(BOB).await;
    log.govern(Some(ADA), Measure::Role { whom: CLEO, role: Role::Moderator }).await.expect("she may");
    says(CLEO).await.expect("she is in it");
    assert_eq!(people().await, ["Ada", "Cleo"]);
    // A report is of somebody who is not.
    log.append(Draft::new(&room, BOB, message("look")).by_moderator()).await.expect("it is a report");
    out(BOB).await;
}
