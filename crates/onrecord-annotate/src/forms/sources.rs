//! The words that name who speaks, beside a cue.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    endings::Cases,
    mentions::{Head, Name, Reading},
    words::Phrases,
};
use crate::lang::{self, FormFiles, List, Packs};
use onrecord_model::EntityKind;

/// A run of tokens, end exclusive.
pub(super) type Run = (usize, usize);

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| lang::read_forms(Lexicon::read));

/// The words that report, and what may stand around them.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// To whether the verb reports quoted words only.
    verbs: HashMap<String, bool>,
    pub(super) according: Phrases<()>,
    pub(super) own_words: Phrases<()>,
    inserts: Phrases<()>,
    pub(super) lists: Lists,
}

/// Lists that are asked as they stand.
#[derive(Debug, Deserialize)]
pub(super) struct Lists {
    verbs: String,
    quote_verbs: String,
    pub(super) passives: List,
    according: String,
    own_words: String,
    pub(super) possessives_he: List,
    pub(super) possessives_she: List,
    pub(super) possessives_they: List,
    pub(super) as_words: List,
    pub(super) that: List,
    inserts: String,
    pub(super) addressees: List,
    pub(super) documents: List,
    pub(super) in_words: List,
    pub(super) clause_words: List,
}

impl Lexicon {
    fn read(files: &FormFiles) -> Result<Self, toml::de::Error> {
        let lists: Lists = toml::from_str(files.quotations)?;
        let mut verbs: HashMap<String, bool> = forms(&lists.quote_verbs).map(|form| (form, true)).collect();
        verbs.extend(forms(&lists.verbs).map(|form| (form, false)));
        Ok(Self {
            verbs,
            according: Phrases::of(&lists.according, ()),
            own_words: Phrases::of(&lists.own_words, ()),
            inserts: Phrases::of(&lists.inserts, ()),
            lists,
        })
    }

    /// Whether `low` reports; `Some(true)` where it reports quoted words only.
    pub(super) fn verb(&self, low: &str) -> Option<bool> {
        self.verbs.get(low).copied()
    }
}

/// "stem: endings" a line; 0 is no ending.
fn forms(lines: &str) -> impl Iterator<Item = String> {
    lines.lines().filter_map(|line| line.split_once(": ")).flat_map(|(stem, endings)| {
        endings.split(' ').map(move |ending| format!("{stem}{}", if ending == "0" { "" } else { ending }))
    })
}

/// How far behind its cue a source is looked for, in tokens.
const REACH: usize = 14;
/// The same before it.
const REACH_BEFORE: usize = 24;

