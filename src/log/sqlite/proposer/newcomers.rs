//! Newcomers: the names that somebody may be known by, as far as this machine knows, and the hue that their arrival gives them.

use std::time::Duration;

use rusqlite::Connection;

use crate::base::limits::NAMES_CLAIMED;
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::ledger::record::{NameClaim, Newcomer};
use crate::log::rules::{self, KeptFace, NameOwner};
use crate::log::sqlite::faces;
use crate::log::sqlite::fold::Fold;
use crate::log::sqlite::proposer::Proposer;
use crate::log::sqlite::users;

impl Proposer {
    /// Somebody who has no row, as this machine knows them.
    pub(super) fn newcomer(
        &mut self,
        tx: &Connection,
        fold: &Fold,
        who: UserId,
        now: u64,
    ) -> rusqlite::Result<Newcomer> {
        let visitor = {
            let mut visitors = self.visitors.lock();
            let face = visitors.face(who);
            let noted = visitors.get(who);
            noted.map(|(name, visitor)| (name.clone(), face, visitor.marks.clone(), visitor.devices.clone()))
        };
        let (name, face, marks, devices) = match visitor {
            Some((name, face, marks, devices)) => (Some(name), face, marks, devices),
            None => Default::default(),
        };
        let hue = match face {
            Some(face) => face.arrival,
            None => self.newcomers_face(tx)?.arrival,
        };
        let names = self.claims(tx, fold, who, name.as_ref(), now)?;
        self.registered.push(who);
        Ok(Newcomer { names, hue, devices, marks })
    }

    /// The names that somebody may be known by: the one that they ask for, and those of guests. More than the first are for what
    /// other machines may give away meanwhile.
    pub(super) fn claims(
        &self,
        tx: &Connection,
        fold: &Fold,
        who: UserId,
        wanted: Option<&Name>,
        now: u64,
    ) -> rusqlite::Result<Vec<NameClaim>> {
        let mut claims = Vec::with_capacity(NAMES_CLAIMED);
        let guests = (0..).map(|attempt| Name::of_guest(who, attempt));
        for name in wanted.cloned().into_iter().chain(guests) {
            if self.is_free(tx, fold, &name, who, now)? {
                claims.push(NameClaim::of(&name));
            }
            if claims.len() == NAMES_CLAIMED {
                break;
            }
        }
        Ok(claims)
    }

    /// Whether nobody else has a name that looks like this one, as far as this machine knows. A visitor who has been away for
    /// too long is forgotten for it.
    pub(super) fn is_free(
        &self,
        tx: &Connection,
        fold: &Fold,
        name: &Name,
        who: UserId,
        now: u64,
    ) -> rusqlite::Result<bool> {
        let keep = fold.users.name_keep();
        let is_taken = |owner| rules::is_name_taken(owner, who, keep, |owner| self.is_here(owner));
        if users::owners(tx, &NameClaim::of(name).keys, now)?.into_iter().any(is_taken) {
            return Ok(false);
        }
        let mut visitors = self.visitors.lock();
        while let Some(owner) = visitors.other_owner(name, who) {
            let seen = visitors.get(owner).map_or(0, |(_, visitor)| visitor.seen);
            if is_taken(NameOwner { who: owner, away: Duration::from_millis(now.saturating_sub(seen)) }) {
                return Ok(false);
            }
            visitors.forget(owner);
        }
        Ok(true)
    }

    /// The face of somebody who is new.
    pub(super) fn newcomers_face(&self, tx: &Connection) -> rusqlite::Result<KeptFace> {
        let mut uses = faces::hues(tx)?;
        let visitors = self.visitors.lock();
        for (hue, count) in visitors.hues().0.into_iter().enumerate() {
            uses.add(hue, count);
        }
        // They may have a row by now, and are counted with it.
        for face in self.registered.iter().filter_map(|who| visitors.face(*who)) {
            uses.count(face, -1);
        }
        Ok(rules::newcomers_face(&uses))
    }
}
