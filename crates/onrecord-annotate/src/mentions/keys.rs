//! Keys under which one name meets its other spellings.
//!
//! "Kisselev" and "Kiselev", "Kasimi" and "Qasimi", "Filip" and "Philip" are one name put into
//! Latin letters by different hands; a key keeps what the hands agree on.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What different romanisations write for one sound, longest first.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("tsch", "h"),
    ("dzh", "j"),
    ("tch", "h"),
    ("sch", "s"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("ch", "h"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("sh", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
    ("aye", "ae"),
    ("eye", "ee"),
    ("iye", "ie"),
    ("oye", "oe"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("z", "s"),
];

/// The longest name that gets a key of its own; longer words are no names.
const LONGEST_BYTES: usize = 64;

/// The key of one word of a name.
pub(crate) fn name_key(word: &str) -> String {
    let cut = word.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST_BYTES).unwrap_or(word.len());
    let plain: String = word[..cut]
        .nfd()
        .filter(|c| c.is_alphabetic() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let mut key = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let (taken, sound) = SOUNDS
            .iter()
            .find(|(letters, _)| rest.starts_with(letters))
            .map_or((first.len_utf8(), None), |(letters, sound)| (letters.len(), Some(*sound)));
        push_single(&mut key, sound.unwrap_or(&rest[..taken]));
        rest = &rest[taken..];
    }
    without_silent_end(key)
}

/// Doubled letters count once.
fn push_single(key: &mut String, sound: &str) {
    for c in sound.chars() {
        if !key.ends_with(c) {
            key.push(c);
        }
    }
}

fn without_silent_end(mut key: String) -> String {
    if key.ends_with("of") || key.ends_with("ef") {
        key.pop();
        key.push('v');
    }
    if key.ends_with("ov") && key.len() <= 4 {
        return key;
    }
    if key.chars().count() > 3 && key.ends_with('e') {
        key.pop();
    }
    key
}

/// Whether two keys differ by at most one letter; short keys must be equal.
pub(crate) fn close(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 5 || a.first() != b.first() {
        return false;
    }
    one_letter_apart(&a, &b)
}

/// Whether the words are one letter or one swap of neighbours apart.
fn one_letter_apart(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left_a, left_b) = (a.len() - head - tail, b.len() - head - tail);
    let swapped = left_a == 2 && left_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
    swapped || left_a.max(left_b) <= 1
}

/// Endings by which the name of a people or a country differs from the other, longest first.
const COUNTRY_ENDINGS: &[&str] = &[
    "ians", "ian", "eans", "ean", "ites", "ite", "ans", "ese", "ish", "an", "ia", "ya", "is", "i", "a", "e",
    "o", "s",
];

/// What "Norvania" and "Norvanian", "Selmora" and "Selmoran" share.
pub(crate) fn country_stem(low: &str) -> &str {
    COUNTRY_ENDINGS
        .iter()
        .find_map(|ending| low.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3))
        .unwrap_or(low)
}

/// A name as a reader would write it: without soft hyphens and line ends inside.
pub(crate) fn printed(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(a: &str, b: &str) {
        assert!(close(&name_key(a), &name_key(b)), "{a}: {}, {b}: {}", name_key(a), name_key(b));
    }

    #[track_caller]
    fn check_other(a: &str, b: &str) {
        assert!(!close(&name_key(a), &name_key(b)), "{a}: {}, {b}: {}", name_key(a), name_key(b));
    }

    #[test]
    fn romanisations_of_one_name_meet() {
        for (a, b) in [
            ("Vostrenko", "Vosstrenko"),
            ("Kasymov", "Qasimov"),
            ("Zhandar", "Jandar"),
            ("Akhmer", "Achmer"),
            ("Sergei", "Sergey"),
            ("Dmitriy", "Dmitri"),
            ("Maksim", "Maxim"),
            ("Baranoff", "Baranov"),
            ("Minayev", "Minaev"),
            ("Löfven", "Lofven"),
            ("Tomas", "Thomas"),
            ("Hartmann", "Hartman"),
        ] {
            check_same(a, b);
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (a, b) in [("Lund", "Land"), ("Orban", "Urban"), ("Petrov", "Pavlov"), ("Smith", "Stone")] {
            check_other(a, b);
        }
    }

    #[test]
    fn a_country_and_its_people_share_a_stem() {
        for (country, people) in [("ruritania", "ruritanian"), ("zembla", "zemblan"), ("orsin", "orsinian")] {
            assert_eq!(country_stem(country), country_stem(people));
        }
    }
}
