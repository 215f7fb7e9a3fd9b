//! The server: an accept loop of our own around hyper, and its orderly end. Knows no rooms.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::io;
use std::net::SocketAddr;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::header::{CONNECTION, HeaderValue};
use http::{Request, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, sleep_until, timeout};
use tower::ServiceExt;

use crate::base::counts::COUNTS;
use crate::base::error::Error;
use crate::base::limits::{
    ACCEPT_CALM, ACCEPT_LATE, ACCEPT_PAUSE, ACCEPT_WAIT, ANSWER_WAIT, DRAIN_WAIT, HTTP_SPARE, HTTP_WAIT,
    LISTEN_BACKLOG, REQUEST_HEAD_BYTES, REQUEST_HEAD_WAIT, REQUESTS_A_CONNECTION,
};
use crate::edge::http_connections::{HttpConnections, HttpPlace, TimedStream};
use crate::edge::page::Web;
use crate::edge::proxy_protocol;
use crate::edge::router::whole_site;
use crate::hub::Hub;

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
    speaks_proxy_protocol: bool,
}

impl Server {
    /// A server for this chat, with the page from the binary.
    pub fn new(hub: Hub) -> Self {
        Self::with_web(hub, &Web::embedded())
    }

    /// A server for this chat, with the page from elsewhere.
    pub fn with_web(hub: Hub, web: &Web) -> Self {
        let app = whole_site(hub.clone(), web);
        Self { hub, app, speaks_proxy_protocol: false }
    }

    /// Has the proxies that [`Limits::proxies`](crate::Limits::proxies) names begin each connection with a header of the PROXY protocol
    /// (version 1 or 2), which says whose it is. A connection of theirs without one is ended; others are served as before.
    #[must_use]
    pub fn with_proxy_protocol(mut self) -> Self {
        self.speaks_proxy_protocol = true;
        self
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
    /// away, and returns when all are gone, after 5 s at the latest. Who is still there then is cut off.
    ///
    /// All connections together, of clients and of those that are not WebSockets yet, are at most 64 more than
    /// [`Limits::clients`](crate::Limits::clients).
    ///
    /// No connection outlives this call. What does is the hub's: its rooms live for as long as a [`Hub`] is held, and a
    /// log on disk ends when the last handle on it is dropped, which waits for its threads. A program that ends anyway
    /// leaves that to [`shutdown_background`](tokio::runtime::Runtime::shutdown_background) or to its end.
    ///
    /// When the future is dropped instead, no more connections are accepted, and nobody is told.
    pub async fn run(self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let (stop, stopping) = watch::channel(());
        let connections = Arc::new(HttpConnections::default());
        // A task, so that it runs beside those that it makes and is as late as they are, whoever polls this.
        let mut accepting = JoinSet::new();
        let accepted = Accepted { app: self.app, speaks_proxy_protocol: self.speaks_proxy_protocol };
        accepting.spawn(accept(listener, accepted, self.hub.clone(), Arc::clone(&connections), stopping));
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
            connections.evict_all();
            stop.closed().await;
        }
        tracing::info!(%COUNTS, "the server has stopped");
    }
}

/// What is done with connections that are accepted.
#[derive(Debug, Clone)]
struct Accepted {
    app: Router,
    speaks_proxy_protocol: bool,
}

/// Accepts connections for as long as it is polled, and not faster than they are seen to.
async fn accept(
    listener: TcpListener,
    accepted: Accepted,
    hub: Hub,
    connections: Arc<HttpConnections>,
    stopping: watch::Receiver<()>,
) {
    let mut shortage = Shortage::default();
    loop {
        let connection = tokio::select! {
            connection = listener.accept() => connection,
            () = shortage.passes() => continue,
        };
        match connection {
            Ok((stream, peer)) => {
                let taken = hub.client_count();
                let places = hub.limits().clients.saturating_add(HTTP_SPARE).saturating_sub(taken);
                let place = connections.admit(places);
                let is_proxied = accepted.speaks_proxy_protocol && hub.limits().proxies.trusts(peer.ip());
                let connection = Connection { stream, peer, is_proxied };
                tokio::spawn(serve(connection, accepted.app.clone(), place, stopping.clone()));
                keep_pace(&hub).await;
            }
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                shortage.note(&error);
                // What it gives back is there as soon as its task has run.
                sleep(if connections.evict_oldest() { ACCEPT_WAIT } else { ACCEPT_PAUSE }).await;
            }
        }
    }
}

