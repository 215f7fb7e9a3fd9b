//! The promises of every log, kept by a copy of a chat that a real nats-server carries.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::{SqliteLog, StoreOptions, Temporary};
use crate::ledger::jetstream::tests::NatsServer;
use crate::log::Entries;

/// Time for a machine to begin a chat.
const PATIENCE: Duration = Duration::from_secs(60);

/// A member, in a folder that is deleted with it.
struct Member {
    log: Temporary,
    _server: Arc<NatsServer>,
}

impl Member {
    /// The only machine of a new chat. It takes what is appended.
    async fn open() -> Self {
        let server = NatsServer::shared();
        let folder = Temporary::folder();
        let joined = SqliteLog::join(&folder, &StoreOptions::default(), &server.chat()).await;
        let log = Temporary { log: joined.expect("a new chat"), folder };
        let ready = async {
            while !log.health().is_ready() {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, ready).await.expect("it hears itself");
        Self { log, _server: server }
    }
}

impl Deref for Member {
    type Target = SqliteLog;

    fn deref(&self) -> &SqliteLog {
        &self.log
    }
}

mod conformance {
    crate::log::conformance::conformance!(super::Member::open().await);
}
