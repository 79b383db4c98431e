//! The words of a draft by which articles on the same are found.

use std::collections::BTreeMap;

use onrecord_model::AnnotatedArticle;

use crate::{background, words::words};

/// Words that are read; a longer text says early what it is about.
const MOST_WORDS: usize = 5_000;
/// Words that tell less than this are in every text.
const LEAST_WEIGHT: f32 = 0.3;

/// The words that tell most what a text is about, as printed, those that tell most first and of those the earliest;
/// at most so many, each once.
pub fn telling_words(of: &AnnotatedArticle, most: usize) -> Vec<String> {
    let text = &of.article.text;
    let mut places: BTreeMap<u64, (usize, f32, &str)> = BTreeMap::new();
    for (place, word) in words(text).into_iter().take(MOST_WORDS).enumerate() {
        let weight = background::weight(word.term);
        let printed = word.span.slice(text);
        if weight >= LEAST_WEIGHT && printed.chars().count() > 2 {
            let times = places.entry(word.term).or_insert((place, 0.0, printed));
            times.1 += weight;
        }
    }
    let mut found: Vec<(usize, f32, &str)> = places.into_values().collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.into_iter().take(most).map(|(_, _, word)| word.to_owned()).collect()
}
