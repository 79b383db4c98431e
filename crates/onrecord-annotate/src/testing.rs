//! What the tests of every annotator share.

use onrecord_model::{Article, Hash, Origin};

/// An article that is nothing but its text.
pub(crate) fn article(text: &str) -> Article {
    let hash = Hash::of(text.as_bytes());
    let origin = Origin { path: "-".to_owned(), record: None, given_id: None };
    Article {
        id: Article::id_of(hash, &origin),
        origin,
        page_hash: hash,
        text: text.to_owned(),
        text_hash: hash,
        headline: None,
        headline_span: None,
        outlet: None,
        byline: None,
        published: None,
        language: None,
        url: None,
        dateline: None,
    }
}
