//! The ledger as one machine of many states: two or three machines over a simulated engine, clients that say and edit, lose their
//! connections, send again and move between machines, and every fault that an engine, a disk, a clock or a network may have. In the
//! end all is well again, everybody comes back, and:
//!
//! - nothing is lost that had a receipt;
//! - nothing is said twice, and what one client says keeps its order;
//! - what was answered as not said is never said;
//! - every hole is told: what a client was shown since its last reset is the room, whole and in order;
//! - whoever had a receipt sees what it was for, on whatever machine;
//! - an author's newest edit stands;
//! - all copies are the same.
//!
//! `CHINWAG_SEED=n` runs one seed, `CHINWAG_SEEDS=n` more of them.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Write as _};
use std::time::Duration;

use crate::base::limits::FRESH;
use crate::base::user::UserId;
use crate::ledger::follower::Follower;
use crate::ledger::record::Record;
use crate::ledger::replica::Digest;
use crate::ledger::runs::Runs;

mod counts;
pub(crate) mod random;
mod book;
mod engine;
mod faults;
mod machine;
mod client;

use book::{Book, RULES};
use client::Client;
use counts::Counts;
use engine::Engine;
use faults::Fault;
use machine::{Copy, Machine, Stop};
use random::Random;

/// Steps of one run, before all is well again.
const STEPS: usize = 800;

/// Runs of one test: a few seconds of them.
const SEEDS: u64 = 2_000;

/// Messages at the end of the order that are not trimmed: where the end is lost, a copy from before it is of use.
const KEPT: u64 = 10;

/// Rounds in which everybody comes back.
const CALM_ROUNDS: usize = 120;

#[derive(Debug, Clone, Copy)]
struct Plan {
    fault: Fault,
    /// Whether the engine may lose acknowledged messages.
    loses_tail: bool,
}

struct World {
    random: Random,
    plan: Plan,
    /// The true time, in Unix milliseconds.
    now: u64,
    engine: Engine,
    machines: Vec<Machine>,
    clients: Vec<Client>,
    snapshots: Vec<Copy>,
    /// Copies of a disk that may be put back.
    old_disks: Vec<(usize, Copy)>,
    next_socket: u64,
    has_lost: bool,
    /// How long the order was, at times: a machine that takes itself for current knows what stood in it not long ago.
    heads: VecDeque<(u64, u64)>,
    broken: Option<Broken>,
}

/// What went wrong.
type Broken = String;

impl World {
    fn new(seed: u64, plan: Plan) -> Self {
        let mut random = Random(seed);
        let empty = || Copy {
            book: Book::new(1),
            runs: Runs::default(),
            digest: Digest::default(),
            follower: Follower::at(0, None),
        };
        let count = 2 + random.below(2);
        let machines = (0..count)
            .map(|id| {
                let build = if random.one_in(4) { 1 } else { RULES };
                Machine::new(id, empty(), build, plan.fault)
            })
            .collect();
        let clients = (1..=2).map(|id| Client::new(UserId::new(id), plan.fault)).collect();
        Self {
            random,
            plan,
            now: 1_000_000_000,
            engine: Engine::new(),
            machines,
            clients,
            snapshots: Vec::new(),
            old_disks: Vec::new(),
            next_socket: 1,
            has_lost: false,
            heads: VecDeque::new(),
            broken: None,
        }
    }

    fn pass(&mut self, millis: u64) {
        self.heads.push_back((self.now, self.engine.last()));
        self.now += millis;
        while self.heads.get(1).is_some_and(|(at, _)| self.now - at > FRESH.as_millis() as u64) {
            self.heads.pop_front();
        }
        // The time of a machine that is frozen passes too: it finds itself late.
        self.machines.iter_mut().for_each(|machine| machine.time += Duration::from_millis(millis));
    }

    fn step(&mut self) {
        self.look_at_freshness();
        let machine = self.random.below(self.machines.len() as u64) as usize;
        let client = self.random.below(self.clients.len() as u64) as usize;
        match self.random.below(100) {
            0..10 => self.clients[client].act(&mut self.random),
            10..24 => self.talk(client),
            24..38 => self.read(client),
            38..50 => self.machines[machine].tick(&mut self.engine),
            50..62 => self.land(true),
            62..78 => {
                let count = 1 + self.random.below(4);
                for _ in 0..count {
                    self.machines[machine].hear(&self.engine, self.now);
                }
            }
            78..88 => self.machines[machine].commit_if_working(),
            88..94 => {
                let millis = self.random.below(200);
                self.pass(millis);
            }
            94 if self.random.one_in(4) => {
                let millis = self.random.below(12_000);
                self.pass(millis);
            }
            95 => self.move_client(client),
            96 if self.clients[client].socket.is_none() => self.move_client(client),
            97..100 if self.random.one_in(2) => self.fail(machine),
            _ => {}
        }
    }

