//! A second look at statements that words alone kept apart: one speaker, told by different articles.
//!
//! Outlets retell one thing in words of their own, and a translation keeps few of them. Where two groups
//! are of one speaker, no article tells both, and each is the other's nearest, less likeness is enough
//! than between any two units: an article that tells two things apart prints both.

use std::collections::BTreeSet;

use super::{
    likeness::{Features, likeness},
    told::Speakers,
    units::Spoken,
};
use crate::{components::Components, keys::Blocks};

/// One shared telling word, number, day or speaker makes two groups candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 32 };

/// Likeness from which two groups of one speaker are one statement.
const ENOUGH: f32 = 0.22;

/// Units of one group that are compared with those of another.
const MOST_UNITS: usize = 12;

/// What the groups are made of.
pub(super) struct Told<'a> {
    pub(super) units: &'a [Spoken],
    pub(super) features: &'a [Features],
    /// The text that each article is.
    pub(super) texts: &'a [usize],
    /// For every unit, how many quotations its article credits to its speaker.
    pub(super) counts: &'a [usize],
}

/// Joins groups, each a list of propositions, that are each other's nearest.
pub(super) fn gather(told: &Told, groups: Vec<Vec<Vec<usize>>>) -> Vec<Vec<Vec<usize>>> {
    let sides: Vec<Side> = groups.iter().map(|group| Side::new(told, group)).collect();
    let keys: Vec<Vec<u64>> = sides.iter().map(|side| side.keys(told)).collect();
    let mut near: Vec<Option<(f32, usize)>> = vec![None; groups.len()];
    for (a, b) in BLOCKS.candidates(&keys) {
        let Some(likeness) = sides[a].likeness(&sides[b], told) else { continue };
        for (own, other) in [(a, b), (b, a)] {
            if near[own].is_none_or(|(best, _)| likeness > best) {
                near[own] = Some((likeness, other));
            }
        }
    }
    let mut components = Components::new(groups.len());
    for (own, best) in near.iter().enumerate() {
        let Some((likeness, other)) = *best else { continue };
        if likeness >= ENOUGH && near[other].is_some_and(|(_, back)| back == own) {
            components.join(own, other);
        }
    }
    let joined = |members: Vec<usize>| members.into_iter().flat_map(|i| groups[i].clone()).collect();
    components.groups().into_iter().map(joined).collect()
}

/// One group, as it is compared.
struct Side {
    units: Vec<usize>,
    texts: BTreeSet<usize>,
}

impl Side {
    fn new(told: &Told, group: &[Vec<usize>]) -> Self {
        let mut units: Vec<usize> = group.iter().flatten().copied().collect();
        units.sort_unstable();
        let texts = units.iter().map(|&u| told.texts[told.units[u].unit.article]).collect();
        units.truncate(MOST_UNITS);
        Self { units, texts }
    }

    fn keys(&self, told: &Told) -> Vec<u64> {
        let mut keys: Vec<u64> = self.units.iter().flat_map(|&u| told.features[u].keys()).collect();
        keys.extend(self.units.iter().filter_map(|&u| told.units[u].told.key()));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The likeness of the two units that are most alike; `None` where the groups cannot be one: an article
    /// tells both, or several texts have each, so that words had their chance to bring them together.
    fn likeness(&self, other: &Side, told: &Told) -> Option<f32> {
        if !self.texts.is_disjoint(&other.texts) || self.texts.len().min(other.texts.len()) > 1 {
            return None;
        }
        let pairs = self.units.iter().flat_map(|&a| other.units.iter().map(move |&b| (a, b)));
        let mut best: Option<f32> = None;
        for (a, b) in pairs {
            let (x, y) = (&told.units[a], &told.units[b]);
            if x.told.compare(&y.told) != Speakers::Same || x.told.excludes_day_of(&y.told) {
                return None;
            }
            let alone = 1.0 / told.counts[a].max(told.counts[b]) as f32;
            let likeness = likeness((x, &told.features[a]), (y, &told.features[b]), alone);
            best = Some(best.unwrap_or_default().max(likeness));
        }
        best
    }
}
