//! Languages as data: a pack is a folder of small files, and a line in [`PACKS`].
//!
//! Each pack's `profile.toml` says which **reader** its files are made for and which **layers** of marks an
//! article in the language gets; of the others it gets none. An article in a language that has no pack is only cut
//! into sentences: words of another language read by English lists would say what nobody said. An annotator declares the type of its own file and
//! reads it once through [`Packs`]; code never asks which language it is in.

use std::{collections::HashSet, sync::LazyLock};

use onrecord_model::Article;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

#[cfg(test)]
mod cases;

/// One language.
struct Pack {
    /// BCP 47 primary tag: `en`.
    tag: &'static str,
    /// ISO 639-3, as some pages write it: `eng`.
    three_letters: &'static str,
    profile: &'static str,
    sentences: &'static str,
    files: Files,
    /// What a language editor expects of whole texts; read by the tests alone.
    #[cfg(test)]
    cases: &'static str,
}

/// The data files of one language, by the reader that they are made for.
enum Files {
    Grammar(PackFiles),
    Forms(FormFiles),
}

/// The files of a language that is read by word classes, phrases and clauses.
pub(crate) struct PackFiles {
    pub(crate) quotations: &'static str,
    pub(crate) names: &'static str,
    pub(crate) given_names: &'static str,
    pub(crate) states: &'static str,
    pub(crate) figures: &'static str,
    pub(crate) dates: &'static str,
    pub(crate) events: &'static str,
    /// What verbs tell, in the format of `events::verbs`; empty where nobody wrote it.
    pub(crate) event_verbs: &'static str,
    pub(crate) event_agents: &'static str,
    pub(crate) event_actors: &'static str,
    pub(crate) confidence: &'static str,
}

/// The files of a language that is read by the forms of listed words, endings, and marks.
pub(crate) struct FormFiles {
    pub(crate) quotations: &'static str,
    pub(crate) names: &'static str,
    pub(crate) states: &'static str,
    pub(crate) figures: &'static str,
    pub(crate) dates: &'static str,
}

/// Every language. The first is used for articles whose language is unknown, and cuts those into sentences whose
/// language has no pack.
const PACKS: &[Pack] = &[
    Pack {
        tag: "en",
        three_letters: "eng",
        profile: include_str!("en/profile.toml"),
        sentences: include_str!("en/sentences.toml"),
        files: Files::Grammar(PackFiles {
            quotations: include_str!("en/quotations.toml"),
            names: include_str!("en/names.toml"),
            given_names: include_str!("en/given_names.txt"),
            states: include_str!("en/states.tsv"),
            figures: include_str!("en/figures.toml"),
            dates: include_str!("en/dates.toml"),
            events: include_str!("en/events.toml"),
            event_verbs: concat!(include_str!("en/events/certain.txt"), include_str!("en/events/verbs.txt")),
            event_agents: include_str!("en/events/agents.txt"),
            event_actors: include_str!("en/events/actors.tsv"),
            confidence: include_str!("en/confidence.tsv"),
        }),
        #[cfg(test)]
        cases: include_str!("en/cases.md"),
    },
    Pack {
        tag: "ru",
        three_letters: "rus",
        profile: include_str!("ru/profile.toml"),
        sentences: include_str!("ru/sentences.toml"),
        files: Files::Forms(FormFiles {
            quotations: include_str!("ru/quotations.toml"),
            names: include_str!("ru/names.toml"),
            states: include_str!("ru/states.tsv"),
            figures: include_str!("ru/figures.toml"),
            dates: include_str!("ru/dates.toml"),
        }),
        #[cfg(test)]
        cases: include_str!("ru/cases.md"),
    },
];

/// What a language has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// The language in English, for messages.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the language in the messages of the tests"))]
    name: String,
    pub(crate) reader: Reader,
    /// Names of annotators.
    pub(crate) layers: List,
}

/// How a language is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reader {
    /// By word classes, phrases and clauses.
    Grammar,
    /// By the forms of listed words, endings, and marks.
    Forms,
}

static PROFILES: Packs<Profile> = Packs::new(|| every(|pack| pack.profile));

/// The profile of the language of `article`; none where it is known and has no pack.
pub(crate) fn profile(article: &Article) -> Option<&'static Profile> {
    let tag = primary(article);
    (UNKNOWN.contains(&tag.as_str()) || pack_of(&tag).is_some()).then(|| PROFILES.of(article))
}

