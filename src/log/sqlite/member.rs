//! A member: a log that is a copy of a chat on many machines, and what it has beside one that is alone.

use std::path::Path;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Instant;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::base::error::Error;
use crate::base::limits::{SNAPSHOT_CHECK, SNAPSHOT_MESSAGES, SNAPSHOT_PERIOD, SNAPSHOT_SHARE};
use crate::base::room_name::RoomName;
use crate::ledger::engine::{Engine, Extent};
use crate::log::sqlite::row::unsigned;
use crate::log::sqlite::store::{self, Store};
use crate::log::sqlite::{Shared, SqliteLog, StoreOptions, begin};
use crate::log::{Deliveries, Health};

/// The parts of a member that a log that is alone does not have.
pub(super) struct Member {
    pub(super) machine: u64,
    pub(super) health: Arc<Mutex<Health>>,
    pub(super) engine: Arc<dyn Engine>,
}

impl Member {
    pub(super) fn health(&self) -> Health {
        *self.health.lock()
    }

    /// Whether listeners are given what is said of a room on other machines.
    pub(super) fn listen(&self, room: &RoomName, deliveries: &Arc<Mutex<Deliveries>>, is_listening: bool) {
        let (of, deliveries) = (room.clone(), Arc::downgrade(deliveries));
        let hear = move |said: &[u8]| {
            if let Some(deliveries) = deliveries.upgrade() {
                deliveries.lock().hear(&of, said);
            }
        };
        self.engine.hear(room.as_str(), is_listening.then(|| Arc::new(hear) as Arc<_>));
    }
}

impl SqliteLog {
    /// Opens a copy of a chat that is on many machines, which NATS connects. A folder without a chat begins with what the others
    /// have; where there are no others yet, the chat begins here.
    ///
    /// # Errors
    /// The folder cannot be used, as in [`open`](Self::open), or has a chat of its own; or NATS cannot be reached, and there is
    /// nothing in the folder yet.
    #[cfg(feature = "nats")]
    pub async fn join(
        folder: &Path,
        options: &StoreOptions,
        nats: &crate::ledger::jetstream::Nats,
    ) -> Result<Self, Error> {
        let has_copy = begin::may_begin(folder)?;
        let engine = Arc::new(crate::ledger::jetstream::JetStream::connect(nats).await?);
        match engine.open().await {
            // The copy that is here is read until NATS answers.
            Err(error) if has_copy && !engine.is_refused() => {
                tracing::warn!(%error, "the others are not reached yet");
                crate::ledger::jetstream::JetStream::open_later(&engine);
            }
            opened => opened?,
        }
        let (folder, options) = (folder.to_owned(), options.clone());
        let begun = tokio::task::spawn_blocking(move || {
            let engine: Arc<dyn Engine> = engine;
            Self::begin(&folder, &options, &engine)
        });
        begun.await.map_err(|error| Error::log(format!("the log cannot begin: {error}")))?
    }

    /// Makes the chat in a folder one of many machines: NATS gets a stream for it, and a snapshot that other machines begin with.
    /// The folder is a copy from then on, to be opened by [`join`](Self::join). Gives the position behind which the stream
    /// begins. What was interrupted goes on when it is asked for again. The chat was on this machine alone until then, or its folder is
    /// a copy of one whose stream is lost.
    ///
    /// # Errors
    /// There is no chat in the folder, or it is in use; or NATS cannot be reached, or has a chat of that name.
    #[cfg(feature = "nats")]
    pub async fn found(folder: &Path, nats: &crate::ledger::jetstream::Nats) -> Result<u64, Error> {
        let engine = crate::ledger::jetstream::JetStream::connect(nats).await?;
        let store = begin::to_found(folder)?;
        let before = begin::mark(&store)?;
        engine.found(before + 1).await?;
        let taken = tokio::task::spawn_blocking(move || take(&store, &engine, 0));
        taken.await.map_err(|error| Error::log(format!("no snapshot could be taken: {error}")))?
    }

