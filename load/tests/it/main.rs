//! The load generator as its users meet it: run against a chat server, right or wrong, and read.

// The words.
mod generator;
mod wrong;
// The stories.
mod runs;
mod verifies;
