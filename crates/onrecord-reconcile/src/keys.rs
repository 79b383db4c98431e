//! Blocking keys: what two articles must share to be compared at all.
//!
//! Every article gives a few selective keys; articles that share enough of them are candidates. Both the
//! keys of an article and its candidates are bounded, so that the work grows with the number of articles
//! and not with its square, however many of them share one line.

use std::collections::HashMap;

/// How many of its neighbours in a bucket an article meets on each side. A bucket that is no larger than
/// this is compared in full; in a larger one, groups still hang together through their neighbours.
const NEIGHBOURS: usize = 24;

/// What a key is worth that one article alone has.
const WORTH: u64 = 1 << 32;

/// What makes two articles candidates.
pub(crate) struct Blocks {
    /// Keys they must share.
    pub(crate) least_shared: u32,
    /// Candidates that one article may propose; those that share the rarest keys are kept.
    pub(crate) most_candidates: usize,
}

impl Blocks {
    /// The pairs to compare, each once with the lesser index first, sorted. `keys` holds one list per
    /// article; an article's keys come in the order in which they matter.
    pub(crate) fn candidates(&self, keys: &[Vec<u64>]) -> Vec<(usize, usize)> {
        let buckets = Buckets::new(keys);
        let mut pairs: Vec<(usize, usize)> = (0..keys.len())
            .flat_map(|article| self.proposals(article, &keys[article], &buckets))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn proposals(&self, article: usize, keys: &[u64], buckets: &Buckets) -> Vec<(usize, usize)> {
        let mut shared: HashMap<u32, (u32, u64)> = HashMap::new();
        for &key in keys {
            let (neighbours, worth) = buckets.neighbours(key, article);
            for &(_, other) in neighbours {
                let entry = shared.entry(other).or_default();
                entry.0 += 1;
                entry.1 += worth;
            }
        }
        let mut others: Vec<(u32, u64)> = shared
            .into_iter()
            .filter(|&(other, (n, _))| n >= self.least_shared && other as usize != article)
            .map(|(other, (_, worth))| (other, worth))
            .collect();
        others.sort_unstable_by_key(|&(other, worth)| (std::cmp::Reverse(worth), other));
        others.truncate(self.most_candidates);
        others.into_iter().map(|(other, _)| (article, other as usize)).collect()
    }
}

/// All (key, article) pairs, sorted: a bucket is a run of one key.
struct Buckets {
    entries: Vec<(u64, u32)>,
}

impl Buckets {
    fn new(keys: &[Vec<u64>]) -> Self {
        let entry = |(article, keys): (usize, &Vec<u64>)| {
            keys.iter().map(move |&key| (key, article as u32)).collect::<Vec<_>>()
        };
        let mut entries: Vec<_> = keys.iter().enumerate().flat_map(entry).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The entries near `article` in the bucket of `key`, its own among them, and what sharing the key is
    /// worth: less the more articles have it, so that a line under every report outweighs no name.
    fn neighbours(&self, key: u64, article: usize) -> (&[(u64, u32)], u64) {
        let first = self.entries.partition_point(|&entry| entry < (key, 0));
        let last = self.entries.partition_point(|&entry| entry <= (key, u32::MAX));
        let here = self.entries.partition_point(|&entry| entry < (key, article as u32));
        let from = here.saturating_sub(NEIGHBOURS).max(first);
        let to = (here + NEIGHBOURS + 1).min(last);
        (&self.entries[from..to], WORTH / (last - first).max(1) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKS: Blocks = Blocks { least_shared: 2, most_candidates: 8 };

    #[test]
    fn candidates_share_enough_keys() {
        let keys = [vec![1, 2, 3], vec![2, 3, 4], vec![4, 5, 6], vec![6, 5, 9]];
        assert_eq!(BLOCKS.candidates(&keys), [(0, 1), (2, 3)]);
    }

    #[test]
    fn rare_keys_outweigh_many_common_ones() {
        let common: Vec<u64> = (1..=10).collect();
        let mut keys: Vec<Vec<u64>> = vec![common; 40];
        keys[3].extend([77, 78]);
        keys[36].extend([77, 78]);
        assert!(BLOCKS.candidates(&keys).contains(&(3, 36)));
    }

    #[test]
    fn a_key_that_all_share_costs_no_square() {
        let keys = vec![vec![1, 2, 3]; 1_000];
        let pairs = BLOCKS.candidates(&keys);
        assert!(pairs.len() <= 8 * keys.len(), "{}", pairs.len());
        assert!(!pairs.is_empty());
    }
}
