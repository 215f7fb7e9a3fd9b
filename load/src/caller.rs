//! A caller: one client of `chinwag.v1` that asks, and waits for the answer. For what is measured one by one.

use crate::frame::{self, Event, Opcode, Scanner};
use crate::handshake;
use crate::target::Target;
use crate::v1::{self, Ear, Line};
use anyhow::{Context as _, Result, anyhow, bail};
use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A server that says nothing for so long has hung.
const ANSWER_WAIT: Duration = Duration::from_secs(30);
const BUFFER_BYTES: usize = 256 * 1024;

/// A client with a socket of its own, which blocks.
#[derive(Debug)]
pub(crate) struct Caller {
    socket: TcpStream,
    scanner: Scanner,
    ear: Ear,
    buffer: Box<[u8]>,
    heard: VecDeque<Line>,
}

impl Caller {
    /// Connects, and is through the handshake.
    pub(crate) fn connect(target: &Target) -> Result<Self> {
        let mut socket = TcpStream::connect(target.address)
            .with_context(|| format!("cannot connect to {}", target.address))?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(ANSWER_WAIT))?;
        socket.write_all(&handshake::request(target, 0))?;
        let (mut response, mut buffer) = (Vec::new(), vec![0; BUFFER_BYTES].into_boxed_slice());
        let rest = loop {
            let filled = socket.read(&mut buffer).context("no answer to the upgrade")?;
            if filled == 0 {
                bail!("the server hung up in the handshake");
            }
            response.extend_from_slice(&buffer[..filled]);
            if let Some(accepted) = handshake::accepted(target, &response).map_err(|why| anyhow!(why))? {
                break response.split_off(accepted.end);
            }
        };
        let (scanner, ear, heard) = (Scanner::default(), Ear::default(), VecDeque::new());
        let mut caller = Self { socket, scanner, ear, buffer, heard };
        caller.take(&rest)?;
        Ok(caller)
    }

    /// Sends a command.
    pub(crate) fn say(&mut self, command: &serde_json::Value) -> Result<()> {
        let mut frame = Vec::new();
        v1::push(&mut frame, command);
        self.send(&frame)
    }

    /// Sends a frame as it is.
    pub(crate) fn send(&mut self, frame: &[u8]) -> Result<()> {
        self.socket.write_all(frame).context("the server takes no command")
    }

    /// The next line; waits for it.
    pub(crate) fn hear(&mut self) -> Result<Line> {
        loop {
            if let Some(line) = self.heard.pop_front() {
                return Ok(line);
            }
            let mut buffer = std::mem::take(&mut self.buffer);
            let filled = self.socket.read(&mut buffer).context("the server does not answer")?;
            if filled == 0 {
                bail!("the server hung up");
            }
            self.take(&buffer[..filled])?;
            self.buffer = buffer;
        }
    }

    /// The next line of a kind; others are passed over. A refusal is an error.
    pub(crate) fn wait_for(&mut self, kind: &str) -> Result<Line> {
        loop {
            let line = self.hear()?;
            match line.kind.as_str() {
                heard if heard == kind => return Ok(line),
                "error" => bail!("refused ({}): {}", line.code, line.text),
                _ => {}
            }
        }
    }

    fn take(&mut self, mut input: &[u8]) -> Result<()> {
        while let Some(event) =
            self.scanner.next(&mut input).map_err(|what| anyhow!("the server sent {what}"))?
        {
            match event {
                Event::Text { part, last, .. } => self.heard.extend(self.ear.hear(part, last)),
                Event::Ping => {
                    let mut pong = Vec::new();
                    frame::push(&mut pong, Opcode::Pong, self.scanner.control());
                    self.socket.write_all(&pong)?;
                }
                Event::Pong => {}
                Event::Close(code) => bail!("the server closed with {code}"),
            }
        }
        Ok(())
    }
}
