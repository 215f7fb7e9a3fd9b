//! A client by hand: every byte that it sends is chosen, every frame that it gets is looked at.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// How long a story waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Milliseconds.
pub(crate) const MS: fn(u64) -> Duration = Duration::from_millis;

pub(crate) const TEXT: u8 = 0x81;
pub(crate) const BINARY: u8 = 0x82;
/// Text that was deflated (RFC 7692).
pub(crate) const DEFLATED: u8 = 0xC1;
pub(crate) const CLOSE: u8 = 0x88;
pub(crate) const PING: u8 = 0x89;
pub(crate) const PONG: u8 = 0x8A;

/// What a server sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    Text(String),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<u16>, String),
    End,
}

/// A WebSocket after its handshake.
pub(crate) struct Socket {
    pub(crate) stream: TcpStream,
    /// Messages that came deflated.
    pub(crate) deflated: usize,
    buffer: Vec<u8>,
    /// The lines of a frame that were not asked for yet: the example's page splits frames at newlines.
    lines: VecDeque<String>,
}

/// A client's frame with a fixed mask.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x12, 0x34, 0x56, 0x78];
    let mut bytes = vec![first];
    match payload.len() {
        len @ 0..126 => bytes.push(0x80 | len as u8),
        len @ 126..=0xFFFF => {
            bytes.push(0x80 | 126);
            bytes.extend((len as u16).to_be_bytes());
        }
        len => {
            bytes.push(0x80 | 127);
            bytes.extend((len as u64).to_be_bytes());
        }
    }
    bytes.extend(mask);
    bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, key)| byte ^ key));
    bytes
}

/// What the payload of a deflated message says (RFC 7692, 7.2.2).
pub(crate) fn inflate(payload: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(1 << 20);
    let payload = [payload, &[0, 0, 0xFF, 0xFF]].concat();
    Decompress::new(false).decompress_vec(&payload, &mut message, FlushDecompress::Sync).unwrap();
    message
}

/// The payload of a message, deflated (RFC 7692, 7.2.1).
pub(crate) fn deflate(message: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(message.len() + 64);
    let mut deflate = Compress::new(Compression::default(), false);
    deflate.compress_vec(message, &mut payload, FlushCompress::Sync).unwrap();
    payload.strip_suffix(&[0, 0, 0xFF, 0xFF]).unwrap().to_vec()
}

/// The head of a request that becomes a WebSocket.
pub(crate) fn handshake(host: &str, path: &str) -> String {
    handshake_with(host, path, "")
}

/// The same, with more lines in it; each ends with `\r\n`.
pub(crate) fn handshake_with(host: &str, path: &str, lines: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{lines}\r\n"
    )
}

/// A connection whose kernel takes next to nothing.
pub(crate) async fn narrow(addr: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(addr).await.unwrap()
}

impl Socket {
    pub(crate) async fn open(addr: SocketAddr, path: &str) -> Self {
        Self::on(TcpStream::connect(addr).await.unwrap(), path).await
    }

    pub(crate) async fn on(stream: TcpStream, path: &str) -> Self {
        let host = stream.peer_addr().unwrap().to_string();
        let mut socket = Self::raw(stream);
        socket.sends(handshake(&host, path).as_bytes()).await;
        let head = socket.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        socket
    }

    /// A socket in the lobby whose client has more lines in its handshake, and the head that answers, in small letters.
    pub(crate) async fn asks(stream: TcpStream, lines: &str) -> (Self, String) {
        Self::asks_at(stream, "/ws", lines).await
    }

    /// The same at another address.
    pub(crate) async fn asks_at(stream: TcpStream, path: &str, lines: &str) -> (Self, String) {
        let host = stream.peer_addr().unwrap().to_string();
        let mut socket = Self::raw(stream);
        socket.sends(handshake_with(&host, path, lines).as_bytes()).await;
        let head = socket.head().await.to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 101 "), "{head}");
        (socket, head)
    }

    /// A member of a room, for certain: the room is joined before the first byte is read.
    pub(crate) async fn joined(mut self) -> Self {
        self.sends(&frame(PING, b"joined?")).await;
        assert_eq!(self.next().await, Heard::Pong(b"joined?".to_vec()));
        self
    }

    /// A member of the lobby whose kernel takes next to nothing for it.
    pub(crate) async fn narrow(addr: SocketAddr) -> Self {
        Self::on(narrow(addr).await, "/ws").await.joined().await
    }

