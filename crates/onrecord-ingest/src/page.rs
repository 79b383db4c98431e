//! One page: the bytes of one article, where they came from, and what came along with them.

use onrecord_model::Origin;

/// The most bytes one page may have. A news article has thousands; more is a mistake or an attack.
pub const LONGEST_PAGE_BYTES: usize = 32 << 20;

/// What the bytes of a page are, whatever file they came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Text, possibly with the menus of the page it was scraped from.
    Text,
    /// An HTML page.
    Html,
}

/// What the input says about an article besides its text: the fields of a JSON line, the columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The headline.
    pub headline: Option<String>,
    /// The published date as written.
    pub published: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The authors.
    pub byline: Option<String>,
    /// The text is to be kept byte for byte: the caller's own offsets must fit ours.
    pub clean: bool,
}

/// The bytes of one article, before anything is made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The bytes: the whole file, or the text field of one record, in UTF-8.
    pub bytes: Vec<u8>,
    /// Where the bytes came from; the caller's own id is in `origin.given_id`.
    pub origin: Origin,
    /// The format's name, as in the [`FORMATS`](crate::FORMATS) table.
    pub format: &'static str,
    /// How to read the bytes.
    pub content: Content,
    /// What the input says about the article.
    pub given: Given,
}
