//! `onrecord annotate`: what is marked in each article, without a record.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_model::{Annotations, Extraction, Quotation, Span};

use super::inputs::{Inputs, ModelChoice};
use super::stream::each_page;
use crate::mask::masked;
use crate::{pipeline, wire};

/// Mark quotations, speakers, figures, dates and events in each article.
///
/// A filter: needs no record and keeps none. Input may be JSON Lines with `id`, `text` and what is known of
/// each article; `"clean": true` keeps the text as it is, so that offsets in the answer fit the caller's text.
#[derive(Debug, Args)]
pub(crate) struct Annotate {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    model: ModelChoice,

    /// Print one JSON object per article instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Annotate, out: &mut dyn Write) -> Result<ExitCode> {
    each_page(
        &args.inputs,
        |page| pipeline::read(page, args.model.chosen()),
        out,
        |(extraction, marks), out| {
            if args.json {
                serde_json::to_writer(&mut *out, &wire::AnnotatedV1::new(&extraction, &marks))?;
                return Ok(writeln!(out)?);
            }
            text(&extraction, &marks, out)
        },
    )
}

fn text(extraction: &Extraction, marks: &Annotations, out: &mut dyn Write) -> Result<()> {
    let article = &extraction.article;
    let headline = article.headline.as_ref().map_or("no headline", |h| h.value.as_str());
    writeln!(out, "{}  {}", article.origin, masked(headline))?;
    let words = |span: Span| masked(span.slice(&article.text)).into_owned();
    for quotation in &marks.quotations {
        writeln!(out, "  {}", quotation_line(quotation, words))?;
    }
    for figure in &marks.figures {
        let counted = figure.counted.map(words).unwrap_or_default();
        writeln!(out, "  figure     {} = {} {} {counted}", words(figure.span), figure.bound, figure.value)?;
    }
    for date in &marks.dates {
        let value = date.value.as_ref().map_or("not known", |value| value.edtf.as_str());
        writeln!(out, "  date       {} = {value}", words(date.span))?;
    }
    for event in &marks.events {
        writeln!(out, "  event      {} = {}", words(event.span), event.class)?;
    }
    Ok(writeln!(out)?)
}

fn quotation_line(quotation: &Quotation, words: impl Fn(Span) -> String) -> String {
    let content: Vec<String> = quotation.content.iter().map(|&span| words(span)).collect();
    let speaker = quotation.speaker.name.as_deref().unwrap_or("unknown");
    let cue = quotation.cue.map(words).unwrap_or_default();
    format!("{:<10} {speaker} [{cue}] {}", quotation.kind.name(), content.join(" … "))
}
