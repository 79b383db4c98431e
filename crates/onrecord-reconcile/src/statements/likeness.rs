//! How alike two units are: whether they tell one proposition.
//!
//! Rare words count most, and figures; parts of words hold translations and glued words together. Two
//! speakers speak against one statement, but not against the very same words credited to another.

use onrecord_model::{AnnotatedArticle, Number};

use super::{told::Speakers, units::Spoken};
use crate::{
    background,
    words::{Word, fold, hash, words},
};

/// A unit as the comparison sees it.
pub(crate) struct Features {
    /// Terms and weights, sorted by term, each once.
    terms: Vec<(u64, f32)>,
    /// Sum of the weights.
    total: f32,
    /// Hashes of three letters in a row inside words, sorted, each once.
    grams: Vec<u64>,
    /// The numbers of the figures in it.
    numbers: Vec<Number>,
    /// The words as they stand.
    pub(crate) forms: Vec<u64>,
}

/// A unit whose words weigh less than this in sum is compared as if they weighed so much: two short
/// phrases are alike by chance more easily.
const LEAST_TOTAL: f32 = 1.2;

impl Features {
    /// Reads the unit's words and figures.
    pub(crate) fn of(spoken: &Spoken, annotated: &AnnotatedArticle) -> Self {
        let span = spoken.unit.span;
        let text = span.slice(&annotated.article.text);
        let words = words(text);
        let terms = terms(&words);
        let figures = annotated.annotations.figures.iter().filter(|f| span.contains(f.span));
        Self {
            total: terms.iter().map(|(_, weight)| weight).sum(),
            terms,
            grams: grams(text),
            numbers: figures.map(|f| f.value).collect(),
            forms: words.iter().map(|word| word.form).collect(),
        }
    }

    /// What two units must share to be compared: a word that tells something, or a number.
    pub(crate) fn keys(&self) -> Vec<u64> {
        let telling = self.terms.iter().filter(|(_, weight)| *weight >= 0.2).map(|&(term, _)| term);
        let numbers = self.numbers.iter().map(|n| hash(n.to_string().as_bytes()));
        telling.chain(numbers).collect()
    }

    /// How alike the words are, from 0 to 1.
    pub(crate) fn likeness(&self, other: &Features) -> f32 {
        let shared = shared_weight(&self.terms, &other.terms);
        let (less, more) = (self.total.min(other.total), self.total.max(other.total));
        let held = shared / less.max(LEAST_TOTAL);
        let dice = 2.0 * shared / (less + more).max(LEAST_TOTAL);
        let letters = dice_of(&self.grams, &other.grams);
        let words = 0.35 * held + 0.4 * dice + 0.25 * letters;
        (words + self.figures_speak_for(other)).clamp(0.0, 1.0)
    }

    fn figures_speak_for(&self, other: &Features) -> f32 {
        if self.numbers.is_empty() || other.numbers.is_empty() {
            return 0.0;
        }
        if self.numbers.iter().any(|n| other.numbers.contains(n)) { 0.12 } else { -0.03 }
    }
}

/// How alike two units are, speakers and days considered.
pub(crate) fn likeness(a: (&Spoken, &Features), b: (&Spoken, &Features)) -> f32 {
    let words = a.1.likeness(b.1);
    let speakers = match a.0.told.compare(&b.0.told) {
        Speakers::Same => 1.0,
        Speakers::Unclear => 0.85,
        Speakers::Other => 0.6,
    };
    let day = if a.0.told.excludes_day_of(&b.0.told) { 0.7 } else { 1.0 };
    words * speakers * day
}

fn terms(words: &[Word]) -> Vec<(u64, f32)> {
    let mut terms: Vec<(u64, f32)> = words.iter().map(|w| (w.term, background::weight(w.term))).collect();
    terms.retain(|&(_, weight)| weight > 0.08);
    terms.sort_by_key(|&(term, _)| term);
    terms.dedup_by_key(|&mut (term, _)| term);
    terms
}

fn grams(text: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let letters: Vec<char> = fold(word).chars().collect();
        let window = |letters: &[char]| hash(letters.iter().collect::<String>().as_bytes());
        grams.extend(letters.windows(3).map(window));
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn shared_weight(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let in_b = |term: u64| b.binary_search_by_key(&term, |&(t, _)| t).is_ok();
    a.iter().filter(|(term, _)| in_b(*term)).map(|(_, weight)| weight).sum()
}

fn dice_of(a: &[u64], b: &[u64]) -> f32 {
    let shared = a.iter().filter(|gram| b.binary_search(gram).is_ok()).count();
    2.0 * shared as f32 / (a.len() + b.len()).max(1) as f32
}
