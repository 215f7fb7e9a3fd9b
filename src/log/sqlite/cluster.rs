//! The writer of a chat on many machines. What is asked for here is published as records; what is heard of the order is applied;
//! whoever asked is answered when their own record was applied here and is on the disk. Never before.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::base::entry::Entry;
use crate::base::error::Error;
use crate::base::limits::{APPLY_RETRY, JOBS_A_COMMIT, JOIN_WAIT, RESEND_MIN};
use crate::ledger::engine::{Engine, Event};
use crate::ledger::follower::{Heard, Stamp};
use crate::ledger::origin::{Origin, Settled};
use crate::ledger::peers::Peers;
use crate::ledger::record::{Beat, Record, RunId};
use crate::ledger::replica::{self, Applied, Message};
use crate::ledger::runs;
use crate::log::sqlite::StoreOptions;
use crate::log::sqlite::job::{Continuation, Job};
use crate::log::sqlite::judge::Verdict;
use crate::log::sqlite::member::Member;
use crate::log::sqlite::replica::{Replica, Stopped};
use crate::log::sqlite::store;
use crate::log::sqlite::wal;
use crate::log::sqlite::writer::Writer;
use crate::log::{Health, StopReason};

mod changes; // what records change for people who may be connected here
mod propose; // what people ask for becomes records

/// The part of the writer that speaks with the others.
pub(super) struct Cluster {
    engine: Arc<dyn Engine>,
    machine: u64,
    origin: Origin<Job>,
    replica: Replica,
    peers: Peers,
    /// The machine's own time begins here.
    began: Instant,
    /// Which consumer of the order is heard: what an earlier one told is not.
    consumer: u64,
    /// The time at which the order is asked for again.
    ask: Option<Duration>,
    stop: Option<StopReason>,
    waiting: Vec<Waiting>,
    /// The newest rules that this machine has asked for.
    rules_asked: u16,
    /// For how long this machine was told to keep names, until it has said so.
    name_keep: Option<Duration>,
    /// For whoever asks.
    health: Arc<Mutex<Health>>,
}

/// Somebody who waits until this machine has come to an entry.
struct Waiting {
    seq: u64,
    asked: Duration,
    then: Continuation,
}

/// A message that was heard.
struct Next {
    position: u64,
    at: u64,
    bytes: Arc<[u8]>,
    stamp: Stamp,
}

/// Messages that were applied in one transaction: what came of each that is an envelope, and the entries.
struct Batch<'a> {
    applied: Vec<Option<Applied<'a, Verdict>>>,
    entries: Vec<Entry>,
}

impl Cluster {
    pub(super) fn new(
        engine: Arc<dyn Engine>,
        machine: u64,
        mut replica: Replica,
        options: &StoreOptions,
    ) -> Self {
        replica.known = options.rules;
        // A snapshot may be of a chat that goes by newer rules.
        let stop = (replica.rules > replica.known).then_some(StopReason::NewerRules(replica.rules));
        Self {
            engine,
            machine,
            origin: Origin::new(replica.rules, new_run),
            replica,
            peers: Peers::of(machine),
            began: Instant::now(),
            consumer: 0,
            ask: Some(Duration::ZERO),
            stop,
            rules_asked: 0,
            name_keep: Some(options.name_keep),
            waiting: Vec::new(),
            health: Arc::new(Mutex::new(Health::CatchingUp)),
        }
    }

