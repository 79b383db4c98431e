//! Lays the words of an article into windows that the network reads one at a time.
//!
//! A window holds whole sentences in order; a sentence that is longer than a window is cut between words.
//! Windows do not overlap.

use std::ops::Range;

use onrecord_model::Span;

use crate::pieces::{self, Vocabulary};

/// Pieces in a window, its two closing pieces included.
pub const LONGEST_WINDOW: usize = 256;

/// Added to the shape of a piece whose word opens a paragraph.
const OPENS_PARAGRAPH: i32 = 7;
/// The shape of a word's later pieces.
const LATER_PIECE: i32 = 6;

/// One word to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text.
    pub span: Span,
    /// Whether it is the first word of its paragraph, or of the text.
    pub opens_paragraph: bool,
}

/// What the network is given at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) ids: Vec<i32>,
    pub(crate) shapes: Vec<i32>,
    /// Per word, its first piece.
    pub(crate) starts: Vec<i32>,
    /// Per word, the number of its part.
    pub(crate) sentence: Vec<i32>,
    /// Sentences or parts of one, as words of the article.
    pub(crate) parts: Vec<Range<usize>>,
}

impl Window {
    fn open() -> Self {
        Self { ids: vec![pieces::OPENS], shapes: vec![0], ..Self::default() }
    }

    fn add(&mut self, part: &Part) {
        let number = i32::try_from(self.parts.len()).unwrap_or(i32::MAX);
        for (word, shape) in part.pieces.iter().zip(&part.shapes) {
            self.starts.push(i32::try_from(self.ids.len()).unwrap_or(i32::MAX));
            self.sentence.push(number);
            self.ids.extend(word);
            let paragraph = if *shape >= OPENS_PARAGRAPH { OPENS_PARAGRAPH } else { 0 };
            self.shapes.push(*shape);
            self.shapes.extend(std::iter::repeat_n(LATER_PIECE + paragraph, word.len() - 1));
        }
        self.parts.push(part.words.clone());
    }

    fn close(mut self) -> Option<Self> {
        self.ids.push(pieces::CLOSES);
        self.shapes.push(0);
        (!self.parts.is_empty()).then_some(self)
    }
}

/// A sentence, or as much of it as fits a window.
struct Part {
    words: Range<usize>,
    pieces: Vec<Vec<i32>>,
    shapes: Vec<i32>,
}

/// The windows over all `sentences` of `text`.
pub(crate) fn windows(text: &str, sentences: &[Vec<Word>], vocabulary: &Vocabulary) -> Vec<Window> {
    let mut out = Vec::new();
    let mut window = Window::open();
    let mut first_word = 0;
    for sentence in sentences {
        for part in parts(text, sentence, first_word, vocabulary) {
            let n_pieces: usize = part.pieces.iter().map(Vec::len).sum();
            if window.ids.len() + n_pieces + 1 > LONGEST_WINDOW {
                out.extend(std::mem::replace(&mut window, Window::open()).close());
            }
            window.add(&part);
        }
        first_word += sentence.len();
    }
    out.extend(window.close());
    out
}

fn parts(text: &str, sentence: &[Word], first_word: usize, vocabulary: &Vocabulary) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut room = 0;
    for (word, at) in sentence.iter().zip(first_word..) {
        let words = word.span.slice(text);
        let pieces = vocabulary.pieces(words);
        if out.is_empty() || pieces.len() > room {
            out.push(Part { words: at..at, pieces: Vec::new(), shapes: Vec::new() });
            room = LONGEST_WINDOW - 2;
        }
        room -= pieces.len();
        if let Some(part) = out.last_mut() {
            part.words.end = at + 1;
            part.pieces.push(pieces);
            let paragraph = if word.opens_paragraph { OPENS_PARAGRAPH } else { 0 };
            part.shapes.push(pieces::shape(words) + paragraph);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::read("x\n##y\n.").unwrap()
    }

    fn sentence(text: &str, from: usize, n: usize) -> Vec<Word> {
        let word = |at| Word { span: Span::new(at, text.len().min(at + 2)), opens_paragraph: at == 0 };
        (from..from + n).map(word).collect()
    }

    #[test]
    fn pieces_shapes_and_starts_stand_side_by_side() {
        let text = "xy Xy";
        let words = vec![
            Word { span: Span::new(0, 2), opens_paragraph: true },
            Word { span: Span::new(3, 5), opens_paragraph: false },
        ];
        let window = windows(text, &[words], &vocabulary()).remove(0);
        assert_eq!(window.ids, [101, 0, 1, 0, 1, 102]);
        assert_eq!(window.shapes, [0, 8, 13, 2, 6, 0]);
        assert_eq!((window.starts, window.sentence), (vec![1, 3], vec![0, 0]));
        assert_eq!(window.parts.len(), 1);
        assert_eq!(window.parts[0], 0..2);
    }

    #[test]
    fn windows_hold_whole_sentences_and_every_word_once() {
        let text = "x".repeat(2000);
        for lengths in [vec![100, 100, 54, 1, 600, 3], vec![254, 254, 1], vec![], vec![0, 0]] {
            let sentences: Vec<Vec<Word>> = lengths.iter().map(|n| sentence(&text, 7, *n)).collect();
            let made = windows(&text, &sentences, &Vocabulary::read("x\n##x").unwrap());
            assert!(made.iter().all(|w| w.ids.len() <= LONGEST_WINDOW && w.ids.len() == w.shapes.len()));
            let words: Vec<usize> = made.iter().flat_map(|w| w.parts.clone()).flatten().collect();
            assert_eq!(words, (0..lengths.iter().sum()).collect::<Vec<_>>());
            let short = lengths.iter().filter(|n| **n > 0 && **n < 254 / 2).count();
            let whole = made.iter().flat_map(|w| &w.parts).filter(|p| p.len() < 254 / 2).count();
            assert!(whole >= short.min(1), "{lengths:?}");
        }
    }
}
