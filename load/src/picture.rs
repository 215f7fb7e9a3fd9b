//! A picture of latency distributions, as SVG: the closer to the slowest, the more room, for that is what one waits for.
//!
//! To the right goes 1/(1-p) on a logarithmic scale, so 90 %, 99 % and 99.9 % are equally far apart; upwards goes
//! latency, logarithmic too. There is no background, and every colour can be read on a light one and a dark one.

use std::fmt::Write as _;

/// What is drawn as one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// Percentiles, growing up to 100, and the microseconds that they do not exceed.
    pub(crate) distribution: Vec<(f64, u64)>,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
/// The edges of what the axes enclose.
const LEFT: f64 = 80.0;
const RIGHT: f64 = WIDTH - 24.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = HEIGHT - 56.0;
const LINE_HEIGHT: f64 = 18.0;

/// Middling in lightness: a contrast of 4 and more with white and with black.
const INK: &str = "#6e7781";
const COLORS: [&str; 8] =
    ["#2f81f7", "#d9730d", "#2da44e", "#a371f7", "#e5534b", "#1b9e9e", "#bf8700", "#db61a2"];
/// Lines differ by more than their colour.
const DASHES: [&str; 3] = ["", "7 3", "2 3"];
/// Up to so many decades, there are ticks at 2 and 5 as well.
const FINE_DECADES: usize = 3;
/// No latency is longer than so many decades of microseconds.
const MICROS_DECADES: u32 = 9;

