//! Time as the deadlines need it: a monotonic count of milliseconds in four bytes.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Milliseconds since the process first asked. Wraps after 49 days, which [`Tick::age`] survives
/// for ages of up to 24 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tick(pub(crate) u32);

impl Tick {
    pub(crate) fn now() -> Self {
        Self(START.elapsed().as_millis() as u32)
    }

    /// The time from `self` to `now`; none when another thread's `self` is the later.
    pub(crate) fn age(self, now: Self) -> Duration {
        let passed = now.0.wrapping_sub(self.0).cast_signed();
        Duration::from_millis(passed.max(0).cast_unsigned().into())
    }
}

/// Time since the process first asked, for what needs more than milliseconds.
pub(crate) fn elapsed() -> Duration {
    START.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_survives_the_wrap() {
        assert_eq!(Tick(u32::MAX - 9).age(Tick(90)), Duration::from_millis(100));
        assert_eq!(Tick(5).age(Tick(5)), Duration::ZERO);
    }

    #[test]
    fn who_was_heard_after_the_heartbeat_looked_at_the_clock_is_not_old() {
        assert_eq!(Tick(6).age(Tick(5)), Duration::ZERO);
        assert_eq!(Tick(0).age(Tick(u32::MAX)), Duration::ZERO);
    }
}
