//! JetStream as the engine: the order is a stream of one nats-server or of a cluster of them, which others run. A message's position is
//! its sequence in the stream.
//!
//! Nothing rests on what the stream promises beyond its order. An acknowledgement is not waited for, as what is heard of the stream is
//! acknowledged; the window for duplicates spares work and decides nothing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_nats::Client;
use async_nats::connection::State;
use async_nats::jetstream::context::{ContextBuilder, PublishError, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::Config;
use async_nats::jetstream::{self, Context, ErrorCode};
use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use crate::base::error::Error;
use crate::base::limits::{
    ENGINE_WAIT, NATS_PING_PERIOD, NATS_START_WAIT, STREAM_BYTES_MIN, TOPIC_TAG_BYTES,
};
use crate::ledger::engine::{Engine, Event, Extent, Hear, HearTopic};
use crate::ledger::origin::Publish;

mod checks; // what the servers are, and what a receipt means therefore
mod connection; // the way to the servers
mod feed; // the stream, from a position on
mod snapshots; // copies of a store, in the object store
mod stream; // the stream as it is made and grows
mod status; // the stream and its machines, for whoever runs them
mod topics; // what machines say beside the order

use connection::Refusal;
use topics::Topics;

pub use status::{ClusterStatus, MachineStatus};

/// The NATS servers that the machines of a chat have in common, and the way to them.
#[derive(Clone)]
#[non_exhaustive]
pub struct Nats {
    /// Addresses of servers, like `nats://10.0.0.1:4222` or `tls://user:password@nats.example.org`. The others of a cluster are
    /// found by one of them.
    pub servers: Vec<String>,
    /// A file of credentials, as `nsc` writes it.
    pub credentials: Option<PathBuf>,
    /// A file of certificates (PEM) that a server's is checked by, beside those that the system trusts.
    pub certificates: Option<PathBuf>,
    /// The chat's name among all that these servers have: letters, digits, `-` and `_`.
    pub prefix: String,
    /// Servers that keep a copy of the stream: 1, 3 or 5. None: three where there are so many, or else one.
    pub replicas: Option<usize>,
    /// Addresses of the servers' monitoring ports, like `http://10.0.0.1:8222`, which are asked whether they sync each message.
    pub monitors: Vec<String>,
    /// Bytes of the stream, after which it takes no more. Each server reserves so many on its disk. A stream that has fewer gets
    /// so many. None: 8 GiB, or as it is.
    pub bytes: Option<u64>,
}

/// Its servers' addresses may have passwords.
impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nats").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Nats {
    /// The chat with the usual name on servers.
    pub fn new(servers: impl IntoIterator<Item = String>) -> Self {
        Self {
            servers: servers.into_iter().collect(),
            credentials: None,
            certificates: None,
            prefix: "chinwag".into(),
            replicas: None,
            monitors: Vec::new(),
            bytes: None,
        }
    }
}

/// A machine's way to the stream.
pub(crate) struct JetStream {
    client: Client,
    context: Context,
    runtime: Handle,
    /// The name of the stream, of the bucket of its snapshots, and the first part of all subjects.
    prefix: String,
    /// Tells what this machine says on a topic from what others say.
    tag: [u8; TOPIC_TAG_BYTES],
    topics: Topics,
    replicas: Option<usize>,
    bytes: Option<u64>,
    monitors: Vec<String>,
    refusal: Refusal,
    promise: Mutex<Option<Arc<str>>>,
    /// By what is sent here.
    written: Arc<Mutex<Option<Written>>>,
    feed: Mutex<Option<Feed>>,
}

/// A message of this machine that the stream has taken, or had taken before. It was not heard when it was sent; so it has its place
/// behind what was applied then, if the order is the same. A leader whom the others have left takes none.
#[derive(Clone, Copy)]
struct Written {
    sent: Instant,
    position: u64,
}

/// The listener of the stream.
struct Feed {
    task: AbortHandle,
    heard: Hear,
}

