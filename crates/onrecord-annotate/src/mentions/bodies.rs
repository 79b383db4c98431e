//! Joins the names of one body, state, place, text or event: spellings, acronyms and short forms.

use std::collections::BTreeMap;

use onrecord_model::EntityKind;

use super::{
    keys::name_key,
    lexicon::Lexicon,
    names::Name,
    words::{Run, Shape, Words},
};

/// The most different names that short forms are compared with.
const MOST_COMPARED: usize = 400;

/// Puts the names of one thing into one group; persons are left alone.
pub(super) fn join(words: &Words<'_>, lexicon: &Lexicon, names: &[Name], groups: &mut [usize]) {
    let mut joiner = Joiner { words, lexicon, names, first: BTreeMap::new(), order: Vec::new() };
    for at in 0..names.len() {
        if names[at].kind != EntityKind::Person {
            groups[at] = joiner.same_name(at);
        }
    }
    let short = joiner.short_forms();
    for (at, group) in groups.iter_mut().enumerate() {
        if names[at].kind != EntityKind::Person {
            *group = top(&short, *group);
        }
    }
}

/// Follows short forms to the full name.
fn top(short: &BTreeMap<usize, usize>, mut group: usize) -> usize {
    for _ in 0..4 {
        match short.get(&group) {
            Some(full) if *full != group => group = *full,
            _ => break,
        }
    }
    group
}

struct Joiner<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    names: &'a [Name],
    /// By kind and plain spelling, the first name.
    first: BTreeMap<(EntityKind, String), usize>,
    /// The first name of every spelling, in order.
    order: Vec<usize>,
}

impl Joiner<'_> {
    fn same_name(&mut self, at: usize) -> usize {
        let kind = self.names[at].kind;
        let phrase = self.words.phrase(self.names[at].run);
        let plain = match self.lexicon.states.get(&phrase) {
            Some(state) => state.to_lowercase(),
            None => self.content(at).iter().map(|low| name_key(low)).collect::<Vec<_>>().join(" "),
        };
        let order = &mut self.order;
        *self.first.entry((kind, plain)).or_insert_with(|| {
            order.push(at);
            at
        })
    }

    /// The words of a name without articles and legal forms.
    fn content(&self, at: usize) -> Vec<&str> {
        let run = self.words.run(self.names[at].run);
        let heavy = run
            .iter()
            .filter(|word| word.is_word() || word.shape == Shape::Number)
            .map(|word| word.low.as_str())
            .filter(|low| *low != "the" && !self.lexicon.body_suffixes.has(low.trim_end_matches('.')));
        let words: Vec<&str> = heavy.collect();
        if words.is_empty() { run.iter().map(|word| word.low.as_str()).collect() } else { words }
    }

    /// From a short name to the full one.
    fn short_forms(&self) -> BTreeMap<usize, usize> {
        let mut short = BTreeMap::new();
        for &at in self.order.iter().take(MOST_COMPARED) {
            if let Some(full) = self.full_name_of(at) {
                short.insert(at, full);
            }
        }
        short
    }

    fn full_name_of(&self, at: usize) -> Option<usize> {
        if self.lexicon.states.contains_key(&self.words.phrase(self.names[at].run)) {
            return None;
        }
        let others = || self.order.iter().copied().take(MOST_COMPARED).filter(|other| *other != at);
        self.in_brackets(at)
            .or_else(|| others().find(|other| self.is_acronym_of(at, *other)))
            .or_else(|| others().find(|other| self.is_part_of(at, *other)))
    }

    /// "Crop Relief Fund (CRF)": the name before the bracket.
    fn in_brackets(&self, at: usize) -> Option<usize> {
        let (from, to) = self.names[at].run;
        let name = at.checked_sub(1)?;
        let before: Run = self.names[name].run;
        let bracketed = self.words.low(before.1) == "(" && before.1 + 1 == from && self.words.low(to) == ")";
        let capitals =
            to - from == 1 && self.words.get(from).is_some_and(|word| word.shape == Shape::AllCaps);
        let starts_same = self.words.low(before.0).chars().next() == self.words.low(from).chars().next()
            || self.initials(name).starts_with(
                &self.words.low(from)[..self.words.low(from).chars().next().map_or(0, char::len_utf8)],
            );
        let first = self.first_of(name)?;
        (bracketed
            && capitals
            && before.1 - before.0 > 1
            && starts_same
            && self.names[name].kind != EntityKind::Person)
            .then_some(first)
    }

    fn first_of(&self, at: usize) -> Option<usize> {
        let phrase = self.words.phrase(self.names[at].run);
        self.order
            .iter()
            .take(MOST_COMPARED)
            .copied()
            .find(|other| self.words.phrase(self.names[*other].run) == phrase)
    }

    fn initials(&self, at: usize) -> String {
        let run = self.words.run(self.names[at].run);
        run.iter()
            .filter(|word| word.is_capital())
            .flat_map(|word| {
                word.low.split(['-', '.']).filter_map(|part| part.chars().next()).collect::<Vec<_>>()
            })
            .collect()
    }

    fn is_acronym_of(&self, at: usize, other: usize) -> bool {
        let (from, to) = self.names[at].run;
        let Some(word) = self.words.get(from).filter(|word| word.shape == Shape::AllCaps && to - from == 1)
        else {
            return false;
        };
        let letters: String = word.low.chars().filter(|c| c.is_alphanumeric()).collect();
        let run = self.names[other].run;
        letters.chars().count() >= 2 && run.1 - run.0 >= 2 && self.initials(other) == letters
    }

    /// "Boeing" of "Boeing Company", "Defence Ministry" of "Norvanian Defence Ministry", "Commission" of "Tesk River Commission".
    fn is_part_of(&self, at: usize, other: usize) -> bool {
        let (short, long) = (self.content(at), self.content(other));
        let bodies =
            self.names[at].kind == self.names[other].kind && self.names[at].kind == EntityKind::Organisation;
        if !bodies || short.len() >= long.len() {
            return false;
        }
        let nouns = short.iter().all(|low| self.lexicon.body_nouns.has(low));
        let starts = long.starts_with(&short) && !nouns;
        let ends =
            long.ends_with(&short) && (nouns || short.iter().any(|low| self.lexicon.body_nouns.has(low)));
        let led = long.first() == short.first()
            && nouns
            && short.len() == 1
            && matches!(long.get(1), Some(&"of" | &"for"));
        let head = long.iter().position(|low| matches!(*low, "of" | "for")).unwrap_or(long.len());
        let heads = nouns && long[..head].ends_with(&short);
        let last = short.len() == 1
            && long.len() > 2
            && long[long.len() - 2] == "of"
            && long.last() == short.first();
        starts || ends || led || heads || last
    }
}
