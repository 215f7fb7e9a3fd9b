//! The number of an entry, from the place of its envelope in the order, so that all machines give it the same. The numbers of
//! one machine that keeps its log alone are counted instead; both grow, and a chat that moves from one to the other goes on above
//! the numbers that it has.

use crate::base::limits::{ENVELOPE_ENTRIES, NUMBER_MAX, PARTITIONS};
use crate::base::room_name::RoomName;

/// Bits of a number that say the partition of its room.
const PARTITION_BITS: u32 = PARTITIONS.trailing_zeros();

/// Bits that say which entry of its envelope it is.
const INDEX_BITS: u32 = ENVELOPE_ENTRIES.trailing_zeros();

const BITS: u32 = PARTITION_BITS + INDEX_BITS;

/// Numbers are JSON's on the wire: exact below 2^53 (RFC 8259, 6).
const NUMBER_BITS: u32 = 53;

/// Envelopes of a chat: at three hundred a second, 58 years.
pub(crate) const POSITION_MAX: u64 = (1 << (NUMBER_BITS - BITS)) - 1;

const _: () = assert!(PARTITIONS.is_power_of_two() && ENVELOPE_ENTRIES.is_power_of_two());
// Cursors of clients have such numbers, and outlive releases: these bits stay.
const _: () = assert!(PARTITION_BITS == 4 && INDEX_BITS == 10);

/// The numbers that the next entries get.
#[derive(Debug)]
pub(crate) enum Numbers {
    /// One after the other: of a machine that keeps its log alone.
    Counted { last: u64 },
    /// Those of the envelope at a position.
    Placed { position: u64, index: u64 },
}

impl Numbers {
    /// Those of the envelope at this position.
    pub(crate) fn at(position: u64) -> Self {
        Self::Placed { position, index: 0 }
    }

    /// Those after the last entry's.
    pub(crate) fn after(last: u64) -> Self {
        Self::Counted { last }
    }

    /// Whether there are so many more.
    pub(crate) fn have(&self, count: usize) -> bool {
        match self {
            Self::Counted { last } => *last < NUMBER_MAX - count as u64,
            Self::Placed { position, index } => {
                index + count as u64 <= ENVELOPE_ENTRIES as u64 && *position <= POSITION_MAX
            }
        }
    }

    /// The next entry's number, in this room; None when there are no more.
    pub(crate) fn next(&mut self, room: &RoomName) -> Option<u64> {
        if !self.have(1) {
            return None;
        }
        match self {
            Self::Counted { last } => {
                *last += 1;
                Some(*last)
            }
            Self::Placed { position, index } => {
                let number = *position << BITS | *index << PARTITION_BITS | partition(room);
                *index += 1;
                Some(number)
            }
        }
    }
}

/// The first position whose numbers are above one that was given out already.
pub(crate) fn position_above(number: u64) -> u64 {
    (number >> BITS) + 1
}

/// The partition of a room: by its name alone, for ever. FNV-1a, of which the upper half is folded into the lower.
fn partition(room: &RoomName) -> u64 {
    let hash = room.as_str().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ hash >> 32) % PARTITIONS as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_grow_with_the_order_and_stay_json_numbers() {
        let rooms = ["lobby", "tea", "garden"].map(|name| RoomName::parse(name).expect("a name"));
        let mut last = 0;
        for position in [1, 2, 3, POSITION_MAX] {
            let mut numbers = Numbers::at(position);
            assert!(numbers.have(ENVELOPE_ENTRIES) && !numbers.have(ENVELOPE_ENTRIES + 1));
            for (index, room) in (0..ENVELOPE_ENTRIES as u64).zip(rooms.iter().cycle()) {
                let number = numbers.next(room).expect("there is one more");
                assert!(number > last && number < 1 << NUMBER_BITS);
                assert_eq!(number, (position << 14) + (index << 4) + partition(room));
                last = number;
            }
            assert_eq!(numbers.next(&rooms[0]), None);
        }
        assert_eq!(Numbers::at(POSITION_MAX + 1).next(&rooms[0]), None);
    }

    #[test]
    fn numbers_of_one_machine_are_counted() {
        let (lobby, mut numbers) = (RoomName::lobby(), Numbers::after(6));
        assert_eq!([numbers.next(&lobby), numbers.next(&lobby)], [Some(7), Some(8)]);
        assert_eq!(Numbers::after(NUMBER_MAX - 1).next(&lobby), None, "the last that a store has");
    }

    #[test]
    fn chat_that_moves_goes_on_above_the_numbers_that_it_has() {
        for last in [0, 1, (1 << 14) - 1, 1 << 14, 5_000_000] {
            let first = Numbers::at(position_above(last)).next(&RoomName::lobby()).expect("a number");
            assert!(first > last, "{first} after {last}");
        }
    }

    #[test]
    fn partition_of_a_room_stays_and_rooms_are_spread() {
        let room = |name: &str| RoomName::parse(name).expect("a name");
        assert_eq!(["lobby", "tea", "garden"].map(|name| partition(&room(name))), [5, 0, 13]);
        let mut counts = [0; PARTITIONS];
        (0..16_000).for_each(|n| counts[partition(&room(&format!("room-{n}"))) as usize] += 1);
        assert!(counts.iter().all(|count| (800..1_200).contains(count)), "{counts:?}");
    }
}
