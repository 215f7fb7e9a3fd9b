//! The health of a log: whether what it answers is current. A log on one machine always is; a copy of a chat that is on several
//! machines may be behind.

use std::fmt;
use std::time::Instant;

/// The state of a log, for whoever wants to know whether what it says is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Health {
    /// Its answers are current, and it takes what is appended.
    Ready,
    /// It was started not long ago, and comes to what the other machines have.
    CatchingUp,
    /// It has not heard from the others since then. It is read and searched, and takes nothing.
    Stale {
        /// When it was heard last that it was current.
        since: Instant,
    },
    /// It does not go on until somebody sees to it. It is read and searched, and takes nothing.
    Stopped(StopReason),
}

/// Why a machine does not go on with the order that the others have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// It needs a newer build, which knows these rules.
    NewerRules(u16),
    /// The order does not go back to where it is: it needs a snapshot.
    Trimmed,
    /// The order has lost what this machine has applied.
    OtherOrder,
    /// Another machine has come to something else by the same messages.
    Diverged,
}

impl Health {
    /// Whether what is read is current.
    pub fn is_ready(&self) -> bool {
        *self == Self::Ready
    }
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready => f.write_str("ready"),
            Self::CatchingUp => f.write_str("catching up with the other machines"),
            Self::Stale { since } => {
                write!(
                    f,
                    "stale: nothing was heard from the other machines for {} s",
                    since.elapsed().as_secs()
                )
            }
            Self::Stopped(reason) => write!(f, "stopped: {reason}"),
        }
    }
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerRules(rules) => {
                write!(f, "the chat is judged by rules {rules}, which this build does not know: run a newer chinwag")
            }
            Self::Trimmed => f.write_str(
                "this machine was away for so long that the others have let go of what it missed: \
                 start it again, and it begins with a snapshot",
            ),
            Self::OtherOrder => f.write_str(
                "the ledger has lost what this machine has: it is read here, and nothing is said until the ledger is \
                 made anew from the machine that has most",
            ),
            Self::Diverged => f.write_str(
                "another machine has come to something else by the same messages: this is a fault of chinwag; remove \
                 the folder of one, and it begins with a snapshot",
            ),
        }
    }
}
