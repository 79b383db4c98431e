//! Looking for something, narrowed by speaker, outlet, language, day and kind of difference.

use anyhow::Result;
use onrecord_model::{DifferenceKind, Id};
use onrecord_render::brief::{
    Index,
    show::{Anchor, Block, Inline, Level, Line, count, escaped, printed, text, when},
};
use onrecord_store::{Listed, MOST_RANKED, Order, Page, Search};

use super::{Address, Answer, Frame, Query, lists, statement};
use crate::desk::{Desk, Take};

/// Statements on a page.
const STATEMENTS: usize = 20;
/// Articles beside them.
const ARTICLES: usize = 8;
/// Articles on a page of their own.
const ALL_ARTICLES: usize = 40;
/// Characters of a question.
pub(crate) const MOST_CHARS: usize = 400;

const NOTHING: &str = "No statement of the record fits all that was asked for. Every word has to be there: ask for fewer, or for less to be narrowed down.";

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// To the record.
    pub(crate) search: Search,
    /// Which page of the answer, from 1.
    pub(crate) page: usize,
}

impl Asked {
    /// Reads what stands behind the question mark; an error says what cannot be read.
    pub(crate) fn read(query: &Query) -> Result<Self, String> {
        let value = |name: &str| query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let words = |name: &str| match value(name) {
            Some(words) if words.chars().count() > MOST_CHARS => {
                Err(format!("`{name}` has more than {MOST_CHARS} characters"))
            }
            words => Ok(words.map(str::to_owned)),
        };
        let day = |name: &str| match value(name).map(|day| (day, day.parse::<jiff::civil::Date>())) {
            None => Ok(None),
            Some((_, Ok(day))) => Ok(Some(day.to_string())),
            Some((_, Err(_))) => Err(format!("`{name}` is a day as in 2024-02-28")),
        };
        let kind = match value("kind") {
            None => None,
            Some(kind) => {
                Some(DifferenceKind::from_name(kind).ok_or("`kind` is the name of a kind of difference")?)
            }
        };
        let story = match value("story") {
            None => None,
            Some(id) => Some(Id::parse(id).ok_or("`story` is the id of a story")?),
        };
        let page = match value("page").map(str::parse::<usize>) {
            None => 1,
            Some(Ok(n)) if n > 0 => n,
            Some(_) => return Err("`page` is a number from 1".to_owned()),
        };
        let search = Search {
            words: words("q")?.unwrap_or_default(),
            speaker: words("speaker")?.unwrap_or_default(),
            outlet: words("outlet")?,
            language: words("language")?,
            from: day("from")?,
            to: day("to")?,
            kind,
            story,
        };
        Ok(Self { search, page })
    }

