//! Devices that were ended just now. A hello of such a device may be under way, which the log has answered before the end: it is
//! turned away here. Whatever comes later is refused by the log.

use std::collections::VecDeque;
use std::time::Duration;

use crate::base::device::DeviceId;
use crate::base::limits::{DEVICE_ENDED_WAIT, DEVICES_ENDED};
use crate::base::user::UserId;

/// The latest, each with the time when it was ended, on [`crate::base::clock::elapsed`].
#[derive(Debug, Default)]
pub(super) struct Ended(VecDeque<(Duration, UserId, DeviceId)>);

impl Ended {
    pub(super) fn add(&mut self, who: UserId, device: DeviceId, now: Duration) {
        self.forget_old(now);
        if self.0.len() >= DEVICES_ENDED {
            self.0.pop_front();
        }
        self.0.push_back((now, who, device));
    }

    /// It was not ended after all.
    pub(super) fn remove(&mut self, who: UserId, device: DeviceId) {
        self.0.retain(|(_, user, ended)| (*user, *ended) != (who, device));
    }

    pub(super) fn has(&mut self, who: UserId, device: DeviceId, now: Duration) -> bool {
        self.forget_old(now);
        self.0.iter().any(|(_, user, ended)| (*user, *ended) == (who, device))
    }

    fn forget_old(&mut self, now: Duration) {
        while self.0.front().is_some_and(|(at, ..)| now.saturating_sub(*at) > DEVICE_ENDED_WAIT) {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latest_are_known_for_a_while() {
        let (who, now) = (UserId::new(1), Duration::from_secs(100));
        let device = |number| DeviceId::new(number);
        let mut ended = Ended::default();
        ended.add(who, device(1), now);
        ended.add(who, device(2), now);
        assert!(ended.has(who, device(1), now) && !ended.has(UserId::new(2), device(1), now));
        ended.remove(who, device(1));
        assert!(!ended.has(who, device(1), now) && ended.has(who, device(2), now + DEVICE_ENDED_WAIT));
        assert!(!ended.has(who, device(2), now + DEVICE_ENDED_WAIT * 2));
        (0..=DEVICES_ENDED as u64).for_each(|number| ended.add(who, device(number), now));
        assert!(!ended.has(who, device(0), now) && ended.has(who, device(1), now));
    }
}
