//! The log: everything that happens in a room is an entry with a sequence number; the present state is a fold
//! of it. Knows rooms only by name, and no socket.

use std::fmt;

mod answer; // answers that come at once or later
mod deliver; // who hears what the log has kept, in order
mod health; // whether what a log answers is current
mod figures; // how large a log is, for whoever watches over it
mod listing; // pages of the directory of rooms
mod kept; // pages of the rooms that somebody keeps on their list
mod entries; // the log proper: appended, delivered, read again
mod people; // the directory: names, devices and read markers
mod search; // what finds messages
mod governance; // roles, bans, invitations, and what was done by whom
mod rules; // what every log decides in the same way
mod directory; // people who are known in memory alone
mod memory; // the log that keeps nothing
mod sqlite; // the log on a disk

pub use answer::{Answer, Appended, Receipt};
pub use deliver::{Change, Deliver};
pub use entries::{Entries, JoinRequest, JoinState, Page, Replay};
pub use figures::StoreFigures;
pub use governance::{
    AuditEntry, Governance, ListedInvitation, MembersPage, MembersRequest, PrivateRoom, PrivateRoomsPage,
};
pub use health::{Health, StopReason};
pub use kept::{KeptPage, KeptRequest, KeptRoom, Unread};
pub use listing::{DirectoryPage, DirectoryRequest, ListedRoom};
pub use memory::MemoryLog;
pub use people::{Arrival, Arrived, People};
pub use search::{Search, SearchIndex};
pub use sqlite::{
    Checked, ExportSelection, Format, Imported, Keep, KeepFree, Progress, SqliteLog, Store, StoreOptions,
};

use deliver::Deliveries;

/// What a chat is kept in: its entries, the people it knows, what finds its messages, and who may do what. The four are traits of
/// their own, which say what every log promises, and one value, as a rename is one transaction of the directory and the entries.
///
/// This trait is sealed: a log is a [`MemoryLog`] or an [`SqliteLog`]. Another one is added inside this crate, where
/// the rules that all logs have in common and the tests that all pass are (CONTRIBUTING.md).
pub trait Log: Entries + People + SearchIndex + Governance + Send + Sync + fmt::Debug + 'static {}

impl<T: Entries + People + SearchIndex + Governance + Send + Sync + fmt::Debug + 'static> Log for T {}

mod sealed {
    /// Implemented by the logs of this crate alone.
    pub trait Sealed {}
}

#[cfg(test)]
mod conformance;
#[cfg(test)]
pub(crate) use sqlite::Chat;
