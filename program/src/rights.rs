//! Commands about people's rights, for a server that runs: by its control socket in the folder of the history.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chinwag::{AddressRange, Door, Role, RoomName};
use clap::{Args as Options, Subcommand};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::password;
use crate::tools::say;
use crate::values::Time;

mod devices; // of one person
mod room; // the rules of a room

/// The name of the control socket in the folder of the history.
const SOCKET: &str = "control.sock";

/// What there is to do about the people of a chat that runs.
#[derive(Debug, Subcommand)]
pub(crate) enum RightsCommand {
    /// Make a link by which people come in, with a role
    #[command(after_help = INVITE_EXAMPLES)]
    Invite(Invite),
    /// List the invitations that are good
    Invitations(Output),
    /// Take an invitation back
    Uninvite {
        /// Its id, as `chinwag invitations` shows it
        id: String,
    },
    /// List owners, moderators and members, and who is muted or banned
    People(Output),
    /// Give somebody a role: guest, member, moderator or owner
    Role {
        /// Their name, or their id
        person: String,
        /// The role
        #[arg(value_parser = Role::parse)]
        role: Role,
    },
    /// Keep somebody out, and end their connections
    Ban {
        #[command(flatten)]
        restriction: Restriction,

        /// And everybody from the addresses that they are connected from
        #[arg(long)]
        addresses: bool,
    },
    /// Let somebody in again
    Unban(Person),
    /// Keep everybody out who comes from an address or a network
    BanAddresses {
        /// An address or a network, like 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32
        range: AddressRange,

        /// How long ('10m', '1h', '7d') [default: until it is taken back]
        #[arg(long = "for", value_name = "TIME")]
        time: Option<Time>,

        /// Why, for those who see to the chat
        #[arg(long, default_value = "", value_name = "WORDS")]
        reason: String,
    },
    /// Let those in again who come from an address or a network
    UnbanAddresses {
        /// As it was banned
        range: AddressRange,
    },
    /// List the addresses that are banned
    AddressBans(Output),
    /// Keep somebody from writing
    Mute(Restriction),
    /// Let somebody write again
    Unmute(Person),
    /// Delete what somebody has said lately, in all rooms
    Clear {
        /// Their name, or their id
        person: String,
        /// How far back ('10m', '1h', '7d')
        #[arg(long, default_value = "1h", value_name = "TIME")]
        last: Time,
    },
    /// Say what guests may do: write, read, come in by a password, or not at all (closed)
    #[command(after_help = DOOR_EXAMPLES)]
    Door {
        /// write, read, password or closed; 'password' asks for it, or reads it from the standard input
        #[arg(value_parser = Door::parse)]
        guests: Door,
    },
    /// Say who writes in a room and how often, archive it, or show its rules
    Room(room::Room),
    /// List the devices on which somebody is signed in, or end them
    Devices(devices::Devices),
    /// List what was done about people, the latest first
    Audit(Output),
}

#[derive(Debug, Options)]
pub(crate) struct Invite {
    /// The role that it gives: member, moderator or owner
    #[arg(long, default_value = "member", value_parser = Role::parse)]
    role: Role,

    /// The room that it leads to [default: lobby]
    #[arg(long, value_name = "ROOM", value_parser = RoomName::parse)]
    room: Option<RoomName>,

    /// How many people it is good for, or 'any' number
    #[arg(long, default_value = "1", value_name = "PEOPLE|any", value_parser = uses)]
    uses: Uses,

    /// How long it is good ('12h', '7d'), or 'never' ends
    #[arg(long, default_value = "7d", value_name = "TIME|never", value_parser = expires)]
    expires: Expires,

    /// The address of the chat, for the link [default: the one that the server knows of itself]
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Options)]
pub(crate) struct Restriction {
    /// Their name, or their id
    person: String,

    /// How long ('10m', '1h', '7d') [default: until it is taken back]
    #[arg(long = "for", value_name = "TIME")]
    time: Option<Time>,

    /// Why, for those who see to the chat
    #[arg(long, default_value = "", value_name = "WORDS")]
    reason: String,
}

