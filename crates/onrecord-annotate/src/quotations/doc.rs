//! The words of one article as the quotation rules see them: word classes, marks, and reporting units.
//!
//! A **unit** is a sentence in which a quoted stretch counts as one word: “A. B,” he said. is one unit.

use std::collections::HashSet;

use onrecord_model::{Annotations, Article, Span};

use super::{
    glued,
    lexicon::{LEXICON, Lexicon},
    marks::{self, Quoted},
};
use crate::{
    sentences,
    tagger::{self, Tag},
    tokens::{Token, TokenKind},
};

/// A run of tokens, end exclusive.
pub(super) type Run = (usize, usize);

/// No sentence is longer, in tokens outside quotation marks; garbage is cut, so that every search ends soon.
const LONGEST_UNIT: usize = 250;
/// A line that only tells who spoke is shorter, in tokens.
const LONGEST_ATTRIBUTION: usize = 40;
/// How far "as saying" stands from "quotes", in tokens.
const REPORTED_WITHIN: usize = 12;
/// A dateline is shorter, in tokens.
const LONGEST_DATELINE: usize = 16;
/// A longer note in brackets says something of its own, in tokens.
const LONGEST_NOTE: usize = 6;
/// Items of a list that are looked over for its lead.
const MOST_ITEMS: usize = 40;
/// The same with the quoted tokens.
const LONGEST_WITH_QUOTED: usize = 4_000;

