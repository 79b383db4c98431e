//! `onrecord figures`: what is counted, with every value, and the one that a policy takes.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, builder::PossibleValuesParser};
use onrecord_model::FigureSeries;
use onrecord_reconcile::{Course, Policy, Tallies, Tally, Told, holds_words};

use super::{DONE, NOTHING_FOUND, RecordFile};
use onrecord_render::Loaded;
use onrecord_render::brief::{
    Index,
    show::{Block, Inline, Level, Line, Sink, Terminal, count, label, printed, text},
    shown,
};
use onrecord_render::wire::{SeriesV1, Tables};

/// Show the things that are counted, each with the value that a policy takes and the spread of all values.
///
/// Without THING: one line each. With it: every value with its bound, the day it holds for, who vouches for it and
/// the outlet that prints it. OnRecord never says which value is right: the policy is yours.
#[derive(Debug, Args)]
pub(crate) struct Figures {
    /// Words of what is counted, or the beginning of a series' id.
    #[arg(value_name = "THING")]
    thing: Vec<String>,

    #[command(flatten)]
    record: RecordFile,

    /// Which value to take: the lowest, the highest, that of the latest day, the latest that a body, a state or
    /// somebody in a role vouches for, or the middle one when each text has one vote.
    #[arg(long, value_name = "POLICY", default_value = Policy::Latest.name(),
        value_parser = PossibleValuesParser::new(Policy::ALL.map(Policy::name)))]
    policy: String,

    /// Print JSON instead of text, one object per line; it holds the values of all policies.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Figures, out: &mut dyn Write) -> Result<ExitCode> {
    let store = args.record.open()?;
    let loaded = Loaded::read(&store)?;
    let thing = args.thing.join(" ");
    let is_meant = |series: &&FigureSeries| {
        let begins = series.id.to_string().starts_with(&thing.to_ascii_lowercase());
        thing.is_empty() || begins || holds_words(&series.counted, &thing)
    };
    let series: Vec<&FigureSeries> = loaded.record.figures.iter().filter(is_meant).collect();
    if series.is_empty() {
        let record = args.record.record.display();
        let what = if thing.is_empty() { "nothing".to_owned() } else { format!("no `{thing}`") };
        eprintln!("onrecord: {what} is counted by several articles in `{record}`");
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    if args.json {
        let tables = Tables::new(&loaded, &store)?;
        for series in series {
            writeln!(out, "{}", serde_json::to_string(&SeriesV1::new(series, &tables))?)?;
        }
        return Ok(ExitCode::from(DONE));
    }
    let policy = Policy::from_name(&args.policy).unwrap_or(Policy::Latest);
    let (index, tallies) = (Index::new(&loaded), Tallies::new(&loaded.record, &loaded.articles));
    shown(&mut Terminal::of_this_process(), out, |sink| {
        if thing.is_empty() {
            let lines = series.into_iter().map(|series| in_short(series, &tallies.of(series), policy));
            return sink(&Block::Items(lines.collect()));
        }
        series.into_iter().try_for_each(|series| in_full((&index, series), &tallies.of(series), policy, sink))
    })?;
    Ok(ExitCode::from(DONE))
}

/// "boats: 40 (latest; 14 to 40; grows)".
fn in_short<'a>(series: &'a FigureSeries, tally: &Tally, policy: Policy) -> Line<'a> {
    let unit = series.unit.as_ref();
    let chosen = tally.choose(policy).map_or("no such value".to_owned(), |told| value(told, policy, series));
    let (lowest, highest) = series.spread;
    let spread = if lowest == highest {
        String::new()
    } else {
        format!("; {} to {}", label(lowest, unit), label(highest, unit))
    };
    vec![
        text(printed(&series.counted)),
        text(": "),
        Inline::Strong(chosen.into()),
        text(format!(" ({}{spread}; {}) ", policy.name(), in_words(tally.course))),
        Inline::Code(series.id.to_string().into()),
    ]
}

/// The value that the policy is after: the upper end of a range for the highest.
fn value(told: &Told, policy: Policy, series: &FigureSeries) -> String {
    let end = told.value_to.filter(|_| policy == Policy::Highest).unwrap_or(told.value);
    label(end, series.unit.as_ref())
}

fn in_words(course: Course) -> &'static str {
    match course {
        Course::Agrees => "all can hold at once",
        Course::Grows => "grows by the day",
        Course::Falls => "falls by the day",
        Course::Parties => "each party keeps to its own",
        Course::Differs => "values differ",
    }
}

fn in_full(
    (index, series): (&Index, &FigureSeries),
    tally: &Tally,
    policy: Policy,
    sink: &mut Sink,
) -> io::Result<()> {
    sink(&Block::Heading(Level::Statement, None, in_short(series, tally, policy)))?;
    let texts: std::collections::BTreeSet<_> = tally.told.iter().map(|told| told.text).collect();
    let size = format!("{} in {}", count(tally.told.len(), "value"), count(texts.len(), "text"));
    sink(&Block::About(vec![Inline::Faint(size.into())]))?;
    let others = Policy::ALL.into_iter().filter(|other| *other != policy);
    let other =
        |policy: Policy| Some(format!("{} {}", policy.name(), value(tally.choose(policy)?, policy, series)));
    let others: Vec<String> = others.filter_map(other).collect();
    sink(&Block::About(vec![text(others.join(" · "))]))?;
    let chosen = tally.choose(policy).map(|told| (told.article, told.index));
    let line = |told: &Told| -> Line<'static> {
        let day = told.as_of.map_or("day not known".to_owned(), |day| day.to_string());
        let printed = onrecord_render::masked(index.words(told.article, told.figure.span)).into_owned();
        let party = told.party.map_or("the outlet itself".to_owned(), |party| printed_name(party, told));
        let words = format!("“{printed}” = {}", value(told, Policy::Lowest, series));
        let is_chosen = chosen == Some((told.article, told.index));
        vec![
            Inline::Faint(format!("{day} ").into()),
            if is_chosen { Inline::Strong(words.into()) } else { text(words) },
            text(format!(", {party}, in {}", index.outlet(told.article))),
        ]
    };
    sink(&Block::Items(tally.told.iter().map(line).collect()))
}

fn printed_name(party: &str, told: &Told) -> String {
    format!("{}{}", printed(party), if told.is_official { " (in a role)" } else { "" })
}
