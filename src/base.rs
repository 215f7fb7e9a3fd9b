//! What all layers use: errors, limits, names, tokens, entries. Knows no layer.

pub(crate) mod named_enum; // enums with a name for each variant, and a list of all
pub(crate) mod error; // the library's one error type
pub(crate) mod counts; // events that are counted, not logged
pub(crate) mod limits; // every number, with its unit and its reason
pub(crate) mod network; // addresses as limits count them
pub(crate) mod memory; // the memory that this process may use
pub(crate) mod clock; // monotonic milliseconds in four bytes
pub(crate) mod room_name; // a room's name, parsed once
pub(crate) mod emoji; // the emoji that a reaction may be
pub(crate) mod face; // how somebody is shown beside their name: a hue, an emoji
pub(crate) mod user; // a user's id, name and face
pub(crate) mod visible; // characters that show nothing
pub(crate) mod name; // a person's name: what it may be, and which names look alike
pub(crate) mod account; // a user of the application that the chat is a part of
pub(crate) mod device; // a device of a user, which can be ended without the others
pub(crate) mod devices; // a user's devices, and what happens to them
pub(crate) mod private_room; // private rooms: their names, and who is in them
pub(crate) mod password; // the password of a chat, and its hash
pub(crate) mod rights; // what people may do, and who may change that
pub(crate) mod room_rules; // who writes in a room, and how often
pub(crate) mod token; // signed proof of who a client is
pub(crate) mod entry; // an entry of the log, and the state of a message
pub(crate) mod cursor; // places in the log: how far a client is, which page it wants
pub(crate) mod keeping; // how a room is kept on a list