/// One article.
pub(super) struct Doc<'a> {
    pub(super) text: &'a str,
    /// The words of a headline that stands apart from the text, in lower case.
    pub(super) title: Vec<String>,
    pub(super) tokens: Vec<Token>,
    pub(super) lows: Vec<String>,
    pub(super) tags: Vec<Tag>,
    /// The outermost quoted stretches.
    pub(super) quoted: Vec<Quoted>,
    /// By token: the quoted stretch it lies in, marks included.
    within: Vec<Option<usize>>,
    /// By token: opens a sentence.
    opens: Vec<bool>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Doc<'a> {
    /// Reads `article` by the sentences and words of `marks`.
    pub(super) fn new(article: &'a Article, marks: &Annotations) -> Self {
        let lexicon = LEXICON.of(article);
        let tokens = glued::split(&article.text, sentences::tokens_of(article), lexicon);
        let opens = opening_tokens(&tokens, &marks.sentences);
        let tags = tagger::tag_read(&marks.reading, &article.text, &tokens, |i| opens[i]);
        let lows: Vec<String> =
            tokens.iter().map(|token| tagger::low(token.span.slice(&article.text))).collect();
        let quoted =
            quoted(&article.text, &tokens, |i| lexicon.verb(&lows[i]).is_some_and(|cue| cue.frames.has('q')));
        let mut within = vec![None; tokens.len()];
        for (at, pair) in quoted.iter().enumerate() {
            let last = if pair.goes_on { pair.close } else { pair.close + 1 };
            within[pair.open..last].fill(Some(at));
        }
        let title = title(article);
        let mut doc = Self { text: &article.text, title, tokens, lows, tags, quoted, within, opens, lexicon };
        doc.correct_names();
        doc.correct_tags();
        doc
    }

    /// A word that the article always prints with a capital is a name: "Boeing", "Daily".
    fn correct_names(&mut self) {
        let capital = |i: usize| self.word(i).chars().next().is_some_and(char::is_uppercase);
        let mut lower = HashSet::new();
        let mut inside = HashSet::new();
        for i in 0..self.tokens.len() {
            if self.tokens[i].kind != TokenKind::Word {
                continue;
            }
            if !capital(i) {
                lower.insert(self.low(i));
            } else if i > 0 && !self.opens_sentence(i) && self.tag(i - 1) != Tag::Punct {
                inside.insert(self.low(i));
            }
        }
        let verbish = |i: usize| {
            !matches!(
                self.tag(i),
                Tag::Dt
                    | Tag::In
                    | Tag::Prp
                    | Tag::PrpS
                    | Tag::Cc
                    | Tag::Md
                    | Tag::To
                    | Tag::Cd
                    | Tag::Punct
                    | Tag::Jj
            )
        };
        let named: Vec<usize> = (0..self.tokens.len())
            .filter(|&i| {
                capital(i) && verbish(i) && inside.contains(self.low(i)) && !lower.contains(self.low(i))
            })
            .collect();
        for i in named {
            self.tags[i] = Tag::Nnp;
        }
    }

    /// What the lexicon knows better than the tagger: "analyst Jane Doe", "the firm expects to".
    fn correct_tags(&mut self) {
        for i in 0..self.tokens.len() {
            if self.is_plural_possessive(i) {
                self.tags[i] = Tag::Pos;
                continue;
            }
            self.correct_in_phrase(i);
            let titled = self.tag(i + 1) == Tag::Nnp
                || self.lexicon.speakers.contains(self.low(i + 1))
                || self.tag(i) == Tag::Rb
                || self.tag(i) == Tag::Jj && self.word(i + 1) == ",";
            let speaker = self.lexicon.speakers.contains(self.low(i)) && titled;
            let verb_form = self.low(i).ends_with('s') && self.lexicon.verb(self.low(i)).is_some();
            let marks_after =
                (i + 1..i + 3).any(|at| self.opens_quoted(at).is_some()) || self.word(i + 1) == ":";
            let that_after =
                self.low(i + 1) == "that" || self.word(i + 1) == "," && self.low(i + 2) == "that";
            let doing_after = self.tag(i + 1) == Tag::Vbg
                && self.lexicon.verb(self.low(i)).is_some_and(|cue| cue.frames.has('g'));
            let clause_after = that_after
                || doing_after
                || self.low(i + 1) == "to"
                || matches!(self.tag(i + 1), Tag::Prp | Tag::Ex)
                || marks_after;
            let telling = self.low(i).ends_with("ing") && self.lexicon.verb(self.low(i)).is_some();
            let promised = matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Jj)
                && self.low(i + 1) == "to"
                && self.tag(i + 2) == Tag::Vb
                && self.lexicon.is_past_of(self.low(i), 'v');
            if promised {
                self.tags[i] = Tag::Vbd;
            } else if telling && self.tag(i) == Tag::Nn && (marks_after || self.low(i + 1) == "that") {
                self.tags[i] = Tag::Vbg;
            } else if speaker && !matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp) {
                self.tags[i] = Tag::Nn;
            } else if verb_form
                && self.tag(i) == Tag::Nns
                && (self.is_quoting(i) || clause_after && i > 0 && self.is_singular_subject(i - 1))
            {
                self.tags[i] = Tag::Vbz;
            }
        }
    }

    /// "according to fire chief Jane Doe", "the new chief wrote", "a diplomat close to the talks"
    fn correct_in_phrase(&mut self, i: usize) {
        let low = self.low(i);
        let linked = matches!(self.tag(i), Tag::Vb | Tag::Vbp)
            && self.lexicon.according.iter().any(|words| {
                i.checked_sub(words.len()).is_some_and(|from| {
                    words.iter().enumerate().all(|(at, word)| self.low(from + at) == word)
                })
            });
        let tells = self.tag(i + 1) != Tag::Vbg && self.lexicon.verb(self.low(i + 1)).is_some();
        let person = self.lexicon.speakers.contains(low) || self.lexicon.aged.contains(low);
        let speaks = self.tag(i) == Tag::Jj && tells && person;
        let open = i > 0
            && self.is_noun(i - 1)
            && self.lexicon.open_adjectives.contains(low)
            && matches!(self.tag(i + 1), Tag::In | Tag::To);
        if linked || speaks {
            self.tags[i] = Tag::Nn;
            if speaks && self.is_noun(i + 1) {
                self.tags[i + 1] = Tag::Vbd;
            }
        } else if open {
            self.tags[i] = Tag::Jj;
        }
    }

    /// The lead of a list whose item starts at `from`, past its label: "The commission / (a) notes that".
    pub(super) fn list_lead(&self, from: usize) -> Option<Run> {
        let line_start = |end: usize| (0..end).rev().find(|&i| self.is_break(i)).map_or(0, |at| at + 1);
        let mut line = line_start(from);
        if from == line || self.past_label((line, from + 1)) != from {
            return None;
        }
        for _ in 0..MOST_ITEMS {
            let end = (0..line).rev().find(|&i| !self.is_break(i))? + 1;
            line = line_start(end);
            if self.past_label((line, end)) == line {
                let lead = self.phrase_before(end - usize::from(self.word(end - 1) == ":"), line)?;
                return (lead.0 == line).then_some(lead);
            }
        }
        None
    }

    /// "the agency quotes him as saying"
    fn is_quoting(&self, i: usize) -> bool {
        let brings = self.lexicon.verb(self.low(i)).is_some_and(|cue| cue.frames.has('s'));
        let saying = |at: usize| {
            self.lexicon.quoted_with.contains(self.low(at))
                && self.lexicon.verb(self.low(at + 1)).is_some()
                && self.tag(at + 1) == Tag::Vbg
        };
        brings && (i + 1..i + REPORTED_WITHIN).any(saying)
    }

    /// The bare apostrophe of "the drivers' union".
    fn is_plural_possessive(&self, i: usize) -> bool {
        let apostrophe = matches!(self.word(i), "'" | "’")
            && self.quoted_at(i).is_none_or(|quoted| quoted.open != i && quoted.close != i);
        let touches = i > 0 && self.tokens[i - 1].span.end() == self.tokens[i].span.start();
        apostrophe && touches && self.low(i - 1).ends_with('s')
    }

    fn is_singular_subject(&self, i: usize) -> bool {
        let ends_insert =
            self.lexicon.inserts.iter().any(|words| words.last().is_some_and(|last| last == self.low(i)));
        ends_insert
            || matches!(self.tag(i), Tag::Nn | Tag::Nnp)
            || matches!(self.low(i), "he" | "she" | "it" | "also" | ",")
    }

    /// The word, lower case; empty past the end.
    pub(super) fn low(&self, i: usize) -> &str {
        self.lows.get(i).map_or("", String::as_str)
    }

    /// The word as printed.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    /// The word class; marks past the end.
    pub(super) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::Punct)
    }

    /// The quoted stretch that token `i` lies in.
    pub(super) fn quoted_at(&self, i: usize) -> Option<&Quoted> {
        self.within.get(i).copied().flatten().map(|at| &self.quoted[at])
    }

    /// The number of that stretch.
    pub(super) fn quoted_index(&self, i: usize) -> Option<usize> {
        self.within.get(i).copied().flatten()
    }

    /// The stretch whose opening mark is token `i`.
    pub(super) fn opens_quoted(&self, i: usize) -> Option<&Quoted> {
        self.quoted_at(i).filter(|quoted| quoted.open == i)
    }

    /// The stretch whose closing mark is token `i`.
    pub(super) fn closes_quoted(&self, i: usize) -> Option<&Quoted> {
        self.quoted_at(i).filter(|quoted| quoted.close == i && !quoted.goes_on)
    }

    /// Past the label of a list's item: "(a)", "b)".
    fn past_label(&self, (from, to): Run) -> usize {
        let opened = from + usize::from(self.word(from) == "(");
        let letter = self.word(opened).chars().count() == 1 || self.tag(opened) == Tag::Cd;
        if letter && self.word(opened + 1) == ")" && opened + 2 < to { opened + 2 } else { from }
    }

    /// Past "VELDEN, March 4 (NPA) —" at the start of a line.
    fn past_dateline(&self, from: usize, to: usize) -> usize {
        let shouted = |i: usize| {
            let word = self.word(i);
            word.chars().count() > 2 && word.chars().all(char::is_uppercase)
        };
        if !shouted(from) || from > 0 && !self.is_break(from - 1) {
            return from;
        }
        let end = to.min(from + LONGEST_DATELINE);
        let dash = (from + 1..end).find(|&i| matches!(self.word(i), "-" | "–" | "—" | "--"));
        dash.filter(|&dash| dash + 1 < to && !self.has_finite((from, dash))).map_or(from, |dash| dash + 1)
    }

    /// Past a note in brackets that stands at `i`: “A” (translated).
    pub(super) fn past_note(&self, mut i: usize) -> usize {
        while matches!(self.word(i), "(" | "[") {
            let close = (i + 1..i + LONGEST_NOTE)
                .take_while(|&at| !self.is_break(at))
                .find(|&at| matches!(self.word(at), ")" | "]"));
            let Some(mut close) = close else { break };
            while matches!(self.word(close + 1), ")" | "]") {
                close += 1;
            }
            i = close + 1;
        }
        i
    }

    /// Whether token `i` ends a line.
    pub(super) fn is_break(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|token| token.kind == TokenKind::Break)
    }

    /// Whether token `i` opens a sentence.
    pub(super) fn opens_sentence(&self, i: usize) -> bool {
        self.opens.get(i).copied().unwrap_or(true)
    }

    /// The text of a run.
    pub(super) fn span(&self, (from, to): Run) -> Span {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if from < to => first.span.cover(last.span),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// Whether `tag` is a finite verb here.
    pub(super) fn is_finite(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
    }

    /// Whether a finite verb stands in the run.
    pub(super) fn has_finite(&self, (from, to): Run) -> bool {
        (from..to).any(|i| {
            self.is_finite(i)
                || matches!(self.low(i), "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m")
                    && self.tag(i) != Tag::Pos
        })
    }

    /// The run without marks and breaks at its edges.
    pub(super) fn trimmed(&self, (mut from, mut to): Run) -> Run {
        let bare = |i: usize| self.tag(i) == Tag::Punct && !matches!(self.word(i), "(" | ")" | "[" | "]");
        while from < to && bare(from) {
            from += 1;
        }
        while from < to && bare(to - 1) {
            to -= 1;
        }
        (from, to)
    }

    /// The units of the article, in order.
    pub(super) fn units(&self) -> Vec<Run> {
        let mut units = Vec::new();
        let mut n_outside = 0;
        let mut start = 0;
        for i in 0..self.tokens.len() {
            let inside = self.quoted_at(i).is_some_and(|quoted| quoted.open < i);
            let continued = i > 0 && self.continues_quotation(i);
            n_outside += usize::from(self.quoted_at(i).is_none());
            let too_long = n_outside > LONGEST_UNIT || i - start > LONGEST_WITH_QUOTED;
            let joins =
                |at: usize| self.is_break(at) && (self.attributes_back(at) || self.introduces((start, at)));
            let attributed = joins(i) || i > start && joins(i - 1);
            let ends = self.is_break(i) || self.opens_sentence(i) && !continued;
            if ends && !inside && !attributed || too_long {
                push_unit(self, &mut units, (start, i));
                start = i;
                n_outside = 0;
            }
        }
        push_unit(self, &mut units, (start, self.tokens.len()));
        units
    }

    /// “No!” the minister said. One unit, although a sentence ends inside.
    fn continues_quotation(&self, i: usize) -> bool {
        if self.closes_quoted(i - 1).is_none() || self.is_break(i) || self.opens_quoted(i).is_some() {
            return false;
        }
        matches!(self.word(i), "-" | "–" | "—" | "--") || self.opens_attribution(i)
    }

    /// “We go.” / said the minister. Whether the line after the break at `at` only tells who said the words before it.
    fn attributes_back(&self, at: usize) -> bool {
        if at == 0 || self.closes_quoted(at - 1).is_none() {
            return false;
        }
        let from = at + 1;
        let end = (from..from + LONGEST_ATTRIBUTION).find(|&i| self.is_break(i));
        let Some(end) = end.filter(|&end| end > from + 1) else { return false };
        let is_cue = |i: usize| self.lexicon.verb(self.low(i)).is_some_and(|cue| cue.frames.has('q'));
        let inverted = is_cue(from)
            && self.word(from).starts_with(char::is_lowercase)
            && self.noun_phrase(from + 1, end).is_some();
        let plain = || {
            let verb = self.noun_phrase(from, end).map(|(_, verb)| verb).filter(|&verb| is_cue(verb));
            let quiet = |verb: usize| {
                !(verb + 1..end).any(|i| self.is_finite(i) || self.opens_quoted(i).is_some())
                    && !self.has_that((verb + 1, end))
            };
            verb.is_some_and(|verb| self.ends_attribution(verb + 1) && quiet(verb))
        };
        !matches!(self.word(end - 1), ":" | ",") && (inverted || plain())
    }

    /// "The mayor wrote on Monday:" / “We go.” Whether the line that ends at the break `at` brings in the words in marks below it.
    fn introduces(&self, (start, at): Run) -> bool {
        let colon = at > start && self.word(at - 1) == ":";
        let below = self.opens_quoted(at + 1).is_some_and(|quoted| {
            let end = self.past_note(quoted.close + 1);
            self.is_break(end) || self.tag(end) == Tag::Punct && self.is_break(end + 1)
        });
        let reports = |i: usize| {
            self.is_finite(i) && self.lexicon.verb(self.low(i)).is_some_and(|cue| cue.frames.has('q'))
        };
        colon && below && (at.saturating_sub(LONGEST_ATTRIBUTION).max(start)..at).any(reports)
    }

    fn has_that(&self, (from, to): Run) -> bool {
        (from..to).any(|i| self.low(i) == "that")
    }

    /// Whether "the minister said." or "said the minister." starts at `i`.
    pub(super) fn opens_attribution(&self, i: usize) -> bool {
        let i = if matches!(self.word(i), "—" | "–" | "-" | ",") { i + 1 } else { i };
        let is_cue = |at: usize| {
            let verb = matches!(self.tag(at), Tag::Vbd | Tag::Vbz | Tag::Vbn | Tag::Vbp);
            verb && self.lexicon.verb(self.low(at)).is_some_and(|cue| cue.frames.has('q'))
        };
        if is_cue(i) && !self.opens_sentence(i) {
            return true;
        }
        let Some((_, end)) = self.noun_phrase(i, self.tokens.len()) else { return false };
        let mut verb = end;
        while verb < end + 3
            && (self.tag(verb) == Tag::Rb || self.lexicon.auxiliaries.contains(self.low(verb)))
        {
            verb += 1;
        }
        is_cue(verb) && self.ends_attribution(verb + 1)
    }

    /// Whether nothing more is said after the cue: "he said.", "he said on Monday".
    pub(super) fn ends_attribution(&self, i: usize) -> bool {
        let word = self.low(i);
        let after = self.tag(i);
        self.is_break(i)
            || matches!(word, "." | "," | ";" | "…" | ")" | "reporters" | "journalists" | "-" | "–" | "—")
            || (matches!(after, Tag::In | Tag::To | Tag::Rb | Tag::Cc | Tag::Vbg) && word != "that")
            || (matches!(word, "that" | "the" | "this")
                && (i + 1..i + 3).any(|at| self.lexicon.times.contains(self.low(at))))
            || self.lexicon.times.contains(word)
            || self.opens_quoted(i).is_some()
                && !self.word(i).is_empty()
                && matches!(self.word(i.wrapping_sub(1)), ".")
    }
}

