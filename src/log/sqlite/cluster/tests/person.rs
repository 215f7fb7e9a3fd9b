//! Somebody who speaks `chinwag.v1` as the protocol says that a client must: a cursor for each room, an outbox by `cid` that is
//! sent again on the next connection, to whichever machine that is, and what they were told.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::tab::Tab;
use crate::hub::Hub;

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) from: String,
    pub(super) cid: String,
    /// None: it is deleted.
    pub(super) text: Option<String>,
}

/// A message on its way.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) room: &'static str,
    pub(super) cid: String,
    text: String,
    /// How often it was sent.
    sendings: u32,
}

/// What somebody sees of a room.
#[derive(Debug, Default)]
pub(super) struct View {
    epoch: String,
    /// The last entry that came, and when it was made.
    cursor: Option<(u64, Option<u64>)>,
    pub(super) messages: BTreeMap<u64, Shown>,
    is_caught_up: bool,
}

/// Somebody, by one connection at a time.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    /// What is before the numbers in their `cid`s.
    tag: String,
    pub(super) token: Option<String>,
    pub(super) views: BTreeMap<&'static str, View>,
    pub(super) outbox: Vec<Said>,
    /// Every receipt: room, `cid` and number.
    pub(super) receipts: Vec<(&'static str, String, u64)>,
    /// All that was said, in its order, but what is among `not_said`, or was and was sent again.
    pub(super) said: Vec<(&'static str, String)>,
    /// Of what they were told that it was not said, and did not send again.
    pub(super) not_said: Vec<String>,
    /// The last that was refused.
    pub(super) refused: Option<Value>,
    /// What must not happen and did.
    pub(super) wrong: Vec<String>,
    pub(super) counts: Counts,
    /// The greatest number that was told.
    known: u64,
    tab: Option<Tab>,
    number: u64,
}

/// What happened.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) said: u64,
    pub(super) resent: u64,
    pub(super) resumes: u64,
    pub(super) moves: u64,
    pub(super) not_said: u64,
    /// Joins that had to wait for too long.
    pub(super) behind: u64,
    pub(super) edits: u64,
    pub(super) named: u64,
    pub(super) restarts: u64,
    pub(super) cuts: u64,
}

impl Counts {
    pub(super) fn add(&mut self, other: &Self) {
        let mut other = *other;
        for (count, other) in self.all().into_iter().zip(other.all()) {
            *count += *other;
        }
    }