    pub(super) fn member(&self) -> Member {
        Member { machine: self.machine, health: Arc::clone(&self.health), engine: Arc::clone(&self.engine) }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn is_fresh(&self) -> bool {
        self.stop.is_none() && self.origin.is_fresh(self.now())
    }

    fn stop(&mut self, stop: StopReason) {
        tracing::error!("this machine does not go on with what the others say: {stop}");
        self.stop = Some(stop);
    }
}

impl Writer {
    pub(super) fn run_in(mut self, mut cluster: Cluster) {
        let jobs = Arc::clone(&self.jobs);
        self.tick(&mut cluster); // It follows the order at once.
        while let Some(taken) = jobs.take_within(JOBS_A_COMMIT, Some(RESEND_MIN)) {
            let (mut heard, mut maintenance) = (Vec::new(), Vec::new());
            for job in taken {
                match job {
                    Job::Heard { consumer, event } if consumer == cluster.consumer => heard.push(event),
                    Job::Heard { .. } => {}
                    Job::Reach { seq, then } => {
                        let asked = cluster.now();
                        cluster.waiting.push(Waiting { seq, asked, then });
                        cluster.origin.beat_soon();
                    }
                    job if job.is_maintenance() => maintenance.push(job),
                    job => self.propose(&mut cluster, job),
                }
            }
            self.hear(&mut cluster, heard);
            self.maintain_in(&mut cluster, maintenance);
            self.tick(&mut cluster);
            self.wal.bound(&self.connection, &self.upkeep);
        }
        // An unsettled question has no answer: its client connects to another machine, and asks again.
        self.close();
    }

    /// Does steps of maintenance. What all machines are to agree on is published.
    fn maintain_in(&mut self, cluster: &mut Cluster, jobs: Vec<Job>) {
        let mut own = Vec::new();
        for job in jobs {
            match job {
                Job::Step { step, answer } => {
                    match step.record(0, usize::MAX, &|who| self.proposer.is_here(who)) {
                        None => own.push(Job::Step { step, answer }),
                        Some((record, count)) => {
                            let is_taken = cluster.is_fresh() && cluster.origin.submit(record, None).is_ok();
                            let _ = answer.send(if is_taken { Ok(count) } else { Err(not_said()) });
                        }
                    }
                }
                job => own.push(job),
            }
        }
        if !own.is_empty() {
            self.maintain(own);
        }
    }

    /// Takes what the engine tells.
    fn hear(&mut self, cluster: &mut Cluster, events: Vec<Event>) {
        if cluster.stop.is_some() {
            return;
        }
        let (mut follower, mut next) = (cluster.replica.follower, Vec::new());
        for event in events {
            let heard = match event {
                Event::Message { position, at, bytes } => {
                    let header = replica::header(&bytes);
                    let (run, n) = header.map_or((RunId(0), 0), |header| (header.run, header.n));
                    let stamp = Stamp { run, n, at };
                    let known = (follower.position(), follower.last());
                    let heard = follower.hear(position, stamp);
                    if matches!(heard, Heard::OtherOrder | Heard::Trimmed) {
                        tracing::warn!(position, ?stamp, ?known, "what is heard is not what was applied");
                    }
                    if heard == Heard::Next {
                        next.push(Next { position, at, bytes, stamp });
                    }
                    heard
                }
                Event::EndsBefore => Heard::OtherOrder,
                Event::Ended => {
                    cluster.ask = Some(cluster.now() + RESEND_MIN);
                    continue;
                }
                Event::Trimmed => Heard::Trimmed,
                Event::Refused(id) => {
                    let settled = cluster.origin.refused(&id);
                    self.settled(settled);
                    continue;
                }
            };
            match heard {
                Heard::Next => continue,
                Heard::Known => cluster.replica.follower = follower,
                Heard::Hole => cluster.ask = Some(cluster.now()),
                Heard::Trimmed => cluster.stop(StopReason::Trimmed),
                Heard::OtherOrder => cluster.stop(StopReason::OtherOrder),
            }
            if heard != Heard::Known {
                break;
            }
        }
        if !next.is_empty() && !self.apply(cluster, &next) && next.len() > 1 {
            // One message cannot be applied. Those before it can.
            next.iter().all(|next| self.apply(cluster, std::slice::from_ref(next)));
        }
    }

