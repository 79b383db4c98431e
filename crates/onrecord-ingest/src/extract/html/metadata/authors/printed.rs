//! Bylines as the page shows them.

use std::ops::Range;

use super::names::{
    after_opener, is_closer, is_initials, is_joiner, is_name, is_office, is_opener, is_person, split,
};
use crate::extract::html::metadata::facts::Facts;
use crate::extract::html::tree::{Node, NodeId, Tree, push_words};

/// How many elements of one sort are compared.
const MOST_BOXES: usize = 60;

/// Boxes with more nodes than this hold more than a byline.
const LARGEST_BOX: usize = 40;

/// The longest byline, in characters.
const LONGEST: usize = 120;

/// How far behind the headline, in nodes, a line that begins with "By" is taken for a byline.
const FAR: usize = 200;

/// The names in the byline nearest to the headline: in elements marked for the author, links to an
/// author's page, boxes named for the author, lines that begin with "By".
pub(super) fn printed(facts: &Facts<'_>) -> Vec<String> {
    let tree = facts.tree;
    let headline = tree.named("h1").next().unwrap_or_default();
    let steps: [fn(&Node) -> bool; 3] = [is_marked, is_link_to_author, is_called_author];
    for is_meant in steps {
        let boxes = (0..tree.nodes.len()).filter(|id| is_meant(&tree.nodes[*id])).take(MOST_BOXES);
        let boxes: Vec<(NodeId, Vec<String>)> =
            boxes.map(|id| (id, names_in(tree, id))).filter(|(_, names)| !names.is_empty()).collect();
        let nearest = boxes.iter().min_by_key(|(id, _)| distance(headline, *id));
        if let Some((id, names)) = nearest {
            return with_neighbours(tree, *id, names, &boxes);
        }
    }
    announced(tree, headline)
}

fn distance(headline: NodeId, id: NodeId) -> usize {
    if id < headline { (headline - id) * 2 } else { id - headline }
}

/// The names of all elements of the same make that stand in the same small box.
fn with_neighbours(tree: &Tree, id: NodeId, names: &[String], all: &[(NodeId, Vec<String>)]) -> Vec<String> {
    let small = tree.ancestors(id).take(3).take_while(|at| tree.subtree(*at).len() <= LARGEST_BOX);
    let Some(around) = small.last() else { return names.to_vec() };
    let inside = tree.subtree(around);
    let is_alike = |other: NodeId| inside.contains(&other) && make(tree, other) == make(tree, id);
    all.iter().filter(|(other, _)| is_alike(*other)).flat_map(|(_, names)| names.clone()).collect()
}

/// By what elements that are made alike are known: name and class.
fn make(tree: &Tree, id: NodeId) -> (&str, Option<&str>) {
    (&tree.nodes[id].name, tree.nodes[id].attr("class"))
}

/// The names that a small box opens with.
fn names_in(tree: &Tree, id: NodeId) -> Vec<String> {
    if tree.subtree(id).len() > LARGEST_BOX {
        return Vec::new();
    }
    let segments = segments(tree, tree.subtree(id));
    let length: usize = segments.iter().map(|(_, text)| text.chars().count()).sum();
    if length > LONGEST * 2 { Vec::new() } else { first_names(tree, &segments) }
}

/// The texts between the tags of a box: a name and the office behind it stand in elements of their own.
fn segments(tree: &Tree, nodes: Range<NodeId>) -> Vec<(NodeId, String)> {
    let is_shown = |id: NodeId| {
        !matches!(&*tree.nodes[tree.nodes[id].parent].name, "script" | "style" | "noscript" | "title")
    };
    let mut out = Vec::new();
    for id in nodes.filter(|id| tree.nodes[*id].is_text() && is_shown(*id)) {
        let mut text = String::new();
        push_words(&mut text, &tree.nodes[id].text);
        let text = text.trim();
        if !text.is_empty() {
            out.push((id, text.to_owned()));
        }
    }
    out
}

/// The first names in a row of texts, with those that "and" or the same make of box joins to them.
fn first_names(tree: &Tree, segments: &[(NodeId, String)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut is_joined = true;
    let mut last = 0;
    for (id, segment) in segments {
        if is_opener(segment) || is_joiner(segment) {
            is_joined |= !names.is_empty();
            continue;
        }
        let holder = tree.nodes[*id].parent;
        let goes_on = is_joined
            || segment.starts_with([',', '&'])
            || is_person(segment) && make(tree, holder) == make(tree, last) && holder != last;
        let found = if goes_on { people(segment) } else { Vec::new() };
        if found.is_empty() && !names.is_empty() || is_closer(segment) {
            break;
        }
        let are_initials = names.iter().all(|name| is_initials(name));
        if are_initials && found.iter().any(|name| is_person(name)) {
            names.clear();
        }
        names.extend(found);
        is_joined = names.iter().all(|name| is_initials(name)) || segment.ends_with([',', '&']);
        last = holder;
    }
    names
}

/// The names in one text, without words for offices.
fn people(segment: &str) -> Vec<String> {
    if segment.chars().count() > LONGEST {
        return Vec::new();
    }
    split(segment).into_iter().filter(|name| is_name(name) && !is_office(name)).collect()
}

/// A line behind the headline that begins with "By" and a person's name.
fn announced(tree: &Tree, headline: NodeId) -> Vec<String> {
    let end = tree.nodes.len().min(headline + FAR);
    let texts = segments(tree, headline..end);
    for (i, (_, text)) in texts.iter().enumerate() {
        if text.len() <= LONGEST * 2 && after_opener(text).is_some() {
            let names = first_names(tree, &texts[i..texts.len().min(i + 6)]);
            if !names.is_empty() && names.iter().all(|name| is_person(name)) {
                return names;
            }
        }
    }
    Vec::new()
}

fn is_marked(node: &Node) -> bool {
    let has = |attr, word: &str| node.attr(attr).is_some_and(|v| v.split_whitespace().any(|w| w == word));
    !node.is("meta") && !node.is("link") && (has("rel", "author") || has("itemprop", "author"))
}

fn is_link_to_author(node: &Node) -> bool {
    const PLACES: &[&str] = &[
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/byline/",
        "/writers/",
        "/contributors/",
        "/reporters/",
        "/journalist/",
    ];
    node.is("a") && node.attr("href").is_some_and(|href| PLACES.iter().any(|place| href.contains(place)))
}

fn is_called_author(node: &Node) -> bool {
    const BOXES: &[&str] = &[
        "a", "span", "p", "div", "address", "li", "ul", "em", "strong", "h3", "h4", "h5", "h6", "cite",
        "small", "b", "aside", "button", "section", "td",
    ];
    const NAMES: &[&str] = &[
        "author",
        "byline",
        "by-line",
        "autor",
        "writer",
        "redacteur",
        "forfatter",
        "skribent",
        "posted-by",
        "postedby",
        "creditline",
    ];
    let is_named = |attr| {
        node.attr(attr).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            NAMES.iter().any(|name| value.contains(name)) && !value.contains("comment")
        })
    };
    BOXES.contains(&&*node.name) && (is_named("class") || is_named("id"))
}
