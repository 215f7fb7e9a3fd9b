//! People as rows: whose a name is and for how long, and how far somebody has read. A part of the fold that is not said in
//! the log.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::{NAME_KEEP, SEEN_PERIOD, STEP_ROWS, WRITER_CACHE};
use crate::base::network::AddressBan;
use crate::base::rights::{Door, Standing};
use crate::base::user::{User, UserId};
use crate::ledger::record::{NameClaim, Newcomer};
use crate::log::rules::{self, KeptFace, NameOwner};
use crate::log::sqlite::devices;
use crate::log::sqlite::faces;
use crate::log::sqlite::fold::room_id;
use crate::log::sqlite::rights;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::step::set_meta;

/// The people who have a row: what the writer need not look up again.
#[derive(Debug)]
pub(super) struct Users {
    /// Absence after which a name is given up.
    name_keep: Duration,
    /// What guests may do.
    door: Door,
    /// The bans of addresses.
    address_bans: Arc<[AddressBan]>,
    known: HashMap<UserId, UserRow>,
}

/// What is known of somebody.
#[derive(Debug, Clone)]
pub(super) struct UserRow {
    pub(super) name: Arc<str>,
    pub(super) face: KeptFace,
    pub(super) seen: u64,
    pub(super) standing: Standing,
    /// Whether an entry is theirs, or a measure is about them.
    spoke: bool,
}

impl UserRow {
    /// The user with this row, as others see them.
    fn user(&self, who: UserId) -> User {
        User::new(who, Arc::clone(&self.name)).with(self.face.shown())
    }

    /// Whether it is to be noted that they are here now.
    pub(super) fn is_unseen(&self, now: u64) -> bool {
        now.saturating_sub(self.seen) > SEEN_PERIOD.as_millis() as u64
    }
}

impl Users {
    pub(super) fn open(connection: &Connection) -> rusqlite::Result<Self> {
        let name_keep = name_keep(connection)?.unwrap_or(NAME_KEEP);
        let (door, address_bans) = (rights::door(connection)?, rights::address_bans(connection)?);
        Ok(Self { name_keep, door, address_bans, known: HashMap::new() })
    }

    /// Absence after which a name is given up.
    pub(super) fn name_keep(&self) -> Duration {
        self.name_keep
    }

    /// What guests may do.
    pub(super) fn door(&self) -> Door {
        self.door
    }

    pub(super) fn open_door(&mut self, door: Door) {
        self.door = door;
    }

    /// The bans of addresses.
    pub(super) fn address_bans(&self) -> Arc<[AddressBan]> {
        Arc::clone(&self.address_bans)
    }

    pub(super) fn set_address_bans(&mut self, bans: Arc<[AddressBan]>) {
        self.address_bans = bans;
    }

    /// The transaction was not kept.
    pub(super) fn roll_back(&mut self, name_keep: Duration, door: Door, address_bans: Arc<[AddressBan]>) {
        self.known.clear();
        (self.name_keep, self.door, self.address_bans) = (name_keep, door, address_bans);
    }

    /// The transaction is about to be kept.
    pub(super) fn finish(&mut self) {
        if self.known.len() > WRITER_CACHE {
            self.known.clear();
        }
    }

    /// Names are kept for so many milliseconds of absence.
    pub(super) fn keep_names(&mut self, tx: &Connection, millis: u64) -> rusqlite::Result<()> {
        set_meta(tx, "name_keep", int(millis))?;
        self.name_keep = Duration::from_millis(millis);
        Ok(())
    }

    /// Somebody who does what others must remember, at a time: whoever has no row gets one.
    pub(super) fn author(
        &mut self,
        tx: &Connection,
        who: UserId,
        newcomer: Option<&Newcomer>,
        at: u64,
    ) -> Result<User, Fault> {
        if who == UserId::GUEST {
            return Ok(User::guest());
        }
        if let Some(user) = self.see_if_known(tx, who, at)? {
            return Ok(user);
        }
        let Some(newcomer) = newcomer else { return Err(rules::not_known().into()) };
        self.meet(tx, who, newcomer, at)?;
        self.get(tx, who)?.ok_or_else(|| rules::not_known().into())
    }

