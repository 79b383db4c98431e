//! Noun phrases around a number: behind it, before "of", and before a verb.

use super::{numerals::Reader, words::Kind};
use crate::tagger::Tag;

/// Pieces in one noun phrase.
const LONGEST: usize = 9;
/// Pieces looked at for the subject of a measure.
const REACH: usize = 24;

/// Pieces `0..1`.
pub(super) type Run = (usize, usize);

impl Reader<'_> {
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.words.kind(i) == Kind::Word
    }

    pub(super) fn is_time(&self, i: usize) -> bool {
        let low = self.words.low(i);
        let words = &self.lexicon.words;
        let the_last = self.words.tag(i) == Tag::Dt && words.recent.has(self.words.low(i + 1));
        let digits = self.words.kind(i) == Kind::Digits && !self.words.glued(i + 1);
        digits || the_last || words.months.has(low) || words.weekdays.has(low) || words.recent.has(low)
    }

    /// The noun phrase that starts at `i`, with its "of" phrase and a second noun behind "and".
    pub(super) fn noun_after(&self, i: usize) -> Option<Run> {
        let from = self.past_determiner(i);
        if self.is_time(from) || self.is_time(i) {
            return None;
        }
        let stretch = from > i && self.lexicon.rates.contains_key(self.words.low(from));
        let to = self.noun_end(from).filter(|_| !stretch)?;
        Some((from, self.widened(to)))
    }

    /// The head that goes on: "members of the board", "offices and branches".
    fn widened(&self, to: usize) -> usize {
        if self.words.low(to) == self.lexicon.of {
            let next = self.past_determiner(to + 1);
            let plain = next <= to + 2 && !self.is_time(next) && self.words.tag(next) != Tag::Cd;
            return self.noun_end(next).filter(|_| plain).unwrap_or(to);
        }
        let joined = self.lexicon.joiners.contains(self.words.low(to)) && self.words.tag(to - 1) == Tag::Nns;
        let plural = joined && self.words.tag(to + 1) == Tag::Nns && !self.is_finite(to + 2);
        if plural { to + 2 } else { to }
    }

    /// Past "the", "its", and a number behind them.
    fn past_determiner(&self, i: usize) -> usize {
        if !matches!(self.words.tag(i), Tag::Dt | Tag::PrpS) {
            return i;
        }
        let number = self.words.kind(i + 1) == Kind::Digits || self.words.tag(i + 1) == Tag::Cd;
        i + 1 + usize::from(number)
    }

    /// Whether piece `i` is a noun, by its class or by what stands before it.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        if !self.is_word(i) || self.is_level_verb(i) || self.lexicon.words.be.has(self.words.low(i)) {
            return false;
        }
        match self.words.tag(i) {
            Tag::Nn | Tag::Nns | Tag::Nnp => true,
            Tag::Vb | Tag::Vbp | Tag::Vbz => {
                let before = i.checked_sub(1).map_or(Tag::Punct, |last| self.words.tag(last));
                matches!(before, Tag::Dt | Tag::PrpS | Tag::Jj)
                    || (self.follows_number(i) && self.looks_plural(i))
            }
            _ => false,
        }
    }

    /// Whether a number that is no year stands before `i`.
    fn follows_number(&self, i: usize) -> bool {
        let Some(last) = i.checked_sub(1) else { return false };
        let year = self.words.word(last).len() == 4;
        self.words.tag(last) == Tag::Cd || (self.words.kind(last) == Kind::Digits && !year)
    }

    fn looks_plural(&self, i: usize) -> bool {
        let low = self.words.low(i);
        low.ends_with('s') && !self.lexicon.words.level_verbs.has(low)
    }

    fn is_finite(&self, i: usize) -> bool {
        matches!(self.words.tag(i), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
    }

    /// One past the last noun of the phrase that starts at `from`.
    fn noun_end(&self, from: usize) -> Option<usize> {
        if self.lexicon.words.comparatives.has(self.words.low(from)) && !self.is_noun(from + 1) {
            return None;
        }
        let mut end = None;
        for i in from..from + LONGEST {
            let over = (self.words.opens(i) && i > from) || (end.is_some() && self.starts_anew(i));
            if over {
                break;
            }
            if self.is_noun(i) {
                end = Some(i + 1);
            } else if !self.modifies_noun(i, end.is_some()) {
                break;
            }
        }
        end.or_else(|| self.state_end(from))
    }

    /// What stands behind a noun and is no part of it: "troops Tuesday", "trade last year", "boats carries 40".
    fn starts_anew(&self, i: usize) -> bool {
        let words = &self.lexicon.words;
        let low = self.words.low(i);
        let time = words.weekdays.has(low) || words.months.has(low) || words.recent.has(low);
        let name = i > 0 && self.words.tag(i - 1) == Tag::Nns && self.words.tag(i) == Tag::Nnp;
        let verb = i > 0
            && [self.words.tag(i - 1), self.words.tag(i)] == [Tag::Nns; 2]
            && self.leads_to_number(i + 1);
        time || verb || (name && self.words.is_capital(i))
    }

    fn modifies_noun(&self, i: usize, has_noun: bool) -> bool {
        let low = self.words.low(i);
        if matches!(low, "-" | "‑" | "/") {
            return self.words.glued(i) && self.words.glued(i + 1);
        }
        if self.words.kind(i) == Kind::Digits {
            return !has_noun && self.words.glued(i + 1) && self.is_word(i + 1);
        }
        if low.contains('-') && self.is_word(i) {
            return !has_noun;
        }
        match self.words.tag(i) {
            Tag::Pos => has_noun,
            Tag::Jj => !has_noun || self.is_noun(i + 1),
            Tag::Vbn | Tag::Vbg => !has_noun,
            Tag::Rb => !has_noun && self.is_modified(i + 1),
            Tag::Vbd => !has_noun && self.is_noun(i + 1) && low.ends_with("ed"),
            Tag::Punct => matches!(low, "“" | "\"" | "``" | "«") && !has_noun,
            _ => false,
        }
    }

    /// Whether an adverb before `i` belongs to a modifier: "previously sold".
    fn is_modified(&self, i: usize) -> bool {
        matches!(self.words.tag(i), Tag::Jj | Tag::Vbn)
            || (self.is_word(i) && self.words.word(i).contains('-'))
    }

    /// "injured" of "40 injured", "incentive" where it was taken for an adjective.
    fn state_end(&self, from: usize) -> Option<usize> {
        let low = self.words.low(from);
        let last = matches!(self.words.tag(from + 1), Tag::In | Tag::Punct | Tag::To);
        let adjective = self.words.tag(from) == Tag::Jj && last && self.is_word(from);
        let state = self.lexicon.words.states.has(low);
        let plain =
            adjective && !self.lexicon.words.comparatives.has(low) && !self.lexicon.words.dimensions.has(low);
        (state || plain).then_some(from + 1)
    }

    /// Where the clause starts, at most [`REACH`] pieces back.
    pub(super) fn stop_before(&self, from: usize) -> usize {
        let mut at = from;
        while at > 0 && from - at < REACH && !self.words.opens(at) && !self.is_boundary(at - 1) {
            at -= 1;
        }
        at
    }

    fn is_boundary(&self, i: usize) -> bool {
        let quote = matches!(self.words.low(i), "“" | "«" | "``") && !self.quotes_on(i);
        self.words.kind(i) == Kind::Break || quote || matches!(self.words.low(i), ";" | ":")
    }

    /// Whether the mark at `i` opens a quoted fragment that goes on with the sentence: "could “hardly be more than 3”".
    fn quotes_on(&self, i: usize) -> bool {
        let mark = matches!(self.words.low(i), "“" | "«" | "``" | "\"");
        mark && !self.words.is_capital(i + 1) && !self.words.opens(i)
    }

    /// The noun phrase that ends at `to`: "rise" of "asked for a rise of".
    pub(super) fn noun_before(&self, to: usize, stop: usize) -> Option<Run> {
        let mut from = to;
        while from > stop
            && to - from < LONGEST
            && self.is_noun_like(from - 1)
            && !self.opens_phrase(from, to)
        {
            from -= 1;
        }
        let start = self.past_determiner(from);
        if start < to && self.noun_end(start).is_some_and(|end| end == to) {
            return Some((start, to));
        }
        self.is_word(to - 1).then_some((to - 1, to)).filter(|_| self.is_noun_like(to - 1))
    }

    fn is_noun_like(&self, i: usize) -> bool {
        let tag = self.words.tag(i);
        let class =
            matches!(tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Jj | Tag::Dt | Tag::PrpS | Tag::Pos | Tag::Cd);
        let mark = self.words.kind(i) == Kind::Mark && !matches!(self.words.low(i), "-");
        !mark && (class || self.is_noun(i) || (self.is_word(i) && self.words.word(i).contains('-')))
    }

    /// A determiner behind a noun opens a phrase of its own: "give the town | a loan".
    fn opens_phrase(&self, from: usize, to: usize) -> bool {
        from < to && matches!(self.words.tag(from), Tag::Dt | Tag::PrpS)
    }

    /// The chain of nouns and prepositions that ends at `to`, if it starts with a noun phrase: that phrase.
    pub(super) fn chain_before(&self, to: usize, stop: usize) -> Option<Run> {
        let mut from = to;
        while from > stop && to - from < REACH && self.is_in_chain(from - 1) {
            if self.opens_phrase(from, to) && self.is_noun_like(from - 1) {
                break;
            }
            from -= 1;
        }
        let start = self.past_determiner(from);
        let end = self.noun_end(start).filter(|end| *end <= to)?;
        let wide = self.widened(end);
        Some((start, if wide <= to { wide } else { end }))
    }

    fn is_in_chain(&self, i: usize) -> bool {
        let tag = self.words.tag(i);
        let link =
            tag == Tag::To || (tag == Tag::In && !self.lexicon.words.clause_words.has(self.words.low(i)));
        let reduced = tag == Tag::Vbn && i > 0 && self.is_noun(i - 1) && self.words.tag(i + 1) == Tag::In;
        self.is_noun_like(i) || (self.is_word(i) && (link || reduced))
    }

    /// The last verb before `at`, if its subject is what is measured.
    pub(super) fn verb_before(&self, at: usize, stop: usize) -> Option<usize> {
        let verb = (stop..at).rev().find(|i| self.is_verb(*i))?;
        let commas = (verb..at).filter(|i| self.words.low(*i) == ",").count();
        let passive =
            self.words.tag(verb) == Tag::Vbn && self.lexicon.words.be.has(self.words.before(verb, 1));
        let level = passive || self.lexicon.words.level_verbs.has(self.words.low(verb));
        (commas == 0 && level).then_some(verb)
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        let tag = self.words.tag(i);
        let verb = matches!(tag, Tag::Vb | Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbp | Tag::Vbz);
        self.is_level_verb(i)
            || (verb && self.is_word(i) && !self.is_noun(i) && !self.words.word(i).contains('-'))
    }

    /// A verb of change or size, also where it was taken for a noun: "ferry sales fell 41%".
    pub(super) fn is_level_verb(&self, i: usize) -> bool {
        if !self.is_word(i) || !self.lexicon.words.level_verbs.has(self.words.low(i)) {
            return false;
        }
        match self.words.tag(i) {
            Tag::Vb | Tag::Vbp => {
                let nominal = i > 0 && matches!(self.words.tag(i - 1), Tag::Dt | Tag::Jj | Tag::PrpS);
                !nominal || self.leads_to_number(i + 1)
            }
            Tag::Vbd | Tag::Vbz | Tag::Vbn | Tag::Vbg => true,
            Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Jj => {
                let nominal = [Tag::Dt, Tag::PrpS, Tag::In, Tag::Pos, Tag::Cd, Tag::Punct];
                let after_noun = i > 0 && !nominal.contains(&self.words.tag(i - 1));
                after_noun && self.leads_to_number(i + 1)
            }
            _ => false,
        }
    }

    /// Whether a number follows at `i`, or a word before it.
    fn leads_to_number(&self, i: usize) -> bool {
        let number = |i: usize| {
            self.words.kind(i) == Kind::Digits
                || self.words.tag(i) == Tag::Cd
                || self.lexicon.signs.contains_key(self.words.low(i))
        };
        let word = matches!(self.words.tag(i), Tag::In | Tag::To | Tag::Rb);
        let filler = self.lexicon.words.fillers.has(self.words.low(i));
        let link = filler || (word && self.words.low(i) != self.lexicon.of);
        number(i) || (link && number(i + 1))
    }

    /// The noun phrase before the verb group that ends with `verb`.
    pub(super) fn subject_before(&self, verb: usize, stop: usize) -> Option<Run> {
        let mut at = verb;
        while at > stop && self.is_in_verb_group(at - 1) {
            at -= 1;
        }
        if at > stop && matches!(self.words.tag(at - 1), Tag::Wdt | Tag::Wp) {
            at -= 1;
        }
        if at > stop && self.words.low(at - 1) == "," {
            let inserted = (stop..at - 1).rev().find(|i| self.words.low(*i) == ",");
            return self.chain_before(at - 1, stop).or_else(|| self.chain_before(inserted?, stop));
        }
        if at > stop && self.words.low(at - 1) == ")" {
            at = (stop..at).rev().find(|i| self.words.low(*i) == "(")?;
        }
        self.chain_before(at, stop).or_else(|| self.pronoun_before(at))
    }

    fn is_in_verb_group(&self, i: usize) -> bool {
        let tag = matches!(self.words.tag(i), Tag::Md | Tag::Rb | Tag::To);
        (self.is_word(i) && (tag || self.is_verb(i))) || self.quotes_on(i)
    }
}
