//! One thing counted: every value over time, by the party that gives it, and what each policy takes.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::Result;
use onrecord_model::{FigureSeries, Id};
use onrecord_reconcile::{Course, Policy, Tallies, Tally, Told};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, Notes, count, escaped, label, plot, printed, text, words_of},
};

use super::{Answer, Frame};
use crate::desk::{Desk, MOST_ARTICLES};

/// Parties with a mark of their own in the plot; the others share one.
const MOST_PARTIES: usize = 5;
/// The plot, in its own units: width, height, and the space for labels left and below.
const PLOT: (i64, i64, i64, i64) = (520, 260, 70, 30);
/// The same where all values are one.
const FLAT_PLOT: (i64, i64, i64, i64) = (520, 90, 70, 30);
/// From one dot to another of the same day and value.
const BESIDE: i64 = 14;

pub(crate) fn page(desk: &Desk, id: Id) -> Result<Answer> {
    let loaded = desk.take(&desk.series(&[id], MOST_ARTICLES)?)?;
    let index = Index::new(&loaded);
    let Some(series) = loaded.record.figures.iter().find(|series| series.id == id) else {
        return Ok(Answer::NotFound("Nothing counted in the record has this id."));
    };
    let tally = Tallies::new(&loaded.record, &loaded.articles).of(series);
    let counted = match series.counted.trim() {
        "" => "What is counted is not printed".to_owned(),
        words => desk.title(words),
    };
    let mut frame = Frame::new(&desk.links, format!("{counted}: a figure"));
    let mut kicker: Line = vec![text("Figure")];
    if let Some(story) = index.story(series.story) {
        kicker.extend([text(" in "), Inline::Link(Anchor::Story(story.id), desk.title(&story.title).into())]);
    }
    let kicker = frame.line(&kicker);
    frame.html(&format!("<p class=\"kicker\">{kicker}</p>\n"))?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(counted)]))?;
    frame.block(&Block::About(about(series, &tally)))?;
    over_time(&mut frame, series, &tally)?;
    let mut notes = Notes::default();
    if let Some(plot) = plot(&index, series, &mut notes).filter(|plot| plot.values.len() > 1) {
        frame.heading("Who gives which value")?;
        frame.block(&Block::Plot(plot))?;
    } else {
        notes = Notes::default();
    }
    values(&mut frame, &index, series, &tally)?;
    taken(&mut frame, series, &tally)?;
    frame.notes(&notes.take(&index))?;
    Ok(Answer::Page(frame.finish()))
}

fn about<'a>(series: &FigureSeries, tally: &Tally) -> Line<'a> {
    let (lowest, highest) = series.spread;
    let unit = series.unit.as_ref();
    let spread = match lowest == highest {
        true => label(lowest, unit),
        false => format!("{} to {}", label(lowest, unit), label(highest, unit)),
    };
    let course = match tally.course {
        Course::Agrees if lowest == highest => "all agree",
        Course::Agrees => "all can hold at once",
        Course::Grows => "grows by the day",
        Course::Falls => "falls by the day",
        Course::Parties => "each party keeps to its own value",
        Course::Differs => "values differ",
    };
    vec![
        text(format!("{spread} · given {} · {course}", times(tally.told.len()))),
        Inline::Faint(" · id ".into()),
        Inline::Code(series.id.to_string().into()),
    ]
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_owned() } else { count(n, "time") }
}

/// The value that each policy takes: the policy is the reader's.
fn taken(frame: &mut Frame, series: &FigureSeries, tally: &Tally) -> Result<()> {
    if series.spread.0 == series.spread.1 {
        return Ok(());
    }
    let row = |policy: Policy| {
        let told = tally.choose(policy)?;
        let end = told.value_to.filter(|_| policy == Policy::Highest).unwrap_or(told.value);
        let day = told.as_of.map_or("day not known".to_owned(), |day| day.to_string());
        let party = party(told);
        let cells = [policy.name().to_owned(), label(end, series.unit.as_ref()), day, party];
        Some(cells.into_iter().map(|cell| vec![text(cell)]).collect::<Vec<Line>>())
    };
    let rows: Vec<Vec<Line>> = Policy::ALL.into_iter().filter_map(row).collect();
    frame.heading("If you print one value")?;
    frame.block(&Block::Table(vec!["take the", "value", "day", "who vouches for it"], rows))
}

fn party(told: &Told) -> String {
    let name = told.party.map_or("the outlet itself".to_owned(), |party| printed(party).into_owned());
    if told.is_official { format!("{name} (official)") } else { name }
}

/// Every value in words: the plot's text alternative.
fn values(frame: &mut Frame, index: &Index, series: &FigureSeries, tally: &Tally) -> Result<()> {
    let row = |told: &Told| -> Vec<Line> {
        let day = told.as_of.map_or("not known".to_owned(), |day| day.to_string());
        let value = match told.value_to {
            Some(to) => {
                format!("{} to {}", label(told.value, series.unit.as_ref()), label(to, series.unit.as_ref()))
            }
            None => label(told.value, series.unit.as_ref()),
        };
        let outlet = Inline::Link(Anchor::Article(told.article), index.outlet(told.article));
        let mut words = vec![text(format!("“{}”", printed(index.words(told.article, told.figure.span))))];
        words.extend(words_of(index, told.article, told.figure.span));
        vec![vec![text(day)], vec![text(value)], words, vec![text(party(told))], vec![outlet]]
    };
    frame.heading("Every value")?;
    let names = vec!["day", "value", "as printed", "who vouches for it", "outlet"];
    frame.block(&Block::Table(names, tally.told.iter().map(row).collect()))
}

