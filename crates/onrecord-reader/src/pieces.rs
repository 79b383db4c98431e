//! Cuts words into BERT's uncased word pieces.
//!
//! The same cuts as `training/reader/pieces.py`: lower case, accents off, marks and ideographs apart, then
//! the longest known piece from the left (Wu et al. 2016, as BERT's tokenizer does it).

use std::collections::HashMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// The window's first piece.
pub(crate) const OPENS: i32 = 101;
/// The window's last piece.
pub(crate) const CLOSES: i32 = 102;
/// A piece that the vocabulary does not have.
const UNKNOWN: i32 = 100;

/// A word gives at most so many pieces; what follows is not looked at.
pub(crate) const MOST_PIECES: usize = 8;
/// A longer run of characters is unknown as a whole.
const LONGEST_RUN: usize = 100;
/// So many characters make [`MOST_PIECES`] pieces or one run that is too long.
const LONGEST_WORD: usize = MOST_PIECES * (LONGEST_RUN + 1);

/// The pieces, by what they say.
pub(crate) struct Vocabulary {
    /// Pieces that open a run of characters.
    opening: HashMap<Box<str>, i32>,
    /// Pieces inside one, written `##` in the vocabulary.
    inner: HashMap<Box<str>, i32>,
    /// Marks outside ASCII.
    mark: Regex,
    /// Accents: non-spacing marks.
    accent: Regex,
}

impl Vocabulary {
    /// Reads one piece a line, numbered from 0.
    pub(crate) fn read(lines: &str) -> Result<Self, regex::Error> {
        let mut vocabulary = Self {
            opening: HashMap::new(),
            inner: HashMap::new(),
            mark: Regex::new(r"^\p{P}$")?,
            accent: Regex::new(r"^\p{Mn}$")?,
        };
        for (id, line) in (0..).zip(lines.lines()) {
            match line.strip_prefix("##") {
                Some(inner) if !inner.is_empty() => vocabulary.inner.insert(inner.into(), id),
                _ => vocabulary.opening.insert(line.into(), id),
            };
        }
        Ok(vocabulary)
    }

    /// The pieces of one word: at least one, at most [`MOST_PIECES`].
    pub(crate) fn pieces(&self, word: &str) -> Vec<i32> {
        let plain: String = word
            .chars()
            .take(LONGEST_WORD)
            .collect::<String>()
            .to_lowercase()
            .nfd()
            .filter(|&c| c.is_ascii() || !is(&self.accent, c))
            .collect();
        let mut out = Vec::with_capacity(2);
        let mut start = 0;
        for (at, c) in plain.char_indices() {
            if self.stands_alone(c) {
                self.run(&plain[start..at], &mut out);
                start = at + c.len_utf8();
                self.run(&plain[at..start], &mut out);
            }
            if out.len() >= MOST_PIECES {
                break;
            }
        }
        self.run(&plain[start..], &mut out);
        out.truncate(MOST_PIECES);
        if out.is_empty() {
            out.push(UNKNOWN);
        }
        out
    }

    /// Marks and ideographs are words of their own to BERT.
    fn stands_alone(&self, c: char) -> bool {
        if c.is_ascii() { c.is_ascii_punctuation() } else { is_ideograph(c) || is(&self.mark, c) }
    }

    fn run(&self, run: &str, out: &mut Vec<i32>) {
        if run.is_empty() || out.len() >= MOST_PIECES {
            return;
        }
        let before = out.len();
        if run.chars().nth(LONGEST_RUN).is_some() || !self.longest_first(run, out) {
            out.truncate(before);
            out.push(UNKNOWN);
        }
    }

    /// Whether the vocabulary covers `run`.
    fn longest_first(&self, run: &str, out: &mut Vec<i32>) -> bool {
        let mut start = 0;
        while start < run.len() {
            let known = if start == 0 { &self.opening } else { &self.inner };
            let ends = run[start..].char_indices().rev().map(|(at, c)| start + at + c.len_utf8());
            let Some((end, id)) =
                ends.into_iter().find_map(|end| known.get(&run[start..end]).map(|id| (end, *id)))
            else {
                return false;
            };
            out.push(id);
            start = end;
        }
        true
    }
}

fn is(class: &Regex, c: char) -> bool {
    class.is_match(c.encode_utf8(&mut [0; 4]))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

/// How a word is printed, which its pieces no longer show: 1 lower case or other, 2 initial capital,
/// 3 all capitals, 4 mixed, 5 with a digit.
pub(crate) fn shape(word: &str) -> i32 {
    if word.chars().any(char::is_numeric) {
        return 5;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return 1 };
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for letter in letters {
        if letter.is_uppercase() { upper += 1 } else { lower += 1 }
    }
    match (first.is_uppercase(), upper, lower) {
        (false, 0, _) => 1,
        (true, 0, _) => 2,
        (true, _, 0) => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "said\n##s\nun\n##aff\n##able\n.\n-\nmayor\n日\né\ne\n##e\n“\nx\n##x\n's\n'";

    fn words(pieces: &[i32]) -> String {
        let lines: Vec<&str> = LINES.lines().collect();
        let name = |id: &i32| usize::try_from(*id).ok().and_then(|id| lines.get(id)).copied().unwrap_or("?");
        pieces.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let vocabulary = Vocabulary::read(LINES).unwrap();
        assert_eq!(words(&vocabulary.pieces(word)), expected, "{word}");
    }

    #[test]
    fn the_longest_piece_wins_and_marks_stand_alone() {
        check("Unaffable", "un ##aff ##able");
        check("Mayor-un.", "mayor - un .");
        check("Ée", "e ##e");
        check("“said", "“ said");
        check("日日", "日 日");
        check("'s", "' ?");
    }

    #[test]
    fn what_is_not_known_is_one_unknown_piece() {
        check("unaffzzz", "?");
        check("", "?");
        check("\u{301}", "?");
        check(&"x".repeat(101), "?");
        check(&"x".repeat(1_000_000), "?");
    }

    #[test]
    fn a_word_has_few_pieces() {
        check(&"x".repeat(100), "x ##x ##x ##x ##x ##x ##x ##x");
        check(&"un.".repeat(300_000), "un . un . un . un .");
        check(&"\u{301}".repeat(300_000), "?");
    }

    #[test]
    fn shapes_of_words() {
        let shapes: Vec<i32> =
            ["the", ",", "The", "A", "NATO", "McKay", "iPhone", "3rd", "U.S.", "Anti-War", "日"]
                .into_iter()
                .map(shape)
                .collect();
        assert_eq!(shapes, [1, 1, 2, 2, 3, 4, 4, 5, 3, 4, 1]);
    }

    proptest::proptest! {
        #[test]
        fn any_word_has_one_to_eight_pieces(word in "\\PC{0,40}") {
            let vocabulary = Vocabulary::read(LINES).unwrap();
            let pieces = vocabulary.pieces(&word);
            proptest::prop_assert!((1..=MOST_PIECES).contains(&pieces.len()));
        }
    }
}
