//! The people of a room on the other machines of a chat, as those tell of them; and what those are to be told of the people here.
//! Whatever is lost of that is noticed by the next version or the next beat, and asked for anew. Knows no task and no
//! engine.
//!
//! Times are the process's own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::base::face::Face;
use crate::base::limits::{
    ANSWER_PERIOD, ASK_PERIOD, BEAT_PERIOD, CROWD_PERIOD, MACHINE_GONE, MACHINES_A_ROOM, PEOPLE_NAMED,
    TYPING_SAID,
};
use crate::base::user::{User, UserId};
use crate::hub::said::{Said, Speaker};

/// The other machines that have people in a room, and what is to be said to them.
#[derive(Debug)]
pub(crate) struct Others {
    me: Speaker,
    peers: Vec<Peer>,
    /// Everybody whom they name, by how many of them.
    named: HashMap<UserId, (User, u32)>,
    /// The people of those that only count them.
    counted: usize,
    /// People who are named by another machine, and are here as well.
    both: usize,
    own: Own,
    /// When what is due was looked for last.
    looked: Duration,
}

/// Another machine, in one of its starts.
#[derive(Debug)]
struct Peer {
    speaker: Speaker,
    /// The version of what is known of its people; none before that is known, and once something was lost.
    version: Option<u64>,
    people: Crew,
    heard: Duration,
    asked: Option<Duration>,
}

/// The people of another machine.
#[derive(Debug)]
enum Crew {
    Named(HashSet<UserId>),
    Counted(usize),
}

impl Crew {
    fn count(&self) -> usize {
        match self {
            Self::Named(people) => people.len(),
            Self::Counted(count) => *count,
        }
    }
}

/// The state of this machine's people as the others know it, and what those are to be told.
#[derive(Debug)]
struct Own {
    version: u64,
    /// Whether anything was said of who is here, so that it is to be taken back.
    is_said: bool,
    /// Whether the others know only how many are here.
    is_counted: bool,
    came: Vec<User>,
    left: Vec<UserId>,
    /// Whether all are to be named, or counted, anew.
    is_all_new: bool,
    /// Whether somebody asked who is here, and whether they asked this machine alone.
    is_asked: bool,
    is_sought: bool,
    /// Whether the others are to be asked.
    asks: bool,
    typing: Vec<User>,
    /// When anything was said of who is here.
    told: Duration,
}

/// What became of the people of the others: those whom no other machine has named until now, and those whom none does
/// any more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) came: Vec<User>,
    pub(crate) left: Vec<User>,
    /// Whether there are more or fewer of those who are only counted.
    pub(crate) is_counted: bool,
}

/// The people who are here, for what is said of them.
pub(crate) struct Here<F> {
    pub(crate) count: usize,
    /// Their names, where they are asked for.
    pub(crate) people: F,
    /// The time between two tellings to the members, which is that to the other machines as well.
    pub(crate) period: Duration,
}

impl Others {
    /// A room in which nobody is, on a machine that has not said anything of it since this version.
    pub(crate) fn new(me: Speaker, version: u64, now: Duration) -> Self {
        let own = Own {
            version,
            is_said: false,
            is_counted: false,
            came: Vec::new(),
            left: Vec::new(),
            is_all_new: false,
            is_asked: false,
            is_sought: false,
            asks: true,
            typing: Vec::new(),
            told: Duration::ZERO,
        };
        Self { me, peers: Vec::new(), named: HashMap::new(), counted: 0, both: 0, own, looked: now }
    }

    pub(crate) fn has(&self, who: UserId) -> bool {
        self.named.contains_key(&who)
    }

    /// Everybody whom another machine names.
    pub(crate) fn named(&self) -> impl Iterator<Item = &User> {
        self.named.values().map(|(user, _)| user)
    }

    /// How many people other machines have, without those who are here as well. Of people who are only counted that is
    /// not known.
    pub(crate) fn count(&self) -> usize {
        self.named.len() - self.both + self.counted
    }

    /// Somebody who is here is named by another machine, or is not any more.
    pub(crate) fn share(&mut self, is_shared: bool) {
        if is_shared {
            self.both += 1;
        } else {
            self.both -= 1;
        }
    }

    pub(crate) fn rename(&mut self, id: UserId, name: &Arc<str>) {
        self.change(id, |user| user.name = Arc::clone(name));
    }

    pub(crate) fn set_face(&mut self, id: UserId, face: Face) {
        self.change(id, |user| user.face = face);
    }

    fn change(&mut self, id: UserId, change: impl Fn(&mut User)) {
        if let Some((user, _)) = self.named.get_mut(&id) {
            change(user);
        }
        self.own.came.iter_mut().filter(|user| user.id == id).for_each(change);
    }

    /// Somebody is here, who was not; so many are.
    pub(crate) fn came_here(&mut self, user: User, count: usize) {
        self.both += usize::from(self.has(user.id));
        if self.counts_alone(count) {
            return;
        }
        // Somebody who comes back before the others were told of their going has not gone.
        match self.own.left.iter().position(|left| *left == user.id) {
            Some(at) => drop(self.own.left.swap_remove(at)),
            None => self.own.came.push(user),
        }
    }

