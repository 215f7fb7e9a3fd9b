//! The arguments: what can be asked for, in words that teach, and what the library makes of it.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use chinwag::{Hosts, Keep, KeepFree, Limits, Nats, Proxies, RoomName, StoreOptions};
use clap::builder::BoolishValueParser;
use clap::{Args as Options, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::addresses::AddressOptions;
use crate::cluster::{ClusterCommand, NatsOptions};
use crate::rights::RightsCommand;
use crate::values::{self, AdminAddress, Bytes, Days, OrOff, PerSecond, Seconds};

/// Group chat in one binary.
///
/// Start it, open the address that it prints in two browsers, and talk.
#[derive(Debug, Parser)]
#[command(name = "chinwag", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Folder of the history. The server makes it when it is not there; back it up with `chinwag backup`
    #[arg(
        long,
        env = "CHINWAG_DATA",
        default_value = "chinwag-data",
        value_name = "DIR",
        global = true,
        help_heading = "History"
    )]
    pub(crate) data: PathBuf,

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
    /// Reads all of it and changes nothing; the server may run meanwhile. Exit code 0: no faults. It cannot see a bit that
    /// turned in a name, a time, or a part of a text that is no word, nor what an older copy, put back, has lost.
    #[command(after_help = CHECK_EXAMPLES)]
    Check,
    #[command(flatten)]
    Rights(RightsCommand),
    /// See to a chat on several machines, which NATS connects
    #[command(subcommand, after_help = CLUSTER_EXAMPLES)]
    Cluster(ClusterCommand),
    /// Write what a shell needs to complete this program's commands and options
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell that reads it
        shell: Shell,
    },
    /// Write the manual page, of the program or of one of its commands
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// Only this command
        command: Option<String>,
    },
}

#[derive(Debug, Options)]
pub(crate) struct Export {
    /// Only this room [default: all rooms]
    #[arg(long, value_name = "ROOM", value_parser = RoomName::parse)]
    pub(crate) room: Option<RoomName>,

    /// Only what this person has said and done: their name, or their id [default: everybody's]
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,

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
    /// The file; '-' for standard input
    #[arg(value_name = "FILE.jsonl")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Options)]
pub(crate) struct Backup {
    /// The file to make; one that is there is not overwritten
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  chinwag export > chat.jsonl                       the whole chat, for `chinwag import`
  chinwag export --room lobby --format text | less
  chinwag export --format html > chat.html          to read in a browser, to keep, to print
  chinwag export --person Ada > ada.jsonl           what Ada asks for that is hers
  chinwag export --data /srv/chat | gzip > chat.jsonl.gz

A line of JSON is an entry: a message, or an edit, a deletion, a reaction, a topic, a room's title, a new name. A deleted
message has no text any more. To be able to go back to the chat as it is, with its people, take `chinwag backup`.";

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

const CLUSTER_EXAMPLES: &str = "\
Examples:
  chinwag cluster init --nats nats://10.0.0.1:4222      move the chat that is here to several machines
  chinwag cluster status --nats nats://10.0.0.1:4222

A chat that is new needs neither: start each machine with `chinwag --nats nats://10.0.0.1:4222`.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  chinwag completions bash > /etc/bash_completion.d/chinwag
  chinwag completions zsh > ~/.zfunc/_chinwag
  chinwag completions fish > ~/.config/fish/completions/chinwag.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  chinwag man | man -l -
  chinwag man > /usr/local/share/man/man1/chinwag.1
  chinwag man backup > /usr/local/share/man/man1/chinwag-backup.1";

/// How the chat is run.
#[derive(Debug, Options)]
pub(crate) struct Serve {
    /// Address and port to listen at, like 127.0.0.1:9000, localhost:9000, [::]:9000, or a port alone, at all IPv4
    /// addresses: 9000 or :9000. Port 0 takes any that is free
    #[arg(
        long,
        env = "CHINWAG_ADDR",
        default_value = "0.0.0.0:8080",
        value_name = "IP:PORT",
        value_parser = values::address,
        help_heading = "Where"
    )]
    pub(crate) addr: SocketAddr,

    /// Host names that this server answers to, like chat.example.org; with commas between them, or the option once for
    /// each. Without any, it answers to IP addresses, localhost, *.local names and the name of this machine, which nobody
    /// else can have (so DNS rebinding leads nowhere). '*' is any name
    #[arg(long = "host", env = "CHINWAG_HOST", value_name = "NAME", help_heading = "Where")]
    pub(crate) hosts: Vec<String>,

