//! Pairs quotation marks: nested, of the same type, over line ends, and lone ones.

use crate::tokens::{Token, TokenKind, is_apostrophe};

/// A pair of marks that no other pair holds, by token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The opening mark.
    pub(crate) open: usize,
    /// The closing mark, or the line break where the next paragraph opens again.
    pub(crate) close: usize,
    /// The next pair goes on with the same words in a new paragraph.
    pub(crate) goes_on: bool,
    /// Set off by single marks.
    pub(crate) single: bool,
}

/// What a mark can do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// A straight mark between two words.
    Either,
}

/// Marks open at one place; deeper ones are ignored.
const DEEPEST: usize = 16;
/// How many tokens and lines a quotation may run on over line ends in search of its closing mark.
const LOOK_AHEAD: usize = 600;
const LINES_AHEAD: usize = 16;
/// Fewer tokens after a lone opening mark are no speech.
const SHORTEST_UNCLOSED: usize = 4;

/// The outermost pairs in reading order.
pub(crate) fn pair(text: &str, tokens: &[Token]) -> Vec<Quoted> {
    let mut pairing = Pairing { text, tokens, open: Vec::new(), found: Vec::new(), line_start: 0 };
    let mut i = 0;
    while i < tokens.len() {
        i = if tokens[i].kind == TokenKind::Break { pairing.end_line(i) } else { pairing.read(i) };
    }
    outermost(pairing.found)
}

/// Opening marks right after a reporting verb whose partner is lost: the words run to the end of the line.
pub(super) fn unclosed(
    text: &str,
    tokens: &[Token],
    pairs: &[Quoted],
    reports: impl Fn(usize) -> bool,
) -> Vec<Quoted> {
    let mark = |i: usize| tokens[i].span.slice(text);
    let mut found: Vec<Quoted> = Vec::new();
    for open in 1..tokens.len() {
        let lost = tokens[open].kind == TokenKind::Mark && matches!(mark(open), "“" | "``" | "«" | "„");
        let introduced = lost
            && (reports(open - 1) || open > 1 && matches!(mark(open - 1), "," | ":") && reports(open - 2));
        if !introduced || found.last().is_some_and(|last| open < last.close) {
            continue;
        }
        let line_end = (open..tokens.len()).find(|&i| tokens[i].kind == TokenKind::Break);
        let close = line_end.unwrap_or(tokens.len());
        let next = pairs.partition_point(|pair| pair.close < open);
        let free = pairs.get(next).is_none_or(|pair| pair.open >= close);
        if free && close > open + SHORTEST_UNCLOSED {
            found.push(Quoted { open, close, goes_on: true, single: false });
        }
    }
    found
}

struct Pairing<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Opening marks that wait for their partner.
    open: Vec<usize>,
    found: Vec<Quoted>,
    line_start: usize,
}

impl Pairing<'_> {
    fn mark(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    fn read(&mut self, i: usize) -> usize {
        let Some(side) = self.side(i) else { return i + 1 };
        let partner = self.open.iter().rposition(|&open| fits(self.mark(open), self.mark(i)));
        match (side, partner) {
            (Side::Close | Side::Either, Some(at)) => {
                let open = self.open[at];
                self.open.truncate(at);
                let single = is_single(self.mark(open));
                self.found.push(Quoted { open, close: i, goes_on: false, single });
            }
            (Side::Open | Side::Either, _) if self.open.len() < DEEPEST => self.open.push(i),
            (Side::Close, None) if self.open.is_empty() && self.opens_after_all(i) => self.open.push(i),
            _ => {}
        }
        i + 1
    }

    fn end_line(&mut self, at: usize) -> usize {
        let first = self.open.iter().copied().find(|&open| !is_single(self.mark(open)));
        self.open.clear();
        self.line_start = at + 1;
        let Some(open) = first else { return at + 1 };
        match self.next_mark(at, open) {
            Some((Side::Open, next)) if self.tokens[next - 1].kind == TokenKind::Break && next == at + 1 => {
                self.found.push(Quoted { open, close: at, goes_on: true, single: false });
                at + 1
            }
            Some((Side::Close, close)) => {
                self.found.push(Quoted { open, close, goes_on: false, single: false });
                close + 1
            }
            _ => at + 1,
        }
    }

    /// The first mark after the line end at `at` that is of the kind of `open`.
    fn next_mark(&self, at: usize, open: usize) -> Option<(Side, usize)> {
        let mut lines = 0;
        for i in at..self.tokens.len().min(at + LOOK_AHEAD) {
            lines += usize::from(self.tokens[i].kind == TokenKind::Break);
            if lines > LINES_AHEAD {
                return None;
            }
            if self.mark(i) == self.mark(open) && self.side(i) != Some(Side::Close) {
                return Some((Side::Open, i));
            }
            if fits(self.mark(open), self.mark(i)) && self.side(i) == Some(Side::Close) {
                return Some((Side::Close, i));
            }
        }
        None
    }

    fn side(&self, i: usize) -> Option<Side> {
        let token = self.tokens[i];
        if token.kind != TokenKind::Mark {
            return None;
        }
        match self.mark(i) {
            "“" if self.open.iter().any(|&open| self.mark(open) == "„") => Some(Side::Close),
            "“" if self.is_after_text(i) && !self.is_before_text(i) && !self.open.is_empty() => {
                Some(Side::Close)
            }
            "“" | "„" | "«" | "``" | "‘" | "‹" => Some(Side::Open),
            "”" | "»" | "''" | "›" => Some(Side::Close),
            "\"" | "″" | "＂" => Some(self.straight(i)),
            mark if mark.chars().all(is_apostrophe) && !mark.is_empty() => self.apostrophe(i),
            _ => None,
        }
    }

    fn straight(&self, i: usize) -> Side {
        match (self.is_after_text(i), self.is_before_text(i)) {
            (true, false) => Side::Close,
            (false, true) => Side::Open,
            (false, false) if self.ends_line(i) => Side::Close,
            (false, false) if i == self.line_start => Side::Open,
            _ => Side::Either,
        }
    }

    /// Single marks pair only where both look the part: "the workers' vote" and "'90s" stay apostrophes.
    fn apostrophe(&self, i: usize) -> Option<Side> {
        let has_open = self.open.iter().any(|&open| is_single(self.mark(open)));
        match self.straight(i) {
            Side::Close if has_open => Some(Side::Close),
            Side::Open if !has_open && self.mark(i) == "'" => Some(Side::Open),
            _ => None,
        }
    }

    /// A mark on the wrong side of the space (he said," we go"), or a closing one where an opening one belongs (''we go'').
    fn opens_after_all(&self, i: usize) -> bool {
        match self.mark(i) {
            "\"" => self.is_after_comma(i),
            "''" | "”" => !self.is_after_text(i) && self.is_before_text(i),
            _ => false,
        }
    }

    fn is_after_comma(&self, i: usize) -> bool {
        i > self.line_start && matches!(self.mark(i - 1), "," | ":")
    }

    fn ends_line(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_none_or(|next| next.kind == TokenKind::Break)
    }

    fn is_after_text(&self, i: usize) -> bool {
        let touches = i > self.line_start && self.tokens[i - 1].span.end() == self.tokens[i].span.start();
        touches && !matches!(self.mark(i - 1), "(" | "[" | "—" | "–" | "“" | "«" | "``" | "‘")
    }

    fn is_before_text(&self, i: usize) -> bool {
        let touches = self.tokens.get(i + 1).is_some_and(|next| {
            next.kind != TokenKind::Break && next.span.start() == self.tokens[i].span.end()
        });
        let next = self.mark(i + 1);
        touches
            && !matches!(
                next,
                "." | "," | ")" | "]" | ";" | ":" | "!" | "?" | "—" | "–" | "”" | "»" | "''" | "’"
            )
    }
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "‘" | "’" | "‹")
}

