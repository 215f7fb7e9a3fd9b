//! Machines, the NATS servers that connect them and the lines between them fail at random under people who talk and move between
//! the machines: what was acknowledged is there once, and everybody sees what is there.
//!
//! `CHINWAG_CHAOS=3600` lets it go on for so many seconds, with machines and servers that stand still for up to 35 s;
//! `CHINWAG_SEED=n` fails the same things at the same moments again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::admin;
use crate::http::get;
use crate::model::setting;
use crate::nats::{self, Nats};
use crate::person::{Person, Shown};
use crate::program::{Folder, Program};
use crate::proxy::{Line, Proxy};
use crate::socket::MS;

/// Time in which everybody is back once all that failed is mended: elections of NATS, what a machine gives up after 15 s, and a
/// machine that runs many other tests.
const BACK: Duration = Duration::from_secs(60);

/// Time without a receipt after which somebody goes to another machine.
const PATIENCE: Duration = Duration::from_secs(3);

/// Time after a cut in which a machine says that it is not ready: 10 s in which it heard itself, and what it waits between.
const NOTICED: Duration = Duration::from_secs(12);

/// What may fail at once: more, and nothing is ever said.
const AT_ONCE: usize = 2;

/// The chat's name on NATS.
const STREAM: &str = "chinwag";

struct Machine {
    folder: Folder,
    proxies: Vec<Proxy>,
    state: State,
}

enum State {
    Up {
        program: Program,
        admin: SocketAddr,
    },
    /// It may wait for NATS.
    Starting(JoinHandle<(Program, SocketAddr)>),
    Down,
}

impl Machine {
    /// A machine with proxies to all servers.
    async fn to(servers: &[Nats]) -> Self {
        let mut proxies = Vec::new();
        for server in servers {
            proxies.push(Proxy::to(server.port()).await);
        }
        let mut machine = Self { folder: Folder::new(), proxies, state: State::Down };
        machine.starts();
        machine.is_up(true).await;
        machine
    }

    fn starts(&mut self) {
        let urls: Vec<String> = self.proxies.iter().map(Proxy::url).collect();
        let (folder, urls) = (self.folder.arg().to_owned(), urls.join(","));
        self.state = State::Starting(tokio::task::spawn_blocking(move || {
            admin::start(&["--data", &folder, "--nats", &urls, "--log", "off"])
        }));
    }

    /// Whether it is up; one that starts is waited for.
    async fn is_up(&mut self, waits: bool) -> bool {
        if let State::Starting(starting) = &mut self.state
            && (waits || starting.is_finished())
        {
            let (program, admin) = starting.await.unwrap();
            self.state = State::Up { program, admin };
        }
        matches!(self.state, State::Up { .. })
    }

    fn crash(&mut self) {
        if let State::Up { program, .. } = std::mem::replace(&mut self.state, State::Down) {
            program.crash();
        }
    }

    fn signal(&self, name: &str) {
        if let State::Up { program, .. } = &self.state {
            program.signal(name);
        }
    }

    fn addr(&self) -> Option<SocketAddr> {
        match &self.state {
            State::Up { program, .. } => Some(program.addr),
            _ => None,
        }
    }

    fn set(&self, line: Line) {
        self.proxies.iter().for_each(|proxy| proxy.set(line));
    }

    async fn readiness(&self) -> (u16, String) {
        let State::Up { admin, .. } = &self.state else { return (0, "it does not run".into()) };
        let answer = get(*admin, "/readyz").await;
        (answer.status, answer.body)
    }

    async fn until_ready(&self) {
        let began = Instant::now();
        while self.readiness().await.0 != 200 {
            assert!(began.elapsed() < BACK, "it is not ready: {}", self.readiness().await.1);
            sleep(MS(20)).await;
        }
    }

    fn store(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Connection::open_with_flags(self.folder.path().join("chinwag.db"), flags).unwrap()
    }

    /// How far it has come in the order, and the digest of all that it has come to there.
    fn place(&self) -> (i64, i64) {
        let sql = "SELECT position, digest FROM ledger";
        self.store().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    }

