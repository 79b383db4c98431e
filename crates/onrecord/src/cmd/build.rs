//! `onrecord build` and `onrecord add`: articles into a record.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_model::Id;
use onrecord_store::Store;

use super::inputs::{Inputs, ModelChoice, list_unread};
use super::news::{self, Telling};
use super::{DONE, DONE_WITH_UNREAD, NOTHING_FOUND, make_folder_of};
use crate::news::Watch;
use crate::pipeline::{self, Outcome};
use crate::progress::Progress;
use onrecord_render::Loaded;
use onrecord_render::{brief, wire};

/// Read articles into a record and say what they tell together.
///
/// Makes the record if it is not there, adds to it if it is. Articles are stored as they are read: a run
/// that was stopped goes on where it was when the same command is given again. Prints the top of the brief,
/// and what is new where there was a record before.
#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    telling: Telling,

    /// The record to write: one SQLite file.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,

    #[command(flatten)]
    model: ModelChoice,

    /// Print counts as one JSON object instead of the top of the brief.
    #[arg(long)]
    json: bool,
}

/// Add articles to a record that is there.
///
/// The result is the same as if all articles had been read at once. Tells what is new against the record
/// before: new statements, new figures, first answers, pages that changed.
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    build: Build,
}

pub(crate) fn add(args: &Add, out: &mut dyn Write) -> Result<ExitCode> {
    let store = Store::open_existing(&args.build.record)?;
    read(&args.build, store, out)
}

pub(crate) fn build(args: &Build, out: &mut dyn Write) -> Result<ExitCode> {
    let is_new = !args.record.exists();
    make_folder_of(&args.record)?;
    let code = read(args, Store::open(&args.record)?, out)?;
    if is_new && code == ExitCode::from(NOTHING_FOUND) {
        // An empty record would only puzzle whoever finds it.
        std::fs::remove_file(&args.record)?;
    }
    Ok(code)
}

fn read(args: &Build, mut store: Store, out: &mut dyn Write) -> Result<ExitCode> {
    let selection = args.inputs.selection()?;
    let watches = args.telling.watches()?;
    let before = reconciled(&store)?;
    let progress = Progress::new();
    let outcome =
        pipeline::build(&mut store, (&args.inputs.inputs, &selection), args.model.chosen(), &progress)?;
    drop(progress);
    list_unread(&outcome.unread);
    if outcome.files == 0 && outcome.unread.is_empty() {
        args.inputs.explain_nothing();
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    report(args, &store, (&outcome, &before, &watches), out)?;
    Ok(ExitCode::from(if outcome.unread.is_empty() { DONE } else { DONE_WITH_UNREAD }))
}

/// The articles that the record was made of when the run began; a run that was stopped leaves others.
fn reconciled(store: &Store) -> Result<BTreeSet<Id>> {
    Ok(store.record()?.stories.into_iter().flat_map(|story| story.articles).collect())
}

fn report(
    args: &Build,
    store: &Store,
    (outcome, before, watches): (&Outcome, &BTreeSet<Id>, &[Watch]),
    out: &mut dyn Write,
) -> Result<()> {
    let loaded = Loaded::read(store)?;
    let index = brief::Index::new(&loaded);
    let new: BTreeSet<Id> = loaded.articles.keys().filter(|id| !before.contains(*id)).copied().collect();
    let is_first = before.is_empty() && !args.telling.is_asked();
    let news =
        if is_first { Vec::new() } else { args.telling.news(&index, (&new, watches), &args.record)? };
    if args.json {
        let rows = news::rows(&news, &loaded, store)?;
        let run = (outcome.added, outcome.known, outcome.unread.as_slice(), outcome.compared);
        serde_json::to_writer(&mut *out, &wire::BuiltV1::new(&loaded, run, rows))?;
        return Ok(writeln!(out)?);
    }
    brief::top(&loaded, out)?;
    if !news.is_empty() {
        news::tell(&index, &news, out)?;
    }
    eprintln!(
        "onrecord: {} articles added, {} were there already, {} inputs unread; the record is `{}`",
        outcome.added,
        outcome.known,
        outcome.unread.len(),
        args.record.display()
    );
    tell_compared(outcome, loaded.articles.len());
    Ok(())
}

/// What decides how long a large record takes: how many articles each was compared with.
fn tell_compared(outcome: &Outcome, articles: usize) {
    let an_article = |pairs: usize| pairs as f64 / articles.max(1) as f64;
    if outcome.added > 0 {
        eprintln!(
            "onrecord: compared {:.1} pairs an article for copies, {:.1} for stories",
            an_article(outcome.compared.copies),
            an_article(outcome.compared.stories)
        );
    }
}
