//! From an HTTP request to a client: the handshake, the stream beneath it, and the task that it becomes.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_PROTOCOL};
use http::request::Parts;
use http::{Extensions, StatusCode};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use socket2::SockRef;
use tokio::net::TcpStream;

use crate::base::clock;
use crate::base::counts::COUNTS;
use crate::base::limits::{ADDRESS_FULL_WAIT, Limits, RETRY_WAIT, SOCKET_SEND_BYTES};
use crate::base::network::{Source, is_banned};
use crate::base::rights;
use crate::connection::client::Client;
use crate::connection::read_pump::Session;
use crate::edge::address;
use crate::edge::http_connections::TimedStream;
use crate::hub::Hub;
use crate::hub::outlet::Outlet;
use crate::hub::quotas::{Seat, Unseated};
use crate::wire::frame::{Close, Message};
use crate::wire::handshake::{self, Refusal};
use crate::wire::protocol::{self, Encoding, Framing};
use crate::wire::stream::Stream;

const GOING_AWAY: &str = "the server is going away; come back in a moment";
const FULL: &str = "the server is full; come back later";

/// Makes a WebSocket of a request and runs a session on it, with everything that a client of this hub has:
/// limits, heartbeat, drain. The answer is a 101, or says in words why not.
///
/// `begin` is called once the connection is upgraded. For a member of a room, use
/// [`serve_ws`](crate::serve_ws); this is for a protocol of your own.
pub fn upgrade<S: Session>(
    hub: &Hub,
    request: Request,
    begin: impl FnOnce(&Arc<Outlet>) -> S + Send + 'static,
) -> Response {
    upgrade_to(hub, Encoding::Plain, request, |outlet, seat| Seated { session: begin(outlet), _seat: seat })
}

/// A program's own session, with its connection's seat.
#[derive(Debug)]
struct Seated<S> {
    session: S,
    _seat: Seat,
}

impl<S: Session> Session for Seated<S> {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.session.poll_ready(cx)
    }

    fn message_bytes(&self, limits: &Limits) -> usize {
        self.session.message_bytes(limits)
    }

    fn meters_itself(&self) -> bool {
        self.session.meters_itself()
    }

    fn message(&mut self, message: Message<'_>, outlet: &Outlet) -> Result<(), Close> {
        self.session.message(message, outlet)
    }
}

/// As [`upgrade`], to a protocol that the client offered.
pub(crate) fn upgrade_to<S: Session>(
    hub: &Hub,
    encoding: Encoding,
    request: Request,
    begin: impl FnOnce(&Arc<Outlet>, Seat) -> S + Send + 'static,
) -> Response {
    let (mut parts, _body) = request.into_parts();
    let mut response = match handshake::accept::<Body>(&parts, &hub.limits().hosts) {
        Ok(response) => response,
        Err(refusal) => {
            // A browser hides from its page why a socket was refused, so the page asks the same address without one.
            if parts.uri.query() == Some("why")
                && let Some(answer) = refusal_of_all(hub, &parts)
            {
                return answer;
            }
            refusal.log(&parts);
            return refusal.into_response();
        }
    };
    if hub.clients().is_draining() {
        COUNTS.refused_draining.add_one();
        return unavailable(GOING_AWAY);
    }
    let Some(upgrade) = parts.extensions.remove::<OnUpgrade>() else {
        let text =
            "this connection cannot become a WebSocket: the server in front of the chat does not upgrade";
        return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, text).into_response();
    };
    let source = source(&parts.extensions, &parts.headers, hub);
    if let Some(answer) = refusal_of_banned(hub, source) {
        log(hub, source, "a client is refused: its address is banned");
        return answer;
    }
    let seat = match hub.quotas().seat(source, &hub.limits().address, clock::elapsed()) {
        Ok(seat) => seat,
        Err(unseated) => {
            COUNTS.refused_address.add_one();
            log(hub, source, "a client is refused: too many come from its address");
            return unseated_answer(hub, unseated);
        }
    };
    log(hub, source, "a client comes");
    let Some(place) = hub.clients().reserve(hub.limits().clients) else {
        COUNTS.refused_full.add_one();
        return unavailable(FULL);
    };
    if encoding == Encoding::V1 {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol::V1));
    }
    let mut framing = Framing::from(encoding);
    if hub.limits().deflate
        && let Some(agreed) = handshake::deflate::agree(&parts.headers)
    {
        response.headers_mut().insert(SEC_WEBSOCKET_EXTENSIONS, agreed.answer);
        framing.window = Some(agreed.window);
    }
    let hub = hub.clone();
    tokio::spawn(async move {
        match upgrade.await {
            Ok(upgraded) => {
                let (stream, read) = stream_beneath(upgraded);
                // A task of its own, so that nothing of the handshake stays for the life of the connection.
                tokio::spawn(Client::new(hub, stream, framing, &read, seat, begin));
                drop(place); // It is counted as a client by now.
            }
            Err(error) => tracing::debug!(%error, "a connection broke in its handshake"),
        }
    });
    response
}