    /// All that is kept of the chat and is the same on all machines, as a number of rows and a hash.
    fn contents(&self) -> (u64, u64) {
        let (store, mut hasher, mut rows) = (self.store(), DefaultHasher::new(), 0);
        for table in [
            "entries ORDER BY seq",
            "changes ORDER BY seq",
            "reactions ORDER BY message, emoji, user",
            "reaction_kinds ORDER BY message, emoji",
            "users ORDER BY id",
            "names ORDER BY key",
            "reads ORDER BY user, room",
            "devices ORDER BY user, id",
        ] {
            let mut select = store.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = select.column_count();
            let mut found = select.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                rows += 1;
                for column in 0..columns {
                    format!("{:?}", row.get_ref(column).unwrap()).hash(&mut hasher);
                }
            }
        }
        (rows, hasher.finish())
    }
}

/// A thing that has failed, and is mended later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Fault {
    MachineKilled(usize),
    MachineStopped(usize),
    ServerKilled(usize),
    ServerStopped(usize),
    /// The machine's lines end.
    Cut(usize),
    /// The machine's lines are silent.
    Silent(usize),
    /// The stream takes nothing more.
    Full,
}

impl Fault {
    /// What it is of: nothing fails in two ways at once.
    fn of(self) -> (bool, usize) {
        match self {
            Self::MachineKilled(of) | Self::MachineStopped(of) | Self::Cut(of) | Self::Silent(of) => {
                (true, of)
            }
            Self::ServerKilled(of) | Self::ServerStopped(of) => (false, of),
            Self::Full => (false, usize::MAX),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::MachineKilled(_) => "machines killed",
            Self::MachineStopped(_) => "machines stopped",
            Self::ServerKilled(_) => "NATS servers killed",
            Self::ServerStopped(_) => "NATS servers stopped",
            Self::Cut(_) => "machines cut off",
            Self::Silent(_) => "lines that fell silent",
            Self::Full => "full streams",
        }
    }
}

/// Somebody who talks, and goes elsewhere when they are told that nothing can be said where they are, or hear nothing.
struct Talker {
    person: Person,
    acknowledged: usize,
    progress: Instant,
    refused: HashSet<String>,
}

impl Talker {
    async fn turn(&mut self, machines: &[Machine], below: &mut impl FnMut(u64) -> u64, turn: &mut u64) {
        let person = &mut self.person;
        person.drinks();
        if self.acknowledged != person.receipts.len() || person.outbox.is_empty() {
            (self.acknowledged, self.progress) = (person.receipts.len(), Instant::now());
        }
        let refusals = std::mem::take(&mut person.refusals);
        self.refused.extend(refusals.iter().filter_map(|error| error["cid"].as_str().map(str::to_owned)));
        let is_apart = refusals.iter().any(|error| error["code"] == "unavailable");
        if is_apart || self.progress.elapsed() > PATIENCE || below(2_000) == 0 {
            person.drops();
        }
        if !person.is_connected() {
            let up: Vec<SocketAddr> = machines.iter().filter_map(Machine::addr).collect();
            let Some(addr) = up.get(below(up.len().max(1) as u64) as usize) else { return };
            person.addr = *addr;
            // One that stands still takes the connection, and says nothing.
            let _ = timeout(MS(500), person.connects()).await;
            self.progress = Instant::now();
        }
        if person.is_connected() && person.outbox.len() < 4 {
            *turn += 1;
            person.says_in("lobby", &format!("{turn}"));
            self.changes(below);
        }
        self.person.writes();
    }

    /// Changes something that was said, now and then.
    fn changes(&mut self, below: &mut impl FnMut(u64) -> u64) {
        let (person, kind) = (&mut self.person, below(16));
        let is_fit = |shown: &Shown| kind > 0 || shown.from == person.id;
        let messages = &person.rooms["lobby"].messages;
        let Some((seq, _)) = messages.iter().rev().take(20).find(|(_, shown)| is_fit(shown)) else { return };
        let command = match kind {
            0 => json!({"type": "edit", "room": "lobby", "seq": seq, "text": "better"}),
            1 => json!({"type": "react", "room": "lobby", "seq": seq, "emoji": "👍", "on": below(2) == 0}),
            _ => return,
        };
        person.queue(&command);
    }
}

