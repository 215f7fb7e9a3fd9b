//! The command that sets the rules of a room.

use chinwag::{RoomName, Writers};
use clap::Args as Options;
use serde_json::{Value, json};

use super::{Output, Server, say, text};
use crate::values::Time;

const EXAMPLES: &str = "\
Examples:
  chinwag room news --writers moderators   a room of announcements
  chinwag room lobby --slow 30s            one message of each in 30 seconds
  chinwag room lobby --slow off
  chinwag room old-project --archive       it can only be read
  chinwag room mistake --delete            and all that was said in it
  chinwag room news                        show its rules";

#[derive(Debug, Options)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Room {
    /// Its name, as its link has it
    #[arg(value_parser = RoomName::parse)]
    room: RoomName,

    /// Who writes in it: everyone, members or moderators. The others read and react
    #[arg(long, value_parser = Writers::parse)]
    writers: Option<Writers>,

    /// Time between two messages of one person ('30s', '5m'), at most 6h, or 'off'
    #[arg(long, value_name = "TIME|off", value_parser = slow)]
    slow: Option<u64>,

    /// Let nobody write in it any more
    #[arg(long, conflicts_with = "unarchive")]
    archive: bool,

    /// Let people write in it again
    #[arg(long)]
    unarchive: bool,

    /// Delete it, with all that was said in it. This is not taken back
    #[arg(long, conflicts_with_all = ["writers", "slow", "archive", "unarchive"])]
    delete: bool,

    #[command(flatten)]
    output: Output,
}

/// Seconds.
fn slow(text: &str) -> Result<u64, String> {
    match text {
        "off" | "0" => Ok(0),
        time => time.parse().map(Time::seconds),
    }
}

pub(super) fn run(server: &Server, room: &Room) -> anyhow::Result<()> {
    let Room { room, writers, slow, archive, unarchive, delete, output } = room;
    let mut command = json!({"type": "room_rules", "room": room.as_str()});
    let changes = [
        ("writers", writers.map(|writers| json!(writers.as_str()))),
        ("slow", slow.map(|slow| json!(slow))),
        ("archived", (archive | unarchive).then(|| json!(archive))),
        ("deleted", delete.then(|| json!(true))),
    ];
    if let Some(fields) = command.as_object_mut() {
        fields.extend(changes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    let answer = server.asks(&command)?;
    if output.json {
        return say(&Value::Object(answer).to_string());
    }
    if answer.get("deleted").is_some_and(|deleted| *deleted == true) {
        return say(&format!("{room}: deleted"));
    }
    let slow = match answer["slow"].as_u64() {
        Some(0) | None => "no slow mode".to_owned(),
        Some(slow) => format!("one message in {slow} s"),
    };
    let archived = if answer["archived"] == true { ", archived" } else { "" };
    say(&format!("{room}: written by {}, {slow}{archived}", text(&answer["writers"])))
}
