//! Nobody sees what they may not: people of all roles do what comes to their minds, and whatever any of them hears of a private room
//! is of a time at which, or before which, they were among its people.
//!
//! `CHINWAG_WALKS=100` goes so often.

use std::collections::HashMap;

use chinwag::StoreOptions;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::program::Folder;
use crate::socket::Heard;
use crate::voice::Voice;

/// Seeds of walks, and steps of each.
const SEEDS: u64 = 4;
const STEPS: usize = 700;

/// What is told of a room to those who are in it.
const OF_A_ROOM: [&str; 16] = [
    "message",
    "edited",
    "deleted",
    "reacted",
    "topic",
    "renamed",
    "room",
    "joined",
    "caught_up",
    "page",
    "people",
    "typing",
    "receipt",
    "reactions",
    "read",
    "private_room",
];

#[derive(Default)]
struct Person {
    id: String,
    token: Option<Value>,
    voice: Option<Voice>,
}

#[derive(Default)]
struct Room {
    name: String,
    /// When each was last among its people: u64::MAX for those who are.
    last_in: HashMap<usize, u64>,
}

struct Walk {
    chat: Chat,
    random: TestRng,
    people: Vec<Person>,
    rooms: Vec<Room>,
    /// Where and when each secret was said.
    said: Vec<(usize, u64)>,
    now: u64,
    heard: usize,
}

impl Walk {
    fn below(&mut self, most: usize) -> usize {
        (self.random.next_u64() % most.max(1) as u64) as usize
    }

    /// Sends a line, and checks all that has come until it is done with.
    async fn asks(&mut self, who: usize, command: &Value) -> Vec<Value> {
        let Some(mut voice) = self.people[who].voice.take() else { return Vec::new() };
        voice.says_line(&format!("{command}\n{{\"type\":\"ping\"}}")).await;
        let (mut lines, mut is_open) = (Vec::new(), true);
        'read: loop {
            match voice.socket.next().await {
                Heard::Text(text) => {
                    for line in text.split('\n') {
                        let line: Value = serde_json::from_str(line).unwrap();
                        let is_done = line["type"] == "pong";
                        lines.push(line);
                        if is_done {
                            break 'read;
                        }
                    }
                }
                Heard::Ping(_) => {}
                _ => {
                    is_open = false;
                    break;
                }
            }
        }
        for line in &lines {
            self.check(who, command, line);
        }
        self.people[who].voice = Some(voice).filter(|_| is_open);
        lines
    }

    fn check(&mut self, who: usize, command: &Value, line: &Value) {
        self.heard += 1;
        let text = line.to_string();
        for secret in text.split("secret-").skip(1) {
            let number: usize = secret.split('.').next().unwrap().parse().unwrap();
            let (room, at) = self.said[number];
            let last = self.rooms[room].last_in.get(&who).copied().unwrap_or(0);
            assert!(
                last >= at,
                "{who} hears what was said at {at} in a room that they left at {last}: {command}: {text}"
            );
        }
        for room in &self.rooms {
            let is_told = text.contains(&room.name);
            let kind = line["type"].as_str().unwrap();
            let is_in = room.last_in.contains_key(&who);
            // What somebody asks of a name that they know comes back to them.
            let is_own = ["error", "kept", "rooms", "parted"].contains(&kind);
            assert!(
                is_in || is_own || !is_told,
                "{who} hears of a room that they never were in: {command}: {text}"
            );
            if line["room"] == *room.name && OF_A_ROOM.contains(&kind) {
                assert!(is_in, "{who}: {command}: {text}");
            }
        }
    }

    async fn comes(&mut self, who: usize) {
        let rooms = std::iter::once("lobby").chain(self.rooms.iter().map(|room| &*room.name));
        let rooms: serde_json::Map<_, _> = rooms.map(|room| (room.to_owned(), json!({}))).collect();
        let mut hello = json!({"type": "hello", "rooms": rooms});
        hello["token"] = self.people[who].token.clone().unwrap();
        self.people[who].voice = Some(Voice::opens(self.chat.addr, "/ws").await);
        let answer = self.asks(who, &hello).await;
        if !answer.iter().any(|line| line["type"] == "hello") {
            self.people[who].voice = None;
        }
    }

    async fn step(&mut self) {
        self.now += 1;
        let who = self.below(self.people.len());
        if self.people[who].voice.is_none() {
            return self.comes(who).await;
        }
        let whom = self.below(self.people.len());
        let (user, seq) = (self.people[whom].id.clone(), self.below(self.said.len() * 2 + 2));
        let at = self.below(self.rooms.len() + 1);
        let name = self.rooms.get(at).map_or("lobby".to_owned(), |room| room.name.clone());
        let is_end = self.below(3) > 0;
        let command = match self.below(24) {
            0..5 => {
                let number = self.said.len();
                let command = json!({"type": "say", "room": name, "cid": format!("{number}"), "text": format!("secret-{number}. tea")});
                // The lobby's are nobody's secret.
                if at < self.rooms.len() {
                    self.said.push((at, self.now));
                    command
                } else {
                    json!({"type": "say", "room": name, "cid": format!("l{}", self.now), "text": "tea"})
                }
            }
            5 => json!({"type": "join", "room": name}),
            6 => json!({"type": "history", "room": name, "limit": 50}),
            7 => json!({"type": "search", "query": "tea"}),
            8 => json!({"type": "search", "query": "tea", "room": name}),
            9 => json!({"type": "react", "room": name, "seq": seq, "emoji": "👍", "on": true}),
            10 => json!({"type": "reactions", "room": name, "seq": seq}),
            11 => json!({"type": "delete", "room": name, "seq": seq}),
            12 => json!({"type": "topic", "room": name, "text": "tea"}),
            13 => json!({"type": "keep", "room": name, "listed": true}),
            14 => json!({"type": "rooms"}),
            15 => json!({"type": "directory"}),
            16 => json!({"type": "audit"}),
            17 => json!({"type": "clear", "user": user, "seconds": 600}),
            18 => json!({"type": "ban", "user": user, "end": is_end, "seconds": 600}),
            19 => json!({"type": "mute", "user": user, "end": is_end, "seconds": 600}),
            20 => json!({"type": "typing", "room": name}),
            21 => json!({"type": "private_rooms"}),
            22 => json!({"type": "private", "room": name, "users": [user]}),
            _ => json!({"type": "part", "room": name, "user": user}),
        };
        let answer = self.asks(who, &command).await;
        let is_done = |kind: &str| answer.iter().any(|line| line["type"] == kind && line["room"] == *name);
        match command["type"].as_str() {
            Some("private") if at < self.rooms.len() && is_done("private_room") => {
                self.rooms[at].last_in.insert(whom, u64::MAX);
            }
            // Whoever goes may lose the connection before the answer.
            Some("part") if at < self.rooms.len() => {
                let is_gone = is_done("parted") || (who == whom && self.people[who].voice.is_none());
                if is_gone
                    && let Some(last) =
                        self.rooms[at].last_in.get_mut(&whom).filter(|last| **last == u64::MAX)
                {
                    *last = self.now;
                }
            }
            _ => {}
        }
    }
}

