//! What the tagger looks at. Must stay the same as in `training/tagger/train.py`.

use super::weights::BUCKETS;
use crate::tokens::{Token, TokenKind, is_apostrophe};

/// Longer words are seen by their first letters only.
const LONGEST_BYTES: usize = 80;

/// One sentence.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lows: &'a [String],
}

/// Whether it is a mark, and neither a sign that is read as a word nor a clitic.
pub(super) fn is_mark(kind: TokenKind, word: &str) -> bool {
    let clitic = word.starts_with(is_apostrophe) && word.chars().count() > 1;
    kind == TokenKind::Mark
        && !matches!(word, "$" | "%" | "€" | "£" | "#" | "&")
        && !(clitic && word.chars().any(char::is_alphanumeric))
}

impl Context<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    fn low(&self, i: usize, by: isize) -> &str {
        let Some(at) = i.checked_add_signed(by) else { return "<s>" };
        self.lows.get(at).map_or("</s>", |low| cut(low))
    }

    /// Marks are never asked about; clitics and signs of money are.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        is_mark(self.tokens[i].kind, self.word(i))
    }

    /// Calls `each` with the bucket of every feature of token `i`.
    pub(super) fn each_feature(&self, i: usize, t1: &str, t2: &str, mut each: impl FnMut(usize)) {
        let word = cut(self.word(i));
        let low = self.low(i, 0);
        let (prev, next) = (self.low(i, -1), self.low(i, 1));
        let shape = shape(word);
        let before = |n: isize| if i < n.unsigned_abs() { "<s>" } else { self.low(i, -n) };
        let list: [(u8, [&str; 2], usize); 19] = [
            (1, [low, ""], 1),
            (2, [suffix(low, 3), ""], 1),
            (3, [suffix(low, 2), ""], 1),
            (4, [prefix(low, 2), ""], 1),
            (5, [shape, if i == 0 { "1" } else { "0" }], 2),
            (6, [prev, ""], 1),
            (7, [suffix(prev, 3), ""], 1),
            (8, [before(2), ""], 1),
            (9, [next, ""], 1),
            (10, [suffix(next, 3), ""], 1),
            (11, [self.low(i, 2), ""], 1),
            (12, [low, next], 2),
            (13, [prev, low], 2),
            (14, [suffix(low, 4), shape], 2),
            (15, [t1, ""], 1),
            (16, [t1, t2], 2),
            (17, [t1, low], 2),
            (18, [t1, next], 2),
            (19, [t1, suffix(low, 3)], 2),
        ];
        for (kind, parts, n) in list {
            each(bucket(kind, &parts[..n]));
        }
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= LONGEST_BYTES {
        return word;
    }
    let end = (0..=LONGEST_BYTES).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    &word[..end]
}

fn suffix(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn prefix(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

fn shape(word: &str) -> &'static str {
    let first = word.chars().next().unwrap_or(' ');
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if first.is_numeric() {
        "d"
    } else if letters().next().is_none() {
        "p"
    } else if letters().nth(1).is_some() && letters().all(char::is_uppercase) {
        "A"
    } else if first.is_uppercase() {
        if word.contains('-') { "C-" } else { "C" }
    } else if word.contains('-') {
        "h"
    } else {
        "l"
    }
}

/// FNV-1a over the kind and the parts.
fn bucket(kind: u8, parts: &[&str]) -> usize {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut hash = step(0xcbf2_9ce4_8422_2325, kind);
    for part in parts {
        hash = part.bytes().fold(hash, step);
        hash = step(hash, 0x1f);
    }
    usize::try_from((hash ^ (hash >> 29)) % BUCKETS as u64).unwrap_or(0)
}
