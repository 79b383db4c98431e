//! What an article is about: its words, by how much they tell, and its day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_model::AnnotatedArticle;

use crate::{
    background,
    words::{Look, Word, combine, words},
};

/// Words at the beginning that tell most what an article is about, and how much more they count.
const LEAD_WORDS: usize = 60;
const LEAD: f32 = 0.7;

/// How much more a name counts than another word as rare.
const NAME: f32 = 1.3;

/// Words of an article that are read; a longer text says early what it is about.
const MOST_WORDS: usize = 5_000;

/// The words that blocking keys are made from: those that tell most.
const KEY_WORDS: usize = 12;

/// Words that tell less than this are in every text.
const LEAST_WEIGHT: f32 = 0.1;

/// Likeness of two articles of which one has no date, as a share of their likeness on one day.
const UNDATED: f32 = 0.85;

/// An article as the comparison sees it.
pub(crate) struct Profile {
    /// Terms and their weights, sorted by term; the squares of the weights sum to 1.
    terms: Vec<(u64, f32)>,
    /// The day it was published.
    pub(crate) day: Option<Date>,
}

impl Profile {
    /// Reads headline and text.
    pub(crate) fn of(annotated: &AnnotatedArticle) -> Self {
        let article = &annotated.article;
        let headline = article.headline.as_ref().filter(|_| article.headline_span.is_none());
        let above = headline.map(|h| words(&h.value)).unwrap_or_default();
        let all = above.into_iter().chain(words(&article.text)).take(MOST_WORDS);
        Self { terms: weigh(all), day: article.published.as_ref().map(|p| p.value.date) }
    }

    /// Pairs of the words that tell most.
    pub(crate) fn keys(&self) -> Vec<u64> {
        let mut best = self.terms.clone();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut rare: Vec<u64> = best.into_iter().take(KEY_WORDS).map(|(term, _)| term).collect();
        rare.sort_unstable();
        let pairs = |i: usize| rare[i + 1..].iter().map(move |&b| (i, b));
        (0..rare.len()).flat_map(pairs).map(|(i, b)| combine([rare[i], b])).collect()
    }

    /// Cosine of the weighted words, less the longer the time between: from 0 to 1.
    pub(crate) fn likeness(&self, other: &Profile) -> f32 {
        cosine(&self.terms, &other.terms) * nearness(self.day, other.day)
    }
}

/// Terms with `(1 + ln of their count) × weight`, scaled to length 1.
fn weigh(words: impl Iterator<Item = Word>) -> Vec<(u64, f32)> {
    let mut counts: BTreeMap<u64, (f32, bool)> = BTreeMap::new();
    for (place, word) in words.enumerate() {
        let entry = counts.entry(word.term).or_default();
        entry.0 += if place < LEAD_WORDS { 1.0 + LEAD } else { 1.0 };
        entry.1 |= word.look == Look::Name;
    }
    let weigh = |(term, (count, is_name)): (u64, (f32, bool))| {
        let rarity = background::weight(term);
        let weight = (1.0 + count.ln()) * rarity.powf(1.25) * if is_name { NAME } else { 1.0 };
        (rarity >= LEAST_WEIGHT).then_some((term, weight))
    };
    let mut terms: Vec<(u64, f32)> = counts.into_iter().filter_map(weigh).collect();
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    terms.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
    terms
}

fn cosine(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// 1 on one day, falling quickly over the first days, flat over the weeks in which analyses come out,
/// and low past two months, when the same people meet again over the same theme.
fn nearness(a: Option<Date>, b: Option<Date>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else { return UNDATED };
    let days = (a - b).get_days().abs() as f32;
    let falling = 1.0 / (1.0 + 0.3 * (days - 0.5).max(0.0).sqrt());
    falling.max(if days <= 60.0 { 0.5 } else { 0.3 })
}
