//! The headline: what the page calls its article, without the site's name.

use onrecord_model::Known;

use super::facts::Facts;
use super::known;
use crate::extract::entities;
use crate::extract::html::tree::push_words;

/// Marks between a headline and a site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " < ", " > ", " ~ ", "｜", " ― ",
];

/// How many names are cut off one title: a section's and the site's.
const MOST_NAMES: usize = 3;

/// The first that gives one: structured data, Open Graph, the page's one big heading, its title.
pub(super) fn headline(facts: &Facts<'_>) -> Option<Known<String>> {
    let sites = sites(facts);
    let h1 = heading(facts);
    let places = [
        ("headline.json_ld", facts.json_ld.headline.clone()),
        ("headline.og_title", facts.meta_named("og:title").map(plain)),
        ("headline.twitter_title", facts.meta_named("twitter:title").map(plain)),
        ("headline.h1", h1.clone()),
        ("headline.title", facts.title.clone()),
    ];
    let (rule, found) = places.into_iter().find_map(|(rule, text)| {
        let text = without_site(&text?, &sites, h1.as_deref());
        (!text.is_empty() && !sites.iter().any(|s| same(s, &text))).then_some((rule, text))
    })?;
    Some(known(found, rule))
}

/// The names that the site has: as it calls itself, and its host.
pub(super) fn sites(facts: &Facts<'_>) -> Vec<String> {
    let named = ["og:site_name", "application-name", "twitter:site", "apple-mobile-web-app-title"];
    let mut sites: Vec<String> = named.iter().filter_map(|name| facts.meta_named(name)).map(plain).collect();
    sites.extend(facts.json_ld.publisher.clone());
    if let Some(host) = facts.host() {
        sites.push(host.to_owned());
        sites.extend(host.rsplit('.').nth(1).map(str::to_owned));
    }
    sites
}

/// The page's heading of the first level, if it has just one that differs, or one marked as headline.
fn heading(facts: &Facts<'_>) -> Option<String> {
    let tree = facts.tree;
    let marked = (0..tree.nodes.len()).find(|id| {
        let node = &tree.nodes[*id];
        !node.is("meta")
            && node.attr("itemprop").is_some_and(|p| p.split_whitespace().any(|w| w == "headline"))
    });
    let texts: Vec<String> = tree.named("h1").map(|id| tree.text(id)).filter(|t| !t.is_empty()).collect();
    let one = texts.first().filter(|first| texts.iter().all(|t| t == *first)).cloned();
    one.or_else(|| marked.map(|id| tree.text(id)).filter(|t| !t.is_empty()))
        .or_else(|| texts.into_iter().max_by_key(String::len))
}

/// A title without the name of the site at its end or beginning.
fn without_site(title: &str, sites: &[String], h1: Option<&str>) -> String {
    let mut title = title.trim();
    for _ in 0..MOST_NAMES {
        let Some((rest, site)) = split_last(title) else { break };
        let is_heading = h1.is_some_and(|h1| same(h1, rest));
        if !is_heading && !sites.iter().any(|s| same(s, site)) {
            break;
        }
        title = rest.trim();
    }
    let first = SEPARATORS.iter().find_map(|s| title.split_once(s));
    let named = first.filter(|(site, _)| sites.iter().any(|s| same(s, site)));
    named.map_or(title, |(_, rest)| rest.trim()).to_owned()
}

/// The name behind the headline in the page's title, where the page's heading shows where that ends.
pub(super) fn site_in_title(facts: &Facts<'_>) -> Option<String> {
    let (rest, site) = split_last(facts.title.as_deref()?)?;
    let heading = heading(facts)?;
    let starts = [Some(rest), split_last(rest).map(|(first, _)| first)];
    let is_confirmed = starts.into_iter().flatten().any(|start| same(start, &heading));
    (is_confirmed && site.chars().count() <= 40).then(|| site.trim().to_owned())
}

fn split_last(title: &str) -> Option<(&str, &str)> {
    SEPARATORS.iter().filter_map(|s| title.rsplit_once(s)).max_by_key(|(rest, _)| rest.len())
}

/// Equal in letters and figures.
pub(super) fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let (a, b) = (letters(a), letters(b));
    a == b && !a.is_empty()
}

/// Text with references decoded, once more than the page did, and blanks made single spaces.
pub(super) fn plain(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (c, length) = entities::at(&rest[at..]).unwrap_or(('&', 1));
        decoded.push(c);
        rest = &rest[at + length..];
    }
    decoded.push_str(rest);
    let mut out = String::new();
    push_words(&mut out, &decoded);
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, h1: Option<&str>, expected: &str) {
        let sites = ["The Bell".to_owned(), "bell.example".to_owned()];
        assert_eq!(without_site(title, &sites, h1), expected);
    }

    #[test]
    fn the_name_of_the_site_is_cut_off() {
        check("Dam opens | The Bell", None, "Dam opens");
        check("Dam opens - Valley - The Bell", Some("Dam opens"), "Dam opens");
        check("The Bell: Dam opens", None, "The Bell: Dam opens");
        check("the bell – Dam opens", None, "Dam opens");
        check("Dam opens - and closes", None, "Dam opens - and closes");
        check("Dam opens | Valley News", Some("Dam opens"), "Dam opens");
        check(" | ", None, "|");
    }

    #[test]
    fn references_are_decoded_and_blanks_made_single() {
        assert_eq!(plain(" &quot;Dam&quot;  opens &amp;c &nope; "), "\"Dam\" opens &c &nope;");
    }
}
