//! HTML pages: the blocks that the page's reader chose, laid over all that the page shows.

use onrecord_model::{Boilerplate, OffsetMap, Problem, ProblemKind, Span};

use super::html::{self, HtmlPage};
use super::{Draft, boilerplate, facts, text};
use crate::page::Page;

/// Reads a page of HTML.
pub(super) fn read(source: &str, page: &Page) -> Draft {
    let html = html::read_html(source, page.given.url.as_deref());
    let mut draft = Draft::default();
    for block in &html.blocks {
        let start = draft.raw.len();
        draft.raw.push_str(&block.text);
        let span = Span::new(start, draft.raw.len());
        draft.raw.push('\n');
        match boilerplate::rule_for(&block.text) {
            Some(rule) => draft.boilerplate.push(Boilerplate { span, because: rule.because() }),
            None => {
                let mut map = OffsetMap::default();
                map.push(0, span);
                draft.clean.paragraph(&block.text, &map);
            }
        }
    }
    draft.problems = html.problems.iter().map(|what| damaged(page, what)).collect();
    draft.facts = facts_of(html, &draft.clean.text, page);
    draft.headline_span = text::headline_in(&draft);
    draft
}

fn facts_of(html: HtmlPage, text: &str, page: &Page) -> facts::Facts {
    let given = facts::given(&page.given);
    let authors = html
        .authors
        .map(|known| onrecord_model::Known { value: known.value.join(", "), because: known.because });
    let published = given.published.or(html.published);
    let day = published.as_ref().map(|published| published.value.date);
    facts::Facts {
        headline: given.headline.or(html.headline),
        outlet: given.outlet.or(html.outlet),
        byline: given.byline.or(authors),
        published,
        language: given.language.or(html.language).or_else(|| facts::language(text)),
        url: given.url.or(html.url),
        dateline: facts::dateline_in(text, day),
    }
}

fn damaged(page: &Page, what: &str) -> Problem {
    let origin = page.origin.to_string();
    Problem { kind: ProblemKind::Damaged, message: format!("`{origin}`: {what}"), origin, span: None }
}
