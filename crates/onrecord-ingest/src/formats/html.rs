//! HTML pages: saved from a browser, fetched, or called something else.

use crate::extract::decode;
use crate::formats::text::one_page;
use crate::formats::{Format, Input};
use crate::page::Content;
use crate::source::Pages;

/// `.html`, and text files that start like a page.
pub(super) struct Html;

/// Opening tags that an HTML file shows early; one of them and a `<` at the start is enough.
const TAGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<div",
    "<p>",
    "<p ",
    "<article",
    "<meta",
    "<title",
    "<h1",
];

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml", "php", "asp", "aspx"]
    }

    fn is_recognised(&self, head: &[u8]) -> bool {
        let head = decode::head(head).to_ascii_lowercase();
        head.trim_start().starts_with('<') && TAGS.iter().any(|tag| head.contains(tag))
    }

    fn pages(&'static self, input: Input) -> Pages {
        one_page(self.name(), Content::Html, input)
    }
}