    /// The same question in an address, for another page of the answer.
    fn address(&self, page: usize) -> String {
        let search = &self.search;
        let pairs = [
            ("q", Some(search.words.clone()).filter(|words| !words.is_empty())),
            ("speaker", Some(search.speaker.clone()).filter(|words| !words.is_empty())),
            ("outlet", search.outlet.clone()),
            ("language", search.language.clone()),
            ("from", search.from.clone()),
            ("to", search.to.clone()),
            ("kind", search.kind.map(|kind| kind.name().to_owned())),
            ("story", search.story.map(|id| id.to_string())),
            ("page", (page > 1).then(|| page.to_string())),
        ];
        let pairs =
            pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", percent(&value?))));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// A value as it stands in an address.
fn percent(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

pub(crate) fn page(desk: &Desk, query: &Query) -> Result<Answer> {
    let asked = match Asked::read(query) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(Answer::Bad(wrong)),
    };
    // Printed or kept in a tab, the page says what was asked.
    let title = match asked.search.words.trim() {
        "" => "Search".to_owned(),
        words => format!("Search: “{}”", printed(words)),
    };
    let mut frame = Frame::new(&desk.links, title.clone());
    frame.block(&Block::Heading(Level::Title, None, vec![text(title)]))?;
    form(&mut frame, desk, &asked)?;
    if asked.search == Search::default() {
        return Ok(Answer::Page(frame.finish()));
    }
    if query.get("list").is_some_and(|list| list == "articles") {
        all_articles(&mut frame, desk, &asked)?;
    } else {
        answer(&mut frame, desk, &asked)?;
    }
    Ok(Answer::Page(frame.finish()))
}

/// Statements a page at a time, and the first articles.
fn answer(frame: &mut Frame, desk: &Desk, asked: &Asked) -> Result<()> {
    let stretch = Page { offset: (asked.page - 1).saturating_mul(STATEMENTS), limit: STATEMENTS };
    let found = desk.find_statements(&asked.search, stretch)?;
    let articles = desk.find_articles(&asked.search, Page { offset: 0, limit: ARTICLES })?;
    let mut take = Take::lines(found.ids.clone());
    take.articles.clone_from(&articles.ids);
    let loaded = desk.take(&take)?;
    let index = Index::new(&loaded);
    let path = frame.to(Address::Search);
    frame.heading(count(found.total, "statement"))?;
    not_weighed(frame, found.order)?;
    if found.ids.is_empty() {
        frame.block(&Block::About(vec![text(match found.total {
            0 => NOTHING,
            _ => lists::BEYOND,
        })]))?;
    } else {
        statement::table(frame, &index, &found.ids)?;
        let pages = lists::pages(found.total, STATEMENTS);
        frame.pager(asked.page, pages, |n| format!("{path}?{}", asked.address(n)))?;
    }
    articles_found(frame, &index, asked, &articles)?;
    if articles.total > ARTICLES {
        let to = escaped(&format!("{path}?{}&list=articles", asked.address(1)));
        let all = count(articles.total, "article");
        frame.html(&format!("<p class=\"about screen\"><a href=\"{to}\">All {all}</a></p>\n"))?;
    }
    Ok(())
}

/// Articles alone, a page at a time.
fn all_articles(frame: &mut Frame, desk: &Desk, asked: &Asked) -> Result<()> {
    let stretch = Page { offset: (asked.page - 1).saturating_mul(ALL_ARTICLES), limit: ALL_ARTICLES };
    let articles = desk.find_articles(&asked.search, stretch)?;
    let loaded = desk.take(&Take { articles: articles.ids.clone(), ..Take::lines(Vec::new()) })?;
    let index = Index::new(&loaded);
    let path = frame.to(Address::Search);
    let back = escaped(&format!("{path}?{}", asked.address(1)));
    frame.html(&format!("<p class=\"about screen\"><a href=\"{back}\">Statements</a></p>\n"))?;
    if articles.ids.is_empty() {
        return frame.block(&Block::About(vec![text(lists::BEYOND)]));
    }
    articles_found(frame, &index, asked, &articles)?;
    let pages = lists::pages(articles.total, ALL_ARTICLES);
    frame.pager(asked.page, pages, |n| format!("{path}?{}&list=articles", asked.address(n)))
}

fn articles_found(frame: &mut Frame, index: &Index, asked: &Asked, found: &Listed) -> Result<()> {
    if found.ids.is_empty() {
        return Ok(());
    }
    frame.heading(count(found.total, "article"))?;
    not_weighed(frame, found.order)?;
    if asked.search.kind.is_some() || !asked.search.speaker.is_empty() {
        let about = "Articles that hold the words, whoever speaks in them and whatever accounts differ in.";
        frame.block(&Block::About(vec![text(about)]))?;
    }
    frame.block(&Block::Items(found.ids.iter().map(|&id| article(index, id)).collect()))
}

/// Says so where too many hold the words for the best to stand first.
fn not_weighed(frame: &mut Frame, order: Option<Order>) -> Result<()> {
    let first = match order {
        None | Some(Order::Words) => return Ok(()),
        Some(Order::MostTold) => "those first that are told most and most differently",
        Some(Order::Newest) => "the newest first",
    };
    let about = format!("More than {MOST_RANKED} hold the words, too many to weigh them: {first}.");
    frame.block(&Block::About(vec![text(about)]))
}

fn article<'a>(index: &Index<'a>, id: Id) -> Line<'a> {
    vec![
        Inline::Link(Anchor::Article(id), index.headline(id)),
        text(", "),
        text(index.outlet(id)),
        Inline::Faint(format!(" {}", when(index, id)).into()),
    ]
}

