//! Evidence bundles: what is in one, and that nothing in it can be changed unseen or harm who checks it.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use std::fs::{self, File};
use std::io::{Read, Write};

use desk::{Desk, Ran};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// By name, what a bundle holds.
type Files = Vec<(String, Vec<u8>)>;

/// A desk with the bundle of a record of two articles in `b/`.
fn bundled() -> Desk {
    let desk = Desk::new();
    desk.put("news/a.txt", "“The pier of Askby stays open,” harbour master Ida Holm said on Tuesday.\n");
    desk.put("news/b.txt", "Ida Holm said: “The pier of Askby stays open.” About 40 boats lay there.\n");
    assert_eq!(desk.run("build news --record r").code, Some(0));
    let ran = desk.run("export --record r --format bundle --out b");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "b/bundle.zip\n"), "{}", ran.err);
    desk
}

fn files(desk: &Desk) -> Files {
    let mut zip = ZipArchive::new(File::open(desk.path("b/bundle.zip")).unwrap()).unwrap();
    let count = zip.len();
    let read = |n| {
        let mut file = zip.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// What is said of a bundle of these files.
fn verify(desk: &Desk, files: &Files) -> Ran {
    let mut zip = ZipWriter::new(File::create(desk.path("x.zip")).unwrap());
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    desk.run("verify x.zip")
}

/// The bundle's files with one of them changed.
fn changed(files: &Files, name: &str, change: impl Fn(&mut Vec<u8>)) -> Files {
    let mut files = files.clone();
    let (_, bytes) = files.iter_mut().find(|(other, _)| other.starts_with(name)).unwrap();
    change(bytes);
    files
}

#[test]
fn a_bundle_holds_the_evidence_and_verifies() {
    let desk = bundled();
    let files = files(&desk);
    let (_, json) = files.iter().find(|(name, _)| name == "manifest.json").unwrap();
    let mut manifest: Value = serde_json::from_slice(json).unwrap();
    let listed = manifest["files"].as_array_mut().unwrap();
    assert_eq!(listed.len() + 1, files.len());
    // The record's bytes follow SQLite's version, and the provenance and the readme this program's.
    for file in listed.iter_mut().filter(|file| !file["path"].as_str().unwrap().starts_with("pages/")) {
        file["sha256"] = "…".into();
        file["size"] = 0.into();
    }
    manifest["program"] = "…".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
    let page = files.iter().find(|(name, _)| name.starts_with("pages/")).unwrap();
    assert!(page.1.starts_with("“The pier".as_bytes()) || page.1.starts_with(b"Ida Holm said"));
    let ran = desk.run("verify b/bundle.zip");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.starts_with("5 files (manifest ") && ran.out.contains("2 articles and"), "{}", ran.out);
    assert_eq!(verify(&desk, &files).code, Some(0), "as any other tool packs it");
    let first = fs::read(desk.path("b/bundle.zip")).unwrap();
    desk.run("export --record r --format bundle --out b");
    assert!(first == fs::read(desk.path("b/bundle.zip")).unwrap(), "the same bytes");
    assert_eq!(fs::read_dir(desk.path("b")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn whatever_is_changed_is_found() {
    let desk = bundled();
    let files = files(&desk);
    let check = |files: &Files, expected: &[&str]| {
        let ran = verify(&desk, files);
        assert_eq!(ran.code, Some(2), "{expected:?}");
        for &words in expected {
            assert!(ran.out.contains(words) || ran.err.contains(words), "{words}: {} {}", ran.out, ran.err);
        }
    };
    check(&changed(&files, "pages/", |page| page[9] ^= 1), &["pages/", "hashes to"]);
    check(&changed(&files, "pages/", |page| page.truncate(9)), &["pages/", "has less than the"]);
    check(&changed(&files, "pages/", |page| page.push(b'x')), &["pages/", "has more than the"]);
    let words = b"The pier of Askby";
    let in_record = |record: &mut Vec<u8>| {
        let at = record.windows(words.len()).position(|window| window == words).unwrap();
        record[at] ^= 1;
    };
    check(&changed(&files, "record.onrecord", in_record), &["record.onrecord: hashes to", "article "]);
    check(
        &changed(&files, "record.onrecord", |record| record[..100].fill(7)),
        &["cannot be opened as a record"],
    );
    let without: Files = files.iter().filter(|(name, _)| !name.starts_with("pages/")).cloned().collect();
    check(&without, &["pages/", "is missing"]);
    let replaced = |from: &str, to: &str| {
        changed(&files, "manifest.json", |json| {
            *json = String::from_utf8(json.clone()).unwrap().replacen(from, to, 1).into_bytes();
        })
    };
    check(
        &replaced("\"article\": \"", "\"article\": \"0"),
        &["which the manifest does not name", "lacks the article"],
    );
    check(&replaced("\"version\": 1", "\"version\": 2"), &["written by a newer onrecord (format 2)"]);
    check(&replaced("\"size\": ", "\"size\": 9999999999999"), &["more than can be packed into"]);
    check(&replaced("\"size\": ", "\"size\": -"), &["is none of a bundle"]);
    check(&changed(&files, "manifest.json", Vec::clear), &["is none of a bundle"]);
    check(&files[..1].to_vec(), &["it holds no `manifest.json`"]);
}

#[test]
fn a_hostile_bundle_is_refused_and_writes_nowhere() {
    let desk = bundled();
    let files = files(&desk);
    let mut more = files.clone();
    more.push(("../outside".to_owned(), b"x".to_vec()));
    more.push(("\u{1b}[2J".to_owned(), Vec::new()));
    let ran = verify(&desk, &more);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("../outside: the manifest does not name it"), "{}", ran.out);
    assert!(ran.out.contains("\\u{1b}[2J") && !ran.out.contains('\u{1b}'), "{}", ran.out);
    assert!(!desk.path("../outside").exists() && !desk.path("outside").exists());
    // 64 MiB of nothing in a few kilobytes, of which no more than the manifest tells is unpacked.
    let bomb = changed(&files, "pages/", |page| page.resize(64 << 20, 0));
    let ran = verify(&desk, &bomb);
    assert!(ran.code == Some(2) && ran.out.contains("has more than the"), "{}", ran.out);
    let whole = fs::read(desk.path("b/bundle.zip")).unwrap();
    for length in [2, 4, 30, whole.len() / 2, whole.len() - 1] {
        desk.put("cut.zip", &whole[..length]);
        let ran = desk.run("verify cut.zip");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{length}");
        assert!(ran.err.contains("`cut.zip` cannot be read as a bundle"), "{length}: {}", ran.err);
    }
    // Any byte may be another: this ends, with a finding or an error, or where the byte says nothing.
    for at in (0..whole.len()).step_by(whole.len() / 24) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        desk.put("cut.zip", &bytes);
        let ran = desk.run("verify cut.zip");
        assert!(!ran.err.contains("panicked"), "{at}: {}", ran.err);
    }
}

#[test]
fn a_bundle_that_is_to_hold_far_more_than_its_length_is_taken_only_when_it_is_asked_for() {
    let desk = bundled();
    let mut files = files(&desk);
    let size = |json: &mut Vec<u8>| {
        let mut manifest: Value = serde_json::from_slice(json).unwrap();
        manifest["files"][0]["size"] = 2_000_000_000.into();
        *json = serde_json::to_vec(&manifest).unwrap();
    };
    files = changed(&files, "manifest.json", size);
    // Long enough that deflate could have packed all of it.
    let mut state = 1_u64;
    let noise = (0..3_000_000).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    });
    let noise = noise.collect();
    files.push(("noise".to_owned(), noise));
    let ran = verify(&desk, &files);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    assert!(ran.err.contains("no more than 1073741824 are unpacked"), "{}", ran.err);
    let (_, hint) = ran.err.split_once("`--most-unpacked ").unwrap();
    let asked = hint.split('`').next().unwrap();
    let ran = desk.run(&format!("verify x.zip --most-unpacked {asked}"));
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.out.contains("has less than the") && ran.out.contains("noise: the manifest does not name it"),
        "{}",
        ran.out
    );
    let ran = desk.run("verify b/bundle.zip --most-unpacked 0");
    assert!(ran.code == Some(2) && ran.err.contains("no more than 0 are unpacked"), "{}", ran.err);
    assert_eq!(desk.run("verify b/bundle.zip --most-unpacked 1").code, Some(0));
}

