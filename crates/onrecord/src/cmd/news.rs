//! `onrecord news`, and what `add` tells: what came into a record that was not there before.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use jiff::civil::Date;
use onrecord_model::Id;
use onrecord_store::Store;

use super::{DONE, NOTHING_FOUND, RecordFile, make_folder_of};
use crate::news::{News, Watch, find, kept_entries, read_watches, watched, write_feed};
use onrecord_render::Loaded;
use onrecord_render::brief::{
    Index,
    show::{Block, Inline, Level, Line, Terminal, citation, count, text},
    shown,
};
use onrecord_render::wire::{NewsV1, Tables};

/// Things that are told one by one on the screen; JSON and feeds have all.
const MOST_TOLD: usize = 40;

/// What to be told of, and where.
#[derive(Debug, Args)]
pub(crate) struct Telling {
    /// Tell only what this file of watches, or a file of this folder, asks for. May be given several times.
    ///
    /// A watch is `[[watch]]` with a `name` and any of `speaker`, `entity`, `phrase`, `counted`, each a list: one of
    /// every list that is given must fit.
    #[arg(long = "watch", value_name = "FILE")]
    watches: Vec<PathBuf>,

    /// Write what is new to this Atom feed too; what it held before is kept below.
    #[arg(long, value_name = "FILE")]
    feed: Option<PathBuf>,
}

/// Tell what the newest articles brought: new statements, new figures, first answers, pages that changed.
///
/// `onrecord add` tells the same of the articles that it adds.
#[derive(Debug, Args)]
pub(crate) struct NewsOf {
    #[command(flatten)]
    record: RecordFile,

    /// The articles published on this day or later, against all others.
    #[arg(long, value_name = "DAY")]
    since: Date,

    #[command(flatten)]
    telling: Telling,

    /// Print JSON instead of text, one object per line.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &NewsOf, out: &mut dyn Write) -> Result<ExitCode> {
    let watches = args.telling.watches()?;
    let store = args.record.open()?;
    let loaded = Loaded::read(&store)?;
    let is_new = |id: &&Id| {
        let published = loaded.article(**id).and_then(|a| a.article.published.as_ref());
        published.is_some_and(|p| p.value.date >= args.since)
    };
    let new: BTreeSet<Id> = loaded.articles.keys().filter(is_new).copied().collect();
    let index = Index::new(&loaded);
    let news = args.telling.news(&index, (&new, &watches), &args.record.record)?;
    if news.is_empty() {
        eprintln!(
            "onrecord: {} since {} brought nothing new to be told",
            count(new.len(), "article"),
            args.since
        );
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    if args.json {
        for row in rows(&news, &loaded, &store)? {
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        }
    } else {
        tell(&index, &news, out)?;
    }
    Ok(ExitCode::from(DONE))
}

impl Telling {
    /// Whether anything was asked for beyond the usual.
    pub(crate) fn is_asked(&self) -> bool {
        !self.watches.is_empty() || self.feed.is_some()
    }

    /// The saved watches; read before anything is done, so that a slip in one costs no run.
    pub(crate) fn watches(&self) -> Result<Vec<Watch>> {
        read_watches(&self.watches)
    }

    /// What the articles in `new` brought, as far as it is asked for; written to the feed as well.
    pub(crate) fn news<'a>(
        &self,
        index: &Index<'a>,
        (new, watches): (&BTreeSet<Id>, &[Watch]),
        record: &Path,
    ) -> Result<Vec<News<'a>>> {
        let news = watched(find(index, new), watches, index.loaded);
        if let Some(feed) = &self.feed {
            make_folder_of(feed)?;
            let title =
                record.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let before = if feed.exists() { fs::read_to_string(feed) } else { Ok(String::new()) };
            let before = before.with_context(|| format!("cannot read `{}`", feed.display()))?;
            let mut text = Vec::new();
            write_feed(&title, &news, (index.loaded, &kept_entries(&before)), &mut text)?;
            fs::write(feed, text).with_context(|| format!("cannot write `{}`", feed.display()))?;
        }
        Ok(news)
    }
}

/// The rows that other programs read.
pub(crate) fn rows(news: &[News], loaded: &Loaded, store: &Store) -> Result<Vec<NewsV1>> {
    let tables = Tables::new(loaded, store)?;
    Ok(news.iter().map(|item| NewsV1::new(item, &tables)).collect())
}

/// One line each, for the screen.
pub(crate) fn tell(index: &Index, news: &[News], out: &mut dyn Write) -> Result<()> {
    let line = |item: &News| -> Line<'static> {
        let mut line = vec![Inline::Strong(item.kind.name().into()), text(" "), text(item.title.clone())];
        if !item.watches.is_empty() {
            line.push(text(format!(" [{}]", item.watches.join(", "))));
        }
        line.push(Inline::Faint(format!(" ({}; ", item.because.note).into()));
        line.push(Inline::Code(item.id.to_string().into()));
        line.push(Inline::Faint(")".into()));
        line
    };
    shown(&mut Terminal::of_this_process(), out, |sink| {
        sink(&Block::Heading(Level::List, None, vec![text(format!("New: {}", count(news.len(), "thing")))]))?;
        sink(&Block::Items(news.iter().take(MOST_TOLD).map(line).collect()))?;
        let from: BTreeSet<Id> =
            news.iter().take(MOST_TOLD).flat_map(|n| &n.evidence).map(|(id, _)| *id).collect();
        let from: Vec<Line> = from.into_iter().map(|article| citation(index, article)).collect();
        sink(&Block::Folded(vec![text("told by")], from))?;
        let more = news.len().saturating_sub(MOST_TOLD);
        if more == 0 {
            return Ok(());
        }
        sink(&Block::About(vec![Inline::Faint(
            format!("and {} (--json lists all)", count(more, "more thing")).into(),
        )]))
    })
}
