//! Propositions that outlets report together are one statement.
//!
//! A cluster of units is one proposition. Two propositions belong to one statement where the articles
//! that tell both tell them in one breath; a transcript, which tells everything in a row, has no say. A
//! unit that only one article has goes with what it stands beside.

use std::collections::BTreeMap;

use onrecord_model::QuotationKind;

use super::units::Spoken;
use crate::components::Components;

/// How near two propositions stand in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Apart,
    NextSentence,
    SameSentence,
}

/// Average from which two propositions are told together.
const TOGETHER: f32 = 0.35;

impl Nearness {
    fn speaks(self) -> f32 {
        match self {
            Self::Apart => -1.0,
            Self::NextSentence => 0.6,
            Self::SameSentence => 1.0,
        }
    }
}

/// Joins clusters of units into statements. `texts` names the text that each article is, so that forty
/// reprints have one vote.
pub(crate) fn join(units: &[Spoken], clusters: Vec<Vec<usize>>, texts: &[usize]) -> Vec<Vec<Vec<usize>>> {
    let told_by = |cluster: &Vec<usize>| {
        let mut by: Vec<usize> = cluster.iter().map(|&u| texts[units[u].unit.article]).collect();
        by.sort_unstable();
        by.dedup();
        by.len()
    };
    let many: Vec<bool> = clusters.iter().map(|cluster| told_by(cluster) > 1).collect();
    let mut of_unit = vec![0; units.len()];
    for (i, cluster) in clusters.iter().enumerate() {
        cluster.iter().for_each(|&unit| of_unit[unit] = i);
    }
    let book = Book { units, clusters: &clusters, of_unit: &of_unit, texts };
    let mut components = Components::new(clusters.len());
    for (a, b) in book.neighbours() {
        if many[a] && many[b] && book.togetherness(a, b) >= TOGETHER {
            components.join(a, b);
        }
    }
    for alone in (0..clusters.len()).filter(|&i| !many[i]) {
        if let Some(to) = book.company(alone, &many) {
            components.join(to, alone);
        }
    }
    components
        .groups()
        .into_iter()
        .map(|group| group.into_iter().map(|i| clusters[i].clone()).collect())
        .collect()
}

struct Book<'a> {
    units: &'a [Spoken],
    clusters: &'a [Vec<usize>],
    of_unit: &'a [usize],
    texts: &'a [usize],
}

impl Book<'_> {
    /// Pairs of clusters that stand side by side in some quotation, sorted.
    fn neighbours(&self) -> Vec<(usize, usize)> {
        let side_by_side = |pair: &[Spoken]| pair[0].unit.shares_quotation(&pair[1].unit);
        let windows = self.units.windows(2).zip(self.of_unit.windows(2));
        let mut pairs: Vec<(usize, usize)> = windows
            .filter(|(units, of)| side_by_side(units) && of[0] != of[1])
            .map(|(_, of)| (of[0].min(of[1]), of[0].max(of[1])))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The average over the texts that tell both.
    fn togetherness(&self, a: usize, b: usize) -> f32 {
        let mut nearest: BTreeMap<usize, Nearness> = BTreeMap::new();
        for &mine in &self.clusters[a] {
            for &theirs in &self.clusters[b] {
                let (x, y) = (&self.units[mine].unit, &self.units[theirs].unit);
                if x.article == y.article && !x.primary {
                    let entry = nearest.entry(self.texts[x.article]).or_insert(Nearness::Apart);
                    *entry = (*entry).max(nearness(&self.units[mine], &self.units[theirs]));
                }
            }
        }
        let sum: f32 = nearest.values().map(|nearness| nearness.speaks()).sum();
        sum / nearest.len().max(1) as f32
    }

    /// The cluster that a cluster which only one text has goes with.
    fn company(&self, alone: usize, many: &[bool]) -> Option<usize> {
        let &first = self.clusters[alone].first()?;
        let &last = self.clusters[alone].last()?;
        let before = first.checked_sub(1).filter(|&u| self.is_beside(u, first));
        let after = Some(last + 1).filter(|&u| u < self.units.len() && self.is_beside(last, u));
        let near = |unit: usize, to: usize| nearness(&self.units[unit], &self.units[to]);
        let options = [before.map(|u| (near(u, first), true, u)), after.map(|u| (near(last, u), false, u))];
        let is_welcome = |&(near, is_before, unit): &(Nearness, bool, usize)| match near {
            Nearness::Apart => is_before && !many[self.of_unit[unit]],
            _ => is_before || many[self.of_unit[unit]],
        };
        let best = options.into_iter().flatten().filter(is_welcome).max()?;
        let may_join = best.0 == Nearness::SameSentence || !self.units[first].unit.primary;
        may_join.then_some(self.of_unit[best.2])
    }

    fn is_beside(&self, a: usize, b: usize) -> bool {
        nearness(&self.units[a], &self.units[b]) > Nearness::Apart || self.goes_on(a, b)
    }

    /// Whether one article tells what somebody says and then prints more of it in his own words.
    fn goes_on(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.units[a], &self.units[b]);
        let next = a.unit.article == b.unit.article
            && a.unit.quotation.zip(b.unit.quotation).is_some_and(|(a, b)| a + 1 == b);
        let words = b.unit.kind == QuotationKind::Direct && !a.unit.primary && !b.unit.primary;
        next && a.told.speaker.is_some() && a.told.speaker == b.told.speaker && words
    }
}

fn nearness(a: &Spoken, b: &Spoken) -> Nearness {
    let (a, b) = (&a.unit, &b.unit);
    if a.shares_sentence(b) {
        Nearness::SameSentence
    } else if a.shares_quotation(b) && a.sentence.abs_diff(b.sentence) == 1 {
        Nearness::NextSentence
    } else {
        Nearness::Apart
    }
}
