//! The tail of a room's log: a ring of ready frames, and the place that every cursor points into. Knows
//! neither who reads nor what the frames say.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use parking_lot::Mutex;

use crate::base::entry::Entry;
use crate::wire::frame::deflated;
use crate::wire::protocol::event::Lines;
use crate::wire::protocol::{Encoding, Framing, plain};

/// A cursor: the position of the first batch that its owner has not had.
pub(crate) type Position = u64;

/// A batch of entries as its readers need it: encoded once for each protocol that has a reader, and deflated once for
/// each that has a reader who inflates.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The entries themselves, for readers without a socket.
    pub(crate) entries: Arc<[Entry]>,
    /// Bytes that they have in a frame ([`Entry::frame_bytes`]).
    entry_bytes: usize,
    /// Lines of `chinwag.v1` that are no entries: who came, who is typing.
    notices: Box<[u8]>,
    plain: Encoded,
    v1: Encoded,
}

/// A batch in one encoding.
#[derive(Debug, Default)]
struct Encoded {
    frame: OnceLock<Bytes>,
    deflated: OnceLock<Bytes>,
}

impl Batch {
    pub(crate) fn new(entries: Arc<[Entry]>, entry_bytes: usize, notices: Vec<u8>) -> Self {
        Self { entries, entry_bytes, notices: notices.into(), ..Self::default() }
    }

    /// The frame as its reader takes it; empty when it says nothing there. Made by who first asks for it.
    pub(crate) fn frame(&self, framing: Framing) -> &Bytes {
        let encoded = match framing.encoding {
            Encoding::Plain => &self.plain,
            Encoding::V1 => &self.v1,
        };
        let frame = encoded.frame.get_or_init(|| self.encode(framing.encoding));
        match framing.window {
            Some(window) if window.takes(frame.len()) => encoded.deflated.get_or_init(|| deflated(frame)),
            _ => frame,
        }
    }

    fn encode(&self, encoding: Encoding) -> Bytes {
        match encoding {
            Encoding::Plain => plain::entries_frame(&self.entries),
            Encoding::V1 => {
                let mut lines = Lines::new();
                lines.entries(&self.entries);
                if !self.notices.is_empty() {
                    lines.raw(&self.notices);
                }
                lines.frame()
            }
        }
    }

    /// What it counts for whoever has not read it.
    fn weight(&self) -> Lag {
        Lag {
            messages: self.entries.len() + usize::from(!self.notices.is_empty()),
            bytes: self.entry_bytes + self.entries.len() + self.notices.len(),
        }
    }
}

/// How far a cursor is behind the head.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lag {
    pub(crate) messages: usize,
    pub(crate) bytes: usize,
}

impl Lag {
    fn add(&mut self, more: Self) {
        self.messages += more.messages;
        self.bytes += more.bytes;
    }

    fn since(self, before: Self) -> Self {
        Self { messages: self.messages - before.messages, bytes: self.bytes - before.bytes }
    }

    pub(crate) fn exceeds(self, bounds: Self) -> bool {
        self.messages > bounds.messages || self.bytes > bounds.bytes
    }
}

/// The cursor's batches are gone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overrun;

/// The ring. Written by its room's one task, read by whoever is behind.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    ring: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    batches: VecDeque<Slot>,
    /// The position of `batches[0]`.
    start: Position,
    /// The last entry of all that ever was in the ring, or before it.
    seq: u64,
    /// Of all that ever was in the ring.
    ever: Lag,
}

#[derive(Debug)]
struct Slot {
    batch: Arc<Batch>,
    /// Of all that was in the ring before this batch.
    before: Lag,
}

impl Ring {
    fn head(&self) -> Position {
        self.start + self.batches.len() as u64
    }

    fn after(&self, cursor: Position) -> Result<impl Iterator<Item = &Slot>, Overrun> {
        let skip = cursor.checked_sub(self.start).ok_or(Overrun)?;
        Ok(self.batches.range(self.batches.len().min(skip as usize)..))
    }
}

impl Tail {
    /// A tail for what comes after the entry with this number.
    pub(crate) fn after(seq: u64) -> Self {
        Self { ring: Mutex::new(Ring { seq, ..Ring::default() }) }
    }

    /// The position that the next batch will have.
    pub(crate) fn head(&self) -> Position {
        self.ring.lock().head()
    }

    /// The same, and the number of the last entry before it: what is after the position is what is after the
    /// number, without a gap and without an overlap.
    pub(crate) fn head_and_seq(&self) -> (Position, u64) {
        let ring = self.ring.lock();
        (ring.head(), ring.seq)
    }

