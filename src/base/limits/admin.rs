//! The limits of the listener for whoever runs the server.

use std::time::Duration;

/// Connections to it at once: a few who watch, each with one request. The next waits.
pub(crate) const ADMIN_CONNECTIONS: usize = 16;

/// Time that one of them has for its request and its answer, which is some kilobytes.
pub(crate) const ADMIN_WAIT: Duration = Duration::from_secs(10);
