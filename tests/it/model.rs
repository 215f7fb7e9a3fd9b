//! The log, the resume and the outbox as one machine of many states: people say, edit, delete, react, drop,
//! come back, send again, fall behind and are cut, while the server is ended and started again, and old
//! messages are let go; on one machine, and on two that a real nats-server connects, where who comes back comes to the
//! other. In the end everybody comes back, and:
//!
//! - nothing is lost that had a receipt, nor anything that was said by somebody who came back;
//! - nothing is there or shown twice, by its `cid` or its number, and all have one order;
//! - every hole is told: what somebody sees from their last `reset` on is the room, whole and in its present
//!   state: texts, edits, deletions, reactions, topic;
//! - nobody waits for ever.
//!
//! A failure prints its seed and its case, made small; `CHINWAG_SEED=n` runs it again, `CHINWAG_CASES=n` runs
//! more of them.
//!
//! A test that cannot fail is a defect. `bin/faults` plants those in `tests/faults/` one by one and shows that
//! each is found, here or in crash.rs.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::json;

use crate::kept::{KEEPER, Kept, Settings};
use crate::nats::Nats;
use crate::person::{Person, Said, Shown};
use crate::socket::MS;

const NAMES: [&str; 4] = ["Ada", "Bob", "Cyd", "Dot"];
const ROOMS: [&str; 3] = ["lobby", "tea", "garden"];
const EMOJI: [&str; 3] = ["👍", "🎉", "❤️"];

/// Messages that are more than a narrow client's two kernels and the tail take.
const FLOOD: usize = 260;

/// Messages of a room that are kept where old ones are let go.
const KEEP: u64 = 60;

/// What happens next. People and rooms are counted round.
#[derive(Debug, Clone)]
enum Step {
    Say {
        who: usize,
        room: usize,
        len: usize,
    },
    /// The connection breaks right after the sending, before the receipt.
    SayAndDrop {
        who: usize,
        room: usize,
        count: usize,
    },
    Edit {
        who: usize,
        room: usize,
        which: usize,
    },
    Delete {
        who: usize,
        room: usize,
        which: usize,
    },
    React {
        who: usize,
        room: usize,
        which: usize,
        emoji: usize,
        on: bool,
    },
    Topic {
        who: usize,
        room: usize,
    },
    Drop {
        who: usize,
    },
    Back {
        who: usize,
    },
    /// Comes back in the midst of what another says, and edits, without a pause.
    BackInTheMidst {
        who: usize,
        talker: usize,
        room: usize,
    },
    /// Does not read any more, until it comes back; and another says more than fits in between.
    FallBehind {
        who: usize,
        talker: usize,
        room: usize,
    },
    /// The same, as it comes back: what it missed is on its way and stays there, while another says more.
    FallBehindAgain {
        who: usize,
        talker: usize,
        room: usize,
    },
    Restart {
        is_polite: bool,
    },
    Pause {
        ms: u64,
    },
}

fn step(restarts: u32) -> impl Strategy<Value = Step> {
    let (who, room, which) = (|| 0..NAMES.len(), || 0..ROOMS.len(), || 0..50usize);
    prop_oneof![
        8 => (who(), room(), 0..400usize).prop_map(|(who, room, len)| Step::Say { who, room, len }),
        4 => (who(), room(), 1..20usize).prop_map(|(who, room, count)| Step::SayAndDrop { who, room, count }),
        3 => (who(), room(), which()).prop_map(|(who, room, which)| Step::Edit { who, room, which }),
        2 => (who(), room(), which()).prop_map(|(who, room, which)| Step::Delete { who, room, which }),
        4 => (who(), room(), which(), 0..EMOJI.len(), any::<bool>())
            .prop_map(|(who, room, which, emoji, on)| Step::React { who, room, which, emoji, on }),
        1 => (who(), room()).prop_map(|(who, room)| Step::Topic { who, room }),
        3 => who().prop_map(|who| Step::Drop { who }),
        4 => who().prop_map(|who| Step::Back { who }),
        4 => (who(), who(), room()).prop_map(|(who, talker, room)| Step::BackInTheMidst { who, talker, room }),
        1 => (who(), who(), room()).prop_map(|(who, talker, room)| Step::FallBehind { who, talker, room }),
        1 => (who(), who(), room())
            .prop_map(|(who, talker, room)| Step::FallBehindAgain { who, talker, room }),
        restarts => any::<bool>().prop_map(|is_polite| Step::Restart { is_polite }),
        2 => (0..8u64).prop_map(|ms| Step::Pause { ms }),
    ]
}

