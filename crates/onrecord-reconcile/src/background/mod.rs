//! Fixed background statistics: how common each English word is, and how words shed their endings.
//!
//! They ship with the program, so that what two articles have in common never depends on which others
//! are in the record. `training/background` says how the counts were made.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use crate::words::{fold, hash};

/// In how many of the background's texts each term stands.
struct Background {
    texts: f32,
    counts: HashMap<u64, f32>,
}

static ENGLISH: LazyLock<Background> = LazyLock::new(|| read(include_str!("en.tsv")));

/// Reads `# texts` and then `word, tab, count` lines; the counts of one term's forms are summed.
fn read(table: &str) -> Background {
    let mut background = Background { texts: 1.0, counts: HashMap::new() };
    for line in table.lines() {
        if let Some(texts) = line.strip_prefix("# ") {
            background.texts = texts.parse().unwrap_or(1.0);
        } else if let Some((word, count)) = line.split_once('\t') {
            let term = hash(stem(&fold(word)).as_bytes());
            *background.counts.entry(term).or_default() += count.parse::<f32>().unwrap_or_default();
        }
    }
    background
}

/// How much it says that two texts share `term`: near 0 for "the", 1 for a word the background lacks.
pub(crate) fn weight(term: u64) -> f32 {
    let background = &*ENGLISH;
    let count = background.counts.get(&term).copied().unwrap_or_default().min(background.texts);
    ((background.texts + 1.0) / (count + 1.0)).ln() / (background.texts + 1.0).ln()
}

/// Endings that go first, and what stands in their place; the first that fits is taken.
const PLURALS: &[(&str, &str)] =
    &[("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")];

/// Endings that make one part of speech of another, longest first.
const DERIVATIONS: &[(&str, &str)] = &[
    ("isation", "iz"),
    ("ization", "iz"),
    ("ational", ""),
    ("ation", ""),
    ("ating", ""),
    ("ated", ""),
    ("ition", ""),
    ("ising", "iz"),
    ("izing", "iz"),
    ("ement", ""),
    ("ment", ""),
    ("ness", ""),
    ("ised", "iz"),
    ("ized", "iz"),
    ("ance", ""),
    ("ence", ""),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ing", ""),
    ("ion", ""),
    ("ied", "y"),
    ("our", "or"),
    ("ate", ""),
    ("ian", ""),
    ("ive", ""),
    ("ity", ""),
    ("ed", ""),
    ("er", ""),
    ("or", ""),
    ("al", ""),
    ("an", ""),
    ("ia", ""),
    ("ly", ""),
    ("a", ""),
    ("e", ""),
];

/// What must be left of a word for an ending to be one.
const SHORTEST_STEM: usize = 4;

/// The word without its endings: "operations", "operating" and "operate" meet in one stem.
pub(crate) fn stem(folded: &str) -> String {
    let singular = swap(folded, PLURALS, SHORTEST_STEM - 1);
    let mut stem = swap(&singular, DERIVATIONS, SHORTEST_STEM);
    if stem.len() > SHORTEST_STEM && stem != singular && ends_twice(&stem) {
        stem.to_mut().pop();
    }
    stem.into_owned()
}

/// Whether the last two letters are one letter twice.
fn ends_twice(word: &str) -> bool {
    let mut letters = word.chars().rev();
    letters.next().is_some_and(|last| letters.next() == Some(last))
}

fn swap<'a>(word: &'a str, endings: &[(&str, &str)], shortest: usize) -> Cow<'a, str> {
    let last = word.as_bytes().last();
    let stem = |ending: &str| {
        let stem = (ending.as_bytes().last() == last).then(|| word.strip_suffix(ending)).flatten();
        stem.filter(|s| s.len() >= shortest)
    };
    let found = endings.iter().find_map(|&(ending, instead)| Some((stem(ending)?, instead)));
    match found {
        Some((stem, "")) => Cow::Borrowed(stem),
        Some((stem, instead)) => Cow::Owned(format!("{stem}{instead}")),
        None => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} became {stems:?}");
    }

    #[test]
    fn forms_of_one_word_meet() {
        check(&["operate", "operates", "operating", "operations", "operation"]);
        check(&["organisation", "organizations", "organised"]);
        check(&["measure", "measures", "measured"]);
        check(&["stop", "stops", "stopped", "stopping"]);
        check(&["ministry", "ministries"]);
        check(&["cooperation", "cooperate"]);
        check(&["america", "american", "americans"]);
        check(&["russia", "russian"]);
    }

    #[test]
    fn words_keep_apart_what_only_looks_alike() {
        for (a, b) in [("united", "unit's"), ("moral", "more"), ("police", "policy"), ("river", "rivet")] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn rare_words_weigh_more() {
        let of = |word: &str| weight(hash(stem(word).as_bytes()));
        assert!(of("the") < 0.01);
        assert!(of("the") < of("minister") && of("minister") < of("reservoir"));
        assert_eq!(of("qwrtzp"), 1.0);
    }
}
