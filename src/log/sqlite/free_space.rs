//! The free space of the file system that the store is on. While it is low nothing more is said, so that there is room for what
//! makes room: deletions, retention, the write-ahead log on its way into the database.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::base::entry::Content;
use crate::base::error::Error;
use crate::base::limits::{FREE_SPACE, FREE_SPACE_MARGIN, FREE_SPACE_PART};

/// How much of the file system a store leaves free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeepFree {
    /// A twentieth of the file system, or 1 GB where that is less.
    #[default]
    Usual,
    /// So many bytes.
    Bytes(u64),
    /// Nothing: entries are taken until the disk is full.
    Nothing,
}

/// What is known of the free space. Looked at by maintenance, asked by the writer.
#[derive(Debug, Default)]
pub(super) struct FreeSpace {
    folder: PathBuf,
    keep: KeepFree,
    is_low: AtomicBool,
}

impl FreeSpace {
    pub(super) fn of(folder: &Path, keep: KeepFree) -> Self {
        let space = Self { folder: folder.to_owned(), keep, is_low: AtomicBool::new(false) };
        space.look();
        space
    }

    /// Looks at the file system, and says so in the log when the space gets low and when there is some again. Where the system
    /// does not tell it, there is enough.
    pub(super) fn look(&self) {
        let (Some((free, total)), true) = (file_system(&self.folder), self.keep != KeepFree::Nothing) else {
            return;
        };
        let floor = self.keep.floor(total);
        let was_low = self.is_low.load(Ordering::Relaxed);
        let is_low = is_below(floor, free, was_low);
        self.is_low.store(is_low, Ordering::Relaxed);
        match (was_low, is_low) {
            (false, true) => tracing::error!(
                free,
                floor,
                "{} has only {free} bytes free, of which {floor} are kept: nothing more is said until there is room; reading \
                 and deleting go on",
                self.folder.display()
            ),
            (true, false) => tracing::warn!(free, "there is room for the store again"),
            _ => {}
        }
    }

    pub(super) fn is_low(&self) -> bool {
        self.is_low.load(Ordering::Relaxed)
    }
}

impl KeepFree {
    fn floor(self, total: u64) -> u64 {
        match self {
            Self::Usual => (total / FREE_SPACE_PART).min(FREE_SPACE),
            Self::Bytes(bytes) => bytes,
            Self::Nothing => 0,
        }
    }
}

/// Whether less is free than the floor, or not so much more that it is over: what is gained by one deletion is not said again at
/// once, with two lines in the log.
fn is_below(floor: u64, free: u64, was_low: bool) -> bool {
    free < if was_low { floor.saturating_add(floor / FREE_SPACE_MARGIN) } else { floor }
}

/// Whether this may be said whatever space there is: it takes something back.
pub(super) fn takes_back(content: &Content) -> bool {
    matches!(content, Content::Deleted { .. } | Content::Reacted { on: false, .. })
}

/// What is said to whoever wants to say something while the space is low.
pub(super) fn low() -> Error {
    Error::log(
        "the server's disk is full but for what it keeps free: nothing can be said now; try again later",
    )
}

/// The bytes that are free for this process, and all of them.
#[cfg(unix)]
pub(super) fn file_system(folder: &Path) -> Option<(u64, u64)> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some((told.f_bavail.saturating_mul(told.f_frsize), told.f_blocks.saturating_mul(told.f_frsize)))
}

#[cfg(not(unix))]
pub(super) fn file_system(_: &Path) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_is_a_twentieth_of_a_small_disk_and_a_gigabyte_of_a_large_one() {
        for (keep, total, floor) in [
            (KeepFree::Usual, 1_000_000_000, 50_000_000),
            (KeepFree::Usual, 20_000_000_000, 1_000_000_000),
            (KeepFree::Usual, 1_000_000_000_000, 1_000_000_000),
            (KeepFree::Bytes(5_000_000_000), 1_000_000_000, 5_000_000_000),
            (KeepFree::Nothing, 1_000_000_000, 0),
        ] {
            assert_eq!(keep.floor(total), floor, "{keep:?} of {total}");
        }
    }

    #[test]
    fn low_space_is_over_when_there_is_a_tenth_more_than_the_floor() {
        for (free, was_low, is_low) in [
            (1_000, false, false),
            (999, false, true),
            (1_000, true, true),
            (1_099, true, true),
            (1_100, true, false),
        ] {
            assert_eq!(is_below(1_000, free, was_low), is_low, "{free} after {was_low}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn space_is_low_below_the_floor_and_not_without_one() {
        let folder = std::env::temp_dir();
        let (free, total) = file_system(&folder).expect("the system tells it");
        assert!(free > 0 && free <= total, "{free} of {total}");
        let is_low = |keep| FreeSpace::of(&folder, keep).is_low();
        assert!(
            is_low(KeepFree::Bytes(u64::MAX / 2))
                && !is_low(KeepFree::Bytes(1))
                && !is_low(KeepFree::Nothing)
        );
        assert!(!FreeSpace::of(Path::new("/nowhere/at/all"), KeepFree::Bytes(u64::MAX / 2)).is_low());
    }
}
