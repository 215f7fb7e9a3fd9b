//! Machines that begin with empty folders on the simulated engine.

use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, process};

use tokio::time::timeout;

use crate::base::cursor::Anchor;
use crate::base::entry::Draft;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::sqlite::cluster::tests::Engine;
use crate::log::sqlite::member;
use crate::log::sqlite::{SqliteLog, StoreOptions};
use crate::log::{Entries, People};

#[cfg(feature = "nats")]
mod trimmed;

/// Time for anything that has to happen.
const PATIENCE: Duration = Duration::from_secs(60);

struct Machines {
    folder: std::path::PathBuf,
    engine: Arc<Engine>,
}

impl Machines {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("chinwag-begin-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self { folder, engine: Engine::start(1) }
    }

    async fn begin(&self, machine: u64) -> Result<SqliteLog, crate::base::error::Error> {
        let (folder, link) = (self.folder.join(machine.to_string()), self.engine.link(machine));
        tokio::task::spawn_blocking(move || SqliteLog::begin(&folder, &StoreOptions::default(), &link))
            .await
            .expect("it does not panic")
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        self.engine.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Says something, once the machine may.
async fn say(log: &SqliteLog, text: &str) -> u64 {
    let said = async {
        loop {
            match log.append(Draft::message(&RoomName::lobby(), text)).await {
                Ok(said) => break said.seq,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    timeout(PATIENCE, said).await.expect("it is said in time")
}

async fn texts(log: &SqliteLog, until: u64) -> Vec<String> {
    timeout(PATIENCE, async { while log.reach(until).await.is_err() {} }).await.expect("it comes to it");
    let page = log.history(&RoomName::lobby(), Anchor::Before(u64::MAX >> 1), 50, UserId::GUEST);
    let page = page.await.expect("a page");
    page.messages.iter().map(|message| message.entry.text().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_that_begin_at_once_with_nothing_are_one_chat() {
    let machines = Machines::new("at-once");
    let (one, two) = tokio::join!(machines.begin(1), machines.begin(2));
    let (one, two) = (one.expect("it begins"), two.expect("it begins"));
    assert_eq!(one.epoch(), two.epoch());
    assert_eq!(one.secret().as_bytes(), two.secret().as_bytes());
    let seq = say(&one, "hello").await;
    assert_eq!(texts(&two, seq).await, ["hello"]);
    // One that comes later has the chat from its first message on.
    let three = machines.begin(3).await.expect("it begins");
    assert_eq!(three.epoch(), one.epoch());
    assert_eq!(texts(&three, seq).await, ["hello"]);
    // So has one that starts again.
    drop(two);
    let two = machines.begin(2).await.expect("it goes on");
    let seq = say(&two, "again").await;
    assert_eq!(texts(&one, seq).await, ["hello", "again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_with_nothing_begins_with_the_snapshot_where_the_order_was_trimmed() {
    let machines = Machines::new("snapshot");
    let one = machines.begin(1).await.expect("it begins");
    say(&one, "first").await;
    let engine = machines.engine.link(1);
    let take = |before| member::take(&one.shared.store, &*engine, before).expect("a snapshot");
    let first = take(0);
    let seq = say(&one, "second").await;
    assert!(take(first) > first);
    let two = machines.begin(2).await.expect("it begins");
    assert_eq!(two.epoch(), one.epoch());
    assert_eq!(texts(&two, seq).await, ["first", "second"]);
    let seq = say(&two, "third").await;
    assert_eq!(texts(&one, seq).await, ["first", "second", "third"]);
    #[cfg(unix)]
    for (path, mode) in [("2", 0o700), ("2/chinwag.db", 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        let has = fs::metadata(machines.folder.join(path)).expect("it is there").permissions().mode();
        assert_eq!(has & 0o777, mode, "others may not read {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn folder_with_a_chat_of_its_own_is_refused_and_a_copy_can_leave() {
    let machines = Machines::new("own");
    let own = SqliteLog::open(&machines.folder.join("1"), &StoreOptions::default()).expect("a new store");
    own.append(Draft::message(&RoomName::lobby(), "alone")).await.expect("it is said");
    drop(own);
    let refused = machines.begin(1).await.expect_err("it is a chat of its own").to_string();
    assert!(refused.contains("alone") && refused.contains("cluster init"), "{refused}");

    let two = machines.begin(2).await.expect("it begins");
    say(&two, "together").await;
    drop(two);
    let left = SqliteLog::open(&machines.folder.join("2"), &StoreOptions::default()).expect("its copy");
    left.append(Draft::message(&RoomName::lobby(), "alone now")).await.expect("it is said");
    assert_eq!(texts(&left, 0).await, ["together", "alone now"]);
    drop(left);
    assert!(machines.begin(2).await.is_err(), "what was said alone is not the others'");
}