/// Where the chat is.
enum Place {
    Here,
    Program,
    Machines(Nats),
}

#[derive(Debug, Clone)]
struct Case {
    steps: Vec<Step>,
    people: usize,
    rooms: usize,
    resume_entries: usize,
    keep_messages: Option<u64>,
}

fn case(restarts: u32) -> impl Strategy<Value = Case> {
    let resume_entries = prop_oneof![1 => Just(40usize), 3 => Just(1_000usize)];
    let keep_messages = prop_oneof![5 => Just(None), 1 => Just(Some(KEEP))];
    let steps = prop::collection::vec(step(restarts), 5..60);
    (steps, 2..=NAMES.len(), 1..=ROOMS.len(), resume_entries, keep_messages).prop_map(
        |(steps, people, rooms, resume_entries, keep_messages)| Case {
            steps,
            people,
            rooms,
            resume_entries,
            keep_messages,
        },
    )
}

/// What happened in all cases: a test in which nothing happens finds nothing.
#[derive(Debug, Default)]
struct Counts {
    said: usize,
    resent: usize,
    resumes: usize,
    resets: usize,
    cut: usize,
    restarts: usize,
    forgotten: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.said += other.said;
        self.resent += other.resent;
        self.resumes += other.resumes;
        self.resets += other.resets;
        self.cut += other.cut;
        self.restarts += other.restarts;
        self.forgotten += other.forgotten;
    }
}

struct World {
    chat: Kept,
    /// How often somebody came back, to another machine each time.
    backs: usize,
    people: Vec<Person>,
    /// Who does not read.
    stalled: HashSet<usize>,
    rooms: Vec<&'static str>,
    /// All that was ever said.
    said: Vec<(usize, Said)>,
    restarts: usize,
    resent: usize,
    /// Old messages are let go.
    is_forgetful: bool,
}

impl World {
    async fn open(case: &Case, place: &Place) -> Self {
        let settings = Settings {
            is_program: matches!(place, Place::Program),
            nats: match place {
                Place::Machines(nats) => Some(nats.chat()),
                _ => None,
            },
            tail_messages: 16,
            resume_entries: case.resume_entries,
            keep_messages: case.keep_messages,
        };
        let chat = Kept::open(settings).await;
        let rooms = ROOMS[..case.rooms].to_vec();
        let mut people = Vec::new();
        for (at, name) in NAMES[..case.people].iter().enumerate() {
            let mut person = Person::new(chat.addr(at), name, &rooms);
            person.is_narrow = true;
            person.connects().await;
            people.push(person);
        }
        Self {
            chat,
            backs: 0,
            people,
            stalled: HashSet::new(),
            rooms,
            said: Vec::new(),
            restarts: 0,
            resent: 0,
            is_forgetful: case.keep_messages.is_some(),
        }
    }

    /// Everyone who reads takes what is there, and writes what waits.
    fn all_read(&mut self) {
        for (who, person) in self.people.iter_mut().enumerate() {
            if !self.stalled.contains(&who) {
                person.drinks();
                person.writes();
            }
        }
    }

    async fn pause(&mut self, ms: u64) {
        self.all_read();
        tokio::time::sleep(MS(ms)).await;
        self.all_read();
    }

    fn says(&mut self, who: usize, room: usize, len: usize) {
        let (person, room) = (&mut self.people[who], self.rooms[room % self.rooms.len()]);
        let text = format!("{} says {}.{}", person.name, self.said.len(), "x".repeat(len));
        person.says_in(room, &text);
        let said = person.outbox.last().cloned().unwrap();
        self.said.push((who, said));
    }

    /// Somebody says much, and has the receipts for it.
    async fn floods(&mut self, who: usize, room: usize, count: usize) {
        if self.stalled.contains(&who) || !self.people[who].is_connected() {
            self.back(who).await;
        }
        for _ in 0..count {
            self.says(who, room, 3_000);
            self.all_read();
        }
        self.people[who].until("to flood", |me| me.outbox.is_empty()).await;
        self.all_read();
    }

    async fn back(&mut self, who: usize) {
        self.stalled.remove(&who);
        let person = &mut self.people[who];
        person.drinks();
        person.drops();
        self.backs += 1;
        person.addr = self.chat.addr(self.backs);
        self.resent += person.outbox.len();
        person.connects().await;
    }

