//! Words as the comparisons see them: folded, stemmed, and hashed, each with its place in the text.

use onrecord_model::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::background;

/// What a word looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Begins with a small letter, or with a capital where every sentence does.
    Plain,
    /// Begins with a capital inside a sentence.
    Name,
    /// Holds a digit.
    Number,
}

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) span: Span,
    /// Hash of the folded word: "Measures’" and "measures" are one form.
    pub(crate) form: u64,
    /// Hash of its stem: "operate" and "operations" are one term.
    pub(crate) term: u64,
    /// Plain word, name or number.
    pub(crate) look: Look,
}

/// Letters past this many do not tell one word from another; a longer run is not a word at all.
const LONGEST_LETTERS: usize = 64;

/// The words of `text` in order. Glued and broken words come out as they stand.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut fresh = true;
    let mut rest = 0;
    while let Some(start) = text[rest..].find(char::is_alphanumeric).map(|i| rest + i) {
        fresh |= ends_sentence(&text[rest..start]);
        let end = start + length(&text[start..]);
        found.push(word(text, Span::new(start, end), fresh));
        fresh = false;
        rest = end;
    }
    found
}

/// Whether a new sentence, line or quotation begins after these characters.
fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', '\n', ':', '"', '“', '”', '«', '»', '„'])
}

/// Whether `wanted` stands in `text`, word for word, whatever capitals, accents and possessive endings. Nothing
/// stands nowhere.
pub fn holds_words(text: &str, wanted: &str) -> bool {
    let forms = |text: &str| words(text).into_iter().map(|word| word.form).collect::<Vec<u64>>();
    let wanted = forms(wanted);
    !wanted.is_empty() && forms(text).windows(wanted.len()).any(|run| run == wanted)
}

/// Bytes of the word at the start of `text`: letters and digits, with single separators inside numbers,
/// apostrophes inside words, and soft hyphens anywhere.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let before = text[..i].chars().next_back();
        let inside = match c {
            _ if c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}' => true,
            '.' | ',' | '\u{a0}' | '\u{202f}' => is_digit(before) && is_digit(next),
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if !inside {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn word(text: &str, span: Span, fresh: bool) -> Word {
    let printed = span.slice(text);
    let folded = fold(printed);
    let look = match printed.chars().next() {
        _ if printed.contains(|c: char| c.is_ascii_digit()) => Look::Number,
        Some(first) if first.is_uppercase() && !fresh => Look::Name,
        _ => Look::Plain,
    };
    let term = if look == Look::Number { number(&folded) } else { background::stem(&folded) };
    Word { span, form: hash(folded.as_bytes()), term: hash(term.as_bytes()), look }
}

/// Small letters without accents, possessive and soft hyphens.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = if word.is_ascii() {
        word[..word.len().min(LONGEST_LETTERS)].to_ascii_lowercase()
    } else {
        decomposed(word)
    };
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    folded
}

fn decomposed(word: &str) -> String {
    word.nfkd()
        .filter(|&c| !is_combining_mark(c) && c != '\u{ad}')
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .take(LONGEST_LETTERS)
        .collect()
}

/// A printed number without the marks that group its digits: "16,000" and "16 000" are one term.
fn number(folded: &str) -> String {
    let grouped = |i: usize| {
        let after: Vec<char> = folded[i..].chars().skip(1).take_while(char::is_ascii_digit).collect();
        after.len() == 3
    };
    let keep = |&(i, c): &(usize, char)| c.is_alphanumeric() || (matches!(c, '.' | ',') && !grouped(i));
    folded.char_indices().filter(keep).map(|(_, c)| if c == ',' { '.' } else { c }).collect()
}

/// FNV-1a: short, and the same on every machine.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Joins hashes in order, and spreads the result over all bits.
pub(crate) fn combine(parts: impl IntoIterator<Item = u64>) -> u64 {
    let mix = |h: u64| {
        let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        h ^ (h >> 31)
    };
    parts.into_iter().fold(0, |h, part| mix(h.rotate_left(5) ^ part))
}
