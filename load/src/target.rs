//! A target: where the server is, read from a `ws://` address and resolved once; and where its rooms are.

use crate::v1;
use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, ValueEnum};
use std::borrow::Cow;
use std::net::{Ipv4Addr, SocketAddr, ToSocketAddrs as _};

/// The room of an address that names none.
const LOBBY: &str = "lobby";
const SOURCES_MAX: usize = 254;

/// Where the server is, and how its clients come and talk.
#[derive(Debug, Clone, Args)]
pub(crate) struct Site {
    /// The room's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    pub(crate) url: String,

    /// What the clients speak; those of v1 say hello and join the room, and their receipts are checked
    #[arg(long, value_enum, default_value = "plain")]
    pub(crate) protocol: Protocol,

    /// Source addresses, 127.0.0.1 and following, from which the clients come in turn: one is good for some 28,000
    #[arg(long, default_value_t = 1, value_name = "ADDRESSES")]
    pub(crate) sources: usize,

    /// Offer permessage-deflate, as browsers do, and inflate what the server deflates. What clients say goes as it is
    #[arg(long)]
    pub(crate) deflate: bool,
}

/// What clients speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Protocol {
    /// Lines of text, as in the classic chat example
    Plain,
    /// JSON: chinwag.v1
    V1,
}

impl Protocol {
    pub(crate) fn name(self) -> &'static str {
        self.subprotocol().unwrap_or("plain lines")
    }

    /// The subprotocol that its clients ask for.
    pub(crate) fn subprotocol(self) -> Option<&'static str> {
        (self == Self::V1).then_some(v1::PROTOCOL)
    }
}

impl Site {
    /// The place of one room, or of so many.
    pub(crate) fn target(&self, rooms: usize) -> Result<Target> {
        ensure!(rooms > 0, "--rooms is at least 1");
        let target =
            Target { protocol: self.protocol, rooms, deflate: self.deflate, ..Target::parse(&self.url)? };
        target.from(self.sources)
    }
}

/// The server's address, and what its clients put into the request line and `Host`.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) authority: String,
    path: String,
    pub(crate) protocol: Protocol,
    /// The clients are in so many rooms, in turn.
    pub(crate) rooms: usize,
    /// They come from so many addresses, in turn.
    pub(crate) sources: usize,
    /// They offer to inflate what is deflated.
    pub(crate) deflate: bool,
}

impl Target {
    /// Reads `ws://host[:port][/path]`; the port is 80 when none is given. Plain lines, one room.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let Some(rest) = url.strip_prefix("ws://") else {
            bail!("{url}: an address begins with ws:// (there is no TLS here)");
        };
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let has_port = authority.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok());
        let resolvable = if has_port { authority.to_owned() } else { format!("{authority}:80") };
        let address = resolvable
            .to_socket_addrs()
            .with_context(|| format!("{url}: cannot resolve {resolvable}"))?
            .next()
            .with_context(|| format!("{url}: {resolvable} has no address"))?;
        let path = if path.is_empty() { "/" } else { path }.to_owned();
        Ok(Self {
            address,
            authority: authority.to_owned(),
            path,
            protocol: Protocol::Plain,
            rooms: 1,
            sources: 1,
            deflate: false,
        })
    }

    /// The same server, whose clients come from so many addresses of this machine.
    pub(crate) fn from(self, sources: usize) -> Result<Self> {
        let is_here = self.address.is_ipv4() && self.address.ip().is_loopback();
        ensure!(sources == 1 || is_here, "--sources are for a server at 127.0.0.1");
        ensure!(
            (1..=SOURCES_MAX).contains(&sources),
            "--sources is from 1 to {SOURCES_MAX}: 127.0.0.1 to 127.0.0.{SOURCES_MAX}"
        );
        Ok(Self { sources, ..self })
    }

    /// The address from which client `id` comes; none where the kernel is to choose.
    pub(crate) fn source_of(&self, id: usize) -> Option<Ipv4Addr> {
        (self.sources > 1).then(|| Ipv4Addr::new(127, 0, 0, 1 + (id % self.sources) as u8))
    }

    /// The same server, spoken to in `chinwag.v1`.
    pub(crate) fn in_v1(self) -> Self {
        Self { protocol: Protocol::V1, ..self }
    }

    /// One room beside this one.
    pub(crate) fn beside(&self, suffix: &str) -> Self {
        let (place, name) = self.split();
        Self { path: format!("{place}/{name}-{suffix}"), rooms: 1, ..self.clone() }
    }

    /// Which of the rooms client `id` is in, from 0.
    pub(crate) fn room_of(&self, id: usize) -> usize {
        id % self.rooms
    }

    /// The name of a room. Several have the address's and a number.
    pub(crate) fn room_name(&self, room: usize) -> String {
        let (_, name) = self.split();
        if self.rooms == 1 { name.to_owned() } else { format!("{name}{}", room + 1) }
    }

    /// The path of a room.
    pub(crate) fn path(&self, room: usize) -> Cow<'_, str> {
        if self.rooms == 1 {
            return Cow::Borrowed(&self.path);
        }
        let (place, _) = self.split();
        Cow::Owned(format!("{place}/{}", self.room_name(room)))
    }

    /// The path of the socket, and the room that follows it: `/ws/tea` is `tea`, `/ws` the lobby.
    fn split(&self) -> (&str, &str) {
        match self.path.rsplit_once('/') {
            Some((place, name)) if !name.is_empty() && name != "ws" => (place, name),
            _ => (self.path.trim_end_matches('/'), LOBBY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn an_address_gives_socket_host_and_path() {
        let target = Target::parse("ws://127.0.0.1:8080/ws/tea").expect("a good address");
        assert_eq!(target.address, "127.0.0.1:8080".parse().expect("a socket address"));
        assert_eq!((target.authority.as_str(), &*target.path(0)), ("127.0.0.1:8080", "/ws/tea"));
    }

    #[test]
    fn port_and_path_have_defaults() {
        let target = Target::parse("ws://127.0.0.1").expect("a good address");
        assert_eq!((target.address.port(), &*target.path(0)), (80, "/"));
    }

    #[test]
    fn only_ws_is_known() {
        assert!(Target::parse("wss://127.0.0.1/ws").is_err());
    }

    #[test]
    fn one_room_is_as_it_was_given_and_several_are_numbered() {
        for (url, rooms, name, path) in [
            ("ws://127.0.0.1/ws", 1, "lobby", "/ws"),
            ("ws://127.0.0.1/ws/tea", 1, "tea", "/ws/tea"),
            ("ws://127.0.0.1/ws", 3, "lobby2", "/ws/lobby2"),
            ("ws://127.0.0.1/chat/ws/tea", 3, "tea2", "/chat/ws/tea2"),
            ("ws://127.0.0.1/chat/ws", 3, "lobby2", "/chat/ws/lobby2"),
            ("ws://127.0.0.1", 3, "lobby2", "/lobby2"),
        ] {
            let target = Target { rooms, ..Target::parse(url).expect("a good address") };
            let room = target.room_of(4);
            assert_eq!((&*target.room_name(room), &*target.path(room)), (name, path), "{url}");
        }
        let herd = Target::parse("ws://127.0.0.1/ws").expect("a good address").beside("herd");
        assert_eq!((&*herd.room_name(0), &*herd.path(0)), ("lobby-herd", "/ws/lobby-herd"));
    }
}