    /// Applies messages in one transaction, which is on the disk when this returns true.
    fn apply(&mut self, cluster: &mut Cluster, messages: &[Next]) -> bool {
        let (position, replica) = (self.fold.position(), cluster.replica.clone());
        let applied = self.apply_in_transaction(cluster, messages);
        self.is_wal_doubtful |= matches!(&applied, Err(Stopped::Store(error)) if wal::is_failure(error));
        self.settle(applied.is_ok(), &position);
        match applied {
            Ok(batch) => {
                self.is_failing = false;
                self.applied(cluster, messages, batch);
                true
            }
            Err(stopped) => {
                cluster.replica = replica;
                // It is asked for again. What this consumer tells until then is behind it.
                cluster.consumer += 1;
                match stopped {
                    Stopped::NewerRules(rules) => cluster.stop(StopReason::NewerRules(rules)),
                    Stopped::Store(error) => {
                        if !std::mem::replace(&mut self.is_failing, true) {
                            tracing::error!(%error, "the store cannot be written: this machine stays where it is");
                        }
                        cluster.ask = Some(cluster.now() + APPLY_RETRY);
                    }
                }
                false
            }
        }
    }

    fn apply_in_transaction<'a>(
        &mut self,
        cluster: &mut Cluster,
        messages: &'a [Next],
    ) -> Result<Batch<'a>, Stopped> {
        self.files.check()?;
        self.renew_wal()?;
        self.sync(true)?;
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mut applied = Vec::with_capacity(messages.len());
        for Next { position, at, bytes, stamp } in messages {
            let (position, at) = (*position, *at);
            cluster.replica.follower.hear(position, *stamp);
            let message = Message { position, at, bytes };
            let done = cluster.replica.apply(&self.connection, &mut self.fold, message)?;
            if let Some(Applied { envelope, verdict: runs::Verdict::Effect, .. }) = &done {
                cluster.origin.heard_to_take_effect(envelope);
            }
            applied.push(done);
            cluster.peers.applied(position, at, cluster.replica.digest);
        }
        cluster.replica.save(&self.connection)?;
        // The engine has the next while this is written.
        self.send(cluster);
        self.fold.finish();
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(Batch { applied, entries: self.fold.take_entries() })
    }

    /// Messages are applied and on the disk: the entries are delivered, changes of people are told, and who asked is answered.
    fn applied(&mut self, cluster: &mut Cluster, messages: &[Next], batch: Batch<'_>) {
        let Batch { applied, entries } = batch;
        cluster.origin.set_rules(cluster.replica.rules);
        let (mut settled, mut changes) = (Vec::new(), Vec::new());
        for (message, applied) in messages.iter().zip(applied) {
            let Some(applied) = applied else { continue };
            if applied.verdict == runs::Verdict::Effect {
                let is_own = message.stamp.run == cluster.origin.run();
                for (index, record) in applied.records.iter().enumerate() {
                    if let Record::Beat(beat) = record
                        && !cluster.peers.hear(message.stamp.run, beat, cluster.began.elapsed())
                    {
                        cluster.stop(StopReason::Diverged);
                    }
                    if let Some(Ok(number)) = applied.outcomes.get(index) {
                        self.note_changes(record, *number, is_own, &mut changes);
                    }
                }
            }
            settled.push(cluster.origin.applied(applied));
        }
        {
            // Entries go before changes: a room hears of another name by an entry.
            let mut deliveries = self.deliveries.lock();
            if !entries.is_empty() {
                deliveries.deliver(self.fold.last(), entries.into_iter());
            }
            deliveries.changed(&changes);
        }
        // Then who asked is answered. What they do with it is behind what was told in the order of the records.
        settled.into_iter().for_each(|settled| self.settled(settled));
    }

    fn settled(&mut self, settled: Vec<Settled<Job, Verdict>>) {
        // Before anybody's question is dropped, the connections end. What they have sent and nobody has looked at goes with them:
        // its client may have gone to another machine long ago, and done something else there.
        if settled.iter().any(|settled| matches!(settled, Settled::Disconnect)) {
            self.deliveries.lock().disconnect();
            drop(self.jobs.take_those(Job::is_peoples));
        }
        for settled in settled {
            match settled {
                Settled::Applied(job, verdict) => {
                    match job.outcome(&self.connection, &mut self.fold.users, verdict) {
                        Ok(outcome) => job.answer(outcome),
                        Err(error) => job.refuse(|| store::unavailable(&error)),
                    }
                }
                Settled::NotSaid(job) => self.fail(job, not_said),
                Settled::Unknown(job) => drop(job),
                Settled::Disconnect => {}
            }
        }
    }

    /// Time has passed: what is due is sent, what was not heard for too long is given up, and who waits for too long is told.
    fn tick(&mut self, cluster: &mut Cluster) {
        let now = cluster.now();
        let settled = cluster.origin.tick(now);
        self.settled(settled);
        if cluster.stop.is_none() {
            if cluster.ask.take_if(|at| *at <= now).is_some() {
                self.follow(cluster);
            }
            self.send(cluster);
        }
        let (last, heard, is_over) = (self.fold.last(), cluster.origin.heard(), cluster.stop.is_some());
        for waiting in std::mem::take(&mut cluster.waiting) {
            let is_known = waiting.seq <= last || heard.is_some_and(|sent| sent > waiting.asked);
            if is_known || is_over || now.saturating_sub(waiting.asked) > JOIN_WAIT {
                (waiting.then.0)(is_known);
            } else {
                cluster.waiting.push(waiting);
            }
        }
        let health = match (cluster.stop, cluster.origin.heard()) {
            (Some(stop), _) => Health::Stopped(stop),
            (None, _) if cluster.is_fresh() => Health::Ready,
            (None, None) => Health::CatchingUp,
            (None, Some(heard)) => Health::Stale { since: cluster.began + heard },
        };
        *cluster.health.lock() = health;
    }

    /// Asks for the order anew, from where the store is.
    fn follow(&self, cluster: &mut Cluster) {
        cluster.consumer += 1;
        let (consumer, jobs) = (cluster.consumer, Arc::clone(&self.jobs));
        let heard = move |event| jobs.push(Job::Heard { consumer, event }).is_ok();
        cluster.engine.follow(cluster.replica.follower.ask(), Arc::new(heard));
    }

    fn send(&self, cluster: &mut Cluster) {
        let now = cluster.now();
        if cluster.is_fresh() {
            let keep = cluster.name_keep.take_if(|keep| *keep != self.fold.users.name_keep());
            let keep = keep.map(|keep| Record::KeepNames(keep.as_millis() as u64));
            let closed = cluster.peers.gone(now).into_iter().map(Record::Close);
            let rules = cluster.peers.common_rules(cluster.replica.known, now);
            let rules = rules.filter(|rules| *rules > cluster.replica.rules.max(cluster.rules_asked));
            cluster.rules_asked = rules.unwrap_or(cluster.rules_asked);
            for record in closed.chain(keep).chain(rules.map(Record::Rules)) {
                let _ = cluster.origin.submit(record, None);
            }
        }
        let Cluster { replica, machine, origin, .. } = cluster;
        let position = replica.follower.position();
        let beat = || {
            let at = replica.follower.last().map_or(0, |last| last.at);
            Record::Beat(Beat {
                machine: *machine,
                position,
                at,
                digest: replica.digest.0,
                rules: replica.known,
            })
        };
        if let Some(publish) = origin.send(now, position, beat) {
            cluster.engine.append(publish);
        }
    }
}

/// A run: this start of this machine.
pub(super) fn new_run() -> RunId {
    RunId(getrandom::u64().expect("the operating system has random numbers"))
}

/// The refusal of what was not applied, and never will be.
fn not_said() -> Error {
    Error::log("nothing was said: this server cannot reach the others; try again later")
}

#[cfg(test)]
pub(crate) mod tests;
