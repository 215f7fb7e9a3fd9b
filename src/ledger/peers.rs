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
    heard: HashMap<u64, Peer>,
    /// The digests of this machine at the latest positions, with the engine's time for each.
    digests: BTreeMap<u64, (u64, Digest)>,
}

/// Another machine.
#[derive(Debug, Default)]
struct Peer {
    /// The time at which it was heard of.
    heard: Duration,
    runs: Vec<RunId>,
    /// The newest rules that its build knows.
    rules: u16,
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
            let peer = self.heard.entry(beat.machine).or_default();
            (peer.heard, peer.rules) = (now, beat.rules);
            if !peer.runs.contains(&run) {
                peer.runs.push(run);
            }
        }
        let known = self.digests.get(&beat.position);
        known.is_none_or(|(at, digest)| *at != beat.at || digest.0 == beat.digest)
    }

    /// The runs of those of whom nothing was heard for too long. They are told once.
    pub(crate) fn gone(&mut self, now: Duration) -> Vec<Vec<RunId>> {
        let is_gone = |peer: &Peer| now.saturating_sub(peer.heard) > MACHINE_GONE;
        let gone: Vec<u64> = self.heard.iter().filter(|(_, peer)| is_gone(peer)).map(|(id, _)| *id).collect();
        gone.iter().filter_map(|id| self.heard.remove(id)).map(|peer| peer.runs).collect()
    }

    /// The newest rules that all machines know, of which this one knows these. None until every machine that is there must have been
    /// heard: one that was not is taken for gone.
    pub(crate) fn common_rules(&self, own: u16, now: Duration) -> Option<u16> {
        let others = self.heard.values().map(|peer| peer.rules);
        (now > MACHINE_GONE).then(|| others.fold(own, u16::min))
    }

    /// Nothing is known any more.
    #[cfg(test)]
    pub(crate) fn clear(&mut self) {
        *self = Self::of(self.own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_common_when_every_machine_that_is_there_knows_them() {
        let (mut peers, later) = (Peers::of(1), MACHINE_GONE + Duration::from_secs(1));
        let beat = |machine, rules| Beat { machine, position: 0, at: 0, digest: 0, rules };
        assert_eq!(peers.common_rules(3, MACHINE_GONE), None, "there may be one that was not heard yet");
        assert_eq!(peers.common_rules(3, later), Some(3), "it is alone");
        peers.hear(RunId(2), &beat(2, 2), later);
        peers.hear(RunId(3), &beat(3, 4), later);
        assert_eq!(peers.common_rules(3, later), Some(2), "one is not upgraded yet");
        peers.hear(RunId(4), &beat(2, 3), later);
        assert_eq!(peers.common_rules(3, later), Some(3));
        peers.hear(RunId(5), &beat(5, 1), later);
        assert_eq!(peers.common_rules(3, later), Some(1));
        peers.gone(2 * later);
        assert_eq!(peers.common_rules(3, 2 * later), Some(3), "all that were not upgraded have gone");
    }
}
