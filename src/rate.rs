//! A token bucket in eight bytes (GCRA): the time at which the bucket would be full again.

use std::time::Duration;

use crate::limits::Rate;

/// One connection's bucket. Time is given from outside, as time since any fixed moment.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Bucket {
    /// Nanoseconds since that moment at which the bucket is full again.
    full_at: u64,
}

impl Bucket {
    /// Takes a token; `false` when there is none.
    pub(crate) fn take(&mut self, rate: Rate, now: Duration) -> bool {
        self.try_take(rate, now).is_ok()
    }

    /// Takes a token.
    ///
    /// # Errors
    /// There is none: the time until there is.
    pub(crate) fn try_take(&mut self, rate: Rate, now: Duration) -> Result<(), Duration> {
        let now = now.as_nanos() as u64;
        let token = (1e9 / rate.per_second) as u64;
        let full_at = self.full_at.max(now) + token;
        if full_at - now > token * u64::from(rate.burst) {
            return Err(Duration::from_nanos(full_at - now - token * u64::from(rate.burst)));
        }
        self.full_at = full_at;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let rate = Rate { burst: 5, per_second: 2.0 };
        let mut bucket = Bucket::default();
        let mut taken = |at: u64| bucket.take(rate, Duration::from_millis(at));
        assert_eq!((0..6).map(|_| taken(1000)).filter(|t| *t).count(), 5);
        assert!(!taken(1499));
        assert!(taken(1500));
        assert!(!taken(1500));
        assert_eq!((0..9).map(|_| taken(60_000)).filter(|t| *t).count(), 5);
    }
}
