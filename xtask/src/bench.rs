//! How long the program takes to start, and the cost per article, stage by stage, at two sizes: does it grow
//! linearly, and how much memory does it take?
//!
//! Each stage is a whole process, so that its peak memory is its own. Compare ratios from one run;
//! absolute figures belong to one machine.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{corpus, project};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The sizes of the corpora, in articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    sizes: Vec<usize>,
}

/// One stage at one size.
struct Cost {
    stage: &'static str,
    articles: usize,
    bytes: usize,
    seconds: f64,
    /// Peak resident memory; `None` where the system does not tell.
    peak_mib: Option<f64>,
}

/// A stage: its name and the arguments of the program.
type Stage = (&'static str, fn(&Path, &Path) -> Vec<String>);

const STAGES: &[Stage] = &[
    ("read and extract", |corpus, _| words(&["extract", &name(corpus), "--json"])),
    ("+ annotate", |corpus, _| words(&["annotate", &name(corpus), "--json"])),
    ("build (all stages, stored)", |corpus, record| {
        words(&["build", &name(corpus), "--record", &name(record)])
    }),
    ("brief", |_, record| words(&["brief", "--record", &name(record), "--format", "html", "--out", "-"])),
    ("export", |_, record| {
        words(&[
            "export",
            "--record",
            &name(record),
            "--format",
            "jsonl",
            "--out",
            &(name(record) + "-tables"),
        ])
    }),
    ("verify", |_, record| words(&["verify", &name(record)])),
];

/// What a reader waits for before the program has done anything large: its name, and the files of the sample
/// that are given to it.
const STARTS: &[(&str, &[&str], &[&str])] = &[
    ("--version", &["--version"], &[]),
    ("annotate, a text", &["annotate"], &["flood/valley-post.txt"]),
    ("annotate, a web page", &["annotate"], &["flood/courier-dyke.html"]),
    ("build, five articles", &["build", "--record", RECORD], SAMPLE),
];

/// Five of the sample's articles.
const SAMPLE: &[&str] = &[
    "flood/valley-post.txt",
    "flood/courier-dyke.html",
    "flood/sorn24-dyke.html",
    "flood/vesta-mt.txt",
    "rates/ledger.txt",
];

/// Stands for the record that a start writes.
const RECORD: &str = "RECORD";

/// How often a start is measured; the middle one counts.
const STARTS_MEASURED: usize = 9;

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = project::release_binary()?;
    let scratch = binary.parent().context("a binary has a folder")?.join("bench");
    starts(&binary, &scratch)?;
    let mut costs = Vec::new();
    for &size in &options.sizes {
        let _ = std::fs::remove_dir_all(&scratch);
        std::fs::create_dir_all(&scratch)?;
        let (articles, record) = (scratch.join("corpus.jsonl"), scratch.join("bench.onrecord"));
        let planted = corpus::write(size, &articles)?;
        eprintln!("{size} articles: {} stories, {} copies planted", planted.stories, planted.copies);
        for (stage, arguments) in STAGES {
            let (seconds, peak_mib) = measure(&binary, &arguments(&articles, &record))?;
            eprintln!("  {stage:<28} {seconds:>7.2} s");
            costs.push(Cost { stage, articles: size, bytes: planted.bytes, seconds, peak_mib });
        }
    }
    print(&costs);
    Ok(())
}

/// Prints how long whole runs over little take.
#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn starts(binary: &PathBuf, scratch: &Path) -> Result<()> {
    std::fs::create_dir_all(scratch)?;
    let record = scratch.join("start.onrecord");
    let sample = project::root().join("testdata/sample");
    println!("| start | median ms |");
    println!("| --- | ---: |");
    for (what, options, files) in STARTS {
        let mut arguments: Vec<String> =
            options.iter().map(|word| word.replace(RECORD, &name(&record))).collect();
        arguments.extend(files.iter().map(|file| name(&sample.join(file))));
        let mut taken = Vec::new();
        for _ in 0..STARTS_MEASURED {
            let _ = std::fs::remove_file(&record);
            taken.push(measure(binary, &arguments)?.0);
        }
        taken.sort_by(f64::total_cmp);
        println!("| {what} | {:.0} |", taken[STARTS_MEASURED / 2] * 1000.0);
    }
    println!();
    Ok(())
}

fn measure(binary: &PathBuf, arguments: &[String]) -> Result<(f64, Option<f64>)> {
    let start = Instant::now();
    let mut child =
        Command::new(binary).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = None;
    let status = loop {
        peak = peak_mib(&child).or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(1));
    };
    ensure!(status.success(), "`onrecord {}` ended with {status}", arguments.join(" "));
    Ok((start.elapsed().as_secs_f64(), peak))
}

/// The high-water mark of the child's memory so far, as Linux keeps it.
fn peak_mib(child: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024.0)
}

#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn print(costs: &[Cost]) {
    println!(
        "| stage | articles | seconds | articles/s | MB/s | peak MiB | cost per article against the smallest |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for cost in costs {
        let per_article = cost.seconds / cost.articles as f64;
        let first = costs.iter().find(|other| other.stage == cost.stage).unwrap_or(cost);
        println!(
            "| {} | {} | {:.2} | {:.0} | {:.1} | {} | {:.2} |",
            cost.stage,
            cost.articles,
            cost.seconds,
            1.0 / per_article,
            cost.bytes as f64 / 1e6 / cost.seconds,
            cost.peak_mib.map_or("?".into(), |mib| format!("{mib:.0}")),
            per_article / (first.seconds / first.articles as f64),
        );
    }
}
