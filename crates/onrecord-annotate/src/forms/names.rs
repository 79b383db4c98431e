//! The types of `names.toml` and `states.tsv`: what each printed form can be a form of.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    endings::{Cases, Declension},
    words::{Phrases, low},
};
use crate::lang::{self, FormFiles, List, Packs, split};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| lang::read_forms(Lexicon::read));

/// A given name that a form can stand for.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) nominative: String,
    pub(super) female: bool,
    pub(super) cases: Cases,
}

/// A noun that a form can stand for.
#[derive(Debug, Clone)]
pub(super) struct Noun {
    pub(super) nominative: String,
    pub(super) cases: Cases,
}

/// A printed form to the words that it can be a form of.
type Forms = HashMap<String, Vec<Noun>>;

/// One language's names and the words around them.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) endings: Endings,
    pub(super) words: WordLists,
    given: HashMap<String, Vec<Given>>,
    roles: Forms,
    groups: Forms,
    bodies: Forms,
    places: Forms,
    honorifics: Forms,
    /// Names of states in every case, to the first name.
    states: Phrases<usize>,
    capitals: Phrases<usize>,
    names: Vec<String>,
    pub(super) role_modifiers: Phrases<()>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Endings {
    pub(super) male_surnames: Declension,
    pub(super) female_surnames: Declension,
    pub(super) male_given: Declension,
    pub(super) female_given: Declension,
    patronymics_male: Declension,
    patronymics_female: Declension,
    nouns: Declension,
    adjectives: Declension,
}

/// Lists that are asked as they stand.
#[derive(Debug, Deserialize)]
pub(super) struct WordLists {
    pub(super) role_links: List,
    pub(super) he: List,
    pub(super) she: List,
    pub(super) they: List,
    pub(super) known_bodies: List,
    pub(super) no_acronyms: List,
    pub(super) place_prepositions: List,
    pub(super) never_names: List,
    pub(super) complements: List,
    pub(super) no_complements: List,
    pub(super) roles_of_places: List,
    pub(super) no_surnames: List,
    pub(super) and: List,
    male: String,
    female: String,
    irregular: String,
    roles: String,
    groups: String,
    role_modifiers: String,
    bodies: String,
    body_prefixes: String,
    body_prefix_exceptions: String,
    places: String,
    honorifics_male: String,
    honorifics_female: String,
    genitive_ends: String,
    adjective_ends: String,
    place_genitive_ends: String,
    oblique_surname_ends: String,
    past_ends: String,
    surname_ends: String,
}

#[derive(Debug, Deserialize)]
struct File {
    endings: Endings,
    names: WordLists,
}

impl Lexicon {
    fn read(files: &FormFiles) -> Result<Self, toml::de::Error> {
        let File { endings, names: words } = toml::from_str(files.names)?;
        let honorifics = [words.honorifics_male.as_str(), words.honorifics_female.as_str()].join(",");
        let mut lexicon = Self {
            given: given_names(&words, &endings),
            roles: nouns(&words.roles, &endings),
            groups: nouns(&words.groups, &endings),
            bodies: nouns(&words.bodies, &endings),
            places: nouns(&words.places, &endings),
            honorifics: nouns(&honorifics, &endings),
            states: Phrases::default(),
            capitals: Phrases::default(),
            names: Vec::new(),
            role_modifiers: Phrases::of(&words.role_modifiers, ()),
            endings,
            words,
        };
        files.states.lines().filter(|line| !line.starts_with('#')).for_each(|line| lexicon.add_state(line));
        Ok(lexicon)
    }

    fn add_state(&mut self, line: &str) {
        let mut columns = line.split('|');
        let name = columns.next().unwrap_or_default();
        let state = self.add_name(name);
        for name in std::iter::once(name).chain(split(columns.next().unwrap_or_default())) {
            for form in phrase_forms(name, &self.endings) {
                self.states.add(&form, state);
            }
        }
        for capital in split(columns.next().unwrap_or_default()) {
            let at = self.add_name(capital);
            for form in phrase_forms(capital, &self.endings) {
                self.capitals.add(&form, at);
            }
        }
    }

