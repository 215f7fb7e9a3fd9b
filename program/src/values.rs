//! What the values of options may look like: as people write them, or refused with an example.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use chinwag::Rate;

const DEFAULT_PORT: u16 = 8080;
const DEFAULT_ADMIN_PORT: u16 = 9090;
const DAY_SECONDS: u64 = 24 * 3600;
const DAYS_MAX: u64 = 100_000;
const KEEP_BYTES_MIN: u64 = 1_000_000;

/// Where to listen: an address and a port, one of them alone, or this machine by its name.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    address_or_port(text, DEFAULT_PORT)
}

/// As an address has it, with this port where it names none.
fn address_or_port(text: &str, default_port: u16) -> Result<SocketAddr, String> {
    let text = text.trim();
    let any = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    if let Ok(ip) = text.trim_start_matches('[').trim_end_matches(']').parse() {
        return Ok(SocketAddr::new(ip, default_port));
    }
    if let Ok(port) = text.strip_prefix("*:").or(text.strip_prefix(':')).unwrap_or(text).parse() {
        return Ok(SocketAddr::new(any, port));
    }
    match text.rsplit_once(':').map_or((text, Ok(default_port)), |(host, port)| (host, port.parse())) {
        (host, Ok(port)) if host.eq_ignore_ascii_case("localhost") => {
            Ok(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port))
        }
        _ => Err("it is an address and a port, like 127.0.0.1:9000, localhost:9000 or [::]:9000, or a port alone, like \
                  :9000 or 9000"
            .into()),
    }
}

/// The address of the listener for whoever runs the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AdminAddress {
    Network(SocketAddr),
    Unix(PathBuf),
}

impl FromStr for AdminAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().strip_prefix("unix:") {
            Some("") => Err("a Unix socket has a path, like unix:/run/chinwag.sock".into()),
            Some(path) => Ok(Self::Unix(path.into())),
            None => address_or_port(text, DEFAULT_ADMIN_PORT).map(Self::Network).map_err(|_| {
                "it is an address and a port, like 127.0.0.1:9090, or a Unix socket, like unix:/run/chinwag.sock".into()
            }),
        }
    }
}

impl fmt::Display for AdminAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(address) => write!(f, "http://{address}/"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// A number and the unit behind it, in small letters.
fn measure(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    Some((number, text[digits.len()..].trim().to_ascii_lowercase()))
}

/// A number of bytes, with a unit if one likes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bytes(u64);

impl Bytes {
    pub(crate) fn of(bytes: usize) -> Self {
        Self(bytes as u64)
    }

    pub(crate) fn count(self) -> u64 {
        self.0
    }

    pub(crate) fn of_count(bytes: u64) -> Self {
        Self(bytes)
    }

    pub(crate) fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    /// As much as a chat needs to keep anything.
    pub(crate) fn to_keep(text: &str) -> Result<Self, String> {
        match text.parse()? {
            Self(..KEEP_BYTES_MIN) => Err("at least 1MB is needed for a chat".into()),
            bytes => Ok(bytes),
        }
    }
}

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bytes = measure(text).and_then(|(number, unit)| {
            let unit: u64 = match unit.as_str() {
                "" | "b" | "byte" | "bytes" => 1,
                "k" | "kb" => 1_000,
                "m" | "mb" => 1_000_000,
                "g" | "gb" => 1_000_000_000,
                "t" | "tb" => 1_000_000_000_000,
                "ki" | "kib" => 1 << 10,
                "mi" | "mib" => 1 << 20,
                "gi" | "gib" => 1 << 30,
                "ti" | "tib" => 1 << 40,
                _ => return None,
            };
            let bytes = number * unit as f64;
            // Up to here a f64 knows every whole number.
            (bytes < (1_u64 << 53) as f64).then_some(Self(bytes as u64))
        });
        bytes.ok_or_else(|| format!("'{text}' is not a number of bytes; say it like 500MB, 2GB or 1GiB"))
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number of whole days, also as weeks or years.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days(u64);

impl Days {
    pub(crate) fn of(time: Duration) -> Self {
        Self(time.as_secs() / DAY_SECONDS)
    }

    pub(crate) fn time(self) -> Duration {
        Duration::from_secs(self.0 * DAY_SECONDS)
    }
}

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let days = measure(text).filter(|(number, _)| number.fract() == 0.0).and_then(|(number, unit)| {
            let unit = match unit.as_str() {
                "" | "d" | "day" | "days" => 1.0,
                "w" | "week" | "weeks" => 7.0,
                "y" | "year" | "years" => 365.0,
                _ => return None,
            };
            Some(Self((number * unit) as u64))
        });
        match days {
            Some(Self(1..=DAYS_MAX)) => days.ok_or_else(String::new),
            Some(_) => Err(format!("it is 1 to {DAYS_MAX} days")),
            None => Err(format!("'{text}' is not a number of days; say it like 30, 30d, 4w or 1y")),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number of seconds, also as minutes or milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seconds(pub(crate) Duration);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = measure(text).and_then(|(number, unit)| {
            let unit = match unit.as_str() {
                "" | "s" | "sec" | "second" | "seconds" => 1.0,
                "ms" => 0.001,
                "m" | "min" | "minute" | "minutes" => 60.0,
                "h" | "hour" | "hours" => 3600.0,
                _ => return None,
            };
            Duration::try_from_secs_f64(number * unit).ok()
        });
        seconds
            .map(Self)
            .ok_or_else(|| format!("'{text}' is not a number of seconds; say it like 25, 0.5 or 25s"))
    }
}