#[derive(Debug, Options)]
pub(crate) struct Person {
    /// Their name, or their id
    person: String,
}

#[derive(Debug, Options)]
pub(crate) struct Output {
    /// Write lines of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy)]
struct Uses(Option<u64>);

#[derive(Debug, Clone, Copy)]
struct Expires(Option<Time>);

fn uses(text: &str) -> Result<Uses, String> {
    match text {
        "any" => Ok(Uses(None)),
        text => {
            text.parse().map(|uses| Uses(Some(uses))).map_err(|_| "it is a number of people, or 'any'".into())
        }
    }
}

fn expires(text: &str) -> Result<Expires, String> {
    match text {
        "never" => Ok(Expires(None)),
        text => text.parse().map(|time| Expires(Some(time))),
    }
}

const INVITE_EXAMPLES: &str = "\
Examples:
  chinwag invite                                    one member, within a week
  chinwag invite --uses 40 --room class-3b          a class
  chinwag invite --role moderator --expires 1h
  chinwag invite --role owner                       who has lost the first owner's link
  chinwag invite --url https://chat.example.org/";

const DOOR_EXAMPLES: &str = "\
Examples:
  chinwag door read                                 guests read
  chinwag door password                             asks twice; an empty one keeps the present one
  chinwag door password < password.txt              its first line
  chinwag door closed                               only who is a member already, or is invited

Whoever gives the password is a member from then on, also when there is another password.";

/// The path of the control socket of a server with this folder.
pub(crate) fn socket(data: &Path) -> PathBuf {
    data.join(SOCKET)
}

pub(crate) fn run(command: &RightsCommand, data: &Path) -> anyhow::Result<()> {
    let server = Server(socket(data));
    match command {
        RightsCommand::Invite(invite) => run_invite(&server, invite),
        RightsCommand::Invitations(output) => {
            let answer = server.asks(&json!({"type": "invitations"}))?;
            list(&answer["invitations"], output, invitation)
        }
        RightsCommand::Uninvite { id } => {
            server.asks(&json!({"type": "end_invitation", "id": id}))?;
            say("It is not good any more.")
        }
        RightsCommand::People(output) => run_people(&server, output),
        RightsCommand::Role { person, role } => {
            let user = server.person(person)?;
            person_is(&server.asks(&json!({"type": "role", "user": user, "role": role.as_str()}))?)
        }
        RightsCommand::Ban { restriction, addresses } => restrict(&server, "ban", restriction, *addresses),
        RightsCommand::Mute(restriction) => restrict(&server, "mute", restriction, false),
        RightsCommand::BanAddresses { range, time, reason } => {
            let mut command =
                json!({"type": "ban_addresses", "addresses": range.to_string(), "reason": reason});
            if let (Some(fields), Some(time)) = (command.as_object_mut(), time) {
                fields.insert("seconds".into(), time.seconds().into());
            }
            server.asks(&command)?;
            say(&format!("Nobody comes in from {range}."))
        }
        RightsCommand::UnbanAddresses { range } => {
            server.asks(&json!({"type": "ban_addresses", "addresses": range.to_string(), "end": true}))?;
            say(&format!("{range} is not banned any more."))
        }
        RightsCommand::AddressBans(output) => {
            let answer = server.asks(&json!({"type": "address_bans"}))?;
            list(&answer["bans"], output, address_ban)
        }
        RightsCommand::Unban(Person { person }) => release(&server, "ban", person),
        RightsCommand::Unmute(Person { person }) => release(&server, "mute", person),
        RightsCommand::Clear { person, last } => {
            let user = server.person(person)?;
            let answer = server.asks(&json!({"type": "clear", "user": user, "seconds": last.seconds()}))?;
            let more = if answer["more"] == true { "; there are more: do it again" } else { "" };
            say(&format!("{} messages were deleted{more}", answer["count"]))
        }
        RightsCommand::Door { guests } => {
            let mut command = json!({"type": "door", "guests": guests.as_str()});
            let password = if *guests == Door::Password { password::ask()? } else { None };
            if let (Some(fields), Some(password)) = (command.as_object_mut(), password) {
                fields.insert("password".into(), password.into());
            }
            let answer = server.asks(&command)?;
            say(&format!("Guests: {}", text(&answer["guests"])))
        }
        RightsCommand::Room(room) => room::run(&server, room),
        RightsCommand::Devices(devices) => devices::run(&server, devices),
        RightsCommand::Audit(output) => {
            let answer = server.asks(&json!({"type": "audit"}))?;
            list(&answer["entries"], output, audit_line)
        }
    }
}

/// A server that runs, by its control socket.
struct Server(PathBuf);

impl Server {
    /// Has a command carried out; gives its answer.
    fn asks(&self, command: &Value) -> anyhow::Result<Map<String, Value>> {
        Ok(self.asks_at(command)?.1)
    }

