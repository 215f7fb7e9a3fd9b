//! The promises of `Entries`, `People`, `SearchIndex` and `Governance`, each as a test that every log runs: `conformance!` makes them
//! for one. Asks through the traits alone.

mod changes;
mod cursors;
mod devices;
mod kept;
mod mentions;
mod outdated;
mod people;
mod rights;
mod rooms;
mod threads;

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Content, Draft, Entry, Mentions, Parts, Record};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::{HUES, WRITE_WAIT};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::{Deliver, JoinRequest, JoinState, Log, Search};

/// Makes the tests of the log that an expression opens, which is a pointer to one.
macro_rules! conformance {
    ($open:expr) => {
        crate::log::conformance::conformance! { $open;
            numbers_grow_over_all_rooms
            listener_hears_each_entry_once_in_order
            listener_hears_what_is_delivered_after_it_was_named
            delivered_entry_can_be_read
            message_with_a_known_cid_is_not_said_again
            entry_that_changes_nothing_is_not_appended
            message_is_changed_by_its_author_alone
            deleted_message_is_gone
            edit_of_what_was_edited_since_is_outdated
            reaction_that_was_given_since_is_not_taken_back
            reply_needs_a_message_of_its_room
            reactions_name_their_people
            mention_is_of_a_person
            mention_of_nobody_is_left_out
            mention_survives_a_rename
            edit_replaces_mentions
            deleted_message_mentions_nobody
            reply_to_a_reply_belongs_to_the_root
            thread_counts_its_replies_without_those_that_are_gone
            thread_is_read_in_pages_without_holes
            room_is_whoevers_first_entry_made_it
            what_changes_nothing_of_a_room_is_not_appended
            join_tells_what_the_room_is_set_to
            directory_has_listed_rooms_alone_as_they_are_now
            directory_has_every_room_on_one_page_while_others_come_and_go
            directory_finds_rooms_by_name_title_and_topic
            client_that_missed_nothing_resumes
            client_resumes_with_all_that_it_missed
            client_is_reset_where_its_cursor_does_not_join_on
            client_is_reset_where_its_number_is_another_entrys
            client_is_reset_where_it_knows_more_than_the_log
            join_reads_up_to_its_number
            name_is_one_users
            user_keeps_their_name
            guests_share_one_name
            device_is_its_users_until_it_is_ended
            device_that_comes_by_a_link_is_heard_of_until_that_was_told
            private_link_is_good_until_another_is_made_or_it_is_ended
            visitors_devices_are_theirs_once_they_speak
            rename_tells_its_rooms_by_the_old_name
            newcomers_have_as_many_hues_as_there_are
            face_is_shown_wherever_its_user_is
            face_is_what_was_chosen_until_another_is
            read_marker_only_grows_unless_it_is_put_back_and_is_not_beyond_the_log
            list_of_rooms_is_its_users_and_bounded
            list_of_rooms_counts_what_is_unread
            search_finds_messages_as_they_are
            measure_is_judged_by_the_roles_before_it
            whoever_may_not_write_appends_nothing_and_has_their_name
            moderator_deletes_what_those_below_have_said
            password_makes_members_while_the_door_is_by_it
            invitation_gives_its_role_as_often_as_it_says
            everybody_is_told_of_a_measure_before_it_is_answered
            private_room_is_its_peoples_alone
            moderators_room_is_of_those_who_are_moderators_now
            ban_of_addresses_is_told_and_ends
            room_is_written_in_by_its_rules
            room_in_slow_mode_takes_one_message_of_each
            deleted_room_is_entered_by_nobody
        }
    };
    ($open:expr; $($promise:ident)*) => {
        $(#[tokio::test]
        async fn $promise() {
            let log = $open;
            crate::log::conformance::$promise(&*log).await;
        })*
    };
}

pub(super) use changes::*;
pub(super) use conformance;
pub(super) use cursors::*;
pub(super) use devices::*;
pub(super) use kept::*;
pub(super) use mentions::*;
pub(super) use outdated::*;
pub(super) use people::*;
pub(super) use rights::*;
pub(super) use rooms::*;
pub(super) use threads::*;

const ADA: UserId = UserId::new(0x1234_5678_9abc_def1);
const BOB: UserId = UserId::new(0x1234_5678_9abc_def2);

/// A listener that keeps what it hears.
#[derive(Debug, Default)]
struct Listener {
    heard: Mutex<Vec<Entry>>,
    grown: Notify,
}

impl Deliver for Listener {
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>) {
        self.heard.lock().extend(entries);
        self.grown.notify_waiters();
    }
}

impl Listener {
    fn of(log: &dyn Log) -> Arc<Self> {
        let listener = Arc::new(Self::default());
        log.deliver_to(Arc::clone(&listener) as Arc<dyn Deliver>);
        listener
    }

    /// All that was heard up to an entry.
    async fn hears(&self, seq: u64) -> Vec<Entry> {
        let heard = async {
            loop {
                let grown = self.grown.notified();
                let heard = self.heard.lock().clone();
                if heard.last().is_some_and(|last| last.seq >= seq) {
                    return heard;
                }
                grown.await;
            }
        };
        timeout(WRITE_WAIT, heard).await.expect("it is delivered")
    }
}

