//! Time as the deadlines need it: a monotonic count of milliseconds in four bytes. And the wall clock's.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::base::limits::CLOCK_SKEW;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Milliseconds since the process first asked. Wraps after 49 days, which [`Tick::age`] survives for ages of up to
/// that, less [`CLOCK_SKEW`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tick(pub(crate) u32);

impl Tick {
    pub(crate) fn now() -> Self {
        Self(START.elapsed().as_millis() as u32)
    }

    /// The time from `self` to `now`; none when another thread's `self` is the later.
    pub(crate) fn age(self, now: Self) -> Duration {
        let passed = now.0.wrapping_sub(self.0);
        let is_later = passed > u32::MAX - CLOCK_SKEW.as_millis() as u32;
        Duration::from_millis(if is_later { 0 } else { passed.into() })
    }

    /// The moment that is later by so much, but not later than `now`.
    pub(crate) fn later(self, by: Duration, now: Self) -> Self {
        if by >= self.age(now) { now } else { Self(self.0.wrapping_add(by.as_millis() as u32)) }
    }
}

/// Time since the process first asked, for what needs more than milliseconds.
pub(crate) fn elapsed() -> Duration {
    START.elapsed()
}

/// What the wall clock says, in Unix milliseconds.
pub(crate) fn wall_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis() as u64
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
    fn age_of_40_days_is_an_age() {
        let days = |days: u64| Duration::from_secs(days * 24 * 3600);
        assert_eq!(Tick(7).age(Tick(7 + days(40).as_millis() as u32)), days(40));
    }

    #[test]
    fn moment_is_moved_no_further_than_now() {
        assert_eq!(Tick(5).later(Duration::from_millis(10), Tick(20)), Tick(15));
        assert_eq!(Tick(5).later(Duration::from_secs(10), Tick(20)), Tick(20));
        assert_eq!(Tick(u32::MAX).later(Duration::from_millis(10), Tick(20)), Tick(9));
    }

    #[test]
    fn client_heard_after_the_heartbeat_read_the_clock_is_not_late() {
        assert_eq!(Tick(6).age(Tick(5)), Duration::ZERO);
        assert_eq!(Tick(0).age(Tick(u32::MAX)), Duration::ZERO);
    }
}
