//! What happened in all runs: a model in which nothing happens finds nothing.

use crate::ledger::runs::Verdict;

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) receipts: usize,
    pub(super) joins: usize,
    pub(super) resets: usize,
    pub(super) unavailable: usize,
    pub(super) not_said: usize,
    pub(super) outdated: usize,
    pub(super) effects: usize,
    pub(super) repeats: usize,
    pub(super) gaps: usize,
    pub(super) refused: usize,
    pub(super) disconnects: usize,
    pub(super) stops: usize,
}

impl Counts {
    pub(super) fn judge(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Effect => self.effects += 1,
            Verdict::Repeat => self.repeats += 1,
            Verdict::Gap => self.gaps += 1,
            Verdict::Refused => self.refused += 1,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        let pairs = self.all_mut().into_iter().zip(other.all());
        pairs.for_each(|(sum, more)| *sum += more);
    }

    /// Whether each thing has happened that the rules are for. (There are no gaps, as one envelope is open at a time.)
    pub(super) fn has_everything(&self) -> bool {
        self.all().iter().zip(0..).all(|(count, at)| *count > 0 || at == 8)
    }

    fn all(&self) -> [usize; 12] {
        let Self { receipts, joins, resets, unavailable, not_said, outdated, .. } = *self;
        let Self { effects, repeats, gaps, refused, disconnects, stops, .. } = *self;
        [
            receipts,
            joins,
            resets,
            unavailable,
            not_said,
            outdated,
            effects,
            repeats,
            gaps,
            refused,
            disconnects,
            stops,
        ]
    }

    fn all_mut(&mut self) -> [&mut usize; 12] {
        [
            &mut self.receipts,
            &mut self.joins,
            &mut self.resets,
            &mut self.unavailable,
            &mut self.not_said,
            &mut self.outdated,
            &mut self.effects,
            &mut self.repeats,
            &mut self.gaps,
            &mut self.refused,
            &mut self.disconnects,
            &mut self.stops,
        ]
    }
}
