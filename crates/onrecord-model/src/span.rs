//! Where words stand in a text.

use std::fmt;

/// A half-open range of **bytes** (`start..end`) in one text.
///
/// Bytes, never characters or UTF-16 units: those are made at the edge, in `wire`.
/// Invariant: `start <= end`. A span means nothing without the text it was cut from, so what is
/// published always stands beside an article id (see [`Evidence`](crate::Evidence)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` to byte `end`; a reversed pair is put in order, and offsets past
    /// 4 GiB are capped (ingest refuses texts of that size).
    pub fn new(start: usize, end: usize) -> Self {
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cap(start.min(end)), end: cap(start.max(end)) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte lies in the span.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words themselves; empty where the span does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// Whether every byte of `other` lies in `self`.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span moved `by` bytes to the right, as when a text is placed inside a longer one.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }

    /// The span without white space at its edges.
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.slice(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_does_not_fit_is_empty_and_never_panics() {
        assert_eq!(Span::new(1, 3).slice("é"), "");
        assert_eq!(Span::new(0, 9).slice("abc"), "");
        assert_eq!(Span::new(3, 1), Span::new(1, 3));
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "  over 100 \n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).slice(text), "over 100");
        assert!(Span::new(0, 2).trimmed(text).is_empty());
    }
}
