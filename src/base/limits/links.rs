//! The limits of devices, of links to them, and of QR codes.

use std::time::Duration;

/// Time for which a link to another device is good: as long as it takes to fetch that device.
pub(crate) const LINK_WAIT: Duration = Duration::from_secs(10 * 60);

/// Random bytes of a link's code: nobody guesses 128 bits.
pub(crate) const LINK_BYTES: usize = 16;

/// Links that are good at once, one for each user: of 200 bytes each.
pub(crate) const LINKS: usize = 1_000;

/// The longest name that a client gives its device. Characters.
pub(crate) const DEVICE_CHARS: usize = 64;

/// Bytes of an id in a token: 63 bits, of a user or of a device.
pub(crate) const TOKEN_ID_BYTES: usize = 8;

/// Devices of a user. More would be no list that one looks through for the one that is not one's own.
pub(crate) const DEVICES: usize = 32;

/// Random bits of a device's id, beside the millisecond in which it was made: two of one user are never the same.
pub(crate) const DEVICE_RANDOM_BITS: u32 = 21;

/// How exactly it is known when a device said hello last: not every hello is worth a write.
pub(crate) const DEVICE_SEEN_PERIOD: Duration = Duration::from_secs(3600);

/// Time for which a device that was ended is turned away by the hub itself: as long as a hello may take that was under way when
/// the device was ended.
pub(crate) const DEVICE_ENDED_WAIT: Duration = Duration::from_secs(60);

/// Devices that were ended within that time, of all users together; the oldest is let go of for one more.
pub(crate) const DEVICES_ENDED: usize = 256;

/// The longest text of a QR code. Bytes; a link has some 100, and more make a code that no camera reads from a screen.
pub(crate) const QR_TEXT_BYTES: usize = 512;

/// The light border around a QR code (ISO/IEC 18004, 5.3.8). Modules.
pub(crate) const QR_QUIET: i32 = 4;
