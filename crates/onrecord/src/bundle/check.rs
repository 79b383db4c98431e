//! Checks a bundle: nothing of it is believed, and nothing is written where it says.
//!
//! A bundle may come from anyone. Files are unpacked piece by piece and never to a path of the archive, no piece longer than the
//! manifest tells; only the record goes to a file. So memory holds the manifest and one piece, the disk takes the record alone, and
//! both, and the time that hashing takes, are bounded by what the manifest tells: never more than deflate could have packed, and
//! without leave no more than an honest bundle of that length holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use onrecord_model::{Hash, Hasher};
use onrecord_render::wire::{BundleArticleV1, BundleFileV1, ManifestV1};
use onrecord_store::Store;
use tempfile::TempDir;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{GIGABYTE, MANIFEST, MOST_FILES, RECORD, page};
use crate::export::{Document, Prov};

/// Bytes of the longest manifest, which is read as a whole.
const MOST_MANIFEST_BYTES: u64 = 256 << 20;
/// Deflate packs at most so many bytes into one (258 bytes into two bits).
const MOST_RATIO: u128 = 1032;

/// Bytes that are unpacked from a bundle however short it is.
const FEWEST_UNPACKED: u64 = 1 << 30;
/// Bytes that are unpacked for each of a bundle: pages and records pack to a fifth or a tenth of their length.
const UNPACKED_FOR_EACH: u64 = 64;
/// Bytes of a manifest that has neither pages nor articles, and what is read for each byte of a bundle: hashes hardly pack.
const MANIFEST_BYTES: (u64, u64) = (1 << 20, 16);

/// What was found in a bundle.
pub(crate) struct Checked {
    /// The manifest's own hash.
    pub(crate) manifest: Hash,
    /// How many files were unpacked and hashed.
    pub(crate) files: usize,
    /// By file, what does not hold.
    pub(crate) findings: Vec<(String, String)>,
    /// The record within, where it could be unpacked.
    pub(crate) record: Option<Store>,
    /// Holds the record's file as long as it is open.
    _work: TempDir,
}

/// Whether a file begins as a ZIP does.
pub(crate) fn is_bundle(path: &Path) -> bool {
    let mut first = [0; 2];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut first).is_ok()) && &first == b"PK"
}

/// How many bytes are unpacked from a bundle of this length unless more are asked for.
fn most_unpacked(length: u64) -> u64 {
    FEWEST_UNPACKED.max(length.saturating_mul(UNPACKED_FOR_EACH))
}

/// Checks all but the record's own claims, and unpacks no more than `most` bytes where that is given.
pub(crate) fn check(path: &Path, most: Option<u64>) -> Result<Checked> {
    let wrong = || format!("`{}` cannot be read as a bundle", path.display());
    let file = File::open(path).with_context(wrong)?;
    let length = file.metadata().with_context(wrong)?.len();
    let archive = ZipArchive::new(BufReader::new(file))
        .map_err(|err| {
            anyhow::anyhow!("{err}\n(hint: it may have been cut off on its way; ask for it again)")
        })
        .with_context(wrong)?;
    ensure!(archive.len() <= MOST_FILES, "`{}` holds more than {MOST_FILES} files", path.display());
    let mut check = Check { archive, findings: Vec::new(), files: 0 };
    let (manifest, hash) = check.manifest(length).with_context(wrong)?;
    let claimed: u128 = manifest.files.iter().map(|file| u128::from(file.size)).sum();
    ensure!(
        claimed <= u128::from(length) * MOST_RATIO,
        "`{}` is to hold {claimed} bytes, more than can be packed into its {length}",
        path.display()
    );
    let most = most.unwrap_or(most_unpacked(length));
    ensure!(
        claimed <= u128::from(most),
        "`{}` is to hold {claimed} bytes; of a bundle of {length} bytes no more than {most} are unpacked, since more may be meant to \
         fill this disk or to keep it busy\n(hint: if you know who made it, `--most-unpacked {}` takes so many gigabytes)",
        path.display(),
        claimed.div_ceil(GIGABYTE.into())
    );
    let work = tempfile::tempdir().context("cannot make a folder to unpack the record into")?;
    let copy = work.path().join("record");
    let is_whole = check.unpack(&manifest, &copy)?;
    check.listed(&manifest);
    let record = if is_whole { check.open(&copy, &manifest) } else { None };
    Ok(Checked { manifest: hash, files: check.files, findings: check.findings, record, _work: work })
}

