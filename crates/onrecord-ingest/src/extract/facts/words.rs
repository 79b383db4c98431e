//! The words of `words.toml`, ready for looking up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;
use serde::Deserialize;

/// Words by which lines say what they are.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    published: Vec<String>,
    updated: Vec<String>,
    until: Vec<String>,
    weekdays: BTreeMap<String, Vec<String>>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

static WEEKDAYS: LazyLock<BTreeMap<&'static str, Weekday>> = LazyLock::new(|| {
    let named = |(at, forms): (usize, &'static String)| {
        let offset = i8::try_from(at).unwrap_or(0);
        let day = Weekday::from_monday_zero_offset(offset).unwrap_or(Weekday::Monday);
        forms.split(' ').map(move |form| (form, day))
    };
    let words: &'static Words = &WORDS;
    words.weekdays.values().flat_map(|names| names.iter().enumerate().flat_map(named)).collect()
});

impl Words {
    /// Whether `lower` has a word for the day of publication.
    pub(super) fn says_published(&self, lower: &str) -> bool {
        self.published.iter().any(|word| has_word(lower, word))
    }

    /// Whether `lower` has a word for a later change.
    pub(super) fn says_updated(&self, lower: &str) -> bool {
        self.updated.iter().any(|word| has_word(lower, word))
    }

    /// Whether a year after this word is one to come.
    pub(super) fn is_until(&self, lower: &str) -> bool {
        self.until.iter().any(|word| word == lower)
    }
}

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.get(word.to_lowercase().as_str()).copied()
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert!(WORDS.says_published("published: 3 may") && !WORDS.says_published("republished"));
        assert!(WORDS.says_updated("last updated on"));
        assert_eq!(weekday("Thursday"), Some(Weekday::Thursday));
        assert_eq!(weekday("среду"), Some(Weekday::Wednesday));
        assert!(WORDS.weekdays.values().all(|days| days.len() == 7));
    }
}
