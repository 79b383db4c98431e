//! Lists of a record, a page at a time, and the ways from one thing to another; each is read by an index.

use std::collections::BTreeMap;

use onrecord_model::Id;
use rusqlite::{Connection, OptionalExtension, ToSql};

use crate::StoreError;
use crate::columns::{Columns, query};

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

/// In which order a search gives what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The best first by the words.
    Words,
    /// Too many hold the words to weigh them: statements of which most is told first.
    MostTold,
    /// Too many hold the words to weigh them: the newest articles first.
    Newest,
}

impl Order {
    /// Its name, as programs are told it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::MostTold => "most_told",
            Self::Newest => "newest",
        }
    }
}

/// Some of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The ids, in the order of the list.
    pub ids: Vec<Id>,
    /// How many the whole list has.
    pub total: usize,
    /// In which order, where words were searched for; lists have their own.
    pub order: Option<Order>,
}

/// Which stretch of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// So many are passed over.
    pub offset: usize,
    /// At most so many are given.
    pub limit: usize,
}

const BY_DAY: &str = "day DESC, weight DESC, statement";

/// A list as it is asked for.
struct Asked {
    column: &'static str,
    /// What stands from FROM on.
    from: &'static str,
    order: &'static str,
    about: Option<Id>,
    /// What its length is called in the table of totals, which knows those of whole lists.
    total: Option<&'static str>,
}

impl Asked {
    /// A list of the whole record.
    fn whole(total: &'static str, column: &'static str, from: &'static str, order: &'static str) -> Self {
        Self { column, from, order, about: None, total: Some(total) }
    }

    /// What belongs to something.
    fn of(id: Id, column: &'static str, from: &'static str, order: &'static str) -> Self {
        Self { column, from, order, about: Some(id), total: None }
    }

    fn stretch(&self, db: &Connection, page: Page) -> Result<Vec<Id>, StoreError> {
        let (limit, offset) = (count(page.limit), count(page.offset));
        let Self { column, from, order, about, .. } = self;
        let sql = format!("SELECT {column} {from} ORDER BY {order} LIMIT ? OFFSET ?");
        match about.map(|id| id.to_string()) {
            Some(id) => query(db, &sql, &[&id, &limit, &offset], |c| c.id()),
            None => query(db, &sql, &[&limit, &offset], |c| c.id()),
        }
    }

    fn total(&self, db: &Connection) -> Result<usize, StoreError> {
        if let Some(name) = self.total {
            return total(db, name, &format!("count(*) {}", self.from));
        }
        let id = self.about.map(|id| id.to_string());
        let key: Vec<&dyn ToSql> = id.iter().map(|id| id as &dyn ToSql).collect();
        let counted = query(db, &format!("SELECT count(*) {}", self.from), &key, |c| c.n())?;
        Ok(counted.first().copied().unwrap_or(0))
    }
}

/// What was counted when the record was made, or else `sql` counts now: something was added since.
fn total(db: &Connection, name: &str, sql: &str) -> Result<usize, StoreError> {
    let kept = query(db, "SELECT n FROM total WHERE name = ?", &[&name], |c| c.n())?;
    if let Some(&kept) = kept.first() {
        return Ok(kept);
    }
    Ok(query(db, &format!("SELECT {sql}"), &[], |c| c.n())?.first().copied().unwrap_or(0))
}

impl List {
    fn asked(self) -> Asked {
        let by_last = "last_day DESC, weight DESC, story";
        let differing = "FROM statement_listing WHERE differences > 0";
        let answering = "FROM statement_listing WHERE answers > 0";
        let in_public = "FROM entity WHERE kind <> 'person' OR roles <> '[]'";
        let of_story = "FROM statement_listing WHERE story = ?";
        let of_speaker = "FROM statement_listing WHERE speaker = ?";
        match self {
            Self::Stories => Asked::whole("stories", "story", "FROM story_listing", by_last),
            Self::Statements => Asked::whole("statements", "statement", "FROM statement_listing", "n"),
            Self::Differing => Asked::whole("differing", "statement", differing, BY_DAY),
            Self::Answering => Asked::whole("answering", "statement", answering, BY_DAY),
            Self::OfStory(id) => Asked::of(id, "statement", of_story, "n"),
            Self::OfSpeaker(id) => Asked::of(id, "statement", of_speaker, "day DESC, statement"),
            Self::Articles => Asked::whole("articles", "id", "FROM article", "id"),
            Self::Differences => Asked::whole("differences", "id", "FROM difference", "id"),
            Self::Figures => Asked::whole("figures", "id", "FROM figure_series", "id"),
            Self::FiguresOf(id) => Asked::of(id, "id", "FROM figure_series WHERE story = ?", "id"),
            Self::Entities => Asked::whole("entities", "id", in_public, "id"),
            Self::Themes => Asked::whole("themes", "theme", "FROM theme_listing", "told DESC, theme"),
            Self::Pages => Asked::whole("pages", "id", "FROM changed_page", "weight DESC, id"),
            Self::Copied => Asked::whole("copied", "origin", "FROM copy_group", "id"),
        }
    }
}

pub(crate) fn list(db: &Connection, list: List, page: Page) -> Result<Listed, StoreError> {
    Ok(Listed { ids: ids(db, list, page)?, total: list.asked().total(db)?, order: None })
}

/// The same without the count.
pub(crate) fn ids(db: &Connection, list: List, page: Page) -> Result<Vec<Id>, StoreError> {
    if list == List::Statements {
        // Their places are numbers: none before the stretch is read.
        let sql = "SELECT statement FROM statement_listing WHERE n > ? ORDER BY n LIMIT ?";
        return query(db, sql, &[&count(page.offset), &count(page.limit)], |c| c.id());
    }
    list.asked().stretch(db, page)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
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
    let n = |name: &str, sql: &str| total(db, name, sql);
    Ok(Counts {
        articles: n("articles", "count(*) FROM article")?,
        outlets: n("outlets", "count(DISTINCT outlet) FROM article")?,
        stories: n("stories", "count(*) FROM story_listing")?,
        statements: n("statements", "count(*) FROM statement_listing")?,
        differing: n("differing", "count(*) FROM statement_listing WHERE differences > 0")?,
        replies: n("replies", "count(*) FROM reply")?,
        without: [
            n("undated", "count(*) FROM article WHERE published IS NULL")?,
            n("without outlet", "count(*) FROM article WHERE outlet IS NULL")?,
            n("without headline", "count(*) FROM article WHERE headline IS NULL")?,
        ],
        unread: n("unread", "count(*) FROM problem WHERE kind IN ('unread', 'no_article')")?,
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