impl fmt::Debug for JetStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JetStream").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl JetStream {
    /// Connects to the servers. Where none answers yet, it goes on trying: what a machine has is read meanwhile.
    ///
    /// # Errors
    /// The options cannot be meant, or the credentials cannot be read.
    pub(crate) async fn connect(nats: &Nats) -> Result<Self, Error> {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if nats.prefix.is_empty() || !nats.prefix.chars().all(is_of_name) {
            return Err(Error::log(format!(
                "'{}' is no name for a chat among others on NATS: letters, digits, - and _ are allowed",
                nats.prefix
            )));
        }
        if let Some(bytes) = nats.bytes.filter(|bytes| *bytes < STREAM_BYTES_MIN) {
            return Err(Error::log(format!(
                "a stream of {bytes} bytes is too small: it has at least {STREAM_BYTES_MIN}"
            )));
        }
        let (client, refusal) = connection::connect(nats).await?;
        let context = ContextBuilder::new().timeout(ENGINE_WAIT).build(client.clone());
        let mut tag = [0; TOPIC_TAG_BYTES];
        getrandom::fill(&mut tag).map_err(|error| Error::log(format!("no random numbers: {error}")))?;
        let topics = Topics::start(client.clone(), tag);
        Ok(Self {
            topics,
            client,
            context,
            runtime: Handle::current(),
            prefix: nats.prefix.clone(),
            tag,
            replicas: nats.replicas,
            bytes: nats.bytes,
            monitors: nats.monitors.clone(),
            refusal,
            promise: Mutex::default(),
            written: Arc::default(),
            feed: Mutex::default(),
        })
    }

    /// Completes once a server answers.
    ///
    /// # Errors
    /// None does in time, or one does not let this machine in.
    async fn connected(&self) -> Result<(), Error> {
        let connected = async {
            while self.client.connection_state() != State::Connected && !self.is_refused() {
                tokio::time::sleep(NATS_START_WAIT / 1_000).await;
            }
        };
        let answered = tokio::time::timeout(NATS_START_WAIT, connected).await;
        match (*self.refusal.lock(), answered) {
            (Some(refusal), _) => Err(Error::log(refusal)),
            (None, Ok(())) => Ok(()),
            (None, Err(_)) => Err(Error::log(format!(
                "no NATS server answers within {} s: check that it runs, its address, and for tls:// its certificate (--nats-ca)",
                NATS_START_WAIT.as_secs()
            ))),
        }
    }

    /// Whether the servers do not let this machine in.
    pub(crate) fn is_refused(&self) -> bool {
        self.refusal.lock().is_some()
    }

    /// Makes the stream when it is not there, and says what it promises.
    ///
    /// # Errors
    /// No server answers in time, or it is too old, or refuses the stream: in words.
    pub(crate) async fn open(&self) -> Result<(), Error> {
        self.connected().await?;
        let stream = match self.context.get_stream(&self.prefix).await {
            Ok(stream) => stream::grow(self, stream).await?,
            Err(_) => stream::make(self, None).await?,
        };
        let promise = self.check(&stream.cached_info().config).await?;
        promise.lines().for_each(|line| tracing::info!("{line}"));
        *self.promise.lock() = Some(promise.into());
        Ok(())
    }

    /// Says what a receipt means with the servers as they are.
    ///
    /// # Errors
    /// They are too old.
    async fn check(&self, config: &Config) -> Result<String, Error> {
        checks::promise(&self.client.server_info().version, config, &self.monitors).await
    }

    /// Goes on opening the stream, whose servers did not answer at the start, until it is open.
    pub(crate) fn open_later(engine: &Arc<Self>) {
        let (engine, runtime) = (Arc::downgrade(engine), engine.runtime.clone());
        runtime.spawn(async move {
            while let Some(engine) = engine.upgrade() {
                if engine.client.connection_state() == State::Connected && engine.open().await.is_ok() {
                    return;
                }
                drop(engine);
                tokio::time::sleep(NATS_PING_PERIOD).await;
            }
        });
    }

    /// Makes the stream of a chat that was on one machine until now, which begins at a position.
    ///
    /// # Errors
    /// No server answers in time, or refuses the stream; or there is one already, in which something was said.
    pub(crate) async fn found(&self, first: u64) -> Result<(), Error> {
        self.connected().await?;
        if let Ok(stream) = self.context.get_stream(&self.prefix).await {
            let state = &stream.cached_info().state;
            if state.messages == 0 && state.last_sequence + 1 == first {
                return Ok(());
            }
            // One that nothing was ever said in is of a machine that did not begin.
            if state.last_sequence > 0 {
                return Err(Error::log(format!(
                    "NATS has a chat with the name '{}' already: choose another with --nats-prefix",
                    self.prefix
                )));
            }
            self.context.delete_stream(&self.prefix).await.map_err(|error| unreachable(&error))?;
        }
        stream::make(self, Some(first)).await.map(drop)
    }

    fn topic(&self, topic: &str) -> String {
        format!("{}.room.{topic}", self.prefix)
    }

    fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }
}

