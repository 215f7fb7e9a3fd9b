//! Several machines on a simulated engine, each with a store on a disk: what one acknowledges, all have, once and in one order,
//! whatever the engine does, and whichever machine ends and starts again.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::{env, fs, process, thread};

use rusqlite::Connection;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::*;
use crate::base::clock;
use crate::base::cursor::Anchor;
use crate::base::device::DeviceId;
use crate::base::devices::Proof;
use crate::base::entry::{Content, Draft, Mentions};
use crate::base::limits::ENVELOPE_ENTRIES;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::engine::{Extent, Hear, HearTopic};
use crate::ledger::model::random::Random;
use crate::ledger::origin::Publish;
use crate::ledger::record::Record;
use crate::log::rules::RULES;
use crate::log::sqlite::replica::tests::seen;
use crate::log::sqlite::row::unsigned;
use crate::log::sqlite::{SqliteLog, StoreOptions};
use crate::log::{Arrival, Deliver, Entries, People};

mod apart; // machines that are apart from the others, and their clients
mod people; // what is told of people beside the entries
mod person; // a client with all that it has to keep
mod tab; // a client on the hub of a machine
mod walk; // people who move between machines

/// Time for anything that has to happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Time that a client waits for an answer, after which it asks another machine.
const ANSWER: Duration = Duration::from_secs(3);

/// A machine that follows, and the next position that it is told.
struct Consumer {
    next: usize,
    heard: Hear,
}

/// The engine: one order for all machines.
#[derive(Default)]
pub(in crate::log::sqlite) struct Engine {
    state: Mutex<State>,
    is_over: AtomicBool,
}

#[derive(Default)]
struct State {
    messages: Vec<(u64, Arc<[u8]>)>,
    consumers: HashMap<u64, Consumer>,
    in_flight: Vec<Publish>,
    /// Machines that neither reach it nor are reached.
    cut: HashSet<u64>,
    is_faulty: bool,
    refusals: u64,
    /// What each machine hears on which topic.
    ears: HashMap<(u64, String), HearTopic>,
    snapshots: Vec<(u64, Vec<u8>)>,
    /// The first message that is still there.
    first: u64,
    /// Positions before the first that there ever was.
    base: u64,
}

impl Engine {
    pub(in crate::log::sqlite) fn start(seed: u64) -> Arc<Self> {
        let engine = Arc::new(Self::default());
        let running = Arc::clone(&engine);
        thread::spawn(move || {
            let mut random = Random(seed);
            while !running.is_over.load(Ordering::Relaxed) {
                running.land(&mut random);
                thread::sleep(Duration::from_millis(1));
            }
        });
        engine
    }

    /// Those on their way arrive, in any order; where it is faulty some are lost, and some arrive again later.
    fn land(&self, random: &mut Random) {
        let state = &mut *self.state.lock();
        while let Some(index) = random.index(state.in_flight.len()) {
            let publish = match state.is_faulty && random.one_in(4) {
                true => state.in_flight[index].clone(),
                false => state.in_flight.swap_remove(index),
            };
            if state.is_faulty && random.one_in(6) {
                break;
            }
            state.messages.push((clock::wall_ms(), publish.bytes.into()));
        }
        let State { messages, consumers, cut, base, .. } = state;
        let base = *base as usize;
        for (_, Consumer { next, heard }) in
            consumers.iter_mut().filter(|(machine, _)| !cut.contains(machine))
        {
            while let Some((at, bytes)) = messages.get(*next - base - 1) {
                heard(Event::Message { position: *next as u64, at: *at, bytes: Arc::clone(bytes) });
                *next += 1;
                // One is not told.
                *next += usize::from(state.is_faulty && random.one_in(16) && *next < base + messages.len());
            }
        }
    }

    pub(in crate::log::sqlite) fn stop(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    pub(in crate::log::sqlite) fn link(
        self: &Arc<Self>,
        machine: u64,
    ) -> Arc<dyn crate::ledger::engine::Engine> {
        Arc::new(Link { engine: Arc::clone(self), machine })
    }

    fn set_faulty(&self, is_faulty: bool) {
        self.state.lock().is_faulty = is_faulty;
    }

    fn set_cut(&self, machine: u64, is_cut: bool) {
        let mut state = self.state.lock();
        if is_cut {
            state.cut.insert(machine);
        } else {
            state.cut.remove(&machine);
        }
    }
}

/// A machine's way to the engine.
struct Link {
    engine: Arc<Engine>,
    machine: u64,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("machine", &self.machine).finish_non_exhaustive()
    }
}

