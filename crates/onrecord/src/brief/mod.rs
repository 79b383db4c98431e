//! The record to read and cite.

use std::io::{self, Write};

use crate::loaded::Loaded;

/// Prints the top of the brief: what a build ends with.
pub(crate) fn top(loaded: &Loaded, out: &mut dyn Write) -> io::Result<()> {
    let record = &loaded.record;
    writeln!(
        out,
        "{} articles, {} stories, {} statements, {} differences, {} replies",
        loaded.articles.len(),
        record.stories.len(),
        record.statements.len(),
        record.differences.len(),
        record.replies.len(),
    )
}