impl Engine for JetStream {
    fn append(&self, publish: Publish) {
        // A message that waits for a connection in the client would land long after it was given up.
        if self.client.connection_state() != State::Connected {
            return;
        }
        let (context, subject) = (self.context.clone(), format!("{}.log.0", self.prefix));
        let heard = self.feed.lock().as_ref().map(|feed| Arc::clone(&feed.heard));
        let (written, sent) = (Arc::clone(&self.written), Instant::now());
        let Publish { id, bytes } = publish;
        self.runtime.spawn(async move {
            let message = PublishMessage::build().payload(bytes.into()).message_id(&id);
            let acknowledged = match context.send_publish(subject, message).await {
                Ok(acknowledged) => acknowledged.await,
                Err(error) => Err(error),
            };
            match acknowledged {
                Err(error) if is_refusal(&error) => {
                    tracing::warn!(%error, "NATS does not take what this machine wants to say");
                    if let Some(heard) = heard {
                        heard(Event::Refused(id));
                    }
                }
                // It is published again until it is heard.
                Err(error) => tracing::debug!(%error, id, "not acknowledged"),
                Ok(ack) => *written.lock() = Some(Written { sent, position: ack.sequence }),
            }
        });
    }

    fn follow(&self, from: u64, heard: Hear) {
        let (context, stream) = (self.context.clone(), self.prefix.clone());
        let task = self
            .runtime
            .spawn(feed::run(context, stream, from, Arc::clone(&heard), Arc::clone(&self.written)))
            .abort_handle();
        if let Some(before) = self.feed.lock().replace(Feed { task, heard }) {
            before.task.abort();
        }
    }

    fn extent(&self) -> Result<Extent, Error> {
        self.wait(async {
            let stream = self.context.get_stream(&self.prefix).await.map_err(|error| unreachable(&error))?;
            let (state, config) = (&stream.cached_info().state, &stream.cached_info().config);
            // One without a bound has none below 0.
            let bytes_max = u64::try_from(config.max_bytes).unwrap_or(u64::MAX);
            Ok(Extent { first: state.first_sequence.max(1), bytes: state.bytes, bytes_max })
        })
    }

    fn trim(&self, before: u64) -> Result<(), Error> {
        self.wait(async {
            let stream = self.context.get_stream_no_info(&self.prefix).await;
            let stream = stream.map_err(|error| unreachable(&error))?;
            stream.purge().sequence(before).await.map(drop).map_err(|error| unreachable(&error))
        })
    }

    fn put_snapshot(&self, position: u64, file: &Path) -> Result<(), Error> {
        self.wait(snapshots::put(self, position, file))
    }

    fn snapshots(&self) -> Result<Vec<u64>, Error> {
        self.wait(snapshots::list(self))
    }

    fn get_snapshot(&self, position: u64, to: &Path) -> Result<(), Error> {
        self.wait(snapshots::get(self, position, to))
    }

    fn promise(&self) -> Option<Arc<str>> {
        self.promise.lock().clone()
    }

    fn shout(&self, topic: &str, said: Vec<u8>) {
        if self.client.connection_state() != State::Connected {
            return;
        }
        let said = [&self.tag[..], &said].concat();
        self.topics.say(self.topic(topic), said.into());
    }

    fn hear(&self, topic: &str, heard: Option<HearTopic>) {
        self.topics.hear(self.topic(topic), heard, &self.runtime);
    }
}

impl Drop for JetStream {
    fn drop(&mut self) {
        self.feed.lock().take().into_iter().for_each(|feed| feed.task.abort());
    }
}

/// Whether it is certain that no copy of a message was taken: there is no room for it.
fn is_refusal(error: &PublishError) -> bool {
    let code = std::error::Error::source(error)
        .and_then(|error| error.downcast_ref::<jetstream::Error>())
        .map(jetstream::Error::error_code);
    let is_full = [
        ErrorCode::STREAM_STORE_FAILED,
        ErrorCode::STORAGE_RESOURCES_EXCEEDED,
        ErrorCode::INSUFFICIENT_RESOURCES,
    ];
    error.kind() == PublishErrorKind::MaxPayloadExceeded || code.is_some_and(|code| is_full.contains(&code))
}

fn unreachable(error: &dyn fmt::Display) -> Error {
    Error::log(format!("NATS does not answer: {error}"))
}

#[cfg(test)]
pub(crate) mod tests;
