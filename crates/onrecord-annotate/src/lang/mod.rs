//! Languages as data: a pack is a folder of small TOML files, one per annotator.
//!
//! An annotator declares the type of its own file and reads it once through [`Packs`]; code never
//! asks which language it is in.

use std::{collections::HashSet, sync::LazyLock};

use onrecord_model::Article;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

/// The data files of one language.
pub(crate) struct PackFiles {
    /// BCP 47 primary tag: `en`.
    tag: &'static str,
    pub(crate) sentences: &'static str,
    pub(crate) quotations: &'static str,
    pub(crate) names: &'static str,
    pub(crate) given_names: &'static str,
    pub(crate) states: &'static str,
    pub(crate) figures: &'static str,
    pub(crate) dates: &'static str,
    pub(crate) events: &'static str,
}

/// Every language. The first is used for articles whose language is unknown or has no pack.
const PACKS: &[PackFiles] = &[PackFiles {
    tag: "en",
    sentences: include_str!("en/sentences.toml"),
    quotations: include_str!("en/quotations.toml"),
    names: include_str!("en/names.toml"),
    given_names: include_str!("en/given_names.txt"),
    states: include_str!("en/states.tsv"),
    figures: include_str!("en/figures.toml"),
    dates: include_str!("en/dates.toml"),
    events: include_str!("en/events.toml"),
}];

/// What a language editor expects of whole texts, by language.
#[cfg(test)]
pub(crate) fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    const CASES: &[(&str, &str)] = &[("en", include_str!("en/cases.md"))];
    PACKS.iter().map(|pack| {
        let file = CASES.iter().find(|(tag, _)| *tag == pack.tag).map_or("", |(_, file)| *file);
        (pack.tag, file)
    })
}

/// The words or phrases of a list, parted by commas or line ends.
pub(crate) fn split(words: &str) -> impl Iterator<Item = &str> {
    words.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// A set of lower-case words or phrases, written in the data file as a list.
#[derive(Debug, Default)]
pub(crate) struct List(pub(crate) HashSet<String>);

impl List {
    /// Whether it holds `word` (lower case).
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        Ok(Self(split(&words).map(str::to_owned).collect()))
    }
}

/// One annotator's data in every language, parsed on first use.
pub(crate) struct Packs<T>(LazyLock<Vec<(&'static str, T)>>);

impl<T: 'static> Packs<T> {
    /// `parse` is `|| lang::parse(|files| files.figures)`.
    pub(crate) const fn new(parse: fn() -> Vec<(&'static str, T)>) -> Self {
        Self(LazyLock::new(parse))
    }

    /// The data for the language of `article`.
    pub(crate) fn of(&self, article: &Article) -> &T {
        let tag = article.language.as_ref().map_or("", |language| language.value.as_str());
        let primary = tag.split('-').next().unwrap_or_default();
        let packs = &*self.0;
        &packs.iter().find(|(tag, _)| *tag == primary).unwrap_or(&packs[0]).1
    }
}

/// Parses one file of every pack.
pub(crate) fn parse<T: DeserializeOwned>(select: fn(&PackFiles) -> &'static str) -> Vec<(&'static str, T)> {
    PACKS.iter().map(|pack| (pack.tag, well_formed(toml::from_str(select(pack))))).collect()
}

/// The same for an annotator whose data stand in several files.
pub(crate) fn read<T>(read: fn(&PackFiles) -> Result<T, toml::de::Error>) -> Vec<(&'static str, T)> {
    PACKS.iter().map(|pack| (pack.tag, well_formed(read(pack)))).collect()
}

#[expect(
    clippy::expect_used,
    reason = "the files are compiled in, and every test of an annotator parses them"
)]
fn well_formed<T>(parsed: Result<T, toml::de::Error>) -> T {
    parsed.expect("a well-formed language pack")
}
