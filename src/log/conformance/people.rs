//! The promises of `People`.

use super::*;

pub(in crate::log) async fn name_is_one_users(log: &dyn Log) {
    let ada = log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted");
    assert_eq!((ada.id, &*ada.name), (ADA, "Ada"));
    for alike in ["Ada", "ada", "AdA"] {
        let bob = log.greet(BOB, Some(named(alike))).await.expect("he is greeted");
        assert_eq!(&*bob.name, Name::of_guest(BOB, 0).as_str(), "{alike}");
        refused(log.rename(BOB, named(alike), Vec::new()).await, "name_taken");
    }
    let bob = log.rename(BOB, named("Bob"), Vec::new()).await.expect("it is free");
    assert_eq!(&*bob.name, "Bob");
    log.rename(ADA, named("Adele"), Vec::new()).await.expect("it is free");
    log.rename(BOB, named("Ada"), Vec::new()).await.expect("she gave it up");
}

pub(in crate::log) async fn user_keeps_their_name(log: &dyn Log) {
    let greets = async |name: &str| log.greet(ADA, Some(named(name))).await.expect("she is greeted").name;
    greets("Ada").await;
    assert_eq!(&*greets("Somebody").await, "Ada");
    let listener = Listener::of(log);
    let seq = appends(log, ADA, message("hi")).await;
    assert_eq!(&*listener.hears(seq).await[0].by.name, "Ada");
    log.rename(ADA, named("Adele"), Vec::new()).await.expect("it is free");
    assert_eq!(&*greets("Ada").await, "Adele");
}

pub(in crate::log) async fn guests_share_one_name(log: &dyn Log) {
    let guest = log.greet(UserId::GUEST, Some(named("Ada"))).await.expect("they are greeted");
    assert_eq!((guest.id, &*guest.name), (UserId::GUEST, "guest"));
    refused(log.rename(UserId::GUEST, named("Ada"), vec![RoomName::lobby()]).await, "not_yours");
    let ada = log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted");
    assert_eq!(&*ada.name, "Ada", "no guest has it");
}

pub(in crate::log) async fn rename_tells_its_rooms_by_the_old_name(log: &dyn Log) {
    let listener = Listener::of(log);
    log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted");
    let rooms = vec![room("tea"), room("garden")];
    log.rename(ADA, named("Ada"), rooms.clone()).await.expect("it is hers");
    log.rename(ADA, named("Adele"), rooms.clone()).await.expect("it is free");
    let end = appends(log, ADA, message("hi")).await;
    let heard = listener.hears(end).await;
    let told: Vec<_> = heard.iter().map(|entry| (&entry.room, entry.by.id, &*entry.by.name)).collect();
    let lobby = RoomName::lobby();
    assert_eq!(told, [(&rooms[0], ADA, "Ada"), (&rooms[1], ADA, "Ada"), (&lobby, ADA, "Adele")]);
    for entry in &heard[..2] {
        assert_eq!(entry.content, Content::Renamed { name: "Adele".into() });
    }
}

pub(in crate::log) async fn read_marker_only_grows_unless_it_is_put_back_and_is_not_beyond_the_log(
    log: &dyn Log,
) {
    let first = appends(log, ADA, message("one")).await;
    appends(log, BOB, message("two")).await;
    let last = appends(log, BOB, message("three")).await;
    let lobby = RoomName::lobby();
    let marks = async |who, seq| log.mark(who, &lobby, seq, false).await.expect("it moves");
    let puts_back = async |who, seq| log.mark(who, &lobby, seq, true).await.expect("it moves");
    // One who has spoken, and a visitor.
    for who in [ADA, UserId::new(7)] {
        log.greet(who, None).await.expect("they are greeted");
        assert_eq!(marks(who, first).await, first);
        assert_eq!(marks(who, last + 100).await, last);
        let kept = if log.keeps() { last } else { 0 };
        assert_eq!(marks(who, first).await, kept.max(first));
        let request = JoinRequest { room: lobby.clone(), who, cursor: None, until: last, max: 10 };
        assert_eq!(log.join(request.clone()).await.expect("they join").read, kept);
        if log.keeps() {
            assert_eq!(puts_back(who, first).await, first);
            let begins = log.join(request).await.expect("they join");
            assert_eq!(begins.read, first);
            assert_eq!(begins.unread, 2);
        }
    }
}

