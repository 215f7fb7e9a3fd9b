//! What people ask of this machine becomes records that all machines judge, or is answered at once.

use crate::base::clock;
use crate::base::error::Error;
use crate::ledger::record::Record;
use crate::log::sqlite::cluster::{Cluster, not_said};
use crate::log::sqlite::job::Job;
use crate::log::sqlite::judge::verdict;
use crate::log::sqlite::proposer::Proposal;
use crate::log::sqlite::store;
use crate::log::sqlite::writer::Writer;

impl Writer {
    /// Has published what somebody asks for; or answers, if nothing is to be written for it.
    pub(super) fn propose(&mut self, cluster: &mut Cluster, mut job: Job) {
        let now = clock::wall_ms();
        let proposal = self.proposer.propose(&self.connection, &mut self.fold, &mut job, now);
        let records = match verdict(proposal) {
            Ok(Ok(Proposal::Answer(outcome))) => return job.answer(outcome),
            Ok(Ok(Proposal::Append(append))) => vec![Record::Append(Box::new(append.clone()))],
            Ok(Ok(Proposal::Records(records))) => records,
            Ok(Err(refusal)) => return job.refuse(|| refusal),
            Err(error) => return self.fail(job, || store::unavailable(&error)),
        };
        if !cluster.is_fresh() {
            return self.fail(job, not_said);
        }
        if records.iter().any(|record| record.rules() > cluster.replica.rules) {
            return self.fail(job, not_known_yet);
        }
        let (mut ticket, mut left) = (Some(job), records.len());
        for record in records {
            left -= 1;
            let of_last = if left == 0 { ticket.take() } else { None };
            if let Err(refused) = cluster.origin.submit(record, of_last) {
                ticket = ticket.or(refused);
                break;
            }
        }
        if let Some(job) = ticket {
            self.fail(job, not_said);
        }
    }

    /// Nothing can be said of it now.
    pub(super) fn fail(&self, job: Job, why: impl FnOnce() -> Error) {
        job.fail(&self.connection, &self.proposer.visitors(), why);
    }
}

fn not_known_yet() -> Error {
    Error::log("not all servers of this chat know this yet: it can be done once all of them are upgraded")
}
