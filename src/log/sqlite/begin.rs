//! The beginning of a machine without a copy of the chat: with the newest snapshot, or with the order from its first message on. That
//! message is the chat's genesis: its epoch, and the secret that its tokens are signed with. Where several machines begin a chat at
//! once, the first genesis in the order is the chat's.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Instant;

use rusqlite::Connection;

use crate::base::error::Error;
use crate::base::limits::{GENESIS_WAIT, RESEND_MAX, RESEND_MIN};
use crate::base::token::Secret;
use crate::ledger::engine::{Engine, Event};
use crate::ledger::envelope::{Envelope, Header, Pack};
use crate::ledger::origin::Publish;
use crate::ledger::record::{Genesis, Record};
use crate::log::rules::{FIRST_RULES, RULES};
use crate::log::sqlite::cluster::new_run;
use crate::log::sqlite::fold::last_seq;
use crate::log::sqlite::member::position;
#[cfg(feature = "nats")]
use crate::log::sqlite::replica;
use crate::log::sqlite::replica::Replica;
use crate::log::sqlite::store::{self, FILE, Store};

/// The contents of a folder.
enum Contents {
    /// No chat, or one in which nothing has happened.
    Nothing,
    /// A copy of a chat on many machines, which goes on from where it is.
    Copy,
    /// A chat on this machine alone.
    OwnChat,
}

/// Whether the folder has a copy of a chat on many machines already, of which something can be read at once.
///
/// # Errors
/// It has a chat of its own, or cannot be read.
pub(super) fn may_begin(folder: &Path) -> Result<bool, Error> {
    match look(folder)? {
        Contents::Copy => Ok(true),
        Contents::Nothing => Ok(false),
        Contents::OwnChat => Err(Error::store(format!(
            "{} has a chat that was on this machine alone: choose an empty folder with --data, or move the chat to the \
             others with `chinwag cluster init`",
            folder.display()
        ))),
    }
}

/// Sees to it that the folder has a copy of the chat.
pub(super) fn begin(folder: &Path, engine: &dyn Engine) -> Result<(), Error> {
    if may_begin(folder)? {
        return begin_anew_if_trimmed(folder, engine);
    }
    if let Some(newest) = engine.snapshots()?.last() {
        return load(folder, engine, *newest, None);
    }
    let store = Store::open(folder)?;
    let own = Genesis { epoch: store.epoch.file().to_vec(), secret: store.secret.as_bytes().to_vec() };
    let genesis = hear_genesis(engine, &own)?;
    if genesis != own {
        adopt(&store, &genesis)?;
    }
    Ok(())
}

/// The store of a chat that is to be one of many machines.
#[cfg(feature = "nats")]
pub(super) fn to_found(folder: &Path) -> Result<Store, Error> {
    match look(folder)? {
        Contents::OwnChat | Contents::Copy => Store::open(folder),
        Contents::Nothing => Err(Error::store(format!(
            "there is no chat in {}: a new one begins by itself when a server is started with --nats",
            folder.display()
        ))),
    }
}

/// Marks a store as a copy that has applied nothing yet; gives the position behind which its order begins.
#[cfg(feature = "nats")]
pub(super) fn mark(store: &Store) -> Result<u64, Error> {
    let connection = store.connect(true)?;
    replica::mark(&connection).map_err(|error| store.unreadable(&error))
}

fn look(folder: &Path) -> Result<Contents, Error> {
    if !folder.join(FILE).exists() {
        return Ok(Contents::Nothing);
    }
    let store = Store::read_only(folder)?;
    let read = || -> rusqlite::Result<_> {
        let connection = store::connect(store.path(), false)?;
        if position(&connection)?.is_some() {
            return Ok((true, false));
        }
        let people: i64 = connection.query_row("SELECT count(*) FROM users", [], |row| row.get(0))?;
        Ok((false, people == 0 && last_seq(&connection)? == 0))
    };
    Ok(match read().map_err(|error| store.unreadable(&error))? {
        (true, _) => Contents::Copy,
        (false, true) => Contents::Nothing,
        (false, false) => Contents::OwnChat,
    })
}

/// A copy that missed what the engine has let go of begins with the newest snapshot: all that it has is in that. Where nobody answers, it
/// stays what it is.
fn begin_anew_if_trimmed(folder: &Path, engine: &dyn Engine) -> Result<(), Error> {
    let Ok(extent) = engine.extent() else { return Ok(()) };
    let own = Store::open(folder)?;
    let replica = Replica::open(&own.connect(true)?).map_err(|error| own.unreadable(&error))?;
    let (asks, position) = (replica.follower.clone().ask(), replica.follower.position());
    if asks >= extent.first {
        return Ok(());
    }
    match engine.snapshots()?.last() {
        Some(newest) if *newest > position => {
            tracing::warn!(position, "this machine missed what the others have let go of");
            load(folder, engine, *newest, Some(own.epoch.file()))
        }
        // It says so, and is read.
        _ => Ok(()),
    }
}