fn face(emoji: Option<&str>, hue: Option<u64>) -> Face {
    Face::new(emoji, hue).expect("a face")
}

pub(in crate::log) async fn newcomers_have_as_many_hues_as_there_are(log: &dyn Log) {
    let mut hues = Vec::new();
    for who in 1..=u64::from(HUES) {
        let who = UserId::new(who);
        let user = log.greet(who, None).await.expect("they are greeted");
        hues.extend(user.face.hue());
        // Some are visitors, and some have spoken.
        if who.get().is_multiple_of(3) {
            appends(log, who, message("hi")).await;
        }
        assert_eq!(log.greet(who, None).await.expect("they come back").face, user.face);
    }
    let first = hues.clone();
    hues.sort_unstable();
    assert_eq!(hues, (0..HUES).collect::<Vec<_>>(), "one each");
    let next = log.greet(UserId::new(99), None).await.expect("they are greeted");
    assert_eq!(next.face.hue(), Some(first[0]), "and begun anew");
    let guest = log.greet(UserId::GUEST, None).await.expect("they are greeted");
    assert_eq!(guest.face, Face::default());
}

pub(in crate::log) async fn face_is_shown_wherever_its_user_is(log: &dyn Log) {
    let listener = Listener::of(log);
    for (who, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        log.greet(who, Some(named(name))).await.expect("they are greeted");
    }
    let first = appends(log, ADA, message("before")).await;
    let fox = face(Some("🦊"), Some(5));
    assert_eq!(log.set_face(ADA, fox).await.expect("it is hers").face, fox);
    let seq = appends(log, ADA, message("after")).await;
    let heard = listener.hears(seq).await;
    assert_eq!(heard.len(), 2, "no entry tells of it");
    assert_eq!((heard[0].by.face.emoji(), heard[1].by.face), (None, fox));
    let renamed = log.rename(ADA, named("Adele"), Vec::new()).await.expect("it is free");
    assert_eq!(renamed.face, fox);
    if !log.keeps() {
        return;
    }
    appends(log, ADA, Content::Reacted { target: first, emoji: "👍".into(), on: true }).await;
    let reply = Content::from_parts(Parts { target: Some(first), ..message("me too").parts() });
    appends(log, ADA, reply).await;
    let page = log.history(&RoomName::lobby(), Anchor::Newest, 10, BOB).await.expect("a page");
    assert_eq!(page.messages[0].entry.by.face, fox, "over what was said before");
    assert_eq!(page.messages[0].reactions[0].by[0].face, fox);
    assert_eq!(page.messages[0].replies.as_ref().expect("a thread").by[0].face, fox);
    let found = log.history(&RoomName::lobby(), Anchor::Before(u64::MAX), 1, BOB).await.expect("a page");
    assert_eq!(found.messages[0].entry.by.face, fox);
}

pub(in crate::log) async fn face_is_what_was_chosen_until_another_is(log: &dyn Log) {
    let arrived = log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted").face;
    let hue = arrived.hue().map(u64::from);
    let sets = async |face| log.set_face(ADA, face).await.expect("it is hers").face;
    assert_eq!(sets(face(Some("🦊"), None)).await, face(Some("🦊"), hue), "the hue is as it was");
    assert_eq!(sets(face(None, Some(7))).await, face(None, Some(7)), "the letter again");
    let again = log.greet(ADA, None).await.expect("she is greeted");
    assert_eq!((&*again.name, again.face), ("Ada", face(None, Some(7))));
    // Whoever comes now gets a hue that nobody has.
    let bob = log.greet(BOB, None).await.expect("he is greeted");
    assert_eq!(bob.face.hue(), arrived.hue(), "hers is free");
    assert_eq!(sets(Face::default()).await, arrived);
    refused(log.set_face(UserId::GUEST, face(Some("🦊"), None)).await, "not_yours");
}
