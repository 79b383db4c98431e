//! What a whole article says about its capitalised words.

use std::collections::{BTreeSet, HashSet};

use onrecord_model::Article;

use super::{
    keys::{close, country_stem, name_key},
    lexicon::Lexicon,
    names::joined,
    words::{Run, Shape, Words},
};

/// Spellings are compared with so many surnames; longer lists name too many to tell.
const MOST_SURNAMES: usize = 200;

/// What the whole article says about its capitalised words.
pub(super) struct Seen {
    pub(super) lower: HashSet<String>,
    pub(super) capital_inside: HashSet<String>,
    pub(super) places: HashSet<String>,
    pub(super) country_stems: HashSet<String>,
    pub(super) surnames: HashSet<String>,
    pub(super) surname_keys: BTreeSet<String>,
    /// First words of full names.
    pub(super) given: HashSet<String>,
    /// Bodies told by a word of their name, whole names in lower case.
    pub(super) bodies: HashSet<String>,
}

impl Seen {
    pub(super) fn read(article: &Article, words: &Words<'_>, chunks: &[Run], lexicon: &Lexicon) -> Self {
        let mut seen = Self {
            lower: HashSet::new(),
            capital_inside: HashSet::new(),
            places: HashSet::new(),
            country_stems: HashSet::new(),
            surnames: HashSet::new(),
            surname_keys: BTreeSet::new(),
            given: HashSet::new(),
            bodies: HashSet::new(),
        };
        if let Some(place) = article.dateline.as_ref().and_then(|dateline| dateline.place.as_ref()) {
            seen.places.insert(place.to_lowercase());
        }
        for i in 0..words.len() {
            seen.add_word(words, i, lexicon);
        }
        for chunk in chunks {
            seen.add_place(words, *chunk, lexicon);
        }
        seen
    }

    pub(super) fn add_word(&mut self, words: &Words<'_>, i: usize, lexicon: &Lexicon) {
        let Some(word) = words.get(i) else { return };
        match word.shape {
            Shape::Lower => {
                self.lower.insert(word.low.clone());
            }
            Shape::Capital | Shape::AllCaps if !words.in_title(i) => {
                if !word.opens {
                    self.capital_inside.insert(word.low.clone());
                }
                self.add_adjective(words, i, lexicon);
            }
            _ => {}
        }
    }

    /// "the Norvanian government": an unknown adjective of a country tells the country's name.
    pub(super) fn add_adjective(&mut self, words: &Words<'_>, i: usize, lexicon: &Lexicon) {
        let low = words.low(i);
        let next = words.low(i + 1);
        let shaped = ["an", "ese", "ish", "i"].iter().any(|ending| low.ends_with(ending)) && low.len() > 4;
        let tells = lexicon.is_role(next)
            || lexicon.is_plural_role(next)
            || lexicon.state_nouns.has(next)
            || lexicon.role_modifiers.has(next)
            || lexicon.body_nouns.has(next);
        if shaped && tells && !lexicon.is_given_name(low) && !lexicon.is_common_word(low) {
            self.country_stems.insert(country_stem(low).to_owned());
        }
    }

    /// "in Ozri", "President of Varskia", "ELDMOUTH, March 4": where a name stands can tell that it is a place.
    pub(super) fn add_place(&mut self, words: &Words<'_>, (from, to): Run, lexicon: &Lexicon) {
        let located = words
            .before(from, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "near" | "from" | "outside"));
        let dateline = words
            .run((from, to))
            .iter()
            .all(|word| word.shape == Shape::AllCaps && word.low.chars().count() > 3)
            && words.get(from).is_some_and(|word| word.opens)
            && matches!(words.low(to), "," | "(" | "—" | "–" | "-");
        let bodied =
            (from..to).any(|i| lexicon.body_nouns.has(words.low(i)) || lexicon.is_role(words.low(i)));
        let person = lexicon.is_given_name(words.low(from)) && to - from > 1;
        if (located || dateline) && !bodied && !person {
            self.places.insert(joined(words, (from, to)));
        }
    }

    /// A surname met with a given name, or another spelling of one.
    pub(super) fn is_surname(&self, low: &str) -> bool {
        if self.surnames.contains(low) {
            return true;
        }
        let key = name_key(low);
        key.chars().count() > 4
            && self.surname_keys.iter().take(MOST_SURNAMES).any(|other| close(other, &key))
    }

    pub(super) fn is_country(&self, low: &str) -> bool {
        self.country_stems.contains(country_stem(low)) || self.country_stems.contains(low)
    }

    /// A word that the article also prints in lower case says little by its capital.
    pub(super) fn is_common(&self, low: &str) -> bool {
        self.lower.contains(low)
    }
}
