//! Cues that are no active verbs: "according to", "the claim that", "is believed to".

use super::{
    cues::{UnitReader, Verb},
    doc::Run,
    report::Report,
};
use crate::tagger::Tag;

/// "According to her, A."
pub(super) const ACCORDING: &str = "quotation.according";
/// "was told to go": the subject is who was told, and what it does next is its own.
pub(super) const PASSIVE_ORDER: &str = "quotation.passive_order";
/// A longer stretch in marks describes nobody, in tokens.
const LONGEST_MARKED: usize = 6;

impl UnitReader<'_> {
    /// The fixed cue at `i`, by its length in words.
    fn according_len(&self, i: usize) -> Option<usize> {
        let fits =
            |words: &&Vec<String>| words.iter().enumerate().all(|(at, word)| self.doc.low(i + at) == word);
        self.doc.lexicon.according.iter().find(fits).map(Vec::len)
    }

    pub(super) fn is_according(&self, i: usize) -> bool {
        self.according_len(i).is_some()
    }

    /// "According to X, A." / "A, according to X."
    pub(super) fn according(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        if let Some(report) = self.own_words(i) {
            return Some(report);
        }
        let len = self.according_len(i)?;
        let (lo, hi) = self.unit;
        let source = doc
            .full_phrase(i + len, hi)
            .or_else(|| (doc.tag(i + len) == Tag::Prp).then_some((i + len, i + len + 1)))?;
        let opens = i == lo
            || doc.tag(i - 1) == Tag::Cc
            || (i < lo + 3 && (lo..i).all(|at| matches!(doc.tag(at), Tag::Cc | Tag::Rb | Tag::Punct)));
        let content = if opens {
            self.after_according(source.1)?
        } else {
            let from = self.start_before_according(i);
            let rest = self.rest_after_according(source.1);
            self.around_according((from, i), rest)?
        };
        let content = self.close(content);
        (!content.is_empty()).then(|| Report {
            source: Some(source),
            cue: Some((i, i + len)),
            content,
            rule: ACCORDING,
        })
    }

    /// "In his words, A."
    fn own_words(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        let fits = |words: &&Vec<String>| {
            words
                .iter()
                .enumerate()
                .all(|(at, word)| doc.low(i + at) == word || (word == "_" && doc.tag(i + at) == Tag::PrpS))
        };
        let len = doc.lexicon.own_words.iter().find(fits)?.len();
        let source = (i..i + len).find(|&at| doc.tag(at) == Tag::PrpS)?;
        let opens = i == self.unit.0 || matches!(doc.word(i - 1), ":" | ";") || doc.tag(i - 1) == Tag::Cc;
        if !opens || doc.word(i + len) != "," {
            return None;
        }
        let content = self.close(vec![(i + len + 1, self.unit.1)]);
        let told = Report {
            source: Some((source, source + 1)),
            cue: Some((i, i + len)),
            content,
            rule: "quotation.own_words",
        };
        (!told.content.is_empty()).then_some(told)
    }

    fn after_according(&self, end: usize) -> Option<Vec<Run>> {
        let doc = self.doc;
        let (_, hi) = self.unit;
        let comma = (end..hi.min(end + 25)).find(|&i| doc.word(i) == ",");
        let told_on = comma.is_none_or(|comma| doc.has_finite((end, comma)));
        let from = if told_on {
            end
        } else if doc.word(end) == "," {
            end + 1
        } else {
            (end..hi.min(end + 25)).find(|&i| doc.word(i) == ",").map_or(end, |comma| comma + 1)
        };
        (from < hi).then(|| vec![(from, hi)])
    }

    /// Content of a closing "according to" starts with its clause, which is mostly the unit.
    fn start_before_according(&self, i: usize) -> usize {
        let (lo, _) = self.unit;
        let doc = self.doc;
        let done = self
            .found
            .iter()
            .filter(|report| report.rule != "quotation.noun_cue")
            .filter_map(|report| report.cue.map(|cue| (cue.0, report.content_end())));
        let said = done.filter(|(cue, _)| *cue < i).map(|(_, end)| end.min(i)).max();
        match said {
            Some(end) if end + 2 < i => end,
            _ if doc.tag(lo) == Tag::Cc => lo + 1,
            _ => lo,
        }
    }

    /// "A, according to X, B": where A is no clause, what was told is B, or the phrase with a number in A.
    fn around_according(&self, before: Run, rest: Option<Run>) -> Option<Vec<Run>> {
        let doc = self.doc;
        if doc.has_finite(before) {
            return Some(std::iter::once(before).chain(rest).collect());
        }
        let last = if doc.word(before.1.saturating_sub(1)) == "," { before.1 - 1 } else { before.1 };
        let comma = (before.0..last).rev().find(|&at| doc.word(at) == ",");
        let phrase = (comma.map_or(before.0, |at| at + 1), before.1);
        let counted = (phrase.0..phrase.1).any(|at| doc.tag(at) == Tag::Cd);
        if counted {
            return Some(vec![phrase]);
        }
        rest.map(|rest| vec![rest])
    }

    /// "A, according to X, B."
    fn rest_after_according(&self, end: usize) -> Option<Run> {
        let doc = self.doc;
        let (_, hi) = self.unit;
        let rest = (end + 1, hi);
        let wanted = doc.word(end) == ","
            && rest.0 < hi
            && doc.has_finite(rest)
            && !matches!(doc.low(end + 1), "but" | "while" | "who" | "which");
        wanted.then_some(rest)
    }

    /// "the minister's claim that A"
    pub(super) fn noun_cue(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        let noun = doc.lexicon.nouns.contains(doc.low(i)) && matches!(doc.tag(i), Tag::Nn | Tag::Nns);
        if !noun {
            return self.call_for(i);
        }
        let by =
            matches!(doc.low(i + 1), "by" | "from").then(|| doc.noun_phrase(i + 2, self.unit.1)).flatten();
        let that = by.map_or(i + 1, |by| by.1);
        let clause = (that + 1..self.unit.1).any(|at| doc.is_finite(at) || doc.tag(at) == Tag::Vb);
        if doc.low(that) != "that" || !clause || doc.is_finite(that + 1) {
            return None;
        }
        let source = by.or_else(|| self.owner(i))?;
        let end = (that + 1..self.unit.1)
            .find(|&at| doc.word(at) == "," || self.is_according(at))
            .unwrap_or(self.unit.1);
        let content = self.close(vec![(that + 1, end)]);
        Some(Report { source: Some(source), cue: Some((i, i + 1)), content, rule: "quotation.noun_cue" })
    }

    /// "his calls for an inquiry"
    fn call_for(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        let noun = doc.lexicon.calls.contains(doc.low(i)) && matches!(doc.tag(i), Tag::Nn | Tag::Nns);
        let (from, end) = doc.noun_phrase(i + 2, self.unit.1).filter(|_| noun && doc.low(i + 1) == "for")?;
        let to = (end..self.unit.1)
            .find(|&at| doc.tag(at) == Tag::Punct || doc.is_finite(at))
            .unwrap_or(self.unit.1);
        let asked = doc.low(end) == "to" && doc.tag(end + 1) == Tag::Vb;
        let content = vec![(from, if asked { to } else { end })];
        Some(Report { source: self.owner(i), cue: Some((i, i + 2)), content, rule: "quotation.call_for" })
    }

    /// "the minister's claim", "his claim"
    fn owner(&self, noun: usize) -> Option<Run> {
        let doc = self.doc;
        let mut at = noun;
        while at > self.unit.0 && doc.tag(at - 1) == Tag::Jj {
            at -= 1;
        }
        let before = at.checked_sub(1).filter(|&before| before >= self.unit.0)?;
        if doc.tag(before) == Tag::PrpS {
            return Some((before, at));
        }
        if doc.tag(before) == Tag::Pos {
            return doc.phrase_before(before, self.unit.0);
        }
        let named = doc.tag(before) == Tag::Nnp;
        named.then(|| doc.phrase_before(at, self.unit.0)).flatten()
    }

    /// "is confident that A", "are concerned A"
    pub(super) fn attitude(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        if !doc.lexicon.attitudes.contains(doc.low(i)) {
            return None;
        }
        let group = doc.verb_group(i, self.unit.0);
        let be = group.from < i && (group.from..i).any(|at| doc.lexicon.be.contains(doc.low(at)));
        if !be || group.negated || group.modal {
            return None;
        }
        let that = doc.low(i + 1) == "that";
        let from = if that { i + 2 } else { i + 1 };
        if !self.is_clause_at(from) {
            return None;
        }
        let source = doc.subject_before(group.from, self.unit.0)?;
        let content = self.close(vec![(from, self.unit.1)]);
        (doc.low(source.0) != "it").then(|| Report {
            source: Some(source),
            cue: Some((i, i + 1)),
            content,
            rule: "quotation.attitude",
        })
    }

    /// "Citing people there, the paper reported A."
    pub(super) fn citing(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        if !matches!(doc.low(i), "citing" | "quoting") || doc.tag(i) == Tag::Nn {
            return None;
        }
        let source = doc.full_phrase(i + 1, self.unit.1)?;
        let speaker = (source.0..source.1).any(|at| {
            doc.tag(at) == Tag::Nnp || doc.lexicon.speakers.contains(doc.low(at)) || doc.low(at) == "people"
        });
        if !speaker {
            return None;
        }
        let content = if i == self.unit.0 {
            let that = (source.1..self.unit.1.min(source.1 + 20)).find(|&at| {
                doc.low(at) == "that"
                    || (doc.is_finite(at)
                        && doc.lexicon.verb(doc.low(at)).is_some()
                        && self.is_clause_at(at + 1))
            })?;
            vec![(that + 1, self.unit.1)]
        } else {
            self.found.last()?.content.clone()
        };
        let content = self.close(content);
        (!content.is_empty()).then(|| Report {
            source: Some(source),
            cue: Some((i, i + 1)),
            content,
            rule: "quotation.citing",
        })
    }

    /// "(was) dubbed “A” by X"
    pub(super) fn named_by(&self, verb: Verb<'_>) -> Option<Report> {
        let doc = self.doc;
        let quoted = doc.opens_quoted(verb.next() + usize::from(doc.low(verb.next()) == "as"))?;
        let by = quoted.close + 1;
        let named = verb.cue.frames.has('k') && doc.low(by) == "by" && by < self.unit.1;
        let source = doc.full_phrase(by + 1, self.unit.1).filter(|_| named)?;
        let content = self.close(vec![(quoted.open, quoted.close)]);
        (!content.is_empty()).then_some(Report {
            source: Some(source),
            cue: Some((verb.at, verb.next())),
            content,
            rule: "quotation.named_by",
        })
    }

    /// "has been described (by X) as A"
    fn described_as(&self, verb: Verb<'_>, subject: Run) -> Option<Report> {
        let doc = self.doc;
        let by = (doc.low(verb.at + 1) == "by").then(|| doc.full_phrase(verb.at + 2, self.unit.1)).flatten();
        let complement = by.map_or(verb.at + 1, |by| by.1);
        if doc.low(complement) != "as" {
            return None;
        }
        let end = (complement..self.unit.1)
            .find(|&at| doc.word(at) == "," && doc.quoted_at(at).is_none())
            .unwrap_or(self.unit.1);
        let content = self.close(vec![subject, (complement + 1, end)]);
        Some(Report {
            source: by,
            cue: Some((verb.at, verb.at + 1)),
            content,
            rule: "quotation.described_as",
        })
    }

    /// What stands after "as saying" near `from`, or in marks before `subject`.
    fn quoted_words(&self, from: usize, subject: usize) -> Option<Vec<Run>> {
        let doc = self.doc;
        let near =
            (from..self.unit.1.min(from + 12)).find(|&i| doc.low(i) == "as" && doc.tag(i + 1) == Tag::Vbg)?;
        let mut start = near + 2;
        while matches!(doc.word(start), "that" | ":" | ",") {
            start += 1;
        }
        let quoted_before = subject
            .checked_sub(1)
            .filter(|&at| at > self.unit.0)
            .map(|at| if doc.word(at) == "," { at - 1 } else { at });
        let before = quoted_before.and_then(|at| doc.closes_quoted(at));
        let content = match (before, doc.opens_quoted(start)) {
            (_, Some(after)) => (after.open, after.close),
            (Some(before), None) => (before.open, before.close),
            (None, None) => (start, self.unit.1),
        };
        let content = self.close(vec![content]);
        (!content.is_empty()).then_some(content)
    }

    /// "a “senior aide”"
    fn marked_phrase(&self, from: usize) -> Option<Run> {
        let doc = self.doc;
        let quoted = doc.opens_quoted(from + usize::from(matches!(doc.tag(from), Tag::Dt | Tag::PrpS)))?;
        let short = quoted.close - quoted.open <= LONGEST_MARKED && quoted.close < self.unit.1;
        (short && doc.is_noun(quoted.close - 1)).then_some((from, quoted.close))
    }

    /// "the agency quoted him as saying A": two reports, the agency's and his.
    pub(super) fn quoting(&mut self, verb: Verb<'_>) -> bool {
        let doc = self.doc;
        if !matches!(verb.cue.base.as_str(), "quote" | "cite") || verb.group.passive {
            return false;
        }
        let Some(outlet) = doc.subject_before(verb.group.from, self.unit.0) else { return false };
        let Some(content) = self.quoted_words(verb.next(), outlet.0) else { return false };
        let told = doc
            .noun_phrase(verb.next(), self.unit.1)
            .or_else(|| (doc.tag(verb.next()) == Tag::Prp).then_some((verb.next(), verb.next() + 1)))
            .or_else(|| self.marked_phrase(verb.next()));
        let Some(told) = told else { return false };
        for source in [told, outlet] {
            let report = Report {
                source: Some(source),
                cue: Some((verb.at, verb.at + 1)),
                content: content.clone(),
                rule: "quotation.quoted_as",
            };
            self.found.push(report);
        }
        true
    }

    /// "is quoted as saying", "is believed to", "it is noted that", "A is announced by X"
    pub(super) fn passive(&self, verb: Verb<'_>) -> Option<Report> {
        let doc = self.doc;
        if let Some(report) = self.as_was_told(verb) {
            return Some(report);
        }
        let subject = doc.subject_before(verb.group.from, self.unit.0)?;
        if let Some(report) = self.this_was_told(verb, subject) {
            return Some(report);
        }
        let cue = Some((verb.at, verb.at + 1));
        if matches!(verb.cue.base.as_str(), "quote" | "cite") {
            let content = self.quoted_words(verb.at + 1, subject.0)?;
            return Some(Report { source: Some(subject), cue, content, rule: "quotation.quoted_as" });
        }
        if verb.cue.frames.has('t') && (doc.low(subject.0) == "it" || verb.cue.frames.has('o')) {
            let that = self.reach_that(verb.at + 1);
            if let Some(that) = that {
                let by = (doc.low(verb.at + 1) == "by")
                    .then(|| doc.full_phrase(verb.at + 2, self.unit.1))
                    .flatten();
                let content = self.close(vec![(that + 1, self.unit.1)]);
                return Some(Report { source: by, cue, content, rule: "quotation.passive" });
            }
        }
        if verb.cue.frames.has('k') {
            return self.described_as(verb, subject);
        }
        let likely = usize::from(doc.low(verb.at + 1) == "likely");
        let by = (doc.low(verb.at + 1) == "by").then(|| doc.noun_phrase(verb.at + 2, self.unit.1)).flatten();
        let by = by.map(|by| {
            (
                by.0,
                (by.0 + 1..by.1)
                    .find(|&at| doc.low(at) == "to" && doc.tag(at + 1) == Tag::Vb)
                    .unwrap_or(by.1),
            )
        });
        let to = by.map_or(verb.at + 1 + likely, |by| by.1);
        let told = (verb.cue.frames.has('i') && verb.cue.base != "expect")
            || verb.cue.base == "accuse"
            || verb.cue.base == "blame";
        let accused = told && doc.low(to) == "of" && doc.tag(to + 1) == Tag::Vbg;
        let asked = told && doc.low(to) == "to" && doc.tag(to + 1) == Tag::Vb && !verb.cue.frames.has('p');
        if accused || asked {
            let then = |at: &usize| doc.tag(*at) == Tag::Cc && doc.tag(at + 1) == Tag::Vbd;
            let end = (to + 1..self.unit.1).find(then).unwrap_or(self.unit.1);
            let content = self.close(vec![(to + 1, end)]);
            return Some(Report { source: by, cue, content, rule: PASSIVE_ORDER });
        }
        let belief = verb.cue.frames.has('p') && doc.low(to) == "to" && doc.tag(to + 1) == Tag::Vb;
        let end = (to + 1..self.unit.1).find(|&at| doc.word(at) == ",").unwrap_or(self.unit.1);
        belief.then(|| Report {
            source: None,
            cue,
            content: self.close(vec![subject, (to + 1, end)]),
            rule: "quotation.passive_belief",
        })
    }
}
