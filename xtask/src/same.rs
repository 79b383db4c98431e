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

    /// Features that the program is built with.
    #[arg(long, value_name = "FEATURES", default_value = "")]
    features: String,
}

/// Formats that are not the same, and why.
const OTHERWISE: &[(&str, &str)] =
    &[("bundle", "holds the record's own file, in which articles stand in the order in which they came")];
/// The one format that a build may leave out.
const OPTIONAL: &str = "parquet";

/// A way to come to the record: its name, the parts in which the articles arrive, and the number of threads.
struct Way {
    name: &'static str,
    steps: Vec<Vec<PathBuf>>,
    threads: &'static str,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = project::release_binary_with(&options.features)?;
    let forms = forms(&binary)?;
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
        let exports = exports(&binary, (&forms, &record), &scratch.join("exports"))?;
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
    let names: Vec<&str> = forms.iter().map(|form| form.format.as_str()).collect();
    eprintln!("{} articles: the same to the byte as {}", options.articles, names.join(", "));
    Ok(())
}

/// A command that writes a record, and a format that it offers.
struct Form {
    command: &'static str,
    format: String,
}

/// What the program offers and is to be the same; says which is not, and why.
fn forms(binary: &Path) -> Result<Vec<Form>> {
    let mut forms = Vec::new();
    for command in ["export", "brief"] {
        let offered = |format| Form { command, format };
        forms.extend(offered_by(binary, command)?.into_iter().map(offered));
    }
    let is = |name: &str, form: &Form| form.format == name;
    if !forms.iter().any(|form| is(OPTIONAL, form)) {
        eprintln!("  {OPTIONAL} is left out: the program was built without it (--features {OPTIONAL})");
    }
    for (format, why) in OTHERWISE {
        ensure!(forms.iter().any(|form| is(format, form)), "there is no format {format}");
        eprintln!("  {format} is left out: it {why}");
    }
    forms.retain(|form| !OTHERWISE.iter().any(|(otherwise, _)| is(otherwise, form)));
    Ok(forms)
}

/// The formats of a command, as its help lists them.
fn offered_by(binary: &Path, command: &str) -> Result<Vec<String>> {
    let help = project::output(Command::new(binary).args([command, "--help"]))?;
    let listed = help.split_once("--format").and_then(|(_, after)| after.split_once("[possible values: "));
    let listed = listed.and_then(|(_, after)| after.split_once(']'));
    let (listed, _) = listed.with_context(|| format!("`{command} --help` lists no formats"))?;
    Ok(listed.split(',').map(|name| name.trim().to_owned()).collect())
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

/// A record in all these forms, by file.
fn exports(
    binary: &Path,
    (forms, record): (&[Form], &Path),
    folder: &Path,
) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let _ = fs::remove_dir_all(folder);
    let mut out = BTreeMap::new();
    for Form { command, format } in forms {
        let place = folder.join(format);
        // A brief is one file.
        let to = if *command == "brief" { place.join("brief") } else { place.clone() };
        let mut run = Command::new(binary);
        run.args([command, "--format", format, "--record"]).arg(record).arg("--out").arg(to);
        project::output(&mut run)?;
        files_of(&place, &mut out)?;
    }
    Ok(out)
}

/// Every file below a folder.
fn files_of(folder: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_of(&path, out)?;
        } else {
            out.insert(path.clone(), fs::read(path)?);
        }
    }
    Ok(())
}
