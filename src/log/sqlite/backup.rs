//! Backup: a copy of the whole chat as it is at one moment, made while a server runs on it and never in its way.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::base::error::Error;
use crate::base::limits::BACKUP_PAGES;
use crate::log::sqlite::progress::{Pace, Progress};
use crate::log::sqlite::store::{self, Store};

impl Store {
    /// Copies the chat into a file, which must not be there yet; gives its size in bytes. The copy has an epoch of
    /// its own: put in the chat's place later, it gives out numbers again that were given out since, and
    /// clients must not take the new entries for those that they have.
    ///
    /// # Errors
    /// The file is there, or cannot be written; then nothing of it stays.
    pub fn backup(&self, file: &Path, progress: &mut dyn FnMut(Progress)) -> Result<u64, Error> {
        refuse_to_overwrite(file)?;
        let (part, held) = make_part(file)?;
        let copied = self.copy(&part, progress, store::set_epoch).and_then(|()| {
            let bytes = held.metadata().and_then(|data| held.sync_all().map(|()| data.len()));
            let bytes = bytes.map_err(|e| Error::io(format!("cannot sync {}", part.display()), e))?;
            refuse_to_overwrite(file)?;
            fs::rename(&part, file).map_err(|e| Error::io(format!("cannot make {}", file.display()), e))?;
            store::sync_folder(folder_of(file))?;
            Ok(bytes)
        });
        if copied.is_err() {
            let _ = fs::remove_file(&part);
        }
        copied
    }

    /// Copies the chat into a file that is there, as it is at one moment, and changes the copy.
    pub(super) fn copy(
        &self,
        part: &Path,
        progress: &mut dyn FnMut(Progress),
        change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        let source = self.connect(false)?;
        let unreadable = |error: rusqlite::Error| self.unreadable(&error);
        // One moment for all steps: without it, each write of the server would start them anew.
        let snapshot = source.unchecked_transaction().map_err(unreadable)?;
        snapshot.query_row("SELECT count(*) FROM meta", [], |_| Ok(())).map_err(unreadable)?;
        let failed =
            |error: rusqlite::Error| Error::store(format!("cannot write {}: {error}", part.display()));
        let mut copy = Connection::open(part).map_err(failed)?;
        let backup = Backup::new(&snapshot, &mut copy).map_err(failed)?;
        let mut pace = Pace::new("pages copied", None, progress);
        loop {
            let step = backup.step(BACKUP_PAGES).map_err(failed)?;
            let (total, left) = (backup.progress().pagecount.max(0), backup.progress().remaining.max(0));
            pace.turn("pages copied", Some(total.unsigned_abs().into()));
            pace.at((total - left).max(0).unsigned_abs().into());
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => return Err(failed(rusqlite::Error::InvalidQuery)),
            }
        }
        drop(backup);
        // One file, nothing beside it.
        let settle = "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE";
        copy.execute_batch(settle).map_err(failed)?;
        change(&copy).map_err(failed)?;
        copy.close().map_err(|(_, error)| failed(error))
    }
}

fn refuse_to_overwrite(file: &Path) -> Result<(), Error> {
    match file.symlink_metadata() {
        Ok(_) => Err(Error::store(format!(
            "{} is there already, and is left as it is; name a file that is not",
            file.display()
        ))),
        Err(_) => Ok(()),
    }
}

/// The file under the name that it has until it is whole, held so that no other backup writes to it.
fn make_part(file: &Path) -> Result<(PathBuf, File), Error> {
    let mut name = OsString::from(file);
    name.push(".part");
    let part = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    // Whoever has the chat's secret can be anyone in it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Elsewhere such a lock would be in the way of SQLite itself.
    let hold = |held: &File| if cfg!(unix) { held.try_lock() } else { Ok(()) };
    let made = options.open(&part).and_then(|held| match hold(&held) {
        Ok(()) => held.set_len(0).map(|()| Some(held)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    });
    match made {
        Ok(Some(held)) => Ok((part, held)),
        Ok(None) => Err(Error::store(format!("another backup writes {} now", part.display()))),
        Err(error) => Err(Error::io(format!("cannot make {}", part.display()), error)),
    }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
