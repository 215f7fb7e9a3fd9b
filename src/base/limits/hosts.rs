//! The host names that a server answers to: what stops DNS rebinding.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use unicode_normalization::UnicodeNormalization;

use crate::base::error::Error;

/// The host names that a server answers to. Requests for others are refused with 421, so that a page of somebody else
/// whose name suddenly leads to this machine (DNS rebinding) gets nothing.
///
/// By default these are the names that nobody else can have: IP addresses, `localhost` and what ends in `.localhost`,
/// `.local` names, and the name of this machine. That holds for [`router`](crate::router) in an application of one's own,
/// too: a chat that is reached under a public name has to be told that name.
///
/// ```
/// use chinwag::{Hosts, Limits};
///
/// let mut limits = Limits::default();
/// limits.hosts = Hosts::parse(["chat.example.org", "[2001:db8::1]:8443"])?;
/// # Ok::<(), chinwag::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts(Answers);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answers {
    Any,
    /// To what is local, and to these names of the machine.
    Local(Vec<String>),
    Named(Vec<Host>),
}

/// A host as a Host header or an Origin has it, in the form in which two of them can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
}

impl Default for Hosts {
    fn default() -> Self {
        Self::local()
    }
}

impl Hosts {
    /// The names that nobody else can have; see [`Hosts`].
    pub fn local() -> Self {
        Self(Answers::Local(own_names()))
    }

    /// Every name: for a server behind something that looks at names itself.
    pub fn any() -> Self {
        Self(Answers::Any)
    }

    /// These names and no others (`chat.example.org`, at any port; `chat.example.org:8443`, at that port alone). A `*` is
    /// [`Hosts::any`], no name at all is [`Hosts::local`].
    ///
    /// # Errors
    /// What no request can ask for: a URL, a path, a wildcard within a name, a name that DNS cannot have.
    pub fn parse<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        let mut named = Vec::new();
        let mut is_any = false;
        for names in names {
            for name in names.as_ref().split(',').map(str::trim).filter(|name| !name.is_empty()) {
                match name {
                    "*" => is_any = true,
                    name => named.push(Host::from_operator(name)?),
                }
            }
        }
        Ok(match (is_any, named.is_empty()) {
            (true, _) => Self::any(),
            (false, true) => Self::local(),
            (false, false) => Self(Answers::Named(named)),
        })
    }

    /// Whether a request for this host is answered.
    pub(crate) fn admit(&self, host: &Host) -> bool {
        match &self.0 {
            Answers::Any => true,
            Answers::Local(own) => host.is_local() || own.contains(&host.name),
            Answers::Named(_) => self.name(host),
        }
    }

    /// Whether the operator has named this host.
    pub(crate) fn name(&self, host: &Host) -> bool {
        let Answers::Named(named) = &self.0 else { return false };
        named.iter().any(|ours| ours.name == host.name && (ours.port.is_none() || ours.port == host.port))
    }
}

