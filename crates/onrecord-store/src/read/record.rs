//! What the articles say together.

use std::collections::BTreeMap;

use onrecord_model::{
    Account, AccountPart, Because, ChangedPage, CopyGroup, Difference, DifferenceKind, EditKind, Entity,
    EntityKind, Evidence, FigureSeries, Id, Number, QuotationKind, Record, Reply, Side, Span, Stance,
    Statement, Story, Subject, Theme, Unit,
};
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::{Columns, named, query};

pub(crate) fn read(db: &Connection) -> Result<Record, StoreError> {
    let all = Rows { db, ids: None };
    Ok(Record {
        entities: all.entities("")?,
        copies: all.copies("")?,
        stories: all.stories()?,
        statements: all.statements()?,
        differences: all.differences("")?,
        replies: all.replies("")?,
        figures: all.figure_series()?,
        themes: all.themes("")?,
        pages: all.pages()?,
    })
}

/// Rows of the tables: all, or those that a condition lets through.
#[derive(Clone, Copy)]
struct Rows<'a> {
    db: &'a Connection,
    /// A JSON array of ids, which conditions call `THESE`.
    ids: Option<&'a str>,
}

/// The ids that a condition is about.
const THESE: &str = "(SELECT value FROM json_each(?1))";

impl<'a> Rows<'a> {
    /// Whether none is asked for.
    fn is_empty(self) -> bool {
        self.ids == Some("[]")
    }

    /// Runs `select … WHERE condition ORDER BY order`, without the condition where all rows are asked for.
    fn query<T>(
        self,
        (select, condition, order): (&str, &str, &str),
        read: impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        match &self.ids {
            None => query(self.db, &format!("{select} ORDER BY {order}"), &[], read),
            Some(ids) => {
                let condition = condition.replace("THESE", THESE);
                let sql = format!("{select} WHERE {condition} ORDER BY {order}");
                query(self.db, &sql, &[ids], read)
            }
        }
    }

    /// The values of a child table by the id of their parent, in the order of the query.
    fn children<T>(
        self,
        sql: (&str, &str, &str),
        read: impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
    ) -> Result<BTreeMap<Id, Vec<T>>, StoreError> {
        let mut out: BTreeMap<Id, Vec<T>> = BTreeMap::new();
        for (parent, child) in self.query(sql, |c| Ok((c.id()?, read(c)?)))? {
            out.entry(parent).or_default().push(child);
        }
        Ok(out)
    }
}

