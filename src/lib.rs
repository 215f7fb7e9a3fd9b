//! Group chat for axum applications, and the library that the program `chinwag` is made of.
//!
//! The chat is a log, a client is a cursor. A message travels like this:
//!
//! ```text
//! socket -> read_pump -> session -> hub -> log (gives the sequence number) -> room (encodes once)
//!        -> tail (a ring of ready frames) -> outlet (cursor .. head) -> socket
//! ```
//!
//! To put the chat into an axum application of your own, mount [`router`]; to run it whole, hand a
//! listener to [`Server::run`]. A hub also runs without any socket:
//!
//! ```
//! use chinwag::{Hub, Limits, MemoryLog, RoomName};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), chinwag::Error> {
//! let hub = Hub::new(MemoryLog::new(), Limits::default())?;
//! let lobby = RoomName::lobby();
//! let mut ada = hub.listen(&lobby);
//! let said = hub.say(&lobby, "hello").await?;
//! let heard = ada.next().await?;
//! assert_eq!((heard.seq, heard.text()), (said.seq, "hello"));
//! # Ok(())
//! # }
//! ```
//!
//! # How SQLite is built
//!
//! [`SqliteLog`] brings its own SQLite, and is safe with its default settings. Two others make it faster:
//! `HAVE_FDATASYNC=1` lets a commit sync with `fdatasync`, which waits for less than `fsync`, and
//! `SQLITE_DEFAULT_MEMSTATUS=0` turns off a count of memory that all threads keep under one lock. Cargo does not read the
//! configuration of a dependency, so an application that wants them has them in its own `.cargo/config.toml`:
//!
//! ```toml
//! [env]
//! LIBSQLITE3_FLAGS = "-DHAVE_FDATASYNC=1 -DSQLITE_DEFAULT_MEMSTATUS=0"
//! ```
//!
//! # Platforms
//!
//! Linux on x86-64 is tested. Other systems are neither built nor tested.

// The modules are listed from the lowest layer to the highest: a module uses only modules above it.

// Words: what the chat is made of, and its limits.
mod error;
mod counts;
mod limits;
mod clock;
mod room_name;
mod user;
mod visible;
mod emoji;
mod name;
mod token;
mod entry;
// The wire: bytes in, bytes out; no tasks, no rooms, no storage.
mod frame;
mod handshake;
mod protocol;
mod rate;
mod stream;
// The log.
mod log;
// The core: who hears what.
mod tail;
mod roster;
mod outlet;
mod presence;
mod pass;
mod room;
mod clients;
mod hub;
// The pumps: a connection's one task.
mod budget;
mod read_pump;
mod write_pump;
mod session;
mod client;
// The edge: HTTP.
mod page;
mod http_connections;
mod upgrade;
mod router;
mod server;

/// The axum that the routes are made with, for who has no other.
pub use axum;

pub use crate::entry::{Draft, Entry, Present, Reaction, Record, What};
pub use crate::error::Error;
pub use crate::frame::{Close, Message};
pub use crate::hub::{Hub, Listener};
pub use crate::limits::{Hosts, Limits, Rate};
pub use crate::log::{
    Answer, Appended, Begin, Beginning, Checked, Deliver, Format, Imported, Keep, Log, MemoryLog, Page,
    Progress, Receipt, Replay, Search, SqliteLog, Store, StoreOptions,
};
pub use crate::name::Name;
pub use crate::outlet::Outlet;
pub use crate::page::Web;
pub use crate::protocol::command::{At, Cursor};
pub use crate::read_pump::Session;
pub use crate::room_name::RoomName;
pub use crate::router::{router, serve_ws};
pub use crate::server::Server;
pub use crate::token::Secret;
pub use crate::upgrade::upgrade;
pub use crate::user::{User, UserId};
