//! One pass over a page's tree for everything that metadata is read from.

use super::json_ld::{self, Article};
use crate::extract::html::tree::{NodeId, Tree};

/// The page's own statements, unread.
pub(super) struct Facts<'t> {
    pub(super) tree: &'t Tree,
    /// Where the caller got the page, or the page's canonical address.
    pub(super) url: Option<String>,
    /// Whether the address is the caller's.
    pub(super) url_is_given: bool,
    /// `meta` elements: name in lower case, content.
    metas: Vec<(String, String)>,
    /// The `title` element's text.
    pub(super) title: Option<String>,
    /// The article in the page's structured data.
    pub(super) json_ld: Article,
    /// What the `html` element declares.
    pub(super) lang: Option<String>,
}

impl<'t> Facts<'t> {
    pub(super) fn read(tree: &'t Tree, url: Option<&str>) -> Self {
        let mut facts = Facts {
            tree,
            url: url.map(str::to_owned),
            url_is_given: url.is_some(),
            metas: Vec::new(),
            title: None,
            json_ld: Article::default(),
            lang: None,
        };
        for (id, node) in tree.nodes.iter().enumerate() {
            match &*node.name {
                "meta" => facts.meta(id),
                "link" if node.attr("rel") == Some("canonical") && facts.url.is_none() => facts.canonical(id),
                "title" if facts.title.is_none() => {
                    facts.title = Some(tree.text(id)).filter(|t| !t.is_empty())
                }
                "script" if is_json_ld(node.attr("type")) => {
                    let text: String = tree.nodes[tree.subtree(id)].iter().map(|n| &*n.text).collect();
                    json_ld::read(&text, &mut facts.json_ld);
                }
                "html" if facts.lang.is_none() => {
                    facts.lang = node.attr("lang").or(node.attr("xml:lang")).map(str::to_owned);
                }
                _ => {}
            }
        }
        facts
    }

    fn meta(&mut self, id: NodeId) {
        let node = &self.tree.nodes[id];
        let content = node.attr("content").map(str::trim).unwrap_or_default();
        if content.is_empty() {
            return;
        }
        for attr in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = node.attr(attr) {
                self.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    fn canonical(&mut self, id: NodeId) {
        self.url =
            self.tree.nodes[id].attr("href").filter(|href| href.starts_with("http")).map(str::to_owned);
    }

    /// The first content of a `meta` element with this name.
    pub(super) fn meta_named(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str())
    }

    /// All contents of `meta` elements with this name, in page order.
    pub(super) fn metas_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }

    /// The host of the page's address, without `www.`.
    pub(super) fn host(&self) -> Option<&str> {
        let rest = self.url.as_deref()?.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
    }
}

fn is_json_ld(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}