/// The quoted stretches, in order: paired marks, and lone ones that `reports` introduce.
fn quoted(text: &str, tokens: &[Token], reports: impl Fn(usize) -> bool) -> Vec<Quoted> {
    let mut quoted = marks::pair(text, tokens);
    quoted.extend(marks::unclosed(text, tokens, &quoted, reports));
    quoted.sort_by_key(|pair| pair.open);
    quoted
}

fn push_unit(doc: &Doc<'_>, units: &mut Vec<Run>, (mut from, mut to): Run) {
    while from < to && doc.is_break(from) {
        from += 1;
    }
    from = doc.past_dateline(doc.past_label((from, to)), to);
    while from < to && doc.is_break(to - 1) {
        to -= 1;
    }
    if from < to {
        units.push((from, to));
    }
}

/// The words of a headline that `text` does not hold, in lower case.
fn title(article: &Article) -> Vec<String> {
    let apart = article.headline.as_ref().filter(|_| article.headline_span.is_none());
    let words = apart.into_iter().flat_map(|headline| headline.value.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(tagger::low).collect()
}

/// By token, whether a sentence starts there.
fn opening_tokens(tokens: &[Token], sentences: &[Span]) -> Vec<bool> {
    let mut starts = sentences.iter().map(|sentence| sentence.start()).peekable();
    let mut opens = vec![false; tokens.len()];
    for (token, opens) in tokens.iter().zip(&mut opens) {
        if token.kind == TokenKind::Break {
            continue;
        }
        while starts.peek().is_some_and(|start| *start <= token.span.start()) {
            starts.next();
            *opens = true;
        }
    }
    opens
}
