//! Scenario `resume`: what it costs the server when somebody comes back who missed much.

use crate::caller::Caller;
use crate::process::Process;
use crate::report::Report;
use crate::target::Target;
use crate::v1;
use anyhow::{Result, ensure};
use clap::Args;
use serde_json::json;
use std::time::Instant;

const TEXT: &str = "the kettle is on, shall we meet in the garden at four? bring the long table";
/// Messages sent before their receipts are looked at.
const AT_ONCE: usize = 50;

/// What a resume costs: somebody comes back with a cursor, again and again, and gets all that was missed
#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// The server's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// The room
    #[arg(long, default_value = "resume")]
    room: String,

    /// Entries that are missed
    #[arg(long, default_value_t = 1000)]
    entries: usize,

    /// Resumes
    #[arg(long, default_value_t = 200)]
    count: usize,

    /// The server's process
    #[arg(long)]
    pid: u32,
}

impl Resume {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.entries > 0 && self.count > 0, "--entries and --count are at least 1");
        let server = Process::new(self.pid)?;
        let target = Target::parse(&self.url)?.in_v1();
        let mut author = Caller::connect(&target)?;
        author.say(&v1::hello(std::slice::from_ref(&self.room)))?;
        let token = author.wait_for("hello")?.token;
        let since = author.wait_for("joined")?;
        author.wait_for("caught_up")?;
        let (mut said, mut answered) = (0, Vec::new());
        while answered.len() < self.entries {
            while said < self.entries.min(answered.len() + AT_ONCE) {
                let cid = format!("{}-{said}", since.seq);
                author.say(&json!({ "type": "say", "room": self.room, "cid": cid, "text": TEXT }))?;
                said += 1;
            }
            answered.push(author.wait_for("receipt")?.seq);
        }
        drop(author);

        let cursor = json!({ self.room.as_str(): { "epoch": since.epoch, "since": since.seq } });
        let hello = json!({ "type": "hello", "token": token, "rooms": cursor });
        let (mut wrong, mut seconds) = (0, Vec::new());
        let cpu_before = server.cpu()?;
        for _ in 0..self.count {
            let began = Instant::now();
            let mut caller = Caller::connect(&target)?;
            caller.say(&hello)?;
            let joined = caller.wait_for("joined")?;
            let mut heard = Vec::new();
            loop {
                let line = caller.hear()?;
                match line.kind.as_str() {
                    "message" => heard.push(line.seq),
                    "caught_up" => break,
                    _ => {}
                }
            }
            seconds.push(began.elapsed().as_secs_f64());
            wrong += u64::from(joined.reset || heard != answered);
        }
        let cpu = server.cpu()? - cpu_before;
        seconds.sort_by(f64::total_cmp);

        let mut report = Report::default();
        report.row("scenario", "scenario", "resume");
        report.row("entries", "entries missed", self.entries);
        report.row("count", "resumes", self.count);
        report.row(
            "server_ms_per_resume",
            "server CPU for each, ms",
            cpu.as_secs_f64() * 1e3 / self.count as f64,
        );
        report.row(
            "resume_p50_ms",
            "from connecting to caught up, median, ms",
            seconds[self.count / 2] * 1e3,
        );
        report.fault("wrong", "resumes that were not exactly what was missed", wrong);
        Ok(report)
    }
}
