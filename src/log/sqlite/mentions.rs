//! Whom a message in the store may mention: people who are known, by the name that they have now.

use rusqlite::{Connection, OptionalExtension};

use crate::base::entry::Draft;
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::log::rules;
use crate::log::sqlite::fold::{Fold, Outcome};
use crate::log::sqlite::row::{Fault, id};
use crate::log::sqlite::users::Visitors;

impl Fold {
    /// Takes what somebody says into the log, with the mentions that mean the person whom they name.
    pub(super) fn send(&mut self, tx: &Connection, draft: &Draft, at: u64) -> Result<Outcome, Fault> {
        if draft.content.mentions().is_empty() {
            return self.append(tx, draft, at);
        }
        let (mut draft, visitors) = (draft.clone(), self.users.visitors());
        rules::settle_mentions(&mut draft.content, |name, who| {
            let has = name_of(tx, &visitors, who)?;
            Ok::<_, rusqlite::Error>(has.is_some_and(|has| rules::is_called(&has, name)))
        })?;
        self.append(tx, &draft, at)
    }
}

/// The name that is somebody's now. None when they are not known, and when another took it while they were away.
fn name_of(tx: &Connection, visitors: &Visitors, who: UserId) -> rusqlite::Result<Option<Name>> {
    let sql = "SELECT name FROM users WHERE id = ?1 AND EXISTS (SELECT 1 FROM names WHERE user = ?1)";
    let name =
        tx.prepare_cached(sql)?.query_row([id(who)], |row| Ok(Name::stored(row.get_ref(0)?.as_str()?)));
    match name.optional()? {
        Some(name) => Ok(Some(name)),
        None => Ok(visitors.lock().get(who).map(|(name, _)| name.clone())),
    }
}