    /// Somebody who has a row.
    pub(super) fn get(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<Option<User>> {
        if who == UserId::GUEST {
            return Ok(Some(User::guest()));
        }
        Ok(self.look_up(tx, who)?.map(|known| known.user(who)))
    }

    /// Whether somebody has a row.
    pub(super) fn has_row(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<bool> {
        Ok(self.look_up(tx, who)?.is_some())
    }

    pub(super) fn look_up(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<Option<&UserRow>> {
        if !self.known.contains_key(&who) {
            let (face, standing) = (faces::KEPT, rights::STANDING);
            let sql = format!("SELECT name, seen, spoke, {face}, {standing} FROM users WHERE id = ?1");
            let known = tx.prepare_cached(&sql)?.query_row([id(who)], |row| {
                Ok(UserRow {
                    name: row.get::<_, String>(0)?.into(),
                    seen: unsigned(row, 1)?,
                    spoke: row.get(2)?,
                    face: faces::kept(row, 3)?,
                    standing: rights::standing(row, 6)?,
                })
            });
            self.known.extend(known.optional()?.map(|known| (who, known)));
        }
        Ok(self.known.get(&who))
    }

    /// Somebody's row is another now.
    pub(super) fn forget(&mut self, who: UserId) {
        self.known.remove(&who);
    }

    /// Somebody who has a row, seen at a time.
    pub(super) fn see_if_known(
        &mut self,
        tx: &Connection,
        who: UserId,
        at: u64,
    ) -> rusqlite::Result<Option<User>> {
        let Some(known) = self.look_up(tx, who)? else { return Ok(None) };
        let (user, is_unseen) = (known.user(who), known.is_unseen(at));
        if is_unseen {
            tx.prepare_cached("UPDATE users SET seen = ?2 WHERE id = ?1")?.execute([id(who), int(at)])?;
            self.known.entry(who).and_modify(|known| known.seen = at);
        }
        Ok(Some(user))
    }

    /// Notes that somebody is connected: they are seen at a time.
    pub(super) fn see(&mut self, tx: &Connection, who: UserId, at: u64) -> rusqlite::Result<()> {
        tx.prepare_cached("UPDATE users SET seen = max(seen, ?2) WHERE id = ?1")?
            .execute([id(who), int(at)])?;
        self.forget(who);
        Ok(())
    }

    /// An entry is somebody's: they are no visitor without a trace any more.
    pub(super) fn spoke(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<()> {
        if self.look_up(tx, who)?.is_some_and(|known| !known.spoke) {
            tx.prepare_cached("UPDATE users SET spoke = 1 WHERE id = ?1")?.execute([id(who)])?;
            self.known.entry(who).and_modify(|known| known.spoke = true);
        }
        Ok(())
    }

    /// Somebody is to be known: whoever has no row gets one, and whoever lost their name another.
    pub(super) fn greet(
        &mut self,
        tx: &Connection,
        who: UserId,
        newcomer: &Newcomer,
        at: u64,
    ) -> Result<(), Fault> {
        if !self.has_row(tx, who)? {
            return self.meet(tx, who, newcomer, at);
        }
        self.see_if_known(tx, who, at)?;
        if !has_name(tx, who)? {
            let name = self.first_free(tx, who, &newcomer.names, at)?;
            self.own(tx, who, name)?;
        }
        Ok(())
    }

    /// Gives somebody a row.
    fn meet(&mut self, tx: &Connection, who: UserId, newcomer: &Newcomer, at: u64) -> Result<(), Fault> {
        let Newcomer { names, hue, devices, marks } = newcomer;
        let name = self.first_free(tx, who, names, at)?;
        let sql = "INSERT INTO users(id, name, seen, hue) VALUES(?1, ?2, ?3, ?4)";
        tx.prepare_cached(sql)?.execute(params![id(who), name.name, int(at), hue])?;
        faces::count(tx, *hue, 1)?;
        for (room, seq) in marks {
            if let Some(room) = room_id(tx, room)? {
                set_mark(tx, who, room, *seq)?;
            }
        }
        devices::save(tx, who, &Default::default(), devices)?;
        self.own(tx, who, name)?;
        Ok(())
    }

    fn first_free<'a>(
        &self,
        tx: &Connection,
        who: UserId,
        names: &'a [NameClaim],
        at: u64,
    ) -> Result<&'a NameClaim, Fault> {
        for name in names {
            if self.is_free(tx, name, who, at)? {
                return Ok(name);
            }
        }
        Err(rules::name_taken().into())
    }

    /// Whether nobody who has a row has a name that looks like this one, or has been away for so long that it is given up.
    pub(super) fn is_free(
        &self,
        tx: &Connection,
        name: &NameClaim,
        who: UserId,
        at: u64,
    ) -> rusqlite::Result<bool> {
        for owner in owners(tx, &name.keys, at)? {
            if rules::is_name_taken(owner, who, self.name_keep, |_| false) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A name that is free becomes somebody's. Whoever was away for too long has nothing of theirs any more: no key of it may
    /// stay behind and claim it back.
    pub(super) fn own(&mut self, tx: &Connection, who: UserId, name: &NameClaim) -> rusqlite::Result<()> {
        for key in &name.keys {
            let sql = "DELETE FROM names WHERE user = (SELECT user FROM names WHERE key = ?1)";
            tx.prepare_cached(sql)?.execute([key])?;
        }
        tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([id(who)])?;
        for key in &name.keys {
            tx.prepare_cached("INSERT OR REPLACE INTO names(key, user) VALUES(?1, ?2)")?
                .execute(params![key, id(who)])?;
        }
        let sql = "UPDATE users SET name = ?2 WHERE id = ?1";
        tx.prepare_cached(sql)?.execute(params![id(who), name.name])?;
        self.forget(who);
        Ok(())
    }

    /// Forgets somebody who never spoke and was not seen since a time; gives whether nothing is left of them. One who looked
    /// into all rooms goes in several steps.
    pub(super) fn forget_visitor(
        &mut self,
        tx: &Connection,
        before: u64,
        who: UserId,
    ) -> rusqlite::Result<bool> {
        let (face, user) = match self.look_up(tx, who)? {
            Some(known) if !known.spoke && known.seen < before => (known.face, id(who)),
            _ => return Ok(true),
        };
        let sql = "DELETE FROM reads WHERE user = ?1
                   AND room IN (SELECT room FROM reads WHERE user = ?1 ORDER BY room LIMIT ?2)";
        if tx.prepare_cached(sql)?.execute([user, STEP_ROWS as i64])? == STEP_ROWS {
            return Ok(false);
        }
        tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([user])?;
        devices::forget(tx, user)?;
        tx.prepare_cached("DELETE FROM kept WHERE user = ?1")?.execute([user])?;
        faces::count(tx, face.hue(), -1)?;
        tx.prepare_cached("DELETE FROM users WHERE id = ?1")?.execute([user])?;
        self.forget(who);
        Ok(true)
    }
}

/// For how long names are kept, if that was ever said.
pub(super) fn name_keep(connection: &Connection) -> rusqlite::Result<Option<Duration>> {
    let sql = "SELECT value FROM meta WHERE key = 'name_keep'";
    Ok(connection.query_row(sql, [], |row| unsigned(row, 0)).optional()?.map(Duration::from_millis))
}

/// Whether somebody's name is theirs: nobody has taken it while they were away.
pub(super) fn has_name(tx: &Connection, who: UserId) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM names WHERE user = ?1 LIMIT 1")?.exists([id(who)])
}

/// Those who have a name with one of these keys.
pub(super) fn owners(tx: &Connection, keys: &[Box<str>], at: u64) -> rusqlite::Result<Vec<NameOwner>> {
    let sql = "SELECT users.id, seen FROM names JOIN users ON users.id = names.user WHERE key = ?1";
    let mut owners = Vec::new();
    for key in keys {
        let owner = tx.prepare_cached(sql)?.query_row([key], |row| {
            let away = Duration::from_millis(at.saturating_sub(unsigned(row, 1)?));
            Ok(NameOwner { who: UserId::new(unsigned(row, 0)?), away })
        });
        owners.extend(owner.optional()?);
    }
    Ok(owners)
}

/// Somebody's read marker in a room.
pub(super) fn mark(connection: &Connection, who: UserId, room: i64) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT seq FROM reads WHERE user = ?1 AND room = ?2";
    connection.prepare_cached(sql)?.query_row([id(who), room], |row| unsigned(row, 0)).optional()
}

pub(super) fn set_mark(tx: &Connection, who: UserId, room: i64, seq: u64) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO reads(user, room, seq) VALUES(?1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute([id(who), room, int(seq)])?;
    Ok(())
}
