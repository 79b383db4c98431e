//! `onrecord annotate`: what is marked in each article, without a record.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use onrecord_annotate::{EventCoder, EventDictionaries};
use onrecord_model::{Annotations, Event, EventActor, Extraction, Quotation, Span};

use super::inputs::{Inputs, ModelChoice};
use super::stream::each_page;
use crate::pipeline;
use onrecord_render::masked;
use onrecord_render::wire;

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

    #[command(flatten)]
    dictionaries: Dictionaries,

    /// Print one JSON object per article instead of text.
    #[arg(long)]
    json: bool,
}

/// Dictionaries that events are coded with, each in the place of the one that comes with the program.
#[derive(Debug, Args)]
struct Dictionaries {
    /// Code events with these named actors: a PETRARCH actor dictionary, or lines of name, tab and code.
    #[arg(long, value_name = "FILE", help_heading = "Events")]
    actors: Option<PathBuf>,

    /// Code events with these roles (police, rebels): a PETRARCH agent dictionary.
    #[arg(long, value_name = "FILE", help_heading = "Events")]
    agents: Option<PathBuf>,

    /// Code events with these verbs, patterns and codes: a PETRARCH verb dictionary of either generation.
    #[arg(long, value_name = "FILE", help_heading = "Events")]
    verbs: Option<PathBuf>,
}

impl Dictionaries {
    /// `None` where nothing was given.
    fn coder(&self) -> Result<Option<EventCoder>> {
        let read = |path: &Option<PathBuf>| -> Result<Option<String>> {
            let Some(path) = path else { return Ok(None) };
            let bytes = std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        };
        let (verbs, actors, agents) = (read(&self.verbs)?, read(&self.actors)?, read(&self.agents)?);
        if verbs.is_none() && actors.is_none() && agents.is_none() {
            return Ok(None);
        }
        let given = EventDictionaries {
            verbs: verbs.as_deref(),
            actors: actors.as_deref(),
            agents: agents.as_deref(),
        };
        let coder = EventCoder::new(given);
        for line in coder.unread() {
            eprintln!("passed over in the {line}");
        }
        Ok(Some(coder))
    }
}

pub(crate) fn run(args: &Annotate, out: &mut dyn Write) -> Result<ExitCode> {
    let coder = args.dictionaries.coder()?;
    each_page(
        &args.inputs,
        |page| pipeline::read_with(page, args.model.chosen(), coder.as_ref()),
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
        writeln!(out, "  event      {}", event_line(event, words))?;
    }
    Ok(writeln!(out)?)
}

fn event_line(event: &Event, words: impl Fn(Span) -> String) -> String {
    let actor = |actor: &Option<EventActor>| actor.as_ref().map_or_else(|| "-".to_owned(), |a| words(a.span));
    let not = if event.negated { "not " } else { "" };
    let maybe = if event.hypothetical { "maybe " } else { "" };
    let code = event.code.as_deref().unwrap_or_default();
    let (source, target) = (actor(&event.source), actor(&event.target));
    format!("{} = {not}{maybe}{} {code}: {source} > {target}", words(event.span), event.class)
}

fn quotation_line(quotation: &Quotation, words: impl Fn(Span) -> String) -> String {
    let content: Vec<String> = quotation.content.iter().map(|&span| words(span)).collect();
    let speaker = quotation.speaker.name.as_deref().unwrap_or("unknown");
    let cue = quotation.cue.map(words).unwrap_or_default();
    format!("{:<10} {speaker} [{cue}] {}", quotation.kind.name(), content.join(" … "))
}
