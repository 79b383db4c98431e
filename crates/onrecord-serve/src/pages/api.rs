//! What programs can ask for, in words.

use anyhow::Result;
use onrecord_render::brief::show::{Block, Level, escaped, text};

use super::{Answer, Frame, frame::with_code};
use crate::{
    api::{DOCUMENT, Described, described},
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
    let rows: String = described().iter().map(row).collect();
    frame.html(&format!(
        "<table class=\"first api\"><thead><tr><th scope=\"col\">address</th><th scope=\"col\">what it gives</th>\
         <th scope=\"col\">what it can be asked</th></tr></thead><tbody>\n{rows}</tbody></table>\n"
    ))?;
    Ok(Answer::Page(frame.finish()))
}

/// One address, its parameters one a line.
fn row(endpoint: &Described) -> String {
    let parameter =
        |(name, about): &(&str, &str)| format!("<li><code>{name}</code> {}</li>", with_code(about));
    let parameters: String = endpoint.parameters.iter().map(parameter).collect();
    let parameters = if parameters.is_empty() { String::new() } else { format!("<ul>{parameters}</ul>") };
    let path = escaped(&endpoint.path);
    format!(
        "<tr><td><code>{path}</code></td><td>{}</td><td>{parameters}</td></tr>\n",
        with_code(endpoint.about)
    )
}