    /// Sends a command about one of the messages that somebody sees in a room; of their own, if it has to be.
    async fn changes(
        &mut self,
        who: usize,
        room: usize,
        which: usize,
        is_own: bool,
        command: serde_json::Value,
    ) {
        let (room, person) = (self.rooms[room % self.rooms.len()], &mut self.people[who]);
        if !person.is_connected() || self.stalled.contains(&who) {
            return;
        }
        let is_fit = |shown: &Shown| shown.text.is_some() && (!is_own || shown.from == person.id);
        let fit = person.rooms[room].messages.iter().rev().filter(|(_, shown)| is_fit(shown));
        let Some(seq) = fit.map(|(seq, _)| *seq).nth(which % 8) else { return };
        let mut command = command;
        command["room"] = room.into();
        command["seq"] = seq.into();
        person.asks(command).await;
    }

    async fn takes(&mut self, step: &Step) {
        let count = self.people.len();
        let who_of = |who: usize| who % count;
        match *step {
            Step::Say { who, room, len } => self.says(who_of(who), room, len),
            Step::SayAndDrop { who, room, count } => {
                let who = who_of(who);
                (0..count).for_each(|_| self.says(who, room, 10));
                self.people[who].drops();
            }
            Step::Edit { who, room, which } => {
                let text = format!("edited by {who}, {which}");
                self.changes(who_of(who), room, which, true, json!({"type": "edit", "text": text})).await;
            }
            Step::Delete { who, room, which } => {
                self.changes(who_of(who), room, which, true, json!({"type": "delete"})).await;
            }
            Step::React { who, room, which, emoji, on } => {
                let command = json!({"type": "react", "emoji": EMOJI[emoji], "on": on});
                self.changes(who_of(who), room, which, false, command).await;
            }
            Step::Topic { who, room } => {
                let (who, room) = (who_of(who), self.rooms[room % self.rooms.len()]);
                let text = format!("topic after {}", self.said.len());
                if self.people[who].is_connected() && !self.stalled.contains(&who) {
                    self.people[who].asks(json!({"type": "topic", "room": room, "text": text})).await;
                }
            }
            Step::Drop { who } => self.people[who_of(who)].drops(),
            Step::Back { who } => self.back(who_of(who)).await,
            Step::BackInTheMidst { who, talker, room } => {
                let (who, talker) = (who_of(who), who_of(talker));
                for turn in 0..6 {
                    (0..8).for_each(|_| self.says(talker, room, 10));
                    let edit = json!({"type": "edit", "text": format!("in the midst {turn}")});
                    self.changes(talker, room, turn, true, edit).await;
                    if turn % 2 == 1 && who != talker {
                        self.back(who).await;
                    }
                    self.pause(turn as u64 % 3).await;
                }
            }
            Step::FallBehind { who, talker, room } => {
                let (who, talker) = (who_of(who), who_of(talker));
                if who == talker {
                    return;
                }
                self.stalled.insert(who);
                self.floods(talker, room, FLOOD).await;
            }
            Step::FallBehindAgain { who, talker, room } => {
                let (who, talker) = (who_of(who), who_of(talker));
                if who == talker {
                    return;
                }
                self.people[who].drops();
                self.floods(talker, room, FLOOD).await;
                self.back(who).await;
                self.stalled.insert(who);
                self.floods(talker, room, 40).await;
            }
            Step::Restart { is_polite } => {
                self.restarts += 1;
                let (machine, addr) = (self.restarts, self.chat.addr(self.restarts));
                self.chat.ends(machine, is_polite);
                for (who, person) in self.people.iter_mut().enumerate().filter(|(_, them)| them.addr == addr)
                {
                    match self.stalled.contains(&who) {
                        true => person.drops(),
                        false => drop(person.until("the end", |me| !me.is_connected()).await),
                    }
                }
                self.stalled.retain(|who| self.people[*who].is_connected());
                self.chat.starts(machine).await;
            }
            Step::Pause { ms } => self.pause(ms).await,
        }
        self.all_read();
    }

    /// Somebody misses more than is kept, and comes back when the rest is gone.
    async fn is_away_while_old_messages_go(&mut self) {
        self.takes(&Step::Restart { is_polite: true }).await;
        self.back(0).await;
        self.people[1].drops();
        (0..KEEP + 30).for_each(|_| self.says(0, 0, 10));
        self.people[0].until("receipts", |me| me.outbox.is_empty()).await;
        tokio::time::sleep(KEEPER).await;
        self.back(1).await;
    }

