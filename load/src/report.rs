//! A report: named figures in their order, printed as a table or as one line of JSON.

use crate::latency::Latency;
use crate::picture::Series;
use crate::process::Spent;
use crate::record::Faults;
use anyhow::{Context as _, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// A figure; one that could not be measured is `Unknown` (`-`, or `null`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Unknown,
    Count(u64),
    Number(f64),
    Text(String),
    /// How often each close code was seen.
    Codes(BTreeMap<u16, u64>),
    /// Figures with names of their own.
    Named(Vec<(String, f64)>),
    /// Percentiles and the microseconds that they do not exceed; too many for the table.
    Distribution(Vec<(f64, u64)>),
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Unknown }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

/// The figures of one run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    faults: u64,
}

#[derive(Debug)]
struct Row {
    key: Cow<'static, str>,
    label: Cow<'static, str>,
    value: Value,
}

impl Report {
    /// Adds a figure: its name in JSON, its words in the table.
    pub(crate) fn row(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        value: impl Into<Value>,
    ) {
        self.rows.push(Row { key: key.into(), label: label.into(), value: value.into() });
    }

    /// Adds a figure that ought to be zero.
    pub(crate) fn fault(&mut self, key: &'static str, label: &'static str, count: u64) {
        self.faults += count;
        self.row(key, label, count);
    }

    /// Adds what was wrong with messages.
    pub(crate) fn message_faults(&mut self, faults: &Faults) {
        self.fault("missing", "messages missing", faults.missing);
        self.fault("doubled", "messages doubled", faults.doubled);
        self.fault("late", "messages late", faults.late);
        self.fault("foreign", "messages nobody sent", faults.foreign);
        self.fault("other_order", "clients that heard another order", faults.other_order);
    }

    pub(crate) fn has_faults(&self) -> bool {
        self.faults > 0
    }

    /// Adds the CPU time that was spent on so many of some `thing`.
    pub(crate) fn spent(&mut self, thing: &str, count: u64, spent: &Spent) {
        let Spent { seconds, server_micros, own_micros } = *spent;
        let each = |micros: f64| micros / count as f64;
        let percent = |micros: f64| 100.0 * micros / 1e6 / seconds;
        let label = |whose| format!("{whose} CPU for each {thing}, us");
        self.row(format!("server_us_per_{thing}"), label("server"), server_micros.map(each));
        self.row("server_cpu_percent", "server CPU, % of a core", server_micros.map(percent));
        self.row(format!("load_us_per_{thing}"), label("own"), each(own_micros));
        self.row("load_cpu_percent", "own CPU, % of a core", percent(own_micros));
    }

    /// Adds a latency's quantiles and its distribution; in JSON their names begin with `key`.
    pub(crate) fn latency(&mut self, key: &'static str, words: &'static str, latency: &Latency) {
        for (suffix, which, quantile) in [
            ("_p50_us", "median", 0.5),
            ("_p99_us", "99th percentile", 0.99),
            ("_p999_us", "99.9th percentile", 0.999),
            ("_max_us", "longest", 1.0),
        ] {
            self.row(format!("{key}{suffix}"), format!("{words}, {which}, us"), latency.micros_at(quantile));
        }
        self.row(format!("{key}_us"), words, Value::Distribution(latency.distribution()));
    }

    /// What was measured, in words.
    pub(crate) fn title(&self) -> String {
        let text = |key| self.rows.iter().find(|row| row.key == key).map(|row| &row.value);
        match (text("scenario"), text("protocol")) {
            (Some(Value::Text(scenario)), Some(Value::Text(protocol))) => format!("{scenario}, {protocol}"),
            (Some(Value::Text(scenario)), _) => scenario.clone(),
            _ => String::new(),
        }
    }

