//! The words of one article as lists and endings see them.

use std::collections::HashMap;

use onrecord_model::{Article, Span};

use crate::{
    lang::split,
    sentences,
    tokens::{Token, TokenKind},
};

/// The words of one article.
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token>,
    lows: Vec<String>,
    /// By token: the first letters of a sentence stand in it.
    opens: Vec<bool>,
}

impl<'a> Words<'a> {
    /// The words of `article`, cut into `sentences`.
    pub(crate) fn read(article: &'a Article, sentences: &[Span]) -> Self {
        let tokens = sentences::tokens_of(article);
        let lows = tokens.iter().map(|token| low(token.span.slice(&article.text))).collect();
        let opens = opening(&tokens, sentences);
        Self { text: &article.text, tokens, lows, opens }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// As printed; empty past the ends.
    pub(crate) fn raw(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    /// Lower case, with one letter for those that are printed either way.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.lows.get(i).map_or("", String::as_str)
    }

    /// The same, `n` before `i`.
    pub(crate) fn low_before(&self, i: usize, n: usize) -> &str {
        i.checked_sub(n).map_or("", |at| self.low(at))
    }

    pub(crate) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
    }

    pub(crate) fn is_number(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Number)
    }

    pub(crate) fn is_mark(&self, i: usize, marks: &[&str]) -> bool {
        self.kind(i) == Some(TokenKind::Mark) && marks.contains(&self.raw(i))
    }

    /// A line end, or the end of the text.
    pub(crate) fn is_edge(&self, i: usize) -> bool {
        self.kind(i).is_none_or(|kind| kind == TokenKind::Break)
    }

    pub(crate) fn is_dash(&self, i: usize) -> bool {
        self.is_mark(i, &["—", "–", "-", "―"])
    }

    /// Whether nothing stands between token `i` and the one before.
    pub(crate) fn is_glued(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|token| self.tokens[i - 1].span.end() == token.span.start())
    }

    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.is_word(i) && self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// "Н.", "Н.П."
    pub(crate) fn is_initial(&self, i: usize) -> bool {
        let raw = self.raw(i);
        self.is_word(i)
            && raw.ends_with('.')
            && raw
                .split('.')
                .filter(|part| !part.is_empty())
                .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
    }

    /// Whether token `i` is `word` with the stop of an abbreviation.
    pub(crate) fn is_abbreviated(&self, i: usize, word: &str) -> bool {
        self.low(i).strip_suffix('.') == Some(word)
    }

    /// As [`span`](Self::span), without the stop of an abbreviation that ends the sentence too.
    pub(crate) fn span_in_sentence(&self, from: usize, to: usize) -> Span {
        let span = self.span(from, to);
        let ends =
            self.opens_sentence(to) || self.is_edge(to) || self.opens_sentence(to + 1) && !self.is_word(to);
        let stop = ends && span.slice(self.text).ends_with('.');
        Span::new(span.start(), span.end() - usize::from(stop))
    }

    pub(crate) fn opens_sentence(&self, i: usize) -> bool {
        self.opens.get(i).copied().unwrap_or(false)
    }

    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to.max(from + 1) - 1].span)
    }

    /// As printed, from token `from` to before `to`.
    pub(crate) fn printed(&self, from: usize, to: usize) -> &'a str {
        if from < to { self.span(from, to).slice(self.text) } else { "" }
    }

    /// The tokens that lie in `span`, end exclusive.
    pub(crate) fn run_of(&self, span: Span) -> (usize, usize) {
        let from = self.tokens.partition_point(|token| token.span.end() <= span.start());
        let to = self.tokens.partition_point(|token| token.span.start() < span.end());
        (from, to.max(from))
    }
}

fn opening(tokens: &[Token], sentences: &[Span]) -> Vec<bool> {
    let mut opens = vec![false; tokens.len()];
    for sentence in sentences {
        let from = tokens.partition_point(|token| token.span.start() < sentence.start());
        let first = (from..tokens.len()).find(|&i| tokens[i].kind != TokenKind::Mark);
        if let Some(first) = first.filter(|&i| tokens[i].span.start() < sentence.end()) {
            opens[first] = true;
        }
    }
    for i in 1..tokens.len() {
        // The first word of a quotation or a line stands capitalised too.
        opens[i] |= tokens[i - 1].kind == TokenKind::Break;
    }
    opens
}

/// Lower case; ё, which most print as е, is е.
pub(crate) fn low(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// Words and phrases, longest first.
#[derive(Debug)]
pub(crate) struct Phrases<T>(HashMap<String, Vec<(Vec<String>, T)>>);

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds phrases parted by commas or line ends.
    pub(crate) fn add(&mut self, phrases: &str, value: T) {
        for phrase in split(phrases) {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            let Some(first) = words.first().cloned() else { continue };
            let known = self.0.entry(first).or_default();
            known.push((words, value));
            known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    pub(crate) fn of(phrases: &str, value: T) -> Self {
        let mut out = Self(HashMap::new());
        out.add(phrases, value);
        out
    }

    /// Whether the one word `low` has `value`.
    pub(crate) fn holds(&self, low: &str, value: T) -> bool
    where
        T: PartialEq,
    {
        self.0.get(low).into_iter().flatten().any(|(words, known)| words.len() == 1 && *known == value)
    }

    /// The longest phrase that starts at token `i`: one past its end, and its value.
    pub(crate) fn at(&self, words: &Words<'_>, i: usize) -> Option<(usize, T)> {
        let first = words.low(i);
        let known = self.0.get(first).or_else(|| self.0.get(first.trim_end_matches('.')))?;
        let fits = |phrase: &&(Vec<String>, T)| {
            phrase
                .0
                .iter()
                .enumerate()
                .all(|(n, word)| words.low(i + n) == word || words.is_abbreviated(i + n, word))
        };
        known.iter().find(fits).map(|(phrase, value)| (i + phrase.len(), *value))
    }

    /// The longest phrase that ends before token `end`: where it starts, and its value.
    pub(crate) fn before(&self, words: &Words<'_>, end: usize) -> Option<(usize, T)> {
        (1..=LONGEST_PHRASE.min(end)).rev().find_map(|n| {
            self.at(words, end - n).filter(|(to, _)| *to == end).map(|(_, value)| (end - n, value))
        })
    }
}

/// Words of the longest phrase of any list.
const LONGEST_PHRASE: usize = 5;
