//! What a figure counts: the noun phrase behind the number, "of the" phrases, the subject, or what was counted before.

use onrecord_model::{Bound, Span};

use super::{draft::Draft, numerals::Reader, phrases::Run};
use crate::tagger::Tag;

/// Pieces inside a bracketed conversion: "AU$ 52 million (US$40.4 million)".
const LONGEST_BRACKET: usize = 10;
/// Pieces in a phrase before the comma: "Of the passengers, 80 were children".
const LONGEST_FRONT: usize = 8;

/// What was counted last, for "two of them", "the authority counts 1,150", and conversions in brackets.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// What the last plain count counted.
    last: Option<Run>,
    /// The last figure of any unit.
    figure: Option<Last>,
    /// What the last plain count of the paragraph before counted.
    before: Option<Run>,
}

#[derive(Debug, Clone)]
struct Last {
    run: Run,
    bound: Bound,
    counted: Option<Run>,
}

impl Memory {
    /// Forgets what was counted before the last paragraph: a new one starts.
    pub(super) fn turn(&mut self) {
        *self = Self { last: None, figure: None, before: self.last };
    }

    /// Whether `run` holds pieces of the last figure.
    fn holds_figure(&self, run: Run) -> bool {
        self.figure.as_ref().is_some_and(|last| last.run.0 < run.1 && run.0 < last.run.1)
    }

    /// The pieces of the last figure, if it ends before piece `at`.
    fn figure_before(&self, at: usize) -> Option<Run> {
        self.figure.as_ref().map(|last| last.run).filter(|run| run.1 == at)
    }
}