impl crate::ledger::engine::Engine for Link {
    fn append(&self, publish: Publish) {
        let mut state = self.engine.state.lock();
        if state.cut.contains(&self.machine) {
            return;
        }
        state.refusals += u64::from(state.is_faulty);
        match state.consumers.get(&self.machine) {
            Some(Consumer { heard, .. }) if state.is_faulty && state.refusals % 8 == 1 => {
                heard(Event::Refused(publish.id));
            }
            _ => state.in_flight.push(publish),
        }
    }

    fn follow(&self, from: u64, heard: Hear) {
        let mut state = self.engine.state.lock();
        let last = state.base + state.messages.len() as u64;
        if from > last + 1 {
            heard(Event::EndsBefore);
        }
        if from < state.first {
            heard(Event::Trimmed);
        }
        let next = from.max(state.base + 1) as usize;
        state.consumers.insert(self.machine, Consumer { next, heard });
    }

    fn extent(&self) -> Result<Extent, Error> {
        let state = self.engine.state.lock();
        let bytes = state.messages.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        Ok(Extent { first: state.first.max(state.base + 1), bytes, bytes_max: u64::MAX })
    }

    fn trim(&self, before: u64) -> Result<(), Error> {
        let mut state = self.engine.state.lock();
        state.first = state.first.max(before);
        Ok(())
    }

    fn put_snapshot(&self, position: u64, file: &Path) -> Result<(), Error> {
        let bytes = fs::read(file).map_err(|e| Error::io("cannot read the snapshot", e))?;
        self.engine.state.lock().snapshots.push((position, bytes));
        Ok(())
    }

    fn snapshots(&self) -> Result<Vec<u64>, Error> {
        Ok(self.engine.state.lock().snapshots.iter().map(|(position, _)| *position).collect())
    }

    fn get_snapshot(&self, position: u64, to: &Path) -> Result<(), Error> {
        let state = self.engine.state.lock();
        let found = state.snapshots.iter().find(|(of, _)| *of == position);
        let (_, bytes) = found.ok_or_else(|| Error::log("there is no such snapshot"))?;
        fs::write(to, bytes).map_err(|e| Error::io("cannot write the snapshot", e))
    }

    fn shout(&self, topic: &str, said: Vec<u8>) {
        let state = self.engine.state.lock();
        let ears = state.ears.iter().filter(|((machine, on), _)| *machine != self.machine && on == topic);
        let ears: Vec<_> = ears.map(|(_, heard)| Arc::clone(heard)).collect();
        drop(state);
        ears.iter().for_each(|heard| heard(&said));
    }

    fn hear(&self, topic: &str, heard: Option<HearTopic>) {
        let (mut state, key) = (self.engine.state.lock(), (self.machine, topic.to_owned()));
        match heard {
            Some(heard) => state.ears.insert(key, heard),
            None => state.ears.remove(&key),
        };
    }
}

/// Machines with copies of one chat.
pub(crate) struct Chat {
    engine: Arc<Engine>,
    folder: PathBuf,
    pub(crate) machines: Vec<SqliteLog>,
}

impl Chat {
    pub(crate) async fn of(count: u64, seed: u64) -> Self {
        Self::of_builds(&vec![RULES; count as usize], seed).await
    }

