//! A job: what the writer is asked to do, and how it is answered.

use std::fmt;
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::rights::Measure;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::ledger::engine::Event;
use crate::ledger::record::Append;
use crate::log::rules;
use crate::log::sqlite::devices;
use crate::log::sqlite::faces;
use crate::log::sqlite::judge::Verdict;
use crate::log::sqlite::step::Step;
use crate::log::sqlite::users::Users;
use crate::log::sqlite::visitors::Visitors;
use crate::log::{Appended, Arrival, Arrived, Change};

type Sender<T> = oneshot::Sender<Result<T, Error>>;

/// A job for the writer.
#[derive(Debug)]
pub(super) enum Job {
    Append {
        append: Box<Append>,
        answer: Sender<Appended>,
    },
    Greet {
        who: UserId,
        name: Option<Name>,
        answer: Sender<User>,
    },
    Arrive {
        arrival: Arrival,
        answer: Sender<Arrived>,
    },
    ChangeDevices {
        who: UserId,
        by: DeviceId,
        change: DeviceChange,
        answer: Sender<Devices>,
    },
    Rename {
        who: UserId,
        name: Name,
        rooms: Vec<RoomName>,
        answer: Sender<User>,
    },
    SetFace {
        who: UserId,
        face: Face,
        answer: Sender<User>,
    },
    Mark {
        who: UserId,
        room: RoomName,
        seq: u64,
        is_back: bool,
        answer: Sender<u64>,
    },
    Keep {
        who: UserId,
        room: RoomName,
        asked: Option<Keeping>,
        answer: Sender<bool>,
    },
    /// A measure of somebody's, or of the operator's.
    Govern {
        by: Option<UserId>,
        measure: Measure,
        answer: Sender<()>,
    },
    /// A step of maintenance; answered by how much of it was done.
    Step {
        step: Step,
        answer: Sender<usize>,
    },
    /// Cuts the write-ahead log to nothing, if nobody reads in it; answered by whether that was so.
    TruncateWal {
        answer: Sender<bool>,
    },
    /// The engine tells something, through a consumer.
    Heard {
        consumer: u64,
        event: Event,
    },
    /// Somebody knows of an entry: the log is to come to it first, or to be known never to.
    Reach {
        seq: u64,
        then: Continuation,
    },
    /// Somebody searches: the index is to come to an entry first, if it does so until then.
    Follow {
        entry: u64,
        until: Instant,
        then: Continuation,
    },
}

/// Runs once the index has come so far, or cannot; it is given whether it has.
pub(super) struct Continuation(pub(super) Box<dyn FnOnce(bool) + Send>);

impl fmt::Debug for Continuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Continuation")
    }
}

/// The outcome of a job; it is sent once the transaction is on the disk.
#[derive(Debug)]
pub(super) enum JobOutcome {
    Appended(Result<Appended, Error>),
    User(Result<User, Error>),
    Marked(Result<u64, Error>),
    Arrived(Result<Arrived, Error>),
    Devices(Result<Devices, Error>),
    Kept(Result<bool, Error>),
    /// With what listeners are told, if something has changed.
    Governed(Result<Option<Change>, Error>),
}

impl Job {
    pub(super) fn is_maintenance(&self) -> bool {
        matches!(self, Self::Step { .. } | Self::TruncateWal { .. } | Self::Follow { .. })
    }

    /// Whether somebody who is connected asks for a change.
    pub(super) fn is_peoples(&self) -> bool {
        !self.is_maintenance() && !matches!(self, Self::Heard { .. } | Self::Reach { .. })
    }

