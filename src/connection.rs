//! A connection's one task, with its read pump and write pump, and the sessions that give messages their meaning. Knows
//! nothing of how a log keeps things.

pub(crate) mod budget; // how much work one poll does
pub(crate) mod rate; // the message rate: prices, who pays, and what is too much
pub(crate) mod read_pump; // from the socket to the session
pub(crate) mod write_pump; // from the tail to the socket, for a client that is behind
pub(crate) mod session; // what a client's messages mean
pub(crate) mod client; // the task: both pumps