/// What stands for a language that nobody told (BCP 47: undetermined, several, none).
const UNKNOWN: [&str; 4] = ["", "und", "mul", "zxx"];

/// The primary tag of an article's language, lower case; empty where it is not known or no tag.
fn primary(article: &Article) -> String {
    let tag = article.language.as_ref().map_or("", |language| language.value.as_str());
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    if is_tag { primary.to_ascii_lowercase() } else { String::new() }
}

fn pack_of(tag: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.tag == tag || pack.three_letters == tag)
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

/// One annotator's data in every language that its reader reads, parsed on first use.
pub(crate) struct Packs<T>(LazyLock<Vec<(&'static str, T)>>);

impl<T: 'static> Packs<T> {
    /// `parse` is `|| lang::parse(|files| files.figures)`.
    pub(crate) const fn new(parse: fn() -> Vec<(&'static str, T)>) -> Self {
        Self(LazyLock::new(parse))
    }

    /// The data of the language that articles of unknown language are taken for.
    pub(crate) fn first(&self) -> &T {
        &self.0[0].1
    }

    /// The data for the language of `article`.
    pub(crate) fn of(&self, article: &Article) -> &T {
        let pack = pack_of(&primary(article)).map_or("", |pack| pack.tag);
        let packs = &*self.0;
        &packs.iter().find(|(tag, _)| *tag == pack).unwrap_or(&packs[0]).1
    }

    /// The same, but `None` where the language of `article` is known and has no such data.
    pub(crate) fn own(&self, article: &Article) -> Option<&T> {
        let tag = primary(article);
        if UNKNOWN.contains(&tag.as_str()) {
            return Some(self.of(article));
        }
        let pack = pack_of(&tag)?.tag;
        self.0.iter().find(|(tag, _)| *tag == pack).map(|(_, data)| data)
    }
}

/// Parses a file that every pack has.
pub(crate) fn sentences<T: DeserializeOwned>() -> Vec<(&'static str, T)> {
    every(|pack| pack.sentences)
}

fn every<T: DeserializeOwned>(select: fn(&Pack) -> &'static str) -> Vec<(&'static str, T)> {
    PACKS.iter().map(|pack| (pack.tag, well_formed(toml::from_str(select(pack))))).collect()
}

/// Parses one file of every pack for the reader by grammar.
pub(crate) fn parse<T: DeserializeOwned>(select: fn(&PackFiles) -> &'static str) -> Vec<(&'static str, T)> {
    let parsed = |pack: &'static Pack| match &pack.files {
        Files::Grammar(files) => Some((pack.tag, well_formed(toml::from_str(select(files))))),
        Files::Forms(_) => None,
    };
    PACKS.iter().filter_map(parsed).collect()
}

/// The same for an annotator whose data stand in several files.
pub(crate) fn read<T>(read: fn(&PackFiles) -> Result<T, toml::de::Error>) -> Vec<(&'static str, T)> {
    let read = |pack: &'static Pack| match &pack.files {
        Files::Grammar(files) => Some((pack.tag, well_formed(read(files)))),
        Files::Forms(_) => None,
    };
    PACKS.iter().filter_map(read).collect()
}

/// Reads files of every pack for the reader by forms.
pub(crate) fn read_forms<T>(read: fn(&FormFiles) -> Result<T, toml::de::Error>) -> Vec<(&'static str, T)> {
    let read = |pack: &'static Pack| match &pack.files {
        Files::Forms(files) => Some((pack.tag, well_formed(read(files)))),
        Files::Grammar(_) => None,
    };
    PACKS.iter().filter_map(read).collect()
}

/// The same for data that are no TOML.
pub(crate) fn read_lines<T>(read: fn(&PackFiles) -> T) -> Vec<(&'static str, T)> {
    let read = |pack: &'static Pack| match &pack.files {
        Files::Grammar(files) => Some((pack.tag, read(files))),
        Files::Forms(_) => None,
    };
    PACKS.iter().filter_map(read).collect()
}

#[expect(
    clippy::expect_used,
    reason = "the files are compiled in, and every test of an annotator parses them"
)]
fn well_formed<T, E: std::fmt::Debug>(parsed: Result<T, E>) -> T {
    parsed.expect("a well-formed language pack")
}