    /// Bytes that it writes, about.
    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Self::Append { append, .. } => append.draft.content.parts().text.map_or(0, |text| text.len()),
            _ => 0,
        }
    }

    /// The outcome, once the records that were proposed for it are judged. People are answered with what the store has then.
    pub(super) fn outcome(
        &self,
        tx: &Connection,
        users: &mut Users,
        verdict: Verdict,
    ) -> rusqlite::Result<JobOutcome> {
        let mut user = |who: &UserId| {
            let user = users.get(tx, *who)?;
            Ok::<_, rusqlite::Error>(user.ok_or_else(rules::not_known))
        };
        Ok(match self {
            Self::Append { .. } => JobOutcome::Appended(verdict.map(|seq| Appended { seq })),
            Self::Greet { who, .. } | Self::Rename { who, .. } | Self::SetFace { who, .. } => {
                JobOutcome::User(match verdict {
                    Ok(_) => user(who)?,
                    Err(error) => Err(error),
                })
            }
            Self::Arrive { arrival, .. } => JobOutcome::Arrived(match verdict {
                Ok(_) => {
                    let devices = devices::load(tx, arrival.who)?;
                    let user = user(&arrival.who)?;
                    let standing = users.standing(tx, arrival.who)?;
                    user.map(|user| Arrived { user, devices, standing })
                }
                Err(error) => Err(error),
            }),
            Self::ChangeDevices { who, .. } => JobOutcome::Devices(match verdict {
                Ok(_) => Ok(devices::load(tx, *who)?),
                Err(error) => Err(error),
            }),
            Self::Mark { .. } => JobOutcome::Marked(verdict),
            Self::Keep { .. } => JobOutcome::Kept(verdict.map(|new| new > 0)),
            Self::Govern { by, measure, .. } => JobOutcome::Governed(match verdict {
                Ok(0) => Ok(None),
                Ok(_) => Ok(users.change_by(tx, *by, measure)?),
                Err(error) => Err(error),
            }),
            Self::Step { .. }
            | Self::TruncateWal { .. }
            | Self::Follow { .. }
            | Self::Heard { .. }
            | Self::Reach { .. } => {
                unreachable!("{self:?} is not judged")
            }
        })
    }

    pub(super) fn answer(self, done: JobOutcome) {
        // A failed send means that the client has gone.
        match (self, done) {
            (Self::Append { answer, .. }, JobOutcome::Appended(result)) => drop(answer.send(result)),
            (
                Self::Greet { answer, .. } | Self::Rename { answer, .. } | Self::SetFace { answer, .. },
                JobOutcome::User(result),
            ) => drop(answer.send(result)),
            (Self::Mark { answer, .. }, JobOutcome::Marked(result)) => drop(answer.send(result)),
            (Self::Arrive { answer, .. }, JobOutcome::Arrived(result)) => drop(answer.send(result)),
            (Self::ChangeDevices { answer, .. }, JobOutcome::Devices(result)) => drop(answer.send(result)),
            (Self::Keep { answer, .. }, JobOutcome::Kept(result)) => drop(answer.send(result)),
            (Self::Govern { answer, .. }, JobOutcome::Governed(result)) => {
                drop(answer.send(result.map(drop)));
            }
            (job, _) => unreachable!("{job:?} comes to another kind of answer"),
        }
    }

    /// Nothing can be written, and this is why. People may come in and read all the same, under the name that they have; somebody
    /// new is made known by the first that can be kept of them.
    pub(super) fn fail(self, connection: &Connection, visitors: &Visitors, why: impl FnOnce() -> Error) {
        match self {
            Self::Greet { who, answer, .. } => {
                drop(answer.send(Ok(faces::without_writing(connection, visitors, who))));
            }
            Self::Arrive { arrival, answer } => {
                let now = clock::wall_ms();
                drop(answer.send(devices::arrive_without_writing(connection, visitors, &arrival, now)));
            }
            job => job.refuse(why),
        }
    }

    /// It was not done, and this is why.
    pub(super) fn refuse(self, why: impl FnOnce() -> Error) {
        match self {
            Self::Append { answer, .. } => drop(answer.send(Err(why()))),
            Self::Greet { answer, .. } | Self::Rename { answer, .. } | Self::SetFace { answer, .. } => {
                drop(answer.send(Err(why())));
            }
            Self::Arrive { answer, .. } => drop(answer.send(Err(why()))),
            Self::ChangeDevices { answer, .. } => drop(answer.send(Err(why()))),
            Self::Mark { answer, .. } => drop(answer.send(Err(why()))),
            Self::Keep { answer, .. } => drop(answer.send(Err(why()))),
            Self::Govern { answer, .. } => drop(answer.send(Err(why()))),
            Self::Step { answer, .. } => drop(answer.send(Err(why()))),
            Self::TruncateWal { answer } => drop(answer.send(Err(why()))),
            Self::Follow { then, .. } | Self::Reach { then, .. } => (then.0)(false),
            Self::Heard { .. } => {}
        }
    }
}
