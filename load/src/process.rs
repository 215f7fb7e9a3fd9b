//! A process as Linux sees it: the CPU time it used and the memory it holds, read from `/proc`; and what the machine
//! has sent.

use anyhow::{Context as _, Result};
use nix::unistd::{SysconfVar, sysconf};
use std::fs;
use std::time::{Duration, Instant};

/// A process known by its number, or this one.
#[derive(Debug, Clone)]
pub(crate) struct Process {
    directory: String,
}

impl Process {
    /// The process `pid`, which must be running.
    pub(crate) fn new(pid: u32) -> Result<Self> {
        let process = Self { directory: format!("/proc/{pid}") };
        process.cpu().map(|_| process)
    }

    /// The load generator itself.
    pub(crate) fn this() -> Self {
        Self { directory: "/proc/self".to_owned() }
    }

    /// User and system time of all its threads, in steps of a clock tick (usually 10 ms).
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = self.read("stat")?;
        // The command's name stands in parentheses and may hold anything; the state is field 3 (proc(5)).
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields.split_whitespace().skip(14 - 3).take(2);
        let ticks = ticks.map(str::parse::<u64>).sum::<Result<u64, _>>();
        let ticks = ticks.with_context(|| format!("{}/stat reads {stat:?}", self.directory))?;
        let ticks_per_second = sysconf(SysconfVar::CLK_TCK)?.context("the system has no clock ticks")?;
        Ok(Duration::from_secs(ticks) / ticks_per_second as u32)
    }

    /// The memory it holds resident, in bytes.
    pub(crate) fn rss_bytes(&self) -> Result<u64> {
        let status = self.read("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        let kib = kib.with_context(|| format!("{}/status has no VmRSS", self.directory))?;
        Ok(kib * 1024)
    }

    fn read(&self, file: &str) -> Result<String> {
        let path = format!("{}/{file}", self.directory);
        fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
    }
}

/// The CPU time that the server, where it is known, and this process have used up to a moment.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) at: Instant,
    server: Option<Duration>,
    own: Duration,
}

/// What was used between two moments.
#[derive(Debug)]
pub(crate) struct Spent {
    pub(crate) seconds: f64,
    pub(crate) server_micros: Option<f64>,
    pub(crate) own_micros: f64,
}

impl Usage {
    pub(crate) fn now(server: Option<&Process>) -> Result<Self> {
        let server = server.map(Process::cpu).transpose()?;
        Ok(Self { server, own: Process::this().cpu()?, at: Instant::now() })
    }

    pub(crate) fn since(&self, earlier: &Self) -> Spent {
        let micros = |cpu: Duration| cpu.as_secs_f64() * 1e6;
        Spent {
            seconds: (self.at - earlier.at).as_secs_f64(),
            server_micros: self.server.zip(earlier.server).map(|(now, then)| micros(now - then)),
            own_micros: micros(self.own - earlier.own),
        }
    }
}

/// Packets with data that TCP has sent, over all connections of this machine, each once (`TCPOrigDataSent`). Unknown
/// where the kernel does not tell.
pub(crate) fn packets_sent() -> Option<u64> {
    let text = fs::read_to_string("/proc/net/netstat").ok()?;
    // Two lines a protocol: the names of its counters, and their values.
    let mut lines = text.lines().filter_map(|line| line.strip_prefix("TcpExt: "));
    let (names, values) = (lines.next()?, lines.next()?);
    let mut counters = names.split(' ').zip(values.split(' '));
    counters.find_map(|(name, value)| (name == "TCPOrigDataSent").then(|| value.parse().ok())?)
}

#[cfg(test)]
mod tests {
    use super::{Process, packets_sent};
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::time::{Duration, Instant};

    #[test]
    fn this_process_holds_memory_and_uses_time() {
        let (process, started) = (Process::this(), Instant::now());
        while process.cpu().expect("it runs") < Duration::from_millis(20) {
            assert!(started.elapsed() < Duration::from_secs(10), "busy, but no CPU time counted");
        }
        assert!(process.rss_bytes().expect("it runs") > 100 * 1024);
    }

    #[test]
    fn sent_messages_are_counted() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let mut client = TcpStream::connect(listener.local_addr().expect("it is bound")).expect("it listens");
        let (mut server, _) = listener.accept().expect("a connection");
        let before = packets_sent().expect("Linux tells");
        for _ in 0..10 {
            server.write_all(b"a").expect("the client is there");
            client.read_exact(&mut [0]).expect("it has come");
        }
        assert!(packets_sent().expect("Linux tells") >= before + 10);
    }
}
