//! The checks at the start: whether the servers are new enough, and what a receipt means with them. A machine says it in its log, and
//! wherever its health is told.

use std::fmt::Write;

use async_nats::jetstream::stream::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::base::error::Error;
use crate::base::limits::{ENGINE_WAIT, MONITOR_BYTES, NATS_VERSION_GOOD, NATS_VERSION_MIN};

/// When servers write a message to their disks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sync {
    /// Before they acknowledge it.
    Always,
    /// Later, by one of them at least.
    Later,
    /// It was not asked for.
    NotAsked,
    /// It was asked for, and this went wrong.
    NotKnown(String),
}

/// What a receipt means, and below it what whoever runs the chat should know.
///
/// # Errors
/// The server is too old.
pub(super) async fn promise(version: &str, config: &Config, monitors: &[String]) -> Result<String, Error> {
    let number = parse(version);
    if number < NATS_VERSION_MIN {
        return Err(Error::log(format!(
            "nats-server {version} is too old: {} or newer is needed, {} or newer recommended",
            words(NATS_VERSION_MIN),
            words(NATS_VERSION_GOOD)
        )));
    }
    let replicas = config.num_replicas;
    let sync = sync(monitors, replicas).await;
    let disks = match (&sync, replicas) {
        (Sync::Always, 1) => "on that of a NATS server".to_owned(),
        (Sync::Always, _) => format!("on those of most of {replicas} NATS servers"),
        (_, 1) => "with a NATS server".to_owned(),
        (_, _) => format!("with most of {replicas} NATS servers"),
    };
    let mut text =
        format!("a receipt means: it is on the disk of this machine and {disks} (nats-server {version})");
    let mut say = |line: &str| {
        let _ = write!(text, "\n{line}");
    };
    match sync {
        Sync::Always => {}
        Sync::Later => say(
            "the servers sync later (sync_interval): if the power of most of them fails, the stream loses its last minutes, and \
             only the chat's machines have them; set sync_interval: always",
        ),
        Sync::NotAsked => {
            say(
                "whether the servers sync each message (sync_interval: always) is not known: --nats-monitor asks them",
            );
        }
        Sync::NotKnown(why) => {
            say(&format!(
                "whether the servers sync each message (sync_interval: always) is not known: {why}"
            ));
        }
    }
    if replicas == 1 {
        say("one NATS server has the stream: while it is away, nothing can be said");
    }
    if number < NATS_VERSION_GOOD {
        say(&format!(
            "nats-server {version} has faults that can lose messages of a stream with replicas: {} or newer is recommended",
            words(NATS_VERSION_GOOD)
        ));
    }
    Ok(text)
}

/// A version by its numbers; what is not one of them is 0.
fn parse(version: &str) -> [u32; 3] {
    let mut parts = version.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

fn words([major, minor, patch]: [u32; 3]) -> String {
    format!("{major}.{minor}.{patch}")
}

/// What all servers say.
async fn sync(monitors: &[String], replicas: usize) -> Sync {
    if monitors.is_empty() {
        return Sync::NotAsked;
    }
    for monitor in monitors {
        match get(monitor).await {
            Ok(told) if !told.contains("\"jetstream\":{\"config\"") => {
                return Sync::NotKnown(format!("{monitor} tells nothing of JetStream"));
            }
            Ok(told) if told.contains("\"sync_always\":true") => {}
            Ok(_) => return Sync::Later,
            Err(error) => return Sync::NotKnown(format!("{monitor} does not answer: {error}")),
        }
    }
    if monitors.len() < replicas {
        let (asked, count) = (monitors.len(), replicas);
        return Sync::NotKnown(format!("--nats-monitor names {asked}, and {count} have the stream"));
    }
    Sync::Always
}

/// The variables of a server by its monitoring port, without white space.
async fn get(monitor: &str) -> Result<String, std::io::Error> {
    let host = monitor.strip_prefix("http://").unwrap_or(monitor).trim_end_matches('/');
    let asked = async {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(format!("GET /varz HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
        let mut told = String::new();
        stream.take(MONITOR_BYTES).read_to_string(&mut told).await?;
        told.retain(|c| !c.is_ascii_whitespace());
        Ok(told)
    };
    timeout(ENGINE_WAIT, asked).await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn old_servers_are_refused_and_others_warned_of() {
        let config = Config { num_replicas: 3, ..Config::default() };
        for version in ["2.9.25", "2.9", "", "1.4.1"] {
            let refused = promise(version, &config, &[]).await.expect_err("it is too old").to_string();
            assert!(refused.contains("2.10.0 or newer"), "{refused}");
        }
        for (version, is_warned) in
            [("2.10.0", true), ("2.12.8", true), ("2.12.9", false), ("2.15.1-RC.1", false)]
        {
            let told = promise(version, &config, &[]).await.expect("it is new enough");
            assert_eq!(told.contains("recommended"), is_warned, "{told}");
            assert!(told.contains("most of 3") && told.contains("--nats-monitor"), "{told}");
        }
        let told =
            promise("2.15.1", &config, &["http://127.0.0.1:1".into()]).await.expect("it is new enough");
        assert!(told.contains("http://127.0.0.1:1 does not answer"), "{told}");
    }
}
