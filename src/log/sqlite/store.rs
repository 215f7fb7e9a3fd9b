//! The store: one SQLite file in a folder, its version, and what is said when it is not ours, too new, or
//! damaged. Knows what is in it only as far as it makes it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, ffi};

use crate::base::clock;
use crate::base::error::Error;
use crate::base::limits::{CHECKED_BYTES, EPOCH_BYTES, STORE_LOCK_WAIT};
use crate::base::token::Secret;
use crate::log::sqlite::migrate::{self, VERSION};
use crate::log::sqlite::row;
use crate::log::sqlite::starts::Epoch;

/// "Chwg": what SQLite files of ours have in their header.
const APPLICATION_ID: i32 = 0x4368_7767;

/// The search index, which a check makes for itself too.
pub(super) const INDEX: &str = include_str!("index.sql");

pub(super) const FILE: &str = "chinwag.db";
const LOCK: &str = "lock";

/// A folder with a chat in it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    pub(super) epoch: Epoch,
    pub(super) secret: Secret,
    /// Held for as long as this process may write.
    _lock: Option<File>,
}

impl Store {
    /// Opens the chat in a folder to write to it; makes it when there is none. Nobody else may have it open to
    /// write.
    ///
    /// # Errors
    /// Says why this folder cannot be used: not ours, of a newer version, damaged, in use.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        make_folder(folder)?;
        let lock = lock(folder)?;
        let path = folder.join(FILE);
        if path.exists() {
            migrate::migrate(&path)?;
        } else {
            if has_wal(&path) {
                return Err(Error::store(format!(
                    "{0} is missing, but {0}-wal is there: a chat was torn apart; put its file in its place, or move \
                     the rest away",
                    path.display()
                )));
            }
            create(&path)?;
            sync_folder(folder)?;
        }
        Self::examine(path, Some(lock))
    }

    /// Opens the chat in a folder to read it, also while a server runs on it.
    ///
    /// # Errors
    /// As [`Store::open`]; and when there is no chat.
    pub fn read_only(folder: &Path) -> Result<Self, Error> {
        let path = Self::file(folder)?;
        Self::examine(path, None)
    }

    fn examine(path: PathBuf, lock: Option<File>) -> Result<Self, Error> {
        let doubt = |error: rusqlite::Error| unreadable(&path, &error);
        // To write, a connection changes the file's header: what is not ours is only looked at.
        let connection = look(&path)?;
        version(&connection, &path)?;
        check_whole(&connection, &path)?;
        let read = |key: &str| {
            let sql = "SELECT value FROM meta WHERE key = ?1";
            connection.query_row(sql, [key], |row| row.get::<_, Vec<u8>>(0)).optional().map_err(doubt)
        };
        let (file, secret) = (read("epoch")?, read("secret")?);
        let file = file.and_then(|file| <[u8; EPOCH_BYTES]>::try_from(file).ok());
        let secret = secret.as_deref().and_then(Secret::from_bytes);
        match (file, secret) {
            (Some(file), Some(secret)) => {
                let epoch = match lock {
                    Some(_) => begin(&path, file),
                    None => Ok(Epoch::of_file(file)),
                };
                let epoch = epoch.map_err(doubt)?;
                Ok(Self { path, epoch, secret, _lock: lock })
            }
            _ => Err(Error::store(format!(
                "{} is damaged: it has lost its epoch or its secret; restore a backup",
                path.display()
            ))),
        }
    }

    /// The file of the chat in a folder, to look at whatever state it is in.
    pub(super) fn file(folder: &Path) -> Result<PathBuf, Error> {
        let path = folder.join(FILE);
        match fs::metadata(&path) {
            Ok(file) if file.is_file() => File::open(&path).map(|_| path.clone()),
            Ok(_) => Err(io::ErrorKind::NotFound.into()),
            Err(error) => Err(error),
        }
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Error::store(format!(
                "there is no chat in {}: no file {FILE} (name its folder with --data)",
                folder.display()
            )),
            // It may well be there: to say that it is not would frighten its owner.
            _ => Error::io(
                format!("cannot read {}; run this as the user of the server", path.display()),
                error,
            ),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file that keeps a second server out.
    pub(super) fn lock_path(&self) -> PathBuf {
        self.path.with_file_name(LOCK)
    }

    /// Another connection, to write (there is one of those) or to read.
    pub(super) fn connect(&self, writes: bool) -> Result<Connection, Error> {
        connect(&self.path, writes).map_err(|error| unreadable(&self.path, &error))
    }

    pub(super) fn unreadable(&self, error: &rusqlite::Error) -> Error {
        unreadable(&self.path, error)
    }
}

pub(super) fn make_folder(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    // What people say is for the server's own user.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| {
        Error::io(format!("cannot make the folder {} (choose another with --data)", folder.display()), e)
    })?;
    match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

