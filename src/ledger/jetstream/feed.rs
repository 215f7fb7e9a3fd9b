//! The feed: the messages of the stream from a position on, by a consumer of our own. It ends at the first doubt, and is asked for anew:
//! whoever asks begins *at* what it knows, and sees whether that is still there. (The crate's ordered consumer begins at the first
//! message of the stream when its connection is lost before it has told one.)

use std::convert::Infallible;
use std::sync::Arc;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, push};
use async_nats::jetstream::{self, Context};
use async_nats::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use futures_util::StreamExt;
use parking_lot::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::Written;
use crate::base::limits::{
    ENGINE_WAIT, FEED_FULL_WAIT, FEED_HEARTBEAT, FEED_KEPT, FEED_SILENCE, STREAM_ENDS_WAIT,
};
use crate::ledger::engine::{Event, Hear};

type Doubt = Box<dyn std::error::Error + Send + Sync>;

/// Tells the stream from a position on, until it ends.
pub(super) async fn run(
    context: Context,
    stream: String,
    from: u64,
    heard: Hear,
    written: Arc<Mutex<Option<Written>>>,
) {
    let Err(doubt) = follow(&context, &stream, from, &heard, &written).await;
    tracing::debug!(doubt, from, "the stream is asked for anew");
    tell(&heard, Event::Ended).await;
}

async fn follow(
    context: &Context,
    stream: &str,
    from: u64,
    heard: &Hear,
    written: &Mutex<Option<Written>>,
) -> Result<Infallible, Doubt> {
    let client = context.client();
    let inbox = client.new_inbox();
    let mut messages = client.subscribe(inbox.clone()).await?;
    let config = push::Config {
        deliver_subject: inbox,
        deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: from },
        ack_policy: AckPolicy::None,
        // The server sends no more than a window of what was not answered.
        flow_control: true,
        idle_heartbeat: FEED_HEARTBEAT,
        num_replicas: 1,
        memory_storage: true,
        inactive_threshold: FEED_KEPT,
        ..push::Config::default()
    };
    timeout(ENGINE_WAIT, context.create_consumer_on_stream(config, stream)).await??;
    let (mut next, mut told, asked) = (from, 0, Instant::now());
    loop {
        let message = timeout(FEED_SILENCE, messages.next()).await.map_err(|_| "the consumer is silent")?;
        let message = message.ok_or("the connection is closed")?;
        match message.status {
            None => {
                let message = jetstream::Message { message, context: context.clone() };
                let Place { position, at, told: count } = place(&message)?;
                told += 1;
                // A connection that was made again has lost some; a server that was started again begins anew.
                if count != told {
                    return Err("the consumer has told others, or tells them again".into());
                }
                if position > next && next == from {
                    tell(heard, Event::Trimmed).await;
                    return Err("the stream begins later".into());
                }
                // What the order is now is seen from where the machine is, and by nothing else.
                if position != next {
                    return Err("the stream has a hole, or has lost its end".into());
                }
                tell(heard, Event::Message { position, at, bytes: Arc::from(&*message.payload) }).await;
                next = position + 1;
            }
            Some(StatusCode::IDLE_HEARTBEAT) => {
                if let Some(reply) = message.reply {
                    // All that came before it was taken, so there is room for more.
                    client.publish(reply, Bytes::new()).await?;
                } else if last_of_stream(&message.headers).is_some_and(|last| last >= next && next > from) {
                    return Err("a message was lost on the way".into());
                } else if next == from && asked.elapsed() > STREAM_ENDS_WAIT {
                    // Nothing comes. Either nothing was said, or the stream has lost its end: then what this machine has sent
                    // meanwhile has its place before. What a server says of the stream's end shows nothing: it may be behind
                    // the others, or a leader that stood still while they have chosen another.
                    let written = *written.lock();
                    if let Some(Written { position, .. }) =
                        written.filter(|w| w.sent > asked && w.position < from)
                    {
                        tracing::warn!(
                            from,
                            position,
                            "the stream ends before what this machine has applied"
                        );
                        tell(heard, Event::EndsBefore).await;
                    }
                    return Err("nothing comes".into());
                }
            }
            Some(status) => return Err(format!("the consumer says {status}").into()),
        }
    }
}

/// The place of a message.
struct Place {
    position: u64,
    /// The stream's time for it, in Unix milliseconds.
    at: u64,
    /// How many the consumer has told with it.
    told: u64,
}

fn place(message: &jetstream::Message) -> Result<Place, Doubt> {
    let info = message.info()?;
    let at = u64::try_from(info.published.unix_timestamp_nanos() / 1_000_000)?;
    Ok(Place { position: info.stream_sequence, at, told: info.consumer_sequence })
}

fn last_of_stream(headers: &Option<HeaderMap>) -> Option<u64> {
    headers.as_ref()?.get(header::NATS_LAST_STREAM)?.as_str().parse().ok()
}

/// Tells it, once there is room for it: meanwhile the server waits.
async fn tell(heard: &Hear, event: Event) {
    while !heard(event.clone()) {
        sleep(FEED_FULL_WAIT).await;
    }
}
