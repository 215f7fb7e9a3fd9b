//! The other machines, as far as they are known by their signs of life: who is gone, and who has come to something else.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use crate::base::limits::{DIGESTS_KEPT, MACHINE_GONE};
use crate::ledger::record::{Beat, RunId};
use crate::ledger::replica::Digest;

/// The others, as a machine knows them. Times are its own, which only grow.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    own: u64,
    /// The time at which each was heard of, and its runs.
    heard: HashMap<u64, (Duration, Vec<RunId>)>,
    /// The digests of this machine at the latest positions, with the engine's time for each.
    digests: BTreeMap<u64, (u64, Digest)>,
}

impl Peers {
    /// Those of the machine with this number.
    pub(crate) fn of(own: u64) -> Self {
        Self { own, ..Self::default() }
    }

    /// Notes what this machine has come to at a position.
    pub(crate) fn applied(&mut self, position: u64, at: u64, digest: Digest) {
        self.digests.insert(position, (at, digest));
        if self.digests.len() > DIGESTS_KEPT {
            self.digests.pop_first();
        }
    }

    /// Takes a sign of life that took effect, of a run; false when that machine has come to something else than this one, by
    /// the same messages.
    pub(crate) fn hear(&mut self, run: RunId, beat: &Beat, now: Duration) -> bool {
        if beat.machine != self.own {
            let (heard, runs) = self.heard.entry(beat.machine).or_default();
            *heard = now;
            if !runs.contains(&run) {
                runs.push(run);
            }
        }
        let known = self.digests.get(&beat.position);
        known.is_none_or(|(at, digest)| *at != beat.at || digest.0 == beat.digest)
    }

    /// The runs of those of whom nothing was heard for too long. They are told once.
    pub(crate) fn gone(&mut self, now: Duration) -> Vec<Vec<RunId>> {
        let is_gone = |heard: Duration| now.saturating_sub(heard) > MACHINE_GONE;
        let gone: Vec<u64> =
            self.heard.iter().filter(|(_, (heard, _))| is_gone(*heard)).map(|(id, _)| *id).collect();
        gone.iter().filter_map(|id| self.heard.remove(id)).map(|(_, runs)| runs).collect()
    }

    #[cfg(test)]
    /// Nothing is known any more.
    pub(crate) fn clear(&mut self) {
        *self = Self::of(self.own);
    }
}
