//! The arguments: what can be asked for, in words that teach, and what the library makes of it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use chinwag::{Hosts, Keep, Limits, Rate, RoomName, StoreOptions};
use clap::{Args as Options, Parser, Subcommand, ValueEnum};

/// Group chat in one binary.
///
/// Start it, open the address that it prints in two browsers, and talk.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) serve: Serve,
}

/// What there is to do with a chat beside running it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the chat as lines of JSON, as text, or as one page of HTML
    ///
    /// It goes to standard output. The server may run meanwhile: what is written is the chat as it was at the start.
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Take a file of lines into the chat
    ///
    /// Takes what `chinwag export` writes, all of the file or, when a line of it is wrong, nothing. Entries get new
    /// numbers, behind all that is there; times, authors and text stay. A file that was taken before changes
    /// nothing. Stop the server first.
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(Import),
    /// Copy the whole chat into one file, while the server runs
    ///
    /// The copy is the chat as it was at the start of it: rooms, history, people, and the secret by which they are
    /// known again. Keep it as safe as the chat itself.
    #[command(after_help = BACKUP_EXAMPLES)]
    Backup(Backup),
    /// Look through the chat for damage, and count what is in it
    ///
    /// Reads all of it and changes nothing; the server may run meanwhile. Exit code 0: no faults.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
}

/// Where the chat is.
#[derive(Debug, Options)]
pub(crate) struct Data {
    /// Folder with the history
    #[arg(long, env = "CHINWAG_DATA", default_value = "chinwag-data", value_name = "DIR")]
    pub(crate) data: PathBuf,
}

#[derive(Debug, Options)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) data: Data,

    /// Only this room [default: all rooms]
    #[arg(long, value_name = "ROOM", value_parser = RoomName::parse)]
    pub(crate) room: Option<RoomName>,

    /// What to write: everything that happened, for `chinwag import`; or messages as they are now, for people
    #[arg(long, value_enum, default_value_t = Form::Jsonl, value_name = "FORMAT")]
    pub(crate) format: Form,
}

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// The log itself, an entry a line
    Jsonl,
    /// A message a line
    Text,
    /// One page that needs nothing else
    Html,
}

#[derive(Debug, Options)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) data: Data,

    /// The file; '-' for standard input
    #[arg(value_name = "FILE.jsonl")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Options)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) data: Data,

    /// The file to make; one that is there is not overwritten
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Options)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) data: Data,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  chinwag export > chat.jsonl                       the whole chat, for `chinwag import`
  chinwag export --room lobby --format text | less
  chinwag export --format html > chat.html          to read in a browser, to keep, to print
  chinwag export --data /srv/chat | gzip > chat.jsonl.gz

A line of JSON is an entry: a message, or an edit, a deletion, a reaction, a topic, a new name. A deleted message
has no text any more. To be able to go back to the chat as it is, with its people, take `chinwag backup`.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  chinwag import chat.jsonl
  gunzip -c chat.jsonl.gz | chinwag import --data /srv/new -