    fn add_name(&mut self, name: &str) -> usize {
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    /// The state whose name starts at token `i`: one past its end, and its first name.
    pub(super) fn state(&self, words: &super::words::Words<'_>, i: usize) -> Option<(usize, &str)> {
        self.states.at(words, i).map(|(to, at)| (to, self.names[at].as_str()))
    }

    pub(super) fn capital(&self, words: &super::words::Words<'_>, i: usize) -> Option<(usize, &str)> {
        self.capitals.at(words, i).map(|(to, at)| (to, self.names[at].as_str()))
    }

    pub(super) fn given(&self, low: &str) -> &[Given] {
        self.given.get(low).map_or(&[], Vec::as_slice)
    }

    /// What a form can be as a father's name: nominative, whether a woman's, and cases.
    pub(super) fn patronymic(&self, low: &str) -> Option<Given> {
        let genders = [(&self.endings.patronymics_female, true), (&self.endings.patronymics_male, false)];
        genders.into_iter().find_map(|(declension, female)| {
            let nominative = declension.nominatives(low, Cases::ALL).into_iter().next()?;
            let (_, cases) = declension.forms(&nominative).into_iter().find(|(form, _)| form == low)?;
            Some(Given { nominative, female, cases })
        })
    }

    pub(super) fn roles(&self, low: &str) -> &[Noun] {
        of(&self.roles, low)
    }

    pub(super) fn groups(&self, low: &str) -> &[Noun] {
        of(&self.groups, low)
    }

    pub(super) fn bodies(&self, low: &str) -> &[Noun] {
        of(&self.bodies, low)
    }

    pub(super) fn places(&self, low: &str) -> &[Noun] {
        of(&self.places, low)
    }

    pub(super) fn honorifics(&self, low: &str) -> &[Noun] {
        of(&self.honorifics, low)
    }

    /// A body's name that is one word of two clipped ones.
    pub(super) fn is_clipped_body(&self, low: &str) -> bool {
        low.chars().count() >= SHORTEST_CLIPPED
            && split(&self.words.body_prefixes).any(|prefix| low.starts_with(prefix))
            && !split(&self.words.body_prefix_exceptions).any(|prefix| low.starts_with(prefix))
    }

    /// Whether a word can be a genitive that belongs to the noun before it.
    pub(super) fn is_complement(&self, low: &str) -> bool {
        let ends = |list: &str| split(list).any(|end| low.ends_with(end));
        self.words.complements.has(low)
            || (!self.words.no_complements.has(low)
                && low.chars().count() > 3
                && ends(&self.words.genitive_ends)
                && !ends(&self.words.past_ends))
    }

    /// Whether a surname in the nominative can end as the word does.
    pub(super) fn can_be_nominative(&self, low: &str) -> bool {
        !split(&self.words.oblique_surname_ends).any(|end| low.ends_with(end))
    }

    /// Whether a word ends as the genitive of states and cities does, and as surnames do not.
    pub(super) fn ends_as_place(&self, low: &str) -> bool {
        low.chars().count() > 4 && split(&self.words.place_genitive_ends).any(|end| low.ends_with(end))
    }

    /// Whether a word ends as surnames do.
    pub(super) fn ends_as_surname(&self, low: &str) -> bool {
        !self.words.no_surnames.has(low) && split(&self.words.surname_ends).any(|end| low.ends_with(end))
    }

    /// Whether a word ends as adjectives do.
    pub(super) fn is_adjective(&self, low: &str) -> bool {
        low.chars().count() > 4
            && !self.endings.adjectives.nominatives(low, Cases::ALL).is_empty()
            && split(&self.words.adjective_ends).any(|end| low.ends_with(end))
    }
}

/// "Минсвязь" is no shorter.
const SHORTEST_CLIPPED: usize = 6;

fn of<'a>(forms: &'a Forms, low: &str) -> &'a [Noun] {
    forms.get(low).map_or(&[], Vec::as_slice)
}

fn given_names(words: &WordLists, endings: &Endings) -> HashMap<String, Vec<Given>> {
    let mut given: HashMap<String, Vec<Given>> = HashMap::new();
    let mut add = |form: String, nominative: &str, female: bool, cases: Cases| {
        given.entry(form).or_default().push(Given { nominative: nominative.to_owned(), female, cases });
    };
    let irregular: HashMap<&str, Vec<&str>> = words
        .irregular
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, forms)| (name, forms.split(' ').collect()))
        .collect();
    let lists = [(&words.male, &endings.male_given, false), (&words.female, &endings.female_given, true)];
    for (list, declension, female) in lists {
        for name in split(list) {
            match irregular.get(name) {
                Some(forms) => {
                    let all = std::iter::once(&name).chain(forms).enumerate();
                    all.for_each(|(n, form)| add((*form).to_owned(), name, female, Cases::of(n)));
                }
                None => declension
                    .forms(name)
                    .into_iter()
                    .for_each(|(form, cases)| add(form, name, female, cases)),
            }
        }
    }
    given
}

fn nouns(list: &str, endings: &Endings) -> Forms {
    let mut forms = Forms::new();
    for name in split(list) {
        for (form, cases) in endings.nouns.forms(name).into_iter().chain(endings.adjectives.forms(name)) {
            forms.entry(form).or_default().push(Noun { nominative: name.to_owned(), cases });
        }
    }
    forms
}

/// Every case of a name of one or more words, all words in the same case.
fn phrase_forms(name: &str, endings: &Endings) -> Vec<String> {
    let words: Vec<String> = name.split(' ').map(low).collect();
    let by_case = |case: Cases| {
        let (last, before) = words.split_last()?;
        let in_case = |declension: &Declension, word: &str| {
            let forms = declension.forms(word).into_iter().filter(|(_, cases)| cases.meets(case));
            forms.map(|(form, _)| form).collect::<Vec<_>>()
        };
        let heads: Vec<String> = before
            .iter()
            .map(|word| in_case(&endings.adjectives, word).into_iter().next().unwrap_or_else(|| word.clone()))
            .collect();
        let forms = in_case(&endings.nouns, last).into_iter();
        Some(forms.map(move |form| heads.iter().cloned().chain([form]).collect::<Vec<_>>().join(" ")))
    };
    let mut forms: Vec<String> = vec![words.join(" ")];
    forms.extend(Cases::each().filter_map(by_case).flatten());
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// A name as it is printed: every part with a capital.
pub(super) fn capitalised(name: &str) -> String {
    let mut start = true;
    let mut out = String::new();
    for c in name.chars() {
        if start {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        start = matches!(c, '-' | ' ');
    }
    out
}
