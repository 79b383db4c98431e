//! Finds the reporting verbs of a unit and decides what each one reports.

use super::{
    complement::Complement,
    doc::{Doc, Run},
    fixed::{ACCORDING, PASSIVE_ORDER},
    lexicon::Cue,
    phrases::VerbGroup,
    report::Report,
};
use crate::tagger::Tag;

/// A reporting verb where it stands.
#[derive(Clone, Copy)]
pub(super) struct Verb<'a> {
    pub(super) at: usize,
    pub(super) cue: &'a Cue,
    pub(super) group: VerbGroup,
    /// Words of the cue: 1, or more for "pointed out".
    pub(super) len: usize,
}

impl Verb<'_> {
    /// The first token after the cue.
    pub(super) fn next(&self) -> usize {
        self.at + self.len
    }
}

/// Reads one unit.
pub(super) struct UnitReader<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) unit: Run,
    pub(super) found: Vec<Report>,
}

impl<'a> UnitReader<'a> {
    /// Every report in `unit`, in the order of their cues.
    pub(super) fn read(doc: &'a Doc<'a>, unit: Run) -> Vec<Report> {
        let mut reader = Self { doc, unit, found: Vec::new() };
        let mut i = unit.0;
        while i < unit.1 {
            if let Some(quoted) = doc.opens_quoted(i).filter(|quoted| quoted.close < unit.1) {
                i = quoted.close + 1;
                continue;
            }
            reader.read_at(i);
            i += 1;
        }
        reader.found
    }

    fn read_at(&mut self, i: usize) {
        if let Some(report) = self
            .according(i)
            .or_else(|| self.noun_cue(i))
            .or_else(|| self.attitude(i).filter(|report| !self.is_own_attitude(report)))
            .or_else(|| self.citing(i))
            .or_else(|| self.relayed(i))
        {
            self.found.push(report);
            return;
        }
        let n_found = self.found.len();
        if let Some(verb) = self.verb_at(i)
            && !self.quoting(verb)
        {
            let report = self
                .named_by(verb)
                .or_else(|| if verb.group.passive { self.passive(verb) } else { self.active(verb) });
            self.found.extend(report.filter(|report| !self.is_inner_belief(verb, report)));
        }
        if self.found.len() == n_found {
            self.found.extend(self.message(i));
        }
    }

