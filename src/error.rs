//! The library's one error type: what was wrong, and what is allowed.

use std::fmt;
use std::io;

/// Anything the library can fail with. Ask it with the `is_…` methods, or show it: it is a sentence.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Limit(String),
    RoomName(String),
    Web(String),
    Log(String),
    Lagged,
    TooBig { bytes: usize, max: usize },
    Io { doing: String, source: io::Error },
}

impl Error {
    pub(crate) fn limit(text: String) -> Self {
        Self { kind: Kind::Limit(text) }
    }

    pub(crate) fn room_name(text: String) -> Self {
        Self { kind: Kind::RoomName(text) }
    }

    pub(crate) fn web(text: String) -> Self {
        Self { kind: Kind::Web(text) }
    }

    pub(crate) fn log(text: String) -> Self {
        Self { kind: Kind::Log(text) }
    }

    pub(crate) fn lagged() -> Self {
        Self { kind: Kind::Lagged }
    }

    pub(crate) fn too_big(bytes: usize, max: usize) -> Self {
        Self { kind: Kind::TooBig { bytes, max } }
    }

    pub(crate) fn io(doing: impl Into<String>, source: io::Error) -> Self {
        Self { kind: Kind::Io { doing: doing.into(), source } }
    }

    /// A limit that cannot be kept, or not together with the others.
    pub fn is_limit(&self) -> bool {
        matches!(self.kind, Kind::Limit(_))
    }

    /// Not a name of a room.
    pub fn is_room_name(&self) -> bool {
        matches!(self.kind, Kind::RoomName(_))
    }

    /// The log could not take an entry: it was not said.
    pub fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Log(_))
    }

    /// A listener fell off the tail of its room: entries were missed.
    pub fn is_lagged(&self) -> bool {
        matches!(self.kind, Kind::Lagged)
    }

    /// A message longer than the limit.
    pub fn is_too_big(&self) -> bool {
        matches!(self.kind, Kind::TooBig { .. })
    }

    /// The operating system said no.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Limit(text) | Kind::RoomName(text) | Kind::Web(text) | Kind::Log(text) => f.write_str(text),
            Kind::Lagged => f.write_str("fell off the room's tail: messages were missed"),
            Kind::TooBig { bytes, max } => write!(f, "a message of {bytes} bytes; at most {max} are allowed"),
            Kind::Io { doing, source } => write!(f, "{doing}: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
