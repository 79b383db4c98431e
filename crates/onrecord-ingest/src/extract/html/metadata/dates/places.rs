//! Where on a page dates are printed.

use std::sync::LazyLock;

use onrecord_model::{Known, Published};
use regex::Regex;

use super::read::read;
use crate::extract::html::metadata::facts::Facts;
use crate::extract::html::metadata::{known, scripts};
use crate::extract::html::tree::{Node, NodeId, head};

/// The longest text that is taken for a printed date with some words around, in characters.
const LONGEST_LABEL: usize = 120;

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[/_=-](?:(?<y>(?:19|20)\d\d)[/_-](?<m>[01]?\d)[/_-](?<d>[0-3]?\d)|(?<y2>20\d\d)(?<m2>[01]\d)(?<d2>[0-3]\d))(?:[/_.?-]|$)").ok()
});

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)date|datum|time|publish|posted|byline|fecha|meta|created|submitted|dated|info|data-publ|published|veroeffentl|post-details|article-details|entry-header|post-header|issued|dateline|when").ok()
});

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)publish|posted|veröffentlicht|erstellt|geschrieben|publié|publicado|pubblicato|опубликован|eingestellt|issued|online seit|submitted on").ok()
});

/// Days of publication in the scripts that pages hand to their own programs.
static SCRIPTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:date_?published|published_?(?:at|date|on|time)|publish_?(?:date|time)|publication_?date|created_?at|create_?date|date_?created)(?:\\?["']|&quot;)?\s*[:=]\s*(?:\\?["']|&quot;)(?<text>[^"'\\&]{8,40})"#).ok()
});

/// Whether 02/28 is a day of February here: the page says that it is in American English.
pub(super) fn is_us(facts: &Facts<'_>) -> bool {
    let says = |text: Option<&str>| {
        text.is_some_and(|t| t.eq_ignore_ascii_case("en-us") || t.eq_ignore_ascii_case("en_us"))
    };
    says(facts.lang.as_deref()) || says(facts.meta_named("og:locale"))
}

/// A day in the page's address.
pub(super) fn address(facts: &Facts<'_>) -> Option<Known<Published>> {
    let url = facts.url.as_deref().or_else(|| facts.meta_named("og:url"))?;
    // An archive's address holds the day of its copy before the page's own address.
    let path = url.rsplit_once("://").map_or(url, |(_, rest)| rest);
    let parts = ADDRESS.as_ref()?.captures(path)?;
    let part = |one, other| parts.name(one).or(parts.name(other)).map_or("", |part| part.as_str());
    let found = read(&format!("{}-{}-{}", part("y", "y2"), part("m", "m2"), part("d", "d2")), false)?;
    Some(known(found, "published.url"))
}

/// Which elements are meant, and the rule that names them.
type Step<'a> = (&'a dyn Fn(&Node) -> bool, &'static str);

/// Elements that mark a date: `itemprop="datePublished"`, `time`, `abbr class="published"`.
pub(super) fn marked(facts: &Facts<'_>, is_us: bool) -> Option<Known<Published>> {
    let value = |id: NodeId| {
        let node = &facts.tree.nodes[id];
        let attr =
            ["datetime", "content", "title", "data-datetime", "data-time", "data-utime", "data-timestamp"]
                .into_iter()
                .filter_map(|name| node.attr(name));
        let own = attr.into_iter().find_map(|text| read(text, is_us));
        own.or_else(|| read(&label(facts, id)?, is_us))
    };
    let find = |is_meant: &dyn Fn(&Node) -> bool| {
        let meant = (0..facts.tree.nodes.len()).filter(|id| is_meant(&facts.tree.nodes[*id]));
        nearest(facts, meant.filter_map(|id| Some((id, value(id)?))))
    };
    let has = |node: &Node, attr: &str, words: &[&str]| {
        node.attr(attr).is_some_and(|v| words.iter().any(|word| v.to_ascii_lowercase().contains(word)))
    };
    let is_changed = |node: &Node| {
        has(node, "class", &["updated", "modified"]) && !has(node, "class", &["published"])
            || has(node, "itemprop", &["datemodified"])
    };
    let steps: [Step<'_>; 4] = [
        (
            &|n| {
                has(n, "itemprop", &["datepublished"])
                    || has(n, "property", &["datepublished", "dc:date", "dc:created"])
            },
            "published.itemprop",
        ),
        (
            &|n| {
                n.is("time")
                    && (n.attr("pubdate").is_some()
                        || has(n, "class", &["publish", "entry-date", "post-date", "posted"]))
                    && !is_changed(n)
            },
            "published.time",
        ),
        (
            &|n| {
                matches!(&*n.name, "abbr" | "span")
                    && has(n, "class", &["published", "dtstart", "date-published"])
            },
            "published.class",
        ),
        (&|n| n.is("time") && !is_changed(n), "published.time"),
    ];
    steps.into_iter().find_map(|(is_meant, rule)| Some(known(find(is_meant)?, rule)))
}