    /// A socket whose handshake the story does itself.
    pub(crate) fn raw(stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        Self { stream, deflated: 0, buffer: Vec::new(), lines: VecDeque::new() }
    }

    /// The head of an answer, up to its empty line.
    pub(crate) async fn head(&mut self) -> String {
        loop {
            if let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
                return String::from_utf8(head).unwrap();
            }
            assert!(
                self.more().await,
                "the stream ended in a head: {:?}",
                String::from_utf8_lossy(&self.buffer)
            );
        }
    }

    /// Reads more; `false` at the end of the stream, or when it was reset.
    async fn more(&mut self) -> bool {
        let mut piece = vec![0; 16 * 1024];
        match timeout(PATIENCE, self.stream.read(&mut piece)).await.expect("nothing came") {
            Ok(0) | Err(_) => false,
            Ok(read) => {
                self.buffer.extend(&piece[..read]);
                true
            }
        }
    }

    /// Sends bytes as they are.
    pub(crate) async fn sends(&mut self, bytes: &[u8]) {
        timeout(PATIENCE, self.stream.write_all(bytes)).await.expect("nothing was taken").unwrap();
    }

    pub(crate) async fn says(&mut self, text: &str) {
        self.sends(&frame(TEXT, text.as_bytes())).await;
    }

    /// The next frame, whatever it is.
    pub(crate) async fn next(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.take_frame() {
                return heard;
            }
            if !self.more().await {
                assert!(self.buffer.is_empty(), "the stream ended in a frame: {:?}", self.buffer);
                return Heard::End;
            }
        }
    }

    /// The next frame that is there already, or the end of the stream, in a frame or not. Waits for nothing.
    pub(crate) fn try_next(&mut self) -> Option<Heard> {
        loop {
            if let Some(heard) = self.take_frame() {
                return Some(heard);
            }
            let mut piece = [0; 16 * 1024];
            match self.stream.try_read(&mut piece) {
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return None,
                Ok(0) | Err(_) => return Some(Heard::End),
                Ok(read) => self.buffer.extend(&piece[..read]),
            }
        }
    }

    fn take_frame(&mut self) -> Option<Heard> {
        let [first, second, rest @ ..] = &self.buffer[..] else { return None };
        let (first, short) = (*first, *second);
        assert_eq!(short & 0x80, 0, "a server's frame has no mask");
        let (at, len) = match short {
            126 => (4, usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]))),
            127 => (10, u64::from_be_bytes(rest.get(..8)?.try_into().unwrap()) as usize),
            len => (2, usize::from(len)),
        };
        if self.buffer.len() < at + len {
            return None;
        }
        let payload: Vec<u8> = self.buffer.drain(..at + len).skip(at).collect();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a server speaks UTF-8");
        Some(match first {
            TEXT => Heard::Text(text(&payload)),
            DEFLATED => {
                self.deflated += 1;
                Heard::Text(text(&inflate(&payload)))
            }
            PING => Heard::Ping(payload),
            PONG => Heard::Pong(payload),
            CLOSE => match &payload[..] {
                [a, b, reason @ ..] => Heard::Close(Some(u16::from_be_bytes([*a, *b])), text(reason)),
                _ => Heard::Close(None, String::new()),
            },
            other => panic!("a frame that begins with {other:#x}"),
        })
    }

    /// The next message, as the example's page takes it: frames are split at newlines.
    pub(crate) async fn line(&mut self) -> String {
        loop {
            if let Some(line) = self.lines.pop_front() {
                return line;
            }
            match self.next().await {
                Heard::Text(text) => self.lines.extend(text.split('\n').map(str::to_owned)),
                other => panic!("{other:?} instead of a message"),
            }
        }
    }

    pub(crate) async fn hears(&mut self, text: &str) {
        assert_eq!(self.line().await, text);
    }

    /// Nothing waits for this client: what it says itself is the next that it hears.
    pub(crate) async fn has_heard_all(&mut self) {
        self.says("is there more?").await;
        self.hears("is there more?").await;
    }

    /// Hears messages until a close with this code comes, then the end of the stream; gives the reason.
    pub(crate) async fn is_closed_with(&mut self, code: u16) -> String {
        loop {
            match self.next().await {
                Heard::Text(_) | Heard::Ping(_) => {}
                Heard::Close(Some(heard), reason) => {
                    assert_eq!((heard, self.next().await), (code, Heard::End), "{reason}");
                    return reason;
                }
                other => panic!("{other:?} instead of a close with {code}"),
            }
        }
    }
}
