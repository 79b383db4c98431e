//! The project's own chores: `cargo xtask tidy | eval | calibrate | bench | same | corpus`.

mod bench;
mod bench_serve;
mod calibrate;
mod corpus;
mod eval;
mod planted;
mod project;
mod same;
mod tidy;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Chores of the project; nothing here ships.
#[derive(Parser)]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check the rules of the house that no compiler checks.
    Tidy,
    /// Measure on the sample's gold and on every evaluation set that is there; check the floors.
    Eval(eval::Options),
    /// Fit the confidence of quotations and speakers to the gold; say how it does on articles held out.
    Calibrate,
    /// Time the start, each stage (with the network and without) and the reader alone, on generated corpora of 1,000 and
    /// 10,000 articles.
    Bench(bench::Options),
    /// Ask of a generated corpus whether order, steps and threads leave every export the same to the byte.
    Same(same::Options),
    /// Write a generated corpus as JSON Lines.
    Corpus {
        /// How many articles.
        #[arg(long, default_value_t = 1_000)]
        articles: usize,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> Result<()> {
    match Chores::parse().chore {
        Chore::Tidy => tidy::run(),
        Chore::Eval(options) => eval::run(&options),
        Chore::Calibrate => calibrate::run(),
        Chore::Bench(options) => bench::run(&options),
        Chore::Same(options) => same::run(&options),
        Chore::Corpus { articles, out } => corpus::write(articles, &out).map(|_| ()),
    }
}
