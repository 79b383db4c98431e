//! The reliability plot: what findings are said to be worth against how often they were right.

use std::fmt::Write as _;

use super::fit::{Bin, Reliability};

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 360.0;
/// Room for the scales, to the left and below.
const MARGIN: f64 = 56.0;
/// The side of the plane, which shows shares from [`LEAST`] to 1.
const SIDE: f64 = 280.0;
/// The least share that is shown.
const LEAST: f64 = 0.3;

/// Colours on a light and on a dark page; each stands out from its ground by 4.5 to 1 or more.
const STYLE: &str = "\
<style>
.page { fill: #fff } text { fill: #222 } .scale { stroke: #767676; fill: none }
.first { fill: #0b5fa5; stroke: #0b5fa5 } .second { fill: #a84a14; stroke: #a84a14 }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 } text { fill: #e6edf3 } .scale { stroke: #8b949e }
.first { fill: #6cb6ff; stroke: #6cb6ff } .second { fill: #f0925a; stroke: #f0925a }
}
</style>
";

/// The plot as a page's picture, with a title and a description for those who do not see it.
pub(super) fn svg(reliabilities: &[Reliability]) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"12\">\n{STYLE}\
         <title id=\"title\">Reliability of quotations and speakers</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n",
        described(reliabilities)
    );
    scales(&mut out);
    for (n, reliability) in reliabilities.iter().enumerate() {
        let is_first = n == 0;
        for bin in &reliability.bins {
            mark(&mut out, bin, is_first);
        }
        let y = 40.0 + 22.0 * n as f64;
        symbol(&mut out, (MARGIN + SIDE + 36.0, y - 4.0), 5.0, is_first);
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{y}\">{}s ({})</text>",
            MARGIN + SIDE + 48.0,
            reliability.what.name(),
            reliability.findings()
        );
    }
    out + "</svg>\n"
}

fn described(reliabilities: &[Reliability]) -> String {
    let one = |reliability: &Reliability| {
        let bins = reliability.bins.iter().map(|bin| {
            format!("said {:.2}, right {:.2} of {}", bin.said_mean(), bin.right_share(), bin.findings)
        });
        format!("{}s: {}", reliability.what.name(), bins.collect::<Vec<_>>().join("; "))
    };
    reliabilities.iter().map(one).collect::<Vec<_>>().join(". ")
}

/// Where a share stands on the plane; what is below the least shown stands at its edge.
fn place(said: f64, right: f64) -> (f64, f64) {
    let along = |share: f64| (share.max(LEAST) - LEAST) / (1.0 - LEAST) * SIDE;
    (MARGIN + along(said), 16.0 + SIDE - along(right))
}

fn scales(out: &mut String) {
    let ((left, bottom), (right, top)) = (place(LEAST, LEAST), place(1.0, 1.0));
    let _ = writeln!(
        out,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" class=\"scale\"/>\n\
         <line x1=\"{left}\" y1=\"{bottom}\" x2=\"{right}\" y2=\"{top}\" class=\"scale\" stroke-dasharray=\"4 4\"/>"
    );
    for tenth in [4, 6, 8, 10] {
        let share = f64::from(tenth) / 10.0;
        let ((x, _), (_, y)) = (place(share, LEAST), place(LEAST, share));
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{share:.1}</text>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{share:.1}</text>",
            bottom + 16.0,
            left - 6.0,
            y + 4.0
        );
    }
    let middle = (left + right) / 2.0;
    let _ = writeln!(
        out,
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">said</text>\n\
         <text transform=\"translate(14 {}) rotate(-90)\" text-anchor=\"middle\">right</text>",
        bottom + 36.0,
        (top + bottom) / 2.0
    );
}

/// A bin with the interval in which its true share lies 19 times of 20 (Wilson's).
fn mark(out: &mut String, bin: &Bin, is_first: bool) {
    let (n, share) = (bin.findings as f64, bin.right_share());
    let z = 1.96;
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let ((x, low), (_, high)) =
        (place(bin.said_mean(), middle - half), place(bin.said_mean(), middle + half));
    let _ = writeln!(
        out,
        "<line x1=\"{x:.1}\" y1=\"{low:.1}\" x2=\"{x:.1}\" y2=\"{high:.1}\" class=\"{}\"/>",
        class(is_first)
    );
    symbol(out, place(bin.said_mean(), share), (3.0 + n.sqrt() / 4.0).min(9.0), is_first);
}

fn class(is_first: bool) -> &'static str {
    if is_first { "first" } else { "second" }
}

/// A disc for the first, a square for the second, so that colour is not all that tells them apart.
fn symbol(out: &mut String, (x, y): (f64, f64), size: f64, is_first: bool) {
    let class = class(is_first);
    let _ = if is_first {
        writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{size:.1}\" class=\"{class}\"/>")
    } else {
        let (left, top, side) = (x - size, y - size, 2.0 * size);
        writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{side:.1}\" height=\"{side:.1}\" class=\"{class}\"/>"
        )
    };
}