/// As one says which hosts these are.
impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Answers::Any => f.write_str("any"),
            Answers::Local(_) => f.write_str("addresses and local names"),
            Answers::Named(named) => {
                for (i, host) in named.iter().enumerate() {
                    write!(f, "{}{host}", if i > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl Host {
    /// A host and perhaps a port, as a request has them; `None` for what is neither a name nor an address.
    pub(crate) fn parse(authority: &str) -> Option<Self> {
        let (name, port) = match authority.rsplit_once(':') {
            // An IPv6 address stands in brackets (RFC 3986, 3.2.2); its own colons are not a port's.
            Some((name, port)) if !port.ends_with(']') => {
                // A port may be left empty (RFC 3986, 3.2.3).
                let is_number = port.bytes().all(|b| b.is_ascii_digit());
                (name, if port.is_empty() { None } else { Some(port.parse().ok().filter(|_| is_number)?) })
            }
            _ => (authority, None),
        };
        let name = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            Some(address) => format!("[{}]", address.parse::<Ipv6Addr>().ok()?),
            None => Some(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
                .filter(|name| is_name(name))?,
        };
        Some(Self { name, port })
    }

    /// The same, as an operator writes it: an IPv6 address without brackets, a name in Unicode.
    fn from_operator(text: &str) -> Result<Self, Error> {
        let no = |why: &str| Err(Error::limit(format!("'{text}' is no host name: {why}")));
        if let Some((_, rest)) = text.split_once("://") {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            return no(&format!("it is a URL; name its host alone, like {host}"));
        }
        if let Some((host, _)) = text.split_once(['/', '?', '#']) {
            return no(&format!("it has a path; name the host alone, like {host}"));
        }
        if text.contains('*') {
            return no(
                "a wildcard stands only for all hosts ('*' by itself); name each host, with commas between them",
            );
        }
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Ok(Self { name: format!("[{address}]"), port: None });
        }
        match to_ascii(text).as_deref().and_then(Self::parse) {
            Some(host) if host.port != Some(0) => Ok(host),
            _ => no("it is like chat.example.org, chat.example.org:8443, 192.0.2.1 or 2001:db8::1"),
        }
    }

    /// The port, where a scheme's own is left out.
    pub(crate) fn port_of(&self, scheme: &str) -> Option<u16> {
        self.port.or(match scheme {
            "http" | "ws" => Some(80),
            "https" | "wss" => Some(443),
            _ => None,
        })
    }

    /// Whether nobody can make this name lead to where they like: it is an address already, or resolved by this machine or
    /// this network alone (RFC 6761, 6.3; RFC 6762, 3).
    fn is_local(&self) -> bool {
        let last = self.name.rsplit('.').next().unwrap_or_default();
        self.name.starts_with('[')
            || self.name.parse::<IpAddr>().is_ok()
            || last == "localhost"
            || (last == "local" && self.name != "local")
    }
}

/// Whether DNS can have this name (RFC 1123, 2.1), in small letters. Underscores are not for hosts, and in use.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

/// What this machine is called, with its domain and without.
fn own_names() -> Vec<String> {
    #[cfg(unix)]
    {
        let system = rustix::system::uname();
        let Some(host) = system.nodename().to_str().ok().and_then(Host::parse) else { return Vec::new() };
        let short = host.name.split('.').next().unwrap_or_default().to_owned();
        if short == host.name { vec![short] } else { vec![host.name, short] }
    }
    #[cfg(not(unix))]
    Vec::new()
}

/// A name in Unicode as browsers send it: each label in its compatibility form and small letters, in Punycode (UTS 46).
fn to_ascii(name: &str) -> Option<String> {
    let name: String = name.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let label = |label: &str| {
        if label.is_ascii() { Some(label.to_owned()) } else { Some(format!("xn--{}", punycode(label)?)) }
    };
    // The full stops of East Asia end a label as well.
    let (host, port) = name.rsplit_once(':').map_or((&*name, None), |(host, port)| (host, Some(port)));
    let labels: Option<Vec<String>> = host.split(['.', '。']).map(label).collect();
    let host = labels?.join(".");
    Some(port.map_or(host.clone(), |port| format!("{host}:{port}")))
}

/// RFC 3492, 6.3, whose names and numbers these are; `None` when it overflows.
fn punycode(label: &str) -> Option<String> {
    let (base, t_min, t_max, skew, damp) = (36_u32, 1, 26, 38, 700);
    let digit = |value: u32| char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize]);
    let (mut n, mut delta, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let count = u32::try_from(label.chars().count()).ok()?;
    while handled < count {
        let next = label.chars().map(u32::from).filter(|&c| c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c != n {
                continue;
            }
            let (mut q, mut k) = (delta, base);
            loop {
                let t = k.saturating_sub(bias).clamp(t_min, t_max);
                if q < t {
                    break;
                }
                out.push(digit(t + (q - t) % (base - t)));
                q = (q - t) / (base - t);
                k += base;
            }
            out.push(digit(q));
            // The adaptation of the bias (RFC 3492, 6.1).
            delta = if handled == basic { delta / damp } else { delta / 2 };
            delta += delta / (handled + 1);
            let mut k = 0;
            while delta > (base - t_min) * t_max / 2 {
                delta /= base - t_min;
                k += base;
            }
            bias = k + (base - t_min + 1) * delta / (delta + skew);
            delta = 0;
            handled += 1;
        }
        delta += 1;
        n += 1;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_spellings_become_what_browsers_send() {
        for (written, sent) in [
            ("chat.example", "chat.example"),
            (" Chat.Example. ", "chat.example"),
            ("chat.example:8443", "chat.example:8443"),
            ("::1", "[::1]"),
            ("2001:DB8:0::1", "[2001:db8::1]"),
            ("[::1]:8080", "[::1]:8080"),
            ("192.0.2.7:80", "192.0.2.7:80"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.example:81", "xn--bcher-kva.example:81"),
            ("日本語。jp", "xn--wgv71a119e.jp"),
            ("straße.de", "xn--strae-oqa.de"),
            ("президент.рф", "xn--d1abbgf6aiiy.xn--p1ai"),
            ("a_b", "a_b"),
        ] {
            assert_eq!(Hosts::parse([written]).expect("good names").to_string(), sent, "{written}");
        }
    }

    #[test]
    fn host_that_no_request_can_name_is_refused_in_words() {
        for (written, words) in [
            ("https://chat.example/x", "like chat.example"),
            ("//chat.example", "path"),
            ("chat.example/", "like chat.example"),
            ("chat.example?x", "path"),
            ("*.example.org", "wildcard"),
            ("chat example", "like chat.example.org"),
            ("chat.example:0", "like chat.example.org"),
            ("chat.example:99999", "like chat.example.org"),
            ("chat.example:http", "like chat.example.org"),
            ("user@chat.example", "like chat.example.org"),
            ("a..b", "like chat.example.org"),
            ("-a.example", "like chat.example.org"),
            ("[::1", "like chat.example.org"),
            ("::1]:80", "like chat.example.org"),
            (&"x".repeat(64), "like chat.example.org"),
        ] {
            let error = Hosts::parse([written]).expect_err(written).to_string();
            assert!(error.contains(words) && error.contains(written), "{written}: {error}");
        }
    }

    #[test]
    fn lists_have_spaces_and_gaps_and_nothing_is_the_local_names() {
        let hosts = Hosts::parse(["a.example, b.example,", "", " c.example:80"]).expect("good names");
        assert_eq!(hosts.to_string(), "a.example, b.example, c.example:80");
        assert_eq!(Hosts::parse(["", " , "]).expect("good names"), Hosts::local());
        assert_eq!(Hosts::parse(["a.example", "*"]).expect("good names"), Hosts::any());
    }

    #[test]
    fn local_names_are_those_that_nobody_else_can_have() {
        let hosts = Hosts(Answers::Local(vec!["nas.example.org".into(), "nas".into()]));
        for (host, is_ours) in [
            ("127.0.0.1:8080", true),
            ("203.0.113.7", true),
            ("[2001:db8::1]:80", true),
            ("localhost", true),
            ("LOCALHOST.:8080", true),
            ("chat.localhost:9000", true),
            ("printer.local", true),
            ("nas", true),
            ("NAS:8080", true),
            ("nas.example.org", true),
            ("nas.evil.example", false),
            ("evil.example", false),
            ("local", false),
            ("evil.localhost.example", false),
            ("notlocalhost", false),
            ("127.0.0.1.evil.example", false),
            ("1.2.3.4.5", false),
        ] {
            assert_eq!(Host::parse(host).is_some_and(|host| hosts.admit(&host)), is_ours, "{host}");
        }
    }
}
