//! What is known about an article besides its text, from what was given and what the lines say.

mod byline;
mod dateline;
mod days;
mod language;
mod naming;
mod published;
mod words;

use jiff::civil::Date;
use onrecord_model::{Because, Dateline, Known, Origin, Problem, ProblemKind, Published};

pub(super) use byline::is_byline;
pub(super) use language::declared as declared_language;
use language::language;

use super::boilerplate::{Verdict, is_sentence};
use super::html;
use super::lines::Line;
use crate::page::Given;
use days::Years;

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

/// The lines of a text, sorted.
pub(super) struct View<'a> {
    lines: &'a [Line],
    verdict: &'a Verdict,
    /// The first and the last kept line that is a sentence.
    body: Option<usize>,
    last: Option<usize>,
}

impl<'a> View<'a> {
    pub(super) fn new(lines: &'a [Line], verdict: &'a Verdict) -> Self {
        let is_body = |i: &usize| {
            verdict.why[*i].is_none()
                && is_sentence(&lines[*i])
                && dateline::printed(&lines[*i].plain).is_none_or(|d| !d.is_whole(&lines[*i].plain))
        };
        let body = (0..lines.len()).find(is_body);
        Self { lines, verdict, body, last: (0..lines.len()).rev().find(is_body) }
    }

    /// The rule by which a line was left out.
    fn rule(&self, i: usize) -> Option<&str> {
        self.verdict.why[i].as_ref().map(|because| &*because.rule)
    }

    /// How near a line stands to the article's beginning; lines below it come last.
    fn order(&self, i: usize) -> usize {
        let body = self.body.unwrap_or(0);
        if i < body { body - i } else { i }
    }

    /// Whether a line is no sentence and not the headline: a stamp, a crumb, a label.
    fn is_label(&self, i: usize) -> bool {
        self.verdict.headline != Some(i) && !is_sentence(&self.lines[i])
    }

    fn kept(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|i| self.verdict.why[*i].is_none())
    }
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

/// What the lines of a text add to what is given; `text` is its clean text.
pub(super) fn of_text(view: &View<'_>, text: &str, input: &Given) -> Facts {
    let mut facts = given(input);
    let lead = view.body.map_or("", |body| view.lines[body].plain.as_str());
    let years = Years::of(view.lines.iter().map(|line| line.plain.as_str()), lead);
    let dateline = first_dateline(view);
    facts.url = facts.url.or_else(|| naming::url(view));
    let url = facts.url.as_ref().map(|url| url.value.clone());
    facts.published = facts
        .published
        .or_else(|| published::published(view, url.as_deref(), dateline.as_ref().map(|d| &d.0), &years));
    facts.outlet = facts.outlet.or_else(|| naming::outlet(view, url.as_deref()));
    facts.byline = facts.byline.or_else(|| byline::byline(bylines(view)));
    facts.headline = facts.headline.or_else(|| headline(view));
    facts.language = facts.language.or_else(|| language(text));
    let day = facts.published.as_ref().map(|published| published.value.date);
    facts.dateline = dateline_of(text, day, &years);
    facts
}

/// The dateline of a clean text whose published day is known or not.
pub(super) fn dateline_in(text: &str, published: Option<Date>) -> Option<Dateline> {
    dateline_of(text, published, &Years::default())
}

/// How many of the first lines may open with a dateline: below headline, subtitle and byline.
const FIRST_LINES: usize = 6;

fn first_dateline(view: &View<'_>) -> Option<(dateline::Printed, usize)> {
    let mut first = view.kept().take(FIRST_LINES);
    first.find_map(|i| Some((dateline::printed(&view.lines[i].plain)?, i)))
}

fn dateline_of(text: &str, published: Option<Date>, years: &Years) -> Option<Dateline> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(FIRST_LINES) {
        if let Some(printed) = dateline::printed(line.trim_end()) {
            return Some(printed.dateline(at, published, years));
        }
        at += line.len();
    }
    None
}

/// How many lines around the article's beginning may name its authors.
const BYLINES_ABOVE: usize = 10;

fn bylines<'a>(view: &'a View<'a>) -> impl Iterator<Item = &'a str> {
    let body = view.body.unwrap_or(0);
    let near = body.saturating_sub(BYLINES_ABOVE)..(body + 2).min(view.lines.len());
    let end = view.last.map_or(view.lines.len(), |last| last + 1).max(near.end)..view.lines.len();
    near.chain(end.take(2)).map(|i| view.lines[i].plain.as_str())
}

fn headline(view: &View<'_>) -> Option<Known<String>> {
    let line = &view.lines[view.verdict.headline?];
    Some(Known {
        value: line.plain.clone(),
        because: Because::new("headline.line", "the line above the first sentence that reads like one"),
    })
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