/// The text of an element if it is as short as a printed date.
fn label(facts: &Facts<'_>, id: NodeId) -> Option<String> {
    let tree = facts.tree;
    let bytes: usize = tree.nodes[tree.subtree(id)].iter().map(|n| n.text.len()).sum();
    (bytes > 0 && bytes < 6 * LONGEST_LABEL)
        .then(|| tree.text(id))
        .filter(|t| t.chars().count() <= LONGEST_LABEL)
}

/// The first date in a box whose name says that dates or bylines stand in it.
pub(super) fn named(facts: &Facts<'_>, is_us: bool) -> Option<Known<Published>> {
    let pattern = NAMED.as_ref()?;
    let is_named = |node: &Node| {
        ["class", "id"].iter().any(|attr| {
            node.attr(attr)
                .is_some_and(|v| pattern.is_match(v) && !v.to_ascii_lowercase().contains("comment"))
        })
    };
    let nodes = &facts.tree.nodes;
    let boxes = (0..nodes.len()).filter(|id| {
        let node = &nodes[*id];
        matches!(
            &*node.name,
            "div"
                | "span"
                | "p"
                | "li"
                | "td"
                | "ul"
                | "section"
                | "header"
                | "small"
                | "em"
                | "strong"
                | "a"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "dd"
                | "b"
                | "i"
                | "footer"
                | "address"
        ) && is_named(node)
    });
    let found = boxes.filter_map(|id| Some((id, read(&label(facts, id)?, is_us)?)));
    Some(known(nearest(facts, found)?, "published.class"))
}

/// How many dates of one sort are compared.
const MOST_DATES: usize = 60;

/// The date nearest to the page's headline: other articles' dates stand farther off.
fn nearest(facts: &Facts<'_>, dates: impl Iterator<Item = (NodeId, Published)>) -> Option<Published> {
    let headline = facts.tree.named("h1").next();
    let distance = |id: NodeId| match headline {
        Some(at) if id < at => (at - id) * 2,
        Some(at) => id - at,
        None => 0,
    };
    dates.take(MOST_DATES).min_by_key(|(id, _)| distance(*id)).map(|(_, date)| date)
}

/// A date after a word like "published".
pub(super) fn announced(facts: &Facts<'_>, is_us: bool) -> Option<Known<Published>> {
    let pattern = ANNOUNCED.as_ref()?;
    let found = texts(facts).filter_map(|(id, text)| {
        let at = pattern.find(text)?;
        Some((id, read(&text[at.start()..], is_us)?))
    });
    Some(known(nearest(facts, found)?, "published.words"))
}

/// A day of publication in a script's data.
pub(super) fn scripted(facts: &Facts<'_>) -> Option<Known<Published>> {
    Some(known(scripts::first(facts, &SCRIPTED, |text| read(text, false))?, "published.script"))
}

/// The nearest date in a short text of its own, or at the beginning of a text.
pub(super) fn anywhere(facts: &Facts<'_>, is_us: bool) -> Option<Known<Published>> {
    let found = texts(facts).filter_map(|(id, text)| {
        let is_short = text.len() < LONGEST_LABEL * 2;
        let shown = if is_short { text } else { head(text, 30) };
        Some((id, read(shown, is_us)?))
    });
    Some(known(nearest(facts, found)?, "published.text"))
}

/// Runs of visible text with a figure in them.
fn texts<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = (NodeId, &'a str)> {
    let tree = facts.tree;
    let is_hidden = move |id: NodeId| {
        matches!(
            &*tree.nodes[tree.nodes[id].parent].name,
            "script" | "style" | "template" | "noscript" | "title"
        )
    };
    let runs = (0..tree.nodes.len())
        .filter(move |id| tree.nodes[*id].is_text() && !is_hidden(*id))
        .map(|id| (id, tree.nodes[id].text.trim()));
    runs.filter(|(_, text)| {
        text.len() >= 6 && text.as_bytes()[..text.len().min(300)].iter().any(u8::is_ascii_digit)
    })
}
