//! Real nats-servers in processes of their own, which sync each message: one, or three that keep streams together. They end with the
//! story.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::Folder;
use crate::socket::PATIENCE;

/// Time for an answer of JetStream.
const ANSWER: Duration = Duration::from_secs(2);

pub(crate) struct Nats {
    child: Child,
    port: u16,
    folder: Folder,
}

impl Nats {
    /// Starts a server on a free port; it answers by then.
    pub(crate) fn start() -> Self {
        Self::start_with("")
    }

    /// The same, with these lines in its configuration.
    pub(crate) fn start_with(config: &str) -> Self {
        Self::start_that_syncs("sync_interval: always", config)
    }

    /// The same, which syncs by this option.
    pub(crate) fn start_that_syncs(sync: &str, config: &str) -> Self {
        let (folder, port) = (Folder::new(), free_port());
        let config = format!(
            "listen: 127.0.0.1:{port}\njetstream {{ store_dir: {:?}, {sync} }}\n{config}",
            folder.path().join("streams")
        );
        fs::write(folder.path().join("nats.conf"), config).unwrap();
        let child = spawn(&folder);
        let nats = Self { child, port, folder };
        nats.answers();
        nats
    }

    /// Three servers that are a cluster. They tell nobody each other's addresses.
    pub(crate) fn cluster() -> Vec<Self> {
        let routes: Vec<u16> = (0..3).map(|_| free_port()).collect();
        let all: Vec<String> = routes.iter().map(|port| format!("nats://127.0.0.1:{port}")).collect();
        let server = |(n, route): (usize, &u16)| {
            let config = format!(
                "server_name: n{n}\n\
                 cluster {{ name: chat, listen: 127.0.0.1:{route}, no_advertise: true, routes: [{}] }}\n",
                all.join(", ")
            );
            Self::start_with(&config)
        };
        routes.iter().enumerate().map(server).collect()
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The way to a chat that nobody else has there.
    pub(crate) fn chat(&self) -> chinwag::Nats {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut chat = chinwag::Nats::new([self.url()]);
        // So many for each case of a test are there on every machine.
        chat.bytes = Some(16 << 20);
        chat.prefix = format!("chat-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        chat
    }

    /// Ends it as a crash would.
    pub(crate) fn crash(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again with what is on its disk.
    pub(crate) fn comes_back(&mut self) {
        self.child = spawn(&self.folder);
        self.answers();
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(
            Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap().success()
        );
    }

    fn answers(&self) {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(began.elapsed() < PATIENCE, "nats-server does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks JetStream for something, as whoever runs it does, at the server with this port; None when it does not answer soon.
pub(crate) fn asks(port: u16, what: &str, request: &Value) -> Option<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(ANSWER)).unwrap();
    let request = request.to_string();
    let lines = format!(
        "CONNECT {{\"verbose\":false}}\r\nSUB _INBOX.test 1\r\nPUB $JS.API.{what} _INBOX.test {}\r\n{request}\r\n",
        request.len()
    );
    stream.write_all(lines.as_bytes()).ok()?;
    let (mut stream, mut line) = (BufReader::new(stream), String::new());
    while !line.starts_with("MSG ") {
        line.clear();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
    }
    let mut answer = vec![0; line.trim_end().rsplit(' ').next()?.parse().ok()?];
    stream.read_exact(&mut answer).ok()?;
    serde_json::from_slice(&answer).ok()
}

fn spawn(folder: &Folder) -> Child {
    let mut command = Command::new(path());
    command.arg("-c").arg(folder.path().join("nats.conf"));
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The server: that of NATS_SERVER, what `bin/test` has installed, or what is in the path.
fn path() -> PathBuf {
    if let Some(path) = std::env::var_os("NATS_SERVER") {
        return path.into();
    }
    let installed =
        Path::new(env!("CARGO_BIN_EXE_chinwag")).with_file_name("../tools/nats-server/bin/nats-server");
    let is_in_path = || Command::new("nats-server").arg("--version").stdout(Stdio::null()).status().is_ok();
    match installed.exists() {
        true => installed,
        false if is_in_path() => "nats-server".into(),
        false => panic!("there is no nats-server: `bin/test unit` installs one, or name it by NATS_SERVER"),
    }
}
