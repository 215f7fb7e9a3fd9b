//! The wall clock as far as it is believed. What it says decides what is old enough to be forgotten, so one wrong look
//! must not: a clock that leapt is believed only once it has gone on evenly for some time.

use std::time::{Duration, Instant};

use crate::base::limits::{CLOCK_HELD, CLOCK_LEAP, CLOCK_SLACK};

#[derive(Debug)]
pub(super) struct WallClock {
    /// The last time that was believed, in Unix milliseconds, and when that was.
    believed: u64,
    since: Instant,
    /// How far the clock may be ahead of that.
    slack: Duration,
    /// What a clock that leapt said first, and when that was.
    leapt: Option<(u64, Instant)>,
}

/// What a look at the clock comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It says what was to be expected.
    Believed,
    /// It has leapt just now.
    Leapt,
    /// It leapt some time ago, and is not believed yet.
    Waiting,
    /// It leapt, and has gone on for so long that it is believed from now on.
    Held,
}

impl WallClock {
    /// Begins with the last time that was believed before the store was closed, or was made.
    pub(super) fn new(believed: u64, now: Instant) -> Self {
        Self { believed, since: now, slack: CLOCK_LEAP, leapt: None }
    }

    /// Looks at what the clock says; gives the time that old entries are old by. It may be too early, never too late.
    pub(super) fn look(&mut self, wall: u64, now: Instant) -> (u64, Verdict) {
        let expected = self.believed + millis(now - self.since);
        let is_ahead = wall > expected + millis(self.slack);
        let is_behind = wall + millis(CLOCK_SLACK) < expected;
        if !is_ahead && !is_behind {
            self.believe(wall, now);
            return (wall, Verdict::Believed);
        }
        let verdict = match self.leapt {
            Some((first, then)) if wall.abs_diff(first + millis(now - then)) <= millis(CLOCK_SLACK) => {
                if now - then >= CLOCK_HELD {
                    self.believe(wall, now);
                    return (wall, Verdict::Held);
                }
                Verdict::Waiting
            }
            _ => {
                self.leapt = Some((wall, now));
                Verdict::Leapt
            }
        };
        (wall.min(expected), verdict)
    }

    pub(super) fn believed(&self) -> u64 {
        self.believed
    }

    fn believe(&mut self, wall: u64, now: Instant) {
        *self = Self { believed: wall, since: now, slack: CLOCK_SLACK, leapt: None };
    }
}

fn millis(time: Duration) -> u64 {
    time.as_millis() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sqlite::row::DAY_MS as DAY;

    const NOW: u64 = 1_800_000_000_000;
    const LOOK: Duration = Duration::from_secs(10);

    /// What a clock says at each look, and what comes of it.
    struct Looks {
        clock: WallClock,
        at: Instant,
        wall: u64,
    }

    impl Looks {
        fn new() -> Self {
            let at = Instant::now();
            Self { clock: WallClock::new(NOW, at), at, wall: NOW }
        }

        fn look(&mut self) -> (u64, Verdict) {
            self.at += LOOK;
            self.wall += millis(LOOK);
            self.clock.look(self.wall, self.at)
        }
    }

    #[test]
    fn leap_is_not_believed_before_it_has_held() {
        for leap in [400 * DAY, 2 * DAY] {
            let mut looks = Looks::new();
            looks.wall += leap;
            let (now, verdict) = looks.look();
            assert_eq!((now, verdict), (NOW + millis(LOOK), Verdict::Leapt));
            let mut waited = Duration::ZERO;
            while looks.look().1 == Verdict::Waiting {
                waited += LOOK;
            }
            assert_eq!(waited + LOOK, CLOCK_HELD);
            let (now, verdict) = looks.look();
            assert_eq!((now, verdict), (looks.wall, Verdict::Believed));
        }
    }

    #[test]
    fn leap_and_back_leaves_the_clock_as_it_was() {
        let mut looks = Looks::new();
        looks.wall += 400 * DAY;
        looks.look();
        looks.wall -= 400 * DAY;
        let (now, verdict) = looks.look();
        assert_eq!((now, verdict), (looks.wall, Verdict::Believed));
    }

    #[test]
    fn clock_that_leaps_again_and_again_is_never_believed() {
        let mut looks = Looks::new();
        looks.wall += 400 * DAY;
        for _ in 0..200 {
            looks.wall += DAY;
            assert_eq!(looks.look().1, Verdict::Leapt);
        }
    }

    #[test]
    fn night_without_a_server_is_no_leap_but_a_night_in_one_look_of_a_running_server_is() {
        let mut looks = Looks::new();
        looks.wall += DAY / 2;
        assert_eq!(looks.look().1, Verdict::Believed);
        looks.wall += DAY / 2;
        assert_eq!(looks.look().1, Verdict::Leapt);
    }

    #[test]
    fn clock_that_is_behind_makes_nothing_old_and_is_believed_once_it_has_held() {
        let mut looks = Looks::new();
        looks.wall -= 400 * DAY;
        let (now, verdict) = looks.look();
        assert_eq!((now, verdict), (looks.wall, Verdict::Leapt));
        while looks.look().1 == Verdict::Waiting {}
        assert_eq!(looks.clock.believed(), looks.wall);
        // When it is put right, that is a leap again.
        looks.wall += 400 * DAY;
        assert_eq!(looks.look().1, Verdict::Leapt);
    }
}
