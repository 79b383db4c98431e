//! When a text was published, from the lines around the article and from its own beginning.

use std::sync::LazyLock;

use jiff::civil::Date;
use onrecord_model::{Because, Known, Published};
use regex::Regex;

use super::View;
use super::dateline::Printed;
use super::days::{Years, partial_day};
use super::words::{WORDS, weekday};
use crate::extract::html;
use crate::extract::lines::beginning;

/// The longest line that is read as a date stamp, in bytes.
const LONGEST_STAMP: usize = 260;

/// How many lines above the article's first sentence are searched for a stamp.
const LINES_ABOVE: usize = 14;

/// How many lines below its last sentence are.
const LINES_BELOW: usize = 12;

/// How much of the first sentences is searched for a day, in bytes.
const LEAD_BYTES: usize = 400;

/// A day in an address.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[/_=-](?<y>(?:19|20)\d\d)[/_-]?(?<m>[01]\d)[/_-]?(?<d>[0-3]\d)(?:[/_.?-]|$)").ok()
});

/// The first place that tells: a stamp, the address, the dateline, a day in the lead.
pub(super) fn published(
    view: &View<'_>,
    url: Option<&str>,
    dateline: Option<&Printed>,
    years: &Years,
) -> Option<Known<Published>> {
    stamp(view)
        .or_else(|| address(url?))
        .or_else(|| day_of(dateline?.day(None, years), "published.dateline", "the dateline's day"))
        .or_else(|| lead(view, years))
}

/// A line with a date near the article. What is labelled as published goes before what stands nearest
/// above, and that before a later change.
fn stamp(view: &View<'_>) -> Option<Known<Published>> {
    let body = view.body.unwrap_or(view.lines.len());
    let above = (body.saturating_sub(LINES_ABOVE)..body).rev();
    let below = view.last.map_or(0, |last| last + 1)..view.lines.len();
    let below = below.filter(|i| *i > body).take(LINES_BELOW);
    let found = above.map(|i| (i, true)).chain(below.map(|i| (i, false)));
    let (_, _, rule, value) =
        found.filter_map(|(i, is_above)| read_stamp(view, i, is_above)).min_by_key(|f| (f.0, f.1))?;
    let note = if rule == "published.updated" {
        "a line that names the day of a change"
    } else {
        "a line with the day beside the article"
    };
    Some(Known { value, because: Because::new(rule, note) })
}

type Stamp = (u8, usize, &'static str, Published);

fn read_stamp(view: &View<'_>, i: usize, is_above: bool) -> Option<Stamp> {
    let plain = view.lines[i].plain.as_str();
    let rule = view.rule(i).unwrap_or_default();
    let is_others = matches!(
        rule,
        "boilerplate.caption" | "boilerplate.copyright" | "boilerplate.related" | "boilerplate.editor"
    );
    if plain.len() > LONGEST_STAMP || is_others || !plain.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = html::read_date(plain, false)?;
    let lower = plain.to_lowercase();
    let order = view.order(i);
    match (WORDS.says_published(&lower), WORDS.says_updated(&lower)) {
        (true, _) => Some((0, order, "published.line", value)),
        (false, true) => Some((2, order, "published.updated", value)),
        (false, false) if is_above && view.is_label(i) => Some((1, order, "published.line", value)),
        _ => None,
    }
}

/// A day in the address: `/2024/05/03/`, `/20240503/`.
pub(super) fn address(url: &str) -> Option<Known<Published>> {
    let path = url.rsplit_once("://").map_or(url, |(_, rest)| rest);
    let parts = ADDRESS.as_ref()?.captures(path)?;
    let value = html::read_date(&format!("{}-{}-{}", &parts["y"], &parts["m"], &parts["d"]), false)?;
    Some(Known { value, because: Because::new("published.url", "the day in the address") })
}

/// A weekday with its day and month in the first sentence: "on Thursday (29 February)".
fn lead(view: &View<'_>, years: &Years) -> Option<Known<Published>> {
    let plain = view.lines[view.body?].plain.as_str();
    let lead = beginning(plain, LEAD_BYTES);
    let words = lead.split(|c: char| !c.is_alphanumeric()).filter(|word| weekday(word).is_some());
    let mut days = words.filter_map(|word| {
        let at = word.as_ptr() as usize - lead.as_ptr() as usize;
        partial_day(&lead[at..])
    });
    let day = days.next()?;
    let years = years.clone().with_days(view.lines.iter().map(|line| line.plain.as_str()));
    day_of(day.resolve(None, &years), "published.lead", "the day that the first sentence gives")
}

fn day_of(found: Option<(Date, String)>, rule: &'static str, what: &str) -> Option<Known<Published>> {
    let (date, why) = found?;
    let value = Published { date, time: None, offset: None };
    Some(Known { value, because: Because::new(rule, format!("{what}; {why}")) })
}
