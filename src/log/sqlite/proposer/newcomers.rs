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

/// A name that is free.
#[derive(Debug, Default)]
pub(super) struct FreeName {
    pub(super) claim: NameClaim,
    /// Whether it is somebody's who has been away for too long.
    pub(super) was_owned: bool,
}

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
            claims.extend(self.free(tx, fold, &name, who, now)?.map(|free| free.claim));
            if claims.len() == NAMES_CLAIMED {
                break;
            }
        }
        Ok(claims)
    }

    /// The first that is free of the name that somebody asks for, and those of guests.
    pub(super) fn first_free(
        &self,
        tx: &Connection,
        fold: &Fold,
        who: UserId,
        wanted: Option<&Name>,
        now: u64,
    ) -> rusqlite::Result<(Name, FreeName)> {
        let mut found = None;
        let name = rules::first_free_name(who, wanted, |name| {
            found = self.free(tx, fold, name, who, now)?;
            Ok::<_, rusqlite::Error>(found.is_some())
        })?;
        Ok((name, found.unwrap_or_default()))
    }

    /// A name, if nobody else has one that looks like it, as far as this machine knows. A visitor who has been away for too long
    /// is forgotten for it.
    pub(super) fn free(
        &self,
        tx: &Connection,
        fold: &Fold,
        name: &Name,
        who: UserId,
        now: u64,
    ) -> rusqlite::Result<Option<FreeName>> {
        let keep = fold.users.name_keep();
        let is_taken = |owner| rules::is_name_taken(owner, who, keep, |owner| self.is_here(owner));
        let claim = NameClaim::of(name);
        let owners = users::owners(tx, &claim.keys, now)?;
        let was_owned = !owners.is_empty();
        if owners.into_iter().any(is_taken) {
            return Ok(None);
        }
        let mut visitors = self.visitors.lock();
        while let Some(owner) = visitors.other_owner(name, who) {
            let seen = visitors.get(owner).map_or(0, |(_, visitor)| visitor.seen);
            if is_taken(NameOwner { who: owner, away: Duration::from_millis(now.saturating_sub(seen)) }) {
                return Ok(None);
            }
            visitors.forget(owner);
        }
        Ok(Some(FreeName { claim, was_owned }))
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