#[test]
fn who_is_hidden_is_bundled_only_when_it_is_asked_for() {
    let desk = bundled();
    let entities = desk.exported("r", "jsonl");
    let row =
        entities.lines().find(|line| line.starts_with("{\"entity\":") && line.contains("Ida Holm")).unwrap();
    let row: Value = serde_json::from_str(row).unwrap();
    let hide = format!("correct hide {} --record r --by Bo --why asked", row["entity"].as_str().unwrap());
    let ran = desk.run(&hide);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = desk.run("export --record r --format bundle --out hidden");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("hides somebody") && ran.err.contains("--with-hidden"), "{}", ran.err);
    assert_eq!(fs::read_dir(desk.path("hidden")).unwrap().count(), 0);
    for format in desk.formats().iter().filter(|format| *format != "bundle") {
        let ran = desk.run(&format!("export --record r --format {format} --out asked --with-hidden"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{format}");
        assert!(ran.err.contains("`--with-hidden` goes with `--format bundle` alone"), "{}", ran.err);
        assert!(!desk.path("asked").exists(), "{format}");
    }
    assert_eq!(desk.run("export --record r --format bundle --out b --with-hidden").code, Some(0));
    let files = files(&desk);
    let (_, provenance) = files.iter().find(|(name, _)| name == "provenance.jsonld").unwrap();
    let provenance = String::from_utf8(provenance.clone()).unwrap();
    assert!(provenance.contains(":correction:") && !provenance.contains("Ida Holm"));
    assert_eq!(desk.run("verify b/bundle.zip").code, Some(0));
}
