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
