//! Subjects without a name, for the pronouns that go on with them: "The harbour minister was away. He had warned".

use onrecord_model::{Quotation, Span, Speaker};

use super::Resolver;
use crate::{
    mentions::{
        roles::{Gender, Role},
        words::{Run, Shape},
    },
    speakers::{
        history::{Met, Sort},
        source::Form,
    },
};

/// Sentences before a pronoun whose subjects it can go on with.
const NEAR: usize = 2;
/// Words of a subject.
const LONGEST: usize = 8;

impl Resolver<'_> {
    /// Takes note of the subjects of the sentences right before byte `at`.
    pub(super) fn meet_subjects(&mut self, at: usize, quotation: &Quotation) {
        let here = self.history.sentence_of(at);
        for number in here.saturating_sub(NEAR).max(self.unasked)..=here {
            let Some(run) = self.history.sentence(number).and_then(|sentence| self.subject(sentence)) else {
                continue;
            };
            if self.reading.words.span(run).end() < at {
                self.meet(run, quotation);
            }
        }
        self.unasked = self.unasked.max(here);
    }

    /// The definite noun phrase that a sentence opens with, if it holds no name.
    fn subject(&self, sentence: Span) -> Option<Run> {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let (mut from, end) = words.within(sentence);
        while from < end && words.get(from).is_some_and(|word| word.shape == Shape::Mark) {
            from += 1;
        }
        if !lexicon.definite_articles.has(words.low(from)) {
            return None;
        }
        let inside = |i: usize| {
            words.get(i).is_some_and(|word| {
                let low = word.low.as_str();
                word.shape == Shape::Possessive
                    || word.is_word()
                        && (word.is_capital()
                            || !lexicon.is_common_word(low)
                            || lexicon.is_role(low)
                            || lexicon.text_nouns.has(low)
                            || lexicon.body_nouns.has(low)
                            || lexicon.role_modifiers.has(low))
            })
        };
        let mut to = from + 1;
        while to < end.min(from + LONGEST) && words.same_line(from, to) && inside(to) {
            to += 1;
        }
        // The noun is the last word that says what somebody is: a verb may be an unknown word, too.
        let is_noun = |i: &usize| {
            let low = words.low(*i);
            lexicon.is_role(low) || lexicon.text_nouns.has(low) || lexicon.body_nouns.has(low)
        };
        let noun = (from + 1..to).rev().find(is_noun)?;
        let name = self.reading.names.partition_point(|name| name.run.1 <= from);
        let named = self.reading.names.get(name).is_some_and(|name| name.run.0 <= noun + 1);
        (!named).then_some((from, noun + 1))
    }

    /// The person whose printed role this is, or somebody called as printed: a subject does not go on with whoever
    /// spoke last.
    fn bearer(&self, role: &Role, run: Run) -> (Speaker, Sort, Option<Gender>) {
        let known =
            self.describer.person_before(role, run.0).or_else(|| self.describer.person_after(role, run.0));
        let Some(entity) = known else { return self.printed(run) };
        let name = &self.reading.cast[entity].local.name;
        let how = format!("{} → {name}, who has that role here", self.words_of(run));
        self.chain(&[entity], "speaker.role", how)
    }

    fn meet(&mut self, run: Run, quotation: &Quotation) {
        let form = self.reader.form(run);
        let is_body = matches!(form, Form::Body(_));
        if !matches!(&form, Form::Text(_) | Form::Body(_) | Form::Described(_)) {
            return;
        }
        if matches!(&form, Form::Described(role) if role.plural) {
            return;
        }
        let gender = if let Form::Described(role) = &form { role.gender } else { None };
        let (speaker, sort, known) = match &form {
            Form::Described(role) => self.bearer(role, run),
            form => self.of_form(form, run, quotation),
        };
        if speaker.name.is_none() || is_body && speaker.entity.is_none() {
            return;
        }
        let span = self.reading.words.span(run);
        let sort = if matches!(form, Form::Described(_)) { Sort::Person } else { sort };
        let nested = self.history.is_told(span);
        let gender = known.or(gender);
        let met = Met { at: span.start(), speaker, sort, gender, can_issue: false, spoke: false, nested };
        self.history.add_subject(met);
    }
}
