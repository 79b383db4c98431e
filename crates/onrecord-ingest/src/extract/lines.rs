//! A raw text as lines, each with the little that rules and the line model need to know.

use onrecord_model::Span;

use super::clean;

/// A line with words in it.
#[derive(Debug)]
pub(crate) struct Line {
    /// Where it stands in the raw text, without blanks at its edges.
    pub(crate) span: Span,
    /// Its words with plain blanks; what rules look at.
    pub(crate) plain: String,
    /// Whether an empty line or the text's beginning stands before it.
    pub(crate) opens_block: bool,
}

/// The lines of `raw` that hold anything, in order.
pub(crate) fn lines(raw: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let (mut start, mut is_gap) = (0, true);
    for (end, next) in line_ends(raw).chain([(raw.len(), raw.len())]) {
        let span = Span::new(start, end).trimmed(raw);
        let plain = clean::plain(span.slice(raw)).text;
        if plain.is_empty() {
            is_gap = true;
        } else {
            out.push(Line { span, plain, opens_block: is_gap });
            is_gap = false;
        }
        start = next;
    }
    if is_wrapped(&out) { unwrapped(out) } else { out }
}

/// The stretches between line ends, without blanks at their edges, empty ones left out.
pub(crate) fn split(text: &str) -> Vec<Span> {
    let mut start = 0;
    let ends = line_ends(text).chain([(text.len(), text.len())]);
    let spans = ends.map(|(end, next)| Span::new(std::mem::replace(&mut start, next), end).trimmed(text));
    spans.filter(|span| !span.is_empty()).collect()
}

/// The longest line of a text whose lines were broken at a fixed width, in characters.
const WIDEST: usize = 110;

/// Whether lines were broken at a fixed width: many end within a sentence that the next one goes on with.
fn is_wrapped(lines: &[Line]) -> bool {
    let goes_on = |pair: &[Line]| {
        let (line, next) = (&pair[0], &pair[1]);
        !next.opens_block
            && (40..=WIDEST).contains(&line.chars())
            && !ends_like_a_sentence(&line.plain)
            && next.plain.starts_with(char::is_lowercase)
    };
    let broken = lines.windows(2).filter(|pair| goes_on(pair)).count();
    let long = lines.iter().filter(|line| line.chars() > WIDEST).count();
    broken >= 4 && broken * 4 >= lines.len() && long * 20 <= lines.len()
}

/// Joins what was broken: a line of nearly full width and the next one of its block.
fn unwrapped(lines: Vec<Line>) -> Vec<Line> {
    let mut widths: Vec<usize> = lines.iter().map(Line::chars).filter(|chars| *chars <= WIDEST).collect();
    widths.sort_unstable();
    let full = widths.get(widths.len() * 9 / 10).copied().unwrap_or(WIDEST) * 7 / 10;
    let mut out: Vec<Line> = Vec::new();
    let mut is_full = false;
    for line in lines {
        let was_full = std::mem::replace(&mut is_full, line.chars() >= full);
        match out.last_mut() {
            Some(last) if was_full && !line.opens_block => {
                last.span = last.span.cover(line.span);
                last.plain.push(' ');
                last.plain.push_str(&line.plain);
            }
            _ => out.push(line),
        }
    }
    out
}

/// Where each line ends and where the next one begins; a return and a feed are one end.
fn line_ends(raw: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let is_return = move |at: usize| raw[at..].starts_with("\r\n");
    let ends =
        raw.char_indices().filter(move |&(at, c)| is_end(c) && !(c == '\n' && raw[..at].ends_with('\r')));
    ends.map(move |(at, c)| (at, at + if is_return(at) { 2 } else { c.len_utf8() }))
}

/// The longest beginning of `text` with at most so many bytes.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

impl Line {
    /// The line's words in characters.
    pub(crate) fn chars(&self) -> usize {
        self.plain.chars().count()
    }

    /// Whether it reads like prose: long enough, and it ends like a sentence.
    pub(crate) fn is_prose(&self) -> bool {
        is_prose(&self.plain)
    }
}

/// Words enough for a sentence, and a sentence's end at the end or inside.
pub(crate) fn is_prose(plain: &str) -> bool {
    let words = plain.split_whitespace().count();
    let is_dense = words <= 2 && plain.chars().filter(|c| *c as u32 > 0x2e80).count() >= 20;
    let is_long = words >= 8 || is_dense;
    is_long && (ends_like_a_sentence(plain) || words >= 25 && inner_ends(plain) > 0)
}

/// Whether the last mark, quotation marks and brackets aside, ends a sentence.
pub(crate) fn ends_like_a_sentence(plain: &str) -> bool {
    let closing = |c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '″' | '′' | ')' | ']' | '*') || c.is_whitespace()
    };
    let words = plain.trim_end_matches(closing);
    words.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', '։'])
        || words.len() < plain.len() && words.ends_with(',')
}

/// How many sentences end inside: a full stop, a blank, and a capital or an opening mark.
pub(crate) fn inner_ends(plain: &str) -> usize {
    let mut found = 0;
    let mut last = [' '; 2];
    for c in plain.chars() {
        let opens = c.is_uppercase() || matches!(c, '“' | '"' | '«' | '„' | '‘');
        found += usize::from(
            opens && last[1].is_whitespace() && matches!(last[0], '.' | '!' | '?' | '”' | '"' | '»'),
        );
        last = [last[1], c];
    }
    found + plain.matches(['。', '！', '？']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place_and_their_block() {
        let raw = "\u{feff}One \r\ntwo\r\n\r\n\u{a0}three\rfour\n \nfive";
        let found: Vec<_> = lines(raw).iter().map(|l| (l.plain.clone(), l.opens_block)).collect();
        let expected = [("One", true), ("two", false), ("three", true), ("four", false), ("five", true)];
        assert_eq!(found, expected.map(|(text, opens)| (text.to_owned(), opens)));
        assert_eq!(lines(raw)[2].span.slice(raw), "three");
    }

    #[test]
    fn lines_broken_at_a_fixed_width_are_joined() {
        let raw = "HARBOUR CLOSED\n\nThe harbour of Eldmouth was closed on Friday after a storm\nbroke two of its cranes, the director of the port said. No\nship will leave before Sunday, and the fishermen were told to\nstay at home until the wind has gone down along the coast and\nthe cranes have been looked at.\n\nThe council meets on Monday. It has not met since the winter,\nwhen it was snowed in.\n";
        let found: Vec<usize> = lines(raw).iter().map(|line| line.plain.lines().count()).collect();
        assert_eq!(found, [1, 1, 1]);
        assert!(lines(raw)[1].plain.ends_with("have been looked at."));
        assert!(lines(raw)[1].plain.contains("storm broke two of its cranes"));
    }

    #[test]
    fn prose_is_told_from_labels() {
        for prose in [
            "The minister said on Friday that nothing had been decided yet.",
            "“We have not been asked, and we would not answer if we were,”",
            "大臣は金曜日、まだ何も決まっていないと述べ、記者団の質問には答えなかった。",
        ] {
            assert!(is_prose(prose), "{prose}");
        }
        for label in ["Read more.", "Home News Sport Culture Travel Food Video Photo", ""] {
            assert!(!is_prose(label), "{label}");
        }
    }
}
