//! Exact words, cut to a length that people read, with what differs marked in them.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

use onrecord_model::{DifferenceKind, Span};

use super::doc::{Mark, Node, Words};
use crate::mask::masked;

/// Longer words are cut here, and the brief says how much more there is.
const MOST_BYTES: usize = 1_600;
/// Names and headlines are cut here.
const MOST_CHARS_OF_NAME: usize = 240;
/// Marks in one stretch of words; more are not told apart by the eye.
const MOST_MARKS: usize = 48;

/// A name, headline or other short thing that an article prints: one line, contacts masked, cut when it is long.
pub fn printed(text: &str) -> Cow<'_, str> {
    let span = cut(text, Span::new(0, text.len()), (MOST_CHARS_OF_NAME + 1) * 4);
    let name = masked(span.slice(text));
    match name.char_indices().nth(MOST_CHARS_OF_NAME) {
        None => name,
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
    }
}

/// What differs in some words: where in them, in what, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Differing {
    /// Bytes from the beginning of the words that are shown.
    pub(crate) span: Span,
    /// In what.
    pub(crate) kind: DifferenceKind,
    /// Why.
    pub(crate) why: String,
}

/// The words at `span` with the marks that lie in them; what is cut off is counted.
pub(crate) fn marked<'a>(text: &'a str, span: Span, quoted: bool, marks: Vec<Differing>) -> Words<'a> {
    let shown = cut(text, span, MOST_BYTES);
    let cell = Cell::new(shown.slice(text));
    let regions = laminar(marks.into_iter().filter_map(|mark| Region::new(mark, &cell.text)).collect());
    let nodes = cell.nodes(0..cell.text.len(), &regions);
    let more = span.slice(text).get(shown.len()..).map_or(0, |rest| rest.chars().count());
    Words { quoted, nodes, more }
}

/// The beginning of a span, at most so many bytes, whole characters.
fn cut(text: &str, span: Span, most: usize) -> Span {
    let mut end = span.end().min(span.start().saturating_add(most)).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start().min(end), end)
}

/// Words that are shown as one, contacts masked.
struct Cell<'a> {
    text: Cow<'a, str>,
}

impl<'a> Cell<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: masked(text) }
    }

    fn leaf(&self, range: Range<usize>) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or_default().to_owned()),
        }
    }

    /// A stretch with the regions inside it.
    fn nodes(&self, range: Range<usize>, regions: &[Region]) -> Vec<Node<'a>> {
        let (mut nodes, mut at, mut rest) = (Vec::new(), range.start, regions);
        while let Some((region, others)) = rest.split_first() {
            let inner = others.iter().take_while(|r| r.range.start < region.range.end).count();
            self.push_text(&mut nodes, at..region.range.start);
            let within = self.nodes(region.range.clone(), &others[..inner]);
            let kinds = region.kinds.iter().copied().collect();
            nodes.push(Node::Mark(Mark { kinds, why: region.whys.join("; "), within }));
            (at, rest) = (region.range.end, &others[inner..]);
        }
        self.push_text(&mut nodes, at..range.end);
        nodes
    }

    fn push_text(&self, nodes: &mut Vec<Node<'a>>, range: Range<usize>) {
        if !range.is_empty() {
            nodes.push(Node::Text(self.leaf(range)));
        }
    }
}

/// Words with one mark: all differences that lie on the same words.
#[derive(Debug, PartialEq, Eq)]
struct Region {
    range: Range<usize>,
    kinds: BTreeSet<DifferenceKind>,
    whys: Vec<String>,
}

impl Region {
    /// The part of a mark that lies in the shown words, if any.
    fn new(mark: Differing, text: &str) -> Option<Self> {
        let range = mark.span.start()..mark.span.end().min(text.len());
        text.get(range.clone()).filter(|words| !words.is_empty())?;
        Some(Self { range, kinds: [mark.kind].into(), whys: vec![mark.why] })
    }

    fn absorb(&mut self, other: Region) {
        self.range = self.range.start.min(other.range.start)..self.range.end.max(other.range.end);
        self.kinds.extend(other.kinds);
        let new = other.whys.into_iter().filter(|why| !self.whys.contains(why)).collect::<Vec<_>>();
        self.whys.extend(new);
    }

    /// Whether two lie on the same words, or each has words that the other has not.
    fn crosses(&self, other: &Region) -> bool {
        let (a, b) = (&self.range, &other.range);
        a == b || (a.start < b.start && b.start < a.end && a.end < b.end)
    }
}

/// Regions of which each lies inside or outside of every other, in reading order, the wider first.
fn laminar(mut regions: Vec<Region>) -> Vec<Region> {
    regions.truncate(MOST_MARKS);
    loop {
        regions.sort_by_key(|r| (r.range.start, std::cmp::Reverse(r.range.end)));
        let crossing = (0..regions.len())
            .find_map(|i| (i + 1..regions.len()).find(|&j| regions[i].crosses(&regions[j])).map(|j| (i, j)));
        let Some((i, j)) = crossing else { return regions };
        let other = regions.remove(j);
        regions[i].absorb(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DifferenceKind::{Figure, Hedge, Wording};

    /// Prints marks as `[kinds:words]`.
    fn render(nodes: &[Node]) -> String {
        nodes
            .iter()
            .map(|node| match node {
                Node::Text(words) => words.to_string(),
                Node::Mark(mark) => {
                    let kinds: Vec<&str> = mark.kinds.iter().map(|k| k.name()).collect();
                    format!("[{}:{}]", kinds.join("+"), render(&mark.within))
                }
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, marks: &[(&str, DifferenceKind)], expected: &str) {
        let differing = |&(words, kind): &(&str, DifferenceKind)| {
            let start = text.find(words).unwrap();
            Differing { span: Span::new(start, start + words.len()), kind, why: String::new() }
        };
        let words = marked(text, Span::new(0, text.len()), false, marks.iter().map(differing).collect());
        assert_eq!(render(&words.nodes), expected);
    }

    #[test]
    fn marks_nest_and_those_that_cross_are_one() {
        let text = "perhaps at least nine boats sank";
        check(text, &[], text);
        check(text, &[("nine", Figure)], "perhaps at least [figure:nine] boats sank");
        check(
            text,
            &[("nine", Figure), ("nine", Wording)],
            "perhaps at least [figure+wording:nine] boats sank",
        );
        check(
            text,
            &[("at least nine", Figure), ("nine", Wording)],
            "perhaps [figure:at least [wording:nine]] boats sank",
        );
        check(
            text,
            &[("perhaps at", Hedge), ("at least nine", Figure)],
            "[figure+hedge:perhaps at least nine] boats sank",
        );
    }

    #[test]
    fn a_contact_is_masked_also_where_a_mark_cuts_it() {
        check("ask ann@paper.example now", &[("ann@pa", Wording)], "ask [wording:***@**]***.******* now");
        assert_eq!(printed("By Ann, ann@paper.example"), "By Ann, ***@*****.*******");
    }

    #[test]
    fn long_words_are_cut_at_a_character_and_counted() {
        let text = "é".repeat(2_000);
        let words = marked(&text, Span::new(0, text.len()), true, Vec::new());
        assert_eq!((render(&words.nodes).chars().count(), words.more), (800, 1_200));
        assert_eq!(printed(&"x".repeat(10_000_000)).chars().count(), MOST_CHARS_OF_NAME + 1);
    }
}
