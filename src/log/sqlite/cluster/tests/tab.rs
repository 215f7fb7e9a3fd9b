//! A tab: a client of `chinwag.v1` on the hub of a machine, over a stream in memory. What it is told is JSON as a browser reads it.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::timeout;

use super::PATIENCE;
use crate::base::room_name::RoomName;
use crate::connection::client::Client;
use crate::connection::session::V1;
use crate::hub::Hub;
use crate::wire::protocol::Encoding;
use crate::wire::stream::Stream;

/// Bytes that are on their way at once.
const ON_THE_WAY: usize = 1 << 20;

const TEXT: u8 = 1;
const CLOSE: u8 = 8;

#[derive(Debug)]
pub(super) struct Tab {
    stream: DuplexStream,
    bytes: Vec<u8>,
    /// What was told and not asked for yet.
    events: VecDeque<Value>,
    /// The code that it was closed with; 0 for an end without one.
    pub(super) closed: Option<u16>,
}

impl Tab {
    pub(super) fn open(hub: &Hub) -> Self {
        let (stream, theirs) = duplex(ON_THE_WAY);
        let (own, lobby) = (hub.clone(), RoomName::lobby());
        let begin = move |outlet: &_, seat| V1::new(own, outlet, lobby, None, seat);
        let seat = hub.quotas().seat(None, &hub.limits().address, Duration::ZERO).expect("there is no limit");
        tokio::spawn(Client::new(hub.clone(), Stream::other(theirs), Encoding::V1.into(), &[], seat, begin));
        Self { stream, bytes: Vec::new(), events: VecDeque::new(), closed: None }
    }

    /// Somebody's tab in the lobby: of somebody new, or of whom the token is.
    pub(super) async fn of(hub: &Hub, name: &str, token: Option<&str>) -> (Self, Value) {
        let mut tab = Self::open(hub);
        let mut hello = json!({"type": "hello", "name": name, "rooms": {"lobby": {}}});
        if let Some(token) = token {
            hello["token"] = token.into();
        }
        tab.asks(&hello).await;
        let hello = tab.expects("hello").await;
        tab.expects("caught_up").await;
        (tab, hello)
    }

    /// Sends a command. One to a server that is gone is lost.
    pub(super) async fn asks(&mut self, command: &Value) {
        let text = command.to_string();
        // From a client, with a mask of zeros.
        let mut frame = vec![0x80 | TEXT];
        match text.len() {
            len @ 0..126 => frame.push(0x80 | len as u8),
            len => {
                frame.push(0x80 | 126);
                frame.extend((len as u16).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        let _ = self.stream.write_all(&frame).await;
    }

    /// The next thing that is told; None at the end.
    pub(super) async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if self.closed.is_some() {
                return None;
            }
            self.takes_frames();
            if self.events.is_empty()
                && self.closed.is_none()
                && self.stream.read_buf(&mut self.bytes).await.unwrap_or(0) == 0
            {
                self.closed = Some(0);
            }
        }
    }

    fn takes_frames(&mut self) {
        while let [first, length, rest @ ..] = &self.bytes[..] {
            let (length, rest) = match (length, rest) {
                (126, [a, b, rest @ ..]) => (usize::from(u16::from_be_bytes([*a, *b])), rest),
                (127, [a, b, c, d, e, f, g, h, rest @ ..]) => {
                    (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]) as usize, rest)
                }
                (126 | 127, _) => return,
                (length, rest) => (usize::from(*length), rest),
            };
            let Some(payload) = rest.get(..length) else { return };
            match first & 0x0f {
                TEXT => {
                    let text = std::str::from_utf8(payload).expect("text");
                    self.events
                        .extend(text.split('\n').map(|line| serde_json::from_str(line).expect("JSON")));
                }
                CLOSE => {
                    let code = payload.first_chunk().map_or(0, |code| u16::from_be_bytes(*code));
                    self.closed = Some(code);
                }
                _ => {}
            }
            let taken = self.bytes.len() - rest.len() + length;
            self.bytes.drain(..taken);
        }
    }

    /// The next thing of a kind; what comes before it is passed over.
    pub(super) async fn expects(&mut self, kind: &str) -> Value {
        let wait = async {
            while let Some(event) = self.next().await {
                if event["type"] == kind {
                    return Some(event);
                }
                assert!(event["type"] != "error" || kind == "error", "in place of {kind}: {event}");
            }
            None
        };
        let told = timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{kind} does not come"));
        told.unwrap_or_else(|| panic!("closed with {:?} before {kind} came", self.closed))
    }

    /// All that is told until now.
    pub(super) async fn hears(&mut self) -> Vec<Value> {
        self.asks(&json!({"type": "ping"})).await;
        let mut heard = Vec::new();
        while let Some(event) = self.next().await {
            if event["type"] == "pong" {
                break;
            }
            heard.push(event);
        }
        heard
    }

    /// Waits for the end; gives what was told before it.
    pub(super) async fn ends(&mut self) -> Vec<Value> {
        let wait = async {
            let mut heard = Vec::new();
            while let Some(event) = self.next().await {
                heard.push(event);
            }
            heard
        };
        timeout(PATIENCE, wait).await.expect("it is closed")
    }
}
