//! The server: an accept loop of our own around hyper, and its orderly end. Knows no rooms.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::panic::resume_unwind;
use std::pin::pin;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use crate::error::Error;
use crate::hub::Hub;
use crate::limits::{
    ACCEPT_LATE, ACCEPT_PAUSE, ACCEPT_WAIT, DRAIN_WAIT, LISTEN_BACKLOG, REQUEST_HEAD_BYTES, REQUEST_HEAD_WAIT,
};
use crate::page::Web;
use crate::router::{not_found, router_with};

/// A whole chat server: the routes of [`router`](crate::router), served on HTTP/1.1.
///
/// ```no_run
/// use chinwag::{Hub, Limits, MemoryLog, Server};
/// # async fn run() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let listener = Server::listen("127.0.0.1:8080".parse().expect("an address"))?;
/// Server::new(hub).run(listener, async { /* completes when it is time to stop */ }).await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    hub: Hub,
    app: Router,
}

impl Server {
    /// A server for this chat, with the page from the binary.
    pub fn new(hub: Hub) -> Self {
        Self::with_web(hub, &Web::embedded())
    }

    /// A server for this chat, with the page from elsewhere.
    pub fn with_web(hub: Hub, web: &Web) -> Self {
        let app = router_with(hub.clone(), web);
        Self { hub, app: app.fallback(not_found) }
    }

    /// Listens at an address, with a backlog that takes a burst.
    ///
    /// # Errors
    /// An address that is taken, not ours, or not allowed.
    pub fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
        let listen = || -> io::Result<TcpListener> {
            let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            // A server that was just stopped leaves connections in TIME_WAIT; they must not keep the port.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(LISTEN_BACKLOG)
        };
        listen().map_err(|error| Error::io(format!("cannot listen at {address}"), error))
    }

    /// Serves until `shutdown` completes; then accepts no more, tells every client that the server is going
    /// away, and returns when all are gone, after 5 s at the latest.
    pub async fn run(self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let (stop, stopping) = watch::channel(());
        // A task, so that it runs beside those that it makes and is as late as they are, whoever polls this.
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, self.app, self.hub.clone(), stopping));
        tokio::select! {
            () = shutdown => {}
            // It ends by a panic alone, which is whoever's runs the server.
            Some(Err(ended)) = accepting.join_next() => {
                if let Ok(panic) = ended.try_into_panic() {
                    resume_unwind(panic);
                }
            }
        }
        accepting.shutdown().await;
        // Requests under way are answered; connections that wait for their next request are closed.
        stop.send_replace(());
        let all_gone = async { tokio::join!(self.hub.drain(), stop.closed()) };
        if timeout(DRAIN_WAIT, all_gone).await.is_err() {
            tracing::info!(clients = self.hub.client_count(), "the last clients are cut off");
            self.hub.cut();
        }
    }
}

/// Accepts connections for as long as it is polled, and not faster than they are seen to.
async fn accept(listener: TcpListener, app: Router, hub: Hub, stopping: watch::Receiver<()>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, app.clone(), stopping.clone()));
                keep_pace(&hub).await;
            }
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections for now");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Waits while those who came before wait for the log, or all for their turn: who is here goes before who wants to
/// be. When a herd comes back at once, that is thousands of handshakes before each message of the others.
async fn keep_pace(hub: &Hub) {
    let _ = timeout(ACCEPT_WAIT, hub.turn()).await; // Whoever is stuck does not keep others out.
    let asked = Instant::now();
    yield_now().await;
    let late = asked.elapsed();
    if late > ACCEPT_LATE {
        sleep(late.min(ACCEPT_WAIT)).await;
    }
}

/// Serves one connection until it ends or becomes a WebSocket.
async fn serve(stream: TcpStream, app: Router, mut stopping: watch::Receiver<()>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let app = app.clone();
        async move {
            Ok::<_, Infallible>(app.oneshot(request.map(Body::new)).await.unwrap_or_else(|e| match e {}))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_HEAD_WAIT)
        .max_header_size(REQUEST_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}

/// Failures of the one connection that was to be accepted, after which the next may be tried at once.
fn is_the_peers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
