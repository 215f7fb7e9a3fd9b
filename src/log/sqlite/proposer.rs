//! The proposer: turns what somebody asks for into records. It has what only this machine knows, of which nothing may decide
//! what a record comes to: who is connected, who is a visitor, how many rooms may still be made, and the tables of this build.

use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::entry::Draft;
use crate::base::face::Face;
use crate::base::limits::{ROOMS, ROOMS_A_SECOND, Rate};
use crate::base::name::Name;
use crate::base::private_room::{self, Circle};
use crate::base::rights::{self, Measure, Parties};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, Mark, Newcomer, Record};
use crate::log::rules;
use crate::log::sqlite::devices;
use crate::log::sqlite::fold::{Fold, said_already};
use crate::log::sqlite::free_space::{self, FreeSpace};
use crate::log::sqlite::job::{Job, JobOutcome};
use crate::log::sqlite::judge::verdict;
use crate::log::sqlite::private_rooms;
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::users;
use crate::log::sqlite::visitors::{self, Visitors};
use crate::log::{Arrival, Arrived, Deliveries};
use crate::wire::bucket::Bucket;

mod newcomers; // the names and the hue of somebody who is new

use newcomers::FreeName;

#[derive(Debug, Default)]
pub(super) struct Proposer {
    visitors: Visitors,
    /// Visitors who may get a row in this transaction.
    registered: Vec<UserId>,
    /// Those who know who is connected.
    deliveries: Arc<Mutex<Deliveries>>,
    /// Rooms that may still be made today.
    new_rooms: Bucket,
    free_space: Arc<FreeSpace>,
}

/// The outcome of a job before anything is judged.
#[derive(Debug)]
pub(super) enum Proposal<'a> {
    /// Nothing is to be written for it, and this is its answer.
    Answer(JobOutcome),
    /// The entry that the job has.
    Append(&'a Append),
    /// These records, of which the last says what came of it.
    Records(Vec<Record>),
}

/// Somebody who is greeted.
enum Greeting {
    /// They are known.
    Known(User),
    /// They are once this is judged.
    Proposed(Record),
}

impl Proposer {
    pub(super) fn new(deliveries: Arc<Mutex<Deliveries>>, free_space: Arc<FreeSpace>) -> Self {
        Self { deliveries, free_space, ..Self::default() }
    }

    pub(super) fn visitors(&self) -> Visitors {
        Arc::clone(&self.visitors)
    }

    /// Whether somebody is connected, and so not away, however long they have been silent.
    pub(super) fn is_here(&self, who: UserId) -> bool {
        self.deliveries.lock().is_here(who)
    }

    /// The transaction was not kept.
    pub(super) fn roll_back(&mut self) {
        self.registered.clear();
    }

    /// The transaction was kept: visitors who have a row now are visitors no more.
    pub(super) fn commit(&mut self, tx: &Connection, fold: &mut Fold) {
        for who in self.registered.drain(..) {
            if fold.users.has_row(tx, who).unwrap_or(false) {
                self.visitors.lock().forget(who);
            }
        }
    }

