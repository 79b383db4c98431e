//! Lists of a record, a page at a time, and the ways from one thing to another; each is read by an index.

use std::collections::BTreeMap;

use onrecord_model::{DifferenceKind, Id};
use rusqlite::{Connection, OptionalExtension, ToSql};

use crate::StoreError;
use crate::columns::{Columns, query};
use crate::search::expression;

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Stories, those first that were told last.
    Stories,
    /// Statements, those first that are told most and most differently.
    Statements,
    /// Statements whose accounts differ, the newest first.
    Differing,
    /// Statements that answer others, the newest first.
    Answering,
    /// The statements of a story, those first that are told most and most differently.
    OfStory(Id),
    /// The statements of a speaker, the newest first.
    OfSpeaker(Id),
    /// Articles by id.
    Articles,
    /// Differences by id.
    Differences,
    /// Series of figures by id.
    Figures,
    /// The series of a story by id.
    FiguresOf(Id),
    /// People in a public role, bodies, states and places, by id.
    Entities,
    /// Themes, those first that most statements tell.
    Themes,
    /// Pages that changed, those first in which most changed.
    Pages,
    /// The origins of groups of copies, by the id of the group.
    Copied,
}

/// Some of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The ids, in the order of the list.
    pub ids: Vec<Id>,
    /// How many the whole list has.
    pub total: usize,
}

/// Which stretch of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// So many are passed over.
    pub offset: usize,
    /// At most so many are given.
    pub limit: usize,
}

const BY_WEIGHT: &str = "weight DESC, texts DESC, articles DESC, statement";
const BY_DAY: &str = "day DESC, weight DESC, statement";

/// Persons are listed in a public role only.
const PUBLIC: &str = "FROM entity WHERE kind <> 'person' OR roles <> '[]'";

const THEMES: &str = "FROM (SELECT theme, count(*) AS told FROM theme_statement GROUP BY theme)";

impl List {
    /// The column, what stands from FROM on, the order, and the id that it is about.
    fn sql(self) -> (&'static str, &'static str, &'static str, Option<Id>) {
        match self {
            Self::Stories => ("story", "FROM story_listing", "last_day DESC, weight DESC, story", None),
            Self::Statements => ("statement", "FROM statement_listing", BY_WEIGHT, None),
            Self::Differing => ("statement", "FROM statement_listing WHERE differences > 0", BY_DAY, None),
            Self::Answering => ("statement", "FROM statement_listing WHERE answers > 0", BY_DAY, None),
            Self::OfStory(id) => ("statement", "FROM statement_listing WHERE story = ?", BY_WEIGHT, Some(id)),
            Self::OfSpeaker(id) => {
                ("statement", "FROM statement_listing WHERE speaker = ?", "day DESC, statement", Some(id))
            }
            Self::Articles => ("id", "FROM article", "id", None),
            Self::Differences => ("id", "FROM difference", "id", None),
            Self::Figures => ("id", "FROM figure_series", "id", None),
            Self::FiguresOf(id) => ("id", "FROM figure_series WHERE story = ?", "id", Some(id)),
            Self::Entities => ("id", PUBLIC, "id", None),
            Self::Themes => ("theme", THEMES, "told DESC, theme", None),
            Self::Pages => ("id", "FROM changed_page", "weight DESC, id", None),
            Self::Copied => ("origin", "FROM copy_group", "id", None),
        }
    }
}

pub(crate) fn list(db: &Connection, list: List, page: Page) -> Result<Listed, StoreError> {
    let (column, from, order, about) = list.sql();
    let key: Vec<String> = about.iter().map(Id::to_string).collect();
    let key: Vec<&dyn ToSql> = key.iter().map(|key| key as &dyn ToSql).collect();
    listed(db, (column, from, order), &key, page)
}

/// The same without the count.
pub(crate) fn ids(db: &Connection, list: List, page: Page) -> Result<Vec<Id>, StoreError> {
    let (column, from, order, about) = list.sql();
    let key: Vec<String> = about.iter().map(Id::to_string).collect();
    let key: Vec<&dyn ToSql> = key.iter().map(|key| key as &dyn ToSql).collect();
    stretch(db, (column, from, order), &key, page)
}

fn listed(
    db: &Connection,
    (column, from, order): (&str, &str, &str),
    key: &[&dyn ToSql],
    page: Page,
) -> Result<Listed, StoreError> {
    let total = query(db, &format!("SELECT count(*) {from}"), key, |c| c.n())?.first().copied().unwrap_or(0);
    Ok(Listed { ids: stretch(db, (column, from, order), key, page)?, total })
}

fn stretch(
    db: &Connection,
    (column, from, order): (&str, &str, &str),
    key: &[&dyn ToSql],
    page: Page,
) -> Result<Vec<Id>, StoreError> {
    let (limit, offset) = (count(page.limit), count(page.offset));
    let sql = format!("SELECT {column} {from} ORDER BY {order} LIMIT ? OFFSET ?");
    let key: Vec<&dyn ToSql> = key.iter().copied().chain([&limit as &dyn ToSql, &offset]).collect();
    query(db, &sql, &key, |c| c.id())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What is looked for; everything that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that all must be there.
    pub words: String,
    /// Part of the speaker's name.
    pub speaker: String,
    /// The outlet that tells it.
    pub outlet: Option<String>,
    /// The language it is told in.
    pub language: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// In what the accounts differ.
    pub kind: Option<DifferenceKind>,
    /// The story it belongs to.
    pub story: Option<Id>,
}

