//! Reads the tagger's weights.

use std::sync::LazyLock;

use super::Tag;

/// Buckets that features are hashed into; the same number as in `training/tagger/train.py`.
pub(super) const BUCKETS: usize = 1 << 17;

/// The weights that ship with the crate.
pub(super) static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_bytes!("../models/tagger.bin")));

/// Per bucket, pairs of tag and weight.
pub(super) struct Weights {
    bytes: &'static [u8],
    /// Where the pairs of each bucket start, and after the last.
    starts: Vec<u32>,
}

impl Weights {
    fn read(bytes: &'static [u8]) -> Self {
        let mut starts = Vec::with_capacity(BUCKETS + 1);
        let mut at = 0;
        for _ in 0..=BUCKETS {
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += 1 + 2 * usize::from(bytes.get(at).copied().unwrap_or(0));
        }
        Self { bytes, starts }
    }

    /// Adds the weights of one feature to `scores`.
    pub(super) fn add(&self, bucket: usize, scores: &mut [i32; Tag::ALL.len()]) {
        let (Some(&from), Some(&to)) = (self.starts.get(bucket), self.starts.get(bucket + 1)) else { return };
        let row = self.bytes.get(from as usize + 1..to as usize).unwrap_or_default();
        for pair in row.chunks_exact(2) {
            if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                *score += i32::from(i8::from_le_bytes([pair[1]]));
            }
        }
    }
}
