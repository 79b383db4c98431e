//! What a network read of an article's words: word classes, dependencies, names, who says what.
//!
//! A step on the way to the other marks, which may use it; the record does not keep it.

use crate::Span;

/// One article, read by a network; empty where none was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words and marks, in reading order.
    pub words: Vec<Word>,
    /// Names, of the kinds "person", "organisation", "place", "event", "document", "military".
    pub names: Vec<Guess>,
    /// Words that introduce what is said: "said".
    pub cues: Vec<Guess>,
    /// Who says it.
    pub sources: Vec<Guess>,
    /// What is said.
    pub contents: Vec<Guess>,
}

impl Reading {
    /// The place of the word that starts at byte `start`.
    pub fn word_at(&self, start: usize) -> Option<usize> {
        self.words.binary_search_by_key(&start, |word| word.span.start()).ok()
    }
}

/// One word or mark of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Penn Treebank tag as UD English writes it: "VBD".
    pub tag: &'static str,
    /// Universal part of speech: "VERB".
    pub class: &'static str,
    /// Its head, a place in [`Reading::words`] inside the same sentence; `None` for the sentence's root.
    pub head: Option<u32>,
    /// Universal dependency relation to its head: "nsubj".
    pub relation: &'static str,
}

/// A stretch that the network marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// From its first word to its last.
    pub span: Span,
    /// What it is; empty where the network tells no kinds apart.
    pub kind: &'static str,
    /// How sure the network is of its least sure word, 0 to 100; not calibrated.
    pub percent: u8,
}
