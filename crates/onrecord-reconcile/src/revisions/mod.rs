//! Versions of one page over time: which articles they are, in which order, and what changed between them.

mod address;
mod edits;
mod passages;
mod tokens;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use onrecord_model::{AnnotatedArticle, Because, ChangedPage, Edit, Id, Revision};
use rayon::prelude::*;

use crate::copies::moments;
use edits::{Pair, alone};
use passages::{Aligned, Passage, align};
use tokens::Version;

/// Earlier versions that one is compared with, until one is found that it goes on from: some pages show one
/// article after another under one address.
const MOST_BEFORE: usize = 8;
/// Least share of the passages of the shorter version that the other one still has.
const LEAST_KEPT: f32 = 0.2;

/// What one address is known by, however it is written: two with the same key are one page.
pub fn page_of(address: &str) -> String {
    address::key(address)
}

/// What changed in pages that the articles hold in several versions, by address and time. A function of the set.
pub fn revisions<'a>(articles: impl IntoIterator<Item = &'a AnnotatedArticle>) -> Vec<Revision> {
    let mut pages: BTreeMap<String, Vec<&AnnotatedArticle>> = BTreeMap::new();
    for annotated in articles {
        let key = annotated.article.url.as_ref().map(|url| address::key(&url.value)).unwrap_or_default();
        if !key.is_empty() {
            pages.entry(key).or_default().push(annotated);
        }
    }
    let pages: Vec<Vec<&AnnotatedArticle>> = pages.into_values().filter(|page| page.len() > 1).collect();
    pages.into_par_iter().flat_map_iter(of_page).collect()
}

/// The pages that `revisions` are about, by id.
pub fn changed_pages(revisions: &[Revision]) -> Vec<ChangedPage> {
    let mut pages: BTreeMap<Id, ChangedPage> = BTreeMap::new();
    let mut known: BTreeSet<(Id, Id)> = BTreeSet::new();
    for revision in revisions {
        let id = Id::of(["page".to_owned(), address::key(&revision.address)]);
        let (address, edits) = (String::new(), BTreeMap::new());
        let page = pages.entry(id).or_insert(ChangedPage { id, address, versions: Vec::new(), edits });
        page.address.clone_from(&revision.address);
        let versions = [revision.earlier, revision.later].into_iter();
        page.versions.extend(versions.filter(|&version| known.insert((id, version))));
        for kind in revision.edits.iter().flat_map(|edit| &edit.kinds) {
            *page.edits.entry(*kind).or_default() += 1;
        }
    }
    pages.into_values().collect()
}

/// The revisions of one page.
fn of_page(mut page: Vec<&AnnotatedArticle>) -> Vec<Revision> {
    let is_dated = page.iter().all(|a| a.article.published.is_some());
    page.sort_by(|a, b| in_order(a, b, is_dated));
    page.dedup_by(|later, earlier| later.article.text_hash == earlier.article.text_hash);
    let texts: Vec<Version> = page.iter().map(|of| Version::new(of)).collect();
    let mut found = Vec::new();
    for later in 1..texts.len() {
        let before = texts[later.saturating_sub(MOST_BEFORE)..later].iter().rev();
        let mut aligned = before.map(|earlier| (earlier, align(&earlier.passages, &texts[later].passages)));
        let goes_on = |(earlier, aligned): &(&Version, Vec<Aligned>)| {
            let shorter = earlier.passages.len().min(texts[later].passages.len());
            let kept = aligned.iter().filter(|a| !a.left.is_empty() && !a.right.is_empty()).count();
            kept > 0 && kept as f32 >= LEAST_KEPT * shorter as f32
        };
        if let Some((earlier, aligned)) = aligned.find(goes_on) {
            found.extend(revision((earlier, &texts[later]), aligned));
        }
    }
    found
}

/// By time where all versions print one, then by the names of their files, in which numbers count as numbers.
fn in_order(a: &AnnotatedArticle, b: &AnnotatedArticle, is_dated: bool) -> Ordering {
    let first = |of: &AnnotatedArticle| of.article.published.as_ref().map(|p| moments(&p.value).0);
    let origin =
        |of: &AnnotatedArticle| (natural(&of.article.origin.path), of.article.origin.record, of.article.id);
    let by_time = if is_dated { first(a).cmp(&first(b)) } else { Ordering::Equal };
    by_time.then_with(|| origin(a).cmp(&origin(b)))
}

/// A name as letters and numbers, so that `page-9` comes before `page-10`.
fn natural(name: &str) -> Vec<(usize, String)> {
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut was_digit = None;
    for c in name.chars() {
        let is_digit = c.is_ascii_digit();
        match parts.last_mut() {
            Some((_, part)) if was_digit == Some(is_digit) => part.push(c),
            _ => parts.push((0, c.to_string())),
        }
        was_digit = Some(is_digit);
    }
    for (length, part) in parts.iter_mut().filter(|(_, part)| part.starts_with(|c: char| c.is_ascii_digit()))
    {
        *part = part.trim_start_matches('0').to_owned();
        *length = part.len() + 1;
    }
    parts
}

fn revision((earlier, later): (&Version, &Version), aligned: Vec<Aligned>) -> Option<Revision> {
    let edits: Vec<Edit> = aligned.iter().filter_map(|a| edit(earlier, later, a)).collect();
    let (before, after) = (&earlier.of.article, &later.of.article);
    let address = after.url.as_ref()?.value.clone();
    let is_told = match (&before.published, &after.published) {
        (Some(a), Some(b)) => moments(&a.value).1 < moments(&b.value).0,
        _ => false,
    };
    let because = if is_told {
        Because::new("revisions.published", "the later version gives a later time")
    } else {
        Because::new(
            "revisions.file",
            "no printed time tells them apart; they come in the order of their files' names",
        )
    };
    let id = Id::of(["revision".to_owned(), before.id.to_string(), after.id.to_string()]);
    let whole = Revision { id, address, earlier: before.id, later: after.id, edits, because };
    (!whole.edits.is_empty()).then_some(whole)
}

fn edit(earlier: &Version, later: &Version, aligned: &Aligned) -> Option<Edit> {
    let cover = |passages: &[Passage]| Some(passages.first()?.span.cover(passages.last()?.span));
    let (left, right) = (&earlier.passages[aligned.left.clone()], &later.passages[aligned.right.clone()]);
    match (cover(left), cover(right)) {
        (Some(left), Some(right)) => Pair::new([earlier, later], [left, right]).edit(aligned.moved),
        (Some(left), None) => Some(alone(earlier, later, left, false)),
        (None, Some(right)) => Some(alone(later, earlier, right, true)),
        (None, None) => None,
    }
}
