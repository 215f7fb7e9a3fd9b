//! The limits of the ledger: how much machines say to each other at once, and how long they wait for each other.

use std::time::Duration;

/// Parts that rooms are divided into, by their names, so that a chat can be divided over several streams one day.
pub(crate) const PARTITIONS: usize = 16;

/// Entries of one envelope: their places in it have ten bits of a number.
pub(crate) const ENVELOPE_ENTRIES: usize = 1_024;

/// Bytes of one envelope. nats-server takes 1 MiB unless it is told otherwise.
pub(crate) const ENVELOPE_BYTES: usize = 512 * 1024;

/// Envelopes that a run may be silent for, and that an envelope may be late, in places of the order. What is later is refused, so
/// what is known of older runs can go.
pub(crate) const RUN_PLACES: u64 = 65_536;

/// Time after which an envelope that was not heard is published again, at first.
pub(crate) const RESEND_MIN: Duration = Duration::from_millis(250);

/// The same, at last.
pub(crate) const RESEND_MAX: Duration = Duration::from_secs(2);

/// Time after which a machine gives up what it has sent and not heard, and has its run closed: by the machine's own time, so
/// that a client has an answer.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(15);

/// Time between two signs of life.
pub(crate) const BEAT_PERIOD: Duration = Duration::from_secs(5);

/// Age up to which a machine's own envelope, counted from when it was sent, shows that what it hears is new.
pub(crate) const FRESH: Duration = Duration::from_secs(10);

/// Time after which the runs of a machine of which no sign of life was heard are closed by another.
pub(crate) const MACHINE_GONE: Duration = Duration::from_secs(30);

/// Names that a newcomer's machine claims for them: the first that is free is theirs. The second is for when somebody on another
/// machine has taken the first meanwhile.
pub(crate) const NAMES_CLAIMED: usize = 2;

/// Positions for which a machine knows what it had come to, to compare it with others: at a thousand envelopes a second, those
/// of some seconds, which is older than a sign of life that is on its way.
pub(crate) const DIGESTS_KEPT: usize = 16_384;

/// Time that a client waits for a machine to come to what it knows already.
pub(crate) const JOIN_WAIT: Duration = Duration::from_secs(3);

/// Time after which a message is applied again that could not be, as the store could not be written.
pub(crate) const APPLY_RETRY: Duration = Duration::from_secs(1);

/// Records that wait to be packed, while an envelope is open.
pub(crate) const RECORDS_WAITING: usize = 65_536;

/// Time after which a machine looks whether a snapshot is due.
pub(crate) const SNAPSHOT_CHECK: Duration = Duration::from_secs(60);

/// Messages of the order after which a snapshot is due: an empty machine applies so many in some seconds.
pub(crate) const SNAPSHOT_MESSAGES: u64 = 100_000;

/// Time after which a snapshot is due though little was said: with the second after it, what was deleted is gone from the stream.
pub(crate) const SNAPSHOT_PERIOD: Duration = Duration::from_secs(24 * 3600);

/// The share of what the engine takes that the order may fill: a snapshot is due then, and with the second after it what is before
/// goes. The other half is for what is said meanwhile, as a full engine takes nothing, and no machine can see that it is current.
pub(crate) const SNAPSHOT_SHARE: u64 = 2;

/// Time that a machine without a chat waits for the first message of the order.
pub(crate) const GENESIS_WAIT: Duration = Duration::from_secs(30);

const _: () = assert!(RESEND_MAX.as_millis() < FRESH.as_millis() && FRESH.as_millis() < GIVE_UP.as_millis());
// One lost beat makes no machine stale, nor two others' patience end.
const _: () = assert!(2 * BEAT_PERIOD.as_secs() <= FRESH.as_secs());
const _: () = assert!(GIVE_UP.as_secs() < MACHINE_GONE.as_secs());
