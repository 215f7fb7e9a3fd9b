//! A TCP proxy between a chat and a nats-server, which can be cut: then connections end, or nothing comes through any more and
//! neither side is told.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// What becomes of the bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Line {
    Open,
    /// Connections end, and new ones end at once.
    Ended,
    /// Bytes wait, as on a line that is broken far away; they come through when it is open again.
    Silent,
}

pub(crate) struct Proxy {
    addr: SocketAddr,
    line: watch::Sender<Line>,
    task: AbortHandle,
}

impl Proxy {
    /// A proxy to a port of this machine.
    pub(crate) async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (line, state) = watch::channel(Line::Open);
        let addr = listener.local_addr().unwrap();
        let task = tokio::spawn(run(listener, port, state)).abort_handle();
        Self { addr, line, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://{}", self.addr)
    }

    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(listener: TcpListener, port: u16, line: watch::Receiver<Line>) {
    loop {
        let Ok((near, _)) = listener.accept().await else { continue };
        if *line.borrow() == Line::Ended {
            continue;
        }
        let line = line.clone();
        tokio::spawn(async move {
            let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
            let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
            // Whichever way ends first, both end.
            tokio::select! {
                () = pump(from_near, to_far, line.clone()) => {}
                () = pump(from_far, to_near, line) => {}
            }
        });
    }
}

/// Passes bytes on until one side ends, or the line is ended or dropped.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut line: watch::Receiver<Line>) {
    let mut bytes = [0; 16 * 1024];
    loop {
        let state = *line.borrow_and_update();
        let read = match state {
            Line::Ended => return,
            Line::Silent => None,
            Line::Open => Some(from.read(&mut bytes)),
        };
        let read = async {
            match read {
                Some(read) => read.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = line.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            read = read => match read {
                Ok(count) if count > 0 => {
                    if to.write_all(&bytes[..count]).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
        }
    }
}
