//! The types of `events.toml`: verbs and what they tell.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::lang::{self, Packs};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| {
    lang::parse::<Raw>(|files| files.events).into_iter().map(|(tag, raw)| (tag, raw.build())).collect()
});

/// What a verb tells where its object fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// Heads of the object or words after the verb; empty where the object is the other actor.
    pub(super) heads: Vec<String>,
    pub(super) class: String,
    pub(super) code: Option<String>,
}

/// The data of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    verbs: HashMap<String, Vec<Rule>>,
    pub(super) sides: HashSet<String>,
    pub(super) places: HashSet<String>,
    pub(super) by: HashSet<String>,
    pub(super) be: HashSet<String>,
    pub(super) auxiliary_do: HashSet<String>,
    pub(super) have: HashSet<String>,
    pub(super) negations: HashSet<String>,
    pub(super) conditions: HashSet<String>,
}

impl Lexicon {
    /// The rules of a verb's form, in lower case.
    pub(super) fn rules(&self, low: &str) -> &[Rule] {
        self.verbs.get(low).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug, Deserialize)]
struct Raw {
    verbs: String,
    sides: String,
    places: String,
    by: String,
    be: String,
    #[serde(rename = "do")]
    auxiliary_do: String,
    have: String,
    negations: String,
    conditions: String,
}

fn list(words: &str) -> impl Iterator<Item = String> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned)
}

impl Raw {
    fn build(self) -> Lexicon {
        let mut verbs: HashMap<String, Vec<Rule>> = HashMap::new();
        for (forms, rule) in self.verbs.lines().filter_map(rule) {
            for form in forms.split_whitespace() {
                verbs.entry(form.to_owned()).or_default().push(rule.clone());
            }
        }
        Lexicon {
            verbs,
            sides: list(&self.sides).collect(),
            places: list(&self.places).collect(),
            by: list(&self.by).collect(),
            be: list(&self.be).collect(),
            auxiliary_do: list(&self.auxiliary_do).collect(),
            have: list(&self.have).collect(),
            negations: list(&self.negations).collect(),
            conditions: list(&self.conditions).collect(),
        }
    }
}

/// "forms + heads = TYPE code"
fn rule(line: &str) -> Option<(&str, Rule)> {
    let (left, right) = line.split_once('=')?;
    let (forms, heads) = left.split_once('+').unwrap_or((left, ""));
    let mut named = right.split_whitespace();
    let class = named.next()?.to_owned();
    Some((forms, Rule { heads: list(heads).collect(), class, code: named.next().map(str::to_owned) }))
}
