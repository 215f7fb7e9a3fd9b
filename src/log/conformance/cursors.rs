//! The promises about cursors that numbers alone would not tell apart.

use super::*;

pub(in crate::log) async fn client_is_reset_where_its_number_is_another_entrys(log: &dyn Log) {
    let listener = Listener::of(log);
    let first = appends(log, ADA, message("one")).await;
    let heard = listener.hears(first).await[0].at;
    let cursor = |seq, at| Cursor { at: Some(at), ..Cursor::new(log.epoch(), seq) };
    let state = joins(log, cursor(first, heard), first, 10).await;
    assert!(!state.reset, "it is the entry that she heard");
    if !log.keeps() {
        return;
    }
    assert_eq!(state.at, Some(heard), "and she is told when it was made");
    assert!(joins(log, cursor(first, heard + 1), first, 10).await.reset, "it was made at another time");
    let edit = appends(log, ADA, Content::edit(first, "two")).await;
    let last = appends(log, ADA, Content::edit(first, "three")).await;
    let state = joins(log, cursor(edit, 1), last, 10).await;
    assert!(!state.reset, "an edit that is not kept any more is not known to be another");
    assert_eq!(seqs(&state.records), [last]);
    for (cursor, is_broken) in [(cursor(first, heard), false), (cursor(first, heard + 1), true)] {
        assert_eq!(log.replay_all(&cursor, last).await.expect("a replay").broken, is_broken);
    }
}

pub(in crate::log) async fn client_is_reset_where_it_knows_more_than_the_log(log: &dyn Log) {
    let first = appends(log, ADA, message("one")).await;
    let elsewhere = log.append(Draft::new(&room("tea"), ADA, message("two"))).await.expect("it is said").seq;
    for (known, is_reset) in [(first, false), (elsewhere, false), (elsewhere + 1, true)] {
        let cursor = Cursor { known: Some(known), ..Cursor::new(log.epoch(), first) };
        assert_eq!(joins(log, cursor, first, 10).await.reset, is_reset, "{known} of {elsewhere}");
    }
}
