//! Measures the program against gold, writes `docs/reference/quality.md`, and holds the floors.
//!
//! The sample's own gold is always there. The larger sets stand beside the repository in
//! `../shared/eval`; each is measured where it is found, by its own scorer.

mod events;
mod floors;
mod lab;
mod marks;
mod page;
mod pairs;
mod pronouns;
mod sample;
mod sets;
mod suites;
mod trees;

use anyhow::{Result, bail};
use clap::Args;

pub(crate) use lab::Lab;

/// How to run the evaluation.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these sets; all by default.
    #[arg(value_name = "SET")]
    only: Vec<String>,
    /// Raise the floors to what was measured. No floor is lowered.
    #[arg(long)]
    raise: bool,
    /// With `--raise`: lower floors as well, where less was measured. Say why in the commit.
    #[arg(long, requires = "raise")]
    lower: bool,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) value: f64,
}

impl Measure {
    pub(crate) fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value }
    }
}

/// Everything measured on one set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measured {
    pub(crate) set: &'static str,
    pub(crate) about: &'static str,
    pub(crate) measures: Vec<Measure>,
    /// Markdown below the figures.
    pub(crate) note: String,
}

/// One set: where it is and how it is measured.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// A folder of `../shared/eval` that must be there.
    pub(crate) needs: Option<&'static str>,
    pub(crate) run: fn(&Lab) -> Result<Vec<Measure>>,
}

/// Runs the chosen sets, prints their figures, and fails where one is below its floor.
pub(crate) fn run(options: &Options) -> Result<()> {
    let lab = Lab::open()?;
    let chosen = |set: &&Set| options.only.is_empty() || options.only.iter().any(|name| name == set.name);
    let mut results = Vec::new();
    for set in sets::SETS.iter().filter(chosen) {
        if !lab.has(set.needs) {
            eprintln!("{:<22} not here, passed over", set.name);
            continue;
        }
        let measured =
            Measured { set: set.name, about: set.about, measures: (set.run)(&lab)?, note: lab.take_note() };
        for measure in &measured.measures {
            eprintln!("{:<22} {:<28} {:.4}", set.name, measure.name, measure.value);
        }
        results.push(measured);
    }
    if results.is_empty() {
        bail!(
            "no set of that name; there are: {}",
            sets::SETS.iter().map(|s| s.name).collect::<Vec<_>>().join(", ")
        );
    }
    page::write(&results)?;
    floors::check(&results, options.raise, options.lower)
}
