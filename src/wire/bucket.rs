//! A token bucket in eight bytes (GCRA): the time at which the bucket would be full again.

use std::time::Duration;

use crate::base::limits::{PRICE_MESSAGE, Rate};

/// A bucket of tokens, of which a message costs one and other work a share or several. Time is given from outside, as
/// time since any fixed moment.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Bucket {
    /// Nanoseconds since that moment at which the bucket is full again.
    full_at: u64,
}

impl Bucket {
    /// Takes a token; `false` when there is none.
    pub(crate) fn take(&mut self, rate: Rate, now: Duration) -> bool {
        self.pay(rate, PRICE_MESSAGE, now).is_ok()
    }

    /// Pays a price, in thousandths of a token. What costs more than a token is begun when there is one, and the rest is
    /// owed: otherwise it could not be had at all where the burst is less.
    ///
    /// # Errors
    /// There is not enough: the time until there is.
    pub(crate) fn pay(&mut self, rate: Rate, price: u32, now: Duration) -> Result<(), Duration> {
        self.check(rate, price, now)?;
        self.charge(rate, price, now);
        Ok(())
    }

    /// Whether a price can be paid.
    ///
    /// # Errors
    /// There is not enough: the time until there is.
    pub(crate) fn check(&self, rate: Rate, price: u32, now: Duration) -> Result<(), Duration> {
        let token = (1e9 / rate.per_second) as u64;
        let most = token.saturating_mul(rate.burst.into());
        let least = cost(token, price.min(PRICE_MESSAGE));
        match self.owed(now).saturating_add(least).saturating_sub(most) {
            0 => Ok(()),
            over => Err(Duration::from_nanos(over)),
        }
    }

    /// Charges what was used, whether it is there or not.
    pub(crate) fn charge(&mut self, rate: Rate, price: u32, now: Duration) {
        let cost = cost((1e9 / rate.per_second) as u64, price);
        self.full_at = self.full_at.max(now.as_nanos() as u64).saturating_add(cost);
    }

    /// Gives back what was paid.
    pub(crate) fn refund(&mut self, rate: Rate, price: u32) {
        self.full_at = self.full_at.saturating_sub(cost((1e9 / rate.per_second) as u64, price));
    }

    /// Whether nothing is owed, as in a new one.
    pub(crate) fn is_full(&self, now: Duration) -> bool {
        self.owed(now) == 0
    }

    fn owed(&self, now: Duration) -> u64 {
        self.full_at.saturating_sub(now.as_nanos() as u64)
    }
}

/// What a price is in nanoseconds, when a token takes so many to come.
fn cost(token: u64, price: u32) -> u64 {
    u64::try_from(u128::from(token) * u128::from(price) / u128::from(PRICE_MESSAGE)).unwrap_or(u64::MAX)
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

    #[test]
    fn price_above_the_burst_is_paid_and_owed() {
        let (rate, now) = (Rate { burst: 5, per_second: 2.0 }, Duration::from_secs(1));
        let mut bucket = Bucket::default();
        assert_eq!(bucket.pay(rate, 65 * PRICE_MESSAGE, now), Ok(()));
        assert_eq!(bucket.pay(rate, PRICE_MESSAGE, now), Err(Duration::from_millis(30_500)));
        assert_eq!(bucket.pay(rate, PRICE_MESSAGE, now + Duration::from_millis(30_500)), Ok(()));
    }

    #[test]
    fn largest_and_slowest_rate_does_not_overflow() {
        let rate = Rate { burst: u32::MAX, per_second: 0.001 };
        let mut bucket = Bucket::default();
        for _ in 0..1000 {
            assert_eq!(bucket.pay(rate, u32::MAX, Duration::from_secs(1)), Ok(()));
        }
    }
}
