//! A clause with its cue inside: "The pier, he said, was closed."

use super::{
    cues::{UnitReader, Verb},
    doc::Run,
    report::Report,
};
use crate::tagger::Tag;

/// The longest part before the cue, in tokens.
const LONGEST_HEAD: usize = 20;
const RULE: &str = "quotation.inside_clause";

impl<'a> UnitReader<'a> {
    /// The pier, he said, was closed. / The pier, he said, “was closed”. / In May, he said, the pier closed.
    pub(super) fn inside_clause(&self, verb: Verb<'a>) -> Option<Report> {
        let doc = self.doc;
        let end = self.after_addressee(verb);
        let speaks = verb.cue.frames.has('q') || verb.cue.frames.has('c');
        if !speaks || doc.word(end) != "," || doc.tag(verb.at) == Tag::Vbg {
            return None;
        }
        let source = doc.phrase_before(verb.group.from, self.unit.0)?;
        let head = self.head_before(source)?;
        let goes_on = self.goes_on(head, end + 1);
        let rest = (end + 1, self.content_end(verb, end + 1, RULE));
        let content = self.close(vec![head, rest]);
        (goes_on && content.len() == 2).then_some(Report {
            source: Some(source),
            cue: Some((verb.at, verb.next())),
            content,
            rule: RULE,
        })
    }

    /// "As was noted in the union, A."
    pub(super) fn as_was_told(&self, verb: Verb<'_>) -> Option<Report> {
        let doc = self.doc;
        let (lo, hi) = self.unit;
        let led = doc.low(lo) == "as" && verb.group.from == lo + 1;
        let by = matches!(doc.low(verb.next()), "by" | "in" | "at");
        let source = doc.noun_phrase(verb.next() + 1, hi).filter(|_| led && by)?;
        let content = self.close(vec![(source.1 + 1, hi)]);
        let told = doc.word(source.1) == "," && doc.has_finite((source.1, hi)) && !content.is_empty();
        told.then(|| Report {
            source: Some(source),
            cue: Some((verb.at, verb.next())),
            content,
            rule: "quotation.as_told",
        })
    }

    /// “A,” the minister said, quoted by the agency: the outlet that brought the words told them too.
    pub(super) fn relayed(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        let fits = |words: &&Vec<String>| words.iter().enumerate().all(|(at, word)| doc.low(i + at) == word);
        let end = i + doc.lexicon.relays.iter().find(fits)?.len();
        let told = self.found.last().filter(|told| told.cue.is_some_and(|cue| cue.1 <= i))?;
        let source = doc.full_phrase(end, self.unit.1)?;
        let apart = matches!(doc.word(i - 1), "," | "(") || doc.low(i - 1) == "as";
        let outside = told.content.iter().all(|run| run.1 <= i || source.1 <= run.0);
        (apart && outside).then(|| Report {
            source: Some(source),
            cue: Some((i, end)),
            content: told.content.clone(),
            rule: "quotation.relayed",
        })
    }

    /// "left this message, “A”", "translated the words as: “A”"
    pub(super) fn message(&self, i: usize) -> Option<Report> {
        let doc = self.doc;
        let past = |tag| matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
        let group = doc.verb_group(i, self.unit.0);
        if !past(doc.tag(i)) || group.negated || group.modal || group.passive {
            return None;
        }
        let object = doc.noun_phrase(i + 1, self.unit.1)?;
        let noun = (object.0..object.1).find(|&at| doc.lexicon.messages.contains(doc.low(at)))?;
        let as_words = usize::from(doc.low(object.1) == "as");
        let mark = object.1 + as_words;
        let at = doc.quoted_index(mark + 1).filter(|&at| doc.quoted[at].open == mark + 1)?;
        let close = doc.quoted[at].close;
        let ends = (doc.past_note(close + 1)..self.unit.1).all(|at| doc.tag(at) == Tag::Punct);
        let said = doc.is_speech(at) && ends && matches!(doc.word(mark), "," | ":");
        let source = doc.subject_before(group.from, self.unit.0).filter(|_| said)?;
        let cue = if as_words == 1 { (i, i + 1) } else { (i, noun + 1) };
        let content = vec![doc.inside(at)];
        Some(Report { source: Some(source), cue: Some(cue), content, rule: "quotation.message" })
    }

    /// "A, this was reported by the union."
    pub(super) fn this_was_told(&self, verb: Verb<'_>, subject: Run) -> Option<Report> {
        let doc = self.doc;
        let pointed = doc.low(subject.0) == "this" && subject.1 == subject.0 + 1;
        let comma =
            subject.0.checked_sub(1).filter(|&at| pointed && at > self.unit.0 && doc.word(at) == ",")?;
        let by = verb.cue.frames.has('t') && doc.low(verb.next()) == "by";
        let source = doc.full_phrase(verb.next() + 1, self.unit.1).filter(|_| by)?;
        let before = (self.content_start(comma), comma);
        let content = self.close(vec![before]);
        (doc.has_finite(before) && !content.is_empty()).then(|| Report {
            source: Some(source),
            cue: Some((verb.at, verb.next())),
            content,
            rule: "quotation.this_was_told",
        })
    }

    /// The part before the comma that the source stands behind: no clause of its own.
    fn head_before(&self, source: Run) -> Option<Run> {
        let doc = self.doc;
        let comma = source.0.checked_sub(1).filter(|&at| at > self.unit.0 && doc.word(at) == ",")?;
        let lo = self.content_start(comma);
        let from = (lo..comma).rev().find(|&i| matches!(doc.word(i), ":" | ";")).map_or(lo, |i| i + 1);
        let from = from + usize::from(doc.tag(from) == Tag::Cc);
        let marked = (from..comma).any(|i| doc.quoted_at(i).is_some());
        let plain = from < comma && comma - from <= LONGEST_HEAD && !doc.has_finite((from, comma));
        let opens = !matches!(doc.tag(from), Tag::Vbg | Tag::Vbn | Tag::Prp) && !self.is_subordinate(from);
        (plain && opens && !marked).then_some((from, comma))
    }

    /// Whether the clause that `head` opens goes on at `at`.
    fn goes_on(&self, head: Run, at: usize) -> bool {
        let doc = self.doc;
        let verb = at + usize::from(doc.tag(at) == Tag::Rb);
        let finite = doc.is_finite(verb);
        let noun = doc.noun_phrase(head.0, self.unit.1).is_some_and(|phrase| phrase == head);
        let timed = (head.0..head.1).any(|i| doc.lexicon.times.contains(doc.low(i)));
        let subject = noun && !timed && (finite || doc.opens_quoted(at).is_some());
        let circumstance = timed || matches!(doc.tag(head.0), Tag::In | Tag::Rb);
        subject || circumstance && doc.opens_quoted(at).is_none() && self.is_clause_at(at)
    }
}
