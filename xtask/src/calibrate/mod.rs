//! How far a finding can be trusted: fits `confidence.tsv` of a language to the gold.
//!
//! A quotation is right where a quotation of the gold has its content (at least half of the characters of
//! both together) and its kind; a speaker is right where the gold names the same. What the rules of one name
//! find in one kind of quotation is one group; the table says how often what a group finds is right.

mod fit;
mod judge;
mod plot;

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use crate::eval::{Lab, Measure};
use crate::project;
use fit::{Reliability, Table};
use judge::{Sample, What};

/// Where the table of English stands.
const TABLE: &str = "crates/onrecord-annotate/src/lang/en/confidence.tsv";

/// The plot beside the quality page.
const PLOT: &str = "docs/reference/reliability.svg";

/// The share of fewer findings is no measure.
const LEAST_TOLD: usize = 20;

/// Fits the table to all of the gold, writes it, and says how the same fit did on articles it had not seen.
pub(crate) fn run() -> Result<()> {
    let samples = judge::samples(&Lab::open()?)?;
    fs::write(project::root().join(TABLE), table_text(&Table::fit(samples.iter())))?;
    for reliability in reliabilities(&samples) {
        eprintln!("{}", told(&reliability));
    }
    eprintln!("wrote {TABLE} from {} findings", samples.len());
    Ok(())
}

/// The evaluation: each article's findings by a table that was fitted to the other articles. Draws the plot.
pub(crate) fn measured(lab: &Lab) -> Result<Vec<Measure>> {
    let samples = judge::samples(lab)?;
    if fs::read_to_string(project::root().join(TABLE))? != table_text(&Table::fit(samples.iter())) {
        eprintln!("{TABLE} is not what the gold gives now: run `cargo xtask calibrate`");
    }
    let reliabilities = reliabilities(&samples);
    fs::write(project::root().join(PLOT), plot::svg(&reliabilities))?;
    lab.note(page_note(&reliabilities));
    Ok(reliabilities.iter().flat_map(measures).collect())
}

fn reliabilities(samples: &[Sample]) -> Vec<Reliability> {
    [What::Quotation, What::Speaker].into_iter().map(|what| Reliability::held_out(samples, what)).collect()
}

fn measures(reliability: &Reliability) -> Vec<Measure> {
    let name = |measure: &str| format!("{}s_{measure}", reliability.what.name());
    let classes = ["sure", "likely"].map(|class| (class, reliability.class(class)));
    let enough = classes.iter().filter(|(_, bin)| bin.findings >= LEAST_TOLD);
    let right = enough.map(|(class, bin)| Measure::new(name(&format!("{class}_right")), bin.right_share()));
    [Measure::new(name("calibration"), 1.0 - reliability.expected_error())].into_iter().chain(right).collect()
}

fn told(reliability: &Reliability) -> String {
    let classes = ["sure", "likely", "possible"].map(|class| {
        let bin = reliability.class(class);
        format!("{class} {} of which {:.3} right", bin.findings, bin.right_share())
    });
    format!(
        "{}s: {} findings, held out: Brier {:.4} (one rate for all: {:.4}), expected calibration error {:.4}; {}",
        reliability.what.name(),
        reliability.findings(),
        reliability.brier(),
        reliability.brier_of_one_rate(),
        reliability.expected_error(),
        classes.join("; ")
    )
}

/// What the quality page says below the figures: the plot, and the same in words.
fn page_note(reliabilities: &[Reliability]) -> String {
    let mut out = String::from(
        "![What findings are said to be worth, and how often they were right: the table below says the same in figures](reliability.svg)\n\n\
         | finding | said, mean | right | findings |\n| --- | ---: | ---: | ---: |\n",
    );
    for reliability in reliabilities {
        for bin in &reliability.bins {
            let what = reliability.what.name();
            let _ = writeln!(
                out,
                "| {what} | {:.3} | {:.3} | {} |",
                bin.said_mean(),
                bin.right_share(),
                bin.findings
            );
        }
    }
    out.push('\n');
    let [sure, likely] = ["sure", "likely"].map(fit::least);
    let _ = writeln!(
        out,
        "Called sure from {sure:.2}, likely from {likely:.2}, possible below. A bar is the interval that holds the true share 19 times of 20.\n"
    );
    for reliability in reliabilities {
        let _ = writeln!(out, "- {}", told(reliability));
    }
    out + "\n"
}

const HEAD: &str = "\
# How often findings are right, per mille: what, rule, kind of the quotation, per mille, findings it was measured on.
# `*` stands for rules that the gold does not show. Written by `cargo xtask calibrate`; not edited by hand.
# Data: gold_wikinews (CC BY 4.0) and gold_stories (invented). The rules were written with both in view.
";

fn table_text(table: &Table) -> String {
    let mut out = HEAD.to_owned();
    for (what, rule, kind, value, findings) in table.rows() {
        let _ = writeln!(out, "{}\t{rule}\t{kind}\t{:.0}\t{findings}", what.name(), value * 1000.0);
    }
    out
}
