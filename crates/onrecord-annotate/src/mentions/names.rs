//! Reads runs of capitalised words as names, and cuts titles and bodies off persons.

use std::collections::HashSet;

use onrecord_model::{Article, EntityKind};

use super::{
    chunks::chunks,
    headlines::add_title_names,
    keys::name_key,
    lexicon::Lexicon,
    roles::RoleReader,
    seen::Seen,
    words::{Run, Shape, Word, Words},
};

/// A name and what it names.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// Its words, titles left out.
    pub(crate) run: Run,
    /// What it names.
    pub(crate) kind: EntityKind,
    /// A title, a given name, a list or the noun of a body says so.
    pub(crate) is_sure: bool,
}

/// Every name in `words`, in reading order.
pub(crate) fn names(article: &Article, words: &Words<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let chunks = chunks(words, lexicon);
    let mut reader = NameReader {
        words,
        lexicon,
        roles: RoleReader { words, lexicon },
        seen: Seen::read(article, words, &chunks, lexicon),
        sure_only: true,
        found: Vec::new(),
    };
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    reader.learn_persons();
    let sure_surnames = reader.seen.surnames.clone();
    reader.sure_only = false;
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    reader.learn_persons();
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    let mut found = std::mem::take(&mut reader.found);
    for name in &mut found {
        name.is_sure = reader.is_sure(name, &sure_surnames);
    }
    add_title_names(words, lexicon, &mut found);
    found.sort_by_key(|name| name.run);
    found
}

pub(super) fn joined(words: &Words<'_>, run: Run) -> String {
    words.run(run).iter().map(|word| word.low.as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) struct NameReader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) roles: RoleReader<'a>,
    pub(super) seen: Seen,
    /// First pass: persons told by a title, a given name or initials only.
    pub(super) sure_only: bool,
    pub(super) found: Vec<Name>,
}

