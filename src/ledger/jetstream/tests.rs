//! A real nats-server for unit tests: one for all tests that run at a time, with a chat for each of them by its prefix.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use parking_lot::Mutex;

use super::Nats;

/// Time for anything that has to happen.
const PATIENCE: Duration = Duration::from_secs(30);

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A nats-server in a process of its own, which syncs each message. It ends with the last test that has it.
#[derive(Debug)]
pub(crate) struct NatsServer {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl NatsServer {
    /// The server that tests share.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<NatsServer>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock();
        shared.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Self::start());
            *shared = Arc::downgrade(&server);
            server
        })
    }

    fn start() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("chinwag-nats-{}-{count}", process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let config = format!(
            "listen: 127.0.0.1:{port}\njetstream {{ store_dir: {:?}, sync_interval: always }}\n",
            folder.join("streams")
        );
        fs::write(folder.join("nats.conf"), config).expect("a configuration");
        let mut command = Command::new(path());
        command.arg("-c").arg(folder.join("nats.conf")).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self { child: command.spawn().expect("nats-server runs"), port, folder };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < PATIENCE, "nats-server does not answer");
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// The way to a chat that no other test has.
    pub(crate) fn chat(&self) -> Nats {
        let prefix = format!("test-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        // So many for each test are there on every machine.
        Nats { prefix, bytes: Some(16 << 20), ..Nats::new([format!("nats://127.0.0.1:{}", self.port)]) }
    }
}

impl super::JetStream {
    /// The stream loses all that it has.
    pub(crate) async fn lose(&self) {
        self.context.delete_stream(&self.prefix).await.expect("it is deleted");
        self.open().await.expect("it is made");
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The program: that of NATS_SERVER, what `bin/test` has installed, or what is in the path.
fn path() -> PathBuf {
    if let Some(path) = env::var_os("NATS_SERVER") {
        return path.into();
    }
    // Tests are in target/debug/deps.
    let test = env::current_exe().expect("a path");
    let target =
        test.parent().and_then(Path::parent).and_then(Path::parent).expect("cargo's target directory");
    let installed = target.join("tools/nats-server/bin/nats-server");
    let is_in_path = || Command::new("nats-server").arg("--version").stdout(Stdio::null()).status().is_ok();
    match installed.exists() {
        true => installed,
        false if is_in_path() => "nats-server".into(),
        false => panic!("there is no nats-server: `bin/test unit` installs one, or name it by NATS_SERVER"),
    }
}