/// A file's name is on disk only when its folder is.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    let sync = || File::open(folder)?.sync_all();
    sync().map_err(|e| Error::io(format!("cannot sync the folder {}", folder.display()), e))
}

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(|e| {
        Error::io(format!("cannot write in {} (choose another with --data)", folder.display()), e)
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::store(format!(
            "another chinwag uses {}: stop it first, or choose another folder with --data",
            folder.display()
        ))),
        Err(fs::TryLockError::Error(e)) => Err(Error::io(format!("cannot lock {}", path.display()), e)),
    }
}

/// Notes that the store is opened to be written.
fn begin(path: &Path, file: [u8; EPOCH_BYTES]) -> rusqlite::Result<Epoch> {
    let mut connection = connect(path, true)?;
    // What a crash left in the write-ahead log is copied while the server runs.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Epoch::begin(&mut connection, file)
}

/// Makes the file under another name and gives it its own when it is whole: a crash leaves none, or all of it.
fn create(path: &Path) -> Result<(), Error> {
    let new = path.with_extension("new");
    let refused = |error: rusqlite::Error| unreadable(path, &error);
    make_file(&new)?;
    let connection = Connection::open(&new).map_err(refused)?;
    let make = || -> rusqlite::Result<()> {
        connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = FULL; BEGIN")?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        migrate::make(&connection)
    };
    make().map_err(refused)?;
    set_epoch(&connection).map_err(refused)?;
    let secret = Secret::random()?;
    let sql = "INSERT INTO meta(key, value) VALUES('secret', ?1)";
    connection.execute(sql, [secret.as_bytes()]).map_err(refused)?;
    let sql = "INSERT INTO meta(key, value) VALUES('clock', ?1)";
    connection.execute(sql, [clock::wall_ms().cast_signed()]).map_err(refused)?;
    connection.execute_batch("COMMIT").map_err(refused)?;
    connection.close().map_err(|(_, error)| refused(error))?;
    fs::rename(&new, path).map_err(|e| Error::io(format!("cannot make {}", path.display()), e))
}

/// Makes an empty file that the server's own user alone reads, in place of one that is there: whoever has the chat's secret can be
/// anyone in it.
pub(super) fn make_file(path: &Path) -> Result<(), Error> {
    let _ = fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| Error::io(format!("cannot make {}", path.display()), e))
}

/// Numbers from before mean nothing in this file from now on.
pub(super) fn set_epoch(connection: &Connection) -> rusqlite::Result<()> {
    // SQLite's own generator is seeded by the operating system.
    connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('epoch', randomblob(8))", [])?;
    Ok(())
}

pub(super) fn connect(path: &Path, writes: bool) -> rusqlite::Result<Connection> {
    let connection = if writes { open(path)? } else { open_to_read(path)? };
    connection.busy_timeout(STORE_LOCK_WAIT)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Without this a statement is planned anew, which takes longer than most take to run, whenever a value is bound that
    // its plan might depend on: in a resume, each time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if writes {
        // Checkpoints are the keeper's: they must not make a commit wait. What is deleted is overwritten, also in pages
        // that become free: merging the search index leaves copies of its words in those.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
             PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY",
        )?;
    } else {
        connection
            .execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY")?;
    }
    Ok(connection)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    // Readers too have to be able to make the shared-memory file beside the database.
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let opened = open(path).map(|connection| {
        let read = connection.query_row("PRAGMA schema_version", [], |_| Ok(()));
        (connection, read)
    });
    let error = match opened {
        Ok((connection, Ok(()))) => return Ok(connection),
        Ok((connection, Err(error))) if !is_unwritable(&error) => {
            drop(error); // Whoever reads on is told the same, and says it better.
            return Ok(connection);
        }
        Ok((_, Err(error))) | Err(error) => error,
    };
    if !is_unwritable(&error) || has_wal(path) {
        return Err(error);
    }
    // Nobody can write there, so that nothing has to be shared with a writer.
    let name = path.to_str().ok_or(error)?;
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Connection::open_with_flags(
        format!("file:{name}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )
}

fn is_unwritable(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Whether the last of the chat is not in the file itself.
fn has_wal(path: &Path) -> bool {
    fs::metadata(wal(path)).is_ok_and(|wal| wal.len() > 0)
}

/// The write-ahead log beside a file.
pub(super) fn wal(path: &Path) -> PathBuf {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    wal.into()
}

/// Whether a server has written to the file: one that was just made, or is a backup, is not in that mode yet
/// (sqlite.org/fileformat2, 1.3.3).
fn is_in_wal_mode(path: &Path) -> bool {
    let mut head = [0; 20];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_err() || head[18] != 1
}

/// SQLite would take it for this file's, and mix the two.
fn strange_wal(path: &Path) -> Error {
    Error::store(format!(
        "{0}-wal is from another file than {0}, which was put there without moving that away: move {0}-wal away, \
         or bring its own {0} back",
        path.display()
    ))
}

/// Looks at a file, whatever it is, and leaves it as it is.
pub(super) fn look(path: &Path) -> Result<Connection, Error> {
    if fs::metadata(path).is_ok_and(|file| file.len() == 0) {
        return Err(damaged(path, "it is empty"));
    }
    if has_wal(path) && !is_in_wal_mode(path) {
        return Err(strange_wal(path));
    }
    let connection = connect(path, false).map_err(|error| unreadable(path, &error))?;
    // The last to close a database copies its write-ahead log into it.
    let is_left = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(is_left, has_wal(path)).map_err(|error| unreadable(path, &error))?;
    Ok(connection)
}

/// The version of a store that this program can read.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i32, Error> {
    let pragma = |name: &str| -> Result<i32, Error> {
        connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|e| unreadable(path, &e))
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    if application != APPLICATION_ID {
        return Err(Error::store(format!(
            "{} is an SQLite database, but not a chat's: it is left as it is; choose another folder with --data",
            path.display()
        )));
    }
    match version {
        1..=VERSION => Ok(version),
        _ if version > VERSION => Err(Error::store(format!(
            "{} was written by a newer chinwag (version {version} of the store, this one knows {VERSION}): \
             it is left as it is; run the newer chinwag",
            path.display()
        ))),
        _ => Err(Error::store(format!(
            "{} says version {version} of the store, which never was: it is damaged, or not a chat's",
            path.display()
        ))),
    }
}

/// A file that is cut short is found at once, a damaged one where reading all of it takes no time.
pub(super) fn check_whole(connection: &Connection, path: &Path) -> Result<(), Error> {
    let bytes = fs::metadata(path).map_or(0, |file| file.len());
    if bytes > CHECKED_BYTES {
        return Ok(());
    }
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| unreadable(path, &error))?;
    match found.as_str() {
        "ok" => Ok(()),
        found => Err(damaged(path, found)),
    }
}