/// Conditions and what stands in their place marks.
#[derive(Default)]
struct Conditions {
    sql: Vec<&'static str>,
    values: Vec<String>,
}

impl Conditions {
    fn add(&mut self, sql: &'static str, value: Option<String>) {
        if let Some(value) = value {
            self.sql.push(sql);
            self.values.push(value);
        }
    }

    fn joined(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!(" WHERE {}", self.sql.join(" AND ")) }
    }
}

const TOLD_BY: &str = "EXISTS (SELECT 1 FROM account JOIN article ON article.id = account.article \
     WHERE account.statement = l.statement AND article.outlet = ?)";
const TOLD_IN: &str = "EXISTS (SELECT 1 FROM account JOIN article ON article.id = account.article \
     WHERE account.statement = l.statement AND article.language = ?)";
// Most statements differ in nothing; the listing says so before the differences are looked through.
const DIFFER_IN: &str = "l.differences > 0 AND EXISTS \
     (SELECT 1 FROM difference WHERE difference.statement = l.statement AND difference.kind = ?)";

/// Statements that fit, the best first: by the words where there are some, or else by how much is told of them.
pub(crate) fn find_statements(db: &Connection, search: &Search, page: Page) -> Result<Listed, StoreError> {
    let mut conditions = Conditions::default();
    let terms = [expression(&search.words), expression(&search.speaker).map(|s| format!("speaker : ({s})"))];
    let terms: Vec<String> = terms.into_iter().flatten().collect();
    let has_words = !terms.is_empty();
    let is_asked = [&search.words, &search.speaker].iter().any(|words| !words.trim().is_empty());
    if is_asked && !has_words {
        return Ok(Listed { ids: Vec::new(), total: 0 });
    }
    conditions.add("statement_search MATCH ?", has_words.then(|| terms.join(" AND ")));
    conditions.add("l.story = ?", search.story.map(|id| id.to_string()));
    conditions.add("l.day >= ?", search.from.clone());
    conditions.add("l.day <= ?", search.to.clone());
    conditions.add(DIFFER_IN, search.kind.map(|kind| kind.name().to_owned()));
    conditions.add(TOLD_BY, search.outlet.clone());
    conditions.add(TOLD_IN, search.language.clone());
    let (tables, order) = match has_words {
        true => (
            "FROM statement_search JOIN statement_listing AS l ON l.statement = statement_search.statement",
            "statement_search.rank, l.statement",
        ),
        false => ("FROM statement_listing AS l", "l.weight DESC, l.texts DESC, l.articles DESC, l.statement"),
    };
    fitting(db, ("l.statement", tables, order), &conditions, page)
}

/// Articles that fit in words, outlet, language and day; none where there are no words.
pub(crate) fn find_articles(db: &Connection, search: &Search, page: Page) -> Result<Listed, StoreError> {
    let Some(expression) = expression(&search.words) else {
        return Ok(Listed { ids: Vec::new(), total: 0 });
    };
    let mut conditions = Conditions::default();
    conditions.add("article_search MATCH ?", Some(expression));
    conditions.add("article.outlet = ?", search.outlet.clone());
    conditions.add("article.language = ?", search.language.clone());
    conditions.add("substr(article.published, 1, 10) >= ?", search.from.clone());
    conditions.add("substr(article.published, 1, 10) <= ?", search.to.clone());
    let tables = "FROM article_search JOIN article ON article.n = article_search.rowid";
    fitting(db, ("article.id", tables, "article_search.rank, article.id"), &conditions, page)
}

/// Articles that have any of some words, those first that have most and the rarest; at most so many.
pub(crate) fn articles_with_any(
    db: &Connection,
    words: &[String],
    most: usize,
) -> Result<Vec<Id>, StoreError> {
    let terms: Vec<String> = words.iter().filter_map(|word| expression(&word.replace('"', ""))).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT article.id FROM article_search JOIN article ON article.n = article_search.rowid \
         WHERE article_search MATCH ? ORDER BY article_search.rank, article.id LIMIT ?";
    query(db, sql, &[&terms.join(" OR "), &count(most)], |c| c.id())
}

fn fitting(
    db: &Connection,
    (column, tables, order): (&str, &str, &str),
    conditions: &Conditions,
    page: Page,
) -> Result<Listed, StoreError> {
    let key: Vec<&dyn ToSql> = conditions.values.iter().map(|value| value as &dyn ToSql).collect();
    listed(db, (column, &format!("{tables}{}", conditions.joined()), order), &key, page)
}

/// What a search can be narrowed to, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Outlets and how many articles each has.
    pub outlets: Vec<(String, usize)>,
    /// Languages and how many articles each has.
    pub languages: Vec<(String, usize)>,
}