/// Why any handshake from this page would be refused now; none where one would be accepted.
fn refusal_of_all(hub: &Hub, parts: &Parts) -> Option<Response> {
    if let Err(refusal) = handshake::check_origin(parts, &hub.limits().hosts) {
        return Some(refusal.into_response());
    }
    if hub.clients().is_draining() {
        return Some(unavailable(GOING_AWAY));
    }
    let source = source(&parts.extensions, &parts.headers, hub);
    if let Some(answer) = refusal_of_banned(hub, source) {
        return Some(answer);
    }
    if let Err(unseated) = hub.quotas().check_seat(source, &hub.limits().address, clock::elapsed()) {
        return Some(unseated_answer(hub, unseated));
    }
    hub.clients().reserve(hub.limits().clients).is_none().then(|| unavailable(FULL))
}

/// The answer to whoever comes from a banned address.
fn refusal_of_banned(hub: &Hub, source: Option<Source>) -> Option<Response> {
    let bans = hub.log().address_bans();
    let is_banned = is_banned(&bans, source.map(|source| source.network), clock::wall_ms());
    is_banned.then(|| Refusal::new(StatusCode::FORBIDDEN, rights::banned().to_string()).into_response())
}

fn source(extensions: &Extensions, headers: &HeaderMap, hub: &Hub) -> Option<Source> {
    address::source(extensions, headers, &hub.limits().proxies)
}

/// A line of the debug log about a client, with its address if that may be said.
fn log(hub: &Hub, source: Option<Source>, what: &'static str) {
    match source.filter(|_| hub.limits().log_addresses) {
        Some(Source { network, is_local }) => tracing::debug!(address = %network, is_local, "{what}"),
        None => tracing::debug!("{what}"),
    }
}

/// Whether limits of strangers hold for whoever sends this handshake, and their address can pay for a look into the log.
pub(crate) fn pays_look(request: &Request, hub: &Hub) -> bool {
    let source = source(request.extensions(), request.headers(), hub).filter(|source| !source.is_local);
    source.is_some() && hub.quotas().seat(source, &hub.limits().address, clock::elapsed()).is_ok()
}

fn unavailable(text: &str) -> Response {
    later(StatusCode::SERVICE_UNAVAILABLE, text, RETRY_WAIT)
}

/// The answer to a client from whose address too many come.
fn unseated_answer(hub: &Hub, unseated: Unseated) -> Response {
    let most = hub.limits().address.connections.unwrap_or_default();
    let (text, wait) = match unseated {
        Unseated::Full => {
            let text = format!(
                "too many connections from your network: {most} may be open at once; close some of them, or come back later"
            );
            (text, ADDRESS_FULL_WAIT)
        }
        Unseated::TooFast(wait) => {
            ("too many connections came from your network just now; come back in a moment".into(), wait)
        }
    };
    later(StatusCode::TOO_MANY_REQUESTS, &text, wait)
}

/// A refusal that ends by itself.
fn later(status: StatusCode, text: &str, wait: Duration) -> Response {
    let mut response = Refusal::new(status, text).into_response();
    // In whole seconds (RFC 9110, 10.2.3), so that it is not too early.
    response.headers_mut().insert(RETRY_AFTER, (wait.as_secs_f64().ceil() as u64).into());
    response
}

/// The bare TCP stream where there is one (our own server, `axum::serve`), and what was read of it already.
fn stream_beneath(upgraded: Upgraded) -> (Stream, Bytes) {
    let upgraded = match upgraded.downcast::<TokioIo<TimedStream>>() {
        Ok(parts) => return (tcp(parts.io.into_inner().into_inner()), parts.read_buf),
        Err(upgraded) => upgraded,
    };
    match auto::upgrade::downcast::<TokioIo<TcpStream>>(upgraded) {
        Ok(parts) => (tcp(parts.io.into_inner()), parts.read_buf),
        Err(upgraded) => (Stream::other(TokioIo::new(upgraded)), Bytes::new()),
    }
}

fn tcp(stream: TcpStream) -> Stream {
    let socket = SockRef::from(&stream);
    // A socket that refuses an option still works, only not as well.
    if let Err(error) =
        socket.set_tcp_nodelay(true).and_then(|()| socket.set_send_buffer_size(SOCKET_SEND_BYTES))
    {
        tracing::debug!(%error, "a socket's options could not be set");
    }
    Stream::Tcp(stream)
}