async fn walk(seed: u64) -> (usize, usize) {
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |_| {});
    let code = chat.hub.first_owner().await.unwrap().unwrap();
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut walk =
        Walk { chat, random, people: Vec::new(), rooms: Vec::new(), said: Vec::new(), now: 1, heard: 0 };
    for name in ["Olga", "Mona", "Emil", "Gil", "Bo", "Eve"] {
        let mut hello = json!({"type": "hello", "name": name});
        if name == "Olga" {
            hello["invitation"] = code.clone().into();
        }
        let mut voice = Voice::opens(walk.chat.addr, "/ws").await;
        voice.says(hello).await;
        let hello = voice.hears("hello").await;
        voice.tells("lobby", name).await;
        let id = hello["user"]["id"].as_str().unwrap().to_owned();
        walk.people.push(Person { id, token: Some(hello["token"].clone()), voice: Some(voice) });
    }
    for (whom, role) in [(1, "moderator"), (2, "member")] {
        let user = walk.people[whom].id.clone();
        walk.asks(0, &json!({"type": "role", "user": user, "role": role})).await;
    }
    for (who, command, people) in [
        (3, json!({"type": "private", "users": [walk.people[1].id]}), vec![1, 3]),
        (0, json!({"type": "private", "users": [walk.people[2].id]}), vec![0, 2]),
        (4, json!({"type": "direct", "users": [walk.people[5].id]}), vec![4, 5]),
        (2, json!({"type": "direct", "users": [walk.people[3].id, walk.people[4].id]}), vec![2, 3, 4]),
    ] {
        let answer = walk.asks(who, &command).await;
        let told = answer.iter().rfind(|line| line["type"] == "private_room").unwrap();
        let name = told["room"].as_str().unwrap().to_owned();
        walk.rooms.push(Room { name, last_in: people.into_iter().map(|who| (who, u64::MAX)).collect() });
    }
    for _ in 0..STEPS {
        walk.step().await;
    }
    (walk.heard, walk.said.len())
}

#[tokio::test]
async fn nobody_hears_of_a_private_room_what_was_said_after_they_left_it() {
    let (mut heard, mut said) = (0, 0);
    let seeds = std::env::var("CHINWAG_WALKS").ok().and_then(|walks| walks.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds {
        let counts = walk(seed).await;
        (heard, said) = (heard + counts.0, said + counts.1);
    }
    println!("{heard} lines, {said} secrets");
    assert!(heard > 5_000 && said > 200, "{heard} lines, {said} secrets");
}