/// Values over time, a mark for each party; a range is a line from its lower to its upper end.
fn over_time(frame: &mut Frame, series: &FigureSeries, tally: &Tally) -> Result<()> {
    let dated: Vec<(&Told, i64)> =
        tally.told.iter().filter_map(|told| Some((told, day_number(told.as_of?)))).collect();
    let (Some(first), Some(last)) =
        (dated.iter().map(|(_, day)| *day).min(), dated.iter().map(|(_, day)| *day).max())
    else {
        return Ok(());
    };
    if first == last {
        return Ok(());
    }
    let parties = parties(&dated);
    let svg = drawn(series, &dated, (first, last), &parties);
    frame.heading("Over time")?;
    let key: String = parties.iter().enumerate().map(|(n, name)| key(n, name)).collect();
    let others = if parties.len() == MOST_PARTIES { key_of_others(&dated, &parties) } else { String::new() };
    frame.html(&format!(
        "<figure class=\"course\">{svg}<figcaption><ul class=\"key\">{key}{others}</ul></figcaption></figure>\n"
    ))
}

fn key(n: usize, name: &str) -> String {
    let dot = format!(
        "<svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"p{n}\" cx=\"6\" cy=\"6\" r=\"5\"/></svg>"
    );
    format!("<li>{dot} {}</li>", escaped(name))
}

fn key_of_others(dated: &[(&Told, i64)], parties: &[String]) -> String {
    let has_others = dated.iter().any(|(told, _)| !parties.contains(&party(told)));
    if has_others { key(MOST_PARTIES, "others") } else { String::new() }
}

fn day_number(day: jiff::civil::Date) -> i64 {
    i64::from(day.duration_since(jiff::civil::Date::ZERO).as_hours() as i32 / 24)
}

/// Those who give most values first.
fn parties(dated: &[(&Told, i64)]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    dated.iter().for_each(|(told, _)| *counts.entry(party(told)).or_default() += 1);
    let mut parties: Vec<(String, usize)> = counts.into_iter().collect();
    parties.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), name.clone()));
    parties.into_iter().take(MOST_PARTIES).map(|(name, _)| name).collect()
}

/// A share of a length: `part` of `whole`.
fn along(part: i64, whole: i64, length: i64) -> i64 {
    let wide = i128::from(part) * i128::from(length) / i128::from(whole.max(1));
    i64::try_from(wide).unwrap_or(0).clamp(0, length)
}

fn drawn(
    series: &FigureSeries,
    dated: &[(&Told, i64)],
    (first, last): (i64, i64),
    parties: &[String],
) -> String {
    let (lowest, highest) = series.spread;
    let (width, height, left, below) = if lowest == highest { FLAT_PLOT } else { PLOT };
    let span = i64::try_from(highest.millionths() - lowest.millionths()).unwrap_or(i64::MAX);
    let x = |day: i64| left + 10 + along(day - first, last - first, width - left - 20);
    let y = |value: onrecord_model::Number| {
        let part = i64::try_from(value.millionths() - lowest.millionths()).unwrap_or(i64::MAX);
        let up = if span == 0 { (height - below - 30) / 2 } else { along(part, span, height - below - 30) };
        height - below - 10 - up
    };
    let unit = series.unit.as_ref();
    let name = format!(
        "{} over time: {} to {}, {}",
        printed(&series.counted),
        label(lowest, unit),
        label(highest, unit),
        count(dated.len(), "value")
    );
    let mut out =
        format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">", escaped(&name));
    let ends = [lowest, highest];
    for end in ends.iter().take(if lowest == highest { 1 } else { 2 }) {
        let at = y(*end);
        let _ = write!(out, "<line class=\"grid\" x1=\"{left}\" y1=\"{at}\" x2=\"{width}\" y2=\"{at}\"/>");
        // The unit stands in the heading: a long one would not fit here.
        let words = label(*end, None);
        let _ =
            write!(out, "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>", left - 6, at + 4, escaped(&words));
    }
    for (day, class) in [(first, "start"), (last, "end")] {
        let words = dated.iter().find(|(_, d)| *d == day).and_then(|(told, _)| told.as_of);
        let words = words.map(|day| day.to_string()).unwrap_or_default();
        let _ = write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\">{words}</text>", x(day), height - 8);
    }
    let mut places: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (told, day) in dated {
        let n = parties.iter().position(|name| *name == party(told)).unwrap_or(MOST_PARTIES);
        let (cx, cy) = (x(*day), y(told.value));
        // One dot a party: those that say the same on one day stand beside each other, not on top.
        let there = places.entry((cx, cy)).or_default();
        if told.value_to.is_none() && there.contains(&n) {
            continue;
        }
        let aside = i64::try_from(there.len()).unwrap_or(0) * BESIDE;
        let cx = if cx + aside > width - 8 { (cx - aside).max(left) } else { cx + aside };
        there.push(n);
        if let Some(to) = told.value_to {
            let _ =
                write!(out, "<line class=\"p{n}\" x1=\"{cx}\" y1=\"{cy}\" x2=\"{cx}\" y2=\"{}\"/>", y(to));
        }
        let title = format!("{}, {}", label(told.value, unit), party(told));
        let _ = write!(
            out,
            "<circle class=\"p{n}\" cx=\"{cx}\" cy=\"{cy}\" r=\"6\"><title>{}</title></circle>",
            escaped(&title)
        );
    }
    out + "</svg>"
}
