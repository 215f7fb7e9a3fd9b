//! The message that an entry is about: a change of it, or a reply.

use rusqlite::{Connection, OptionalExtension};

use crate::base::rights::{Role, Standing};
use crate::base::user::UserId;
use crate::log::rules::Target;
use crate::log::sqlite::fold::Fold;
use crate::log::sqlite::row::{int, unsigned};

/// A message that an entry is about, as the store has it.
#[derive(Debug)]
pub(super) struct TargetRow {
    pub(super) target: Target,
    /// The root of the thread that it is a reply in.
    pub(super) root: Option<u64>,
    pub(super) room: i64,
    pub(super) text_bytes: usize,
}

pub(super) fn target_row(
    tx: &Connection,
    room: Option<i64>,
    seq: u64,
) -> rusqlite::Result<Option<TargetRow>> {
    let Some(room) = room else { return Ok(None) };
    let sql = "SELECT user, coalesce(deleted, 0), coalesce(octet_length(text), 0), root
               FROM entries LEFT JOIN changes USING (seq) WHERE seq = ?1 AND room = ?2 AND kind = 0";
    let row = tx.prepare_cached(sql)?.query_row([int(seq), room], |row| {
        let (author, is_deleted) = (UserId::new(unsigned(row, 0)?), row.get(1)?);
        let target = Target { author, is_deleted, is_moderated: false };
        let root = row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
        Ok(TargetRow { target, root, room, text_bytes: unsigned(row, 2)? as usize })
    });
    row.optional()
}

impl Fold {
    /// The message that somebody's entry is about.
    pub(super) fn target(
        &mut self,
        tx: &Connection,
        room: Option<i64>,
        seq: u64,
        own: Standing,
    ) -> rusqlite::Result<Option<TargetRow>> {
        let Some(mut row) = target_row(tx, room, seq)? else { return Ok(None) };
        if own.role > Role::Guest {
            row.target.is_moderated = own.moderates(&self.users.standing(tx, row.target.author)?);
        }
        Ok(Some(row))
    }
}
