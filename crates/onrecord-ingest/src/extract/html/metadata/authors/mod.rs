//! The authors as the page prints them, one a name.

mod names;
mod printed;

use std::sync::LazyLock;

use onrecord_model::Known;
use regex::Regex;

use super::facts::Facts;
use super::title::{plain, same, sites};
use super::{known, scripts};
use names::{is_name, is_opener, is_person, is_stated_name, split, split_stated};

/// `meta` elements that name authors.
const METAS: &[&str] = &[
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "authors",
    "creator",
    "article:author_name",
    "citation_author",
];

/// Authors in the data that pages hand to their own programs.
static SCRIPTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:author|authors|author_?name|byline|post_?author)(?:\\?["'])?\s*[:=]\s*(?:\[?\s*\{[^{}\[\]]{0,200}?\\?["']name\\?["']\s*:\s*)?\\?["'](?<text>[^"'\\<>]{5,60})\\?["']"#).ok()
});

/// The most names that one article is given.
const MOST_NAMES: usize = 12;

/// The first place that gives plausible names; the site's own name only where nobody is named.
pub(super) fn authors(facts: &Facts<'_>) -> Option<Known<Vec<String>>> {
    let metas: Vec<Vec<String>> =
        METAS.iter().map(|name| facts.metas_named(name).map(plain).collect()).collect();
    let sites = sites(facts);
    let is_person = |name: &str| !sites.iter().any(|site| same(site, name));
    let stated = |is_meant: &dyn Fn(&str) -> bool| {
        found(&facts.json_ld.authors, "authors.json_ld", is_meant)
            .or_else(|| metas.iter().find_map(|texts| found(texts, "authors.meta", is_meant)))
    };
    let printed = printed::printed(facts);
    stated(&is_person)
        .or_else(|| found(&labelled(facts), "authors.meta", &is_person))
        .or_else(|| found(&printed, "authors.byline", &is_person))
        .or_else(|| found(&scripted(facts), "authors.script", &is_person))
        .or_else(|| stated(&|_| true))
        .or_else(|| found(&printed, "authors.byline", &|_| true))
}

fn found(
    texts: &[String],
    rule: &'static str,
    is_meant: &dyn Fn(&str) -> bool,
) -> Option<Known<Vec<String>>> {
    let apart = if rule == "authors.byline" { split } else { split_stated };
    let is_name = if rule == "authors.byline" { is_name } else { is_stated_name };
    let names = texts.iter().flat_map(|text| apart(text)).filter(|name| is_name(name) && is_meant(name));
    let names = distinct(names);
    (!names.is_empty()).then(|| known(names, rule))
}

/// The first of these names, each once.
fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in all {
        if !names.contains(&name) && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    names
}

/// The pair of `meta` elements by which cards show "Written by" and a name.
fn labelled(facts: &Facts<'_>) -> Vec<String> {
    let label = facts.meta_named("twitter:label1").filter(|label| is_opener(label));
    label.and_then(|_| facts.meta_named("twitter:data1")).map(plain).into_iter().collect()
}

/// The first person whom a script's data calls an author.
fn scripted(facts: &Facts<'_>) -> Vec<String> {
    let is_whole = |text: &str| split(text).iter().all(|name| is_person(name));
    scripts::first(facts, &SCRIPTED, |text| Some(plain(text)).filter(|text| is_whole(text)))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::tree::Tree;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = split(text).into_iter().filter(|name| is_name(name)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bylines_are_split_into_names() {
        check("By Ann Lee and Bo Ek", &["Ann Lee", "Bo Ek"]);
        check("Von Ada Berg, Udo Klar und Ina Roth | 3. Mai 2024", &["Ada Berg", "Udo Klar", "Ina Roth"]);
        check("Ann Lee, MD, PhD", &["Ann Lee, MD, PhD"]);
        check("Office for Research and Development", &["Office"]);
        check("Written by Ann Lee on May 3, 2024", &["Ann Lee"]);
        check("Written byAnn Lee", &["Ann Lee"]);
        check("Text: Ann Lee", &["Ann Lee"]);
        check("Byron Lee May 3", &["Byron Lee"]);
        check("Ann Lee, Head of Water at Orrel Works", &["Ann Lee"]);
        check("Ann Lee and Bo Ek, Orrel", &["Ann Lee", "Bo Ek"]);
        check("Ada Berg (abe)", &["Ada Berg"]);
        check("Ann Lee Updated December 3", &["Ann Lee"]);
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for text in
            ["", "admin", "https://bell.example/ann", "ann@bell.example", "12", "By", "May", "Powered by"]
        {
            check(text, &[]);
        }
    }

    #[track_caller]
    fn check_page(html: &str, expected: &[&str], rule: &str) {
        let tree = Tree::parse(html);
        let found = authors(&Facts::read(&tree, Some("https://www.bell.example/1")));
        let (names, because): (Vec<String>, String) =
            found.map(|f| (f.value, f.because.rule.into_owned())).unwrap_or_default();
        assert_eq!(names, expected, "{html}");
        assert_eq!(because, rule, "{html}");
    }

    #[test]
    fn authors_are_looked_for_in_falling_order_of_trust() {
        check_page("<meta name=author content='Ann Lee (al), Bo Ek'>", &["Ann Lee", "Bo Ek"], "authors.meta");
        check_page(
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>",
            &["Ann Lee"],
            "authors.meta",
        );
        check_page(
            "<meta name=author content='bell.example'><h1>Dam</h1><a rel=author>Ann Lee</a>, <a rel=author>Bo Ek</a>",
            &["Ann Lee", "Bo Ek"],
            "authors.byline",
        );
        check_page(
            "<h1>Dam</h1><div class=author-box><b>AL</b><i>Ann Lee</i> <em>Chief Reporter</em></div>",
            &["Ann Lee"],
            "authors.byline",
        );
        check_page("<h1>Dam</h1><p>By <a href=/writers/ann>Ann Lee</a></p>", &["Ann Lee"], "authors.byline");
        check_page("<h1>Dam</h1><span>By</span> <span>Ann Lee</span>", &["Ann Lee"], "authors.byline");
        check_page("<h1>Dam</h1><p>By the lake stands a house.</p>", &[], "");
        check_page("<h1>Dam</h1><div class=byline>Reviewed by Ann Lee</div>", &[], "");
        check_page(
            r#"<script>page = {"author": {"id": 3, "name": "Ann Lee"}}</script>"#,
            &["Ann Lee"],
            "authors.script",
        );
        check_page("<meta name=author content='bell.example'>", &["bell.example"], "authors.meta");
    }
}
