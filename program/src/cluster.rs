//! A chat on several machines: the options for reaching NATS, and the commands beside running a machine.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chinwag::{ClusterStatus, Nats, SqliteLog};
use clap::{Args as Options, Subcommand};

use crate::tools::say;
use crate::values::Bytes;

/// The options for reaching NATS.
#[derive(Debug, Options)]
pub(crate) struct NatsOptions {
    /// Be one of several machines with the same chat, which NATS JetStream connects: addresses of its servers, like
    /// nats://10.0.0.1:4222, with commas between them. Start every machine with the same ones, any load balancer in front
    #[arg(
        long,
        env = "CHINWAG_NATS",
        value_name = "URL",
        value_delimiter = ',',
        hide_env_values = true,
        help_heading = "Several machines"
    )]
    nats: Vec<String>,

    /// File with the credentials for NATS, as nsc writes it
    #[arg(long, env = "CHINWAG_NATS_CREDS", value_name = "FILE", help_heading = "Several machines")]
    nats_creds: Option<PathBuf>,

    /// File with certificates (PEM) that those of the NATS servers are checked by, beside the system's
    #[arg(long, env = "CHINWAG_NATS_CA", value_name = "FILE", help_heading = "Several machines")]
    nats_ca: Option<PathBuf>,

    /// Name of this chat among those that the NATS servers have: letters, digits, - and _
    #[arg(
        long,
        env = "CHINWAG_NATS_PREFIX",
        default_value = "chinwag",
        value_name = "NAME",
        help_heading = "Several machines"
    )]
    nats_prefix: String,

    /// NATS servers that keep a copy of the chat's stream: 1, 3 or 5 [default: 3 where there are so many, or else 1]
    #[arg(long, env = "CHINWAG_NATS_REPLICAS", value_name = "SERVERS", help_heading = "Several machines")]
    nats_replicas: Option<usize>,

    /// Monitoring ports of the NATS servers, like http://10.0.0.1:8222, with commas between them: they are asked at the start
    /// whether they sync each message, which the log, /readyz and `cluster status` tell
    #[arg(
        long,
        env = "CHINWAG_NATS_MONITOR",
        value_name = "URL",
        value_delimiter = ',',
        help_heading = "Several machines"
    )]
    nats_monitor: Vec<String>,

    /// Bytes that the NATS servers reserve for the chat's stream, which is trimmed long before they are full; a smaller stream
    /// gets so many [default: 8GiB, or as it is]
    #[arg(long, env = "CHINWAG_NATS_BYTES", value_name = "BYTES", help_heading = "Several machines")]
    nats_bytes: Option<Bytes>,
}

/// The commands for a chat on several machines.
#[derive(Debug, Subcommand)]
pub(crate) enum ClusterCommand {
    /// Move the chat in the folder, which was on this machine alone, to several machines
    ///
    /// NATS gets a stream for it, and a copy of the chat that other machines begin with. Stop the server first; then start it,
    /// and the others, with --nats. People come back as who they are. Where NATS has lost the stream of a chat, do this with the
    /// folder of the machine that has most, a new --nats-prefix, and empty folders for the others.
    Init(NatsOptions),
    /// Tell the stream, its snapshots, and the machines that are heard
    ///
    /// Listens to the machines for some seconds. Exit code 0: all that were heard agree.
    Status(NatsOptions),
}

impl NatsOptions {
    /// The NATS servers; none where no address is given.
    pub(crate) fn nats(&self) -> Option<Nats> {
        if self.nats.is_empty() {
            return None;
        }
        let mut nats = Nats::new(self.nats.iter().cloned());
        nats.credentials.clone_from(&self.nats_creds);
        nats.certificates.clone_from(&self.nats_ca);
        nats.prefix.clone_from(&self.nats_prefix);
        nats.replicas = self.nats_replicas;
        nats.monitors.clone_from(&self.nats_monitor);
        nats.bytes = self.nats_bytes.map(Bytes::count);
        Some(nats)
    }

    fn needed(&self) -> anyhow::Result<Nats> {
        self.nats().context("name the NATS servers with --nats, like --nats nats://10.0.0.1:4222")
    }
}

pub(crate) fn run(command: &ClusterCommand, data: &Path) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match command {
        ClusterCommand::Init(options) => {
            let nats = options.needed()?;
            let before = runtime.block_on(SqliteLog::found(data, &nats))?;
            say(&format!(
                "The chat in {} is one of several machines now: its stream '{}' begins behind position {before}, and NATS has a \
                 copy of it.\nStart this machine, and others with empty folders, with --nats.",
                data.display(),
                nats.prefix
            ))
        }
        ClusterCommand::Status(options) => {
            let nats = options.needed()?;
            let _ = writeln!(
                io::stderr(),
                "listening to the machines for {} s",
                ClusterStatus::LISTENS.as_secs()
            );
            let status = runtime.block_on(nats.status())?;
            tell(&nats, &status)?;
            if status.differs() {
                anyhow::bail!(
                    "two machines have come to something else by the same messages: keep a copy of both folders, remove that of \
                     one, and start it again"
                );
            }
            Ok(())
        }
    }
}

fn tell(nats: &Nats, status: &ClusterStatus) -> anyhow::Result<()> {
    let ClusterStatus { server, replicas, promise, first, last, bytes, snapshots, machines, .. } = status;
    let snapshots: Vec<String> = snapshots.iter().map(u64::to_string).collect();
    let mut lines = vec![
        format!("nats-server   {server}, the stream is kept by {replicas}"),
        format!("promise       {}", promise.replace('\n', "\n              ")),
        format!("stream        {}: positions {first} to {last}, {bytes} bytes", nats.prefix),
        match snapshots.is_empty() {
            true => "snapshots     none".into(),
            false => format!("snapshots     at {}", snapshots.join(" and ")),
        },
    ];
    if machines.is_empty() {
        lines.push("machines      none is heard".into());
    } else {
        lines.push(format!("{:<16}  {:>12}  {:>8}  {:>5}  digest", "machine", "position", "behind", "rules"));
    }
    lines.extend(machines.iter().map(|machine| {
        format!(
            "{:016x}  {:>12}  {:>8}  {:>5}  {:016x}",
            machine.machine,
            machine.position,
            last.saturating_sub(machine.position + 1),
            machine.rules,
            machine.digest
        )
    }));
    say(&lines.join("\n"))
}
