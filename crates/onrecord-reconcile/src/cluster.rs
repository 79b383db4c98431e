//! Groups of items that are alike: components over links first, average link inside each.

use crate::components::Components;

/// How items are grouped.
pub(crate) struct Grouping {
    /// Likeness from which two items hang together at all.
    pub(crate) linked: f32,
    /// Average likeness from which two groups are one.
    pub(crate) least: f32,
    /// Items that are clustered at once. A larger component is cut at a higher likeness first.
    pub(crate) most_together: usize,
}

impl Grouping {
    /// Groups `0..n`. `links` are the compared pairs; `of` is asked again for pairs inside one component.
    pub(crate) fn groups(
        &self,
        n: usize,
        links: &[(usize, usize, f32)],
        of: impl Fn(usize, usize) -> f32,
    ) -> Vec<Vec<usize>> {
        let mut groups = Vec::new();
        let mut open = vec![((0..n).collect::<Vec<_>>(), self.linked)];
        while let Some((members, least)) = open.pop() {
            for component in linked(&members, links, least) {
                if component.len() > self.most_together && least <= 1.0 {
                    open.push((component, least * 1.1));
                } else if component.len() > self.most_together {
                    groups.push(component);
                } else {
                    let likeness = Likeness::new(component.len(), |a, b| of(component[a], component[b]));
                    let named = |group: Vec<usize>| group.into_iter().map(|i| component[i]).collect();
                    groups.extend(average_link(likeness, self.least).into_iter().map(named));
                }
            }
        }
        groups.sort_unstable();
        groups
    }
}

/// The components of `members` (sorted) over links of at least `least`.
fn linked(members: &[usize], links: &[(usize, usize, f32)], least: f32) -> Vec<Vec<usize>> {
    let mut components = Components::new(members.len());
    let place = |i: usize| members.binary_search(&i).ok();
    for &(a, b, _) in links.iter().filter(|link| link.2 >= least) {
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            components.join(a, b);
        }
    }
    components.groups().into_iter().map(|group| group.into_iter().map(|i| members[i]).collect()).collect()
}

/// Likeness of every two of `n` items.
struct Likeness {
    n: usize,
    values: Vec<f32>,
}

impl Likeness {
    /// Calls `of` once for every pair.
    fn new(n: usize, of: impl Fn(usize, usize) -> f32) -> Self {
        let mut likeness = Self { n, values: vec![0.0; n * n] };
        for a in 0..n {
            for b in a + 1..n {
                likeness.set(a, b, of(a, b));
            }
        }
        likeness
    }

    /// How alike two items are.
    fn get(&self, a: usize, b: usize) -> f32 {
        self.values[a * self.n + b]
    }

    fn set(&mut self, a: usize, b: usize, value: f32) {
        self.values[a * self.n + b] = value;
        self.values[b * self.n + a] = value;
    }

    /// The item of `alive`, past `a`, that is most like `a`; the first among equals.
    fn nearest(&self, a: usize, alive: &[bool]) -> Option<(usize, f32)> {
        let others = (a + 1..self.n).filter(|&b| alive[b]).map(|b| (b, self.get(a, b)));
        others.fold(None, |best, next| if best.is_some_and(|(_, s)| s >= next.1) { best } else { Some(next) })
    }
}

/// Joins the two groups that are most alike on average, again and again, down to `least`. The groups come
/// sorted, each by its members, all by their first. Work: at most the cube of the number of items.
fn average_link(mut likeness: Likeness, least: f32) -> Vec<Vec<usize>> {
    let n = likeness.n;
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut alive = vec![true; n];
    let mut nearest: Vec<_> = (0..n).map(|i| likeness.nearest(i, &alive)).collect();
    while let Some((a, b)) = closest(&nearest, &alive, least) {
        let (mine, theirs) = (groups[a].len() as f32, groups[b].len() as f32);
        for other in (0..n).filter(|&i| alive[i] && i != a && i != b) {
            let sum = likeness.get(a, other) * mine + likeness.get(b, other) * theirs;
            likeness.set(a, other, sum / (mine + theirs));
        }
        let joined = std::mem::take(&mut groups[b]);
        groups[a].extend(joined);
        alive[b] = false;
        for i in (0..b).filter(|&i| alive[i]) {
            let stale = nearest[i].is_some_and(|(to, _)| to == a || to == b);
            if i <= a || stale {
                nearest[i] = likeness.nearest(i, &alive);
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups
}

/// The two groups that are most alike, if they are alike enough; the first among equals.
fn closest(nearest: &[Option<(usize, f32)>], alive: &[bool], least: f32) -> Option<(usize, usize)> {
    let pairs =
        nearest.iter().enumerate().filter(|&(a, _)| alive[a]).filter_map(|(a, n)| n.map(|(b, s)| (a, b, s)));
    pairs
        .filter(|&(_, _, likeness)| likeness >= least)
        .fold(
            None,
            |best: Option<(usize, usize, f32)>, next| {
                if best.is_some_and(|b| b.2 >= next.2) { best } else { Some(next) }
            },
        )
        .map(|(a, b, _)| (a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items on a line, alike when near.
    #[track_caller]
    fn check(places: &[f32], least: f32, expected: &[&[usize]]) {
        let likeness = Likeness::new(places.len(), |a, b| 1.0 / (1.0 + (places[a] - places[b]).abs()));
        assert_eq!(average_link(likeness, least), expected);
    }

    #[test]
    fn near_items_are_grouped_and_chains_are_cut() {
        check(&[0.0, 10.0, 0.5, 10.5, 30.0], 0.5, &[&[0, 2], &[1, 3], &[4]]);
        check(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], 0.5, &[&[0, 1], &[2, 3], &[4, 5]]);
        check(&[], 0.5, &[]);
    }
}
