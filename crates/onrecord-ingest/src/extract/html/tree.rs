//! The tree of one page as a table in document order, built by an HTML5 parser.
//!
//! Nodes stand in the order in which they are printed, each with the end of its subtree, so that a
//! subtree is a range of numbers and nothing has to be walked twice.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{LocalName, ParseOpts, QualName};

/// A place in [`Tree::nodes`].
pub(super) type NodeId = usize;

/// An element, or a run of text.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The element's name in lower case; empty for text.
    pub(super) name: LocalName,
    /// The element's attributes, names in lower case.
    pub(super) attrs: Vec<Attribute>,
    /// The characters of a run of text; empty for elements.
    pub(super) text: StrTendril,
    /// The element around this one; the root is its own.
    pub(super) parent: NodeId,
    /// One past the last node inside this one.
    pub(super) end: NodeId,
}

/// A page; node 0 is the document itself.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Node {
    pub(super) fn is(&self, name: &str) -> bool {
        &*self.name == name
    }

    pub(super) fn is_text(&self) -> bool {
        self.name.is_empty()
    }

    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value)
    }
}

impl Tree {
    /// Parses a page, whose depth must have been cut: the parser's time grows with its square.
    pub(super) fn parse(html: &str) -> Self {
        html5ever::parse_document(Builder::default(), ParseOpts::default()).one(html)
    }

    /// The node and all inside it, in document order.
    pub(super) fn subtree(&self, id: NodeId) -> Range<NodeId> {
        id..self.nodes[id].end
    }

