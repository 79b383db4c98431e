//! `onrecord changes`: what an outlet changed in a page after it came out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_model::{Edit, EditKind, Id, Revision, Span};
use onrecord_reconcile::page_of;

use super::{DONE, NOTHING_FOUND, RecordFile};
use onrecord_render::Loaded;
use onrecord_render::brief::{
    Index,
    show::{Block, Inline, Level, Line, Sink, Terminal, citation, count, printed, text},
    shown,
};
use onrecord_render::masked;
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

/// The pages, one a line: how many versions follow an earlier one, and what was touched.
fn list(revisions: &[Revision], out: &mut dyn Write) -> Result<()> {
    let mut pages: BTreeMap<String, Vec<&Revision>> = BTreeMap::new();
    for revision in revisions {
        pages.entry(page_of(&revision.address)).or_default().push(revision);
    }
    for revisions in pages.values() {
        let edits: Vec<&Edit> = revisions.iter().flat_map(|r| &r.edits).collect();
        let versions = count(revisions.len(), "revision");
        writeln!(out, "{}  {versions:>12}  {}", printed(&revisions[0].address), touched(&edits))?;
    }
    Ok(())
}

/// "2 × figure, 1 × name": each edit under everything that it touches.
fn touched(edits: &[&Edit]) -> String {
    let number = |kind: EditKind| edits.iter().filter(|edit| edit.kinds.contains(&kind)).count();
    let kinds = EditKind::ALL.into_iter().map(|kind| (kind, number(kind))).filter(|(_, n)| *n > 0);
    kinds.map(|(kind, n)| format!("{n} × {}", kind.name())).collect::<Vec<_>>().join(", ")
}

/// One version after the other: where they stand, and each passage with its words struck out and put in.
fn told(index: &Index, revision: &Revision, all: bool, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Statement, None, vec![text(printed(&revision.address))]))?;
    for (lead, article) in [("from: ", revision.earlier), ("to: ", revision.later)] {
        let mut line = vec![Inline::Faint(lead.into())];
        line.extend(citation(index, article));
        sink(&Block::About(line))?;
    }
    sink(&Block::About(vec![Inline::Faint(printed(&revision.because.note))]))?;
    let (quiet, loud): (Vec<&Edit>, Vec<&Edit>) = revision.edits.iter().partition(|e| e.is_cosmetic());
    let shown = revision.edits.iter().filter(|edit| all || !edit.is_cosmetic());
    let lines: Vec<Line> = shown.map(|edit| line(index, revision, edit)).collect();
    sink(&Block::Items(lines))?;
    if !all && !quiet.is_empty() {
        let more = count(quiet.len(), "passage");
        let words = if loud.is_empty() { "only" } else { "and" };
        sink(&Block::About(vec![Inline::Faint(
            format!("{words} {more} printed otherwise, with the same words (--all)").into(),
        )]))?;
    }
    Ok(())
}

fn line<'a>(index: &Index<'a>, revision: &Revision, edit: &Edit) -> Line<'a> {
    let kinds: Vec<&str> = edit.kinds.iter().map(|kind| kind.name()).collect();
    let mut line = vec![Inline::Strong(kinds.join(", ").into()), text(": ")];
    let words = |article: Id, span: Span| masked(index.words(article, span)).into_owned();
    match (edit.before, edit.after) {
        (Some(before), Some(after)) if edit.replaced.is_empty() => {
            let (old, new) = (words(revision.earlier, before), words(revision.later, after));
            if old == new {
                line.push(text(new));
                line.push(Inline::Faint(format!(" ({})", edit.because.note).into()));
            } else {
                line.extend([Inline::Removed(old.into()), text(" "), Inline::Added(new.into())]);
            }
        }
        (Some(_), Some(after)) => line.extend(woven(index, revision, edit, after)),
        (Some(before), None) => line.push(Inline::Removed(words(revision.earlier, before).into())),
        (None, Some(after)) => line.push(Inline::Added(words(revision.later, after).into())),
        (None, None) => {}
    }
    line
}

/// The later passage with its new words marked, and before each place the words that are gone from it.
fn woven<'a>(index: &Index<'a>, revision: &Revision, edit: &Edit, after: Span) -> Line<'a> {
    let words = |article: Id, span: Span| masked(index.words(article, span)).into_owned();
    let mut line = Line::new();
    let mut at = after.start();
    for replaced in &edit.replaced {
        line.push(text(words(revision.later, Span::new(at, replaced.after.start().max(at)))));
        let (gone, new) = (words(revision.earlier, replaced.before), words(revision.later, replaced.after));
        if !gone.is_empty() {
            line.extend([Inline::Removed(gone.into()), text(" ")]);
        }
        if !new.is_empty() {
            line.push(Inline::Added(new.into()));
        }
        at = replaced.after.end().max(at);
    }
    line.push(text(words(revision.later, Span::new(at, after.end().max(at)))));
    line
}