    /// All up to this number is before the head, as nothing of it is this room's that is not in the ring.
    pub(crate) fn come_to(&self, seq: u64) {
        let mut ring = self.ring.lock();
        ring.seq = ring.seq.max(seq);
    }

    /// Adds a batch at the head; gives its position.
    pub(crate) fn push(&self, batch: Arc<Batch>) -> Position {
        let mut ring = self.ring.lock();
        let before = ring.ever;
        ring.ever.add(batch.weight());
        ring.seq = batch.entries.last().map_or(ring.seq, |entry| entry.seq);
        ring.batches.push_back(Slot { batch, before });
        ring.head() - 1
    }

    /// Lets go of what lies beyond the bounds, but never of the newest batch.
    pub(crate) fn trim(&self, bounds: Lag) {
        let mut ring = self.ring.lock();
        while ring.batches.len() > 1 && ring.ever.since(ring.batches[0].before).exceeds(bounds) {
            ring.batches.pop_front();
            ring.start += 1;
        }
    }

    /// How far this cursor is behind.
    pub(crate) fn lag(&self, cursor: Position) -> Result<Lag, Overrun> {
        let ring = self.ring.lock();
        let first = ring.after(cursor)?.next();
        Ok(first.map_or(Lag::default(), |slot| ring.ever.since(slot.before)))
    }

    /// Gives the frames after the cursor to `take` until they are `bytes` or more; gives the cursor after them.
    pub(crate) fn read(
        &self,
        cursor: Position,
        bytes: usize,
        framing: Framing,
        mut take: impl FnMut(&Bytes),
    ) -> Result<Position, Overrun> {
        let ring = self.ring.lock();
        let (mut cursor, mut taken) = (cursor, 0);
        for Slot { batch, .. } in ring.after(cursor)? {
            if taken >= bytes {
                break;
            }
            let frame = batch.frame(framing);
            if !frame.is_empty() {
                take(frame);
            }
            taken += frame.len();
            cursor += 1;
        }
        Ok(cursor)
    }

    /// The entries of the batch at the cursor, if it is there yet.
    pub(crate) fn entries(&self, cursor: Position) -> Result<Option<Arc<[Entry]>>, Overrun> {
        Ok(self.ring.lock().after(cursor)?.next().map(|slot| Arc::clone(&slot.batch.entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entry::Content;
    use crate::base::room_name::RoomName;
    use crate::base::user::User;

    /// A batch of messages of eight bytes each: nine with the newline, ten in a frame of their own.
    fn batch(seq: u64, messages: usize) -> Arc<Batch> {
        let content = Content::message("12345678");
        let entry = Entry { seq, at: 0, room: RoomName::lobby(), by: User::guest(), content, root: None };
        Arc::new(Batch::new(vec![entry; messages].into(), 8 * messages, Vec::new()))
    }

    fn read(tail: &Tail, cursor: Position, bytes: usize) -> Result<(Position, usize), Overrun> {
        let mut frames = 0;
        tail.read(cursor, bytes, Encoding::Plain.into(), |_| frames += 1).map(|cursor| (cursor, frames))
    }

    #[test]
    fn a_cursor_reads_on_from_where_it_is() {
        let tail = Tail::default();
        assert_eq!(read(&tail, 0, 100), Ok((0, 0)));
        for seq in 0..3 {
            assert_eq!(tail.push(batch(seq, 1)), seq);
        }
        assert_eq!(read(&tail, 0, 100), Ok((3, 3)));
        assert_eq!(read(&tail, 0, 11), Ok((2, 2)));
        assert_eq!(read(&tail, 2, 100), Ok((3, 1)));
        assert_eq!(read(&tail, 3, 100), Ok((3, 0)));
        assert_eq!(tail.lag(1), Ok(Lag { messages: 2, bytes: 18 }));
    }

    #[test]
    fn trimmed_batches_are_lost_only_to_cursors_before_them() {
        let tail = Tail::default();
        (0..5).for_each(|seq| {
            tail.push(batch(seq, 2));
        });
        tail.trim(Lag { messages: 5, bytes: 1000 });
        assert_eq!(read(&tail, 2, 100), Err(Overrun));
        assert_eq!(tail.lag(2), Err(Overrun));
        assert_eq!(read(&tail, 3, 100), Ok((5, 2)));
        tail.trim(Lag { messages: 5, bytes: 20 });
        assert_eq!(read(&tail, 3, 100), Err(Overrun));
        // The newest batch stays, however large: whoever is at the head must get it.
        tail.push(batch(5, 100));
        tail.trim(Lag { messages: 5, bytes: 20 });
        assert_eq!(read(&tail, 5, 100), Ok((6, 1)));
    }
}
