//! The limits of NATS as the engine of several machines.

use std::time::Duration;

use super::FRESH;

/// Time that the engine has for an answer.
pub(crate) const ENGINE_WAIT: Duration = Duration::from_secs(5);

/// Time that a machine which begins waits for a NATS server.
pub(crate) const NATS_START_WAIT: Duration = Duration::from_secs(10);

/// Time between two pings to a NATS server: a link that is half open is noticed after two.
pub(crate) const NATS_PING_PERIOD: Duration = Duration::from_secs(2);

/// The oldest nats-server that has what is used of it: streams that begin at a position, with metadata, compressed.
pub(crate) const NATS_VERSION_MIN: [u32; 3] = [2, 10, 0];

/// The oldest without known faults that lose messages of a stream with replicas.
pub(crate) const NATS_VERSION_GOOD: [u32; 3] = [2, 12, 9];

/// Bytes that a server's monitoring port may say: some thousand, and more with many routes.
pub(crate) const MONITOR_BYTES: u64 = 1024 * 1024;

/// Servers that keep a copy of the stream where there are so many: one may fail.
pub(crate) const STREAM_REPLICAS: usize = 3;

/// Bytes of a stream, unless it is told otherwise, after which it takes no more: snapshots let it be trimmed long before.
pub(crate) const STREAM_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// The least bytes of a stream: envelopes of some machines between two snapshots.
pub(crate) const STREAM_BYTES_MIN: u64 = 16 * 1024 * 1024;

/// Bytes before what a machine says on a topic, by which it leaves out its own: random, and so another machine's are others.
pub(crate) const TOPIC_TAG_BYTES: usize = 8;

/// Things said on topics that wait for NATS. What is more is lost, and said anew with the next.
pub(crate) const TOPICS_WAITING: usize = 1_024;

/// Time between two heartbeats of a consumer on which nothing comes.
pub(crate) const FEED_HEARTBEAT: Duration = Duration::from_millis(500);

/// Silence after which a consumer is given up: its server may have died with it.
pub(crate) const FEED_SILENCE: Duration = Duration::from_millis(1_500);

/// Time for which a server keeps a consumer that nobody listens to.
pub(crate) const FEED_KEPT: Duration = Duration::from_secs(30);

/// Time after which a message is offered again that the writer had no room for.
pub(crate) const FEED_FULL_WAIT: Duration = Duration::from_millis(5);

/// Time without a message after which it is asked whether the stream ends before where a machine is.
pub(crate) const STREAM_ENDS_WAIT: Duration = Duration::from_secs(10);

/// Snapshots that are kept: the newest, and the one before it, up to which the stream is trimmed.
pub(crate) const SNAPSHOTS_KEPT: usize = 2;

/// Positions that a new stream leaves out behind those of the one that a copy has applied: other machines may have come so much
/// farther with that.
pub(crate) const RESEED_GAP: u64 = 1 << 20;

const _: () =
    assert!(STREAM_BYTES_MIN >= 32 * super::ENVELOPE_BYTES as u64 && STREAM_BYTES_MIN < STREAM_BYTES);
// A heartbeat may be late.
const _: () = assert!(2 * FEED_HEARTBEAT.as_millis() < FEED_SILENCE.as_millis());
const _: () = assert!(FEED_SILENCE.as_millis() < FRESH.as_millis());
