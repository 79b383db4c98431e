//! One article's tokens with what each can say about time.

use onrecord_model::{Article, Reading, Span};

use super::lexicon::{LEXICON, Lexicon, Role, Word};
use crate::{
    sentences, tagger,
    tokens::{Token, TokenKind},
};

/// A printed number: "27", "27th", "1990s".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed<'a> {
    pub(super) value: i32,
    pub(super) n_digits: usize,
    /// What is glued on: "th", "s".
    pub(super) suffix: &'a str,
}

/// The tokens of one article.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) reading: &'a Reading,
    pub(super) tokens: Vec<Token>,
    pub(super) lexicon: &'a Lexicon,
    words: Vec<Option<&'a Word>>,
    lows: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(article: &'a Article, reading: &'a Reading) -> Self {
        let lexicon = LEXICON.of(article);
        let tokens = sentences::tokens_of(article);
        let lows: Vec<String> =
            tokens.iter().map(|token| tagger::low(token.span.slice(&article.text))).collect();
        let words = lows.iter().map(|low| lexicon.word(low)).collect();
        Self { text: &article.text, reading, tokens, lexicon, words, lows }
    }

    pub(super) fn raw(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    pub(super) fn low(&self, i: usize) -> &str {
        self.lows.get(i).map_or("", String::as_str)
    }

    pub(super) fn word(&self, i: usize) -> Option<&'a Word> {
        self.words.get(i).copied().flatten()
    }

    pub(super) fn is(&self, i: usize, role: Role) -> bool {
        self.word(i).is_some_and(|word| word.is(role))
    }

    /// The same for the token before `i`.
    pub(super) fn is_before(&self, i: usize, role: Role) -> bool {
        i > 0 && self.is(i - 1, role)
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(super) fn is_mark(&self, i: usize, marks: &[&str]) -> bool {
        marks.contains(&self.raw(i))
    }

    /// Whether nothing stands between token `i` and the one before.
    pub(super) fn is_glued(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|token| self.tokens[i - 1].span.end() == token.span.start())
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to.max(from + 1) - 1].span)
    }

    /// The number printed at `i`, if it starts with up to four digits and goes on with letters at most.
    pub(super) fn printed(&self, i: usize) -> Option<Printed<'a>> {
        let token = self.tokens.get(i).filter(|token| token.kind == TokenKind::Number)?;
        let raw = token.span.slice(self.text);
        let n_digits = raw.len() - raw.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let suffix = &raw[n_digits..];
        let plain = (1..=4).contains(&n_digits) && suffix.chars().all(char::is_alphabetic);
        plain.then(|| raw[..n_digits].parse().ok()).flatten().map(|value| Printed { value, n_digits, suffix })
    }

    /// A bare number of exactly `n_digits` digits.
    pub(super) fn digits(&self, i: usize, n_digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let printed = self.printed(i)?;
        (printed.suffix.is_empty() && n_digits.contains(&printed.n_digits)).then_some(printed.value)
    }

    /// "2024"
    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let year = self.digits(i, 4..=4).filter(|year| (1000..2200).contains(year))?;
        i16::try_from(year).ok()
    }

    /// "27", "27th", "twenty-seventh"
    pub(super) fn day_number(&self, i: usize) -> Option<i8> {
        let n = match self.printed(i) {
            Some(p) if p.n_digits <= 2 && matches!(p.suffix, "" | "st" | "nd" | "rd" | "th") => p.value,
            Some(_) => return None,
            None => self.word(i)?.ordinal?,
        };
        i8::try_from(n).ok().filter(|n| (1..=31).contains(n))
    }

    /// "two", "2", "twenty-two", "a"
    pub(super) fn count(&self, i: usize) -> Option<i32> {
        if let Some(n) = self.digits(i, 1..=4) {
            return Some(n);
        }
        let word = self.word(i);
        if let Some(n) = word.and_then(|word| word.cardinal) {
            return Some(n);
        }
        if word.is_some_and(|word| word.is(Role::One)) {
            return Some(1);
        }
        let (tens, ones) = self.low(i).split_once('-')?;
        Some(self.lexicon.word(tens)?.cardinal? + self.lexicon.word(ones)?.cardinal?)
    }

    /// "third", "3rd"
    pub(super) fn ordinal(&self, i: usize) -> Option<i32> {
        match self.printed(i) {
            Some(p) => matches!(p.suffix, "st" | "nd" | "rd" | "th").then_some(p.value),
            None => self.word(i)?.ordinal,
        }
    }
}
