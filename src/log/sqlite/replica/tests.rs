//! The same records come to the same chat: in whatever envelopes they come, however many are applied in one transaction, whatever
//! maintenance does between them, and wherever a crash ends it.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use rusqlite::types::Value;

use super::*;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, LinkHash, Proof};
use crate::base::entry::{Content, Draft, Mentions};
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Invitation, InvitationId, Measure, Role};
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::envelope::{Header, Pack};
use crate::ledger::follower::Heard;
use crate::ledger::record::{Append, Mark, NameClaim, Newcomer};
use crate::log::sqlite::follow::Budget;
use crate::log::sqlite::migrate;
use crate::log::sqlite::row::DAY_MS;

const NAMES: [&str; 5] = ["Ada", "ada", "Bob", "B0b", "Cyd"];
const ROOMS: [&str; 4] = ["lobby", "tea", "garden", "__pabcdefghijklmnopqrst"];
const PRIVATE: usize = 3;
const TEXTS: [&str; 4] = ["hi", "@Ada and @Bob", "", "Grüße"];
const EMOJI: [&str; 2] = ["👍", "❤"];
const RUN: RunId = RunId(7);

/// A wish of somebody. Entries are counted; of none yet, the number is one that no entry has.
#[derive(Debug, Clone)]
enum Wish {
    Say { text: &'static str, cid: Option<u8>, reply_to: Option<Index> },
    Edit { target: Index, text: &'static str, base: Option<Index> },
    Delete { target: Index, is_moderation: bool },
    React { target: Index, emoji: &'static str, on: bool, base: Option<Index> },
    Topic(&'static str),
    Room { title: &'static str, listed: bool },
    Rules(&'static str),
    Greet { name: &'static str, hue: u8 },
    Rename(&'static str),
    Face(Option<u8>),
    Devices(DeviceChange),
    Mark { seq: Index, is_back: bool },
    Keep(Option<Keeping>),
    Govern(Measure),
    See,
    Forget(Index),
    ForgetPeople,
    ForgetRooms,
    KeepNames(u64),
}

fn wish() -> impl Strategy<Value = Wish> {
    let index = any::<Index>;
    let text = || select(&TEXTS[..]);
    let device = || (1..3u64).prop_map(DeviceId::new);
    let proof =
        prop_oneof![Just(Proof::Token), Just(Proof::Link), Just(Proof::PrivateLink(LinkHash([1; 32])))];
    prop_oneof![
        8 => (text(), proptest::option::of(0..3u8), proptest::option::of(index()))
            .prop_map(|(text, cid, reply_to)| Wish::Say { text, cid, reply_to }),
        3 => (index(), text(), proptest::option::of(index()))
            .prop_map(|(target, text, base)| Wish::Edit { target, text, base }),
        2 => (index(), any::<bool>()).prop_map(|(target, is_moderation)| Wish::Delete { target, is_moderation }),
        4 => (index(), select(&EMOJI[..]), any::<bool>(), proptest::option::of(index()))
            .prop_map(|(target, emoji, on, base)| Wish::React { target, emoji, on, base }),
        1 => text().prop_map(Wish::Topic),
        1 => (text(), any::<bool>()).prop_map(|(title, listed)| Wish::Room { title, listed }),
        4 => select(&RULES_OF_ROOMS[..]).prop_map(Wish::Rules),
        1 => Just(Wish::Rules("deleted")),
        3 => (select(&NAMES[..]), 0..8u8).prop_map(|(name, hue)| Wish::Greet { name, hue }),
        2 => select(&NAMES[..]).prop_map(Wish::Rename),
        1 => proptest::option::of(0..8u8).prop_map(Wish::Face),
        2 => proof.prop_map(|proof| Wish::Devices(DeviceChange::Hello { name: Some("Firefox".into()), proof })),
        1 => device().prop_map(|id| Wish::Devices(DeviceChange::End(id))),
        1 => Just(Wish::Devices(DeviceChange::PrivateLink(Some(LinkHash([1; 32]))))),
        2 => (index(), any::<bool>()).prop_map(|(seq, is_back)| Wish::Mark { seq, is_back }),
        1 => proptest::option::of((any::<bool>(), any::<bool>()))
            .prop_map(|keeping| Wish::Keep(keeping.map(|(favourite, muted)| Keeping::new(favourite, muted)))),
        3 => measure().prop_map(Wish::Govern),
        1 => Just(Wish::See),
        2 => index().prop_map(Wish::Forget),
        1 => Just(Wish::ForgetPeople),
        1 => Just(Wish::ForgetRooms),
        1 => select(vec![0, DAY_MS, 90 * DAY_MS]).prop_map(Wish::KeepNames),
    ]
}

/// Few are without slow mode, whose turns depend on the time.
const RULES_OF_ROOMS: [&str; 5] =
    ["everyone", "everyone slow=60", "members slow=21600", "moderators", "everyone archived"];

/// A measure about one of the people; the first of them may be the operator.
fn measure() -> impl Strategy<Value = Measure> {
    let whom = || (1..5u64).prop_map(UserId::new);
    let role = || select(Role::ALL);
    let until = || select(vec![None, Some(DAY_MS + 60_000), Some(u64::MAX >> 12)]);
    let hash = || (0..3u8).prop_map(|byte| LinkHash([byte; 32]));
    let password =
        || (0..2u8).prop_map(|byte| PasswordHash::from_bytes(&[byte; 48]).expect("a salt and a hash"));
    prop_oneof![
        3 => (whom(), role()).prop_map(|(whom, role)| Measure::Role { whom, role }),
        1 => (whom(), until()).prop_map(|(whom, until)| Measure::Mute { whom, until, reason: "loud".into() }),
        1 => (whom(), until()).prop_map(|(whom, until)| Measure::Ban { whom, until, reason: "".into() }),
        1 => until().prop_map(|until| Measure::BanAddresses {
            range: "203.0.113.0/24".parse().expect("a network"),
            until,
            reason: "bots".into(),
        }),
        1 => select(vec![Door::Write, Door::Write, Door::Read, Door::Password]).prop_map(Measure::Door),
        1 => password().prop_map(Measure::Password),
        2 => password().prop_map(Measure::GivePassword),
        2 => (hash(), role(), until(), proptest::option::of(1..3u32)).prop_map(|(hash, role, until, uses)| {
            Measure::Invite(Invitation { hash, role, room: None, uses, until })
        }),
        2 => hash().prop_map(Measure::Redeem),
        3 => proptest::collection::vec(whom(), 1..3)
            .prop_map(|people| Measure::Gather { room: room(PRIVATE), people }),
        1 => whom().prop_map(|whom| Measure::Part { room: room(PRIVATE), whom }),
        1 => hash().prop_map(|hash| Measure::EndInvitation(InvitationId::of(&hash))),
    ]
}

/// A wish, with the person and the room that it is of, and the time since the one before.
#[derive(Debug, Clone)]
struct Step {
    wish: Wish,
    who: u64,
    room: usize,
    by: u64,
    later: u64,
}

fn step() -> impl Strategy<Value = Step> {
    let later = select(vec![0, 0, 0, 1, 60_000, 2 * DAY_MS]);
    (wish(), 1..5u64, select(vec![0, 0, 0, 1, 1, 2, 2, PRIVATE]), 1..3u64, later)
        .prop_map(|(wish, who, room, by, later)| Step { wish, who, room, by, later })
}

/// The way in which records are applied.
#[derive(Debug, Clone)]
struct Way {
    /// Records of an envelope, at most.
    packed: usize,
    /// Envelopes of a transaction.
    committed: usize,
    /// After so many transactions the next is lost, and all that is only in memory.
    crash: usize,
    /// After so many transactions the search index follows.
    follow: usize,
}

fn way() -> impl Strategy<Value = Way> {
    (1..20usize, 1..8usize, 1..6usize, 1..6usize).prop_map(|(packed, committed, crash, follow)| Way {
        packed,
        committed,
        crash,
        follow,
    })
}

fn room(index: usize) -> RoomName {
    RoomName::parse(ROOMS[index]).expect("a name")
}

fn claim(name: &str) -> NameClaim {
    NameClaim::of(&Name::parse(name).expect("a name"))
}

/// The record of a step, where the entries until now have these numbers.
fn record(step: &Step, entries: &[u64]) -> Record {
    let (who, room) = (UserId::new(step.who), room(step.room));
    let entry = |index: Index| if entries.is_empty() { 1 << 40 } else { entries[index.index(entries.len())] };
    let guest = claim(&format!("Somebody {}", step.who));
    let newcomer = || Newcomer { names: vec![guest.clone()], hue: 1, ..Newcomer::default() };
    let append_knowing = |base: Option<Index>, content| {
        let draft = Draft::new(&room, who, content).based_on(base.map(entry));
        let append = Append::new(draft, |_, who| who.get() == 2);
        Record::Append(Box::new(Append { newcomer: Some(newcomer()), ..append }))
    };
    let append = |content| append_knowing(None, content);
    let mentions: Mentions = [("Ada", UserId::new(1)), ("Bob", UserId::new(2))].into_iter().collect();
    match &step.wish {
        Wish::Say { text, cid, reply_to } => append(Content::Message {
            text: (*text).into(),
            cid: cid.map(|cid| cid.to_string().into()),
            reply_to: reply_to.map(entry),
            mentions,
        }),
        Wish::Edit { target, text, base } => {
            append_knowing(*base, Content::Edited { target: entry(*target), text: (*text).into(), mentions })
        }
        Wish::Delete { target, is_moderation } => {
            let draft = Draft::new(&room, who, Content::Deleted { target: entry(*target) });
            let draft = if *is_moderation { draft.by_moderator() } else { draft };
            Record::Append(Box::new(Append { newcomer: Some(newcomer()), ..Append::plain(draft) }))
        }
        Wish::React { target, emoji, on, base } => append_knowing(
            *base,
            Content::Reacted { target: entry(*target), emoji: (*emoji).into(), on: *on },
        ),
        Wish::Topic(text) => append(Content::Topic { text: (*text).into() }),
        Wish::Room { title, listed } => append(Content::Room { title: (*title).into(), listed: *listed }),
        Wish::Rules(rules) => append(Content::Rules(rules.parse().expect("rules"))),
        Wish::Greet { name, hue } => {
            let newcomer = Newcomer {
                names: vec![claim(name), guest],
                hue: *hue,
                marks: vec![(room, entries.first().copied().unwrap_or(0))],
                ..Newcomer::default()
            };
            Record::Greet { who, newcomer }
        }
        Wish::Rename(name) => Record::Rename { who, name: claim(name), rooms: vec![room, RoomName::lobby()] },
        Wish::Face(hue) => Record::Face { who, emoji: Some("🦊".into()), hue: *hue },
        Wish::Devices(change) => Record::Devices { who, by: DeviceId::new(step.by), change: change.clone() },
        Wish::Mark { seq, is_back } => {
            Record::Mark(vec![Mark { who, room, seq: entry(*seq), is_back: *is_back }])
        }
        Wish::Keep(keeping) => Record::Keep { who, room, keeping: *keeping },
        Wish::Govern(measure) => {
            let is_own = matches!(measure, Measure::Redeem(_) | Measure::GivePassword(_));
            let by = Some(who).filter(|_| step.by > 1 || is_own);
            Record::Govern { by, measure: measure.clone() }
        }
        Wish::See => Record::See(vec![who]),
        Wish::Forget(index) => Record::Forget(vec![entry(*index)]),
        Wish::ForgetPeople => {
            Record::ForgetPeople { before: DAY_MS, people: (1..5).map(UserId::new).collect() }
        }
        Wish::ForgetRooms => Record::ForgetRooms(vec![room]),
        Wish::KeepNames(millis) => Record::KeepNames(*millis),
    }
}

fn store() -> Connection {
    let connection = Connection::open_in_memory().expect("a store");
    migrate::make(&connection).expect("its tables");
    connection
}

/// All that readers see, with the numbers of entries as they are counted.
pub(in crate::log::sqlite) fn seen(store: &Connection, entries: &[u64]) -> Vec<Vec<Value>> {
    let counted: HashMap<i64, i64> = entries.iter().map(|seq| int(*seq)).zip(1..).collect();
    // The columns that have numbers of entries come first.
    let mut rows = Vec::new();
    for (numbers, table) in [
        (3, "SELECT seq, target, root, room, at, user, kind, text, cid, mentions, replies FROM entries"),
        (2, "SELECT seq, changed, edited, deleted FROM changes"),
        (1, "SELECT floor, id, name, topic, title, listed, maker FROM rooms"),
        (0, "SELECT id, name, seen, spoke, hue, own_hue, emoji, role, muted, banned FROM users"),
        (0, "SELECT id, hash, role, room, uses, until, maker, made FROM invitations"),
        (0, "SELECT room, user, nth FROM room_people"),
        (0, "SELECT range, until, reason FROM address_bans"),
        (0, "SELECT id, at, by, action, whom, until, detail FROM audit"),
        (0, "SELECT hue, users FROM hues WHERE users > 0"),
        (0, "SELECT key, user FROM names"),
        (1, "SELECT seq, user, room FROM reads"),
        (0, "SELECT user, room, favourite, muted FROM kept"),
        (0, "SELECT user, id, name, way, added, seen, told FROM devices"),
        (0, "SELECT user, ended, link, made, maker FROM credentials"),
        (2, "SELECT message, seq, emoji, user FROM reactions"),
        (2, "SELECT message, first, emoji, count FROM reaction_kinds"),
        (1, "SELECT value FROM meta WHERE key = 'gone_floor'"),
        (
            0,
            "SELECT value FROM meta WHERE key IN ('gone_room', 'name_keep', 'door', 'password') ORDER BY key",
        ),
    ] {
        let mut select = store.prepare(table).expect("a statement");
        let columns = select.column_count();
        let mut read = select.query([]).expect("rows");
        let mut of_table = Vec::new();
        while let Some(row) = read.next().expect("a row") {
            let values = (0..columns).map(|column| match row.get(column).expect("a value") {
                Value::Integer(number) if column < numbers && number > 0 => {
                    Value::Integer(*counted.get(&number).unwrap_or(&-1))
                }
                value => value,
            });
            of_table.push(values.collect::<Vec<_>>());
        }
        of_table.sort_by_key(|row| format!("{row:?}"));
        rows.push(vec![Value::Text(table.into())]);
        rows.extend(of_table);
    }
    rows
}

/// The outcome of the steps one after the other, on one machine.
struct Alone {
    /// For each step, the rooms of its entries.
    entries: Vec<Vec<RoomName>>,
    refused: usize,
    seen: Vec<Vec<Value>>,
}

fn alone(steps: &[Step]) -> Alone {
    let store = store();
    let mut fold = Fold::open(&store).expect("its state");
    let (mut numbers, mut seqs, mut at) = (Numbers::after(0), Vec::new(), DAY_MS);
    let mut alone = Alone { entries: Vec::new(), refused: 0, seen: Vec::new() };
    for step in steps {
        at += step.later;
        let verdict = fold.judge(&store, &record(step, &seqs), at, &mut numbers).expect("it is judged");
        alone.refused += usize::from(verdict.is_err());
        let entries = fold.take_entries();
        seqs.extend(entries.iter().map(|entry| entry.seq));
        alone.entries.push(entries.into_iter().map(|entry| entry.room).collect());
    }
    alone.seen = seen(&store, &seqs);
    alone
}

/// The same steps as messages of the order, and the numbers of the entries that they come to.
fn order(steps: &[Step], alone: &Alone, packed: usize) -> (Vec<(u64, Vec<u8>)>, Vec<u64>) {
    let (mut messages, mut seqs, mut at) = (Vec::new(), Vec::new(), DAY_MS);
    let mut rest = steps.iter().zip(&alone.entries).peekable();
    while let Some((first, _)) = rest.peek() {
        at += first.later;
        let position = messages.len() as u64 + 1;
        let (mut pack, mut numbers, mut count) = (Pack::default(), Numbers::at(position), 0);
        while let Some((step, rooms)) =
            rest.next_if(|(step, _)| count == 0 || step.later == 0 && count < packed)
        {
            assert!(pack.add(&record(step, &seqs)));
            seqs.extend(rooms.iter().map(|room| numbers.next(room).expect("a number")));
            count += 1;
        }
        let header = Header { run: RUN, n: position as u32, seen: position - 1, rules: FIRST_RULES };
        messages.push((at, header.with(&pack.finish())));
    }
    (messages, seqs)
}

fn message((position, (at, bytes)): (u64, &(u64, Vec<u8>))) -> Message<'_> {
    Message { position, at: *at, bytes }
}

/// Applies messages in this way; gives the store and the digest.
fn applied(messages: &[(u64, Vec<u8>)], way: &Way) -> (Connection, u64) {
    let store = store();
    let open = || (Replica::open(&store).expect("its place"), Fold::open(&store).expect("its state"));
    let (mut replica, mut fold) = open();
    for transaction in 1.. {
        let done = replica.follower.position() as usize;
        if done == messages.len() {
            break;
        }
        store.execute_batch("BEGIN").expect("it begins");
        let numbered = (1..).zip(messages).skip(done).take(way.committed);
        for message in numbered.map(message) {
            let header = replica::header(message.bytes).expect("an envelope");
            let stamp = Stamp { run: header.run, n: header.n, at: message.at };
            assert_eq!(replica.follower.hear(message.position, stamp), Heard::Next);
            let applied =
                replica.apply(&store, &mut fold, message).expect("it is applied").expect("an envelope");
            assert_eq!(applied.verdict, crate::ledger::runs::Verdict::Effect);
        }
        replica.save(&store).expect("it is written");
        // A crash every so often, but not each time.
        let is_lost = transaction % (way.crash + 1) == 1;
        store.execute_batch(if is_lost { "ROLLBACK" } else { "COMMIT" }).expect("it ends");
        if is_lost || transaction % 3 == 0 {
            (replica, fold) = open();
            // Its consumer begins at what it has applied, which it knows.
            if let Some(stamp) = replica.follower.last() {
                assert_eq!(replica.follower.hear(replica.follower.position(), stamp), Heard::Known);
            }
        }
        if transaction % way.follow == 0 {
            fold.follow(&store, &mut Budget::unlimited()).expect("the index follows");
        }
    }
    (store, replica.digest.0)
}

#[test]
fn same_records_come_to_the_same_chat_in_any_envelopes_transactions_and_crashes() {
    let cases = std::env::var("CHINWAG_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    let rng_seed = match std::env::var("CHINWAG_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => RngSeed::Fixed(seed),
        None => RngSeed::Random,
    };
    let config = Config { cases, rng_seed, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let steps = proptest::collection::vec(step(), 1..120);
    let counts = std::cell::Cell::new((0, 0, 0));
    let result = runner.run(&(steps, way(), way()), |(steps, one, other)| {
        let alone = alone(&steps);
        let mut digests = Vec::new();
        for (packed, way) in [(one.packed, &one), (one.packed, &other), (other.packed, &other)] {
            let (messages, seqs) = order(&steps, &alone, packed);
            let (store, digest) = applied(&messages, way);
            prop_assert_eq!(seen(&store, &seqs), alone.seen.clone(), "in {:?}", way);
            digests.push(digest);
        }
        prop_assert_eq!(digests[0], digests[1], "the same messages have the same digest");
        let (entries, refused, all) = counts.get();
        let taken: usize = alone.entries.iter().map(Vec::len).sum();
        counts.set((entries + taken, refused + alone.refused, all + steps.len()));
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let (entries, refused, all) = counts.get();
    assert!(entries * 8 > all && refused * 20 > all, "{entries} entries and {refused} refusals of {all}");
}

#[test]
fn replica_stops_at_rules_that_it_does_not_know_and_keeps_nothing_of_the_message() {
    let store = store();
    let (mut replica, mut fold) =
        (Replica::open(&store).expect("its place"), Fold::open(&store).expect("its state"));
    let mut pack = Pack::default();
    let said = Append::plain(Draft::message(&RoomName::lobby(), "hi"));
    assert!(pack.add(&Record::Append(Box::new(said))) && pack.add(&Record::Rules(RULES + 1)));
    let bytes = Header { run: RUN, n: 1, seen: 0, rules: FIRST_RULES }.with(&pack.finish());
    store.execute_batch("BEGIN").expect("it begins");
    let stopped = replica.apply(&store, &mut fold, Message { position: 1, at: 1, bytes: &bytes });
    assert!(matches!(stopped, Err(Stopped::NewerRules(rules)) if rules == RULES + 1), "{stopped:?}");
    store.execute_batch("ROLLBACK").expect("it is undone");
    let replica = Replica::open(&store).expect("its place");
    assert_eq!((replica.follower.position(), replica.rules), (0, FIRST_RULES));
}

#[test]
fn store_that_was_changed_behind_the_order_has_another_digest_at_the_next_message_about_it() {
    let lobby = RoomName::lobby();
    let seq = Numbers::at(1).next(&lobby).expect("a number");
    let react = Content::Reacted { target: seq, emoji: "👍".into(), on: true };
    let drafts = [Draft::message(&lobby, "hi"), Draft::new(&lobby, UserId::GUEST, react)];
    let messages = (1..).zip(drafts).map(|(n, draft)| {
        let mut pack = Pack::default();
        assert!(pack.add(&Record::Append(Box::new(Append::plain(draft)))));
        (5, Header { run: RUN, n, seen: u64::from(n) - 1, rules: FIRST_RULES }.with(&pack.finish()))
    });
    let messages: Vec<_> = messages.collect();
    let digest = |is_changed: bool| {
        let store = store();
        let (mut replica, mut fold) =
            (Replica::open(&store).expect("its place"), Fold::open(&store).expect("its state"));
        for message in (1..).zip(&messages).map(message) {
            replica.apply(&store, &mut fold, message).expect("it is applied");
            if is_changed {
                store.execute("DELETE FROM entries WHERE seq = ?1", [int(seq)]).expect("it is gone");
            }
        }
        replica.digest
    };
    assert_eq!(digest(false), digest(false));
    assert_ne!(digest(false), digest(true));
}
