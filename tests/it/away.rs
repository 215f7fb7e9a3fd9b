//! Who was away, and comes back.

use crate::kept::{Kept, Settings};
use crate::person::Person;

fn settings() -> Settings {
    Settings { is_program: false, nats: None, tail_messages: 16, resume_entries: 1_000, keep_messages: None }
}

#[tokio::test]
async fn replay_shows_edits_deletions_and_reactions_of_the_meantime() {
    let chat = Kept::open(settings()).await;
    let mut ada = Person::joins(chat.addr(0), "Ada", "lobby").await;
    let mut bob = Person::joins(chat.addr(0), "Bob", "lobby").await;
    let mut seqs = Vec::new();
    for text in ["typo", "mistake", "fine"] {
        ada.says(text).await;
        seqs.push(bob.hears_message(text).await["seq"].as_u64().unwrap());
    }
    bob.drops();
    ada.edits(seqs[0], "type").await;
    ada.deletes(seqs[1]).await;
    ada.reacts(seqs[2], "🎉", true).await;
    for kind in ["edited", "deleted", "reacted"] {
        ada.expects(kind).await;
    }
    bob.comes_back().await;
    let (view, hers) = (&bob.rooms["lobby"], &ada.rooms["lobby"]);
    assert_eq!((view.resets, view.resumes), (1, 1), "the first load, and a resume");
    assert_eq!(view.messages, hers.messages);
    let texts: Vec<_> = view.messages.values().map(|shown| shown.text.as_deref()).collect();
    assert_eq!(texts, [Some("type"), None, Some("fine")]);
    assert_eq!(view.messages[&seqs[2]].reactions["🎉"], 1);
}

#[tokio::test]
async fn slow_client_that_was_closed_comes_back_and_has_missed_nothing() {
    let chat = Kept::open(settings()).await;
    let mut ada = Person::joins(chat.addr(0), "Ada", "lobby").await;
    let mut sloth = Person::new(chat.addr(0), "Sloth", &["lobby"]);
    sloth.is_narrow = true;
    sloth.comes_back().await;
    for turn in 0..300 {
        ada.says(&format!("{turn} {}", "x".repeat(3_000))).await;
    }
    ada.until("all that she said", |me| me.rooms["lobby"].messages.len() == 300).await;
    sloth.until("the cut", |me| !me.is_connected()).await;
    assert_eq!(sloth.closes, [4008]);
    let had = sloth.rooms["lobby"].messages.len();
    assert!((1..300).contains(&had), "{had} came before the close");
    sloth.comes_back().await;
    let view = &sloth.rooms["lobby"];
    assert_eq!((view.resets, view.resumes), (1, 1), "the first load, and a resume");
    assert!(view.messages == ada.rooms["lobby"].messages, "{} of 300 are there", view.messages.len());
}
