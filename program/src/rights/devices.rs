//! The command that lists and ends the devices of somebody.

use clap::Args as Options;
use serde_json::{Value, json};

use super::{Output, Server, at, list, text};

const EXAMPLES: &str = "\
Examples:
  chinwag devices Ada                    where Ada is signed in
  chinwag devices Ada --end 0Rfgf4IX72g  one of them, which was lost
  chinwag devices Ada --end all          all of them: somebody else has her token

A device that is ended does not come back with its token. Whoever has no other device, and no private link made on
another, is somebody new when they come again.";

#[derive(Debug, Options)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Devices {
    /// Their name, or their id
    person: String,

    /// End a device, by its id, or 'all'
    #[arg(long, value_name = "ID|all")]
    end: Option<String>,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(server: &Server, Devices { person, end, output }: &Devices) -> anyhow::Result<()> {
    let user = server.person(person)?;
    let mut answer = server.asks(&json!({"type": "devices", "user": user}))?;
    let ended: Vec<String> = match end.as_deref() {
        None => Vec::new(),
        Some("all") => ids(&answer["devices"]),
        Some(id) => vec![id.to_owned()],
    };
    for device in ended {
        answer = server.asks(&json!({"type": "end_device", "user": user, "device": device}))?;
    }
    list(&answer["devices"], output, line)
}

fn ids(devices: &Value) -> Vec<String> {
    devices.as_array().into_iter().flatten().map(|device| text(&device["id"]).to_owned()).collect()
}

fn line(device: &Value) -> String {
    let name = match text(&device["device"]) {
        "" => "unnamed",
        name => name,
    };
    let seen = match device["here"] == true {
        true => "connected".to_owned(),
        false => format!("seen {}", at(&device["seen"])),
    };
    format!("{}  {name}, since {}, {seen}", text(&device["id"]), at(&device["at"]))
}
