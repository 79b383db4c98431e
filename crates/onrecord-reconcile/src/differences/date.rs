//! Another day for the same happening.

use onrecord_model::{DateReference, DateValue, Span};

use super::pair::{Finding, Pair, Shown};
use crate::tellings::{Telling, Word};

/// Stretches longer than this are too vague to be set against each other.
const LONGEST_STRETCH_DAYS: i32 = 31;

/// Dates inside the accounts, and the days on which they say it was said.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let mut found = in_content(pair);
    found.extend(of_saying(pair));
    found
}

/// Dates in the content that no date of the other side agrees with, in clauses that tell the same.
fn in_content(pair: &Pair) -> Vec<Finding> {
    let open = |side: usize| -> Vec<usize> {
        let words = &pair.sides[side].words;
        (0..words.len())
            .filter(|&i| words[i].date.is_some() && pair.alignment.link(side, i).is_none())
            .collect()
    };
    let (left, right) = (open(0), open(1));
    let alone = left.len() == 1 && right.len() == 1 && pair.is_close();
    let mut found = Vec::new();
    for &i in &left {
        let rival =
            right.iter().copied().find(|&j| (alone || pair.tell_alike(i, j, 40)) && apart(pair, i, j));
        if let Some(j) = rival {
            let sides =
                [Shown::Words(pair.sides[0].words[i].span), Shown::Words(pair.sides[1].words[j].span)];
            found.push(Finding {
                sides,
                rule: "difference.date.content",
                note: "another day in the same clause".to_owned(),
            });
        }
    }
    found
}

fn apart(pair: &Pair, i: usize, j: usize) -> bool {
    let printed = [&pair.sides[0].words[i].text, &pair.sides[1].words[j].text];
    // "that day" and "tonight" take their day from elsewhere, which may have been read wrongly.
    let says_day = |text: &&String| text.contains(|c: char| c.is_ascii_digit());
    match (value(pair.sides[0], i), value(pair.sides[1], j)) {
        _ if printed[0] == printed[1] || !printed.iter().all(says_day) => false,
        (Some(a), Some(b)) => is_exact(a) && is_exact(b) && !a.is_compatible_with(b),
        _ => false,
    }
}

fn value<'a>(telling: &Telling<'a>, word: usize) -> Option<&'a DateValue> {
    let date = telling.words.get(word)?.date?;
    telling.of.annotations.dates.get(date as usize)?.value.as_ref()
}

fn is_exact(value: &DateValue) -> bool {
    value.last.since(value.first).is_ok_and(|stretch| stretch.get_days() <= LONGEST_STRETCH_DAYS)
}

/// The days on which the two accounts say that the words were said.
fn of_saying(pair: &Pair) -> Option<Finding> {
    let [left, right] = pair.sides;
    let (((a, here), near), ((b, there), too)) = (said(left)?, said(right)?);
    if !(pair.is_close() && near && too) || a.is_compatible_with(&b) {
        return None;
    }
    let sides = [Shown::Words(here), Shown::Words(there)];
    let note = format!("said on {} in one, on {} in the other", a.edtf, b.edtf);
    Some(Finding { sides, rule: "difference.date.said", note })
}

/// The one day of saying that the account's article prints, where it prints it, and whether that is beside
/// the account.
fn said(telling: &Telling) -> Option<((DateValue, Span), bool)> {
    let mut days: Vec<&DateValue> = telling.quotations().filter_map(|q| q.said_on.as_ref()).collect();
    days.dedup();
    let [day] = days.as_slice() else { return None };
    day.as_day()?;
    let near = printed_near(telling, day);
    let printed = near.or_else(|| printed_first(telling, day))?;
    Some((((*day).clone(), printed), near.is_some()))
}

fn printed_near(telling: &Telling, day: &DateValue) -> Option<Span> {
    let dates = &telling.of.annotations.dates;
    let is_day =
        |w: &&Word| w.date.and_then(|i| dates.get(i as usize)).is_some_and(|d| d.value.as_ref() == Some(day));
    telling.frame.iter().find(is_day).map(|w| w.span)
}

fn printed_first(telling: &Telling, day: &DateValue) -> Option<Span> {
    let is_day = |d: &&DateReference| d.value.as_ref() == Some(day);
    telling.of.annotations.dates.iter().find(is_day).map(|d| d.span)
}