impl Rows<'_> {
    /// With the places where they are named that fit `condition`, which is about `entity_member`.
    fn entities(self, condition: &str) -> Result<Vec<Entity>, StoreError> {
        let members = ("SELECT entity, article, n FROM entity_member", condition, "entity, article, n");
        let mut members = self.children(members, |c| Ok((c.id()?, c.get()?)))?;
        let named = format!("id IN (SELECT entity FROM entity_member WHERE {condition})");
        let mut out = self.query(("SELECT * FROM entity", &named, "id"), read_entity)?;
        for entity in &mut out {
            entity.members = members.remove(&entity.id).unwrap_or_default();
        }
        Ok(out)
    }

    /// `condition` is about the column `copy_group`.
    fn copies(self, condition: &str) -> Result<Vec<CopyGroup>, StoreError> {
        let members = ("SELECT * FROM copy_member", condition, "copy_group, article");
        let mut members = self.children(members, |c| c.id())?;
        let groups = ("SELECT * FROM copy_group", &*condition.replacen("copy_group", "id", 1), "id");
        let mut out = self.query(groups, |c| {
            Ok(CopyGroup { id: c.id()?, origin: c.id()?, members: Vec::new(), because: c.because()? })
        })?;
        for group in &mut out {
            group.members = members.remove(&group.id).unwrap_or_default();
        }
        Ok(out)
    }

    fn stories(self) -> Result<Vec<Story>, StoreError> {
        let articles = ("SELECT * FROM story_article", "story IN THESE", "story, article");
        let mut articles = self.children(articles, |c| c.id())?;
        let mut out = self.query(("SELECT * FROM story", "id IN THESE", "id"), |c| {
            Ok(Story { id: c.id()?, title: c.text()?, articles: Vec::new(), because: c.because()? })
        })?;
        for story in &mut out {
            story.articles = articles.remove(&story.id).unwrap_or_default();
        }
        Ok(out)
    }

    fn statements(self) -> Result<Vec<Statement>, StoreError> {
        let mut accounts = self.accounts()?;
        let mut said_on = self.evidence("said_on")?;
        let mut places = self.evidence("place")?;
        let cells = "SELECT statement, row, account, start, \"end\" FROM statement_row";
        let cells = (cells, "statement IN THESE", "statement, row, account");
        let mut cells = self.children(cells, |c| Ok((c.n()?, c.n()?, c.span()?)))?;
        let mut out = self.query(("SELECT * FROM statement", "id IN THESE", "id"), statement)?;
        for statement in &mut out {
            let id = statement.id;
            statement.accounts = accounts.remove(&id).unwrap_or_default();
            if let Some((_, shown)) = &mut statement.said_on {
                *shown = said_on.remove(&id).unwrap_or_default();
            }
            if let Some((_, shown)) = &mut statement.place {
                *shown = places.remove(&id).unwrap_or_default();
            }
            statement.rows = rows(&cells.remove(&id).unwrap_or_default(), statement.accounts.len());
        }
        Ok(out)
    }

    /// Statements and their accounts, and nothing else of them.
    fn told(self) -> Result<Vec<Statement>, StoreError> {
        let mut accounts = self.accounts()?;
        let mut out = self.query(("SELECT * FROM statement", "id IN THESE", "id"), statement)?;
        for statement in &mut out {
            statement.accounts = accounts.remove(&statement.id).unwrap_or_default();
        }
        Ok(out)
    }

    fn evidence(self, field: &'static str) -> Result<BTreeMap<Id, Vec<Evidence>>, StoreError> {
        // The field stands in the table's name, so that it is asked for with and without a condition.
        let select = format!(
            "SELECT statement, article, start, \"end\" FROM (SELECT * FROM statement_evidence WHERE field = '{field}')"
        );
        self.children((&select, "statement IN THESE", "statement, n"), |c| {
            Ok(Evidence::new(c.id()?, c.span()?))
        })
    }

    fn accounts(self) -> Result<BTreeMap<Id, Vec<Account>>, StoreError> {
        let parts = (
            "SELECT account, start, \"end\", kind FROM account_part",
            "account IN (SELECT id FROM account WHERE statement IN THESE)",
            "account, n",
        );
        let mut parts = self.children(parts, |c| {
            Ok(AccountPart {
                span: c.span()?,
                kind: c.word("a kind of quotation", QuotationKind::from_name)?,
            })
        })?;
        let accounts = (
            "SELECT statement, id, article, source_start, source_end, cue_start, cue_end, quotations, is_primary FROM account",
            "statement IN THESE",
            "statement, n",
        );
        let mut out = self.children(accounts, |c| {
            Ok(Account {
                id: c.id()?,
                article: c.id()?,
                parts: Vec::new(),
                source: c.opt_span()?,
                cue: c.opt_span()?,
                quotations: c.numbers()?,
                primary: c.get()?,
            })
        })?;
        for account in out.values_mut().flatten() {
            account.parts = parts.remove(&account.id).unwrap_or_default();
        }
        Ok(out)
    }

    fn differences(self, condition: &str) -> Result<Vec<Difference>, StoreError> {
        self.query((DIFFERENCE, condition, "id"), difference)
    }

    /// Of the differences of statements what a list says: read from an index alone, since one statement can have
    /// hundreds.
    fn kinds_of_difference(self) -> Result<Vec<Difference>, StoreError> {
        let kinds = "SELECT id, statement, kind, left_article, right_article, subject FROM difference";
        self.query((kinds, "statement IN THESE", "statement, kind, id"), |c| {
            let (id, statement) = (c.id()?, c.opt_id()?);
            let kind = c.word("a kind of difference", DifferenceKind::from_name)?;
            let between = [Side { article: c.id()?, span: None }, Side { article: c.id()?, span: None }];
            let subject = c.word("a subject", Subject::from_name)?;
            Ok(Difference { id, statement, subject, kind, between, because: Because::new("", "") })
        })
    }

    fn replies(self, condition: &str) -> Result<Vec<Reply>, StoreError> {
        self.query(("SELECT * FROM reply", condition, "\"from\", \"to\""), reply)
    }

    fn figure_series(self) -> Result<Vec<FigureSeries>, StoreError> {
        let members = (
            "SELECT figure_series, article, figure FROM figure_series_member",
            "figure_series IN THESE",
            "figure_series, n",
        );
        let mut members = self.children(members, |c| Ok((c.id()?, c.get()?)))?;
        let number = |text: String| named(&text, "a number", |text| text.parse::<Number>().ok());
        let mut out = self.query(("SELECT * FROM figure_series", "id IN THESE", "id"), |c| {
            Ok(FigureSeries {
                id: c.id()?,
                story: c.id()?,
                counted: c.text()?,
                unit: c.opt_text()?.map(Unit::new),
                members: Vec::new(),
                spread: (number(c.text()?)?, number(c.text()?)?),
                because: c.because()?,
            })
        })?;
        for series in &mut out {
            series.members = members.remove(&series.id).unwrap_or_default();
        }
        Ok(out)
    }

    /// `condition` is about the column `theme`.
    fn themes(self, condition: &str) -> Result<Vec<Theme>, StoreError> {
        let statements = ("SELECT theme, statement FROM theme_statement", condition, "theme, n");
        let mut statements = self.children(statements, |c| c.id())?;
        let themes = ("SELECT * FROM theme", &*condition.replacen("theme", "id", 1), "id");
        let mut out = self.query(themes, |c| {
            Ok(Theme { id: c.id()?, label: c.text()?, statements: Vec::new(), because: c.because()? })
        })?;
        for theme in &mut out {
            theme.statements = statements.remove(&theme.id).unwrap_or_default();
        }
        Ok(out)
    }

    fn pages(self) -> Result<Vec<ChangedPage>, StoreError> {
        let versions = ("SELECT page, article FROM changed_page_version", "page IN THESE", "page, n");
        let mut versions = self.children(versions, |c| c.id())?;
        let edits = ("SELECT page, kind, edits FROM changed_page_edit", "page IN THESE", "page, kind");
        let mut edits =
            self.children(edits, |c| Ok((c.word("what an edit touches", EditKind::from_name)?, c.get()?)))?;
        let mut out = self.query(("SELECT id, address FROM changed_page", "id IN THESE", "id"), |c| {
            let (versions, edits) = (Vec::new(), BTreeMap::new());
            Ok(ChangedPage { id: c.id()?, address: c.text()?, versions, edits })
        })?;
        for page in &mut out {
            page.versions = versions.remove(&page.id).unwrap_or_default();
            page.edits = edits.remove(&page.id).unwrap_or_default().into_iter().collect();
        }
        Ok(out)
    }
}

