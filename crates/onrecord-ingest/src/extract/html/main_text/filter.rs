//! What inside the chosen part is the article, and what stands between its paragraphs.

use super::runs::Run;
use super::{Page, choose::Chosen};
use crate::extract::html::{Block, BlockKind};

/// The article's blocks.
pub(super) fn blocks(page: &Page<'_>, chosen: &Chosen, headline: Option<&str>) -> Vec<Block> {
    let linked = linked_boxes(page, chosen);
    let inside = chosen.iter().flat_map(|range| range.clone());
    let kept =
        standfirst(page, chosen).into_iter().chain(inside).filter(|i| !linked[*i]).map(|i| &page.runs[i]);
    let mut out: Vec<&Run> = Vec::new();
    for run in kept {
        if is_article(run)
            && !is_headline(run, headline)
            && out.last().is_none_or(|last| last.text != run.text)
        {
            out.push(run);
        }
    }
    // A heading without text below it announces something that was left out.
    while out.last().is_some_and(|run| run.level > 0) {
        out.pop();
    }
    out.into_iter().map(|run| Block { kind: run.kind, text: run.text.clone() }).collect()
}

/// How many runs may stand as standfirst between headline and body.
const MOST_STANDFIRST: usize = 3;

/// The few sentences between the headline and the chosen part, where they stand outside of it.
fn standfirst(page: &Page<'_>, chosen: &Chosen) -> Vec<usize> {
    let Some(start) = chosen.first().map(|range| range.start) else { return Vec::new() };
    let Some(headline) = page.runs[..start].iter().rposition(|run| run.level == 1 && !run.is_dropped) else {
        return Vec::new();
    };
    let is_said = |i: &usize| {
        let run = &page.runs[*i];
        !run.is_dropped && run.width >= 60 && !run.is_linked(5)
    };
    let found: Vec<usize> = (headline + 1..start).filter(is_said).take(MOST_STANDFIRST + 1).collect();
    // More than a few are not a standfirst but another text.
    if found.len() > MOST_STANDFIRST { Vec::new() } else { found }
}

fn is_article(run: &Run) -> bool {
    if run.is_dropped || run.text.is_empty() {
        return false;
    }
    match run.kind {
        BlockKind::Heading => !run.is_linked(8),
        BlockKind::ListItem | BlockKind::Row => !run.is_linked(8) || run.width > 150,
        _ if run.is_loose => {
            run.width >= 60 && !run.is_linked(5) || ends_a_sentence(&run.text) && !run.is_linked(5)
        }
        _ => !run.is_linked(8) || run.width > 200,
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', ':', '"', '”', '»', '“', '。', '！', '？'])
}

fn is_headline(run: &Run, headline: Option<&str>) -> bool {
    run.level == 1 || run.level > 0 && headline.is_some_and(|h| h == run.text)
}

/// Which runs stand in a box inside the chosen part that is mostly links: lists of other articles.
fn linked_boxes(page: &Page<'_>, chosen: &Chosen) -> Vec<bool> {
    let width = page.sums(|run| if run.is_dropped { 0 } else { run.width });
    let links = page.sums(|run| if run.is_dropped { 0 } else { run.link_width });
    let prose = page.sums(Run::prose);
    let said = page.sums(|run| {
        usize::from(
            !run.is_dropped
                && run.width >= 40
                && !run.is_linked(5)
                && !run.is_loose
                && run.level == 0
                && ends_a_sentence(&run.text),
        )
    });
    let all_prose: usize = chosen.iter().map(|range| prose[range.end] - prose[range.start]).sum();
    let mut out = vec![false; page.runs.len()];
    for (id, node) in page.tree.nodes.iter().enumerate() {
        if !matches!(&*node.name, "ul" | "ol" | "dl" | "div" | "section" | "table" | "article") {
            continue;
        }
        let runs = page.runs_in(&page.tree.subtree(id));
        let sum = |sums: &[usize]| sums[runs.end] - sums[runs.start];
        if runs.len() >= 2
            && sum(&links) * 2 > sum(&width)
            && sum(&said) * 8 <= runs.len()
            && sum(&prose) * 5 <= all_prose
        {
            out[runs].fill(true);
        }
    }
    out
}
