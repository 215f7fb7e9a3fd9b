//! Faces in the store: what is kept of each user's, how many have each hue, and a user as they are shown, with their face.

use rusqlite::{Connection, Row, params};

use crate::base::face::Face;
use crate::base::name::Name;
use crate::base::user::{User, UserId};
use crate::log::rules::{self, HueUses, KeptFace};
use crate::log::sqlite::row::{Fault, id, unsigned};
use crate::log::sqlite::users::{Users, Visitors};

/// The columns of a user `u` that [`shown`] reads, in this order.
pub(super) const SHOWN: &str = "u.emoji, coalesce(u.own_hue, u.hue)";

/// The columns of `users` that [`kept`] reads, in this order.
pub(super) const KEPT: &str = "hue, own_hue, emoji";

/// Reads [`SHOWN`] from the column `first` on. An export of an earlier version's store has no hues.
pub(super) fn shown(row: &Row<'_>, first: usize) -> rusqlite::Result<Face> {
    Ok(Face::stored(row.get_ref(first)?.as_str_or_null()?, row.get(first + 1)?))
}

/// Reads [`KEPT`] from the column `first` on.
pub(super) fn kept(row: &Row<'_>, first: usize) -> rusqlite::Result<KeptFace> {
    let arrival = Face::stored(None, row.get(first)?).hue().unwrap_or_default();
    Ok(KeptFace {
        arrival,
        chosen: Face::stored(row.get_ref(first + 2)?.as_str_or_null()?, row.get(first + 1)?),
    })
}

/// Reads a user: an id, a name that may be missing, and [`SHOWN`], each from its column on.
pub(super) fn user(row: &Row<'_>, who: usize, name: usize, face: usize) -> rusqlite::Result<User> {
    Ok(match UserId::new(unsigned(row, who)?) {
        UserId::GUEST => User::guest(),
        id => User::new(id, row.get_ref(name)?.as_str_or_null()?.unwrap_or_default()).with(shown(row, face)?),
    })
}

/// How many of those who have a row have each hue.
fn hues(connection: &Connection) -> rusqlite::Result<HueUses> {
    let mut uses = HueUses::default();
    let mut select = connection.prepare_cached("SELECT hue, users FROM hues")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        uses.add(unsigned(row, 0)? as usize, row.get(1)?);
    }
    Ok(uses)
}

/// Counts somebody who has a row among those of their hue: in, by 1, or out, by -1.
pub(super) fn count(tx: &Connection, hue: u8, by: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO hues(hue, users) VALUES(?1, max(?2, 0))
               ON CONFLICT(hue) DO UPDATE SET users = max(users + ?2, 0)";
    tx.prepare_cached(sql)?.execute(params![hue, by]).map(drop)
}

/// Somebody as far as it is known without writing: by the name that is theirs, or by that of a guest.
pub(super) fn without_writing(connection: &Connection, visitors: &Visitors, who: UserId) -> User {
    if let Some(user) = visitor(visitors, who) {
        return user;
    }
    let is_theirs = "EXISTS (SELECT 1 FROM names WHERE user = ?1)";
    let sql = format!("SELECT id, name, {SHOWN} FROM users u WHERE id = ?1 AND {is_theirs}");
    let select = connection.prepare_cached(&sql);
    let user = select.and_then(|mut select| select.query_row([id(who)], |row| user(row, 0, 1, 2)));
    user.unwrap_or_else(|_| User::new(who, Name::of_guest(who, 0).shared()))
}

/// Somebody who has no row, as others see them.
pub(super) fn visitor(visitors: &Visitors, who: UserId) -> Option<User> {
    let mut visitors = visitors.lock();
    let face = visitors.face(who)?;
    visitors.get(who).map(|(name, _)| User::new(who, name.shared()).with(face.shown()))
}

impl Users {
    /// What is kept of somebody's face.
    pub(super) fn face(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<KeptFace> {
        Ok(self.look_up(tx, who)?.map(|known| known.face).unwrap_or_default())
    }

    /// The face of somebody who is new.
    pub(super) fn newcomers_face(&self, tx: &Connection) -> rusqlite::Result<KeptFace> {
        let mut uses = hues(tx)?;
        let visitors = self.visitors.lock();
        for (hue, count) in visitors.hues().0.into_iter().enumerate() {
            uses.add(hue, count);
        }
        // They have a row by now, and are counted with it.
        for face in self.registered.iter().filter_map(|who| visitors.face(*who)) {
            uses.count(face, -1);
        }
        Ok(rules::newcomers_face(&uses))
    }

    /// Gives somebody the face that they choose. A visitor gets a row by it.
    pub(super) fn set_face(
        &mut self,
        tx: &Connection,
        who: UserId,
        chosen: Face,
        now: u64,
    ) -> Result<User, Fault> {
        let user = self.user(tx, who, now)?;
        let before = self.face(tx, who)?;
        match rules::face_after(who, before, chosen)? {
            None => Ok(user),
            Some(after) => {
                self.keep_face(tx, who, before, after)?;
                Ok(user.with(after.shown()))
            }
        }
    }

    /// Keeps another face of somebody who has a row.
    pub(super) fn keep_face(
        &mut self,
        tx: &Connection,
        who: UserId,
        before: KeptFace,
        after: KeptFace,
    ) -> rusqlite::Result<()> {
        let sql = "UPDATE users SET hue = ?2, own_hue = ?3, emoji = ?4 WHERE id = ?1";
        let KeptFace { arrival, chosen } = after;
        tx.prepare_cached(sql)?.execute(params![id(who), arrival, chosen.hue(), chosen.emoji()])?;
        if before.hue() != after.hue() {
            count(tx, before.hue(), -1)?;
            count(tx, after.hue(), 1)?;
        }
        self.known.remove(&who);
        Ok(())
    }
}
