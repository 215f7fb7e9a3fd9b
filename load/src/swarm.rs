//! The swarm: all connections on one thread and one read buffer.
//!
//! Clients that answer what they hear are read at once. Those that only listen are read now and then, and
//! take with one `recv` what came meanwhile: the kernel's buffers hold it as a slow network would. Otherwise
//! the load would use more CPU time than some servers, and every send of the server would pay for waking
//! the load, as it never would with clients on other machines.

use crate::connection::{Audience, Connection, Ending, Inlet, Part};
use crate::door::Door;
use crate::frame;
use crate::progress::Progress;
use crate::target::Target;
use anyhow::{Context as _, Result, bail, ensure};
use mio::{Events, Poll, Token};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use std::io::ErrorKind;
use std::time::{Duration, Instant};

/// Connections being opened at a time: well under a listener's usual backlog of 128.
const HANDSHAKES_MAX: usize = 64;
/// The same for a herd, and a server that is made for it: with a backlog of 4,096 it loses no SYN.
const HERD_HANDSHAKES_MAX: usize = 4_000;
/// Connections begun in one turn.
const STARTS_A_TURN: usize = 64;
/// A server that opens no connection for this long has hung.
const HANDSHAKE_WAIT: Duration = Duration::from_secs(10);
/// The time that a server has to answer our close frames.
const CLOSE_WAIT: Duration = Duration::from_secs(3);
/// The longest pause between two looks at the clock.
const TURN_MAX: Duration = Duration::from_millis(100);

const EVENTS_MAX: usize = 1024;
/// Listeners are read in small groups, between which those are seen to that cannot wait.
const LISTENERS_AT_ONCE: usize = 32;
/// Of a herd, so many are begun and read in a turn: tens of kilobytes each, while others have messages to send in time.
const HERD_AT_ONCE: usize = 8;

/// File descriptors that are no connections: three standard ones, the poll, `/proc`, and some to spare.
const OTHER_FDS: u64 = 16;

/// Many clients of one server.
#[derive(Debug)]
pub(crate) struct Swarm {
    door: Door,
    /// All clients, until some become listeners.
    prompt: Watched,
    listeners: Watched,
    /// The first client that is a listener.
    listeners_from: usize,
    /// Listeners are read so often.
    patience: Duration,
    listeners_due: Instant,
    inlet: Inlet,
    /// By client number; `None` once it is over.
    connections: Vec<Option<Connection>>,
    opened: usize,
    handshakes_max: usize,
    starts_a_turn: usize,
    /// Connections note when data comes.
    timed: bool,
}

impl Swarm {
    pub(crate) fn new(target: Target) -> Result<Self> {
        Self::with(target, EVENTS_MAX, HANDSHAKES_MAX, STARTS_A_TURN)
    }

    /// A swarm that comes all at once, beside others that are not to wait: a turn sees to few at a time.
    pub(crate) fn herd(target: Target) -> Result<Self> {
        Self::with(target, HERD_AT_ONCE, HERD_HANDSHAKES_MAX, HERD_AT_ONCE)
    }

    fn with(target: Target, events_max: usize, handshakes_max: usize, starts_a_turn: usize) -> Result<Self> {
        Ok(Self {
            door: Door::new(target),
            prompt: Watched::new(events_max)?,
            listeners: Watched::new(LISTENERS_AT_ONCE)?,
            listeners_from: usize::MAX,
            patience: Duration::ZERO,
            listeners_due: Instant::now(),
            inlet: Inlet::new(),
            connections: Vec::new(),
            opened: 0,
            handshakes_max,
            starts_a_turn,
            timed: false,
        })
    }

    /// Bytes that the clients have heard, frames as they came.
    pub(crate) fn heard_bytes(&self) -> u64 {
        self.inlet.bytes
    }

    /// From now on clients that connect are told when what they hear has come.
    pub(crate) fn take_times(&mut self) {
        self.timed = true;
    }

