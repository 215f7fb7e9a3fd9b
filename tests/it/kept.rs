//! A chat whose history is kept in a folder, and that can be ended and started again on it: in this process,
//! or as the real program. Every start is on another port. It is on one machine, or in this process on two, which a real
//! nats-server connects.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use chinwag::{Error, Hub, Keep, Limits, Server, SqliteLog, StoreOptions};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::program::{Folder, Program};
use crate::socket::{MS, PATIENCE};

/// How a chat is run.
#[derive(Clone)]
pub(crate) struct Settings {
    /// As the program; otherwise in this process.
    pub(crate) is_program: bool,
    /// On two machines, which reach each other by this; in this process only.
    pub(crate) nats: Option<chinwag::Nats>,
    /// Messages a client may be behind.
    pub(crate) tail_messages: usize,
    /// Entries that a resume has at most; in this process only.
    pub(crate) resume_entries: usize,
    /// Messages of a room that are kept, when not all are.
    pub(crate) keep_messages: Option<u64>,
}

pub(crate) struct Kept {
    settings: Settings,
    machines: Vec<Machine>,
}

struct Machine {
    addr: SocketAddr,
    folder: Folder,
    running: Option<Running>,
}

enum Running {
    Here { hub: Hub, stop: oneshot::Sender<()>, server: JoinHandle<()> },
    There(Program),
}

impl Kept {
    pub(crate) async fn open(settings: Settings) -> Self {
        let mut chat = Self { settings, machines: Vec::new() };
        for _ in 0..if chat.settings.nats.is_some() { 2 } else { 1 } {
            let folder = Folder::new();
            let (addr, running) = start(&chat.settings, folder.path()).await;
            chat.machines.push(Machine { addr, folder, running: Some(running) });
        }
        chat
    }

    /// The address of a machine. They are counted round.
    pub(crate) fn addr(&self, machine: usize) -> SocketAddr {
        self.machines[machine % self.machines.len()].addr
    }

    /// Ends a machine: a server here says goodbye first, or cuts everyone; a program is killed as by `kill -9`.
    /// Whoever is connected to it has to take that meanwhile.
    pub(crate) fn ends(&mut self, machine: usize, is_polite: bool) {
        let count = self.machines.len();
        let machine = &mut self.machines[machine % count];
        match machine.running.take() {
            Some(Running::Here { hub, stop, server }) => {
                let _ = stop.send(());
                if !is_polite {
                    hub.cut();
                }
                machine.running = Some(Running::Here { hub, stop: oneshot::channel().0, server });
            }
            Some(Running::There(program)) => program.crash(),
            None => {}
        }
    }

    /// Starts it again on the same folder, when it has ended.
    pub(crate) async fn starts(&mut self, machine: usize) {
        let count = self.machines.len();
        let machine = &mut self.machines[machine % count];
        if let Some(Running::Here { hub, server, .. }) = machine.running.take() {
            tokio::time::timeout(PATIENCE, server).await.expect("the server does not end").unwrap();
            drop(hub);
        }
        let (addr, running) = start(&self.settings, machine.folder.path()).await;
        (machine.addr, machine.running) = (addr, Some(running));
    }
}

async fn start(settings: &Settings, folder: &Path) -> (SocketAddr, Running) {
    if settings.is_program {
        let queue = settings.tail_messages.to_string();
        let mut args = vec!["--data", folder.to_str().unwrap(), "--send-queue", &queue];
        let keep = settings.keep_messages.map(|keep| keep.to_string());
        if let Some(keep) = &keep {
            args.extend(["--keep-messages", keep]);
        }
        let program = Program::start(&args);
        return (program.addr, Running::There(program));
    }
    let began = Instant::now();
    let log = loop {
        // The last client of the one before may still be on its way out, and the folder is its until then.
        match open(settings, folder).await {
            Ok(log) => break log,
            Err(error) if error.to_string().contains("another chinwag") && began.elapsed() < PATIENCE => {
                tokio::time::sleep(MS(5)).await;
            }
            Err(error) => panic!("{error}"),
        }
    };
    let mut limits = Limits::default();
    limits.tail_messages = settings.tail_messages;
    limits.resume_entries = settings.resume_entries;
    let hub = Hub::new(log, limits).unwrap();
    while let Err(why) = hub.readiness() {
        assert!(began.elapsed() < PATIENCE, "{why}");
        tokio::time::sleep(MS(5)).await;
    }
    let listener = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(Server::new(hub.clone()).run(listener, async move {
        let _ = stopped.await;
    }));
    (addr, Running::Here { hub, stop, server })
}

async fn open(settings: &Settings, folder: &Path) -> Result<SqliteLog, Error> {
    let mut options = StoreOptions::default();
    let mut keep = Keep::default();
    keep.messages = settings.keep_messages;
    options.keep = keep;
    match &settings.nats {
        None => SqliteLog::open(folder, &options),
        Some(nats) => SqliteLog::join(folder, &options, nats).await,
    }
}

/// How long the keeper waits before its first look at what may go, and some more.
pub(crate) const KEEPER: Duration = Duration::from_millis(1_300);