/// Puts a snapshot in the folder, of the chat with this epoch if there is one already. It has its name once it is whole.
fn load(folder: &Path, engine: &dyn Engine, position: u64, of: Option<&[u8]>) -> Result<(), Error> {
    let (path, new) = (folder.join(FILE), folder.join("chinwag.new"));
    store::make_folder(folder)?;
    tracing::info!(position, "this machine begins with a snapshot");
    store::make_file(&new)?;
    engine.get_snapshot(position, &new)?;
    if let Some(of) = of {
        let epoch = store::connect(&new, false).and_then(|connection| {
            let sql = "SELECT value FROM meta WHERE key = 'epoch'";
            connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0))
        });
        if epoch.is_ok_and(|epoch| epoch != of) {
            return Err(Error::log("the snapshot is of another chat: choose an empty folder with --data"));
        }
    }
    // What is written ahead to the file that was here is not the snapshot's.
    for file in [store::wal(&path), folder.join(format!("{FILE}-shm"))] {
        match fs::remove_file(&file) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                return Err(Error::io(format!("cannot remove {}", file.display()), e));
            }
            _ => {}
        }
    }
    fs::rename(&new, &path).map_err(|e| Error::io(format!("cannot make {}", path.display()), e))?;
    store::sync_folder(folder)
}

/// The chat's genesis: the first message of the order, which is this machine's own if nobody has begun before.
fn hear_genesis(engine: &dyn Engine, own: &Genesis) -> Result<Genesis, Error> {
    let (tell, events) = mpsc::channel();
    engine.follow(1, Arc::new(move |event| tell.send(event).is_ok()));
    let (mut pack, began) = (Pack::default(), Instant::now());
    pack.add(&Record::Genesis(own.clone()));
    // All machines are of this build, or newer: those of older ones say that they do not know these rules.
    pack.add(&Record::Rules(RULES));
    let header = Header { run: new_run(), n: 1, seen: 0, rules: FIRST_RULES };
    let envelope = header.with(&pack.finish());
    let mut patience = RESEND_MIN;
    while began.elapsed() < GENESIS_WAIT {
        match events.recv_timeout(patience) {
            Ok(Event::Message { position: 1, bytes, .. }) => {
                let records = Envelope::parse(&bytes).ok().and_then(|first| first.records(RULES).ok());
                let genesis = records.into_iter().flatten().find_map(|record| match record {
                    Record::Genesis(genesis) => Some(genesis),
                    _ => None,
                });
                return genesis
                    .ok_or_else(|| Error::log("the stream does not begin with a chat of this version"));
            }
            Ok(Event::Message { .. } | Event::Trimmed) => {
                return Err(Error::log(
                    "the stream has let go of its beginning, and there is no snapshot of the chat: start a machine that has a \
                     copy, and wait for its snapshot",
                ));
            }
            Ok(Event::Refused(_)) => return Err(Error::log("NATS has no room for this chat")),
            Ok(Event::Ended | Event::EndsBefore) => {
                return Err(Error::log("NATS does not tell the stream; try again later"));
            }
            // Nothing was said yet. Where it only was not heard yet, this is one more message, which changes nothing.
            Err(_) => {
                patience = RESEND_MAX;
                engine.append(Publish { id: format!("{:x}:1:0", header.run.0), bytes: envelope.clone() })
            }
        }
    }
    Err(Error::log(format!("nothing was heard of the stream for {} s", GENESIS_WAIT.as_secs())))
}

/// Gives a store in which nothing has happened the identity of the chat.
fn adopt(store: &Store, genesis: &Genesis) -> Result<(), Error> {
    let is_identity = genesis.epoch.len() == store.epoch.file().len();
    if !is_identity || Secret::from_bytes(&genesis.secret).is_none() {
        return Err(Error::log("the stream does not begin with a chat of this version"));
    }
    let write = |connection: &Connection| -> rusqlite::Result<()> {
        let transaction = connection.unchecked_transaction()?;
        let sql = "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)";
        for (key, value) in [("epoch", &genesis.epoch), ("secret", &genesis.secret)] {
            transaction.execute(sql, (key, value))?;
        }
        transaction.commit()
    };
    let connection = store.connect(true)?;
    write(&connection).map_err(|error| store.unreadable(&error))
}

#[cfg(test)]
mod tests;
