//! A connection: one client's socket, from the first packet to the last; it knows no other connection.

use crate::door::Door;
use crate::frame::{self, Event, Opcode, Scanner};
use crate::handshake::{self, Accepted};
use crate::inflate::Inflater;
use crate::socket;
use crate::target::Target;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::time::Instant;

/// One `recv` should take all that a server coalesced for a client; a page table more costs nothing.
const BUFFER_BYTES: usize = 256 * 1024;

/// Who listens to what the clients hear. Clients are known by their number, in the order of connecting.
pub(crate) trait Audience {
    /// Client `id` heard a part of a text message. Frames put on `outbox` are sent.
    fn hears(&mut self, id: usize, part: Part<'_>, outbox: &mut Vec<u8>);

    /// Client `id` is in its room.
    fn arrives(&mut self, _id: usize) {}

    /// Client `id` was cut off, or its close was answered.
    fn loses(&mut self, id: usize, ending: &Ending);
}

/// A part of a text message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) bytes: &'a [u8],
    /// The message ends with this part.
    pub(crate) last: bool,
    /// When it came, where that is noted; it may be read much later.
    pub(crate) at: Option<Instant>,
}

/// How a connection came to its end without our wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The upgrade was refused, or nobody answered.
    Refused(String),
    /// The server closed, with this code.
    Closed(u16),
    /// The stream ended or was reset without a close frame.
    Cut,
    /// The server did what RFC 6455 forbids.
    Violation(&'static str),
}

#[derive(Debug, PartialEq, Eq)]
enum Stage {
    Connecting,
    /// The request is sent; this much of the answer has come.
    Upgrading(Vec<u8>),
    /// Not let into the room yet.
    Entering,
    Open,
}

/// What all connections of a thread read with.
#[derive(Debug)]
pub(crate) struct Inlet {
    buffer: Box<[u8]>,
    inflater: Inflater,
    /// Bytes that were read: frames as they came, and their headers.
    pub(crate) bytes: u64,
}

impl Inlet {
    pub(crate) fn new() -> Self {
        Self { buffer: vec![0; BUFFER_BYTES].into(), inflater: Inflater::new(), bytes: 0 }
    }
}

/// A client's side of one WebSocket.
#[derive(Debug)]
pub(crate) struct Connection {
    socket: TcpStream,
    stage: Stage,
    scanner: Scanner,
    /// A deflated message that is not whole; nearly always empty.
    begun: Vec<u8>,
    /// Frames that the socket did not take yet; nearly always empty.
    pub(crate) outbox: Vec<u8>,
    /// Never reads once it is open.
    deaf: bool,
    /// It is noted when data comes.
    timed: bool,
    /// We have said that we close.
    closing: bool,
}

impl Connection {
    /// Client `id` begins to connect; its events come under that token.
    pub(crate) fn start(
        target: &Target,
        registry: &Registry,
        id: usize,
        deaf: bool,
        timed: bool,
    ) -> io::Result<Self> {
        let mut socket = socket::begin(target, id)?;
        if timed {
            socket::take_times(&socket)?;
        }
        registry.register(&mut socket, Token(id), Interest::READABLE | Interest::WRITABLE)?;
        let (stage, scanner) = (Stage::Connecting, Scanner::default());
        let outbox = handshake::request(target, id);
        Ok(Self { socket, stage, scanner, begun: Vec::new(), outbox, deaf, timed, closing: false })
    }

    /// Whether it is in its room.
    pub(crate) fn is_open(&self) -> bool {
        self.stage == Stage::Open
    }

    pub(crate) fn is_deaf(&self) -> bool {
        self.deaf
    }

    /// Brings the connection from one poll to another.
    pub(crate) fn change_registry(&mut self, from: &Registry, to: &Registry, token: Token) -> io::Result<()> {
        from.deregister(&mut self.socket)?;
        to.register(&mut self.socket, token, Interest::READABLE | Interest::WRITABLE)
    }

    /// Makes a deaf client hear what waits for it.
    pub(crate) fn cure(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        self.deaf = false;
        // Registering again tells of what is there already.
        registry.reregister(&mut self.socket, token, Interest::READABLE | Interest::WRITABLE)
    }

