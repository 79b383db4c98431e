//! Connected components: what hangs together over links.

/// Disjoint sets over `0..len`.
pub(crate) struct Components {
    parent: Vec<usize>,
}

impl Components {
    /// Every item alone.
    pub(crate) fn new(len: usize) -> Self {
        Self { parent: (0..len).collect() }
    }

    /// The least item of the set that `item` is in.
    pub(crate) fn root(&mut self, item: usize) -> usize {
        let mut root = item;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut next = item;
        while self.parent[next] != root {
            next = std::mem::replace(&mut self.parent[next], root);
        }
        root
    }

    /// Joins two sets.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// The sets, each in order, by their least item.
    pub(crate) fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.parent.len()];
        for item in 0..self.parent.len() {
            groups[self.root(item)].push(item);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_do_not_depend_on_the_order_of_links() {
        let links = [(3, 1), (4, 5), (1, 0), (5, 6)];
        let groups = |links: &mut dyn Iterator<Item = &(usize, usize)>| {
            let mut components = Components::new(8);
            links.for_each(|&(a, b)| components.join(a, b));
            components.groups()
        };
        let expected = vec![vec![0, 1, 3], vec![2], vec![4, 5, 6], vec![7]];
        assert_eq!(groups(&mut links.iter()), expected);
        assert_eq!(groups(&mut links.iter().rev()), expected);
    }
}
