//! Lays the chosen blocks of a page over all that it shows.
//!
//! Both have the same characters in the same order, but cut and spaced differently, so they are compared
//! without blanks. Long blocks are placed first: a short one may stand in many places.

use memchr::memmem;
use onrecord_model::Span;

/// All visible text with the blocks in it.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    /// The raw text: the page's lines, and where they stand not among them, the blocks.
    pub(super) raw: String,
    /// For each block where it stands in `raw`, in order.
    pub(super) blocks: Vec<Span>,
}

/// The shortest block, in bytes without blanks, that is placed by itself.
const LONG_BYTES: usize = 40;

/// How many blocks may be sought in vain: each search may read the whole page.
const MOST_MISSES: usize = 200;

/// A text without its blanks, and where each of its bytes stood.
struct Squeezed {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Squeezed {
    fn new(text: &str) -> Self {
        let mut out = Self { bytes: Vec::new(), places: Vec::new() };
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            for i in 0..c.len_utf8() {
                out.bytes.push(text.as_bytes()[at + i]);
                out.places.push(at + i);
            }
        }
        out
    }

    /// Where these squeezed bytes stand in the text.
    fn span(&self, from: usize, to: usize) -> Span {
        match (self.places.get(from), self.places.get(to.wrapping_sub(1))) {
            (Some(start), Some(last)) if from < to => Span::new(*start, last + 1),
            _ => Span::new(0, 0),
        }
    }
}

/// Lays `blocks` over `lines`.
pub(super) fn overlay(lines: &[String], blocks: &[&str]) -> Overlay {
    let shown = lines.join("\n");
    let page = Squeezed::new(&shown);
    let sought: Vec<Vec<u8>> = blocks.iter().map(|block| Squeezed::new(block).bytes).collect();
    let places = place(&page.bytes, &sought);
    let mut out = Overlay::default();
    let mut copied = 0;
    for (block, place) in blocks.iter().zip(places) {
        match place {
            Some((from, to)) => {
                let span = page.span(from, to);
                out.raw.push_str(&shown[copied..span.start()]);
                let start = out.raw.len();
                out.raw.push_str(span.slice(&shown));
                out.blocks.push(Span::new(start, out.raw.len()));
                copied = span.end();
            }
            None => out.insert(block),
        }
    }
    out.raw.push_str(&shown[copied..]);
    out
}

impl Overlay {
    /// A block that the page does not show so becomes a line of its own.
    fn insert(&mut self, block: &str) {
        if !self.raw.is_empty() && !self.raw.ends_with('\n') {
            self.raw.push('\n');
        }
        let start = self.raw.len();
        self.raw.push_str(block);
        self.blocks.push(Span::new(start, self.raw.len()));
        self.raw.push('\n');
    }
}

type Place = Option<(usize, usize)>;

/// For each block where it stands on the page, none before the one before it.
fn place(page: &[u8], sought: &[Vec<u8>]) -> Vec<Place> {
    let mut places: Vec<Place> = vec![None; sought.len()];
    let (mut at, mut misses) = (0, 0);
    for (i, block) in sought.iter().enumerate().filter(|(_, block)| block.len() >= LONG_BYTES) {
        match memmem::find(&page[at..], block).filter(|_| misses < MOST_MISSES) {
            Some(found) => {
                places[i] = Some((at + found, at + found + block.len()));
                at += found + block.len();
            }
            None => misses += 1,
        }
    }
    let ends = next_places(&places, page.len());
    let mut at = 0;
    for (i, block) in sought.iter().enumerate() {
        let limit = ends[i];
        if places[i].is_none() && block.len() < LONG_BYTES && !block.is_empty() && at <= limit {
            // The last place before the next long block: headings stand right above their text.
            let found = if limit == page.len() {
                memmem::find(&page[at..limit], block)
            } else {
                memmem::rfind(&page[at..limit], block)
            };
            places[i] = found.map(|found| (at + found, at + found + block.len()));
        }
        at = places[i].map_or(at, |(_, to)| to);
    }
    places
}

/// For each block where the next placed one begins.
fn next_places(places: &[Place], end: usize) -> Vec<usize> {
    let mut out = vec![end; places.len()];
    let mut next = end;
    for (i, place) in places.iter().enumerate().rev() {
        out[i] = next;
        next = place.map_or(next, |(from, _)| from);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The raw text with its blocks in brackets.
    #[track_caller]
    fn check(lines: &[&str], blocks: &[&str], expected: &str) {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let mut found = overlay(&lines, blocks);
        for span in found.blocks.iter().rev() {
            found.raw.insert(span.end(), ']');
            found.raw.insert(span.start(), '[');
        }
        assert_eq!(found.raw, expected);
    }

    #[test]
    fn blocks_are_found_where_they_stand() {
        let long = "The harbour was closed on Friday after a storm broke two of its cranes.";
        check(&["Home", long, "Share"], &[long], &format!("Home\n[{long}]\nShare"));
        check(&["More", "x", "More", long], &["More", long], &format!("More\nx\n[More]\n[{long}]"));
        check(
            &["The harbour was closed on Friday after", "a storm broke two of its cranes."],
            &[long],
            "[The harbour was closed on Friday after\na storm broke two of its cranes.]",
        );
        check(&["Home", "Share"], &[long], &format!("[{long}]\nHome\nShare"));
        check(&[], &[], "");
        check(&["a", "b"], &["b", "a"], "a\n[b]\n[a]\n");
    }

    proptest::proptest! {
        #[test]
        fn every_block_is_there_in_order(lines in proptest::collection::vec("[ab é]{0,6}", 0..9), blocks in proptest::collection::vec("[ab é]{0,50}", 0..9)) {
            let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
            let found = overlay(&lines, &blocks);
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            proptest::prop_assert_eq!(found.blocks.len(), blocks.len());
            let mut at = 0;
            for (span, block) in found.blocks.iter().zip(&blocks) {
                proptest::prop_assert!(span.start() >= at);
                proptest::prop_assert_eq!(squeeze(span.slice(&found.raw)), squeeze(block));
                at = span.end();
            }
        }
    }
}
