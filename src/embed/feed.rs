//! The feed: every entry of every room, for a program. It is a cursor in the log: what comes is pushed to it, and what it is too
//! slow for is read again.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use crate::base::cursor::Cursor;
use crate::base::entry::{Entry, Record};
use crate::base::error::Error;
use crate::hub::Hub;
use crate::hub::feed_queue::{FeedQueue, Taken};

/// All that happens in all rooms, entry by entry, in one order: messages, edits, deletions, reactions, topics, titles and names.
///
/// A program that is slow, or away for a time, misses nothing that the log keeps: what was not taken in time is read from the
/// log, which has an entry without the texts that are gone by then. [`Feed::cursor`] is the place to go on from after a
/// restart.
///
/// ```
/// use chinwag::{Content, Hub, Limits, MemoryLog, RoomName};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let mut feed = hub.feed();
/// hub.say(&RoomName::parse("tea")?, "hello").await?;
/// let entry = feed.next().await?;
/// match &entry.content {
///     Content::Message { text, .. } => println!("{} in {}: {text}", entry.by.name, entry.room),
///     Content::Deleted { target } => println!("{} is gone", target),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
pub struct Feed {
    hub: Hub,
    queue: Arc<FeedQueue>,
    /// The place after the last entry that was given.
    cursor: Cursor,
    /// Entries that were read from the log, and that `next` has not given yet.
    read: VecDeque<Entry>,
    /// While it catches up: the last entry that it reads from the log; the queue has all after it.
    until: Option<u64>,
}

impl Hub {
    /// Listens to all rooms, from now on.
    pub fn feed(&self) -> Feed {
        let queue = Arc::new(FeedQueue::default());
        let cursor = Cursor::new(self.log().epoch(), self.attach(&queue));
        Feed { hub: self.clone(), queue, cursor, read: VecDeque::new(), until: None }
    }

    /// Listens to all rooms, from a cursor on: first what the log has after it.
    ///
    /// Where the cursor is another chat's, or some of what was after it is not kept any more, the first [`Feed::next`] says
    /// that entries were missed, and the feed goes on from now.
    pub fn feed_from(&self, cursor: &Cursor) -> Feed {
        let mut feed = self.feed();
        feed.until = Some(feed.cursor.seq);
        feed.cursor = cursor.clone();
        feed
    }
}

impl Feed {
    /// The next entry; waits until there is one. Cancel-safe.
    ///
    /// # Errors
    /// Entries were missed ([`Error::is_lagged`](crate::Error::is_lagged)), which happens only where the log does not keep
    /// them: the next call goes on with what comes now. Or the log cannot read now; the next call tries again.
    pub async fn next(&mut self) -> Result<Entry, Error> {
        loop {
            if let Some(entry) = self.read.pop_front() {
                (self.cursor.seq, self.cursor.at) = (entry.seq, Some(entry.at));
                return Ok(entry);
            }
            if let Some(until) = self.until {
                self.read_on(until).await?;
                continue;
            }
            let arrived = self.queue.arrived();
            match self.queue.take() {
                Taken::Entry(entry) => {
                    (self.cursor.seq, self.cursor.at) = (entry.seq, Some(entry.at));
                    return Ok(entry);
                }
                Taken::Nothing => arrived.await,
                Taken::Overrun => self.until = Some(self.hub.reattach(&self.queue)),
            }
        }
    }

    /// The place after the last entry that it gave, for [`Hub::feed_from`].
    pub fn cursor(&self) -> Cursor {
        self.cursor.clone()
    }

    /// Reads the next piece of what it missed.
    async fn read_on(&mut self, until: u64) -> Result<(), Error> {
        let log = self.hub.log();
        let piece = log.replay_all(&self.cursor, until).await?;
        if piece.broken {
            (self.cursor, self.until) = (Cursor::new(log.epoch(), until), None);
            return Err(Error::lagged());
        }
        // The cursor may have an earlier epoch of this log. Its number means the same in the present one.
        self.cursor.epoch = log.epoch().to_owned();
        self.read.extend(piece.records.into_iter().map(|record| match record {
            Record::Entry(entry) => entry,
            Record::Present(present) => present.entry,
        }));
        if piece.more.is_none() {
            self.until = None;
        }
        Ok(())
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("cursor", &self.cursor).finish_non_exhaustive()
    }
}
