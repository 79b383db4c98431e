//! HTML pages: the blocks that the page's reader chose, laid over all that the page shows.

use onrecord_model::{Because, Boilerplate, OffsetMap, Problem, ProblemKind, Span};

use super::html::{self, HtmlPage};
use super::{Draft, boilerplate, clean, facts, lines, overlay, text};
use crate::page::Page;

/// Reads a page of HTML.
pub(super) fn read(source: &str, page: &Page) -> Draft {
    let html = html::read_html(source, page.given.url.as_deref());
    let blocks: Vec<&str> = html.blocks.iter().map(|block| block.text.as_str()).collect();
    let laid = overlay::overlay(&html.visible, &blocks);
    let headline = html.headline.as_ref().map(|headline| headline.value.as_str());
    let mut draft = Draft { raw: laid.raw, ..Draft::default() };
    let mut at = 0;
    for (block, span) in blocks.iter().zip(laid.blocks) {
        drop_between(&mut draft, Span::new(at, span.start()), headline);
        at = span.end();
        match boilerplate::rule_for(block).filter(|rule| !rule.edges) {
            Some(rule) => draft.boilerplate.push(Boilerplate { span, because: rule.because() }),
            None => {
                let mut map = OffsetMap::default();
                map.push(0, span);
                draft.clean.paragraph(span.slice(&draft.raw), &map);
            }
        }
    }
    let end = draft.raw.len();
    drop_between(&mut draft, Span::new(at, end), headline);
    draft.problems = html.problems.iter().map(|what| damaged(page, what)).collect();
    draft.facts = facts_of(html, &draft.clean.text, page);
    draft.headline_span = text::headline_in(&draft);
    draft
}

/// What the page shows beside the article, line by line.
fn drop_between(draft: &mut Draft, gap: Span, headline: Option<&str>) {
    let lines = lines::split(gap.slice(&draft.raw));
    for span in lines.into_iter().map(|span| span.shifted(gap.start())) {
        let plain = clean::plain(span.slice(&draft.raw)).text;
        let because = match boilerplate::rule_for(&plain) {
            _ if Some(plain.as_str()) == headline => {
                Because::new("boilerplate.headline", "the headline, which is kept beside the text")
            }
            Some(rule) => rule.because(),
            None => Because::new("boilerplate.page", "the page shows it outside the article's part"),
        };
        draft.boilerplate.push(Boilerplate { span, because });
    }
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
        language: given.language.or_else(|| facts::declared_language(html.language, text)),
        url: given.url.or(html.url),
        dateline: facts::dateline_in(text, day),
    }
}

fn damaged(page: &Page, what: &str) -> Problem {
    let origin = page.origin.to_string();
    Problem { kind: ProblemKind::Damaged, message: format!("`{origin}`: {what}"), origin, span: None }
}