    /// Goes on after an event of the socket.
    ///
    /// # Errors
    ///
    /// The connection's end.
    pub(crate) fn go_on(
        &mut self,
        id: usize,
        event: &mio::event::Event,
        inlet: &mut Inlet,
        door: &mut Door,
        audience: &mut impl Audience,
    ) -> Result<(), Ending> {
        if self.stage == Stage::Connecting {
            if let Ok(Some(error)) | Err(error) = self.socket.take_error() {
                return Err(Ending::Refused(format!("cannot connect: {error}")));
            }
            if !event.is_writable() {
                return Ok(());
            }
            self.socket.set_nodelay(true).map_err(|error| Ending::Refused(error.to_string()))?;
            self.stage = Stage::Upgrading(Vec::new());
        }
        if event.is_writable() {
            self.flush();
        }
        let over = event.is_read_closed() || event.is_error();
        if self.deaf && self.is_open() {
            return if over { Err(Ending::Cut) } else { Ok(()) };
        }
        if event.is_readable() || over {
            self.read(id, over, inlet, door, audience)?;
        }
        Ok(())
    }

    /// Reads all that is there: one `recv`, unless the buffer was filled or the stream is `over`.
    fn read(
        &mut self,
        id: usize,
        over: bool,
        inlet: &mut Inlet,
        door: &mut Door,
        audience: &mut impl Audience,
    ) -> Result<(), Ending> {
        let Inlet { buffer, inflater, bytes } = inlet;
        loop {
            let read = match self.timed {
                true => socket::read_with_time(&self.socket, buffer).map(|(filled, at)| (filled, Some(at))),
                false => self.socket.read(buffer).map(|filled| (filled, None)),
            };
            match read {
                Ok((0, _)) => return Err(Ending::Cut),
                Ok((filled, at)) => {
                    *bytes += filled as u64;
                    self.take(id, &buffer[..filled], at, inflater, door, audience)?;
                    self.flush();
                    if self.deaf && self.is_open() || filled < buffer.len() && !over {
                        return Ok(());
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Ending::Cut),
            }
        }
    }

    fn take(
        &mut self,
        id: usize,
        input: &[u8],
        at: Option<Instant>,
        inflater: &mut Inflater,
        door: &mut Door,
        audience: &mut impl Audience,
    ) -> Result<(), Ending> {
        let Stage::Upgrading(response) = &mut self.stage else {
            return self.scan(id, input, at, inflater, door, audience);
        };
        response.extend_from_slice(input);
        let accepted = handshake::accepted(&door.target, response).map_err(Ending::Refused)?;
        let Some(Accepted { end, deflates }) = accepted else { return Ok(()) };
        if deflates {
            self.scanner = Scanner::deflating();
        }
        let frames = response.split_off(end);
        self.stage = Stage::Entering;
        if door.knock(id, &mut self.outbox) {
            self.open(id, audience);
        }
        self.scan(id, &frames, at, inflater, door, audience)
    }

    fn open(&mut self, id: usize, audience: &mut impl Audience) {
        self.stage = Stage::Open;
        audience.arrives(id);
    }

    fn scan(
        &mut self,
        id: usize,
        mut input: &[u8],
        at: Option<Instant>,
        inflater: &mut Inflater,
        door: &mut Door,
        audience: &mut impl Audience,
    ) -> Result<(), Ending> {
        while let Some(event) = self.scanner.next(&mut input).map_err(Ending::Violation)? {
            match event {
                Event::Text { part, last, deflated: false } => {
                    self.hear(id, part, last, at, door, audience)?
                }
                Event::Text { part, last, deflated: true } => {
                    let message = inflater.take(&mut self.begun, part, last).map_err(Ending::Violation)?;
                    if let Some(message) = message {
                        self.hear(id, message, true, at, door, audience)?;
                    }
                }
                Event::Ping => frame::push(&mut self.outbox, Opcode::Pong, self.scanner.control()),
                Event::Pong => {}
                Event::Close(code) => {
                    self.close(code);
                    return Err(Ending::Closed(code));
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn hear(
        &mut self,
        id: usize,
        part: &[u8],
        last: bool,
        at: Option<Instant>,
        door: &mut Door,
        audience: &mut impl Audience,
    ) -> Result<(), Ending> {
        if self.is_open() {
            audience.hears(id, Part { bytes: part, last, at }, &mut self.outbox);
        } else if door.hear(id, part, last).map_err(Ending::Refused)? {
            self.open(id, audience);
        }
        Ok(())
    }

    /// Sends a close frame, unless one was sent.
    pub(crate) fn close(&mut self, code: u16) {
        if !std::mem::replace(&mut self.closing, true) {
            frame::push_close(&mut self.outbox, code);
            self.flush();
        }
    }

    /// Sends what is on the outbox, as far as the socket takes it; the rest goes when it is writable.
    #[inline]
    pub(crate) fn flush(&mut self) {
        while !self.outbox.is_empty() {
            match self.socket.write(&self.outbox) {
                Ok(written) => drop(self.outbox.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // Reading finds out how it ended: what the server sent before is still there.
                Err(_) => self.outbox.clear(),
            }
        }
    }
}
