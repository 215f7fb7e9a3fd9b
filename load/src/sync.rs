//! Scenario `sync`: what one `fdatasync` takes on a disk, with no server at all. The yardstick of `receipts`.

use crate::latency::Latency;
use crate::report::Report;
use anyhow::{Context as _, Result, ensure};
use clap::Args;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const BLOCK_BYTES: usize = 4096;
/// The file that is overwritten has so many blocks, as a write-ahead log that is used again has.
const BLOCKS: usize = 1024;

/// What one fdatasync of 4 KiB takes on a disk, without any server
#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// A folder on that disk
    #[arg(long)]
    dir: PathBuf,

    /// Syncs, of each kind
    #[arg(long, default_value_t = 500)]
    count: usize,

    /// Time between two of them, as a server has that is not busy
    #[arg(long, default_value_t = 5, value_name = "MILLISECONDS")]
    pause: u64,
}

impl Sync {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.count > 0, "--count is at least 1");
        let path = self.dir.join("sync.tmp");
        let measured = self.measure(&path).with_context(|| format!("cannot write to {}", path.display()));
        let _ = fs::remove_file(&path);
        let (overwritten, appended) = measured?;
        let mut report = Report::default();
        report.row("scenario", "scenario", "sync");
        report.row("count", "syncs of each kind", self.count);
        report.latency("sync", "4 KiB in place", &overwritten);
        report.latency("append", "4 KiB at the end", &appended);
        Ok(report)
    }

    fn measure(&self, path: &std::path::Path) -> std::io::Result<(Latency, Latency)> {
        let file = File::create(path)?;
        file.write_all_at(&vec![1; BLOCK_BYTES * BLOCKS], 0)?;
        file.sync_all()?;
        let (mut overwritten, mut appended) = (Latency::new(), Latency::new());
        for n in 0..self.count {
            for (block, latency) in [(n % BLOCKS, &mut overwritten), (BLOCKS + n, &mut appended)] {
                std::thread::sleep(Duration::from_millis(self.pause));
                let bytes = [n as u8; BLOCK_BYTES];
                let began = Instant::now();
                file.write_all_at(&bytes, (block * BLOCK_BYTES) as u64)?;
                file.sync_data()?;
                latency.record(began.elapsed());
            }
        }
        Ok((overwritten, appended))
    }
}