/// Draws them all. What has no distribution is left out.
pub(crate) fn svg(title: &str, series: &[Series]) -> String {
    let series: Vec<_> = series.iter().filter(|series| !series.distribution.is_empty()).collect();
    let points: Vec<Vec<(f64, f64)>> = series.iter().map(|series| points(&series.distribution)).collect();
    let nines = points.iter().flatten().map(|&(x, _)| x).fold(1.0, f64::max);
    let ticks_y = micros_ticks(&series);
    let decade_of = |tick: Option<&u64>| tick.map_or(0.0, |micros| (*micros as f64).log10());
    let (low, high) = (decade_of(ticks_y.first()), decade_of(ticks_y.last()));
    let x = |nines_here: f64| LEFT + (RIGHT - LEFT) * nines_here / nines;
    let y = |decade: f64| BOTTOM - (BOTTOM - TOP) * (decade - low) / (high - low);

    let title = escaped(title);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="13" fill="{INK}">
<title>{title}</title>
<text x="{LEFT}" y="26" font-size="16" font-weight="600">{title}</text>
<g stroke="{INK}" stroke-opacity="0.3">
"#
    );
    let ticks_x = percentile_ticks(nines);
    for (at, _) in &ticks_x {
        let x = x(*at);
        let _ = writeln!(svg, r#"<line x1="{x:.1}" y1="{TOP}" x2="{x:.1}" y2="{BOTTOM}"/>"#);
    }
    for micros in &ticks_y {
        let y = y((*micros as f64).log10());
        let _ = writeln!(svg, r#"<line x1="{LEFT}" y1="{y:.1}" x2="{RIGHT}" y2="{y:.1}"/>"#);
    }
    svg.push_str("</g>\n");
    for (at, words) in &ticks_x {
        let (x, y) = (x(*at), BOTTOM + LINE_HEIGHT);
        let _ = writeln!(svg, r#"<text x="{x:.1}" y="{y}" text-anchor="middle">{words}</text>"#);
    }
    for micros in &ticks_y {
        let (x, y, words) = (LEFT - 8.0, y((*micros as f64).log10()) + 4.5, in_words(*micros));
        let _ = writeln!(svg, r#"<text x="{x}" y="{y:.1}" text-anchor="end">{words}</text>"#);
    }
    let (middle_x, middle_y) = ((LEFT + RIGHT) / 2.0, (TOP + BOTTOM) / 2.0);
    let (below, beside) = (HEIGHT - 14.0, 16.0);
    let _ = writeln!(svg, r#"<text x="{middle_x}" y="{below}" text-anchor="middle">percentile</text>"#);
    let _ = writeln!(
        svg,
        r#"<text x="{beside}" y="{middle_y}" text-anchor="middle" transform="rotate(-90 {beside} {middle_y})">latency</text>"#
    );
    for (n, (series, points)) in series.iter().zip(&points).enumerate() {
        let (color, dash) = (COLORS[n % COLORS.len()], DASHES[n % DASHES.len()]);
        let stroke = format!(r#"fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}""#);
        let places: Vec<_> =
            points.iter().map(|&(nines, decade)| format!("{:.1},{:.1}", x(nines), y(decade))).collect();
        let _ = writeln!(svg, r#"<polyline points="{}" {stroke}/>"#, places.join(" "));
        // Lines rise from the left, so there is space above them.
        let (from, to, middle) = (LEFT + 12.0, LEFT + 44.0, TOP + LINE_HEIGHT * (n as f64 + 1.0));
        let _ = writeln!(svg, r#"<polyline points="{from},{middle} {to},{middle}" {stroke}/>"#);
        let (x, y, name) = (to + 8.0, middle + 4.5, escaped(&series.name));
        let _ = writeln!(svg, r#"<text x="{x}" y="{y}">{name}</text>"#);
    }
    svg.push_str("</svg>\n");
    svg
}

/// A distribution as places: the logarithms of 1/(1-p) and of the microseconds.
fn points(distribution: &[(f64, u64)]) -> Vec<(f64, f64)> {
    let nines = |percentile: f64| -(1.0 - percentile / 100.0).log10();
    // The longest of all would be infinitely far: it stands where the next halving would be.
    let last =
        distribution.iter().map(|&(percentile, _)| nines(percentile)).filter(|nines| nines.is_finite());
    let end = last.fold(0.0, f64::max) + f64::log10(2.0);
    let place =
        |&(percentile, micros): &(f64, u64)| (nines(percentile).min(end), (micros.max(1) as f64).log10());
    distribution.iter().map(place).collect()
}

/// 50 %, 90 %, 99 % and so on: where they are and what they are called.
fn percentile_ticks(nines: f64) -> Vec<(f64, String)> {
    let mut ticks = vec![(0.0, "0 %".to_owned()), (f64::log10(2.0), "50 %".to_owned())];
    ticks.extend((1..=nines.floor() as usize).map(|digits| {
        let name = match digits {
            1 => "90 %".to_owned(),
            2 => "99 %".to_owned(),
            _ => format!("99.{} %", "9".repeat(digits - 2)),
        };
        (digits as f64, name)
    }));
    ticks
}

/// Round numbers of microseconds, from one below all that is drawn to one above.
fn micros_ticks(series: &[&Series]) -> Vec<u64> {
    let all = || series.iter().flat_map(|series| &series.distribution).map(|&(_, micros)| micros);
    let (low, high) = (all().min().unwrap_or(1).max(1), all().max().unwrap_or(1).max(1));
    let round = |steps: &'static [u64]| {
        let decades =
            (0..=MICROS_DECADES).flat_map(|decade| steps.iter().map(move |step| step * 10_u64.pow(decade)));
        let all: Vec<_> = decades.collect();
        let from = all.partition_point(|tick| *tick <= low) - 1;
        let to = all.partition_point(|tick| *tick < high).max(from + 1);
        all[from..=to.min(all.len() - 1)].to_vec()
    };
    let decades = round(&[1]);
    if decades.len() > FINE_DECADES + 1 { decades } else { round(&[1, 2, 5]) }
}

/// `20000` as `20 ms`.
fn in_words(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} \u{b5}s"),
        1_000..1_000_000 => format!("{} ms", micros / 1_000),
        _ => format!("{} s", micros / 1_000_000),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Series, in_words, micros_ticks, percentile_ticks, points, svg};

    #[test]
    fn each_nine_is_equally_far_from_the_one_before() {
        let points = points(&[(0.0, 1), (90.0, 10), (99.0, 1000), (99.9, 1000), (100.0, 2000)]);
        let expected = [(0.0, 0.0), (1.0, 1.0), (2.0, 3.0), (3.0, 3.0), (3.301, 3.301)];
        for (point, expected) in points.iter().zip(expected) {
            let near = (point.0 - expected.0).abs() < 1e-3 && (point.1 - expected.1).abs() < 1e-3;
            assert!(near, "{point:?} is not {expected:?}");
        }
    }

    #[test]
    fn one_value_is_a_distribution_too() {
        assert_eq!(points(&[(100.0, 0)]), [(f64::log10(2.0), 0.0)]);
    }

    #[test]
    fn ticks_are_round() {
        let names: Vec<_> = percentile_ticks(4.2).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["0 %", "50 %", "90 %", "99 %", "99.9 %", "99.99 %"]);
        let ticks = |low, high| {
            let distribution = vec![(0.0, low), (100.0, high)];
            micros_ticks(&[&Series { name: String::new(), distribution }])
        };
        assert_eq!(ticks(120, 1900), [100, 200, 500, 1000, 2000]);
        assert_eq!(ticks(200, 201), [200, 500]);
        assert_eq!(ticks(200, 200), [200, 500]);
        assert_eq!(ticks(0, 60_000), [1, 10, 100, 1000, 10_000, 100_000]);
        assert_eq!([5, 20_000, 3_000_000].map(in_words), ["5 \u{b5}s", "20 ms", "3 s"]);
    }

    #[test]
    fn every_series_has_a_line_and_its_name_and_none_breaks_the_picture() {
        let series = |name: &str, distribution| Series { name: name.to_owned(), distribution };
        let picture = svg(
            "a & b",
            &[
                series("<ws>", vec![(0.0, 120), (50.0, 130), (100.0, 4000)]),
                series("nothing", vec![]),
                series("chinwag", vec![(100.0, 90)]),
            ],
        );
        assert_eq!(picture.matches("<polyline").count(), 2 * 2, "a line, and one beside the name");
        assert!(picture.contains("&lt;ws>") && picture.contains("a &amp; b") && !picture.contains("nothing"));
        assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
        assert!(svg("empty", &[]).ends_with("</svg>\n"));
    }
}
