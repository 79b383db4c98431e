//! What the words of a language do to what is told: which stand for one thing, which soften, which turn round.
//!
//! The words are data, one file a language; this module only makes them quick to look up.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use onrecord_model::{Article, Stance};
use serde::Deserialize;

use super::words::Word;
use crate::{background, words::fold};

/// Every language that tellings can be compared in.
static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    let files = [include_str!("../lexicon/en.toml")];
    files.into_iter().filter_map(|file| toml::from_str::<File>(file).ok()).map(Lexicon::new).collect()
});

/// What a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    function: Vec<String>,
    clauses: Vec<String>,
    circumstances: Vec<String>,
    befell: BTreeSet<String>,
    links: Vec<String>,
    unnamed: Vec<String>,
    description_ends: Vec<String>,
    joint_texts: Vec<String>,
    lone_texts: Vec<String>,
    leaders: Vec<String>,
    negations: Vec<String>,
    privations: Vec<String>,
    possible: Vec<String>,
    hedges: Vec<String>,
    conditions: Vec<String>,
    provisos: Vec<String>,
    judging: Vec<String>,
    neutral: Vec<String>,
    future: Vec<String>,
    generic: Vec<String>,
    dismissals: Vec<String>,
    evaluations: Vec<String>,
    anaphors: Vec<String>,
    offices: Vec<String>,
    answered: Vec<KindFile>,
    recalls: Vec<String>,
    corrections: Vec<String>,
    growing: Vec<String>,
    superseded: Vec<String>,
    periods: BTreeMap<String, Vec<String>>,
    irregular: BTreeMap<String, String>,
    same: Vec<Group>,
    near: Vec<Group>,
    opposite: Vec<Group>,
    shift: Vec<Group>,
    family: Vec<FamilyFile>,
    replies: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Group {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct KindFile {
    nouns: Vec<String>,
    told: Vec<String>,
    #[serde(default)]
    numbers: bool,
}

#[derive(Debug, Deserialize)]
struct FamilyFile {
    name: String,
    heads: BTreeMap<String, Vec<String>>,
}

/// Phrases that can be found in a run of words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: BTreeMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    fn new(phrases: &[String]) -> Self {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in phrases {
            let words: Vec<String> = spell(phrase);
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(words);
            }
        }
        Self { by_first }
    }

    /// How many words the longest phrase that begins at `at` has; 0 where none does.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> usize {
        let Some(first) = words.get(at) else { return 0 };
        let fits = |phrase: &&Vec<String>| {
            phrase.iter().enumerate().all(|(i, w)| words.get(at + i).is_some_and(|word| word.text == *w))
        };
        let found = self.by_first.get(&first.text).into_iter().flatten().filter(fits);
        found.map(Vec::len).max().unwrap_or(0)
    }

    /// The phrases in `words`, as first word and number of words, none inside another.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<(usize, usize)> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let len = self.at(words, at);
            if len > 0 {
                found.push((at, len));
            }
            at += len.max(1);
        }
        found
    }

    /// Whether one of the phrases stands in `words`.
    pub(crate) fn stand_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.at(words, at) > 0)
    }

    /// Whether `text` alone is one of the phrases.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.by_first.get(text).is_some_and(|phrases| phrases.iter().any(|p| p.len() == 1))
    }
}

/// A phrase as tokens are spelled: folded, apart at hyphens and blanks.
fn spell(phrase: &str) -> Vec<String> {
    phrase.split([' ', '-']).filter(|w| !w.is_empty()).map(fold).collect()
}

/// A kind of thing that is said and answered: a promise, a threat.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What one calls it.
    pub(crate) nouns: Phrases,
    told: Phrases,
    numbers: bool,
}

/// Which of several things a number can count, where the words around it show it.
#[derive(Debug)]
pub(crate) struct Family {
    /// What the heads have in common.
    pub(crate) name: String,
    /// Each head with the words that show it.
    pub(crate) heads: Vec<(String, Phrases)>,
}