fn damaged(path: &Path, found: &str) -> Error {
    Error::store(format!(
        "{} is damaged ({}): it is left as it is; `chinwag check` says more, and a backup can take its place",
        path.display(),
        found.replace('\n', " ").trim()
    ))
}

/// Why the disk cannot read the file or its write-ahead log; none when it can. SQLite takes it for damage
/// (`SQLITE_IOERR_CORRUPTFS`). Reads all of them.
pub(super) fn disk_fault(path: &Path) -> Option<Error> {
    [path.to_owned(), wal(path)].into_iter().find_map(|path| {
        let read = File::open(&path).and_then(|mut file| io::copy(&mut file, &mut io::sink()));
        let error = read.err().filter(|error| error.kind() != io::ErrorKind::NotFound)?;
        Some(Error::io(
            format!(
                "the disk cannot read {}: copy the folder to another disk as far as that goes, and check it there",
                path.display()
            ),
            error,
        ))
    })
}

/// Why the file cannot be used, in words.
pub(super) fn unreadable(path: &Path, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::store(format!(
            "{} is not a chat: it is no SQLite database, or a damaged one; it is left as it is",
            path.display()
        )),
        Some(ErrorCode::DatabaseCorrupt) => {
            disk_fault(path).unwrap_or_else(|| damaged(path, &error.to_string()))
        }
        _ if is_unwritable(error) && has_wal(path) => Error::store(format!(
            "the last part of {0} is in {0}-wal, which can only be read in a folder that can be written: \
             copy the folder to where it can be",
            path.display()
        )),
        _ => Error::store(format!("cannot read {}: {}", path.display(), row::in_words(error))),
    }
}

/// Whether a file of the store is not where it was opened (files.rs).
pub(super) fn is_moved(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_DBMOVED)
}

/// What a person is told when the store cannot take or give something now.
pub(super) fn unavailable(error: &rusqlite::Error) -> Error {
    let text = match error.sqlite_error_code() {
        _ if is_moved(error) => {
            "the server's files were moved or removed: nothing can be kept until its operator puts them back or starts it \
             again"
        }
        Some(ErrorCode::DiskFull) => "the server's disk is full: nothing can be kept now; try again later",
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            // SQLite says so of a disk that fails, too.
            "the server's store is damaged, or its disk fails: its operator should run `chinwag check`"
        }
        Some(ErrorCode::OperationInterrupted) => "that takes too long: ask for less",
        Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::CannotOpen) => {
            "the server's disk does not work now; try again later"
        }
        _ => "the server's store does not answer; try again later",
    };
    // SQLite's own words are for who looks after the server, not for a client.
    Error::log_because(text, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a process's memory is such a file: reading it is an input/output error.
    #[cfg(target_os = "linux")]
    #[test]
    fn file_that_the_disk_cannot_read_is_not_said_to_be_damaged() {
        let corrupt = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None);
        let said = unreadable(Path::new("/proc/self/mem"), &corrupt).to_string();
        assert!(said.contains("the disk cannot read /proc/self/mem") && !said.contains("damaged"), "{said}");
        let said = unreadable(Path::new("/proc/self/maps"), &corrupt).to_string();
        assert!(said.contains("damaged"), "{said}");
    }
}