    /// Proxies in front of this server, by their addresses or networks, like 127.0.0.1 or 10.0.0.0/8; with commas between
    /// them, or the option once for each. A request of theirs comes from the last address in X-Forwarded-For that is none of
    /// them; where there is no such header, in Forwarded. What others say there counts for nothing [default: none]
    #[arg(long, env = "CHINWAG_TRUSTED_PROXY", value_name = "CIDR", help_heading = "Where")]
    trusted_proxy: Vec<String>,

    /// The trusted proxies speak the PROXY protocol (version 1 or 2): each of their connections begins with the address of its client.
    /// For those that pass bytes on and know no headers
    #[arg(long, env = "CHINWAG_PROXY_PROTOCOL", value_parser = BoolishValueParser::new(), help_heading = "Where")]
    pub(crate) proxy_protocol: bool,

    /// Address of a second listener, for whoever runs the server: /livez, /readyz (503 while clients should not be sent here)
    /// and /metrics, for Prometheus. An address and a port, like 127.0.0.1:9090, or a Unix socket, like
    /// unix:/run/chinwag.sock. It asks nobody for a password: keep it where only you reach it [default: nowhere]
    #[arg(long, env = "CHINWAG_ADMIN_ADDR", value_name = "IP:PORT|unix:PATH", help_heading = "Where")]
    pub(crate) admin_addr: Option<AdminAddress>,

    /// Keep no history: a message goes to who is there, and is forgotten
    #[arg(long, env = "CHINWAG_EPHEMERAL", value_parser = BoolishValueParser::new(), help_heading = "History")]
    pub(crate) ephemeral: bool,

    /// Forget what is older than so many days ('30', '30d', '4w', '1y') [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_DAYS", value_name = "DAYS", help_heading = "History")]
    keep_days: Option<Days>,

    /// Keep so many messages of each room; the oldest go [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_MESSAGES", value_name = "MESSAGES", value_parser = clap::value_parser!(u64).range(1..), help_heading = "History")]
    keep_messages: Option<u64>,

    /// Keep so many bytes of all rooms together ('500MB', '2GiB'); of the rooms that hold most, the oldest messages go. What
    /// the database holds is counted, also where it is still in the write-ahead log, whose file takes some megabytes of
    /// disk beside it [default: keep everything]
    #[arg(long, env = "CHINWAG_KEEP_BYTES", value_name = "BYTES", value_parser = Bytes::to_keep, help_heading = "History")]
    keep_bytes: Option<Bytes>,

    /// Bytes that are left free on the disk of the history ('500MB'); while less are free, nothing more is said, but reading
    /// and deleting go on. 'off' takes entries until the disk is full [default: a twentieth of the disk, at most 1GB]
    #[arg(long, env = "CHINWAG_KEEP_FREE", value_name = "BYTES|off", help_heading = "History")]
    keep_free: Option<OrOff<Bytes>>,

    /// Days of absence after which somebody's name may be taken by another
    #[arg(long, env = "CHINWAG_NAME_DAYS", default_value_t = Days::of(StoreOptions::default().name_keep), value_name = "DAYS", help_heading = "History")]
    name_days: Days,

    #[command(flatten)]
    nats: NatsOptions,

    /// Longest text of a message, in characters
    #[arg(long, env = "CHINWAG_MAX_TEXT", default_value_t = Limits::default().text_chars, value_name = "CHARACTERS", help_heading = "Limits")]
    max_text: usize,

    /// Longest message of a client that speaks plain lines (no subprotocol), in bytes
    #[arg(long, env = "CHINWAG_MAX_MESSAGE", default_value_t = Bytes::of(Limits::default().message_bytes), value_name = "BYTES", help_heading = "Limits")]
    max_message: Bytes,

    /// Messages a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE", default_value_t = Limits::default().tail_messages, value_name = "MESSAGES", help_heading = "Limits")]
    send_queue: usize,

    /// Bytes a client may be behind the others before it is cut off
    #[arg(long, env = "CHINWAG_SEND_QUEUE_BYTES", default_value_t = Bytes::of(Limits::default().tail_bytes), value_name = "BYTES", help_heading = "Limits")]
    send_queue_bytes: Bytes,

    /// Bytes that may wait for all clients together; with more, those for whom most waits are cut off [default: a quarter of the memory
    /// of the machine, or of the control group]
    #[arg(long, env = "CHINWAG_WAITING_BYTES", value_name = "BYTES|off", help_heading = "Limits")]
    waiting_bytes: Option<OrOff<Bytes>>,

    /// Messages each client may send: so many at once, then so many a second ('5/2'), or 'off' [default: 20/2, and off for clients of
    /// this machine and of private networks]
    #[arg(long, env = "CHINWAG_MESSAGE_RATE", value_name = "BURST/PER_SECOND|off", help_heading = "Limits")]
    message_rate: Option<OrOff<PerSecond>>,