    /// Opens the copy in a folder, after it was made where there is none.
    pub(super) fn begin(
        folder: &Path,
        options: &StoreOptions,
        engine: &Arc<dyn Engine>,
    ) -> Result<Self, Error> {
        begin::begin(folder, &**engine)?;
        // A machine is another one after each start: what it said before is closed by the others.
        let machine = getrandom::u64().map_err(|error| Error::log(format!("no random numbers: {error}")))?;
        let log = Self::join_in(folder, options, Arc::clone(engine), machine)?;
        let (shared, engine) = (Arc::downgrade(&log.shared), Arc::downgrade(engine));
        let take = move || take_snapshots(&shared, &engine);
        thread::Builder::new()
            .name("log snapshots".into())
            .spawn(take)
            .map_err(|e| Error::io("cannot start a thread", e))?;
        Ok(log)
    }
}

/// Takes a snapshot whenever one is due, for as long as the log is open. Two machines may take one at once: that does no harm.
fn take_snapshots(shared: &Weak<Shared>, engine: &Weak<dyn Engine>) {
    let mut newest = (0, Instant::now());
    loop {
        thread::sleep(SNAPSHOT_CHECK);
        let (Some(shared), Some(engine)) = (shared.upgrade(), engine.upgrade()) else { return };
        if shared.upkeep.is_closed() {
            return;
        }
        // A machine that may be behind, or on another order, must not let go of what others need.
        if !shared.member.as_ref().is_some_and(|member| member.health().is_ready()) {
            continue;
        }
        if let Err(error) = take_if_due(&shared.store, &*engine, &mut newest) {
            tracing::warn!(%error, "no snapshot could be taken");
        }
    }
}

pub(super) fn take_if_due(
    store: &Store,
    engine: &dyn Engine,
    newest: &mut (u64, Instant),
) -> Result<(), Error> {
    let last = engine.snapshots()?.last().copied().unwrap_or(0);
    if last != newest.0 {
        *newest = (last, Instant::now());
    }
    let position = position(&store.connect(false)?).map_err(|error| store.unreadable(&error))?;
    let grown = position.unwrap_or(0).saturating_sub(last);
    let Extent { bytes, bytes_max, .. } = engine.extent()?;
    let is_filling = bytes >= bytes_max / SNAPSHOT_SHARE;
    if grown >= SNAPSHOT_MESSAGES || (grown > 0 && (is_filling || newest.1.elapsed() >= SNAPSHOT_PERIOD)) {
        take(store, engine, last)?;
    }
    Ok(())
}

/// Takes a snapshot, and lets go of the messages before the one that was the newest until now: with that one the order is whole.
pub(super) fn take(store: &Store, engine: &dyn Engine, before: u64) -> Result<u64, Error> {
    let file = store.path().with_extension("snapshot");
    let copied = store::make_file(&file).and_then(|()| store.copy(&file, &mut |_| {}, |_| Ok(())));
    let taken = copied.and_then(|()| {
        let copy = store::connect(&file, false).map_err(|error| store.unreadable(&error))?;
        let position = position(&copy).map_err(|error| store.unreadable(&error))?;
        drop(copy);
        let position =
            position.ok_or_else(|| Error::log("this folder is no copy of a chat on many machines"))?;
        engine.put_snapshot(position, &file)?;
        Ok(position)
    });
    let _ = std::fs::remove_file(&file);
    let position = taken?;
    if before > 0 {
        // The message at that position stays: whoever begins with the snapshot sees by it that the order is its own.
        engine.trim(before)?;
    }
    tracing::info!(position, "a snapshot was taken");
    Ok(position)
}

/// The position that a store has applied; none for one that is no member.
pub(super) fn position(connection: &Connection) -> rusqlite::Result<Option<u64>> {
    if !connection.table_exists(None, "ledger")? {
        return Ok(None);
    }
    let mut select = connection.prepare("SELECT position FROM ledger")?;
    let mut rows = select.query_map([], |row| unsigned(row, 0))?;
    rows.next().transpose()
}

/// Makes a copy of a chat on many machines a chat of its own; whether it was one.
pub(super) fn leave(connection: &Connection) -> rusqlite::Result<bool> {
    let is_copy = position(connection)?.is_some();
    if is_copy {
        connection.execute_batch("BEGIN; DROP TABLE ledger; DROP TABLE runs; COMMIT")?;
    }
    Ok(is_copy)
}
