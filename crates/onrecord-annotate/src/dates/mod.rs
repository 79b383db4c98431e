//! Finds expressions of time and works out the days they mean.
//!
//! `scan` finds what is said, `resolve` what it means on the day of writing. Lengths ("33 years")
//! and words that name no day ("recently") are found too and have no value.

mod calendar;
mod explicit;
mod forms;
mod lexicon;
mod meaning;
mod nested;
mod periods;
mod place;
mod reader;
mod relative;
mod resolve;
mod scan;
mod tense;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use onrecord_model::{Annotations, Article, DateReference, Span};

use crate::{Annotator, tokens::TokenKind};
pub(crate) use forms::FormDates;
use lexicon::Order;
use meaning::{Field, Found, Meaning, Numeric, Year};
use reader::Reader;
use resolve::{Place, Resolver};

/// The date of an article stands within so many tokens of its start.
const HEAD_TOKENS: usize = 80;

/// Finds expressions of time and works out the days they mean.
pub(crate) struct Dates;

impl Annotator for Dates {
    fn name(&self) -> &'static str {
        "dates"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let reader = Reader::new(article, &out.reading);
        let found = reader.scan();
        let order = order_of(&found);
        let orders = reader.lexicon.orders;
        let reference = article.reference_day().or_else(|| day_on_its_own(&reader, &found));
        let mut resolver = Resolver { reference, orders, order, anchor: None };
        out.dates =
            found.iter().map(|found| reference_of(&reader, &mut resolver, found, &out.sentences)).collect();
    }
}

fn reference_of(
    reader: &Reader<'_>,
    resolver: &mut Resolver,
    found: &Found,
    sentences: &[Span],
) -> DateReference {
    let span = reader.span(found.from, found.to);
    let opens = |i: usize| {
        reader.tokens.get(i).is_some_and(|token| {
            sentences.binary_search_by_key(&token.span.start(), |sentence| sentence.start()).is_ok()
        })
    };
    let sentence = sentences.partition_point(|sentence| sentence.start() <= span.start());
    let tense = || reader.tense(found.from, found.to, opens);
    let (value, because) = resolver.resolve(&found.meaning, &Place { sentence, tense: &tense });
    if let Some(value) = value.as_ref().filter(|_| matches!(found.meaning, Meaning::Calendar(..))) {
        resolver.keep(value, sentence);
    }
    DateReference { span, value, because }
}

/// An undated article's own day: a whole date that fills one of the first lines.
fn day_on_its_own(reader: &Reader<'_>, found: &[Found]) -> Option<Date> {
    let is_edge = |i: usize| reader.tokens.get(i).is_none_or(|token| token.kind == TokenKind::Break);
    let fills_line = |found: &&Found| (found.from == 0 || is_edge(found.from - 1)) && is_edge(found.to);
    let early = found.iter().take_while(|found| found.from < HEAD_TOKENS);
    early.filter(fills_line).find_map(|found| match found.meaning {
        Meaning::Calendar(Year::Is(year), Field::Day(month, day)) => Date::new(year, month, day).ok(),
        _ => None,
    })
}

/// The order of day and month, where the dates of the article in digits leave no doubt and agree.
fn order_of(found: &[Found]) -> Option<(char, Order)> {
    let mut orders = found.iter().filter_map(|found| match found.meaning {
        Meaning::Numeric(numeric) => order_of_numeric(numeric),
        _ => None,
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

fn order_of_numeric(numeric: Numeric) -> Option<(char, Order)> {
    match (numeric.with_day_first(), numeric.with_month_first()) {
        (Some(_), None) => Some((numeric.mark, Order::Day)),
        (None, Some(_)) => Some((numeric.mark, Order::Month)),
        _ => None,
    }
}
