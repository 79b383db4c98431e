//! When two names are spellings of one name.
//!
//! Names travel through alphabets and machine translation: "Guriev", "Guryev"; "Qasimi", "Kasimi". Two
//! spellings are one name where they sound alike (consonants that stand for each other) and differ in few
//! letters. Given names may be cut to an initial or left out.

use crate::words::fold;

/// Letters and what they are heard as, in the order they are replaced. From the usual romanisations of
/// Cyrillic, Arabic, Greek and Hebrew names, and from double letters that are not heard.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("tsch", "c"),
    ("sch", "s"),
    ("tch", "c"),
    ("dzh", "j"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ch", "h"),
    ("sh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("ts", "c"),
    ("tz", "c"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
    ("y", "i"),
];

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// The letters that a spelling keeps however it is written down: first letter and consonants, as heard.
pub(crate) fn skeleton(word: &str) -> String {
    let heard = heard(word);
    let mut kept = String::new();
    for (i, c) in heard.chars().enumerate() {
        if (i == 0 || !VOWELS.contains(&c)) && !kept.ends_with(c) {
            kept.push(c);
        }
    }
    kept
}

fn heard(word: &str) -> String {
    let folded: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
    SOUNDS.iter().fold(folded, |word, (letters, sound)| word.replace(letters, sound))
}

/// Whether two words can be spellings of one name.
pub(crate) fn are_spellings(a: &str, b: &str) -> bool {
    if skeleton(a) != skeleton(b) {
        return false;
    }
    let (a, b) = (heard(a), heard(b));
    let longer = a.chars().count().max(b.chars().count());
    distance(&a, &b) <= (longer / 4).max(1)
}

/// Letters to change, add or drop to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// A person's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// The given names, in order; empty where only the surname is known.
    pub(crate) given: Vec<String>,
    /// The surname.
    pub(crate) surname: String,
}

impl PersonName {
    /// Reads "Anton Delk", "A. Delk", "Delk A." or "Delk".
    pub(crate) fn read(name: &str) -> Option<Self> {
        let mut parts: Vec<String> = name
            .split(|c: char| c.is_whitespace() || c == '.')
            .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() > 1 && parts.last().is_some_and(|last| is_initial(last)) {
            parts.rotate_left(1);
        }
        let surname = parts.pop()?;
        Some(Self { given: parts, surname })
    }

    /// Whether a given name is known in full.
    pub(crate) fn has_given_name(&self) -> bool {
        self.given.first().is_some_and(|given| !is_initial(given))
    }

    /// Whether the first given names can be one: equal, spelled otherwise, short for, or an initial of it.
    /// `None` where one of them has no given name.
    pub(crate) fn given_names_agree(&self, other: &Self) -> Option<bool> {
        let (a, b) = (self.given.first()?, other.given.first()?);
        let (a, b) = (heard(a), heard(b));
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        let cut = long.strip_prefix(short.as_str());
        let is_cut =
            |rest: &str| is_initial(short) || short.chars().count() >= 3 && !FEMALE_ENDS.contains(&rest);
        Some(cut.is_some_and(is_cut) || are_spellings(short, long))
    }
}

/// What makes a woman's name of a man's: "Александра" is not long for "Александр".
const FEMALE_ENDS: [&str; 2] = ["a", "а"];

fn is_initial(part: &str) -> bool {
    part.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(are_spellings(a, b), expected, "{a} {b}");
    }

    #[test]
    fn spellings_of_one_name_meet() {
        check("Kuznetsov", "Kuznecov", true);
        check("Khalid", "Halid", true);
        check("Yusuf", "Iusuf", true);
        check("Thomas", "Tomas", true);
        check("Wassiliev", "Vasilyev", true);
        check("Müller", "Muller", true);
    }

    #[test]
    fn other_names_stay_apart() {
        check("Petrov", "Petrenko", false);
        check("Holt", "Hood", false);
        check("Marin", "Moran", false);
    }

    #[test]
    fn given_names_agree_in_full_short_or_by_initial() {
        let agree = |a, b| PersonName::read(a)?.given_names_agree(&PersonName::read(b)?);
        assert_eq!(agree("Anna Holt", "A. Holt"), Some(true));
        assert_eq!(agree("Anna Holt", "Holt A."), Some(true));
        assert_eq!(agree("Alex Holt", "Alexander Holt"), Some(true));
        assert_eq!(agree("Anna Holt", "Peter Holt"), Some(false));
        assert_eq!(agree("Anna Holt", "Holt"), None);
    }
}
