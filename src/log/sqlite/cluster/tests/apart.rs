//! Clients of a machine that is apart from the others for a while, or for good: they are told so, they wait, or they are
//! disconnected; and they are never told what is not known.

use serde_json::{Value, json};

use super::people::hubs;
use super::tab::Tab;
use super::*;
use crate::base::limits::MACHINE_GONE;
use crate::base::rights::{Door, Measure};
use crate::ledger::envelope::{Envelope, Header, Pack};
use crate::log::Governance;
use crate::log::rules::FIRST_RULES;

impl Engine {
    /// Somebody else's record comes next in the order.
    pub(super) fn says(&self, record: &Record) {
        static RUNS: AtomicU64 = AtomicU64::new(1);
        let mut pack = Pack::default();
        pack.add(record);
        let mut state = self.state.lock();
        let header = Header {
            run: RunId(RUNS.fetch_add(1, Ordering::Relaxed)),
            n: 1,
            seen: state.base + state.messages.len() as u64,
            rules: FIRST_RULES,
        };
        state.messages.push((clock::wall_ms(), header.with(&pack.finish()).into()));
    }

    /// The run of a machine, by its signs of life.
    fn run_of(&self, machine: u64) -> RunId {
        let state = self.state.lock();
        let run = state.messages.iter().rev().find_map(|(_, bytes)| {
            let envelope = Envelope::parse(bytes).ok()?;
            let is_it = |record: &Record| matches!(record, Record::Beat(beat) if beat.machine == machine);
            envelope.records(RULES).ok()?.iter().any(is_it).then_some(envelope.header.run)
        });
        run.expect("it has given a sign of life")
    }
}

fn say(text: &str) -> Value {
    json!({"type": "say", "room": "lobby", "text": text, "cid": format!("of-{}", text.replace(' ', "-"))})
}

