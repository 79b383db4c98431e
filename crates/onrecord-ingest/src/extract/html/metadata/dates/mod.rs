//! When the page says its article was published.
//!
//! Places are asked in falling order of trust, and the day of first publication is preferred to that
//! of the last change: structured data, `meta` elements, the address, elements marked as dates, dates
//! in boxes named for them, words like "published", and only then dates of change.

mod places;
mod read;

pub(super) use read::is_month;
pub(in crate::extract) use read::{month, read as read_date};

use onrecord_model::{Known, Published};

use super::facts::Facts;
use super::known;

/// `meta` elements that give the day of publication.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "published_time",
    "article:post_date",
    "og:article:published_time",
    "publication_date",
    "publicationdate",
    "publish_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "pub_date",
    "publish_time",
    "pub-date",
    "date.published",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "article_date_original",
    "originalpublicationdate",
    "shareaholic:article_published_time",
    "citation_date",
    "citation_publication_date",
    "rnews:datepublished",
    "bt:pubdate",
    "displaydate",
    "ptime",
    "created",
    "datecreated",
    "article:created",
    "date_created",
    "creation_date",
    "date",
    "article_date",
    "vr:published_time",
    "mediator_published_time",
    "cdate",
    "release_date",
    "gentime",
    "datetime",
    "timestamp",
    "weibo:article:create_at",
    "published",
    "w-published-date",
];

/// `meta` elements that give the day of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "modified",
    "article:modified",
    "updated_time",
    "lastmodified",
    "last_modified",
    "modificationdate",
    "revision_date",
];

/// The first place that gives a plausible date.
pub(super) fn published(facts: &Facts<'_>) -> Option<Known<Published>> {
    let is_us = places::is_us(facts);
    let one = |text: Option<&str>, rule| Some(known(read::read(text?, false)?, rule));
    let metas = |names: &[&str], rule: &'static str| {
        names
            .iter()
            .flat_map(|name| facts.metas_named(name))
            .find_map(|text| Some(known(read::read(text, is_us)?, rule)))
    };
    let data = &facts.json_ld;
    let stated =
        one(data.published.as_deref(), "published.json_ld").or_else(|| metas(PUBLISHED, "published.meta"));
    let address = places::address(facts);
    if let (Some(stated), Some(address)) = (&stated, &address) {
        return Some(if is_same_day_elsewhere(&stated.value, &address.value) {
            address.clone()
        } else {
            stated.clone()
        });
    }
    stated
        .or(address)
        .or_else(|| places::marked(facts, is_us))
        .or_else(|| one(data.created.as_deref(), "published.json_ld_created"))
        .or_else(|| places::named(facts, is_us))
        .or_else(|| places::scripted(facts))
        .or_else(|| places::announced(facts, is_us))
        .or_else(|| metas(MODIFIED, "published.meta_modified"))
        .or_else(|| one(data.modified.as_deref(), "published.json_ld_modified"))
        .or_else(|| places::anywhere(facts, is_us))
}

/// Whether the stated time, in UTC, is the evening before or the morning after the day in the address:
/// then the address has the outlet's own day.
fn is_same_day_elsewhere(stated: &Published, address: &Published) -> bool {
    let days = (stated.date - address.date).get_days();
    days.abs() == 1
}
