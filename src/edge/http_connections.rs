//! Connections that are not WebSockets yet: their places under the cap, and the deadline of their answers. Knows HTTP only as
//! bytes that a peer takes or does not take.

use std::collections::BTreeMap;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use parking_lot::Mutex;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

use crate::base::limits::ANSWER_WAIT;

/// The connections of one server that are not WebSockets yet.
#[derive(Debug, Default)]
pub(crate) struct HttpConnections {
    /// Shared by the accept loop, which adds and evicts, and the connections' tasks, which leave.
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    /// In the order in which they came. What is dropped from here ends its connection.
    evictions: BTreeMap<u64, oneshot::Sender<()>>,
}

/// A connection's place under the cap; given back when this is dropped.
#[derive(Debug)]
pub(crate) struct HttpPlace {
    connections: Arc<HttpConnections>,
    key: u64,
    evicted: oneshot::Receiver<()>,
}

impl HttpConnections {
    /// A place for a connection that was just accepted. While there are `places` or more taken, the one that has been here
    /// the longest goes: its peer had the most time, and a browser that still wants something connects again.
    pub(crate) fn admit(self: &Arc<Self>, places: usize) -> HttpPlace {
        let (evict, evicted) = oneshot::channel();
        let mut open = self.open.lock();
        while !open.evictions.is_empty() && open.evictions.len() >= places {
            open.evictions.pop_first();
        }
        let key = open.next;
        open.next += 1;
        open.evictions.insert(key, evict);
        HttpPlace { connections: Arc::clone(self), key, evicted }
    }

    /// Lets the one go that has been here the longest; gives whether there was one.
    pub(crate) fn evict_oldest(&self) -> bool {
        self.open.lock().evictions.pop_first().is_some()
    }

    /// Lets all of them go.
    pub(crate) fn evict_all(&self) {
        self.open.lock().evictions.clear();
    }
}

impl HttpPlace {
    /// Completes when the place is needed for another. Cancel-safe.
    pub(crate) async fn evicted(&mut self) {
        let _ = (&mut self.evicted).await;
    }
}

impl Drop for HttpPlace {
    fn drop(&mut self) {
        self.connections.open.lock().evictions.remove(&self.key);
    }
}

/// A TCP stream whose peer must take some of what is written within [`ANSWER_WAIT`].
#[derive(Debug)]
pub(crate) struct TimedStream {
    tcp: TcpStream,
    /// There while a write waits for the peer: only such a connection has a timer.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl TimedStream {
    pub(crate) fn new(tcp: TcpStream) -> Self {
        Self { tcp, stalled: None }
    }

    /// The bare stream, whose deadlines are then the caller's.
    pub(crate) fn into_inner(self) -> TcpStream {
        self.tcp
    }

    /// Passes on how a write went, and fails one that has waited too long.
    fn timed(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let socket = SockRef::from(&self.tcp);
        if written.is_ready() {
            if self.stalled.take().is_some() {
                let _ = socket.set_linger(None);
            }
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| {
            // However the connection ends from here on, the kernel is not to keep what the peer does not take.
            let _ = socket.set_linger(Some(Duration::ZERO));
            Box::pin(sleep(ANSWER_WAIT))
        });
        match stalled.as_mut().poll(cx) {
            Poll::Ready(()) => {
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the answer was not read")))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buffer)
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write(cx, bytes);
        self.timed(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write_vectored(cx, slices);
        self.timed(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
