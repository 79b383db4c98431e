//! How long the program takes to start, and the cost per article, stage by stage, at two sizes: does it grow
//! linearly, and how much memory does it take?
//!
//! Each stage is a whole process, so that its peak memory is its own. Compare ratios from one run;
//! absolute figures belong to one machine.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{bench_serve, corpus, planted, project};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The sizes of the corpora, in articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    sizes: Vec<usize>,

    /// Only what the rules alone build, and what is found again of what was planted: for sizes at which the network
    /// would read for an hour.
    #[arg(long)]
    rules: bool,

    /// Only how long pages take to load from records that the rules alone built, with 16 readers at once.
    #[arg(long, conflicts_with = "rules")]
    serve: bool,

    /// Serve this record: it is built where the file is not there yet, with as many articles as one size says, and kept.
    #[arg(long, requires = "serve")]
    record: Option<PathBuf>,
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

/// A stage: its name and the arguments of the program. Stages with `--model rules` write records of their own.
type Stage = (&'static str, fn(&Path, &Path) -> Vec<String>);

const STAGES: &[Stage] = &[
    ("read and extract", |corpus, _| words(&["extract", &name(corpus), "--json"])),
    ("+ annotate", |corpus, _| words(&["annotate", &name(corpus), "--json"])),
    ("+ annotate --model rules", |corpus, _| {
        words(&["annotate", &name(corpus), "--model", "rules", "--json"])
    }),
    ("build --model rules", |corpus, record| {
        words(&["build", &name(corpus), "--model", "rules", "--record", &(name(record) + "-rules")])
    }),
    ("export of the rules", |_, record| export(&(name(record) + "-rules"))),
    ("build (all stages, stored)", |corpus, record| {
        words(&["build", &name(corpus), "--record", &name(record)])
    }),
    ("brief", |_, record| words(&["brief", "--record", &name(record), "--format", "html", "--out", "-"])),
    ("export", |_, record| export(&name(record))),
    ("verify", |_, record| words(&["verify", &name(record)])),
];

/// The stages of a run with `--rules`, and where the last of them writes.
const RULES: &[&str] =
    &["read and extract", "+ annotate --model rules", "build --model rules", "export of the rules"];
const TABLES: &str = "bench.onrecord-rules-tables";

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

fn export(record: &str) -> Vec<String> {
    words(&["export", "--record", record, "--format", "jsonl", "--out", &format!("{record}-tables")])
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = project::release_binary()?;
    let scratch = binary.parent().context("a binary has a folder")?.join("bench");
    if let Some(record) = &options.record {
        ensure!(options.sizes.len() == 1, "a record to be kept has one size: give --sizes one number");
        return bench_serve::kept(options.sizes[0], &binary, record);
    }
    if options.serve {
        return options.sizes.iter().try_for_each(|&size| {
            empty(&scratch)?;
            bench_serve::run(size, &binary, &scratch)
        });
    }
    starts(&binary, &scratch)?;
    let mut costs = Vec::new();
    let (mut readings, mut found) = (Vec::new(), Vec::new());
    for &size in &options.sizes {
        empty(&scratch)?;
        let (articles, record) = (scratch.join("corpus.jsonl"), scratch.join("bench.onrecord"));
        let planted = corpus::write(size, &articles)?;
        eprintln!("{size} articles: {} stories, {} copies planted", planted.stories, planted.copies);
        for (stage, arguments) in STAGES.iter().filter(|(stage, _)| !options.rules || RULES.contains(stage)) {
            let (seconds, peak_mib) = measure(&binary, &arguments(&articles, &record))?;
            eprintln!("  {stage:<28} {seconds:>7.2} s");
            costs.push(Cost { stage, articles: size, bytes: planted.bytes, seconds, peak_mib });
        }
        if options.rules {
            found.push((size, planted::found(&articles, &scratch.join(TABLES))?));
        } else {
            readings.extend(reading(&articles, &scratch)?);
        }
    }
    print(&costs);
    print_readings(&readings);
    print_found(&found);
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    let _ = std::fs::remove_dir_all(folder);
    Ok(std::fs::create_dir_all(folder)?)
}

/// The reader alone over one corpus.
struct Words {
    words: usize,
    threads: usize,
    seconds: f64,
    peak_mib: Option<f64>,
}

/// Has the reader read the texts of `corpus` on one thread and on all, the loading of its weights included.
fn reading(corpus: &Path, scratch: &Path) -> Result<Vec<Words>> {
    let (mut conllu, mut words) = (String::new(), 0);
    for row in project::rows_of(corpus)? {
        let (cut, n) = conllu_of(row["text"].as_str().unwrap_or_default());
        conllu += &cut;
        words += n;
    }
    let input = scratch.join("words.conllu");
    std::fs::write(&input, conllu)?;
    let reader = project::word_reader()?;
    let mut out = Vec::new();
    for threads in [1, thread::available_parallelism()?.get()] {
        let (seconds, peak_mib) =
            timed(Command::new(&reader).arg(threads.to_string()).stdin(File::open(&input)?))?;
        eprintln!("  {:<28} {seconds:>7.2} s", format!("reader, {threads} thread(s)"));
        out.push(Words { words, threads, seconds, peak_mib });
    }
    Ok(out)
}

/// A text as a document of CoNLL-U, and its number of words: runs of letters and digits, and each mark. A cut so plain
/// serves to time the reader.
fn conllu_of(text: &str) -> (String, usize) {
    let mut out = "# newdoc\n".to_owned();
    let (mut words, mut in_sentence) = (0, 0);
    for paragraph in text.lines() {
        out += "# newpar\n";
        for run in paragraph.split_whitespace() {
            for word in run.split_inclusive(|c: char| !c.is_alphanumeric()) {
                let mark = word.char_indices().next_back().filter(|(_, c)| !c.is_alphanumeric());
                let (letters, mark) = word.split_at(mark.map_or(word.len(), |(at, _)| at));
                for form in [letters, mark].into_iter().filter(|form| !form.is_empty()) {
                    in_sentence += 1;
                    words += 1;
                    let _ = writeln!(out, "{in_sentence}\t{form}");
                }
            }
            if run.ends_with(['.', '?', '!']) {
                out.push('\n');
                in_sentence = 0;
            }
        }
        out.push('\n');
        in_sentence = 0;
    }
    (out, words)
}

#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn print_readings(readings: &[Words]) {
    println!("\n| reader alone, words | threads | seconds | words/s | peak MiB |");
    println!("| ---: | ---: | ---: | ---: | ---: |");
    for Words { words, threads, seconds, peak_mib } in readings {
        let peak = shown(*peak_mib);
        println!("| {words} | {threads} | {seconds:.2} | {:.0} | {peak} |", *words as f64 / seconds);
    }
}

