//! Which of several printings of one text was first.

use jiff::{SignedDuration, civil::DateTime, civil::Time, tz::Offset};
use onrecord_model::{Article, Id, Published};

use crate::words::words;

/// The origin, the rule that chose it, and a sentence for people. `articles` holds at least one.
pub(super) fn find(articles: &[&Article]) -> (Id, &'static str, String) {
    let first: Vec<&Article> = articles.iter().copied().filter(|a| !is_later(a, articles)).collect();
    if let ([one], true) = (first.as_slice(), articles.iter().all(|a| a.published.is_some())) {
        return (one.id, "copies.earliest", "this one was published first".to_owned());
    }
    let credited: Vec<&Article> = first.iter().copied().filter(|a| is_credited(a, articles)).collect();
    if let [one] = credited.as_slice() {
        return (one.id, "copies.credited", "the others credit its outlet".to_owned());
    }
    let rest = if credited.is_empty() { first } else { credited };
    let longest = rest.iter().max_by_key(|a| (a.text.len(), std::cmp::Reverse(a.id)));
    let id = longest.map_or(Id::of([""]), |a| a.id);
    (id, "copies.longest", "none is known to be earlier, and this one is the longest".to_owned())
}

/// Whether some other article was surely published before `article`.
fn is_later(article: &Article, others: &[&Article]) -> bool {
    let Some(own) = article.published.as_ref().map(|p| moments(&p.value)) else { return false };
    others.iter().filter_map(|o| o.published.as_ref()).any(|p| moments(&p.value).1 < own.0)
}

/// The first and the last moment, in UTC, at which it can have been published.
pub(crate) fn moments(published: &Published) -> (DateTime, DateTime) {
    // Without a printed offset the clock may stand anywhere on earth, but an article without one is
    // most often compared with others of its region.
    let offset = published.offset.unwrap_or(Offset::UTC);
    let utc = |time: Time| {
        let shift = SignedDuration::from_secs(i64::from(offset.seconds()));
        published.date.to_datetime(time).saturating_sub(shift)
    };
    match published.time {
        Some(time) => (utc(time), utc(time)),
        None => (utc(Time::MIN), utc(Time::MAX)),
    }
}

/// Whether a dateline or byline among the copies names the outlet of `article`.
fn is_credited(article: &Article, copies: &[&Article]) -> bool {
    let Some(outlet) = article.outlet.as_ref() else { return false };
    let own: Vec<u64> = words(&outlet.value).iter().map(|w| w.form).collect();
    copies.iter().filter(|copy| copy.id != article.id).any(|copy| {
        let dateline = copy.dateline.as_ref().and_then(|d| d.agency.clone());
        let byline = copy.byline.as_ref().map(|b| b.value.clone());
        [dateline, byline].into_iter().flatten().any(|credit| {
            let named: Vec<u64> = words(&credit).iter().map(|w| w.form).collect();
            own.first().is_some_and(|first| named.contains(first))
        })
    })
}
