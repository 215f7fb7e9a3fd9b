//! The tools: what there is to do with a chat beside running it. What they make goes to standard output, what
//! they say on the way to standard error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chinwag::{Format, Progress, Store};

use crate::args::{Backup, Check, Command, Export, Form, Import};

pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    let ran = match command {
        Command::Export(export) => run_export(export),
        Command::Import(import) => run_import(import),
        Command::Backup(backup) => run_backup(backup),
        Command::Check(check) => run_check(check),
    };
    match ran {
        // Whoever read it has read enough.
        Err(error) if is_closed_pipe(&error) => Ok(()),
        ran => ran,
    }
}

fn run_export(args: &Export) -> anyhow::Result<()> {
    let store = Store::read_only(&args.data.data)?;
    let format = match args.format {
        Form::Jsonl => Format::Jsonl,
        Form::Text => Format::Text,
        Form::Html => Format::Html,
    };
    let mut shown = Shown::default();
    // Not io::stdout(), which would look for a newline in everything and write line by line.
    let mut out = standard_output()?;
    store.export(args.room.as_ref(), format, &mut out, &mut |progress| shown.show(progress))?;
    Ok(())
}

fn run_import(args: &Import) -> anyhow::Result<()> {
    let name = args.file.display();
    let mut lines: Box<dyn BufRead> = if args.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(&args.file).with_context(|| format!("cannot open {name}"))?))
    };
    let store = Store::open(&args.data.data)?;
    let mut shown = Shown::default();
    let imported = store.import(&mut lines, &mut |progress| shown.show(progress)).with_context(|| {
        if args.file == Path::new("-") { "standard input".into() } else { name.to_string() }
    });
    drop(shown);
    say(&imported?.to_string())
}

fn run_backup(args: &Backup) -> anyhow::Result<()> {
    let store = Store::read_only(&args.data.data)?;
    let mut shown = Shown::default();
    let bytes = store.backup(&args.file, &mut |progress| shown.show(progress))?;
    drop(shown);
    let name = args.file.display();
    say(&format!(
        "{name}: {bytes} bytes\nTo go back to it: stop the server, put this file into an empty folder as 'chinwag.db', and start the \
         server with --data on that folder.\nWhoever has it can read all and be anyone in the chat: keep it as safe as the chat itself."
    ))
}

fn run_check(args: &Check) -> anyhow::Result<()> {
    let mut shown = Shown::default();
    let checked = Store::check(&args.data.data, &mut |progress| shown.show(progress))?;
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

fn say(text: &str) -> anyhow::Result<()> {
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
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Progress, on one line of a terminal or a line each; it is gone, or complete, when what took long is over.
#[derive(Default)]
struct Shown {
    is_open: bool,
}

impl Shown {
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

impl Drop for Shown {
    fn drop(&mut self) {
        if self.is_open {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