/// One language's words, ready to be looked up.
#[derive(Debug)]
pub(crate) struct Lexicon {
    language: String,
    function: BTreeSet<String>,
    irregular: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
    compounds: BTreeMap<String, Vec<(Vec<String>, String)>>,
    near: BTreeSet<(String, String)>,
    opposite: BTreeSet<(String, String)>,
    shift: BTreeSet<(String, String)>,
    generic: BTreeSet<String>,
    /// What stands before a clause that can be told by itself, as printed.
    pub(crate) clauses: Vec<String>,
    /// What opens the clause that says in which happening something counted came about, as printed.
    pub(crate) circumstances: Vec<String>,
    /// Verbs of those to whom something has happened.
    pub(crate) befell: BTreeSet<String>,
    /// Words between two pieces of one stretch that belong to neither.
    pub(crate) links: BTreeSet<String>,
    /// First words of a description that is of one among many.
    pub(crate) unnamed: BTreeSet<String>,
    /// What ends the words of a description that say what it is, as printed.
    pub(crate) description_ends: Vec<String>,
    /// What texts that several publish together are called.
    pub(crate) joint_texts: Vec<String>,
    /// What a text is called that was named before.
    pub(crate) lone_texts: BTreeSet<String>,
    /// The offices of those who speak for a state.
    pub(crate) leaders: Vec<String>,
    /// Words that turn a sentence round.
    pub(crate) negations: Phrases,
    /// Those of them that say what is lacking, and deny nothing.
    pub(crate) privations: Phrases,
    /// Words that make a thing only possible.
    pub(crate) possible: Phrases,
    /// Phrases that soften or hold at a distance.
    pub(crate) hedges: Phrases,
    /// What makes the rest depend on something.
    pub(crate) conditions: Phrases,
    /// What limits the rest.
    pub(crate) provisos: Phrases,
    /// Reporting words that judge.
    pub(crate) judging: Phrases,
    /// Reporting words that add nothing.
    pub(crate) neutral: Phrases,
    /// Words that put a thing into the future.
    pub(crate) future: Phrases,
    /// Words that turn another's words down.
    pub(crate) dismissals: Phrases,
    /// Reporting words that say what the speaker thinks of a thing: "called the plan a mistake".
    pub(crate) evaluations: Phrases,
    /// Words that point back to what was said before: "such plans".
    pub(crate) anaphors: Phrases,
    /// Words of names and roles that say no side: a ministry, a union.
    pub(crate) offices: Phrases,
    /// Periods, as units name them, with the words that tell that something is so much in each.
    pub(crate) periods: Vec<(String, Phrases)>,
    /// What one calls another's words, with how such words are told.
    pub(crate) answered: Vec<Answered>,
    /// Words before a reporting verb that set it back in time.
    pub(crate) recalls: Phrases,
    /// How an outlet takes back what it printed.
    pub(crate) corrections: Phrases,
    /// How a number that grows is told.
    pub(crate) growing: Phrases,
    /// How a number that was given before is recalled.
    pub(crate) superseded: Phrases,
    /// What one number may count.
    pub(crate) families: Vec<Family>,
    /// Reply verbs with their stance.
    pub(crate) replies: Vec<(Stance, Phrases)>,
}

