//! What is known about an article besides its text, from what was given and what the lines say.

mod byline;
mod language;

use onrecord_model::{Because, Dateline, Known, Origin, Problem, ProblemKind, Published};

pub(super) use byline::is_byline;
pub(super) use language::language;

use super::html;
use super::lines::Line;
use crate::page::{Given, Page};

/// What is known about an article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<Known<String>>,
    pub(super) outlet: Option<Known<String>>,
    pub(super) byline: Option<Known<String>>,
    pub(super) published: Option<Known<Published>>,
    pub(super) language: Option<Known<String>>,
    pub(super) url: Option<Known<String>>,
    pub(super) dateline: Option<Dateline>,
}

/// What the input says goes before what was found.
pub(super) fn given(given: &Given) -> Facts {
    let text = |value: &Option<String>, rule| {
        value.clone().map(|value| Known { value, because: Because::new(rule, "stands in the input") })
    };
    let published = given.published.as_deref().and_then(|text| html::read_date(text, false));
    Facts {
        headline: text(&given.headline, "headline.given"),
        outlet: text(&given.outlet, "outlet.given"),
        byline: text(&given.byline, "byline.given"),
        published: published
            .map(|value| Known { value, because: Because::new("published.given", "stands in the input") }),
        language: text(&given.language, "language.given"),
        url: text(&given.url, "url.given"),
        dateline: None,
    }
}

pub(super) fn of_text(_lines: &[Line], _kept: &[bool], text: &str, page: &Page) -> Facts {
    let mut facts = given(&page.given);
    facts.language = facts.language.or_else(|| language(text));
    facts
}

/// One problem for each thing that a reader expects and that is not known.
pub(super) fn unknown(facts: &Facts, origin: &Origin) -> Vec<Problem> {
    let missing =
        [(facts.published.is_none(), "date", "published"), (facts.outlet.is_none(), "outlet", "outlet")];
    let problem = |(_, what, field): (bool, &str, &str)| Problem {
        kind: ProblemKind::Unknown,
        origin: origin.to_string(),
        message: format!("`{origin}` has no {what} (hint: give it as `{field}` in a JSON Lines or CSV file)"),
        span: None,
    };
    missing.into_iter().filter(|(is_missing, ..)| *is_missing).map(problem).collect()
}