struct Chaos {
    servers: Vec<Nats>,
    machines: Vec<Machine>,
    faults: Vec<(Fault, Instant)>,
    counts: BTreeMap<&'static str, u64>,
    is_long: bool,
}

impl Chaos {
    async fn of(servers: Vec<Nats>, is_long: bool) -> Self {
        let mut machines = Vec::new();
        for _ in 0..3 {
            machines.push(Machine::to(&servers).await);
        }
        for machine in &machines {
            machine.until_ready().await;
        }
        Self { servers, machines, faults: Vec::new(), counts: BTreeMap::new(), is_long }
    }

    /// Has something fail, for a while.
    async fn fail(&mut self, below: &mut impl FnMut(u64) -> u64) {
        let (machine, server) = (below(3) as usize, below(self.servers.len() as u64) as usize);
        let fault = match below(8) {
            0 => Fault::MachineKilled(machine),
            1 => Fault::MachineStopped(machine),
            2 | 3 => Fault::ServerKilled(server),
            4 => Fault::ServerStopped(server),
            5 => Fault::Cut(machine),
            6 => Fault::Silent(machine),
            _ => Fault::Full,
        };
        let longest = match self.is_long && below(4) == 0 {
            true => 35_000,
            false => 3_000,
        };
        let until = Instant::now() + MS(below(longest));
        let is_busy =
            self.faults.len() >= AT_ONCE || self.faults.iter().any(|(other, _)| other.of() == fault.of());
        if is_busy || self.machines[machine].addr().is_none() || !self.happens(fault).await {
            return;
        }
        *self.counts.entry(fault.name()).or_default() += 1;
        self.faults.push((fault, until));
    }

    async fn happens(&mut self, fault: Fault) -> bool {
        match fault {
            Fault::MachineKilled(of) => self.machines[of].crash(),
            Fault::MachineStopped(of) => self.machines[of].signal("STOP"),
            Fault::ServerKilled(of) => self.servers[of].crash(),
            Fault::ServerStopped(of) => self.servers[of].signal("STOP"),
            Fault::Cut(of) => self.machines[of].set(Line::Ended),
            Fault::Silent(of) => self.machines[of].set(Line::Silent),
            Fault::Full => return self.set_bytes(|state| number(&state["bytes"])).await,
        }
        true
    }

    /// Mends what is due; all that has failed when it is over.
    async fn mend(&mut self, is_over: bool) {
        let now = Instant::now();
        let (due, left) =
            std::mem::take(&mut self.faults).into_iter().partition(|(_, at)| is_over || *at <= now);
        self.faults = left;
        let mut due: Vec<(Fault, Instant)> = due;
        // A stream of servers that do not run cannot be changed.
        due.sort_by_key(|(fault, _)| *fault);
        for (fault, at) in due {
            match fault {
                Fault::MachineKilled(of) => self.machines[of].starts(),
                Fault::MachineStopped(of) => self.machines[of].signal("CONT"),
                Fault::ServerKilled(of) => self.servers[of].comes_back(),
                Fault::ServerStopped(of) => self.servers[of].signal("CONT"),
                Fault::Cut(of) | Fault::Silent(of) => self.machines[of].set(Line::Open),
                Fault::Full => {
                    let began = Instant::now();
                    while !self.set_bytes(|_| 8 << 30).await {
                        if !is_over {
                            self.faults.push((fault, at));
                            break;
                        }
                        assert!(began.elapsed() < BACK, "the stream cannot be made larger");
                    }
                }
            }
        }
    }

