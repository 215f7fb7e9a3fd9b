//! Who is who: whose a name is and for how long, and how far somebody has read. A part of the fold that is not
//! said in the log.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::limits::SEEN_PERIOD;
use crate::log::sqlite::fold::{Fault, Fold, id, int, refused, room_id, unsigned};
use crate::name::Name;
use crate::room_name::RoomName;
use crate::user::{User, UserId};

/// What is known of somebody.
#[derive(Debug, Clone)]
pub(super) struct Known {
    name: Arc<str>,
    seen: u64,
}

impl Fold {
    /// Somebody who is known, seen now.
    pub(super) fn user(&mut self, tx: &Connection, who: UserId, now: u64) -> Result<User, Fault> {
        if who == UserId::GUEST {
            return Ok(User::guest());
        }
        let known = match self.users.get(&who) {
            Some(known) => known.clone(),
            None => {
                let sql = "SELECT name, seen FROM users WHERE id = ?1";
                let known = tx.prepare_cached(sql)?.query_row([id(who)], |row| {
                    Ok(Known { name: row.get::<_, String>(0)?.into(), seen: unsigned(row, 1)? })
                });
                let Some(known) = known.optional()? else {
                    return refused("unknown_user", "this chat does not know you: say hello again");
                };
                self.users.insert(who, known.clone());
                known
            }
        };
        // When nothing can be written, they still may come in and read.
        if now.saturating_sub(known.seen) > SEEN_PERIOD.as_millis() as u64 && !self.is_failing {
            tx.prepare_cached("UPDATE users SET seen = ?2 WHERE id = ?1")?.execute([id(who), int(now)])?;
            self.users.insert(who, Known { name: Arc::clone(&known.name), seen: now });
        }
        Ok(User { id: who, name: known.name })
    }

    /// Makes a user known: gives the name that they have, or the one they ask for, or a guest's.
    pub(super) fn greet(
        &mut self,
        tx: &Connection,
        who: UserId,
        name: Option<&Name>,
        now: u64,
    ) -> Result<User, Fault> {
        let is_known = match self.user(tx, who, now) {
            Ok(user) => {
                let sql = "SELECT 1 FROM names WHERE user = ?1 LIMIT 1";
                if tx.prepare_cached(sql)?.exists([id(who)])? {
                    return Ok(user);
                }
                true // Somebody took the name while they were away.
            }
            Err(Fault::Refused(_)) => false,
            Err(fault) => return Err(fault),
        };
        let mut attempt = 0;
        let wanted = name.filter(|name| self.is_free(tx, name, who, now).unwrap_or(false)).cloned();
        let name = loop {
            let name = wanted.clone().unwrap_or_else(|| Name::of_guest(who, attempt));
            if self.is_free(tx, &name, who, now)? {
                break name;
            }
            attempt += 1;
        };
        let sql = if is_known {
            "UPDATE users SET name = ?2, seen = ?3 WHERE id = ?1"
        } else {
            "INSERT INTO users(id, name, seen) VALUES(?1, ?2, ?3)"
        };
        tx.prepare_cached(sql)?.execute(params![id(who), name.as_str(), int(now)])?;
        self.own(tx, who, &name, now)
    }

    /// Gives somebody another name; gives them as they were, when it is another.
    pub(super) fn rename(
        &mut self,
        tx: &Connection,
        who: UserId,
        name: &Name,
        now: u64,
    ) -> Result<(User, bool), Fault> {
        let user = self.user(tx, who, now)?;
        if *user.name == *name.as_str() {
            return Ok((user, false));
        }
        if !self.is_free(tx, name, who, now)? {
            return refused(
                "name_taken",
                "somebody has this name, or one that looks like it; choose another",
            );
        }
        tx.prepare_cached("UPDATE users SET name = ?2 WHERE id = ?1")?
            .execute(params![id(who), name.as_str()])?;
        Ok((user, true))
    }

    /// A name becomes somebody's.
    pub(super) fn own(&mut self, tx: &Connection, who: UserId, name: &Name, now: u64) -> Result<User, Fault> {
        tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([id(who)])?;
        for key in name.keys() {
            tx.prepare_cached("INSERT OR REPLACE INTO names(key, user) VALUES(?1, ?2)")?
                .execute(params![key, id(who)])?;
        }
        self.users.insert(who, Known { name: name.shared(), seen: now });
        Ok(User { id: who, name: name.shared() })
    }

    /// Whether nobody else has a name that looks like this one, or has been away for so long that it is given up.
    pub(super) fn is_free(
        &mut self,
        tx: &Connection,
        name: &Name,
        who: UserId,
        now: u64,
    ) -> rusqlite::Result<bool> {
        let sql = "SELECT users.id, seen FROM names JOIN users ON users.id = names.user WHERE key = ?1";
        for key in name.keys() {
            let owner = tx
                .prepare_cached(sql)?
                .query_row([key], |row| Ok((UserId::new(unsigned(row, 0)?), unsigned(row, 1)?)));
            let Some((owner, seen)) = owner.optional()? else { continue };
            let away = Duration::from_millis(now.saturating_sub(seen));
            if owner != who && away <= self.name_keep {
                return Ok(false);
            }
        }
        // What the absent have of it is theirs no more: no key of theirs may stay behind and claim it back.
        for key in name.keys() {
            let sql = "DELETE FROM names WHERE user = (SELECT user FROM names WHERE key = ?1) AND user <> ?2";
            tx.prepare_cached(sql)?.execute(params![key, id(who)])?;
        }
        Ok(true)
    }

    /// Moves a read marker; gives where it is.
    pub(super) fn mark(
        &mut self,
        tx: &Connection,
        who: UserId,
        room: &RoomName,
        seq: u64,
        now: u64,
    ) -> Result<u64, Fault> {
        self.user(tx, who, now)?;
        let Some(room) = room_id(tx, room)? else { return Ok(0) }; // Nothing was said there yet.
        let sql = "INSERT INTO reads(user, room, seq) VALUES(?1, ?2, ?3) ON CONFLICT(user, room)
                   DO UPDATE SET seq = max(seq, excluded.seq) RETURNING seq";
        let seq = seq.min(self.last());
        Ok(tx.prepare_cached(sql)?.query_row(params![id(who), room, int(seq)], |row| unsigned(row, 0))?)
    }

    /// Forgets people who left no trace but their coming, some at a time; gives how many went.
    pub(super) fn forget_visitors(
        &mut self,
        tx: &Connection,
        before: u64,
        step: usize,
    ) -> rusqlite::Result<usize> {
        let sql = "SELECT id FROM users WHERE seen < ?1
                   AND NOT EXISTS (SELECT 1 FROM entries WHERE user = users.id AND cid IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM reads WHERE user = users.id) LIMIT ?2";
        let mut select = tx.prepare_cached(sql)?;
        let ids = select.query_map(params![int(before), step as i64], |row| row.get::<_, i64>(0))?;
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        for id in &ids {
            tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([id])?;
            tx.prepare_cached("DELETE FROM users WHERE id = ?1")?.execute([id])?;
            self.users.remove(&UserId::new(id.cast_unsigned()));
        }
        Ok(ids.len())
    }
}
