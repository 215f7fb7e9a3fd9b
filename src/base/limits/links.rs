//! The limits of links to other devices, and of QR codes.

use std::time::Duration;

/// Time for which a link to another device is good: as long as it takes to fetch that device.
pub(crate) const LINK_WAIT: Duration = Duration::from_secs(10 * 60);

/// Random bytes of a link's code: nobody guesses 128 bits.
pub(crate) const LINK_BYTES: usize = 16;

/// Links that are good at once, one for each user: of 200 bytes each.
pub(crate) const LINKS: usize = 1_000;

/// The longest name that a client gives its device. Characters.
pub(crate) const DEVICE_CHARS: usize = 64;

/// The longest text of a QR code. Bytes; a link has some 100, and more make a code that no camera reads from a screen.
pub(crate) const QR_TEXT_BYTES: usize = 512;

/// The light border around a QR code (ISO/IEC 18004, 5.3.8). Modules.
pub(crate) const QR_QUIET: i32 = 4;
