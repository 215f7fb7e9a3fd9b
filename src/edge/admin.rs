//! A listener for whoever runs the server: whether it lives, whether it takes clients, and its figures. It is another
//! one than the chat's, and serves nothing else.

use std::convert::Infallible;
use std::net::SocketAddr;
#[cfg(unix)]
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use crate::base::error::Error;
use crate::base::limits::{ACCEPT_PAUSE, ADMIN_CONNECTIONS, ADMIN_WAIT, Hosts, REQUEST_HEAD_BYTES};
use crate::edge::process;
use crate::edge::server::Server;
#[cfg(unix)]
use crate::edge::unix_socket::UnixSocket;
use crate::hub::Hub;
use crate::wire::exposition::{self, Exposition};
use crate::wire::handshake::{Refusal, check_host};

/// A listener for whoever runs the server, and for programs that watch over it. It has
///
/// - `/livez`: 200 while the process serves,
/// - `/readyz`: 200 while clients may be sent here, otherwise 503 and why not ([`Hub::readiness`]); then what a receipt means on
///   several machines ([`Hub::promise`]),
/// - `/metrics`: the figures of the chat ([`Hub::metrics`]) and of the process, for Prometheus.
///
/// It asks nobody for a password. An address of the machine itself, one of a private network, or a Unix socket keeps
/// strangers out.
///
/// ```no_run
/// # use chinwag::{Admin, Hub, Limits, MemoryLog};
/// # async fn run() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let admin = Admin::listen("127.0.0.1:9090".parse().expect("an address"))?;
/// tokio::spawn(admin.run(hub));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Admin(Listener);

#[derive(Debug)]
enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(UnixSocket),
}

impl Admin {
    /// Listens at an address.
    ///
    /// # Errors
    /// An address that is taken, not ours, or not allowed.
    pub fn listen(address: SocketAddr) -> Result<Self, Error> {
        Server::listen(address).map(|listener| Self(Listener::Tcp(listener)))
    }

    /// Listens at a Unix socket, which only this user may open. One that a server has left there is replaced. The file
    /// is removed with this.
    ///
    /// # Errors
    /// A path at which another program listens, or something else is; or a folder that cannot be written.
    #[cfg(unix)]
    pub fn listen_unix(path: &Path) -> Result<Self, Error> {
        UnixSocket::listen(path, ADMIN_CONNECTIONS).map(|socket| Self(Listener::Unix(socket)))
    }

    /// The address at which it listens, unless that is a Unix socket.
    pub fn local_addr(&self) -> Option<SocketAddr> {
        match &self.0 {
            Listener::Tcp(listener) => listener.local_addr().ok(),
            #[cfg(unix)]
            Listener::Unix(_) => None,
        }
    }

    /// Serves for as long as it is polled; it ends, and its connections with it, when this is dropped.
    pub async fn run(self, hub: Hub) {
        let app = routes(&hub, matches!(self.0, Listener::Tcp(_)));
        let mut connections = JoinSet::new();
        loop {
            while connections.len() >= ADMIN_CONNECTIONS {
                connections.join_next().await;
            }
            let accepted = match &self.0 {
                Listener::Tcp(listener) => listener.accept().await.map(|(stream, _)| {
                    connections.spawn(serve(stream, app.clone()));
                }),
                #[cfg(unix)]
                Listener::Unix(socket) => socket.accept().await.map(|stream| {
                    connections.spawn(serve(stream, app.clone()));
                }),
            };
            if accepted.is_err() {
                sleep(ACCEPT_PAUSE).await; // A want of file descriptors, of which the chat's own listener tells.
            }
            while connections.try_join_next().is_some() {}
        }
    }
}

/// One request and its answer.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, app: Router) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let app = app.clone();
        async move {
            let answer = app.oneshot(request.map(Body::new)).await;
            Ok::<_, Infallible>(answer.unwrap_or_else(|e| match e {}))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(ADMIN_WAIT)
        .max_header_size(REQUEST_HEAD_BYTES)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    let _ = timeout(ADMIN_WAIT, connection).await;
}

fn routes(hub: &Hub, is_network: bool) -> Router {
    let router = Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(async || not_found("there is nothing here; there is /livez, /readyz and /metrics"));
    // A page of somebody else cannot open a Unix socket.
    let router = match is_network {
        true => router.layer(middleware::from_fn_with_state(hub.clone(), guard)),
        false => router,
    };
    router.layer(middleware::map_response(plain)).with_state(hub.clone())
}

async fn ready(State(hub): State<Hub>) -> Response {
    let (status, health) = match hub.readiness() {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
    };
    let promise = hub.promise().map_or(String::new(), |promise| format!("{promise}\n"));
    (status, format!("{health}\n{promise}")).into_response()
}

async fn metrics(State(hub): State<Hub>) -> Response {
    let written = spawn_blocking(move || {
        let mut text = Exposition::default();
        process::write(&mut text);
        hub.metrics() + &text.text()
    });
    match written.await {
        Ok(text) => ([(CONTENT_TYPE, exposition::CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// DNS rebinding: the page of a host whose name suddenly leads here gets nothing. A name without a dot is one of a
/// private network.
async fn guard(State(hub): State<Hub>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let is_admitted = |hosts: &Hosts| check_host(&head, hosts).is_ok();
    let is_private = || check_host(&head, &Hosts::any()).is_ok_and(|host| !host.name.contains('.'));
    if is_admitted(&Hosts::local()) || is_admitted(&hub.limits().hosts) || is_private() {
        return next.run(Request::from_parts(head, body)).await;
    }
    not_found(
        "this listener answers to addresses, local names, names without a dot, and those that --host names",
    )
}

fn not_found(text: &str) -> Response {
    Refusal::new(StatusCode::NOT_FOUND, text).into_response()
}

async fn method_not_allowed() -> Response {
    let mut response: Response =
        Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "it is only read: use GET or HEAD").into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// Nobody keeps an answer.
async fn plain(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