Lines of another chat need no more than this, one message a line, times in milliseconds since 1970:
  {\"type\":\"message\",\"room\":\"lobby\",\"from\":{\"name\":\"Ada\"},\"text\":\"hi\",\"at\":1700000000000}
With a number of its own (\"seq\":1) a message can be answered (\"reply_to\":1), edited and reacted to. Who is known by
name only is somebody new of that name, the same for all lines and files; nobody can speak as them.";

const BACKUP_EXAMPLES: &str = "\
Examples:
  chinwag backup chat-$(date +%F).db
  chinwag backup --data /srv/chat /mnt/backup/chat.db

To go back to it: stop the server, put the file into an empty folder as 'chinwag.db', and start the server with
--data on that folder. Pages that were open begin anew from what the backup has.";

const CHECK_EXAMPLES: &str = "\
Examples:
  chinwag check
  chinwag check --data /srv/chat || mail -s 'the chat is damaged' me

To check a backup, put it into an empty folder as 'chinwag.db', and name that folder with --data.";

/// How the chat is run.
#[derive(Debug, Options)]
pub(crate) struct Serve {
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(
        long,
        env = "CHINWAG_ADDR",
        default_value = "0.0.0.0:8080",
        value_name = "IP:PORT",
        help_heading = "Where"
    )]
    pub(crate) addr: SocketAddr,

    /// Host names that this server answers to, like chat.example.org; with commas between them, or the option once for
    /// each. Without any, it answers to IP addresses, localhost, *.local names and the name of this machine, which nobody
    /// else can have (so DNS rebinding leads nowhere). '*' is any name
    #[arg(long = "host", env = "CHINWAG_HOST", value_name = "NAME", help_heading = "Where")]
    hosts: Vec<String>,

    /// Folder for the history; made when it is not there. Back it up with `chinwag backup`
    #[arg(
        long,
        env = "CHINWAG_DATA",
        default_value = "chinwag-data",
        value_name = "DIR",
        help_heading = "History"
    )]
    pub(crate) data: PathBuf,

    /// Keep no history: a message goes to who is there, and is forgotten
    #[arg(long, env = "CHINWAG_EPHEMERAL", conflicts_with_all = ["data", "keep_days", "keep_messages", "keep_bytes"], help_heading = "History")]
    pub(crate) ephemeral: bool,

    /// Forget what is older than so many days [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u64).range(1..=100_000), help_heading = "History")]
    keep_days: Option<u64>,

    /// Keep so many messages of each room; the oldest go [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_MESSAGES", value_name = "MESSAGES", value_parser = clap::value_parser!(u64).range(1..), help_heading = "History")]
    keep_messages: Option<u64>,

    /// Keep so many bytes of all rooms together ('500MB', '2GB'); the oldest go [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_BYTES", value_name = "BYTES", help_heading = "History")]
    keep_bytes: Option<Bytes>,

    /// Days of absence after which somebody's name may be taken by another
    #[arg(long, env = "CHINWAG_NAME_DAYS", default_value_t = StoreOptions::default().name_keep.as_secs() / DAY_SECONDS, value_name = "DAYS", value_parser = clap::value_parser!(u64).range(1..=100_000), help_heading = "History")]
    name_days: u64,

    /// Longest text of a message, in characters
    #[arg(long, env = "CHINWAG_MAX_TEXT", default_value_t = Limits::default().text_chars, value_name = "CHARACTERS", help_heading = "Limits")]
    max_text: usize,

    /// Longest message of a client that speaks plain lines (no subprotocol), in bytes
    #[arg(long, env = "CHINWAG_MAX_MESSAGE", default_value_t = Limits::default().message_bytes, value_name = "BYTES", help_heading = "Limits")]
    max_message: usize,

    /// Messages a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE", default_value_t = Limits::default().tail_messages, value_name = "MESSAGES", help_heading = "Limits")]
    send_queue: usize,

    /// Bytes a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE_BYTES", default_value_t = Limits::default().tail_bytes, value_name = "BYTES", help_heading = "Limits")]
    send_queue_bytes: usize,

    /// Messages each client may send: so many at once, then so many a second ('5/2'), or 'off'
    #[arg(
        long,
        env = "CHINWAG_MESSAGE_RATE",
        default_value = "off",
        value_name = "BURST/PER_SECOND|off",
        help_heading = "Limits"
    )]
    message_rate: MessageRate,

    /// Clients connected at once [default: what the limit of open files allows]
    #[arg(long, env = "CHINWAG_MAX_CLIENTS", value_name = "CLIENTS", help_heading = "Limits")]
    max_clients: Option<usize>,

    /// Do not compress what many read, for clients that offer it (permessage-deflate): a frame of several messages
    /// takes half the bytes, and some 20 microseconds once
    #[arg(long, env = "CHINWAG_NO_DEFLATE", help_heading = "Limits")]
    no_deflate: bool,

    /// Seconds between two batches to a room of 1,000 or more, for events: what is said meanwhile goes out together,
    /// which costs every machine and network on the way less; '0.5' is hardly seen
    #[arg(
        long,
        env = "CHINWAG_BATCH_DELAY",
        default_value = "0",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    batch_delay: Seconds,

    /// Seconds between two pings to a client. Proxies cut a connection on which nothing comes for a while, often 50 or 60
    #[arg(
        long,
        env = "CHINWAG_PING_PERIOD",
        default_value = "25",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    ping_period: Seconds,

    /// Seconds without a sign of life until a client is cut off
    #[arg(
        long,
        env = "CHINWAG_PONG_WAIT",
        default_value = "60",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    pong_wait: Seconds,

    /// Seconds in which a client must take what is written to it
    #[arg(
        long,
        env = "CHINWAG_WRITE_WAIT",
        default_value = "10",
        value_name = "SECONDS",
        help_heading = "Times"
    )]
    write_wait: Seconds,

    /// Serve the page from this folder instead of from the binary, read anew at each request
    #[arg(long, env = "CHINWAG_WEB", value_name = "DIR", help_heading = "For developers")]
    pub(crate) web: Option<PathBuf>,

    /// What to log to standard error: 'warn', 'info', 'debug', or a filter like 'chinwag=debug,hyper=info'
    #[arg(
        long,
        env = "CHINWAG_LOG",
        default_value = "warn",
        value_name = "FILTER",
        help_heading = "For developers"
    )]
    pub(crate) log: String,
}