    pub(super) fn all(&mut self) -> [&mut u64; 10] {
        let Self { said, resent, resumes, moves, not_said, behind, edits, named, restarts, cuts } = self;
        [said, resent, resumes, moves, not_said, behind, edits, named, restarts, cuts]
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

impl Shown {
    pub(super) fn of(message: &Value) -> Self {
        let text_of = message["text"].as_str().map(str::to_owned);
        Self { from: text(&message["from"]["id"]), cid: text(&message["cid"]), text: text_of }
    }
}

impl Person {
    pub(super) fn new(name: &str, tag: &str, rooms: &[&'static str]) -> Self {
        let views = rooms.iter().map(|room| (*room, View::default())).collect();
        Self { name: name.to_owned(), tag: tag.to_owned(), views, ..Self::default() }
    }

    pub(super) fn is_connected(&self) -> bool {
        self.tab.is_some()
    }

    /// Nothing waits, and all that was there is seen.
    pub(super) fn is_settled(&self) -> bool {
        self.is_connected() && self.outbox.is_empty() && self.views.values().all(|view| view.is_caught_up)
    }

    /// Connects to a machine, with what is known and what waits. What the connection before was still to be told is lost.
    pub(super) async fn connects(&mut self, hub: &Hub) {
        self.drops();
        let mut tab = Tab::open(hub);
        let cursor = |view: &View| match view.cursor {
            Some((seq, at)) => json!({"epoch": view.epoch, "since": seq, "at": at}),
            None => json!({}),
        };
        let rooms: BTreeMap<_, _> = self.views.iter().map(|(room, view)| (*room, cursor(view))).collect();
        let mut hello = json!({"type": "hello", "name": self.name, "rooms": rooms, "known": self.known});
        if let Some(token) = &self.token {
            hello["token"] = token.clone().into();
        }
        self.views.values_mut().for_each(|view| view.is_caught_up = false);
        tab.asks(&hello).await;
        self.tab = Some(tab);
        self.counts.moves += 1;
        self.counts.resent += self.outbox.len() as u64;
        for at in 0..self.outbox.len() {
            self.sends(at).await;
        }
    }

    pub(super) fn drops(&mut self) {
        self.tab = None;
    }

    async fn asks(&mut self, command: &Value) {
        if let Some(tab) = &mut self.tab {
            tab.asks(command).await;
        }
    }

    async fn sends(&mut self, at: usize) {
        if self.is_connected() {
            let said = &mut self.outbox[at];
            said.sendings += 1;
            let say = json!({"type": "say", "room": said.room, "cid": said.cid, "text": said.text});
            self.asks(&say).await;
        }
    }

    pub(super) async fn says(&mut self, room: &'static str) {
        self.number += 1;
        self.counts.said += 1;
        let cid = format!("{}-{}", self.tag, self.number);
        self.said.push((room, cid.clone()));
        self.outbox.push(Said { room, text: format!("this is {cid}"), cid, sendings: 0 });
        self.sends(self.outbox.len() - 1).await;
    }

    /// Edits or deletes one of their own messages, which they see.
    pub(super) async fn changes(&mut self, room: &'static str, which: usize, is_edit: bool) {
        let own = |(_, shown): &(&u64, &Shown)| shown.from == self.id && shown.text.is_some();
        let own: Vec<u64> = self.views[room].messages.iter().filter(own).map(|(seq, _)| *seq).collect();
        let Some(seq) = own.get(which % own.len().max(1)) else { return };
        self.number += 1;
        self.counts.edits += 1;
        let mut command = json!({"type": "delete", "room": room, "seq": seq});
        if is_edit {
            let text = format!("this is edit {} of {}", self.number, self.tag);
            command = json!({"type": "edit", "room": room, "seq": seq, "text": text, "base": self.known});
        }
        self.asks(&command).await;
    }

    pub(super) async fn renames(&mut self, name: &str) {
        self.asks(&json!({"type": "name", "name": name})).await;
    }

    /// Takes what is told within a time.
    pub(super) async fn hears(&mut self, time: Duration) {
        while let Some(tab) = &mut self.tab {
            match timeout(time, tab.next()).await {
                Ok(Some(event)) => self.takes(&event),
                Ok(None) => self.drops(),
                Err(_) => return,
            }
        }
    }

    fn takes(&mut self, event: &Value) {
        let seq = number(&event["seq"]);
        self.known = if event["reset"] == true { seq } else { self.known.max(seq) };
        let room = event["room"].as_str().unwrap_or_default();
        let room = self.views.keys().find(|own| **own == room).copied().unwrap_or_default();
        match event["type"].as_str().unwrap_or_default() {
            "hello" => {
                if !self.id.is_empty() && event["user"]["id"] != self.id {
                    self.wrong.push(format!("{} became another: {event}", self.tag));
                }
                (self.id, self.name) = (text(&event["user"]["id"]), text(&event["user"]["name"]));
                self.token = Some(text(&event["token"]));
            }
            "named" => {
                self.name = text(&event["user"]["name"]);
                self.counts.named += 1;
            }
            "joined" => {
                let view = self.views.entry(room).or_default();
                if event["reset"] == false {
                    self.counts.resumes += 1;
                    return;
                }
                if let Some(cursor) = view.cursor {
                    self.wrong.push(format!("{} was reset at {cursor:?}: {event}", self.tag));
                }
                *view = View { epoch: text(&event["epoch"]), ..View::default() };
            }
            "caught_up" => {
                let view = self.views.entry(room).or_default();
                if view.cursor.is_none_or(|(cursor, _)| cursor <= seq) {
                    view.cursor = Some((seq, event["at"].as_u64()));
                }
                view.is_caught_up = true;
            }
            "receipt" => {
                let cid = text(&event["cid"]);
                self.outbox.retain(|said| said.cid != cid);
                self.receipts.push((room, cid, seq));
            }
            "message" | "edited" | "deleted" | "renamed" => self.enters(room, seq, event),
            "error" => self.is_refused(event),
            _ => {}
        }
    }

    fn enters(&mut self, room: &'static str, seq: u64, entry: &Value) {
        let view = self.views.entry(room).or_default();
        if let Some((cursor, _)) = view.cursor.filter(|(cursor, _)| seq <= *cursor) {
            self.wrong.push(format!("{} was told {seq} after {cursor}: {entry}", self.tag));
        }
        view.cursor = Some((seq, entry["at"].as_u64()));
        match entry["type"].as_str().unwrap_or_default() {
            "message" => drop(view.messages.insert(seq, Shown::of(entry))),
            "renamed" => {}
            _ => {
                let shown = view.messages.get_mut(&number(&entry["target"]));
                shown.into_iter().for_each(|shown| shown.text = entry["text"].as_str().map(str::to_owned));
            }
        }
    }

    fn is_refused(&mut self, error: &Value) {
        self.refused = Some(error.clone());
        match (text(&error["command"]).as_str(), text(&error["code"]).as_str()) {
            ("say", "unavailable") => {
                // Only where it was sent once is it known that no sending of it stands.
                let cid = text(&error["cid"]);
                let is_it = |said: &&Said| said.cid == cid && said.sendings == 1;
                if self.outbox.iter().any(|said| is_it(&said)) {
                    self.counts.not_said += 1;
                    self.outbox.retain(|said| said.cid != cid);
                    self.not_said.push(cid.clone());
                }
                // It is behind what was said after it, if it is sent again.
                self.said.retain(|(_, said)| *said != cid);
            }
            // The machine is behind: somewhere else, then.
            ("join" | "hello", "unavailable") => {
                self.counts.behind += 1;
                self.drops();
            }
            (_, "unavailable" | "outdated" | "gone" | "name_taken" | "no_such_message") => {}
            _ => self.wrong.push(format!("{}: {error}", self.tag)),
        }
    }
}