fn room(name: &str) -> RoomName {
    RoomName::parse(name).expect("a room's name")
}

fn named(name: &str) -> Name {
    Name::parse(name).expect("a name")
}

fn message(text: &str) -> Content {
    Content::message(text)
}

fn with_cid(cid: &str) -> Content {
    let mentions = Mentions::default();
    Content::Message { text: "hi".into(), cid: Some(cid.into()), reply_to: None, mentions }
}

fn reply(reply_to: u64) -> Content {
    let mentions = Mentions::default();
    Content::Message { text: "yes".into(), cid: None, reply_to: Some(reply_to), mentions }
}

fn reaction(target: u64, on: bool) -> Content {
    Content::Reacted { target, emoji: "👍".into(), on }
}

/// Appends an entry in the lobby; gives its number, or that of its first receipt.
async fn append(log: &dyn Log, by: UserId, content: Content) -> Result<u64, Error> {
    log.append(Draft::new(&RoomName::lobby(), by, content)).await.map(|appended| appended.seq)
}

async fn appends(log: &dyn Log, by: UserId, content: Content) -> u64 {
    append(log, by, content).await.expect("it is appended")
}

#[track_caller]
fn refused<T>(answer: Result<T, Error>, code: &str) {
    match answer {
        Ok(_) => panic!("it is not refused with {code}"),
        Err(error) => assert_eq!(error.code().as_str(), code, "{error}"),
    }
}

/// What a log answers that need not keep entries: `code`, or `no_history` from one that keeps none.
#[track_caller]
fn refused_by<T>(log: &dyn Log, answer: Result<T, Error>, code: &str) {
    refused(answer, if log.keeps() { code } else { "no_history" });
}

fn seqs(records: &[Record]) -> Vec<u64> {
    records.iter().map(Record::seq).collect()
}

/// Ada joins the lobby, where `until` was delivered, with a cursor.
async fn joins(log: &dyn Log, cursor: Cursor, until: u64, max: usize) -> JoinState {
    let request = JoinRequest { room: RoomName::lobby(), who: ADA, cursor: Some(cursor), until, max };
    log.join(request).await.expect("she joins")
}

pub(super) async fn numbers_grow_over_all_rooms(log: &dyn Log) {
    let mut last = log.deliver_to(Arc::new(Listener::default()));
    for n in 0..20 {
        let draft = Draft::new(&room(["tea", "lobby", "garden"][n % 3]), ADA, message("hi"));
        let seq = log.append(draft).await.expect("it is appended").seq;
        assert!(seq > last, "{seq} after {last}");
        last = seq;
    }
}

pub(super) async fn listener_hears_each_entry_once_in_order(log: &dyn Log) {
    let (one, other) = (Listener::of(log), Listener::of(log));
    let receipts: Vec<_> =
        (0..50).map(|n| log.append(Draft::message(&room(["tea", "lobby"][n % 2]), &n.to_string()))).collect();
    let mut appended = Vec::new();
    for (n, receipt) in receipts.into_iter().enumerate() {
        appended.push((receipt.await.expect("it is appended").seq, n.to_string()));
    }
    let last = appended.last().expect("some").0;
    for listener in [one, other] {
        let heard = listener.hears(last).await;
        let heard: Vec<_> = heard.iter().map(|entry| (entry.seq, entry.text().to_owned())).collect();
        assert_eq!(heard, appended);
    }
}

pub(super) async fn listener_hears_what_is_delivered_after_it_was_named(log: &dyn Log) {
    let early = Listener::of(log);
    let first = appends(log, ADA, message("before")).await;
    early.hears(first).await; // A receipt may come before the delivery.
    let late = Arc::new(Listener::default());
    let before = log.deliver_to(Arc::clone(&late) as Arc<dyn Deliver>);
    assert_eq!(before, first, "the last entry that it is not delivered");
    let second = appends(log, ADA, message("after")).await;
    let heard = late.hears(second).await;
    assert_eq!(heard.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [second]);
}

pub(super) async fn delivered_entry_can_be_read(log: &dyn Log) {
    let listener = Listener::of(log);
    let lobby = RoomName::lobby();
    for n in 0..20 {
        let seq = appends(log, ADA, message(&n.to_string())).await;
        let heard = listener.hears(seq).await;
        let replay = log.replay(&lobby, 0, seq).await;
        let page = log.history(&lobby, Anchor::Before(seq + 1), 100, ADA).await.expect("a page").messages;
        if log.keeps() {
            let replayed: Vec<Entry> =
                replay.expect("a replay").records.iter().map(|record| record.entry().clone()).collect();
            assert_eq!(replayed, heard);
            assert_eq!(page.into_iter().map(|present| present.entry).collect::<Vec<_>>(), heard);
        } else {
            refused(replay, "no_history");
            assert!(page.is_empty());
        }
    }
}

