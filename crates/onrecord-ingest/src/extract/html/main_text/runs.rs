//! A page's visible text as runs: what stands between two beginnings or ends of boxes.

use crate::extract::html::BlockKind;
use crate::extract::html::tree::{Node, NodeId, Tree, push_words};

/// One paragraph, heading, item, row, or stretch of loose text.
#[derive(Debug)]
pub(super) struct Run {
    /// Its words, blanks made single spaces.
    pub(super) text: String,
    /// The first node of its text.
    pub(super) start: NodeId,
    /// What the boxes around it make of it.
    pub(super) kind: BlockKind,
    /// The level of a heading, 1 to 6; else 0.
    pub(super) level: u8,
    /// Whether no paragraph, item, heading or cell holds it, only a general box.
    pub(super) is_loose: bool,
    /// How wide it is: characters, wide ones counted twice.
    pub(super) width: usize,
    /// How much of the width is links.
    pub(super) link_width: usize,
    /// Whether it is known not to be of the article.
    pub(super) is_dropped: bool,
}

/// Elements whose words are never the article's.
const SKIPPED: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "nav",
    "footer",
    "button",
    "select",
    "textarea",
    "svg",
    "iframe",
    "canvas",
    "video",
    "audio",
    "object",
    "embed",
    "menu",
    "dialog",
    "map",
    "datalist",
    "input",
    "label",
    "legend",
    "figcaption",
    "math",
    "applet",
    "rp",
    "rt",
    "noindex",
    "amp-ad",
    "amp-sidebar",
];

/// Elements that begin a line of their own.
const BOXES: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "aside",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "blockquote",
    "q-block",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "form",
    "fieldset",
    "hr",
    "body",
    "html",
    "center",
    "address",
    "details",
    "summary",
    "hgroup",
    "picture",
    "amp-img",
    "img",
];

/// A width from which a run reads like prose rather than like a label.
const PROSE: usize = 80;

impl Run {
    /// The width that counts as prose: none for labels, headings and links.
    pub(super) fn prose(&self) -> usize {
        let own = self.width - self.link_width;
        let is_prose = self.level == 0 && self.width >= PROSE && self.link_width * 2 < self.width;
        if is_prose && !self.is_dropped { own } else { 0 }
    }

    /// Whether more than this share of it, in tenths, is links.
    pub(super) fn is_linked(&self, tenths: usize) -> bool {
        self.link_width * 10 > self.width * tenths
    }
}

/// The width of prose below which a page is taken to show its text only after a script has run.
const LITTLE: usize = 400;

/// The runs of a page in document order; those of hidden boxes too where hardly anything is shown.
pub(super) fn runs(tree: &Tree) -> Vec<Run> {
    let shown = cut(tree, is_hidden);
    let prose = |runs: &[Run]| runs.iter().map(Run::prose).sum::<usize>();
    let much = prose(&shown);
    let is_streamed = || tree.nodes.iter().filter(|node| is_streamed(node)).count() >= 3;
    if much >= LITTLE && !is_streamed() {
        return shown;
    }
    let all = cut(tree, |_| false);
    if prose(&all) > much * 2 { all } else { shown }
}

fn cut(tree: &Tree, is_left_out: impl Fn(&Node) -> bool) -> Vec<Run> {
    let mut cutter =
        Cutter { tree, boxes: vec![0], link_end: 0, run: None, done: Vec::new(), has_break: false };
    let mut id = 0;
    while id < tree.nodes.len() {
        let node = &tree.nodes[id];
        cutter.leave(id);
        if SKIPPED.contains(&&*node.name) || is_left_out(node) {
            id = node.end;
            continue;
        }
        cutter.enter(id, node);
        id += 1;
    }
    cutter.flush();
    cutter.done
}

/// Whether it is a hidden box with a part that a script puts in its place as it arrives.
fn is_streamed(node: &Node) -> bool {
    node.attr("hidden").is_some() && node.attr("id").is_some_and(|id| id.starts_with("S:"))
}

fn is_hidden(node: &Node) -> bool {
    let style = || node.attr("style").unwrap_or_default();
    node.attr("hidden").is_some()
        || node.attr("aria-hidden") == Some("true") && !node.is("div") && !node.is("p")
        || style().contains("display:none")
        || style().contains("display: none")
}

