//! Somebody who speaks `chinwag.v1`, as the protocol says that a client must behave: a cursor for each room,
//! entries that change a message only when they are newer than it, and an outbox by `cid` that is sent again
//! after a reconnect. Stories are told with its words; what it is shown is what a reader would see.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::Interest;
use tokio::net::TcpSocket;
use tokio::time::timeout;

use crate::socket::{Heard, PATIENCE, PONG, Socket, TEXT, frame, handshake_with};

/// Events that nobody asked for and that are remembered: a story asks for one of the latest.
const EVENTS: usize = 2_000;

pub(crate) struct Person {
    pub(crate) name: String,
    /// The user's id; empty before the first hello.
    pub(crate) id: String,
    pub(crate) addr: SocketAddr,
    /// Its kernel takes next to nothing for it.
    pub(crate) is_narrow: bool,
    pub(crate) rooms: BTreeMap<String, View>,
    /// What was said and has no receipt, in its order.
    pub(crate) outbox: Vec<Said>,
    /// Every receipt that came: room, `cid`, `seq`.
    pub(crate) receipts: Vec<(String, String, u64)>,
    /// The codes that connections of this person were closed with; 0 for an end without a close.
    pub(crate) closes: Vec<u16>,
    /// What was refused.
    pub(crate) refusals: Vec<Value>,
    /// What a server must not do and did.
    pub(crate) wrong: Vec<String>,
    token: Option<String>,
    /// The greatest number that was told, of any room.
    known: u64,
    home: String,
    socket: Option<Socket>,
    unsent: Vec<u8>,
    events: VecDeque<Value>,
    said: usize,
}

/// A message on its way.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) room: String,
    pub(crate) cid: String,
    pub(crate) text: String,
}

/// What somebody sees of a room.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub(crate) epoch: String,
    /// The last entry that came; None before there is any.
    pub(crate) cursor: Option<u64>,
    /// When it was made.
    at: Option<u64>,
    /// What is seen begins with this number: older messages are behind a hole that a reset told of.
    pub(crate) from: Option<u64>,
    pub(crate) resets: usize,
    pub(crate) resumes: usize,
    pub(crate) is_caught_up: bool,
    pub(crate) topic: String,
    pub(crate) messages: BTreeMap<u64, Shown>,
}

/// A message as it is seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shown {
    /// Who said it, by their id.
    pub(crate) from: String,
    pub(crate) cid: Option<String>,
    /// None: it is deleted.
    pub(crate) text: Option<String>,
    pub(crate) edited: Option<u64>,
    pub(crate) reactions: BTreeMap<String, u64>,
    pub(crate) changed: u64,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

impl Shown {
    /// From a `message`: as it was said, or in its present state.
    pub(crate) fn of(message: &Value) -> Self {
        let is_deleted = message["deleted"].as_bool().unwrap_or(false);
        let reactions = message["reactions"].as_object().into_iter().flatten();
        Self {
            from: text(&message["from"]["id"]),
            cid: message["cid"].as_str().map(str::to_owned),
            text: (!is_deleted).then(|| text(&message["text"])),
            edited: message["edited"].as_u64().filter(|_| !is_deleted),
            reactions: reactions.map(|(emoji, kind)| (emoji.clone(), number(&kind["count"]))).collect(),
            changed: message["changed"].as_u64().unwrap_or(number(&message["seq"])),
        }
    }

    /// An entry that is about this message.
    fn change(&mut self, entry: &Value) {
        let seq = number(&entry["seq"]);
        if seq <= self.changed {
            return;
        }
        self.changed = seq;
        match entry["type"].as_str() {
            Some("edited") => {
                self.text = Some(text(&entry["text"]));
                self.edited = entry["at"].as_u64();
            }
            Some("deleted") => {
                *self =
                    Self { from: self.from.clone(), cid: self.cid.clone(), changed: seq, ..Self::default() };
            }
            _ => {
                let count = self.reactions.entry(text(&entry["emoji"])).or_default();
                *count = if entry["on"] == true { *count + 1 } else { count.saturating_sub(1) };
                self.reactions.retain(|_, count| *count > 0);
            }
        }
    }
}

impl View {
    fn joined(&mut self, joined: &Value) {
        if joined["reset"] == true {
            *self = Self { resets: self.resets + 1, resumes: self.resumes, ..Self::default() };
            self.epoch = text(&joined["epoch"]);
        } else {
            self.resumes += 1;
        }
        self.is_caught_up = false;
        self.topic = text(&joined["topic"]);
    }

    /// Takes an entry; says what is wrong with it.
    fn entry(&mut self, entry: &Value) -> Result<(), String> {
        let seq = number(&entry["seq"]);
        if let Some(cursor) = self.cursor.filter(|cursor| seq <= *cursor) {
            return Err(format!("{seq} came after {cursor}: {entry}"));
        }
        (self.cursor, self.at) = (Some(seq), entry["at"].as_u64());
        self.from.get_or_insert(seq);
        match entry["type"].as_str() {
            Some("message") => {
                self.messages.insert(seq, Shown::of(entry));
            }
            Some("topic") => self.topic = text(&entry["text"]),
            _ => {
                if let Some(message) = self.messages.get_mut(&number(&entry["target"])) {
                    message.change(entry);
                }
            }
        }
        Ok(())
    }
}

