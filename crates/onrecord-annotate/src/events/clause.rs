//! One article's words as the event rules see them: noun phrases around a verb, its helpers.

use onrecord_model::{Annotations, Article, DateReference, Span};

use super::lexicon::Lexicon;
use crate::{
    sentences,
    tagger::{self, Tag},
    tokens::Token,
};

/// A run of tokens, end exclusive.
pub(super) type Run = (usize, usize);

/// No noun phrase and no way from a verb to its object is longer, in tokens.
const REACH: usize = 14;

/// One article.
pub(super) struct Clauses<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    lows: Vec<String>,
    tags: Vec<Tag>,
    /// By token: part of an expression of time.
    days: Vec<bool>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Clauses<'a> {
    pub(super) fn new(article: &'a Article, out: &Annotations, lexicon: &'a Lexicon) -> Self {
        let sentences = &out.sentences;
        let tokens = sentences::tokens_of(article);
        let text = article.text.as_str();
        let opens: Vec<bool> = tokens
            .iter()
            .map(|t| sentences.binary_search_by_key(&t.span.start(), |s| s.start()).is_ok())
            .collect();
        let mut tags = tagger::tag_read(&out.reading, text, &tokens, |i| opens[i]);
        let days = in_dates(&tokens, &out.dates);
        for (tag, _) in tags.iter_mut().zip(&days).filter(|(_, day)| **day) {
            *tag = Tag::Rb;
        }
        let lows = tokens.iter().map(|token| tagger::low(token.span.slice(text))).collect();
        Self { text, tokens, lows, tags, days, lexicon }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn low(&self, i: usize) -> &str {
        self.lows.get(i).map_or("", String::as_str)
    }

    pub(super) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::Punct)
    }

    pub(super) fn span(&self, run: Run) -> Span {
        self.tokens[run.0].span.cover(self.tokens[run.1 - 1].span).trimmed(self.text)
    }

    fn is_noun_part(&self, i: usize) -> bool {
        matches!(
            self.tag(i),
            Tag::Dt | Tag::Jj | Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Cd | Tag::Pos | Tag::PrpS
        )
    }

    fn is_noun(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp)
    }

    /// The noun phrase that ends before `to`; one after a preposition is not the subject.
    pub(super) fn subject_before(&self, to: usize) -> Option<Run> {
        let lowest = to.saturating_sub(REACH);
        let from = (lowest..to).rev().take_while(|&i| self.is_noun_part(i)).last()?;
        let inner = from > 0 && matches!(self.tag(from - 1), Tag::In | Tag::To);
        if inner {
            let of = self.low(from - 1) == "of" && from >= 2;
            return of.then(|| self.subject_before(from - 1)).flatten().map(|(start, _)| (start, to));
        }
        self.is_noun(to - 1).then_some((from, to))
    }

    /// Past "more than" before a number.
    fn after_bound(&self, from: usize) -> usize {
        let number = (from..from + 3).find(|&i| self.tag(i) == Tag::Cd).unwrap_or(from);
        let bound = (from..number).all(|i| matches!(self.tag(i), Tag::Jj | Tag::Rb | Tag::In | Tag::To));
        if bound { number } else { from }
    }

    /// Past adverbs and days: "on Tuesday", "today".
    pub(super) fn after_days(&self, mut i: usize) -> usize {
        while self.tag(i) == Tag::Rb || (self.tag(i) == Tag::In && self.is_day(i + 1)) {
            i += 1;
        }
        i
    }

    fn is_day(&self, i: usize) -> bool {
        self.days.get(i).copied().unwrap_or(false)
    }

    /// The noun phrase that starts at `from`.
    pub(super) fn phrase_at(&self, from: usize) -> Option<Run> {
        let from = self.after_bound(from);
        let end = (from..self.len().min(from + REACH)).find(|&i| !self.is_noun_part(i));
        let mut end = end.unwrap_or(self.len().min(from + REACH));
        while end > from && !self.is_noun(end - 1) {
            end -= 1;
        }
        (end > from).then_some((from, end))
    }

    /// The noun phrase after the first word of `leads` within the clause that goes on at `from`.
    pub(super) fn phrase_after(&self, from: usize, leads: &std::collections::HashSet<String>) -> Option<Run> {
        let clause = (from..self.len().min(from + REACH)).take_while(|&i| !self.ends_clause(i));
        clause.filter(|&i| leads.contains(self.low(i))).find_map(|i| self.phrase_at(i + 1))
    }

    fn ends_clause(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Punct | Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md | Tag::Wdt | Tag::Wp)
    }
}

/// By token: whether it is part of a date; a day between a verb and its nouns is passed over.
fn in_dates(tokens: &[Token], dates: &[DateReference]) -> Vec<bool> {
    let mut dates = dates.iter().filter(|date| date.value.is_some()).peekable();
    let mut within = Vec::with_capacity(tokens.len());
    for token in tokens {
        while dates.next_if(|date| date.span.end() <= token.span.start()).is_some() {}
        within.push(dates.peek().is_some_and(|date| date.span.overlaps(token.span)));
    }
    within
}