/// Finds sources.
pub(super) struct SourceReader<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl SourceReader<'_> {
    fn low(&self, i: usize) -> &str {
        self.reading.words.low(i)
    }

    pub(super) fn is_pronoun(&self, i: usize) -> bool {
        let words = &self.reading.lexicon.words;
        words.he.has(self.low(i)) || words.she.has(self.low(i)) || words.they.has(self.low(i))
    }

    /// One past the inserted words at `i`.
    pub(super) fn skip_inserts(&self, mut i: usize, end: usize) -> usize {
        while let Some((to, ())) =
            self.lexicon.inserts.at(&self.reading.words, i).filter(|(to, ())| *to <= end)
        {
            i = to;
        }
        i
    }

    /// The source behind a cue: from token `i`, before `end`.
    pub(super) fn after(&self, i: usize, end: usize) -> Option<Run> {
        let first = self.skip_inserts(i, end);
        let direct = self.phrase(first, Cases::NOMINATIVE);
        let named = |run: Run| self.is_person_or_role(run);
        if let Some(run) = direct.filter(|run| named(*run) && run.1 <= end) {
            return Some(run);
        }
        if let Some(run) = self.body_in(first, end) {
            return Some(run);
        }
        let later = (first..end.min(first + REACH))
            .take_while(|&at| !self.is_clause_mark(at))
            .filter_map(|at| self.phrase(at, Cases::NOMINATIVE))
            .find(|run| named(*run) && run.1 <= end);
        // A body in between may be who is told: "сообщил агентству".
        later
            .filter(|_| direct.is_none_or(|run| self.is_name_of_body(run)))
            .or(direct.filter(|run| run.1 <= end))
    }

    fn is_clause_mark(&self, i: usize) -> bool {
        let words = &self.reading.words;
        words.is_edge(i)
            || words.is_mark(i, &[",", ".", ";", ":", "!", "?", "…", "(", ")"])
            || words.is_dash(i)
            || self.lexicon.lists.that.has(self.low(i))
            || self.lexicon.lists.clause_words.has(self.low(i))
    }

    fn is_person_or_role(&self, (from, to): Run) -> bool {
        let person = |name: &Name| name.kind == EntityKind::Person;
        self.is_pronoun(from)
            || self.reading.name_before(to).is_some_and(person)
            || self.reading.description_at(from).is_some_and(|found| found.head != Head::Body)
    }

    fn is_name_of_body(&self, (from, to): Run) -> bool {
        self.reading.name_at(from).is_some_and(|name| name.to == to && name.kind == EntityKind::Organisation)
    }

    /// "сообщили в министерстве": the body is the source.
    fn body_in(&self, i: usize, end: usize) -> Option<Run> {
        if !self.lexicon.lists.in_words.has(self.low(i)) {
            return None;
        }
        let body = self
            .reading
            .description_at(i + 1)
            .filter(|found| found.head == Head::Body)
            .map(|found| (found.from, found.to));
        let name = || {
            let name = self.reading.name_at(i + 1).filter(|name| name.kind == EntityKind::Organisation)?;
            Some((name.from, name.to))
        };
        let run = body.or_else(name).filter(|run| run.1 <= end)?;
        // Behind "в" a person may follow who speaks there: then it is a place.
        let person = (run.1..end.min(run.1 + REACH))
            .take_while(|&at| !self.is_clause_mark(at))
            .any(|at| self.phrase(at, Cases::NOMINATIVE).is_some_and(|run| self.is_person_or_role(run)));
        (!person).then_some(run)
    }

    /// The description, name or pronoun that starts at token `i`, in one of `cases`.
    pub(super) fn phrase(&self, i: usize, cases: Cases) -> Option<Run> {
        if self.is_pronoun(i) {
            return cases.meets(Cases::NOMINATIVE).then_some((i, i + 1));
        }
        if let Some(found) = self.reading.description_at(i) {
            let speaks = |name: &&Name| !cases.meets(Cases::NOMINATIVE) || name.nominative;
            let person =
                self.reading.name_at(found.to).filter(|name| name.kind == EntityKind::Person).filter(speaks);
            let quoted = || self.quoted_name(found.to).filter(|_| found.head == Head::Body);
            let to = person.map(|name| name.to).or_else(quoted).unwrap_or(found.to);
            return found.cases.meets(cases).then_some((i, to));
        }
        let name = self.reading.name_at(i)?;
        let can_speak =
            matches!(name.kind, EntityKind::Person | EntityKind::Organisation | EntityKind::State);
        let nominative = !cases.meets(Cases::NOMINATIVE) || name.nominative;
        (can_speak && nominative).then_some((name.from, name.to))
    }

    /// One past the closing mark of «Вельд» in "компания «Вельд»".
    fn quoted_name(&self, open: usize) -> Option<usize> {
        let name = self.reading.name_at(open + 1).filter(|name| name.kind == EntityKind::Organisation)?;
        let marks = self.reading.words.is_mark(open, &["«", "„", "“", "\""])
            && self.reading.words.is_mark(name.to, &["»", "“", "”", "\""]);
        marks.then_some(name.to + 1)
    }

    /// The source before a cue: ends before token `end`, not before `start`.
    pub(super) fn before(&self, end: usize, start: usize) -> Option<Run> {
        let mut end = end;
        while let Some(at) = (start..end).find(|&at| self.skip_inserts(at, end) == end) {
            end = at;
        }
        if end > start && self.reading.words.is_mark(end - 1, &[","]) {
            let opening = (start..end - 1)
                .rev()
                .take(REACH_BEFORE)
                .find(|&at| self.reading.words.is_mark(at, &[","]))?;
            return self.before_directly(opening, start).or_else(|| self.whole((start, end)));
        }
        self.before_directly(end, start).or_else(|| self.at_start(start, end))
    }

    fn before_directly(&self, end: usize, start: usize) -> Option<Run> {
        let from = (start..end).rev().take(REACH_BEFORE);
        let mut runs = from.filter_map(|at| self.phrase(at, Cases::NOMINATIVE)).filter(|run| run.1 == end);
        let shortest = runs.next()?;
        // "министр обороны Вельды" ends with a name, and is about its minister.
        Some(runs.take_while(|run| run.1 == end).last().unwrap_or(shortest))
    }

    /// A subject that opens the sentence, with words about the occasion before the cue: "Министр на встрече в Вельде заявил".
    fn at_start(&self, start: usize, end: usize) -> Option<Run> {
        let run = self.phrase(start, Cases::NOMINATIVE).filter(|run| run.1 <= end && end - run.1 <= REACH)?;
        let plain =
            (run.1..end).all(|at| !self.is_clause_mark(at) && self.lexicon.verb(self.low(at)).is_none());
        let prepositional = self.lexicon.lists.in_words.has(self.low(run.1))
            || self.reading.lexicon.words.role_links.has(self.low(run.1));
        (plain && prepositional).then_some(run)
    }

    /// The run that is all of `(start, end)`.
    fn whole(&self, (start, end): Run) -> Option<Run> {
        self.phrase(start, Cases::NOMINATIVE).filter(|run| run.1 == end)
    }

    /// The source in the genitive behind "по словам".
    pub(super) fn genitive(&self, i: usize, end: usize) -> Option<Run> {
        let run = self.phrase(i, Cases::GENITIVE).filter(|run| run.1 <= end)?;
        Some(run)
    }
}
