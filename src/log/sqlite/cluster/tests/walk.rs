//! People move between machines: they say, edit, rename, drop, come back by another machine, and send again, while the engine loses and
//! repeats, and machines are cut off, end and start again. In the end everybody comes back, and:
//!
//! - nothing is lost that had a receipt, nor anything that was said by somebody who came back;
//! - nothing is there that they were told was not said;
//! - nothing is there or shown twice, and everybody's own messages are in their order;
//! - nobody was reset, and what everybody sees is what every machine has: there was no hole that nobody was told of;
//! - everybody has the name that every machine has for them.
//!
//! `CHINWAG_SEED=n` runs one seed, `CHINWAG_WALKS=n` so many from there on.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::people::hubs;
use super::person::{Counts, Person, Shown};
use super::*;
use crate::base::limits::Limits;
use crate::hub::Hub;

const ROOMS: [&str; 2] = ["lobby", "tea"];
const MACHINES: u64 = 3;
const STEPS: usize = 250;

struct World {
    chat: Chat,
    hubs: Vec<Hub>,
    people: Vec<Person>,
    random: Random,
    counts: Counts,
    seed: u64,
}

impl World {
    async fn of(seed: u64) -> Self {
        let chat = Chat::of(MACHINES, seed).await;
        chat.until_ready().await;
        let hubs = hubs(&chat);
        // The last two are one.
        let named = [("Ada", "a"), ("Bob", "b"), ("Cyd", "c"), ("Dot", "d"), ("Dot", "e")];
        let people = named.map(|(name, tag)| Person::new(name, tag, &ROOMS)).into();
        let mut world = Self { chat, hubs, people, random: Random(seed), counts: Counts::default(), seed };
        for who in 0..world.people.len() {
            if who == 4 {
                world.people[4].token = world.people[3].token.clone();
            }
            let hub = &world.hubs[who % world.hubs.len()];
            world.people[who].connects(hub).await;
            world.until(who, |me| me.is_settled()).await;
        }
        // Where nothing was ever said, names that were taken are forgotten, and those who knew of them are reset.
        for room in ROOMS {
            world.people[0].says(room).await;
            world.until(0, |me| me.is_settled()).await;
        }
        world
    }

    /// Somebody comes back, by one machine after the other, until it is so.
    async fn until(&mut self, who: usize, is_so: impl Fn(&Person) -> bool) {
        let began = Instant::now();
        while !is_so(&self.people[who]) {
            let Person { outbox, refused, .. } = &self.people[who];
            let health: Vec<_> = self.chat.machines.iter().map(Entries::health).collect();
            assert!(began.elapsed() < PATIENCE, "seed {}: {outbox:?}, {refused:?}, {health:?}", self.seed);
            if !self.people[who].is_connected() {
                let at = self.random.index(self.hubs.len()).unwrap_or_default();
                self.people[who].connects(&self.hubs[at]).await;
            }
            self.people[who].hears(Duration::from_millis(20)).await;
            // A refused message waits for the next connection.
            if began.elapsed() > ANSWER && self.random.one_in(64) {
                self.people[who].drops();
            }
        }
    }

    async fn step(&mut self) {
        let random = &mut self.random;
        let who = random.index(self.people.len()).unwrap_or_default();
        let machine = random.index(self.hubs.len()).unwrap_or_default();
        let room = ROOMS[random.index(ROOMS.len()).unwrap_or_default()];
        let person = &mut self.people[who];
        match random.below(32) {
            0..10 => person.says(room).await,
            10 => {
                for _ in 0..random.below(12) {
                    person.says(room).await;
                }
            }
            11..14 => {
                let (which, is_edit) = (random.below(64) as usize, !random.one_in(4));
                person.changes(room, which, is_edit).await;
            }
            14 => {
                let name =
                    format!("{} {}", ["Ann", "Ben", "Cleo"][random.below(3) as usize], random.below(4));
                person.renames(&name).await;
            }
            15..17 => person.drops(),
            // Right behind what they said, which is not answered.
            17 => {
                person.says(room).await;
                person.connects(&self.hubs[machine]).await;
            }
            18..24 => person.connects(&self.hubs[machine]).await,
            24 => self.chat.engine.set_faulty(random.one_in(2)),
            25 => {
                let is_cut = random.one_in(2);
                self.counts.cuts += u64::from(is_cut);
                self.chat.engine.set_cut(machine as u64 + 1, is_cut);
            }
            26 if random.one_in(2) => self.restarts(machine).await,
            _ => tokio::time::sleep(Duration::from_millis(random.below(24))).await,
        }
        for person in &mut self.people {
            person.hears(Duration::from_millis(1)).await;
        }
    }

