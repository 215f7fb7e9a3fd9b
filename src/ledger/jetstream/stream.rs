//! The stream as it is made and grows: it loses nothing to make room, and nobody can take a message out of its middle.

use std::collections::HashMap;

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::stream::{Compression, Config, DiscardPolicy, StorageType, Stream};
use tokio::time::{Instant, sleep};

use super::{JetStream, unreachable};
use crate::base::error::Error;
use crate::base::limits::{NATS_START_WAIT, RESEND_MIN, STREAM_BYTES, STREAM_REPLICAS};

/// Makes the stream, on three servers where there are so many. A cluster that has just begun is waited for: a stream that one server
/// keeps is not what its operator means.
pub(super) async fn make(engine: &JetStream, first: Option<u64>) -> Result<Stream, Error> {
    let (began, is_cluster) = (Instant::now(), engine.client.server_info().cluster.is_some());
    let mut replicas = engine.replicas.unwrap_or(STREAM_REPLICAS);
    loop {
        let error = match engine.context.create_stream(config(engine, replicas, first)).await {
            Ok(stream) => return Ok(stream),
            Err(error) => error,
        };
        let (is_patient, has_too_few_servers) =
            (began.elapsed() < NATS_START_WAIT, has_too_few_servers(&error));
        if is_patient && is_cluster && (has_too_few_servers || has_no_leader(&error)) {
            sleep(RESEND_MIN).await;
        } else if has_too_few_servers && engine.replicas.is_none() && replicas > 1 {
            replicas = 1; // A server by itself, or two.
        } else {
            return Err(refused(engine, &error));
        }
    }
}

/// Makes the stream as large, and has as many servers keep it, as this machine was told, where it is smaller.
pub(super) async fn grow(engine: &JetStream, mut stream: Stream) -> Result<Stream, Error> {
    let mut config = stream.cached_info().config.clone();
    let before = (config.max_bytes, config.num_replicas);
    config.max_bytes = config.max_bytes.max(engine.bytes.map_or(i64::MIN, u64::cast_signed));
    config.num_replicas = config.num_replicas.max(engine.replicas.unwrap_or(1));
    if before == (config.max_bytes, config.num_replicas) {
        return Ok(stream);
    }
    tracing::info!(bytes = config.max_bytes, replicas = config.num_replicas, "the stream is made larger");
    engine.context.update_stream(&config).await.map_err(|error| refused(engine, &error))?;
    stream.info().await.map_err(|error| unreachable(&error))?;
    Ok(stream)
}

fn refused(engine: &JetStream, error: &CreateStreamError) -> Error {
    match code(error) {
        Some(ErrorCode::STORAGE_RESOURCES_EXCEEDED) => Error::log(format!(
            "NATS has no room for a stream of {} bytes, which it reserves: give its servers more, or ask for less with \
             --nats-bytes",
            engine.bytes.unwrap_or(STREAM_BYTES)
        )),
        _ => Error::log(format!("NATS does not make the stream {}: {error}", engine.prefix)),
    }
}

fn config(engine: &JetStream, replicas: usize, first: Option<u64>) -> Config {
    Config {
        name: engine.prefix.clone(),
        description: Some("what the machines of a chat agree on (chinwag)".into()),
        subjects: vec![format!("{}.log.>", engine.prefix)],
        storage: StorageType::File,
        num_replicas: replicas,
        // A full stream refuses. It never lets go of what a machine may still need.
        discard: DiscardPolicy::New,
        max_bytes: engine.bytes.unwrap_or(STREAM_BYTES).cast_signed(),
        // The order has no holes but its trimmed beginning.
        deny_delete: true,
        compression: Some(Compression::S2),
        first_sequence: first,
        metadata: HashMap::from([("chinwag.format".into(), "1".into())]),
        ..Config::default()
    }
}

fn has_too_few_servers(error: &CreateStreamError) -> bool {
    let code = code(error);
    code == Some(ErrorCode::STREAM_REPLICAS_NOT_SUPPORTED) || code == Some(ErrorCode::CLUSTER_NO_PEERS)
}

/// Whether the servers elect one who could make it.
fn has_no_leader(error: &CreateStreamError) -> bool {
    match error.kind() {
        CreateStreamErrorKind::TimedOut | CreateStreamErrorKind::JetStreamUnavailable => true,
        _ => matches!(code(error), Some(ErrorCode::CLUSTER_NOT_AVAILABLE | ErrorCode::CLUSTER_NOT_LEADER)),
    }
}

/// Why JetStream does not make a stream.
fn code(error: &CreateStreamError) -> Option<ErrorCode> {
    match error.kind() {
        CreateStreamErrorKind::JetStream(error) => Some(error.error_code()),
        _ => None,
    }
}
