//! Machines on a real nats-server whose stream was trimmed.

use super::*;
use crate::base::limits::SNAPSHOT_SHARE;
use crate::ledger::engine::{Engine as _, Extent};
use crate::ledger::jetstream::tests::NatsServer;
use crate::ledger::jetstream::{JetStream, Nats};
use crate::log::{Health, StopReason};

/// A chat on a real server, and its machines' folders.
struct Chat {
    folder: std::path::PathBuf,
    nats: Nats,
    engine: Arc<JetStream>,
    _server: Arc<NatsServer>,
}

impl Chat {
    async fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("chinwag-trimmed-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        let server = NatsServer::shared();
        let nats = server.chat();
        let engine = Arc::new(JetStream::connect(&nats).await.expect("a way"));
        engine.open().await.expect("a stream");
        Self { folder, nats, engine, _server: server }
    }

    async fn machine(&self, name: &str) -> SqliteLog {
        let (folder, options) = (self.folder.join(name), StoreOptions::default());
        SqliteLog::join(&folder, &options, &self.nats).await.expect("it begins")
    }

    /// Asks the engine for something that waits.
    async fn asks<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&JetStream) -> Result<T, crate::base::error::Error> + Send + 'static,
    ) -> T {
        let engine = Arc::clone(&self.engine);
        let asked = tokio::task::spawn_blocking(move || ask(&engine)).await;
        asked.expect("it does not panic").expect("an answer")
    }

    async fn extent(&self) -> Extent {
        self.asks(|engine| engine.extent()).await
    }

    /// A machine takes a snapshot, and trims the stream up to the one before; gives the snapshot's position.
    async fn takes(&self, log: &SqliteLog, before: u64) -> u64 {
        let shared = Arc::clone(&log.shared);
        self.asks(move |engine| member::take(&shared.store, engine, before)).await
    }
}

impl Drop for Chat {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn store(log: &SqliteLog) -> rusqlite::Connection {
    rusqlite::Connection::open(log.shared.store.path()).expect("its store")
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_begins_with_a_snapshot_and_the_stream_behind_it_also_where_it_missed_what_was_trimmed() {
    let chat = Chat::new("away").await;
    let (one, away) = (chat.machine("one").await, chat.machine("away").await);
    let first = say(&one, "first").await;
    assert_eq!(texts(&away, first).await, ["first"]);
    away.close();
    drop(away);
    let snapshot = chat.takes(&one, 0).await;
    assert_eq!(chat.extent().await.first, 1, "the first has none before it");
    say(&one, "second").await;
    let newest = chat.takes(&one, snapshot).await;
    assert_eq!(
        chat.extent().await.first,
        snapshot,
        "what is behind the older one is there, and its own place"
    );
    say(&one, "third").await;
    let newer = chat.takes(&one, newest).await;
    let kept = chat.asks(|engine| engine.snapshots()).await;
    assert_eq!(kept, [newest, newer], "two are kept");
    let last = say(&one, "fourth").await;

    let all = ["first", "second", "third", "fourth"];
    let (empty, away) = (chat.machine("empty").await, chat.machine("away").await);
    for (log, which) in [(&empty, "an empty machine"), (&away, "one that was away")] {
        assert_eq!(texts(log, last).await, all, "{which}");
        assert_eq!(log.epoch(), one.epoch(), "{which}");
    }
    // It goes on as any other.
    let last = say(&away, "fifth").await;
    for log in [&one, &empty] {
        assert_eq!(texts(log, last).await, [&all[..], &["fifth"]].concat());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_that_missed_what_was_trimmed_while_it_ran_says_so_and_is_read() {
    let chat = Chat::new("running").await;
    let one = chat.machine("one").await;
    let last = say(&one, "first").await;
    let behind = chat.machine("behind").await;
    assert_eq!(texts(&behind, last).await, ["first"]);
    // It does not apply any more what it hears.
    let standstill = store(&behind);
    let sql = "CREATE TRIGGER broken BEFORE INSERT ON ledger BEGIN SELECT RAISE(FAIL, 'broken'); END";
    standstill.execute_batch(sql).expect("nothing can be applied");
    say(&one, "second").await;
    let before = chat.takes(&one, 0).await;
    say(&one, "third").await;
    let newest = chat.takes(&one, before).await;
    say(&one, "fourth").await;
    chat.takes(&one, newest).await;
    standstill.execute_batch("DROP TRIGGER broken").expect("it can be applied");
    let stopped = async {
        while behind.health() != Health::Stopped(StopReason::Trimmed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, stopped).await.unwrap_or_else(|_| panic!("it is {:?}", behind.health()));
    assert_eq!(texts(&behind, 0).await, ["first"]);
    drop(standstill);
    behind.close();
    drop(behind);
    let behind = chat.machine("behind").await;
    let last = say(&behind, "fifth").await;
    assert_eq!(texts(&one, last).await, ["first", "second", "third", "fourth", "fifth"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn stream_that_is_half_full_is_trimmed_by_itself() {
    let chat = Chat::new("full").await;
    let one = chat.machine("one").await;
    let long = "x".repeat(400_000);
    // Twice as much as the stream takes.
    const MESSAGES: i64 = 80;
    let mut newest = (0, std::time::Instant::now());
    let (mut largest, mut said) = (0, 0);
    for _ in 0..MESSAGES {
        said = say(&one, &long).await;
        let extent = chat.extent().await;
        largest = largest.max(extent.bytes);
        let shared = Arc::clone(&one.shared);
        newest = chat
            .asks(move |engine| {
                member::take_if_due(&shared.store, engine, &mut newest)?;
                Ok(newest)
            })
            .await;
    }
    let Extent { first, bytes_max, .. } = chat.extent().await;
    assert!(largest < bytes_max * 3 / 4 && largest > bytes_max / SNAPSHOT_SHARE, "{largest} of {bytes_max}");
    assert!(first > 25, "it was trimmed: {first}");
    let empty = chat.machine("empty").await;
    texts(&empty, said).await;
    let store = store(&empty);
    let count: i64 = store.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, MESSAGES);
}

#[tokio::test(flavor = "multi_thread")]
async fn stream_becomes_as_large_as_a_machine_is_told_and_never_smaller() {
    let chat = Chat::new("grows").await;
    let mut nats = chat.nats.clone();
    let before = nats.bytes;
    for (bytes, then) in
        [(Some(32 << 20), 32 << 20), (None, 32 << 20), (before, 32 << 20), (Some(40 << 20), 40 << 20)]
    {
        nats.bytes = bytes;
        JetStream::connect(&nats).await.expect("a way").open().await.expect("its stream");
        assert_eq!(chat.extent().await.bytes_max, then, "told {bytes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stream_that_has_lost_its_end_is_noticed_by_what_it_takes() {
    let chat = Chat::new("lost").await;
    let one = chat.machine("one").await;
    for text in ["first", "second", "third"] {
        say(&one, text).await;
    }
    one.close();
    drop(one);
    // It is made anew, as by somebody who puts back an older copy of it that is empty.
    chat.engine.lose().await;
    let one = chat.machine("one").await;
    let stopped = async {
        while one.health() != Health::Stopped(StopReason::OtherOrder) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, stopped).await.unwrap_or_else(|_| panic!("it is {:?}", one.health()));
    assert_eq!(texts(&one, 0).await, ["first", "second", "third"], "it is read");
}
