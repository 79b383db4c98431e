//! Articles that are one text: verbatim, cut, reordered or lightly edited, whatever headline stands above.
//!
//! Two articles are one text where most words of the shorter one stand in runs that the longer one has
//! too, and in nearly all of its passages: a copy with typing errors still shares something everywhere,
//! a story that only quotes the same speech at length does not, outside the quotation marks.

mod origin;
mod shingles;

use onrecord_model::{Because, CopyGroup};
use rayon::prelude::*;

use crate::{components::Components, corpus::Corpus, keys::Blocks};
pub(crate) use origin::moments;
use shingles::Shingles;

/// Articles that share a single sampled shingle share a phrase; copies share many.
const BLOCKS: Blocks = Blocks { least_shared: 2, most_candidates: 32 };

/// Least share of the shorter article's words that stand in common runs.
const LEAST_WORDS: f32 = 0.5;

/// Least share of its passages in which something is common.
const LEAST_PASSAGES: f32 = 0.72;

/// Least share of its names and numbers that stand in common runs: what one newsroom puts under every
/// report has few of them.
const LEAST_NAMES: f32 = 0.5;

/// Groups the articles that are one text; says how many pairs were compared.
pub(crate) fn group(corpus: &Corpus) -> (Vec<CopyGroup>, usize) {
    let shingles: Vec<Shingles> = corpus.articles().par_iter().map(|a| Shingles::of(&a.article)).collect();
    let mut components = Components::new(shingles.len());
    let one_text = |&(a, b): &(usize, usize)| are_one_text(&shingles[a], &shingles[b]);
    let candidates = candidates(&shingles);
    let compared = candidates.len();
    let pairs: Vec<(usize, usize)> = candidates.into_par_iter().filter(one_text).collect();
    for (a, b) in pairs {
        components.join(a, b);
    }
    let mut groups: Vec<CopyGroup> = components
        .groups()
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| copy_group(corpus, &members))
        .collect();
    groups.sort_by_key(|group| group.id);
    (groups, compared)
}

/// The pairs that are compared.
pub(crate) fn candidates(shingles: &[Shingles]) -> Vec<(usize, usize)> {
    let keys: Vec<Vec<u64>> = shingles.iter().map(Shingles::keys).collect();
    BLOCKS.candidates(&keys)
}

/// Whether the shorter text is the longer one, or a part of it.
fn are_one_text(a: &Shingles, b: &Shingles) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = shorter.common_with(longer);
    [common.everywhere, common.outside_quotations]
        .iter()
        .all(|share| share.words >= LEAST_WORDS && share.passages >= LEAST_PASSAGES)
        && common.names.words >= LEAST_NAMES
}

fn copy_group(corpus: &Corpus, members: &[usize]) -> CopyGroup {
    let articles: Vec<_> = members.iter().map(|&i| &corpus.articles()[i].article).collect();
    let (origin, rule, note) = origin::find(&articles);
    CopyGroup {
        id: origin,
        origin,
        members: articles.iter().map(|a| a.id).collect(),
        because: Because::new(rule, format!("the texts share their words passage by passage; {note}")),
    }
}
