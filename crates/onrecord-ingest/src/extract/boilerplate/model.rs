//! How likely a line is the article's: small decision trees over the line's numbers.
//!
//! `line_model.json` is made by `training/boilerplate`, which says from what.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::COUNT;

/// A step down a tree: number, bound, next step where the number is at most the bound, and where not.
/// A step below zero is a leaf: its complement counts the tree's leaves.
type Step = (usize, f32, i32, i32);

#[derive(Debug, Default, Deserialize)]
struct Model {
    /// How many numbers a line has.
    numbers: usize,
    trees: Vec<Tree>,
}

#[derive(Debug, Deserialize)]
struct Tree {
    steps: Vec<Step>,
    leaves: Vec<f32>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let model: Model = serde_json::from_str(include_str!("line_model.json")).unwrap_or_default();
    if model.numbers == COUNT { model } else { Model::default() }
});

/// From 0 to 1; a half where there is no model.
pub(super) fn likelihood(numbers: &[f32; COUNT]) -> f32 {
    let sum: f32 = MODEL.trees.iter().map(|tree| tree.value(numbers)).sum();
    1.0 / (1.0 + (-sum).exp())
}

impl Tree {
    fn value(&self, numbers: &[f32; COUNT]) -> f32 {
        let mut at = 0;
        // Each step leads down, so there are no more than there are steps.
        for _ in 0..=self.steps.len() {
            let Some(&(number, bound, low, high)) =
                usize::try_from(at).ok().and_then(|at| self.steps.get(at))
            else {
                break;
            };
            at = if numbers.get(number).is_some_and(|n| *n <= bound) { low } else { high };
        }
        self.leaves.get(!at as usize).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_fits_the_numbers() {
        assert_eq!(MODEL.numbers, COUNT);
        assert!(!MODEL.trees.is_empty());
        for tree in &MODEL.trees {
            assert_eq!(tree.leaves.len(), tree.steps.len() + 1);
            assert!(tree.steps.iter().all(|step| step.0 < COUNT));
        }
    }
}
