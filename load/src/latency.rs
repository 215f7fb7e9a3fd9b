//! Latencies: how long something took, each time it happened, in a histogram with high dynamic range.

use hdrhistogram::Histogram;
use std::time::Duration;

/// What takes longer is recorded as this, in microseconds.
const MICROS_MAX: u64 = 60_000_000;
/// A value is kept to so many decimal digits.
const DIGITS: u8 = 3;
/// Steps in the distribution for each halving of what is slower still.
const STEPS_A_HALVING: u32 = 5;

/// Latencies in microseconds.
#[derive(Debug, Clone)]
pub(crate) struct Latency(Histogram<u64>);

impl Latency {
    pub(crate) fn new() -> Self {
        Self(Histogram::new_with_max(MICROS_MAX, DIGITS).expect("three digits are allowed"))
    }

    #[inline]
    pub(crate) fn record(&mut self, latency: Duration) {
        self.0.saturating_record(latency.as_micros() as u64);
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.len()
    }

    /// The latency, in microseconds, that so large a part of them does not exceed; none where there is none.
    pub(crate) fn micros_at(&self, quantile: f64) -> Option<u64> {
        (!self.0.is_empty()).then(|| self.0.value_at_quantile(quantile))
    }

    /// The distribution: percentiles up to 100, the closer the higher, and the microseconds that they do not exceed.
    pub(crate) fn distribution(&self) -> Vec<(f64, u64)> {
        let steps = self.0.iter_quantiles(STEPS_A_HALVING);
        steps.map(|step| (100.0 * step.quantile_iterated_to(), step.value_iterated_to())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Latency;
    use std::time::Duration;

    #[test]
    fn the_distribution_goes_from_the_shortest_to_the_longest() {
        let mut latency = Latency::new();
        assert_eq!((latency.micros_at(0.5), latency.distribution()), (None, vec![]));
        (1..=1000).for_each(|micros| latency.record(Duration::from_micros(micros)));
        let pairs = latency.distribution();
        assert!(pairs.is_sorted(), "both grow: {pairs:?}");
        assert_eq!((pairs[0], pairs[pairs.len() - 1]), ((0.0, 1), (100.0, 1000)));
        for (percentile, micros) in &pairs {
            assert!((percentile * 10.0 - *micros as f64).abs() <= 1.1, "{percentile} % is not {micros} us");
        }
        assert_eq!((latency.micros_at(0.5), latency.micros_at(0.999)), (Some(500), Some(999)));
    }

    #[test]
    fn answer_that_takes_too_long_still_counts() {
        let mut latency = Latency::new();
        latency.record(Duration::from_secs(3600));
        assert!(latency.micros_at(1.0) >= Some(60_000_000));
    }
}