    /// Sets how large the stream may be, from what there is of it; false if no server does that now.
    async fn set_bytes(&self, bytes: fn(&Value) -> u64) -> bool {
        let ports: Vec<u16> = self.servers.iter().map(Nats::port).collect();
        let set = move |port: &u16| {
            let mut info = nats::asks(*port, &format!("STREAM.INFO.{STREAM}"), &json!({}))?;
            info["config"]["max_bytes"] = bytes(&info["state"]).into();
            let answer = nats::asks(*port, &format!("STREAM.UPDATE.{STREAM}"), &info["config"])?;
            (answer["error"] == Value::Null).then_some(())
        };
        tokio::task::spawn_blocking(move || ports.iter().any(|port| set(port).is_some())).await.unwrap()
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

async fn story(servers: Vec<Nats>, seconds: u64) {
    let seconds = setting("CHINWAG_CHAOS").unwrap_or(seconds);
    let seed = setting("CHINWAG_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    println!("CHINWAG_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut below = move |count: u64| random.next_u64() % count;

    let mut chaos = Chaos::of(servers, seconds > 60).await;
    let mut talkers = Vec::new();
    for (at, name) in ["Ada", "Bob", "Cyd", "Dot", "Eli"].iter().enumerate() {
        let person = Person::joins(chaos.machines[at % 3].addr().unwrap(), name, "lobby").await;
        talkers.push(Talker { person, acknowledged: 0, progress: Instant::now(), refused: HashSet::new() });
    }
    let (began, mut turn, mut next) = (Instant::now(), 0, Instant::now() + MS(500));
    while began.elapsed() < Duration::from_secs(seconds) {
        for talker in &mut talkers {
            talker.turn(&chaos.machines, &mut below, &mut turn).await;
        }
        for machine in &mut chaos.machines {
            machine.is_up(false).await;
        }
        chaos.mend(false).await;
        if Instant::now() > next {
            chaos.fail(&mut below).await;
            next = Instant::now() + MS(300 + below(if chaos.is_long { 6_000 } else { 1_500 }));
        }
        sleep(MS(5)).await;
    }

    let mended = Instant::now();
    chaos.mend(true).await;
    for machine in &mut chaos.machines {
        machine.is_up(true).await;
        machine.until_ready().await;
    }
    let ready = mended.elapsed();
    for (at, talker) in talkers.iter_mut().enumerate() {
        talker.person.says_in("lobby", "the last");
        settle(&mut talker.person, chaos.machines[at % 3].addr().unwrap(), mended).await;
    }
    let back = mended.elapsed();
    assert!(back < BACK, "everybody was back after {back:?}, CHINWAG_SEED={seed}");
    check(&chaos, &mut talkers, seed).await;
    let Chaos { counts, .. } = &chaos;
    let (said, moves) =
        (turn + 5, talkers.iter().map(|talker| talker.person.rooms["lobby"].resumes).sum::<usize>());
    let resets: usize = talkers.iter().map(|talker| talker.person.rooms["lobby"].resets).sum();
    println!(
        "{said} messages said, {moves} resumes, {resets} resets; {counts:?}; all machines ready {ready:?} after the end, everybody \
         back after {back:?}"
    );
}

/// Comes back, and has a receipt for all that was said.
async fn settle(person: &mut Person, addr: SocketAddr, mended: Instant) {
    person.drops();
    person.addr = addr;
    while !person.outbox.is_empty() || !person.is_connected() || !person.is_caught_up() {
        assert!(mended.elapsed() < BACK, "{} is not back: {:?}", person.name, person.outbox);
        person.drinks();
        if !std::mem::take(&mut person.refusals).is_empty() || !person.is_connected() {
            person.drops();
            sleep(MS(100)).await;
            let _ = timeout(MS(500), person.connects()).await;
        }
        person.writes();
        sleep(MS(2)).await;
    }
}

/// Compares what was acknowledged and what everybody sees with what is there, on all machines.
async fn check(chaos: &Chaos, talkers: &mut [Talker], seed: u64) {
    let receipts = talkers.iter().flat_map(|talker| &talker.person.receipts);
    let last = receipts.map(|(_, _, seq)| *seq).max().unwrap_or_default();
    let mut histories = Vec::new();
    for machine in &chaos.machines {
        let mut reader = Person::joins(machine.addr().unwrap(), "Fay", "lobby").await;
        let began = Instant::now();
        histories.push(loop {
            let all = reader.reads_all("lobby").await;
            if all.contains_key(&last) {
                break all;
            }
            assert!(began.elapsed() < BACK, "a machine does not come to {last}, CHINWAG_SEED={seed}");
            sleep(MS(100)).await;
        });
    }
    assert!(histories.iter().all(|history| *history == histories[0]), "machines differ, CHINWAG_SEED={seed}");
    let began = Instant::now();
    let places = loop {
        let places: Vec<(i64, i64)> = chaos.machines.iter().map(Machine::place).collect();
        if places.iter().all(|place| place.0 == places[0].0) {
            break places;
        }
        assert!(began.elapsed() < BACK, "they do not come to one position: {places:?}, CHINWAG_SEED={seed}");
        sleep(MS(50)).await;
    };
    assert!(
        places.iter().all(|place| *place == places[0]),
        "digests differ: {places:?}, CHINWAG_SEED={seed}"
    );
    let contents: Vec<_> = chaos.machines.iter().map(Machine::contents).collect();
    assert!(contents.iter().all(|of| *of == contents[0]), "stores differ: {contents:?}, CHINWAG_SEED={seed}");

    let history = &histories[0];
    let (mut lost, mut wrong) = (0, Vec::new());
    let mut there: HashMap<(&str, &str), u64> = HashMap::new();
    for (seq, shown) in history {
        let cid = shown.cid.as_deref().unwrap_or_default();
        if there.insert((&shown.from, cid), *seq).is_some() {
            wrong.push(format!("{cid} is there twice"));
        }
    }
    let mut acknowledged = 0;
    for Talker { person, refused, .. } in talkers.iter_mut() {
        // What was on its way when they settled.
        person.until("the last", |me| me.rooms["lobby"].cursor >= Some(last)).await;
        wrong.append(&mut person.wrong);
        acknowledged += person.receipts.len();
        for (_, cid, seq) in &person.receipts {
            lost += usize::from(there.get(&(person.id.as_str(), cid.as_str())) != Some(seq));
        }
        for (seq, shown) in &person.rooms["lobby"].messages {
            if history.get(seq) != Some(shown) {
                wrong.push(format!(
                    "{} saw {seq} as {shown:?}, and not as {:?}",
                    person.name,
                    history.get(seq)
                ));
            }
        }
        let unseen =
            history.keys().filter(|seq| person.rooms["lobby"].from.is_some_and(|from| **seq >= from));
        let unseen = unseen.filter(|seq| !person.rooms["lobby"].messages.contains_key(seq)).count();
        if unseen > 0 {
            wrong.push(format!("{} was never shown {unseen} messages", person.name));
        }
        let own =
            history.values().filter(|shown| shown.from == person.id).filter_map(|shown| shown.cid.as_ref());
        let turns = own
            .filter(|cid| !refused.contains(*cid))
            .filter_map(|cid| cid.rsplit('-').next()?.parse::<u64>().ok());
        if !turns.is_sorted() {
            wrong.push(format!("{}'s messages are out of order", person.name));
        }
    }
    println!("{acknowledged} acknowledged, {lost} lost; {} are there", history.len());
    assert_eq!((lost, wrong), (0, Vec::<String>::new()), "CHINWAG_SEED={seed}");
    assert!(acknowledged > 100, "too little was said");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_was_acknowledged_is_on_all_machines_once_however_machines_and_nats_die() {
    story(vec![Nats::start()], 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_it_is_with_three_nats_servers_that_keep_the_stream_together() {
    story(Nats::cluster(), 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machine_that_is_cut_off_says_within_twelve_seconds_that_it_is_not_ready_and_is_back_by_itself() {
    let nats = vec![Nats::start()];
    let machines = [Machine::to(&nats).await, Machine::to(&nats).await];
    for machine in &machines {
        machine.until_ready().await;
    }
    let cut = Instant::now();
    machines[0].set(Line::Ended);
    machines[1].set(Line::Silent);
    for machine in &machines {
        while machine.readiness().await.0 == 200 {
            assert!(cut.elapsed() < NOTICED, "it is ready {:?} after it was cut off", cut.elapsed());
            sleep(MS(20)).await;
        }
        let (status, said) = machine.readiness().await;
        assert!(status == 503 && said.contains("stale"), "{said}");
    }
    let (noticed, mended) = (cut.elapsed(), Instant::now());
    for machine in &machines {
        machine.set(Line::Open);
        machine.until_ready().await;
    }
    println!("noticed in {noticed:?}, ready {:?} after", mended.elapsed());
}