    /// Clients connected at once [default: what the limit of open files allows]
    #[arg(long, env = "CHINWAG_MAX_CLIENTS", value_name = "CLIENTS", help_heading = "Limits")]
    max_clients: Option<usize>,

    /// Do not compress what many read, for clients that offer it (permessage-deflate): a frame of several messages
    /// takes half the bytes, and some 20 microseconds once
    #[arg(long, env = "CHINWAG_NO_DEFLATE", value_parser = BoolishValueParser::new(), help_heading = "Limits")]
    no_deflate: bool,

    #[command(flatten)]
    addresses: AddressOptions,

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
  chinwag --host chat.example.org --trusted-proxy 127.0.0.1
                                              behind a proxy on this machine that serves that name
  chinwag --keep-days 365 --data /srv/chat    a year of history, kept there
  chinwag --message-rate 5/2 --max-clients 500
  chinwag --admin-addr 127.0.0.1:9090         health and metrics, for this machine only
  chinwag --nats nats://10.0.0.1:4222         one of several machines with the same chat

Every option can also be set by the environment variable beside it; an empty one is as if it were not there, and yes and no
may be yes/no, true/false, on/off or 1/0. On SIGTERM, Ctrl+C
or SIGHUP it says goodbye to everyone and ends within 5 seconds; a second signal ends it at once.";

impl Serve {
    pub(crate) fn limits(&self, fds: u64) -> anyhow::Result<Limits> {
        let mut limits = Limits::default();
        limits.message_bytes = self.max_message.size();
        limits.text_chars = self.max_text;
        limits.tail_messages = self.send_queue;
        limits.tail_bytes = self.send_queue_bytes.size();
        limits.waiting_bytes = self.waiting_bytes.map(|OrOff(bytes)| bytes.map_or(u64::MAX, Bytes::count));
        limits.address = self.addresses.limits();
        limits.log_addresses = self.addresses.logs_addresses();
        if let Some(OrOff(rate)) = self.message_rate {
            limits.rate = rate.map(|rate| rate.0);
            limits.address.user_rate = None;
        }
        limits.deflate = !self.no_deflate;
        limits.batch_delay = self.batch_delay.0;
        limits.ping_period = self.ping_period.0;
        limits.pong_wait = self.pong_wait.0;
        limits.write_wait = self.write_wait.0;
        limits.clients = self.max_clients.unwrap_or(Limits::clients_for(fds));
        limits.hosts = Hosts::parse(&self.hosts).context("--host")?;
        limits.proxies = Proxies::parse(&self.trusted_proxy).context("--trusted-proxy")?;
        if self.proxy_protocol && limits.proxies == Proxies::default() {
            anyhow::bail!(
                "--proxy-protocol needs --trusted-proxy: whoever else connects could say any address"
            );
        }
        Ok(limits)
    }

    pub(crate) fn store(&self) -> StoreOptions {
        let mut options = StoreOptions::default();
        options.name_keep = self.name_days.time();
        options.keep = self.keep();
        options.keep_free = match self.keep_free {
            None => KeepFree::Usual,
            Some(OrOff(Some(bytes))) => KeepFree::Bytes(bytes.count()),
            Some(OrOff(None)) => KeepFree::Nothing,
        };
        options
    }

    fn keep(&self) -> Keep {
        let mut keep = Keep::default();
        keep.age = self.keep_days.map(Days::time);
        keep.messages = self.keep_messages;
        keep.bytes = self.keep_bytes.map(Bytes::count);
        keep
    }

    /// The NATS servers that connect this machine with others; none for a machine that is alone.
    pub(crate) fn nats(&self) -> Option<Nats> {
        self.nats.nats()
    }

    /// What bounds the clients, in words.
    pub(crate) fn words(&self, limits: &Limits) -> String {
        let rate = limits.rate.map_or("any".into(), |rate| format!("{}/{}", rate.burst, rate.per_second));
        format!(
            "{} clients, {} characters a message, {rate} messages a second, hosts: {}",
            limits.clients, limits.text_chars, limits.hosts
        )
    }

    /// What is kept, in words.
    pub(crate) fn keeps(&self) -> String {
        let mut bounds = Vec::new();
        bounds.extend(self.keep_days.map(|days| format!("{days} days")));
        bounds.extend(self.keep_messages.map(|messages| format!("{messages} messages of each room")));
        bounds.extend(self.keep_bytes.map(|bytes| format!("{bytes} bytes in all")));
        if bounds.is_empty() {
            "everything is kept".into()
        } else {
            format!("{} are kept", bounds.join(", "))
        }
    }
}
