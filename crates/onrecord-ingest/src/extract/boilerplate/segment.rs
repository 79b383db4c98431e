//! Finds the run of lines that is the article: it is where the sentences are.

use onrecord_model::Because;

use super::rules::Rule;
use crate::extract::lines::{self, Line};

/// How far a long line counts, in characters: one long line is not an article.
const MOST_OF_A_LINE: usize = 400;

/// What a line without a sentence costs a run, in characters of prose.
const LABEL_COST: i64 = 25;

/// What a line costs that stands over a list of other stories.
const HEAD_COST: i64 = 250;

/// How many lines above the body are searched for the headline.
const LINES_ABOVE: usize = 6;

/// Keeps the run of prose, its headline, and what no rule names between them.
pub(super) fn decide(lines: &[Line], ruled: &[Option<&Rule>]) -> Vec<Option<Because>> {
    let Some((first, last)) = best_run(lines, ruled) else {
        return ruled.iter().map(|rule| rule.map(Rule::because)).collect();
    };
    let start = headline_above(lines, ruled, first).unwrap_or(first);
    let why = |i: usize| match ruled[i] {
        Some(rule) => Some(rule.because()),
        None if i < start => Some(Because::new("boilerplate.above", "stands above the headline")),
        None if i > last => {
            Some(Because::new("boilerplate.below", "stands below the article's last sentence"))
        }
        None => None,
    };
    (0..lines.len()).map(why).collect()
}

/// The first and last line of the run with the most prose.
fn best_run(lines: &[Line], ruled: &[Option<&Rule>]) -> Option<(usize, usize)> {
    let (mut best, mut run, mut start) = (None, 0_i64, 0);
    let mut most = 0;
    for (i, line) in lines.iter().enumerate() {
        if run <= 0 {
            (run, start) = (0, i);
        }
        run += worth(line, ruled[i]);
        if run > most {
            (most, best) = (run, Some((start, i)));
        }
    }
    best
}

fn worth(line: &Line, rule: Option<&Rule>) -> i64 {
    match rule {
        Some(rule) if rule.heads => -HEAD_COST,
        Some(_) => -LABEL_COST / 5,
        None if is_sentence(line) => line.chars().min(MOST_OF_A_LINE) as i64,
        None => -LABEL_COST,
    }
}

fn is_sentence(line: &Line) -> bool {
    line.is_prose() || lines::ends_like_a_sentence(&line.plain) && line.plain.split_whitespace().count() >= 3
}

/// The nearest line above the body that reads like a headline.
fn headline_above(lines: &[Line], ruled: &[Option<&Rule>], first: usize) -> Option<usize> {
    let above = first.saturating_sub(LINES_ABOVE)..first;
    above.rev().find(|i| ruled[*i].is_none() && is_headline(&lines[*i].plain))
}

/// Some words, not a row of labels: rows have marks or wide gaps between them.
fn is_headline(plain: &str) -> bool {
    let words = plain.split_whitespace().count();
    let has_marks = plain.contains(['|', '›', '»', '·', '•']) && !plain.contains('«') || plain.contains("  ");
    (3..=40).contains(&words) && !has_marks && plain.chars().next().is_some_and(|c| !c.is_lowercase())
}
