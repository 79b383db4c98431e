//! What a figure says about its number: "more than", "about", "or more".

use onrecord_model::{Bound, Number};

use crate::tagger::Tag;

use super::{draft::Draft, exclude::is_time, numerals::Reader, words::Kind};

/// How far back a negation turns "less than" round.
const NEGATION_REACH: usize = 5;
/// Words between a verb of limiting and "at".
const CAP_REACH: usize = 6;

impl Reader<'_> {
    /// Widens `draft` by the bound words around it.
    pub(super) fn add_bound(&self, draft: &mut Draft) {
        let before = self.bound_before(draft);
        let after = self.bound_after(draft.to);
        if let Some((from, bound)) = before {
            draft.from = from;
            self.set(draft, bound);
        }
        if let (Some((to, bound)), true) = (after, draft.value_to.is_none()) {
            draft.to = to;
            self.set(draft, bound);
            self.unit_behind(draft);
        }
    }

    fn set(&self, draft: &mut Draft, bound: Bound) {
        if draft.bound != Bound::Range {
            draft.bound = bound;
        }
    }

    /// "units" of "400,000 plus units"
    fn unit_behind(&self, draft: &mut Draft) {
        if let (None, Some((to, unit))) = (&draft.unit, self.plain_unit(draft.to)) {
            (draft.to, draft.unit) = (to, Some(unit));
        }
    }

    fn bound_before(&self, draft: &Draft) -> Option<(usize, Bound)> {
        let filler = self.lexicon.words.fillers.has(self.words.before(draft.from, 1));
        let near = self.capped(draft).or_else(|| self.phrase_before(draft.from, draft));
        let near = near.or_else(|| self.bare_comparative(draft));
        let concerning = self.lexicon.words.during.has(self.words.before(draft.from, 2));
        near.or_else(|| if filler && !concerning { self.phrase_before(draft.from - 1, draft) } else { None })
    }

    fn phrase_before(&self, at: usize, draft: &Draft) -> Option<(usize, Bound)> {
        let last = self.words.before(at, 1);
        let (phrase, bound) = self.lexicon.bounds.of(last).iter().find(|(phrase, _)| {
            at.checked_sub(phrase.len()).is_some_and(|from| self.words.has_at(from, phrase))
        })?;
        let from = at - phrase.len();
        if self.is_during(from, phrase.len(), draft)
            || (*bound == Bound::About && self.is_told((from, at), draft))
        {
            return None;
        }
        Some((from, self.turned(from, *bound)))
    }

    /// "limits the catch at 60"
    fn capped(&self, draft: &Draft) -> Option<(usize, Bound)> {
        let at = draft.from.checked_sub(1).filter(|at| self.lexicon.words.at.has(self.words.low(*at)))?;
        let back = (at.saturating_sub(CAP_REACH)..at).rev();
        let clause = back.take_while(|i| self.words.kind(*i) == Kind::Word && !self.words.opens(*i + 1));
        let capped = clause.into_iter().any(|i| self.lexicon.words.capping.has(self.words.low(i)));
        capped.then_some((draft.from, Bound::AtMost))
    }

    /// "more 75 stalls": the comparative without its "than".
    fn bare_comparative(&self, draft: &Draft) -> Option<(usize, Bound)> {
        let words = &self.lexicon.words;
        let low = self.words.before(draft.from, 1);
        let bound = if words.bare_more.has(low) {
            Bound::MoreThan
        } else if words.bare_less.has(low) {
            Bound::LessThan
        } else {
            return None;
        };
        let led = draft.from > 1
            && (self.words.kind(draft.from - 2) == Kind::Digits || self.words.tag(draft.from - 2) == Tag::Cd);
        let number = self.words.kind(draft.at) == Kind::Digits && draft.unit.is_none();
        let plain = number && draft.value > Number::whole(9) && !self.is_dash(draft.to);
        (plain && !led).then_some((draft.from - 1, bound))
    }

    /// "spoke about 14 closures": the one word belongs to the verb before.
    fn is_told(&self, (from, at): (usize, usize), draft: &Draft) -> bool {
        let words = &self.lexicon.words;
        let verb = self.words.before(from, 1);
        let round = || draft.value.scaled(1, 10).is_some_and(Number::is_whole);
        let told = words.telling.has(verb) || (words.informing.has(verb) && !round());
        told && at == from + 1 && self.words.tag(from) == Tag::In
    }

    /// "over three days" is a stretch of time, "lasted over three days" a bound.
    fn is_during(&self, from: usize, length: usize, draft: &Draft) -> bool {
        let time = draft.unit.as_ref().is_some_and(|unit| is_time(unit.name()));
        let before = self.words.before(from, 1);
        let measured = self.lexicon.words.level_verbs.has(before) || self.lexicon.words.lengths.has(before);
        length == 1 && self.lexicon.words.during.has(self.words.low(from)) && time && !measured
    }

    /// "never less than 250" says at least 250.
    fn turned(&self, from: usize, bound: Bound) -> Bound {
        let turned = match bound {
            Bound::LessThan => Bound::AtLeast,
            Bound::MoreThan => Bound::AtMost,
            other => return other,
        };
        if bound == Bound::MoreThan && self.is_limit(from) {
            return turned;
        }
        let reach = if bound == Bound::MoreThan { 2 } else { NEGATION_REACH + 2 };
        for at in (from.saturating_sub(reach)..from).rev() {
            if self.words.kind(at) != Kind::Word {
                return bound;
            }
            if self.lexicon.words.negations.has(self.words.low(at)) {
                return turned;
            }
        }
        bound
    }

    /// "may not be raised by more than 5%"
    fn is_limit(&self, from: usize) -> bool {
        if !self.lexicon.words.by.has(self.words.before(from, 1)) {
            return false;
        }
        let verbs =
            |at: &usize| matches!(self.words.tag(*at), Tag::Vb | Tag::Vbn | Tag::Vbd | Tag::Vbg | Tag::Rb);
        let group = (from.saturating_sub(NEGATION_REACH)..from - 1).rev().take_while(verbs);
        group.into_iter().any(|at| self.lexicon.words.negations.has(self.words.low(at)))
    }

    fn bound_after(&self, at: usize) -> Option<(usize, Bound)> {
        let phrases = self.lexicon.bounds_after.of(self.words.low(at));
        let (phrase, bound) = phrases.iter().find(|(phrase, _)| self.words.has_at(at, phrase))?;
        let to = at + phrase.len();
        let sum = phrase.len() == 1 && (self.words.kind(to) == Kind::Digits || self.numeral(to).is_some());
        let money = self.lexicon.signs.contains_key(self.words.low(to));
        (!sum && !money).then_some((to, *bound))
    }
}
