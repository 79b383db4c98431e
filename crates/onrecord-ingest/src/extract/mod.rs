//! From a page to an article: what is shown, what of it is the article, and what is known about it.

mod boilerplate;
mod clean;
pub(crate) mod decode;
mod entities;
mod facts;
mod html;
mod lines;
mod markup;
mod overlay;
mod shape;
mod text;

#[cfg(test)]
mod tests;

use onrecord_model::{
    Article, Because, Boilerplate, Extraction, Hash, OffsetMap, Problem, ProblemKind, Span,
};

use crate::page::{Content, Page};
use facts::Facts;

/// An extraction under construction.
#[derive(Debug, Default)]
struct Draft {
    raw: String,
    raw_to_page: Option<OffsetMap>,
    clean: clean::Builder,
    headline_span: Option<Span>,
    boilerplate: Vec<Boilerplate>,
    facts: Facts,
    problems: Vec<Problem>,
}

/// Makes an article of one page. A page without article text is a [`Problem`] that says so.
pub fn extract(page: &Page) -> Result<Extraction, Problem> {
    let is_html = page.content == Content::Html;
    let decoded = decode::page(&page.bytes, is_html);
    let (damaged, encoding) = (decoded.damaged, decoded.encoding);
    let mut draft = match page.content {
        _ if page.given.clean => text::kept_as_it_is(decoded, page),
        Content::Html => markup::read(&decoded.text, page),
        Content::Text => text::read(decoded, page),
    };
    if !has_words(&draft.clean.text) {
        return Err(no_article(page, &draft));
    }
    if damaged > 0 {
        draft.problems.push(damaged_bytes(page, damaged, encoding));
    }
    draft.problems.extend(facts::unknown(&draft.facts, &page.origin));
    Ok(finish(draft, page))
}

fn finish(draft: Draft, page: &Page) -> Extraction {
    let page_hash = Hash::of(&page.bytes);
    let facts = draft.facts;
    let article = Article {
        id: Article::id_of(page_hash, &page.origin),
        origin: page.origin.clone(),
        page_hash,
        text_hash: Hash::of(draft.clean.text.as_bytes()),
        text: draft.clean.text,
        headline: facts.headline,
        headline_span: draft.headline_span,
        outlet: facts.outlet,
        byline: facts.byline,
        published: facts.published,
        language: facts.language,
        url: facts.url,
        dateline: facts.dateline,
    };
    Extraction {
        article,
        raw: draft.raw,
        text_to_raw: draft.clean.map,
        raw_to_page: draft.raw_to_page,
        boilerplate: draft.boilerplate,
        problems: draft.problems,
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn no_article(page: &Page, draft: &Draft) -> Problem {
    let origin = page.origin.to_string();
    let (kept, total) = (draft.clean.text.chars().count(), draft.raw.trim().chars().count());
    let message = if total == 0 {
        format!("`{origin}` is empty (hint: fetch the page again, or leave it out with --exclude)")
    } else {
        format!(
            "`{origin}` has no article text: {kept} of {total} characters are left once menus and captions are removed \
             (hint: `onrecord extract --explain {}` shows what was removed and why)",
            page.origin.path
        )
    };
    Problem { kind: ProblemKind::NoArticle, origin, message, span: None }
}

fn damaged_bytes(page: &Page, places: usize, encoding: &str) -> Problem {
    let origin = page.origin.to_string();
    let message = format!(
        "`{origin}` has {places} places that could not be decoded as {encoding}; they are shown as \u{fffd} (hint: fetch the page again or convert it to UTF-8)"
    );
    Problem { kind: ProblemKind::Damaged, origin, message, span: None }
}

/// One line of the raw text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedLine {
    /// Where it stands in the raw text.
    pub span: Span,
    /// Why it was left out; `None` for a line that was kept.
    pub dropped: Option<Because>,
}

/// The lines of `extraction.raw` in order, each with the reason why it was left out, if it was.
pub fn explain(extraction: &Extraction) -> Vec<ExplainedLine> {
    let mut left = extraction.boilerplate.iter().peekable();
    let mut out = Vec::new();
    for span in lines::split(&extraction.raw) {
        while left.next_if(|b| b.span.end() <= span.start()).is_some() {}
        let dropped = left.peek().filter(|b| b.span.overlaps(span)).map(|b| b.because.clone());
        out.push(ExplainedLine { span, dropped });
    }
    out
}

/// Each line of a text with the numbers that the line model sees; only `training/boilerplate` needs it.
#[doc(hidden)]
pub fn line_numbers(raw: &str) -> Vec<(Span, Vec<f32>)> {
    let lines = lines::lines(raw);
    let numbers = boilerplate::numbers(&lines);
    lines.into_iter().map(|line| line.span).zip(numbers).collect()
}