struct Cutter<'t> {
    tree: &'t Tree,
    /// The open boxes, the page itself first.
    boxes: Vec<NodeId>,
    /// Where the open link ends; text before that is linked.
    link_end: NodeId,
    run: Option<Run>,
    done: Vec<Run>,
    has_break: bool,
}

impl Cutter<'_> {
    fn leave(&mut self, id: NodeId) {
        while self.boxes.len() > 1 && self.boxes.last().is_some_and(|b| self.tree.nodes[*b].end <= id) {
            // The cells of one row stay together.
            if !self.in_row() || self.boxes.last().is_some_and(|b| self.tree.nodes[*b].is("tr")) {
                self.flush();
            }
            self.boxes.pop();
        }
    }

    /// Whether a row of a table of figures, not of layout, is the place.
    fn in_row(&self) -> bool {
        self.boxes.iter().rev().take(2).any(|b| self.tree.nodes[*b].is("tr"))
    }

    fn enter(&mut self, id: NodeId, node: &Node) {
        if node.is_text() {
            self.text(id, node);
        } else if node.is("br") {
            self.line_break();
        } else if node.is("a") {
            self.link_end = self.link_end.max(node.end);
        } else if matches!(&*node.name, "td" | "th") {
            self.cell(id);
        } else if BOXES.contains(&&*node.name) {
            self.flush();
            self.boxes.push(id);
        }
    }

    /// A cell with boxes or lines in it is layout and begins anew; others go on in their row.
    fn cell(&mut self, id: NodeId) {
        let is_layout = self
            .tree
            .subtree(id)
            .skip(1)
            .any(|n| self.tree.nodes[n].is("br") || BOXES.contains(&&*self.tree.nodes[n].name));
        if is_layout {
            self.flush();
            self.boxes.push(id);
        } else if let Some(run) = &mut self.run {
            push_words(&mut run.text, " ");
        }
    }

    /// One break after a sentence's end, or two breaks, end a paragraph.
    fn line_break(&mut self) {
        let Some(run) = &mut self.run else { return };
        let ends =
            run.text.trim_end().ends_with(['.', '!', '?', '…', ':', '"', '”', '»', '“', '。', '！', '？']);
        if self.has_break || ends {
            self.flush();
        } else {
            push_words(&mut run.text, " ");
            self.has_break = true;
        }
    }

    fn text(&mut self, id: NodeId, node: &Node) {
        let is_blank = node.text.chars().all(char::is_whitespace);
        if is_blank {
            if let Some(run) = &mut self.run {
                push_words(&mut run.text, " ");
            }
            return;
        }
        self.has_break = false;
        let mut run = self.run.take().unwrap_or_else(|| self.begin(id));
        push_words(&mut run.text, &node.text);
        let width = width(&node.text);
        run.width += width;
        if id < self.link_end {
            run.link_width += width;
        }
        self.run = Some(run);
    }

    fn begin(&self, start: NodeId) -> Run {
        let holder = self.boxes.last().copied().unwrap_or_default();
        let (kind, level) = self.kind();
        let is_loose = kind == BlockKind::Paragraph && !self.tree.nodes[holder].is("p");
        Run { text: String::new(), start, kind, level, is_loose, width: 0, link_width: 0, is_dropped: false }
    }

    /// What the nearest telling box makes of the text.
    fn kind(&self) -> (BlockKind, u8) {
        for b in self.boxes.iter().rev() {
            let name = &*self.tree.nodes[*b].name;
            let kind = match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    return (BlockKind::Heading, name.as_bytes()[1] - b'0');
                }
                "li" | "dd" | "dt" => BlockKind::ListItem,
                "blockquote" => BlockKind::Quote,
                "tr" => BlockKind::Row,
                "pre" => BlockKind::Preformatted,
                "p" | "div" | "span" | "center" => continue,
                _ => break,
            };
            return (kind, 0);
        }
        (BlockKind::Paragraph, 0)
    }

    fn flush(&mut self) {
        self.has_break = false;
        if let Some(mut run) = self.run.take() {
            run.text.truncate(run.text.trim_end().len());
            self.done.push(run);
        }
    }
}

/// Characters that are not blanks, wide ones (Chinese, Japanese, Korean) counted twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_whitespace() { 0 } else { 1 + usize::from(c as u32 > 0x2e80) }).sum()
}
