//! The changes that records make for people who may be connected to this machine, whichever machine asked for them.

use crate::base::devices::{DeviceChange, Proof};
use crate::base::user::UserId;
use crate::ledger::record::{Mark, Record};
use crate::log::Change;
use crate::log::sqlite::devices;
use crate::log::sqlite::users;
use crate::log::sqlite::writer::Writer;

impl Writer {
    /// Notes what a record has changed that came to this number. Names and faces are told in the order of the records, those that
    /// were asked for here among them. What else was asked for here is told by whoever asked.
    pub(super) fn note_changes(
        &mut self,
        record: &Record,
        number: u64,
        is_own: bool,
        changes: &mut Vec<Change>,
    ) {
        if let Err(error) = self.changes_of(record, number, is_own, changes) {
            tracing::warn!(%error, "people who are connected are not told of a change: the store cannot be read");
        }
    }

    fn changes_of(
        &mut self,
        record: &Record,
        number: u64,
        is_own: bool,
        changes: &mut Vec<Change>,
    ) -> rusqlite::Result<()> {
        let (connection, users) = (&self.connection, &mut self.fold.users);
        match record {
            Record::Greet { who, .. } => self.known(*who, changes)?,
            Record::Append(append) if append.newcomer.is_some() => self.known(append.draft.by, changes)?,
            Record::Rename { who, .. } => changes.extend(users.get(connection, *who)?.map(Change::Renamed)),
            Record::Face { who, .. } => changes.extend(users.get(connection, *who)?.map(Change::Face)),
            Record::Govern { by, measure } if number > 0 => {
                changes.extend(users.change_by(connection, *by, measure)?);
            }
            _ if is_own => {}
            Record::Devices { who, by, change } => match change {
                DeviceChange::Hello { proof, .. } if *proof != Proof::Token => {
                    let device = devices::load(connection, *who)?.get(*by).cloned();
                    changes.extend(device.map(|device| Change::Linked { who: *who, device }));
                }
                DeviceChange::End(device) => changes.push(Change::Ended { who: *who, device: *device }),
                _ => {}
            },
            Record::Mark(marks) => {
                // Everybody's reading comes by here: it is looked up for those alone who are to be told.
                for Mark { who, room, is_back, .. } in
                    marks.iter().filter(|mark| self.proposer.is_here(mark.who))
                {
                    let Some(id) = self.fold.room(&self.connection, room)? else { continue };
                    if let Some(seq) = users::mark(&self.connection, *who, id)? {
                        changes.push(Change::Read { who: *who, room: room.clone(), seq, is_back: *is_back });
                    }
                }
            }
            Record::Keep { who, room, keeping } if number > 0 => {
                changes.push(Change::Kept { who: *who, room: room.clone(), keeping: *keeping });
            }
            _ => {}
        }
        Ok(())
    }

    /// Somebody has a row. As a visitor they are forgotten: each machine that they were connected to knew them by itself.
    fn known(&mut self, who: UserId, changes: &mut Vec<Change>) -> rusqlite::Result<()> {
        if let Some(user) = self.fold.users.get(&self.connection, who)? {
            self.proposer.visitors().lock().forget(who);
            changes.push(Change::Known(user));
        }
        Ok(())
    }
}
