//! The write pump: for a client that is not at the head, writes what waits and then the tail after its
//! cursor, in vectored writes, whenever the socket takes more.

use std::io;
use std::task::{Context, Poll, ready};

use crate::hub::outlet::{Outlet, PumpStep};
use crate::hub::slow;

/// How writing is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteEnd {
    /// The close frame is out and our side is shut; the peer may read it.
    Closed,
    /// The connection is to be dropped as it is.
    Gone,
}

/// Writes until there is nothing to write (pending), or writing is over.
///
/// # Errors
/// The socket's.
pub(crate) fn poll(cx: &mut Context<'_>, outlet: &Outlet) -> Poll<io::Result<WriteEnd>> {
    loop {
        return match ready!(outlet.poll_flush(cx))? {
            PumpStep::Idle => Poll::Pending,
            PumpStep::Gone => Poll::Ready(Ok(WriteEnd::Gone)),
            PumpStep::Closed => {
                ready!(outlet.stream().poll_shutdown(cx))?;
                Poll::Ready(Ok(WriteEnd::Closed))
            }
            PumpStep::Overrun => {
                slow::close_overrun(outlet);
                continue;
            }
        };
    }
}
