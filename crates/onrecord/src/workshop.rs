//! What the server has others do for it: read a text as an article, and make the record anew.

use anyhow::Result;
use onrecord_annotate::Model;
use onrecord_ingest::{Content, Given, Page};
use onrecord_model::{AnnotatedArticle, Origin, Problem};
use onrecord_store::Store;

use crate::{pipeline, progress::Progress};

/// The road of `annotate` and `correct`, for the server.
#[derive(Debug)]
pub(crate) struct Workshop {
    /// What the words are read by.
    pub(crate) model: Model,
}

impl onrecord_serve::Workshop for Workshop {
    fn read(&self, text: &str) -> Result<AnnotatedArticle, Problem> {
        let page = Page {
            bytes: text.as_bytes().to_vec(),
            origin: Origin { path: "draft".to_owned(), record: None, given_id: None },
            format: "text",
            content: Content::Text,
            given: Given { clean: true, ..Given::default() },
        };
        pipeline::read_article(&page, self.model)
    }

    fn reconcile(&self, store: &mut Store) -> Result<()> {
        pipeline::reconcile(store, &Progress::new())?;
        Ok(())
    }
}