    /// Everyone comes back until nothing of theirs waits, and has seen what is the last in each room.
    async fn settles(&mut self) {
        for who in 0..self.people.len() {
            self.stalled.remove(&who);
            for attempt in 0.. {
                assert!(
                    attempt < 20,
                    "{} cannot come back: {:?}",
                    self.people[who].name,
                    self.people[who].closes
                );
                let person = &mut self.people[who];
                if person.is_connected()
                    && person.until("to settle", |me| me.is_caught_up() && me.outbox.is_empty()).await
                {
                    break;
                }
                self.back(who).await;
            }
        }
        for room in 0..self.rooms.len() {
            self.says(0, room, 0);
            let (_, last) = self.said.last().cloned().unwrap();
            for who in 0..self.people.len() {
                let has_it = |me: &Person| {
                    me.rooms[&last.room].messages.values().any(|m| m.text.as_deref() == Some(&last.text))
                };
                for attempt in 0.. {
                    assert!(attempt < 20, "{} does not hear the last", self.people[who].name);
                    if self.people[who].until("the last", |me| has_it(me) && me.outbox.is_empty()).await {
                        break;
                    }
                    self.back(who).await;
                }
            }
        }
    }

    /// Compares what everyone sees with what is there, as somebody new reads it.
    async fn check(&mut self, counts: &mut Counts) -> Result<(), TestCaseError> {
        let mut reader = Person::new(self.chat.addr(0), "Eve", &self.rooms);
        reader.comes_back().await;
        for room in &self.rooms {
            let there = self.reads_all(&mut reader, room).await;
            // Messages before this may have been let go.
            let oldest = there.keys().next().copied().unwrap_or_default();
            let mut cids: BTreeMap<(&str, &str), u64> = BTreeMap::new();
            for (seq, shown) in &there {
                let Some(cid) = shown.cid.as_deref() else { continue };
                let before = cids.insert((&shown.from, cid), *seq);
                prop_assert_eq!(before, None, "{} is there twice, in {}", cid, room);
            }
            for (who, person) in self.people.iter().enumerate() {
                self.check_person(person, room, &there, oldest, reader.rooms[*room].topic.as_str())?;
                let mut last = 0;
                for said in self.said.iter().filter(|(by, said)| *by == who && said.room == *room) {
                    match cids.get(&(person.id.as_str(), said.1.cid.as_str())) {
                        Some(seq) => {
                            // Who sends again what was let go meanwhile says it anew: its `cid` went with it.
                            let is_in_order = *seq > last || self.is_forgetful;
                            prop_assert!(
                                is_in_order,
                                "{:?} comes before what was said before it",
                                said.1.cid
                            );
                            last = *seq;
                        }
                        None if self.is_forgotten(person, said.1.cid.as_str(), oldest) => {
                            counts.forgotten += 1
                        }
                        None => prop_assert!(false, "{} is lost in {}", said.1.cid, room),
                    }
                }
            }
        }
        counts.said += self.said.len();
        counts.resent += self.resent;
        counts.restarts += self.restarts;
        for person in &self.people {
            counts.cut += person.closes.iter().filter(|code| **code == 4008).count();
            counts.resumes += person.rooms.values().map(|view| view.resumes).sum::<usize>();
            counts.resets += person.rooms.values().map(|view| view.resets - 1).sum::<usize>();
        }
        Ok(())
    }

    /// All messages of a room. Of what is let go between two of its pages, the first ones would still be there: it is read
    /// until that is as it was.
    async fn reads_all(&self, reader: &mut Person, room: &str) -> BTreeMap<u64, Shown> {
        let mut there = reader.reads_all(room).await;
        loop {
            if !self.is_forgetful {
                return there;
            }
            let again = reader.reads_all(room).await;
            if again == there {
                return there;
            }
            there = again;
        }
    }