impl NameReader<'_> {
    pub(super) fn low(&self, i: usize) -> &str {
        self.words.low(i)
    }

    pub(super) fn push(&mut self, run: Run, kind: EntityKind) {
        if run.0 < run.1 {
            self.found.push(Name { run, kind, is_sure: false });
        }
    }

    /// Whether a title, a given name, a list or the noun of a body tells what is named.
    fn is_sure(&self, name: &Name, sure_surnames: &HashSet<String>) -> bool {
        let (from, _) = name.run;
        let phrase = joined(self.words, name.run);
        match name.kind {
            EntityKind::Person => {
                let titled = self.words.before(from, 1).is_some_and(|word| {
                    self.words.same_line(from - 1, from)
                        && (self.lexicon.is_title(&word.low) || self.lexicon.is_role(&word.low))
                });
                titled
                    || self.is_sure_person(name.run)
                    || sure_surnames.contains(self.low(self.surname_at(name.run)))
            }
            EntityKind::Organisation => self.has_body(name.run),
            EntityKind::State => self.lexicon.states.contains_key(&phrase),
            EntityKind::Place => {
                self.lexicon.places.has(&phrase) || self.lexicon.capitals.contains_key(&phrase)
            }
            EntityKind::Document | EntityKind::Event => true,
        }
    }

    /// Surnames of the sure persons make the same words names of persons elsewhere.
    pub(super) fn learn_persons(&mut self) {
        for name in std::mem::take(&mut self.found) {
            if name.kind == EntityKind::Person {
                if name.run.1 - name.run.0 > 1 && self.lexicon.is_given_name(self.low(name.run.0)) {
                    self.seen.given.insert(self.low(name.run.0).to_owned());
                }
                let last = self.surname_at(name.run);
                let low = self.low(last).to_owned();
                if !self.lexicon.states.contains_key(&low) && low.chars().count() > 1 {
                    self.seen.surname_keys.insert(name_key(&low));
                    self.seen.surnames.insert(low);
                }
            } else if name.kind == EntityKind::Organisation {
                self.seen.bodies.insert(joined(self.words, name.run));
            }
        }
    }

    /// The last word of a person's name that is no suffix.
    pub(super) fn surname_at(&self, (from, to): Run) -> usize {
        (from..to).rev().find(|i| !self.lexicon.name_suffixes.has(self.low(*i))).unwrap_or(from)
    }

    pub(super) fn read(&mut self, (from, to): Run) {
        if let Some(vote) = self.vote((from, to)) {
            self.push(vote, EntityKind::Event);
            return;
        }
        if let Some(cut) = self.split_at((from, to)) {
            self.read((from, cut));
            self.read((cut, to));
            return;
        }
        let Some(head) = self.title_at((from, to)) else {
            self.read_plain((from, to));
            return;
        };
        if matches!(self.low(head + 1), "of" | "for" | "on" | "and") {
            self.read_complement((from, to), head);
            return;
        }
        self.read_left((from, head));
        if head + 1 < to {
            self.read_person((head + 1, to));
        }
    }

    /// The last role noun or honorific that is followed by more of the chunk, or ends it.
    pub(super) fn title_at(&self, (from, to): Run) -> Option<usize> {
        let role = |i: &usize| {
            let low = self.low(*i);
            let next = self.low(i + 1);
            let names_body = i + 1 < to
                && (self.lexicon.body_nouns.has(next)
                    || self.lexicon.body_suffixes.has(next)
                    || self.lexicon.place_nouns.has(next));
            (self.lexicon.is_title(low) || self.lexicon.is_role(low))
                && !names_body
                && !self.is_surname_position(*i, (from, to))
        };
        let first_of = (from..to).find(|i| role(i) && matches!(self.low(i + 1), "of" | "for") && i + 2 < to);
        first_of.or_else(|| (from..to).rev().find(role))
    }

    /// "Martin King": a role noun in the place of a surname.
    pub(super) fn is_surname_position(&self, i: usize, (from, to): Run) -> bool {
        i + 1 == to
            && i > from
            && self.lexicon.is_given_name(self.low(from))
            && !self.lexicon.is_title(self.low(i))
            || i == from
                && to - from > 1
                && self
                    .words
                    .get(i)
                    .is_some_and(|word| word.shape == Shape::AllCaps && word.low.chars().count() > 3)
    }

    /// "Ford Motor Company" before "CEO": a body, a state or a place once the adjectives are gone.
    pub(super) fn read_left(&mut self, (from, to): Run) {
        let mut end = to;
        let names_body = |at: usize| {
            self.lexicon.body_nouns.has(self.low(at)) && at > from && !self.is_role_material(at - 1)
        };
        while end > from && self.is_role_material(end - 1) && !names_body(end - 1) {
            end -= 1;
        }
        let mut start = from;
        while start < end && self.lexicon.adjectives.contains_key(self.low(start)) {
            start += 1;
        }
        if start < end {
            self.read_plain((start, end));
        }
    }

    pub(super) fn is_role_material(&self, i: usize) -> bool {
        let low = self.low(i);
        self.lexicon.role_modifiers.has(low)
            || self.lexicon.is_role(low)
            || self.lexicon.is_title(low)
            || self.lexicon.adjectives.contains_key(low)
            || matches!(low, "of" | "for" | "the" | "and" | "affairs")
    }

    pub(super) fn read_person(&mut self, run: Run) {
        let (mut from, mut to) = run;
        while from < to && (self.lexicon.is_title(self.low(from)) || self.lexicon.is_role(self.low(from))) {
            from += 1;
        }
        if let Some(link) = (from..to).find(|i| matches!(self.low(*i), "of" | "for" | "on" | "and" | "&")) {
            self.read_plain_tail((link + 1, to));
            to = link;
        }
        let named = from < to
            && !(from..to).any(|i| {
                self.lexicon.body_nouns.has(self.low(i)) && !self.lexicon.is_given_name(self.low(from))
            });
        if named && to - from <= 5 {
            self.push((from, to), EntityKind::Person);
        } else if from < to {
            self.read_plain((from, to));
        }
    }

    pub(super) fn read_plain_tail(&mut self, (from, to): Run) {
        let start = if self.low(from) == "the" { from + 1 } else { from };
        if start < to {
            self.read_plain((start, to));
        }
    }

    /// "Minister of Foreign Affairs of the Republic of Norvania Roman Orlov".
    pub(super) fn read_complement(&mut self, (from, to): Run, head: usize) {
        self.read_left((from, head));
        let name = self.person_after_complement(head + 1, to);
        let end = name.unwrap_or(to);
        self.read_complement_names((head + 1, end));
        if let Some(name) = name {
            self.push((name, to), EntityKind::Person);
        }
    }

    /// Where a person's name starts after the complement of a role.
    pub(super) fn person_after_complement(&self, from: usize, to: usize) -> Option<usize> {
        let last_link =
            (from..to).rev().find(|i| matches!(self.low(*i), "of" | "for" | "on" | "and" | "the"))?;
        let segment = last_link + 1;
        if let Some((_, taken)) = self.roles.state_at(segment, to) {
            return (segment + taken < to).then_some(segment + taken);
        }
        let given = (segment + 1..to).find(|i| self.lexicon.is_given_name(self.low(*i)) && i + 1 < to);
        if given.is_some() {
            return given;
        }
        let material = (segment..to)
            .take_while(|i| self.is_role_material(*i) || self.lexicon.body_nouns.has(self.low(*i)))
            .count();
        if material > 0 {
            return (segment + material < to).then_some(segment + material);
        }
        let known_last = self.seen.surnames.contains(self.low(to - 1)) && to - segment > 1;
        match to - segment {
            3.. => Some(to - 2),
            2 if known_last => Some(to - 1),
            _ => None,
        }
    }

    /// "Foreign Affairs of the Republic of Norvania": the state or body at its end.
    pub(super) fn read_complement_names(&mut self, (from, to): Run) {
        let start = (from..to).find(|i| self.words.get(*i).is_some_and(Word::is_capital));
        let Some(start) = start else { return };
        if (start..to).any(|i| {
            self.lexicon.body_nouns.has(self.low(i)) && !self.lexicon.role_modifiers.has(self.low(i))
        }) {
            self.read_plain((start, to));
            return;
        }
        let last =
            (start..to).rev().find(|i| matches!(self.low(*i), "of" | "the" | "for")).map_or(start, |i| i + 1);
        if last < to && !(last..to).all(|i| self.is_role_material(i)) {
            let kind = self.kind((last, to)).unwrap_or(EntityKind::State);
            let person = kind == EntityKind::Person || kind == EntityKind::Organisation && to - last == 1;
            self.push((last, to), if person { EntityKind::State } else { kind });
        }
    }

    pub(super) fn read_plain(&mut self, (mut from, to): Run) {
        let creed = to - from > 2
            && self.lexicon.creeds.has(self.low(from))
            && self.lexicon.is_given_name(self.low(from + 1));
        let opener = to - from == 2
            && self.words.get(from).is_some_and(|word| word.opens)
            && self.lexicon.any_company.has(self.low(from));
        if opener {
            self.read((from + 1, to));
            return;
        }
        if to - from > 1 && (self.is_adjective(from) || creed) && !self.keeps_adjective((from, to)) {
            from += 1;
            self.read((from, to));
            return;
        }
        if self.sure_only {
            if self.is_sure_person((from, to)) {
                self.push((from, to), EntityKind::Person);
            } else if self.has_body((from, to)) {
                self.push((from, to), EntityKind::Organisation);
            }
            return;
        }
        if let Some(kind) = self.kind((from, to)) {
            self.push((from, to), kind);
        }
    }
}
