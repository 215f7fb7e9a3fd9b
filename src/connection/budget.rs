//! A connection's budget: how much work it does in one poll before the other tasks of its thread run. It is tokio's
//! own (`tokio::task::coop`), which sockets and channels spend from, too: a poll has 128 units.

use std::task::{Context, Poll};

use tokio::task::coop::poll_proceed;

use crate::base::limits::UNIT_BYTES;

/// Ready while something is left for this poll. Where nothing is, the task is woken to go on in its next one.
pub(crate) fn poll_left(cx: &mut Context<'_>) -> Poll<()> {
    // A unit that is dropped without progress goes back to the budget.
    poll_proceed(cx).map(drop)
}

/// Pays for work on so many bytes: one unit, and one more for each [`UNIT_BYTES`].
pub(crate) fn spend(cx: &mut Context<'_>, bytes: usize) {
    for _ in 0..=bytes / UNIT_BYTES {
        let Poll::Ready(unit) = poll_proceed(cx) else { return };
        unit.made_progress();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    /// How often work on so many bytes fits into a poll.
    async fn times(bytes: usize) -> usize {
        tokio::task::yield_now().await; // Another poll begins.
        poll_fn(|cx| {
            let mut times = 0;
            while poll_left(cx).is_ready() {
                spend(cx, bytes);
                times += 1;
            }
            Poll::Ready(times)
        })
        .await
    }

    #[tokio::test]
    async fn less_work_fits_into_a_poll_the_larger_it_is() {
        let counts = tokio::spawn(async {
            [times(0).await, times(UNIT_BYTES).await, times(64 * UNIT_BYTES).await, times(1 << 30).await]
        });
        assert_eq!(counts.await.expect("a task"), [128, 64, 2, 1]);
    }
}