    /// The distributions of latencies, to be drawn.
    pub(crate) fn series(&self) -> Vec<Series> {
        let each = self.rows.iter().filter_map(|row| match &row.value {
            Value::Distribution(pairs) => {
                Some(Series { name: row.label.clone().into_owned(), distribution: pairs.clone() })
            }
            _ => None,
        });
        each.collect()
    }

    /// Prints the report on standard output.
    pub(crate) fn print(&self, json: bool) -> Result<()> {
        let text = if json { self.json() } else { self.table() };
        std::io::stdout().write_all(text.as_bytes()).context("cannot write the report")
    }

    fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.label.len()).max().unwrap_or(0);
        let mut table = String::new();
        for Row { label, value, .. } in &self.rows {
            let value = match value {
                Value::Distribution(_) => continue,
                Value::Unknown => "-".to_owned(),
                Value::Count(count) => grouped(*count),
                Value::Number(number) if number.abs() >= 1000.0 => grouped(number.round() as u64),
                Value::Number(number) => format!("{number:.3}"),
                Value::Text(text) => text.clone(),
                Value::Codes(codes) if codes.is_empty() => "none".to_owned(),
                Value::Codes(codes) => {
                    let codes: Vec<_> =
                        codes.iter().map(|(code, count)| format!("{code}: {count}")).collect();
                    codes.join(", ")
                }
                Value::Named(figures) => {
                    let lines = figures.iter().map(|(name, figure)| format!("\n{figure:>12.3}  {name}"));
                    lines.collect()
                }
            };
            let _ = writeln!(table, "{label:width$}  {value:>14}");
        }
        table
    }

    fn json(&self) -> String {
        let fields = self.rows.iter().map(|Row { key, value, .. }| {
            let value = match value {
                Value::Unknown => "null".to_owned(),
                Value::Count(count) => count.to_string(),
                Value::Number(number) => format!("{number:.6}"),
                Value::Text(text) => quoted(text),
                Value::Codes(codes) => {
                    let codes: Vec<_> =
                        codes.iter().map(|(code, count)| format!("\"{code}\":{count}")).collect();
                    format!("{{{}}}", codes.join(","))
                }
                Value::Named(figures) => {
                    let figures: Vec<_> = figures
                        .iter()
                        .map(|(name, figure)| format!("{}:{figure:.6}", quoted(name)))
                        .collect();
                    format!("{{{}}}", figures.join(","))
                }
                Value::Distribution(pairs) => {
                    let pairs: Vec<_> = pairs
                        .iter()
                        .map(|(percentile, micros)| format!("[{percentile:.6},{micros}]"))
                        .collect();
                    format!("[{}]", pairs.join(","))
                }
            };
            format!("\"{key}\":{value}")
        });
        format!("{{{}}}\n", fields.collect::<Vec<_>>().join(","))
    }
}

/// `1234567` as `1,234,567`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Report, Value};
    use std::collections::BTreeMap;

    fn report() -> Report {
        let mut report = Report::default();
        report.row("scenario", "scenario", "say \"hi\"");
        report.row("messages", "messages", 1_234_567_u64);
        report.row("cpu", "CPU for each", 0.25);
        report.row("rss", "memory", None::<u64>);
        report.row("codes", "close codes", Value::Codes(BTreeMap::from([(1000, 2), (1006, 1)])));
        report
    }

    #[test]
    fn json_is_one_line() {
        let expected = r#"{"scenario":"say \"hi\"","messages":1234567,"cpu":0.250000,"rss":null,"codes":{"1000":2,"1006":1}}"#;
        assert_eq!(report().json(), format!("{expected}\n"));
    }

    #[test]
    fn the_table_lines_up() {
        let table = report().table();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[1], "messages           1,234,567");
        assert_eq!(lines[3], "memory                     -");
    }

    #[test]
    fn only_faults_that_happened_count() {
        let mut report = report();
        report.fault("missing", "missing", 0);
        assert!(!report.has_faults());
        report.fault("doubled", "doubled", 1);
        assert!(report.has_faults());
    }
}
