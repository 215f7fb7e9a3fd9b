//! The memory that this process may use: that of its control group or, where there is none, of the machine. Knows nothing of what
//! uses it.

use std::fs;
use std::path::Path;

/// Where Linux tells of control groups: those of version 2, and those of version 1 for memory.
const GROUPS: [(&str, &str); 2] =
    [("/sys/fs/cgroup", "memory.max"), ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")];

/// The bytes that may be used; none where the system does not tell.
pub(crate) fn limit() -> Option<u64> {
    let group = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let machine = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    least(&group, &machine, |file| fs::read_to_string(file).ok())
}

/// The least of the limits of the process's groups, of those around them, and of the machine. A container may see its own group
/// as the outermost, under whatever name the machine has for it.
fn least(groups: &str, machine: &str, read: impl Fn(&Path) -> Option<String>) -> Option<u64> {
    let mut least = total(machine);
    for group in groups.lines().filter_map(|line| line.splitn(3, ':').nth(2)) {
        for (root, file) in GROUPS {
            let own = Path::new(root).join(group.trim_start_matches('/'));
            for folder in own.ancestors().take_while(|folder| folder.starts_with(root)) {
                let limit = read(&folder.join(file)).and_then(|text| text.trim().parse().ok());
                least = least.into_iter().chain(limit).min();
            }
        }
    }
    least
}

/// The machine's memory.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_of_the_groups_and_the_machine_is_the_limit() {
        let machine = "MemTotal:       4000000 kB\nMemFree: 1 kB\n";
        let check = |groups: &str, files: &[(&str, &str)], limit: Option<u64>| {
            let read = |path: &Path| {
                let file = files.iter().find(|(name, _)| Path::new(name) == path)?;
                Some(format!("{}\n", file.1))
            };
            assert_eq!(least(groups, machine, read), limit, "{groups:?} {files:?}");
        };
        check("", &[], Some(4_096_000_000));
        check("0::/\n", &[("/sys/fs/cgroup/memory.max", "max")], Some(4_096_000_000));
        check("0::/\n", &[("/sys/fs/cgroup/memory.max", "1000")], Some(1_000));
        // Of a service, whose slice has less; and of a container that knows its group by the machine's name.
        let slice = [("/sys/fs/cgroup/a/b/memory.max", "3000"), ("/sys/fs/cgroup/a/memory.max", "2000")];
        check("0::/a/b\n", &slice, Some(2_000));
        check("0::/a/b\n", &[("/sys/fs/cgroup/memory.max", "1000")], Some(1_000));
        let older = [("/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes", "500")];
        check("5:cpu:/x\n4:memory:/docker/1\n", &older, Some(500));
        check(
            "4:memory:/\n",
            &[("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712")],
            Some(4_096_000_000),
        );
        assert_eq!(least("0::/", "", |_| None), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_a_limit() {
        assert!(limit().is_some_and(|bytes| bytes > 1 << 20));
    }
}