impl Lexicon {
    /// The lexicon for an article: its language's, or the first where the language is not known.
    pub(crate) fn of(article: &Article) -> Option<&'static Lexicon> {
        let Some(tag) = article.language.as_ref().map(|l| l.value.as_str()) else { return LEXICONS.first() };
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        LEXICONS.iter().find(|lexicon| lexicon.language.eq_ignore_ascii_case(primary))
    }

    fn new(file: File) -> Self {
        let mut lexicon = Self {
            language: file.language,
            function: file.function.iter().map(|w| fold(w)).collect(),
            irregular: file.irregular.iter().map(|(k, v)| (fold(k), fold(v))).collect(),
            classes: BTreeMap::new(),
            compounds: BTreeMap::new(),
            near: BTreeSet::new(),
            opposite: BTreeSet::new(),
            shift: BTreeSet::new(),
            generic: BTreeSet::new(),
            clauses: file.clauses,
            circumstances: file.circumstances,
            befell: file.befell,
            links: file.links.into_iter().collect(),
            unnamed: file.unnamed.iter().map(|w| fold(w)).collect(),
            description_ends: file.description_ends,
            joint_texts: file.joint_texts,
            lone_texts: file.lone_texts.into_iter().collect(),
            leaders: file.leaders,
            negations: Phrases::new(&file.negations),
            privations: Phrases::new(&file.privations),
            possible: Phrases::new(&file.possible),
            hedges: Phrases::new(&file.hedges),
            conditions: Phrases::new(&file.conditions),
            provisos: Phrases::new(&file.provisos),
            judging: Phrases::new(&file.judging),
            neutral: Phrases::new(&file.neutral),
            future: Phrases::new(&file.future),
            dismissals: Phrases::new(&file.dismissals),
            evaluations: Phrases::new(&file.evaluations),
            anaphors: Phrases::new(&file.anaphors),
            offices: Phrases::new(&file.offices),
            answered: file.answered.iter().map(Answered::new).collect(),
            recalls: Phrases::new(&file.recalls),
            corrections: Phrases::new(&file.corrections),
            growing: Phrases::new(&file.growing),
            superseded: Phrases::new(&file.superseded),
            periods: file.periods.into_iter().map(|(name, words)| (name, Phrases::new(&words))).collect(),
            families: file.family.into_iter().map(Family::new).collect(),
            replies: stances(&file.replies),
        };
        file.same.iter().for_each(|group| lexicon.join(&group.words));
        lexicon.generic = file.generic.iter().map(|w| lexicon.key(&fold(w))).collect();
        lexicon.near = lexicon.pairs(&file.near, Self::stem);
        lexicon.opposite = lexicon.pairs(&file.opposite, Self::key);
        lexicon.shift = lexicon.pairs(&file.shift, Self::key);
        lexicon
    }

    /// Gives all words of a group one key. A word's first group is the one that counts.
    fn join(&mut self, words: &[String]) {
        let Some(class) = words.first().map(|w| self.stem(&fold(w))) else { return };
        for word in words {
            let spelled = spell(word);
            match spelled.as_slice() {
                [single] => {
                    let stem = self.stem(single);
                    self.classes.entry(stem).or_insert_with(|| class.clone());
                }
                [first, ..] => {
                    let entry = (spelled.clone(), class.clone());
                    self.compounds.entry(first.clone()).or_default().push(entry);
                }
                [] => {}
            }
        }
    }

    /// All pairs of each group, both ways, by what `of` makes of a word.
    fn pairs(&self, groups: &[Group], of: fn(&Self, &str) -> String) -> BTreeSet<(String, String)> {
        let mut pairs = BTreeSet::new();
        for group in groups {
            let stems: Vec<String> = group.words.iter().map(|w| of(self, &fold(w))).collect();
            for a in &stems {
                pairs.extend(stems.iter().filter(|b| a != *b).map(|b| (a.clone(), b.clone())));
            }
        }
        pairs
    }

    /// The stem of a folded word, irregular forms included.
    pub(crate) fn stem(&self, folded: &str) -> String {
        background::stem(self.irregular.get(folded).map_or(folded, String::as_str))
    }

    /// What a folded word is compared by: words for one thing have one key.
    pub(crate) fn key(&self, folded: &str) -> String {
        let stem = self.stem(folded);
        self.classes.get(&stem).cloned().unwrap_or(stem)
    }

    /// The key and length of the longest fixed phrase at the start of `words`.
    pub(crate) fn compound(&self, words: &[String]) -> Option<(usize, &str)> {
        let known = self.compounds.get(words.first()?)?;
        let fits = known.iter().filter(|(phrase, _)| words.starts_with(phrase));
        fits.map(|(phrase, key)| (phrase.len(), key.as_str())).max()
    }

    /// Whether the folded word carries no content.
    pub(crate) fn is_function(&self, folded: &str) -> bool {
        self.function.contains(folded)
    }

    /// Whether the folded word turns its sentence round.
    pub(crate) fn negates(&self, folded: &str) -> bool {
        folded.ends_with("n't") || self.negations.contains(folded)
    }

    /// Whether the key stands for many nouns.
    pub(crate) fn is_generic(&self, key: &str) -> bool {
        self.generic.contains(key)
    }

    /// Whether the stems may stand for one word of another language.
    pub(crate) fn are_near(&self, a: &Word, b: &Word) -> bool {
        self.near.contains(&(a.stem.clone(), b.stem.clone()))
    }

    /// Whether one is the other turned round.
    pub(crate) fn are_opposite(&self, a: &Word, b: &Word) -> bool {
        self.opposite.contains(&(a.key.clone(), b.key.clone()))
    }

    /// Whether one says more than the other.
    pub(crate) fn are_shifted(&self, a: &Word, b: &Word) -> bool {
        self.shift.contains(&(a.key.clone(), b.key.clone()))
    }
}

impl Answered {
    fn new(file: &KindFile) -> Self {
        Self { nouns: Phrases::new(&file.nouns), told: Phrases::new(&file.told), numbers: file.numbers }
    }

    /// Whether the words tell such a thing.
    pub(crate) fn is_told_in(&self, words: &[Word]) -> bool {
        self.told.stand_in(words) || (self.numbers && words.iter().any(|w| w.figure.is_some()))
    }
}

impl Family {
    fn new(file: FamilyFile) -> Self {
        let heads = file.heads.into_iter().map(|(head, words)| (head, Phrases::new(&words))).collect();
        Self { name: file.name, heads }
    }
}

fn stances(file: &BTreeMap<String, Vec<String>>) -> Vec<(Stance, Phrases)> {
    let read = |(name, words): (&String, &Vec<String>)| Some((Stance::from_name(name)?, Phrases::new(words)));
    file.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads() {
        assert_eq!(LEXICONS.len(), 1, "a language file does not parse");
    }

    #[test]
    fn words_for_one_thing_have_one_key() {
        let english = &LEXICONS[0];
        for (a, b) in
            [("soldiers", "troops"), ("rose", "grew"), ("organizations", "organisation"), ("killed", "dead")]
        {
            assert_eq!(english.key(a), english.key(b), "{a} {b}");
        }
        assert_ne!(english.key("offices"), english.key("farms"));
    }
}
