//! The source of a reader thread's answers: its connection to the store. Logs when the store cannot be read, and
//! survives a question that panics. Knows nothing of what is asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode};

use crate::base::counts::COUNTS;
use crate::base::error::Error;
use crate::base::limits::{DEADLINE_STEPS, READ_CALM, READ_WAIT};
use crate::log::sqlite::row::Fault;
use crate::log::sqlite::store;

/// A connection that only reads.
#[derive(Debug)]
pub(super) struct Source {
    connection: Connection,
    failures: Arc<Failures>,
}

/// Readings that the store failed, of all readers. Logged when they begin and when they are over, however many there are.
#[derive(Debug, Default)]
pub(super) struct Failures {
    /// When they began, and the latest.
    times: Mutex<Option<(Instant, Instant)>>,
}

impl Source {
    pub(super) fn new(connection: Connection, failures: Arc<Failures>) -> Self {
        Self { connection, failures }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// In the words that a client is told.
    pub(super) fn answer<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let end = Instant::now() + READ_WAIT;
        // It can only fail on a connection that is closed.
        let _ = self.connection.progress_handler(DEADLINE_STEPS, Some(move || Instant::now() > end));
        // The question gives back what it holds of the connection while its stack unwinds.
        let answer = catch_unwind(AssertUnwindSafe(|| question(&self.connection)));
        match answer {
            Ok(Ok(answer)) => {
                self.failures.pass();
                Ok(answer)
            }
            Ok(Err(Fault::Refused(error))) => Err(error),
            Ok(Err(Fault::Sql(error))) => {
                if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
                    COUNTS.reads_given_up.add_one();
                    tracing::debug!("a reading took too long and was given up");
                } else {
                    self.failures.note(&error);
                }
                Err(store::unavailable(&error))
            }
            Err(_) => {
                tracing::error!(
                    "a reading of the store panicked, which is a fault of this program; the server goes on"
                );
                Err(Error::log("the server failed to answer this; try something else"))
            }
        }
    }
}

impl Failures {
    fn note(&self, error: &rusqlite::Error) {
        let mut times = self.times.lock();
        let now = Instant::now();
        if times.is_none() {
            tracing::error!(%error, "the store cannot be read, or not all of it");
        }
        *times = Some((times.map_or(now, |(began, _)| began), now));
    }

    /// A reading went well. Where only a part of the store is damaged, others go well in between.
    fn pass(&self) {
        let mut times = self.times.lock();
        if let Some((began, latest)) = *times
            && latest.elapsed() > READ_CALM
        {
            *times = None;
            tracing::warn!(seconds = began.elapsed().as_secs(), "the store can be read again");
        }
    }

    #[cfg(test)]
    fn are_noted(&self) -> bool {
        self.times.lock().is_some()
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;
    use crate::base::limits::READERS;
    use crate::base::user::UserId;
    use crate::log::sqlite::lanes::Lane;
    use crate::log::sqlite::{SqliteLog, StoreOptions};

    fn source() -> Source {
        Source::new(Connection::open_in_memory().expect("it is bundled"), Arc::default())
    }

    fn fails(code: i32) -> Result<(), Fault> {
        Err(Fault::Sql(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)))
    }

    #[tokio::test]
    async fn question_that_panics_is_answered_in_words_and_costs_no_reader() {
        let folder = std::env::temp_dir().join(format!("chinwag-source-{}", std::process::id()));
        let log = SqliteLog::open(&folder, &StoreOptions::default()).expect("a new store");
        let asks = |lane, panics: bool| {
            log.read(lane, UserId::new(7), move |connection| {
                let snapshot = connection.unchecked_transaction()?;
                assert!(!panics, "on purpose");
                Ok(snapshot.query_row("SELECT count(*) FROM entries", [], |row| row.get::<_, i64>(0))?)
            })
        };
        for lane in [Lane::Join, Lane::Page, Lane::Search] {
            for _ in 0..=READERS {
                let error = asks(lane, true).await.expect_err("it panics");
                assert!(error.to_string().contains("failed to answer"), "{error}");
            }
            assert_eq!(asks(lane, false).await.expect("an answer"), 0, "{lane:?}");
        }
        log.close();
        let _ = std::fs::remove_dir_all(&folder);
    }

    #[test]
    fn failed_reading_is_told_as_what_it_is() {
        for (code, words, is_noted) in [
            (ffi::SQLITE_IOERR_READ, "disk does not work", true),
            (ffi::SQLITE_CORRUPT, "damaged, or its disk fails", true),
            (ffi::SQLITE_INTERRUPT, "takes too long", false),
        ] {
            let source = source();
            let error = source.answer(|_| fails(code)).expect_err("it fails").to_string();
            assert!(error.contains(words) && !error.contains("kept"), "{error}");
            assert_eq!(source.failures.are_noted(), is_noted, "{error}");
        }
    }

    #[test]
    fn failures_of_reading_are_one_state_until_none_came_for_a_while() {
        let source = source();
        for _ in 0..3 {
            let _ = source.answer(|_| fails(ffi::SQLITE_IOERR_READ));
            source.answer(|_| Ok(())).expect("it is read");
        }
        let (began, latest) = source.failures.times.lock().expect("it goes on");
        assert!(began < latest);
        *source.failures.times.lock() =
            latest.checked_sub(READ_CALM * 2).map(|long_ago| (long_ago, long_ago));
        source.answer(|_| Ok(())).expect("it is read");
        assert!(!source.failures.are_noted(), "it is over");
    }
}
