//! A connection after its upgrade: the bare TCP stream, or any other stream under somebody else's server.

use std::fmt;
use std::io::{self, IoSlice, Read};
use std::net::Shutdown;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// A stream that one task reads and that whoever holds its outlet's lock writes.
pub(crate) enum Stream {
    /// Written to from any task, without waiting.
    Tcp(TcpStream),
    /// TLS, or whatever another server brings. Whoever writes to it polls it in the name of its own task.
    /// The lock is hardly ever contended; it is there because such a stream needs `&mut`. In a box: most streams
    /// are TCP, and are not to have its size.
    Other(Box<Mutex<Other>>),
}

pub(crate) struct Other {
    stream: Pin<Box<dyn Duplex>>,
    /// The connection's task. Written by it, used by whoever writes.
    task: Waker,
}

pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + 'static> Duplex for T {}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp(_) => "Stream::Tcp",
            Self::Other(_) => "Stream::Other",
        })
    }
}

impl Stream {
    pub(crate) fn other(stream: impl Duplex) -> Self {
        Self::Other(Box::new(Mutex::new(Other { stream: Box::pin(stream), task: Waker::noop().clone() })))
    }

    /// The connection's task says who it is: it is woken when a stream takes more than it took before.
    pub(crate) fn register(&self, cx: &Context<'_>) {
        if let Self::Other(other) = self {
            other.lock().task.clone_from(cx.waker());
        }
    }

    /// Writes what the socket takes now. Any task may call it.
    ///
    /// # Errors
    /// `WouldBlock` when the socket is full.
    pub(crate) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(tcp) => try_write(tcp, bytes),
            Self::Other(other) => {
                let Other { stream, task } = &mut *other.lock();
                let cx = &mut Context::from_waker(task);
                let Poll::Ready(written) = stream.as_mut().poll_write(cx, bytes)? else {
                    return Err(io::ErrorKind::WouldBlock.into());
                };
                // What the stream itself still holds goes on when its task is woken.
                let _ = stream.as_mut().poll_flush(cx)?;
                if written == 0 { Err(io::ErrorKind::WriteZero.into()) } else { Ok(written) }
            }
        }
    }

    /// Writes what the socket takes of several buffers; registers the connection's task when it is full.
    pub(crate) fn poll_write(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        match self {
            Self::Tcp(tcp) => loop {
                match tcp.try_write_vectored(slices) {
                    Err(e) if e.kind() == io::ErrorKind::WouldBlock => ready!(tcp.poll_write_ready(cx))?,
                    done => return Poll::Ready(done),
                }
            },
            Self::Other(other) => {
                let stream = &mut other.lock().stream;
                let written = if stream.is_write_vectored() {
                    ready!(stream.as_mut().poll_write_vectored(cx, slices))?
                } else {
                    ready!(stream.as_mut().poll_write(cx, slices.first().map_or(&[], |s| s)))?
                };
                Poll::Ready(if written == 0 { Err(io::ErrorKind::WriteZero.into()) } else { Ok(written) })
            }
        }
    }

    /// Hands on what the stream itself still holds (TLS records); a TCP stream holds nothing.
    pub(crate) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(_) => Poll::Ready(Ok(())),
            Self::Other(other) => other.lock().stream.as_mut().poll_flush(cx),
        }
    }

    /// Reads what is there; 0 is the end.
    ///
    /// Waits by `poll_read_ready` with the task's own waker: hyper's, left in the registration by the
    /// handshake, would otherwise keep hyper's finished task alive.
    pub(crate) fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        match self {
            Self::Tcp(tcp) => loop {
                match try_read(tcp, buffer) {
                    Err(e) if e.kind() == io::ErrorKind::WouldBlock => ready!(tcp.poll_read_ready(cx))?,
                    done => return Poll::Ready(done),
                }
            },
            Self::Other(other) => {
                let stream = &mut other.lock().stream;
                let mut buffer = ReadBuf::new(buffer);
                ready!(stream.as_mut().poll_read(cx, &mut buffer))?;
                Poll::Ready(Ok(buffer.filled().len()))
            }
        }
    }

    /// What the kernel still holds for a peer that takes nothing is to be dropped with the stream, not kept
    /// until the kernel gives up, which takes it minutes.
    pub(crate) fn abandon(&self) {
        if let Self::Tcp(tcp) = self {
            let _ = SockRef::from(tcp).set_linger(Some(Duration::ZERO));
        }
    }

    /// Ends our side; the peer reads the end of the stream after what was written.
    pub(crate) fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(tcp) => Poll::Ready(SockRef::from(tcp).shutdown(Shutdown::Write)),
            Self::Other(other) => other.lock().stream.as_mut().poll_shutdown(cx),
        }
    }
}

/// Writes what the socket takes now. Where it can, it asks the kernel and not the runtime first, whose knowledge of a socket
/// is far from the processor's cache; only of one that is full the runtime has to know, to say when there is space.
fn try_write(tcp: &TcpStream, bytes: &[u8]) -> io::Result<usize> {
    #[cfg(target_os = "linux")]
    {
        use rustix::net::{SendFlags, send};
        match send(tcp, bytes, SendFlags::NOSIGNAL) {
            Err(rustix::io::Errno::WOULDBLOCK) => {}
            done => return Ok(done?),
        }
    }
    tcp.try_write(bytes)
}

/// Reads what is there. What did not fill the buffer was all of it (epoll(7)), so the stream is not ready any more: the
/// call that would only say so is saved.
fn try_read(tcp: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    let mut all = None;
    let read = tcp.try_io(Interest::READABLE, || match (&*SockRef::from(tcp)).read(buffer)? {
        read if read == 0 || read == buffer.len() => Ok(read),
        read => {
            all = Some(read);
            Err(io::ErrorKind::WouldBlock.into())
        }
    });
    all.map_or(read, Ok)
}

/// The frames' bytes as slices for one vectored write.
pub(crate) fn slices<'a>(frames: impl Iterator<Item = &'a Bytes>, slices: &mut [IoSlice<'a>]) -> usize {
    let mut count = 0;
    for (slice, frame) in slices.iter_mut().zip(frames) {
        *slice = IoSlice::new(frame);
        count += 1;
    }
    count
}
