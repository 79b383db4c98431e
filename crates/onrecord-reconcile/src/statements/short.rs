//! What a body is called for short: its initials, or the noun of its name alone.
//!
//! "HSB" and "the Board" are the Harbour Safety Board where the story names no other body that they fit.

use std::collections::BTreeSet;

use crate::{background, words::words};

/// The most letters of an abbreviated name; more in capitals are a shouted word.
const MOST_LETTERS: usize = 6;
/// What stands between a body and what it is of.
const OF: &str = " of ";

/// The letters that stand for a body's name, in small letters: "hsb" for "HSB of Velmar".
fn acronym(name: &str) -> Option<String> {
    let short = name.split_once(OF).map_or(name, |(short, _)| short);
    let letters = short.chars().count();
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    let is_short = (2..=MOST_LETTERS).contains(&letters) && short.chars().all(char::is_alphabetic);
    (is_short && capitals > 1 && capitals * 2 > letters).then(|| short.to_lowercase())
}

/// The first letters of a body's name: of the words in capitals, of all words, and both without what it is of.
fn initials(name: &str) -> BTreeSet<String> {
    let short = name.split_once(OF).map_or(name, |(short, _)| short);
    let letters = |name: &str, all: bool| -> String {
        let words = name.split([' ', '-']).filter_map(|word| word.chars().next());
        words.filter(|c| c.is_uppercase() || all && c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let all = [letters(name, false), letters(name, true), letters(short, false), letters(short, true)];
    all.into_iter().filter(|letters| letters.chars().count() > 1).collect()
}

/// The noun that alone can stand for a body: the last word of the name, or the last before what it is of.
fn noun(name: &str) -> Option<u64> {
    let short = name.split_once(OF).map_or(name, |(short, _)| short);
    words(short).last().map(|word| word.term)
}

/// Words that weigh as much in the background are names: "Velmar" is no noun that stands for "Bank Velmar".
const NAME: f32 = 0.95;

/// What a body is called for short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Short {
    /// Its initials, in small letters.
    Letters(String),
    /// The term of its noun.
    Noun(u64),
}

impl Short {
    /// The name read as a short one, if it is one.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.strip_prefix("The ").unwrap_or(name);
        if let Some(letters) = acronym(name) {
            return Some(Self::Letters(letters));
        }
        let lone = !name.contains(char::is_whitespace);
        noun(name).filter(|&noun| lone && background::weight(noun) < NAME).map(Self::Noun)
    }

    /// What the name can be cut to; nothing where it is short already.
    pub(super) fn all_of(name: &str) -> Vec<Self> {
        if Self::of(name).is_some() {
            return Vec::new();
        }
        let letters = initials(name).into_iter().map(Self::Letters);
        letters.chain(noun(name).map(Self::Noun)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(short: &str, name: &str, expected: bool) {
        let found = Short::of(short).is_some_and(|short| Short::all_of(name).contains(&short));
        assert_eq!(found, expected, "{short} / {name}");
    }

    #[test]
    fn letters_and_nouns_stand_for_a_name() {
        check("HSB", "Harbour Safety Board", true);
        check("HSB of Velmar", "Harbour Safety Board", true);
        check("HSB", "Harbour Safety Board of Velmar", true);
        check("MoT", "Ministry of Trade", true);
        check("Board", "Harbour Safety Board", true);
        check("Board", "Board of Harbour Safety", true);
        check("HSB", "Harbour Board", false);
        check("Safety Board", "Harbour Safety Board", false);
        check("PIER", "Harbour Safety Board", false);
    }

    #[test]
    fn a_lone_noun_is_short_and_a_name_is_not() {
        assert!(matches!(Short::of("Commission"), Some(Short::Noun(_))));
        assert_eq!(Short::of("Velmarund"), None);
        assert_eq!(Short::of("Harbour Commission"), None);
    }
}