/// Which things of a record are asked for, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Statements, with what differs between their accounts, the replies to and from them, and their themes.
    pub statements: Vec<Id>,
    /// Statements as lists show them: with the replies to and from them, and of what differs only in which kind and
    /// between which articles. Without what shows their day and place, their rows and their themes.
    pub lines: Vec<Id>,
    /// Statements with their accounts alone, in the same way.
    pub told: Vec<Id>,
    /// Stories, with what differs between their articles outside of statements.
    pub stories: Vec<Id>,
    /// Series of figures.
    pub figures: Vec<Id>,
    /// Entities, with everywhere that they are named.
    pub entities: Vec<Id>,
    /// Articles whose entities are asked for, with where they are named there.
    pub named_in: Vec<Id>,
    /// Articles whose copies are asked for.
    pub copied: Vec<Id>,
    /// Themes.
    pub themes: Vec<Id>,
    /// Differences.
    pub differences: Vec<Id>,
    /// Pages that changed.
    pub pages: Vec<Id>,
}

/// Only what is asked for, each list in the order of the whole record.
pub(crate) fn part(db: &Connection, wanted: &Wanted) -> Result<Record, StoreError> {
    let json = |ids: &[Id]| serde_json::json!(ids.iter().map(Id::to_string).collect::<Vec<_>>()).to_string();
    let (statements, lines, told) = (json(&wanted.statements), json(&wanted.lines), json(&wanted.told));
    let (stories, figures, copied) = (json(&wanted.stories), json(&wanted.figures), json(&wanted.copied));
    fn of<'a>(db: &'a Connection, ids: &'a str) -> Rows<'a> {
        Rows { db, ids: Some(ids) }
    }
    let mut entities = of(db, &json(&wanted.entities)).entities("entity IN THESE")?;
    entities.extend(of(db, &json(&wanted.named_in)).entities("article IN THESE")?);
    let by_article = "copy_group IN (SELECT copy_group FROM copy_member WHERE article IN THESE)";
    let by_statement = "theme IN (SELECT theme FROM theme_statement WHERE statement IN THESE)";
    let outside =
        "statement IS NULL AND left_article IN (SELECT article FROM story_article WHERE story IN THESE)";
    let mut differences = of(db, &statements).differences("statement IN THESE")?;
    differences.extend(of(db, &stories).differences(outside)?);
    differences.extend(of(db, &json(&wanted.differences)).differences("id IN THESE")?);
    // Those that are read whole stand before their likes.
    differences.extend(of(db, &lines).kinds_of_difference()?);
    let mut themes = of(db, &statements).themes(by_statement)?;
    themes.extend(of(db, &json(&wanted.themes)).themes("theme IN THESE")?);
    let mut read = of(db, &statements).statements()?;
    read.extend(of(db, &lines).told()?);
    read.extend(of(db, &told).told()?);
    let replies = "\"from\" IN THESE OR \"to\" IN THESE";
    let mut replied = of(db, &statements).replies(replies)?;
    replied.extend(of(db, &lines).replies(replies)?);
    Ok(Record {
        entities: once(entities, |entity| entity.id),
        copies: of(db, &copied).copies(by_article)?,
        stories: of(db, &stories).stories()?,
        statements: once(read, |statement| statement.id),
        differences: once(differences, |difference| difference.id),
        replies: once(replied, |reply| (reply.from, reply.to)),
        figures: of(db, &figures).figure_series()?,
        themes: once(themes, |theme| theme.id),
        pages: of(db, &json(&wanted.pages)).pages()?,
    })
}

