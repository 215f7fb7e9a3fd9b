//! The figures of this process, as Linux tells them, under the names that all programs have for them. Where there is no
//! `/proc`, there are none.

use std::fs;

use rustix::param::clock_ticks_per_second;
use rustix::process::{Resource, getrlimit};

use crate::wire::exposition::Exposition;
use crate::wire::exposition::Metric::{Counter, Gauge};

/// Writes those that can be read.
pub(crate) fn write(text: &mut Exposition) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(bytes) = kilobytes(&status, "VmRSS:") {
        text.one(Gauge, "process_resident_memory_bytes", "Resident memory size in bytes.", bytes);
    }
    if let Some(bytes) = kilobytes(&status, "VmSize:") {
        text.one(Gauge, "process_virtual_memory_bytes", "Virtual memory size in bytes.", bytes);
    }
    if let Some(open) = open_files() {
        text.one(Gauge, "process_open_fds", "Number of open file descriptors.", open);
    }
    if let Some(max) = getrlimit(Resource::Nofile).current {
        text.one(Gauge, "process_max_fds", "Maximum number of open file descriptors.", max);
    }
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name in parentheses, which may have spaces: the fields are counted after it,
    // from 3 on.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    let seconds = |ticks: u64| ticks as f64 / clock_ticks_per_second() as f64;
    if let (Some(user), Some(system)) = (ticks(14), ticks(15)) {
        let help = "Total user and system CPU time spent in seconds.";
        text.one(Counter, "process_cpu_seconds_total", help, seconds(user + system));
    }
    if let (Some(since_boot), Some(boot)) = (ticks(22), boot_time()) {
        let help = "Start time of the process since unix epoch in seconds.";
        text.one(Gauge, "process_start_time_seconds", help, boot as f64 + seconds(since_boot));
    }
}

/// A size of `/proc/self/status`, in bytes.
fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let size = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(size.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// The number of open files. Newer kernels tell it without a list of all of them.
fn open_files() -> Option<u64> {
    let folder = "/proc/self/fd";
    match fs::metadata(folder).ok()?.len() {
        0 => Some(fs::read_dir(folder).ok()?.count() as u64),
        count => Some(count),
    }
}

/// When the system was started, in Unix seconds.
fn boot_time() -> Option<u64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    stat.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()
}
