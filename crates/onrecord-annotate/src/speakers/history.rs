//! Who spoke and who was named so far: where pronouns look.

use std::collections::BTreeMap;

use onrecord_model::{EntityKind, Quotation, Span, Speaker};

use super::source::Form;
use crate::mentions::{
    reading::Reading,
    roles::Gender,
    words::{Shape, Word},
};

/// What sort of speaker an earlier one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Body,
    Crowd,
}

/// Somebody met earlier.
#[derive(Debug, Clone)]
pub(super) struct Met {
    /// Where, in bytes.
    pub(super) at: usize,
    pub(super) speaker: Speaker,
    pub(super) sort: Sort,
    pub(super) gender: Option<Gender>,
    /// A body by its name, and no word that only may be one.
    pub(super) can_issue: bool,
    /// Spoke there, and was not only named.
    pub(super) spoke: bool,
    /// Spoke inside somebody else's words.
    pub(super) nested: bool,
}

/// Sentences that a pronoun looks back over.
const LOOK_BACK: usize = 12;
/// Words of titles that are looked over before a name.
const LONGEST_LEAD: usize = 6;
/// What a name loses as the one behind a pronoun, where the cue says that somebody goes on speaking.
const NAMED_ONLY: i32 = 60;
/// Words of a title before the name of a subject: "Deputy Prime Minister".
const LONGEST_TITLE: usize = 4;
/// Names and speakers that it looks at.
const MOST_MET: usize = 80;

/// Everybody met so far.
pub(super) struct History<'a> {
    reading: &'a Reading<'a>,
    sentences: &'a [Span],
    /// All contents in order, and by content how far it and those before it reach.
    contents: Vec<Span>,
    reach: Vec<usize>,
    /// By name: whether it stands in somebody's words.
    quoted: Vec<bool>,
    spoken: Vec<Met>,
    /// Whom sentences without a quotation open with, called by a noun.
    subjects: Vec<Met>,
    /// By entity: the gender of the first pronoun that stood for it.
    genders: BTreeMap<u32, Gender>,
}

