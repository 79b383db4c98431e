//! Every value given for one thing counted, with who gives it.

use std::{borrow::Cow, collections::BTreeMap};

use onrecord_model::{Figure, FigureSeries, Id, Number, Span, Unit};

use super::{
    doc::{Inline, Line, Plot, Value, count, joined, text, thousands},
    index::Index,
    notes::Notes,
    words::{marked, printed},
};

/// One figure of a series.
struct Member<'a> {
    article: Id,
    figure: &'a Figure,
    words: &'a str,
    /// In the unit of the series.
    value: Number,
}

/// The series as a plot, where several texts give the figure or several values are given.
pub fn plot<'a>(index: &Index<'a>, series: &'a FigureSeries, notes: &mut Notes) -> Option<Plot<'a>> {
    let members = members(index, series);
    let mut by_value: BTreeMap<Number, Vec<Member>> = BTreeMap::new();
    let texts = index.independent(members.iter().map(|m| m.article));
    members.into_iter().for_each(|m| by_value.entry(m.value).or_default().push(m));
    if texts < 2 && by_value.len() < 2 {
        return None;
    }
    let values = by_value.iter().map(|(&number, members)| Value {
        at: place(number, series.spread),
        articles: members.len(),
        label: label(number, series.unit.as_ref()),
        told: told(index, members, notes),
    });
    Some(Plot {
        series: series.id,
        counted: counted(series),
        spread: spread(series, by_value.len()),
        values: values.collect(),
    })
}

fn counted(series: &FigureSeries) -> Cow<'_, str> {
    match series.counted.trim() {
        "" => "what is counted is not printed".into(),
        words => printed(words),
    }
}

fn members<'a>(index: &Index<'a>, series: &FigureSeries) -> Vec<Member<'a>> {
    let member = |&(article, n): &(Id, u32)| {
        let annotated = index.annotated(article)?;
        let figure = annotated.annotations.figures.get(n as usize)?;
        let words = figure.span.slice(&annotated.article.text);
        let value = converted(figure.value, figure.unit.as_ref(), series.unit.as_ref())?;
        Some(Member { article, figure, words, value })
    };
    series.members.iter().filter_map(member).collect()
}

/// A value in the unit of the series; the value itself where the units do not convert.
fn converted(value: Number, from: Option<&Unit>, to: Option<&Unit>) -> Option<Number> {
    match (from, to) {
        (Some(from), Some(to)) if from != to => {
            let base = from.to_base(value)?;
            to.conversion().map_or(Some(base), |c| base.scaled(c.denominator, c.numerator))
        }
        _ => Some(value),
    }
}

/// Thousandths of the way from the lowest to the highest value.
fn place(value: Number, (lowest, highest): (Number, Number)) -> u32 {
    let width = highest.millionths() - lowest.millionths();
    if width <= 0 {
        return 500;
    }
    let along = (value.millionths() - lowest.millionths()).clamp(0, width);
    u32::try_from(along.saturating_mul(1_000) / width).unwrap_or(1_000)
}

/// A number with its unit, as it is read out.
pub fn label(number: Number, unit: Option<&Unit>) -> String {
    let digits = thousands(&number.to_string());
    match unit.map(Unit::name) {
        None => digits,
        Some("percent") => format!("{digits}%"),
        Some(unit) => format!("{digits} {unit}"),
    }
}

fn spread(series: &FigureSeries, values: usize) -> String {
    let (lowest, highest) = series.spread;
    let unit = series.unit.as_ref();
    match lowest == highest {
        true => format!("{}; all agree", label(lowest, unit)),
        false => format!("{} to {}; {}", label(lowest, unit), label(highest, unit), count(values, "value")),
    }
}

/// "“more than 230” in Nordwire [1], Courier [2]": members with the same words share a line.
fn told<'a>(index: &Index<'a>, members: &[Member<'a>], notes: &mut Notes) -> Line<'a> {
    let mut by_words: BTreeMap<&'a str, BTreeMap<Id, Span>> = BTreeMap::new();
    for member in members {
        by_words.entry(member.words).or_default().entry(member.article).or_insert(member.figure.span);
    }
    let line = |(words, articles): (&'a str, BTreeMap<Id, Span>)| {
        let exact = marked(words, Span::new(0, words.len()), true, Vec::new());
        let teller =
            |(article, span): (Id, Span)| vec![text(index.outlet(article)), notes.cite_within(article, span)];
        let mut line = vec![Inline::Words(exact), text(" in ")];
        line.extend(joined(articles.into_iter().map(teller).collect::<Vec<_>>(), ", "));
        line
    };
    joined(by_words.into_iter().map(line).collect::<Vec<_>>(), "; ")
}
