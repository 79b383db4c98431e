//! What an evidence bundle says of itself.

use serde::{Deserialize, Serialize};

/// The manifest of an evidence bundle.
#[derive(Debug, Serialize, Deserialize)]
pub struct ManifestV1 {
    /// Always [`ManifestV1::FORMAT`].
    pub format: String,
    /// Always 1.
    pub version: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// Every other file of the bundle, by path.
    pub files: Vec<BundleFileV1>,
    /// Every article of the record, by id.
    pub articles: Vec<BundleArticleV1>,
}

impl ManifestV1 {
    /// What tells a manifest from other JSON.
    pub const FORMAT: &'static str = "onrecord-bundle";
}

/// One file of a bundle.
#[derive(Debug, Serialize, Deserialize)]
pub struct BundleFileV1 {
    /// Its name in the bundle.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// In 64 hexadecimal digits.
    pub sha256: String,
}

/// One article of the record in a bundle.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleArticleV1 {
    /// Its id in the record.
    pub article: String,
    /// SHA-256 of the page's bytes.
    pub page_hash: String,
    /// SHA-256 of the clean text.
    pub text_hash: String,
}