/// A time as people say it, in whole seconds: minutes, hours, days or weeks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time(u64);

impl Time {
    pub(crate) fn seconds(self) -> u64 {
        self.0
    }
}

impl FromStr for Time {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = measure(text).and_then(|(number, unit)| {
            let unit = match unit.as_str() {
                "s" | "sec" | "second" | "seconds" => 1.0,
                "m" | "min" | "minute" | "minutes" => 60.0,
                "h" | "hour" | "hours" => 3_600.0,
                "d" | "day" | "days" => DAY_SECONDS as f64,
                "w" | "week" | "weeks" => 7.0 * DAY_SECONDS as f64,
                "y" | "year" | "years" => 365.0 * DAY_SECONDS as f64,
                _ => return None,
            };
            let seconds = (number * unit) as u64;
            (1..=DAYS_MAX * DAY_SECONDS).contains(&seconds).then_some(Self(seconds))
        });
        seconds.ok_or_else(|| format!("'{text}' is not a time; say it like 10m, 12h or 7d"))
    }
}

/// A limit, or none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrOff<T>(pub(crate) Option<T>);

impl<T: FromStr<Err = String>> FromStr for OrOff<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if ["off", "no", "none"].iter().any(|off| text.trim().eq_ignore_ascii_case(off)) {
            return Ok(Self(None));
        }
        text.parse().map(|limit| Self(Some(limit))).map_err(|error| format!("{error}, or off"))
    }
}

impl<T: fmt::Display> fmt::Display for OrOff<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(limit) => limit.fmt(f),
            None => f.write_str("off"),
        }
    }
}

/// A number of clients, at least one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clients(pub(crate) usize);

impl FromStr for Clients {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let clients = text.trim().parse().ok().filter(|clients| *clients > 0);
        clients.map(Self).ok_or_else(|| "say a number from 1 on, like 200".into())
    }
}

impl fmt::Display for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// So many at once, then so many a second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PerSecond(pub(crate) Rate);

impl FromStr for PerSecond {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        rate(text, 1.0).map(Self).ok_or_else(|| "say BURST/PER_SECOND, like 5/2".into())
    }
}

impl fmt::Display for PerSecond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.burst, self.0.per_second)
    }
}

/// So many at once, then so many a minute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PerMinute(pub(crate) Rate);

const MINUTE_SECONDS: f64 = 60.0;

impl FromStr for PerMinute {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        rate(text, MINUTE_SECONDS).map(Self).ok_or_else(|| "say BURST/PER_MINUTE, like 50/6".into())
    }
}

impl fmt::Display for PerMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.burst, (self.0.per_second * MINUTE_SECONDS * 1e3).round() / 1e3)
    }
}