    /// The same, and where people find the chat.
    fn asks_at(&self, command: &Value) -> anyhow::Result<(String, Map<String, Value>)> {
        #[cfg(unix)]
        let (url, line) = match chinwag::control_call(&self.0, &command.to_string()) {
            Ok(chinwag::ControlAnswer { url, line, .. }) => (url, line),
            Err(error) => {
                let text =
                    "no server of this user runs on this folder: start it, or name its folder with --data";
                return Err(anyhow::Error::from(error).context(text));
            }
        };
        #[cfg(not(unix))]
        let (url, line): (String, String) = {
            let _ = command;
            bail!("there are no Unix sockets here: do this in the page")
        };
        let answer: Map<String, Value> = serde_json::from_str(&line).context("the server gave no answer")?;
        if answer["type"] == "error" {
            bail!("{}", text(&answer["text"]));
        }
        Ok((url, answer))
    }

    /// The id of somebody by their name, or as it is.
    fn person(&self, person: &str) -> anyhow::Result<String> {
        let by_name = self.asks(&json!({"type": "person", "name": person}));
        let answer = match by_name {
            Ok(answer) => answer,
            Err(error) => match self.asks(&json!({"type": "person", "user": person})) {
                Ok(answer) => answer,
                Err(_) => return Err(error.context(format!("'{person}'"))),
            },
        };
        Ok(text(&answer["user"]["id"]).to_owned())
    }
}

fn run_invite(server: &Server, invite: &Invite) -> anyhow::Result<()> {
    let Invite { role, room, uses: Uses(uses), expires: Expires(expires), url, output } = invite;
    let mut command = json!({"type": "invite", "role": role.as_str()});
    let mut set = |key: &str, value: Option<Value>| {
        if let (Some(fields), Some(value)) = (command.as_object_mut(), value) {
            fields.insert(key.into(), value);
        }
    };
    set("room", room.as_ref().map(|room| room.as_str().into()));
    set("uses", uses.map(Into::into));
    set("seconds", expires.map(|time| time.seconds().into()));
    let (own, mut answer) = server.asks_at(&command)?;
    let url = url.as_deref().unwrap_or(&own);
    let link = link(url, room.as_ref(), text(&answer["code"]));
    if output.json {
        answer.insert("link".into(), link.into());
        return say(&Value::Object(answer).to_string());
    }
    say(&link)
}

/// The address of an invitation. Its code is in the fragment, which no server is told.
pub(crate) fn link(url: &str, room: Option<&RoomName>, code: &str) -> String {
    let url = url.trim_end_matches('/');
    let room = room.map(|room| format!("r/{room}")).unwrap_or_default();
    format!("{url}/{room}#invite={code}")
}

fn run_people(server: &Server, output: &Output) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let mut command = json!({"type": "members"});
        if let (Some(fields), Some(after)) = (command.as_object_mut(), after) {
            fields.insert("after".into(), after);
        }
        let mut answer = server.asks(&command)?;
        list(&answer["people"], output, person_line)?;
        after = answer.remove("next");
        if after.is_none() {
            return Ok(());
        }
    }
}