    /// Machines of builds that know these rules; those that all know hold from the beginning.
    async fn of_builds(builds: &[u16], seed: u64) -> Self {
        let count = builds.len() as u64;
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count_of_all = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("chinwag-cluster-{}-{count_of_all}", process::id()));
        let engine = Engine::start(seed);
        // A chat that was on one machine until now.
        let first = folder.join("1");
        let log = SqliteLog::open(&first, &StoreOptions::default()).expect("a new store");
        log.append(Draft::message(&RoomName::lobby(), "before")).await.expect("it is said");
        drop(log);
        // It has as many numbers as two envelopes have.
        let store = Connection::open(first.join("chinwag.db")).expect("its store");
        store
            .execute("UPDATE entries SET seq = ?1", [2 * ENVELOPE_ENTRIES as i64 * 16])
            .expect("another number");
        drop(store);
        engine.state.lock().base = 2;
        let mut chat = Self { engine, folder, machines: Vec::new() };
        for machine in 2..=count {
            let to = chat.folder.join(machine.to_string());
            fs::create_dir(&to).expect("a folder");
            for file in fs::read_dir(&first).expect("files").flatten() {
                fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
            }
        }
        chat.engine.says(&Record::Rules(builds.iter().copied().min().unwrap_or(RULES)));
        for (machine, rules) in (1..).zip(builds) {
            let log = chat.open_by(machine, *rules);
            chat.machines.push(log);
        }
        chat
    }

    fn open(&self, machine: u64) -> SqliteLog {
        self.open_by(machine, RULES)
    }

    /// A machine of a build that knows these rules.
    fn open_by(&self, machine: u64, rules: u16) -> SqliteLog {
        let folder = self.folder.join(machine.to_string());
        let link = self.engine.link(machine);
        let options = StoreOptions { rules, ..StoreOptions::default() };
        SqliteLog::join_in(&folder, &options, link, machine).expect("its copy")
    }

    /// The same; None while somebody else has the folder.
    fn opens(&self, machine: u64) -> Option<SqliteLog> {
        let folder = self.folder.join(machine.to_string());
        SqliteLog::join_in(&folder, &StoreOptions::default(), self.engine.link(machine), machine).ok()
    }

    /// A machine ends, and starts again with what is on its disk.
    fn restart(&mut self, index: usize) {
        drop(self.machines.remove(index));
        let log = self.open(index as u64 + 1);
        self.machines.insert(index, log);
    }

    pub(crate) async fn until_ready(&self) {
        for index in 0..self.machines.len() {
            self.until(index, |health| *health == Health::Ready).await;
        }
    }

    async fn until(&self, index: usize, is: fn(&Health) -> bool) {
        let wait = async {
            while !is(&self.machines[index].health()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let is_so = timeout(PATIENCE, wait).await.is_ok();
        assert!(is_so, "machine {index} is {:?}", self.machines[index].health());
    }

    fn store(&self, index: usize) -> Connection {
        Connection::open(self.folder.join((index + 1).to_string()).join("chinwag.db")).expect("its store")
    }

    /// All that each machine has, once all have applied the whole order and it grows no more.
    async fn at_rest(&self) -> Vec<Vec<Vec<rusqlite::types::Value>>> {
        self.engine.set_faulty(false);
        for machine in 1..=self.machines.len() as u64 {
            self.engine.set_cut(machine, false);
        }
        let marker = Draft::message(&RoomName::lobby(), "the last");
        self.until_ready().await;
        let seq = said_somewhere(&self.machines, 0, &marker).await;
        let wait = async {
            for machine in &self.machines {
                while machine.shared.upkeep.last() < seq {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
        };
        timeout(PATIENCE, wait).await.expect("all come to the last entry");
        self.machines.iter().for_each(SqliteLog::close);
        (0..self.machines.len()).map(|index| seen(&self.store(index), &self.numbers(index))).collect()
    }

    fn numbers(&self, index: usize) -> Vec<u64> {
        let store = self.store(index);
        let mut select = store.prepare("SELECT seq FROM entries ORDER BY seq").expect("a statement");
        select
            .query_map([], |row| unsigned(row, 0))
            .expect("rows")
            .map(|seq| seq.expect("a number"))
            .collect()
    }
}

impl Drop for Chat {
    fn drop(&mut self) {
        self.machines.iter().for_each(SqliteLog::close);
        self.engine.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Says something that has a `cid`, at one machine after the other until one acknowledges it.
async fn said_somewhere(machines: &[SqliteLog], first: usize, draft: &Draft) -> u64 {
    for attempt in first.. {
        let log = &machines[attempt % machines.len()];
        match timeout(ANSWER, log.append(draft.clone())).await {
            Ok(Ok(appended)) => return appended.seq,
            Ok(Err(error)) if error.is_refused() => panic!("{error}"),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    unreachable!("somebody goes on for ever")
}

fn message(who: u64, cid: &str) -> Draft {
    let content = Content::Message {
        text: format!("{who} says {cid}").into(),
        cid: Some(cid.into()),
        reply_to: None,
        mentions: Mentions::default(),
    };
    Draft::new(&RoomName::lobby(), UserId::new(who), content)
}

#[derive(Debug, Default)]
struct Ear(Mutex<Vec<String>>);

impl Deliver for Ear {
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>) {
        self.0.lock().extend(entries.map(|entry| format!("{}: {}", entry.by.name, entry.text())));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_on_two_machines_talk_in_one_chat() {
    let chat = Chat::of(2, 1).await;
    chat.until_ready().await;
    let ears = [Arc::new(Ear::default()), Arc::new(Ear::default())];
    for (machine, ear) in chat.machines.iter().zip(&ears) {
        machine.deliver_to(Arc::clone(ear) as Arc<dyn Deliver>);
    }
    let (ada, bob) = (UserId::new(1), UserId::new(2));
    let named = |name| Some(Name::parse(name).expect("a name"));
    let [one, two] = &chat.machines[..] else { panic!("two machines") };
    one.greet(ada, named("Ada")).await.expect("she is greeted");
    two.greet(bob, named("Bob")).await.expect("he is greeted");
    let first = one.append(message(1, "a")).await.expect("she says it").seq;
    assert_eq!(two.append(message(1, "a")).await.expect("it was said").seq, first, "once, on any machine");
    two.append(message(2, "b")).await.expect("he says it");
    let taken = two.rename(bob, Name::parse("Ada").expect("a name"), Vec::new()).await;
    assert_eq!(taken.expect_err("it is hers").code().as_str(), "name_taken");
    let last = one.append(message(1, "c")).await.expect("she says it").seq;
    for machine in [one, two] {
        timeout(PATIENCE, machine.reach(last)).await.expect("in time").expect("it comes to it");
    }
    for ear in &ears {
        assert_eq!(*ear.0.lock(), ["Ada: 1 says a", "Bob: 2 says b", "Ada: 1 says c"]);
    }
    assert!(
        timeout(PATIENCE, one.reach(last << 20)).await.expect("in time").is_ok(),
        "it is known that no machine has it"
    );
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_that_is_cut_off_says_so_keeps_what_it_has_and_catches_up() {
    let chat = Chat::of(2, 2).await;
    chat.until_ready().await;
    let ada = UserId::new(1);
    chat.machines[1].greet(ada, Some(Name::parse("Ada").expect("a name"))).await.expect("she is greeted");
    let first = chat.machines[1].append(message(1, "before")).await.expect("she says it").seq;
    chat.machines[0].reach(first).await.expect("it comes to it");
    chat.engine.set_cut(1, true);
    let cut_off = chat.machines[0].clone();
    let unsettled = tokio::spawn(async move { cut_off.append(message(1, "a")).await });
    chat.until(0, |health| matches!(health, Health::Stale { .. })).await;
    let began = Instant::now();
    assert!(chat.machines[0].append(message(1, "b")).await.is_err());
    assert!(began.elapsed() < Duration::from_secs(1), "it says so at once");
    let device = DeviceId::new(5 << 21);
    let arrival = Arrival { who: ada, name: None, device, device_name: None, proof: Proof::Token };
    let arrived = chat.machines[0].arrive(arrival).await.expect("people come in, and read");
    assert_eq!((&*arrived.user.name, arrived.devices.list().len()), ("Ada", 1));
    let seq = said_somewhere(&chat.machines[1..], 0, &message(1, "b")).await;
    chat.engine.set_cut(1, false);
    timeout(PATIENCE, async { while chat.machines[0].reach(seq).await.is_err() {} })
        .await
        .expect("it catches up");
    // It is known now what came of what was under way.
    let settled = timeout(PATIENCE, unsettled).await.expect("it is answered").expect("it ends");
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
    assert_eq!(format!("{:?}", all[0]).contains("1 says a"), settled.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_whose_place_in_the_order_is_gone_stops_and_answers_what_it_has() {
    let mut chat = Chat::of(2, 3).await;
    chat.until_ready().await;
    let first = chat.machines[0].append(message(1, "a")).await.expect("it is said").seq;
    timeout(PATIENCE, chat.machines[1].reach(first)).await.expect("in time").expect("it comes to it");
    drop(chat.machines.remove(1));
    chat.machines[0].append(message(1, "b")).await.expect("it is said");
    {
        // The order is trimmed beyond where the second machine is.
        let mut state = chat.engine.state.lock();
        state.first = state.base + state.messages.len() as u64;
    }
    let log = chat.open(2);
    chat.machines.push(log);
    chat.until(1, |health| *health == Health::Stopped(StopReason::Trimmed)).await;
    assert!(chat.machines[1].append(message(2, "c")).await.is_err_and(|error| error.is_log()));
    let page = chat.machines[1].history(&RoomName::lobby(), Anchor::Before(u64::MAX >> 1), 10, UserId::GUEST);
    let page = page.await.expect("it is read");
    assert!(format!("{page:?}").contains("1 says a"), "{page:?}");
    assert_eq!(chat.machines[0].health(), Health::Ready, "the other goes on");

    // One that has applied what the order has lost does not go on either.
    drop(chat.machines.remove(1));
    drop(chat.machines.remove(0));
    {
        let mut state = chat.engine.state.lock();
        (state.first, state.consumers) = (0, HashMap::new());
        state.messages.truncate(1);
        state.in_flight.clear();
    }
    let log = chat.open(1);
    chat.machines.push(log);
    chat.until(0, |health| *health == Health::Stopped(StopReason::OtherOrder)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_that_cannot_write_stays_where_it_is_and_goes_on_by_itself() {
    let chat = Chat::of(2, 4).await;
    chat.until_ready().await;
    let broken = chat.store(1);
    let sql = "CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(FAIL, 'broken'); END";
    broken.execute_batch(sql).expect("nothing can be written");
    let mut last = 0;
    for cid in ["a", "b", "c"] {
        last = chat.machines[0].append(message(1, cid)).await.expect("the other goes on").seq;
    }
    let behind = timeout(PATIENCE, chat.machines[1].reach(last)).await.expect("it is told");
    assert!(behind.is_err_and(|error| error.is_log()), "it has not come so far, and does not claim so");
    broken.execute_batch("DROP TRIGGER broken").expect("it can be written");
    timeout(PATIENCE, async { while chat.machines[1].reach(last).await.is_err() {} })
        .await
        .expect("it goes on");
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_acknowledged_is_there_once_and_all_machines_have_the_same() {
    const CLIENTS: u64 = 4;
    const MESSAGES: u64 = 25;
    let seed = env::var("CHINWAG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut chat = Chat::of(3, seed).await;
    chat.until_ready().await;
    chat.engine.set_faulty(true);
    let mut random = Random(seed);
    let mut acknowledged = Vec::new();
    for round in 0..5 {
        let mut clients = JoinSet::new();
        for who in 1..=CLIENTS {
            let machines = chat.machines.clone();
            clients.spawn(async move {
                let mut own = Vec::new();
                for n in 0..MESSAGES / 5 {
                    let cid = format!("{who}-{round}-{n}");
                    let seq = said_somewhere(&machines, (who + n) as usize, &message(who, &cid)).await;
                    own.push((cid, seq));
                }
                own
            });
        }
        let said = timeout(2 * PATIENCE, clients.join_all()).await;
        acknowledged.extend(said.expect("everybody says what they want").into_iter().flatten());
        if let Some(index) = random.index(chat.machines.len()) {
            match random.one_in(2) {
                true => chat.restart(index),
                false => chat.engine.set_cut(index as u64 + 1, random.one_in(2)),
            }
        }
    }
    let all = chat.at_rest().await;
    assert_eq!(all[0], all[1], "seed {seed}");
    assert_eq!(all[0], all[2], "seed {seed}");
    let store = chat.store(0);
    let mut select =
        store.prepare("SELECT cid, seq FROM entries WHERE cid IS NOT NULL ORDER BY cid").expect("rows");
    let kept = select.query_map([], |row| Ok((row.get::<_, String>(0)?, unsigned(row, 1)?))).expect("rows");
    let kept: Vec<_> = kept.map(|row| row.expect("a row")).collect();
    acknowledged.sort();
    assert_eq!(kept, acknowledged, "seed {seed}");
}
