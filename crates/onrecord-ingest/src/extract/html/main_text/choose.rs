//! Which parts of a page hold the article.

use std::ops::Range;

use super::Page;
use crate::extract::html::tree::NodeId;

/// Where the article stands: ranges of runs, in order, apart from each other.
pub(super) type Chosen = Vec<Range<usize>>;

/// The part with a body's name if it holds enough of the page's prose, else the box that prose fills.
pub(super) fn choose(page: &Page<'_>) -> Chosen {
    let prose = page.sums(|run| run.prose());
    let mass = |id: NodeId| {
        let runs = page.runs_in(&page.tree.subtree(id));
        prose[runs.end] - prose[runs.start]
    };
    let dense = densest(page, &mass);
    let whole = mass(dense);
    let parts = (1..=3).rev().find_map(|body| named(page, body, &mass, whole)).unwrap_or_else(|| vec![dense]);
    let ranges: Vec<Range<usize>> = parts.iter().map(|id| page.runs_in(&page.tree.subtree(*id))).collect();
    joined(ranges, &prose)
}

/// The ranges with what stands between them, if that is little: lists, headings and short lines.
fn joined(ranges: Vec<Range<usize>>, prose: &[usize]) -> Chosen {
    let mut out: Chosen = Vec::new();
    let sum = |range: &Range<usize>| prose[range.end] - prose[range.start];
    let all: usize = ranges.iter().map(sum).sum();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start >= last.end && sum(&(last.end..range.start)) * 20 <= all => {
                last.end = range.end
            }
            _ => out.push(range),
        }
    }
    out
}

/// The outermost parts with such a name, if together they hold most of the prose.
fn named(page: &Page<'_>, body: u8, mass: &impl Fn(NodeId) -> usize, whole: usize) -> Option<Vec<NodeId>> {
    let mut parts: Vec<NodeId> = Vec::new();
    let mut end = 0;
    for id in 0..page.tree.nodes.len() {
        if id >= end && page.names[id].body == body && mass(id) > 0 {
            parts.push(id);
            end = page.tree.nodes[id].end;
        }
    }
    let best = parts.iter().copied().max_by_key(|id| (mass(*id), usize::MAX - id))?;
    let chosen = if mass(best) * 10 >= whole * 6 { vec![best] } else { parts };
    let held: usize = chosen.iter().map(|id| mass(*id)).sum();
    (held * 10 >= whole * 6 && whole > 0).then_some(chosen)
}

/// Goes down from the page while one child holds nearly all of the prose.
fn densest(page: &Page<'_>, mass: &impl Fn(NodeId) -> usize) -> NodeId {
    let mut at = 0;
    loop {
        let end = page.tree.nodes[at].end;
        let mut child = at + 1;
        let mut best = (0, at);
        while child < end {
            best = best.max((mass(child), child));
            child = page.tree.nodes[child].end;
        }
        if !holds_boxes(&page.tree.nodes[best.1].name)
            || best.1 == at
            || best.0 * 100 < mass(at) * 80
            || best.0 == 0
        {
            return at;
        }
        at = best.1;
    }
}

/// Elements that hold the boxes of a page, not a paragraph's words.
fn holds_boxes(name: &str) -> bool {
    const BOXES: &[&str] = &[
        "html", "body", "div", "section", "article", "main", "header", "form", "center", "table", "tbody",
        "tr", "td", "span", "font", "fieldset", "details", "aside", "figure",
    ];
    BOXES.contains(&name) || name.contains('-')
}
