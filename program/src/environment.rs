//! The command line and the environment together: which of the two counts, and what of them cannot be meant.

use std::env;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args as _, Command, CommandFactory, FromArgMatches};

use crate::args::{Args, Serve};

const PREFIX: &str = "CHINWAG_";

/// What a history is kept by: none of it goes with `--ephemeral`.
const OF_HISTORY: [&str; 6] = ["data", "keep_days", "keep_messages", "keep_bytes", "keep_free", "nats"];

/// The arguments of this process. Ends it where they cannot be meant, or where help was asked for.
pub(crate) fn arguments() -> Args {
    let mut command = command();
    let matches = command.get_matches_mut();
    match conflict(&command, &matches) {
        Some(text) => command.error(ErrorKind::ArgumentConflict, text).exit(),
        None => Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()),
    }
}

/// The options and commands; a variable that is empty is as if it were not there.
pub(crate) fn command() -> Command {
    Args::command().mut_args(|arg| {
        let is_empty = |name: &std::ffi::OsStr| env::var_os(name).is_some_and(|value| value.is_empty());
        if arg.get_env().is_some_and(is_empty) { arg.env(None::<&str>) } else { arg }
    })
}

/// A sentence for each variable that looks like one of ours and is none.
pub(crate) fn strangers() -> impl Iterator<Item = String> {
    let command = Args::command();
    let known: Vec<String> =
        command.get_arguments().filter_map(|arg| Some(arg.get_env()?.to_str()?.to_owned())).collect();
    let ours = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let strangers: Vec<String> =
        ours.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect();
    strangers.into_iter().map(move |name| match known.iter().min_by_key(|known| distance(&name, known)) {
        Some(near) if distance(&name, near) <= 3 => {
            format!("{name} is not a variable of an option, and is left aside; {near} is")
        }
        _ => format!(
            "{name} is not a variable of an option, and is left aside; `chinwag --help` has those that are"
        ),
    })
}

/// Two things of which only one can be meant.
fn conflict(command: &Command, matches: &ArgMatches) -> Option<String> {
    let named = |id: &str, source| {
        let arg = command.get_arguments().find(|arg| arg.get_id() == id).expect("an option of ours");
        match source {
            ValueSource::EnvVariable => arg.get_env().unwrap_or_default().to_string_lossy().into_owned(),
            _ => format!("--{}", arg.get_long().unwrap_or_default()),
        }
    };
    if let Some(tool) = matches.subcommand_name() {
        let serve = Serve::augment_args(Command::new("serve"));
        let mut ids = serve.get_arguments().map(|arg| arg.get_id().as_str());
        let for_server = ids.find(|id| matches.value_source(id) == Some(ValueSource::CommandLine))?;
        let option = named(for_server, ValueSource::CommandLine);
        return Some(format!("{option} is for the server, and does nothing for `chinwag {tool}`"));
    }
    if !matches.get_flag("ephemeral") {
        return None;
    }
    // The command line goes before the environment: who says --ephemeral there does not want what is set here.
    let ephemeral = matches.value_source("ephemeral")?;
    let (other, source) = OF_HISTORY.iter().find_map(|id| {
        let source = matches.value_source(id)?;
        let is_meant = source == ValueSource::CommandLine
            || (source == ValueSource::EnvVariable && ephemeral == ValueSource::EnvVariable);
        is_meant.then_some((*id, source))
    })?;
    let (ephemeral, other) = (named("ephemeral", ephemeral), named(other, source));
    Some(format!("{ephemeral} keeps no history, and {other} says how to keep it: leave one of them out"))
}

/// Letters to change, add or leave out (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let changed = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