struct Check {
    archive: ZipArchive<BufReader<File>>,
    findings: Vec<(String, String)>,
    files: usize,
}

impl Check {
    /// Names are the archive's: characters that would steer a terminal are spelled out.
    fn report(&mut self, file: &str, message: impl Into<String>) {
        self.findings.push((file.escape_debug().to_string(), message.into()));
    }

    /// Reads the manifest of a bundle of this length.
    fn manifest(&mut self, length: u64) -> Result<(ManifestV1, Hash)> {
        let (fewest, for_each) = MANIFEST_BYTES;
        let most = MOST_MANIFEST_BYTES.min(length.saturating_mul(for_each).saturating_add(fewest));
        let file = self.archive.by_name(MANIFEST).with_context(|| format!("it holds no `{MANIFEST}`"))?;
        let mut json = Vec::new();
        let read = file.take(most + 1).read_to_end(&mut json);
        read.with_context(|| format!("its `{MANIFEST}` cannot be unpacked"))?;
        ensure!(json.len() as u64 <= most, "its `{MANIFEST}` is too long");
        let wrong = || format!("its `{MANIFEST}` is none of a bundle");
        let manifest: ManifestV1 = serde_json::from_slice(&json).with_context(wrong)?;
        ensure!(manifest.format == ManifestV1::FORMAT, wrong());
        ensure!(manifest.version == 1, "it was written by a newer onrecord (format {})", manifest.version);
        ensure!(manifest.files.len() <= MOST_FILES, "its `{MANIFEST}` names more than {MOST_FILES} files");
        Ok((manifest, Hash::of(&json)))
    }

    /// Hashes every file that the manifest names; writes the record to `to` and says whether all of it came.
    fn unpack(&mut self, manifest: &ManifestV1, to: &Path) -> Result<bool> {
        let mut is_whole = false;
        let mut seen = BTreeSet::new();
        for file in &manifest.files {
            if !seen.insert(file.path.as_str()) {
                self.report(&file.path, "the manifest names it twice");
                continue;
            }
            let mut copy: Option<File> = if file.path == RECORD { Some(File::create(to)?) } else { None };
            is_whole |= self.file(file, copy.as_mut())? && copy.is_some();
        }
        Ok(is_whole)
    }

    /// Hashes one file. Says whether as many bytes came as the manifest tells.
    fn file(&mut self, told: &BundleFileV1, copy: Option<&mut File>) -> Result<bool> {
        let copied = match self.archive.by_name(&told.path) {
            Ok(packed) => Ok(hashed(&mut packed.take(told.size.saturating_add(1)), copy)?),
            Err(ZipError::FileNotFound) => Err("is missing".to_owned()),
            Err(err) => Err(format!("cannot be unpacked: {err}")),
        };
        let copied = match copied {
            Ok(copied) => copied,
            Err(message) => {
                self.report(&told.path, message);
                return Ok(false);
            }
        };
        self.files += 1;
        if let Some(message) = copied.unlike(told) {
            self.report(&told.path, message);
        }
        Ok(copied.bytes == told.size)
    }

    /// The bundle has just the files that its manifest names, and they are those of a bundle.
    fn listed(&mut self, manifest: &ManifestV1) {
        let told: BTreeMap<&str, &str> =
            manifest.files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
        // A name that cannot be read is told as what is wrong with it; the manifest names no such file.
        let name =
            |name: Result<Cow<str>, ZipError>| name.map_or_else(|err| err.to_string(), Cow::into_owned);
        let names: BTreeSet<String> = self.archive.file_names().map(name).collect();
        for name in names.iter().filter(|name| *name != MANIFEST && !told.contains_key(name.as_str())) {
            self.report(name, "the manifest does not name it");
        }
        let pages: BTreeSet<String> =
            manifest.articles.iter().map(|a| format!("pages/{}", a.page_hash)).collect();
        for (&path, &sha256) in &told {
            match path.strip_prefix("pages/") {
                Some(name) if name != sha256 => self.report(path, "is not named by its hash"),
                Some(_) if !pages.contains(path) => self.report(path, "is the page of no article"),
                _ => {}
            }
        }
        for path in pages.iter().map(String::as_str).chain([RECORD, Prov.file()]) {
            if !told.contains_key(path) {
                self.report(path, "the manifest does not name it");
            }
        }
    }

