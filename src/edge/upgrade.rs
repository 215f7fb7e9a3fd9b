//! From an HTTP request to a client: the handshake, the stream beneath it, and the task that it becomes.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_PROTOCOL};
use http::request::Parts;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use socket2::SockRef;
use tokio::net::TcpStream;

use crate::base::counts::COUNTS;
use crate::base::limits::SOCKET_SEND_BYTES;
use crate::connection::client::Client;
use crate::connection::read_pump::Session;
use crate::edge::address;
use crate::edge::http_connections::TimedStream;
use crate::hub::Hub;
use crate::hub::outlet::Outlet;
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
    upgrade_to(hub, Encoding::Plain, request, begin)
}

/// As [`upgrade`], to a protocol that the client offered.
pub(crate) fn upgrade_to<S: Session>(
    hub: &Hub,
    encoding: Encoding,
    request: Request,
    begin: impl FnOnce(&Arc<Outlet>) -> S + Send + 'static,
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
    if let Some(source) = address::source(&parts, &hub.limits().proxies) {
        tracing::debug!(network = %source.network, is_local = source.is_local, "a client comes");
    }
    let hub = hub.clone();
    tokio::spawn(async move {
        match upgrade.await {
            Ok(upgraded) => {
                let (stream, read) = stream_beneath(upgraded);
                // A task of its own, so that nothing of the handshake stays for the life of the connection.
                tokio::spawn(Client::new(hub, stream, framing, &read, begin));
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
    hub.clients().reserve(hub.limits().clients).is_none().then(|| unavailable(FULL))
}

fn unavailable(text: &str) -> Response {
    let mut response = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
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
