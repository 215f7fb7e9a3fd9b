//! The tools: what there is to do with a chat beside running it. What they make goes to standard output, what
//! they say on the way to standard error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chinwag::{ExportSelection, Format, Progress, Store};
use clap_complete::Shell;

use crate::args::{Backup, Command, Export, Form, Import};
use crate::cluster;
use crate::environment;
use crate::rights;

pub(crate) fn run(command: &Command, data: &Path) -> anyhow::Result<()> {
    let ran = match command {
        Command::Export(export) => run_export(export, data),
        Command::Import(import) => run_import(import, data),
        Command::Backup(backup) => run_backup(backup, data),
        Command::Check => run_check(data),
        Command::Rights(command) => rights::run(command, data),
        Command::Cluster(command) => cluster::run(command, data),
        Command::Completions { shell } => write_completions(*shell),
        Command::Man { command } => write_manual(command.as_deref()),
    };
    match ran {
        // Whoever read it has read enough.
        Err(error) if is_closed_pipe(&error) => Ok(()),
        ran => ran,
    }
}

fn run_export(args: &Export, data: &Path) -> anyhow::Result<()> {
    let store = Store::read_only(data)?;
    let format = match args.format {
        Form::Jsonl => Format::Jsonl,
        Form::Text => Format::Text,
        Form::Html => Format::Html,
    };
    let mut shown = ProgressLine::default();
    // Not io::stdout(), which would look for a newline in everything and write line by line.
    let mut out = standard_output()?;
    let mut selection = ExportSelection::default();
    selection.room.clone_from(&args.room);
    selection.person.clone_from(&args.person);
    store.export(&selection, format, &mut out, &mut |progress| shown.show(progress))?;
    Ok(())
}

fn run_import(args: &Import, data: &Path) -> anyhow::Result<()> {
    let name = args.file.display();
    let mut lines: Box<dyn BufRead> = if args.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(&args.file).with_context(|| format!("cannot open {name}"))?))
    };
    let store = Store::open(data)?;
    let mut shown = ProgressLine::default();
    let imported = store.import(&mut lines, &mut |progress| shown.show(progress)).with_context(|| {
        if args.file == Path::new("-") { "standard input".into() } else { name.to_string() }
    });
    drop(shown);
    say(&imported?.to_string())
}

fn run_backup(args: &Backup, data: &Path) -> anyhow::Result<()> {
    if args.file == Path::new("-") {
        bail!(
            "a backup is a file that is synced and checked, not a stream: name a file, like chat.db, and send that on"
        );
    }
    let store = Store::read_only(data)?;
    let mut shown = ProgressLine::default();
    let bytes = store.backup(&args.file, &mut |progress| shown.show(progress))?;
    drop(shown);
    let name = args.file.display();
    say(&format!(
        "{name}: {bytes} bytes\nTo go back to it: stop the server, put this file into an empty folder as 'chinwag.db', and start the \
         server with --data on that folder.\nWhoever has it can read all and be anyone in the chat: keep it as safe as the chat itself."
    ))
}

fn run_check(data: &Path) -> anyhow::Result<()> {
    let mut shown = ProgressLine::default();
    let checked = Store::check(data, &mut |progress| shown.show(progress))?;
    drop(shown);
    say(&checked.to_string())?;
    if !checked.is_whole() {
        bail!(
            "the chat is damaged: keep a copy of its folder, then restore a backup; \
             `chinwag export` reads what can still be read"
        );
    }
    Ok(())
}

fn write_completions(shell: Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut environment::command(), "chinwag", &mut script);
    standard_output()?.write_all(&script).context("cannot write to standard output")
}

/// The manual page of the program, or that of a command.
fn write_manual(of: Option<&str>) -> anyhow::Result<()> {
    let mut command = environment::command();
    command.build();
    let command = match of {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
                bail!("there is no command '{name}'; it is one of: {}", names.join(", "));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("cannot make the manual page")?;
    standard_output()?.write_all(&page).context("cannot write to standard output")
}

pub(crate) fn say(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{text}").context("cannot write to standard output")
}

fn standard_output() -> anyhow::Result<File> {
    #[cfg(unix)]
    let out = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let out = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned();
    Ok(File::from(out.context("cannot write to standard output")?))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<chinwag::Error>() {
        Some(error) => error.io_kind(),
        None => cause.downcast_ref::<io::Error>().map(io::Error::kind),
    };
    error.chain().any(|cause| kind(cause) == Some(ErrorKind::BrokenPipe))
}

/// Progress, on one line of a terminal or a line each; it is gone, or complete, when what took long is over.
#[derive(Default)]
struct ProgressLine {
    is_open: bool,
}

impl ProgressLine {
    fn show(&mut self, progress: Progress) {
        let mut out = io::stderr();
        // Whoever closed it does not want to know.
        let _ = match out.is_terminal() {
            true => write!(out, "\r\x1b[K{progress}").and_then(|()| out.flush()),
            false => writeln!(out, "{progress}"),
        };
        self.is_open = out.is_terminal();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_open {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
