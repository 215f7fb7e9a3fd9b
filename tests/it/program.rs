//! The real program in a process of its own. It ends with the story.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::socket::PATIENCE;

const PATH: &str = env!("CARGO_BIN_EXE_chinwag");

pub(crate) struct Program {
    pub(crate) addr: SocketAddr,
    /// All that it said when it began.
    pub(crate) greeting: String,
    child: Child,
    /// Where its history is, unless the story said so itself.
    _folder: Folder,
}

/// A folder that is gone with its story.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("chinwag-test-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// As an argument.
    pub(crate) fn arg(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// How many rows a table of the store in it has.
    pub(crate) fn rows(&self, table: &str) -> i64 {
        let store = Connection::open(self.0.join("chinwag.db")).unwrap();
        store.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A command that knows no options from around it.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    std::env::vars().filter(|(name, _)| name.starts_with("CHINWAG_")).for_each(|(name, _)| {
        command.env_remove(name);
    });
    // For what does not say where its history is and then is refused: nothing of it lands in the source tree.
    command.current_dir(std::env::temp_dir());
    command
}

/// Runs the program to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    run_with(&[], args)
}

/// Runs it to its end, with something on its standard input.
pub(crate) fn run_on(input: &str, args: &[&str]) -> Output {
    let mut command = command(PATH);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that asks for nothing may have ended.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Runs it to its end, with these variables.
pub(crate) fn run_with(variables: &[(&str, &str)], args: &[&str]) -> Output {
    command(PATH).envs(variables.iter().copied()).args(args).output().unwrap()
}

impl Program {
    /// Starts the program on a free port; it answers by then.
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut command = command(PATH);
        command.args(args);
        Self::spawn(command)
    }

    /// As [`Program::start`], with these variables.
    pub(crate) fn start_with(variables: &[(&str, &str)], args: &[&str]) -> Self {
        let mut command = command(PATH);
        command.envs(variables.iter().copied()).args(args);
        Self::spawn(command)
    }

    /// As [`Program::start`], with so few file descriptors.
    pub(crate) fn start_with_files(files: u32, args: &[&str]) -> Self {
        let mut shell = command("sh");
        shell.args(["-c", &format!("ulimit -n {files}; exec \"$@\""), "sh", PATH]).args(args);
        Self::spawn(shell)
    }

    /// As [`Program::start`], run by another program, which becomes it or leaves it to us.
    pub(crate) fn start_under(by: &str, by_args: &[&str], args: &[&str]) -> Self {
        let mut command = command(by);
        command.args(by_args).arg(PATH).args(args);
        Self::spawn(command)
    }

    fn spawn(mut command: Command) -> Self {
        let _folder = Folder::new();
        let says_where = |arg: &OsStr| arg == "--data" || arg == "--ephemeral";
        let keeps_nothing = |(name, _): (&OsStr, Option<&OsStr>)| name == "CHINWAG_EPHEMERAL";
        if !command.get_args().any(says_where) && !command.get_envs().any(keeps_nothing) {
            command.args(["--data", _folder.arg()]);
        }
        command.args(["--addr", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut greeting = String::new();
        let mut said = BufReader::new(child.stdout.as_mut().unwrap());
        // What is last is where its history is.
        while !greeting.contains("\n  history ") && said.read_line(&mut greeting).unwrap() > 0 {}
        let url = greeting.split("http://").nth(1).unwrap_or_else(|| panic!("it said {greeting:?}"));
        let addr = url.lines().next().unwrap().trim_end_matches('/').parse().unwrap();
        Self { addr, greeting, child, _folder }
    }

    /// The code of the link by which its first owner comes.
    pub(crate) fn owner_code(&self) -> &str {
        self.greeting
            .split("#invite=")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next())
            .expect("a link")
    }

    /// Ends it as a crash would, and waits until it is gone.
    pub(crate) fn crash(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(
            Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap().success()
        );
    }

    /// Waits for its end; gives its exit status, how long that took, and what it said on standard error.
    pub(crate) async fn ends(mut self) -> (ExitStatus, Duration, String) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let took = began.elapsed();
                let mut said = String::new();
                self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                return (status, took, said);
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Resident memory, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        self.bytes("VmRSS:")
    }

    /// The most that it ever was.
    pub(crate) fn most_memory(&self) -> u64 {
        self.bytes("VmHWM:")
    }

    fn bytes(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// CPU time used, user and system.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        // utime and stime, the 14th and 15th fields of proc(5), in ticks of 10 ms.
        let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum();
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
