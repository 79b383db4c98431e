//! Plain text, one article a file.

use crate::formats::{Format, Input, origin, whole};
use crate::page::{Content, Given, Page};
use crate::source::Pages;

/// `.txt` and whatever else turns out to be text.
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text", "md"]
    }

    fn is_recognised(&self, _head: &[u8]) -> bool {
        true
    }

    fn pages(&'static self, input: Input) -> Pages {
        one_page(self.name(), Content::Text, input)
    }
}

/// The one page of a file that is a page.
pub(super) fn one_page(format: &'static str, content: Content, input: Input) -> Pages {
    let name = input.name.clone();
    let page = whole(input).map(|bytes| Page {
        bytes,
        origin: origin(&name, None, None),
        format,
        content,
        given: Given::default(),
    });
    Box::new(std::iter::once(page))
}