/// So many at once, then so many in a time of so many seconds.
fn rate(text: &str, seconds: f64) -> Option<Rate> {
    let (burst, then) = text.trim().split_once('/')?;
    Some(Rate::new(burst.trim().parse().ok()?, then.trim().parse::<f64>().ok()? / seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        for (text, address) in [
            ("127.0.0.1:9000", "127.0.0.1:9000"),
            (":9000", "0.0.0.0:9000"),
            ("9000", "0.0.0.0:9000"),
            ("*:9000", "0.0.0.0:9000"),
            ("localhost:9000", "127.0.0.1:9000"),
            ("Localhost", "127.0.0.1:8080"),
            ("192.0.2.7", "192.0.2.7:8080"),
            ("[::]:9000", "[::]:9000"),
            ("::1", "[::1]:8080"),
            ("[::1]", "[::1]:8080"),
            (" :0 ", "0.0.0.0:0"),
        ] {
            assert_eq!(super::address(text).expect(text).to_string(), address, "{text}");
        }
        for text in [
            "",
            ":",
            "nowhere",
            "nowhere:80",
            "localhost:http",
            "99999",
            "http://localhost:80",
            "127.0.0.1:-1",
        ] {
            assert!(address(text).expect_err(text).contains(":9000"), "{text}");
        }
    }

    #[test]
    fn listener_of_the_operator_is_at_an_address_or_a_unix_socket() {
        for (text, shown) in [
            ("127.0.0.1:9000", "http://127.0.0.1:9000/"),
            (":9000", "http://0.0.0.0:9000/"),
            ("localhost", "http://127.0.0.1:9090/"),
            ("unix:/run/chinwag.sock", "unix:/run/chinwag.sock"),
            ("unix:chinwag.sock", "unix:chinwag.sock"),
        ] {
            assert_eq!(text.parse::<AdminAddress>().expect(text).to_string(), shown, "{text}");
        }
        for text in ["", "unix:", "/run/chinwag.sock", "nowhere:1"] {
            assert!(text.parse::<AdminAddress>().expect_err(text).contains("unix:/"), "{text}");
        }
    }

    #[test]
    fn limits_are_numbers_and_rates_or_off() {
        let shown = |text: &str| text.parse::<OrOff<PerMinute>>().expect(text).to_string();
        assert_eq!([shown("50/6"), shown(" 1 / 0.5 "), shown("OFF")], ["50/6", "1/0.5", "off"]);
        let OrOff(Some(PerMinute(rate))) = "50/6".parse().expect("a rate") else { panic!("it is a limit") };
        assert_eq!((rate.burst, rate.per_second), (50, 0.1));
        assert_eq!("20/2".parse::<OrOff<PerSecond>>().expect("a rate").to_string(), "20/2");
        assert_eq!("200".parse::<OrOff<Clients>>().expect("clients").to_string(), "200");
        for text in ["", "5", "5/", "/2", "much", "5/2/1"] {
            let said = text.parse::<OrOff<PerSecond>>().expect_err(text);
            assert!(said.contains("BURST/PER_SECOND") && said.contains("or off"), "{said}");
        }
        for text in ["", "0", "-1", "many"] {
            assert!(text.parse::<OrOff<Clients>>().expect_err(text).contains("or off"), "{text}");
        }
    }

    #[test]
    fn quantities_are_taken_as_people_write_them() {
        for (text, bytes) in [
            ("500MB", 500_000_000),
            ("1GiB", 1 << 30),
            ("1.5 GB", 1_500_000_000),
            ("2g", 2_000_000_000),
            ("512", 512),
            ("64 KiB", 65_536),
        ] {
            assert_eq!(text.parse::<Bytes>().expect(text).0, bytes, "{text}");
        }
        for text in ["", "much", "-1MB", "1XB", "99999999TB", "1 M B 2", "inf"] {
            assert!(text.parse::<Bytes>().is_err(), "{text}");
        }
        assert!(Bytes::to_keep("10").is_err());
        for (text, days) in [("7", 7), ("7d", 7), ("2 weeks", 14), ("1y", 365)] {
            assert_eq!(text.parse::<Days>().expect(text).0, days, "{text}");
        }
        for text in ["0", "1.5d", "7x", "", "-1", "999999"] {
            assert!(text.parse::<Days>().is_err(), "{text}");
        }
        for (text, milliseconds) in
            [("25", 25_000), ("25s", 25_000), ("0.5", 500), ("500ms", 500), ("1m", 60_000)]
        {
            assert_eq!(text.parse::<Seconds>().expect(text).0.as_millis(), milliseconds, "{text}");
        }
        for (text, seconds) in [("10m", 600), ("12h", 43_200), ("7d", 604_800), ("2 weeks", 1_209_600)] {
            assert_eq!(text.parse::<Time>().expect(text).0, seconds, "{text}");
        }
        for text in ["", "7", "-1d", "0h", "soon"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
        assert!("soon".parse::<Seconds>().is_err() && "1e300".parse::<Seconds>().is_err());
    }
}
