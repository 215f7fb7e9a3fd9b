//! The promises of mentions.

use super::*;

/// A text that mentions people, who are named in it or not.
fn mentioning(text: &str, whom: &[(&str, UserId)]) -> Content {
    let mentions = whom.iter().copied().collect();
    Content::Message { text: text.into(), cid: None, reply_to: None, mentions }
}

/// Whom an entry mentions that is heard, and after it whom it mentions in a page of history.
async fn mentioned(log: &dyn Log, listener: &Listener, seq: u64) -> Mentions {
    let heard = listener.hears(seq).await;
    let entry = heard.iter().find(|entry| entry.seq == seq).expect("it was heard");
    if log.keeps() && entry.said().is_some() {
        let page = log.history(&entry.room, Anchor::Around(seq), 1, BOB).await.expect("a page");
        assert_eq!(page.messages[0].entry.content.mentions(), entry.content.mentions());
        let replay = log.replay(&entry.room, seq - 1, seq).await.expect("a replay");
        assert_eq!(replay.records[0].entry().content.mentions(), entry.content.mentions());
    }
    entry.content.mentions().clone()
}

/// Ada and Bob, who have not spoken.
async fn greets_both(log: &dyn Log) -> Arc<Listener> {
    for (who, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        log.greet(who, Some(named(name))).await.expect("they are greeted");
    }
    Listener::of(log)
}

fn whom(pairs: &[(&str, UserId)]) -> Mentions {
    pairs.iter().copied().collect()
}

pub(in crate::log) async fn mention_is_of_a_person(log: &dyn Log) {
    let listener = greets_both(log).await;
    let pairs = [("Bob", BOB), ("ada", ADA)];
    let seq = appends(log, ADA, mentioning("@Bob, tea? @ada is there", &pairs)).await;
    assert_eq!(mentioned(log, &listener, seq).await, whom(&pairs), "visitors, and the author");
    appends(log, BOB, message("yes")).await;
    let seq = appends(log, ADA, mentioning("(@Bob)", &[("Bob", BOB)])).await;
    assert_eq!(mentioned(log, &listener, seq).await, whom(&[("Bob", BOB)]), "one who has spoken");
    let seq = appends(log, ADA, message("@Bob")).await;
    assert_eq!(mentioned(log, &listener, seq).await, whom(&[]), "letters");
}

pub(in crate::log) async fn mention_of_nobody_is_left_out(log: &dyn Log) {
    let listener = greets_both(log).await;
    for (text, pair, why) in [
        ("@Bob", ("Bob", ADA), "another's name"),
        ("@Bob", ("Bob", UserId::new(77)), "somebody who is not known"),
        ("Bob", ("Bob", BOB), "the name is not in the text"),
        ("@bob", ("Bob", BOB), "nor in these letters"),
        ("@Eve", ("Eve", BOB), "he is not called so"),
        ("@guest", ("guest", UserId::GUEST), "guests are many"),
        ("@", ("", BOB), "no name"),
    ] {
        let seq = appends(log, ADA, mentioning(text, &[pair, ("Ada", ADA)])).await;
        assert_eq!(mentioned(log, &listener, seq).await, whom(&[]), "{why}");
    }
    let seq = appends(log, ADA, mentioning("@Bob @Eve", &[("Bob", BOB), ("Eve", BOB)])).await;
    assert_eq!(mentioned(log, &listener, seq).await, whom(&[("Bob", BOB)]), "only what is wrong");
}

pub(in crate::log) async fn mention_survives_a_rename(log: &dyn Log) {
    let listener = greets_both(log).await;
    let before = appends(log, ADA, mentioning("@Bob", &[("Bob", BOB)])).await;
    log.rename(BOB, named("Robert"), Vec::new()).await.expect("it is free");
    log.rename(ADA, named("Bob"), Vec::new()).await.expect("he gave it up");
    assert_eq!(mentioned(log, &listener, before).await, whom(&[("Bob", BOB)]), "nobody else");
    let late = appends(log, ADA, mentioning("@Bob", &[("Bob", BOB)])).await;
    assert_eq!(mentioned(log, &listener, late).await, whom(&[]), "it is another's by now");
    let after = appends(log, ADA, mentioning("@Robert @Bob", &[("Robert", BOB), ("Bob", ADA)])).await;
    assert_eq!(mentioned(log, &listener, after).await, whom(&[("Bob", ADA), ("Robert", BOB)]));
}

pub(in crate::log) async fn edit_replaces_mentions(log: &dyn Log) {
    let listener = greets_both(log).await;
    let target = appends(log, ADA, mentioning("@Bob, tea?", &[("Bob", BOB)])).await;
    let edit = |text: &str, pairs: &[(&str, UserId)]| Content::Edited {
        target,
        text: text.into(),
        mentions: whom(pairs),
    };
    if !log.keeps() {
        return refused(append(log, ADA, edit("tea?", &[])).await, "no_history");
    }
    for (text, pairs, kept) in [
        ("@Ada, tea?", &[("Ada", ADA), ("Bob", BOB)][..], &[("Ada", ADA)][..]),
        ("@Bob, coffee?", &[("Bob", BOB)], &[("Bob", BOB)]),
        ("@Bob, tea?", &[], &[]),
    ] {
        let seq = appends(log, ADA, edit(text, pairs)).await;
        assert_eq!(mentioned(log, &listener, seq).await, whom(kept), "{text}");
        let page = log.history(&RoomName::lobby(), Anchor::Around(target), 1, BOB).await.expect("a page");
        assert_eq!(*page.messages[0].entry.content.mentions(), whom(kept), "{text}");
        // A client that missed the edit gets the edit, and the message in its present state.
        let replay = log.replay(&RoomName::lobby(), 0, seq).await.expect("a replay").records;
        let replayed: Vec<_> = replay.iter().map(|record| record.entry().content.mentions()).collect();
        assert_eq!(replayed, [&whom(kept), &whom(kept)], "{text}");
    }
}

pub(in crate::log) async fn deleted_message_mentions_nobody(log: &dyn Log) {
    let listener = greets_both(log).await;
    let target = appends(log, ADA, mentioning("@Bob, tea?", &[("Bob", BOB)])).await;
    assert!(mentioned(log, &listener, target).await.has(BOB), "until then");
    if !log.keeps() {
        return;
    }
    let seq = appends(log, ADA, Content::Deleted { target }).await;
    let page = log.history(&RoomName::lobby(), Anchor::Around(target), 1, BOB).await.expect("a page");
    assert!(page.messages[0].deleted && page.messages[0].entry.content.mentions().is_empty());
    let replay = log.replay(&RoomName::lobby(), 0, seq).await.expect("a replay").records;
    assert!(replay.iter().all(|record| record.entry().content.mentions().is_empty()));
}
