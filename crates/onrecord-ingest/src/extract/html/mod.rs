//! A page of HTML as the blocks of its article and what the page says about itself.
//!
//! One parse gives a tree; [`main_text`] chooses the part that holds the article and takes its
//! blocks, [`metadata`] reads headline, outlet, authors, date, language and address from JSON-LD,
//! meta elements, the address and the visible text, in that order of trust. Every finding names the
//! rule that made it. Nothing is fetched, and the tree is bounded before it is built.

mod depth;
mod main_text;
mod metadata;
mod tree;

use onrecord_model::{Known, Published};

/// What one page of HTML gives.
#[derive(Debug, Default)]
pub(crate) struct HtmlPage {
    /// The article's blocks in reading order; empty where the page holds none.
    pub(crate) blocks: Vec<Block>,
    /// The headline without the site's name.
    pub(crate) headline: Option<Known<String>>,
    /// The outlet's name as it calls itself, or its host.
    pub(crate) outlet: Option<Known<String>>,
    /// The authors as printed, one a name.
    pub(crate) authors: Option<Known<Vec<String>>>,
    /// When the page says it was published.
    pub(crate) published: Option<Known<Published>>,
    /// The BCP 47 tag that the page declares.
    pub(crate) language: Option<Known<String>>,
    /// The page's own address.
    pub(crate) url: Option<Known<String>>,
    /// What is damaged: a limit reached, metadata that could not be read.
    pub(crate) problems: Vec<String>,
}

/// A stretch of the article that the page shows as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What the page marks it as.
    pub(crate) kind: BlockKind,
    /// Its characters as printed, runs of blanks made one space; lines only in preformatted text.
    pub(crate) text: String,
}

/// The sorts of blocks that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading inside the article.
    Heading,
    /// A paragraph, or a text box without a closer name.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A paragraph set off as a quotation.
    Quote,
    /// A row of a table, its cells parted by spaces.
    Row,
    /// Text whose lines the page fixes.
    Preformatted,
}

/// The longest page that is read, in bytes; what follows is left out and reported.
const LONGEST_BYTES: usize = 16 << 20;

/// Reads a page. `url` is where it came from, if the caller knows.
pub(crate) fn read_html(html: &str, url: Option<&str>) -> HtmlPage {
    let mut page = HtmlPage::default();
    let read = &html[..html.floor_char_boundary(LONGEST_BYTES)];
    if read.len() < html.len() {
        page.problems
            .push(format!("the page is longer than {} MB; its end was not read", LONGEST_BYTES >> 20));
    }
    let (bounded, is_cut) = depth::bounded(read);
    if is_cut {
        page.problems.push(
            "the page's elements are nested too deep; the innermost were taken out of their boxes".to_owned(),
        );
    }
    let tree = tree::Tree::parse(&bounded);
    let body = metadata::read(&tree, url, &mut page);
    let headline = page.headline.as_ref().map(|headline| headline.value.as_str());
    page.blocks = main_text::main_text(&tree, headline);
    let _ = body;
    page
}