/// Whether `close` can close what `open` opened.
fn fits(open: &str, close: &str) -> bool {
    match open {
        "“" => matches!(close, "”" | "″" | "\"" | "“"),
        "„" => matches!(close, "“" | "”" | "″"),
        "«" => close == "»",
        "‹" => close == "›",
        "``" | "''" | "”" => matches!(close, "''" | "\"" | "”"),
        "\"" | "″" | "＂" => matches!(close, "\"" | "″" | "＂" | "”" | "''"),
        "'" | "‘" => close.chars().all(is_apostrophe) && close.chars().count() == 1,
        _ => false,
    }
}

fn outermost(mut found: Vec<Quoted>) -> Vec<Quoted> {
    found.sort_by_key(|quoted| (quoted.open, std::cmp::Reverse(quoted.close)));
    let mut end = 0;
    found.retain(|quoted| {
        let outer = quoted.open >= end;
        if outer {
            end = quoted.close.max(quoted.open + 1);
        }
        outer
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let tokens = tokens(text, |_| false);
        let inside = |quoted: &Quoted| {
            let from = tokens[quoted.open].span.end();
            text[from..tokens[quoted.close].span.start()].trim().to_owned()
        };
        let found: Vec<String> = pair(text, &tokens).iter().map(inside).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_style_of_marks() {
        check("“A b,” he said. “C.”", &["A b,", "C."]);
        check("He said: \"A b\". \"C\" she said.", &["A b", "C"]);
        check("„A b“, sagte er", &["A b"]);
        check("``A b,'' he said. ``C. ''", &["A b,", "C."]);
        check("He said: ''A b,'' and ”C d” too. ''", &["A b,", "C d"]);
        check("the workers' vote 'A b,' he said, don't", &["A b,"]);
    }

    #[test]
    fn nested_marks_are_inside_the_outer_pair() {
        check("«A «b» c «d» e,» he said", &["A «b» c «d» e,"]);
        check(
            "“The forces “Reach-30″, in which all take part,” he said.",
            &["The forces “Reach-30″, in which all take part,"],
        );
        check("“A ‘b’ c,” he said", &["A ‘b’ c,"]);
    }

    #[test]
    fn lone_marks_pair_with_nothing() {
        check("He said “A b.\nThe end.", &[]);
        check("A b.” he said", &[]);
        check("“A “B,” he said. “C.”", &["B,", "C."]);
    }

    #[test]
    fn over_line_ends() {
        check("“A b.\n\n“C d,” he said.", &["A b.", "C d,"]);
        check("``A b.\nC d,'' he said.", &["A b.\nC d,"]);
        check("He said, \"A b.\n\nC d.\"\n\nE f.", &["A b.\n\nC d."]);
        check("He said, \"A b.\nC d. \"\nE f.", &["A b.\nC d."]);
    }

    #[test]
    fn many_marks_take_linear_time() {
        for mark in ["“", "\"", "«", "'", "``", "“\n", "” "] {
            let text = mark.repeat(200_000);
            let tokens = tokens(&text, |_| false);
            assert!(pair(&text, &tokens).len() <= tokens.len());
        }
    }
}
