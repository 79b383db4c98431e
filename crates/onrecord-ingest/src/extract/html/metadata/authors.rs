//! The authors as the page prints them, one a name.

use onrecord_model::Known;

use super::facts::Facts;
use super::known;
use super::title::plain;

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
    "citation_author",
    "dcsext.author",
    "creator",
];

/// Words before a name that are not of it.
const OPENERS: &[&str] = &[
    "by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "av ",
    "af ",
    "door ",
    "от ",
    "автор: ",
    "автор ",
    "author: ",
    "autor: ",
    "text: ",
    "written by ",
    "posted by ",
    "words by ",
];

/// The first place that gives plausible names.
pub(super) fn authors(facts: &Facts<'_>) -> Option<Known<Vec<String>>> {
    let site = facts.json_ld.publisher.clone();
    let from = |texts: Vec<String>, rule: &'static str| {
        let mut names: Vec<String> = Vec::new();
        for name in texts.iter().flat_map(|text| split(text)) {
            if is_name(&name) && site.as_deref() != Some(name.as_str()) && !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| known(names, rule))
    };
    let meta =
        || METAS.iter().find_map(|name| from(facts.metas_named(name).map(plain).collect(), "authors.meta"));
    from(facts.json_ld.authors.clone(), "authors.json_ld")
        .or_else(meta)
        .or_else(|| from(printed(facts), "authors.byline"))
}

/// The texts of the elements that the page marks as author.
fn printed(facts: &Facts<'_>) -> Vec<String> {
    let tree = facts.tree;
    for is_meant in [is_marked, is_called_author] {
        let found: Vec<String> = (0..tree.nodes.len())
            .filter(|id| !tree.nodes[*id].is_text() && is_meant(&tree.nodes[*id]))
            .map(|id| tree.text(id))
            .filter(|text| !text.is_empty() && text.chars().count() <= 100)
            .take(3)
            .collect();
        if let Some(first) = found.into_iter().next() {
            return vec![first];
        }
    }
    Vec::new()
}

fn is_marked(node: &crate::extract::html::tree::Node) -> bool {
    node.attr("rel") == Some("author")
        || node.attr("itemprop").is_some_and(|p| p == "author" || p == "author name")
}

fn is_called_author(node: &crate::extract::html::tree::Node) -> bool {
    const NAMES: &[&str] = &[
        "author",
        "byline",
        "author-name",
        "byline-name",
        "article-author",
        "post-author",
        "entry-author",
        "author__name",
        "article__author",
        "byline__name",
        "autor",
    ];
    let named = |attr| {
        node.attr(attr).is_some_and(|v| {
            v.split_ascii_whitespace().any(|w| NAMES.iter().any(|n| w.eq_ignore_ascii_case(n)))
        })
    };
    matches!(&*node.name, "a" | "span" | "p" | "div" | "address" | "li") && (named("class") || named("id"))
}

/// Names joined in one text, apart.
fn split(text: &str) -> Vec<String> {
    let mut text = text.trim();
    let lower = text.to_lowercase();
    for opener in OPENERS {
        if lower.starts_with(opener) && text.is_char_boundary(opener.len()) {
            text = text[opener.len()..].trim();
            break;
        }
    }
    let parts = text
        .split([',', ';', '|', '&', '·', '•', '\n'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "));
    parts
        .map(|part| part.trim().trim_matches(['(', ')', '-', '–', '.', ':']).trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Whether it may be a name: short, no address, no figures.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let lower = text.to_lowercase();
    let has_letters = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_address =
        lower.contains("http") || text.contains(['@', '/', '{', '<', '=']) || lower.contains(".com");
    (1..=5).contains(&words)
        && has_letters
        && !is_address
        && text.chars().count() <= 50
        && !text.chars().any(|c| c.is_ascii_digit())
        && !NOT_NAMES.contains(&lower.as_str())
}

/// What stands where authors stand and is none.
const NOT_NAMES: &[&str] = &[
    "admin",
    "administrator",
    "editor",
    "webmaster",
    "unknown",
    "none",
    "null",
    "undefined",
    "staff",
    "redaktion",
    "author",
    "autor",
    "anonymous",
    "guest",
    "root",
    "user",
    "online",
    "jr",
    "phd",
    "md",
    "about the author",
];