impl<'a> History<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, sentences: &'a [Span], quotations: &[Quotation]) -> Self {
        let mut contents: Vec<Span> = quotations.iter().flat_map(|q| q.content.iter().copied()).collect();
        contents.sort();
        let longest = contents.iter().scan(0, |reach, content| {
            *reach = content.end().max(*reach);
            Some(*reach)
        });
        let reach = longest.collect();
        let mut history = Self {
            reading,
            sentences,
            contents,
            reach,
            quoted: Vec::new(),
            spoken: Vec::new(),
            subjects: Vec::new(),
            genders: BTreeMap::new(),
        };
        history.quoted =
            reading.names.iter().map(|name| history.is_told(reading.words.span(name.run))).collect();
        history
    }

    /// Whether `span` stands in somebody's words.
    pub(super) fn is_told(&self, span: Span) -> bool {
        let before = self.contents.partition_point(|content| content.start() <= span.start());
        before.checked_sub(1).is_some_and(|last| self.reach[last] > span.start())
    }

    pub(super) fn add(&mut self, met: Met) {
        self.spoken.push(met);
    }

    /// Takes note of a subject that is called by a noun.
    pub(super) fn add_subject(&mut self, met: Met) {
        self.subjects.push(met);
    }

    /// The sentence with this number.
    pub(super) fn sentence(&self, number: usize) -> Option<Span> {
        self.sentences.get(number).copied()
    }

    /// Who spoke last before byte `at`, others' words apart.
    pub(super) fn last_spoken(&self, at: usize) -> Option<&Met> {
        let before = || self.spoken.iter().rev().filter(|met| met.at <= at);
        before().find(|met| !met.nested).or_else(|| before().next())
    }

    /// Who spoke first in the sentence with this number.
    pub(super) fn spoken_in(&self, sentence: usize) -> Option<&Met> {
        let mut near = self.spoken.iter().rev().take(MOST_MET);
        near.rfind(|met| self.sentence_of(met.at) == sentence)
    }

    /// Who spoke last before byte `at` and has one of these words in the name.
    pub(super) fn last_called(&self, nouns: &[String], at: usize) -> Option<&Met> {
        let called = |met: &&Met| {
            let name = met.speaker.name.as_deref().unwrap_or_default().to_lowercase();
            name.split_whitespace().any(|word| nouns.iter().any(|noun| noun == word))
        };
        self.spoken.iter().rev().filter(|met| met.at <= at).take(MOST_MET).find(called)
    }

    pub(super) fn sentence_of(&self, at: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end() <= at)
    }

    /// Who a pronoun of this form at byte `at` stands for.
    pub(super) fn find(&self, form: &Form, at: usize, own: &[Span], goes_on: bool) -> Option<Met> {
        let sentence = self.sentence_of(at);
        let mut best: Option<(i32, Met)> = None;
        let named = self.named_before(at, own);
        for (met, weight) in self.spoken_before(at).chain(named).chain(self.subjects_before(at)) {
            let distance = sentence.saturating_sub(self.sentence_of(met.at));
            let met = Met { gender: met.gender.or(self.learned(&met)), ..met };
            let Some(fit) = fit(form, &met).filter(|_| distance <= LOOK_BACK) else { continue };
            if matches!(form, Form::Company) && !self.is_company(&met) {
                continue;
            }
            let weight = if goes_on && !met.spoke { weight - NAMED_ONLY } else { weight };
            let near = if distance == 0 && !met.spoke { 60 } else { 0 };
            let score = weight + near - fit - 35 * i32::try_from(distance).unwrap_or(i32::MAX / 100);
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, met));
            }
        }
        best.map(|(_, met)| met)
    }

    /// Keeps that a pronoun of this gender stood for `met`.
    pub(super) fn learn(&mut self, met: &Met, gender: Gender) {
        if let Some(entity) = met.speaker.entity {
            self.genders.entry(entity.0).or_insert(gender);
        }
    }

    fn learned(&self, met: &Met) -> Option<Gender> {
        self.genders.get(&met.speaker.entity?.0).copied()
    }

    /// The person whom the words at the start of `own` name, for a pronoun that stands behind them:
    /// "Ana Brandt will stay, she told reporters."
    pub(super) fn named_in_own(&self, form: &Form, at: usize, own: &[Span]) -> Option<Met> {
        let opening = own.first().filter(|content| content.end() <= at)?;
        let words = &self.reading.words;
        let first = self.reading.names.partition_point(|name| words.span(name.run).start() < opening.start());
        let name = self.reading.names.get(first).filter(|name| opening.contains(words.span(name.run)))?;
        let lead = words.within(*opening).0;
        let subject = name.run.0 <= lead + LONGEST_TITLE && !self.is_oblique(name.run);
        let (met, _) = self.named(first, &[]).filter(|_| subject)?;
        fit(form, &met).is_some().then_some(met)
    }

    fn spoken_before(&self, at: usize) -> impl Iterator<Item = (Met, i32)> + '_ {
        let weight = |met: &Met| match (met.nested, met.speaker.entity.is_some() || met.sort != Sort::Person)
        {
            (true, _) => 100,
            (false, true) => 150,
            (false, false) => 130,
        };
        let before = self.spoken.iter().rev().filter(move |met| met.at < at).take(MOST_MET);
        before.map(move |met| (met.clone(), weight(met)))
    }

    fn subjects_before(&self, at: usize) -> impl Iterator<Item = (Met, i32)> + '_ {
        let weight = |met: &Met| match (met.nested, met.speaker.entity.is_some()) {
            (true, _) => 20,
            (false, true) => 130,
            (false, false) => 80,
        };
        let before = self.subjects.iter().rev().filter(move |met| met.at < at).take(MOST_MET);
        before.map(move |met| (met.clone(), weight(met)))
    }

    fn named_before<'b>(&'b self, at: usize, own: &'b [Span]) -> impl Iterator<Item = (Met, i32)> + 'b {
        let words = &self.reading.words;
        let end = self.reading.names.partition_point(|name| words.span(name.run).start() < at);
        (end.saturating_sub(MOST_MET)..end).rev().filter_map(move |index| self.named(index, own))
    }

    fn named(&self, index: usize, own: &[Span]) -> Option<(Met, i32)> {
        let name = &self.reading.names[index];
        let span = self.reading.words.span(name.run);
        if own.iter().any(|content| content.contains(span)) {
            return None;
        }
        let entity = self.reading.entity_of[index];
        let part = &self.reading.cast[entity];
        let sort = match part.local.kind {
            EntityKind::Person => Sort::Person,
            EntityKind::Organisation | EntityKind::State => Sort::Body,
            _ => return None,
        };
        let weight = if self.quoted[index] {
            20
        } else if self.is_oblique(name.run) {
            60
        } else if self.is_subject(name.run) {
            130
        } else {
            100
        };
        let speaker = super::resolve::of_cast(self.reading, &[entity]);
        Some((
            Met {
                at: span.start(),
                speaker,
                sort,
                gender: part.gender,
                can_issue: self.is_body(entity),
                spoke: false,
                nested: false,
            },
            weight,
        ))
    }

    /// A body of the cast that is no part of another.
    fn is_company(&self, met: &Met) -> bool {
        let part = met.speaker.entity.and_then(|entity| self.reading.cast.get(entity.0 as usize));
        part.is_some_and(|part| {
            let last = part.local.name.split_whitespace().last().unwrap_or_default().to_lowercase();
            part.local.kind == EntityKind::Organisation && !self.reading.lexicon.inner_bodies.has(&last)
        })
    }

    fn is_body(&self, entity: usize) -> bool {
        let local = &self.reading.cast[entity].local;
        let body = |word: &str| {
            self.reading.lexicon.body_nouns.has(&word.to_lowercase())
                || word.len() > 1 && word.chars().all(char::is_uppercase)
        };
        local.kind == EntityKind::Organisation && local.name.split_whitespace().any(body)
    }

    /// After a preposition, or as an owner: seldom what a pronoun goes on with.
    fn is_oblique(&self, (from, to): (usize, usize)) -> bool {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let owns = words.get(to).is_some_and(|word| word.shape == Shape::Possessive);
        let linked =
            |word: &Word| lexicon.place_prepositions.has(&word.low) || lexicon.oblique_links.has(&word.low);
        owns || words.before(self.lead_start(from), 1).is_some_and(linked)
    }

    /// The first name of its sentence, with nothing but titles before it.
    fn is_subject(&self, (from, to): (usize, usize)) -> bool {
        let words = &self.reading.words;
        let start = self.lead_start(from);
        let opens = words.get(start).is_some_and(|word| word.opens)
            || words
                .before(start, 1)
                .is_some_and(|word| self.reading.lexicon.determiners.has(&word.low) && word.opens);
        opens && !self.is_oblique((from, to))
    }

    /// Where the titles and roles before the name that starts at `from` begin.
    fn lead_start(&self, from: usize) -> usize {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let mut before = from;
        for _ in 0..LONGEST_LEAD {
            let Some(word) = words.before(before, 1).filter(|_| words.same_line(before - 1, before)) else {
                break;
            };
            let lead = lexicon.is_title(&word.low)
                || lexicon.is_role(&word.low)
                || lexicon.role_modifiers.has(&word.low)
                || word.is_capital() && !word.opens;
            if !lead {
                break;
            }
            before -= 1;
        }
        before
    }
}

/// How badly `met` fits the pronoun, lower is better; `None` where it does not.
fn fit(form: &Form, met: &Met) -> Option<i32> {
    match form {
        Form::One(gender) => match (gender, met.gender) {
            _ if met.sort != Sort::Person => None,
            (Some(wanted), Some(known)) if *wanted != known => None,
            (Some(_), None) => Some(15),
            _ => Some(0),
        },
        Form::It | Form::Company => (met.sort == Sort::Body).then_some(0),
        Form::Issuer => (met.sort == Sort::Body && (met.spoke || met.can_issue)).then_some(0),
        Form::They => match met.sort {
            Sort::Crowd => Some(0),
            Sort::Body => Some(40),
            Sort::Person => None,
        },
        _ => None,
    }
}