    /// A machine ends with all of its connections, and starts again with what is on its disk.
    async fn restarts(&mut self, index: usize) {
        self.counts.restarts += 1;
        self.hubs.remove(index).cut();
        self.chat.machines.remove(index).close();
        let begins = async {
            loop {
                if let Some(log) = self.chat.opens(index as u64 + 1) {
                    return log;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let log = timeout(PATIENCE, begins).await.expect("its connections end");
        self.hubs.insert(index, Hub::new(log.clone(), Limits::default()).expect("limits that hold"));
        self.chat.machines.insert(index, log);
    }

    /// Nothing goes wrong any more. Everybody comes back, and hears the last in each room.
    async fn settles(&mut self) {
        self.chat.engine.set_faulty(false);
        for machine in 1..=MACHINES {
            self.chat.engine.set_cut(machine, false);
        }
        self.chat.until_ready().await;
        for who in 0..self.people.len() {
            self.until(who, |me| me.is_settled()).await;
        }
        for room in ROOMS {
            self.people[0].says(room).await;
            self.until(0, |me| me.is_settled()).await;
            let last = self.people[0].receipts.last().map(|(.., seq)| *seq).unwrap_or_default();
            for who in 0..self.people.len() {
                self.until(who, |me| me.is_settled() && me.views[room].messages.contains_key(&last)).await;
            }
        }
        // What a machine was still to do for connections that broke is before what it says last.
        let mut last = 0;
        for (index, machine) in self.chat.machines.iter().enumerate() {
            let draft = message(9, &format!("last-{index}"));
            last = said_somewhere(std::slice::from_ref(machine), 0, &draft).await;
        }
        for machine in &self.chat.machines {
            timeout(PATIENCE, machine.reach(last)).await.expect("in time").expect("it comes to it");
        }
        for who in 0..self.people.len() {
            self.until(who, |me| me.is_settled() && me.views["lobby"].messages.contains_key(&last)).await;
        }
        for person in &mut self.people {
            person.hears(Duration::from_millis(50)).await;
        }
    }

    async fn check(&mut self) {
        let seed = self.seed;
        for room in ROOMS {
            let there = self.reads(0, room).await;
            for index in 1..self.chat.machines.len() {
                assert_eq!(self.reads(index, room).await, there, "seed {seed}: two copies of {room}");
            }
            let mut cids = BTreeMap::new();
            for (seq, Shown { from, cid, .. }) in &there {
                let before = cids.insert((from, cid), *seq).filter(|_| !cid.is_empty());
                assert_eq!(before, None, "seed {seed}: {cid} is there twice in {room}");
            }
            for person in &self.people {
                let who = &person.name;
                let seen = &person.views[room].messages;
                let differs = |seq: &&u64| seen.get(seq) != there.get(seq);
                let other =
                    seen.keys().chain(there.keys()).find(differs).map(|seq| (seen.get(seq), there.get(seq)));
                assert_eq!(other, None, "seed {seed}: what {who} sees of {room} is not what is there");
                let number = |cid| cids.get(&(&person.id, cid)).copied();
                for (_, cid, seq) in person.receipts.iter().filter(|(of, ..)| *of == room) {
                    assert_eq!(number(cid), Some(*seq), "seed {seed}: {who} had a receipt for {cid}");
                }
                let own = person.said.iter().filter(|(of, _)| *of == room);
                let own: Vec<_> = own.map(|(_, cid)| number(cid)).collect();
                assert!(
                    own.is_sorted() && own.iter().all(Option::is_some),
                    "seed {seed}: {who} said {own:?}"
                );
                let told = person.not_said.iter().find(|cid| number(cid).is_some());
                assert_eq!(told, None, "seed {seed}: {who} was told that it was not said");
            }
        }
        for person in &self.people {
            assert_eq!(person.wrong, [""; 0], "seed {seed}");
            let who = person.id.parse().expect("an id");
            for log in &self.chat.machines {
                let user = log.greet(who, None).await.expect("they are known");
                assert_eq!(*user.name, *person.name, "seed {seed}: who somebody is");
            }
            self.counts.add(&person.counts);
        }
    }

    /// All messages of a room, as a machine has them.
    async fn reads(&self, index: usize, room: &str) -> BTreeMap<u64, Shown> {
        let (room, mut there) = (RoomName::parse(room).expect("a name"), BTreeMap::new());
        loop {
            let after = there.last_key_value().map_or(0, |(seq, _)| *seq);
            let page = self.chat.machines[index].history(&room, Anchor::After(after), 100, UserId::GUEST);
            let page = page.await.expect("it is read");
            there.extend(page.messages.iter().map(|message| {
                let cid = message.entry.content.parts().cid.unwrap_or_default().to_owned();
                let text = (!message.deleted).then(|| message.entry.text().to_owned());
                let from = message.entry.by.id.to_string();
                (message.entry.seq, Shown { from, cid, text })
            }));
            if !page.more {
                return there;
            }
        }
    }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_move_between_machines_lose_nothing_and_see_what_every_machine_has() {
    let first = number("CHINWAG_SEED").unwrap_or(5);
    let mut counts = Counts::default();
    for seed in first..first + number("CHINWAG_WALKS").unwrap_or(1) {
        let mut world = World::of(seed).await;
        for _ in 0..STEPS {
            world.step().await;
        }
        world.settles().await;
        world.check().await;
        world.people.clear();
        let all = world.chat.at_rest().await;
        assert!(all.iter().all(|copy| *copy == all[0]), "seed {seed}: two copies differ");
        counts.add(&world.counts);
    }
    let _ = writeln!(io::stderr(), "{counts:?}");
    let Counts { said, resent, resumes, moves, edits, named, restarts, cuts, .. } = counts;
    let happened = [said, resent, resumes, moves, edits, named, restarts, cuts];
    assert!(happened.iter().all(|count| *count > 0), "too little happened: {happened:?}");
}