const EXAMPLES: &str = "\
Examples:
  chinwag                                     talk in your network, on port 8080
  chinwag --addr 127.0.0.1:9000               on this machine only, on another port
  chinwag --host chat.example.org             behind a proxy that serves that name
  chinwag --keep-days 365 --data /srv/chat    a year of history, kept there
  chinwag --message-rate 5/2 --max-clients 500

Every option can also be set by the environment variable beside it. On SIGTERM or Ctrl+C it says
goodbye to everyone and ends within 5 seconds; a second signal ends it at once.";

const DAY_SECONDS: u64 = 24 * 3600;

/// A number of bytes, with a unit if one likes.
#[derive(Debug, Clone, Copy)]
struct Bytes(u64);

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match text[digits.len()..].to_ascii_uppercase().as_str() {
            "" | "B" => 1,
            "K" | "KB" => 1_000,
            "M" | "MB" => 1_000_000,
            "G" | "GB" => 1_000_000_000,
            "T" | "TB" => 1_000_000_000_000,
            _ => 0,
        };
        let bytes = digits.parse().ok().and_then(|number: u64| number.checked_mul(unit));
        match bytes {
            Some(bytes) if bytes >= 1_000_000 => Ok(Self(bytes)),
            Some(_) if unit > 0 => Err("at least 1MB is needed for a chat".into()),
            _ => Err(format!("'{text}' is not a number of bytes; say it like 500MB or 2GB")),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Seconds(Duration);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds: f64 = text.parse().map_err(|_| format!("'{text}' is not a number of seconds"))?;
        Duration::try_from_secs_f64(seconds)
            .map(Self)
            .map_err(|_| format!("{seconds} seconds are not possible"))
    }
}

#[derive(Debug, Clone, Copy)]
struct MessageRate(Option<Rate>);

impl FromStr for MessageRate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self(None));
        }
        let rate = text.split_once('/').and_then(|(burst, per_second)| {
            Some(Rate { burst: burst.parse().ok()?, per_second: per_second.parse().ok()? })
        });
        rate.map(|rate| Self(Some(rate))).ok_or_else(|| "say BURST/PER_SECOND, like 5/2, or off".to_owned())
    }
}

impl Serve {
    pub(crate) fn limits(&self, fds: u64) -> Result<Limits, chinwag::Error> {
        let mut limits = Limits::default();
        limits.message_bytes = self.max_message;
        limits.text_chars = self.max_text;
        limits.tail_messages = self.send_queue;
        limits.tail_bytes = self.send_queue_bytes;
        limits.rate = self.message_rate.0;
        limits.deflate = !self.no_deflate;
        limits.batch_delay = self.batch_delay.0;
        limits.ping_period = self.ping_period.0;
        limits.pong_wait = self.pong_wait.0;
        limits.write_wait = self.write_wait.0;
        limits.clients = self.max_clients.unwrap_or(Limits::clients_for(fds));
        limits.hosts = Hosts::parse(&self.hosts)?;
        Ok(limits)
    }

    pub(crate) fn store(&self) -> StoreOptions {
        let mut options = StoreOptions::default();
        options.name_keep = Duration::from_secs(self.name_days * DAY_SECONDS);
        options.keep = self.keep();
        options
    }

    fn keep(&self) -> Keep {
        let mut keep = Keep::default();
        keep.age = self.keep_days.map(|days| Duration::from_secs(days * DAY_SECONDS));
        keep.messages = self.keep_messages;
        keep.bytes = self.keep_bytes.map(|bytes| bytes.0);
        keep
    }

    /// What is kept, in words.
    pub(crate) fn keeps(&self) -> String {
        let mut bounds = Vec::new();
        bounds.extend(self.keep_days.map(|days| format!("{days} days")));
        bounds.extend(self.keep_messages.map(|messages| format!("{messages} messages of each room")));
        bounds.extend(self.keep_bytes.map(|bytes| format!("{} bytes in all", bytes.0)));
        if bounds.is_empty() {
            "everything is kept".into()
        } else {
            format!("{} are kept", bounds.join(", "))
        }
    }
}
