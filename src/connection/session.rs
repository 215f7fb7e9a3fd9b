//! What a connection's messages mean: a member of a room who speaks plain lines, or a client of `chinwag.v1`.

mod password;
mod plain;
mod report; // shows a message to the moderators
mod rights;
mod v1;

pub(crate) use plain::{Plain, PlainAccount};
pub(crate) use rights::carry_out;
pub(crate) use v1::V1;
