//! From the network's scores to trees and spans.

mod spans;
mod tree;

pub(crate) use spans::{Decoded, decode as spans};
pub(crate) use tree::heads;

/// The place of the highest score; the first of equals, 0 for none.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut top = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[top] {
            top = at;
        }
    }
    top
}

/// The logarithm of the softmax of `scores`.
pub(crate) fn log_softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    scores.iter().map(|score| score - top - sum.ln()).collect()
}
