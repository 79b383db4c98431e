//! Bytes to code points: spans are bytes inside the program and characters outside it.

use onrecord_model::{OffsetMap, Span};

use super::{RawV1, SpanV1};
use crate::mask::masked;

/// Bytes between two places whose code point is remembered.
const STEP: usize = 64;

/// Translates spans of one text. Built once a text, in time linear in its length.
pub struct Points<'a> {
    text: &'a str,
    /// The text as it is shown: contact data masked, same offsets.
    shown: std::borrow::Cow<'a, str>,
    /// Code points before each multiple of `STEP` bytes; empty where every character is one byte.
    before: Vec<u32>,
    /// From `text` to the page's bytes.
    to_page: Option<OffsetMap>,
}

impl<'a> Points<'a> {
    /// For the spans of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut points = 0;
            for (at, byte) in text.bytes().enumerate() {
                if at % STEP == 0 {
                    before.push(points);
                }
                points += u32::from(is_start(byte));
            }
        }
        Self { text, shown: masked(text), before, to_page: None }
    }

    /// The same, with the way to the bytes of the page.
    pub fn with_page(mut self, to_page: Option<OffsetMap>) -> Self {
        self.to_page = to_page;
        self
    }

    /// The text as it is shown: contact data masked.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// How many characters stand before byte `at`.
    fn point(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let Some(&before) = self.before.get(at / STEP) else { return self.past(at) };
        let rest = &self.text.as_bytes()[at / STEP * STEP..at];
        before as usize + rest.iter().filter(|b| is_start(**b)).count()
    }

    /// For a text of one-byte characters, and for the very end of one whose length is a multiple of the step.
    fn past(&self, at: usize) -> usize {
        if self.before.is_empty() { at } else { self.text.chars().count() }
    }

    /// A span as others see it.
    pub fn span(&self, span: Span) -> SpanV1 {
        let raw = self.to_page.as_ref().and_then(|map| map.to_source(span));
        SpanV1 {
            start: self.point(span.start()),
            end: self.point(span.end()),
            text: span.slice(&self.shown).to_owned(),
            raw: raw.map(|raw| RawV1 { start: raw.start(), end: raw.end() }),
        }
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_characters_for_any_text_and_any_place() {
        let texts = [
            "plain words only".repeat(9),
            "Größe «слово» 🙂 e\u{301} ".repeat(9),
            "é".repeat(64),
            String::new(),
        ];
        for text in &texts {
            let points = Points::new(text);
            for (n, (at, c)) in text.char_indices().enumerate() {
                let span = points.span(Span::new(at, at + c.len_utf8()));
                assert_eq!((span.start, span.end, span.text), (n, n + 1, c.to_string()));
            }
            assert_eq!(points.span(Span::new(0, text.len())).end, text.chars().count());
        }
    }
}