    /// Connects `count` more clients, and returns when each is in its room.
    ///
    /// # Errors
    ///
    /// A connection that was refused, or too few file descriptors.
    pub(crate) fn gather(
        &mut self,
        count: usize,
        deaf: bool,
        audience: &mut impl Audience,
        progress: &mut Progress,
    ) -> Result<()> {
        let wanted = self.connections.len() + count;
        allow_fds(wanted as u64 + OTHER_FDS)?;
        let (mut opened_before, mut deadline) = (self.opened, Instant::now() + HANDSHAKE_WAIT);
        while self.opened < wanted {
            self.start_some(wanted, deaf)?;
            self.turn(TURN_MAX, audience)?;
            progress.say(|| format!("connecting: {} of {wanted}", self.opened));
            if self.opened > opened_before {
                (opened_before, deadline) = (self.opened, Instant::now() + HANDSHAKE_WAIT);
            } else if Instant::now() > deadline {
                bail!("after {} connections the server opened no more for {HANDSHAKE_WAIT:?}", self.opened);
            }
        }
        Ok(())
    }

    /// Lets some more clients begin to connect, as long as they are less than `wanted`, and not too many are at it.
    pub(crate) fn start_some(&mut self, wanted: usize, deaf: bool) -> Result<()> {
        let begun = self.connections.len();
        let may_begin = wanted.min(self.opened + self.handshakes_max).min(begun + self.starts_a_turn);
        (begun..may_begin).try_for_each(|id| self.start(id, deaf))
    }

    /// Client `id`, who is new or was lost, begins to connect.
    pub(crate) fn start(&mut self, id: usize, deaf: bool) -> Result<()> {
        let target = &self.door.target;
        let connection = Connection::start(target, self.prompt.poll.registry(), id, deaf, self.timed)
            .with_context(|| format!("cannot connect to {}", target.address))?;
        self.connections.resize_with(self.connections.len().max(id + 1), || None);
        self.connections[id] = Some(connection);
        Ok(())
    }

    /// Makes listeners of the clients from number `first` on, to be read every `patience`. Nobody is added
    /// afterwards.
    pub(crate) fn listen(&mut self, first: usize, patience: Duration) -> Result<()> {
        if patience.is_zero() {
            return Ok(());
        }
        (self.listeners_from, self.patience) = (first, patience);
        let (from, to) = (self.prompt.poll.registry(), self.listeners.poll.registry());
        for (id, slot) in self.connections.iter_mut().enumerate().skip(first) {
            if let Some(connection) = slot {
                connection.change_registry(from, to, Token(id)).context("cannot register a socket again")?;
            }
        }
        Ok(())
    }

    /// Handles what there is to handle, once, waiting at most `wait` for it.
    pub(crate) fn turn(&mut self, wait: Duration, audience: &mut impl Audience) -> Result<()> {
        let mut wait = wait.min(TURN_MAX);
        let listens = self.listeners_from < self.connections.len();
        if listens {
            wait = wait.min(self.listeners_due.saturating_duration_since(Instant::now()));
        }
        self.prompt.wait(wait)?;
        let Self { prompt, listeners, connections, opened, inlet, door, .. } = self;
        handle(&prompt.events, connections, opened, inlet, door, audience)?;
        if listens && Instant::now() >= self.listeners_due {
            listeners.wait(Duration::ZERO)?;
            handle(&listeners.events, connections, opened, inlet, door, audience)?;
            if listeners.events.iter().count() < LISTENERS_AT_ONCE {
                self.listeners_due = Instant::now() + self.patience;
            }
        }
        Ok(())
    }