fn restrict(server: &Server, what: &str, restriction: &Restriction, addresses: bool) -> anyhow::Result<()> {
    let Restriction { person, time, reason } = restriction;
    let mut command = json!({"type": what, "user": server.person(person)?, "reason": reason});
    if let Some(fields) = command.as_object_mut().filter(|_| addresses) {
        fields.insert("addresses".into(), true.into());
    }
    if let (Some(fields), Some(time)) = (command.as_object_mut(), time) {
        fields.insert("seconds".into(), time.seconds().into());
    }
    person_is(&server.asks(&command)?)
}

fn release(server: &Server, what: &str, person: &str) -> anyhow::Result<()> {
    let user = server.person(person)?;
    person_is(&server.asks(&json!({"type": what, "user": user, "end": true}))?)
}

fn person_is(answer: &Map<String, Value>) -> anyhow::Result<()> {
    say(&person_line(&Value::Object(answer.clone())))
}

/// Writes a list, a line each.
fn list(values: &Value, output: &Output, line: impl Fn(&Value) -> String) -> anyhow::Result<()> {
    for value in values.as_array().into_iter().flatten() {
        say(&if output.json { value.to_string() } else { line(value) })?;
    }
    Ok(())
}

fn person_line(person: &Value) -> String {
    let mut line =
        format!("{:<9} {}  {}", text(&person["role"]), text(&person["user"]["id"]), name(&person["user"]));
    for (what, until) in [("muted", &person["muted"]), ("banned", &person["banned"])] {
        if !until.is_null() {
            let _ = write!(line, ", {what} {}", end(until));
        }
    }
    line
}

fn address_ban(ban: &Value) -> String {
    let reason = ban["reason"].as_str().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{} {}{reason}", text(&ban["addresses"]), end(&ban["until"]))
}

fn invitation(invitation: &Value) -> String {
    let uses =
        invitation["uses"].as_u64().map_or("any number of people".into(), |uses| format!("{uses} people"));
    let room = invitation["room"].as_str().unwrap_or("lobby");
    let (id, role) = (text(&invitation["id"]), text(&invitation["role"]));
    let by = if invitation["by"].is_null() { "the operator" } else { name(&invitation["by"]) };
    format!("{id}  {role} in {room}, {uses}, {}, by {by}", end(&invitation["until"]))
}

fn audit_line(entry: &Value) -> String {
    let by = if entry["by"].is_null() { "the operator" } else { name(&entry["by"]) };
    let mut line = format!("{}  {by}: {}", at(&entry["at"]), text(&entry["action"]));
    if !entry["user"].is_null() {
        let _ = write!(line, " {}", name(&entry["user"]));
    }
    if !entry["until"].is_null() {
        let _ = write!(line, " {}", end(&entry["until"]));
    }
    if let Some(detail) = entry["detail"].as_str() {
        let _ = write!(line, ": {detail}");
    }
    line
}

fn end(until: &Value) -> String {
    /// The end of what has none.
    const NEVER: u64 = (1 << 53) - 1;
    match until.as_u64() {
        None | Some(NEVER..) => "without an end".into(),
        Some(_) => format!("until {}", at(until)),
    }
}

/// A time in words, in UTC.
fn at(millis: &Value) -> String {
    let seconds = millis.as_u64().unwrap_or_default() / 1_000;
    let time = OffsetDateTime::from_unix_timestamp(seconds.cast_signed()).ok();
    let format = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    time.and_then(|time| time.format(format).ok()).unwrap_or_else(|| "at an unknown time".into())
}

fn name(user: &Value) -> &str {
    text(&user["name"])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_utc() {
        assert_eq!(at(&json!(1_795_558_602_384u64)), "2026-11-24 22:16 UTC");
        assert_eq!(end(&json!((1u64 << 53) - 1)), "without an end");
    }

    #[test]
    fn link_has_its_code_in_the_fragment() {
        let room = RoomName::parse("tea").expect("a name");
        assert_eq!(link("http://localhost:8080/", None, "abc"), "http://localhost:8080/#invite=abc");
        assert_eq!(link("https://a.b/chat", Some(&room), "abc"), "https://a.b/chat/r/tea#invite=abc");
    }
}
