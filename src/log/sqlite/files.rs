//! The store's files: whether they are still where they were opened, and the free space around them. SQLite goes on writing to a
//! file that was removed, and what it acknowledges then is in no file that the next start finds.

#[cfg(unix)]
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::ffi;

use crate::log::sqlite::free_space::FreeSpace;
use crate::log::sqlite::store::Store;

/// Which file something is, whatever it is called.
type Identity = (u64, u64);

#[derive(Debug)]
pub(super) struct Files {
    /// The database, the lock, and what is beside the database; the write-ahead log is the last.
    opened: Vec<(PathBuf, Identity)>,
    /// Whether one is known to be elsewhere. Set by whoever looks first, and said once.
    is_gone: AtomicBool,
    pub(super) free_space: Arc<FreeSpace>,
}

impl Files {
    /// The files of a store that is in use, so that all of them are there.
    pub(super) fn of(store: &Store, free_space: Arc<FreeSpace>) -> io::Result<Self> {
        let beside = |end: &str| {
            let mut path = store.path().as_os_str().to_owned();
            path.push(end);
            PathBuf::from(path)
        };
        let paths = [store.path().to_owned(), store.lock_path(), beside("-shm"), beside("-wal")];
        let opened = paths.into_iter().map(|path| identity(&path).map(|identity| (path, identity)));
        Ok(Self { opened: opened.collect::<io::Result<_>>()?, is_gone: AtomicBool::new(false), free_space })
    }

    /// Whether all are in their place.
    ///
    /// # Errors
    /// One was moved, removed or replaced. When it is put back, all is well again.
    pub(super) fn check(&self) -> rusqlite::Result<()> {
        let gone =
            self.opened.iter().find(|(path, opened)| !identity(path).is_ok_and(|found| found == *opened));
        let was_gone = self.is_gone.swap(gone.is_some(), Ordering::Relaxed);
        let Some((path, _)) = gone else {
            if was_gone {
                tracing::warn!("the store's files are in their place again");
            }
            return Ok(());
        };
        let text = format!("{} was moved, removed or replaced while it is in use", path.display());
        if !was_gone {
            tracing::error!(
                "{text}: nothing is kept, and nothing acknowledged; put it back, or start the server again"
            );
        }
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_READONLY_DBMOVED), Some(text)))
    }

    /// Whether only what is beside the database was removed, and nobody else can have opened it: what was acknowledged can
    /// be saved.
    pub(super) fn has_lost_wal_only(&self) -> bool {
        let [others @ .., (log, _)] = &self.opened[..] else { return false };
        let is_there =
            |(path, opened): &(PathBuf, Identity)| identity(path).is_ok_and(|found| found == *opened);
        others.iter().take(2).all(is_there) && !log.exists()
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn identity(_: &Path) -> io::Result<Identity> {
    Ok((0, 0))
}