pub(crate) fn facets(db: &Connection, most: usize) -> Result<Facets, StoreError> {
    let counted = |column: &str| {
        let sql = format!(
            "SELECT {column}, count(*) AS n FROM article WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY n DESC, {column} LIMIT ?"
        );
        query(db, &sql, &[&count(most)], |c| Ok((c.text()?, c.n()?)))
    };
    Ok(Facets { outlets: counted("outlet")?, languages: counted("language")? })
}

/// How much a record holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Named outlets.
    pub outlets: usize,
    /// Stories.
    pub stories: usize,
    /// Statements.
    pub statements: usize,
    /// Statements whose accounts differ.
    pub differing: usize,
    /// Replies.
    pub replies: usize,
    /// Articles without a day, an outlet, a headline.
    pub without: [usize; 3],
    /// Inputs that gave no article.
    pub unread: usize,
}

pub(crate) fn counts(db: &Connection) -> Result<Counts, StoreError> {
    let n = |what: &str| -> Result<usize, StoreError> {
        Ok(query(db, &format!("SELECT count({what}"), &[], |c| c.n())?.first().copied().unwrap_or(0))
    };
    Ok(Counts {
        articles: n("*) FROM article")?,
        outlets: n("DISTINCT outlet) FROM article")?,
        stories: n("*) FROM story_listing")?,
        statements: n("*) FROM statement_listing")?,
        differing: n("*) FROM statement_listing WHERE differences > 0")?,
        replies: n("*) FROM reply")?,
        without: [
            n("*) FROM article WHERE published IS NULL")?,
            n("*) FROM article WHERE outlet IS NULL")?,
            n("*) FROM article WHERE headline IS NULL")?,
        ],
        unread: n("*) FROM problem WHERE kind IN ('unread', 'no_article')")?,
    })
}

/// What a list says of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// The story.
    pub id: Id,
    /// The headline of its earliest original article.
    pub title: String,
    /// The days of its first and its last article.
    pub days: Option<(String, String)>,
    /// Articles.
    pub articles: usize,
    /// Independent texts.
    pub texts: usize,
    /// Statements.
    pub statements: usize,
}

pub(crate) fn story_lines(db: &Connection, ids: &[Id]) -> Result<Vec<StoryLine>, StoreError> {
    let sql = "SELECT story.id, story.title, first_day, last_day, articles, texts, statements FROM story \
         JOIN story_listing ON story_listing.story = story.id WHERE story.id = ?";
    let read = |c: &mut Columns<'_>| {
        Ok(StoryLine {
            id: c.id()?,
            title: c.text()?,
            days: c.opt_text()?.zip(c.opt_text()?),
            articles: c.n()?,
            texts: c.n()?,
            statements: c.n()?,
        })
    };
    let lines = ids.iter().map(|id| query(db, sql, &[&id.to_string()], read));
    Ok(lines.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The days that statements are listed by.
pub(crate) fn days(db: &Connection, statements: &[Id]) -> Result<BTreeMap<Id, String>, StoreError> {
    let sql = "SELECT statement, day FROM statement_listing WHERE statement = ? AND day IS NOT NULL";
    let read = |c: &mut Columns<'_>| Ok((c.id()?, c.text()?));
    let found = statements.iter().map(|id| query(db, sql, &[&id.to_string()], read));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// A way from one thing to another that holds it or is told by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From an account to its statement.
    AccountToStatement,
    /// From an article to its story.
    ArticleToStory,
    /// From an article to the statements that it tells.
    ArticleToStatements,
    /// From a statement to its themes.
    StatementToThemes,
    /// From an article to the page of which it is a version.
    ArticleToPage,
    /// From a group of copies to its origin.
    CopiesToOrigin,
}

pub(crate) fn along(db: &Connection, way: Way, from: Id) -> Result<Vec<Id>, StoreError> {
    let sql = match way {
        Way::AccountToStatement => "SELECT statement FROM account WHERE id = ?",
        Way::ArticleToStory => "SELECT story FROM story_article WHERE article = ?",
        Way::ArticleToStatements => {
            "SELECT DISTINCT statement FROM account WHERE article = ? ORDER BY statement"
        }
        Way::StatementToThemes => "SELECT theme FROM theme_statement WHERE statement = ? ORDER BY theme",
        Way::CopiesToOrigin => "SELECT origin FROM copy_group WHERE id = ?",
        Way::ArticleToPage => "SELECT page FROM changed_page_version WHERE article = ?",
    };
    query(db, sql, &[&from.to_string()], |c| c.id())
}

/// Whether somebody is to be shown nowhere: the corrections that say so and stand, as one text; empty where there
/// are none.
pub(crate) fn hiding(db: &Connection) -> Result<String, StoreError> {
    let sql = "SELECT group_concat(id) FROM (SELECT id FROM correction WHERE kind = 'hide' AND undone_at IS NULL ORDER BY id)";
    let ids: Option<Option<String>> = db.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(ids.flatten().unwrap_or_default())
}
