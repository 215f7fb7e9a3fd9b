//! The program: arguments, logs, signals, exit code. The rest is the library's.

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
#[cfg(unix)]
use chinwag::Control;
use chinwag::{Admin, Hub, Limits, MemoryLog, Server, SqliteLog, Web};
use tokio::time::sleep;
use tracing_subscriber::EnvFilter;

use crate::args::{Args, Serve};
use crate::values::AdminAddress;

// What an idle client costs is mostly the allocator's rounding: a tenth less than with the system's (docs/PERFORMANCE.md).
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

mod addresses;
mod args;
mod cluster;
mod environment;
mod password;
mod qr;
mod rights;
mod tools;
mod values;

/// What ended the program before it could serve.
enum Failure {
    /// The arguments: exit code 2, as for those that clap refuses.
    Usage(anyhow::Error),
    /// The machine: exit code 1.
    Start(anyhow::Error),
}

/// Ends the program when the thread that writes the store panics, or the one that maintains it. Without its writer the
/// server would look alive and keep nothing; whoever supervises it can start it again. Readers survive a panic.
fn abort_without_store() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        if std::thread::current().name().is_some_and(|name| matches!(name, "log writer" | "log maintenance"))
        {
            let words = "chinwag: a thread of the store has failed; what was acknowledged is kept; start the server again";
            let _ = writeln!(std::io::stderr(), "{words}");
            std::process::abort();
        }
    }));
}

fn main() -> ExitCode {
    let args = environment::arguments();
    for stranger in environment::strangers() {
        let _ = writeln!(std::io::stderr(), "chinwag: {stranger}");
    }
    let (failure, code) = match run(&args) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(failure)) => (failure, 2),
        Err(Failure::Start(failure)) => (failure, 1),
    };
    let _ = writeln!(std::io::stderr(), "chinwag: {failure:#}");
    ExitCode::from(code)
}

fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        None => run_server(&args.serve, &args.data),
        Some(command) => tools::run(command, &args.data).map_err(Failure::Start),
    }
}

fn run_server(args: &Serve, data: &Path) -> Result<(), Failure> {
    abort_without_store();
    // What the NATS client tells of its connection, the library tells in words.
    let filter = EnvFilter::try_new(format!("async_nats=off,{}", args.log))
        .with_context(|| format!("--log: '{}' is not a filter", args.log))
        .map_err(Failure::Usage)?;
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(is_terminal)
        // It would tell standard error that standard error cannot be written, and panic.
        .log_internal_errors(false)
        .init();
    let files = raise_open_files();
    let limits = args.limits(files).map_err(Failure::Usage)?;
    limits.check().map_err(|error| Failure::Usage(error.into()))?;
    let possible = Limits::clients_for(files);
    if limits.clients > possible {
        tracing::warn!(
            "--max-clients {} is more than the limit of {files} open files allows, which is {possible}: raise it (ulimit -n)",
            limits.clients
        );
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
    let served = runtime.block_on(serve(args, data, limits, &web));
    // Nothing is left to wait for: every client was told, or was cut.
    runtime.shutdown_background();
    served.map_err(Failure::Start)
}

async fn serve(args: &Serve, data: &Path, limits: Limits, web: &Web) -> anyhow::Result<()> {
    // The address first: a second server at the same one says so, not that it may not have the store.
    let listener = Server::listen(args.addr).map_err(|error| match taken(&error) {
        true => anyhow::anyhow!(
            "{} is taken by another program; choose another with --addr, like --addr 0.0.0.0:8081",
            args.addr
        ),
        false => error.into(),
    })?;
    let admin = args.admin_addr.as_ref().map(listen_for_admin).transpose()?;
    let log = match args.nats() {
        _ if args.ephemeral => None,
        None => Some(SqliteLog::open(data, &args.store())?),
        Some(nats) => Some(SqliteLog::join(data, &args.store(), &nats).await.context("--nats")?),
    };
    let hub = match &log {
        Some(log) => Hub::new(log.clone(), limits.clone())?,
        None => Hub::new(MemoryLog::new(), limits.clone())?,
    };
    let history = match &log {
        Some(_) => {
            format!("{} ({})", std::path::absolute(data).unwrap_or(data.into()).display(), args.keeps())
        }
        None => "none: what is said is kept nowhere".into(),
    };
    let address = listener.local_addr()?;
    let others = network_addresses(address);
    // Where the operator has named hosts, those are the way in.
    let url = match args.hosts.first() {
        Some(host) if !host.contains('*') => format!("https://{host}/"),
        _ => others.first().cloned().unwrap_or_else(|| own_address(address)),
    };
    #[cfg(unix)]
    let control = if log.is_some() { listen_for_commands(data, &url) } else { None };
    let nearest = if args.hosts.is_empty() { own_address(address) } else { url.clone() };
    let owner = first_owner(&hub, &nearest).await;
    greet(address, &others, &history, admin.as_ref().map(|(_, address)| address), owner.as_deref());
    // For a phone, if this is an address by which it comes here.
    let is_reached = !others.is_empty() || !args.hosts.is_empty();
    if let Some(link) = owner.filter(|_| is_reached)
        && let Some(code) = qr::for_terminal(&link.replacen(&nearest, &url, 1))
    {
        let _ = writeln!(std::io::stdout(), "\n  the same, for a phone:\n\n{code}");
    }
    if args.hosts.is_empty() {
        hub.set_addresses(others);
    }
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!(version, %address, history, limits = %args.words(&limits), "the server has started");
    let stop = signals()?;
    let admin = admin.map(|(admin, _)| tokio::spawn(admin.run(hub.clone())));
    #[cfg(unix)]
    let control = control.map(|control| tokio::spawn(control.run(hub.clone())));
    #[cfg(not(unix))]
    let control: Option<tokio::task::JoinHandle<()>> = None;
    let server = Server::with_web(hub, web);
    let server = if args.proxy_protocol { server.with_proxy_protocol() } else { server };
    server.run(listener, stop).await;
    for task in admin.into_iter().chain(control) {
        task.abort();
        let _ = task.await; // It is over when its socket is gone.
    }
    if let Some(log) = log {
        log.close();
    }
    Ok(())
}

/// Listens for whoever runs the server; gives also where.
fn listen_for_admin(address: &AdminAddress) -> anyhow::Result<(Admin, AdminAddress)> {
    let admin = match address {
        AdminAddress::Network(address) => Admin::listen(*address),
        #[cfg(unix)]
        AdminAddress::Unix(path) => Admin::listen_unix(path),
        #[cfg(not(unix))]
        AdminAddress::Unix(_) => {
            anyhow::bail!("--admin-addr: there are no Unix sockets here; choose an address")
        }
    };
    let admin = admin.map_err(|error| match taken(&error) {
        true => anyhow::anyhow!("{address} is taken by another program; choose another with --admin-addr"),
        false => anyhow::Error::from(error).context("--admin-addr"),
    })?;
    let address = admin.local_addr().map_or_else(|| address.clone(), AdminAddress::Network);
    Ok((admin, address))
}

/// Listens for `chinwag ban` and its like, in the folder of the history. Without that the chat goes on.
#[cfg(unix)]
fn listen_for_commands(data: &Path, url: &str) -> Option<Control> {
    let control = Control::listen(&rights::socket(data), url);
    if let Err(error) = &control {
        tracing::warn!(%error, "the commands about people's rights are not taken");
    }
    control.ok()
}

/// How long the start waits to make the link for the first owner, and how often it tries.
const OWNER_WAIT: Duration = Duration::from_secs(3);
const OWNER_RETRY: Duration = Duration::from_millis(50);

/// The link by which somebody becomes the first owner of a chat that has none.
async fn first_owner(hub: &Hub, url: &str) -> Option<String> {
    let began = Instant::now();
    loop {
        match hub.first_owner().await {
            Ok(code) => return code.map(|code| rights::link(url, None, &code)),
            // One of several machines has to hear the others first.
            Err(error) if error.is_log() && began.elapsed() < OWNER_WAIT => sleep(OWNER_RETRY).await,
            // A full disk keeps nobody from reading.
            Err(error) => {
                tracing::warn!(%error, "there is no link for the first owner: chinwag invite --role owner makes one");
                return None;
            }
        }
    }
}

/// The address of the chat on this machine.
fn own_address(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("http://localhost:{}/", address.port()),
        false => format!("http://{address}/"),
    }
}

