//! Those whom one story names, by what they are called: who "the finance minister" is, or "the commission", or "HSB".

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::EntityKind;

use super::short::Short;
use crate::{
    background,
    tellings::Lexicon,
    words::{Look, Word, fold, hash, words},
};

/// Least share of a role's telling words that must fit the one person it is then taken for.
const ROLE_FITS: f32 = 0.6;

/// Descriptions of one person or body that are kept one by one.
const MOST_TEXTS: usize = 32;

/// How a story's articles describe one person or body.
#[derive(Default)]
struct Described {
    /// Every telling word of the descriptions.
    terms: BTreeSet<u64>,
    /// The words that say what it is: "minister" in "the Minister of Energy".
    heads: BTreeSet<u64>,
    /// The telling words of each description.
    texts: BTreeSet<Vec<u64>>,
    /// What a body's names can be cut to.
    shorts: BTreeSet<Short>,
}

impl Described {
    fn add(&mut self, text: &str, lexicon: Option<&Lexicon>) {
        let terms: Vec<u64> = telling_words(text).into_iter().map(|(term, _)| term).collect();
        self.terms.extend(&terms);
        self.heads.extend(head(text, lexicon));
        if self.texts.len() < MOST_TEXTS {
            self.texts.insert(terms);
        }
    }
}

/// Those whom one story names, by the words that describe them.
#[derive(Default)]
pub(crate) struct Cast {
    described: BTreeMap<usize, Described>,
    /// The names of states and of what may be one.
    places: BTreeSet<String>,
}

impl Cast {
    /// Takes note of how an entity of the record is described.
    pub(super) fn add<'t>(
        &mut self,
        entity: usize,
        texts: impl Iterator<Item = &'t String>,
        lexicon: Option<&Lexicon>,
    ) {
        let described = self.described.entry(entity).or_default();
        texts.for_each(|text| described.add(text, lexicon));
    }

    /// Takes note of what the name of a body can be cut to.
    pub(super) fn add_body(&mut self, entity: usize, name: &str) {
        self.described.entry(entity).or_default().shorts.extend(Short::all_of(name));
    }

    /// Takes note of a name that may be a state's.
    pub(super) fn add_place(&mut self, name: &str, kind: EntityKind) {
        let plain = name.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
        let may_be = matches!(kind, EntityKind::State | EntityKind::Organisation | EntityKind::Place);
        if may_be && plain && Short::of(name).is_none() {
            self.places.insert(name.to_owned());
        }
    }

    /// The state that a role is of: "Norvania" in "President of Norvania" and in "Norvanian President".
    pub(super) fn state_of(&self, role: &str) -> Option<&str> {
        let is_named = |place: &&String| {
            let (role, place) = (fold(role), fold(place));
            role.strip_suffix(place.as_str()).is_some_and(|rest| rest.ends_with(" of "))
        };
        let is_adjective = |place: &&String| {
            let mut adjectives = role.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
            adjectives.any(|word| is_of(&fold(word), &fold(place)))
        };
        let found = self.places.iter().find(is_named).or_else(|| self.places.iter().find(is_adjective));
        found.map(String::as_str)
    }

    /// The one whom a role fits, if it is only one. Of several whom it fits, the one who is called just so.
    pub(super) fn bearer(&self, role: &str, lexicon: Option<&Lexicon>) -> Option<usize> {
        if let Some(letters @ Short::Letters(_)) = Short::of(role) {
            return self.in_full(&letters);
        }
        let head = head(role, lexicon)?;
        let wanted = telling_words(role);
        let all: f32 = wanted.iter().map(|(_, weight)| weight).sum();
        let terms: Vec<u64> = wanted.iter().map(|(term, _)| *term).collect();
        let fit = |described: &Described| {
            let shared = wanted.iter().filter(|(term, _)| described.terms.contains(term));
            shared.map(|(_, weight)| weight).sum::<f32>() / all.max(0.1)
        };
        let candidates = self.described.iter().filter(|(_, described)| described.heads.contains(&head));
        let mut best: Vec<(f32, bool, usize)> =
            candidates.map(|(&entity, d)| (fit(d), d.texts.contains(&terms), entity)).collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        match best.as_slice() {
            [(first, _, entity)] if *first >= ROLE_FITS => Some(*entity),
            [(first, exact, entity), (second, too, _), ..]
                if *first >= ROLE_FITS && (first > second || exact > too) =>
            {
                Some(*entity)
            }
            _ => None,
        }
    }

    /// The one body whose name can be cut to this.
    fn in_full(&self, short: &Short) -> Option<usize> {
        let mut bodies = self.described.iter().filter(|(_, described)| described.shorts.contains(short));
        let (entity, _) = bodies.next()?;
        bodies.next().is_none().then_some(*entity)
    }

    /// The one body that a body called for short is: "the League" may be the only league that the story names in full.
    pub(super) fn fuller(&self, name: &str) -> Option<usize> {
        Short::of(name).and_then(|short| self.in_full(&short))
    }
}

