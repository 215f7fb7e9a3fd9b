//! The state of a chat on many machines, as the stream tells it: for whoever runs it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::{JetStream, Nats, unreachable};
use crate::base::error::Error;
use crate::base::limits::BEAT_PERIOD;
use crate::ledger::engine::{Engine, Event};
use crate::ledger::envelope::Envelope;
use crate::ledger::record::{Beat, Record};

/// The stream of a chat, its snapshots, and the machines that were heard.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ClusterStatus {
    /// The version of the NATS server that answered.
    pub server: String,
    /// Servers that keep a copy of the stream.
    pub replicas: usize,
    /// What a receipt means with the servers, and what whoever runs them should know, as lines.
    pub promise: String,
    /// The position of the first message that the stream still has.
    pub first: u64,
    /// The position of its last message.
    pub last: u64,
    /// Bytes of the stream.
    pub bytes: u64,
    /// The positions of the snapshots, the oldest first.
    pub snapshots: Vec<u64>,
    /// The machines that were heard.
    pub machines: Vec<MachineStatus>,
}

/// A machine, by its newest sign of life.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct MachineStatus {
    /// Its number, which is another one after each start.
    pub machine: u64,
    /// The position that it had applied.
    pub position: u64,
    /// The digest of all that it had come to there: at one position, all machines have the same.
    pub digest: u64,
    /// The newest rules that its build knows.
    pub rules: u16,
}

impl ClusterStatus {
    /// Time for which the machines are listened to: each is heard once in it.
    pub const LISTENS: Duration = Duration::from_secs(BEAT_PERIOD.as_secs() + 1);

    /// Whether two machines have come to something else by the same messages. Only those that are heard at one position can be
    /// compared; each machine compares itself with all others all the time.
    pub fn differs(&self) -> bool {
        let of = |machine: &MachineStatus| (machine.position, machine.digest);
        self.machines
            .iter()
            .any(|one| self.machines.iter().any(|other| of(one).0 == of(other).0 && of(one).1 != of(other).1))
    }
}

impl Nats {
    /// Asks for the state of the chat. Listens to its machines for [`ClusterStatus::LISTENS`].
    ///
    /// # Errors
    /// No server answers, or the chat has no stream there.
    pub async fn status(&self) -> Result<ClusterStatus, Error> {
        let engine = JetStream::connect(self).await?;
        engine.connected().await?;
        let stream = engine.context.get_stream(&engine.prefix).await;
        let stream = stream.map_err(|error| {
            Error::log(format!("NATS has no chat with the name '{}': {error}", engine.prefix))
        })?;
        let info = stream.get_info().await.map_err(|error| unreachable(&error))?;
        let (tell, mut events) = mpsc::unbounded_channel();
        let from = info.state.last_sequence + 1;
        engine.follow(from, Arc::new(move |event| tell.send(event).is_ok()));
        let (mut machines, until) = (BTreeMap::<u64, Beat>::new(), Instant::now() + ClusterStatus::LISTENS);
        let mut last = info.state.last_sequence;
        while let Ok(Some(event)) = timeout_at(until, events.recv()).await {
            let Event::Message { position, bytes, .. } = event else { continue };
            last = position;
            let records = Envelope::parse(&bytes).ok().and_then(|envelope| envelope.records(u16::MAX).ok());
            for record in records.into_iter().flatten() {
                if let Record::Beat(beat) = record {
                    machines.insert(beat.machine, beat);
                }
            }
        }
        let snapshots = super::snapshots::list(&engine).await?;
        let machines = machines.into_values().map(|beat| MachineStatus {
            machine: beat.machine,
            position: beat.position,
            digest: beat.digest,
            rules: beat.rules,
        });
        Ok(ClusterStatus {
            promise: engine.check(&info.config).await.unwrap_or_else(|error| error.to_string()),
            server: engine.client.server_info().version,
            replicas: info.config.num_replicas,
            first: info.state.first_sequence,
            last,
            bytes: info.state.bytes,
            snapshots,
            machines: machines.collect(),
        })
    }
}