impl Reader<'_> {
    /// The words for what `draft` counts; a conversion takes its bound from the figure before.
    pub(super) fn counted(&self, draft: &mut Draft, memory: &mut Memory) -> Option<Span> {
        let found = match self.restated(draft, memory) {
            Some(last) => {
                if draft.bound == Bound::Exactly && self.words.before(draft.from, 1) == "(" {
                    draft.bound = last.bound;
                }
                last.counted
            }
            // What another figure stands in is not what this one counts.
            None => self.found(draft, memory).filter(|run| !memory.holds_figure(*run)),
        };
        if draft.unit.is_none() {
            memory.last = found.or(memory.last);
        }
        memory.figure = Some(Last { run: (draft.from, draft.to), bound: draft.bound, counted: found });
        found.map(|(from, to)| self.words.span(from, to))
    }

    /// The figure that `draft` says again in another unit: "500 miles (800 km)", "$381 million, or $0.67 per share".
    fn restated(&self, draft: &Draft, memory: &Memory) -> Option<Last> {
        draft.unit.as_ref().filter(|_| self.words.low(draft.to) != self.lexicon.of)?;
        let last = memory.figure.as_ref().filter(|last| last.bound != Bound::Range)?;
        let between = last.run.1..draft.from;
        let bracket = between.len() == 1 && self.words.low(between.start) == "(";
        let or = between.len() == 2
            && self.words.low(between.start) == ","
            && self.lexicon.range_words.contains(self.words.low(between.start + 1));
        (bracket || or).then(|| last.clone())
    }

    fn found(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        let of_unit = || draft.unit.as_ref().and_then(|_| self.clause_before(draft));
        let noun = self.apart_or_added(draft).or_else(|| self.noun_of(draft, memory));
        noun.or_else(of_unit)
    }

    fn noun_of(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        match draft.unit.as_ref().map(|unit| unit.name()) {
            None => self.of_count(draft, memory),
            Some("percent" | "percentage point" | "percent of GDP") => self.of_percent(draft, memory),
            Some("times") => self.measured(draft, memory),
            Some(_) if draft.modifies => self.noun_after(self.behind(draft)),
            Some(unit) => {
                let money = unit.get(..3).is_some_and(|code| code.bytes().all(|b| b.is_ascii_uppercase()));
                self.of_measure(draft, memory, money)
            }
        }
    }

    /// Where the counted noun can start: past a hyphen or a conversion in brackets.
    fn behind(&self, draft: &Draft) -> usize {
        let to = draft.to;
        if self.is_dash(to) && self.words.glued(to) == self.words.glued(to + 1) {
            return to + 1;
        }
        match self.words.low(to) {
            ")" => to + 1,
            "(" => (to..to + LONGEST_BRACKET).find(|i| self.words.low(*i) == ")").map_or(to, |i| i + 1),
            _ => to,
        }
    }

    /// What follows "of": a noun phrase, or what "them" stands for.
    fn of_phrase(&self, at: usize, memory: &Memory) -> Option<Run> {
        let them = self.lexicon.words.them.has(self.words.low(at + 1));
        let whole = self.numeral(at + 1).map_or(at + 1, |many| many.to);
        let noun = if them && self.words.tag(at + 1) != Tag::Dt { None } else { self.noun_after(whole) };
        noun.or_else(|| if them { memory.last.or_else(|| self.many_before(at)) } else { None })
    }

    fn of_count(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        if self.words.low(draft.to) == self.lexicon.of {
            return self.of_phrase(draft.to, memory);
        }
        let after = self.noun_after(self.behind(draft)).or_else(|| self.shared_noun(draft));
        let after = after.or_else(|| self.of_fronted(draft));
        after.or_else(|| self.measured(draft, memory)).or(memory.last).or(memory.before)
    }

    /// "people" of "102 and 21 people"
    fn shared_noun(&self, draft: &Draft) -> Option<Run> {
        let joined = self.lexicon.joiners.contains(self.words.low(draft.to));
        let second = joined.then(|| self.numeral(draft.to + 1)).flatten()?;
        self.noun_after(second.to)
    }

    /// "Of the passengers, 80 were children."
    fn of_fronted(&self, draft: &Draft) -> Option<Run> {
        let comma = usize::from(self.words.before(draft.from, 1) == ",");
        let end = draft.from - comma;
        let start = (end.saturating_sub(LONGEST_FRONT)..end).rev().find(|i| self.words.opens(*i))?;
        let of = self.words.low(start) == self.lexicon.of;
        of.then(|| self.noun_after(start + 1)).flatten().filter(|run| run.1 <= end)
    }

    fn of_percent(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        let of = self.words.low(draft.to) == self.lexicon.of;
        if let Some(run) = of.then(|| self.of_phrase(draft.to, memory)).flatten() {
            return Some(run);
        }
        let compared = self.lexicon.words.comparatives.has(self.words.low(draft.to));
        self.noun_after(self.behind(draft)).or_else(|| self.measured(draft, memory)).or(if compared {
            memory.last
        } else {
            None
        })
    }

    fn of_measure(&self, draft: &Draft, memory: &Memory, money: bool) -> Option<Run> {
        let next = self.words.low(draft.to);
        if self.lexicon.words.dimensions.has(next) {
            return self.noun_after(draft.to + 1).or_else(|| self.measured(draft, memory));
        }
        let of = next == self.lexicon.of;
        let holder = || self.holder_before(draft);
        if let Some(holder) = of.then(holder).flatten() {
            return Some(holder);
        }
        let inside = money && self.lexicon.words.money_in.has(next) && !self.is_time(draft.to + 1);
        let at = if of { draft.to + 1 } else { self.behind(draft) };
        // "For nine weeks the club repaired boats": what begins anew is not what lasted so long.
        let begins_anew = !of && matches!(self.words.tag(at), Tag::Dt | Tag::PrpS);
        let after = if begins_anew { None } else { self.noun_after(at) };
        after
            .or_else(|| self.measured(draft, memory))
            .or_else(|| if inside { self.noun_after(draft.to + 1) } else { None })
    }

    fn measured(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        self.set_against(draft, memory).filter(|run| !self.is_time_noun(*run))
    }

    /// What is measured: the noun before "of", or the subject of the verb before the number.
    fn set_against(&self, draft: &Draft, memory: &Memory) -> Option<Run> {
        if let Some(verb) = (draft.from..draft.at).find(|i| self.is_level_verb(*i)) {
            return self.subject_before(verb, self.stop_before(verb));
        }
        let stop = self.stop_before(draft.from);
        let mut at = self.past_between(draft.from, stop);
        if self.lexicon.joiners.contains(self.words.before(at, 1)) && memory.figure_before(at - 1).is_some() {
            return memory.figure.as_ref().and_then(|last| last.counted);
        }
        if let Some((from, _)) = memory.figure_before(at).filter(|(from, _)| *from > stop) {
            at = self.past_between(from, stop);
        }
        let links = &self.lexicon.words.noun_links;
        let last = self.words.before(draft.from, 1);
        let linked = links.has(last) || links.has(self.words.low(at));
        if at == draft.from && links.has(last) {
            at -= 1;
        }
        let noun_at = if linked && self.words.before(at, 1) == "," { at - 1 } else { at };
        if linked && noun_at > stop && !self.lexicon.words.be.has(self.words.before(noun_at, 1)) {
            return self.noun_before(noun_at, stop);
        }
        if let Some(put) = self.put_at(draft.from, stop) {
            return Some(put);
        }
        let told = draft.unit.is_some() || draft.bound != Bound::Exactly;
        let object = at > stop && self.is_noun(at - 1) && (at < draft.from || told);
        let subject = || self.verb_before(at, stop).and_then(|verb| self.subject_before(verb, stop));
        object.then(|| self.chain_before(at, stop)).flatten().or_else(subject)
    }

    fn past_between(&self, from: usize, stop: usize) -> usize {
        let mut at = from;
        while at > stop && self.is_between(at - 1) {
            at -= 1;
        }
        at
    }

    /// Prepositions, adverbs and articles between what is measured and the number.
    fn is_between(&self, i: usize) -> bool {
        let word = matches!(self.words.tag(i), Tag::In | Tag::To | Tag::Rb | Tag::Dt | Tag::Rp);
        (word && self.is_word(i) && !self.words.word(i).contains('-'))
            || self.lexicon.words.comparatives.has(self.words.low(i))
    }
}
