//! The types of `figures.toml`: number words, bounds, units, and what makes a number no figure.

use std::collections::{HashMap, HashSet};

use onrecord_model::Bound;
use serde::Deserialize;

use crate::lang::{self, List, Packs, split};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| {
    lang::parse::<Raw>(|files| files.figures).into_iter().map(|(tag, raw)| (tag, raw.build())).collect()
});

/// Phrases by one of their words, longest first.
#[derive(Debug)]
pub(super) struct Phrases<T>(HashMap<String, Vec<(Vec<String>, T)>>);

impl<T> Phrases<T> {
    fn new(phrases: impl Iterator<Item = (String, T)>, key: fn(&[String]) -> Option<&String>) -> Self {
        let mut by_word: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        let words = |phrase: &str| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut phrases: Vec<_> = phrases.map(|(phrase, value)| (words(&phrase), value)).collect();
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        for (words, value) in phrases {
            if let Some(word) = key(&words) {
                by_word.entry(word.clone()).or_default().push((words, value));
            }
        }
        Self(by_word)
    }

    /// The phrases filed under `word`.
    pub(super) fn of(&self, word: &str) -> &[(Vec<String>, T)] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

/// What a unit word stands for.
#[derive(Debug, Clone)]
pub(super) enum UnitWord {
    /// A unit of measure by its canonical name.
    Measure(String),
    /// An ISO 4217 code.
    Money(String),
    /// A hundredth of this money.
    Cent(String),
}

/// The data of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) numbers: HashMap<String, i64>,
    pub(super) scales: HashMap<String, i64>,
    pub(super) suffixes: HashMap<String, i64>,
    pub(super) fractions: HashMap<String, i64>,
    pub(super) articles: HashSet<String>,
    pub(super) joiners: HashSet<String>,
    pub(super) half: String,
    pub(super) pair: String,
    pub(super) of: String,
    pub(super) to: String,
    pub(super) share_words: Phrases<()>,
    pub(super) range_words: HashSet<String>,
    /// Opening word of a range, and the word between its ends.
    pub(super) range_opens: HashMap<String, String>,
    pub(super) changes: HashSet<String>,
    /// By their last word.
    pub(super) bounds: Phrases<Bound>,
    /// By their first word.
    pub(super) bounds_after: Phrases<Bound>,
    /// By their first word.
    pub(super) units: Phrases<UnitWord>,
    pub(super) signs: HashMap<String, String>,
    pub(super) rates: HashMap<String, String>,
    pub(super) per_adverbs: HashMap<String, String>,
    pub(super) words: Words,
}

/// Word classes that figures ask about.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub(super) negations: List,
    pub(super) fillers: List,
    pub(super) months: List,
    pub(super) weekdays: List,
    pub(super) clock: List,
    pub(super) year_words: List,
    pub(super) labels: List,
    pub(super) old: List,
    pub(super) moved: List,
    pub(super) recent: List,
    pub(super) records: List,
    pub(super) them: List,
    pub(super) clause_words: List,
    pub(super) pointers: List,
    pub(super) ordinals: List,
    pub(super) persons: List,
    pub(super) ages: List,
    pub(super) ageing: List,
    pub(super) during: List,
    pub(super) lengths: List,
    pub(super) choices: List,
    pub(super) be: List,
    pub(super) noun_links: List,
    pub(super) name_leads: List,
    pub(super) minus: List,
    pub(super) unmarked: List,
    pub(super) states: List,
    pub(super) dimensions: List,
    pub(super) comparatives: List,
    pub(super) level_verbs: List,
    pub(super) money_in: List,
    pub(super) money_nouns: List,
    pub(super) money_verbs: List,
    pub(super) priced: List,
    pub(super) things: List,
    pub(super) by: List,
    pub(super) minus_words: List,
    pub(super) over_age: List,
    pub(super) aged_groups: List,
    pub(super) per: List,
    pub(super) strict_per: List,
    pub(super) votes: List,
    pub(super) apart: List,
    pub(super) adding: List,
    pub(super) putting: List,
    pub(super) at: List,
    pub(super) it: List,
    pub(super) time_nouns: List,
    pub(super) going: List,
    pub(super) capping: List,
    pub(super) telling: List,
    pub(super) informing: List,
    pub(super) price_verbs: List,
    pub(super) bare_more: List,
    pub(super) bare_less: List,
    pub(super) holding: List,
    rates: String,
    per_adverbs: String,
}