    fn look_at_freshness(&mut self) {
        let Some((at, head)) = self.heads.front().copied() else { return };
        if self.has_lost || self.now - at <= FRESH.as_millis() as u64 {
            return;
        }
        if let Some(machine) = self
            .machines
            .iter()
            .find(|machine| machine.is_working() && machine.is_fresh() && machine.position() < head)
        {
            self.broken = Some(format!("machine {} is ready, and behind", machine.id));
        }
    }

    /// Something goes wrong, or is done by those who run the machines.
    fn fail(&mut self, at: usize) {
        let machine = &mut self.machines[at];
        match self.random.below(15) {
            0 => machine.restart(machine.build),
            1 => machine.is_frozen = true,
            2 => machine.is_frozen = false,
            3 => machine.cut(true),
            4..6 => machine.cut(false),
            6 => self.engine.change_leader(&mut self.random),
            7 => machine.fail_once(),
            8 => self.snapshot(at),
            9 => self.trim(),
            10 => {
                let lines = &machine.copy().book.lines;
                if let Some(line) = self.random.index(lines.len() / 3).map(|n| lines[n].seq) {
                    machine.propose(Record::Forget(vec![line]));
                }
            }
            11 => machine.propose(Record::Rules(RULES)),
            12 => {
                let other = self.random.index(self.machines.len()).unwrap_or_default();
                let run = self.machines[other].run();
                self.machines[at].propose(Record::Close(vec![run]));
            }
            13 => self.old_disks.push((at, machine.disk.clone())),
            _ if self.random.one_in(3) => self.put_back(at),
            _ if self.plan.loses_tail && self.random.one_in(4) => {
                let count = 1 + self.random.below(3);
                self.engine.lose(count);
                // Consumers die with the server that lost it.
                self.machines.iter_mut().for_each(Machine::ask);
                self.has_lost = true;
            }
            _ => {}
        }
    }

    /// A disk is put back from an older copy.
    fn put_back(&mut self, at: usize) {
        if let Some(n) = self.old_disks.iter().position(|(machine, _)| *machine == at) {
            let (_, copy) = self.old_disks.swap_remove(n);
            self.machines[at].load(copy);
        }
    }

    /// A machine that is current keeps a copy for others.
    fn snapshot(&mut self, at: usize) {
        let machine = &self.machines[at];
        if machine.is_working() && machine.is_fresh() && machine.disk.follower.position() > 0 {
            self.snapshots.push(machine.disk.clone());
        }
    }

    /// The engine forgets what the copy before the last has. The last message of that copy stays: who loads it begins there.
    fn trim(&mut self) {
        if let [.., older, _] = &self.snapshots[..]
            && older.follower.position() + KEPT <= self.engine.last()
        {
            self.engine.trim(older.follower.position());
        }
    }

    /// What an operator does about a machine that has stopped.
    fn repair(&mut self, at: usize) {
        match self.machines[at].stopped {
            None => {}
            Some(Stop::Rules) => self.machines[at].restart(RULES),
            Some(Stop::Trimmed | Stop::OtherOrder | Stop::Diverged) => {
                let engine = &self.engine;
                // A copy whose last message the order still has. Without one, the order from its first on.
                let fits = |copy: &&Copy| {
                    let position = copy.follower.position();
                    let kept = engine.get(position).map(|(bytes, at)| engine::stamp(&bytes, at));
                    let is_checked = self.plan.fault != Fault::LoadsUnchecked;
                    kept.is_some() && (kept == copy.follower.last() || !is_checked)
                };
                let disks = self.machines.iter().map(|machine| &machine.disk);
                let copy = self.snapshots.iter().rev().chain(disks).find(fits).cloned();
                let machine = &mut self.machines[at];
                match copy {
                    Some(copy) => machine.load(copy),
                    None if engine.first == 1 => machine.load(Copy {
                        book: Book::new(machine.build),
                        runs: Runs::default(),
                        digest: Digest::default(),
                        follower: Follower::at(0, None),
                    }),
                    None => {}
                }
            }
        }
    }

    /// A machine reads what a client sent. Of a frozen machine, it waits in the socket, also when the client is gone.
    fn read(&mut self, client: usize) {
        let at = match self.clients[client].socket {
            Some((at, id)) if !self.random.one_in(4) => return self.machines[at].read(id),
            _ => self.random.below(self.machines.len() as u64) as usize,
        };
        let sockets: Vec<u64> = self.machines[at].sockets.keys().copied().collect();
        if let Some(n) = self.random.index(sockets.len()) {
            self.machines[at].read(sockets[n]);
        }
    }

    fn land(&mut self, is_faulty: bool) {
        if let Some((id, position)) = self.engine.land(self.now, &mut self.random, is_faulty) {
            self.machines.iter_mut().for_each(|machine| machine.acknowledged(&id, position));
        }
    }

    /// A client and its machine exchange what they have for each other.
    fn talk(&mut self, client: usize) {
        let client = &mut self.clients[client];
        let Some((at, id)) = client.socket else { return };
        if self.machines[at].is_frozen && self.random.one_in(4) {
            // It tries another. What it sent waits in the socket.
            return client.disconnected();
        }
        match self.machines[at].sockets.get_mut(&id) {
            Some(socket) => client.talk(socket, &mut self.random),
            None => client.disconnected(),
        }
    }

