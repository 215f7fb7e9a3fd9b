//! A bare client of `chinwag.v1`: says lines, and hears lines. What a client makes of them is left to the story.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::socket::{Heard, Socket, TEXT, frame, handshake_with};

pub(crate) struct Voice {
    pub(crate) socket: Socket,
    /// What it has heard that the story did not come to.
    heard: Vec<Value>,
}

impl Voice {
    pub(crate) async fn opens(addr: SocketAddr, path: &str) -> Self {
        Self::on(TcpStream::connect(addr).await.unwrap(), path).await
    }

    pub(crate) async fn on(stream: TcpStream, path: &str) -> Self {
        Self::on_with(stream, path, "").await
    }

    /// The same, with more lines in its handshake.
    pub(crate) async fn on_with(stream: TcpStream, path: &str, lines: &str) -> Self {
        let host = stream.peer_addr().unwrap().to_string();
        let mut socket = Socket::raw(stream);
        let lines = format!("Sec-WebSocket-Protocol: chat, chinwag.v1\r\n{lines}");
        socket.sends(handshake_with(&host, path, &lines).as_bytes()).await;
        let head = socket.head().await.to_ascii_lowercase();
        assert!(head.contains("sec-websocket-protocol: chinwag.v1\r\n"), "{head}");
        Self { socket, heard: Vec::new() }
    }

    /// The same from another address, as a proxy on this machine says it.
    pub(crate) async fn opens_from(addr: SocketAddr, address: &str) -> Self {
        let line = format!("X-Forwarded-For: {address}\r\n");
        Self::on_with(TcpStream::connect(addr).await.unwrap(), "/ws", &line).await
    }

    /// The same where it may be refused.
    pub(crate) async fn tries_from(addr: SocketAddr, address: &str) -> Option<Self> {
        let mut socket = Socket::raw(TcpStream::connect(addr).await.ok()?);
        let lines = format!("Sec-WebSocket-Protocol: chinwag.v1\r\nX-Forwarded-For: {address}\r\n");
        socket.sends(handshake_with(&addr.to_string(), "/ws", &lines).as_bytes()).await;
        let head = socket.head().await;
        head.starts_with("HTTP/1.1 101 ").then(|| Self { socket, heard: Vec::new() })
    }

    /// Somebody from that address, in these rooms; gives the answer to the hello, too.
    pub(crate) async fn greets_from(addr: SocketAddr, address: &str, hello: Value) -> (Self, Value) {
        let mut voice = Self::opens_from(addr, address).await;
        voice.says(hello).await;
        let answer = voice.hears_one_of(&["hello", "error"]).await;
        (voice, answer)
    }

    /// Says hello; gives the answer, too.
    pub(crate) async fn greets(addr: SocketAddr, hello: Value) -> (Self, Value) {
        let mut voice = Self::opens(addr, "/ws").await;
        voice.says(hello).await;
        let hello = voice.hears("hello").await;
        (voice, hello)
    }

    /// Somebody of that name in that room, who has caught up.
    pub(crate) async fn joins(addr: SocketAddr, name: &str, room: &str) -> Self {
        Self::joins_all(addr, name, &[room]).await
    }

    /// The same in several rooms.
    pub(crate) async fn joins_all(addr: SocketAddr, name: &str, rooms: &[&str]) -> Self {
        let mut voice = Self::opens(addr, "/ws").await;
        let places: Value = rooms.iter().map(|room| ((*room).to_owned(), json!({}))).collect();
        voice.says(json!({"type": "hello", "name": name, "rooms": places})).await;
        for _ in rooms {
            voice.hears("caught_up").await;
        }
        voice
    }

    pub(crate) async fn says_line(&mut self, line: &str) {
        self.socket.sends(&frame(TEXT, line.as_bytes())).await;
    }

    pub(crate) async fn says(&mut self, command: Value) {
        self.says_line(&command.to_string()).await;
    }

    /// Says a message, with a `cid` made of its text; gives its number once it has the receipt.
    pub(crate) async fn tells(&mut self, room: &str, text: &str) -> u64 {
        let cid: String = text.bytes().take(32).map(|byte| format!("{byte:02x}")).collect();
        self.says(json!({"type": "say", "room": room, "cid": cid, "text": text})).await;
        self.hears("receipt").await["seq"].as_u64().unwrap()
    }

    /// The first of this type that it has heard, or hears next.
    pub(crate) async fn hears(&mut self, kind: &str) -> Value {
        self.hears_one_of(&[kind]).await
    }

    /// The first of these types; none when the server has ended the connection. What else comes is forgotten.
    pub(crate) async fn hears_or_ends(&mut self, kinds: &[&str]) -> Option<Value> {
        loop {
            match self.socket.next().await {
                Heard::Text(text) => {
                    let mut lines = text.split('\n').map(|line| serde_json::from_str::<Value>(line).unwrap());
                    if let Some(line) = lines.find(|line| kinds.iter().any(|kind| line["type"] == *kind)) {
                        return Some(line);
                    }
                }
                Heard::Ping(_) => {}
                _ => return None,
            }
        }
    }

    /// The first of these types.
    pub(crate) async fn hears_one_of(&mut self, kinds: &[&str]) -> Value {
        loop {
            if let Some(at) =
                self.heard.iter().position(|line| kinds.iter().any(|kind| line["type"] == *kind))
            {
                return self.heard.remove(at);
            }
            match self.socket.next().await {
                Heard::Text(text) => {
                    self.heard
                        .extend(text.split('\n').map(|line| serde_json::from_str::<Value>(line).unwrap()));
                }
                Heard::Ping(_) => {}
                other => panic!("{other:?} instead of {kinds:?}; heard {:?}", self.heard),
            }
        }
    }

    /// What has come up to now and was not asked for.
    pub(crate) async fn has_not_heard(&mut self) -> Vec<Value> {
        // Whatever is on its way comes before this.
        self.says(json!({"type": "ping"})).await;
        self.hears("pong").await;
        std::mem::take(&mut self.heard)
    }

    /// Says something that is refused; gives the error.
    pub(crate) async fn is_refused(&mut self, command: Value) -> Value {
        self.says(command).await;
        self.hears("error").await
    }
}
