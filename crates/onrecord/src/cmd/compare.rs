//! `onrecord compare`: a draft beside the record.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use onrecord_ingest::Selection;
use onrecord_model::{AnnotatedArticle, Problem, ProblemKind};
use onrecord_render::brief::show::{Block, Level, Terminal, draft, text};
use onrecord_render::brief::shown;
use onrecord_render::wire::{ComparisonV1, Tables};
use onrecord_render::{DraftReport, Hidden};

use super::inputs::ModelChoice;
use super::{DONE, NOTHING_FOUND, RecordFile};
use crate::pipeline::{self, Item};

/// Show a draft beside the record: what it tells otherwise, without whose words they are, or not at all.
///
/// The draft is read as `annotate` reads an article, and its statements are matched with those of the record as `add`
/// would match them; nothing is stored. Shown are dropped hedges, changed figures, speakers, days and words, what is
/// left out or added, words without their speaker, what no account is found of in the record, and what the record
/// tells of the same and the draft does not. Exit code 1: the draft tells nothing that the record knows.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The draft: plain text, a web page, or one article as JSON Lines; `-` is standard input.
    #[arg(value_name = "FILE")]
    draft: PathBuf,

    #[command(flatten)]
    record: RecordFile,

    #[command(flatten)]
    model: ModelChoice,

    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Compare, out: &mut dyn Write) -> Result<ExitCode> {
    let store = args.record.open()?;
    let hidden = if store.hiding()?.is_empty() { None } else { Some(Hidden::of_record(&store)?) };
    let report = DraftReport::new(&store, hidden.as_ref(), read(args)?)?;
    if args.json {
        let tables = Tables::new(&report.loaded, &store)?;
        writeln!(out, "{}", serde_json::to_string(&ComparisonV1::new(&report, &tables))?)?;
    } else {
        shown(&mut Terminal::of_this_process(), out, |sink| {
            sink(&Block::Heading(Level::Title, None, vec![text("The draft beside the record")]))?;
            draft(&report, sink)
        })?;
    }
    Ok(ExitCode::from(if report.told.is_empty() { NOTHING_FOUND } else { DONE }))
}

/// The one article of the input.
fn read(args: &Compare) -> Result<AnnotatedArticle> {
    let selection = Selection::new(&[], &[])?;
    let name = args.draft.display();
    let mut found = None;
    for item in pipeline::items(std::slice::from_ref(&args.draft), &selection) {
        match item {
            Item::File => {}
            Item::Problem(problem) => bail!("{}", problem.message),
            Item::Page(_) if found.is_some() => {
                bail!("`{name}` holds several articles (hint: give one draft, one article)")
            }
            Item::Page(page) => found = Some(page),
        }
    }
    let Some(page) = found else { bail!("there is no draft in `{name}`") };
    pipeline::read_article(&page, args.model.chosen())
        .map_err(|problem| anyhow!(without_article(args, &problem)))
}

/// What to say of a draft that is none; the words for an article in a folder of many would not fit.
fn without_article(args: &Compare, problem: &Problem) -> String {
    let name = args.draft.display();
    match problem.kind {
        ProblemKind::NoArticle if args.draft == Path::new("-") => {
            "there is no text of an article on standard input (hint: write it to a file; `onrecord extract --explain FILE` \
             then shows what was removed and why)"
                .to_owned()
        }
        ProblemKind::NoArticle => format!(
            "there is no text of an article in `{name}` (hint: `onrecord extract --explain {name}` shows what was removed \
             and why)"
        ),
        _ => problem.message.clone(),
    }
}
