//! A client: the one task of a connection, which runs its read pump and its write pump.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::base::counts::COUNTS;
use crate::connection::read_pump::{self, ReadPump, Session};
use crate::connection::write_pump;
use crate::hub::outlet::Outlet;
use crate::hub::quotas::Seat;
use crate::hub::{Hub, Registration};
use crate::wire::protocol::Framing;
use crate::wire::stream::Stream;

/// A connection's task. It holds no buffer and no timer of its own: the read buffer is the thread's, the
/// deadlines are the heartbeat's.
#[derive(Debug)]
pub(crate) struct Client<S> {
    outlet: Arc<Outlet>,
    reading: ReadPump,
    phase: Phase,
    // Dropped in this order: first it leaves its room, then it is no longer counted. None after the close: a peer that
    // lingers keeps no permit of the log and no subscription.
    session: Option<S>,
    registration: Registration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// The peer has closed, or ended its stream; ours ends as soon as our close is out.
    ClosedByPeer,
    /// We have closed; what the peer still sends is not looked at.
    ClosedByUs,
}

impl<S: Session> Client<S> {
    /// A client on an upgraded stream; `read` is what came with the handshake. Its session keeps its seat. Spawn it.
    pub(crate) fn new(
        hub: Hub,
        stream: Stream,
        framing: Framing,
        read: &[u8],
        seat: Seat,
        begin: impl FnOnce(&Arc<Outlet>, Seat) -> S,
    ) -> Self {
        let outlet = Arc::new(Outlet::new(stream, framing));
        if seat.is_limited() {
            outlet.set_limited();
        }
        let registration = hub.register(&outlet);
        let session = Some(begin(&outlet, seat));
        Self { outlet, reading: ReadPump::after(read), phase: Phase::Open, session, registration }
    }

    fn poll_run(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.outlet.register(cx);
        if let Some(session) = &mut self.session
            && !self.outlet.is_closing()
        {
            let limits = self.registration.limits();
            match self.reading.poll(cx, &self.outlet, session, limits)? {
                Poll::Pending => {}
                Poll::Ready(read_pump::ReadEnd::ByPeer) => {
                    if !self.outlet.is_closing() {
                        return Poll::Ready(Ok(())); // The stream ended without a close: there is nobody to answer.
                    }
                    self.phase = Phase::ClosedByPeer;
                }
                Poll::Ready(read_pump::ReadEnd::Closed(answer)) => {
                    self.outlet.answer_close(answer);
                    self.phase = Phase::ClosedByPeer;
                }
                Poll::Ready(read_pump::ReadEnd::With(close)) => {
                    COUNTS.clients_closed.add_one();
                    tracing::debug!(code = close.code, reason = close.reason, "a client is closed");
                    self.outlet.close(close);
                }
            }
        }
        if self.phase == Phase::Open && self.outlet.is_closing() {
            self.phase = Phase::ClosedByUs;
        }
        if self.phase != Phase::Open {
            (self.session, self.reading) = (None, ReadPump::default());
        }
        match ready!(write_pump::poll(cx, &self.outlet)?) {
            write_pump::WriteEnd::Closed if self.phase == Phase::ClosedByUs => {
                ReadPump::poll_discard(cx, &self.outlet)
            }
            write_pump::WriteEnd::Closed | write_pump::WriteEnd::Gone => Poll::Ready(Ok(())),
        }
    }
}

impl<S: Session> Future for Client<S> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_run(cx).map(|end| {
            if let Err(error) = end {
                tracing::debug!(%error, "a connection broke");
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::session::{Plain, V1};

    #[test]
    fn client_stays_within_the_size_class_of_its_task() {
        // With more, its task would be of 384 bytes instead of 256: tokio adds 104 and rounds up to 128.
        assert!(size_of::<Client<Plain>>() <= 152, "{}", size_of::<Client<Plain>>());
        assert!(size_of::<Client<V1>>() <= 152, "{}", size_of::<Client<V1>>());
    }
}
