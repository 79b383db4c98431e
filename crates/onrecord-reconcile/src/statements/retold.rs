//! Statements that an outlet tells in its own words, without saying who said it: a communiqué printed as
//! it stands, a headline's paragraph, a sentence of background.
//!
//! Who reads only the marks of one article misses them; another article's quotation shows that they are
//! an account of something said. Much more must agree than between two quotations, and only articles
//! without an account of their own are asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{likeness::Features, units::Spoken};
use crate::keys::Blocks;

/// Two shared telling words or numbers make a sentence and a quotation candidates.
const BLOCKS: Blocks = Blocks { least_shared: 2, most_candidates: 32 };

/// Likeness from which words outside quotations tell what a quotation tells.
const ENOUGH: f32 = 0.55;

/// Telling words that are no names which both must have.
const LEAST_COMMON: usize = 2;

/// Likeness from which a clause goes with another of its sentence that does.
const BESIDE: f32 = 0.35;

/// Adds to each group, a list of propositions, the units from `quoted` on that tell one of them. `units`
/// are the quoted ones, sorted, and then those in the outlets' own words.
pub(super) fn add(units: &[Spoken], features: &[Features], quoted: usize, groups: &mut [Vec<Vec<usize>>]) {
    let mut at: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (g, group) in groups.iter().enumerate() {
        for (p, proposition) in group.iter().enumerate() {
            at.extend(proposition.iter().map(|&unit| (unit, (g, p))));
        }
    }
    let told: Vec<BTreeSet<usize>> = groups.iter().map(|group| articles(units, group)).collect();
    let keys: Vec<Vec<u64>> = features.iter().map(Features::keys).collect();
    let mut best: BTreeMap<usize, (f32, (usize, usize))> = BTreeMap::new();
    for (a, b) in BLOCKS.candidates(&keys) {
        let Some(&place) = at.get(&a).filter(|_| a < quoted && b >= quoted) else { continue };
        if told[place.0].contains(&units[b].unit.article) {
            continue;
        }
        if features[a].common(&features[b]) < LEAST_COMMON {
            continue;
        }
        let likeness = features[a].likeness(&features[b]);
        if best.get(&b).is_none_or(|(most, _)| likeness > *most) {
            best.insert(b, (likeness, place));
        }
    }
    let strong: BTreeSet<(usize, u32, usize)> = best
        .iter()
        .filter(|(_, (likeness, _))| *likeness >= ENOUGH)
        .map(|(&unit, (_, place))| sentence(&units[unit], place.0))
        .collect();
    for (unit, (likeness, (g, p))) in best {
        if likeness >= ENOUGH || (likeness >= BESIDE && strong.contains(&sentence(&units[unit], g))) {
            groups[g][p].push(unit);
        }
    }
}

/// A sentence as part of a group.
fn sentence(spoken: &Spoken, group: usize) -> (usize, u32, usize) {
    (spoken.unit.article, spoken.unit.sentence, group)
}

fn articles(units: &[Spoken], group: &[Vec<usize>]) -> BTreeSet<usize> {
    group.iter().flatten().map(|&unit| units[unit].unit.article).collect()
}