    /// The elements of this name, in document order.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = NodeId> + 'a {
        (0..self.nodes.len()).filter(move |id| self.nodes[*id].is(name))
    }

    /// The elements around this one, the nearest first.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |at| (*at != 0).then(|| self.nodes[*at].parent)).skip(1)
    }

    /// All characters inside, blanks as single spaces.
    pub(super) fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in &self.nodes[self.subtree(id)] {
            push_words(&mut out, &node.text);
            if matches!(&*node.name, "br" | "p" | "div" | "li" | "td") {
                push_words(&mut out, " ");
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Adds text with every run of blanks made one space, also across the seam.
pub(super) fn push_words(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// The longest beginning of a text with at most so many bytes.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

/// A node while the tree is built; links are numbers of nodes, 0 for none.
#[derive(Default)]
struct Draft {
    node: Node,
    first: NodeId,
    last: NodeId,
    next: NodeId,
    previous: NodeId,
}

/// Takes the parser's orders. Comments and instructions are not kept.
struct Builder {
    drafts: RefCell<Vec<Draft>>,
    nothing: Rc<QualName>,
}

impl Default for Builder {
    fn default() -> Self {
        let nothing = Rc::new(QualName::new(None, html5ever::ns!(), LocalName::default()));
        Self { drafts: RefCell::new(vec![Draft::default()]), nothing }
    }
}

impl Builder {
    fn add(&self, node: Node) -> NodeId {
        let mut drafts = self.drafts.borrow_mut();
        drafts.push(Draft { node, ..Draft::default() });
        drafts.len() - 1
    }

    fn unlink(&self, id: NodeId) {
        let drafts = &mut *self.drafts.borrow_mut();
        let (parent, previous, next) = (drafts[id].node.parent, drafts[id].previous, drafts[id].next);
        if drafts[parent].first == id {
            drafts[parent].first = next;
        }
        if drafts[parent].last == id {
            drafts[parent].last = previous;
        }
        // Node 0 is never anyone's sibling, so that writing to it is harmless.
        drafts[previous].next = next;
        drafts[next].previous = previous;
        drafts[0].next = 0;
        drafts[0].previous = 0;
        drafts[id].next = 0;
        drafts[id].previous = 0;
    }

    /// Puts a node without place before `next`, or last where that is 0.
    fn link(&self, id: NodeId, parent: NodeId, next: NodeId) {
        let drafts = &mut *self.drafts.borrow_mut();
        let previous = if next == 0 { drafts[parent].last } else { drafts[next].previous };
        drafts[id].node.parent = parent;
        drafts[id].next = next;
        drafts[id].previous = previous;
        match previous {
            0 => drafts[parent].first = id,
            _ => drafts[previous].next = id,
        }
        match next {
            0 => drafts[parent].last = id,
            _ => drafts[next].previous = id,
        }
    }

    fn place(&self, child: NodeOrText<Handle>, parent: NodeId, next: NodeId) {
        match child {
            NodeOrText::AppendNode(node) if node.id != 0 => {
                self.unlink(node.id);
                self.link(node.id, parent, next);
            }
            NodeOrText::AppendNode(_) => {}
            NodeOrText::AppendText(text) => self.place_text(text, parent, next),
        }
    }

    fn place_text(&self, text: StrTendril, parent: NodeId, next: NodeId) {
        let previous = {
            let drafts = self.drafts.borrow();
            if next == 0 { drafts[parent].last } else { drafts[next].previous }
        };
        let is_text = previous != 0 && self.drafts.borrow()[previous].node.is_text();
        if is_text {
            self.drafts.borrow_mut()[previous].node.text.push_tendril(&text);
        } else {
            let id = self.add(Node { text, ..Node::default() });
            self.link(id, parent, next);
        }
    }

    fn nowhere(&self) -> Handle {
        Handle { id: 0, name: Rc::clone(&self.nothing) }
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        flatten(self.drafts.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.nowhere()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let id = self.add(Node { name: name.local.clone(), attrs, ..Node::default() });
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.nowhere()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.nowhere()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(child, parent.id, 0);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_place = element.id != 0 && self.drafts.borrow()[element.id].node.parent != 0;
        if has_place { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's contents are kept inside it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.drafts.borrow()[sibling.id].node.parent;
        self.place(child, parent, sibling.id);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let node = &mut self.drafts.borrow_mut()[target.id].node;
        let known = node.attrs.len();
        for attr in attrs {
            if node.attrs[..known].iter().all(|a| a.name != attr.name) {
                node.attrs.push(attr);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.unlink(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut child = self.drafts.borrow()[node.id].first;
        while child != 0 {
            let next = self.drafts.borrow()[child].next;
            self.unlink(child);
            self.link(child, new_parent.id, 0);
            child = next;
        }
    }
}

/// Brings the nodes that have a place into document order.
fn flatten(mut drafts: Vec<Draft>) -> Tree {
    let mut nodes: Vec<Node> = Vec::with_capacity(drafts.len());
    nodes.push(Node::default());
    let (mut at, mut parent) = (drafts[0].first, 0);
    let mut open: Vec<NodeId> = vec![0];
    while at != 0 {
        let mut node = std::mem::take(&mut drafts[at].node);
        node.parent = parent;
        nodes.push(node);
        if drafts[at].first != 0 {
            open.push(at);
            parent = nodes.len() - 1;
            at = drafts[at].first;
            continue;
        }
        let last = nodes.len() - 1;
        nodes[last].end = last + 1;
        while drafts[at].next == 0 && open.len() > 1 {
            nodes[parent].end = last + 1;
            parent = nodes[parent].parent;
            at = open.pop().unwrap_or_default();
        }
        at = drafts[at].next;
    }
    nodes[0].end = nodes.len();
    Tree { nodes }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as brackets: `p(text)`.
    fn render(tree: &Tree, id: NodeId) -> String {
        let node = &tree.nodes[id];
        let mut inner = Vec::new();
        let mut child = id + 1;
        while child < node.end {
            inner.push(render(tree, child));
            child = tree.nodes[child].end;
        }
        if node.is_text() && id != 0 {
            node.text.to_string()
        } else {
            format!("{}({})", node.name, inner.join(","))
        }
    }

    #[track_caller]
    fn check(html: &str, body: &str) {
        let tree = Tree::parse(html);
        let at = tree.named("body").next().unwrap();
        assert_eq!(render(&tree, at), format!("body({body})"), "{html}");
    }

    #[test]
    fn the_tree_is_what_browsers_build() {
        check("<p>one<p>two", "p(one),p(two)");
        check("<p><b>one<p>two</b> three", "p(b(one)),p(b(two), three)");
        check("<table>lost<tr><td>cell</table>", "lost,table(tbody(tr(td(cell))))");
        check("a<!-- no -->b<br>c", "ab,br(),c");
        check("<ul><li>one<ul><li>two</ul><li>three</ul>", "ul(li(one,ul(li(two))),li(three))");
        check("<a href=1>one<div><a href=2>two</div>three", "a(one),div(a(),a(two)),a(three)");
    }

    #[test]
    fn words_are_parted_by_single_spaces() {
        let tree = Tree::parse("<p> One\n <i>two</i>\t,<br>three </p>");
        assert_eq!(tree.text(0), "One two ,three".replace(",three", ", three"));
    }
}
