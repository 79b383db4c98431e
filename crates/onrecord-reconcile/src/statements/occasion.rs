//! When and where a statement was made, with what shows it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_model::{DateValue, Evidence};

use super::accounts::Maker;
use crate::words::fold;

/// The day that most texts give, the more exact one among equals. Where none tells it, the earliest day
/// on which one of the articles came out that report it as news.
pub(super) fn said_on(maker: &Maker, units: &[usize]) -> Option<(DateValue, Vec<Evidence>)> {
    let mut votes: BTreeMap<DateValue, BTreeMap<usize, Evidence>> = BTreeMap::new();
    for spoken in units.iter().map(|&u| &maker.units[u]) {
        if let Some(day) = spoken.told.said_on.clone() {
            let article = &maker.corpus.articles()[spoken.unit.article].article;
            let evidence = Evidence::new(article.id, spoken.unit.span);
            votes.entry(day).or_default().insert(maker.texts[spoken.unit.article], evidence);
        }
    }
    let exact = |day: &DateValue| day.as_day().is_some();
    let best =
        votes.into_iter().max_by_key(|(day, by)| (exact(day), by.len(), std::cmp::Reverse(day.clone())));
    best.map(|(day, by)| (day, by.into_values().collect())).or_else(|| from_publication(maker, units))
}

/// The day of the earliest article that tells it: a dateline where there is one.
fn from_publication(maker: &Maker, units: &[usize]) -> Option<(DateValue, Vec<Evidence>)> {
    let dated = units.iter().filter_map(|&u| {
        let spoken = &maker.units[u];
        let article = &maker.corpus.articles()[spoken.unit.article].article;
        let day: Date = article.reference_day()?;
        let span = article.dateline.as_ref().map_or(spoken.unit.span, |dateline| dateline.span);
        Some((day, Evidence::new(article.id, span)))
    });
    dated.min().map(|(day, evidence)| (DateValue::day(day), vec![evidence]))
}

/// The place that most texts give, by its folded name.
pub(super) fn place(maker: &Maker, units: &[usize]) -> Option<(String, Vec<Evidence>)> {
    let mut votes: BTreeMap<String, BTreeMap<usize, (String, Evidence)>> = BTreeMap::new();
    for spoken in units.iter().map(|&u| &maker.units[u]) {
        let article = &maker.corpus.articles()[spoken.unit.article].article;
        let quotation = spoken.unit.quotation.and_then(|q| maker.corpus.quotation(article.id, q));
        if let Some(span) = quotation.and_then(|q| q.place) {
            let printed = span.slice(&article.text).to_owned();
            let vote = (printed.clone(), Evidence::new(article.id, span));
            votes.entry(fold(&printed)).or_default().insert(maker.texts[spoken.unit.article], vote);
        }
    }
    let best = votes.into_iter().max_by_key(|(place, by)| (by.len(), std::cmp::Reverse(place.clone())))?;
    let name = best.1.values().next().map(|(printed, _)| printed.clone())?;
    Some((name, best.1.into_values().map(|(_, evidence)| evidence).collect()))
}
