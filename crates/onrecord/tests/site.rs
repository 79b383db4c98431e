//! The pages as files: each link leads to a file that is there and to a place in it, and nothing is asked of a server.

#![expect(clippy::unwrap_used, reason = "a test file")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod desk;
use desk::Desk;

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            out.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    out
}

fn site(desk: &Desk, out: &str) -> BTreeMap<String, String> {
    let ran = desk.run(&format!("export --record r.onrecord --format site --out {out}"));
    assert_eq!((ran.code, ran.out.trim()), (Some(0), format!("{out}/index.html").as_str()), "{}", ran.err);
    files(&desk.path(out))
}

/// What is linked or loaded in a page.
fn leads(page: &str) -> impl Iterator<Item = String> {
    let parts = page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1));
    parts.filter_map(|rest| rest.split('"').next()).map(|to| to.replace("&amp;", "&"))
}

#[test]
fn every_link_of_the_sample_leads_to_a_place_that_is_there() {
    let desk = Desk::with_sample();
    let site = site(&desk, "site");
    let pages = || site.iter().filter(|(name, _)| name.ends_with(".html"));
    let folders: BTreeSet<&str> = pages().filter_map(|(name, _)| Some(name.split_once('/')?.0)).collect();
    let all = ["article", "figure", "speaker", "statement", "statements", "stories", "story", "theme"];
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), all);
    let mut lost = Vec::new();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    for (name, page) in pages() {
        assert!(
            page.contains("http-equiv=\"Content-Security-Policy\"") && !page.contains("<script"),
            "{name}"
        );
        for to in leads(page).filter(|to| !to.contains("://")) {
            let (file, place) = to.split_once('#').unwrap_or((&to, ""));
            let above = if name.contains('/') { "../" } else { "" };
            let file = match file {
                "" => name.clone(),
                file => file.strip_prefix(above).unwrap_or(file).to_owned(),
            };
            let target = site.get(&file);
            assert!(target.is_some(), "{name} leads to {to}");
            let is_there = place.is_empty() || target.unwrap().contains(&format!("id=\"{place}\""));
            lost.extend((!is_there).then(|| format!("{name} to {to}")));
            reached.insert(file);
        }
    }
    assert!(
        lost.is_empty(),
        "{} places are not there: {:#?}",
        lost.len(),
        lost.iter().take(12).collect::<Vec<_>>()
    );
    assert_eq!(site.keys().filter(|name| !reached.contains(*name)).count(), 0, "nothing leads to some pages");
}

#[test]
fn the_same_record_gives_the_same_files() {
    let desk = Desk::new();
    desk.put("a.txt", "Harbour news\n\n“The ferry will sail at least 40 times,” Transport Minister Ada Brell said on Tuesday.");
    assert_eq!(desk.run("build a.txt --record r.onrecord").code, Some(0));
    assert_eq!(site(&desk, "one"), site(&desk, "two"));
}