    fn check_person(
        &self,
        person: &Person,
        room: &str,
        there: &BTreeMap<u64, Shown>,
        oldest: u64,
        topic: &str,
    ) -> Result<(), TestCaseError> {
        let (view, name) = (&person.rooms[room], &person.name);
        prop_assert_eq!(&person.wrong, &[""; 0], "what came was not in order, or came twice");
        let refused: Vec<_> = person.refusals.iter().filter(|error| error["command"] == "say").collect();
        prop_assert!(refused.is_empty(), "{refused:?}");
        let from = view.from.unwrap_or_default().max(oldest);
        let seen: BTreeMap<_, _> = view.messages.range(from..).collect();
        let is: BTreeMap<_, _> = there.range(from..).collect();
        let missing: Vec<_> = is.keys().filter(|seq| !seen.contains_key(*seq)).collect();
        prop_assert!(missing.is_empty(), "{name} has holes in {room} that nobody told: {missing:?}");
        for (seq, shown) in &seen {
            prop_assert_eq!(Some(shown), is.get(seq), "{} sees {} of {} like this", name, seq, room);
        }
        // What retention took meanwhile was there to be seen by who was told of no hole.
        let told = self.people.iter().flat_map(|other| &other.receipts);
        let unseen =
            |seq: u64| view.from.is_some_and(|from| seq >= from) && !view.messages.contains_key(&seq);
        let holes: Vec<_> = told.filter(|(of, _, seq)| of == room && unseen(*seq)).collect();
        prop_assert!(holes.is_empty(), "{name} was never shown these in {room}: {holes:?}");
        prop_assert_eq!(&view.topic, topic, "the topic of {} for {}", room, name);
        for (_, cid, seq) in person.receipts.iter().filter(|(of, _, seq)| of == room && *seq >= oldest) {
            let shown = there.get(seq);
            let is_it = shown.is_some_and(|shown| shown.cid.as_ref() == Some(cid) && shown.from == person.id);
            prop_assert!(is_it, "{} had {} as its receipt, where {:?} is", cid, seq, shown);
        }
        Ok(())
    }

    fn is_forgotten(&self, person: &Person, cid: &str, oldest: u64) -> bool {
        person.receipts.iter().any(|(_, of, seq)| of == cid && *seq < oldest)
    }
}

async fn runs(case: &Case, place: &Place, counts: &mut Counts) -> Result<(), TestCaseError> {
    let mut world = World::open(case, place).await;
    for (at, step) in case.steps.iter().enumerate() {
        world.takes(step).await;
        if case.keep_messages.is_some() && at == case.steps.len() / 2 {
            world.is_away_while_old_messages_go().await;
        }
    }
    world.settles().await;
    // What was sent without an answer, on connections that broke, may still be on its way.
    for _ in 0..8 {
        if world.check(&mut Counts::default()).await.is_ok() {
            break;
        }
        world.pause(25).await;
    }
    world.check(counts).await
}

/// A number that the environment may give to a test.
pub(crate) fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

fn check(place: &Place, cases: u32) -> Counts {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let seed =
        setting("CHINWAG_SEED").unwrap_or_else(|| u64::from(std::process::id()) << 20 | u64::from(cases));
    let cases = setting("CHINWAG_CASES").map_or(cases, |cases| cases as u32);
    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        max_shrink_time: 30_000,
        max_shrink_iters: setting("CHINWAG_SHRINK").map_or(400, |iters| iters as u32),
        ..Config::default()
    };
    let counts = parking_lot::Mutex::new(Counts::default());
    let told =
        TestRunner::new(config).run(&case(if matches!(place, Place::Program) { 4 } else { 1 }), |case| {
            let mut happened = Counts::default();
            let told = runtime.block_on(runs(&case, place, &mut happened));
            counts.lock().add(&happened);
            told
        });
    if let Err(error) = told {
        panic!("CHINWAG_SEED={seed}: {error}");
    }
    counts.into_inner()
}

#[test]
fn everyone_sees_all_messages_once_and_in_one_order_whatever_happens() {
    let counts = check(&Place::Here, 24);
    println!("{counts:?}");
    let Counts { said, resent, resumes, resets, cut, restarts, forgotten: _ } = counts;
    let happened = [said, resent, resumes, resets, cut, restarts];
    assert!(happened.iter().all(|count| *count > 0), "too little happened");
}

#[test]
fn so_it_is_on_two_machines_between_which_people_move() {
    let counts = check(&Place::Machines(Nats::start()), 6);
    println!("{counts:?}");
    // In so few cases nobody may be cut, and nothing may be behind a hole.
    let happened = [counts.said, counts.resent, counts.resumes];
    assert!(happened.iter().all(|count| *count > 0), "too little happened");
}

#[test]
fn so_it_is_when_the_program_is_killed() {
    println!("{:?}", check(&Place::Program, 6));
}