/// Each once, in the order of the key; of several the first.
fn once<T, K: Ord>(mut things: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    things.sort_by_key(&key);
    things.dedup_by_key(|thing| key(thing));
    things
}

/// One entity, without the places where it is named.
pub(crate) fn entity(db: &Connection, id: Id) -> Result<Option<Entity>, StoreError> {
    Ok(query(db, "SELECT * FROM entity WHERE id = ?", &[&id.to_string()], read_entity)?.into_iter().next())
}

pub(super) fn read_entity(c: &mut Columns<'_>) -> Result<Entity, StoreError> {
    Ok(Entity {
        id: c.id()?,
        kind: c.word("a kind of entity", EntityKind::from_name)?,
        name: c.text()?,
        variants: c.strings()?,
        roles: c.strings()?,
        members: Vec::new(),
    })
}

fn statement(c: &mut Columns<'_>) -> Result<Statement, StoreError> {
    let (id, story, speaker, speaker_name, role) =
        (c.id()?, c.id()?, c.opt_id()?, c.opt_text()?, c.opt_text()?);
    let (date, place) = (c.date()?, c.opt_text()?);
    Ok(Statement {
        id,
        story,
        speaker,
        speaker_name,
        role,
        said_on: date.map(|date| (date, Vec::new())),
        place: place.map(|place| (place, Vec::new())),
        accounts: Vec::new(),
        rows: Vec::new(),
        because: c.because()?,
    })
}

/// Cells `(row, account, span)` as a table with one column an account.
fn rows(cells: &[(usize, usize, Span)], accounts: usize) -> Vec<Vec<Option<Span>>> {
    let height = cells.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
    let mut out = vec![vec![None; accounts]; height.min(cells.len())];
    for &(row, account, span) in cells {
        if let Some(cell) = out.get_mut(row).and_then(|row| row.get_mut(account)) {
            *cell = Some(span);
        }
    }
    out
}

const DIFFERENCE: &str = "SELECT id, statement, subject, kind, left_article, left_start, left_end, right_article, \
     right_start, right_end, rule, note, spans FROM difference";

fn difference(columns: &mut Columns<'_>) -> Result<Difference, StoreError> {
    Ok(Difference {
        id: columns.id()?,
        statement: columns.opt_id()?,
        subject: columns.word("a subject", Subject::from_name)?,
        kind: columns.word("a kind of difference", DifferenceKind::from_name)?,
        between: [side(columns)?, side(columns)?],
        because: columns.because()?,
    })
}

fn side(columns: &mut Columns<'_>) -> Result<Side, StoreError> {
    Ok(Side { article: columns.id()?, span: columns.opt_span()? })
}

fn reply(columns: &mut Columns<'_>) -> Result<Reply, StoreError> {
    Ok(Reply {
        from: columns.id()?,
        to: columns.id()?,
        stance: columns.word("a stance", Stance::from_name)?,
        because: columns.because()?,
    })
}