fn texts(all: &[Vec<Vec<rusqlite::types::Value>>], text: &str) -> usize {
    format!("{:?}", all[0]).matches(&format!("Text(\"{text}\")")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_that_was_taken_for_gone_ends_its_connections_and_does_nothing_of_what_they_sent() {
    let chat = Chat::of(2, 21).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    let token = hello["token"].as_str().expect("a token");
    ada.asks(&say("heard")).await;
    ada.expects("receipt").await;
    let (mut bob, _) = Tab::of(&hubs[1], "Bob", None).await;

    // Machine 1 stands still. What she says is on its way to the others, and then waits for its writer.
    chat.engine.set_cut(1, true);
    ada.asks(&say("on its way")).await;
    tokio::time::sleep(2 * RESEND_MIN).await;
    let standstill = chat.store(0);
    standstill.execute_batch("BEGIN IMMEDIATE").expect("it cannot be written");
    chat.engine.says(&Record::Close(vec![chat.engine.run_of(1)]));
    chat.engine.set_cut(1, false);
    tokio::time::sleep(RESEND_MIN).await;
    ada.asks(&say("in a queue")).await;
    tokio::time::sleep(RESEND_MIN).await;
    standstill.execute_batch("COMMIT").expect("it can be written");

    let told = ada.ends().await;
    let answers = told.iter().filter(|event| event["type"] == "error" || event["type"] == "receipt");
    assert_eq!(answers.count(), 0, "nothing is said of what is not known: {told:?}");
    assert_eq!(ada.closed, Some(0), "at once");
    bob.asks(&json!({"type": "ping"})).await;
    bob.expects("pong").await;
    // She asks again elsewhere.
    let (mut ada, _) = Tab::of(&hubs[1], "Ada", Some(token)).await;
    ada.asks(&say("on its way")).await;
    ada.expects("receipt").await;
    drop((ada, bob));
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
    let counts = ["heard", "on its way", "in a queue"].map(|text| texts(&all, text));
    assert_eq!(counts, [1, 1, 0], "what she did not ask for again was not done");
}

#[tokio::test(flavor = "multi_thread")]
async fn client_that_knows_more_than_its_machine_waits_and_is_not_reset() {
    let chat = Chat::of(2, 22).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    ada.asks(&say("first")).await;
    ada.expects("receipt").await;
    let (other, _) = Tab::of(&hubs[1], "Ada", hello["token"].as_str()).await;
    drop(other);
    let broken = chat.store(1);
    let sql = "CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(FAIL, 'broken'); END";
    broken.execute_batch(sql).expect("nothing can be written");
    ada.asks(&say("second")).await;
    let entry = ada.expects("message").await;
    let entry = if entry["text"] == "first" { ada.expects("message").await } else { entry };
    let epoch = Entries::epoch(&chat.machines[0]).to_owned();
    let cursor = json!({"epoch": epoch, "since": entry["seq"], "at": entry["at"]});
    let mut join = cursor.clone();
    (join["type"], join["room"]) = (json!("join"), json!("lobby"));

    let mut other = Tab::open(&hubs[1]);
    let began = Instant::now();
    other.asks(&json!({"type": "hello", "token": hello["token"], "rooms": {"lobby": cursor}})).await;
    other.expects("hello").await;
    let error = other.expects("error").await;
    assert_eq!((&error["code"], &error["command"]), (&json!("unavailable"), &json!("join")));
    assert!(began.elapsed() >= JOIN_WAIT, "it was waited for: {:?}", began.elapsed());
    assert!(
        other.hears().await.iter().all(|event| event["type"] != "joined"),
        "nothing is shown of the past"
    );

    other.asks(&join).await;
    tokio::time::sleep(JOIN_WAIT / 6).await;
    broken.execute_batch("DROP TRIGGER broken").expect("it can be written");
    let joined = other.expects("joined").await;
    assert_eq!((&joined["reset"], &joined["seq"]), (&json!(false), &entry["seq"]), "it goes on");
    let caught_up = other.expects("caught_up").await;
    assert_eq!((&caught_up["seq"], &caught_up["at"]), (&entry["seq"], &entry["at"]));

    // What no machine has is of another history.
    join["known"] = json!(entry["seq"].as_u64().expect("a number") << 10);
    other.asks(&join).await;
    assert_eq!(other.expects("joined").await["reset"], json!(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn client_goes_on_where_its_room_is_open_since_before_what_it_knows() {
    let chat = Chat::of(2, 25).await;
    chat.until_ready().await;
    let hubs = hubs(&chat);
    let tea = json!({"type": "join", "room": "tea"});
    let (mut bob, _) = Tab::of(&hubs[1], "Bob", None).await;
    bob.asks(&tea).await;
    bob.expects("caught_up").await;
    let (mut ada, hello) = Tab::of(&hubs[0], "Ada", None).await;
    ada.asks(&say("in the lobby")).await;
    let lobby = ada.expects("receipt").await["seq"].clone();
    // Where she is, the room is opened now, behind what was said in another.
    ada.asks(&tea).await;
    let cursor = ada.expects("caught_up").await;
    assert_eq!(cursor["seq"], lobby);
    let epoch = Entries::epoch(&chat.machines[0]);
    let rooms = json!({"tea": {"epoch": epoch, "since": cursor["seq"], "at": cursor["at"]}});
    let mut ada = Tab::open(&hubs[1]);
    ada.asks(&json!({"type": "hello", "token": hello["token"], "rooms": rooms})).await;
    assert_eq!(ada.expects("joined").await["reset"], json!(false), "she has missed nothing");
    assert_eq!(ada.expects("caught_up").await["seq"], lobby);
    bob.asks(&json!({"type": "say", "room": "tea", "text": "hi", "cid": "1"})).await;
    assert_eq!(ada.expects("message").await["text"], "hi");
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_that_came_to_different_things_do_not_go_on() {
    let chat = Chat::of(2, 23).await;
    chat.until_ready().await;
    let seq = chat.machines[0].append(message(1, "a")).await.expect("it is said").seq;
    chat.machines[1].reach(seq).await.expect("it comes to it");
    chat.store(1).execute("DELETE FROM entries WHERE cid = 'a'", []).expect("a copy that is not one");
    // It is there on one, and new on the other.
    assert_eq!(chat.machines[0].append(message(1, "a")).await.expect("it was said").seq, seq);
    let diverged = |log: &SqliteLog| log.health() == Health::Stopped(StopReason::Diverged);
    let wait = async {
        while !chat.machines.iter().any(diverged) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, wait).await.expect("their signs of life show it");
    let stopped = chat.machines.iter().find(|log| diverged(log)).expect("one that does not go on");
    assert!(stopped.append(message(1, "b")).await.is_err_and(|error| error.is_log()));
    let page = stopped.history(&RoomName::lobby(), Anchor::Newest, 10, UserId::GUEST).await;
    assert!(!page.expect("it is read").messages.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn build_that_does_not_know_the_rules_stops_before_them() {
    let mut chat = Chat::of(2, 24).await;
    chat.until_ready().await;
    let seq = chat.machines[0].append(message(1, "a")).await.expect("it is said").seq;
    chat.engine.says(&Record::Rules(RULES + 1));
    let is_stopped = |health: &Health| *health == Health::Stopped(StopReason::NewerRules(RULES + 1));
    for index in [0, 1] {
        chat.until(index, is_stopped).await;
        let log = &chat.machines[index];
        assert!(log.append(message(1, "b")).await.is_err_and(|error| error.is_log()));
        let page =
            log.history(&RoomName::lobby(), Anchor::Newest, 10, UserId::GUEST).await.expect("it is read");
        assert_eq!(page.messages.last().map(|message| message.entry.seq), Some(seq), "all before it");
    }
    chat.restart(1);
    chat.until(1, is_stopped).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn newer_rules_hold_once_the_last_machine_is_upgraded_and_not_before() {
    let mut chat = Chat::of_builds(&[1, 2], 25).await;
    chat.until_ready().await;
    let measure = || Measure::Door(Door::Read);
    let (of_old, of_new) = (&chat.machines[0], &chat.machines[1]);
    of_old.append(message(1, "a")).await.expect("it is said");
    of_new.append(message(2, "b")).await.expect("it is said");
    for log in [of_old, of_new] {
        assert!(log.govern(None, measure()).await.is_err_and(|error| error.is_log()), "one does not know it");
    }
    of_new.append(message(2, "c")).await.expect("all else goes on");
    assert_eq!(of_old.health(), Health::Ready);
    // The last is upgraded: the rules are asked for once all that were there must have been heard.
    drop(chat.machines.remove(0));
    let upgraded = chat.open_by(1, 2);
    chat.machines.insert(0, upgraded);
    chat.until_ready().await;
    let taken = async {
        while chat.machines[1].govern(None, measure()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    timeout(MACHINE_GONE + PATIENCE, taken).await.expect("the new rules hold");
    while chat.machines[0].door() != Door::Read {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // A machine of the old build comes back: it does not go on, and says why.
    drop(chat.machines.remove(0));
    let old = chat.open_by(1, 1);
    chat.machines.insert(0, old);
    chat.until(0, |health| *health == Health::Stopped(StopReason::NewerRules(2))).await;
    chat.restart(0);
    chat.machines[1].govern(None, Measure::Door(Door::Write)).await.expect("it is taken");
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
}
