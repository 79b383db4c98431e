//! Takes words apart that bad typing has glued: "ofminister", "ministerOrlov", "Orlovsaid".

use onrecord_model::Span;

use super::lexicon::Lexicon;
use crate::{
    tagger,
    tokens::{Token, TokenKind},
};

/// Longer words are no two words.
const LONGEST_BYTES: usize = 40;
/// A name in front of a glued cue has at least this many bytes.
const SHORTEST_NAME: usize = 3;

/// The tokens with glued words cut.
pub(super) fn split(text: &str, tokens: Vec<Token>, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let mut rest = token;
        while let Some(at) = seam(rest, text, lexicon) {
            let cut = rest.span.start() + at;
            out.push(Token { span: Span::new(rest.span.start(), cut), kind: TokenKind::Word });
            rest = Token { span: Span::new(cut, rest.span.end()), kind: TokenKind::Word };
        }
        out.push(rest);
    }
    out
}

/// Where two words meet in `token`, in bytes from its start.
fn seam(token: Token, text: &str, lexicon: &Lexicon) -> Option<usize> {
    if token.kind != TokenKind::Word || token.span.len() > LONGEST_BYTES || token.span.len() < 5 {
        return None;
    }
    let word = token.span.slice(text);
    let mut before = ' ';
    for (at, c) in word.char_indices() {
        let (left, right) = (&word[..at], &word[at..]);
        let case_change = before.is_lowercase() && c.is_uppercase();
        if at > 0
            && (opens_with_small_word(left, right, lexicon)
                || (case_change && are_words(left, right, lexicon))
                || is_name_and_cue(left, right))
        {
            return Some(at);
        }
        before = c;
    }
    None
}

/// "ofminister", "ofOrlov"
fn opens_with_small_word(left: &str, right: &str, lexicon: &Lexicon) -> bool {
    let named = right.len() > SHORTEST_NAME && right.starts_with(char::is_uppercase);
    lexicon.glued.contains(left) && (named || lexicon.speakers.contains(right))
}

/// "ministerOrlov", "OrlovAlso"
fn are_words(left: &str, right: &str, lexicon: &Lexicon) -> bool {
    let low = tagger::low(right);
    lexicon.speakers.contains(left) || lexicon.glued.contains(&low)
}

/// "Orlovsaid"
fn is_name_and_cue(left: &str, right: &str) -> bool {
    right == "said" && left.len() > SHORTEST_NAME && left.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{quotations::lexicon::LEXICON, testing::article, tokens::tokens};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lexicon = LEXICON.of(&article(text));
        let found = split(text, tokens(text, |_| false), lexicon);
        let found: Vec<&str> = found.iter().map(|token| token.span.slice(text)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn glued_words_come_apart() {
        check("words ofminister Orlov", "words|of|minister|Orlov");
        check("ministerOrlovsaid so", "minister|Orlov|said|so");
        check("OrlovAlso said", "Orlov|Also|said");
    }

    #[test]
    fn whole_words_stay_whole() {
        check("offices McDonald YouTube inspector official", "offices|McDonald|YouTube|inspector|official");
    }
}