#[derive(Debug, Deserialize)]
struct RawBounds {
    #[serde(default)]
    about: String,
    #[serde(default)]
    more_than: String,
    #[serde(default)]
    at_least: String,
    #[serde(default)]
    less_than: String,
    #[serde(default)]
    at_most: String,
}

impl RawBounds {
    fn phrases(&self) -> impl Iterator<Item = (String, Bound)> {
        let lists = [
            (&self.about, Bound::About),
            (&self.more_than, Bound::MoreThan),
            (&self.at_least, Bound::AtLeast),
            (&self.less_than, Bound::LessThan),
            (&self.at_most, Bound::AtMost),
        ];
        lists.into_iter().flat_map(|(list, bound)| split(list).map(move |phrase| (phrase.to_owned(), bound)))
    }
}

#[derive(Debug, Deserialize)]
struct RawUnits {
    measures: String,
    currencies: String,
    cents: String,
    signs: String,
}

impl RawUnits {
    fn phrases(&self) -> impl Iterator<Item = (String, UnitWord)> {
        let measures = named(&self.measures).map(|(name, word)| (word, UnitWord::Measure(name)));
        let money = named(&self.currencies).map(|(code, word)| (word, UnitWord::Money(code)));
        let cents = pairs(&self.cents).map(|(word, code)| (word.to_owned(), UnitWord::Cent(code.to_owned())));
        measures.chain(money).chain(cents).flat_map(|(word, unit)| {
            let hyphened = word.contains(' ').then(|| (word.replace(' ', "-"), unit.clone()));
            [(word, unit)].into_iter().chain(hyphened)
        })
    }
}

#[derive(Debug, Deserialize)]
struct Raw {
    numbers: String,
    scales: String,
    suffixes: String,
    fractions: String,
    articles: List,
    joiners: List,
    half: String,
    pair: String,
    of: String,
    to: String,
    share_words: String,
    range_words: List,
    range_opens: String,
    change_stems: List,
    bounds: RawBounds,
    bounds_after: RawBounds,
    words: Words,
    units: RawUnits,
}

impl Raw {
    fn build(self) -> Lexicon {
        let shares = split(&self.share_words).map(|phrase| (phrase.to_owned(), ()));
        Lexicon {
            numbers: values(&self.numbers),
            scales: values(&self.scales),
            suffixes: values(&self.suffixes),
            fractions: values(&self.fractions),
            articles: self.articles.0,
            joiners: self.joiners.0,
            half: self.half,
            pair: self.pair,
            of: self.of,
            to: self.to,
            share_words: Phrases::new(shares, |words| words.first()),
            range_words: self.range_words.0,
            range_opens: table(&self.range_opens),
            changes: self.change_stems.0,
            bounds: Phrases::new(self.bounds.phrases(), |words| words.last()),
            bounds_after: Phrases::new(self.bounds_after.phrases(), |words| words.first()),
            units: Phrases::new(self.units.phrases(), |words| words.first()),
            signs: table(&self.units.signs),
            rates: table(&self.words.rates),
            per_adverbs: table(&self.words.per_adverbs),
            words: self.words,
        }
    }
}

/// "one: 1, two: 2"
fn pairs(list: &str) -> impl Iterator<Item = (&str, &str)> {
    split(list).filter_map(|pair| pair.split_once(": "))
}

fn table(list: &str) -> HashMap<String, String> {
    pairs(list).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn values(list: &str) -> HashMap<String, i64> {
    pairs(list).filter_map(|(word, value)| Some((word.to_owned(), value.parse().ok()?))).collect()
}

/// "km: km | kilometre" a line, as (name, word).
fn named(lines: &str) -> impl Iterator<Item = (String, String)> {
    lines.lines().filter_map(|line| line.split_once(": ")).flat_map(|(name, words)| {
        words.split(" | ").map(move |word| (name.trim().to_owned(), word.trim().to_owned()))
    })
}
