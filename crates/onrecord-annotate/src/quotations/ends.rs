//! Where content ends: at the next cue, at a second verb of the same subject, at the outlet's own voice.

use super::{
    cues::{UnitReader, Verb},
    doc::Run,
};
use crate::tagger::Tag;

impl UnitReader<'_> {
    /// Where content that starts at `from` ends.
    pub(super) fn content_end(&self, verb: Verb<'_>, from: usize, rule: &'static str) -> usize {
        let doc = self.doc;
        let (_, hi) = self.unit;
        if rule == "quotation.before_marks"
            && let Some(quoted) = doc.opens_quoted(from)
        {
            return self.end_of_marks(verb, quoted.close);
        }
        let mut i = from;
        while i < hi {
            if let Some(quoted) = doc.opens_quoted(i) {
                i = quoted.close.max(i) + 1;
                continue;
            }
            let phrase =
                matches!(rule, "quotation.noun_object" | "quotation.infinitive" | "quotation.measure");
            if self.ends_content(verb, i, from) || (phrase && self.starts_clause(i)) {
                return i;
            }
            i += 1;
        }
        hi
    }

    /// Words in marks are the whole content where they end like a sentence; or else their sentence goes on.
    fn end_of_marks(&self, verb: Verb<'_>, close: usize) -> usize {
        let doc = self.doc;
        let next = doc.past_note(close + 1);
        let done = matches!(doc.word(close - 1), "." | "," | "!" | "?")
            || matches!(doc.word(next), "." | "," | ";" | "")
            || next >= self.unit.1;
        if done {
            return close;
        }
        let end =
            (close + 1..self.unit.1).find(|&i| self.ends_content(verb, i, close)).unwrap_or(self.unit.1);
        end.max(close)
    }

    /// Whether the content stops before token `i`: the outlet goes on in its own voice.
    fn ends_content(&self, verb: Verb<'_>, i: usize, from: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        match doc.word(i) {
            "," => {
                let participle = self.is_told_on(next)
                    || doc.tag(next) == Tag::Vbg
                        && doc
                            .lexicon
                            .verb(doc.low(next))
                            .is_some_and(|cue| cue.frames.has('t') || cue.frames.has('q'));
                let by = self.is_according(next);
                let second = matches!(doc.low(next), "and" | "but") && self.is_second_verb(verb, next + 1);
                participle
                    || by
                    || second
                    || (doc.low(next) == "while" && self.holds_cue(next))
                    || matches!(doc.low(next), "whilst" | "whereas")
                    || (verb.at == self.unit.0 && doc.tag(verb.at) == Tag::Vbg && self.is_clause_at(next))
                    || self.is_tail(next)
                    || self.goes_on_after_relative(verb, (from, i))
            }
            ";" => self.holds_cue(next),
            _ if matches!(doc.low(i), "and" | "but") && i > from + 1 => self.is_second_cue(verb, next),
            _ => self.is_according(i) && i > from,
        }
    }

    /// ", with the analyst saying", ", releasing a statement saying"
    fn is_told_on(&self, from: usize) -> bool {
        let doc = self.doc;
        if doc.low(from) != "with" && doc.tag(from) != Tag::Vbg {
            return false;
        }
        let cue = (from + 1..self.unit.1.min(from + 14))
            .take_while(|&i| !doc.is_finite(i) && doc.word(i) != ",")
            .find(|&i| {
                doc.tag(i) == Tag::Vbg && doc.lexicon.verb(doc.low(i)).is_some_and(|cue| cue.frames.has('q'))
            });
        cue.is_some_and(|cue| {
            doc.low(cue + 1) == "that" || doc.opens_quoted(cue + 1).is_some() || doc.word(cue + 1) == ","
        })
    }

    /// ", but the talks failed": a clause that a phrase cannot hold.
    fn starts_clause(&self, i: usize) -> bool {
        let doc = self.doc;
        let link = matches!(
            doc.low(i + 1),
            "but" | "while" | "whilst" | "whereas" | "although" | "and" | "after" | "as" | "with"
        );
        (doc.word(i) == "," && link && (doc.low(i + 1) != "and" || self.is_clause_at(i + 2)))
            || doc.word(i) == ";"
    }

    /// "said A, but did not say B": a second verb of the same subject.
    fn is_second_verb(&self, verb: Verb<'_>, i: usize) -> bool {
        let doc = self.doc;
        let i = if doc.tag(i) == Tag::Rb { i + 1 } else { i };
        let tense = doc.tag(verb.at);
        (is_same_tense(doc.tag(i), tense) && tense != Tag::Vbg && doc.lexicon.verb(doc.low(i)).is_some())
            || matches!(doc.low(i), "did" | "declined" | "refused")
    }

    /// "said A and predicted that B"
    fn is_second_cue(&self, verb: Verb<'_>, i: usize) -> bool {
        let doc = self.doc;
        let adverbial = |at: usize| {
            matches!(doc.tag(at), Tag::Rb) || matches!(doc.low(at), "several" | "times" | "then" | "also")
        };
        let i = (i..i + 3).find(|&at| !adverbial(at)).unwrap_or(i);
        let cue = doc.lexicon.verb(doc.low(i));
        let same = is_same_tense(doc.tag(i), doc.tag(verb.at))
            && matches!(doc.tag(i), Tag::Vbd | Tag::Vbz | Tag::Vbg | Tag::Vbp);
        same && cue.is_some_and(|cue| !cue.frames.has('w'))
    }

    fn holds_cue(&self, from: usize) -> bool {
        let doc = self.doc;
        (from..self.unit.1.min(from + 16))
            .any(|i| doc.is_finite(i) && doc.lexicon.verb(doc.low(i)).is_some_and(|cue| cue.frames.has('q')))
    }

    /// "Brandt, who said that A, put B": the comma at which the sentence goes on with the verb of the one who said it.
    fn goes_on_after_relative(&self, verb: Verb<'_>, (from, comma): Run) -> bool {
        let doc = self.doc;
        let Some(relative) = verb.group.from.checked_sub(1) else { return false };
        let inserted = relative > self.unit.0
            && doc.word(relative - 1) == ","
            && matches!(doc.low(relative), "who" | "which");
        let next = comma + 1 + usize::from(doc.tag(comma + 1) == Tag::Rb);
        inserted && doc.is_finite(next) && doc.has_finite((from, comma))
    }

    /// ", the minister said.", ", the minister said on Monday." at the end of the unit.
    fn is_tail(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some((_, end)) = doc.noun_phrase(i, self.unit.1) else { return false };
        let cue = doc.is_finite(end) && doc.lexicon.verb(doc.low(end)).is_some_and(|cue| cue.frames.has('q'));
        let after = self.past_time(end + 1);
        cue && (after >= self.unit.1 || matches!(doc.word(after), "." | ",") || doc.low(end + 1) == "that")
    }
}

/// The tagger tells past tense and participle apart less well than the rules need.
fn is_same_tense(a: Tag, b: Tag) -> bool {
    let past = |tag: Tag| matches!(tag, Tag::Vbd | Tag::Vbn);
    a == b || (past(a) && past(b))
}
