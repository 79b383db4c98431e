//! Finds words that somebody typed or copied from a screen in the text that prints them.
//!
//! Line breaks, spaces, kinds of quotation marks and dashes, and characters that nobody sees do not matter; the words
//! that are found are those that the text prints.

use onrecord_model::{Span, is_mask, is_shown_as};

/// Places that are looked at for words of which a part is masked.
const MOST_CANDIDATES: usize = 2_000;

/// Where the words stand, in the order of the text; none where there are no words.
pub(super) fn places_of(words: &str, text: &str) -> Vec<Span> {
    let wanted: String = plain(&unnumbered(words)).map(|(_, c)| c).collect();
    let wanted = unquoted(wanted.trim());
    if wanted.is_empty() {
        return Vec::new();
    }
    let shown: String = plain(text).map(|(_, c)| c).collect();
    let mut matches = starts(wanted, &shown).into_iter().map(|at| (at, at + wanted.len()));
    let (mut next, mut begun, mut at) = (matches.next(), 0, 0);
    let mut found = Vec::new();
    for (span, c) in plain(text) {
        let Some((start, end)) = next else { break };
        if at == start {
            begun = span.start();
        }
        at += c.len_utf8();
        if at == end {
            found.push(Span::new(begun, span.end()));
            next = matches.next();
        }
    }
    found
}

/// Where `wanted` begins in a text, each stretch behind the last. A mask, which is as many bytes as what it hides, stands for
/// any letter or digit of its length.
fn starts(wanted: &str, text: &str) -> Vec<usize> {
    if !wanted.contains(is_mask) {
        return text.match_indices(wanted).map(|(at, _)| at).collect();
    }
    let pieces =
        wanted.split(is_mask).map(|piece| (piece.as_ptr() as usize - wanted.as_ptr() as usize, piece));
    let Some((before, longest)) =
        pieces.max_by_key(|(_, piece)| piece.len()).filter(|(_, piece)| !piece.is_empty())
    else {
        return Vec::new();
    };
    let is_there = |at: &usize| {
        let there = text.get(*at..*at + wanted.len());
        there.is_some_and(|there| there.chars().zip(wanted.chars()).all(|(c, shown)| is_shown_as(c, shown)))
    };
    let candidates = text.match_indices(longest).take(MOST_CANDIDATES);
    let mut found: Vec<usize> =
        candidates.filter_map(|(at, _)| at.checked_sub(before)).filter(is_there).collect();
    found.dedup_by(|next, last| *next < *last + wanted.len());
    found
}

/// The characters that count, each with where it stands: white space in a row is one space.
fn plain(text: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    let mut in_space = false;
    text.char_indices().filter_map(move |(at, c)| {
        let is_space = c.is_whitespace();
        let c = match c {
            c if is_unseen(c) => return None,
            _ if is_space && std::mem::replace(&mut in_space, true) => return None,
            _ if is_space => ' ',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '`' | '´' | '′' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c => c,
        };
        in_space = is_space;
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        Some((Span::new(at, at + length), c))
    })
}

/// Soft hyphens, joiners, marks of direction, controls.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !c.is_whitespace())
}

/// Without the numbers by which screens show what is not seen: `⟨U+202E⟩`.
fn unnumbered(words: &str) -> String {
    let mut pieces = words.split("⟨U+");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let shown = piece.split_once('⟩').filter(|(number, _)| u32::from_str_radix(number, 16).is_ok());
        match shown {
            Some((_, rest)) => out.push_str(rest),
            None => out.extend(["⟨U+", piece]),
        }
    }
    out
}

/// Without the one pair of quotation marks around: it is no part of what was said.
fn unquoted(words: &str) -> &str {
    let inside = words.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|inside| !inside.contains('"')).map_or(words, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_people_type_them() {
        let check = |words: &str, text: &str, found: &[&str]| {
            let spans = places_of(words, text);
            assert_eq!(spans.iter().map(|span| span.slice(text)).collect::<Vec<_>>(), found, "{words}");
        };
        check(
            "the dam holds",
            "the dam holds. The dam holds: the  dam\nholds",
            &["the dam holds", "the  dam\nholds"],
        );
        check(" it's \"well\"\r\nbuilt ", "Yes, it’s “well” built – we know", &["it’s “well” built"]);
        check("\"we know\"", "Built – “we know” that", &["we know"]);
        check("dam-wall", "the da\u{ad}m\u{200b}–wall\u{202e}.", &["da\u{ad}m\u{200b}–wall"]);
        check("wall⟨U+202E⟩ ho⟨U+z⟩", "the wall\u{202e} ho⟨U+z⟩lds", &["wall\u{202e} ho⟨U+z⟩"]);
        check("asked *** ×*** today", "we asked Ida Ödel today", &["asked Ida Ödel today"]);
        check("asked ***", "we asked Ida, asked Bo, asked ***", &["asked Ida", "asked ***"]);
        check("***", "Ida", &[]);
        check("é é", "é é é é", &["é é", "é é"]);
        check("holds", "it holds", &["holds"]);
        check("The dam", "the dam", &[]);
        for none in ["", " \n", "\u{200b}", "\"\""] {
            check(none, "a text \"\"", &[]);
        }
    }
}
