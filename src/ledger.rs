//! What several machines agree on: records in envelopes, in the one order that an engine gives them, and the rule by which
//! an envelope takes effect once or never. Knows no SQL, no clock and no socket; and no engine
//! by name, but for the module that is one.
//!
//! A machine *packs* what it wants into an envelope and publishes it. Every machine, that one too, hears all envelopes in
//! the engine's order, and applies each to its own copy of the chat. Only there is decided what a record comes to, so all
//! copies come to the same.

pub(crate) mod codec; // numbers and texts as bytes
pub(crate) mod record; // what a machine wants to happen
pub(crate) mod envelope; // records that are published as one
pub(crate) mod number; // the number of an entry, from its place in the order
pub(crate) mod runs; // which envelopes take effect: each as its run's next one, or never
pub(crate) mod replica; // what an envelope comes to
pub(crate) mod origin; // what a machine has sent, and what came of it
pub(crate) mod follower; // whether what is heard is the whole order, from where this machine is
pub(crate) mod peers; // the other machines, by their signs of life
pub(crate) mod engine; // what carries the order
#[cfg(feature = "nats")]
pub(crate) mod jetstream; // NATS JetStream as the engine

#[cfg(test)]
pub(crate) mod model; // all of it with a simulated engine, and every fault
