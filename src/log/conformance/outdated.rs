//! The promises about changes of what was changed since their author saw it.

use super::*;

/// Appends an entry in the lobby by somebody who knew the room up to a number.
async fn append_knowing(log: &dyn Log, base: u64, by: UserId, content: Content) -> Result<u64, Error> {
    let draft = Draft::new(&RoomName::lobby(), by, content).based_on(Some(base));
    log.append(draft).await.map(|appended| appended.seq)
}

async fn text_of(log: &dyn Log, message: u64) -> Box<str> {
    let page = log.history(&RoomName::lobby(), Anchor::Around(message), 1, ADA).await.expect("a page");
    page.messages[0].entry.text().into()
}

pub(in crate::log) async fn edit_of_what_was_edited_since_is_outdated(log: &dyn Log) {
    let target = appends(log, ADA, message("one")).await;
    let edit = |text: &str| Content::edit(target, text);
    if !log.keeps() {
        return refused(append_knowing(log, target, ADA, edit("two")).await, "no_history");
    }
    let reacted = appends(log, BOB, reaction(target, true)).await;
    let first = append_knowing(log, target, ADA, edit("two")).await.expect("only a reaction came between");
    assert!(first > reacted);
    refused(append_knowing(log, reacted, ADA, edit("three")).await, "outdated");
    assert_eq!(&*text_of(log, target).await, "two", "nothing was changed");
    let again = append_knowing(log, target, ADA, edit("two")).await;
    assert_eq!(again.expect("it is sent again"), first, "the first receipt");
    let second = append_knowing(log, first, ADA, edit("three")).await.expect("it knows the edit");
    refused(append_knowing(log, target, ADA, edit("two")).await, "outdated");
    let unasked = appends(log, ADA, edit("four")).await;
    assert!(unasked > second, "whoever does not say what they knew is not asked");
    assert_eq!(&*text_of(log, target).await, "four");
    refused(append_knowing(log, unasked, BOB, edit("five")).await, "not_yours");
    appends(log, ADA, Content::Deleted { target }).await;
    refused(append_knowing(log, target, ADA, edit("five")).await, "gone");
}

pub(in crate::log) async fn reaction_that_was_given_since_is_not_taken_back(log: &dyn Log) {
    let target = appends(log, ADA, message("one")).await;
    if !log.keeps() {
        return refused(append_knowing(log, target, BOB, reaction(target, true)).await, "no_history");
    }
    let given = append_knowing(log, target, BOB, reaction(target, true)).await.expect("it is given");
    let again = append_knowing(log, target, BOB, reaction(target, true)).await;
    assert_eq!(again.expect("it is there"), given);
    refused(append_knowing(log, target, BOB, reaction(target, false)).await, "outdated");
    append_knowing(log, target, ADA, reaction(target, false)).await.expect("she gave none");
    appends(log, ADA, reaction(target, true)).await;
    append_knowing(log, given, BOB, reaction(target, false)).await.expect("he knows of it");
    append_knowing(log, given, BOB, reaction(target, false)).await.expect("it is sent again");
}
