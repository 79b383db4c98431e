//! One article's words as the event coder sees them, and the noun phrases among them.

use jiff::civil::Date;
use onrecord_model::{Annotations, Article, DateReference, Span};

use super::actors::Actors;
use super::forms;
use super::lexicon::Lexicon;
use crate::{
    sentences,
    tagger::{self, Tag},
    tokens::Token,
};

/// A run of words, end exclusive.
pub(super) type Run = (usize, usize);

/// No noun phrase is longer, in words.
const LONGEST_PHRASE: usize = 16;
/// What is longer than that is a list, and no sentence.
const LONGEST_SENTENCE: usize = 160;

/// One article.
pub(super) struct Words<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Lower case, apostrophes straight.
    lows: Vec<String>,
    /// As the names of dictionaries are compared.
    pub(super) normal: Vec<String>,
    tags: Vec<Tag>,
    /// By word: part of an expression of time.
    days: Vec<bool>,
    /// By word: part of a name that a dictionary lists, whatever the tagger makes of it.
    named: Vec<bool>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Words<'a> {
    pub(super) fn new(article: &'a Article, out: &Annotations, lexicon: &'a Lexicon) -> Self {
        let sentences = &out.sentences;
        let tokens = sentences::tokens_of(article);
        let text = article.text.as_str();
        let opens: Vec<bool> = tokens
            .iter()
            .map(|t| sentences.binary_search_by_key(&t.span.start(), |s| s.start()).is_ok())
            .collect();
        let tags = tagger::tag(text, &tokens, |i| opens[i]);
        let days = in_dates(&tokens, &out.dates);
        let lows: Vec<String> = tokens.iter().map(|token| tagger::low(token.span.slice(text))).collect();
        let normal = lows.iter().map(|low| forms::normal(low)).collect();
        let named = vec![false; tokens.len()];
        Self { text, tokens, lows, normal, tags, days, named, lexicon }
    }

    /// Marks the names of `actors`: a word of one is a noun.
    pub(super) fn name(&mut self, actors: &Actors, day: Option<Date>) {
        let mut at = 0;
        while at < self.tokens.len() {
            let found = self.may_be_name(at).then(|| actors.longest(&self.normal[at..], day)).flatten();
            let end = at + found.map_or(0, |(n, _)| n);
            self.named[at..end].fill(true);
            at = end.max(at + 1);
        }
    }

    /// A capital, and no small word; "US$" is a currency.
    pub(super) fn may_be_name(&self, at: usize) -> bool {
        let is_small = matches!(
            self.tags.get(at),
            Some(Tag::Prp | Tag::PrpS | Tag::Dt | Tag::In | Tag::To | Tag::Cc | Tag::Md)
        );
        self.is_capital(at) && !is_small && !self.low(at + 1).starts_with('$')
    }

    /// The words of each sentence; overlong ones are left out.
    pub(super) fn sentences(&self, out: &Annotations) -> Vec<Run> {
        let at = |byte| self.tokens.partition_point(|token| token.span.start() < byte);
        let runs = out.sentences.iter().map(|sentence| (at(sentence.start()), at(sentence.end())));
        runs.filter(|(from, to)| from < to && to - from <= LONGEST_SENTENCE).collect()
    }

    pub(super) fn low(&self, i: usize) -> &str {
        self.lows.get(i).map_or("", String::as_str)
    }

    pub(super) fn tag(&self, i: usize) -> Tag {
        if self.named.get(i).is_some_and(|&named| named) && !matches!(self.tags[i], Tag::Jj | Tag::Nns) {
            return Tag::Nnp;
        }
        self.tags.get(i).copied().unwrap_or(Tag::Punct)
    }

    pub(super) fn is_day(&self, i: usize) -> bool {
        self.days.get(i).copied().unwrap_or(false)
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.span.slice(self.text).starts_with(char::is_uppercase))
    }

    pub(super) fn span(&self, run: Run) -> Span {
        self.tokens[run.0].span.cover(self.tokens[run.1 - 1].span).trimmed(self.text)
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp)
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Vb | Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbp | Tag::Vbz)
    }

    /// Noun phrases between `from` and `to`, in order; a pronoun is one.
    pub(super) fn noun_phrases(&self, (from, to): Run) -> Vec<Run> {
        let mut phrases = Vec::new();
        let mut at = from;
        while at < to {
            match self.phrase_at(at, to) {
                Some(end) => {
                    phrases.push((at, end));
                    at = end;
                }
                None => at += 1,
            }
        }
        phrases
    }

    /// The end of the noun phrase that starts at `from`.
    fn phrase_at(&self, from: usize, to: usize) -> Option<usize> {
        if self.tag(from) == Tag::Prp && !self.is_day(from) {
            return Some(from + 1);
        }
        let to = to.min(from + LONGEST_PHRASE);
        let mut end = None;
        let mut at = from;
        while at < to && !self.is_day(at) && self.continues(from, at) {
            if self.is_noun(at) || self.tag(at) == Tag::Cd || self.is_people(at) {
                end = Some(at + 1);
            }
            at += 1;
        }
        end
    }

    /// "the Danish", "Hungarian and Romanian": an adjective of a state that stands for its people.
    pub(super) fn is_people(&self, at: usize) -> bool {
        self.tag(at) == Tag::Jj && self.is_capital(at)
    }

    /// Whether the word at `at` goes on with the phrase that started at `from`.
    fn continues(&self, from: usize, at: usize) -> bool {
        let before = (at > from).then(|| self.tag(at - 1));
        let next = self.tag(at + 1);
        let leads = matches!(before, Some(Tag::Dt | Tag::Jj | Tag::Pos | Tag::PrpS | Tag::Cd));
        match self.tag(at) {
            Tag::Dt | Tag::PrpS => before.is_none() || matches!(before, Some(Tag::Dt)),
            Tag::Jj | Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Cd | Tag::Sym => true,
            Tag::Pos => before.is_some() && !self.is_verb(at + 1),
            Tag::Vbn | Tag::Vbg => leads && (self.is_noun(at + 1) || next == Tag::Jj),
            Tag::Rb => leads && matches!(next, Tag::Jj | Tag::Vbn),
            Tag::Cc => before == Some(Tag::Jj) && next == Tag::Jj,
            Tag::Punct => before.is_some() && matches!(self.low(at), "&" | "-") && self.is_noun(at + 1),
            _ => false,
        }
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
