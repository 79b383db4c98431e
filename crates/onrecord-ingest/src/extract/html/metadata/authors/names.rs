//! Names out of the words of a byline.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::html::metadata::dates::is_month;

/// Words of bylines.
#[derive(Default, Deserialize)]
pub(super) struct Words {
    acts: Vec<String>,
    openers: Vec<String>,
    joiners: Vec<String>,
    closers: Vec<String>,
    offices: Vec<String>,
    nobody: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den",
    "ter", "ten", "bin", "bint", "ibn", "al", "el", "ben", "abu", "af", "av", "zu", "zur", "vom", "y", "e",
    "i", "st", "mac", "mc", "dr", "prof",
];

/// The words behind "by", "Written by", "Autor:"; `None` where the text does not open like that.
pub(super) fn after_opener(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = WORDS.acts.iter().find_map(|act| after_word(text, act)).unwrap_or(text);
    let named = WORDS.openers.iter().filter_map(|opener| after_word(rest, opener)).min_by_key(|r| r.len());
    let colon = || (rest.len() < text.len()).then(|| text[text.len() - rest.len()..].trim_start());
    named.or_else(|| colon().filter(|_| text[..text.len() - rest.len()].trim_end().ends_with(':')))
}

/// What stands behind a word and the blanks or colon after it; "byAnn" is "by Ann", "Byron" is not.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut chars = text.char_indices();
    for expected in word.chars() {
        let (_, c) = chars.next()?;
        if c.to_lowercase().next() != Some(expected) {
            return None;
        }
    }
    let rest = chars.as_str();
    let is_glued = || {
        let last = text[..text.len() - rest.len()].chars().next_back();
        rest.chars().next().is_some_and(char::is_uppercase) && last.is_some_and(char::is_lowercase)
    };
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ':' || c == '：');
    (ends || is_glued())
        .then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':' || c == '：'))
}

/// Whether the text is nothing but the words before a name.
pub(super) fn is_opener(text: &str) -> bool {
    after_opener(text).is_some_and(|rest| rest.is_empty())
}

/// Whether the text is nothing but what stands between two names.
pub(super) fn is_joiner(text: &str) -> bool {
    let text = text.trim_matches([' ', ',', ';']).to_lowercase();
    text.is_empty() || WORDS.joiners.contains(&text)
}

/// Whether the text begins with a word that ends a byline's names: "Reviewed by".
pub(super) fn is_closer(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WORDS.closers.contains(&first.to_lowercase())
}

/// Whether it is but the initials that stand for a portrait: "AL".
pub(super) fn is_initials(text: &str) -> bool {
    text.chars().count() <= 3 && text.chars().all(char::is_uppercase)
}

/// Names joined in a byline, apart; what follows them is cut off.
pub(super) fn split(text: &str) -> Vec<String> {
    apart(before_closer(without_opener(text)))
}

/// Names joined in a text that holds nothing but names.
pub(super) fn split_stated(text: &str) -> Vec<String> {
    let before_mark = |name: String| {
        let end = name.find(is_mark).unwrap_or(name.len());
        clean(&name[..end]).to_owned()
    };
    apart(without_opener(text)).into_iter().map(before_mark).collect()
}

/// A mark that ends a name.
fn is_mark(c: char) -> bool {
    "|•·([/\n".contains(c)
}

fn without_opener(text: &str) -> &str {
    after_opener(text).unwrap_or(text).trim()
}

/// Names apart. "Ann Lee, MD, PhD" and "Research
/// and Development" stay together: a part that is a name by itself has two words.
fn apart(text: &str) -> Vec<String> {
    let mut names: Vec<&str> = vec![text];
    for joiner in [" and ", " und ", " & ", " et ", " og ", " och ", " y ", " и ", " + "] {
        names = names.into_iter().flat_map(|name| split_if(name, joiner)).collect();
    }
    let names = names.into_iter().flat_map(comma_parts).map(clean).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// The parts of a text, if each begins with a name of two words.
fn split_if<'t>(text: &'t str, joiner: &str) -> Vec<&'t str> {
    let parts: Vec<&str> = text.split(joiner).collect();
    let begins = |part: &&str| {
        is_full(part.trim_matches([' ', ',', ';']).split([',', ';']).next().unwrap_or_default())
    };
    if parts.iter().all(begins) { parts } else { vec![text] }
}

