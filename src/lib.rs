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

// The layers, from the lowest to the highest: a module uses only modules above it. A message passes `server`, `upgrade`,
// `read_pump`, `session`, `hub`, `log`, `room`, `tail` and `outlet`, in this order.

// Words: what the chat is made of. They know nothing else.
mod error; // the library's one error type
mod counts; // events that are counted, not logged
mod limits; // every number, with its unit and its reason
mod clock; // monotonic milliseconds in four bytes
mod room_name; // a room's name, parsed once
mod user; // a user's id and name
mod visible; // characters that show nothing
mod emoji; // the emoji that a reaction may be
mod name; // a person's name: what it may be, and which names look alike
mod token; // signed proof of who a client is
mod entry; // an entry of the log, and the state of a message

// The wire: bytes in, bytes out. It knows no tasks, no rooms and no storage.
mod frame; // WebSocket frames
mod handshake; // the opening handshake, and compression
mod protocol; // plain lines, and the JSON lines of `chinwag.v1`
mod rate; // a token bucket
mod stream; // the stream beneath a WebSocket

// The log: entries get their numbers here. It knows no rooms and no sockets.
mod log; // the trait, in memory and in SQLite

// The core: which client gets which entry. It knows no HTTP and no files.
mod tail; // a room's ring of encoded batches, into which cursors point
mod roster; // a slab that is gone through in pieces
mod outlet; // the way out to one client: its socket, its cursors and its queue
mod presence; // who is in a room, and who is connected
mod fan_out; // the fan-out: one batch, written to every client at the head
mod room; // a room's task: encodes a batch once and starts the fan_out
mod clients; // all connections: the cap, the heartbeat and the goodbye
mod hub; // the log, the rooms and the clients together

// The pumps: a connection's one task. They do not know how a log keeps entries.
mod budget; // how much work one poll does
mod read_pump; // from the socket to the session
mod write_pump; // from the tail to the socket, for a client that is behind
mod session; // what a client's messages mean
mod client; // the task: both pumps

// The edge: HTTP. It does not know who is in a room.
mod page; // the files of the page
mod http_connections; // connections before their upgrade: their places and deadlines
mod upgrade; // from a request to a client
mod router; // the routes
mod server; // the accept loop, and its orderly end

/// The axum that the routes are made with, for who has no other.
pub use axum;

pub use crate::entry::{Content, Draft, Entry, Present, Reaction, Record};
pub use crate::error::Error;
pub use crate::frame::{Close, Message};
pub use crate::hub::{Hub, Listener};
pub use crate::limits::{Hosts, Limits, Rate};
pub use crate::log::{
    Answer, Appended, Checked, Deliver, Format, Imported, JoinRequest, JoinState, Keep, Log, MemoryLog, Page,
    Progress, Receipt, Replay, Search, SqliteLog, Store, StoreOptions,
};
pub use crate::name::Name;
pub use crate::outlet::Outlet;
pub use crate::page::Web;
pub use crate::protocol::command::{Anchor, Cursor};
pub use crate::read_pump::Session;
pub use crate::room_name::RoomName;
pub use crate::router::{router, serve_ws};
pub use crate::server::Server;
pub use crate::token::Secret;
pub use crate::upgrade::upgrade;
pub use crate::user::{User, UserId};
