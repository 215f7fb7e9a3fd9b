//! The write-ahead log: how long it is, and how it is kept short. Nobody who reads in it is waited for.

use std::cell::Cell;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use crate::base::limits::{CHECKPOINT_RETRY, CUT_RETRY, STORE_LOCK_WAIT, WAL_PAGES, WAL_PAGES_MAX};
use crate::log::sqlite::upkeep::Upkeep;

/// The writer's side of it.
#[derive(Debug)]
pub(super) struct Wal {
    /// When it was copied the last time, while it has not started anew since.
    copied: Option<Instant>,
    /// When it could not be cut because somebody read in it.
    cut_failed: Option<Instant>,
}

thread_local! {
    /// Pages in the log after this thread's last commit.
    static PAGES: Cell<u64> = const { Cell::new(0) };
}

fn count_pages(_: &rusqlite::hooks::Wal, pages: i32) -> rusqlite::Result<()> {
    PAGES.set(u64::from(pages.max(0).cast_unsigned()));
    Ok(())
}

impl Wal {
    /// Counts the pages that a connection commits. It is used by one thread, which asks.
    pub(super) fn of(connection: &Connection) -> Self {
        connection.wal_hook(Some(count_pages));
        Self { copied: None, cut_failed: None }
    }

    /// Keeps the log short. Maintenance copies it beside the commits; what came meanwhile is copied here, between two of
    /// them, so that it starts anew.
    pub(super) fn bound(&mut self, connection: &Connection, upkeep: &Upkeep) {
        let pages = PAGES.get();
        upkeep.set_wal_pages(pages);
        if pages <= WAL_PAGES {
            self.copied = None;
            return;
        }
        if self.copied.is_some_and(|at| at.elapsed() < CHECKPOINT_RETRY) {
            return; // It is copied, and would have started anew but for somebody who reads in it.
        }
        let copying =
            if pages > WAL_PAGES_MAX { Some(upkeep.copying.lock()) } else { upkeep.copying.try_lock() };
        if copying.is_some() {
            self.copied = Some(Instant::now());
            let _ = checkpoint(connection, "PASSIVE");
            upkeep.pause_reads();
        }
    }

    /// Cuts the log to nothing, unless somebody reads in it; whether that was so.
    pub(super) fn cut(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        if self.cut_failed.is_some_and(|at| at.elapsed() < CUT_RETRY) {
            return Ok(false);
        }
        let is_cut = !checkpoint(connection, "TRUNCATE")?.is_busy;
        self.cut_failed = (!is_cut).then(Instant::now);
        if is_cut {
            PAGES.set(0);
        }
        Ok(is_cut)
    }
}

/// Whether writing or syncing failed.
pub(super) fn has_failed<T>(result: &rusqlite::Result<T>) -> bool {
    result.as_ref().is_err_and(is_failure)
}

/// Whether it is that writing or syncing failed.
pub(super) fn is_failure(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
}

/// What came of copying the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckpointOutcome {
    /// Somebody was in the way.
    pub(super) is_busy: bool,
    /// Pages of it that are in the database too.
    pub(super) pages: u64,
}

/// Copies the log into the database. Waits for nobody.
pub(super) fn checkpoint(connection: &Connection, how: &str) -> rusqlite::Result<CheckpointOutcome> {
    connection.busy_timeout(Duration::ZERO)?;
    let copied = connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| {
        Ok(CheckpointOutcome { is_busy: row.get(0)?, pages: row.get::<_, i64>(2)?.max(0).cast_unsigned() })
    });
    connection.busy_timeout(STORE_LOCK_WAIT)?;
    copied
}