    /// Opens the record and compares its articles with those of the manifest.
    fn open(&mut self, path: &Path, manifest: &ManifestV1) -> Option<Store> {
        let opened = Store::open_existing(path).and_then(|store| Ok((store.hashes()?, store)));
        let (hashes, store) = match opened {
            Ok(opened) => opened,
            Err(err) => {
                self.report(RECORD, format!("cannot be opened as a record: {}", cause(&err)));
                return None;
            }
        };
        let mut told: BTreeMap<&str, &BundleArticleV1> =
            manifest.articles.iter().map(|article| (article.article.as_str(), article)).collect();
        for (id, page_hash, text_hash) in hashes {
            let article = id.to_string();
            let Some(known) = told.remove(article.as_str()) else {
                self.report(RECORD, format!("holds the article {article}, which the manifest does not name"));
                continue;
            };
            if known.page_hash != page_hash.to_string() {
                let message = format!("the article {article} was made from another page in the record");
                self.report(&page(page_hash), message);
            }
            if known.text_hash != text_hash.to_string() {
                self.report(
                    RECORD,
                    format!("the article {article} has another text than the manifest tells"),
                );
            }
        }
        for article in told.keys() {
            self.report(RECORD, format!("lacks the article {} of the manifest", article.escape_debug()));
        }
        Some(store)
    }
}

/// What an error says without the path of a file that is about to go.
fn cause(err: &(dyn std::error::Error + 'static)) -> String {
    err.source().map_or_else(|| err.to_string(), ToString::to_string)
}

struct Copied {
    bytes: u64,
    hash: Hash,
    /// What stopped it.
    fault: Option<io::Error>,
}

impl Copied {
    /// In what it is not what the manifest tells.
    fn unlike(&self, told: &BundleFileV1) -> Option<String> {
        if let Some(err) = &self.fault {
            return Some(format!("cannot be unpacked after byte {}: {err}", self.bytes));
        }
        if self.bytes != told.size {
            let much = if self.bytes > told.size { "more" } else { "less" };
            return Some(format!("has {much} than the {} bytes that the manifest tells", told.size));
        }
        let differs = self.hash.to_string() != told.sha256;
        let expected = told.sha256.escape_debug();
        differs.then(|| format!("hashes to {}; the manifest tells {expected}", self.hash))
    }
}

/// Hashes all that comes, and copies it; an error of the copy's disk is not one of the bundle.
fn hashed(from: &mut dyn Read, mut copy: Option<&mut File>) -> Result<Copied> {
    let mut buffer = vec![0; 1 << 16];
    let (mut bytes, mut hasher) = (0, Hasher::default());
    let fault = loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break None,
            Ok(n) => n,
            Err(err) if err.kind() == io::ErrorKind::Interrupted => continue,
            Err(err) => break Some(err),
        };
        bytes += n as u64;
        hasher.update(&buffer[..n]);
        if let Some(copy) = &mut copy {
            copy.write_all(&buffer[..n]).context("cannot unpack the record")?;
        }
    };
    Ok(Copied { bytes, hash: hasher.finish(), fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_unpacks_to_a_gigabyte_or_to_so_many_times_its_length() {
        assert_eq!(most_unpacked(0), 1 << 30);
        assert_eq!(most_unpacked(1 << 20), 1 << 30);
        assert_eq!(most_unpacked(1 << 30), 64 << 30);
        assert_eq!(most_unpacked(u64::MAX), u64::MAX);
    }
}
