//! Writes a bundle. The same record file gives the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use onrecord_model::{Change, Hash, Hasher, Id};
use onrecord_render::Loaded;
use onrecord_render::wire::{BundleArticleV1, BundleFileV1, ManifestV1, Tables};
use onrecord_store::Store;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{MANIFEST, MOST_FILES, README, RECORD, page};
use crate::export::{Document, Prov};

/// Writes the bundle of `store` into `folder` and returns the manifest's hash, which is the hash to hand on.
///
/// Pages and the record are evidence and hold what was printed, people among it whom corrections hide: such a record
/// is bundled only `with_hidden`.
pub(crate) fn write(store: &Store, folder: &Path, with_hidden: bool) -> Result<Hash> {
    let work = tempfile::tempdir_in(folder).context("cannot make a folder to work in")?;
    let copy = work.path().join("record");
    store.copy_to(&copy)?;
    let path = folder.join(super::FILE);
    let wrong = || format!("cannot write `{}`", path.display());
    // Kept apart until it is whole: what has the name of a bundle is one.
    let part = work.path().join("bundle");
    let mut bundle = Bundle::begin(File::create(&part).with_context(wrong)?);
    // Before the copy is opened, which would begin to change its bytes.
    bundle.add_file(RECORD, &copy)?;
    let store = Store::open_existing(&copy)?;
    let loaded = Loaded::read(&store)?;
    ensure!(with_hidden || !hides(&loaded), HIDES);
    let provenance = work.path().join("provenance");
    let mut out = BufWriter::new(File::create(&provenance)?);
    Prov.write(&Tables::new(&loaded, &store)?, &mut out)?;
    out.flush()?;
    bundle.add_file(Prov.file(), &provenance)?;
    let hashes = store.hashes()?;
    let pages: BTreeMap<Hash, Id> = hashes.iter().map(|&(id, page, _)| (page, id)).collect();
    ensure!(pages.len() < MOST_FILES - 4, "a bundle holds at most {} pages", MOST_FILES - 5);
    for (hash, id) in pages {
        let Some(stored) = store.page(id)? else { bail!("the record holds no page of the article {id}") };
        bundle.add(&page(hash), stored.bytes.len() as u64, &mut stored.bytes.as_slice())?;
    }
    bundle.add(README, README_TEXT.len() as u64, &mut README_TEXT.as_bytes())?;
    let manifest = bundle.end(&hashes).with_context(wrong)?;
    std::fs::rename(&part, &path).with_context(wrong)?;
    Ok(manifest)
}

fn hides(loaded: &Loaded) -> bool {
    loaded.corrections.iter().any(|c| c.undone.is_none() && matches!(c.change, Change::Hide { .. }))
}

const HIDES: &str = "the record hides somebody, and a bundle holds the pages as they were printed, with the name\n\
    (hint: `--with-hidden` writes it all the same, for those who may read the name)";

const README_TEXT: &str = "An evidence bundle of OnRecord.

record.onrecord     the record, one SQLite file: what the articles say, how that was found, and what people corrected
pages/HASH          the bytes of each page as it was read, named by their SHA-256
provenance.jsonld   what was made from what and by whom, as W3C PROV-O
manifest.json       length and SHA-256 of each of these files, and what each article and its page hash to

`onrecord verify BUNDLE.zip` checks all of it: each file against the manifest, each page against the record, and every
quoted word of the record against the text it points into. Any other tool that computes SHA-256 can check the files.

A manifest proves nothing against someone who can write a new one. Keep its own SHA-256, which `export` and `verify`
print, apart from the bundle.

Pages and record hold what was printed: names, addresses and numbers are not masked in them.
";

/// A bundle in the making.
struct Bundle {
    zip: ZipWriter<BufWriter<File>>,
    files: Vec<BundleFileV1>,
}

impl Bundle {
    fn begin(file: File) -> Self {
        Self { zip: ZipWriter::new(BufWriter::new(file)), files: Vec::new() }
    }

    fn add_file(&mut self, name: &str, path: &Path) -> Result<()> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        self.add(name, size, &mut BufReader::new(file))
    }

    /// Adds `size` bytes, with nothing about this machine or this moment.
    fn add(&mut self, name: &str, size: u64, bytes: &mut dyn Read) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(size >= u64::from(u32::MAX));
        self.zip.start_file(name, options)?;
        let mut hashed = Hashed { out: &mut self.zip, hasher: Hasher::default() };
        let copied = io::copy(bytes, &mut hashed)?;
        ensure!(copied == size, "`{name}` changed while it was read");
        let sha256 = hashed.hasher.finish().to_string();
        self.files.push(BundleFileV1 { path: name.to_owned(), size, sha256 });
        Ok(())
    }

    fn end(mut self, hashes: &[(Id, Hash, Hash)]) -> Result<Hash> {
        let mut files = std::mem::take(&mut self.files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let article = |&(id, page, text): &(Id, Hash, Hash)| BundleArticleV1 {
            article: id.to_string(),
            page_hash: page.to_string(),
            text_hash: text.to_string(),
        };
        let manifest = ManifestV1 {
            format: ManifestV1::FORMAT.to_owned(),
            version: 1,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            files,
            articles: hashes.iter().map(article).collect(),
        };
        let json = serde_json::to_vec_pretty(&manifest)?;
        self.add(MANIFEST, json.len() as u64, &mut json.as_slice())?;
        self.zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(Hash::of(&json))
    }
}

/// Writes on, and hashes what goes through.
struct Hashed<'o> {
    out: &'o mut dyn Write,
    hasher: Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
