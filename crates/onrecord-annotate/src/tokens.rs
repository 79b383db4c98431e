//! Cuts a text into words, numbers, marks and line breaks.
//!
//! Every byte that is not white space lies in exactly one token. Words keep their inner hyphens and
//! dots ("anti-trust", "news.example"), abbreviations keep their last dot ("U.S.", "Mr."), and what
//! is glued on is cut off: "'s", "n't", and the next sentence of "Tuesday.The minister".

use onrecord_model::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Starts with a letter, or is a clitic: "'s".
    Word,
    /// Starts with a digit: "16,000", "3rd".
    Number,
    /// Anything else that shows; `` `` `` and `''` are one mark each.
    Mark,
    /// One or more line ends.
    Break,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// What is cut off the end of a word, straight apostrophes.
const CLITICS: [&str; 7] = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

/// A longer run of letters is no word of any language, and is not asked about clitics.
const LONGEST_WORD: usize = 60;

/// Cuts `text` into tokens; `abbreviations` are lower case and carry their last dot.
pub(crate) fn tokens(text: &str, is_abbreviation: impl Fn(&str) -> bool) -> Vec<Token> {
    let mut cutter = Cutter { text, at: 0, out: Vec::with_capacity(text.len() / 5) };
    while let Some(c) = cutter.rest().chars().next() {
        if c == '\n' || c == '\r' {
            cutter.take_break();
        } else if c.is_whitespace() || is_invisible(c) {
            cutter.at += c.len_utf8();
        } else if c.is_alphabetic() {
            cutter.take_word(&is_abbreviation);
        } else if c.is_numeric() {
            cutter.take_number();
        } else {
            cutter.take_mark(c);
        }
    }
    cutter.out
}

/// Whether `c` is an apostrophe in one of its printed forms.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Token>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, len: usize, kind: TokenKind) {
        self.out.push(Token { span: Span::new(self.at, self.at + len), kind });
        self.at += len;
    }

    fn take_break(&mut self) {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        self.push(len, TokenKind::Break);
    }

    fn take_mark(&mut self, c: char) {
        let rest = self.rest();
        let double = rest.starts_with("``") || rest.starts_with("''");
        let dots = rest.len() - rest.trim_start_matches('.').len();
        self.push(if double { 2 } else { dots.max(c.len_utf8()) }, TokenKind::Mark);
    }

    fn take_number(&mut self) {
        let rest = self.rest();
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joins =
                matches!(c, ',' | '.' | ':') && chars.peek().is_some_and(|(_, next)| next.is_numeric());
            if !(c.is_alphanumeric() || joins) {
                break;
            }
            end = at + c.len_utf8();
        }
        self.push(end, TokenKind::Number);
    }

    fn take_word(&mut self, is_abbreviation: &impl Fn(&str) -> bool) {
        let len = word_len(self.rest());
        let word = &self.rest()[..len];
        if let Some(dotted) = self.dotted(len, is_abbreviation) {
            return self.push(dotted, TokenKind::Word);
        }
        let cut = clitic_len(word);
        if cut > 0 && cut < len {
            self.push(len - cut, TokenKind::Word);
            self.push(cut, TokenKind::Word);
        } else {
            self.push(len, TokenKind::Word);
        }
    }

    /// The length with its last dot, where the dot belongs to the word.
    fn dotted(&self, len: usize, is_abbreviation: &impl Fn(&str) -> bool) -> Option<usize> {
        let rest = self.rest();
        if len > LONGEST_WORD || !rest[len..].starts_with('.') || rest[len..].starts_with("..") {
            return None;
        }
        let word = &rest[..len];
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let letters = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
        let listed = || is_abbreviation(&format!("{}.", word.to_lowercase()));
        (initial || letters || listed()).then_some(len + 1)
    }
}

/// The length of the word that `rest` starts with.
fn word_len(rest: &str) -> usize {
    let mut end = 0;
    let mut letters_of_part = 0_usize;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joined = match c {
            '.' => next.is_some_and(|n| joins_over_dot(letters_of_part, n)),
            '-' | '‑' | '&' | '_' | '@' => next.is_some_and(char::is_alphanumeric),
            _ if is_apostrophe(c) => next.is_some_and(char::is_alphabetic),
            _ => c.is_alphanumeric() || is_joiner(c),
        };
        if !joined {
            break;
        }
        letters_of_part = if c == '.' { 0 } else { letters_of_part + 1 };
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// "U.S", "news.example" go on over the dot; "Tuesday.The" does not.
fn joins_over_dot(letters_before: usize, next: char) -> bool {
    next.is_lowercase() || next.is_numeric() || (letters_before == 1 && next.is_alphabetic())
}

/// Soft hyphens and combining marks inside words.
fn is_joiner(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{300}'..='\u{36f}')
}

fn clitic_len(word: &str) -> usize {
    if word.len() > LONGEST_WORD || !word.contains(is_apostrophe) {
        return 0;
    }
    let plain: String =
        word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }).collect();
    let Some(clitic) = CLITICS.iter().find(|clitic| plain.ends_with(**clitic)) else { return 0 };
    let n_chars = clitic.chars().count();
    word.char_indices().rev().nth(n_chars - 1).map_or(0, |(at, _)| word.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let listed = |word: &str| matches!(word, "mr." | "no." | "inc.");
        let found: Vec<&str> = tokens(text, listed)
            .iter()
            .map(|token| if token.kind == TokenKind::Break { "↵" } else { token.span.slice(text) })
            .collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Mr. Orlov paid $4.15, or 16,000.", "Mr.|Orlov|paid|$|4.15|,|or|16,000|.");
        check("the U.S. army's No. 5 didn’t", "the|U.S.|army|'s|No.|5|did|n’t");
        check("D. Orlov at news.example.", "D.|Orlov|at|news.example|.");
        check("on Tuesday.The anti-war vote", "on|Tuesday|.|The|anti-war|vote");
        check("``We will ... '' he said\n\nNext", "``|We|will|...|''|he|said|↵|Next");
        check("the workers' 3rd «vote»", "the|workers|'|3rd|«|vote|»");
    }

    #[test]
    fn every_visible_byte_is_in_one_token() {
        let text = "\u{feff}é\u{301}-.’’''\u{ad}x.\r\n9.9.9,,a@b.ExA…";
        let list = tokens(text, |_| false);
        assert!(list.is_sorted_by(|a, b| a.span.end() <= b.span.start()));
        let seen: usize = list.iter().map(|token| token.span.len()).sum();
        assert_eq!(seen, text.len() - '\u{feff}'.len_utf8() - '\u{ad}'.len_utf8());
    }
}
