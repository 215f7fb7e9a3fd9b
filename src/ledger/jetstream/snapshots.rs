//! Snapshots in the object store: whole stores, named by the position that they have applied. The newest two are kept.

use std::path::Path;

use async_nats::jetstream::object_store::{Config, ObjectStore};
use async_nats::jetstream::stream::StorageType;
use futures_util::StreamExt;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, copy};

use super::{JetStream, unreachable};
use crate::base::error::Error;
use crate::base::limits::SNAPSHOTS_KEPT;

pub(super) async fn put(engine: &JetStream, position: u64, file: &Path) -> Result<(), Error> {
    let store = open(engine).await?;
    let unreadable = |e| Error::io(format!("cannot read {}", file.display()), e);
    let mut bytes = File::open(file).await.map_err(unreadable)?;
    store.put(name(position).as_str(), &mut bytes).await.map_err(|error| unreachable(&error))?;
    for old in positions(&store).await?.iter().rev().skip(SNAPSHOTS_KEPT) {
        store.delete(name(*old)).await.map_err(|error| unreachable(&error))?;
    }
    Ok(())
}

pub(super) async fn list(engine: &JetStream) -> Result<Vec<u64>, Error> {
    positions(&open(engine).await?).await
}

async fn positions(store: &ObjectStore) -> Result<Vec<u64>, Error> {
    let mut objects = store.list().await.map_err(|error| unreachable(&error))?;
    let mut positions = Vec::new();
    while let Some(object) = objects.next().await {
        // An object is listed once all of it is there.
        positions.extend(object.map_err(|error| unreachable(&error))?.name.parse::<u64>());
    }
    positions.sort_unstable();
    Ok(positions)
}

/// The bytes are checked by the digest that was made when it was put.
pub(super) async fn get(engine: &JetStream, position: u64, to: &Path) -> Result<(), Error> {
    let store = open(engine).await?;
    let mut object = store.get(name(position)).await.map_err(|error| unreachable(&error))?;
    let written = async {
        let mut file = File::create(to).await?;
        copy(&mut object, &mut file).await?;
        file.flush().await?;
        file.sync_all().await
    };
    written.await.map_err(|e| Error::io(format!("cannot write the snapshot to {}", to.display()), e))
}

/// So many digits that names are in the order of the positions.
fn name(position: u64) -> String {
    format!("{position:020}")
}

/// The bucket, on as many servers as the stream.
async fn open(engine: &JetStream) -> Result<ObjectStore, Error> {
    if let Ok(store) = engine.context.get_object_store(&engine.prefix).await {
        return Ok(store);
    }
    let stream = engine.context.get_stream(&engine.prefix).await.map_err(|error| unreachable(&error))?;
    let config = Config {
        bucket: engine.prefix.clone(),
        description: Some("whole copies of a chat (chinwag)".into()),
        storage: StorageType::File,
        num_replicas: stream.cached_info().config.num_replicas,
        compression: true,
        ..Config::default()
    };
    engine.context.create_object_store(config).await.map_err(|error| unreachable(&error))
}