    /// Somebody is here no more; so many are.
    pub(crate) fn left_here(&mut self, who: UserId, count: usize) {
        self.both -= usize::from(self.has(who));
        if self.counts_alone(count) {
            return;
        }
        match self.own.came.iter().position(|user| user.id == who) {
            Some(at) => drop(self.own.came.swap_remove(at)),
            None => self.own.left.push(who),
        }
    }

    /// Whether the others are to be told a count, or all names after one.
    fn counts_alone(&mut self, count: usize) -> bool {
        let own = &mut self.own;
        if count > PEOPLE_NAMED || own.is_counted {
            own.is_all_new = true;
            own.came.clear();
            own.left.clear();
        }
        own.is_all_new
    }

    /// Somebody here is typing. Of very many some are left out.
    pub(crate) fn types_here(&mut self, user: &User) {
        let typing = &mut self.own.typing;
        if typing.len() < TYPING_SAID && typing.iter().all(|known| known.id != user.id) {
            typing.push(user.clone());
        }
    }

    /// Takes what another machine says of its people.
    pub(crate) fn hear(&mut self, by: Speaker, said: Said, now: Duration) -> Changes {
        let mut changes = Changes::default();
        // An earlier start of this machine has nobody.
        if by.machine == self.me.machine && by.start <= self.me.start {
            return changes;
        }
        let mut at = self.peers.iter().position(|peer| peer.speaker.machine == by.machine);
        if let Some(known) = at {
            let start = self.peers[known].speaker.start;
            if by.start < start {
                return changes;
            }
            if by.start > start || said == Said::Gone {
                self.remove(known, &mut changes);
                at = None;
            }
        }
        let (version, count) = match said {
            Said::Gone | Said::Typing { .. } => return changes,
            Said::Who { machine } => {
                self.own.is_asked |= machine.is_none_or(|machine| machine == self.me.machine);
                self.own.is_sought |= machine == Some(self.me.machine);
                return changes;
            }
            Said::All { version, count, .. }
            | Said::Change { version, count, .. }
            | Said::Beat { version, count } => (version, count),
        };
        let at = match at {
            Some(at) => at,
            None if self.peers.len() >= MACHINES_A_ROOM => return changes,
            None => {
                let people = Crew::Named(HashSet::new());
                self.peers.push(Peer { speaker: by, version: None, people, heard: now, asked: None });
                self.peers.len() - 1
            }
        };
        let peer = &mut self.peers[at];
        peer.heard = now;
        let known = peer.version;
        match said {
            Said::All { people, .. } if known.is_none_or(|known| version >= known) => {
                peer.version = Some(version);
                self.replace(at, people, count, &mut changes);
            }
            Said::Change { came, left, .. }
                if known.is_some_and(|known| version == known.wrapping_add(1)) =>
            {
                peer.version = Some(version);
                self.apply(at, came, &left, &mut changes);
                if self.peers[at].people.count() != count {
                    self.peers[at].version = None;
                }
            }
            // One is missing.
            Said::Change { .. } if known.is_some_and(|known| version > known) => peer.version = None,
            Said::Beat { .. } if known != Some(version) || peer.people.count() != count => {
                peer.version = None
            }
            _ => {}
        }
        changes
    }

    /// Another machine has these people and no others.
    fn replace(&mut self, at: usize, people: Option<Vec<User>>, count: usize, changes: &mut Changes) {
        let new = match &people {
            Some(people) => Crew::Named(people.iter().map(|user| user.id).collect()),
            None => Crew::Counted(count),
        };
        let old = std::mem::replace(&mut self.peers[at].people, new);
        // Those who stay are named before the others go.
        let mut came = Vec::new();
        for user in people.into_iter().flatten() {
            if matches!(&old, Crew::Named(old) if old.contains(&user.id)) {
                self.named.entry(user.id).and_modify(|(known, _)| *known = user);
            } else {
                came.push(user);
            }
        }
        came.into_iter().for_each(|user| self.name(user, changes));
        if let Crew::Named(old) = &old {
            for who in old {
                if !matches!(&self.peers[at].people, Crew::Named(new) if new.contains(who)) {
                    self.unname(*who, changes);
                }
            }
        }
        self.count_anew(changes);
    }

    /// Some have come to another machine, and some have gone.
    fn apply(&mut self, at: usize, came: Vec<User>, left: &[UserId], changes: &mut Changes) {
        let Crew::Named(people) = &mut self.peers[at].people else {
            self.peers[at].version = None;
            return;
        };
        let left: Vec<UserId> = left.iter().filter(|who| people.remove(who)).copied().collect();
        // A message may name any number of people. As many are taken as a machine may name.
        let came: Vec<User> =
            came.into_iter().filter(|user| people.len() < PEOPLE_NAMED && people.insert(user.id)).collect();
        left.into_iter().for_each(|who| self.unname(who, changes));
        came.into_iter().for_each(|user| self.name(user, changes));
    }

