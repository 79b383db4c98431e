//! Texts in ASCII, character for character, for patterns.
//!
//! A pattern with the letters of all scripts in it takes tens of milliseconds to build and long to run.
//! Over a shape, the same pattern needs the classes [`LETTER`] and [`UPPER`] of a few bytes.

use std::borrow::Cow;
use std::ops::Range;

use regex::bytes::{Captures, Match, Regex, RegexBuilder};
use unicode_normalization::char::is_combining_mark;

/// A capital letter, as a pattern's class.
pub(in crate::extract) const UPPER: &str = r"[A-Z\x01]";
/// A letter beyond ASCII that is no capital, as a pattern's class.
pub(in crate::extract) const OTHER: &str = r"\x02";
/// A letter, as what stands inside a pattern's class.
pub(in crate::extract) const LETTER: &str = r"A-Za-z\x01\x02";
/// A letter or a mark upon one, as what stands inside a pattern's class.
pub(in crate::extract) const LETTER_OR_MARK: &str = r"A-Za-z\x01\x02\x03";
/// A dash that is longer than a hyphen.
pub(in crate::extract) const DASH: &str = r"\x04";

/// A pattern over shapes: its classes are those of ASCII.
pub(in crate::extract) fn pattern(form: &str) -> Option<Regex> {
    RegexBuilder::new(form).unicode(false).build().ok()
}

/// A text in ASCII with one byte a character, and the way back.
#[derive(Debug)]
pub(in crate::extract) struct Shape<'a> {
    text: &'a str,
    ascii: Cow<'a, str>,
    /// Where each character of `text` starts; empty where `text` is ASCII itself.
    starts: Vec<usize>,
}

impl<'a> Shape<'a> {
    pub(in crate::extract) fn of(text: &'a str) -> Self {
        let is_plain = text.bytes().all(|b| b.is_ascii() && !STAND_INS.contains(&b));
        if is_plain {
            return Self { text, ascii: Cow::Borrowed(text), starts: Vec::new() };
        }
        let ascii = text.chars().map(stand_in).collect();
        Self { text, ascii, starts: text.char_indices().map(|(at, _)| at).collect() }
    }

    /// The parts of a pattern's first match.
    pub(in crate::extract) fn captures(&self, pattern: &Regex) -> Option<Parts<'_, 'a>> {
        Some(Parts { shape: self, found: pattern.captures(self.ascii.as_bytes())? })
    }

    fn range(&self, found: Match<'_>) -> Range<usize> {
        let at = |char: usize| match self.starts.is_empty() {
            true => char,
            false => self.starts.get(char).copied().unwrap_or(self.text.len()),
        };
        at(found.start())..at(found.end())
    }
}

/// The parts of a match, in the text itself.
pub(in crate::extract) struct Parts<'s, 'a> {
    shape: &'s Shape<'a>,
    found: Captures<'s>,
}

impl<'a> Parts<'_, 'a> {
    /// Where the whole match stands, in bytes of the text.
    pub(in crate::extract) fn whole(&self) -> Range<usize> {
        self.found.get(0).map_or(0..0, |found| self.shape.range(found))
    }

    /// Where the named part ends that ends last, in bytes of the text.
    pub(in crate::extract) fn last_end(&self) -> Option<usize> {
        self.found.iter().flatten().skip(1).map(|part| self.shape.range(part).end).max()
    }

    /// A named part.
    pub(in crate::extract) fn name(&self, name: &str) -> Option<&'a str> {
        self.found.name(name).map(|part| &self.shape.text[self.shape.range(part)])
    }
}

/// What stands for characters that are not ASCII: a capital, another letter, a mark upon a letter, a dash,
/// anything else.
const STAND_INS: [u8; 5] = [1, 2, 3, 4, 5];

fn stand_in(c: char) -> char {
    match c {
        _ if c.is_ascii() && !STAND_INS.contains(&(c as u8)) => c,
        '‘' | '’' => '\'',
        '–' | '—' | '―' => '\x04',
        _ if c.is_whitespace() => ' ',
        _ if c.is_uppercase() => '\x01',
        _ if is_combining_mark(c) => '\x03',
        _ if c.is_alphabetic() => '\x02',
        _ => '\x05',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, form: &str, expected: &str) {
        let pattern = pattern(form).unwrap();
        let shape = Shape::of(text);
        let found = shape.captures(&pattern).unwrap();
        assert_eq!(found.name("part"), Some(expected), "{text}");
        assert_eq!(&text[found.whole()], found.name("whole").unwrap());
        assert_eq!(found.last_end(), Some(found.whole().end));
    }

    #[test]
    fn parts_of_a_match_are_parts_of_the_text() {
        let word = format!("(?<part>{UPPER}[{LETTER_OR_MARK}]+)");
        check("in Eld — now", &format!("(?<whole>{word} {DASH})"), "Eld");
        check("à Élde\u{301}e — oui", &format!("(?<whole>{word} {DASH})"), "Élde\u{301}e");
        check("в Эльде\u{a0}— сейчас", &format!("(?<whole>{word} {DASH} [{LETTER}]+)"), "Эльде");
        check("\x01 Eld –", &format!("(?<whole>[^ ] {word} {DASH})"), "Eld");
    }
}