/// Whether a word is made from the name of a state: they begin alike and differ in the ending.
fn is_of(word: &str, state: &str) -> bool {
    let same = word.chars().zip(state.chars()).take_while(|(a, b)| a == b).count();
    let (word, state) = (word.chars().count(), state.chars().count());
    same >= STEM && state - same <= 2 && (1..=4).contains(&(word - same))
}

/// Letters that a state and what is made from its name have in common at least.
const STEM: usize = 4;

/// Whether a description is of one among many: "a minister" is none whom the article has named.
pub(super) fn is_one_of_many(source: &str, lexicon: Option<&Lexicon>) -> bool {
    let first = fold(source.split_whitespace().next().unwrap_or_default());
    lexicon.is_some_and(|l| l.unnamed.contains(&first))
}

/// The word that says what a description describes: the last one before what ends it.
fn head(description: &str, lexicon: Option<&Lexicon>) -> Option<u64> {
    let ends = lexicon.map_or(&[][..], |l| &l.description_ends);
    let end = ends.iter().filter_map(|end| description.find(end)).min().unwrap_or(description.len());
    words(&description[..end]).last().map(|word| word.term)
}

/// Letters by which the words of descriptions are compared: a country and its people, an office and its
/// holder, two spellings of one word mostly begin alike.
const LETTERS: usize = 5;

/// The words of a description that are not in every text, by their first letters, with their weights, each once.
fn telling_words(text: &str) -> Vec<(u64, f32)> {
    let first_letters = |word: &Word| {
        let folded = fold(word.span.slice(text));
        hash(folded.chars().take(LETTERS).collect::<String>().as_bytes())
    };
    let mut terms: Vec<(u64, f32)> = words(text)
        .iter()
        .filter(|word| word.look != Look::Number)
        .map(|word| (first_letters(word), background::weight(word.term)))
        .filter(|&(_, weight)| weight > 0.15)
        .collect();
    terms.sort_by_key(|&(term, _)| term);
    terms.dedup_by_key(|&mut (term, _)| term);
    terms
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Article, Hash};

    use super::*;

    fn lexicon() -> Option<&'static Lexicon> {
        Lexicon::of(&Article::of_text("a.txt", Hash::of(b"a"), ""))
    }

    /// Two of a cast and whom a description means.
    #[track_caller]
    fn check(described: [&str; 2], wanted: &str, expected: Option<usize>) {
        let mut cast = Cast::default();
        for (entity, text) in described.into_iter().enumerate() {
            let text = text.to_owned();
            cast.add(entity, std::iter::once(&text), lexicon());
            cast.add_body(entity, &text);
        }
        assert_eq!(cast.bearer(wanted, lexicon()), expected, "{wanted} of {described:?}");
    }

    #[test]
    fn a_description_means_the_one_whom_it_fits() {
        check(["Harbour Minister", "Energy Minister"], "the harbour minister", Some(0));
        check(["shadow energy minister", "Energy Minister"], "the energy minister", Some(1));
        check(["Minister of Energy of Velmar", "Minister of Energy of Ruland"], "the energy minister", None);
        check(["Harbour Safety Board", "Port Council"], "the board", Some(0));
        check(["Harbour Safety Board", "Energy Board"], "the board", None);
        check(["Harbour Safety Board", "Port Council"], "HSB", Some(0));
        check(["Harbour Safety Board", "Port Council"], "the union", None);
    }

    #[test]
    fn a_role_tells_its_state() {
        let mut cast = Cast::default();
        for name in ["Velmar", "Norvania", "Norvanian", "Harbour Safety Board"] {
            cast.add_place(name, EntityKind::Organisation);
        }
        assert_eq!(cast.state_of("President of Norvania"), Some("Norvania"));
        assert_eq!(cast.state_of("Norvanian President"), Some("Norvania"));
        assert_eq!(cast.state_of("President of the Harbour Council"), None);
        assert_eq!(cast.state_of("president"), None);
    }
}
