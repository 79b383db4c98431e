//! The forms of a word by its endings, and back.

use std::ops::{BitAnd, BitOr};

use serde::{Deserialize, Deserializer};

/// A set of grammatical cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Cases(u8);

impl Cases {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NOMINATIVE: Self = Self(1);
    pub(super) const GENITIVE: Self = Self(2);
    /// All but the nominative.
    pub(super) const OBLIQUE: Self = Self(62);
    pub(super) const ALL: Self = Self(63);

    fn nth(n: usize) -> Self {
        Self(1 << n)
    }

    /// The case of column `n` of a row.
    pub(super) fn of(n: usize) -> Self {
        if n < N_CASES { Self::nth(n) } else { Self::NONE }
    }

    /// The cases, one by one.
    pub(super) fn each() -> impl Iterator<Item = Self> {
        (0..N_CASES).map(Self::nth)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn meets(self, other: Self) -> bool {
        !(self & other).is_empty()
    }
}

impl BitAnd for Cases {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Cases {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Cases of a row: nominative, genitive, dative, accusative, instrumental, prepositional.
const N_CASES: usize = 6;
/// A stem has so many letters at least.
const SHORTEST_STEM: usize = 2;
/// Letters of the alphabets in use after which no empty ending stands.
const VOWELS_AND_SIGNS: &str = "аеєиіїоуыэюяьйaeiouy";

/// Ways of declining: the endings of one a row.
#[derive(Debug, Default)]
pub(super) struct Declension(Vec<[String; N_CASES]>);

impl<'de> Deserialize<'de> for Declension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = String::deserialize(deserializer)?;
        Ok(Self(table.lines().filter_map(row).collect()))
    }
}

fn row(line: &str) -> Option<[String; N_CASES]> {
    let ending = |cell: &str| if cell.trim() == "0" { String::new() } else { cell.trim().to_owned() };
    line.split('|').map(ending).collect::<Vec<_>>().try_into().ok()
}

impl Declension {
    /// Every form of `nominative`, by the rows whose nominative ending is the longest that fits.
    pub(super) fn forms(&self, nominative: &str) -> Vec<(String, Cases)> {
        let fitting = self.0.iter().filter_map(|row| Some((row, stem(nominative, row)?)));
        let longest = fitting.clone().map(|(row, _)| row[0].len()).max().unwrap_or(0);
        let mut forms: Vec<(String, Cases)> = vec![(nominative.to_owned(), Cases::NOMINATIVE)];
        for (row, stem) in fitting.filter(|(row, _)| row[0].len() == longest) {
            for (n, ending) in row.iter().enumerate() {
                let form = format!("{stem}{ending}");
                match forms.iter_mut().find(|(known, _)| *known == form) {
                    Some((_, cases)) => *cases = *cases | Cases::nth(n),
                    None => forms.push((form, Cases::nth(n))),
                }
            }
        }
        forms
    }

    /// Whether a row of one ending for all cases fits.
    fn is_undeclined(&self, form: &str) -> bool {
        let is_one =
            |row: &&[String; N_CASES]| !row[0].is_empty() && row.iter().all(|ending| *ending == row[0]);
        self.0.iter().filter(is_one).any(|row| stem(form, row).is_some())
    }

    /// The nominatives that `form`, in one of `cases`, can be a form of: those with the longest ending, and
    /// the form itself where it may be one that is not declined and the ending is short.
    pub(super) fn nominatives(&self, form: &str, cases: Cases) -> Vec<String> {
        let mut best = 0;
        let mut found: Vec<String> = Vec::new();
        let endings = self.0.iter().flat_map(|row| (0..N_CASES).map(move |n| (row, n)));
        for (row, n) in endings.filter(|(_, n)| cases.meets(Cases::nth(*n))) {
            let Some(stem) = form.strip_suffix(row[n].as_str()).filter(|stem| is_stem(stem, &row[0])) else {
                continue;
            };
            if row[n].len() > best {
                best = row[n].len();
                found.clear();
            }
            let nominative = format!("{stem}{}", row[0]);
            if row[n].len() == best && !found.contains(&nominative) {
                found.push(nominative);
            }
        }
        let is_weak = found.is_empty() || best <= LONGEST_WEAK_BYTES;
        if is_weak && self.is_undeclined(form) && !found.iter().any(|known| known == form) {
            found.push(form.to_owned());
        }
        found
    }
}

/// Endings up to this length, two letters, are found at the end of undeclined names too.
const LONGEST_WEAK_BYTES: usize = 4;

fn stem<'a>(nominative: &'a str, row: &[String; N_CASES]) -> Option<&'a str> {
    nominative.strip_suffix(row[0].as_str()).filter(|stem| is_stem(stem, &row[0]))
}

/// Whether `stem` can stand before a nominative's `ending`: without an ending the stem ends in a consonant.
fn is_stem(stem: &str, ending: &str) -> bool {
    stem.chars().count() >= SHORTEST_STEM
        && (!ending.is_empty() || !stem.ends_with(|c| VOWELS_AND_SIGNS.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declension() -> Declension {
        let rows = "ов | ова | ову | ова | овым | ове\nий | ого | ому | ого | им | ом\nу | у | у | у | у | у\n0 | а | у | а | ом | е";
        Declension(rows.lines().filter_map(row).collect())
    }

    #[test]
    fn forms_lead_to_the_nominative_and_back() {
        let back = |form: &str, cases| declension().nominatives(form, cases);
        assert_eq!(back("вельдова", Cases::GENITIVE), ["вельдов"]);
        assert_eq!(back("вельдова", Cases::NOMINATIVE), [""; 0]);
        assert_eq!(back("нагу", Cases::GENITIVE), ["нагу"]);
        assert_eq!(back("нагу", Cases::ALL), ["нагу", "наг"]);
        let forms = declension().forms("вельдов");
        assert!(forms.contains(&("вельдовым".to_owned(), Cases::nth(4))));
    }
}
