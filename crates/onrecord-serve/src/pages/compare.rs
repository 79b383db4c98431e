//! A draft beside the record: the form, and what comes of it.

use anyhow::Result;
use onrecord_model::Span;
use onrecord_render::{
    DraftReport,
    brief::show::{Block, Level, draft, escaped, is_hidden, text},
};

use super::{Address, Answer, Frame, article};
use crate::{
    desk::Desk,
    draft::MOST_BYTES,
    marks::{Told, paragraphs},
};

const ABOUT: &str = "Paste a text to see it beside the record: hedges that were dropped, figures, speakers, days and words that are \
     told otherwise, words without their speaker, and what has no account on one of the two sides. The text is kept nowhere and the record is not changed.";

/// The form alone.
pub(crate) fn page(desk: &Desk) -> Result<Answer> {
    let mut frame = Frame::new(&desk.links, "Compare a draft");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Compare a draft")]))?;
    frame.block(&Block::About(vec![text(ABOUT)]))?;
    form(&mut frame, "")?;
    Ok(Answer::Page(frame.finish()))
}

/// What comes of a draft, and the form again with the draft in it.
pub(crate) fn compared(desk: &Desk, sent: &str, report: &DraftReport) -> Result<String> {
    let mut frame = Frame::new(&desk.links.showing(report.draft), "The draft beside the record");
    frame.block(&Block::Heading(Level::Title, None, vec![text("The draft beside the record")]))?;
    let mut wrong = None;
    draft(report, &mut |block| {
        frame.block(block).map_err(|err| {
            wrong = Some(err);
            std::io::Error::other("a block")
        })
    })
    .or_else(|err| wrong.take().map_or(Err(err.into()), Err))?;
    the_draft(&mut frame, report)?;
    frame.html("<section class=\"screen\">\n")?;
    frame.heading("Change it and compare again")?;
    form(&mut frame, sent)?;
    frame.html("</section>\n")?;
    Ok(frame.finish())
}

/// The draft with all that is marked in it: the notes lead there.
fn the_draft(frame: &mut Frame, report: &DraftReport) -> Result<()> {
    let Some(annotated) = report.loaded.article(report.draft) else { return Ok(()) };
    let record = &report.loaded.record;
    frame.html("<section id=\"draft\">\n")?;
    frame.heading("The draft")?;
    frame.html(article::LEGEND)?;
    let known: Vec<_> =
        record.statements.iter().filter(|s| report.known_as(s.id).is_some()).cloned().collect();
    let links = frame.links();
    let lead = |id| links.path(&Address::Statement(report.known_as(id).unwrap_or(id)).path());
    let mut cited = article::cited(record, report.draft);
    let missing = report.told.iter().filter_map(|told| told.unattributed.as_ref());
    cited.extend(missing.map(|missing| missing.span.start()));
    let told = Told { annotated, statements: &known, lead: &lead, cited };
    let whole = Span::new(0, annotated.article.text.len());
    frame.html("<div class=\"text\" dir=\"auto\">\n")?;
    frame.html(&paragraphs(&told, whole, None))?;
    frame.html("</div>\n</section>\n")
}

fn form(frame: &mut Frame, draft: &str) -> Result<()> {
    let to = escaped(&frame.to(Address::Compare));
    frame.html(&format!(
        "<form class=\"draft\" action=\"{to}\" method=\"post\">\n<p><label for=\"text\">The draft (at most {} kB)</label>\n\
         <textarea id=\"text\" name=\"text\" rows=\"14\" maxlength=\"{MOST_BYTES}\" required dir=\"auto\" spellcheck=\"false\">\n{}</textarea></p>\n\
         <p><button>Compare</button></p></form>\n",
        MOST_BYTES / 1_000,
        in_textarea(draft),
    ))
}

/// The text as a form keeps it: line ends stay, and nothing in it ends the field. Characters that cannot be seen are
/// left out: the text above shows them.
pub(super) fn in_textarea(text: &str) -> String {
    let seen: Vec<String> = text
        .split('\n')
        .map(|line| {
            let kept: String = line
                .chars()
                .filter(|&c| matches!(c, '\t' | '\u{200c}' | '\u{200d}') || !is_hidden(c))
                .collect();
            escaped(&kept)
        })
        .collect();
    seen.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_cannot_leave_its_field() {
        assert_eq!(
            in_textarea("one\n</textarea><script>\u{202e}\n\"'&"),
            "one\n&lt;/textarea&gt;&lt;script&gt;\n&quot;&#39;&amp;"
        );
    }
}
