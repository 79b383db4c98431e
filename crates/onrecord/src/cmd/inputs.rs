//! What the commands that read articles have in common.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use onrecord_annotate::Model;
use onrecord_ingest::Selection;
use onrecord_model::Problem;

/// Which articles to read.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files and folders; `-` is standard input.
    ///
    /// A folder is every file below it. Plain text, web pages, JSON Lines and CSV are told apart by their
    /// names and their first bytes; each may be gzip-compressed and in any encoding.
    #[arg(value_name = "INPUT", default_value = "-")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Of folders, read only files that match this pattern. May be given several times.
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Of folders, leave out files that match this pattern. May be given several times.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

/// What the words are read by.
#[derive(Debug, Args)]
pub(crate) struct ModelChoice {
    /// What the words are read by.
    #[arg(long, value_name = "MODEL", value_enum, default_value_t)]
    model: Name,
}

/// The names of the models.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Name {
    /// The network that comes with the program, and the rules
    #[default]
    Reader,
    /// The rules alone: faster, and less sharp on names
    Rules,
}

impl ModelChoice {
    pub(crate) fn chosen(&self) -> Model {
        match self.model {
            Name::Reader => Model::Reader,
            Name::Rules => Model::Rules,
        }
    }
}

impl Inputs {
    pub(crate) fn selection(&self) -> Result<Selection> {
        Selection::new(&self.include, &self.exclude)
            .context("a pattern cannot be understood (hint: `--include '*.html'`; quote it for your shell)")
    }

    /// Says why nothing was read.
    pub(crate) fn explain_nothing(&self) {
        let named: Vec<String> = self.inputs.iter().map(|input| format!("`{}`", input.display())).collect();
        let named = named.join(", ");
        if self.include.is_empty() && self.exclude.is_empty() {
            eprintln!("onrecord: there is no file to read in {named} (hidden files are passed over)");
        } else {
            eprintln!("onrecord: no file in {named} is let through by --include and --exclude");
        }
    }
}

/// Unread inputs listed one by one; more are only counted.
const MOST_LISTED: usize = 20;

/// Lists on standard error what could not be read.
pub(crate) fn list_unread(unread: &[Problem]) {
    for problem in unread.iter().take(MOST_LISTED) {
        eprintln!("onrecord: {}", problem.message);
    }
    if unread.len() > MOST_LISTED {
        eprintln!("onrecord: and {} more inputs that could not be read", unread.len() - MOST_LISTED);
    }
}
