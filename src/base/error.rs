//! The library's one error type: what was wrong, and what is allowed.

use std::fmt;
use std::io;
use std::time::Duration;

mod code;

pub use code::ErrorCode;

/// Anything the library can fail with. Its [code](Self::code) and the `is_…` methods tell which it is; shown, it is a
/// sentence: what was wrong, and what is allowed.
///
/// ```
/// use chinwag::{ErrorCode, RoomName};
///
/// let error = RoomName::parse("Book Club").expect_err("it has capitals and a space");
/// assert_eq!(error.code(), ErrorCode::BadRoom);
/// assert!(error.to_string().contains("a-z 0-9 - _"));
/// ```
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Limit(String),
    RoomName(String),
    Web(String),
    Refused { code: &'static str, text: String },
    TooFast { wait: Duration },
    Limited { code: ErrorCode, text: &'static str, wait: Duration },
    Store(String),
    Log { text: String, source: Option<Box<dyn std::error::Error + Send + Sync>> },
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

    pub(crate) fn refused(code: &'static str, text: impl Into<String>) -> Self {
        Self { kind: Kind::Refused { code, text: text.into() } }
    }

    pub(crate) fn too_fast(wait: Duration) -> Self {
        Self { kind: Kind::TooFast { wait } }
    }

    /// What comes back by itself is used up.
    pub(crate) fn limited(code: ErrorCode, text: &'static str, wait: Duration) -> Self {
        Self { kind: Kind::Limited { code, text, wait } }
    }

    pub(crate) fn store(text: impl Into<String>) -> Self {
        Self { kind: Kind::Store(text.into()) }
    }

    pub(crate) fn log(text: impl Into<String>) -> Self {
        Self { kind: Kind::Log { text: text.into(), source: None } }
    }

    /// The same, with a cause that the sentence does not have: it is told to people who could do nothing with it.
    pub(crate) fn log_because(
        text: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { kind: Kind::Log { text: text.into(), source: Some(source.into()) } }
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

    /// What was asked for is not allowed, or not possible: the message says what is.
    pub fn is_refused(&self) -> bool {
        matches!(self.kind, Kind::Refused { .. } | Kind::TooFast { .. } | Kind::Limited { .. })
    }

    /// A folder or a file that the chat cannot be kept in, or read from.
    pub fn is_store(&self) -> bool {
        matches!(self.kind, Kind::Store(_))
    }

    /// The log could not take an entry, or not read one, for now: nothing was said.
    pub fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Log { .. })
    }

    /// A listener fell off the tail of its room: entries were missed.
    pub fn is_lagged(&self) -> bool {
        matches!(self.kind, Kind::Lagged)
    }

    /// A message longer than the limit.
    pub fn is_too_big(&self) -> bool {
        matches!(self.kind, Kind::TooBig { .. })
    }

    /// Which error it is, for a program: the same word that a client of `chinwag.v1` is told (docs/PROTOCOL.md).
    pub fn code(&self) -> ErrorCode {
        match self.kind {
            Kind::Refused { code, .. } => ErrorCode::of(code).unwrap_or(ErrorCode::Unavailable),
            Kind::TooFast { .. } => ErrorCode::SlowDown,
            Kind::Limited { code, .. } => code,
            Kind::RoomName(_) => ErrorCode::BadRoom,
            Kind::TooBig { .. } => ErrorCode::TooLong,
            Kind::Limit(_) => ErrorCode::BadLimit,
            Kind::Web(_) => ErrorCode::BadPage,
            Kind::Store(_) => ErrorCode::BadStore,
            Kind::Lagged => ErrorCode::Lagged,
            Kind::Log { .. } | Kind::Io { .. } => ErrorCode::Unavailable,
        }
    }

    /// After which time the same is allowed again, when it came too fast, or too much came.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            Kind::TooFast { wait } | Kind::Limited { wait, .. } => Some(wait),
            _ => None,
        }
    }

    /// The operating system said no.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io { .. })
    }

    /// What the operating system said, when it said no.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        match &self.kind {
            Kind::Io { source, .. } => Some(source.kind()),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Limit(text) | Kind::RoomName(text) | Kind::Web(text) => f.write_str(text),
            Kind::Refused { text, .. } | Kind::Store(text) | Kind::Log { text, .. } => f.write_str(text),
            Kind::TooFast { wait } => write!(f, "that is too fast: wait {:.1} s", wait.as_secs_f64()),
            Kind::Limited { text, wait, .. } => write!(f, "{text}: wait {:.0} s", wait.as_secs_f64().ceil()),
            Kind::Lagged => f.write_str("fell off the room's tail: messages were missed"),
            Kind::TooBig { bytes, max } => write!(f, "a message of {bytes} bytes; at most {max} are allowed"),
            Kind::Io { doing, source } => write!(f, "{doing}: {source}"),
        }
    }
}

impl std::error::Error for Error {
    /// What the sentence does not have: why the log failed, or the cause of the operating system's reason, which is in the
    /// sentence.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io { source, .. } => source.source(),
            Kind::Log { source: Some(source), .. } => Some(&**source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn error_has_a_code_and_keeps_the_cause_that_its_sentence_lacks() {
        let error = Error::log_because("the server's disk is full", "database or disk is full");
        assert_eq!((error.code(), error.is_log(), error.is_io()), (ErrorCode::Unavailable, true, false));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("database or disk is full"));
        assert!(!error.to_string().contains("database"));
        let error = Error::io("cannot read it", io::ErrorKind::PermissionDenied.into());
        assert!(error.is_io() && error.source().is_none(), "its sentence has the reason");
        assert_eq!(Error::refused("not_yours", "no").code(), ErrorCode::NotYours);
    }
}