    /// A client leaves where it is, and begins at another machine.
    fn move_client(&mut self, n: usize) {
        let client = &mut self.clients[n];
        if let Some((at, id)) = client.socket
            && self.random.one_in(3)
            && !self.machines[at].is_frozen
        {
            self.machines[at].sockets.remove(&id);
        }
        client.disconnected();
        let at = self.random.below(self.machines.len() as u64) as usize;
        let id = self.next_socket;
        self.next_socket += 1;
        client.socket = Some((at, id));
        self.machines[at].connect(id, client.id, client.hello());
    }

    /// All is well from here on.
    fn calm(&mut self) {
        self.engine.calm();
        for at in 0..self.machines.len() {
            let machine = &mut self.machines[at];
            machine.is_frozen = false;
            machine.cut(false);
        }
        for round in 0..CALM_ROUNDS {
            self.pass(250);
            for at in 0..self.machines.len() {
                self.repair(at);
                let machine = &mut self.machines[at];
                machine.tick(&mut self.engine);
                for id in machine.sockets.keys().copied().collect::<Vec<_>>() {
                    (0..4).for_each(|_| machine.read(id));
                }
            }
            while !self.engine.is_idle() {
                self.land(false);
            }
            for machine in &mut self.machines {
                while machine.hear(&self.engine, self.now) {}
                machine.commit_if_working();
            }
            for n in 0..self.clients.len() {
                self.talk(n);
                if self.clients[n].socket.is_none() || round % 40 == 39 {
                    self.move_client(n);
                }
            }
        }
    }

    /// Looks at what everything has come to.
    fn check(&self) -> Result<(), Broken> {
        if let Some(broken) = &self.broken {
            return Err(broken.clone());
        }
        let first = &self.machines[0];
        for machine in &self.machines {
            if machine.diverged && !self.has_lost {
                return Err("machines came to different things".into());
            }
            if let Some(stop) = machine.stopped {
                return Err(format!("machine {} has stopped: {stop:?}", machine.id));
            }
            let (copy, other) = (machine.copy(), first.copy());
            if machine.position() != first.position() || machine.position() != self.engine.last() {
                return Err("a machine has not heard all".into());
            }
            if copy.digest != other.digest || copy.book.lines != other.book.lines {
                return Err("copies differ at rest".into());
            }
        }
        let book = &first.copy().book;
        let mut cids = HashSet::new();
        if let Some(line) = book.lines.iter().find(|line| !cids.insert((line.by, &line.text))) {
            return Err(format!("said twice: {line:?}"));
        }
        self.clients.iter().try_for_each(|client| client.check(book, self.has_lost))
    }
}

/// Runs a seed to its end.
fn run(seed: u64, plan: Plan, counts: &mut Counts) -> Result<(), Broken> {
    let mut world = World::new(seed, plan);
    for _ in 0..STEPS {
        world.step();
    }
    world.calm();
    world.clients.iter().for_each(|client| counts.add(&client.counts));
    world.machines.iter().for_each(|machine| counts.add(&machine.counts));
    world.check()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs seeds until one is broken.
///
/// # Errors
/// Which, and how.
fn run_all(plan: Plan, seeds: u64) -> Result<Counts, String> {
    let seeds = match number("CHINWAG_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("CHINWAG_SEEDS").unwrap_or(seeds),
    };
    let mut counts = Counts::default();
    for seed in seeds {
        run(seed, plan, &mut counts).map_err(|broken| format!("seed {seed}: {broken}"))?;
    }
    Ok(counts)
}

#[test]
fn every_machine_comes_to_the_same_chat_and_nothing_acknowledged_is_lost() {
    let plan = Plan { fault: Fault::Nothing, loses_tail: false };
    let counts = run_all(plan, SEEDS).unwrap_or_else(|broken| panic!("{broken}"));
    let _ = writeln!(io::stderr(), "{counts:?}");
    assert!(number("CHINWAG_SEED").is_some() || counts.has_everything(), "{counts:?}");
}

#[test]
fn where_the_engine_loses_its_end_no_hole_is_silent() {
    let plan = Plan { fault: Fault::Nothing, loses_tail: true };
    let counts = run_all(plan, SEEDS / 4).unwrap_or_else(|broken| panic!("{broken}"));
    let _ = writeln!(io::stderr(), "{counts:?}");
}

#[test]
fn planted_fault_is_found() {
    for fault in Fault::ALL {
        let plan = Plan { fault: *fault, loses_tail: fault.needs_loss() };
        match run_all(plan, SEEDS * 10) {
            Ok(_) => panic!("{fault:?} is not found"),
            Err(broken) => {
                let _ = writeln!(io::stderr(), "{fault:?}: {broken}");
            }
        }
    }
}
