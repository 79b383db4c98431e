//! What was read of one article.

use std::ops::Range;

use crate::labels::Labels;

/// The relation of a sentence's head word.
const ROOT: &str = "root";

/// A run of words that a task marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Words of the article, counted over all sentences from 0.
    pub words: Range<usize>,
    /// Number of its kind among the kinds of its task.
    pub(crate) kind: usize,
    /// The least probability (softmax, 0 to 1) that the model gave its kind at one of its words. Not calibrated.
    pub probability: f32,
}

/// Tags and head of one word, as places in [`Labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tagged {
    pub(crate) xpos: usize,
    pub(crate) upos: usize,
    pub(crate) head: Option<usize>,
    pub(crate) rel: usize,
}

/// What the reader says of one article. Words are counted over all sentences from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    /// Cues of quotations: "said".
    pub cues: Vec<Mark>,
    /// Sources of quotations: "the minister".
    pub sources: Vec<Mark>,
    /// What is said.
    pub contents: Vec<Mark>,
    /// Per sentence, the mean of its words' vectors, of length 1.
    pub vectors: Vec<Vec<f32>>,
    /// Names, in reading order, without overlaps.
    pub names: Vec<Mark>,
    pub(crate) words: Vec<Tagged>,
    pub(crate) name_kinds: &'a [String],
    pub(crate) content_kinds: &'a [String],
    pub(crate) labels: &'a Labels,
}

impl<'a> Reading<'a> {
    /// How many words were read.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there were no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The Penn tag of a word; empty past the last.
    pub fn xpos(&self, word: usize) -> &'a str {
        self.words.get(word).and_then(|w| self.labels.xpos.get(w.xpos)).map_or("", String::as_str)
    }

    /// The universal part of speech of a word; empty past the last.
    pub fn upos(&self, word: usize) -> &'a str {
        self.words.get(word).and_then(|w| self.labels.upos.get(w.upos)).map_or("", String::as_str)
    }

    /// The word that `word` hangs on; `None` for the root of its sentence.
    pub fn head(&self, word: usize) -> Option<usize> {
        self.words.get(word)?.head
    }

    /// The relation of a word to its head: `root` for the root, and the best guess otherwise.
    pub fn relation(&self, word: usize) -> &'a str {
        let Some(tagged) = self.words.get(word) else { return "" };
        let guess = self.labels.rels.get(tagged.rel).map_or("", String::as_str);
        match tagged.head {
            None => ROOT,
            // The tree moved the word below another; the network was asked about the root.
            Some(_) if guess == ROOT => "dep",
            Some(_) => guess,
        }
    }

    /// The kind of one of [`names`](Self::names): "person".
    pub fn name_kind(&self, name: &Mark) -> &'a str {
        self.name_kinds.get(name.kind).map_or("", String::as_str)
    }

    /// The kind of one of [`contents`](Self::contents); empty where the model tells no kinds apart.
    pub fn content_kind(&self, content: &Mark) -> &'a str {
        self.content_kinds.get(content.kind).map_or("", String::as_str)
    }
}
