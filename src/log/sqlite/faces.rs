//! Faces in the store: what is kept of each user's, how many have each hue, and a user as they are shown, with their face.

use rusqlite::{Connection, Row, params};

use crate::base::face::Face;
use crate::base::name::Name;
use crate::base::user::{User, UserId};
use crate::log::rules::{self, HueUses, KeptFace};
use crate::log::sqlite::row::{Fault, id, unsigned};
use crate::log::sqlite::users::Users;
use crate::log::sqlite::visitors::{self, Visitors};

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
pub(super) fn hues(connection: &Connection) -> rusqlite::Result<HueUses> {
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
    if let Some(user) = visitors::visitor(visitors, who) {
        return user;
    }
    let is_theirs = "EXISTS (SELECT 1 FROM names WHERE user = ?1)";
    let sql = format!("SELECT id, name, {SHOWN} FROM users u WHERE id = ?1 AND {is_theirs}");
    let select = connection.prepare_cached(&sql);
    let user = select.and_then(|mut select| select.query_row([id(who)], |row| user(row, 0, 1, 2)));
    user.unwrap_or_else(|_| User::new(who, Name::of_guest(who, 0).shared()))
}

impl Users {
    /// Gives somebody the face that they choose.
    pub(super) fn set_face(
        &mut self,
        tx: &Connection,
        who: UserId,
        emoji: Option<&str>,
        hue: Option<u8>,
        at: u64,
    ) -> Result<(), Fault> {
        if who == UserId::GUEST {
            return Err(rules::guest_has_no_face().into());
        }
        if self.see_if_known(tx, who, at)?.is_none() {
            return Err(rules::not_known().into());
        }
        let before = self.look_up(tx, who)?.map(|known| known.face).unwrap_or_default();
        // An emoji that this version does not know is kept all the same, and compared with what is kept.
        let sql =
            "UPDATE users SET own_hue = ?2, emoji = ?3 WHERE id = ?1 AND (own_hue, emoji) IS NOT (?2, ?3)";
        if tx.prepare_cached(sql)?.execute(params![id(who), hue, emoji])? == 0 {
            return Ok(());
        }
        self.forget(who);
        let after = hue.unwrap_or(before.arrival);
        if before.hue() != after {
            count(tx, before.hue(), -1)?;
            count(tx, after, 1)?;
        }
        Ok(())
    }
}