pub(super) async fn message_with_a_known_cid_is_not_said_again(log: &dyn Log) {
    let listener = Listener::of(log);
    let first = appends(log, ADA, with_cid("c-1")).await;
    assert_eq!(appends(log, ADA, with_cid("c-1")).await, first, "the first receipt");
    let bobs = appends(log, BOB, with_cid("c-1")).await;
    let elsewhere = log.append(Draft::new(&room("tea"), ADA, with_cid("c-1"))).await.expect("it is said").seq;
    assert_eq!(appends(log, ADA, with_cid("c-1")).await, first, "still");
    let next = appends(log, ADA, with_cid("c-2")).await;
    let heard = listener.hears(next).await;
    assert_eq!(
        heard.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        [first, bobs, elsewhere, next],
        "a cid is its author's, in one room"
    );
}

pub(super) async fn client_that_missed_nothing_resumes(log: &dyn Log) {
    let seq = appends(log, ADA, message("hi")).await;
    let state = joins(log, Cursor::new(log.epoch(), seq), seq, 10).await;
    assert!(!state.reset && state.records.is_empty() && state.more.is_none(), "{state:?}");
}

pub(super) async fn client_resumes_with_all_that_it_missed(log: &dyn Log) {
    let first = appends(log, ADA, message("one")).await;
    let mut missed = vec![appends(log, ADA, message("two")).await];
    log.append(Draft::message(&room("tea"), "elsewhere")).await.expect("it is said");
    missed.push(appends(log, BOB, Content::Topic { text: "tea".into() }).await);
    missed.push(appends(log, BOB, message("three")).await);
    let state = joins(log, Cursor::new(log.epoch(), first), missed[2], 3).await;
    assert_eq!((&*state.topic, state.reset), ("tea", !log.keeps()));
    assert_eq!(seqs(&state.records), if log.keeps() { missed } else { Vec::new() });
}

pub(super) async fn client_is_reset_where_its_cursor_does_not_join_on(log: &dyn Log) {
    let first = appends(log, ADA, message("one")).await;
    appends(log, ADA, message("two")).await;
    let last = appends(log, ADA, message("three")).await;
    let epoch = log.epoch();
    for (state, why) in [
        (joins(log, Cursor::new("another", last), last, 10).await, "another epoch"),
        (joins(log, Cursor::new(epoch, last + 1), last, 10).await, "beyond what was delivered"),
        (joins(log, Cursor::new(epoch, first), last, 1).await, "more than a resume may have"),
    ] {
        assert!(state.reset, "{why}");
        assert_eq!(state.records.len(), if log.keeps() { 3 } else { 0 }, "{why}: the latest messages");
    }
    let mut request = JoinRequest { room: RoomName::lobby(), who: ADA, cursor: None, until: last, max: 10 };
    assert!(log.join(request.clone()).await.expect("she joins").reset, "a first visit");
    request.room = room("nowhere");
    assert!(log.join(request).await.expect("she joins").reset, "and where nothing was said");
}

pub(super) async fn join_reads_up_to_its_number(log: &dyn Log) {
    let first = appends(log, ADA, message("one")).await;
    let second = appends(log, ADA, message("two")).await;
    appends(log, ADA, message("three")).await;
    if log.keeps() {
        let resumed = joins(log, Cursor::new(log.epoch(), first), second, 10).await;
        assert_eq!(seqs(&resumed.records), [second], "the rest is delivered");
        let reset = joins(log, Cursor::new("another", 1), second, 10).await;
        assert_eq!(seqs(&reset.records), [first, second]);
        let replay = log.replay(&RoomName::lobby(), first, second).await.expect("a replay");
        assert_eq!((seqs(&replay.records), replay.broken), (vec![second], false));
    }
}

pub(super) async fn search_finds_messages_as_they_are(log: &dyn Log) {
    let first = appends(log, ADA, message("apple pie")).await;
    let deleted = appends(log, ADA, message("apple juice")).await;
    let edited = appends(log, ADA, message("pear cake")).await;
    log.append(Draft::new(&room("tea"), ADA, message("apple tea"))).await.expect("it is said");
    let search = |query: &str| {
        let rooms = vec![RoomName::lobby()];
        log.search(Search { rooms, query: query.into(), before: None, limit: 10, who: ADA })
    };
    if !log.keeps() {
        return refused(search("apple").await, "no_history");
    }
    appends(log, ADA, Content::Deleted { target: deleted }).await;
    appends(log, ADA, Content::edit(edited, "apple cake")).await;
    // The index may be a little behind when much else is done.
    let finds = async |query: &str, expected: &[u64]| {
        let mut found = Vec::new();
        for _ in 0..20 {
            let page = search(query).await.expect("a page");
            found = page.messages.into_iter().map(|present| present.entry.seq).collect();
            if found == expected {
                return;
            }
        }
        panic!("'{query}' finds {found:?}, not {expected:?}");
    };
    finds("apple", &[edited, first]).await; // The newest is the first.
    finds("pear", &[]).await;
    refused(search("").await, "bad_query");
    refused(search("in:tea apple").await, "bad_query");
}
