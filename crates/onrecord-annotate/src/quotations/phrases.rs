//! Noun phrases and verb groups around a cue.

use super::doc::{Doc, Run};
use crate::tagger::Tag;

/// The longest phrase, in words.
const LONGEST: usize = 45;
/// Parts of "Jane Doe, head of the branch, Union of Dockers".
const MOST_APPOSED: usize = 3;
/// Words of "a weekly press conference".
const LONGEST_OCCASION: usize = 5;

/// A verb with what helps it: "has not yet said".
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct VerbGroup {
    /// Its first word.
    pub(super) from: usize,
    pub(super) negated: bool,
    pub(super) modal: bool,
    pub(super) infinitive: bool,
    pub(super) passive: bool,
}

impl Doc<'_> {
    /// The group whose main verb is `verb`.
    pub(super) fn verb_group(&self, verb: usize, lo: usize) -> VerbGroup {
        let mut group = VerbGroup { from: verb, ..VerbGroup::default() };
        let participle = matches!(self.tag(verb), Tag::Vbn | Tag::Vbd);
        while group.from > lo && verb - group.from < 7 {
            let before = group.from - 1;
            let low = self.low(before);
            let clitic_be = low == "'s" && self.tag(before) != Tag::Pos;
            if self.lexicon.negations.contains(low) {
                group.negated = true;
            } else if self.tag(before) == Tag::Md {
                group.modal = true;
            } else if self.tag(before) == Tag::To && group.from == verb {
                group.infinitive = true;
            } else if self.lexicon.auxiliaries.contains(low) || clitic_be {
                let participle = participle && !matches!(self.tag(before), Tag::Vbg);
                group.passive |= participle && self.lexicon.be.contains(low) && !self.has_been_past(before);
            } else if self.tag(verb) == Tag::Vbg && self.lexicon.beginnings.contains(low) {
                // "started asking"
            } else if self.tag(before) != Tag::Rb || matches!(low, "there" | "here" | "home") {
                break;
            }
            group.from = before;
        }
        group
    }

    /// "'s" before "been" is "has".
    fn has_been_past(&self, at: usize) -> bool {
        self.low(at) == "'s" && self.low(at + 1) == "been"
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp)
    }

    /// Nouns and what can close a phrase like them.
    fn is_head(&self, i: usize) -> bool {
        self.is_noun(i) || matches!(self.tag(i), Tag::Prp | Tag::Cd | Tag::Other)
    }

    fn is_time(&self, i: usize) -> bool {
        self.lexicon.times.contains(self.low(i))
    }

    /// A noun phrase with its "of"-phrases that starts at `from`.
    pub(super) fn noun_phrase(&self, from: usize, hi: usize) -> Option<Run> {
        let mut end = self.simple_phrase(from, hi)?;
        if self.tag(from) == Tag::Prp {
            return Some((from, end));
        }
        loop {
            if self.lexicon.open_adjectives.contains(self.low(end))
                && matches!(self.tag(end + 1), Tag::In | Tag::To)
            {
                end += 1;
            }
            let link = self.low(end);
            let goes_on = match self.tag(end) {
                Tag::In | Tag::To => {
                    is_attachment(link)
                        && !self.is_time(end + 1)
                        && self.tag(end + 1) != Tag::Prp
                        && !(self.tag(end - 1) == Tag::Nnp && self.names_occasion(end + 1))
                }
                Tag::Cc => matches!(link, "and" | "&" | "or"),
                Tag::Punct => self.word(end) == "(",
                _ => false,
            };
            let next = if !goes_on {
                None
            } else if self.word(end) == "(" {
                self.bracket_end(end, hi)
            } else {
                self.simple_phrase(end + 1, hi)
            };
            match next {
                Some(next) if next - from <= LONGEST => end = next,
                _ => return Some((from, end)),
            }
        }
    }

    /// "the briefing", "a press conference": where something was said, and no part of who said it.
    fn names_occasion(&self, from: usize) -> bool {
        (from..from + LONGEST_OCCASION)
            .take_while(|&i| matches!(self.tag(i), Tag::Dt | Tag::Jj | Tag::Nn | Tag::PrpS))
            .any(|i| {
                self.lexicon.speeches.contains(self.low(i)) || self.lexicon.documents.contains(self.low(i))
            })
    }

    fn bracket_end(&self, open: usize, hi: usize) -> Option<usize> {
        (open + 1..hi.min(open + 10)).find(|&i| self.word(i) == ")").map(|i| i + 1)
    }

    /// A noun phrase without attachments; its end.
    fn simple_phrase(&self, from: usize, hi: usize) -> Option<usize> {
        if self.tag(from) == Tag::Prp {
            return (from < hi).then_some(from + 1);
        }
        let mut head = None;
        let mut i = from;
        while i < hi.min(from + LONGEST) {
            let fits = match self.tag(i) {
                Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Cd | Tag::Other => true,
                Tag::Pos => head == Some(i),
                Tag::Dt | Tag::PrpS | Tag::Sym => {
                    head.is_none() || self.tag(i) == Tag::Sym || self.tag(i - 1) == Tag::Pos
                }
                Tag::Jj => head.is_none() || self.is_noun(i + 1) || self.tag(i + 1) == Tag::Jj,
                Tag::Vbn | Tag::Vbg => {
                    (i > from || self.low(i).contains('-'))
                        && head.is_none()
                        && (self.is_noun(i + 1) || self.tag(i + 1) == Tag::Jj)
                }
                Tag::Rb => {
                    matches!(self.tag(i + 1), Tag::Jj | Tag::Cd | Tag::Vbn | Tag::Dt) && head.is_none()
                }
                Tag::Punct => {
                    head.is_some()
                        && matches!(self.word(i), "-" | "/" | "“" | "”" | "«" | "»" | "``" | "''" | "\"")
                        && self.is_noun(i + 1)
                }
                _ => false,
            };
            if !fits {
                break;
            }
            if self.is_head(i)
                || self.tag(i) == Tag::Pos
                || (matches!(self.tag(i), Tag::Dt) && is_lone_determiner(self.low(i)))
            {
                head = Some(i + 1);
            }
            i += 1;
        }
        head
    }

    /// The phrase at `from` with its appositions: "Steve Doe, head of the union,".
    pub(super) fn full_phrase(&self, from: usize, hi: usize) -> Option<Run> {
        let (_, mut end) = self.noun_phrase(from, hi)?;
        if self.tag(from) == Tag::Prp {
            return Some((from, end));
        }
        for _ in 0..3 {
            if self.low(end) == "who" {
                end = (end..hi).find(|&i| self.tag(i) == Tag::Punct && self.word(i) != "-").unwrap_or(hi);
            }
            if self.word(end) != "," || self.is_time(end + 1) || self.quoted_at(end + 1).is_some() {
                break;
            }
            let Some((_, next)) = self.noun_phrase(end + 1, hi) else { break };
            let closes = next >= hi
                || matches!(self.word(next), "," | "." | ";" | "”" | "»" | ")" | ":")
                || self.low(next) == "who";
            if !closes || self.tag(end + 1) == Tag::Prp {
                break;
            }
            end = next;
        }
        Some((from, end))
    }

    /// The noun phrase that ends before `end`: its start. Stops at `lo`.
    pub(super) fn phrase_before(&self, end: usize, lo: usize) -> Option<Run> {
        if end <= lo {
            return None;
        }
        if self.tag(end - 1) == Tag::Prp {
            return Some((self.before_of_them(end - 1, lo), end));
        }
        let floor = lo.max(end.saturating_sub(LONGEST));
        let mut from = end;
        let mut coordinated = false;
        while from > floor {
            let at = from - 1;
            if !self.reaches_left(at, (floor, end), coordinated) {
                break;
            }
            coordinated |= self.tag(at) == Tag::Cc;
            from = if self.word(at) == ")" {
                (floor..at).rev().find(|&i| self.word(i) == "(").unwrap_or(at)
            } else {
                at
            };
        }
        let led = coordinated && from > lo && matches!(self.tag(from - 1), Tag::In | Tag::To);
        let comma = (from..end).find(|&i| led && self.word(i) == ",");
        self.without_times((comma.map_or(from, |comma| comma + 1), end), lo)
    }

    /// "one of them", "some of us": where the phrase starts that ends with the pronoun `at`.
    fn before_of_them(&self, at: usize, lo: usize) -> usize {
        let part = at >= lo + 2
            && self.low(at - 1) == "of"
            && (self.tag(at - 2) == Tag::Cd || is_lone_determiner(self.low(at - 2)));
        if part { at - 2 } else { at }
    }

    fn reaches_left(&self, at: usize, (floor, end): Run, coordinated: bool) -> bool {
        let next = at + 1;
        let inner = next < end;
        let noun_before =
            at > floor && (self.is_head(at - 1) || self.word(at - 1) == ")") && self.tag(at - 1) != Tag::Prp;
        match self.tag(at) {
            Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Cd | Tag::Other | Tag::Jj | Tag::Pos | Tag::Sym => true,
            Tag::Dt | Tag::PrpS => true,
            Tag::Vbn | Tag::Vbg => {
                let nominal = !inner && at > floor && self.low(at - 1) == "the";
                nominal
                    || inner
                        && (self.is_noun(next) || self.tag(next) == Tag::Jj)
                        && at > floor
                        && matches!(self.tag(at - 1), Tag::Dt | Tag::PrpS | Tag::Jj | Tag::Nnp | Tag::Pos)
            }
            Tag::Rb => inner && matches!(self.tag(next), Tag::Jj | Tag::Cd | Tag::Vbn),
            Tag::In | Tag::To => {
                let close = at > floor && self.lexicon.open_adjectives.contains(self.low(at - 1));
                inner && (noun_before || close) && is_attachment(self.low(at))
            }
            Tag::Cc => inner && noun_before && self.low(at) != "but",
            Tag::Punct => match self.word(at) {
                "-" | "/" | "–" => {
                    inner && noun_before && (self.is_noun(next) || self.tag(next) == Tag::Jj)
                }
                ")" => at > floor,
                "," => coordinated && noun_before,
                "“" | "”" | "«" | "»" | "``" | "''" | "\"" | "'" | "’" => {
                    inner && self.quoted_at(at).is_some_and(|q| q.close - q.open < 10)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// The phrase without times around it: "In March the firm", "the firm on Tuesday".
    fn without_times(&self, (mut from, mut to): Run, lo: usize) -> Option<Run> {
        while to > from
            && (self.is_time(to - 1)
                || (self.tag(to - 1) == Tag::Cd && to - from > 1 && self.is_time(to - 2)))
        {
            to -= 1;
        }
        while to > from && matches!(self.tag(to - 1), Tag::In | Tag::To | Tag::Cc) {
            to -= 1;
        }
        let after_preposition = from > lo && matches!(self.tag(from - 1), Tag::In | Tag::To);
        let last_time = (from..to.min(from + 6))
            .rev()
            .find(|&i| self.is_time(i) || (after_preposition && self.tag(i) == Tag::Cd));
        if let Some(last) = last_time.filter(|&last| after_preposition || last < from + 3) {
            from = if self.tag(last + 1) == Tag::Pos { from } else { last + 1 };
        }
        let joined_time = (from..to.saturating_sub(1))
            .rev()
            .find(|&i| self.is_time(i) && (from..i).rev().take(2).any(|at| self.tag(at) == Tag::Cc));
        if let Some(time) = joined_time.filter(|&time| self.tag(time + 1) != Tag::Pos) {
            from = time + 1;
        }
        while from < to
            && matches!(self.tag(from), Tag::In | Tag::To | Tag::Cc | Tag::Punct | Tag::Pos)
            && !is_lone_determiner(self.low(from))
        {
            from += 1;
        }
        let named = (from..to).any(|i| {
            self.is_noun(i)
                || self.tag(i) == Tag::Prp
                || is_lone_determiner(self.low(i))
                || self.tag(i) == Tag::Cd
        });
        (from < to && named).then_some((from, to))
    }

    /// The subject of the verb group that starts at `verb`.
    pub(super) fn subject_before(&self, verb: usize, lo: usize) -> Option<Run> {
        if verb <= lo {
            return None;
        }
        let verb = self.before_insert(verb, lo);
        let last = verb - 1;
        if matches!(self.low(last), "who" | "which") || (self.tag(last) == Tag::Wdt) {
            return Some((last, verb));
        }
        if matches!(self.word(last), "," | "–" | "—") {
            return self.subject_with_insert(last, lo);
        }
        if let Some(source) = self.subject_with_relative(verb, lo) {
            return Some(source);
        }
        let (mut from, to) = self.phrase_before(verb, lo)?;
        for _ in 0..MOST_APPOSED {
            let Some(start) = self.with_apposed_before(from, lo) else { break };
            from = start;
        }
        Some((from, to))
    }

    /// Where the insert before `verb` begins: "in particular".
    fn before_insert(&self, verb: usize, lo: usize) -> usize {
        let ends = |words: &&Vec<String>| {
            let from = verb.checked_sub(words.len()).filter(|&from| from > lo);
            from.is_some_and(|from| words.iter().enumerate().all(|(at, word)| self.low(from + at) == word))
        };
        self.lexicon.inserts.iter().find(ends).map_or(verb, |words| verb - words.len())
    }

    /// "a diplomat who was there" before the verb.
    fn subject_with_relative(&self, verb: usize, lo: usize) -> Option<Run> {
        let floor = lo.max(verb.saturating_sub(14)) + 1;
        let same_clause = (floor..verb)
            .rev()
            .take_while(|&i| !matches!(self.word(i), "," | ";" | ":") && self.quoted_at(i).is_none());
        let who = same_clause.filter(|&i| self.low(i) == "who").last()?;
        let (from, to) = self.phrase_before(who, lo)?;
        let told = self.is_finite(who + 1) || self.is_finite(who + 2);
        (told && to == who && verb > who + 2).then_some((from, verb))
    }

    /// "Steve Doe, who runs the union," before the verb; `comma` is the last one.
    fn subject_with_insert(&self, comma: usize, lo: usize) -> Option<Run> {
        let floor = lo.max(comma.saturating_sub(LONGEST));
        let first = (floor..comma)
            .rev()
            .find(|&i| matches!(self.word(i), "," | "–" | "—") && self.is_insert((i + 1, comma)))?;
        let (from, to) = self.phrase_before(first, lo)?;
        let from = self.with_apposed_before(from, lo).unwrap_or(from);
        let relative =
            matches!(self.low(first + 1), "who" | "whose" | "which") || self.tag(first + 1) == Tag::Cd;
        let apposed = relative
            || matches!(self.tag(first + 1), Tag::Dt | Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Jj | Tag::PrpS);
        Some((from, if apposed && to == first { comma } else { to }))
    }

    fn is_insert(&self, (from, to): Run) -> bool {
        let relative = matches!(self.low(from), "who" | "whose" | "which" | "where");
        let opens = matches!(
            self.tag(from),
            Tag::Dt
                | Tag::Nn
                | Tag::Nns
                | Tag::Nnp
                | Tag::Jj
                | Tag::PrpS
                | Tag::Vbg
                | Tag::Vbn
                | Tag::In
                | Tag::Cd
                | Tag::Rb
        );
        let who = (from..to).find(|&i| matches!(self.low(i), "who" | "which" | "whose") && i > from);
        let plain = !self.has_finite((from, who.unwrap_or(to)));
        from < to && (relative || (opens && plain && self.tag(from) != Tag::Prp))
    }

    /// "The head of the plant, Steve Doe" before a verb: the start of the first part.
    fn with_apposed_before(&self, from: usize, lo: usize) -> Option<usize> {
        if from <= lo + 1 || self.word(from - 1) != "," || self.tag(from) == Tag::Prp {
            return None;
        }
        let (start, end) = self.phrase_before(from - 1, lo)?;
        let opens = start == lo
            || matches!(self.word(start - 1), "," | "“" | "«")
            || matches!(self.low(start - 1), "that" | "and" | "but");
        let person =
            (start..end).any(|i| self.lexicon.speakers.contains(self.low(i)) || self.tag(i) == Tag::Nnp);
        let name = self.tag(from) == Tag::Nnp || self.tag(start) == Tag::Nnp;
        (opens
            && person
            && name
            && end == from - 1
            && matches!(self.tag(start), Tag::Dt | Tag::Nnp | Tag::Nn | Tag::Jj))
        .then_some(start)
    }

    /// The first subject of the unit: what a participle or a second verb leaves out.
    pub(super) fn main_subject(&self, (lo, hi): Run) -> Option<Run> {
        let mut from = lo;
        for _ in 0..4 {
            let intro = matches!(self.tag(from), Tag::In | Tag::Vbg | Tag::Vbn | Tag::Rb | Tag::To | Tag::Cc)
                || self.is_time(from);
            let phrase = self.noun_phrase(from, hi).filter(|_| !intro);
            if let Some((start, end)) = phrase {
                let end = self.full_phrase(start, hi).map_or(end, |(_, full)| full);
                return Some((start, end));
            }
            let comma = (from..hi).find(|&i| self.word(i) == ",");
            from = if self.tag(from) == Tag::Cc || self.tag(from) == Tag::Rb { from + 1 } else { comma? + 1 };
        }
        None
    }
}

fn is_attachment(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "from" | "at" | "in" | "on" | "with" | "to" | "against" | "near" | "between" | "under"
    )
}

fn is_lone_determiner(word: &str) -> bool {
    matches!(
        word,
        "some"
            | "many"
            | "most"
            | "others"
            | "both"
            | "all"
            | "another"
            | "this"
            | "these"
            | "those"
            | "several"
            | "few"
    )
}
