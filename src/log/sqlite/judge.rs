//! The judgement of a record: what it comes to follows from the record, its time, the numbers that it is given, and what the
//! store has, and from nothing else. No clock, no random number, no setting of this machine, nobody's connection, and no table of
//! this build has a part in it. So a record comes to the same wherever it is applied.

use rusqlite::Connection;

use crate::base::entry::{Content, Draft};
use crate::base::error::Error;
use crate::base::keeping::Keeping;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, Mark, NameClaim, Record};
use crate::log::rules;
use crate::log::sqlite::fold::{Fold, Moment, Outcome};
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::step;
use crate::log::sqlite::users::{mark, set_mark};

/// The outcome of a record: a number, which is an entry's where there is one, or the reason for which it was refused.
pub(super) type Verdict = Result<u64, Error>;

impl Fold {
    /// Judges a record at a time, in Unix milliseconds, and changes the store.
    ///
    /// # Errors
    /// The store cannot be read or written: nothing of the transaction may be kept.
    pub(super) fn judge(
        &mut self,
        tx: &Connection,
        record: &Record,
        at: u64,
        numbers: &mut Numbers,
    ) -> rusqlite::Result<Verdict> {
        if !numbers.have(record.entries()) {
            return Ok(Err(rules::too_many_entries()));
        }
        verdict(match record {
            Record::Append(append) => return self.judge_append(tx, append, at, numbers),
            Record::Greet { who, newcomer } => self.users.greet(tx, *who, newcomer, at).map(|()| 0),
            Record::Rename { who, name, rooms } => self.rename(tx, (*who, name, rooms), at, numbers),
            Record::Face { who, emoji, hue } => {
                self.users.set_face(tx, *who, emoji.as_deref(), *hue, at).map(|()| 0)
            }
            Record::Devices { who, by, change } => {
                self.users.change_devices(tx, (*who, *by), change, at).map(|()| 0)
            }
            Record::Govern { by, measure } => self.users.govern(tx, *by, measure, at),
            Record::Mark(marks) => self.mark(tx, marks, at),
            Record::Keep { who, room, keeping } => self.judge_keeping(tx, *who, room, *keeping, at),
            Record::See(people) => {
                people.iter().try_for_each(|who| self.users.see(tx, *who, at)).map(|()| 0).map_err(Fault::Sql)
            }
            Record::Forget(entries) => step::forget(tx, self, entries).map(|()| 0).map_err(Fault::Sql),
            Record::ForgetPeople { before, people } => self.forget_people(tx, *before, people),
            Record::ForgetRooms(rooms) => rooms
                .iter()
                .try_for_each(|room| step::forget_room(tx, self, room))
                .map(|()| 0)
                .map_err(Fault::Sql),
            Record::KeepNames(millis) => self.users.keep_names(tx, *millis).map(|()| 0).map_err(Fault::Sql),
            // A chat on one machine has no others to agree with.
            Record::Rules(_) | Record::Genesis(_) | Record::Beat(_) | Record::Close(_) => Ok(0),
        })
    }

    /// Judges an entry.
    ///
    /// # Errors
    /// As for [`judge`](Self::judge).
    pub(super) fn judge_append(
        &mut self,
        tx: &Connection,
        append: &Append,
        at: u64,
        numbers: &mut Numbers,
    ) -> rusqlite::Result<Verdict> {
        verdict(self.append(tx, append, at, numbers).map(|(Outcome::New(seq) | Outcome::Again(seq))| seq))
    }

    fn rename(
        &mut self,
        tx: &Connection,
        (who, name, rooms): (UserId, &NameClaim, &[RoomName]),
        at: u64,
        numbers: &mut Numbers,
    ) -> Result<u64, Fault> {
        let user = self.users.author(tx, who, None, at)?;
        if !rules::is_renamed(&user, &name.name)? {
            return Ok(0);
        }
        self.users.standing(tx, who)?.check_writing(self.users.door(), at)?;
        if !self.users.is_free(tx, name, who, at)? {
            return Err(rules::name_taken().into());
        }
        let mut moment = Moment::new(at, numbers);
        for room in rooms {
            // Their row has the name before until all rooms are told.
            let draft = Draft::new(room, who, Content::Renamed { name: (*name.name).into() });
            self.enter(tx, &draft, &mut moment)?;
        }
        self.users.own(tx, who, name)?;
        Ok(0)
    }

    /// Moves read markers of people who have rows; gives where the last of them is.
    fn mark(&mut self, tx: &Connection, marks: &[Mark], at: u64) -> Result<u64, Fault> {
        let mut moved = 0;
        for Mark { who, room, seq, is_back } in marks {
            moved = 0;
            let Some(room) = self.room(tx, room)? else { continue };
            if self.users.see_if_known(tx, *who, at)?.is_some() {
                let before = mark(tx, *who, room)?;
                moved = rules::read_marker(before, *seq, *is_back, self.last());
                if before != Some(moved) {
                    set_mark(tx, *who, room, moved)?;
                }
            }
        }
        Ok(moved)
    }

    /// Keeps a room on somebody's list; 1 if that is new.
    fn judge_keeping(
        &mut self,
        tx: &Connection,
        who: UserId,
        room: &RoomName,
        keeping: Option<Keeping>,
        at: u64,
    ) -> Result<u64, Fault> {
        if self.users.see_if_known(tx, who, at)?.is_none() {
            return Ok(0);
        }
        self.keep(tx, who, room, keeping).map(u64::from)
    }

    /// Forgets people; gives how many of them are done with.
    fn forget_people(&mut self, tx: &Connection, before: u64, people: &[UserId]) -> Result<u64, Fault> {
        for (done, who) in people.iter().enumerate() {
            if !self.users.forget_visitor(tx, before, *who)? {
                return Ok(done as u64);
            }
        }
        Ok(people.len() as u64)
    }
}

/// A refusal is one record's, another failure the whole transaction's.
pub(super) fn verdict<T>(result: Result<T, Fault>) -> rusqlite::Result<Result<T, Error>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(error)) => Ok(Err(error)),
        Err(Fault::Sql(error)) => Err(error),
    }
}
