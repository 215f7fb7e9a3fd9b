//! The program: arguments, logs, signals, exit code. The rest is the library's.

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use chinwag::{Hub, Limits, MemoryLog, Rate, Server, Web};
use clap::Parser;
use tracing_subscriber::EnvFilter;

/// Group chat in one binary.
///
/// Start it, open the address that it prints in two browsers, and talk.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
struct Args {
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(
        long,
        env = "CHINWAG_ADDR",
        default_value = "0.0.0.0:8080",
        value_name = "IP:PORT",
        help_heading = "Where"
    )]
    addr: SocketAddr,

    /// A host name that this server answers to; say it once for each name. Without any, it answers to all.
    /// Name them on a server that others can reach: it is what stops DNS rebinding
    #[arg(
        long = "host",
        env = "CHINWAG_HOST",
        value_name = "NAME",
        value_delimiter = ',',
        help_heading = "Where"
    )]
    hosts: Vec<String>,

    /// Keep no history: a message goes to who is there, and is forgotten. (All there is in this version)
    #[arg(long, env = "CHINWAG_EPHEMERAL", conflicts_with = "data", help_heading = "History")]
    ephemeral: bool,

    /// Folder for the history. This version cannot keep any yet, and says so
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR", help_heading = "History")]
    data: Option<PathBuf>,

    /// Longest message, in bytes
    #[arg(long, env = "CHINWAG_MAX_MESSAGE", default_value_t = Limits::default().message_bytes, value_name = "BYTES", help_heading = "Limits")]
    max_message: usize,

    /// Messages a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE", default_value_t = Limits::default().tail_messages, value_name = "MESSAGES", help_heading = "Limits")]
    send_queue: usize,

    /// Bytes a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE_BYTES", default_value_t = Limits::default().tail_bytes, value_name = "BYTES", help_heading = "Limits")]
    send_queue_bytes: usize,

    /// Messages each client may send: so many at once, then so many a second ('5/2'), or 'off'
    #[arg(
        long,
        env = "CHINWAG_MESSAGE_RATE",
        default_value = "off",
        value_name = "BURST/PER_SECOND|off",
        help_heading = "Limits"
    )]
    message_rate: MessageRate,

    /// Clients connected at once [default: what the limit of open files allows]
    #[arg(long, env = "CHINWAG_MAX_CLIENTS", value_name = "CLIENTS", help_heading = "Limits")]
    max_clients: Option<usize>,

    /// Seconds between two pings to a client
    #[arg(
        long,
        env = "CHINWAG_PING_PERIOD",
        default_value = "54",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    ping_period: Seconds,

    /// Seconds without a sign of life until a client is cut off
    #[arg(
        long,
        env = "CHINWAG_PONG_WAIT",
        default_value = "60",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    pong_wait: Seconds,

    /// Seconds in which a client must take what is written to it
    #[arg(
        long,
        env = "CHINWAG_WRITE_WAIT",
        default_value = "10",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    write_wait: Seconds,

    /// Serve the page from this folder instead of from the binary, read anew at each request
    #[arg(long, env = "CHINWAG_WEB", value_name = "DIR", help_heading = "For developers")]
    web: Option<PathBuf>,

    /// What to log to standard error: 'warn', 'info', 'debug', or a filter like 'chinwag=debug,hyper=info'
    #[arg(
        long,
        env = "CHINWAG_LOG",
        default_value = "warn",
        value_name = "FILTER",
        help_heading = "For developers"
    )]
    log: String,
}

const EXAMPLES: &str = "\
Examples:
  chinwag                                     talk in your network, on port 8080
  chinwag --addr 127.0.0.1:9000               on this machine only, on another port
  chinwag --host chat.example.org             behind a proxy that serves that name
  chinwag --message-rate 5/2 --max-clients 500

Every option can also be set by the environment variable beside it. On SIGTERM or Ctrl+C it says goodbye
to everyone and ends within 5 seconds; a second signal ends it at once.";

#[derive(Debug, Clone, Copy)]
struct Seconds(Duration);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds: f64 = text.parse().map_err(|_| format!("'{text}' is not a number of seconds"))?;
        Duration::try_from_secs_f64(seconds)
            .map(Self)
            .map_err(|_| format!("{seconds} seconds are not possible"))
    }
}

#[derive(Debug, Clone, Copy)]
struct MessageRate(Option<Rate>);

impl FromStr for MessageRate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self(None));
        }
        let rate = text.split_once('/').and_then(|(burst, per_second)| {
            Some(Rate { burst: burst.parse().ok()?, per_second: per_second.parse().ok()? })
        });
        rate.map(|rate| Self(Some(rate))).ok_or_else(|| "say BURST/PER_SECOND, like 5/2, or off".to_owned())
    }
}