/// Names parted by commas; offices, places and the like behind a name are left out, titles stay.
fn comma_parts(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split([',', ';']).map(clean).filter(|part| !part.is_empty()).collect();
    let Some((first, rest)) = parts.split_first() else { return vec![text] };
    if !is_full(first) || rest.iter().copied().all(is_title) {
        return vec![text];
    }
    let people = rest.iter().take_while(|part| is_full(part) && !is_office(part)).count();
    parts[..=people].to_vec()
}

/// "MD", "PhD": at least two capitals in one word.
fn is_title(part: &str) -> bool {
    part.chars().filter(|c| c.is_uppercase()).count() >= 2 && !part.contains(' ')
}

/// Whether a text has the two words of a whole name, or is in a script that puts no blanks between.
fn is_full(text: &str) -> bool {
    text.split_whitespace().count() >= 2 || text.chars().any(|c| c as u32 > 0x2e80)
}

/// Whether the words name an office: "Director of Sales".
pub(super) fn is_office(text: &str) -> bool {
    let has_two = text.trim().contains(' ');
    text.split_whitespace().any(|word| {
        let is_small = word.chars().all(|c| c.is_lowercase() || c == '-') && !PARTICLES.contains(&word);
        has_two && is_small || WORDS.offices.contains(&word.to_lowercase())
    })
}

/// The text up to the first mark, figure or word that ends a byline's names.
fn before_closer(text: &str) -> &str {
    let mark = text.find(|c: char| is_mark(c) || c.is_ascii_digit()).unwrap_or(text.len());
    let dash = [" – ", " — ", " - "].iter().filter_map(|dash| text.find(dash)).min().unwrap_or(text.len());
    let end = mark.min(dash);
    let is_dated = text[end..].starts_with(|c: char| c.is_ascii_digit());
    let mut at = 0;
    for (i, word) in text[..end].split(' ').enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let is_last = text[at + word.len()..end].trim().is_empty();
        if i > 0 && (WORDS.closers.contains(&bare) || is_dated && is_last && is_month(&bare)) {
            return text[..at].trim();
        }
        at += word.len() + 1;
    }
    text[..end].trim()
}

fn clean(part: &str) -> &str {
    part.trim().trim_matches(['(', ')', '-', '–', ':', '/', '"', ',', ';', '&', '*', '’', '‘']).trim()
}

/// Whether a byline's words may be a name: no figures in it.
pub(super) fn is_name(text: &str) -> bool {
    is_stated_name(text) && !text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a text may be a name: short, no address, not a word of the page's frame.
pub(super) fn is_stated_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has_letters = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_address =
        lower.contains("http") || lower.starts_with("www.") || text.contains(['@', '/', '{', '<', '=', ':']);
    let is_short = (1..=9).contains(&text.split_whitespace().count()) && text.chars().count() <= 70;
    let is_date =
        is_month(&lower) && lower.len() > 2 || lower.chars().filter(char::is_ascii_digit).count() > 3;
    let is_cut =
        lower.rsplit_once(' ').is_some_and(|(_, last)| WORDS.openers.iter().any(|word| word == last));
    has_letters && is_short && !is_address && !is_date && !is_cut && !WORDS.nobody.contains(&lower)
}

/// Whether it is written as a person's name: two to five words, all but small ones with a capital.
pub(super) fn is_person(text: &str) -> bool {
    let is_capital = |word: &str| {
        word.chars().find(|c| c.is_alphabetic()).is_none_or(|c| !c.is_lowercase())
            || PARTICLES.contains(&word.to_lowercase().as_str())
    };
    let words = text.split_whitespace().count();
    is_name(text) && (2..=5).contains(&words) && text.split_whitespace().all(is_capital) && !is_office(text)
}
