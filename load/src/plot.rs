//! The subcommand `plot`: the distributions of several runs in one picture.

use crate::picture::{self, Series};
use anyhow::{Context as _, Result, ensure};
use clap::Args;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The distribution of a run, if it has one that matters more than its others.
const MAIN_KEYS: [&str; 2] = ["latency_us", "round_trip_us"];

/// Draws the latencies of several runs into one picture, which --svg names
#[derive(Debug, Args)]
pub(crate) struct Plot {
    /// Files of what --json printed, a run a line
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// What stands above the picture
    #[arg(long, default_value = "Latency")]
    title: String,
}

impl Plot {
    pub(crate) fn run(&self, svg: &Path) -> Result<()> {
        let mut series = Vec::new();
        for file in &self.files {
            let lines =
                fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            for (n, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let run = serde_json::from_str(line)
                    .with_context(|| format!("{}, line {}: no JSON", file.display(), n + 1))?;
                series.extend(series_of(&run));
            }
        }
        ensure!(
            !series.is_empty(),
            "there is no distribution in these runs: made with --json, and of latencies?"
        );
        write(svg, &self.title, &series)
    }
}

/// Draws a picture into a file.
pub(crate) fn write(file: &Path, title: &str, series: &[Series]) -> Result<()> {
    fs::write(file, picture::svg(title, series)).with_context(|| format!("cannot write {}", file.display()))
}

/// What is drawn of a run: its main distribution, or all where none is that.
fn series_of(run: &Value) -> Vec<Series> {
    let name = run["server"].as_str().or(run["scenario"].as_str()).unwrap_or("?");
    if let Some(distribution) = MAIN_KEYS.iter().find_map(|key| distribution(&run[*key])) {
        return vec![Series { name: name.to_owned(), distribution }];
    }
    let fields = run.as_object().into_iter().flatten();
    let each = fields.filter_map(|(key, value)| {
        let which = key.strip_suffix("_us")?.replace('_', " ");
        Some(Series { name: format!("{name}, {which}"), distribution: distribution(value)? })
    });
    each.collect()
}

fn distribution(value: &Value) -> Option<Vec<(f64, u64)>> {
    let pairs = value.as_array()?.iter();
    pairs.map(|pair| Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_u64()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::series_of;
    use serde_json::json;

    /// The names of what is drawn of a run.
    #[track_caller]
    fn check(run: &serde_json::Value, expected: &[&str]) {
        let names: Vec<_> = series_of(run).into_iter().map(|series| series.name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn a_run_is_one_line_named_after_its_server() {
        let pairs = json!([[50.0, 7], [100.0, 9]]);
        check(
            &json!({ "server": "x", "scenario": "rate", "latency_us": pairs, "receipt_us": pairs }),
            &["x"],
        );
        check(&json!({ "scenario": "fanout", "round_trip_us": pairs, "seconds": 5 }), &["fanout"]);
        check(
            &json!({ "scenario": "herd", "calm_us": pairs, "herd_us": pairs, "load_us": 3 }),
            &["herd, calm", "herd, herd"],
        );
        check(&json!({ "scenario": "idle" }), &[]);
        let run = json!({ "scenario": "rate", "latency_us": pairs });
        assert_eq!(series_of(&run)[0].distribution, [(50.0, 7), (100.0, 9)]);
    }
}
