//! A job: what the writer is asked to do, and how it is answered.

use std::fmt;
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::entry::Draft;
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::sqlite::devices;
use crate::log::sqlite::faces;
use crate::log::sqlite::step::Step;
use crate::log::sqlite::store;
use crate::log::sqlite::users::Visitors;
use crate::log::{Appended, Arrival, Arrived, DeviceChange, Devices};

type Sender<T> = oneshot::Sender<Result<T, Error>>;

/// A job for the writer.
#[derive(Debug)]
pub(super) enum Job {
    Append {
        draft: Draft,
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
    /// A step of maintenance; answered by how much of it was done.
    Step {
        step: Step,
        answer: Sender<usize>,
    },
    /// Cuts the write-ahead log to nothing, if nobody reads in it; answered by whether that was so.
    TruncateWal {
        answer: Sender<bool>,
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
pub(super) enum JobOutcome {
    Appended(Result<Appended, Error>),
    User(Result<User, Error>),
    Marked(Result<u64, Error>),
    Arrived(Result<Arrived, Error>),
    Devices(Result<Devices, Error>),
    Kept(Result<bool, Error>),
}

impl Job {
    pub(super) fn is_maintenance(&self) -> bool {
        matches!(self, Self::Step { .. } | Self::TruncateWal { .. } | Self::Follow { .. })
    }

    /// Bytes that it writes, about.
    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Self::Append { draft, .. } => draft.content.parts().text.map_or(0, str::len),
            _ => 0,
        }
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
            (job, _) => unreachable!("{job:?} comes to another kind of answer"),
        }
    }

    /// The store could not be written. People may come in and read all the same, under the name that they have; somebody
    /// new is made known by the first that can be kept of them.
    pub(super) fn fail(self, connection: &Connection, visitors: &Visitors, error: &rusqlite::Error) {
        match self {
            Self::Greet { who, answer, .. } => {
                drop(answer.send(Ok(faces::without_writing(connection, visitors, who))));
            }
            Self::Arrive { arrival, answer } => {
                let now = clock::wall_ms();
                drop(answer.send(devices::arrive_without_writing(connection, visitors, &arrival, now)));
            }
            job => job.refuse(|| store::unavailable(error)),
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
            Self::Step { answer, .. } => drop(answer.send(Err(why()))),
            Self::TruncateWal { answer } => drop(answer.send(Err(why()))),
            Self::Follow { then, .. } => (then.0)(false),
        }
    }
}
