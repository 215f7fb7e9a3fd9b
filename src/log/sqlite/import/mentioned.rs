//! Whom the messages of a file mention: those of them who are people here once all of the file is read. A message is older
//! than the name that somebody has now, so nothing but the id tells who they are.

use std::convert::Infallible;

use rusqlite::{OptionalExtension, params};

use super::Import;
use crate::base::entry::{Content, Mentions};
use crate::base::user::UserId;
use crate::log::rules;
use crate::log::sqlite::entry_row;
use crate::log::sqlite::row::{id, int, unsigned};
use crate::wire::protocol::mentions;

/// Messages that mention somebody who may not be known here.
pub(super) const TABLE: &str = "CREATE TEMP TABLE mentioning(seq INTEGER PRIMARY KEY);";

impl Import<'_> {
    /// Leaves a content of the file those of its mentions whose name is in the text.
    pub(super) fn leave_mentions(content: &mut Content) {
        let Ok(()) = rules::settle_mentions(content, |_, _, _| Ok::<_, Infallible>(true));
    }

    /// Notes that a message has the mentions of a content.
    pub(super) fn note_mentions(&self, seq: u64, content: &Content) -> rusqlite::Result<()> {
        if !content.mentions().is_empty() {
            let sql = "INSERT OR IGNORE INTO mentioning(seq) VALUES(?1)";
            self.tx.prepare_cached(sql)?.execute([int(seq)])?;
        }
        Ok(())
    }

    /// The file is over: who is not known by now is mentioned no more.
    pub(super) fn settle_mentions(&self) -> rusqlite::Result<()> {
        let mut select = self.tx.prepare("SELECT seq FROM mentioning ORDER BY seq")?;
        for seq in select.query_map([], |row| unsigned(row, 0))? {
            self.settle_mentions_of(seq?)?;
        }
        Ok(())
    }

    fn settle_mentions_of(&self, seq: u64) -> rusqlite::Result<()> {
        let sql = "SELECT mentions FROM entries WHERE seq = ?1 AND mentions IS NOT NULL";
        let text = self.tx.prepare_cached(sql)?.query_row([int(seq)], |row| row.get::<_, String>(0));
        // One that was edited or deleted later in the file mentions nobody any more.
        let Some(text) = text.optional()? else { return Ok(()) };
        let (mentions, mut known) = (mentions::from_text(&text), Vec::new());
        for (name, who) in mentions.iter() {
            if self.is_known(who)? {
                known.push((name, who));
            }
        }
        if known.len() < mentions.len() {
            let known: Mentions = known.into_iter().collect();
            self.tx
                .prepare_cached("UPDATE entries SET mentions = ?2 WHERE seq = ?1")?
                .execute(params![int(seq), entry_row::mentions(&known)])?;
        }
        Ok(())
    }

    fn is_known(&self, who: UserId) -> rusqlite::Result<bool> {
        self.tx.prepare_cached("SELECT 1 FROM users WHERE id = ?1")?.exists([id(who)])
    }
}