impl Person {
    /// Somebody who is in these rooms as soon as they connect.
    pub(crate) fn new(addr: SocketAddr, name: &str, rooms: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            id: String::new(),
            addr,
            is_narrow: false,
            rooms: rooms.iter().map(|room| ((*room).to_owned(), View::default())).collect(),
            outbox: Vec::new(),
            receipts: Vec::new(),
            closes: Vec::new(),
            refusals: Vec::new(),
            wrong: Vec::new(),
            token: None,
            known: 0,
            home: rooms[0].to_owned(),
            socket: None,
            unsent: Vec::new(),
            events: VecDeque::new(),
            said: 0,
        }
    }

    /// Somebody who has joined a room and seen what is there.
    pub(crate) async fn joins(addr: SocketAddr, name: &str, room: &str) -> Self {
        let mut person = Self::new(addr, name, &[room]);
        person.comes_back().await;
        person
    }

    /// Connects, says hello with the token and the cursors, and sends again what has no receipt.
    pub(crate) async fn connects(&mut self) {
        let socket = TcpSocket::new_v4().unwrap();
        if self.is_narrow {
            socket.set_recv_buffer_size(4096).unwrap();
        }
        let stream = timeout(PATIENCE, socket.connect(self.addr)).await.expect("no connection").unwrap();
        let (path, lines) = (format!("/ws/{}", self.home), "Sec-WebSocket-Protocol: chinwag.v1\r\n");
        let mut socket = Socket::raw(stream);
        socket.sends(handshake_with(&self.addr.to_string(), &path, lines).as_bytes()).await;
        let head = socket.head().await;
        assert!(head.starts_with("HTTP/1.1 101 ") && head.contains("chinwag.v1"), "{head}");
        self.socket = Some(socket);
        self.unsent.clear();
        let cursor = |view: &View| match view.cursor {
            Some(seq) => json!({"epoch": view.epoch, "since": seq, "at": view.at}),
            None => json!({}),
        };
        let rooms: BTreeMap<&String, Value> =
            self.rooms.iter().map(|(room, view)| (room, cursor(view))).collect();
        let mut hello = json!({"type": "hello", "name": self.name, "rooms": rooms, "known": self.known});
        if let Some(token) = &self.token {
            hello["token"] = token.clone().into();
        }
        self.rooms.values_mut().for_each(|view| view.is_caught_up = false);
        self.queue(&hello);
        for said in self.outbox.clone() {
            self.say(&said);
        }
        self.writes();
    }

    /// Connects, and sees what it missed.
    pub(crate) async fn comes_back(&mut self) {
        self.connects().await;
        let is_there = self.until("to catch up", Self::is_caught_up).await;
        assert!(is_there, "{} was closed with {:?}", self.name, self.closes.last());
    }

    /// The connection breaks, without a notice to anyone.
    pub(crate) fn drops(&mut self) {
        self.socket = None;
        self.unsent.clear();
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    pub(crate) fn is_caught_up(&self) -> bool {
        self.rooms.values().all(|view| view.is_caught_up)
    }

    /// Says something in the first room; gives its `cid`.
    pub(crate) async fn says(&mut self, text: &str) -> String {
        let cid = self.says_in(&self.home.clone(), text);
        self.until("to send", |me| me.unsent.is_empty()).await;
        cid
    }

    /// Says something in a room, when there is a connection; gives its `cid`. Waits for nothing.
    pub(crate) fn says_in(&mut self, room: &str, text: &str) -> String {
        self.said += 1;
        let said = Said {
            room: room.to_owned(),
            cid: format!("{}-{}", self.name, self.said),
            text: text.to_owned(),
        };
        self.outbox.push(said.clone());
        if self.is_connected() {
            self.say(&said);
            self.writes();
        }
        said.cid
    }

    /// Says something once more.
    pub(crate) fn say(&mut self, said: &Said) {
        self.queue(&json!({"type": "say", "room": said.room, "cid": said.cid, "text": said.text}));
    }

    pub(crate) async fn edits(&mut self, seq: u64, text: &str) {
        self.asks(json!({"type": "edit", "room": self.home, "seq": seq, "text": text})).await;
    }

    pub(crate) async fn deletes(&mut self, seq: u64) {
        self.asks(json!({"type": "delete", "room": self.home, "seq": seq})).await;
    }

    pub(crate) async fn reacts(&mut self, seq: u64, emoji: &str, on: bool) {
        self.asks(json!({"type": "react", "room": self.home, "seq": seq, "emoji": emoji, "on": on})).await;
    }

    /// Sends a command of any kind.
    pub(crate) async fn asks(&mut self, command: Value) {
        self.queue(&command);
        self.until("to send", |me| me.unsent.is_empty()).await;
    }

    /// The next event of a kind that was not asked for yet; the others stay.
    pub(crate) async fn expects(&mut self, kind: &str) -> Value {
        self.expects_where(kind, |_| true).await
    }

    /// The next message that says this.
    pub(crate) async fn hears_message(&mut self, text: &str) -> Value {
        self.expects_where("message", |message| message["text"] == text).await
    }

    async fn expects_where(&mut self, kind: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let find = |me: &Self| me.events.iter().position(|event| event["type"] == kind && is_it(event));
        self.until(kind, |me| find(me).is_some()).await;
        assert_eq!(self.wrong, [""; 0], "{} was told what must not be", self.name);
        let Some(at) = find(self) else {
            panic!("{} waits for {kind} and was closed with {:?}", self.name, self.closes.last())
        };
        self.events.remove(at).unwrap()
    }

    /// All messages of a room as they are now, page after page.
    pub(crate) async fn reads_all(&mut self, room: &str) -> BTreeMap<u64, Shown> {
        self.reads_after(room, 0).await
    }

    /// The messages of a room after a number, page after page.
    pub(crate) async fn reads_after(&mut self, room: &str, mut after: u64) -> BTreeMap<u64, Shown> {
        let mut all = BTreeMap::new();
        loop {
            self.asks(json!({"type": "history", "room": room, "after": after, "limit": 100})).await;
            let page = self.expects("page").await;
            for message in page["entries"].as_array().unwrap() {
                after = number(&message["seq"]);
                assert!(all.insert(after, Shown::of(message)).is_none(), "{after} is on two pages");
            }
            if page["more"] == false {
                return all;
            }
        }
    }

    /// Reads and writes until it is so; `false` when the connection is gone before that.
    ///
    /// # Panics
    /// When it does not come to be in time.
    pub(crate) async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> bool {
        let wait = async {
            loop {
                self.drinks();
                self.writes();
                if is_so(self) {
                    return true;
                }
                let Some(socket) = &self.socket else { return false };
                let interest = match self.unsent.is_empty() {
                    true => Interest::READABLE,
                    false => Interest::READABLE | Interest::WRITABLE,
                };
                let _ = socket.stream.ready(interest).await;
            }
        };
        match timeout(PATIENCE, wait).await {
            Ok(is_so) => is_so,
            Err(_) => panic!("{} waits for ever {what}; the latest: {:?}", self.name, self.events.back()),
        }
    }

    /// Takes all that is there. Waits for nothing.
    pub(crate) fn drinks(&mut self) {
        while let Some(heard) = self.socket.as_mut().and_then(Socket::try_next) {
            match heard {
                Heard::Text(text) => text.split('\n').for_each(|line| self.takes(line)),
                Heard::Ping(payload) => self.unsent.extend(frame(PONG, &payload)),
                Heard::Pong(_) => {}
                Heard::Close(code, _) => {
                    self.closes.push(code.unwrap_or_default());
                    self.drops();
                }
                Heard::End => {
                    self.closes.push(0);
                    self.drops();
                }
            }
        }
    }

    /// Sends a command with what is written next. Waits for nothing.
    pub(crate) fn queue(&mut self, command: &Value) {
        self.unsent.extend(frame(TEXT, command.to_string().as_bytes()));
    }

    /// Writes what the socket takes.
    pub(crate) fn writes(&mut self) {
        while let (false, Some(socket)) = (self.unsent.is_empty(), &self.socket) {
            match socket.stream.try_write(&self.unsent) {
                Ok(written) => drop(self.unsent.drain(..written)),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return,
                Err(_) => {
                    // What came before the end is still to be read.
                    self.unsent.clear();
                }
            }
        }
    }

    fn takes(&mut self, line: &str) {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let (room, seq) = (text(&event["room"]), number(&event["seq"]));
        self.known = if event["reset"] == true { seq } else { self.known.max(seq) };
        match event["type"].as_str() {
            Some("hello") => {
                let id = text(&event["user"]["id"]);
                if !self.id.is_empty() && self.id != id {
                    self.wrong.push(format!("{} became another user: {event}", self.name));
                }
                (self.id, self.token) = (id, Some(text(&event["token"])));
            }
            Some("joined") => self.rooms.entry(room).or_default().joined(&event),
            Some("caught_up") => {
                let view = self.rooms.entry(room).or_default();
                if view.cursor <= Some(seq) {
                    (view.cursor, view.at) = (Some(seq), event["at"].as_u64());
                }
                view.from.get_or_insert(seq);
                view.is_caught_up = true;
            }
            Some("receipt") => {
                let cid = text(&event["cid"]);
                self.outbox.retain(|said| (&said.room, &said.cid) != (&room, &cid));
                self.receipts.push((room, cid, seq));
            }
            Some("message" | "edited" | "deleted" | "reacted" | "topic" | "room" | "renamed") => {
                if let Err(wrong) = self.rooms.entry(room).or_default().entry(&event) {
                    self.wrong.push(format!("{}: {wrong}", self.name));
                }
            }
            Some("error") => self.refusals.push(event.clone()),
            _ => {}
        }
        self.events.push_back(event);
        if self.events.len() > EVENTS {
            self.events.pop_front();
        }
    }
}
