//! What programs can ask for, in words.

use anyhow::Result;
use onrecord_render::brief::show::{Block, Inline, Level, Line, escaped, text};

use super::{Answer, Frame};
use crate::{
    api::{DOCUMENT, described},
    desk::Desk,
};

pub(crate) fn page(desk: &Desk) -> Result<Answer> {
    let mut frame = Frame::new(&desk.links, "For programs");
    frame.block(&Block::Heading(Level::Title, None, vec![text("For programs")]))?;
    let about = "The record as JSON, a page at a time, read-only but for corrections where the server was begun with --edit: every answer of a list has total, page, per_page and items. Answers carry \
         an ETag; an error is an object with status, kind and message.";
    frame.block(&Block::About(vec![text(about)]))?;
    let to = escaped(&desk.links.path(DOCUMENT.trim_start_matches('/')));
    frame.html(&format!("<p>Described for tools in <a href=\"{to}\">OpenAPI 3.1</a>.</p>\n"))?;
    let rows = described().into_iter().map(|endpoint| {
        let parameter = |(name, about): (&'static str, &'static str)| {
            vec![Inline::Code(name.into()), text(format!(" {about} "))]
        };
        let parameters: Line = endpoint.parameters.into_iter().flat_map(parameter).collect();
        vec![vec![Inline::Code(endpoint.path.into())], vec![text(endpoint.about)], parameters]
    });
    frame.block(&Block::Table(vec!["address", "what it gives", "what it can be asked"], rows.collect()))?;
    Ok(Answer::Page(frame.finish()))
}