fn taken(error: &chinwag::Error) -> bool {
    error.io_kind() == Some(std::io::ErrorKind::AddrInUse)
}

/// Prints where to go, on this machine and from others.
fn greet(
    addr: SocketAddr,
    others: &[String],
    history: &str,
    admin: Option<&AdminAddress>,
    owner: Option<&str>,
) {
    let mut lines = vec![format!("Chinwag is open at  {}", own_address(addr))];
    lines.extend(others.iter().map(|address| format!("  from your network   {address}")));
    lines.extend(owner.map(|link| format!("  to own this chat    {link}")));
    lines.extend(admin.map(|address| format!("  health, metrics     {address}")));
    lines.push(format!("  history             {history}"));
    // Whoever closed our standard output does not want to read it.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
}

/// The addresses by which other machines reach this one.
fn network_addresses(addr: SocketAddr) -> Vec<String> {
    if !addr.ip().is_unspecified() {
        return Vec::new();
    }
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let others = all.iter().map(if_addrs::Interface::ip).filter(|ip| !ip.is_loopback() && !is_link_local(ip));
    let reached = others.filter(|ip| addr.is_ipv6() || ip.is_ipv4());
    reached.map(|ip| format!("http://{}/", SocketAddr::new(ip, addr.port()))).collect()
}

fn is_link_local(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}

/// Completes at the first signal to stop; the second ends the program at once. When its terminal is gone, it is told so
/// by the system and by the shell, which is no second signal.
fn signals() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let (mut stop, hangup) = {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let hangup = if ignores_hangup() { None } else { Some(signal(SignalKind::hangup())?) };
        let stop = async move || {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        };
        (stop, async move {
            match hangup {
                Some(mut hangup) => drop(hangup.recv().await),
                None => std::future::pending().await,
            }
        })
    };
    #[cfg(not(unix))]
    let (mut stop, hangup) = (
        async || {
            let _ = tokio::signal::ctrl_c().await;
        },
        std::future::pending::<()>(),
    );
    Ok(async move {
        tokio::select! {
            () = stop() => {}
            () = hangup => {}
        }
        tokio::spawn(async move {
            stop().await;
            std::process::exit(1);
        });
    })
}

/// Whether the program was started to outlive its terminal, as by nohup. Where the system does not tell which signals are
/// ignored, it may be so unless there is a terminal, which nohup takes away.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return !std::io::stderr().is_terminal();
    };
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // A bit for each signal, of which SIGHUP is the first (proc(5), signal(7)).
    ignored.and_then(|set| u64::from_str_radix(set.trim(), 16).ok()).is_some_and(|set| set & 1 == 1)
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
