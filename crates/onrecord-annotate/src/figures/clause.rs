//! What a figure counts where no noun stands beside it: what a pronoun stands for, and the clause before the number.

use super::{draft::Draft, numerals::Reader, phrases::Run, words::Kind};
use crate::tagger::Tag;

/// Pieces looked back at for what "them" and "it" stand for.
const REACH: usize = 60;
/// Pieces between "which" and "at": "the roof, which the verger values at 70,000".
const LONGEST_PUT: usize = 8;
/// Pieces of a clause that stands for what is counted: "the port authority will spend".
const LONGEST_CLAUSE: usize = 9;
/// Pieces between "add" and its sum: "add up to".
const LONGEST_ADD: usize = 4;

impl Reader<'_> {
    /// Where the sentence that holds piece `at` starts, at most [`REACH`] pieces back and in the same paragraph.
    fn sentence_start(&self, at: usize) -> Option<usize> {
        let back = (at.saturating_sub(REACH)..=at).rev();
        back.take_while(|i| self.words.kind(*i) != Kind::Break).find(|i| self.words.opens(*i))
    }

    /// The many that "them" stands for at `at`: the nearest plural before, or else what the sentence before is about.
    pub(super) fn many_before(&self, at: usize) -> Option<Run> {
        let own = self.sentence_start(at)?;
        let plural = |i: &usize| self.words.tag(*i) == Tag::Nns && !self.is_time_noun((*i, *i + 1));
        let back = (at.saturating_sub(REACH)..at).rev().take_while(|i| self.words.kind(*i) != Kind::Break);
        let near =
            back.into_iter().find(plural).and_then(|i| self.noun_before(i + 1, self.stop_before(i + 1)));
        near.or_else(|| self.topic_before(own))
    }

    /// The noun phrase that opens the sentence before the one that starts at `own`.
    pub(super) fn topic_before(&self, own: usize) -> Option<Run> {
        let last = own.checked_sub(1)?;
        self.sentence_start(last).and_then(|start| self.noun_after(start)).filter(|run| run.1 <= own)
    }

    /// What "it" and "they" before the verb group that ends with `verb` stand for.
    pub(super) fn pronoun_before(&self, at: usize) -> Option<Run> {
        let pronoun = at.checked_sub(1).filter(|i| self.lexicon.words.it.has(self.words.low(*i)))?;
        self.topic_before(self.sentence_start(pronoun)?)
    }

    /// Whether the noun phrase is a stretch of time, which nothing counts: "every morning".
    pub(super) fn is_time_noun(&self, run: Run) -> bool {
        let low = self.words.low(run.1 - 1);
        self.lexicon.rates.contains_key(low) || self.lexicon.words.time_nouns.has(low)
    }

    /// "the roof" of "the roof, which the verger values at 70,000".
    pub(super) fn put_at(&self, from: usize, stop: usize) -> Option<Run> {
        let words = &self.lexicon.words;
        let put = words.at.has(self.words.before(from, 1)) && words.putting.has(self.words.before(from, 2));
        let start = from.saturating_sub(LONGEST_PUT).max(stop);
        let which = put.then(|| (start..from).rev().find(|i| self.words.tag(*i) == Tag::Wdt)).flatten()?;
        (self.words.before(which, 1) == ",").then(|| self.noun_before(which - 1, stop)).flatten()
    }

    /// "Alm, 62 km off", "the tower, 90 metres high, leans", "add half a point to prices", "some of it, $2 million, goes to clinics": the noun that the words around point to.
    pub(super) fn apart_or_added(&self, draft: &Draft) -> Option<Run> {
        let words = &self.lexicon.words;
        draft.unit.as_ref()?;
        let next = self.words.low(draft.to);
        let sized = words.dimensions.has(next) && self.words.low(draft.to + 1) == ",";
        if self.words.before(draft.from, 1) == "," && (words.apart.has(next) || sized) {
            return self.noun_before(draft.from - 1, self.stop_before(draft.from));
        }
        if next == self.lexicon.to && self.is_added(draft) {
            return self.noun_after(draft.to + 1);
        }
        let of_it = next == self.lexicon.of && words.it.has(self.words.low(draft.to + 1));
        let verb = draft.to + if of_it { 2 } else { 0 };
        let verb = verb + usize::from(self.words.tag(verb) == Tag::Md);
        let goes = words.going.has(self.words.low(verb)) && self.words.low(verb + 1) == self.lexicon.to;
        goes.then(|| self.noun_after(verb + 2)).flatten()
    }

    /// "reservoir" of "the reservoir will hold 40 litres of water": the measure is of what holds.
    pub(super) fn holder_before(&self, draft: &Draft) -> Option<Run> {
        let verb =
            draft.from.checked_sub(1).filter(|i| self.lexicon.words.holding.has(self.words.low(*i)))?;
        self.subject_before(verb, self.stop_before(draft.from))
    }

    fn is_added(&self, draft: &Draft) -> bool {
        (1..=LONGEST_ADD).any(|back| self.lexicon.words.adding.has(self.words.before(draft.at, back)))
    }

    /// "The town will spend" of "The town will spend $5 million": the subject and its verb say what the sum is for.
    pub(super) fn clause_before(&self, draft: &Draft) -> Option<Run> {
        let stop = self.stop_before(draft.from);
        let mut to = draft.from;
        while to > stop && self.is_between_verb(to - 1) {
            to -= 1;
        }
        let verb = to.checked_sub(1).filter(|i| *i >= stop && self.is_verb(*i) && !self.is_being(*i))?;
        let subject = self.subject_before(verb, stop).filter(|run| verb + 1 - run.0 <= LONGEST_CLAUSE)?;
        Some((subject.0, verb + 1))
    }

    fn is_between_verb(&self, i: usize) -> bool {
        self.is_word(i)
            && matches!(self.words.tag(i), Tag::In | Tag::To | Tag::Rb | Tag::Dt | Tag::Rp | Tag::Prp)
    }

    fn is_being(&self, i: usize) -> bool {
        self.lexicon.words.be.has(self.words.low(i))
    }
}
