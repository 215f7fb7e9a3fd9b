//! The server as its users meet it: over a real socket, in a story each. A test that holds a behaviour of
//! the classic example begins with its number (docs/CONFORMANCE.md).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a test says what it counted, or that it was skipped")]

// The words that stories are told in.
mod chat;
mod kept;
mod nats;
mod person;
mod program;
mod proxy;
mod socket;
mod voice;
mod wrapped;
// The stories.
mod accounts;
mod addresses;
mod admin;
mod away;
mod chaos;
mod cluster;
mod connections;
mod control;
mod crash;
mod crowd;
mod deflate;
mod devices;
mod disk;
mod embed;
mod files;
mod http;
mod limits;
mod history;
mod import;
mod mentions;
mod messages;
mod model;
mod names;
mod mount;
mod one_order;
mod options;
mod password;
mod presence;
mod private;
mod process;
mod protocol;
mod reports;
mod rights;
mod room_rules;
mod rooms;
mod search;
mod secured;
mod sight;
mod slow;
mod store;
mod time;
mod tools;
mod upgrade;
mod work;
mod upkeep;
mod visitors;
// The rules of the house.
mod house;
