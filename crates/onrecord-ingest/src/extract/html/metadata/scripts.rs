//! What stands in the data that pages hand to their own programs.

use std::sync::LazyLock;

use regex::Regex;

use super::facts::Facts;
use crate::extract::html::tree::head;

/// How much of a page's scripts is searched, in bytes.
const LONGEST_SCRIPTS: usize = 1 << 20;

/// How many hits in one script are looked at.
const MOST_HITS: usize = 20;

/// The first `text` part of a match, in all scripts of the page, that `read` takes.
pub(super) fn first<T>(
    facts: &Facts<'_>,
    pattern: &LazyLock<Option<Regex>>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let pattern = pattern.as_ref()?;
    let mut left = LONGEST_SCRIPTS;
    let mut scripts = facts.tree.named("script").map(|id| id + 1).filter_map(|id| facts.tree.nodes.get(id));
    scripts.find_map(|script| {
        let text = head(&script.text, left);
        left -= text.len();
        pattern.captures_iter(text).take(MOST_HITS).find_map(|parts| read(&parts["text"]))
    })
}