    /// Does a job of people's, at a time and with the next numbers of a log that one machine keeps alone: what is proposed for it is
    /// judged at once.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub(super) fn take(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        job: &mut Job,
        now: u64,
        numbers: &mut Numbers,
    ) -> rusqlite::Result<JobOutcome> {
        let verdict = match verdict(self.propose(tx, fold, job, now))? {
            Ok(Proposal::Answer(outcome)) => return Ok(outcome),
            Ok(Proposal::Append(append)) => fold.judge_append(tx, append, now, numbers)?,
            Ok(Proposal::Records(records)) => {
                let mut verdict = Ok(0);
                for record in &records {
                    verdict = fold.judge(tx, record, now, numbers)?;
                    if verdict.is_err() {
                        break;
                    }
                }
                verdict
            }
            Err(error) => Err(error),
        };
        job.outcome(tx, &mut fold.users, verdict)
    }

    /// Makes the records of a job. A refusal here spares a record: the state that this machine knows gives it already, or no other
    /// machine could give it.
    pub(super) fn propose<'a>(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        job: &'a mut Job,
        now: u64,
    ) -> Result<Proposal<'a>, Fault> {
        Ok(match job {
            Job::Append { append, .. } => {
                let (by, room) = (append.draft.by, &append.draft.room);
                let makes_room = append.draft.content.parts().target.is_none();
                if self.free_space.is_low()
                    && !free_space::takes_back(&append.draft.content)
                    && !is_said(tx, fold, &append.draft)?
                {
                    return Err(free_space::low().into());
                }
                if makes_room && fold.room(tx, room)?.is_none() && !self.may_make_room() {
                    return Err(rules::too_many_rooms().into());
                }
                append.newcomer = None;
                if by != UserId::GUEST && !fold.users.has_row(tx, by)? {
                    append.newcomer = Some(self.newcomer(tx, fold, by, now)?);
                }
                Proposal::Append(append)
            }
            Job::Greet { who, name, .. } => {
                match self.greet(tx, fold, *who, name.as_ref(), now, Devices::default)? {
                    Greeting::Known(user) => Proposal::Answer(JobOutcome::User(Ok(user))),
                    Greeting::Proposed(record) => Proposal::Records(vec![record]),
                }
            }
            Job::Arrive { arrival, .. } => self.arrive(tx, fold, arrival, now)?,
            Job::ChangeDevices { who, by, change, .. } => {
                self.change_devices(tx, fold, (*who, *by), change, now)?
            }
            Job::Rename { who, name, rooms, .. } => self.rename(tx, fold, (*who, name, rooms), now)?,
            Job::SetFace { who, face, .. } => self.set_face(tx, fold, *who, *face, now)?,
            Job::Mark { who, room, seq, is_back, .. } => {
                let mark = Mark { who: *who, room: room.clone(), seq: *seq, is_back: *is_back };
                self.mark(tx, fold, mark)?
            }
            Job::Keep { who, room, asked, .. } => match fold.users.has_row(tx, *who)? {
                true => {
                    let record = Record::Keep { who: *who, room: room.clone(), keeping: *asked };
                    Proposal::Records(vec![record])
                }
                // A visitor has no list.
                false => Proposal::Answer(JobOutcome::Kept(Ok(false))),
            },
            Job::Govern { by, measure, .. } => self.govern(tx, fold, *by, measure, now)?,
            job => unreachable!("{job:?} is no part of people's transaction"),
        })
    }

    /// Takes one of the rooms that may still be made; false when there are none.
    fn may_make_room(&mut self) -> bool {
        let rate = Rate { burst: ROOMS as u32, per_second: ROOMS_A_SECOND };
        self.new_rooms.take(rate, clock::elapsed())
    }

    /// Greets somebody: by the name that they have, or the one that they ask for, or a guest's. Whoever is new is a visitor.
    fn greet(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        who: UserId,
        wanted: Option<&Name>,
        now: u64,
        devices: impl FnOnce() -> Devices,
    ) -> Result<Greeting, Fault> {
        if let Some(user) = fold.users.get(tx, who)? {
            if who == UserId::GUEST {
                return Ok(Greeting::Known(user));
            }
            if !users::has_name(tx, who)? {
                // Somebody took the name while they were away.
                let names = self.claims(tx, fold, who, wanted, now)?;
                let newcomer = Newcomer { names, ..Newcomer::default() };
                return Ok(Greeting::Proposed(Record::Greet { who, newcomer }));
            }
            let is_unseen = fold.users.look_up(tx, who)?.is_some_and(|known| known.is_unseen(now));
            return Ok(if is_unseen {
                Greeting::Proposed(Record::See(vec![who]))
            } else {
                Greeting::Known(user)
            });
        }
        if let Some(user) = visitors::visitor(&self.visitors, who) {
            self.visitors.lock().get(who).into_iter().for_each(|(_, visitor)| visitor.seen = now);
            return Ok(Greeting::Known(user));
        }
        // When all who are listed are connected, a newcomer is not listed but has the guest's name that their id gives.
        let is_listed = self.visitors.lock().makes_room(|who| self.is_here(who));
        let wanted = wanted.filter(|_| is_listed);
        let (name, FreeName { claim, was_owned }) = self.first_free(tx, fold, who, wanted, now)?;
        let user = User::new(who, name.shared());
        if !is_listed {
            return Ok(Greeting::Known(user));
        }
        let face = self.newcomers_face(tx)?;
        if was_owned {
            // That it is theirs no more, others must remember.
            self.registered.push(who);
            let newcomer =
                Newcomer { names: vec![claim], hue: face.arrival, devices: devices(), ..Newcomer::default() };
            return Ok(Greeting::Proposed(Record::Greet { who, newcomer }));
        }
        self.visitors.lock().own(who, name, face).seen = now;
        Ok(Greeting::Known(user.with(face.shown())))
    }

    /// Greets somebody who comes by a device. A visitor's devices are in memory.
    fn arrive(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        arrival: &Arrival,
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        let Arrival { who, name, device, device_name, proof } = arrival;
        let change = DeviceChange::Hello { name: device_name.clone(), proof: *proof };
        let (before, is_visitor) = self.devices(tx, fold, *who)?;
        let mut devices = before.clone();
        devices.change(*device, &change, now)?;
        let greeting = self.greet(tx, fold, *who, name.as_ref(), now, || devices.clone())?;
        let is_changed = !is_visitor && before != devices;
        let change = || Record::Devices { who: *who, by: *device, change: change.clone() };
        Ok(match greeting {
            Greeting::Known(_) if is_changed => Proposal::Records(vec![change()]),
            Greeting::Known(user) => {
                if is_visitor {
                    self.set_visitors_devices(*who, &devices);
                }
                let standing = fold.users.standing(tx, *who)?;
                Proposal::Answer(JobOutcome::Arrived(Ok(Arrived { user, devices, standing })))
            }
            Greeting::Proposed(record) if is_changed => Proposal::Records(vec![record, change()]),
            Greeting::Proposed(record) => Proposal::Records(vec![record]),
        })
    }

    /// Changes somebody's devices, as one of them asks for it. What others must remember gives a visitor a row.
    fn change_devices(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        (who, by): (UserId, DeviceId),
        change: &DeviceChange,
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        let (before, is_visitor) = self.devices(tx, fold, who)?;
        let mut devices = before.clone();
        devices.change(by, change, now)?;
        let is_kept = matches!(change, DeviceChange::End(_) | DeviceChange::PrivateLink(Some(_)));
        if is_visitor && !is_kept {
            self.set_visitors_devices(who, &devices);
        } else if is_visitor || devices != before {
            let record = Record::Devices { who, by, change: change.clone() };
            return self.by_known(tx, fold, who, record, now);
        }
        Ok(Proposal::Answer(JobOutcome::Devices(Ok(devices))))
    }

    fn rename(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        (who, name, rooms): (UserId, &Name, &[RoomName]),
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        if self.free_space.is_low() {
            return Err(free_space::low().into());
        }
        let known = fold.users.get(tx, who)?;
        if let Some(user) = known
            && !rules::is_renamed(&user, name.as_str())?
        {
            return Ok(Proposal::Answer(JobOutcome::User(Ok(user))));
        }
        let Some(FreeName { claim, .. }) = self.free(tx, fold, name, who, now)? else {
            return Err(rules::name_taken().into());
        };
        let mut told = Vec::with_capacity(rooms.len());
        for room in rooms {
            // A room that there cannot be one more of is not told.
            if fold.room(tx, room)?.is_some() || self.may_make_room() {
                told.push(room.clone());
            }
        }
        let record = Record::Rename { who, name: claim, rooms: told };
        self.by_known(tx, fold, who, record, now)
    }

    fn set_face(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        who: UserId,
        face: Face,
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        if who == UserId::GUEST {
            return Err(rules::guest_has_no_face().into());
        }
        let record = Record::Face { who, emoji: face.emoji().map(Into::into), hue: face.hue() };
        self.by_known(tx, fold, who, record, now)
    }

    /// Moves a read marker. A visitor's is in memory.
    fn mark(&mut self, tx: &Connection, fold: &mut Fold, mark: Mark) -> Result<Proposal<'static>, Fault> {
        if fold.room(tx, &mark.room)?.is_none() {
            return Ok(Proposal::Answer(JobOutcome::Marked(Ok(0)))); // Nothing was said there yet.
        }
        if fold.users.has_row(tx, mark.who)? {
            return Ok(Proposal::Records(vec![Record::Mark(vec![mark])]));
        }
        let Mark { who, room, seq, is_back } = mark;
        let mut visitors = self.visitors.lock();
        let mut visitor = visitors.get(who).map(|(_, visitor)| visitor);
        let before = visitor.as_ref().and_then(|visitor| visitor.mark(&room));
        let seq = rules::read_marker(before, seq, is_back, fold.last());
        if let Some(visitor) = &mut visitor {
            visitor.set_mark(&room, seq);
        }
        Ok(Proposal::Answer(JobOutcome::Marked(Ok(seq))))
    }

    /// Whether somebody has a row, or is a visitor here.
    fn check_known(&self, tx: &Connection, fold: &mut Fold, who: UserId) -> Result<(), Fault> {
        if fold.users.has_row(tx, who)? || self.visitors.lock().get(who).is_some() {
            return Ok(());
        }
        Err(rights::no_such_person().into())
    }

    /// A measure. Whoever it is about gets a row; whoever takes it has one, unless it lets them in.
    fn govern(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        by: Option<UserId>,
        measure: &Measure,
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        let record = Record::Govern { by, measure: measure.clone() };
        match (measure, measure.whom(), by) {
            (_, _, Some(who)) if measure.lets_in() => self.by_known(tx, fold, who, record, now),
            (Measure::Gather { room, people }, _, by) => {
                let in_it = private_rooms::people(tx, room)?;
                let circle = Circle { room, by, people: &in_it, maker: None };
                let new = private_room::gather(circle, people)?;
                if in_it.is_empty() && !self.may_make_room() {
                    return Err(rules::too_many_rooms().into());
                }
                let mut records = Vec::new();
                for who in new {
                    self.check_known(tx, fold, who)?;
                    if !fold.users.has_row(tx, who)? {
                        let newcomer = self.newcomer(tx, fold, who, now)?;
                        records.push(Record::Greet { who, newcomer });
                    }
                }
                records.push(record);
                Ok(Proposal::Records(records))
            }
            (_, Some(UserId::GUEST), _) => Err(rights::no_such_person().into()),
            (_, Some(whom), by) => {
                if let Some(by) = by {
                    // Nobody gets a row by who may not do this.
                    let (by, whom) = ((by, fold.users.standing(tx, by)?), fold.users.standing(tx, whom)?);
                    rights::check(measure, Parties { by: Some(by), whom, owners: u64::MAX })?;
                }
                self.check_known(tx, fold, whom)?;
                self.by_known(tx, fold, whom, record, now)
            }
            (_, None, _) => Ok(Proposal::Records(vec![record])),
        }
    }

    /// A record of somebody who has a row, or gets one before it.
    fn by_known(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        who: UserId,
        record: Record,
        now: u64,
    ) -> Result<Proposal<'static>, Fault> {
        Ok(Proposal::Records(if fold.users.has_row(tx, who)? {
            vec![record]
        } else {
            let newcomer = self.newcomer(tx, fold, who, now)?;
            vec![Record::Greet { who, newcomer }, record]
        }))
    }

    /// Somebody's devices, and whether they are in memory alone.
    fn devices(&self, tx: &Connection, fold: &mut Fold, who: UserId) -> rusqlite::Result<(Devices, bool)> {
        if fold.users.has_row(tx, who)? {
            return Ok((devices::load(tx, who)?, false));
        }
        Ok((visitors::devices(&self.visitors, who).unwrap_or_default(), true))
    }

    fn set_visitors_devices(&self, who: UserId, devices: &Devices) {
        let mut visitors = self.visitors.lock();
        visitors.get(who).into_iter().for_each(|(_, visitor)| visitor.devices.clone_from(devices));
    }
}

/// Whether a message is one that its author has said already, and only its receipt is asked for.
fn is_said(tx: &Connection, fold: &mut Fold, draft: &Draft) -> rusqlite::Result<bool> {
    match (rules::said_once_by(&draft.content), fold.room(tx, &draft.room)?) {
        (Some(cid), Some(room)) => Ok(said_already(tx, draft.by, room, cid)?.is_some()),
        _ => Ok(false),
    }
}

#[cfg(test)]
mod tests;
