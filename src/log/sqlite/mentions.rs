//! Whom a message in the store may mention: people who are known, by the name that they have now.

use rusqlite::{Connection, OptionalExtension};

use crate::base::entry::Draft;
use crate::base::user::UserId;
use crate::ledger::record::Mentioned;
use crate::log::rules;
use crate::log::sqlite::row::id;

/// A draft with the mentions that mean the person whom they name.
pub(super) fn settle_mentions(
    tx: &Connection,
    draft: &Draft,
    mentioned: &[Mentioned],
) -> rusqlite::Result<Draft> {
    let mut draft = draft.clone();
    rules::settle_mentions(&mut draft.content, |index, name, who| match mentioned.get(index) {
        Some(mentioned) => is_called(tx, who, name, mentioned),
        None => Ok(false),
    })?;
    Ok(draft)
}

/// Whether a name is somebody's now. It is not when another took it while they were away.
fn is_called(tx: &Connection, who: UserId, name: &str, mentioned: &Mentioned) -> rusqlite::Result<bool> {
    let mut select = tx.prepare_cached("SELECT 1 FROM names WHERE key = ?2 AND user = ?1")?;
    for key in &mentioned.keys {
        if select.exists((id(who), key))? {
            return Ok(true);
        }
    }
    // A name may have come to look like another's, which has the key.
    let sql = "SELECT name = ?2 AND EXISTS (SELECT 1 FROM names WHERE user = ?1) FROM users WHERE id = ?1";
    let is_spelled_so = tx.prepare_cached(sql)?.query_row((id(who), name), |row| row.get(0));
    Ok(is_spelled_so.optional()?.unwrap_or(mentioned.is_visitor))
}