/// A want of file descriptors or memory: logged when it begins and when it is over, however often `accept` fails.
#[derive(Debug, Default)]
struct Shortage {
    /// When it began, and when `accept` failed last.
    times: Option<(Instant, Instant)>,
}

impl Shortage {
    fn note(&mut self, error: &io::Error) {
        let now = Instant::now();
        if self.times.is_none() {
            tracing::warn!(%error, "no more connections can be accepted for now; new ones wait");
        }
        self.times = Some((self.times.map_or(now, |(began, _)| began), now));
    }

    /// Completes when it is over; never when there is none. Cancel-safe.
    async fn passes(&mut self) {
        let Some((began, failed)) = self.times else { return pending().await };
        sleep_until((failed + ACCEPT_CALM).into()).await;
        self.times = None;
        let seconds = began.elapsed().as_secs();
        tracing::warn!(seconds, "connections are accepted again");
    }
}

/// Waits while earlier clients wait for the log, or all tasks run late: connected clients go before new ones. When a herd comes back at once, that is thousands of handshakes before each message of the others.
async fn keep_pace(hub: &Hub) {
    let _ = timeout(ACCEPT_WAIT, hub.permit()).await; // Whoever is stuck does not keep others out.
    let asked = Instant::now();
    yield_now().await;
    let late = asked.elapsed();
    if late > ACCEPT_LATE {
        sleep(late.min(ACCEPT_WAIT)).await;
    }
}

/// A connection that was accepted.
#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    /// Whether it begins with what a proxy says.
    is_proxied: bool,
}

/// Serves one connection until it ends, becomes a WebSocket, or has had its time.
async fn serve(connection: Connection, app: Router, mut place: HttpPlace, mut stopping: watch::Receiver<()>) {
    let Connection { mut stream, mut peer, is_proxied } = connection;
    if is_proxied {
        let told = tokio::select! {
            told = timeout(REQUEST_HEAD_WAIT, proxy_protocol::read(&mut stream)) => told,
            () = place.evicted() => return,
            _ = stopping.changed() => return,
        };
        match told {
            Ok(Ok(client)) => client.into_iter().for_each(|client| peer.set_ip(client)),
            Ok(Err(error)) => return tracing::debug!(%error, "a connection of a proxy is ended"),
            Err(_) => return tracing::debug!("a connection of a proxy is ended that says nothing"),
        }
    }
    let requests = AtomicU32::new(0);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        let earlier = requests.fetch_add(1, Ordering::Relaxed);
        let is_last = earlier + 1 >= REQUESTS_A_CONNECTION;
        async move {
            if earlier > 0 {
                yield_now().await; // One that sends many at once waits its permit for each.
            }
            let mut response = app.oneshot(request.map(Body::new)).await.unwrap_or_else(|e| match e {});
            if is_last && response.status() != StatusCode::SWITCHING_PROTOCOLS {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_HEAD_WAIT)
        .max_header_size(REQUEST_HEAD_BYTES)
        .serve_connection(TokioIo::new(TimedStream::new(stream)), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let mut ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = place.evicted() => return,
        _ = stopping.changed() => None,
        () = sleep(HTTP_WAIT) => None,
    };
    if ended.is_none() {
        connection.as_mut().graceful_shutdown();
        ended = tokio::select! {
            ended = timeout(ANSWER_WAIT, connection) => ended.ok(),
            () = place.evicted() => return,
        };
    }
    if let Some(Err(error)) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}

/// Failures of the one connection that was to be accepted, after which the next may be tried at once.
fn is_the_peers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
