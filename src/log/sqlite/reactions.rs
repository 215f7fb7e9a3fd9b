//! Reactions to messages: each by itself, and counted by kind, so that neither reacting nor reading costs more for the number
//! of people who did.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::entry::{Content, Draft};
use crate::base::limits::REACTIONS_AT_ONCE;
use crate::log::rules;
use crate::log::sqlite::fold::{Fold, Moment, Outcome};
use crate::log::sqlite::row::{Fault, id, int, unsigned};

impl Fold {
    /// Takes a reaction into the log, or that it is taken back. Its message is there.
    pub(super) fn react(
        &mut self,
        tx: &Connection,
        draft: &Draft,
        (target, emoji, on): (u64, &str, bool),
        spellings: &[Box<str>],
        moment: &mut Moment<'_>,
    ) -> Result<Outcome, Fault> {
        let emoji = spelling_on(tx, target, emoji, spellings)?;
        let draft = &Draft { content: Content::Reacted { target, emoji: emoji.into(), on }, ..draft.clone() };
        let values = params![int(target), emoji, id(draft.by)];
        let sql = "SELECT seq FROM reactions WHERE message = ?1 AND emoji = ?2 AND user = ?3";
        let before = tx.prepare_cached(sql)?.query_row(values, |row| unsigned(row, 0)).optional()?;
        if before.is_some() == on {
            return Ok(Outcome::Again(self.last()));
        }
        if before.is_some_and(|given| rules::is_changed_since(draft, given)) {
            return Err(rules::outdated().into());
        }
        if on {
            let sql = "SELECT count(*) FROM reaction_kinds WHERE message = ?1 AND emoji <> ?2";
            let others =
                tx.prepare_cached(sql)?.query_row(params![int(target), emoji], |row| unsigned(row, 0))?;
            rules::check_reaction_kinds(others)?;
        }
        let outcome = self.change(tx, draft, target, moment)?;
        let seq = int(self.last());
        if on {
            let sql = "INSERT INTO reactions(message, emoji, user, seq) VALUES(?1, ?2, ?3, ?4)";
            tx.prepare_cached(sql)?.execute(params![int(target), emoji, id(draft.by), seq])?;
            let sql = "INSERT INTO reaction_kinds(message, emoji, count, first) VALUES(?1, ?2, 1, ?3)
                       ON CONFLICT(message, emoji) DO UPDATE SET count = count + 1";
            tx.prepare_cached(sql)?.execute(params![int(target), emoji, seq])?;
        } else {
            let sql = "DELETE FROM reactions WHERE message = ?1 AND emoji = ?2 AND user = ?3";
            tx.prepare_cached(sql)?.execute(values)?;
            let values = params![int(target), emoji];
            let sql = "DELETE FROM reaction_kinds WHERE message = ?1 AND emoji = ?2 AND count = 1";
            if tx.prepare_cached(sql)?.execute(values)? == 0 {
                let sql = "UPDATE reaction_kinds SET count = count - 1 WHERE message = ?1 AND emoji = ?2";
                tx.prepare_cached(sql)?.execute(values)?;
            }
        }
        Ok(outcome)
    }
}

/// How an emoji is spelled on a message: as it stands there already, where an earlier version kept another spelling.
fn spelling_on<'a>(
    tx: &Connection,
    message: u64,
    emoji: &'a str,
    spellings: &'a [Box<str>],
) -> rusqlite::Result<&'a str> {
    let sql = "SELECT 1 FROM reaction_kinds WHERE message = ?1 AND emoji = ?2";
    let mut select = tx.prepare_cached(sql)?;
    let mut is_there = |emoji: &str| select.exists(params![int(message), emoji]);
    if !is_there(emoji)? {
        for other in spellings {
            if is_there(other)? {
                return Ok(other);
            }
        }
    }
    Ok(emoji)
}

/// Takes the reactions from a message that goes; those of a crowd are left to maintenance.
pub(super) fn erase_reactions(tx: &Connection, message: u64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM reaction_kinds WHERE message = ?1 RETURNING count";
    let mut delete = tx.prepare_cached(sql)?;
    let counts = delete.query_map([int(message)], |row| unsigned(row, 0))?;
    let count = counts.sum::<rusqlite::Result<u64>>()?;
    if count > REACTIONS_AT_ONCE {
        tx.prepare_cached("INSERT OR IGNORE INTO erasing(message) VALUES(?1)")?.execute([int(message)])?;
    } else if count > 0 {
        tx.prepare_cached("DELETE FROM reactions WHERE message = ?1")?.execute([int(message)])?;
    }
    Ok(())
}
