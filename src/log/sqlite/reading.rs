//! A question for a reader, and its answer.

use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::base::error::Error;
use crate::base::limits::RETRY_WAIT;
use crate::base::user::UserId;
use crate::log::Answer;
use crate::log::sqlite::lanes::{Lane, Lanes, Rejection};
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::source::Source;

/// A question: is given what it is answered from, or why it is not.
pub(super) type Read = Box<dyn FnOnce(Result<&Source, Error>) + Send>;

/// Has a question wait for a reader. One that may not wait is refused in words.
pub(super) fn enter(reads: &Lanes<Read>, lane: Lane, who: UserId, read: Read) {
    match reads.push(lane, who, read) {
        Ok(()) => {}
        Err(Rejection::Full(read)) => {
            read(Err(Error::log("the server has more to read than it can; try again later")));
        }
        Err(Rejection::TooMany(read)) => read(Err(Error::too_fast(RETRY_WAIT))),
    }
}

/// A question for a reader, and its answer.
pub(super) fn reading<T: Send + 'static>(
    read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
) -> (Read, Answer<T>) {
    let (answer, answered) = oneshot::channel();
    let read = move |source: Result<&Source, Error>| {
        if answer.is_closed() {
            return; // The client that asked has gone.
        }
        let began = Instant::now();
        let result = source.and_then(|source| source.answer(read));
        let _ = answer.send((result, began.elapsed()));
    };
    (Box::new(read), Answer::timed(answered))
}

/// All that one question reads is of one moment.
pub(super) fn in_snapshot<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let snapshot = connection.unchecked_transaction()?;
    let result = read(connection);
    snapshot.finish()?;
    result
}
