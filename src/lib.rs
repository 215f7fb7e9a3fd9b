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

// The layers, from the lowest to the highest: a layer uses only layers above it, a module in it only modules above it. A message
// passes `edge`, `connection`, `hub`, `log`, and the hub's `room`, `tail`, `fan_out` and `outlet`, in this order.
mod base; // errors, limits, names, tokens, entries
mod wire; // frames, the handshake, the protocols: bytes in, bytes out
mod log; // entries get their numbers here: in memory, or in SQLite
mod hub; // which client gets which entry: rooms, their tails, the fan-out
mod connection; // a client's task: its read pump, its session, its write pump
mod edge; // HTTP: the page, the upgrade, the server

#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;

/// The axum that the routes are made with, for who has no other.
pub use axum;

pub use crate::base::cursor::{Anchor, Cursor};
pub use crate::base::entry::{Content, Draft, Entry, Present, Reaction, Record};
pub use crate::base::error::{Error, ErrorCode};
pub use crate::base::limits::{Hosts, Limits, Rate};
pub use crate::base::name::Name;
pub use crate::base::room_name::RoomName;
pub use crate::base::token::Secret;
pub use crate::base::user::{User, UserId};
pub use crate::connection::read_pump::Session;
pub use crate::edge::page::Web;
pub use crate::edge::router::{router, serve_ws};
pub use crate::edge::server::Server;
pub use crate::edge::upgrade::upgrade;
pub use crate::hub::outlet::Outlet;
pub use crate::hub::{Hub, Listener};
pub use crate::log::{
    Answer, Appended, Checked, Deliver, Entries, Format, Imported, JoinRequest, JoinState, Keep, Log,
    MemoryLog, Page, People, Progress, Receipt, Replay, Search, SearchIndex, SqliteLog, Store, StoreOptions,
};
pub use crate::wire::frame::{Close, Message};
