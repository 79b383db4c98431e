//! `onrecord changes`: what an outlet changed in a page after it came out.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_model::Revision;
use onrecord_reconcile::{changed_pages, page_of};

use super::{DONE, NOTHING_FOUND, RecordFile};
use onrecord_render::Loaded;
use onrecord_render::brief::{
    Index, changes,
    show::{Block, Inline, Level, Sink, Terminal, count, printed, text},
    shown,
};
use onrecord_render::wire::{EditV1, Tables};

/// Show what an outlet changed in a page, version by version.
///
/// A record holds several versions of a page where it was read several times under one address. Each pair of
/// versions is compared: quotations, figures, names, dates and the headline first, other words next; what
/// only looks otherwise (punctuation, capitals, order) is counted and shown with --all. Without URL: the pages
/// that changed, one a line.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// The page's address; scheme, `www.`, fragment and tracking do not matter.
    #[arg(value_name = "URL")]
    url: Option<String>,

    #[command(flatten)]
    record: RecordFile,

    /// Show also what only looks otherwise.
    #[arg(long)]
    all: bool,

    /// Print JSON instead of text, one object per edit.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Changes, out: &mut dyn Write) -> Result<ExitCode> {
    let store = args.record.open()?;
    let loaded = Loaded::read(&store)?;
    let page = args.url.as_deref().map(page_of);
    let is_meant = |r: &Revision| page.as_ref().is_none_or(|page| page_of(&r.address) == *page);
    let revisions: Vec<Revision> = loaded.revisions().into_iter().filter(is_meant).collect();
    if revisions.is_empty() {
        explain_nothing(args, &loaded);
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    if args.json {
        let tables = Tables::new(&loaded, &store)?;
        for revision in &revisions {
            for edit in &revision.edits {
                writeln!(out, "{}", serde_json::to_string(&EditV1::new(revision, edit, &tables))?)?;
            }
        }
    } else if page.is_some() {
        let index = Index::new(&loaded);
        shown(&mut Terminal::of_this_process(), out, |sink| {
            revisions.iter().try_for_each(|revision| told(&index, revision, args.all, sink))
        })?;
    } else {
        list(&revisions, out)?;
    }
    Ok(ExitCode::from(DONE))
}

fn explain_nothing(args: &Changes, loaded: &Loaded) {
    let record = args.record.record.display();
    let Some(url) = &args.url else {
        return eprintln!("onrecord: no page in `{record}` changed from one version to the next");
    };
    let page = page_of(url);
    let urls = loaded.articles.values().filter_map(|a| a.article.url.as_ref());
    match urls.filter(|url| page_of(&url.value) == page).count() {
        0 => eprintln!(
            "onrecord: no article in `{record}` has the address `{url}`\n(hint: `onrecord changes --record {record}` lists the pages that changed)"
        ),
        1 => eprintln!("onrecord: `{record}` holds one version of `{url}`"),
        n => eprintln!("onrecord: the {n} articles that `{record}` holds of `{url}` do not differ"),
    }
}

/// The pages, one a line: how many versions there are, and what was touched.
fn list(revisions: &[Revision], out: &mut dyn Write) -> Result<()> {
    let mut pages = changed_pages(revisions);
    pages.sort_by_cached_key(|page| page_of(&page.address));
    for page in pages {
        let versions = count(page.versions.len(), "version");
        writeln!(out, "{}  {versions:>11}  {}", printed(&page.address), changes::touched(&page.edits))?;
    }
    Ok(())
}

/// One version after the other: where they stand, and each passage with its words struck out and put in.
fn told(index: &Index, revision: &Revision, all: bool, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Statement, None, vec![text(printed(&revision.address))]))?;
    for line in changes::versions(index, revision) {
        sink(&Block::About(line))?;
    }
    let loud = changes::passages(index, revision, false);
    let quiet = changes::passages(index, revision, true);
    let words = if loud.is_empty() { "only" } else { "and" };
    if all {
        return sink(&Block::Items([loud, quiet].concat()));
    }
    sink(&Block::Items(loud))?;
    if !quiet.is_empty() {
        let more = count(quiet.len(), "passage");
        let more = format!("{words} {more} printed otherwise, with the same words (--all)");
        sink(&Block::About(vec![Inline::Faint(more.into())]))?;
    }
    Ok(())
}
