//! News as an Atom feed (RFC 4287): a file that a feed reader looks at again and again.

use std::io::{self, Write};

use onrecord_model::Published;

use super::News;
use crate::xml::escaped;
use onrecord_render::Loaded;
use onrecord_render::masked;

/// Entries that a feed keeps.
const MOST_ENTRIES: usize = 500;
/// What stands for a time that no article gives.
const NO_TIME: &str = "1970-01-01T00:00:00Z";
/// Where an entry begins and ends in a feed that this program wrote.
const ENTRY: [&str; 2] = ["  <entry>\n", "  </entry>\n"];

/// The entries of a feed that this program wrote before; none where the file is something else.
pub(crate) fn kept_entries(feed: &str) -> Vec<&str> {
    let entry = |rest: &'_ str| rest.find(ENTRY[1]).map(|end| end + ENTRY[1].len());
    let starts = feed.match_indices(ENTRY[0]).map(|(at, _)| at);
    starts.filter_map(|at| Some(&feed[at..at + entry(&feed[at..])?])).collect()
}

/// Writes a feed: the news, newest first, and then what it held before.
pub(crate) fn write_feed(
    title: &str,
    news: &[News],
    (loaded, before): (&Loaded, &[&str]),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sorted: Vec<&News> = news.iter().collect();
    sorted.sort_by_key(|item| std::cmp::Reverse(updated(item.published)));
    let mut entries: Vec<String> = sorted.into_iter().map(|item| entry(item, loaded)).collect();
    for &old in before {
        let id = |entry: &str| entry.lines().find(|line| line.contains("<id>")).map(str::to_owned);
        if !entries.iter().any(|new| id(new) == id(old)) {
            entries.push(old.to_owned());
        }
    }
    entries.truncate(MOST_ENTRIES);
    let newest = |entry: &String| {
        let line = entry
            .lines()
            .find_map(|line| line.trim().strip_prefix("<updated>")?.strip_suffix("</updated>"))?;
        Some(line.to_owned())
    };
    let last = entries.iter().filter_map(newest).max().unwrap_or_else(|| NO_TIME.to_owned());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    writeln!(out, "  <title>{}</title>", escaped(title))?;
    writeln!(out, "  <id>urn:onrecord:{}</id>", onrecord_model::Id::of(["feed", title]))?;
    writeln!(out, "  <updated>{last}</updated>")?;
    writeln!(out, "  <author><name>OnRecord</name></author>")?;
    entries.iter().try_for_each(|entry| out.write_all(entry.as_bytes()))?;
    writeln!(out, "</feed>")
}

fn entry(item: &News, loaded: &Loaded) -> String {
    let mut content = String::new();
    for &(article, span) in &item.evidence {
        let of = loaded.article(article).map(|a| &a.article);
        let outlet =
            of.and_then(|a| a.outlet.as_ref()).map_or("outlet not known", |outlet| outlet.value.as_str());
        content += &format!("{}: {}\n", masked(outlet), masked(loaded.words(article, span)));
    }
    let link =
        item.evidence.iter().rev().find_map(|(article, _)| loaded.article(*article)?.article.url.as_ref());
    let link = link.map(|url| url.value.as_str()).filter(|url| url.starts_with("http"));
    let link = link.map(|url| format!("    <link href=\"{}\"/>\n", escaped(url))).unwrap_or_default();
    let terms = std::iter::once(item.kind.name()).chain(item.watches.iter().map(String::as_str));
    let terms: String = terms.map(|term| format!("    <category term=\"{}\"/>\n", escaped(term))).collect();
    let places = item.evidence.iter().map(|(article, span)| format!("{article} {span:?}"));
    let id =
        onrecord_model::Id::of([item.kind.name().to_owned(), item.id.to_string()].into_iter().chain(places));
    format!(
        "{}    <id>urn:onrecord:{id}</id>\n    <title>{}</title>\n    <updated>{}</updated>\n{link}{terms}    <summary>{}</summary>\n    <content>{}</content>\n{}",
        ENTRY[0],
        escaped(&item.title),
        updated(item.published),
        escaped(&item.because.note),
        escaped(&content),
        ENTRY[1],
    )
}

/// A moment as feeds write it; a day is its beginning, and a time without an offset is taken as UTC.
fn updated(published: Option<Published>) -> String {
    let Some(published) = published else { return NO_TIME.to_owned() };
    let Some(time) = published.time else { return format!("{}T00:00:00Z", published.date) };
    let offset = published.offset.unwrap_or(jiff::tz::Offset::UTC);
    let moment = offset.to_timestamp(published.date.to_datetime(time));
    moment.map_or_else(|_| NO_TIME.to_owned(), |moment| format!("{moment:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_an_older_feed_are_kept() {
        let feed =
            "<feed>\n  <entry>\n    <id>1</id>\n  </entry>\n  <entry>\n    <id>2</id>\n  </entry>\n</feed>";
        assert_eq!(kept_entries(feed).len(), 2);
        assert!(kept_entries("<rss>  <entry>\n no end").is_empty());
        let mut out = Vec::new();
        write_feed("r", &[], (&Loaded::default(), &kept_entries(feed)), &mut out).unwrap();
        let again = String::from_utf8(out).unwrap();
        assert_eq!(kept_entries(&again), kept_entries(feed));
    }
}