/// Prints how much of what was planted was found, of pairs of articles.
#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn print_found(found: &[(usize, planted::Found)]) {
    println!(
        "\n| articles | copies found | stories found | across stories | accounts joined | across stories |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for (articles, planted::Found { copies, stories, statements }) in found {
        println!(
            "| {articles} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            copies.recall(),
            stories.recall(),
            stories.strange(),
            statements.recall(),
            statements.strange()
        );
    }
}

fn shown(peak_mib: Option<f64>) -> String {
    peak_mib.map_or("?".into(), |mib| format!("{mib:.0}"))
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
    timed(Command::new(binary).args(arguments))
}

fn timed(command: &mut Command) -> Result<(f64, Option<f64>)> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = None;
    let status = loop {
        peak = peak_mib(&child).or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(1));
    };
    ensure!(status.success(), "{command:?} ended with {status}");
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
            shown(cost.peak_mib),
            per_article / (first.seconds / first.articles as f64),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words_and_marks() {
        let (conllu, words) = conllu_of("“No,” she said. Rain fell\nagain in Tor-Vel");
        let forms: Vec<&str> =
            conllu.lines().filter_map(|line| line.split_once('\t')).map(|(_, form)| form).collect();
        assert_eq!(forms.join(" "), "“ No , ” she said . Rain fell again in Tor - Vel");
        assert_eq!(words, forms.len());
        assert_eq!(conllu.matches("1\t").count(), 3);
    }
}
