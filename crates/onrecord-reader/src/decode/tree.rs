//! The best dependency tree over the scores of single arcs.
//!
//! The best head of each word most often makes a tree already; where it does not, the maximum spanning
//! arborescence with one root is found (Chu and Liu 1965, Edmonds 1967; McDonald et al. 2005).

/// Scores of arcs: `[dependent][head]`, both counted with the root as node 0. Row 0 is not looked at.
type Scores = Vec<Vec<f64>>;

/// Per word its head, `None` for the one root. `scores[i][0]` is the root's score for word `i`, `scores[i][j + 1]`
/// that of word `j`.
pub(crate) fn heads(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    if scores.is_empty() {
        return Vec::new();
    }
    let mut table = table(scores);
    let greedy = best_heads(&table);
    let is_tree = cycle(&greedy).is_none() && roots(&greedy) == 1;
    let found = if is_tree {
        greedy
    } else {
        // Every tree has an arc from the root, and some tree has only one: a fee that no other gain can make
        // up for lets the best tree have one.
        let fee = fee(&table);
        table.iter_mut().skip(1).for_each(|row| row[0] -= fee);
        spanning(&table)
    };
    found.into_iter().skip(1).map(|head| head.checked_sub(1)).collect()
}

fn table(scores: &[Vec<f32>]) -> Scores {
    let nodes = scores.len() + 1;
    let mut table = vec![vec![f64::NEG_INFINITY; nodes]];
    for (word, row) in scores.iter().enumerate() {
        let finite = |score: &f32| {
            if score.is_nan() { f64::from(f32::MIN) } else { f64::from(score.clamp(-1e6, 1e6)) }
        };
        let mut row: Vec<f64> = row.iter().take(nodes).map(finite).collect();
        row.resize(nodes, -1e6);
        row[word + 1] = f64::NEG_INFINITY;
        table.push(row);
    }
    table
}

fn fee(table: &Scores) -> f64 {
    let finite = || table.iter().flatten().filter(|score| score.is_finite());
    let (low, high) = (finite().copied().fold(0.0, f64::min), finite().copied().fold(0.0, f64::max));
    (high - low + 1.0) * table.len() as f64
}

fn roots(heads: &[usize]) -> usize {
    heads.iter().skip(1).filter(|head| **head == 0).count()
}

/// The best head of each node; the root's own entry is 0.
fn best_heads(scores: &Scores) -> Vec<usize> {
    let best = |row: &Vec<f64>| {
        let mut top = 0;
        for (head, score) in row.iter().enumerate() {
            if *score > row[top] {
                top = head;
            }
        }
        top
    };
    std::iter::once(0).chain(scores.iter().skip(1).map(best)).collect()
}

/// The nodes of a cycle, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen_from[node] == 0 {
            seen_from[node] = start;
            node = heads[node];
        }
        if node != 0 && seen_from[node] == start {
            let mut nodes = vec![node];
            let mut next = heads[node];
            while next != node {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Chu-Liu/Edmonds: the best heads, where they close a cycle, with the cycle made one node.
fn spanning(scores: &Scores) -> Vec<usize> {
    let heads = best_heads(scores);
    let Some(inside) = cycle(&heads) else { return heads };
    let contracted = Contracted::of(scores, &heads, &inside);
    contracted.expand(&spanning(&contracted.scores), heads)
}

/// A graph in which a cycle has become its last node.
struct Contracted {
    scores: Scores,
    /// The nodes that stay, by their new number.
    outside: Vec<usize>,
    /// Per staying node, which node of the cycle heads it best.
    head_in_cycle: Vec<usize>,
    /// Per staying node, which node of the cycle it heads best.
    entry_to_cycle: Vec<usize>,
}

impl Contracted {
    fn of(scores: &Scores, heads: &[usize], inside: &[usize]) -> Self {
        let outside: Vec<usize> = (0..scores.len()).filter(|node| !inside.contains(node)).collect();
        let pick = |score: &dyn Fn(usize) -> f64| {
            let mut top = inside[0];
            for &node in inside {
                if score(node) > score(top) {
                    top = node;
                }
            }
            (top, score(top))
        };
        let mut table: Scores = Vec::with_capacity(outside.len() + 1);
        let mut last = Vec::with_capacity(outside.len() + 1);
        let (mut head_in_cycle, mut entry_to_cycle) = (Vec::new(), Vec::new());
        for &node in &outside {
            let (head, score) = pick(&|head| scores[node][head]);
            head_in_cycle.push(head);
            table.push(outside.iter().map(|&other| scores[node][other]).chain([score]).collect());
            let (entry, gain) = pick(&|entry| scores[entry][node] - scores[entry][heads[entry]]);
            entry_to_cycle.push(entry);
            last.push(gain);
        }
        last.push(f64::NEG_INFINITY);
        table.push(last);
        Self { scores: table, outside, head_in_cycle, entry_to_cycle }
    }

    /// The heads in the full graph; `heads` holds the cycle.
    fn expand(&self, found: &[usize], mut heads: Vec<usize>) -> Vec<usize> {
        let cycle = self.outside.len();
        for (new, &node) in self.outside.iter().enumerate().skip(1) {
            heads[node] =
                if found[new] == cycle { self.head_in_cycle[new] } else { self.outside[found[new]] };
        }
        let into = found[cycle];
        heads[self.entry_to_cycle[into]] = self.outside[into];
        heads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(scores: &[Vec<f32>], heads: &[Option<usize>]) -> f32 {
        heads.iter().zip(scores).map(|(head, row)| row[head.map_or(0, |head| head + 1)]).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let ends = |start: usize| {
            let mut node = Some(start);
            for _ in 0..=heads.len() {
                node = match node {
                    Some(word) => heads[word],
                    None => return true,
                };
            }
            false
        };
        heads.iter().filter(|head| head.is_none()).count() == 1 && (0..heads.len()).all(ends)
    }

    /// The best total over every assignment of heads that is a tree.
    fn brute_force(scores: &[Vec<f32>]) -> f32 {
        let n = scores.len();
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(u32::try_from(n).unwrap()) {
            let heads: Vec<Option<usize>> = (0..n)
                .map(|i| (code / (n + 1).pow(u32::try_from(i).unwrap()) % (n + 1)).checked_sub(1))
                .collect();
            let own_head = heads.iter().enumerate().any(|(word, head)| *head == Some(word));
            if !own_head && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    #[test]
    fn no_words_and_one_word() {
        assert_eq!(heads(&[]), []);
        assert_eq!(heads(&[vec![-9.0, 5.0]]), [None]);
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(is_tree(&heads(&vec![vec![score; 6]; 5])));
        }
    }

    #[test]
    fn a_long_chain_of_cycles_is_read() {
        let n = 254;
        let score =
            |i: usize, j: usize| if j == (i ^ 1) + 1 { 9.0 } else { -((i * 31 + j * 17) as f32 % 97.0) };
        let scores: Vec<Vec<f32>> = (0..n).map(|i| (0..=n).map(|j| score(i, j)).collect()).collect();
        assert!(is_tree(&heads(&scores)));
    }

    proptest::proptest! {
        #[test]
        fn the_tree_is_the_best_one(n in 1_usize..=4, values in proptest::collection::vec(-20_i8..20, 20)) {
            let scores: Vec<Vec<f32>> =
                (0..n).map(|i| (0..=n).map(|j| f32::from(values[i * (n + 1) + j])).collect()).collect();
            let found = heads(&scores);
            proptest::prop_assert!(is_tree(&found), "{found:?}");
            proptest::prop_assert_eq!(total(&scores, &found), brute_force(&scores));
        }
    }
}
