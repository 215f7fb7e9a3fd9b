//! The limits of the store: how much one transaction and one step of its maintenance do, how long its files get, and when it
//! looks at what.

use std::time::Duration;

use super::{TEXT_CHARS, UNREAD_MAX, UTF8_BYTES_A_CHAR};

/// Bytes of text that one transaction takes: some milliseconds of writing. What waits beyond is the next one's.
pub(crate) const COMMIT_BYTES: usize = 1024 * 1024;

/// Bytes that the row of an entry and its places in the indexes take beside its text, about.
pub(crate) const ENTRY_BYTES: usize = 100;

/// Time of the writer that one step of maintenance takes: nobody's message waits longer than this for what can be done
/// again, or later.
pub(crate) const STEP_TIME: Duration = Duration::from_millis(2);

/// Steps of the search index that one transaction takes while nobody waits for the writer: together they write far fewer
/// pages. With more, the commit at their end takes more than a millisecond for somebody who comes meanwhile.
pub(crate) const STEPS_AT_ONCE: usize = 8;

/// Bytes of text that one step takes into the search index. Part of the work is done by the commit, where no clock is
/// looked at: SQLite indexes about 10 MB/s.
pub(crate) const STEP_BYTES: usize = 16 * 1024;

/// Rows that one step takes at most: so many are looked up for it beside the writer.
pub(crate) const STEP_ROWS: usize = 1_024;

/// Entries that are forgotten between two looks at the budget of a step: with the longest texts, a quarter of a megabyte.
pub(crate) const FORGOTTEN_AT_ONCE: usize = 16;

/// Reactions up to which deleting a message deletes them too; more are left to maintenance.
pub(crate) const REACTIONS_AT_ONCE: u64 = 64;

/// Rows that maintenance looks through, beside the writer, before it sees to what is more urgent.
pub(crate) const SCAN_ROWS: usize = 4_096;

/// Time that a search waits for the index to follow the log. Then it finds what is in the index.
pub(crate) const INDEX_WAIT: Duration = Duration::from_millis(500);

/// Time that closing the store spends on what the search index has not come to; the next start goes on with it.
pub(crate) const CLOSE_INDEX_WAIT: Duration = Duration::from_millis(500);

/// Messages whose words a step of the search index marks; and the measure of what else it erases.
pub(crate) const INDEX_STEP: usize = 64;

/// Bytes of indexed text for which a page of the search index is merged, if there are as many parts to merge as index.sql
/// says. A page of new words (4 KiB) is merged once on each of up to four levels, as SQLite's own merging does, but in
/// steps of a millisecond instead of tens.
pub(crate) const INDEX_MERGE_BYTES: usize = 256;

/// Pages that are merged between two looks at the clock: about a millisecond.
pub(crate) const INDEX_MERGE_PAGES_MAX: usize = 8;

/// Pages that are merged after any indexing: fewer would leave the small pieces of a quiet chat as they are.
pub(crate) const INDEX_MERGE_PAGES_MIN: usize = 4;

/// Words of edited, deleted or forgotten messages that are erased from the index with each [`INDEX_STEP`]: each takes
/// some 0.1 ms, as it is sought in every part of the index.
pub(crate) const STALE_WORDS: usize = 16;

/// Messages up to whom words are erased one by one. More are cheaper to mark, and to leave out in merging the whole index:
/// a message is erased in a millisecond, marked in a fiftieth of it, and the index of a million is merged in seconds.
pub(crate) const STALE_MAX: u64 = 512;

/// Bytes of a message of usual length: so many times those are marked in a step at most.
pub(crate) const STALE_MESSAGE_BYTES: usize = 128;

/// Pages of the index that are merged with each [`INDEX_STEP`] after words were marked: about two milliseconds.
pub(crate) const PURGE_PAGES: usize = 16;

/// Pages of the write-ahead log (4 KiB each) after which they are copied into the database, beside the writer: 4 MiB,
/// most of them the same pages again and again.
pub(crate) const CHECKPOINT_PAGES: u64 = 1_024;

/// Pages of the write-ahead log after which the writer itself copies the rest between two commits, so that the log starts
/// anew. Where it is written over, a sync writes no new length of the file; so it is to be short, and started anew often.
pub(crate) const WAL_PAGES: u64 = 4_096;

