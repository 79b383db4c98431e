//! How alike two units are: whether they tell one proposition.
//!
//! Rare words count most, and figures and days; parts of words hold translations and glued words together.
//! Two speakers speak against one statement, but not against the very same words credited to another.

use jiff::civil::Date;
use onrecord_model::{AnnotatedArticle, Figure, Number};

use super::{told::Speakers, units::Spoken};
use crate::{
    background,
    tellings::Lexicon,
    words::{Look, Word, fold, hash, words},
};

/// A unit as the comparison sees it.
pub(crate) struct Features {
    /// Terms and weights, sorted by term, each once.
    terms: Vec<(u64, f32)>,
    /// The terms of words that are no names, sorted: two texts of one story share names anyway.
    plain: Vec<u64>,
    /// Sum of the weights.
    total: f32,
    /// Hashes of three letters in a row inside words, sorted, each once.
    grams: Vec<u64>,
    /// The figures in it, in base units, and whether each tells one thing from others: 4,500 does, two does not.
    numbers: Vec<(Number, bool)>,
    /// The days it names.
    days: Vec<Date>,
    /// The words as they stand.
    pub(crate) forms: Vec<u64>,
}

/// A unit whose words weigh less than this in sum is compared as if they weighed so much: two short
/// phrases are alike by chance more easily.
const LEAST_TOTAL: f32 = 1.2;

/// Words that weigh less are in every text.
const TELLING: f32 = 0.2;

impl Features {
    /// Reads the unit's words and figures.
    pub(crate) fn of(spoken: &Spoken, annotated: &AnnotatedArticle) -> Self {
        let span = spoken.unit.span;
        let text = span.slice(&annotated.article.text);
        let words = words(text);
        let (terms, plain) = terms(text, &words, Lexicon::of(&annotated.article));
        let figures = annotated.annotations.figures.iter().filter(|f| span.contains(f.span));
        let dates = annotated.annotations.dates.iter().filter(|d| span.contains(d.span));
        Self {
            total: terms.iter().map(|(_, weight)| weight).sum(),
            terms,
            plain,
            grams: grams(text),
            numbers: figures.filter_map(number).collect(),
            days: dates.filter_map(|d| d.value.as_ref().map(|value| value.first)).collect(),
            forms: words.iter().map(|word| word.form).collect(),
        }
    }

    /// What two units must share to be compared: a word that tells something, or a number.
    pub(crate) fn keys(&self) -> Vec<u64> {
        let telling = self.terms.iter().filter(|(_, weight)| *weight >= TELLING).map(|&(term, _)| term);
        let numbers = self.numbers.iter().map(|(n, _)| hash(n.to_string().as_bytes()));
        let days = self.days.iter().map(|day| hash(day.to_string().as_bytes()));
        telling.chain(numbers).chain(days).collect()
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

    /// How many telling words that are no names both have; a number that tells one thing from others is two.
    pub(crate) fn common(&self, other: &Features) -> usize {
        let words = self.plain.iter().filter(|term| other.plain.binary_search(term).is_ok()).count();
        let numbers = self.numbers.iter().filter(|number| number.1 && other.numbers.contains(number));
        words + 2 * numbers.count()
    }

    fn figures_speak_for(&self, other: &Features) -> f32 {
        let mine = self.numbers.iter().filter(|(n, _)| other.numbers.iter().any(|(m, _)| n == m));
        let days = self.days.iter().filter(|day| other.days.contains(day)).map(|_| 0.12);
        let shared =
            mine.map(|(_, telling)| if *telling { 0.2 } else { 0.08 }).chain(days).fold(0.0, f32::max);
        let both_count = !self.numbers.is_empty() && !other.numbers.is_empty();
        if shared == 0.0 && both_count { -0.03 } else { shared }
    }
}

/// From here on a plain count tells one thing counted from others.
const TELLING_COUNT: i64 = 20;

/// A figure's number in its base unit, so that a conversion counts as the same.
fn number(figure: &Figure) -> Option<(Number, bool)> {
    let value = figure.unit.as_ref().map_or(Some(figure.value), |unit| unit.to_base(figure.value))?;
    Some((value, figure.unit.is_some() || value >= Number::whole(TELLING_COUNT)))
}

/// How alike words must be to be one statement although another is credited with them.
const VERY_WORDS: f32 = 0.7;

/// How alike two units are, speakers and days considered. `alone` says how far one speaker has only one
/// thing to say in each of the two articles: 1 for one quotation in each, ½ for two in one of them.
pub(crate) fn likeness(a: (&Spoken, &Features), b: (&Spoken, &Features), alone: f32) -> f32 {
    if holds(a.0, b.0) {
        return 0.0;
    }
    let words = a.1.likeness(b.1);
    let day = if a.0.told.excludes_day_of(&b.0.told) { 0.7 } else { 1.0 };
    match speakers(a.0, b.0) {
        Speakers::Same => (words + 0.15 * alone) * day,
        Speakers::Unclear => words * 0.85 * day,
        Speakers::Other if words >= VERY_WORDS => words * 0.8 * day,
        Speakers::Other => words * 0.4 * day,
    }
}

/// Whether one is quoted inside the other: who tells of another's words says something of his own.
fn holds(a: &Spoken, b: &Spoken) -> bool {
    let (a, b) = (&a.unit, &b.unit);
    a.article == b.article && !a.shares_quotation(b) && a.span.overlaps(b.span)
}

/// How the speakers stand to each other. One article tells a minister and the ministry apart on purpose;
/// two articles may mean one act by them.
fn speakers(a: &Spoken, b: &Spoken) -> Speakers {
    let both_known = a.told.speaker.is_some() && b.told.speaker.is_some();
    if a.unit.article == b.unit.article && both_known && a.told.speaker != b.told.speaker {
        return Speakers::Other;
    }
    a.told.compare(&b.told)
}

/// What the words are compared by: words for one thing are one term where the language's words are known.
fn terms(text: &str, words: &[Word], lexicon: Option<&Lexicon>) -> (Vec<(u64, f32)>, Vec<u64>) {
    let folded: Vec<String> = words.iter().map(|w| fold(w.span.slice(text))).collect();
    let mut found = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let phrase = lexicon.and_then(|l| l.compound(&folded[at..]));
        let class = match (phrase, lexicon) {
            (Some((_, key)), _) => Some(key.to_owned()),
            (None, Some(lexicon)) if word.look != Look::Number => Some(lexicon.key(&folded[at])),
            _ => None,
        };
        found.push((class.map_or(word.term, |key| hash(key.as_bytes())), word.look));
        at += phrase.map_or(1, |(len, _)| len);
    }
    let is_plain = |&(term, look): &(u64, Look)| look == Look::Plain && background::weight(term) >= TELLING;
    let mut plain: Vec<u64> = found.iter().copied().filter(is_plain).map(|(term, _)| term).collect();
    plain.sort_unstable();
    plain.dedup();
    let mut terms: Vec<(u64, f32)> =
        found.into_iter().map(|(term, _)| (term, background::weight(term))).collect();
    terms.retain(|&(_, weight)| weight > 0.08);
    terms.sort_by_key(|&(term, _)| term);
    terms.dedup_by_key(|&mut (term, _)| term);
    (terms, plain)
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
