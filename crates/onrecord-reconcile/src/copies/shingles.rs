//! Runs of words that two texts have in common.

use onrecord_model::Article;

use crate::words::{Look, combine, words};

/// Words in a run that is compared. Shorter runs are common in any English, longer ones break too easily.
const RUN: usize = 4;

/// Words in a run that blocks are keyed by.
const KEY_RUN: usize = 5;

/// One in this many runs is a key. Sampling by value keeps the same runs in every text.
const SAMPLED: u64 = 4;

/// Keys of one article at most: those of least value, the same ones in every text.
const MOST_KEYS: usize = 2_000;

/// Words in a passage.
const PASSAGE: usize = 24;

/// Share of a passage's words in common runs from which the passage is common.
const COMMON_PASSAGE: f32 = 0.25;

/// Bytes between two quotation marks from which on, and up to which, words count as quoted.
const QUOTED_BYTES: std::ops::Range<usize> = 20..2_000;

/// The words of one article, ready to be compared.
pub(crate) struct Shingles {
    forms: Vec<u64>,
    quoted: Vec<bool>,
    named: Vec<bool>,
    /// Every run that is compared, sorted.
    compared: Vec<u64>,
}

/// What of a text stands in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Share {
    /// Share of its words in common runs; 1 for a text without words.
    pub(crate) words: f32,
    /// Share of its words that lie in common passages.
    pub(crate) passages: f32,
}

/// What of a text stands in another: all of it, without its quotations, and of its names and numbers.
pub(crate) struct Common {
    pub(crate) everywhere: Share,
    pub(crate) outside_quotations: Share,
    pub(crate) names: Share,
}

impl Shingles {
    /// The words of an article without its headline.
    pub(crate) fn of(article: &Article) -> Self {
        let quotations = quoted(&article.text);
        let headline = article.headline_span;
        let body = words(&article.text).into_iter().filter(|w| !headline.is_some_and(|h| h.contains(w.span)));
        let mut shingles =
            Self { forms: Vec::new(), quoted: Vec::new(), named: Vec::new(), compared: Vec::new() };
        for word in body {
            let before = quotations.partition_point(|&(_, end)| end <= word.span.start());
            let quoted = quotations.get(before).is_some_and(|&(start, _)| start <= word.span.start());
            shingles.forms.push(word.form);
            shingles.quoted.push(quoted);
            shingles.named.push(word.look != Look::Plain);
        }
        shingles.compared = shingles.runs(RUN).collect();
        shingles.compared.sort_unstable();
        shingles
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Sampled runs.
    pub(crate) fn keys(&self) -> Vec<u64> {
        let mut keys: Vec<u64> = self.runs(KEY_RUN).filter(|key| key % SAMPLED == 0).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(MOST_KEYS);
        keys
    }

    fn runs(&self, length: usize) -> impl Iterator<Item = u64> {
        self.forms.windows(length).map(|run| combine(run.iter().copied()))
    }

    /// What of this text stands in `other`.
    pub(crate) fn common_with(&self, other: &Shingles) -> Common {
        let mut common = vec![false; self.len()];
        for (start, run) in self.runs(RUN).enumerate() {
            if other.compared.binary_search(&run).is_ok() {
                common[start..start + RUN].fill(true);
            }
        }
        let only = |marks: &[bool], wanted: bool| {
            let marked = common.iter().zip(marks).filter(|(_, mark)| **mark == wanted);
            share(&marked.map(|(common, _)| *common).collect::<Vec<bool>>())
        };
        let (outside_quotations, names) = (only(&self.quoted, false), only(&self.named, true));
        Common { everywhere: share(&common), outside_quotations, names }
    }
}

fn share(common: &[bool]) -> Share {
    let count = |words: &[bool]| words.iter().filter(|c| **c).count() as f32;
    let is_common = |passage: &&[bool]| count(passage) >= COMMON_PASSAGE * passage.len() as f32;
    let passages: usize = common.chunks(PASSAGE).filter(is_common).map(<[bool]>::len).sum();
    let all = common.len() as f32;
    if common.is_empty() {
        return Share { words: 1.0, passages: 1.0 };
    }
    Share { words: count(common) / all, passages: passages as f32 / all }
}

/// The byte ranges between quotation marks that face each other, in order.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (at, mark) in text.match_indices(['"', '“', '”', '„', '«', '»']) {
        match open {
            Some(start) if QUOTED_BYTES.contains(&(at - start)) => {
                ranges.push((start, at));
                open = None;
            }
            _ if matches!(mark, "”" | "»") => open = None,
            _ => open = Some(at),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_lie_between_marks_that_face_each_other() {
        let text = "“The harbour will be closed on Sunday,” he said, and “so” on. “No one knows";
        let found: Vec<&str> = quoted(text).iter().map(|&(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["“The harbour will be closed on Sunday,"]);
    }
}
