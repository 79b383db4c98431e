//! `onrecord search`: statements and articles that hold the words.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_model::{Change, Correction};
use onrecord_store::{Hit, HitKind, Store};
use serde_json::json;

use super::{DONE, NOTHING_FOUND, RecordFile};
use onrecord_render::{Loaded, masked};

/// Find statements and articles by their words.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The words; all of them must be there.
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,

    #[command(flatten)]
    record: RecordFile,

    /// At most this many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Print one JSON object per line instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Search, out: &mut dyn Write) -> Result<ExitCode> {
    let words = args.words.join(" ");
    let store = args.record.open()?;
    let hits = without_hidden(&store, store.search(&words, args.limit)?)?;
    if hits.is_empty() {
        eprintln!("onrecord: nothing in `{}` holds all of: {words}", args.record.record.display());
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    let is_bright = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for hit in &hits {
        if args.json {
            writeln!(out, "{}", row(hit))?;
        } else {
            writeln!(out, "{} {}  {}", kind(hit), hit.id, masked(hit.title.as_deref().unwrap_or("unknown")))?;
            writeln!(out, "    {}", marked(&hit.snippet, is_bright))?;
        }
    }
    Ok(ExitCode::from(DONE))
}

/// The hits with hidden names masked, and without those that were found by such a name.
fn without_hidden(store: &Store, hits: Vec<Hit>) -> Result<Vec<Hit>> {
    let hides = |c: &Correction| c.undone.is_none() && matches!(c.change, Change::Hide { .. });
    if !store.corrections()?.iter().any(hides) {
        return Ok(hits);
    }
    let Some(names) = Loaded::read(store)?.hidden else { return Ok(hits) };
    let shown = |mut hit: Hit| {
        hit.title.iter_mut().for_each(|title| names.hide_all(title));
        let before = hit.snippet.clone();
        names.hide_all(&mut hit.snippet);
        let matches =
            |snippet: &str| snippet.split('\u{2068}').skip(1).map(str::to_owned).collect::<Vec<_>>();
        let word = |part: &String| part.split('\u{2069}').next().map(str::to_owned);
        let found = |snippet: &str| matches(snippet).iter().map(word).collect::<Vec<_>>();
        (found(&before) == found(&hit.snippet)).then_some(hit)
    };
    Ok(hits.into_iter().filter_map(shown).collect())
}

fn kind(hit: &Hit) -> &'static str {
    match hit.kind {
        HitKind::Statement => "statement",
        HitKind::Article => "article",
    }
}

fn row(hit: &Hit) -> serde_json::Value {
    json!({
        "kind": kind(hit), "id": hit.id.to_string(), "title": hit.title.as_deref().map(masked),
        "snippet": masked(&hit.snippet).replace(['\u{2068}', '\u{2069}'], ""),
    })
}

/// The store marks the words found with isolates; shown in bold, or between asterisks.
fn marked(snippet: &str, is_bright: bool) -> String {
    let (on, off) = if is_bright { ("\u{1b}[1m", "\u{1b}[0m") } else { ("*", "*") };
    masked(snippet).replace('\n', " ").replace('\u{2068}', on).replace('\u{2069}', off)
}
