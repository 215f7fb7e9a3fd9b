//! The limits of the listeners for whoever runs the server.

use std::time::Duration;

/// Connections to it at once: a few who watch, each with one request. The next waits.
pub(crate) const ADMIN_CONNECTIONS: usize = 16;

/// Time that one of them has for its request and its answer, which is some kilobytes.
pub(crate) const ADMIN_WAIT: Duration = Duration::from_secs(10);

/// Connections at once by which the server is commanded. The next waits.
pub(crate) const CONTROL_CONNECTIONS: usize = 8;

/// Time that one of them has for its commands and their answers: deleting a thousand messages is the longest.
pub(crate) const CONTROL_WAIT: Duration = Duration::from_secs(60);

/// The longest line of a command there. Bytes.
pub(crate) const CONTROL_LINE_BYTES: usize = 16 * 1024;
