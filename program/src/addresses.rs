//! The options of limits by address, and what the library makes of them.

use chinwag::AddressLimits;
use clap::Args as Options;
use clap::builder::BoolishValueParser;

use crate::values::{Bytes, Clients, OrOff, PerMinute, PerSecond};

const HEADING: &str = "Limits by address";

/// What may come from one address.
#[derive(Debug, Options)]
pub(crate) struct AddressOptions {
    /// Clients connected from one address at once. An IPv6 network of 64 bits is one address. Clients of this machine and of
    /// private networks have none of these limits, which are sized for a class of 40 behind one address; what was used up comes
    /// back by itself. Behind a proxy they need --trusted-proxy
    #[arg(long, env = "CHINWAG_ADDRESS_CONNECTIONS", default_value_t = OrOff(defaults().connections.map(Clients)), value_name = "CLIENTS|off", help_heading = HEADING)]
    address_connections: OrOff<Clients>,

    /// Messages from one address, of all users: so many at once, then so many a second. Other work has its price in messages
    #[arg(long, env = "CHINWAG_ADDRESS_RATE", default_value_t = OrOff(defaults().rate.map(PerSecond)), value_name = "BURST/PER_SECOND|off", help_heading = HEADING)]
    address_rate: OrOff<PerSecond>,

    /// New people from one address: so many at once, then so many a minute
    #[arg(long, env = "CHINWAG_ADDRESS_PEOPLE", default_value_t = OrOff(defaults().people.map(PerMinute)), value_name = "BURST/PER_MINUTE|off", help_heading = HEADING)]
    address_people: OrOff<PerMinute>,

    /// New rooms from one address: so many at once, then so many a minute
    #[arg(long, env = "CHINWAG_ADDRESS_ROOMS", default_value_t = OrOff(defaults().rooms.map(PerMinute)), value_name = "BURST/PER_MINUTE|off", help_heading = HEADING)]
    address_rooms: OrOff<PerMinute>,

    /// Bytes that are said from one address in a day, with 100 for each message; at once, what comes back in a quarter of an hour
    #[arg(long, env = "CHINWAG_ADDRESS_BYTES", default_value_t = OrOff(defaults().bytes.map(Bytes::of_count)), value_name = "BYTES|off", help_heading = HEADING)]
    address_bytes: OrOff<Bytes>,

    /// Whether the debug log says which address was refused something. Otherwise addresses are nowhere but in memory, for as long as
    /// the limits need them
    #[arg(long, env = "CHINWAG_LOG_ADDRESSES", default_value = "on", value_name = "on|off", value_parser = BoolishValueParser::new(), action = clap::ArgAction::Set, hide_possible_values = true, help_heading = HEADING)]
    log_addresses: bool,
}

fn defaults() -> AddressLimits {
    AddressLimits::default()
}

impl AddressOptions {
    /// The limits, but for that of each user, which stays as it is.
    pub(crate) fn limits(&self) -> AddressLimits {
        let mut limits = defaults();
        limits.connections = self.address_connections.0.map(|clients| clients.0);
        limits.rate = self.address_rate.0.map(|rate| rate.0);
        limits.people = self.address_people.0.map(|rate| rate.0);
        limits.rooms = self.address_rooms.0.map(|rate| rate.0);
        limits.bytes = self.address_bytes.0.map(Bytes::count);
        limits
    }

    pub(crate) fn logs_addresses(&self) -> bool {
        self.log_addresses
    }
}
