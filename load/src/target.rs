//! A target: where the server is, read from a `ws://` address and resolved once.

use anyhow::{Context as _, Result, bail};
use std::net::{SocketAddr, ToSocketAddrs as _};

/// The server's address, and what its clients put into the request line and `Host`.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) authority: String,
    pub(crate) path: String,
    /// The subprotocol that its clients ask for; without one they speak plain lines.
    pub(crate) protocol: Option<&'static str>,
}

impl Target {
    /// Reads `ws://host[:port][/path]`; the port is 80 when none is given.
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
        let path = if path.is_empty() { "/" } else { path };
        Ok(Self { address, authority: authority.to_owned(), path: path.to_owned(), protocol: None })
    }

    /// The same server, asked for a subprotocol.
    pub(crate) fn speaking(self, protocol: &'static str) -> Self {
        Self { protocol: Some(protocol), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn an_address_gives_socket_host_and_path() {
        let target = Target::parse("ws://127.0.0.1:8080/ws/tea").expect("a good address");
        assert_eq!(target.address, "127.0.0.1:8080".parse().expect("a socket address"));
        assert_eq!((target.authority.as_str(), target.path.as_str()), ("127.0.0.1:8080", "/ws/tea"));
    }

    #[test]
    fn port_and_path_have_defaults() {
        let target = Target::parse("ws://127.0.0.1").expect("a good address");
        assert_eq!((target.address.port(), target.path.as_str()), (80, "/"));
    }

    #[test]
    fn only_ws_is_known() {
        assert!(Target::parse("wss://127.0.0.1/ws").is_err());
    }
}