    /// Takes turns until `deadline`.
    pub(crate) fn linger(&mut self, deadline: Instant, audience: &mut impl Audience) -> Result<()> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.turn(left, audience)?;
        }
    }

    /// Lets client `id` send the frames that `fill` puts on its outbox. A client that is gone sends nothing.
    pub(crate) fn send(&mut self, id: usize, fill: impl FnOnce(&mut Vec<u8>)) {
        if let Some(connection) = &mut self.connections[id] {
            fill(&mut connection.outbox);
            connection.flush();
        }
    }

    /// Begins the closing handshake of client `id`.
    pub(crate) fn close(&mut self, id: usize) {
        if let Some(connection) = &mut self.connections[id] {
            connection.close(frame::NORMAL_CLOSURE);
        }
    }

    /// From now on clients say hello with who they were and what they heard last, and are in at once.
    pub(crate) fn come_back(&mut self) {
        self.door.come_back();
    }

    /// Makes the deaf clients hear what waits for them.
    pub(crate) fn cure(&mut self) -> Result<()> {
        for (id, slot) in self.connections.iter_mut().enumerate() {
            let watched = if id < self.listeners_from { &self.prompt } else { &self.listeners };
            let registry = watched.poll.registry();
            if let Some(connection) = slot.as_mut().filter(|connection| connection.is_deaf()) {
                connection.cure(registry, Token(id)).context("cannot register a socket again")?;
            }
        }
        Ok(())
    }

    /// Closes all connections as RFC 6455, 7 says, and forgets those that do not answer in time.
    pub(crate) fn leave(&mut self, progress: &mut Progress) -> Result<()> {
        self.cure()?;
        for id in 0..self.connections.len() {
            self.close(id);
        }
        let mut left = Leaving { left: self.connections.iter().flatten().count() };
        let deadline = Instant::now() + CLOSE_WAIT;
        while left.left > 0 && Instant::now() < deadline {
            self.turn(TURN_MAX, &mut left)?;
            progress.say(|| format!("closing: {} left", left.left));
        }
        self.connections.clear();
        (self.opened, self.listeners_from) = (0, usize::MAX);
        progress.clear();
        Ok(())
    }
}

/// Some of the connections and what happened to them.
#[derive(Debug)]
struct Watched {
    poll: Poll,
    events: Events,
}

impl Watched {
    fn new(events_max: usize) -> Result<Self> {
        Ok(Self { poll: Poll::new().context("no poll")?, events: Events::with_capacity(events_max) })
    }

    fn wait(&mut self, wait: Duration) -> Result<()> {
        match self.poll.poll(&mut self.events, Some(wait)) {
            Err(error) if error.kind() != ErrorKind::Interrupted => Err(error).context("cannot poll"),
            _ => Ok(()),
        }
    }
}

/// Lets the connections that have `events` go on, and counts those that `opened`.
fn handle(
    events: &Events,
    connections: &mut [Option<Connection>],
    opened: &mut usize,
    inlet: &mut Inlet,
    door: &mut Door,
    audience: &mut impl Audience,
) -> Result<()> {
    for event in events {
        let id = event.token().0;
        let Some(connection) = &mut connections[id] else { continue };
        let was_open = connection.is_open();
        match connection.go_on(id, event, inlet, door, audience) {
            Ok(()) => *opened += usize::from(!was_open && connection.is_open()),
            Err(Ending::Refused(why)) => bail!("client {id}: {why}"),
            Err(_) if !connection.is_open() => bail!("client {id}: the server hung up in the handshake"),
            Err(ending) => {
                *opened += usize::from(!was_open);
                connections[id] = None;
                audience.loses(id, &ending);
            }
        }
    }
    Ok(())
}

/// Counts the answers to our close frames; what is said meanwhile is not heard.
#[derive(Debug)]
struct Leaving {
    left: usize,
}

impl Audience for Leaving {
    fn hears(&mut self, _id: usize, _part: Part<'_>, _outbox: &mut Vec<u8>) {}

    fn loses(&mut self, _id: usize, _ending: &Ending) {
        self.left -= 1;
    }
}

/// Raises this process's limit of file descriptors to what it may be, and checks that it is as much as `wanted`.
fn allow_fds(wanted: u64) -> Result<()> {
    let (_, most) =
        getrlimit(Resource::RLIMIT_NOFILE).context("cannot read the limit of file descriptors")?;
    setrlimit(Resource::RLIMIT_NOFILE, most, most).context("cannot raise the limit of file descriptors")?;
    ensure!(wanted <= most, "{wanted} file descriptors are needed; raise the limit with ulimit -Hn");
    Ok(())
}
