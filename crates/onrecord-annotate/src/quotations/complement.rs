//! What follows a reporting verb: where the content begins and where it ends.

use super::{
    cues::{UnitReader, Verb},
    doc::Run,
};
use crate::tagger::Tag;

/// Content after a cue.
pub(super) struct Complement {
    pub(super) content: Run,

    pub(super) rule: &'static str,
}

/// How far "that" may stand from its verb: "told reporters in the capital on Monday that".
const REACH: usize = 22;
/// Words of a bound before a number: "sales of up to 3,000".
const LONGEST_BOUND: usize = 5;

impl UnitReader<'_> {
    /// What `verb` reports, if it reports something.
    pub(super) fn complement(&self, verb: Verb<'_>) -> Option<Complement> {
        let (from, rule) = self
            .that_clause(verb)
            .or_else(|| self.question(verb))
            .or_else(|| self.accusation(verb))
            .or_else(|| self.measure(verb))
            .or_else(|| self.quoted_object(verb))
            .or_else(|| self.infinitive_clause(verb))
            .or_else(|| self.named_as(verb))
            .or_else(|| self.bare_clause(verb))
            .or_else(|| self.gerund(verb))
            .or_else(|| self.noun_object(verb))?;
        let end = self.content_end(verb, from, rule);
        (from < end).then_some(Complement { content: (from, end), rule })
    }

    /// "said (in a statement) that ..."
    fn that_clause(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        if !verb.cue.frames.has('t') {
            return None;
        }
        let that = self.reach_that(verb.next())?;
        (that == verb.next() || self.is_gap(verb, that)).then_some((that + 1, "quotation.that_clause"))
    }

    /// Whether only when, where and to whom stand between the cue and `end`.
    fn is_gap(&self, verb: Verb<'_>, end: usize) -> bool {
        let doc = self.doc;
        let from = verb.next();
        let addressed = verb.cue.frames.has('o') || verb.cue.frames.has('i');
        let timed = |i: usize| doc.lexicon.times.contains(doc.low(i));
        let opens = matches!(doc.tag(from), Tag::In | Tag::To | Tag::Rb | Tag::Punct | Tag::Vbg)
            || (from..from + 3).any(timed);
        let other_cue = (from..end).any(|i| {
            matches!(doc.tag(i), Tag::Vbg | Tag::Vbd | Tag::Vbz) && doc.lexicon.verb(doc.low(i)).is_some()
        });
        let object = |i: usize| {
            matches!(doc.low(i), "a" | "an")
                && !matches!(doc.tag(i - 1), Tag::In | Tag::To | Tag::Cc | Tag::Vbg)
        };
        (addressed || opens && !(from..end).any(object)) && !other_cue
    }

    /// "explained how it works", "asked whether it works"
    fn question(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let mut at = verb.next();
        if verb.cue.frames.has('o') && doc.tag(at) != Tag::Wrb && doc.tag(at) != Tag::Wp {
            at = doc.noun_phrase(at, self.unit.1).map_or(at, |(_, end)| end);
        }
        let asks = matches!(doc.low(at), "how" | "why" | "whether" | "if" | "what" | "where" | "when");
        let condition = matches!(doc.low(at), "if" | "when" | "where") && verb.cue.base != "ask";
        let reports = verb.cue.frames.has('t') || verb.cue.base == "ask";
        let clause = self.is_clause_at(at + 1) || doc.low(at) == "what";
        (asks && !condition && reports && clause)
            .then_some((if doc.low(at) == "what" { at } else { at + 1 }, "quotation.question"))
    }

    /// "put the number at 90"
    fn measure(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let next = verb.next();
        let at = (next..self.unit.1.min(next + 14)).find(|&i| doc.low(i) == "at")?;
        let number =
            (at + 1..self.unit.1.min(at + 5)).any(|i| doc.tag(i) == Tag::Cd || doc.tag(i) == Tag::Sym);
        (verb.cue.frames.has('m') && number).then_some((next, "quotation.measure"))
    }

    /// "accused him of lying", "blamed the storm for the loss"
    fn accusation(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let next = verb.next();
        let link = if verb.cue.base == "accuse" { "of" } else { "for" };
        let near = (next + 1..self.unit.1.min(next + 18)).any(|i| doc.low(i) == link);
        (verb.cue.frames.has('z') && near && doc.noun_phrase(next, self.unit.1).is_some())
            .then_some((next, "quotation.accusation"))
    }

    /// The "that" which opens the clause of a verb that ends at `from`.
    pub(super) fn reach_that(&self, from: usize) -> Option<usize> {
        let doc = self.doc;
        for i in from..self.unit.1.min(from + REACH) {
            if doc.low(i) == "that" && !doc.lexicon.times.contains(doc.low(i + 1)) {
                let verb_next = doc.is_finite(i + 1) && !doc.is_noun(i + 1);
                let helper = doc.lexicon.auxiliaries.contains(doc.low(i + 1)) || doc.tag(i + 1) == Tag::Md;
                let relative = i > from && doc.is_noun(i - 1) && !doc.lexicon.times.contains(doc.low(i - 1));
                let pronoun = verb_next && (relative || i == from && helper);
                let determiner = i > from
                    && doc.tag(i) == Tag::Dt
                    && doc.is_noun(i + 1)
                    && !doc.has_finite((i + 1, self.unit.1.min(i + 8)));
                return (!pronoun && !determiner).then_some(i);
            }
            let passable =
                !doc.is_finite(i) && !matches!(doc.word(i), ";" | ":" | "—") && doc.quoted_at(i).is_none();
            if !passable {
                return None;
            }
        }
        None
    }

    /// said: “A” / said “A” / said, “A” / called it “A”
    fn quoted_object(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let frames = verb.cue.frames;
        if !(frames.has('q') || frames.has('o') || frames.has('i') || frames.has('t')) {
            return None;
        }
        for i in verb.next()..self.unit.1.min(verb.at + REACH) {
            if doc.opens_quoted(i).is_some() {
                let at = doc.quoted_index(i)?;
                let near = i <= verb.at + 2 || matches!(doc.word(i - 1), "," | ":");
                let speech = doc.is_speech(at) || matches!(doc.word(i - 1), ":");
                let near = if i <= verb.next() + 1 {
                    near
                } else {
                    (near || doc.tag(verb.next()) == Tag::In) && self.is_gap(verb, i)
                };
                return (near && (speech || (frames.has('c') && i == verb.next())))
                    .then_some((i, "quotation.before_marks"));
            }
            if doc.word(i) == ":" && i + 1 < self.unit.1 {
                return (frames.has('q') && (i == verb.next() || self.is_gap(verb, i)))
                    .then_some((i + 1, "quotation.colon"));
            }
            if doc.is_finite(i) || matches!(doc.word(i), ";" | ".") || doc.low(i) == "that" {
                return None;
            }
        }
        None
    }

    /// "urged them to go", "promised to go", "asked not to be named"
    fn infinitive_clause(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let frames = verb.cue.frames;
        let mut to = verb.next();
        while frames.has('v') && doc.tag(to) == Tag::Rb && doc.low(to) != "not" {
            to += 1;
        }
        if frames.has('v') && self.is_to_verb(to) {
            return Some((self.skip_to(to), "quotation.infinitive"));
        }
        if !frames.has('i') && verb.cue.base != "call" {
            return None;
        }
        let on = verb.cue.base == "call" && matches!(doc.low(to), "on" | "upon");
        let linked = matches!(doc.low(to), "with" | "to")
            && matches!(doc.tag(to + 1), Tag::Dt | Tag::Prp | Tag::Nnp | Tag::PrpS);
        if verb.cue.base == "call" && !on {
            return None;
        }
        to += usize::from(on || linked);
        let start = to;
        let (_, end) =
            doc.noun_phrase(to, self.unit.1).or_else(|| (doc.tag(to) == Tag::Prp).then_some((to, to + 1)))?;
        // The greedy phrase may have swallowed nothing: "to" + verb is no attachment.
        let end = (start + 1..=end.min(self.unit.1)).find(|&i| self.is_to_verb(i)).unwrap_or(end);
        let end = self.past_time(end);
        self.is_to_verb(end).then_some((start, "quotation.infinitive"))
    }

    fn is_to_verb(&self, i: usize) -> bool {
        let doc = self.doc;
        let not = doc.low(i) == "not";
        let to = i + usize::from(not);
        doc.low(to) == "to"
            && (doc.tag(to + 1) == Tag::Vb || (doc.tag(to + 1) == Tag::Rb && doc.tag(to + 2) == Tag::Vb))
    }

    fn skip_to(&self, i: usize) -> usize {
        if self.doc.low(i) == "to" { i + 1 } else { i }
    }

    /// The token before the subject of `verb`.
    fn before_subject(&self, verb: Verb<'_>) -> usize {
        let subject = self.doc.subject_before(verb.group.from, self.unit.0);
        subject.map_or(verb.at, |subject| subject.0.saturating_sub(1))
    }

    /// "called it dangerous", "described the ruling as historic", "called for the release"
    fn named_as(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let next = verb.next();
        if verb.cue.base == "warn" && doc.low(next) == "of" {
            return Some((next + 1, "quotation.warned_of"));
        }
        if verb.cue.frames.has('f') && doc.low(next) == "for" {
            return Some((next + 1, "quotation.call_for"));
        }
        if !verb.cue.frames.has('k') {
            return None;
        }
        let first = if doc.tag(next) == Tag::Dt { next + 1 } else { next };
        let objectless =
            doc.opens_quoted(first).is_some() && !matches!(doc.low(self.before_subject(verb)), "what");
        if objectless && doc.tag(verb.at) != Tag::Vbg {
            return None;
        }
        if doc.opens_quoted(first).is_some() && doc.tag(verb.at) != Tag::Vbg {
            return Some((first, "quotation.before_marks"));
        }
        let end = doc.noun_phrase(next, self.unit.1).map_or(next, |(_, end)| end);
        let only_as =
            matches!(verb.cue.base.as_str(), "describe" | "characterize" | "characterise" | "portray");
        let stops = |i: usize| matches!(doc.word(i), "," | ";") && !only_as;
        let as_near = (next..self.unit.1.min(next + 40)).find(|&i| doc.low(i) == "as" || stops(i));
        let with_as = as_near.is_some_and(|i| doc.low(i) == "as");
        let marked = (next..self.unit.1.min(end + 4)).any(|i| doc.opens_quoted(i).is_some());
        let bare = !matches!(
            verb.cue.base.as_str(),
            "describe" | "characterize" | "characterise" | "portray" | "hail" | "dismiss" | "denounce"
        ) && (marked
            || (doc.tag(next) == Tag::Prp || doc.tag(next) == Tag::Dt)
                && matches!(doc.tag(end), Tag::Jj | Tag::Dt | Tag::Vbn));
        let term = (next..self.unit.1.min(end + 12)).any(|i| {
            doc.opens_quoted(i).is_some() && doc.word(i + 1).chars().next().is_some_and(char::is_lowercase)
        });
        let shown =
            if verb.cue.frames.has('w') { term && (with_as || marked) } else { with_as || bare || marked };
        shown.then_some((next, "quotation.named_as"))
    }

    /// "said it rained", "told the paper it rained", "said if it rains, we go"
    fn bare_clause(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        let frames = verb.cue.frames;
        if !frames.has('c') || frames.has('w') && !self.is_clause_at(verb.next()) {
            return None;
        }
        let mut from = verb.next();
        if frames.has('d') && !self.is_clause_at(from) {
            from = doc.noun_phrase(from, self.unit.1)?.1;
        }
        from = self.past_circumstances(from);
        let number = verb.cue.base == "say"
            && doc.tag(from) == Tag::Cd
            && matches!(doc.word(from + 1), "." | "," | "");
        if number || self.is_clause_at(from) {
            return Some((from, "quotation.bare_clause"));
        }
        let strong = matches!(
            verb.cue.base.as_str(),
            "say" | "claim" | "state" | "believe" | "think" | "argue" | "insist" | "hope"
        );
        let rest = doc.trimmed((from, self.unit.1));
        let opens = matches!(
            doc.tag(from),
            Tag::In
                | Tag::Nn
                | Tag::Nns
                | Tag::Nnp
                | Tag::Dt
                | Tag::Prp
                | Tag::PrpS
                | Tag::Cd
                | Tag::Jj
                | Tag::Ex
                | Tag::Vbg
                | Tag::Rb
                | Tag::Wp
        ) || doc.opens_quoted(from).is_some()
            || (verb.cue.base == "say" && doc.tag(from) != Tag::Punct);
        (strong && opens && rest.1 - rest.0 >= 3 && doc.has_finite((from, rest.1.min(from + 40))))
            .then_some((from, "quotation.bare_clause"))
    }

    /// Past "on Monday", "in a statement", "today": when and where it was said.
    fn past_circumstances(&self, mut from: usize) -> usize {
        let doc = self.doc;
        for _ in 0..3 {
            if doc.lexicon.times.contains(doc.low(from)) && !self.is_clause_at(from) {
                from += 1;
            } else if matches!(doc.low(from), "on" | "in" | "at" | "during") && doc.tag(from) == Tag::In {
                let Some((_, end)) = doc.noun_phrase(from + 1, self.unit.1) else { return from };
                let told = (from + 1..end).any(|i| {
                    doc.lexicon.times.contains(doc.low(i))
                        || matches!(
                            doc.low(i),
                            "statement"
                                | "interview"
                                | "conference"
                                | "briefing"
                                | "release"
                                | "report"
                                | "speech"
                                | "letter"
                                | "post"
                                | "message"
                                | "meeting"
                        )
                });
                let comma = doc.word(end) == ",";
                if !told || (comma && self.is_clause_at(end + 1)) || !self.is_clause_at(end) {
                    return from;
                }
                from = end;
            } else {
                return from;
            }
        }
        from
    }

    /// Whether a subject with its finite verb stands at `from`.
    pub(super) fn is_clause_at(&self, from: usize) -> bool {
        let doc = self.doc;
        if doc.tag(from) == Tag::Ex {
            return true;
        }
        let from = if doc.opens_quoted(from).is_some() { from + 1 } else { from };
        let Some((_, mut end)) = doc.noun_phrase(from, self.unit.1) else { return false };
        if doc.tag(end) == Tag::Wdt || matches!(doc.low(end), "who" | "which") {
            let Some(comma) = (end + 2..self.unit.1.min(end + 14)).find(|&i| doc.is_finite(i)) else {
                return false;
            };
            end = comma;
        }
        while (doc.tag(end) == Tag::Rb || doc.opens_quoted(end).is_some()) && end < self.unit.1 {
            end += 1;
        }
        doc.is_finite(end)
            || doc.tag(end) == Tag::Vbn && doc.tag(end - 1) == Tag::Prp
            || (doc.low(end).starts_with('\'') && doc.tag(end) != Tag::Pos)
    }

    /// "denied taking part"
    fn gerund(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let next = verb.next() + usize::from(self.doc.low(verb.next()) == "to");
        (verb.cue.frames.has('g') && self.doc.tag(next) == Tag::Vbg).then_some((next, "quotation.gerund"))
    }

    /// "announced the release of a ship", "reported a loss of 3 million"
    fn noun_object(&self, verb: Verb<'_>) -> Option<(usize, &'static str)> {
        let doc = self.doc;
        if !verb.cue.frames.has('n') || doc.tag(verb.at) == Tag::Vbn && verb.group.from == verb.at {
            return None;
        }
        let (from, end) = doc.noun_phrase(self.past_time(verb.next()), self.unit.1)?;
        let telling = end - from >= 3 && (from..end).any(|i| matches!(doc.tag(i), Tag::In | Tag::Cd))
            || self.is_to_verb(end);
        let measured = doc.low(end) == "of" && (end + 1..end + LONGEST_BOUND).any(|i| doc.tag(i) == Tag::Cd);
        let telling = telling || measured;
        let counted = (from..end).any(|i| doc.tag(i) == Tag::Cd);
        let enough = if verb.cue.frames.has('w') { counted } else { telling };
        (enough && doc.tag(from) != Tag::Prp && !doc.is_finite(end))
            .then_some((from, "quotation.noun_object"))
    }

    /// Past "on Tuesday" and the like.
    pub(super) fn past_time(&self, from: usize) -> usize {
        let doc = self.doc;
        let timed = |i: usize| doc.lexicon.times.contains(doc.low(i));
        let opens = matches!(doc.low(from), "on" | "in" | "at") || timed(from);
        let last =
            (from..from + 4).take_while(|&i| opens && doc.tag(i) != Tag::Punct).filter(|&i| timed(i)).last();
        last.map_or(from, |last| last + 1)
    }
}
