//! The rule of runs: an envelope takes effect as its run's next one, or never. No clock decides it, and a copy that comes late,
//! twice or out of turn changes nothing.
//!
//! A *run* is one start of one machine. A run that was closed takes effect no more, so whoever has heard that knows what
//! of it was said, and what never will be. All machines keep the same rows, with the position up to which they have applied.

use std::collections::{BTreeSet, HashMap};

use crate::base::limits::RUN_PLACES;
use crate::ledger::envelope::Header;
use crate::ledger::record::RunId;

/// The state of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Run {
    /// The last envelope of it that took effect.
    pub(crate) high: u32,
    /// The last position at which it was heard of.
    pub(crate) last: u64,
    pub(crate) is_closed: bool,
}

/// Whether an envelope takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Its records are judged now.
    Effect,
    /// It took effect before.
    Repeat,
    /// One before it in its run was not heard: it may be published again.
    Gap,
    /// Its run is closed, or it is too late, or from another order: it never takes effect.
    Refused,
}

/// All runs that may still be heard of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    rows: HashMap<RunId, Run>,
    /// Runs whose rows are not written yet.
    changed: BTreeSet<RunId>,
}

impl Runs {
    /// Those that were written.
    pub(crate) fn of(rows: impl IntoIterator<Item = (RunId, Run)>) -> Self {
        Self { rows: rows.into_iter().collect(), changed: BTreeSet::new() }
    }

    /// Judges the envelope at a position.
    pub(crate) fn judge(&mut self, position: u64, header: &Header) -> Verdict {
        let late = position.checked_sub(header.seen);
        if late.is_none_or(|late| late == 0 || late > RUN_PLACES) {
            return Verdict::Refused;
        }
        let run = self.rows.get(&header.run).copied().unwrap_or_default();
        match header.n {
            _ if run.is_closed => Verdict::Refused,
            n if n <= run.high => Verdict::Repeat,
            n if n > run.high + 1 => Verdict::Gap,
            n => {
                self.set(header.run, Run { high: n, last: position, ..run });
                Verdict::Effect
            }
        }
    }

    /// Closes a run, be it known or not: an envelope that is heard of it first after this must not begin it.
    pub(crate) fn close(&mut self, position: u64, run: RunId) {
        let row = self.rows.get(&run).copied().unwrap_or_default();
        self.set(run, Run { last: position, is_closed: true, ..row });
    }

    #[cfg(test)]
    /// Runs that are not closed.
    pub(crate) fn open(&self) -> impl Iterator<Item = RunId> {
        self.rows.iter().filter(|(_, row)| !row.is_closed).map(|(run, _)| *run)
    }

    /// Rows that were changed since they were asked for last: those are written with the position, all of them, also when the
    /// envelopes that changed them came to nothing else.
    pub(crate) fn take_changed(&mut self) -> Vec<(RunId, Run)> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().filter_map(|run| Some((run, *self.rows.get(&run)?))).collect()
    }

    /// Leaves out runs of which every envelope is refused for coming late, so that nobody can tell; gives them.
    pub(crate) fn prune(&mut self, position: u64) -> Vec<RunId> {
        let is_over = |row: &Run| position.saturating_sub(row.last) > RUN_PLACES;
        let over: Vec<RunId> =
            self.rows.iter().filter(|(_, row)| is_over(row)).map(|(run, _)| *run).collect();
        for run in &over {
            self.rows.remove(run);
            self.changed.remove(run);
        }
        over
    }

    fn set(&mut self, run: RunId, row: Run) {
        self.rows.insert(run, row);
        self.changed.insert(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: RunId = RunId(7);

    fn header(n: u32, seen: u64) -> Header {
        Header { run: RUN, n, seen, rules: 1 }
    }

    #[test]
    fn envelope_takes_effect_once_and_in_its_turn() {
        let mut runs = Runs::default();
        for (position, n, verdict) in [
            (1, 2, Verdict::Gap),
            (2, 1, Verdict::Effect),
            (3, 1, Verdict::Repeat),
            (4, 3, Verdict::Gap),
            (5, 2, Verdict::Effect),
            (6, 3, Verdict::Effect),
            (7, 2, Verdict::Repeat),
        ] {
            assert_eq!(runs.judge(position, &header(n, 0)), verdict, "{n} at {position}");
        }
        assert_eq!(runs.take_changed(), [(RUN, Run { high: 3, last: 6, is_closed: false })]);
        assert_eq!(runs.take_changed(), []);
    }

    #[test]
    fn nothing_of_a_closed_run_takes_effect_even_if_it_was_never_heard_of() {
        let mut runs = Runs::default();
        runs.judge(1, &header(1, 0));
        for run in [RUN, RunId(8)] {
            runs.close(2, run);
            assert_eq!(runs.judge(3, &Header { run, ..header(1, 0) }), Verdict::Refused);
            assert_eq!(runs.judge(4, &Header { run, ..header(2, 3) }), Verdict::Refused);
        }
        assert_eq!(runs.open().count(), 0);
    }

    #[test]
    fn run_that_is_left_out_cannot_begin_again() {
        let mut runs = Runs::default();
        assert_eq!(runs.judge(1, &header(1, 0)), Verdict::Effect);
        assert_eq!(runs.prune(1 + RUN_PLACES), [], "a copy of it may take effect yet");
        // (Rows that were written and read again are the same.)
        let mut runs = Runs::of(runs.take_changed());
        assert_eq!(runs.judge(2, &header(1, 0)), Verdict::Repeat);
        // A copy of its first envelope had seen less than the row has.
        assert_eq!(runs.prune(2 + RUN_PLACES), [RUN]);
        assert_eq!(runs.judge(2 + RUN_PLACES, &header(1, 0)), Verdict::Refused);
    }

    #[test]
    fn envelope_of_another_order_is_refused() {
        let mut runs = Runs::default();
        assert_eq!(runs.judge(5, &header(1, 5)), Verdict::Refused, "it has seen itself");
        assert_eq!(runs.judge(5, &header(1, 9)), Verdict::Refused);
        assert_eq!(runs.judge(5, &header(1, 4)), Verdict::Effect);
    }
}
