//! Devices that were ended, and people who were banned, just now. A hello of theirs may be under way, which the log has answered
//! before that: it is turned away here. Whatever comes later is refused by the log.

use std::collections::VecDeque;
use std::time::Duration;

use crate::base::device::DeviceId;
use crate::base::limits::{DEVICE_ENDED_WAIT, DEVICES_ENDED};
use crate::base::user::UserId;

/// The latest, each with the time when it was ended, on [`crate::base::clock::elapsed`]: a device, or all of a user's.
#[derive(Debug, Default)]
pub(super) struct Ended(VecDeque<(Duration, UserId, Option<DeviceId>)>);

impl Ended {
    pub(super) fn add(&mut self, who: UserId, device: Option<DeviceId>, now: Duration) {
        self.forget_old(now);
        if self.0.len() >= DEVICES_ENDED {
            self.0.pop_front();
        }
        self.0.push_back((now, who, device));
    }

    /// It was not ended after all.
    pub(super) fn remove(&mut self, who: UserId, device: Option<DeviceId>) {
        self.0.retain(|(_, user, ended)| (*user, *ended) != (who, device));
    }

    /// What of a user's was ended that a device belongs to: it alone, or all.
    pub(super) fn find(&mut self, who: UserId, device: DeviceId, now: Duration) -> Option<Option<DeviceId>> {
        self.forget_old(now);
        let of_user = self.0.iter().filter(|(_, user, _)| *user == who).map(|(.., ended)| *ended);
        of_user.into_iter().find(|ended| ended.is_none_or(|ended| ended == device))
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
        let has = |ended: &mut Ended, who, number, now| ended.find(who, device(number), now).is_some();
        ended.add(who, Some(device(1)), now);
        ended.add(who, Some(device(2)), now);
        assert!(has(&mut ended, who, 1, now) && !has(&mut ended, UserId::new(2), 1, now));
        ended.remove(who, Some(device(1)));
        assert!(!has(&mut ended, who, 1, now) && has(&mut ended, who, 2, now + DEVICE_ENDED_WAIT));
        assert!(!has(&mut ended, who, 2, now + DEVICE_ENDED_WAIT * 2));
        ended.add(who, None, now);
        assert!(has(&mut ended, who, 9, now), "all that is theirs");
        ended.remove(who, None);
        assert!(!has(&mut ended, who, 9, now));
        (0..=DEVICES_ENDED as u64).for_each(|number| ended.add(who, Some(device(number)), now));
        assert!(!has(&mut ended, who, 0, now) && has(&mut ended, who, 1, now));
    }
}
