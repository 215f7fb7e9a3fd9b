//! The wire: bytes in, bytes out. Knows no task, no room and no storage.

pub(crate) mod frame; // WebSocket frames
pub(crate) mod handshake; // the opening handshake, and compression
pub(crate) mod protocol; // plain lines, and the JSON lines of `chinwag.v1`
pub(crate) mod exposition; // figures for Prometheus
pub(crate) mod bucket; // a token bucket
pub(crate) mod stream; // the stream beneath a WebSocket