impl Args {
    fn limits(&self, fds: u64) -> Limits {
        let mut limits = Limits::default();
        limits.message_bytes = self.max_message;
        limits.tail_messages = self.send_queue;
        limits.tail_bytes = self.send_queue_bytes;
        limits.rate = self.message_rate.0;
        limits.ping_period = self.ping_period.0;
        limits.pong_wait = self.pong_wait.0;
        limits.write_wait = self.write_wait.0;
        limits.clients = self.max_clients.unwrap_or(Limits::clients_for(fds));
        limits.hosts.clone_from(&self.hosts);
        limits
    }
}

/// What ended the program before it could serve.
enum Failure {
    /// The arguments: exit code 2, as for those that clap refuses.
    Usage(anyhow::Error),
    /// The machine: exit code 1.
    Start(anyhow::Error),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let (failure, code) = match run(&args) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(failure)) => (failure, 2),
        Err(Failure::Start(failure)) => (failure, 1),
    };
    let _ = writeln!(std::io::stderr(), "chinwag: {failure:#}");
    ExitCode::from(code)
}

fn run(args: &Args) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&args.log)
        .with_context(|| format!("--log: '{}' is not a filter", args.log))
        .map_err(Failure::Usage)?;
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(is_terminal)
        .init();
    let limits = args.limits(raise_open_files());
    limits.check().map_err(|error| Failure::Usage(error.into()))?;
    if args.data.is_some() {
        return Err(Failure::Usage(anyhow::anyhow!(
            "--data: this version cannot keep a history yet; leave it out, or say --ephemeral"
        )));
    }
    let web = match &args.web {
        Some(folder) => Web::folder(folder).context("--web").map_err(Failure::Usage)?,
        None => Web::embedded(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start")
        .map_err(Failure::Start)?;
    let served = runtime.block_on(serve(args.addr, limits, &web));
    // Nothing is left to wait for: every client was told, or was cut.
    runtime.shutdown_background();
    served.map_err(Failure::Start)
}

async fn serve(addr: SocketAddr, limits: Limits, web: &Web) -> anyhow::Result<()> {
    let hub = Hub::new(MemoryLog::new(), limits)?;
    let listener = Server::listen(addr).map_err(|error| match taken(&error) {
        true => anyhow::anyhow!(
            "{addr} is taken by another program; choose another with --addr, like --addr 0.0.0.0:8081"
        ),
        false => error.into(),
    })?;
    greet(listener.local_addr()?);
    Server::with_web(hub, web).run(listener, signals()?).await;
    Ok(())
}

fn taken(error: &chinwag::Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    source.is_some_and(|error| error.kind() == std::io::ErrorKind::AddrInUse)
}

/// Prints where to go, on this machine and from others.
fn greet(addr: SocketAddr) {
    let port = addr.port();
    let mut lines = Vec::new();
    if addr.ip().is_unspecified() {
        lines.push(format!("Chinwag is open at  http://localhost:{port}/"));
        let others = if_addrs::get_if_addrs().unwrap_or_default();
        let others = others.iter().map(if_addrs::Interface::ip).filter(|ip| !ip.is_loopback());
        for ip in others.filter(|ip| addr.is_ipv6() || ip.is_ipv4()).filter(|ip| !is_link_local(ip)) {
            lines.push(format!("  from your network   http://{}/", SocketAddr::new(ip, port)));
        }
    } else {
        lines.push(format!("Chinwag is open at  http://{addr}/"));
    }
    lines.push("  history             none: what is said is kept nowhere".into());
    // Whoever closed our standard output does not want to read it.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
}

fn is_link_local(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}

/// Completes at the first signal to stop; the second ends the program at once.
fn signals() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut next = {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        async move || {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
    };
    #[cfg(not(unix))]
    let mut next = async || {
        let _ = tokio::signal::ctrl_c().await;
    };
    Ok(async move {
        next().await;
        tokio::spawn(async move {
            next().await;
            std::process::exit(1);
        });
    })
}

/// Raises the limit of open files as far as the system lets us; gives the limit.
fn raise_open_files() -> u64 {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current != limit.maximum {
            let soft = std::mem::replace(&mut limit.current, limit.maximum);
            if setrlimit(Resource::Nofile, limit).is_err() {
                return soft.unwrap_or(u64::MAX);
            }
        }
        limit.current.unwrap_or(u64::MAX)
    }
    #[cfg(not(unix))]
    u64::MAX
}
