//! The connection to the servers: who this machine is there, and what is told of the connection. What is secret is in nothing that is told.

use std::sync::Arc;

use async_nats::{Client, ConnectOptions, Event, ServerAddr, ServerError};
use parking_lot::Mutex;

use super::{Nats, unreachable};
use crate::base::error::Error;
use crate::base::limits::{ENGINE_WAIT, NATS_PING_PERIOD};

/// Why the servers did not let this machine in, as they said last.
pub(super) type Refusal = Arc<Mutex<Option<&'static str>>>;

/// What async-nats says of a connection that is refused, as its events have no kinds.
const REFUSED: &str = "authorization violation";

const NOT_LET_IN: &str = "NATS does not let this machine in: check the user and the password in --nats, or the file of --nats-creds";

/// Begins to connect. Where no server answers yet, it goes on trying.
///
/// # Errors
/// The options cannot be meant, or the credentials cannot be read.
pub(super) async fn connect(nats: &Nats) -> Result<(Client, Refusal), Error> {
    let (mut servers, mut user) = (Vec::new(), None);
    for (n, server) in nats.servers.iter().enumerate() {
        // An address may have a password in it, and is not repeated.
        let wrong = |error: &dyn std::fmt::Display| {
            Error::log(format!(
                "address {} of the NATS servers is none, like nats://10.0.0.1:4222: {error}",
                n + 1
            ))
        };
        let (address, own) = parse(server).map_err(|error| wrong(&error))?;
        if own.is_some() && user.is_some() && own != user {
            return Err(Error::log("the addresses of the NATS servers name different users: all have one"));
        }
        user = user.or(own);
        servers.push(address);
    }
    if user.is_some() && nats.credentials.is_some() {
        return Err(Error::log(
            "the addresses of the NATS servers name a user, and there is a file of credentials: give either",
        ));
    }
    let refusal = Refusal::default();
    let refused = Arc::clone(&refusal);
    let mut options = ConnectOptions::new()
        .name("chinwag")
        .retry_on_initial_connect()
        .ping_interval(NATS_PING_PERIOD)
        .request_timeout(Some(ENGINE_WAIT))
        .event_callback(move |event| {
            tell(&event, &refused);
            async {}
        });
    options = match user {
        Some(User { name, password: Some(password) }) => options.user_and_password(name, password),
        Some(User { name, password: None }) => options.token(name),
        None => options,
    };
    if let Some(file) = &nats.credentials {
        let unreadable = |e| Error::io(format!("cannot read the credentials in {}", file.display()), e);
        options = options.credentials_file(file).await.map_err(unreadable)?;
    }
    if let Some(file) = &nats.certificates {
        options = options.add_root_certificates(file.clone());
    }
    let client = options.connect(servers).await.map_err(|error| unreachable(&error))?;
    Ok((client, refusal))
}

/// A user as an address names them; one without a password is a token.
#[derive(PartialEq)]
struct User {
    name: String,
    password: Option<String>,
}

/// An address without the user in it, which the client neither uses nor keeps from its own log, and the user.
fn parse(server: &str) -> Result<(ServerAddr, Option<User>), std::io::Error> {
    let address: ServerAddr = server.parse()?;
    let user = address
        .username()
        .map(|name| User { name: decoded(name), password: address.password().map(decoded) });
    let mut url = address.into_inner();
    if user.is_some() && (url.set_username("").is_err() || url.set_password(None).is_err()) {
        return Err(std::io::Error::other("it can have no user"));
    }
    Ok((ServerAddr::from_url(url)?, user))
}

/// A part of an address as it is meant: `%40` is an `@`.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Says of the connection what an operator wants to know.
fn tell(event: &Event, refusal: &Refusal) {
    let is_refusal = match event {
        Event::ServerError(ServerError::AuthorizationViolation) => true,
        Event::ClientError(error) => error.to_string().contains(REFUSED),
        _ => false,
    };
    if is_refusal {
        if refusal.lock().replace(NOT_LET_IN).is_none() {
            tracing::error!("{NOT_LET_IN}");
        }
        return;
    }
    match event {
        Event::Connected => {
            *refusal.lock() = None;
            tracing::info!("connected to NATS");
        }
        Event::Disconnected => tracing::warn!("the connection to NATS is lost: it is made again"),
        Event::ClientError(error) => tracing::debug!(%error, "NATS"),
        event => tracing::warn!("NATS: {event}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_is_told_without_its_user() {
        for (server, told, user) in [
            ("10.0.0.1", "nats://10.0.0.1", None),
            (
                "tls://ada:s%40cret@nats.example.org:4333",
                "tls://nats.example.org:4333",
                Some(("ada", Some("s@cret"))),
            ),
            ("nats://t0ken@[::1]:4222", "nats://[::1]:4222", Some(("t0ken", None))),
            ("nats://50%25@10.0.0.1", "nats://10.0.0.1", Some(("50%", None))),
        ] {
            let (address, own) = parse(server).expect("an address");
            assert_eq!(address.as_url_str(), told);
            let user = user.map(|(name, password): (&str, Option<&str>)| User {
                name: name.into(),
                password: password.map(Into::into),
            });
            assert!(own == user, "{server}");
        }
    }
}
