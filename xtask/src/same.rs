//! Does the record stay the same to the byte, whatever the order of the input, its split into steps and the number of
//! threads?
//!
//! The tests of the program ask this of a dozen articles; this asks it of a generated corpus with planted copies,
//! stories and statements, and of every export.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{corpus, project};

/// What to ask it of.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many articles.
    #[arg(long, default_value_t = 2_000)]
    articles: usize,
}

/// The exports of one file or several that hold the record itself. Those that are left out hold the pages' bytes or are
/// pages: slower, and made of the same tables.
const FORMATS: &[&str] = &[
    "jsonl",
    "csv",
    "csl",
    "bibtex",
    "graphml",
    "plover",
    "jsonld",
    "webannotation",
    "prov",
    "xlsx",
    "datasette",
];

/// A way to come to the record: its name, the parts in which the articles arrive, and the number of threads.
struct Way {
    name: &'static str,
    steps: Vec<Vec<PathBuf>>,
    threads: &'static str,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = project::release_binary()?;
    let scratch = binary.parent().context("a binary has a folder")?.join("same");
    let _ = fs::remove_dir_all(&scratch);
    let articles = articles(options.articles, &scratch)?;
    let mut first: Option<BTreeMap<PathBuf, Vec<u8>>> = None;
    for way in ways(&articles) {
        let record = scratch.join("record");
        let _ = fs::remove_file(&record);
        for (step, verb) in way.steps.iter().zip(std::iter::once("build").chain(std::iter::repeat("add"))) {
            let mut command = Command::new(&binary);
            command.arg(verb).args(step).args(["--model", "rules", "--record"]).arg(&record);
            project::output(command.env("RAYON_NUM_THREADS", way.threads))?;
        }
        let exports = exports(&binary, &record, &scratch.join("exports"))?;
        let bytes: usize = exports.values().map(Vec::len).sum();
        eprintln!("  {:<44} {} files, {bytes} bytes", way.name, exports.len());
        let Some(first) = &first else {
            first = Some(exports);
            continue;
        };
        ensure!(exports.keys().eq(first.keys()), "{}: other files", way.name);
        for (file, bytes) in &exports {
            ensure!(first[file] == *bytes, "{}: {} differs", way.name, file.display());
        }
    }
    fs::remove_dir_all(&scratch)?;
    eprintln!("{} articles: the same to the byte", options.articles);
    Ok(())
}

/// A generated corpus, a file an article: what an article is called must not depend on its place.
fn articles(articles: usize, scratch: &Path) -> Result<Vec<PathBuf>> {
    let folder = scratch.join("articles");
    fs::create_dir_all(&folder)?;
    let corpus = scratch.join("corpus.jsonl");
    corpus::write(articles, &corpus)?;
    let rows = fs::read_to_string(&corpus)?;
    let file = |(at, row): (usize, &str)| {
        let path = folder.join(format!("{at:06}.jsonl"));
        fs::write(&path, row).map(|()| path)
    };
    Ok(rows.lines().enumerate().map(file).collect::<Result<_, _>>()?)
}

fn ways(articles: &[PathBuf]) -> Vec<Way> {
    let whole = |articles: &[PathBuf]| vec![articles.to_vec()];
    let backwards: Vec<PathBuf> = articles.iter().rev().cloned().collect();
    let shuffled = shuffled(articles);
    let (few, rest) = shuffled.split_at(articles.len() / 50);
    let steps = |size: usize| shuffled.chunks(size.max(1)).map(<[PathBuf]>::to_vec).collect();
    vec![
        Way { name: "as they come", steps: whole(articles), threads: "2" },
        Way { name: "one thread", steps: whole(articles), threads: "1" },
        Way { name: "seven threads, shuffled", steps: whole(&shuffled), threads: "7" },
        Way { name: "backwards", steps: whole(&backwards), threads: "2" },
        Way { name: "few, then the rest", steps: vec![few.to_vec(), rest.to_vec()], threads: "2" },
        Way { name: "five equal steps", steps: steps(articles.len().div_ceil(5)), threads: "3" },
    ]
}

/// Far from the order given, and the same each time: every article goes to the place that a step prime to their
/// number leads to.
fn shuffled(articles: &[PathBuf]) -> Vec<PathBuf> {
    let n = articles.len();
    let prime = |step: &usize| {
        (2..=*step).all(|divisor| !(n.is_multiple_of(divisor) && step.is_multiple_of(divisor)))
    };
    let step = (n * 5 / 13 + 1..).find(prime).unwrap_or(1);
    (0..n).map(|at| articles[at * step % n].clone()).collect()
}

/// All exports, by file.
fn exports(binary: &Path, record: &Path, folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let _ = fs::remove_dir_all(folder);
    let mut out = BTreeMap::new();
    for format in FORMATS {
        let place = folder.join(format);
        let mut command = Command::new(binary);
        command.args(["export", "--format", format, "--record"]).arg(record).arg("--out").arg(&place);
        project::output(&mut command)?;
        let files = if place.is_dir() {
            fs::read_dir(&place)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?
        } else {
            vec![place]
        };
        for file in files {
            let bytes = fs::read(&file)?;
            out.insert(file, bytes);
        }
    }
    Ok(out)
}
