//! Regular forms of the words that a dictionary lists once.

use crate::tokens;

/// The words of an entry of a dictionary, lower case, cut as the text's are: `DON'T_WAIT` is "do", "n't", "wait".
pub(super) fn split(entry: &str) -> Vec<String> {
    let spaced = entry.replace('_', " ");
    let words = tokens::tokens(&spaced, |_| false);
    words.iter().map(|token| normal(token.span.slice(&spaced))).filter(|word| !word.is_empty()).collect()
}

/// A word as entries are compared: lower case, without the dots of abbreviations, apostrophes straight.
pub(super) fn normal(word: &str) -> String {
    let kept = word.chars().filter(|&c| c != '.').map(|c| if c == '’' { '\'' } else { c });
    kept.flat_map(char::to_lowercase).collect()
}

fn ends_with_consonant_y(word: &str) -> bool {
    let before = word.strip_suffix('y').and_then(|rest| rest.chars().last());
    before.is_some_and(|c| !"aeiou".contains(c))
}

fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end))
}

/// "city" to "cities", "bus" to "buses".
pub(super) fn plural(noun: &str) -> String {
    match noun.strip_suffix('y').filter(|_| ends_with_consonant_y(noun)) {
        Some(stem) => format!("{stem}ies"),
        None if hisses(noun) => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

/// "rally" to "rallies", "rallied", "rallying".
pub(super) fn of_verb(base: &str) -> [String; 3] {
    let past = match base.strip_suffix('y').filter(|_| ends_with_consonant_y(base)) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    };
    let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'y', 'o'])).unwrap_or(base);
    [plural(base), past, format!("{stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        assert_eq!(of_verb("arrive"), ["arrives", "arrived", "arriving"]);
        assert_eq!(of_verb("rally"), ["rallies", "rallied", "rallying"]);
        assert_eq!(of_verb("clash"), ["clashes", "clashed", "clashing"]);
        assert_eq!(of_verb("delay"), ["delays", "delayed", "delaying"]);
        assert_eq!(plural("city"), "cities");
    }

    #[test]
    fn entries_are_cut_as_text_is() {
        assert_eq!(split("DON'T_WAIT"), ["do", "n't", "wait"]);
        assert_eq!(split("U.N."), ["un"]);
    }
}