    fn remove(&mut self, at: usize, changes: &mut Changes) {
        let peer = self.peers.swap_remove(at);
        if let Crew::Named(people) = peer.people {
            people.into_iter().for_each(|who| self.unname(who, changes));
        }
        self.count_anew(changes);
    }

    fn name(&mut self, user: User, changes: &mut Changes) {
        let (known, machines) = self.named.entry(user.id).or_insert_with(|| (user.clone(), 0));
        *machines += 1;
        *known = user;
        if *machines == 1 {
            let known = known.clone();
            changes.came.push(known);
        }
    }

    fn unname(&mut self, who: UserId, changes: &mut Changes) {
        let Some((_, machines)) = self.named.get_mut(&who) else { return };
        *machines -= 1;
        if *machines == 0
            && let Some((user, _)) = self.named.remove(&who)
        {
            changes.left.push(user);
        }
    }

    fn count_anew(&mut self, changes: &mut Changes) {
        let counts = self.peers.iter().map(|peer| match peer.people {
            Crew::Named(_) => 0,
            Crew::Counted(count) => count,
        });
        let counted = counts.sum();
        changes.is_counted |= counted != self.counted;
        self.counted = counted;
    }

    /// Lets go of the people of machines of which nothing was heard for too long.
    pub(crate) fn expire(&mut self, now: Duration) -> Changes {
        let away = now.saturating_sub(std::mem::replace(&mut self.looked, now));
        if away > BEAT_PERIOD {
            // This machine itself was away: it has heard nobody, and has missed what was said.
            for peer in &mut self.peers {
                peer.heard += away;
                peer.version = None;
            }
        }
        let mut changes = Changes::default();
        let is_silent = |peer: &Peer| now.saturating_sub(peer.heard) > MACHINE_GONE;
        while let Some(at) = self.peers.iter().position(is_silent) {
            self.remove(at, &mut changes);
        }
        changes
    }

    /// Whether something may be due before the next beat.
    pub(crate) fn is_due(&self) -> bool {
        let own = &self.own;
        let is_changed = own.is_all_new || !own.came.is_empty() || !own.left.is_empty();
        is_changed || own.is_asked || own.asks || !own.typing.is_empty() || self.asks_somebody()
    }

    fn asks_somebody(&self) -> bool {
        self.peers.iter().any(|peer| peer.version.is_none() && peer.asked.is_none())
    }

    /// The messages that are due now.
    pub(crate) fn say(&mut self, here: Here<impl FnOnce() -> Vec<User>>, now: Duration) -> Vec<Vec<u8>> {
        let (me, mut said) = (self.me, Vec::new());
        let mut say = |what: Said| said.push(what.write(me));
        let own = &mut self.own;
        if std::mem::take(&mut own.asks) {
            say(Said::Who { machine: None });
        }
        for peer in &mut self.peers {
            let is_long_ago = |asked| now.saturating_sub(asked) >= ASK_PERIOD;
            match peer.version {
                Some(_) => peer.asked = None,
                None if peer.asked.is_none_or(is_long_ago) => {
                    peer.asked = Some(now);
                    say(Said::Who { machine: Some(peer.speaker.machine) });
                }
                None => {}
            }
        }
        if !own.typing.is_empty() {
            say(Said::Typing { people: std::mem::take(&mut own.typing) });
        }
        if here.count == 0 {
            own.came.clear();
            own.left.clear();
            (own.is_all_new, own.is_counted, own.is_asked) = (false, false, false);
            if std::mem::take(&mut own.is_said) | std::mem::take(&mut own.is_sought) {
                say(Said::Gone);
            }
            return said;
        }
        let (count, since) = (here.count, now.saturating_sub(own.told));
        let is_crowd = count > PEOPLE_NAMED;
        let period = if is_crowd { CROWD_PERIOD.max(here.period) } else { here.period };
        let is_changed = !own.came.is_empty() || !own.left.is_empty();
        let is_answer = own.is_asked && since >= ANSWER_PERIOD;
        let what = if !own.is_said || is_answer || (own.is_all_new && since >= period) {
            own.version += u64::from(!own.is_said || own.is_all_new || is_changed);
            own.came.clear();
            own.left.clear();
            (own.is_said, own.is_counted, own.is_all_new) = (true, is_crowd, false);
            (own.is_asked, own.is_sought) = (false, false);
            let people = (!is_crowd).then(here.people);
            Said::All { version: own.version, count, people }
        } else if is_changed && since >= period {
            own.version += 1;
            let (came, left) = (std::mem::take(&mut own.came), std::mem::take(&mut own.left));
            Said::Change { version: own.version, count, came, left }
        } else if since >= BEAT_PERIOD {
            Said::Beat { version: own.version, count }
        } else {
            return said;
        };
        own.told = now;
        say(what);
        said
    }
}

#[cfg(test)]
mod tests;
