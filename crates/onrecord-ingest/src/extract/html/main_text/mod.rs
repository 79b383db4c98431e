//! The article's own words: which part of the page holds them, and which runs inside it are the article.
//!
//! The page is cut into [`runs`] of text, one a paragraph, heading or item. [`names`] knows the words
//! by which pages call their parts: parts named as advertising, navigation or recommendations are
//! left out unless most of the page's prose stands in them. [`choose`] finds the part that holds the
//! article, [`filter`] leaves out what stands between its paragraphs.

mod choose;
mod filter;
mod names;
mod runs;

use std::ops::Range;

use super::Block;
use super::tree::Tree;
use names::Says;
use runs::Run;

/// The article's blocks in reading order. `headline` is left out where the text repeats it.
pub(super) fn main_text(tree: &Tree, headline: Option<&str>) -> Vec<Block> {
    let names = names::read(tree);
    let runs = runs::runs(tree);
    let mut page = Page { tree, names, runs };
    page.drop_named_parts();
    let chosen = choose::choose(&page);
    filter::blocks(&page, &chosen, headline)
}

/// Every run of a text as a block, for texts that hold nothing but the article.
pub(super) fn whole_text(tree: &Tree) -> Vec<Block> {
    runs::runs(tree).into_iter().map(|run| Block { kind: run.kind, text: run.text }).collect()
}

/// A page cut into runs, with what its elements are called.
struct Page<'t> {
    tree: &'t Tree,
    /// What each element's names say of it.
    names: Vec<Says>,
    /// The runs in document order.
    runs: Vec<Run>,
}

impl Page<'_> {
    /// The runs inside a range of nodes, as numbers.
    fn runs_in(&self, nodes: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let at = |node| self.runs.partition_point(|run| run.start < node);
        at(nodes.start)..at(nodes.end)
    }

    /// Running sums of `weight` over the runs: the sum of `a..b` is `sums[b] - sums[a]`.
    fn sums(&self, weight: impl Fn(&Run) -> usize) -> Vec<usize> {
        let mut sums = vec![0; self.runs.len() + 1];
        for (i, run) in self.runs.iter().enumerate() {
            sums[i + 1] = sums[i] + weight(run);
        }
        sums
    }

    /// Leaves out the parts whose names say so, unless much of the page's prose stands in them: then
    /// the name is of a whole page ("with-sidebar") and not of the part. Vague names count only where
    /// all boxes with one of them hold little of the prose.
    fn drop_named_parts(&mut self) {
        self.drop_parts(|says| says.is_clutter);
        let prose = self.sums(Run::prose);
        let vague =
            self.parts(|says| says.is_vague).into_iter().map(|runs| prose[runs.end] - prose[runs.start]);
        if vague.sum::<usize>() * 3 <= prose[self.runs.len()] {
            self.drop_parts(|says| says.is_vague);
        }
    }

    fn drop_parts(&mut self, is_meant: impl Fn(Says) -> bool) {
        for runs in self.parts(is_meant) {
            self.runs[runs].iter_mut().for_each(|run| run.is_dropped = true);
        }
    }

    /// The outermost parts with such names that do not hold much of the page's prose.
    fn parts(&self, is_meant: impl Fn(Says) -> bool) -> Vec<Range<usize>> {
        let prose = self.sums(Run::prose);
        let all = prose[self.runs.len()];
        let mut out = Vec::new();
        let mut end = 0;
        for id in 0..self.tree.nodes.len() {
            let says = self.names[id];
            if id < end || !is_meant(says) {
                continue;
            }
            let runs = self.runs_in(&self.tree.subtree(id));
            let limit = if says.is_comments { 8 } else { 4 };
            if (prose[runs.end] - prose[runs.start]) * 10 <= all * limit {
                end = self.tree.nodes[id].end;
                out.push(runs);
            }
        }
        out
    }
}
