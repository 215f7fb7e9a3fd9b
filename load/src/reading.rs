//! Scenarios `pages` and `search`: how long somebody waits who scrolls back or looks for something.

use crate::caller::Caller;
use crate::report::{Report, Value};
use crate::target::Target;
use crate::v1::{self, Line};
use anyhow::{Context as _, Result, ensure};
use clap::Args;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// How long a page of history takes, at places all over a room
#[derive(Debug, Args)]
pub(crate) struct Pages {
    /// The server's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// The room; it must have history
    #[arg(long)]
    room: String,

    /// Pages
    #[arg(long, default_value_t = 2000)]
    count: usize,

    /// Messages a page
    #[arg(long, default_value_t = 100)]
    limit: usize,
}

impl Pages {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.count > 0 && self.limit > 0, "--count and --limit are at least 1");
        let (mut caller, joined) = enter(&self.url, std::slice::from_ref(&self.room))?;
        let joined = &joined[0];
        ensure!(joined.oldest > 0, "there is no history in the room {}", self.room);
        let (mut random, mut millis, mut wrong) = (Random(1), Vec::new(), 0);
        for _ in 0..self.count {
            let before = joined.oldest + random.below(joined.seq - joined.oldest + 1);
            let began = Instant::now();
            caller.say(
                &json!({ "type": "history", "room": self.room, "before": before, "limit": self.limit }),
            )?;
            let page = caller.wait_for("page")?;
            millis.push(began.elapsed().as_secs_f64() * 1e3);
            let is_ordered = page.entries.is_sorted_by(|a, b| a.seq < b.seq);
            // Near the room's beginning a page may be short.
            let is_full = page.entries.len() == self.limit
                || page.entries.first().is_none_or(|first| first.seq == joined.oldest);
            let is_before = page.entries.last().is_none_or(|last| last.seq < before);
            wrong += u64::from(!(is_ordered && is_full && is_before));
        }
        millis.sort_by(f64::total_cmp);
        let mut report = Report::default();
        report.row("scenario", "scenario", "pages");
        report.row("count", "pages", self.count);
        report.row("limit", "messages a page", self.limit);
        report.row("page_p50_ms", "page, median, ms", quantile(&millis, 0.5));
        report.row("page_p99_ms", "page, 99th percentile, ms", quantile(&millis, 0.99));
        report.row("page_max_ms", "page, longest, ms", quantile(&millis, 1.0));
        report.fault("wrong", "pages that were not what was asked for", wrong);
        Ok(report)
    }
}

/// How long a search takes
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The server's address
    #[arg(long, default_value = "ws://127.0.0.1:8080/ws")]
    url: String,

    /// The rooms that are looked through
    #[arg(long, required = true, value_delimiter = ',')]
    rooms: Vec<String>,

    /// A file of queries, one a line; '#' begins a comment
    #[arg(long)]
    queries: PathBuf,

    /// Times that each query is asked
    #[arg(long, default_value_t = 20)]
    count: usize,
}

impl Search {
    pub(crate) fn run(&self) -> Result<Report> {
        ensure!(self.count > 0, "--count is at least 1");
        let file = fs::read_to_string(&self.queries)
            .with_context(|| format!("cannot read {}", self.queries.display()))?;
        let queries: Vec<&str> =
            file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        ensure!(!queries.is_empty(), "there is no query in {}", self.queries.display());
        let (mut caller, _) = enter(&self.url, &self.rooms)?;
        let (mut all, mut each) = (Vec::new(), vec![Vec::new(); queries.len()]);
        let (mut hits, mut wrong) = (vec![0; queries.len()], 0);
        for _ in 0..self.count {
            for (n, query) in queries.iter().enumerate() {
                let began = Instant::now();
                caller.say(&json!({ "type": "search", "query": query }))?;
                let found = caller.wait_for("found")?;
                let millis = began.elapsed().as_secs_f64() * 1e3;
                all.push(millis);
                each[n].push(millis);
                hits[n] = found.entries.len();
                wrong += u64::from(!found.entries.is_sorted_by(|a, b| a.seq > b.seq));
            }
        }
        all.sort_by(f64::total_cmp);
        each.iter_mut().for_each(|millis| millis.sort_by(f64::total_cmp));
        let empty = hits.iter().filter(|hits| **hits == 0).count();
        let each = queries
            .iter()
            .zip(&hits)
            .zip(&each)
            .map(|((query, hits), millis)| (format!("{query} ({hits} shown)"), quantile(millis, 0.5)));
        let mut report = Report::default();
        report.row("scenario", "scenario", "search");
        report.row("queries", "queries", queries.len());
        report.row("count", "times each", self.count);
        report.row("search_p50_ms", "search, median, ms", quantile(&all, 0.5));
        report.row("search_p95_ms", "search, 95th percentile, ms", quantile(&all, 0.95));
        report.row("search_max_ms", "search, longest, ms", quantile(&all, 1.0));
        report.row("each", "each query, median, ms", Value::Named(each.collect()));
        report.fault("empty", "queries that found nothing", empty as u64);
        report.fault("wrong", "answers that were not the newest first", wrong);
        Ok(report)
    }
}

/// Connects and joins the rooms; gives what was said of each.
fn enter(url: &str, rooms: &[String]) -> Result<(Caller, Vec<Line>)> {
    let mut caller = Caller::connect(&Target::parse(url)?.in_v1())?;
    caller.say(&v1::hello(rooms))?;
    let mut joined = Vec::new();
    for _ in rooms {
        joined.push(caller.wait_for("joined")?);
        caller.wait_for("caught_up")?;
    }
    Ok((caller, joined))
}

/// The value that so large a part of `sorted` does not exceed.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// Numbers that look random and are the same in each run (SplitMix64).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn a_quantile_is_a_value_that_was_measured() {
        let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(
            (quantile(&sorted, 0.5), quantile(&sorted, 0.99), quantile(&sorted, 1.0)),
            (50.0, 99.0, 100.0)
        );
        assert_eq!(quantile(&[7.0], 0.0), 7.0);
    }
}