    fn verb_at(&self, i: usize) -> Option<Verb<'a>> {
        let (cue, len) = self.cue_at(i)?;
        let group = self.doc.verb_group(i, self.unit.0);
        if self.doc.tag(i) == Tag::Vb && i > self.unit.0 && self.doc.tag(i - 1) == Tag::Cc {
            return None;
        }
        let denied = group.negated || group.modal || group.infinitive && !self.is_went_on(group.from);
        (!denied).then_some(Verb { at: i, cue, group, len })
    }

    /// The cue whose verb is token `i`, and its length.
    fn cue_at(&self, i: usize) -> Option<(&'a Cue, usize)> {
        let doc = self.doc;
        let is_verb = matches!(doc.tag(i), Tag::Vb | Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbp | Tag::Vbz);
        let fits = |words: &[String]| words.iter().enumerate().all(|(at, word)| doc.low(i + 1 + at) == word);
        let phrase = doc.lexicon.phrases(doc.low(i)).iter().find(|(words, _)| fits(words));
        if let Some((words, cue)) = phrase.filter(|_| is_verb) {
            return Some((cue, words.len() + 1));
        }
        let cue = doc.lexicon.verb(doc.low(i))?;
        let beside_marks = doc.closes_quoted(i.wrapping_sub(1)).is_some() && cue.frames.has('q');
        let after_as = i == self.unit.0 + 1 && doc.low(self.unit.0) == "as";
        (is_verb || beside_marks || after_as).then_some((cue, 1))
    }

    /// "went on to say"
    fn is_went_on(&self, from: usize) -> bool {
        from >= 2
            && self.doc.low(from - 1) == "on"
            && matches!(self.doc.low(from - 2), "went" | "goes" | "going")
    }

    /// "said she was concerned that ..." is one report.
    fn is_own_attitude(&self, report: &Report) -> bool {
        let pronoun = report.source.is_some_and(|source| self.doc.tag(source.0) == Tag::Prp);
        let held = |run: &Run| report.cue.is_some_and(|cue| run.0 <= cue.0 && cue.1 <= run.1);
        pronoun && self.found.iter().any(|outer| outer.content.iter().any(held))
    }

    /// "said he believes that ...", "according to her, the port expects ..." is one report.
    fn is_inner_belief(&self, verb: Verb<'_>, report: &Report) -> bool {
        let pronoun = report.source.is_none_or(|source| self.doc.tag(source.0) == Tag::Prp);
        let held = |run: &Run| run.0 <= verb.at && verb.at < run.1;
        let holds = |outer: &&Report| outer.content.iter().any(held);
        let within = |outer: &Report| pronoun || outer.rule == ACCORDING && verb.cue.frames.has('w');
        verb.cue.frames.has('b') && self.found.iter().find(holds).is_some_and(within)
    }

    /// "As experts note, A." / "As note experts, A."
    fn as_told(&self, verb: Verb<'a>) -> Option<Report> {
        let doc = self.doc;
        let (lo, hi) = self.unit;
        let direct = verb.cue.frames.has('t') || verb.cue.frames.has('q');
        if doc.low(lo) != "as" || !direct || verb.at > lo + 12 {
            return None;
        }
        let (source, end) = if verb.group.from == lo + 1 {
            let source = doc.full_phrase(verb.next(), hi)?;
            (source, source.1)
        } else {
            (
                doc.noun_phrase(lo + 1, hi).filter(|source| source.1 == verb.group.from)?,
                self.after_addressee(verb),
            )
        };
        let content = self.close(vec![(end + 1, hi)]);
        let told = doc.word(end) == "," && !content.is_empty() && doc.has_finite((end + 1, hi));
        told.then(|| Report {
            source: Some(source),
            cue: Some((verb.at, verb.next())),
            content,
            rule: "quotation.as_told",
        })
    }

    fn active(&self, verb: Verb<'a>) -> Option<Report> {
        if matches!(self.doc.low(verb.group.from.wrapping_sub(1)), "than") {
            return None;
        }
        self.as_told(verb)
            .or_else(|| self.inverted(verb))
            .or_else(|| self.inside_clause(verb))
            .or_else(|| self.after_content(verb))
            .or_else(|| self.before_content(verb))
            .map(|report| self.without_text(verb, report))
    }

    /// “To all,” it reads: which text "it" is, the sentence does not tell.
    fn without_text(&self, verb: Verb<'_>, report: Report) -> Report {
        let text = |source: &Run| verb.cue.frames.has('x') && self.doc.tag(source.0) == Tag::Prp;
        Report { source: report.source.filter(|source| !text(source)), ..report }
    }

    /// “A,” said the minister. / A, said the minister.
    fn inverted(&self, verb: Verb<'a>) -> Option<Report> {
        let doc = self.doc;
        if !verb.cue.frames.has('q')
            || verb.group.from == self.unit.0
            || matches!(doc.tag(verb.at), Tag::Vbg | Tag::Vb)
        {
            return None;
        }
        let content = self.content_up_to(verb.group.from)?;
        if verb.cue.frames.has('d') && !self.follows_quoted(verb.group.from) {
            return None;
        }
        let source = doc.full_phrase(verb.next(), self.unit.1)?;
        if doc.tag(source.0) != Tag::Prp && self.is_no_speaker(source) {
            return None;
        }
        if doc.tag(source.0) == Tag::Prp
            && !matches!(doc.low(source.0), "he" | "she" | "they" | "it" | "i" | "we")
        {
            return None;
        }
        if !doc.ends_attribution(source.1) && source.1 < self.unit.1 && !matches!(doc.word(source.1), ":") {
            return None;
        }
        Some(self.report((source, verb.at), content, source.1, "quotation.inverted"))
    }

    /// Whether only marks stand between a quoted stretch and `at`; else "the doctor told reporters" has its subject there.
    fn follows_quoted(&self, at: usize) -> bool {
        let last = (self.unit.0..at).rev().find(|&i| self.doc.tag(i) != Tag::Punct);
        last.is_some_and(|i| self.doc.quoted_at(i).is_some())
    }

    /// “A,” the minister said. / A, the minister said.
    fn after_content(&self, verb: Verb<'a>) -> Option<Report> {
        let doc = self.doc;
        if !(verb.cue.frames.has('q') || verb.cue.frames.has('c')) || matches!(doc.tag(verb.at), Tag::Vbg) {
            return None;
        }
        let source = doc
            .subject_before(verb.group.from, self.unit.0)
            .filter(|source| !matches!(doc.low(source.0), "who" | "which"))?;
        let content = self.content_up_to(source.0)?;
        let end = self.after_addressee(verb);
        let quoted_after =
            doc.opens_quoted(end).is_some() || (doc.word(end) == "," && doc.opens_quoted(end + 1).is_some());
        let direct = doc.closes_quoted(content.1).is_some();
        let ends = doc.ends_attribution(end) || end >= self.unit.1 || quoted_after || doc.word(end) == ":";
        if !(ends || direct && doc.low(end) != "that" && !doc.is_finite(end)) {
            return None;
        }
        if !direct && self.says_more(end) {
            return None;
        }
        Some(self.report((source, verb.at), content, end, "quotation.after_content"))
    }

    /// A that-clause after the cue belongs to the cue.
    fn says_more(&self, end: usize) -> bool {
        (end..self.unit.1.min(end + 12))
            .take_while(|&i| self.doc.word(i) != ",")
            .any(|i| self.doc.low(i) == "that" || self.doc.is_finite(i))
    }

    /// Past "reporters", "to the council": who was told.
    pub(super) fn after_addressee(&self, verb: Verb<'a>) -> usize {
        let doc = self.doc;
        let next = verb.next();
        if !verb.cue.frames.has('o') {
            return next;
        }
        doc.noun_phrase(next, self.unit.1).map_or(next, |(_, end)| end)
    }

    /// What precedes `end` and is set off from it by a comma, a dash or a closing mark.
    fn content_up_to(&self, end: usize) -> Option<Run> {
        let doc = self.doc;
        let (lo, _) = self.unit;
        let mut last = end.checked_sub(1).filter(|&last| last >= lo)?;
        if doc.is_break(last) && last > lo {
            last -= 1;
        }
        let dash = matches!(doc.word(last), "—" | "–" | "-");
        if dash && last > lo {
            last -= 1;
        }
        if doc.word(last) == "," && last > lo && doc.closes_quoted(last - 1).is_some() {
            last -= 1;
        }
        if let Some(quoted) = doc.closes_quoted(last) {
            let from = self.content_start(quoted.open);
            let speech = from == quoted.open || doc.has_finite((from, quoted.close));
            return speech.then_some((from, last));
        }
        if doc.word(last) != "," && !dash {
            return None;
        }
        let from = self.content_start(last);
        (doc.has_finite((from, last)) && last - from > 2 && !self.is_subordinate(from))
            .then_some((from, last))
    }

    /// "As the talks began, ..." is no content.
    pub(super) fn is_subordinate(&self, from: usize) -> bool {
        matches!(
            self.doc.low(from),
            "as" | "when"
                | "while"
                | "after"
                | "before"
                | "since"
                | "although"
                | "though"
                | "asked"
                | "speaking"
                | "because"
        )
    }

    /// Where content that ends before `end` begins: the unit's start, or past an earlier report of this unit.
    pub(super) fn content_start(&self, end: usize) -> usize {
        let done =
            self.found.iter().map(|report| report.content_end().max(report.cue.map_or(0, |cue| cue.1)));
        let lo = done.filter(|&at| at <= end).max().unwrap_or(self.unit.0).max(self.unit.0);
        let after_and = (lo..end)
            .find(|&i| self.doc.tag(i) != Tag::Punct || self.doc.opens_quoted(i).is_some())
            .unwrap_or(lo);
        if lo > self.unit.0 && self.doc.tag(after_and) == Tag::Cc { after_and + 1 } else { after_and }
    }

    /// A report whose content stands before the cue and may go on after `end`.
    fn report(&self, (source, cue): (Run, usize), content: Run, end: usize, rule: &'static str) -> Report {
        let mut parts = vec![content];
        let direct = self.doc.closes_quoted(content.1).is_some();
        parts.extend(self.resumed(end, direct).or_else(|| self.continued(end).filter(|_| !direct)));
        Report { source: Some(source), cue: Some((cue, cue + 1)), content: self.close(parts), rule }
    }

    /// The second part of an interrupted quotation: "A," he said, "B." or A, he said, B.
    fn resumed(&self, end: usize, direct: bool) -> Option<Run> {
        let doc = self.doc;
        let (_, hi) = self.unit;
        let open = (end..hi.min(end + 24)).find(|&i| doc.opens_quoted(i).is_some())?;
        let quiet = (end..open).all(|i| {
            !doc.is_finite(i) && doc.lexicon.verb(doc.low(i)).is_none_or(|cue| !cue.frames.has('q'))
        });
        let apart = matches!(doc.word(open - 1), "," | "." | ":" | "—" | "–" | "-");
        let at = doc.quoted_index(open)?;
        (direct && quiet && apart && doc.is_speech(at)).then(|| (open, doc.quoted[at].close))
    }

    /// The second clause around an inserted report: "A, he said on Monday, and B."
    fn continued(&self, end: usize) -> Option<Run> {
        let doc = self.doc;
        let (_, hi) = self.unit;
        let link = self.past_time(end) + 1;
        let linked = doc.word(link - 1) == "," && doc.tag(link) == Tag::Cc;
        let reports = |i: usize| doc.lexicon.verb(doc.low(i)).is_some() && doc.is_finite(i);
        let plain = (link..hi).all(|i| !reports(i) && doc.quoted_at(i).is_none());
        (linked && self.is_clause_at(link + 1) && plain).then_some((link + 1, hi))
    }

    /// Content runs: marks off the edges, but the stop before a closing mark stays.
    pub(super) fn close(&self, parts: Vec<Run>) -> Vec<Run> {
        let doc = self.doc;
        let whole = |run: Run| {
            let (from, to) = doc.trimmed(run);
            let stop = matches!(doc.word(to), "." | "!" | "?" | "..." | "…") && doc.quoted_at(to).is_some();
            (from, if stop { to + 1 } else { to })
        };
        parts.into_iter().map(whole).filter(|run| run.0 < run.1).collect()
    }

    /// The minister said (that) A. / The minister: "A" / urged them to A.
    fn before_content(&self, verb: Verb<'a>) -> Option<Report> {
        let Complement { content, rule } = self.complement(verb)?;
        let source = self.source_of(verb)?;
        if source.is_some_and(|source| self.is_no_speaker(source)) {
            return None;
        }
        let content = self.close(vec![content]);
        (!content.is_empty()).then(|| Report { source, cue: Some(self.cue_run(verb)), content, rule })
    }

    fn cue_run(&self, verb: Verb<'a>) -> Run {
        let next = self.doc.low(verb.at + 1);
        let particle = (verb.cue.base == "call" && matches!(next, "for" | "on" | "upon"))
            || (verb.cue.base == "warn" && next == "of");
        (verb.at, verb.next() + usize::from(particle))
    }

    /// The subject; `Some(None)` where the text leaves it out, `None` where this is no report.
    #[expect(clippy::option_option, reason = "no source in print and no report at all are different answers")]
    fn source_of(&self, verb: Verb<'a>) -> Option<Option<Run>> {
        let doc = self.doc;
        let from = verb.group.from;
        if from == self.unit.0 {
            if let Some(lead) = doc.list_lead(from) {
                return Some(Some(lead));
            }
            let comma = (verb.next()..self.unit.1)
                .find(|&i| doc.word(i) == "," && doc.quoted_at(i).is_none_or(|quoted| quoted.close == i + 1));
            let later = comma.filter(|_| doc.tag(verb.at) == Tag::Vbg)?;
            let start = if doc.closes_quoted(later + 1).is_some() { later + 2 } else { later + 1 };
            return doc.full_phrase(start, self.unit.1).map(Some);
        }
        let before = from - 1;
        let elided = doc.tag(before) == Tag::Cc
            || (doc.tag(verb.at) == Tag::Vbg
                && (matches!(doc.word(before), "," | "–" | "—")
                    || matches!(doc.low(before), "while" | "by" | "before" | "after" | "when")));
        if elided {
            return self.earlier_source(verb.at).map(Some);
        }
        let subject = doc.subject_before(from, self.unit.0);
        let told_in = subject.filter(|subject| {
            doc.tag(verb.at) == Tag::Vbg
                && (subject.0..subject.1.min(subject.0 + 4))
                    .any(|i| doc.lexicon.documents.contains(doc.low(i)))
        });
        if let Some(writer) = told_in.and_then(|document| self.earlier_source(document.0)) {
            return Some(Some(writer));
        }
        subject
            .or_else(|| (doc.word(before) == ",").then(|| self.earlier_source(verb.at)).flatten())
            .map(Some)
    }

    fn earlier_source(&self, before: usize) -> Option<Run> {
        let spoken = self.found.iter().rev().take_while(|report| report.rule != PASSIVE_ORDER);
        let earlier = spoken.filter_map(|report| report.source).find(|source| {
            source.1 <= before && self.doc.low(source.0) != "who" && !self.is_no_speaker(*source)
        });
        earlier.or_else(|| self.doc.main_subject((self.unit.0, before)))
    }

    /// Words that cannot speak: "there", "nobody", "no official", first-person narration.
    fn is_no_speaker(&self, source: Run) -> bool {
        let low = self.doc.low(source.0);
        let alone = source.1 - source.0 == 1 && self.doc.lexicon.no_speakers.contains(low);
        alone || self.doc.lexicon.negations.contains(low)
    }
}
