//! Group chat for axum applications, and the library that the program `chinwag` is made of.
//!
//! The chat is a log, a client is a cursor. A message travels like this:
//!
//! ```text
//! socket -> read_pump -> session -> hub -> log (gives the sequence number) -> room (makes a batch)
//!        -> tail (a ring of batches, encoded once) -> outlet (cursor .. head) -> socket
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
//! # In an application
//!
//! | to | there is |
//! | --- | --- |
//! | mount the page and its socket | [`router`]; [`serve_ws`] is the socket alone, for a page of your own |
//! | have your users be themselves | an [`Account`] in the request, put there by your middleware |
//! | keep what is said | [`SqliteLog`] in place of [`MemoryLog`] |
//! | say, edit, react and delete as a bot or a user | [`Hub::participant`], [`Post`] |
//! | hear all that happens | [`Hub::feed`], and [`Hub::feed_from`] to go on after a restart; [`Hub::listen`] for the messages of a room |
//! | read and search | [`Hub::history`], [`Hub::search`] |
//! | know who is there | [`Hub::rooms`], [`Hub::people`], [`Hub::client_count`] |
//! | limit strangers | [`Limits::address`], which knows a client's address by axum's `ConnectInfo`, by [`Limits::proxies`] or by a [`ClientAddress`] |
//! | moderate | [`Participant::moderate`] deletes a message, [`Hub::close_person`] ends somebody's connections |
//! | speak another protocol on the socket | [`upgrade`] with a [`Session`] of your own |
//! | watch over it | [`Hub::metrics`] for Prometheus, [`Hub::readiness`]; [`Admin`] serves both by itself |
//! | stop | [`Hub::drain`] tells everyone, [`Hub::cut`] ends who is still there; [`Server::run`] does both |
//! | tell errors apart | [`Error::code`] |
//!
//! All of it together, as in `examples/club.rs`:
//!
//! ```no_run
//! use std::path::Path;
//! use std::time::Duration;
//!
//! use axum::Router;
//! use axum::extract::Request;
//! use axum::http::StatusCode;
//! use axum::middleware::{Next, from_fn};
//! use axum::response::Response;
//! use chinwag::{Account, Hub, Limits, RoomName, SqliteLog, StoreOptions};
//! # fn user(headers: &axum::http::HeaderMap) -> Option<(u64, String)> { None }
//!
//! /// Your users: `user` reads your own session.
//! async fn members_only(mut request: Request, next: Next) -> Result<Response, StatusCode> {
//!     let (id, name) = user(request.headers()).ok_or(StatusCode::UNAUTHORIZED)?;
//!     request.extensions_mut().insert(Account::new(id, &name));
//!     Ok(next.run(request).await)
//! }
//!
//! # async fn run(stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Box<dyn std::error::Error>> {
//! // Your disk.
//! let log = SqliteLog::open(Path::new("chat"), &StoreOptions::default())?;
//! let hub = Hub::new(log, Limits::default())?;
//! let app = Router::new()
//!     .nest_service("/chat", chinwag::router(hub.clone()).layer(from_fn(members_only)));
//! // A bot.
//! let bot = hub.participant(&Account::new("bot:news", "News")).await?;
//! bot.say(&RoomName::lobby(), "We are open.").await?;
//! // A graceful stop: clients are told, and come back to the next start with their cursors.
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! axum::serve(listener, app).with_graceful_shutdown(stop).await?;
//! if tokio::time::timeout(Duration::from_secs(5), hub.drain()).await.is_err() {
//!     hub.cut();
//! }
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

// The layers, the lowest first: a layer uses only those listed before it, and so does a module in a layer. A connection enters
// through `edge`; a message then passes `connection`, `hub`, `log`, and the hub's `room`, `tail`, `fan_out` and `outlet`.
mod base; // errors, limits, names, tokens, entries
mod wire; // frames, the handshake, the protocols: bytes in, bytes out
#[cfg_attr(not(any(test, feature = "nats")), allow(dead_code, reason = "no engine is built in"))]
mod ledger; // what several machines agree on: records in one order, and what they come to
mod log; // entries get their numbers here: in memory, or in SQLite
mod hub; // which client gets which entry: rooms, their tails, the fan-out
mod connection; // a client's task: its read pump, its session, its write pump
mod embed; // what a program does in the chat without a socket
mod edge; // HTTP: the page, the upgrade, the server

#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;

/// The axum that the routes are made with, for crates that do not depend on it themselves.
pub use axum;

pub use crate::base::account::Account;
pub use crate::base::cursor::{Anchor, Cursor};
pub use crate::base::device::{Device, DeviceId, Way};
pub use crate::base::devices::{DeviceChange, Devices, LinkHash, Proof};
pub use crate::base::entry::{Content, Draft, Entry, Mentions, Present, Reaction, Record, Replies};
pub use crate::base::error::{Error, ErrorCode};
pub use crate::base::face::Face;
pub use crate::base::keeping::Keeping;
pub use crate::base::limits::{AddressLimits, Hosts, Limits, Proxies, Rate};
pub use crate::base::name::Name;
pub use crate::base::network::{AddressBan, AddressRange};
pub use crate::base::password::{Password, PasswordHash};
pub use crate::base::rights::{Door, Invitation, InvitationId, Measure, Role, Standing};
pub use crate::base::room_name::RoomName;
pub use crate::base::room_rules::{RoomRules, Writers};
pub use crate::base::token::Secret;
pub use crate::base::user::{User, UserId};
pub use crate::connection::read_pump::Session;
pub use crate::edge::address::ClientAddress;
pub use crate::edge::admin::Admin;
#[cfg(unix)]
pub use crate::edge::control::{Control, ControlAnswer, control_call};
pub use crate::edge::page::Web;
pub use crate::edge::router::{router, serve_ws};
pub use crate::edge::server::Server;
pub use crate::edge::upgrade::upgrade;
pub use crate::embed::feed::Feed;
pub use crate::embed::listener::Listener;
pub use crate::embed::participant::{Participant, Post};
pub use crate::hub::Hub;
pub use crate::hub::outlet::Outlet;
#[cfg(feature = "nats")]
pub use crate::ledger::jetstream::{ClusterStatus, MachineStatus, Nats};
pub use crate::log::{
    Answer, Appended, Arrival, Arrived, AuditEntry, Change, Checked, Deliver, DirectoryPage,
    DirectoryRequest, Entries, ExportSelection, Format, Governance, Health, Imported, JoinRequest, JoinState,
    Keep, KeepFree, KeptPage, KeptRequest, KeptRoom, ListedInvitation, ListedRoom, Log, MembersPage,
    MembersRequest, MemoryLog, Page, People, PrivateRoom, PrivateRoomsPage, Progress, Receipt, Replay,
    Search, SearchIndex, SqliteLog, StopReason, Store, StoreFigures, StoreOptions, Unread,
};
pub use crate::wire::frame::{Close, Message};
