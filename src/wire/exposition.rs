//! Figures as Prometheus reads them: its text format, version 0.0.4. Knows none of them.

use std::fmt::{Display, Write};

/// The media type of the text.
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The kind of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    /// It only grows, until the process ends.
    Counter,
    /// It goes up and down.
    Gauge,
}

/// The text, family by family.
#[derive(Debug, Default)]
pub(crate) struct Exposition(String);

impl Exposition {
    /// A figure by itself.
    pub(crate) fn one(&mut self, metric: Metric, name: &str, help: &str, value: impl Display) {
        self.family(metric, name, help);
        self.sample(name, "", value);
    }

    /// One figure for each value of a label. The values are words of ours, in which nothing is to be escaped.
    pub(crate) fn each<T: Display>(
        &mut self,
        metric: Metric,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'static str, T)>,
    ) {
        self.family(metric, name, help);
        for (of, value) in values {
            self.sample(name, &format!("{{{label}=\"{of}\"}}"), value);
        }
    }

    fn family(&mut self, metric: Metric, name: &str, help: &str) {
        let kind = match metric {
            Metric::Counter => "counter",
            Metric::Gauge => "gauge",
        };
        // A string takes all that is written to it.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    pub(crate) fn text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_in_the_text_format() {
        let mut text = Exposition::default();
        text.one(Metric::Gauge, "rooms", "Rooms.", 3);
        let refused = [("host", 1), ("full", 0)];
        text.each(Metric::Counter, "refused_total", "Refused, by reason.", "reason", refused);
        let expected = "# HELP rooms Rooms.\n# TYPE rooms gauge\nrooms 3\n# HELP refused_total Refused, by reason.\n\
                        # TYPE refused_total counter\nrefused_total{reason=\"host\"} 1\nrefused_total{reason=\"full\"} 0\n";
        assert_eq!(text.text(), expected);
    }
}
