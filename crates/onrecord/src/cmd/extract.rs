//! `onrecord extract`: the clean text of each page, and what was left out.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_ingest::explain;
use onrecord_model::Extraction;

use super::inputs::Inputs;
use super::stream::each_page;
use crate::pipeline;
use onrecord_render::{masked, wire};

/// Print the clean text of each page.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    inputs: Inputs,

    /// Show every line of the page: what was kept, and what was left out and why.
    #[arg(long, conflicts_with = "json")]
    explain: bool,

    /// Print one JSON object per article instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Extract, out: &mut dyn Write) -> Result<ExitCode> {
    each_page(&args.inputs, pipeline::read_text, out, |extraction, out| match args {
        Extract { json: true, .. } => {
            serde_json::to_writer(&mut *out, &wire::ExtractedV1::new(&extraction))?;
            Ok(writeln!(out)?)
        }
        Extract { explain: true, .. } => explained(&extraction, out),
        _ => Ok(writeln!(out, "{}\n", masked(&extraction.article.text))?),
    })
}

/// What is known and how, then every line of the page: the reason in the left column, the words in the right.
fn explained(extraction: &Extraction, out: &mut dyn Write) -> Result<()> {
    let article = &extraction.article;
    writeln!(out, "{}", article.origin)?;
    let published = article.published.as_ref();
    let known = [
        ("headline", article.headline.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("outlet", article.outlet.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("byline", article.byline.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("published", published.map(|k| (k.value.to_string(), &k.because))),
        ("language", article.language.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("url", article.url.as_ref().map(|k| (k.value.clone(), &k.because))),
    ];
    for (field, value) in known {
        match value {
            Some((value, because)) => writeln!(out, "  {field:<10} {} ({})", masked(&value), because.rule)?,
            None => writeln!(out, "  {field:<10} not known")?,
        }
    }
    for line in explain(extraction) {
        let why = line.dropped.as_ref().map_or("kept", |because| because.rule.as_ref());
        let mark = if line.dropped.is_some() { '-' } else { ' ' };
        writeln!(out, "{mark} {why:<26}| {}", masked(line.span.slice(&extraction.raw)))?;
    }
    for problem in &extraction.problems {
        writeln!(out, "! {}", problem.message)?;
    }
    Ok(writeln!(out)?)
}
