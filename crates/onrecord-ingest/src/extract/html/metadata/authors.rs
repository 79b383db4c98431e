//! The authors as the page prints them, one a name.

use std::sync::LazyLock;

use onrecord_model::Known;
use regex::Regex;

use super::facts::Facts;
use super::known;
use super::title::plain;
use crate::extract::html::tree::{Node, NodeId};

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

/// Words before a name that are not of it, as bylines begin in several languages.
static OPENER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:written|posted|published|reported|story|words|text|article|artikel|ein artikel|beitrag|interview|publié|escrito|geschrieben|verfasst|scritto|eingestellt)\s+)?(?:by|von|par|por|di|av|af|door|от|od|przez|autor(?:in|en)?|authors?|автор|text|vom)(?:\s*:\s*|\s+)",
    )
    .ok()
});

/// What follows the names in a byline: a date, a mark, an office.
static CLOSER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*(?:[|•·(\[/\n]|\d| [–—-] |\s(?:am|on|um|updated)\s).*$").ok());

/// Names of boxes that hold bylines.
static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)author|byline|by-line|autor|writer|redacteur|forfatter|skribent|posted-by|postedby|creditline",
    )
    .ok()
});

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
    "author",
    "autor",
    "anonymous",
    "guest",
    "root",
    "user",
    "online",
    "about the author",
    "the author",
    "default",
    "authors",
    "autoren",
];

/// The most names that one article is given.
const MOST_NAMES: usize = 12;

/// The first place that gives plausible names; the site's own name only where nobody is named.
pub(super) fn authors(facts: &Facts<'_>) -> Option<Known<Vec<String>>> {
    let stated = &facts.json_ld.authors;
    let metas: Vec<Vec<String>> =
        METAS.iter().map(|name| facts.metas_named(name).map(plain).collect()).collect();
    let site = facts.json_ld.publisher.clone().or_else(|| facts.meta_named("og:site_name").map(plain));
    let is_person = |name: &str| site.as_deref().is_none_or(|site| !site.eq_ignore_ascii_case(name));
    let found = |texts: &[String], rule, is_meant: &dyn Fn(&str) -> bool| {
        let names = names(texts, is_meant);
        (!names.is_empty()).then(|| known(names, rule))
    };
    found(stated, "authors.json_ld", &is_person)
        .or_else(|| metas.iter().find_map(|texts| found(texts, "authors.meta", &is_person)))
        .or_else(|| found(&printed(facts), "authors.byline", &is_person))
        .or_else(|| found(stated, "authors.json_ld", &|_| true))
        .or_else(|| metas.iter().find_map(|texts| found(texts, "authors.meta", &|_| true)))
        .or_else(|| found(&printed(facts), "authors.byline", &|_| true))
}

/// The plausible names in these texts, each once.
fn names(texts: &[String], is_meant: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in texts.iter().flat_map(|text| split(text)) {
        if is_name(&name) && is_meant(&name) && !names.contains(&name) && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    names
}

/// The byline nearest to the headline, in elements marked or named for the author.
fn printed(facts: &Facts<'_>) -> Vec<String> {
    let tree = facts.tree;
    let headline = tree.named("h1").next().unwrap_or_default();
    let distance = |id: NodeId| if id < headline { (headline - id) * 2 } else { id - headline };
    let steps: [fn(&Node) -> bool; 2] = [is_marked, is_called_author];
    for is_meant in steps {
        let meant = (0..tree.nodes.len()).filter(|id| is_meant(&tree.nodes[*id])).take(60);
        let mut texts: Vec<(usize, String)> = meant
            .filter(|id| tree.subtree(*id).len() < 30)
            .map(|id| (distance(id), tree.text(id)))
            .filter(|(_, text)| {
                (3..=100).contains(&text.chars().count()) && split(text).iter().any(|name| is_name(name))
            })
            .collect();
        texts.sort();
        if let Some((_, text)) = texts.into_iter().next() {
            return vec![text];
        }
    }
    Vec::new()
}

fn is_marked(node: &Node) -> bool {
    node.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"))
        || node.attr("itemprop").is_some_and(|p| p == "author" || p == "author name")
}

fn is_called_author(node: &Node) -> bool {
    let is_box = matches!(
        &*node.name,
        "a" | "span"
            | "p"
            | "div"
            | "address"
            | "li"
            | "em"
            | "strong"
            | "h3"
            | "h4"
            | "h5"
            | "cite"
            | "small"
            | "b"
    );
    let is_named = |attr| {
        node.attr(attr).is_some_and(|v| {
            BYLINE.as_ref().is_some_and(|p| p.is_match(v)) && !v.to_ascii_lowercase().contains("comment")
        })
    };
    is_box && (is_named("class") || is_named("id"))
}

/// Names joined in one text, apart. "Ann Lee, MD" and "Research and Development" stay together: a
/// part that is a name by itself has two words.
fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    let text =
        OPENER.as_ref().map_or(text, |opener| &text[opener.find(text).map_or(0, |found| found.end())..]);
    let text = CLOSER
        .as_ref()
        .map_or(text, |closer| &text[..closer.find(text).map_or(text.len(), |found| found.start())]);
    let parts: Vec<&str> = text
        .split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .map(clean)
        .collect();
    let parts: Vec<&str> =
        parts.iter().flat_map(|part| part.split(" & ")).map(clean).filter(|part| !part.is_empty()).collect();
    let are_names = parts
        .iter()
        .all(|part| part.split_whitespace().count() >= 2 || part.chars().any(|c| c as u32 > 0x2e80));
    if are_names { parts.into_iter().map(str::to_owned).collect() } else { vec![clean(text).to_owned()] }
}

fn clean(part: &str) -> &str {
    part.trim().trim_matches(['(', ')', '-', '–', ':', '/', '"']).trim()
}

/// Whether it may be a name: short, no address, no figures.
fn is_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has_letters = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_address = lower.contains("http") || text.contains(['@', '/', '{', '<', '=', ':']);
    let is_short = (1..=9).contains(&text.split_whitespace().count()) && text.chars().count() <= 70;
    has_letters
        && is_short
        && !is_address
        && !text.chars().any(|c| c.is_ascii_digit())
        && !NOT_NAMES.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check("Office for Research and Development", &["Office for Research and Development"]);
        check("Written by Ann Lee on May 3, 2024", &["Ann Lee"]);
        check("Ada Berg (abe)", &["Ada Berg"]);
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for text in ["", "admin", "https://bell.example/ann", "ann@bell.example", "12", "By"] {
            check(text, if text == "By" { &["By"] } else { &[] });
        }
    }
}
