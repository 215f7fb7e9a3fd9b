//! What is told on standard error: how far a run is, if that is a terminal, and why it could not be made.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::time::{Duration, Instant};

const PERIOD: Duration = Duration::from_millis(250);

/// One line that is written over again and again.
#[derive(Debug)]
pub(crate) struct Progress {
    /// When the line may change next; `None` where nobody watches.
    due: Option<Instant>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { due: stderr().is_terminal().then(Instant::now) }
    }

    /// Shows `line`, if somebody watches and the last one has stood long enough.
    pub(crate) fn say(&mut self, line: impl FnOnce() -> String) {
        let now = Instant::now();
        if self.due.is_some_and(|due| now >= due) {
            self.due = Some(now + PERIOD);
            write_to_stderr(&format!("\r\x1b[K{}", line()));
        }
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if self.due.is_some() {
            write_to_stderr("\r\x1b[K");
        }
    }
}

/// Says why the run could not be made.
pub(crate) fn complain(error: &anyhow::Error) {
    write_to_stderr(&format!("chinwag-load: {error:#}\n"));
}

fn write_to_stderr(text: &str) {
    // When nobody takes it, there is nobody to tell.
    let _ = stderr().write_all(text.as_bytes());
}