/// The form: it works without a script.
pub(crate) fn form(frame: &mut Frame, desk: &Desk, asked: &Asked) -> Result<()> {
    let search = &asked.search;
    let facets = desk.facets()?;
    let kinds: Vec<(String, String)> =
        DifferenceKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind.name().to_owned())).collect();
    let counted = |list: &[(String, usize)]| -> Vec<(String, String)> {
        let is_shown =
            |(name, _): &&(String, usize)| !desk.hidden.is_some_and(|hidden| hidden.is_named_in(name));
        list.iter()
            .filter(is_shown)
            .map(|(name, n)| (name.clone(), format!("{} ({n})", printed(name))))
            .collect()
    };
    let is_narrowed = asked.search != Search { words: search.words.clone(), ..Search::default() };
    let open = if is_narrowed { " open" } else { "" };
    let story = search
        .story
        .map(|id| format!("<input type=\"hidden\" name=\"story\" value=\"{id}\">"))
        .unwrap_or_default();
    let html = format!(
        "<form class=\"search\" role=\"search\" action=\"{}\" method=\"get\">{story}\n\
         <p class=\"ask\"><label for=\"q\">Words of statements and articles</label>\
         <input id=\"q\" name=\"q\" type=\"search\" maxlength=\"{MOST_CHARS}\" value=\"{}\"><button>Search</button></p>\n\
         <details{open}><summary>Narrow it down</summary><div class=\"facets\">\n{}{}{}{}{}{}</div></details></form>\n",
        escaped(&frame.to(Address::Search)),
        escaped(&search.words),
        input("speaker", "Speaker", "text", &search.speaker),
        select("outlet", "Told by", search.outlet.as_deref(), &counted(&facets.outlets)),
        select("kind", "Differing in", search.kind.map(DifferenceKind::name), &kinds),
        select("language", "Language", search.language.as_deref(), &counted(&facets.languages)),
        input("from", "From", "date", search.from.as_deref().unwrap_or_default()),
        input("to", "To", "date", search.to.as_deref().unwrap_or_default()),
    );
    frame.html(&html)
}

fn input(name: &str, label: &str, kind: &str, value: &str) -> String {
    format!(
        "<p><label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{}\"></p>\n",
        escaped(value)
    )
}

fn select(name: &str, label: &str, chosen: Option<&str>, choices: &[(String, String)]) -> String {
    let option = |(value, words): &(String, String)| {
        let selected = if chosen == Some(value) { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", escaped(value), escaped(words))
    };
    let options: String = choices.iter().map(option).collect();
    format!(
        "<p><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\"><option value=\"\">any</option>{options}</select></p>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_question_reads_back_from_its_own_address() {
        let asked =
            Asked::read(&query(&[("q", "50% & more"), ("kind", "figure"), ("to", "2024-02-28")])).unwrap();
        assert_eq!(asked.address(3), "q=50%25%20%26%20more&to=2024-02-28&kind=figure&page=3");
        assert_eq!(Asked::read(&query(&[("outlet", " ")])).unwrap().search, Search::default());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let wrong = |name: &str, value: &str| Asked::read(&query(&[(name, value)])).unwrap_err();
        assert_eq!(wrong("kind", "lie"), "`kind` is the name of a kind of difference");
        assert_eq!(wrong("from", "yesterday"), "`from` is a day as in 2024-02-28");
        assert_eq!(wrong("page", "0"), "`page` is a number from 1");
        assert_eq!(wrong("story", "x"), "`story` is the id of a story");
        assert_eq!(wrong("q", &"x".repeat(500)), "`q` has more than 400 characters");
    }
}
