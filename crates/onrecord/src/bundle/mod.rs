//! Evidence bundles: a record, the pages it was made from and where everything comes from in one ZIP, with the hash of each.

mod check;
mod write;

use onrecord_model::Hash;

pub(crate) use check::{Checked, check, is_bundle};
pub(crate) use write::write;

/// The bundle's own file.
pub(crate) const FILE: &str = "bundle.zip";
/// The record's file in a bundle.
const RECORD: &str = "record.onrecord";
/// The manifest, which names every other file.
const MANIFEST: &str = "manifest.json";
/// What people read first.
const README: &str = "README.txt";
/// More files than a bundle may hold, so that the list of a hostile one is not kept.
const MOST_FILES: usize = 500_000;

/// What limits are given in.
pub(crate) const GIGABYTE: u64 = 1_000_000_000;

/// Where a page's bytes are.
fn page(hash: Hash) -> String {
    format!("pages/{hash}")
}
