//! A store as a replica: it applies the messages of the ledger's order in the writer's transaction, and keeps in the same
//! transaction how far it has come.

use rusqlite::{Connection, OptionalExtension, params};

#[cfg(feature = "nats")]
use crate::base::limits::RESEED_GAP;
use crate::ledger::follower::{Follower, Stamp};
use crate::ledger::number::{Numbers, position_above};
use crate::ledger::record::{Record, RunId};
use crate::ledger::replica::{self, Applied, Digest, Message, Outcome, State};
use crate::ledger::runs::{Run, Runs};
use crate::log::rules::{FIRST_RULES, RULES};
use crate::log::sqlite::fold::{Fold, last_seq};
use crate::log::sqlite::judge::Verdict;
use crate::log::sqlite::row::{int, unsigned};

/// The place of the store in the order.
#[derive(Debug, Clone)]
pub(super) struct Replica {
    pub(super) follower: Follower,
    pub(super) runs: Runs,
    pub(super) digest: Digest,
    /// The rules that hold.
    pub(super) rules: u16,
    /// The newest rules that this machine knows.
    pub(super) known: u16,
}

/// Why a message is not applied. Nothing of its transaction may be kept, and no message behind it is applied before it is.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The store cannot be read or written now.
    Store(rusqlite::Error),
    /// From here on records are judged by rules that this build does not know.
    NewerRules(u16),
}

impl From<rusqlite::Error> for Stopped {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl Outcome for Verdict {
    fn number(&self) -> u64 {
        *self.as_ref().unwrap_or(&0)
    }

    fn refusal(&self) -> Option<&str> {
        self.as_ref().err().map(|error| error.code().as_str())
    }
}

/// The state that a message is judged by.
struct Judge<'a> {
    tx: &'a Connection,
    fold: &'a mut Fold,
    rules: &'a mut u16,
    known: u16,
}

impl State for Judge<'_> {
    type Outcome = Verdict;
    type Failure = Stopped;

    fn rules(&self) -> u16 {
        *self.rules
    }

    fn judge(&mut self, record: &Record, at: u64, numbers: &mut Numbers) -> Result<Verdict, Stopped> {
        if let Record::Rules(rules) = record {
            if *rules > self.known {
                return Err(Stopped::NewerRules(*rules));
            }
            *self.rules = (*self.rules).max(*rules);
        }
        Ok(self.fold.judge(self.tx, record, at, numbers)?)
    }
}

impl Replica {
    /// The place of the store. One that has applied nothing yet is before the first message whose numbers are above those that
    /// it has: there the order of a chat begins that was on one machine before.
    pub(super) fn open(connection: &Connection) -> rusqlite::Result<Self> {
        connection.execute_batch(include_str!("ledger.sql"))?;
        let sql = "SELECT position, at, run, n, digest, rules FROM ledger";
        let place = connection.query_row(sql, [], |row| {
            let stamp = Stamp {
                run: RunId(row.get::<_, i64>(2)?.cast_unsigned()),
                n: row.get(3)?,
                at: unsigned(row, 1)?,
            };
            // No envelope is a run's zeroth: nothing was applied yet.
            let follower = Follower::at(unsigned(row, 0)?, Some(stamp).filter(|stamp| stamp.n > 0));
            Ok((follower, Digest(row.get::<_, i64>(4)?.cast_unsigned()), row.get(5)?))
        });
        let (follower, digest, rules) = match place.optional()? {
            Some(place) => place,
            None => (Follower::at(before(connection)?, None), Digest::default(), FIRST_RULES),
        };
        let mut select = connection.prepare("SELECT run, high, last, closed FROM runs")?;
        let runs = select.query_map([], |row| {
            let run = Run { high: row.get(1)?, last: unsigned(row, 2)?, is_closed: row.get(3)? };
            Ok((RunId(row.get::<_, i64>(0)?.cast_unsigned()), run))
        })?;
        let runs = Runs::of(runs.collect::<rusqlite::Result<Vec<_>>>()?);
        Ok(Self { follower, runs, digest, rules, known: RULES })
    }

    /// Applies a message in a transaction. The follower has heard it.
    ///
    /// # Errors
    /// Why the order does not go on here: the transaction is rolled back, and the replica is opened anew.
    pub(super) fn apply<'a>(
        &mut self,
        tx: &Connection,
        fold: &mut Fold,
        message: Message<'a>,
    ) -> Result<Option<Applied<'a, Verdict>>, Stopped> {
        let Self { runs, digest, rules, known, .. } = self;
        replica::apply(runs, digest, &mut Judge { tx, fold, rules, known: *known }, message)
    }

    /// Writes where the store is now: in the same transaction as what was applied, all of it.
    pub(super) fn save(&mut self, tx: &Connection) -> rusqlite::Result<()> {
        let position = self.follower.position();
        let mut delete = tx.prepare_cached("DELETE FROM runs WHERE run = ?1")?;
        for run in self.runs.prune(position) {
            delete.execute([run.0.cast_signed()])?;
        }
        let sql = "INSERT OR REPLACE INTO runs(run, high, last, closed) VALUES(?1, ?2, ?3, ?4)";
        let mut insert = tx.prepare_cached(sql)?;
        for (RunId(run), Run { high, last, is_closed }) in self.runs.take_changed() {
            insert.execute(params![run.cast_signed(), high, int(last), is_closed])?;
        }
        let Some(Stamp { run, n, at }) = self.follower.last() else { return Ok(()) };
        let sql = "INSERT OR REPLACE INTO ledger(id, position, at, run, n, digest, rules)
                   VALUES(0, ?1, ?2, ?3, ?4, ?5, ?6)";
        let (run, digest) = (run.0.cast_signed(), self.digest.0.cast_signed());
        tx.prepare_cached(sql)?.execute(params![int(position), int(at), run, n, digest, self.rules]).map(drop)
    }
}

/// The position before the first message of a chat that was on one machine until now: the numbers that messages behind it give are
/// above those that the chat has.
fn before(connection: &Connection) -> rusqlite::Result<u64> {
    Ok(position_above(last_seq(connection)?) - 1)
}

/// Notes that a store is a copy of a chat on many machines which has applied nothing of its stream yet; gives the position before
/// the first message. That is never 0: an order that begins with its first message has the whole chat. A copy that has applied
/// another stream begins far behind that one.
#[cfg(feature = "nats")]
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<u64> {
    connection.execute_batch(include_str!("ledger.sql"))?;
    let sql = "SELECT position, n = 0 FROM ledger";
    let place = connection.query_row(sql, [], |row| Ok((unsigned(row, 0)?, row.get(1)?))).optional()?;
    let before = match place {
        Some((position, true)) => return Ok(position),
        Some((position, false)) => before(connection)?.max(position) + RESEED_GAP,
        None => before(connection)?.max(1),
    };
    let transaction = connection.unchecked_transaction()?;
    transaction.execute("DELETE FROM runs", [])?;
    let sql = "INSERT OR REPLACE INTO ledger(id, position, at, run, n, digest, rules) VALUES(0, ?1, 0, 0, 0, 0, ?2)";
    transaction.execute(sql, params![int(before), RULES])?;
    transaction.commit()?;
    Ok(before)
}

#[cfg(test)]
pub(super) mod tests;