/// Pages of the write-ahead log after which the writer waits for a copying that is under way: 40 MiB. With one more
/// transaction and what maintenance adds meanwhile, the log stays under 64 MB. A reader is not waited for.
pub(crate) const WAL_PAGES_MAX: u64 = 10_240;

/// Time after which the writer copies the write-ahead log again that did not start anew, because somebody reads in it.
pub(crate) const CHECKPOINT_RETRY: Duration = Duration::from_millis(100);

/// Time after which cutting it is tried again, which syncs the database each time.
pub(crate) const CUT_RETRY: Duration = Duration::from_secs(1);

/// Time without a commit after which the write-ahead log is cut to nothing.
pub(crate) const WAL_IDLE: Duration = Duration::from_secs(5);

/// Messages whose words the index still has, after which no more are forgotten until it has caught up: their texts are kept
/// until then, and forgetting is to make the store smaller.
pub(crate) const STALE_MESSAGES: u64 = 1_024;

/// Time after which free pages are given back and the write-ahead log is cut, when words were deleted, edited away or
/// forgotten: with what the index has to do for it, they are gone from the files within the minute that is promised.
pub(crate) const ERASE_PERIOD: Duration = Duration::from_secs(15);

/// Time for which no reading begins when the write-ahead log is long and copied: it starts anew once nobody reads in it,
/// which those who read all the time, one after the other, would never let it.
pub(crate) const READ_PAUSE: Duration = Duration::from_millis(50);

/// Time between two looks of a reader whether the pause is over.
pub(crate) const READ_PAUSE_LOOK: Duration = Duration::from_millis(1);

/// Bytes of its file system that a store leaves free, and the part of it where that is less: room for a long write-ahead log, for
/// the vacuum that gives back what was deleted, and for other programs.
pub(crate) const FREE_SPACE: u64 = 1_000_000_000;
pub(crate) const FREE_SPACE_PART: u64 = 20;

/// The part of that by which more must be free before something is said again.
pub(crate) const FREE_SPACE_MARGIN: u64 = 10;

/// Time between two looks at the free space, at least: maintenance looks each time that it wakes, and between its steps.
pub(crate) const FREE_SPACE_PERIOD: Duration = Duration::from_millis(500);

/// Time between two looks of maintenance at what is due.
pub(crate) const MAINTENANCE_PERIOD: Duration = Duration::from_secs(1);

/// Time between two looks at what has been kept long enough, when nothing was.
pub(crate) const RETENTION_PERIOD: Duration = Duration::from_secs(10);

/// Time between two looks at people who came once, said nothing, and never came back, and at rooms with nothing in them.
pub(crate) const SWEEP_PERIOD: Duration = Duration::from_secs(3600);

/// How far the wall clock may be ahead of the last time that was believed when a store is opened: a stop over night is no
/// reason to doubt it.
pub(crate) const CLOCK_LEAP: Duration = Duration::from_secs(24 * 3600);

/// How far the wall clock and the monotonic clock may differ while the server runs.
pub(crate) const CLOCK_SLACK: Duration = Duration::from_secs(60);

/// Time that a wall clock which leapt has to go on evenly before it is believed.
pub(crate) const CLOCK_HELD: Duration = Duration::from_secs(600);

/// Time between two records of the time that is believed.
pub(crate) const CLOCK_PERIOD: Duration = Duration::from_secs(3600);

/// Messages after a read marker that are looked at to count the unread among them, the newest first.
pub(crate) const UNREAD_ROWS: usize = 2_000;

const _: () = assert!(CHECKPOINT_PAGES < WAL_PAGES && WAL_PAGES < WAL_PAGES_MAX);
const _: () = assert!(WAL_PAGES_MAX * 4096 + 8 * (COMMIT_BYTES as u64) < 64_000_000);
const _: () = assert!(TEXT_CHARS * UTF8_BYTES_A_CHAR <= STEP_BYTES && STEP_BYTES <= COMMIT_BYTES);
const _: () = assert!(CLOCK_SLACK.as_secs() < CLOCK_LEAP.as_secs() && UNREAD_MAX as usize <= UNREAD_ROWS);
const _: () = assert!(3 * ERASE_PERIOD.as_secs() <= 60 && STEP_ROWS <= SCAN_ROWS);
const _: () = assert!(READ_PAUSE.as_millis() < CHECKPOINT_RETRY.as_millis());
